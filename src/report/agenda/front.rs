//! The first page, the agenda itself and the glossary.

use super::order::Item;
use super::settled::{self, Settled};
use crate::decision::Consensus;
use crate::report::block::{Block, Run, count_of};
use crate::report::evidence::synthetic_notice;
use crate::report::meeting::Shown;
use crate::report::words::Press;
use crate::report::{Brief, TO_WRITE, member_page, voting_rules, who};
use crate::table::{Cell, Table};

/// One page: purpose, what is settled, what must be settled today, how decisions will be taken.
pub fn first_page(press: &Press, settled: &[Settled], items: &[Item], brief: &Brief) -> Vec<Block> {
    let (synthesis, meeting) = (press.synthesis, brief.meeting.as_ref());
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let mut particulars = Vec::new();
    if let Some(meeting) = meeting {
        let title = format!("{} ({})", meeting.look.title, meeting.look.id);
        particulars.push(("Meeting".to_owned(), vec![Run::plain(title)]));
        particulars.push(("When".to_owned(), member_page::when(meeting)));
    }
    particulars.extend(brief.theory.as_ref().map(|one| ("Theory".to_owned(), vec![Run::plain(one.in_words())])));
    blocks.extend((!particulars.is_empty()).then_some(Block::Pairs(particulars)));
    blocks.push(Block::heading(2, "Purpose", "purpose"));
    let purpose = meeting.and_then(|one| one.purpose.clone()).unwrap_or_else(|| {
        let uncertainties = count_of(items.len(), "uncertainty");
        format!("To settle {uncertainties} in the programme theory of \u{201c}{}\u{201d}.", synthesis.settings.title)
    });
    blocks.push(Block::paragraph(purpose));
    let questions: Vec<Vec<Run>> =
        synthesis.settings.questions.iter().map(|text| vec![Run::plain(text.clone())]).collect();
    if !questions.is_empty() {
        blocks.push(Block::paragraph("The review asks:"));
        blocks.push(Block::List { ordered: false, items: questions });
    }
    blocks.push(Block::heading(2, "Settled: not for reopening without new evidence", "settled-in-short"));
    blocks.extend(in_short(settled));
    blocks.push(Block::heading(2, "To be settled today", "today"));
    blocks.extend(today(press, items, meeting));
    blocks.push(Block::heading(2, voting_rules::HEADING, "decisions"));
    blocks.extend(match meeting {
        Some(meeting) => voting_rules::blocks(&synthesis.settings, meeting),
        None => vec![Block::to_write("by which rule, who votes, and what happens where no agreement is reached")],
    });
    blocks.push(Block::paragraph(
        "What is decided is written down with its date, the numbers present by group, and any dissent in the dissenters' own \
         words.",
    ));
    blocks
}

/// The questions of the day; of one that its meeting has settled by now, what the paper was for is said.
fn today(press: &Press, items: &[Item], meeting: Option<&Shown>) -> Vec<Block> {
    let is_settled = |item: &&Item| meeting.is_some_and(|one| settled::at(press.synthesis, one, item.uncertainty.id));
    let (past, open): (Vec<&Item>, Vec<&Item>) = items.iter().partition(is_settled);
    let line = |item: &&Item| {
        let label = press.synthesis.label(item.uncertainty.id);
        vec![Run::Strong(format!("{label} ")), Run::plain(item.uncertainty.text.clone())]
    };
    let mut blocks = Vec::new();
    if !open.is_empty() || past.is_empty() {
        blocks.push(Block::list(false, open.iter().map(line).collect()));
    }
    if !past.is_empty() {
        let labels: Vec<String> = past.iter().map(|item| press.synthesis.label(item.uncertainty.id)).collect();
        blocks.push(Block::paragraph(format!("Settled at this meeting since: {}.", labels.join(", "))));
    }
    blocks
}

/// Settled things named on the first page, which must stay one page.
const ON_FIRST_PAGE: usize = 12;

