//! Needs or drivers by component, as tables and for machines. No participant's word is in them.

use super::told::Told;
use crate::coverage::{Cell as Tie, Count, Grid};
use crate::need::{Need, Policy};
use crate::report::block::count_of;
use crate::report::words::Press;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use serde_json::{Map, Value as Json, json};

/// `W1.gj People wait too long`.
pub fn named<T: Told>(synthesis: &Synthesis, one: &T) -> String {
    format!("{} {}", synthesis.label(one.id()), one.name())
}

/// What stands in a cell: `explained`, or of a driver `in conflict, unexplained`.
pub fn in_a_word(tie: &Tie) -> String {
    let stance = tie.stance.map(|stance| format!("{}, ", stance.title())).unwrap_or_default();
    format!("{stance}{}", tie.footing())
}

/// A row each, a column for each component; last column and last row count.
pub fn grid<T: Told>(synthesis: &Synthesis, grid: &Grid<T>) -> Table {
    let mut columns = vec![Column::new(T::KEY, T::TITLE)];
    columns.extend(grid.components.iter().map(|one| {
        let label = synthesis.label(one.id);
        Column::new(&label.to_lowercase().replace(['.', '~'], "_"), &format!("{label} {}", one.name))
    }));
    columns.push(Column::new("ties", T::TIED));
    let mut table = Table::new(columns);
    for (at, (row, line)) in grid.rows.iter().zip(&grid.cells).enumerate() {
        let mut cells: Vec<Cell> = vec![named(synthesis, *row).into()];
        cells.extend(line.iter().map(|cell| cell.as_ref().map(in_a_word).into()));
        cells.push(grid.of_row(at).in_words().into());
        table.push(cells);
    }
    if !grid.rows.is_empty() {
        let mut last: Vec<Cell> = vec!["(all)".into()];
        last.extend((0..grid.components.len()).map(|at| Cell::text(grid.of_component(at).in_words())));
        last.push(grid.everything().in_words().into());
        table.push(last);
    }
    table
}

/// A row a tie of a need or a driver, and one for each of them that nothing is tied to.
pub fn ties(press: &Press, needs: &Grid<Need>, drivers: &Grid<Policy>) -> Table {
    let mut table = Table::with(&[
        ("about", "About"),
        ("id", "Label"),
        ("says", "What is needed, or name"),
        ("component", "Component"),
        ("component_name", "Component name"),
        ("stance", "Stance"),
        ("footing", "Rests on"),
        ("how", "How"),
        ("statements", "Statements"),
        ("doubts", "Doubts"),
        ("by", "By"),
    ]);
    push_ties(&mut table, press, needs);
    push_ties(&mut table, press, drivers);
    table
}

fn push_ties<T: Told>(table: &mut Table, press: &Press, grid: &Grid<T>) {
    let synthesis = press.synthesis;
    for (row, line) in grid.rows.iter().zip(&grid.cells) {
        let head = [Cell::text(T::KEY), Cell::text(synthesis.label(row.id())), row.name().into()];
        if line.iter().all(Option::is_none) {
            let mut cells = head.to_vec();
            cells.extend([Cell::Empty, Cell::Empty, Cell::Empty, T::UNTIED.into()]);
            cells.resize(table.columns.len(), Cell::Empty);
            table.push(cells);
        }
        for (component, tie) in grid.components.iter().zip(line) {
            let Some(tie) = tie else { continue };
            let statements = tie.reasons.iter().map(|reason| synthesis.label(reason.statement.id));
            let doubts = tie.reasons.iter().flat_map(|reason| {
                let label = synthesis.label(reason.statement.id);
                reason.doubts.iter().map(move |doubt| format!("{label} {doubt}"))
            });
            let mut cells = head.to_vec();
            cells.extend([
                synthesis.label(component.id).into(),
                component.name.as_str().into(),
                tie.stance.map(crate::need::Stance::word).into(),
                tie.footing().word().into(),
                tie.tie.how.clone().into(),
                statements.collect::<Vec<_>>().join(" ").into(),
                doubts.collect::<Vec<_>>().join("; ").into(),
                by(press, tie).into(),
            ]);
            table.push(cells);
        }
    }
}

