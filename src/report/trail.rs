//! `report trail`: the biography of a statement, a page each: where it came from, who wrote it, how it was reworded, what
//! it was merged with, and how the evidence for and against it grew.

use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::standings::Standings;
use super::words::Press;
use super::{Brief, TO_WRITE};
use crate::evidence::Standing;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::json;

crate::vocabulary! {
    /// What happened to a statement.
    pub enum What "event of a statement" {
        Written "written",
        Reworded "reworded",
        Part "part",
        Status "status",
        Standing "standing",
        Link "link",
        Evidence "evidence",
        Appraisal "appraisal",
        Uncertainty "uncertainty",
        Decision "decision",
        Version "version",
        Memo "memo",
        Removed "removed",
    }
}

impl What {
    fn title(self) -> &'static str {
        match self {
            What::Written => "Written",
            What::Reworded => "Reworded",
            What::Part => "Part changed",
            What::Status => "Status",
            What::Standing => "Placed or tested",
            What::Link => "Link",
            What::Evidence => "Evidence",
            What::Appraisal => "Appraised",
            What::Uncertainty => "Uncertainty",
            What::Decision => "Decision",
            What::Version => "Version",
            What::Memo => "Memo",
            What::Removed => "Removed",
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Day, by the clock of who did it: `2026-03-14`.
    pub at: String,
    /// Coder, by tag or letter.
    pub by: String,
    pub what: What,
    pub says: String,
    pub why: Option<String>,
    /// Sources for and against after it, where it changed them.
    pub sources: Option<(usize, usize)>,
}

/// The life of one statement, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    pub hypothesis: Id,
    pub events: Vec<Event>,
}

const RULE: &str = "How this came about: every line is an act that somebody did and nobody took back, as the journal has it, \
in the order in which one could know of the other; days are by the clock of who did it. Sources for and against are distinct \
sources whose passages support or refine, or refute, the statement or one that lends it evidence, those judged irrelevant left \
out.";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let told: Vec<(&Trail, &Hypothesis)> =
        brief.trails.iter().filter_map(|trail| Some((trail, synthesis.hypotheses.get(&trail.hypothesis)?))).collect();
    if told.is_empty() {
        blocks.push(Block::none_of("Statements"));
    }
    for (at, (trail, statement)) in told.iter().enumerate() {
        if at > 0 {
            blocks.push(Block::PageBreak);
        }
        blocks.extend(page(&press, trail, statement));
    }
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "trail",
        title: match told.as_slice() {
            [(_, only)] => format!("{}: the life of {}", synthesis.settings.title, synthesis.label(only.id)),
            _ => format!("{}: the lives of its statements", synthesis.settings.title),
        },
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(synthesis, &told),
        data: json!({
            "report": "trail",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "statements": told.iter().map(|(trail, statement)| data(&press, trail, statement)).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
    }
}

/// The sentence as this audience reads it: a machine-made one is the team's.
fn sentence(press: &Press, statement: &Hypothesis) -> String {
    let made = || if press.is_for_team() { statement.sentence() } else { TO_WRITE.to_owned() };
    statement.statement.clone().unwrap_or_else(made)
}

fn data(press: &Press, trail: &Trail, statement: &Hypothesis) -> serde_json::Value {
    let synthesis = press.synthesis;
    json!({
        "id": synthesis.label(statement.id),
        "statement": sentence(press, statement),
        "status": statement.status,
        "standing": synthesis.standing(statement.id),
        "consensus": synthesis.consensus(statement.id),
        "tested": statement.test(),
        "test_result": statement.tested.as_ref().and_then(|tested| tested.result.as_ref()),
        "events": trail.events,
    })
}

fn page(press: &Press, trail: &Trail, statement: &Hypothesis) -> Vec<Block> {
    let synthesis = press.synthesis;
    let label = synthesis.label(statement.id);
    let component = statement.component.and_then(|id| synthesis.components.get(&id));
    let standings = Standings::of(&press.bearings, statement);
    let Standing { r#for, against, .. } = standings.evidence;
    let mut pairs = vec![("Status".to_owned(), vec![Run::plain(statement.status.word())])];
    pairs.extend(standings.pairs());
    if r#for + against > 0 {
        let said = format!("{} for, {against} against", count_of(r#for, "source"));
        pairs.insert(2, ("Sources".to_owned(), vec![Run::plain(said)]));
    }
    if let Some(component) = component {
        pairs.insert(
            0,
            ("Component".to_owned(), vec![Run::plain(format!("{} {}", synthesis.label(component.id), component.name))]),
        );
    }
    vec![
        Block::heading(2, format!("{label} {}", sentence(press, statement)), format!("statement-{label}")),
        Block::Pairs(pairs),
        Block::table(format!("The life of {label}"), table(&trail.events)),
    ]
}

fn sources(event: &Event) -> Cell {
    event.sources.map(|(r#for, against)| format!("{for} for, {against} against")).into()
}

fn table(events: &[Event]) -> Table {
    let mut table = Table::with(&[
        ("at", "Day"),
        ("by", "Who"),
        ("what", "What"),
        ("says", "In words"),
        ("why", "Why"),
        ("sources", "Sources then"),
    ]);
    for event in events {
        table.push(vec![
            event.at.as_str().into(),
            event.by.as_str().into(),
            event.what.title().into(),
            event.says.as_str().into(),
            event.why.clone().into(),
            sources(event),
        ]);
    }
    table
}

fn sheet(synthesis: &Synthesis, told: &[(&Trail, &Hypothesis)]) -> Table {
    let mut table = Table::with(&[
        ("statement", "Statement"),
        ("at", "Day"),
        ("by", "Who"),
        ("what", "What"),
        ("says", "In words"),
        ("why", "Why"),
        ("sources_for", "Sources for"),
        ("sources_against", "Sources against"),
    ]);
    for (trail, statement) in told {
        for event in &trail.events {
            table.push(vec![
                synthesis.label(statement.id).into(),
                event.at.as_str().into(),
                event.by.as_str().into(),
                event.what.word().into(),
                event.says.as_str().into(),
                event.why.clone().into(),
                event.sources.map(|(r#for, _)| r#for).into(),
                event.sources.map(|(_, against)| against).into(),
            ]);
        }
    }
    table
}
