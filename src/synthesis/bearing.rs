//! What bears on a statement: its own evidence, and that of statements merged into it or feeding it.
//!
//! Nothing is copied. Evidence stays where it was judged and is seen through the parent, united by
//! passage: where two children carry the same passage to the same side, the parent has it once. Sides
//! that differ stay apart and are named ([`Bearings::clashes`]); no rule settles them.

use super::Synthesis;
use crate::evidence::{Evidence, Stance, Standing};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::link::circles::Ways;
use crate::link::{Link, LinkKind};
use crate::passage::Anchor;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// What a link was judged against, seen from the statement it bears on.
    pub enum Judged "way of being judged" {
        /// The wording as it stands.
        Now "now",
        /// An earlier wording.
        EarlierWording "earlier_wording",
        /// Another statement, whose evidence this one shows; nobody has confirmed it here.
        Inherited "inherited",
    }
}

impl Judged {
    /// What to write beside the link; nothing where all is well.
    pub fn note(self) -> Option<&'static str> {
        match self {
            Judged::Now => None,
            Judged::EarlierWording => Some("judged against earlier wording"),
            Judged::Inherited => Some("inherited"),
        }
    }
}

/// What of a statement a link bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'s> {
    Whole,
    /// Key of a part.
    Part(&'s str),
    /// A part of the statement the evidence came with: which part of this one that is, neither the link between the two,
    /// nor its words, nor anybody has said.
    OfLender(&'s str),
}

/// One link as it bears on one statement.
#[derive(Debug, Clone, Copy)]
pub struct Bearing<'s> {
    pub link: &'s Evidence,
    /// The statement it was judged for, where that is another.
    pub through: Option<Id>,
    pub target: Target<'s>,
    pub judged: Judged,
}

/// A passage that speaks against a statement on one link, and for it, or part of it, on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clash {
    pub hypothesis: Id,
    pub r#for: Vec<Id>,
    pub against: Vec<Id>,
    /// All of them are on the same words; else they only overlap.
    pub is_same: bool,
}

/// All evidence by the statement it was judged for, and which statement lends to which.
pub struct Bearings<'s> {
    synthesis: &'s Synthesis,
    own: BTreeMap<Id, Vec<&'s Evidence>>,
    /// From a statement to those that lend to it.
    lenders: Ways,
    /// From a statement to those it speaks for.
    merged: Ways,
    /// By statement, the links that lend to a part of it.
    to_part: BTreeMap<Id, Vec<(&'s str, &'s Link)>>,
}

/// A passage with its source: what is one where evidence is united.
type Passage<'s> = (Id, Option<usize>, &'s [crate::text::Span], &'s [String], Id);

impl<'s> Bearings<'s> {
    pub fn of(synthesis: &'s Synthesis) -> Self {
        Bearings::from(synthesis, by_statement(synthesis.evidence.values()), lenders(synthesis))
    }

