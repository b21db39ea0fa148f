//! What bears on a statement: its own evidence, and that of statements merged into it or feeding it.
//!
//! Nothing is copied. Evidence stays where it was judged and is seen through the parent, united by
//! passage: where two children carry the same passage to the same side, the parent has it once. Sides
//! that differ stay apart and are named ([`Bearings::clashes`]); no rule settles them.

use super::Synthesis;
use crate::evidence::{Evidence, Stance, Standing};
use crate::id::Id;
use crate::link::circles::Ways;
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
    /// A part of the statement the evidence came with: which part of this one that is, nobody has said.
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

/// A passage that speaks for a statement on one link and against it on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clash {
    pub hypothesis: Id,
    pub r#for: Vec<Id>,
    pub against: Vec<Id>,
}

/// All evidence by the statement it was judged for, and which statement lends to which.
pub struct Bearings<'s> {
    synthesis: &'s Synthesis,
    own: BTreeMap<Id, Vec<&'s Evidence>>,
    /// From a statement to those that lend to it.
    lenders: Ways,
}

/// A passage with its source: what is one where evidence is united.
type Passage<'s> = (Id, Option<usize>, &'s [crate::text::Span], &'s [String], Id);

impl<'s> Bearings<'s> {
    pub fn of(synthesis: &'s Synthesis) -> Self {
        Bearings { synthesis, own: by_statement(synthesis.evidence.values()), lenders: lenders(synthesis) }
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
        Bearings { synthesis, own, lenders }
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
        bearings.extend(lent.into_iter().map(|link| {
            let confirmed = link.confirmed.get(&id);
            let lenders_part = || link.part.as_deref().map_or(Target::Whole, Target::OfLender);
            Bearing {
                link,
                through: Some(link.hypothesis),
                target: confirmed.and_then(|one| one.part.as_deref()).map_or_else(lenders_part, Target::Part),
                judged: match confirmed {
                    None => Judged::Inherited,
                    Some(one) if is_now(&one.revision) => Judged::Now,
                    Some(_) => Judged::EarlierWording,
                },
            }
        }));
        bearings
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

    /// Passages that speak for a statement and against it, over links that count. Two links on two parts
    /// of its own may well differ.
    pub fn clashes(&self, id: Id) -> Vec<Clash> {
        let mut at: BTreeMap<Passage<'s>, Vec<Bearing<'s>>> = BTreeMap::new();
        let counts = |one: &Bearing| {
            one.link.stance != Stance::Ambiguous && !one.link.is_irrelevant() && !self.synthesis.is_gone(one.link)
        };
        for one in self.on(id).into_iter().filter(counts) {
            at.entry(passage(one.link)).or_default().push(one);
        }
        at.into_values().filter_map(|together| clash(id, &together)).collect()
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

fn clash(hypothesis: Id, together: &[Bearing<'_>]) -> Option<Clash> {
    let (against, r#for): (Vec<&Bearing>, Vec<&Bearing>) =
        together.iter().partition(|one| one.link.stance == Stance::Refutes);
    let meets = |one: &Bearing, others: &[&Bearing]| others.iter().any(|other| may_meet(one.target, other.target));
    let of = |side: &[&Bearing], others: &[&Bearing]| -> Vec<Id> {
        side.iter().filter(|one| meets(one, others)).map(|one| one.link.id).collect()
    };
    let clash = Clash { hypothesis, r#for: of(&r#for, &against), against: of(&against, &r#for) };
    (!clash.r#for.is_empty()).then_some(clash)
}

fn may_meet(one: Target<'_>, other: Target<'_>) -> bool {
    match (one, other) {
        (Target::Part(one), Target::Part(other)) => one == other,
        _ => true,
    }
}
