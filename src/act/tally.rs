//! How a project stands, in numbers. What is counted from statements and links is kept in the cache as
//! long as none of them changes. Of passages only those are read whose speakers the order of uncertainties asks for.

use super::round::rated::rated;
use crate::decision::Consensus;
use crate::diagnostic::Result;
use crate::evidence::{Evidential, Standing};
use crate::frame::{self, UncertaintyPriority};
use crate::hypothesis::Test;
use crate::id::{Id, Kind};
use crate::participant::Audience;
use crate::project::Project;
use crate::synthesis::Synthesis;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of `status`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Sources that count (`same_study` counts once), and the strands they are in.
    pub sources: usize,
    pub strands: usize,
    /// How many living statements have each evidential standing; those that none has are left out.
    pub standings: Vec<(Evidential, usize)>,
    /// Statements that no longer stand: merged, superseded, parked or rejected.
    pub set_aside: usize,
    /// Statements that were put to a test.
    pub tested: usize,
    pub appraised: usize,
    /// Sources that count, by key of their strand.
    pub by_strand: Vec<(String, usize)>,
    pub by_component: Vec<Component>,
    /// In the order of the agenda.
    pub open: Vec<Open>,
}

/// A component, and its living statements by evidential standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    pub id: String,
    pub name: String,
    pub consensus: Consensus,
    pub standings: Vec<(Evidential, usize)>,
}

/// An uncertainty that is not settled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Open {
    /// From 1.
    pub place: usize,
    pub id: String,
    pub text: String,
    pub set_by_people: bool,
    /// None where no criterion has data.
    pub priority: Option<f64>,
}

/// What the numbers follow from.
const RESTS_ON: &[Kind] = &[
    Kind::Source,
    Kind::Hypothesis,
    Kind::Link,
    Kind::Evidence,
    Kind::Uncertainty,
    Kind::Component,
    Kind::Decision,
    Kind::Participant,
    Kind::Document,
    Kind::Round,
    Kind::Ballot,
];
const FILE: &str = "tally.json";

#[derive(Serialize, Deserialize)]
struct Kept {
    of: Vec<u128>,
    tally: Tally,
}

pub fn tally(project: &Project) -> Result<Tally> {
    let mut of = project.state().print(RESTS_ON);
    // Weights of the order, and which strands there are, stand in the settings.
    of.push(settings_print(project));
    let kept = project.cached(FILE).and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
    if let Some(kept) = kept.filter(|kept| kept.of == of) {
        return Ok(kept.tally);
    }
    let mut synthesis = project.synthesis_to_count()?;
    let spoken = frame::spoken_for(&synthesis);
    if !spoken.is_empty() {
        synthesis.quotations = project.quotations_behind(&project.lookup(), spoken)?;
    }
    synthesis.rated = rated(project, Audience::Team)?;
    let named: Vec<Id> = synthesis.components.keys().chain(synthesis.uncertainties.keys()).copied().collect();
    synthesis.labels.extend(named.into_iter().filter_map(|id| Some((id, project.state().label_of(id)?))));
    let tally = count(&synthesis);
    let kept = Kept { of, tally: tally.clone() };
    project.keep_cached(FILE, &serde_json::to_vec(&kept).unwrap_or_default());
    Ok(tally)
}

fn settings_print(project: &Project) -> u128 {
    let text = serde_json::to_vec(project.settings()).unwrap_or_default();
    let mut digits = [0; 16];
    digits.copy_from_slice(&blake3::hash(&text).as_bytes()[..16]);
    u128::from_le_bytes(digits)
}

fn by_strand(synthesis: &Synthesis, counting: &BTreeSet<Id>) -> Vec<(String, usize)> {
    let mut by_strand: BTreeMap<&str, usize> = BTreeMap::new();
    for source in counting.iter().filter_map(|id| synthesis.sources.get(id)) {
        *by_strand.entry(source.strand.as_str()).or_default() += 1;
    }
    let declared = synthesis.settings.strands.iter().map(|strand| strand.key.as_str());
    let mut told: Vec<(String, usize)> =
        declared.map(|key| (key.to_owned(), by_strand.remove(key).unwrap_or(0))).collect();
    told.extend(by_strand.into_iter().map(|(key, n)| (key.to_owned(), n)));
    told.retain(|(_, n)| *n > 0);
    told
}

fn by_component(synthesis: &Synthesis, standings: &BTreeMap<Id, Standing>) -> Vec<Component> {
    let of = |id: Id| {
        let mut found: BTreeMap<Evidential, usize> = BTreeMap::new();
        for one in synthesis.living_hypotheses().filter(|one| one.component == Some(id)) {
            *found.entry(standings[&one.id].standing).or_default() += 1;
        }
        found.into_iter().collect()
    };
    let component = |one: &crate::theory::Component| Component {
        id: synthesis.label(one.id),
        name: one.name.clone(),
        consensus: synthesis.consensus(one.id),
        standings: of(one.id),
    };
    synthesis.components_in_order().into_iter().map(component).collect()
}

fn agenda(synthesis: &Synthesis) -> Vec<Open> {
    let one = |found: UncertaintyPriority| Open {
        place: found.place,
        id: synthesis.label(found.uncertainty),
        text: synthesis.uncertainties[&found.uncertainty].text.clone(),
        set_by_people: found.set_by_people,
        priority: found.priority.score,
    };
    frame::priorities(synthesis).into_iter().map(one).collect()
}

fn count(synthesis: &Synthesis) -> Tally {
    let standings = synthesis.standings();
    let living: Vec<&Standing> = synthesis.living_hypotheses().filter_map(|one| standings.get(&one.id)).collect();
    let of = |word: Evidential| living.iter().filter(|one| one.standing == word).count();
    let strands: BTreeSet<&str> = synthesis.sources.values().map(|source| source.strand.as_str()).collect();
    let counting: BTreeSet<_> = synthesis.sources.keys().map(|id| synthesis.counts_as(*id)).collect();
    Tally {
        sources: counting.len(),
        strands: strands.len(),
        standings: Evidential::ALL.iter().map(|word| (*word, of(*word))).filter(|(_, n)| *n > 0).collect(),
        set_aside: synthesis.hypotheses.len() - living.len(),
        tested: synthesis.hypotheses.values().filter(|one| one.test() != Test::NotTested).count(),
        appraised: synthesis.evidence.values().filter(|link| link.is_appraised()).count(),
        by_strand: by_strand(synthesis, &counting),
        by_component: by_component(synthesis, &standings),
        open: agenda(synthesis),
    }
}
