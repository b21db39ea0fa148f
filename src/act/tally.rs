//! How a project stands, in numbers. What is counted from statements and links is kept in the cache as
//! long as none of them changes.

use crate::diagnostic::Result;
use crate::evidence::Evidential;
use crate::hypothesis::Test;
use crate::id::Kind;
use crate::project::Project;
use crate::synthesis::Synthesis;
use crate::uncertainty::UncertaintyStatus;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The numbers of `status`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Sources that count (`same_study` counts once), and the strands they are in.
    pub sources: usize,
    pub strands: usize,
    /// How many statements have each evidential standing; those that none has are left out.
    pub standings: Vec<(Evidential, usize)>,
    /// Statements that were put to a test.
    pub tested: usize,
    pub appraised: usize,
    pub open_uncertainties: usize,
}

/// What the numbers follow from.
const RESTS_ON: &[Kind] = &[Kind::Source, Kind::Hypothesis, Kind::Link, Kind::Evidence, Kind::Uncertainty];
const FILE: &str = "tally.json";

#[derive(Serialize, Deserialize)]
struct Kept {
    of: Vec<u128>,
    tally: Tally,
}

pub fn tally(project: &Project) -> Result<Tally> {
    let of = project.state().print(RESTS_ON);
    let kept = project.cached(FILE).and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
    if let Some(kept) = kept.filter(|kept| kept.of == of) {
        return Ok(kept.tally);
    }
    let tally = count(&project.synthesis_to_count()?);
    let kept = Kept { of, tally: tally.clone() };
    project.keep_cached(FILE, &serde_json::to_vec(&kept).unwrap_or_default());
    Ok(tally)
}

fn count(synthesis: &Synthesis) -> Tally {
    let standings = synthesis.standings();
    let of = |word: Evidential| standings.values().filter(|one| one.standing == word).count();
    let strands: BTreeSet<&str> = synthesis.sources.values().map(|source| source.strand.as_str()).collect();
    let counting: BTreeSet<_> = synthesis.sources.keys().map(|id| synthesis.counts_as(*id)).collect();
    let open = |status| matches!(status, UncertaintyStatus::Open | UncertaintyStatus::Scheduled);
    Tally {
        sources: counting.len(),
        strands: strands.len(),
        standings: Evidential::ALL.iter().map(|word| (*word, of(*word))).filter(|(_, n)| *n > 0).collect(),
        tested: synthesis.hypotheses.values().filter(|one| one.test() != Test::NotTested).count(),
        appraised: synthesis.evidence.values().filter(|link| link.is_appraised()).count(),
        open_uncertainties: synthesis.uncertainties.values().filter(|one| open(one.status)).count(),
    }
}