    /// What all of it belongs to.
    pub fn synthesis(&self) -> &'s Synthesis {
        self.synthesis
    }

    /// What one statement needs, and no more.
    pub fn around(synthesis: &'s Synthesis, id: Id) -> Self {
        let lenders = lenders(synthesis);
        let mut wanted = lenders.reached(id);
        wanted.insert(id);
        let own = by_statement(synthesis.evidence.values().filter(|link| wanted.contains(&link.hypothesis)));
        Bearings::from(synthesis, own, lenders)
    }

    fn from(synthesis: &'s Synthesis, own: BTreeMap<Id, Vec<&'s Evidence>>, lenders: Ways) -> Self {
        let merged = Ways::back(synthesis.links_of_kind(LinkKind::MergedInto));
        let mut to_part: BTreeMap<Id, Vec<(&str, &Link)>> = BTreeMap::new();
        for link in synthesis.links.values().filter(|link| link.kind.lends_evidence()) {
            if let Some(part) = &link.to_part {
                to_part.entry(link.to).or_default().push((part, link));
            }
        }
        Bearings { synthesis, own, lenders, merged, to_part }
    }

    /// Statements whose evidence this one shows, on however long a way.
    pub fn lenders_of(&self, id: Id) -> BTreeSet<Id> {
        let mut lenders = self.lenders.reached(id);
        lenders.remove(&id);
        lenders
    }

    /// What bears on a statement: its own links in id order, then what others lend, each passage once a
    /// stance. Where several lend the same, a link that counts comes before one judged irrelevant, and
    /// one appraised before one that is not.
    pub fn on(&self, id: Id) -> Vec<Bearing<'s>> {
        let own = self.own.get(&id).into_iter().flatten();
        let revision = self.synthesis.hypotheses.get(&id).map(crate::hypothesis::Hypothesis::revision);
        let is_now = |judged: &str| revision.as_deref().is_none_or(|revision| revision == judged);
        let mut bearings: Vec<Bearing<'s>> = own
            .map(|link| Bearing {
                link,
                through: None,
                target: link.part.as_deref().map_or(Target::Whole, Target::Part),
                judged: if is_now(&link.revision) { Judged::Now } else { Judged::EarlierWording },
            })
            .collect();
        let lenders = self.lenders_of(id);
        if lenders.is_empty() {
            return bearings;
        }
        let mut seen: BTreeSet<(Passage<'s>, Stance)> =
            bearings.iter().map(|one| (passage(one.link), one.link.stance)).collect();
        let mut lent: Vec<&'s Evidence> = lenders.iter().filter_map(|id| self.own.get(id)).flatten().copied().collect();
        lent.sort_by_key(|link| (link.is_irrelevant(), !link.is_appraised(), link.id));
        lent.retain(|link| seen.insert((passage(link), link.stance)));
        lent.sort_by_key(|link| link.id);
        let merged = self.merged.reached(id);
        bearings.extend(lent.into_iter().map(|link| {
            let confirmed = link.confirmed.get(&id);
            Bearing {
                link,
                through: Some(link.hypothesis),
                target: self.target(id, link, confirmed.is_some() || merged.contains(&link.hypothesis)),
                judged: match confirmed {
                    None => Judged::Inherited,
                    Some(one) if is_now(&one.revision) => Judged::Now,
                    Some(_) => Judged::EarlierWording,
                },
            }
        }));
        bearings
    }

    /// On which part of a statement a lent link bears: the one it was confirmed on; the one that the link between the two
    /// statements names; the one that is its own part here. Where this statement speaks for the other, or somebody found
    /// that the link holds here, the only part in that place will do, and a statement without parts is meant as a whole.
    fn target(&self, id: Id, link: &'s Evidence, speaks_for_it: bool) -> Target<'s> {
        if let Some(part) = link.confirmed.get(&id).and_then(|one| one.part.as_deref()) {
            return Target::Part(part);
        }
        let passes = |(_, lending): &&(&str, &Link)| {
            let begins = lending.from_part.is_none() || link.part.is_none() || lending.from_part == link.part;
            begins && (lending.from == link.hypothesis || self.lenders.reached(lending.from).contains(&link.hypothesis))
        };
        if let Some((part, _)) = self.to_part.get(&id).into_iter().flatten().find(passes) {
            return Target::Part(part);
        }
        let Some(key) = link.part.as_deref() else { return Target::Whole };
        let held = |id: &Id| self.synthesis.hypotheses.get(id);
        let is_without_parts = |one: &Hypothesis| speaks_for_it && one.parts.is_empty();
        if held(&id).is_some_and(is_without_parts) {
            return Target::Whole;
        }
        let part = held(&link.hypothesis).and_then(|one| one.parts.iter().find(|part| part.key == key));
        let here = part.zip(held(&id)).and_then(|(part, here)| here.counterpart(part, speaks_for_it));
        here.map_or(Target::OfLender(key), |part| Target::Part(&part.key))
    }

    pub fn standing(&self, id: Id) -> Standing {
        let bearings = self.on(id);
        let is_gone = |link: &Evidence| self.synthesis.is_gone(link);
        let standing = crate::evidence::standing(bearings.iter().map(|one| one.link), is_gone, |source| {
            self.synthesis.counts_as(source)
        });
        let inherited = bearings.iter().filter(|one| one.judged == Judged::Inherited && !is_gone(one.link)).count();
        Standing { inherited, ..standing }
    }

    /// Passages that speak for a statement and against it, over links that count: the same words, or words of one
    /// source that overlap. Two links on two parts of its own may well differ.
    pub fn clashes(&self, id: Id) -> Vec<Clash> {
        let counts = |one: &Bearing| {
            one.link.stance != Stance::Ambiguous && !one.link.is_irrelevant() && !self.synthesis.is_gone(one.link)
        };
        let (against, r#for): (Vec<Bearing>, Vec<Bearing>) =
            self.on(id).into_iter().filter(counts).partition(|one| one.link.stance == Stance::Refutes);
        let mut near: BTreeMap<(Id, Option<usize>, Id), Vec<Bearing>> = BTreeMap::new();
        for one in r#for {
            near.entry((one.link.anchor.document, one.link.anchor.row, one.link.source)).or_default().push(one);
        }
        let mut at: BTreeMap<Passage<'s>, Vec<Bearing<'s>>> = BTreeMap::new();
        for one in against {
            at.entry(passage(one.link)).or_default().push(one);
        }
        let clash = |((document, row, _, _, source), against): (Passage<'s>, Vec<Bearing<'s>>)| {
            let near = near.get(&(document, row, source)).map_or(&[][..], Vec::as_slice);
            let meets = |one: &Bearing, other: &Bearing| {
                may_meet(one.target, other.target) && have_words_in_common(&one.link.anchor, &other.link.anchor)
            };
            let of = |side: &[Bearing<'s>], others: &[Bearing<'s>]| -> Vec<Bearing<'s>> {
                side.iter().filter(|one| others.iter().any(|other| meets(one, other))).copied().collect()
            };
            let (meeting, against) = (of(near, &against), of(&against, near));
            let first = passage(against.first()?.link);
            let is_same = meeting.iter().all(|one| passage(one.link) == first);
            let ids = |side: &[Bearing]| side.iter().map(|one| one.link.id).collect();
            Some(Clash { hypothesis: id, r#for: ids(&meeting), against: ids(&against), is_same })
        };
        at.into_iter().filter_map(clash).collect()
    }

    /// Clashes of every statement that stands, in id order.
    pub fn all_clashes(&self) -> Vec<Clash> {
        self.synthesis.living_hypotheses().flat_map(|one| self.clashes(one.id)).collect()
    }
}

fn by_statement<'s>(links: impl Iterator<Item = &'s Evidence>) -> BTreeMap<Id, Vec<&'s Evidence>> {
    let mut own: BTreeMap<Id, Vec<&Evidence>> = BTreeMap::new();
    links.for_each(|link| own.entry(link.hypothesis).or_default().push(link));
    own
}

fn lenders(synthesis: &Synthesis) -> Ways {
    Ways::back(synthesis.links.values().filter(|link| link.kind.lends_evidence()))
}

fn passage(link: &Evidence) -> Passage<'_> {
    let Anchor { document, row, spans, hashes, .. } = &link.anchor;
    (*document, *row, spans, hashes, link.source)
}

/// The same words, or words of one text that overlap.
fn have_words_in_common(one: &Anchor, other: &Anchor) -> bool {
    let overlap = || one.spans.iter().any(|span| other.spans.iter().any(|also| span.overlaps(*also)));
    (&one.spans, &one.hashes) == (&other.spans, &other.hashes) || (one.version == other.version && overlap())
}

fn may_meet(one: Target<'_>, other: Target<'_>) -> bool {
    match (one, other) {
        (Target::Part(one), Target::Part(other)) => one == other,
        _ => true,
    }
}
