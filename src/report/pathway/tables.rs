//! The tables of a pathway, for reading and for machines.

use crate::id::Id;
use crate::pathway::{Exit, Move, Step};
use crate::report::block::{Block, Run};
use crate::stepped::{self, Checked, Pathway};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// `Talking therapies`, for each: for readers who know no labels.
pub fn names_alone(synthesis: &Synthesis, steps: impl Iterator<Item = Id>) -> Vec<String> {
    steps.map(|id| name_alone(synthesis, id)).collect()
}

fn name_alone(synthesis: &Synthesis, step: Id) -> String {
    synthesis.steps.get(&step).map_or_else(|| synthesis.label(step), |one| one.name.clone())
}

/// What a step is called where another is told.
type Name = fn(&Synthesis, Id) -> String;

/// Moves to steps, the lowest first.
fn by_rank<'m>(synthesis: &Synthesis, moves: &'m BTreeMap<Id, Move>) -> Vec<(&'m Id, &'m Move)> {
    let mut all: Vec<(&Id, &Move)> = moves.iter().collect();
    let rank = |id: &Id| synthesis.steps.get(id).map(|one| one.rank);
    all.sort_by_cached_key(|(id, _)| (rank(id), synthesis.labels.get(*id).cloned(), **id));
    all
}

/// `Talking therapies: no better`; a step that is not in use is said to be none.
fn moves(synthesis: &Synthesis, moves: &BTreeMap<Id, Move>, name: Name) -> Cell {
    let said = by_rank(synthesis, moves).into_iter().map(|(id, one)| {
        let retired = synthesis.steps.get(id).is_none_or(|one| one.retired);
        let retired = if retired { " [not in use]" } else { "" };
        format!("{}{retired}{}", name(synthesis, *id), behind(one.when.as_deref()))
    });
    lines(&said.collect::<Vec<_>>())
}

fn exits(exits: &BTreeMap<Id, Exit>) -> Cell {
    lines(&exits.values().map(|one| format!("{}{}", one.place, behind(one.when.as_deref()))).collect::<Vec<_>>())
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}

/// Steps to be left for it; `none` where somebody looked and said so.
fn left(synthesis: &Synthesis, step: &Step, name: Name) -> Cell {
    if step.leaving.is_empty() && step.leaves_none {
        return "none".into();
    }
    lines(&step.leaving.iter().map(|id| name(synthesis, *id)).collect::<Vec<_>>())
}

fn behind(when: Option<&str>) -> String {
    when.map(|when| format!(": {when}")).unwrap_or_default()
}

fn lines(all: &[String]) -> Cell {
    if all.is_empty() { Cell::Empty } else { all.join("\n").into() }
}

/// What is said of a step, in the order it is read: key, title, words.
pub fn said(synthesis: &Synthesis, step: &Step) -> Vec<(&'static str, &'static str, Cell)> {
    told(synthesis, step, stepped::name)
}

fn told(synthesis: &Synthesis, step: &Step, name: Name) -> Vec<(&'static str, &'static str, Cell)> {
    let text = |text: &Option<String>| text.clone().map_or(Cell::Empty, Cell::from);
    vec![
        ("intensity", "Intensity", step.intensity.map_or(Cell::Empty, |one| one.word().into())),
        ("reach", "For whom", text(&step.reach)),
        ("setting", "Where", text(&step.setting)),
        ("in_primary_care", "In primary care", step.in_primary_care.map_or(Cell::Empty, |yes| yes_or_no(yes).into())),
        ("interventions", "Offers", lines(&step.interventions)),
        ("recovery_element", "For recovery", text(&step.recovery_element)),
        ("providers", "Given by", lines(&step.providers)),
        ("entry", "How one comes onto it", text(&step.entry)),
        ("leaving", "To be left first", left(synthesis, step, name)),
        ("review_interval", "Review", text(&step.review_interval)),
        ("up", "Up", moves(synthesis, &step.up, name)),
        ("down", "Down", moves(synthesis, &step.down, name)),
        ("out", "Out", exits(&step.out)),
        ("claim", "Claimed", text(&step.claim)),
    ]
}

/// Steps that stand beside each other on a page.
const BESIDE: usize = 4;

/// The rows of a step on a page: those of which nothing is said are left out, that of the reviews apart, since a review that
/// is missing is to be seen.
fn rows(synthesis: &Synthesis, step: &Step) -> Vec<(&'static str, Cell)> {
    let all = told(synthesis, step, name_alone).into_iter();
    let kept = all.filter(|(key, _, cell)| *key == "review_interval" || *cell != Cell::Empty);
    kept.map(|(_, title, cell)| (title, cell)).collect()
}

/// Many steps on a page, one after the other: each under its name.
pub fn in_turn(pathway: &Pathway, level: u8) -> Vec<Block> {
    let label = |step: &Step| pathway.synthesis.label(step.id);
    let heading =
        |step: &Step| Block::heading(level, format!("{}. {}", step.rank, step.name), format!("told-{}", label(step)));
    let pair = |(title, cell): (&str, Cell)| match cell {
        Cell::Empty => (title.to_owned(), vec![Run::Gap("not said".to_owned())]),
        cell => (title.to_owned(), vec![Run::plain(cell.show(0).replace('\n', "; "))]),
    };
    let told =
        |step: &&Step| [heading(step), Block::Pairs(rows(pathway.synthesis, step).into_iter().map(pair).collect())];
    pathway.steps.iter().flat_map(told).collect()
}

/// The same as a table that no number of steps makes wider.
pub fn one_below_another(pathway: &Pathway) -> Table {
    let mut table = Table::with(&[("step", "Step"), ("what", "What"), ("said", "What is said of it")]);
    for step in &pathway.steps {
        for (title, cell) in rows(pathway.synthesis, step) {
            table.push(vec![format!("{}. {}", step.rank, step.name).into(), title.into(), cell]);
        }
    }
    table
}

