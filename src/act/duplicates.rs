//! Sources that may be one report taken in twice: proposed with reasons, and counted once where a person
//! says so, or above a certainty that the person states. The sources stay; one counts as the other, and
//! undo takes it back.

use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Depth, Done, Project};
use crate::reference::twins::{self, Features, LEAST, Proposal};
use crate::reference::{Reference, WorkKind, doi, names};
use crate::source::Source;
use crate::synthesis::Synthesis;
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Nothing below this is done without looking, whatever is asked.
pub const SUREST_FLOOR: f64 = 0.95;

/// Two sources that may be one report.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The one that was here first.
    pub keep: Id,
    pub other: Id,
    /// 0 to 1.
    pub certainty: f64,
    /// What speaks for and against, the weightiest first: `+ the same DOI`.
    pub reasons: Vec<String>,
}

/// Pairs at least so certain that neither count as one yet nor were judged to be two, the most certain first.
pub fn find(project: &Project, least: f64) -> Result<(Synthesis, Vec<Pair>)> {
    let synthesis = project.synthesis(Depth::Headers)?;
    let (ids, features) = held(&synthesis);
    let pairs = pairs(&synthesis, &ids, &features, least);
    Ok((synthesis, pairs))
}

fn pairs(synthesis: &Synthesis, ids: &[Id], features: &[Features], least: f64) -> Vec<Pair> {
    let is_open = |one: &Proposal| {
        let (first, second) = (ids[one.first], ids[one.second]);
        synthesis.counts_as(first) != synthesis.counts_as(second) && !synthesis.are_different(first, second)
    };
    let pairs = twins::proposals(features, least).into_iter().filter(is_open).map(|one| Pair {
        keep: ids[one.first],
        other: ids[one.second],
        certainty: one.likeness.certainty,
        reasons: one.likeness.reasons.iter().map(said).collect(),
    });
    pairs.collect()
}

fn said(reason: &twins::Reason) -> String {
    format!("{} {}", if reason.weight > 0.0 { '+' } else { '-' }, reason.says)
}

/// The sources that are published works and what of each is compared, in the order of labels: the older is kept.
fn held(synthesis: &Synthesis) -> (Vec<Id>, Vec<Features>) {
    let mut sources: Vec<&Source> = synthesis.sources.values().collect();
    sources.sort_by_key(|source| (synthesis.labels.get(&source.id), source.id));
    let features = |source: &Source| Some((source.id, Features::of(of_source(synthesis, source)?.as_ref())));
    sources.into_iter().filter_map(features).unzip()
}

/// Its reference, or what the columns of an extract table say of the study.
fn of_source<'s>(synthesis: &Synthesis, source: &'s Source) -> Option<Cow<'s, Reference>> {
    if let Some(reference) = &source.reference {
        return Some(Cow::Borrowed(reference));
    }
    let study = synthesis.study_of(source)?;
    let more = |name: &str| study.more.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value);
    let mut reference = Reference::new(WorkKind::Other);
    reference.title.clone_from(&study.title);
    reference.authors = study.author.as_deref().map(names).unwrap_or_default();
    reference.year = study.year;
    reference.doi = more("doi").and_then(|text| doi(text));
    reference.journal = more("journal").cloned();
    Some(Cow::Owned(reference))
}

/// Counts as one every pair at least as certain as `above`, unless something speaks against one of those
/// it would then count with. Faults: `too-uncertain`.
pub fn count_once(project: &mut Project, above: f64) -> Result<Done<Vec<Pair>>> {
    if !(SUREST_FLOOR..=1.0).contains(&above) {
        return Err(fault(
            "too-uncertain",
            format!("pairs less certain than {SUREST_FLOOR} are not counted once unseen"),
        )
        .hint(format!("say --above {SUREST_FLOOR} or more"))
        .hint("settle the others one by one: realist source set S2.gj --same-study S1.gj"));
    }
    project.write("source duplicates", true, |batch| {
        let synthesis = batch.project().synthesis(Depth::Headers)?;
        let (ids, features) = held(&synthesis);
        let pairs = pairs(&synthesis, &ids, &features, above);
        let known: BTreeMap<Id, Features> = ids.into_iter().zip(features).collect();
        let mut groups = Groups::of(&synthesis);
        let mut done = Vec::new();
        for pair in pairs {
            let (keep, other) = (groups.root(pair.keep), groups.root(pair.other));
            if keep != other && groups.agree(keep, other, &known, &synthesis) {
                groups.join(keep, other);
                batch.set(Kind::Source, other, &Batch::fields(json!({ "same_study": keep })));
                done.push(pair);
            }
        }
        Ok(done)
    })
}

/// Sources by the one they count as, while pairs are being joined.
struct Groups {
    root: BTreeMap<Id, Id>,
    members: BTreeMap<Id, Vec<Id>>,
}

impl Groups {
    fn of(synthesis: &Synthesis) -> Self {
        let root: BTreeMap<Id, Id> = synthesis.sources.keys().map(|id| (*id, synthesis.counts_as(*id))).collect();
        let mut members: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (id, root) in &root {
            members.entry(*root).or_default().push(*id);
        }
        Groups { root, members }
    }

    fn root(&self, id: Id) -> Id {
        self.root.get(&id).copied().unwrap_or(id)
    }

    /// A is B and B is C must not make A count as C where A and C are plainly two, or were judged to be.
    fn agree(&self, keep: Id, other: Id, known: &BTreeMap<Id, Features>, synthesis: &Synthesis) -> bool {
        let of = |root: Id| self.members.get(&root).into_iter().flatten();
        if of(keep).any(|one| of(other).any(|two| synthesis.are_different(*one, *two))) {
            return false;
        }
        let features = |root: Id| self.members.get(&root).into_iter().flatten().filter_map(|id| known.get(id));
        features(keep).all(|one| features(other).all(|two| twins::compare(one, two).certainty >= LEAST))
    }

    fn join(&mut self, keep: Id, other: Id) {
        let moved = self.members.remove(&other).unwrap_or_default();
        for id in &moved {
            self.root.insert(*id, keep);
        }
        self.members.entry(keep).or_default().extend(moved);
    }
}
