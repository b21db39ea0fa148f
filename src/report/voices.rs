//! Which passages a briefing lets speak, and who sees the matter differently.
//!
//! The choice is made by a printed rule, the same for both sides, so that nobody can pick the voices
//! that suit them.

use super::block::{Block, Run, Side, count_of};
use super::words::{Cited, Press, Withheld};
use super::{NONE_FOUND, tally};
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::table::Table;
use crate::uncertainty::Uncertainty;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The statements an uncertainty is between: the leading ones and their rivals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    pub lead: Vec<Id>,
    pub rivals: Vec<Id>,
}

impl Contest {
    /// The statements listed with the uncertainty and their living rivals; where none is listed, the
    /// living statements of its component. The first leads; a rival of a leading one stands on the
    /// other side.
    pub fn of(synthesis: &Synthesis, uncertainty: &Uncertainty) -> Self {
        let mut ids: Vec<Id> =
            uncertainty.hypotheses.iter().copied().filter(|id| synthesis.hypotheses.contains_key(id)).collect();
        if ids.is_empty()
            && let Some(component) = uncertainty.component
        {
            ids = super::cmo::living(synthesis, Some(component));
        }
        let mut unlisted: Vec<Id> = synthesis
            .living_hypotheses()
            .filter(|one| ids.iter().any(|id| are_rivals(synthesis, *id, one.id)) && !ids.contains(&one.id))
            .map(|one| one.id)
            .collect();
        super::cmo::in_label_order(synthesis, &mut unlisted);
        let mut contest = Contest { lead: Vec::new(), rivals: Vec::new() };
        for id in ids.into_iter().chain(unlisted) {
            let opposed = contest.lead.iter().any(|lead| are_rivals(synthesis, *lead, id));
            if opposed { &mut contest.rivals } else { &mut contest.lead }.push(id);
        }
        contest
    }

    pub fn all(&self) -> Vec<Id> {
        self.lead.iter().chain(&self.rivals).copied().collect()
    }

    /// Which side a passage speaks for. What refines or is unclear takes none.
    fn side(&self, link: &Evidence) -> Option<Stand> {
        let leads = self.lead.contains(&link.hypothesis);
        match (leads, link.stance) {
            (true, Stance::Supports) | (false, Stance::Refutes) => Some(Stand::For),
            (true, Stance::Refutes) | (false, Stance::Supports) => Some(Stand::Against),
            (_, Stance::Refines | Stance::Ambiguous) => None,
        }
    }

    /// `H1.gj`, or `H1.gj (or against H2.gj)`.
    fn title(&self, synthesis: &Synthesis, stand: Stand) -> String {
        let (own, other) = match stand {
            Stand::For => ("for", "against"),
            Stand::Against => ("against", "for"),
        };
        let names = |ids: &[Id]| ids.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
        match (self.lead.is_empty(), self.rivals.is_empty()) {
            (true, _) => own.to_owned(),
            (false, true) => format!("{own} {}", names(&self.lead)),
            (false, false) => format!("{own} {} or {other} {}", names(&self.lead), names(&self.rivals)),
        }
    }
}

fn are_rivals(synthesis: &Synthesis, one: Id, other: Id) -> bool {
    let rival_of = |id| synthesis.hypotheses.get(&id).and_then(|one: &Hypothesis| one.rival_of);
    rival_of(one) == Some(other) || rival_of(other) == Some(one)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    For,
    Against,
}

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
    pub fn choose(press: &mut Press, contest: &Contest) -> Self {
        let synthesis = press.synthesis;
        let links = tally::relevant(synthesis, &contest.all());
        let on = |stand| links.iter().copied().filter(|link| contest.side(link) == Some(stand)).collect::<Vec<_>>();
        let cap = synthesis.settings.thresholds.quotations;
        let (mut pro, mut con) = (pick(press, &on(Stand::For), cap), pick(press, &on(Stand::Against), cap));
        if !on(Stand::For).is_empty() && !on(Stand::Against).is_empty() {
            let places = pro.len().min(con.len());
            pro.truncate(places);
            con.truncate(places);
        }
        Voices {
            in_favour: Chosen::of(press, &contest.title(synthesis, Stand::For), &on(Stand::For), &pro),
            against: Chosen::of(press, &contest.title(synthesis, Stand::Against), &on(Stand::Against), &con),
            rule: rule(cap),
        }
    }

    pub fn block(&self) -> Block {
        Block::Facing(Box::new([self.in_favour.side(), self.against.side()]))
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
            title: format!("Voices {title}"),
            found: seen.len(),
            withheld: reasons.values().sum(),
            quotations: picked.iter().map(|link| press.cite(link)).collect(),
            reasons,
        }
    }

    fn side(&self) -> Side {
        let mut blocks: Vec<Block> = self.quotations.iter().map(|one| Block::Quote(one.quote())).collect();
        if self.found == 0 {
            blocks.push(Block::Paragraph(vec![Run::Gap(NONE_FOUND.to_owned())]));
        }
        for (why, n) in &self.reasons {
            let text = format!("{} ({})", why.placeholder(), count_of(*n, "quotation"));
            blocks.push(Block::Paragraph(vec![Run::Gap(text)]));
        }
        let rest = self.found - self.quotations.len() - self.withheld;
        if rest > 0 {
            blocks.push(Block::paragraph(format!("{} more in the annex.", count_of(rest, "quotation"))));
        }
        Side { title: self.title.clone(), blocks }
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

/// Who sees it differently: people of each stakeholder group by the side their words take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupRow {
    pub group: String,
    #[serde(rename = "for")]
    pub in_favour: usize,
    pub against: usize,
    pub refines: usize,
    pub unclear: usize,
}

