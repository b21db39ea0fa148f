//! `report agenda`: the papers for a consensus meeting (method reference 6.1 and 6.2): a first page,
//! the agenda, what is settled, the uncertainties in order, a briefing for each, and annexes.

pub mod annex;
pub mod briefing;
pub mod front;
pub mod length;
pub mod order;
pub mod recap;
pub mod settled;
pub mod views;

use super::block::{Block, Report};
use super::evidence::{closing, subtitle, titled, withheld};
use super::glossary;
use super::voices::{self, Chosen, Voices};
use super::words::Press;
use super::{Brief, tally, voting_rules};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use briefing::Briefing;
use serde_json::json;

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let settled = settled::beside(&press, brief.meeting.as_ref());
    let items = order::in_order(synthesis, brief);
    let briefings = Briefing::all(&mut press, brief, &items);
    let annex = annex::of(&mut press, &items);

    let mut blocks = front::first_page(&press, &settled, &items, brief);
    blocks.extend(match &brief.meeting {
        Some(meeting) => front::of_meeting(&press, meeting),
        None => front::agenda(&press, &items),
    });
    blocks.extend(recap::section(&press, brief.theory.as_ref()));
    blocks.extend(settled::section(&press, &settled));
    blocks.extend(order::section(&press, &items));
    for briefing in &briefings {
        blocks.push(Block::PageBreak);
        blocks.extend(briefing.blocks(&press));
    }
    blocks.extend(annex::blocks(&annex, &press));
    blocks.extend(views::scores(briefings.iter().flat_map(|one| &one.statements)));
    blocks.extend(order::annex(&press, &items));
    blocks.extend(glossary::section(&blocks, brief.audience));
    blocks.extend(closing(&press));

    Report {
        key: "agenda",
        title: titled(synthesis, "papers for the consensus meeting"),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&briefings),
        data: json!({
            "report": "agenda",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rules": { "standing": tally::STANDING_RULE, "coverage": tally::COVERAGE_RULE, "voices": voices::rule(&press) },
            "theory": brief.theory,
            "meeting": brief.meeting.as_ref().map(|meeting| &meeting.look.id),
            "deciding": brief.meeting.as_ref().map(|meeting| voting_rules::told(&synthesis.settings, meeting)),
            "settled": settled,
            "uncertainties": briefings,
            "order": order::data(&press, &items),
            "statements": annex.iter().flat_map(annex::Part::statements).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
    }
}

/// One row an uncertainty.
pub(super) fn sheet(briefings: &[Briefing]) -> Table {
    let mut sheet = Table::with(&[
        ("place", "Place"),
        ("id", "Uncertainty"),
        ("text", "Question to settle"),
        ("place_set_by_people", "Place set by people"),
        ("minutes", "Minutes"),
        ("introduced_by", "Introduced by"),
        ("statements", "Statements"),
        ("found_for", "Passages for the lead view"),
        ("found_against", "Passages against it"),
        ("found_differently_where", "Passages from other circumstances"),
        ("options", "Options"),
    ]);
    for one in briefings {
        let listed = |texts: Vec<String>| if texts.is_empty() { Cell::Empty } else { Cell::text(texts.join("\n")) };
        let found = |side: fn(&Voices) -> &Chosen| one.voices.first().map_or(0, |lead| side(lead).found).into();
        sheet.push(vec![
            one.place.into(),
            one.id.as_str().into(),
            one.text.as_str().into(),
            if one.place_set_by_people { "yes" } else { "no" }.into(),
            one.minutes.map_or(Cell::Empty, |minutes| Cell::Whole(i64::from(minutes))),
            one.introduced_by.clone().into(),
            listed(one.statements.iter().map(|statement| statement.id.clone()).collect()),
            found(|lead| &lead.in_favour),
            found(|lead| &lead.against),
            found(|lead| &lead.differently_where),
            listed(one.options.iter().map(|option| format!("{}: {}", option.key, option.text)).collect()),
        ]);
    }
    sheet
}