/// `{"needs","components","cells","all","unmet","only_claimed","components_without_need","gaps","retired","astray","rule"}`; of
/// drivers `drivers`, `unanswered`, `components_without_driver`, and `conflicts`.
pub fn json<T: Told>(press: &Press, grid: &Grid<T>) -> Json {
    let synthesis = press.synthesis;
    let ids = |rows: Vec<&T>| rows.iter().map(|one| synthesis.label(one.id())).collect::<Vec<_>>();
    let rows = grid.rows.iter().enumerate().map(|(at, row)| with_count(row.json(synthesis), grid.of_row(at)));
    let components =
        grid.components.iter().enumerate().map(|(at, one)| {
            with_count(json!({ "id": synthesis.label(one.id), "name": one.name }), grid.of_component(at))
        });
    let cells = grid.ties().map(|(row, component, tie)| {
        let mut cell = tie_json(press, tie);
        cell[T::KEY] = synthesis.label(row.id()).into();
        cell["component"] = synthesis.label(component.id).into();
        cell
    });
    let gaps = grid.gaps().into_iter().map(|gap| {
        json!({
            T::KEY: synthesis.label(gap.row.id()), "component": synthesis.label(gap.component.id),
            "hypothesis": gap.about.map(|(id, _)| synthesis.label(id)),
            "doubt": gap.about.map_or("nothing_explains_how", |(_, doubt)| doubt.word()),
        })
    });
    let astray = grid
        .astray
        .iter()
        .map(|(row, component)| json!({ T::KEY: synthesis.label(row.id()), "component": synthesis.label(*component) }));
    let without = grid.components_without().into_iter().map(|one| synthesis.label(one.id));
    let mut told = Map::new();
    told.insert(T::PLURAL.to_owned(), rows.collect());
    told.insert("components".to_owned(), components.collect());
    told.insert("cells".to_owned(), cells.collect());
    told.insert("all".to_owned(), json!(grid.everything()));
    told.insert(T::UNTIED.to_owned(), json!(ids(grid.untied())));
    told.insert("only_claimed".to_owned(), json!(ids(grid.only_claimed())));
    told.insert(T::FREE.to_owned(), without.collect());
    told.insert("gaps".to_owned(), gaps.collect());
    told.insert("retired".to_owned(), json!(grid.retired));
    told.insert("astray".to_owned(), astray.collect());
    told.insert("rule".to_owned(), json!(crate::coverage::RULE));
    Json::Object(told)
}

fn with_count(mut json: Json, count: Count) -> Json {
    json["count"] = json!(count);
    json
}

/// `{"stance","footing","how","by","statements":[{"hypothesis","statement","standings","doubts","said_anew_by"}]}`.
pub fn tie_json(press: &Press, tie: &Tie) -> Json {
    let synthesis = press.synthesis;
    let statements = tie.reasons.iter().map(|reason| {
        json!({
            "hypothesis": synthesis.label(reason.statement.id),
            "statement": crate::report::cerqual::finding(press, reason.statement),
            "standings": reason.standings, "doubts": reason.doubts,
            "said_anew_by": reason.heirs.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>(),
        })
    });
    json!({
        "stance": tie.stance, "footing": tie.footing(), "how": tie.tie.how, "by": by(press, tie),
        "statements": statements.collect::<Vec<_>>(),
    })
}

/// Who tied: others are told no tags.
fn by<'t>(press: &Press, tie: &'t Tie) -> Option<&'t str> {
    press.is_for_team().then_some(tie.tie.by.as_str())
}

/// What is to be known beside the table, a line each: what is missing, what was left out.
pub fn remarks<T: Told>(synthesis: &Synthesis, grid: &Grid<T>) -> Vec<String> {
    let list = |rows: &[&T]| rows.iter().map(|one| named(synthesis, *one)).collect::<Vec<_>>().join("; ");
    let mut lines = Vec::new();
    let mut say = |what: &str, which: String| {
        if !which.is_empty() {
            lines.push(format!("{what}: {which}"));
        }
    };
    say(T::SAYS_UNTIED, list(&grid.untied()));
    say("tied, but nothing that stands explains how", list(&grid.only_claimed()));
    let free = grid.components_without();
    let free = free.iter().map(|one| format!("{} {}", synthesis.label(one.id), one.name)).collect::<Vec<_>>();
    if !grid.rows.is_empty() {
        say(T::SAYS_FREE, free.join("; "));
    }
    let astray =
        grid.astray.iter().map(|(row, to)| format!("{} to {}", synthesis.label(row.id()), synthesis.label(*to)));
    say("tied to a component that is not in use", astray.collect::<Vec<_>>().join("; "));
    if grid.retired > 0 {
        lines.push(format!("left out as retired: {}", count_of(grid.retired, T::NOUN)));
    }
    lines
}
