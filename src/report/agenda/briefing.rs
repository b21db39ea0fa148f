//! The briefing on one uncertainty (method reference 6.2): both sides get the same space, a gap is
//! shown as a gap, and an empty cell says "none found".

use super::order::Item;
use crate::evidence::{Evidence, Stance};
use crate::report::block::{Block, Run};
use crate::report::cmo::{Statement, part_title};
use crate::report::tally::{self, Count, Quality};
use crate::report::voices::{Contest, GroupRow, Voices, groups, groups_table};
use crate::report::words::Press;
use crate::report::{NONE_FOUND, TO_WRITE};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use crate::uncertainty::{Choice, UncertaintyStatus};
use serde::Serialize;
use std::collections::BTreeMap;

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
    pub voices: Voices,
    pub groups: Vec<GroupRow>,
    #[serde(skip)]
    ranked: bool,
    #[serde(skip)]
    contest: Contest,
    #[serde(skip)]
    full: Vec<Statement>,
}

/// The evidence table of one statement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementEvidence {
    pub id: String,
    pub statement: Option<String>,
    pub rival: bool,
    /// Counts by stance, then by strand; `all` is over all strands.
    pub counts: BTreeMap<Stance, BTreeMap<String, Count>>,
    /// Medians by strand.
    pub quality: BTreeMap<String, Quality>,
    pub single_source: bool,
}

/// Column over all strands.
const ALL: &str = "all";

impl Briefing {
    pub fn of(press: &mut Press, item: &Item, of: usize) -> Self {
        let synthesis = press.synthesis;
        let one = item.uncertainty;
        let contest = Contest::of(synthesis, one);
        let ids = contest.all();
        Briefing {
            id: synthesis.label(one.id),
            place: item.place,
            of,
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
            statements: ids
                .iter()
                .map(|id| StatementEvidence::of(synthesis, *id, contest.rivals.contains(id)))
                .collect(),
            voices: Voices::choose(press, &contest),
            groups: groups(press, &contest),
            full: Statement::all(press, &ids),
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
        put("What we think happens", self.thoughts(press));
        put("Evidence", self.evidence(press.synthesis));
        put("Voices", vec![self.voices.block(), Block::rule(self.voices.rule.clone())]);
        put("Who sees it differently", self.who(press));
        put("What we do not know", vec![written(self.unknown.as_deref())]);
        put("Question to settle", vec![Block::Paragraph(vec![Run::Strong(self.text.clone())])]);
        put("Options", self.options_blocks());
        put("Vote", self.vote());
        blocks
    }

    fn order_note(&self) -> &'static str {
        match (self.place_set_by_people, self.ranked) {
            (true, _) => ", as people set it",
            (false, true) => ", as proposed",
            (false, false) => ", as entered",
        }
    }

    /// Each rival statement in the team's own sentence, then its parts in plain words.
    fn thoughts(&self, press: &Press) -> Vec<Block> {
        if self.full.is_empty() {
            return vec![Block::Paragraph(vec![
                Run::plain("Statements: "),
                Run::Gap(NONE_FOUND.to_owned()),
                Run::plain("."),
            ])];
        }
        let mut blocks = Vec::new();
        for (statement, evidence) in self.full.iter().zip(&self.statements) {
            let name = if evidence.rival { format!("{} (rival) ", statement.id) } else { format!("{} ", statement.id) };
            let mut runs = vec![Run::Strong(name)];
            runs.extend(statement.sentence());
            blocks.push(Block::Paragraph(runs));
            let parts: Vec<(String, Vec<Run>)> = statement
                .parts
                .iter()
                .map(|part| (part_title(part.kind, press.audience).to_owned(), vec![Run::plain(part.text.clone())]))
                .collect();
            if !parts.is_empty() {
                blocks.push(Block::Pairs(parts));
            }
        }
        blocks
    }

    fn evidence(&self, synthesis: &Synthesis) -> Vec<Block> {
        if self.statements.is_empty() {
            return vec![Block::Paragraph(vec![Run::Gap(NONE_FOUND.to_owned())])];
        }
        let mut blocks = Vec::new();
        for (statement, evidence) in self.full.iter().zip(&self.statements) {
            blocks.push(Block::table(format!("Evidence on {}", evidence.id), evidence.table(synthesis)));
            let single = if evidence.single_source { "yes" } else { "no" };
            blocks.push(Block::Pairs(vec![
                ("Standing".to_owned(), vec![Run::plain(tally::show_standing(&statement.standing))]),
                ("Rests on a single source".to_owned(), vec![Run::plain(single)]),
                ("Search for cases against".to_owned(), vec![Run::plain("not recorded")]),
            ]));
        }
        blocks.push(Block::paragraph(
            "Passages judged irrelevant are left out. The rule for the standing is in the annex.",
        ));
        blocks
    }

