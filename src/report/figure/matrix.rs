//! The matrix of evidence: statements against sources, or from further away components against kinds of source.

use super::zoomed::heading;
use super::{FROM_AFAR, View, in_words, is_far, key, look_of, part_of, told};
use crate::evidence::{Evidential, Stance};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::picture::figure::{Grid, Mark};
use crate::picture::{Figure, Item, Look, Shape};
use crate::report::block::count_of;
use crate::report::standings::tested_among;
use crate::synthesis::{Bearings, Synthesis};
use crate::table::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet};

/// More sources than these are taken together by kind.
const MOST_COLUMNS: usize = 60;

/// A row: its words and the statements it stands for.
struct Row {
    heading: String,
    words: String,
    remark: String,
    look: Look,
    statements: BTreeSet<Id>,
}

/// A column: its key in data, its short and full name, and its sources.
struct Column {
    key: String,
    short: String,
    full: String,
    sources: BTreeSet<Id>,
}

pub fn matrix(synthesis: &Synthesis, view: &View) -> Figure {
    let standings = synthesis.standings();
    let kept = told(synthesis, view, &standings);
    let mut notes = Vec::new();
    let is_collapsed = is_far(view, kept.len());
    if is_collapsed && view.zoom.is_none() {
        notes.push(format!("{} taken together by component.", count_of(kept.len(), "statement")));
        notes.push(FROM_AFAR.to_owned());
    }
    let rows = if is_collapsed {
        by_component(synthesis, &kept)
    } else {
        let row = |one: &&Hypothesis| {
            let standing = standings.get(&one.id);
            Row {
                heading: synthesis.label(one.id),
                words: one.sentence(),
                remark: in_words(synthesis, &standings, one),
                look: look_of(standing.map_or(Evidential::None, |standing| standing.standing)),
                statements: BTreeSet::from([one.id]),
            }
        };
        kept.iter().map(row).collect()
    };
    let marks = marks(synthesis, &kept);
    let columns = columns(synthesis, &marks, &mut notes);
    let mark = |row: &Row, column: &Column| {
        let pairs =
            row.statements.iter().flat_map(|statement| column.sources.iter().map(move |source| (*statement, *source)));
        pairs.filter_map(|pair| marks.get(&pair)).copied().reduce(together)
    };
    let cells: Vec<Vec<Option<Mark>>> =
        rows.iter().map(|row| columns.iter().map(|column| mark(row, column)).collect()).collect();
    let items = rows.iter().enumerate().map(|(at, row)| Item {
        key: key("row", at),
        heading: row.heading.clone(),
        words: row.words.clone(),
        remark: row.remark.clone(),
        look: row.look,
        inside: Vec::new(),
        layer: None,
    });
    if !is_collapsed {
        notes.push("The strip before a statement is its evidential standing.".to_owned());
    }
    let empty = cells.iter().flatten().any(Option::is_none);
    Figure {
        key: "evidence-matrix".to_owned(),
        title: format!("{}: evidence by source{}", synthesis.settings.title, part_of(synthesis, view)),
        description: format!(
            "{} of evidence against {}, each a source or a kind of source. Links judged irrelevant are left out.",
            count_of(rows.len(), "row"),
            count_of(columns.len(), "column")
        ),
        items: items.collect(),
        arrows: Vec::new(),
        table: table(&rows, &columns, &cells),
        shape: Shape::Grid(Grid {
            columns: columns.into_iter().map(|column| (column.short, column.full)).collect(),
            marks: cells,
            blank: empty.then(|| "nothing found, or nobody has looked yet".to_owned()),
            ..Grid::default()
        }),
        notes,
    }
}

/// What each source says of each statement.
fn marks(synthesis: &Synthesis, kept: &[&Hypothesis]) -> BTreeMap<(Id, Id), Mark> {
    let bearings = Bearings::of(synthesis);
    let mut marks: BTreeMap<(Id, Id), Mark> = BTreeMap::new();
    let links = kept.iter().flat_map(|one| bearings.on(one.id).into_iter().map(|bearing| (one.id, bearing.link)));
    for (statement, link) in links {
        if link.is_irrelevant() || synthesis.is_gone(link) {
            continue;
        }
        let mark = match link.stance {
            Stance::Supports => Mark::For,
            Stance::Refines => Mark::Refines,
            Stance::Refutes => Mark::Against,
            Stance::Ambiguous => Mark::Unclear,
        };
        let at = (statement, synthesis.counts_as(link.source));
        marks.entry(at).and_modify(|held| *held = together(*held, mark)).or_insert(mark);
    }
    marks
}

