//! The order of the uncertainties: that of the agenda where there is one, else set by people where they did, else proposed by
//! the priority the caller worked out. Scores and their parts are the team's; nobody else sees them.

use crate::decision::Outcome;
use crate::report::block::{Block, Run, sentence_case};
use crate::report::words::Press;
use crate::report::{Brief, Ranking, RankingPart};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use serde_json::{Value, json};

/// One uncertainty on the agenda.
#[derive(Debug, Clone)]
pub struct Item<'s> {
    pub uncertainty: &'s Uncertainty,
    /// From 1.
    pub place: usize,
    /// So many are in order.
    pub of: usize,
    pub set_by_people: bool,
    /// A meeting has it on its agenda, and in this place.
    pub on_agenda: bool,
    pub ranking: Option<&'s Ranking>,
}

/// What the meeting must settle, in order: that of its agenda, then places set by people, then the proposed order, then, without either, as they
/// were entered. Of a paper about some uncertainties those, settled or not.
pub fn in_order<'s>(synthesis: &'s Synthesis, brief: &'s Brief) -> Vec<Item<'s>> {
    // Whatever a meeting has put on its agenda is for today.
    let is_for_it = |one: &Uncertainty| match &brief.meeting {
        Some(meeting) => meeting.agenda.iter().any(|line| line.about == Some(one.id)),
        None => is_for_today(synthesis, one),
    };
    let is_meant = |one: &Uncertainty| is_for_it(one) || brief.about.contains(&one.id);
    ordered(synthesis, brief, is_meant)
}

/// What no decision settles yet, on an agenda or not, in that order: open, or put off until it is tested.
pub fn unsettled<'s>(synthesis: &'s Synthesis, brief: &'s Brief) -> Vec<Item<'s>> {
    ordered(synthesis, brief, |one| is_for_today(synthesis, one) || one.status == UncertaintyStatus::Deferred)
}

/// All of them in that order, settled or not.
pub fn all<'s>(synthesis: &'s Synthesis, brief: &'s Brief) -> Vec<Item<'s>> {
    ordered(synthesis, brief, |_| true)
}

fn ordered<'s>(synthesis: &'s Synthesis, brief: &'s Brief, is_meant: impl Fn(&Uncertainty) -> bool) -> Vec<Item<'s>> {
    let ranking = |one: &Uncertainty| brief.rankings.iter().find(|ranking| ranking.uncertainty == one.id);
    let mut meant: Vec<&Uncertainty> = synthesis.uncertainties.values().filter(|one| is_meant(one)).collect();
    let on_agenda =
        |one: &Uncertainty| brief.meeting.as_ref()?.agenda.iter().position(|line| line.about == Some(one.id));
    meant.sort_by_key(|one| {
        let proposed = ranking(one).map_or(usize::MAX, |ranking| ranking.place);
        let agenda = on_agenda(one).unwrap_or(usize::MAX);
        (agenda, one.place.unwrap_or(u32::MAX), proposed, synthesis.labels.get(&one.id).cloned(), one.id)
    });
    let of = meant.len();
    let item = |(at, one): (usize, &'s Uncertainty)| {
        let ranking = ranking(one);
        let accepted = ranking.is_some_and(|ranking| ranking.set_by_people);
        Item {
            uncertainty: one,
            place: at + 1,
            of,
            set_by_people: one.place.is_some() || accepted,
            on_agenda: on_agenda(one).is_some(),
            ranking,
        }
    };
    meant.into_iter().enumerate().map(item).filter(|item| brief.is_about(item.uncertainty.id)).collect()
}

/// Open and not settled, rejected, sent to be tested or left out by the last decision on it;
/// scheduled again always counts.
fn is_for_today(synthesis: &Synthesis, one: &Uncertainty) -> bool {
    let last = synthesis.decisions.iter().rev().find(|decision| decision.uncertainty == Some(one.id));
    match one.status {
        UncertaintyStatus::Scheduled => true,
        UncertaintyStatus::Open => last.is_none_or(|decision| decision.outcome == Outcome::NotAgreed),
        UncertaintyStatus::Decided | UncertaintyStatus::Deferred | UncertaintyStatus::Withdrawn => false,
    }
}

/// The list of uncertainties, and how its order came about.
pub fn section(press: &Press, items: &[Item]) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, "Uncertainties in order", "uncertainties")];
    if items.is_empty() {
        blocks.push(Block::none_found());
        return blocks;
    }
    let line = |item: &Item| {
        let label = press.synthesis.label(item.uncertainty.id);
        vec![Run::Strong(format!("{label} ")), Run::plain(item.uncertainty.text.clone())]
    };
    blocks.push(Block::List { ordered: true, items: items.iter().map(line).collect() });
    blocks.push(Block::paragraph(how(items)));
    blocks.extend(unsteady(press, items).map(Block::paragraph));
    blocks
}

/// Says so where a proposed place hangs on a single criterion; no scores.
fn unsteady(press: &Press, items: &[Item]) -> Option<String> {
    let moves = |item: &&Item| {
        !item.set_by_people
            && !item.on_agenda
            && item.ranking.and_then(|one| one.rank_range).is_some_and(|(best, worst)| best != worst)
    };
    let labels: Vec<String> =
        items.iter().filter(moves).map(|item| press.synthesis.label(item.uncertainty.id)).collect();
    (!labels.is_empty()).then(|| {
        format!(
            "The proposed order is not robust: were one criterion left out, the place of {} could change.",
            labels.join(", ")
        )
    })
}

