//! The evidence on the views a briefing is between: one table for all of them, then a line a view on
//! how good that evidence is.

use crate::evidence::{Evidence, Stance, Standing};
use crate::hypothesis::{Hypothesis, Test};
use crate::id::Id;
use crate::report::block::{Block, Run, count_of};
use crate::report::contest::{Contest, Role};
use crate::report::tally::{self, Count, Quality};
use crate::report::{NONE_FOUND, TO_WRITE};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use serde::Serialize;
use std::collections::BTreeMap;

/// The evidence on one statement tied to an uncertainty.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatementEvidence {
    pub id: String,
    pub statement: Option<String>,
    pub role: Role,
    pub rival: bool,
    pub standing: Standing,
    /// Counts by stance, then by strand; `all` is over all strands.
    pub counts: BTreeMap<Stance, BTreeMap<String, Count>>,
    /// Passages that refine it or are unclear, counted together.
    pub refines_or_unclear: BTreeMap<String, Count>,
    /// Medians by strand.
    pub quality: BTreeMap<String, Quality>,
    pub single_source: bool,
    pub tested: Test,
}

/// Column over all strands.
const ALL: &str = "all";

/// Stances that make no side, in one row.
const APART: [Stance; 2] = [Stance::Refines, Stance::Ambiguous];

impl StatementEvidence {
    /// Every statement tied to the uncertainty, views first.
    pub fn all(synthesis: &Synthesis, contest: &Contest) -> Vec<Self> {
        contest.all().into_iter().map(|id| Self::of(synthesis, id, contest.role(id))).collect()
    }

    fn of(synthesis: &Synthesis, id: Id, role: Role) -> Self {
        let links = tally::relevant(synthesis, id);
        let mut strands = tally::strands(synthesis, &links);
        strands.push(ALL);
        let within = |strand: &str, link: &Evidence| strand == ALL || tally::strand_of(synthesis, link) == strand;
        let counts = |stances: &[Stance]| -> BTreeMap<String, Count> {
            let of_strand = |strand: &&str| {
                let chosen =
                    links.iter().copied().filter(|link| stances.contains(&link.stance) && within(strand, link));
                ((*strand).to_owned(), Count::of(synthesis, chosen))
            };
            strands.iter().map(of_strand).collect()
        };
        let quality = |strand: &&str| {
            let chosen: Vec<&Evidence> = links.iter().copied().filter(|link| within(strand, link)).collect();
            ((*strand).to_owned(), Quality::of(&chosen))
        };
        StatementEvidence {
            id: synthesis.label(id),
            statement: synthesis.hypotheses.get(&id).and_then(|one| one.statement.clone()),
            role,
            rival: role == Role::Rival,
            standing: synthesis.standing(id),
            counts: Stance::ALL.iter().map(|stance| (*stance, counts(&[*stance]))).collect(),
            refines_or_unclear: counts(&APART),
            quality: strands.iter().map(quality).collect(),
            single_source: Count::of(synthesis, links.iter().copied()).sources == 1,
            tested: synthesis.hypotheses.get(&id).map_or(Test::NotTested, Hypothesis::test),
        }
    }

    fn is_view(&self) -> bool {
        self.role != Role::Also
    }

    /// `Lead view, H3.gj`.
    pub fn name(&self) -> String {
        format!("{}, {}", self.role.title(), self.id)
    }

    /// `supported (provisional)`.
    fn word(&self) -> String {
        let provisional = if self.standing.provisional { " (provisional)" } else { "" };
        format!("{}{provisional}", tally::standing_title(self.standing.standing))
    }

    /// `supported; 3 sources for, none against`.
    fn in_short(&self) -> String {
        let word = self.word();
        let sources = |stance: Stance| self.counts[&stance].get(ALL).map_or(0, |count| count.sources);
        let said = [
            (Stance::Supports, "for"),
            (Stance::Refutes, "against"),
            (Stance::Refines, "refining"),
            (Stance::Ambiguous, "unclear"),
        ]
        .map(|(stance, title)| (sources(stance), title))
        .into_iter()
        .filter(|(n, title)| *n > 0 || *title == "against")
        .map(|(n, title)| if n == 0 { format!("none {title}") } else { format!("{} {title}", count_of(n, "source")) });
        match self.quality.get(ALL).map_or(0, |quality| quality.links) {
            0 => word,
            _ => format!("{word}; {}", said.collect::<Vec<_>>().join(", ")),
        }
    }

