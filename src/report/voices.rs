//! Which passages a paper lets speak, where it cannot print them all.
//!
//! The choice is made by a printed rule, the same for both sides, so that nobody can pick the voices
//! that suit them.

use super::block::{Block, Quote, Run, Side, count_of};
use super::contest::{Contest, Stand};
use super::words::{Cited, Press, Withheld};
use super::{NONE_FOUND, tally};
use crate::evidence::{Evidence, Stance};
use crate::id::Id;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The voices of a briefing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Voices {
    #[serde(rename = "for")]
    pub in_favour: Chosen,
    pub against: Chosen,
    pub rule: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chosen {
    pub title: String,
    /// Passages on this side, printed or not.
    pub found: usize,
    /// Of these, withheld from this audience.
    pub withheld: usize,
    pub quotations: Vec<Cited>,
    #[serde(skip)]
    reasons: BTreeMap<Withheld, usize>,
}

impl Voices {
    /// The voices of a briefing: a passage for a rival speaks against the lead.
    pub fn of_contest(press: &mut Press, contest: &Contest) -> Self {
        let on = |stand| {
            let bears = |id: Id| tally::relevant(press.synthesis, id).into_iter();
            let views = contest.views().into_iter();
            let links = views.flat_map(|id| bears(id).filter(move |link| contest.side(id, link.stance) == Some(stand)));
            links.collect::<Vec<_>>()
        };
        let (pro, con) = (on(Stand::For), on(Stand::Against));
        Self::choose(press, (contest.title(Stand::For), &pro), (contest.title(Stand::Against), &con))
    }

    /// The voices on one statement by itself.
    pub fn of_statement(press: &mut Press, hypothesis: Id) -> Self {
        let links = tally::relevant(press.synthesis, hypothesis);
        let on = |stance| links.iter().copied().filter(|link| link.stance == stance).collect::<Vec<_>>();
        Self::choose(press, ("For", &on(Stance::Supports)), ("Against", &on(Stance::Refutes)))
    }

    fn choose(press: &mut Press, pro: (&str, &[&Evidence]), con: (&str, &[&Evidence])) -> Self {
        let cap = press.synthesis.settings.thresholds.quotations;
        let (mut chosen_pro, mut chosen_con) = (pick(press, pro.1, cap), pick(press, con.1, cap));
        if !pro.1.is_empty() && !con.1.is_empty() {
            let places = chosen_pro.len().min(chosen_con.len());
            chosen_pro.truncate(places);
            chosen_con.truncate(places);
        }
        Voices {
            in_favour: Chosen::of(press, pro.0, pro.1, &chosen_pro),
            against: Chosen::of(press, con.0, con.1, &chosen_con),
            rule: rule(cap),
        }
    }

    /// Both sides face to face.
    pub fn facing(&self) -> Block {
        let side = |chosen: &Chosen| chosen.side(Cited::quote, "in the annex or the evidence report");
        Block::Facing(Box::new([side(&self.in_favour), side(&self.against)]))
    }

    /// Under the statement they bear on: face to face where both sides speak.
    pub fn under_statement(&self) -> Block {
        let side = |chosen: &Chosen| chosen.side(Cited::quote_under_statement, "in the evidence report");
        let sides = [side(&self.in_favour), side(&self.against)];
        if self.in_favour.quotations.is_empty() || self.against.quotations.is_empty() {
            return Block::Sides(sides.into());
        }
        Block::Facing(Box::new(sides))
    }
}

impl Chosen {
    fn of(press: &mut Press, title: &str, found: &[&Evidence], picked: &[&Evidence]) -> Self {
        let mut reasons = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for link in found.iter().filter(|link| seen.insert(&link.anchor)) {
            if let Some(why) = press.cite(link).withheld {
                *reasons.entry(why).or_default() += 1;
            }
        }
        Chosen {
            title: title.to_owned(),
            found: seen.len(),
            withheld: reasons.values().sum(),
            quotations: picked.iter().map(|link| press.cite(link)).collect(),
            reasons,
        }
    }

    fn side(&self, quote: fn(&Cited) -> Quote, elsewhere: &str) -> Side {
        let mut blocks: Vec<Block> = self.quotations.iter().map(|one| Block::Quote(quote(one))).collect();
        if self.found == 0 {
            blocks.push(Block::Paragraph(vec![Run::Gap(NONE_FOUND.to_owned())]));
        }
        for (why, n) in &self.reasons {
            let text = format!("{} ({})", why.placeholder(), count_of(*n, "quotation"));
            blocks.push(Block::Paragraph(vec![Run::Gap(text)]));
        }
        let rest = self.found - self.quotations.len() - self.withheld;
        if rest > 0 {
            let and = if self.quotations.is_empty() { "" } else { "and " };
            blocks.push(Block::paragraph(format!("{and}{rest} more {elsewhere}")));
        }
        Side { title: format!("{} ({})", self.title, self.found), blocks }
    }
}

/// The rule of choice, printed with every use.
fn rule(cap: usize) -> String {
    format!(
        "How the voices were chosen: as many on one side as on the other, at most {cap} a side, one from each document. \
         First comes the passage with the highest relevance and richness together (not appraised comes last); each next \
         is the highest from a stakeholder group not heard yet, then from a kind of source not heard yet. Passages that \
         may not be printed are passed over. Where one side has no passage at all it says so, and the other fills its own \
         half."
    )
}

/// Picks by the rule, best first.
fn pick<'e>(press: &Press, links: &[&'e Evidence], cap: usize) -> Vec<&'e Evidence> {
    let mut open: Vec<&Evidence> = links.iter().copied().filter(|link| press.withholding(link).is_none()).collect();
    open.sort_by_key(|link| (std::cmp::Reverse(merit(link)), press.synthesis.labels.get(&link.id).cloned(), link.id));
    let (mut documents, mut groups, mut strands) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut picked = Vec::new();
    while picked.len() < cap {
        let next = open
            .iter()
            .copied()
            .filter(|link| !documents.contains(&link.anchor.document))
            .min_by_key(|link| (groups.contains(&group(press, link)), strands.contains(strand(press, link))));
        let Some(next) = next else { break };
        documents.insert(next.anchor.document);
        groups.insert(group(press, next));
        strands.insert(strand(press, next));
        picked.push(next);
    }
    picked
}

/// Relevance and richness together; `None` until both are given.
fn merit(link: &Evidence) -> Option<u8> {
    Some(link.relevance? + link.richness?)
}

/// The stakeholder group that speaks; published sources are heard as their strand.
fn group(press: &Press, link: &Evidence) -> String {
    match press.person(link) {
        Some(person) => format!("group {}", person.group.unwrap_or_default()),
        None => format!("strand {}", strand(press, link)),
    }
}

fn strand<'s>(press: &Press<'s>, link: &Evidence) -> &'s str {
    tally::strand_of(press.synthesis, link)
}
