//! Which passages a paper lets speak, where it cannot print them all.
//!
//! The choice is made by a printed rule, the same for every view and both sides, so that nobody can pick
//! the voices that suit them.

use super::block::{Block, Quote, Run, Side, count_of};
use super::contest::Contest;
use super::words::{Cited, Press, Withheld};
use super::{ELSEWHERE, tally};
use crate::evidence::{Evidence, Stance};
use crate::id::Id;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The voices on one view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Voices {
    /// Label of the statement.
    pub id: String,
    #[serde(rename = "for")]
    pub in_favour: Chosen,
    pub against: Chosen,
    /// Passages that contradict it in other circumstances.
    pub differently_where: Chosen,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chosen {
    pub title: &'static str,
    /// Passages on this side, printed or not.
    pub found: usize,
    /// Of these, withheld from this audience.
    pub withheld: usize,
    pub quotations: Vec<Cited>,
    #[serde(skip)]
    reasons: BTreeMap<Withheld, usize>,
}

impl Voices {
    /// The voices of a briefing: every view gets as many places as the others, on either side.
    pub fn of_views(press: &mut Press, contest: &Contest) -> Vec<Self> {
        let views = contest.views();
        let most = places(cap(press), views.len());
        Self::hear(press, &views, most)
    }

    /// The voices on one statement by itself.
    pub fn of_statement(press: &mut Press, hypothesis: Id) -> Self {
        let most = cap(press);
        Self::hear(press, &[hypothesis], most).remove(0)
    }

    /// As many passages a side as the side with fewest has to print; where passages of a side are all
    /// withheld, its placeholder takes one place.
    fn hear(press: &mut Press, views: &[Id], most: usize) -> Vec<Self> {
        let found: Vec<(Id, [Vec<&Evidence>; 3])> = views.iter().map(|id| (*id, sides(press, *id))).collect();
        let mut picked: Vec<[Vec<&Evidence>; 3]> =
            found.iter().map(|(_, sides)| sides.each_ref().map(|side| pick(press, side, most))).collect();
        let both = |sides: &[Vec<&Evidence>; 3]| [sides[0].len(), sides[1].len()];
        let said = found.iter().flat_map(|(_, sides)| both(sides)).zip(picked.iter().flat_map(both));
        let each = said.filter(|(found, _)| *found > 0).map(|(_, picked)| picked.max(1)).min().unwrap_or(most);
        picked.iter_mut().flatten().for_each(|side| side.truncate(each));
        found
            .iter()
            .zip(&picked)
            .map(|((id, found), picked)| {
                let mut chosen = |at: usize, title| Chosen::of(press, title, &found[at], &picked[at]);
                let (in_favour, against) = (chosen(0, "For"), chosen(1, "Against"));
                let differently_where = chosen(2, ELSEWHERE);
                Voices { id: press.synthesis.label(*id), in_favour, against, differently_where }
            })
            .collect()
    }

    /// For and against face to face, and what speaks of other circumstances by itself; `plain` for members.
    pub fn facing(&self, plain: bool) -> Vec<Block> {
        let on = format!(" {}", self.id);
        let quote = if plain { Cited::quote_plainly } else { Cited::quote };
        let side = |chosen: &Chosen| chosen.side(quote, &on, None);
        let mut blocks = vec![Block::Facing(Box::new([side(&self.in_favour), side(&self.against)]))];
        blocks.extend((self.differently_where.found > 0).then(|| Block::Sides(vec![side(&self.differently_where)])));
        blocks
    }

    /// Under the statement they bear on: face to face where both sides speak; `plain` for members.
    pub fn under_statement(&self, plain: bool) -> Vec<Block> {
        let quote = if plain { Cited::quote_plainly } else { Cited::quote_under_statement };
        let side = |chosen: &Chosen| chosen.side(quote, "", Some("in the evidence report"));
        let sides = [side(&self.in_favour), side(&self.against)];
        let elsewhere = (self.differently_where.found > 0).then(|| side(&self.differently_where));
        if self.in_favour.quotations.is_empty() || self.against.quotations.is_empty() {
            return vec![Block::Sides(sides.into_iter().chain(elsewhere).collect())];
        }
        let mut blocks = vec![Block::Facing(Box::new(sides))];
        blocks.extend(elsewhere.map(|side| Block::Sides(vec![side])));
        blocks
    }

    /// Passages found on any side.
    pub fn found(&self) -> usize {
        self.in_favour.found + self.against.found + self.differently_where.found
    }
}

/// What speaks against one statement by itself, to stand below its sentence: as many passages as a side of a briefing may
/// have, those of other circumstances apart. What was not found is left out.
pub fn against(press: &mut Press, hypothesis: Id) -> Vec<(Vec<Block>, Vec<Cited>)> {
    let most = cap(press);
    let [_, here, elsewhere] = sides(press, hypothesis);
    let found = [("Against", here), (ELSEWHERE, elsewhere)].into_iter().filter(|(_, found)| !found.is_empty());
    let heard = found.map(|(title, found)| {
        let picked = pick(press, &found, most);
        let chosen = Chosen::of(press, title, &found, &picked);
        (chosen.below(), chosen.quotations)
    });
    heard.collect()
}

/// The rule of [`against`].
pub fn rule_against(press: &Press) -> String {
    format!(
        "Where nobody picked what disagrees, it was chosen by a rule: of each statement behind a stage at most {} passages that \
         speak against it, one from each document. First comes the passage with the highest relevance and richness together (not \
         appraised comes last); each next is the highest from a stakeholder group not heard yet, then from a kind of source \
         not heard yet. Passages that may not be printed are passed over and counted.",
        cap(press)
    )
}

/// What bears on a statement: for it, against it, and against it in other circumstances.
fn sides<'s>(press: &Press<'s>, id: Id) -> [Vec<&'s Evidence>; 3] {
    let links = tally::relevant(&press.bearings, id);
    let (elsewhere, rest): (Vec<&Evidence>, Vec<&Evidence>) =
        links.into_iter().partition(|link| link.is_from_elsewhere());
    let on = |stance| rest.iter().copied().filter(|link| link.stance == stance).collect();
    [on(Stance::Supports), on(Stance::Refutes), elsewhere]
}

