//! The first page, the agenda itself and the glossary.

use super::order::Item;
use super::settled::Settled;
use crate::decision::Consensus;
use crate::report::block::{Block, Run, count_of};
use crate::report::evidence::synthetic_notice;
use crate::report::meeting::Shown;
use crate::report::words::Press;
use crate::report::{Brief, TO_WRITE, voting_rules, who};
use crate::table::{Cell, Table};

/// One page: purpose, what is settled, what must be settled today, how decisions will be taken.
pub fn first_page(press: &Press, settled: &[Settled], items: &[Item], brief: &Brief) -> Vec<Block> {
    let (synthesis, meeting) = (press.synthesis, brief.meeting.as_ref());
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let mut particulars = Vec::new();
    if let Some(meeting) = meeting {
        let title = format!("{} ({})", meeting.look.title, meeting.look.id);
        particulars.push(("Meeting".to_owned(), vec![Run::plain(title)]));
        particulars.push(("When".to_owned(), vec![Run::or_to_write(meeting.when().as_deref())]));
    }
    particulars.extend(brief.theory.as_ref().map(|one| ("Theory".to_owned(), vec![Run::plain(one.in_words())])));
    blocks.extend((!particulars.is_empty()).then_some(Block::Pairs(particulars)));
    blocks.push(Block::heading(2, "Purpose", "purpose"));
    blocks.extend(meeting.and_then(|one| one.purpose.clone()).map(Block::paragraph));
    blocks.push(Block::paragraph(format!(
        "To settle {} in the programme theory of \u{201c}{}\u{201d}.",
        count_of(items.len(), "uncertainty"),
        synthesis.settings.title
    )));
    let questions: Vec<Vec<Run>> =
        synthesis.settings.questions.iter().map(|text| vec![Run::plain(text.clone())]).collect();
    if !questions.is_empty() {
        blocks.push(Block::paragraph("The review asks:"));
        blocks.push(Block::List { ordered: false, items: questions });
    }
    blocks.push(Block::heading(2, "Settled: not for reopening without new evidence", "settled-in-short"));
    blocks.extend(in_short(settled));
    blocks.push(Block::heading(2, "To be settled today", "today"));
    let today = items.iter().map(|item| {
        let label = synthesis.label(item.uncertainty.id);
        vec![Run::Strong(format!("{label} ")), Run::plain(item.uncertainty.text.clone())]
    });
    blocks.push(Block::list(false, today.collect()));
    blocks.push(Block::heading(2, "How decisions will be taken", "decisions"));
    let told = meeting.map(|one| voting_rules::told(&synthesis.settings, one)).unwrap_or_default();
    if told.is_empty() {
        blocks.push(Block::to_write("by which rule, who votes, and what happens where no agreement is reached"));
    }
    blocks.extend(told.into_iter().map(Block::paragraph));
    blocks.push(Block::paragraph(
        "What is decided is written down with its date, the numbers present by group, and any dissent in the dissenters' own \
         words.",
    ));
    blocks
}

/// Settled things named on the first page, which must stay one page.
const ON_FIRST_PAGE: usize = 12;

/// Components and uncertainties by name; statements, which may be many, by their number.
fn in_short(settled: &[Settled]) -> Vec<Block> {
    let (statements, named): (Vec<&Settled>, Vec<&Settled>) = settled.iter().partition(|one| one.kind == "statement");
    let line = |one: &Settled| {
        let outcome = match one.consensus {
            Consensus::Agreed => String::new(),
            other => format!(" ({})", other.word().replace('_', " ")),
        };
        vec![Run::Strong(format!("{} ", one.id)), Run::plain(format!("{}{outcome}", one.name))]
    };
    let more = named.len().saturating_sub(ON_FIRST_PAGE);
    let mut blocks = vec![Block::list(false, named.into_iter().take(ON_FIRST_PAGE).map(line).collect())];
    if more > 0 {
        blocks.push(Block::paragraph(format!("And {more} more, listed under \u{201c}What is settled\u{201d}.")));
    }
    if !statements.is_empty() {
        let count = count_of(statements.len(), "statement");
        blocks.push(Block::paragraph(format!("Besides these {count}, listed under \u{201c}What is settled\u{201d}.")));
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