    fn who(&self, press: &Press) -> Vec<Block> {
        if self.groups.is_empty() {
            return vec![Block::Paragraph(vec![Run::Gap(NONE_FOUND.to_owned())])];
        }
        let note = "One person may stand in more than one column. This is no survey: people were not asked to vote.";
        let smallest = press.synthesis.settings.thresholds.smallest_group;
        let note = if press.is_for_team() {
            note.to_owned()
        } else {
            format!("{note} Groups of fewer than {smallest} are not shown on their own.")
        };
        vec![
            Block::table(
                "People whose own words take a side, by group",
                groups_table(&self.groups, &self.contest, press.synthesis),
            ),
            Block::paragraph(note),
        ]
    }

    fn options_blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !self.options.is_empty() {
            let mut table =
                Table::with(&[("key", "Option"), ("text", "What"), ("consequence", "What the manual would say")]);
            for option in &self.options {
                let consequence = option.consequence.clone().unwrap_or_else(|| TO_WRITE.to_owned());
                table.push(vec![option.key.as_str().into(), option.text.as_str().into(), consequence.into()]);
            }
            blocks.push(Block::table(format!("Options for {}", self.id), table));
        }
        if self.options.len() < 2 {
            blocks.push(Block::to_write("at least two options, and what the manual would say under each"));
        }
        blocks
    }

    /// A form to fill in by hand, should the meeting choose to vote.
    fn vote(&self) -> Vec<Block> {
        if self.options.is_empty() {
            return vec![Block::paragraph("By discussion: there are no options to vote on yet.")];
        }
        let mut table = Table::with(&[
            ("option", "Option"),
            ("rating", "1 (not at all) to 9 (fully)"),
            ("cannot_judge", "Cannot judge"),
            ("change", "What would change my mind; comment"),
        ]);
        for option in &self.options {
            let boxes = "1  2  3  4  5  6  7  8  9";
            table.push(vec![option.key.as_str().into(), boxes.into(), "\u{2610}".into(), Cell::Empty]);
        }
        vec![
            Block::paragraph("Only if the meeting agreed to vote:"),
            Block::table(format!("Vote form for {}", self.id), table),
        ]
    }
}

fn written(text: Option<&str>) -> Block {
    Block::Paragraph(vec![Run::or_to_write(text)])
}

impl StatementEvidence {
    fn of(synthesis: &Synthesis, id: crate::id::Id, rival: bool) -> Self {
        let links = tally::relevant(synthesis, &[id]);
        let mut strands = tally::strands(synthesis, &links);
        strands.push(ALL);
        let within = |strand: &str, link: &Evidence| strand == ALL || tally::strand_of(synthesis, link) == strand;
        let counts = |stance: Stance| {
            let of_strand = |strand: &&str| {
                let chosen = links.iter().copied().filter(|link| link.stance == stance && within(strand, link));
                ((*strand).to_owned(), Count::of(synthesis, chosen))
            };
            (stance, strands.iter().map(of_strand).collect())
        };
        let quality = |strand: &&str| {
            let chosen: Vec<&Evidence> = links.iter().copied().filter(|link| within(strand, link)).collect();
            ((*strand).to_owned(), Quality::of(&chosen))
        };
        StatementEvidence {
            id: synthesis.label(id),
            statement: synthesis.hypotheses.get(&id).and_then(|one| one.statement.clone()),
            rival,
            counts: Stance::ALL.iter().map(|stance| counts(*stance)).collect(),
            quality: strands.iter().map(quality).collect(),
            single_source: Count::of(synthesis, links.iter().copied()).sources == 1,
        }
    }

    /// Rows for, against, refines, unclear and quality; a column a strand, then all of them.
    fn table(&self, synthesis: &Synthesis) -> Table {
        let mut strands: Vec<String> = synthesis.settings.strands.iter().map(|strand| strand.key.clone()).collect();
        strands.extend(
            self.quality.keys().filter(|key| *key != ALL && !strands.contains(key)).cloned().collect::<Vec<_>>(),
        );
        strands.push(ALL.to_owned());
        let mut columns = vec![Column::new("stance", "Evidence")];
        for key in &strands {
            let title = if key == ALL { "All".to_owned() } else { synthesis.settings.strand_title(key) };
            columns.push(Column::new(key, &title));
        }
        let mut table = Table::new(columns);
        let rows = [
            (Stance::Supports, "For"),
            (Stance::Refutes, "Against"),
            (Stance::Refines, "Refines"),
            (Stance::Ambiguous, "Unclear"),
        ];
        for (stance, title) in rows {
            let cell = |key: &String| Cell::text(self.counts[&stance].get(key).copied().unwrap_or_default().show());
            table.push(std::iter::once(title.into()).chain(strands.iter().map(cell)).collect());
        }
        let quality = |key: &String| self.quality.get(key).map_or_else(|| NONE_FOUND.to_owned(), Quality::show).into();
        table.push(std::iter::once("Quality (medians)".into()).chain(strands.iter().map(quality)).collect());
        table
    }
}