    /// `contested; relevance 3, richness 2, rigour 1 (4 of 5 appraised); single source: no; not tested`.
    fn quality_line(&self) -> String {
        let medians = self.quality.get(ALL).map_or_else(|| NONE_FOUND.to_owned(), Quality::show);
        let single = if self.single_source { "yes" } else { "no" };
        let tested = match self.tested {
            Test::NotTested => "not tested".to_owned(),
            tested => format!("tested: {tested}"),
        };
        format!("{}; {medians}; single source: {single}; {tested}", self.word())
    }
}

/// The lead view and its rivals as sentences, then what else bears on the matter.
pub fn thoughts(statements: &[StatementEvidence], contest: &Contest) -> Vec<Block> {
    if statements.is_empty() {
        let runs = vec![Run::plain("Statements: "), Run::Gap(NONE_FOUND.to_owned()), Run::plain(".")];
        return vec![Block::Paragraph(runs)];
    }
    let mut blocks = Vec::new();
    if !contest.listed {
        blocks.push(Block::paragraph(
            "Nobody listed statements with this uncertainty: those of its component stand here, the first in number as \
             the lead.",
        ));
    }
    for one in statements.iter().filter(|one| one.is_view()) {
        let lead = Run::Strong(format!("{}. ", one.name()));
        blocks.push(Block::Paragraph(vec![lead, Run::or_to_write(one.statement.as_deref())]));
    }
    if contest.rivals.is_empty() {
        let runs = vec![Run::Strong("Rival view. ".to_owned()), Run::Gap(TO_WRITE.to_owned())];
        blocks.push(Block::Paragraph(runs));
    }
    let also: Vec<Vec<Run>> = statements.iter().filter(|one| !one.is_view()).map(also).collect();
    if !also.is_empty() {
        blocks.push(Block::Paragraph(vec![Run::Strong("Also bears on it".to_owned())]));
        blocks.push(Block::List { ordered: false, items: also });
    }
    blocks
}

fn also(one: &StatementEvidence) -> Vec<Run> {
    vec![
        Run::Strong(format!("{} ", one.id)),
        Run::or_to_write(one.statement.as_deref()),
        Run::Emphasis(format!(" ({})", one.in_short())),
    ]
}

/// One table for all views, then a line on the quality of each.
pub fn evidence(synthesis: &Synthesis, label: &str, statements: &[StatementEvidence]) -> Vec<Block> {
    let views: Vec<&StatementEvidence> = statements.iter().filter(|one| one.is_view()).collect();
    if views.is_empty() {
        return vec![Block::Paragraph(vec![Run::Gap(NONE_FOUND.to_owned())])];
    }
    let quality = |one: &&StatementEvidence| (one.id.clone(), vec![Run::plain(one.quality_line())]);
    vec![
        Block::table(format!("Evidence on the views, {label}"), table(synthesis, &views)),
        Block::Pairs(views.iter().map(quality).collect()),
        Block::paragraph("Scores are medians, from 0 to 3. Whether cases against were searched for is not recorded."),
    ]
}

/// Three rows a view; a column a strand that is declared or holds evidence, then all of them.
fn table(synthesis: &Synthesis, views: &[&StatementEvidence]) -> Table {
    let strands = columns(synthesis, views);
    let mut columns = vec![Column::new("view", "View"), Column::new("stance", "Passages")];
    for key in &strands {
        let title = if key == ALL { "All".to_owned() } else { synthesis.settings.strand_title(key) };
        columns.push(Column::new(key, &title));
    }
    let mut table = Table::new(columns);
    for view in views {
        let rows = [
            ("For", &view.counts[&Stance::Supports]),
            ("Against", &view.counts[&Stance::Refutes]),
            ("Refines or unclear", &view.refines_or_unclear),
        ];
        for (title, counts) in rows {
            let name = format!("{} {}", view.role.title().trim_end_matches(" view"), view.id);
            let cell = |key: &String| Cell::text(counts.get(key).copied().unwrap_or_default().show());
            table.push([name.into(), title.into()].into_iter().chain(strands.iter().map(cell)).collect());
        }
    }
    table
}

fn columns(synthesis: &Synthesis, views: &[&StatementEvidence]) -> Vec<String> {
    let mut strands: Vec<String> = synthesis.settings.strands.iter().map(|strand| strand.key.clone()).collect();
    for key in views.iter().flat_map(|view| view.quality.keys()) {
        if key != ALL && !strands.contains(key) {
            strands.push(key.clone());
        }
    }
    strands.push(ALL.to_owned());
    strands
}