/// Two marks in one cell: support outweighs refinement, either with refutation is both, and what is unclear adds nothing.
fn together(one: Mark, other: Mark) -> Mark {
    match (one.min(other), one.max(other)) {
        (one, Mark::Unclear) => one,
        (one, other) if one == other => one,
        (Mark::For, Mark::Refines) => Mark::For,
        _ => Mark::Both,
    }
}

fn by_component(synthesis: &Synthesis, kept: &[&Hypothesis]) -> Vec<Row> {
    let components = synthesis.components_in_order().into_iter().map(|one| Some(one.id)).chain([None]);
    let row = |component: Option<Id>| {
        let own: BTreeSet<Id> = kept.iter().filter(|one| one.component == component).map(|one| one.id).collect();
        (!own.is_empty()).then(|| Row {
            heading: String::new(),
            words: heading(synthesis, component),
            remark: format!(
                "{}; {}",
                count_of(own.len(), "statement"),
                tested_among(kept.iter().copied().filter(|one| own.contains(&one.id)))
            ),
            look: Look::Plain,
            statements: own,
        })
    };
    components.filter_map(row).collect()
}

/// Sources that say anything, or their kinds where they are too many.
fn columns(synthesis: &Synthesis, marks: &BTreeMap<(Id, Id), Mark>, notes: &mut Vec<String>) -> Vec<Column> {
    let sources = synthesis.in_label_order(marks.keys().map(|(_, source)| *source).collect::<BTreeSet<_>>());
    if sources.len() <= MOST_COLUMNS {
        let column = |id: Id| {
            let label = synthesis.label(id);
            let kind = synthesis.sources.get(&id).map_or("", |source| source.kind.word()).replace('_', " ");
            let cited = cited(synthesis, id).map(|cited| format!(", {cited}")).unwrap_or_default();
            let full = format!("{label}, {kind}{cited}");
            Column { short: format!("{label} {kind}"), key: label, full, sources: BTreeSet::from([id]) }
        };
        return sources.into_iter().map(column).collect();
    }
    notes.push(format!(
        "{} taken together by kind: a cell joins what all of a kind say.",
        count_of(sources.len(), "source")
    ));
    let mut kinds: BTreeMap<&str, BTreeSet<Id>> = BTreeMap::new();
    for id in sources {
        kinds.entry(synthesis.sources.get(&id).map_or("", |source| source.kind.word())).or_default().insert(id);
    }
    let column = |(kind, sources): (&str, BTreeSet<Id>)| Column {
        key: kind.to_owned(),
        short: kind.replace('_', " "),
        full: format!("{}, {}", kind.replace('_', " "), count_of(sources.len(), "source")),
        sources,
    };
    kinds.into_iter().map(column).collect()
}

/// How a published work or study is cited; of a team's own data nothing, since its names may be people's.
fn cited(synthesis: &Synthesis, id: Id) -> Option<String> {
    let source = synthesis.sources.get(&id)?;
    let reference = source.reference.as_ref().map(|one| one.citation());
    reference.or_else(|| synthesis.study_of(source).map(crate::document::Study::citation))
}

fn table(rows: &[Row], columns: &[Column], cells: &[Vec<Option<Mark>>]) -> Table {
    let mut headings =
        vec![("row".to_owned(), "Statement".to_owned()), ("standing".to_owned(), "Standings".to_owned())];
    headings.extend(columns.iter().map(|column| (column.key.replace(['.', ' '], "_"), column.full.clone())));
    let named: Vec<(&str, &str)> = headings.iter().map(|(key, title)| (key.as_str(), title.as_str())).collect();
    let mut table = Table::with(&named);
    for (row, marks) in rows.iter().zip(cells) {
        let mut cells: Vec<Cell> =
            vec![format!("{} {}", row.heading, row.words).trim().into(), row.remark.as_str().into()];
        cells.extend(marks.iter().map(|mark| mark.map_or(Cell::Empty, |mark| mark.title().into())));
        table.push(cells);
    }
    table
}