/// Few steps beside each other, each a column; `None` where they are too many for a page.
pub fn side_by_side(pathway: &Pathway) -> Option<Table> {
    let synthesis = pathway.synthesis;
    if pathway.steps.len() > BESIDE {
        return None;
    }
    let column = |(at, step): (usize, &&Step)| {
        Column::new(&format!("step_{}", at + 1), &format!("{}. {}", step.rank, step.name))
    };
    let mut columns = vec![Column::new("said", "Step")];
    columns.extend(pathway.steps.iter().enumerate().map(column));
    let mut table = Table::new(columns);
    let each: Vec<_> = pathway.steps.iter().map(|step| told(synthesis, step, name_alone)).collect();
    let rows = each.first().map_or(0, Vec::len);
    for row in 0..rows {
        let (key, title, _) = each[0][row];
        let cells: Vec<Cell> = each.iter().map(|one| one[row].2.clone()).collect();
        if key == "review_interval" || cells.iter().any(|cell| *cell != Cell::Empty) {
            table.push(std::iter::once(title.into()).chain(cells).collect());
        }
    }
    Some(table)
}

/// A row a step.
pub fn steps(synthesis: &Synthesis, steps: &[&Step]) -> Table {
    let mut columns = vec![
        Column::new("id", "Id"),
        Column::new("model", "Model"),
        Column::new("rank", "Rank"),
        Column::new("name", "Step"),
    ];
    let mut table = None;
    for step in steps {
        let said = said(synthesis, step);
        let table = table.get_or_insert_with(|| {
            columns.extend(said.iter().map(|(key, title, _)| Column::new(key, title)));
            columns.push(Column::new("explained_by", "Explained by"));
            columns.push(Column::new("retired", "Retired"));
            Table::new(std::mem::take(&mut columns))
        });
        let mut row: Vec<Cell> = vec![
            synthesis.label(step.id).into(),
            synthesis.label(step.model).into(),
            usize::try_from(step.rank).unwrap_or(usize::MAX).into(),
            step.name.as_str().into(),
        ];
        row.extend(said.into_iter().map(|(.., cell)| cell));
        row.push(lines(&step.because.keys().map(|id| synthesis.label(*id)).collect::<Vec<_>>()));
        row.push(if step.retired { "yes".into() } else { Cell::Empty });
        table.push(row);
    }
    table.unwrap_or_else(|| Table::new(columns))
}

/// A step for machines.
pub fn step_json(synthesis: &Synthesis, step: &Step) -> Json {
    let moves = |moves: &BTreeMap<Id, Move>| -> Vec<Json> {
        let name = |id: &Id| synthesis.steps.get(id).map(|one| one.name.as_str());
        by_rank(synthesis, moves)
            .into_iter()
            .map(|(id, one)| json!({ "to": synthesis.label(*id), "name": name(id), "when": one.when }))
            .collect()
    };
    let because = step.because.iter();
    json!({
        "id": synthesis.label(step.id), "model": synthesis.label(step.model), "rank": step.rank, "name": step.name,
        "intensity": step.intensity, "reach": step.reach, "setting": step.setting, "in_primary_care": step.in_primary_care,
        "interventions": step.interventions,
        "recovery_element": step.recovery_element, "providers": step.providers, "entry": step.entry,
        "leaving": step.leaving.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>(),
        "leaves_none": step.leaves_none, "review_interval": step.review_interval, "claim": step.claim,
        "up": moves(&step.up), "down": moves(&step.down), "out": step.out.values().collect::<Vec<_>>(),
        "because": because
            .map(|(id, one)| json!({ "hypothesis": synthesis.label(*id), "why": one.why, "by": one.by }))
            .collect::<Vec<_>>(),
        "retired": step.retired, "author": step.author,
    })
}

/// A row a check; `mend` says what would mend each failure.
pub fn checks(checked: &[Checked]) -> Table {
    let mut table = Table::with(&[
        ("check", "Check"),
        ("title", "What is asked"),
        ("verdict", "Result"),
        ("found", "Found"),
        ("mend", "What would mend it"),
    ]);
    for one in checked {
        let mut mends: Vec<String> = one.failures.iter().map(|failure| failure.mend.to_owned()).collect();
        mends.dedup();
        let found: Vec<String> = one.failures.iter().map(|failure| failure.said.clone()).collect();
        table.push(vec![
            one.rule.key.into(),
            one.rule.title.into(),
            one.verdict.title().into(),
            if found.is_empty() { one.looked_at.as_str().into() } else { lines(&found) },
            lines(&mends),
        ]);
    }
    table
}

/// The same for a page, on which nothing stands of mending where nothing fails.
pub fn checks_on_paper(checked: &[Checked]) -> Table {
    let mut table = checks(checked);
    if checked.iter().all(|one| one.failures.is_empty()) {
        table.drop_columns(&["mend"]);
    }
    table
}

/// The same for machines.
pub fn checks_json(synthesis: &Synthesis, checked: &[Checked]) -> Json {
    let failure = |one: &stepped::Failure| {
        json!({
            "step": synthesis.label(one.step.id), "name": one.step.name, "said": one.said, "mend": one.mend,
            "command": format!("realist step {}", one.command),
        })
    };
    let one = |one: &Checked| {
        json!({
            "key": one.rule.key, "title": one.rule.title, "from": one.rule.from, "verdict": one.verdict,
            "looked_at": one.looked_at, "failures": one.failures.iter().map(failure).collect::<Vec<_>>(),
        })
    };
    checked.iter().map(one).collect()
}