/// Components and uncertainties by name; statements, which may be many, by their number.
fn in_short(settled: &[Settled]) -> Vec<Block> {
    let (statements, named): (Vec<&Settled>, Vec<&Settled>) = settled.iter().partition(|one| one.kind == "statement");
    let line = |one: &&Settled| {
        let outcome = match one.consensus {
            Consensus::Agreed => String::new(),
            other => format!(" ({})", other.word().replace('_', " ")),
        };
        vec![Run::Strong(format!("{} ", one.id)), Run::plain(format!("{}{outcome}", one.name))]
    };
    let mut blocks = Vec::new();
    if !named.is_empty() || statements.is_empty() {
        blocks.push(Block::list(false, named.iter().take(ON_FIRST_PAGE).map(line).collect()));
    }
    let more = named.len().saturating_sub(ON_FIRST_PAGE);
    if more > 0 {
        blocks.push(Block::paragraph(format!("And {more} more, listed under \u{201c}What is settled\u{201d}.")));
    }
    if !statements.is_empty() {
        let is = if statements.len() == 1 { "is" } else { "are" };
        let also = if named.is_empty() { "" } else { " too" };
        blocks.push(Block::paragraph(format!(
            "{} {is} settled{also}: see \u{201c}What is settled\u{201d}.",
            count_of(statements.len(), "statement")
        )));
    }
    blocks
}

/// The agenda with minutes; what has none shows a gap.
pub fn agenda(press: &Press, items: &[Item]) -> Vec<Block> {
    let mut table = Table::with(&[("item", "Item"), ("what", "What"), ("minutes", "Minutes"), ("by", "Introduced by")]);
    let mut number = 0;
    let mut add = |what: String, minutes: Cell, by: String| {
        number += 1;
        table.push(vec![Cell::Whole(number), what.into(), minutes, by.into()]);
    };
    let blank = || Cell::text("to set");
    for what in ["Welcome and ground rules", "The theory so far", "What is settled"] {
        add(what.to_owned(), blank(), "to set".to_owned());
    }
    for item in items {
        let one = item.uncertainty;
        let minutes = one.minutes.map_or_else(|| Cell::text(TO_WRITE), |minutes| Cell::Whole(i64::from(minutes)));
        let by = one.introduced_by.as_ref().map_or_else(|| TO_WRITE.to_owned(), |by| who::told(press, by));
        add(one.text.clone(), minutes, by);
    }
    for what in ["Break", "Decisions: read back and recorded", "Next steps"] {
        add(what.to_owned(), blank(), "to set".to_owned());
    }
    let given: u32 = items.iter().filter_map(|item| item.uncertainty.minutes).sum();
    let without = items.iter().filter(|item| item.uncertainty.minutes.is_none()).count();
    let total = if without == 0 {
        format!("Minutes given to uncertainties: {given}.")
    } else {
        format!("Minutes given to uncertainties: {given}; without minutes: {without}.")
    };
    vec![
        Block::PageBreak,
        Block::heading(2, "Agenda", "agenda"),
        Block::table("Items and minutes", table),
        Block::paragraph(total),
    ]
}

/// The agenda of one meeting as it was put together, and whether it fits the time there is.
pub fn of_meeting(press: &Press, meeting: &Shown) -> Vec<Block> {
    let mut table = Table::with(&[
        ("item", "Item"),
        ("at", "At"),
        ("what", "What"),
        ("minutes", "Minutes"),
        ("by", "Introduced by"),
    ]);
    for line in &meeting.agenda {
        let label = line.uncertainty.as_ref().map(|label| format!("{label} ")).unwrap_or_default();
        table.push(vec![
            line.number.into(),
            line.at.clone().into(),
            format!("{label}{}", line.what).into(),
            line.minutes.map_or_else(|| Cell::text(TO_WRITE), |minutes| Cell::Whole(i64::from(minutes))),
            line.by.as_ref().map(|by| who::told(press, by)).into(),
        ]);
    }
    let (minutes, unsaid) = meeting.length;
    let mut total = match meeting.look.minutes {
        Some(slot) if minutes > slot => format!("{minutes} minutes, {} more than the {slot} there are", minutes - slot),
        Some(slot) => format!("{minutes} of {slot} minutes"),
        None => format!("{minutes} minutes"),
    };
    if unsaid > 0 {
        total = format!("{total}; {} without minutes", count_of(unsaid, "item"));
    }
    vec![
        Block::PageBreak,
        Block::heading(2, "Agenda", "agenda"),
        Block::table("Items and minutes", table),
        Block::paragraph(format!("{total}.")),
    ]
}
