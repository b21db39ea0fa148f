//! `report briefing`: the briefings alone, one for each uncertainty (method reference 6.2), for those
//! who are sent no more than that.

use super::agenda::{self, briefing::Briefing, order, views};
use super::block::{Block, Report};
use super::evidence::{closing, subtitle, synthetic_notice, titled, withheld};
use super::words::Press;
use super::{Brief, glossary, tally, voices, voting_rules};
use crate::synthesis::Synthesis;
use serde_json::json;

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let briefings = Briefing::all(&mut press, brief, &order::in_order(synthesis, brief));
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    if briefings.is_empty() {
        blocks.push(Block::none_of("Uncertainties to be settled"));
    }
    for (at, briefing) in briefings.iter().enumerate() {
        blocks.extend((at > 0).then_some(Block::PageBreak));
        blocks.extend(briefing.blocks(&press));
    }
    blocks.extend([Block::PageBreak, Block::heading(2, "How to read this", "how-to-read")]);
    blocks.extend(brief.theory.as_ref().map(|one| Block::paragraph(format!("The theory is {}.", one.in_words()))));
    if let Some(meeting) = &brief.meeting {
        blocks.push(Block::heading(3, voting_rules::HEADING, "decisions"));
        blocks.extend(voting_rules::blocks(&synthesis.settings, meeting));
    }
    blocks.extend([
        Block::heading(3, "How voices and standings came about", "rules"),
        Block::rule(voices::rule(&press)),
        Block::rule(tally::STANDING_RULE),
    ]);
    blocks.extend(views::scores(briefings.iter().flat_map(|one| &one.statements)));
    blocks.extend(glossary::section(&blocks, brief.audience));
    blocks.extend(closing(&press));
    Report {
        key: "briefing",
        title: titled(synthesis, "briefings"),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: agenda::sheet(&briefings),
        data: json!({
            "report": "briefing",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "theory": brief.theory,
            "meeting": brief.meeting.as_ref().map(|meeting| &meeting.look.id),
            "rules": { "standing": tally::STANDING_RULE, "voices": voices::rule(&press) },
            "uncertainties": briefings,
            "withheld": withheld(&press),
        }),
    }
}