/// How the order came about, in a sentence or two.
fn how(items: &[Item]) -> String {
    if items.iter().all(|item| item.on_agenda) {
        return "This is the order of the agenda.".to_owned();
    }
    let set = items.iter().filter(|item| item.set_by_people).count();
    let ranked = items.iter().filter(|item| item.ranking.is_some()).count();
    match (set, items.len() - set, ranked) {
        (_, 0, _) => "People set this order.".to_owned(),
        (0, _, 0) => "Nobody has set the order yet, and none was proposed: they stand as they were entered.".to_owned(),
        (0, _, _) => {
            "Nobody has set the order yet: this is a proposal, for the meeting to accept or change.".to_owned()
        }
        (set, rest, _) => format!(
            "People set the place of the first {set}; the order of the other {rest} is a proposal, for the meeting to \
             accept or change."
        ),
    }
}

/// Every part of every score; nothing for other audiences.
pub fn annex(press: &Press, items: &[Item]) -> Vec<Block> {
    if !press.is_for_team() || items.is_empty() {
        return Vec::new();
    }
    let mut blocks =
        vec![Block::PageBreak, Block::heading(2, "Annex for the team: how the order was proposed", "annex-order")];
    let ranked: Vec<(&Item, &Ranking)> =
        items.iter().filter_map(|item| item.ranking.map(|ranking| (item, ranking))).collect();
    if ranked.is_empty() {
        blocks.push(Block::paragraph("No priority was worked out."));
        return blocks;
    }
    blocks.push(Block::table("Priority, and the range of places", priority_table(press, &ranked)));
    for (item, ranking) in &ranked {
        let label = press.synthesis.label(item.uncertainty.id);
        let note = item.uncertainty.ratings_note.as_ref().map(|note| format!(". Ratings: {note}")).unwrap_or_default();
        let caption = format!("What the priority of {label} is made of{note}");
        blocks.push(Block::table(caption, parts_table(ranking)));
    }
    blocks.push(Block::rule(
        "Priority is the weighted mean of the criteria that could be worked out: P = sum of weight times value, divided \
         by the sum of the weights. A criterion without data is left out and named, never taken as 0. The range of places \
         is the best and the worst place when each criterion in turn is left out; where the two differ the order is not \
         robust. S and R are the sums of the weights of the evidence for and against, from its relevance, richness and rigour. \
         Weights are aids to display, not grades of evidence.",
    ));
    blocks
}

fn priority_table(press: &Press, ranked: &[(&Item, &Ranking)]) -> Table {
    let mut table = Table::new(vec![
        Column::new("id", "Uncertainty"),
        Column::new("proposed", "Place"),
        Column::new("priority", "Priority").decimals(4),
        Column::new("missing", "Left out"),
        Column::new("range", "Range of places"),
    ]);
    for (item, ranking) in ranked {
        let missing = if ranking.missing.is_empty() { "nothing".to_owned() } else { ranking.missing.join(", ") };
        table.push(vec![
            press.synthesis.label(item.uncertainty.id).into(),
            ranking.place.into(),
            ranking.score.map_or_else(|| Cell::Undefined("no criterion has data".to_owned()), Cell::Real),
            missing.into(),
            range_cell(ranking),
        ]);
    }
    table
}

/// One row a criterion: its value, its weight, and what it rests on or why it is left out.
fn parts_table(ranking: &Ranking) -> Table {
    let mut table = Table::new(vec![
        Column::new("criterion", "Criterion"),
        Column::new("value", "Value, 0 to 1").decimals(4),
        Column::new("weight", "Weight"),
        Column::new("note", "What it rests on, or why it is left out"),
    ]);
    for part in &ranking.parts {
        let note = part
            .note
            .clone()
            .unwrap_or_else(|| if part.value.is_some() { "not recorded" } else { "no data" }.to_owned());
        table.push(vec![
            sentence_case(&part.name).into(),
            part.value.map_or_else(|| Cell::text("left out"), Cell::Real),
            part.weight.to_string().into(),
            note.into(),
        ]);
    }
    table
}

fn range_cell(ranking: &Ranking) -> Cell {
    match ranking.rank_range {
        Some((best, worst)) if best == worst => format!("{best}").into(),
        Some((best, worst)) => format!("{best} to {worst}: order not robust").into(),
        None => Cell::Undefined("too few criteria".to_owned()),
    }
}

/// The order for machines; scores for the team only.
pub fn data(press: &Press, items: &[Item]) -> Value {
    let one = |item: &Item| {
        let mut value = json!({
            "id": press.synthesis.label(item.uncertainty.id),
            "place": item.place,
            "set_by_people": item.set_by_people,
        });
        if let (true, Some(ranking)) = (press.is_for_team(), item.ranking) {
            let part = |part: &RankingPart| json!({ "key": part.key, "name": part.name, "value": part.value, "weight": part.weight, "note": part.note });
            value["priority"] = json!({
                "proposed_place": ranking.place,
                "score": ranking.score,
                "parts": ranking.parts.iter().map(part).collect::<Vec<_>>(),
                "missing": ranking.missing,
                "rank_range": ranking.rank_range,
                "ratings_note": item.uncertainty.ratings_note,
            });
        }
        value
    };
    Value::Array(items.iter().map(one).collect())
}
