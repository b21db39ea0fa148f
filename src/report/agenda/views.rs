//! The evidence on the views a briefing is between: one table for all of them, then a line a view on
//! how good that evidence is.

use crate::decision::Consensus;
use crate::evidence::{Evidence, Stance, Standing};
use crate::hypothesis::{Test, Tested};
use crate::id::Id;
use crate::participant::Audience;
use crate::report::block::{Block, Run, count_of};
use crate::report::contest::{Contest, Role};
use crate::report::searches::told::cases_against;
use crate::report::standings::{agreement, plainly, test};
use crate::report::tally::{self, Count, Quality};
use crate::report::words::Press;
use crate::report::{ELSEWHERE, NONE_FOUND, TO_WRITE};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// Passages that contradict it in the circumstances it speaks of, or in some not known.
    pub against: BTreeMap<String, Count>,
    /// Passages that contradict it in other circumstances.
    pub differently_where: BTreeMap<String, Count>,
    /// Passages that refine it or are unclear, counted together.
    pub refines_or_unclear: BTreeMap<String, Count>,
    /// Medians by strand.
    pub quality: BTreeMap<String, Quality>,
    pub single_source: bool,
    pub consensus: Consensus,
    pub tested: Option<Tested>,
    /// For members: scores and the words of the rule stand in the annex.
    #[serde(skip)]
    is_plain: bool,
}

/// Column over all strands.
const ALL: &str = "all";

/// Stances that make no side, in one row.
const APART: [Stance; 2] = [Stance::Refines, Stance::Ambiguous];

impl StatementEvidence {
    /// Every statement tied to the uncertainty, views first.
    pub fn all(press: &Press, contest: &Contest) -> Vec<Self> {
        contest.all().into_iter().map(|id| Self::of(press, id, contest.role(id))).collect()
    }

