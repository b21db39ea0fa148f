//! The team's board: sources by strand, how far each coder is, components by standing, what is open and in which order,
//! and what blocks the next meeting. What is counted from much is kept in the cache (`tally`).

use super::assign::progress;
use super::meeting;
use super::tally::{Component, Open, Tally, tally};
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Kind;
use crate::project::Project;
use crate::report::meeting::Blocker;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How things stand.
#[derive(Debug, Clone, Serialize)]
pub struct Board {
    #[serde(skip)]
    pub tally: Tally,
    /// Sources that count, by strand.
    pub strands: Vec<(String, usize)>,
    /// Documents there are to code.
    pub documents: usize,
    pub coders: Vec<Coder>,
    pub components: Vec<Component>,
    /// Open uncertainties in the order of the agenda.
    pub uncertainties: Vec<Open>,
    pub meeting: Option<Ahead>,
}

/// How far one coder is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coder {
    pub coder: String,
    /// Codings of theirs, and documents these stand in; a consensus coding is nobody's.
    pub codings: usize,
    pub documents: usize,
    /// Documents given to them to code, and those they are done with.
    pub given: usize,
    pub done: usize,
    /// Units of these documents, and those of them that a coding of theirs touches; none where nothing was given, or where
    /// an open pass hides it.
    pub units_given: Option<usize>,
    pub units_coded: Option<usize>,
    /// A blind pass is open and hides what they code in its documents: the numbers are of the rest.
    pub hidden: bool,
}

/// The next meeting.
#[derive(Debug, Clone, Serialize)]
pub struct Ahead {
    pub id: String,
    pub title: String,
    pub date: Option<String>,
    pub blockers: Vec<Blocker>,
    /// What rests on the evidence was not looked at, since there is much of it.
    pub in_part: bool,
}

/// Links above which a board does not read the evidence behind a meeting.
const MANY: usize = 5_000;

/// The board as it is to be seen from this desk.
pub fn board(project: &Project) -> Result<Board> {
    let tally = tally(project)?;
    Ok(Board {
        strands: tally.by_strand.iter().map(|(key, n)| (project.settings().strand_title(key), *n)).collect(),
        components: tally.by_component.clone(),
        uncertainties: tally.open.clone(),
        documents: project.state().count(Kind::Document),
        coders: coders(project)?,
        meeting: ahead(project)?,
        tally,
    })
}

/// The next meeting, and what blocks it.
pub fn ahead(project: &Project) -> Result<Option<Ahead>> {
    let ahead = meeting::next(project).map(|held| {
        let in_part = project.state().count(Kind::Evidence) > MANY;
        let blockers = if in_part {
            meeting::ready::at_a_glance(project, &held)
        } else {
            meeting::ready::blockers(project, &held)?
        };
        Ok(Ahead { id: project.label(held.id), title: held.title, date: held.date, blockers, in_part })
    });
    ahead.transpose()
}

#[derive(Serialize, Deserialize)]
struct Kept {
    of: Vec<u128>,
    /// Codings and documents, by coder.
    coded: BTreeMap<String, (usize, usize)>,
}

const FILE: &str = "coders.json";

/// Codings of each coder, counted anew where any changed, as far as an open pass lets this desk see them.
fn coded(project: &Project) -> BTreeMap<String, (usize, usize)> {
    let of = project.state().print(&[Kind::Coding]);
    let kept = project.cached(FILE).and_then(|bytes| serde_json::from_slice::<Kept>(&bytes).ok());
    if let Some(kept) = kept.filter(|kept| kept.of == of) {
        return kept.coded;
    }
    let mut found: BTreeMap<String, (usize, BTreeSet<_>)> = BTreeMap::new();
    for one in project.state().all::<Coding>().into_iter().filter(|one| one.pass.is_none()) {
        let (codings, documents) = found.entry(one.coder).or_default();
        *codings += 1;
        documents.insert(one.anchor.document);
    }
    let coded: BTreeMap<_, _> =
        found.into_iter().map(|(coder, (n, documents))| (coder, (n, documents.len()))).collect();
    let kept = Kept { of, coded: coded.clone() };
    project.keep_cached(FILE, &serde_json::to_vec(&kept).unwrap_or_default());
    coded
}

/// Units given to each coder and those they coded, as [`progress`] counts them.
fn units(project: &Project) -> Result<BTreeMap<String, (usize, usize)>> {
    let of = project.state().print(&[Kind::Coding, Kind::Document, Kind::Pass]);
    let desk = project.surroundings().coder.clone();
    let kept = project.cached(UNITS_FILE).and_then(|bytes| serde_json::from_slice::<KeptUnits>(&bytes).ok());
    if let Some(kept) = kept.filter(|kept| kept.of == of && kept.desk == desk) {
        return Ok(kept.units);
    }
    let mut units: BTreeMap<String, Option<(usize, usize)>> = BTreeMap::new();
    for one in progress(project, None)? {
        let sum = units.entry(one.coder).or_insert(Some((0, 0)));
        *sum = sum.zip(one.coded).map(|((given, all), coded)| (given + one.units, all + coded));
    }
    let units: BTreeMap<_, _> = units.into_iter().filter_map(|(coder, sum)| Some((coder, sum?))).collect();
    let kept = KeptUnits { of, desk, units: units.clone() };
    project.keep_cached(UNITS_FILE, &serde_json::to_vec(&kept).unwrap_or_default());
    Ok(units)
}

#[derive(Serialize, Deserialize)]
struct KeptUnits {
    of: Vec<u128>,
    /// Who looks: an open pass hides from each what the others code.
    desk: Option<String>,
    /// Given and coded, by coder.
    units: BTreeMap<String, (usize, usize)>,
}

const UNITS_FILE: &str = "units.json";

fn coders(project: &Project) -> Result<Vec<Coder>> {
    let mut coded = coded(project);
    let mut units = units(project)?;
    let mut given: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for one in project.state().all::<Document>() {
        for (coder, state) in one.assigned {
            let (all, done) = given.entry(coder).or_default();
            *all += 1;
            *done += usize::from(state == "done");
        }
    }
    let desk = project.surroundings().coder.as_deref();
    let passes = project.blind_passes();
    let hidden: BTreeSet<&str> = passes.iter().flat_map(|pass| pass.others(desk)).collect();
    // Whose work is hidden is told whether there is any or not.
    let names: BTreeSet<String> =
        coded.keys().chain(given.keys()).cloned().chain(hidden.iter().map(|one| (*one).to_owned())).collect();
    let all = names
        .into_iter()
        .map(|coder| {
            let (codings, documents) = coded.remove(&coder).unwrap_or_default();
            let (given, done) = given.remove(&coder).unwrap_or_default();
            let (units_given, units_coded) = units.remove(&coder).unzip();
            let hidden = hidden.contains(coder.as_str());
            Coder { coder, codings, documents, given, done, units_given, units_coded, hidden }
        })
        .collect();
    Ok(all)
}
