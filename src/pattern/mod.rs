//! Demi-regularities: the same mechanism and outcome, in the same context where one is said, told by several
//! independent sources; with what does not fit. Pure, and candidates only: a pattern is named by a person
//! ([`crate::regularity`]).
//!
//! [`groups`] settles which parts are one thing, [`telling`] who tells all of a pattern and who parts of it, [`whom`]
//! counts for whom and where, [`prompts`] asks for what would speak against it.

pub mod groups;
pub mod prompts;
pub mod telling;
pub mod whom;

pub use groups::{Clue, Grouped, Lists, PartName};
pub use telling::{Of, Slot};
pub use whom::{Contrast, Row};

use crate::consolidate::{Aspect, Lexicon};
use crate::evidence::Circumstances;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};
use telling::{Member, heard};

/// One piece of evidence as it bears on a statement; irrelevant, ambiguous and destroyed ones apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// The evidence link.
    pub link: Id,
    /// As sources count: reports of one study are one.
    pub source: Id,
    pub of: Of,
    /// It refutes; else it supports or refines.
    pub against: bool,
    pub circumstances: Option<Circumstances>,
    /// Stakeholder group of who speaks, where that is known.
    pub group: Option<String>,
    /// Kind of source, and strand.
    pub kind: String,
    pub strand: String,
}

/// What patterns are looked for in.
#[derive(Debug, Clone, Default)]
pub struct Ground<'a> {
    pub statements: Vec<&'a Hypothesis>,
    pub voices: BTreeMap<Id, Vec<Voice>>,
    /// Declared rivals, each pair once, the smaller id first.
    pub rivals: BTreeSet<(Id, Id)>,
}

/// A recurrent configuration.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Eight hexadecimal digits over the first parts of its groups: it stays as groups grow.
    pub key: String,
    /// `None`: its statements name no context.
    pub context: Option<PartName>,
    pub mechanism: PartName,
    pub outcome: PartName,
    pub statements: Vec<Id>,
    /// Independent sources that tell all of it, those that speak for parts of it only, and those that speak against,
    /// which may do either too.
    pub told_by: BTreeSet<Id>,
    pub parts_by: BTreeMap<Id, BTreeSet<Slot>>,
    pub denied_by: BTreeSet<Id>,
    pub exceptions: Exceptions,
    pub contrasts: Vec<Contrast>,
    /// What context, mechanism and outcome are asked for by, in `prompts`.
    pub words: [Vec<Clue>; 3],
}

/// What does not fit a pattern.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exceptions {
    /// Evidence against its statements.
    pub refuting: Vec<Refuting>,
    /// Statements with its context and mechanism and another outcome.
    pub other_outcome: Vec<Id>,
    /// Of these, those whose outcome says the contrary.
    pub contrary: Vec<Id>,
    /// Declared rivals of its statements.
    pub rivals: Vec<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refuting {
    pub link: Id,
    pub source: Id,
    pub statement: Id,
    /// Where they differ it may be a condition rather than an exception; where they are the same, a deviant case.
    pub circumstances: Option<Circumstances>,
}

/// Where a configuration stands: groups of its context, its mechanism and its outcome.
type Place = (Option<usize>, usize, usize);