/// Rows in the order the project declares its groups. Groups too small to name are pooled, and left
/// out where even together they are too small.
pub fn groups(press: &Press, contest: &Contest) -> Vec<GroupRow> {
    let mut people: BTreeMap<Option<String>, [BTreeSet<String>; 4]> = BTreeMap::new();
    for link in tally::relevant(press.synthesis, &contest.all()) {
        let Some(person) = press.person(link) else { continue };
        let column = match (contest.side(link), link.stance) {
            (Some(Stand::For), _) => 0,
            (Some(Stand::Against), _) => 1,
            (None, Stance::Refines) => 2,
            (None, _) => 3,
        };
        people.entry(person.group).or_default()[column].insert(person.key);
    }
    let declared = |group: &Option<String>| {
        let place = |key: &String| press.synthesis.settings.groups.iter().position(|one| one.key == *key);
        (group.is_none(), group.as_ref().and_then(place).unwrap_or(usize::MAX))
    };
    let pooled: Vec<&str> =
        people.keys().flatten().map(String::as_str).filter(|key| !press.may_name_group(key)).collect();
    let lone = pooled.iter().map(|key| press.people_in(key)).sum::<usize>()
        < press.synthesis.settings.thresholds.smallest_group;
    let mut keys: Vec<Option<String>> = people
        .keys()
        .filter(|group| !lone || group.as_deref().is_none_or(|key| !pooled.contains(&key)))
        .cloned()
        .collect();
    keys.sort_by_key(|group| (declared(group), group.clone()));
    let mut rows: Vec<GroupRow> = Vec::new();
    for key in keys {
        let [in_favour, against, refines, unclear] = &people[&key];
        let row = GroupRow {
            group: group_title(press, key.as_deref()),
            in_favour: in_favour.len(),
            against: against.len(),
            refines: refines.len(),
            unclear: unclear.len(),
        };
        match rows.iter_mut().find(|other| other.group == row.group) {
            Some(pool) => pool.add(&row),
            None => rows.push(row),
        }
    }
    rows
}

impl GroupRow {
    fn add(&mut self, other: &GroupRow) {
        self.in_favour += other.in_favour;
        self.against += other.against;
        self.refines += other.refines;
        self.unclear += other.unclear;
    }
}

fn group_title(press: &Press, group: Option<&str>) -> String {
    match group {
        None => "Group not recorded".to_owned(),
        Some(key) if press.may_name_group(key) => press.synthesis.settings.group_title(key),
        Some(_) => {
            format!("Groups of fewer than {}, together", press.synthesis.settings.thresholds.smallest_group)
        }
    }
}

/// The table of [`groups`].
pub fn groups_table(rows: &[GroupRow], contest: &Contest, synthesis: &Synthesis) -> Table {
    let capital = |text: String| text[..1].to_uppercase() + &text[1..];
    let mut table = Table::with(&[
        ("group", "Group"),
        ("for", &capital(contest.title(synthesis, Stand::For))),
        ("against", &capital(contest.title(synthesis, Stand::Against))),
        ("refines", "Refines"),
        ("unclear", "Unclear"),
    ]);
    let people = |n: usize| if n == 0 { NONE_FOUND.to_owned() } else { count_of(n, "person") };
    for row in rows {
        let counts = [row.in_favour, row.against, row.refines, row.unclear].map(|n| people(n).into());
        let mut cells = vec![row.group.as_str().into()];
        cells.extend(counts);
        table.push(cells);
    }
    table
}
