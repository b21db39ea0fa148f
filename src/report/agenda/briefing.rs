//! The briefing on one uncertainty (method reference 6.2): both sides get the same space, a gap is
//! shown as a gap, and an empty cell says "none found".

use super::order::Item;
use super::views::{self, StatementEvidence};
use crate::report::TO_WRITE;
use crate::report::block::{Block, Run};
use crate::report::contest::Contest;
use crate::report::groups::{self, GroupRow};
use crate::report::voices::Voices;
use crate::report::words::Press;
use crate::table::Table;
use crate::uncertainty::{Choice, UncertaintyStatus};
use serde::Serialize;

/// Everything a briefing says.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Briefing {
    pub id: String,
    pub place: usize,
    pub of: usize,
    pub place_set_by_people: bool,
    pub text: String,
    pub plain: Option<String>,
    pub why: Option<String>,
    pub unknown: Option<String>,
    pub component: Option<String>,
    pub status: UncertaintyStatus,
    pub minutes: Option<u32>,
    pub introduced_by: Option<String>,
    pub options: Vec<Choice>,
    pub statements: Vec<StatementEvidence>,
    /// The same number of places for every view and either side.
    pub voices: Vec<Voices>,
    pub groups: Vec<GroupRow>,
    /// The groups in a sentence.
    pub who: Option<String>,
    #[serde(skip)]
    ranked: bool,
    #[serde(skip)]
    contest: Contest,
}

impl Briefing {
    /// One for each item of an agenda.
    pub fn all(press: &mut Press, items: &[Item]) -> Vec<Self> {
        items.iter().map(|item| Briefing::of(press, item)).collect()
    }

    fn of(press: &mut Press, item: &Item) -> Self {
        let synthesis = press.synthesis;
        let one = item.uncertainty;
        let contest = Contest::of(synthesis, one);
        let rows = groups::groups(press, &contest);
        Briefing {
            id: synthesis.label(one.id),
            place: item.place,
            of: item.of,
            place_set_by_people: item.set_by_people,
            text: one.text.clone(),
            plain: one.plain.clone(),
            why: one.why.clone(),
            unknown: one.unknown.clone(),
            component: one.component.map(|id| synthesis.label(id)),
            status: one.status,
            minutes: one.minutes,
            introduced_by: one.introduced_by.clone(),
            options: one.options.clone(),
            statements: StatementEvidence::all(press, &contest),
            voices: Voices::of_views(press, &contest),
            who: groups::sentence(press, &rows),
            groups: rows,
            ranked: item.ranking.is_some(),
            contest,
        }
    }

    pub fn blocks(&self, press: &Press) -> Vec<Block> {
        let mut blocks = vec![
            Block::heading(2, format!("{} {}", self.id, self.text), format!("briefing-{}", self.id)),
            Block::paragraph(format!("Number {} of {} in order{}.", self.place, self.of, self.order_note())),
        ];
        let mut put = |title: &str, inner: Vec<Block>| {
            blocks.push(Block::heading(3, title, format!("briefing-{} {title}", self.id)));
            blocks.extend(inner);
        };
        put("In plain words", vec![written(self.plain.as_deref())]);
        put("Why it matters", vec![written(self.why.as_deref())]);
        put("What we think happens", views::thoughts(&self.statements, &self.contest));
        put("Evidence", views::evidence(press.synthesis, &self.id, &self.statements));
        put("Voices", self.voices());
        put("Who sees it differently", self.who(press));
        put("What we do not know", vec![written(self.unknown.as_deref())]);
        put("Options and vote", self.options_blocks());
        blocks
    }

    fn order_note(&self) -> &'static str {
        match (self.place_set_by_people, self.ranked) {
            (true, _) => ", as people set it",
            (false, true) => ", as proposed",
            (false, false) => ", as entered",
        }
    }

    fn voices(&self) -> Vec<Block> {
        if self.voices.is_empty() {
            return vec![Block::none_found()];
        }
        let mut blocks: Vec<Block> = self.voices.iter().flat_map(Voices::facing).collect();
        blocks.push(Block::paragraph(
            "In brackets: passages found. Those printed were chosen by rule, as many places a side for every view.",
        ));
        blocks
    }

    fn who(&self, press: &Press) -> Vec<Block> {
        if self.groups.is_empty() {
            return vec![Block::none_found()];
        }
        let note = "This is no survey. One person may stand in several columns.";
        let smallest = press.synthesis.settings.thresholds.smallest_group;
        let note = if press.is_for_team() {
            note.to_owned()
        } else {
            format!("{note} Groups of fewer than {smallest} are told together.")
        };
        let title = "People whose own words take a side, by group";
        let mut blocks: Vec<Block> = self.who.iter().map(|text| Block::paragraph(text.clone())).collect();
        blocks.push(Block::table(title, groups::table(&self.groups, &self.contest)));
        blocks.push(Block::paragraph(note));
        blocks
    }

    /// What can be chosen, with a form to fill in by hand should the meeting choose to vote.
    fn options_blocks(&self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(vec![Run::Strong(self.text.clone())])];
        if !self.options.is_empty() {
            let mut table = Table::with(&[
                ("key", "Option"),
                ("text", "What"),
                ("consequence", "What the manual would say"),
                ("rating", "1 (not at all) to 9 (fully)"),
                ("cannot_judge", "Cannot judge"),
            ]);
            for option in &self.options {
                let consequence = option.consequence.clone().unwrap_or_else(|| TO_WRITE.to_owned());
                table.push(vec![
                    option.key.as_str().into(),
                    option.text.as_str().into(),
                    consequence.into(),
                    "1 2 3 4 5 6 7 8 9".into(),
                    "\u{2610}".into(),
                ]);
            }
            blocks.push(Block::table(
                format!("Options for {}, and a form should the meeting agree to vote", self.id),
                table,
            ));
            blocks.push(Block::paragraph("What would change my mind, and comments: …………………………………………………"));
        }
        if self.options.len() < 2 {
            blocks.push(Block::to_write("at least two options, and what the manual would say under each"));
        }
        blocks
    }
}

fn written(text: Option<&str>) -> Block {
    Block::Paragraph(vec![Run::or_to_write(text)])
}