/// Every configuration that statements stand for, whoever tells it: those that most independent sources tell all of
/// first, then those that most speak for parts of.
pub fn find(ground: &Ground, lists: &Lists, lexicon: &mut Lexicon) -> Vec<Pattern> {
    let mut statements = ground.statements.clone();
    statements.sort_by_key(|one| one.id);
    let grouped = Grouped::of(&statements, lists, lexicon);
    let mut places: BTreeMap<Place, BTreeSet<usize>> = BTreeMap::new();
    for at in 0..statements.len() {
        for place in grouped.places(at) {
            places.entry(place).or_default().insert(at);
        }
    }
    let by_cause = by_cause(&places);
    let mut patterns = Vec::new();
    for (place, members) in &places {
        let (context, mechanism, outcome) = *place;
        let ids: Vec<Id> = members.iter().map(|at| statements[*at].id).collect();
        let member = |at: &usize| {
            let voices = ground.voices.get(&statements[*at].id).map_or(&[][..], Vec::as_slice);
            Member::new(&grouped, *at, *place, voices)
        };
        let members: Vec<Member> = members.iter().map(member).collect();
        let heard = heard(&members, |_| true);
        let others = by_cause.get(&(context, mechanism)).into_iter().flatten().filter(|other| **other != outcome);
        let others: Vec<usize> = others.copied().collect();
        patterns.push(Pattern {
            key: grouped.key(*place),
            context: context.map(|group| grouped.name(group)),
            mechanism: grouped.name(mechanism),
            outcome: grouped.name(outcome),
            told_by: heard.whole,
            parts_by: heard.parts,
            denied_by: heard.against,
            exceptions: exceptions(ground, &statements, &grouped, *place, &ids, &places, &others),
            contrasts: whom::contrasts(&members),
            words: [context, Some(mechanism), Some(outcome)]
                .map(|group| group.map(|group| grouped.clues(group, lexicon)).unwrap_or_default()),
            statements: ids,
        });
    }
    patterns.sort_by(|a, b| {
        let weight = |one: &Pattern| (one.told_by.len(), one.parts_by.len(), one.statements.len());
        let order = weight(b).cmp(&weight(a));
        order.then_with(|| a.statements.cmp(&b.statements)).then_with(|| a.key.cmp(&b.key))
    });
    patterns
}

/// Outcomes by context and mechanism.
fn by_cause(places: &BTreeMap<Place, BTreeSet<usize>>) -> BTreeMap<(Option<usize>, usize), Vec<usize>> {
    let mut causes: BTreeMap<(Option<usize>, usize), Vec<usize>> = BTreeMap::new();
    for (context, mechanism, outcome) in places.keys() {
        causes.entry((*context, *mechanism)).or_default().push(*outcome);
    }
    causes
}

fn exceptions(
    ground: &Ground,
    statements: &[&Hypothesis],
    grouped: &Grouped,
    (context, mechanism, outcome): Place,
    ids: &[Id],
    places: &BTreeMap<Place, BTreeSet<usize>>,
    others: &[usize],
) -> Exceptions {
    let refuting = ids.iter().flat_map(|id| {
        let voices = ground.voices.get(id).into_iter().flatten().filter(|voice| voice.against);
        voices.map(|voice| Refuting {
            link: voice.link,
            source: voice.source,
            statement: *id,
            circumstances: voice.circumstances,
        })
    });
    let mut refuting: Vec<Refuting> = refuting.collect();
    refuting.sort_by_key(|one| (one.link, one.statement));
    refuting.dedup_by_key(|one| one.link);
    let of =
        |other: &usize| places.get(&(context, mechanism, *other)).into_iter().flatten().map(|at| statements[*at].id);
    let mut other_outcome: Vec<Id> = others.iter().flat_map(of).filter(|id| !ids.contains(id)).collect();
    other_outcome.sort_unstable();
    other_outcome.dedup();
    let opposed = others.iter().filter(|other| grouped.are_contrary(outcome, **other));
    let mut contrary: Vec<Id> = opposed.flat_map(of).filter(|id| other_outcome.contains(id)).collect();
    contrary.sort_unstable();
    contrary.dedup();
    let rivals: BTreeSet<Id> =
        ids.iter().flat_map(|id| rivals_of(ground, *id)).filter(|id| !ids.contains(id)).collect();
    Exceptions { refuting, other_outcome, contrary, rivals: rivals.into_iter().collect() }
}

fn rivals_of(ground: &Ground, id: Id) -> impl Iterator<Item = Id> {
    let pairs = ground.rivals.iter().filter(move |(one, other)| *one == id || *other == id);
    pairs.map(move |(one, other)| if *one == id { *other } else { *one })
}

/// Where a part stands in a pattern; what is offered stands for the mechanism only where nothing else does.
fn aspect_of(statement: &Hypothesis, part: &crate::hypothesis::Part) -> Option<Aspect> {
    use crate::hypothesis::PartKind::{Context, Mechanism, Outcome, Reasoning, Resource};
    let has_reasoning = || statement.parts.iter().any(|one| matches!(one.kind, Reasoning | Mechanism));
    match part.kind {
        Context => Some(Aspect::Context),
        Reasoning | Mechanism => Some(Aspect::Reasoning),
        Resource if !has_reasoning() => Some(Aspect::Reasoning),
        Outcome => Some(Aspect::Outcome),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