    pub fn of(press: &Press, id: Id, role: Role) -> Self {
        let synthesis = press.synthesis;
        let links = tally::relevant(&press.bearings, id);
        let mut strands: Vec<&str> = Vec::new();
        for strand in tally::strands(synthesis, &links).into_iter().map(|strand| press.strand_shown(strand)) {
            if !strands.contains(&strand) {
                strands.push(strand);
            }
        }
        strands.push(ALL);
        let strand_of = |link: &Evidence| press.strand_shown(tally::strand_of(synthesis, link));
        let within = |strand: &str, link: &Evidence| strand == ALL || strand_of(link) == strand;
        let counts = |is_meant: &dyn Fn(&Evidence) -> bool| -> BTreeMap<String, Count> {
            let of_strand = |strand: &&str| {
                let chosen = links.iter().copied().filter(|link| is_meant(link) && within(strand, link));
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
            standing: press.bearings.standing(id),
            counts: Stance::ALL.iter().map(|stance| (*stance, counts(&|link| link.stance == *stance))).collect(),
            against: counts(&|link| link.stance == Stance::Refutes && !link.is_from_elsewhere()),
            differently_where: counts(&Evidence::is_from_elsewhere),
            refines_or_unclear: counts(&|link| APART.contains(&link.stance)),
            quality: strands.iter().map(quality).collect(),
            single_source: Count::of(synthesis, links.iter().copied()).sources == 1,
            consensus: synthesis.consensus(id),
            tested: synthesis.hypotheses.get(&id).and_then(|one| one.tested.clone()),
            is_plain: press.audience == Audience::Meeting,
        }
    }

    pub fn is_view(&self) -> bool {
        self.role != Role::Also
    }

    /// Sources that contradict it in other circumstances.
    pub fn works_differently(&self) -> usize {
        self.differently_where.get(ALL).map_or(0, |count| count.sources)
    }

    /// `Lead view, H3.gj`.
    pub fn name(&self) -> String {
        format!("{}, {}", self.role.title(), self.id)
    }

    /// `supported (provisional)`; for members `views differ, and not everything is judged yet`.
    fn word(&self) -> String {
        if self.is_plain {
            return plainly(&self.standing);
        }
        self.by_the_rule()
    }

    fn by_the_rule(&self) -> String {
        let provisional = if self.standing.provisional { " (provisional)" } else { "" };
        format!("{}{provisional}", tally::standing_title(self.standing.standing))
    }

    /// `supported; 3 sources for, none against`.
    pub fn in_short(&self) -> String {
        let word = self.word();
        let evidence = match self.quality.get(ALL).map_or(0, |quality| quality.links) {
            0 => word,
            _ => format!("{word}; {}", self.balance().join(", ")),
        };
        let tested = self.tested.as_ref().filter(|tested| tested.test != Test::NotTested);
        tested.map_or(evidence.clone(), |tested| format!("{evidence}; test: {}", tested.in_words()))
    }

    /// `3 sources for`, `none against`: both sides are named, found or not. What speaks against it in other circumstances alone is
    /// against it still.
    fn balance(&self) -> Vec<String> {
        let sources = |counts: &BTreeMap<String, Count>| counts.get(ALL).map_or(0, |count| count.sources);
        let said = |n: usize, title: &str| match n {
            0 => format!("none {title}"),
            n => format!("{} {title}", count_of(n, "source")),
        };
        let against = match (sources(&self.against), sources(&self.differently_where)) {
            (0, elsewhere) if elsewhere > 0 => vec![said(elsewhere, "against, where circumstances are different")],
            (here, elsewhere) => {
                let elsewhere = (elsewhere > 0).then(|| said(elsewhere, "saying it works differently elsewhere"));
                std::iter::once(said(here, "against")).chain(elsewhere).collect()
            }
        };
        let apart = [(Stance::Refines, "refining"), (Stance::Ambiguous, "unclear")]
            .map(|(stance, title)| (sources(&self.counts[&stance]), title))
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, title)| said(n, title));
        let of = said(sources(&self.counts[&Stance::Supports]), "for");
        std::iter::once(of).chain(against).chain(apart).collect()
    }

    /// What one strand has to say, a line a stance: `For: 3 (4)`. Over all strands both sides are named, found or not.
    fn amounts(&self, strand: &str) -> String {
        let stances = [
            ("For", &self.counts[&Stance::Supports]),
            ("Against", &self.against),
            (ELSEWHERE, &self.differently_where),
            ("Refines or unclear", &self.refines_or_unclear),
        ];
        let count = |counts: &BTreeMap<String, Count>| counts.get(strand).copied().unwrap_or_default();
        let is_said = |at: usize, count: Count| count.passages > 0 || (strand == ALL && at < 2);
        let counts = stances.iter().enumerate().map(|(at, (title, counts))| (at, title, count(counts)));
        let lines: Vec<String> = counts
            .filter(|(at, _, count)| is_said(*at, *count))
            .map(|(_, title, count)| format!("{title}: {}", count.in_figures()))
            .collect();
        if lines.is_empty() { NONE_FOUND.to_owned() } else { lines.join("\n") }
    }

    /// `contested; relevance 3, richness 2, rigour 1 (4 of 5 appraised); single source: no`.
    pub fn quality_line(&self) -> String {
        let medians = self.quality.get(ALL).map_or_else(|| NONE_FOUND.to_owned(), Quality::show);
        let single = if self.single_source { "yes" } else { "no" };
        format!("{}; {medians}; single source: {single}", self.by_the_rule())
    }

    /// `Agreement: nobody decided yet. Test: not tested`.
    fn other_standings(&self) -> String {
        format!("Agreement: {}. Test: {}", agreement(self.consensus), test(self.tested.as_ref()))
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
        let amount = Run::Emphasis(format!(" ({})", one.in_short()));
        blocks.push(Block::Paragraph(vec![lead, Run::or_to_write(one.statement.as_deref()), amount]));
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

/// One table for all views, then a line on the quality of each; how far they are agreed and tested is said once where it is
/// the same of all.
pub fn evidence(synthesis: &Synthesis, label: &str, statements: &[StatementEvidence]) -> Vec<Block> {
    let views: Vec<&StatementEvidence> = statements.iter().filter(|one| one.is_view()).collect();
    if views.is_empty() {
        return vec![Block::none_found()];
    }
    let caption =
        format!("Evidence on the views, {label}: sources (passages). A source may stand in several lines of a cell.");
    let counts = Block::table(caption, table(synthesis, &views));
    let about: Vec<&str> = statements.iter().map(|one| one.id.as_str()).chain([label]).collect();
    let searched = cases_against(synthesis, &about);
    if views.iter().all(|one| one.is_plain) {
        return vec![counts, Block::paragraph(plain_quality(&views, &searched))];
    }
    let others: BTreeSet<String> = views.iter().map(|one| one.other_standings()).collect();
    let said_once = if views.len() > 1 && others.len() == 1 { others.into_iter().next() } else { None };
    let quality = |one: &&StatementEvidence| {
        let line = one.quality_line();
        let line = if said_once.is_some() { line } else { format!("{line}. {}", one.other_standings()) };
        (one.id.clone(), vec![Run::plain(line)])
    };
    let mut lines: Vec<(String, Vec<Run>)> = views.iter().map(quality).collect();
    lines.extend(said_once.iter().map(|line| ("Each of them".to_owned(), vec![Run::plain(line.clone())])));
    vec![counts, Block::Pairs(lines), Block::paragraph(format!("Scores are medians, from 0 to 3. {searched}"))]
}

/// What members need to know of it: what hangs on one source, what was agreed and tested, and where the scores are.
fn plain_quality(views: &[&StatementEvidence], searched: &str) -> String {
    let single: Vec<&str> = views.iter().filter(|one| one.single_source).map(|one| one.id.as_str()).collect();
    let single =
        if single.is_empty() { String::new() } else { format!("Only one source speaks of {}. ", single.join(", ")) };
    let is_fresh = |one: &&&StatementEvidence| one.consensus == Consensus::Untested && one.tested.is_none();
    let known: Vec<String> = views
        .iter()
        .filter(|one| !is_fresh(one))
        .map(|one| format!("{}: {}. ", one.id, one.other_standings()))
        .collect();
    let fresh = if known.is_empty() { "Nobody has decided on any of them, and none was tested. " } else { "" };
    format!(
        "{single}{}{fresh}How much each source has to do with the question, how much it says, and how far one can rely on it is \
         scored at the end of these papers. {searched}",
        known.concat()
    )
}

/// The scores of all views of some briefings, each once: for members they stand in the annex.
pub fn scores<'b>(statements: impl IntoIterator<Item = &'b StatementEvidence>) -> Vec<Block> {
    let mut seen = BTreeSet::new();
    let plain = statements.into_iter().filter(|one| one.is_view() && one.is_plain);
    let pairs: Vec<(String, Vec<Run>)> = plain
        .filter(|one| seen.insert(one.id.clone()))
        .map(|one| (one.id.clone(), vec![Run::plain(one.quality_line())]))
        .collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    vec![
        Block::heading(3, "How good the evidence on each view is", "annex-scores"),
        Block::Pairs(pairs),
        Block::paragraph("Scores are medians, from 0 to 3."),
    ]
}

/// A row a view; a column a strand that is declared or holds evidence, then all of them.
fn table(synthesis: &Synthesis, views: &[&StatementEvidence]) -> Table {
    let strands = columns(synthesis, views);
    let mut columns = vec![Column::new("view", "View")];
    for key in &strands {
        let title = if key == ALL { "All".to_owned() } else { synthesis.settings.strand_title(key) };
        columns.push(Column::new(key, &title));
    }
    let mut table = Table::new(columns);
    for view in views {
        let cells = strands.iter().map(|key| Cell::text(view.amounts(key)));
        table.push([Cell::text(view.name())].into_iter().chain(cells).collect());
    }
    table
}

fn columns(synthesis: &Synthesis, views: &[&StatementEvidence]) -> Vec<String> {
    let is_shown = |key: &String| views.iter().any(|view| view.quality.contains_key(key));
    let declared = synthesis.settings.strands.iter().map(|strand| strand.key.clone());
    let mut strands: Vec<String> = declared.filter(is_shown).collect();
    for key in views.iter().flat_map(|view| view.quality.keys()) {
        if key != ALL && !strands.contains(key) {
            strands.push(key.clone());
        }
    }
    strands.push(ALL.to_owned());
    strands
}