fn cap(press: &Press) -> usize {
    press.synthesis.settings.thresholds.quotations
}

/// Places a side, so that a briefing stays two pages however many views there are.
fn places(cap: usize, views: usize) -> usize {
    if views <= 1 { cap } else { ((cap + 1) / views).max(1) }
}

impl Chosen {
    fn of(press: &mut Press, title: &'static str, found: &[&Evidence], picked: &[&Evidence]) -> Self {
        let mut reasons = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for link in found.iter().filter(|link| seen.insert(&link.anchor)) {
            if let Some(why) = press.cite(link).withheld {
                *reasons.entry(why).or_default() += 1;
            }
        }
        Chosen {
            title,
            found: seen.len(),
            withheld: reasons.values().sum(),
            quotations: picked.iter().map(|link| press.cite(link)).collect(),
            reasons,
        }
    }

    /// One line where all of it is withheld; else how many there are, and those that are printed.
    fn below(&self) -> Vec<Block> {
        let reasons: Vec<String> = self
            .reasons
            .iter()
            .map(|(why, n)| format!("{} ({})", why.placeholder(), count_of(*n, "quotation")))
            .collect();
        let title = Run::Strong(format!("{}: ", self.title));
        let found = Run::plain(format!("{}. ", count_of(self.found, "passage")));
        let withheld = Run::Gap(reasons.join("; "));
        let line =
            Block::Paragraph([title, found, withheld].into_iter().filter(|run| !run.text().is_empty()).collect());
        let quotations = self.quotations.iter().map(|one| Block::Quote(one.quote_unlabelled()));
        std::iter::once(line).chain(quotations).collect()
    }

    /// `on` names the statement, where several are spoken of; `elsewhere` where the other passages are.
    fn side(&self, quote: fn(&Cited) -> Quote, on: &str, elsewhere: Option<&str>) -> Side {
        let mut blocks: Vec<Block> = self.quotations.iter().map(|one| Block::Quote(quote(one))).collect();
        if self.found == 0 {
            blocks.push(Block::none_found());
        }
        for (why, n) in &self.reasons {
            let text = format!("{} ({})", why.placeholder(), count_of(*n, "quotation"));
            blocks.push(Block::Paragraph(vec![Run::Gap(text)]));
        }
        let rest = self.found - self.quotations.len() - self.withheld;
        if let Some(elsewhere) = elsewhere.filter(|_| rest > 0) {
            let and = if self.quotations.is_empty() { "" } else { "and " };
            blocks.push(Block::paragraph(format!("{and}{rest} more {elsewhere}")));
        }
        Side { title: format!("{}{on} ({})", self.title, self.found), blocks }
    }
}

/// The rule of choice, printed with every use.
pub fn rule(press: &Press) -> String {
    let cap = cap(press);
    format!(
        "How the voices were chosen: every view is heard for and against with as many passages as any other, at most {cap} a \
         side for one view and fewer where there are several, one from each document. First comes the passage with the \
         highest relevance and richness together (not appraised comes last); each next is the highest from a stakeholder \
         group not heard yet, then from a kind of source not heard yet. Passages that may not be printed are passed over. \
         Where a side has no passage at all it says so. A passage that contradicts a view in other circumstances may say \
         where it works differently: it counts as against and is printed apart."
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
