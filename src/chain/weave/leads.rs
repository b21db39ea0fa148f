//! What leads on to what: the one place where chains read the links between statements, and what a merged statement was
//! worded like.

use crate::chain::network::Place;
use crate::hypothesis::{Hypothesis, Part, PartKind, wording};
use crate::id::Id;
use crate::link::LinkKind;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

/// An outcome said to be what another statement begins with, where nobody said which of its parts that is: it is then
/// one more beginning of that statement.
pub(super) struct Handover<'s> {
    pub from: &'s Part,
    pub of: &'s Hypothesis,
    pub to: &'s Hypothesis,
}

/// Outcomes that are a part of another statement, and those that enter it without one being named; what was merged is
/// seen through its parent. Of a link that names no outcome all are meant.
pub(super) fn led_on(synthesis: &Synthesis) -> (Vec<(Place, Place)>, Vec<Handover<'_>>) {
    let by_id: BTreeMap<Id, &Hypothesis> = synthesis.living_hypotheses().map(|one| (one.id, one)).collect();
    let speakers = synthesis.speakers();
    let (mut same, mut handovers) = (Vec::new(), Vec::new());
    for link in synthesis.links_of_kind(LinkKind::LeadsTo) {
        let seen = synthesis.seen(link, &speakers);
        let (Some(of), Some(to)) = (by_id.get(&seen.from.statement), by_id.get(&seen.to.statement)) else { continue };
        for from in
            of.parts_of(PartKind::Outcome).filter(|part| seen.from.part.as_ref().is_none_or(|key| *key == part.key))
        {
            let start = Place { hypothesis: of.id, part: from.key.clone() };
            match &seen.to.part {
                Some(part) => same.push((start, Place { hypothesis: to.id, part: part.clone() })),
                None => handovers.push(Handover { from, of, to }),
            }
        }
    }
    (same, handovers)
}

/// Parts of statements that speak for others, each with what it was called there, where a chain hung on those words: an
/// outcome that another statement begins with, or what it begins with and another's outcome is.
pub(super) fn called_before(synthesis: &Synthesis) -> Vec<(Place, &str)> {
    let speakers = synthesis.speakers();
    let worded = |wanted: fn(PartKind) -> bool| -> BTreeSet<String> {
        let parts = synthesis.living_hypotheses().flat_map(|one| &one.parts);
        parts.filter(|part| wanted(part.kind)).map(|part| wording(&part.text)).collect()
    };
    let merged: Vec<&Hypothesis> = synthesis.hypotheses.values().filter(|one| speakers.of(one.id) != one.id).collect();
    if merged.is_empty() {
        return Vec::new();
    }
    let (begin, come_out) = (worded(PartKind::is_entry), worded(|kind| kind == PartKind::Outcome));
    let mut called = Vec::new();
    for child in merged {
        let Some(parent) = synthesis.hypotheses.get(&speakers.of(child.id)) else { continue };
        for part in &child.parts {
            let words = wording(&part.text);
            let hangs = (part.kind == PartKind::Outcome && begin.contains(&words))
                || (part.kind.is_entry() && come_out.contains(&words));
            if let Some(here) = parent.counterpart(part, true).filter(|_| hangs) {
                called.push((Place { hypothesis: parent.id, part: here.key.clone() }, part.text.as_str()));
            }
        }
    }
    called
}
