//! The agenda as one rectangle: a row a place, with an empty column for what is decided.

use super::Item;
use super::place::{Mark, OtherShown, Shown};
use crate::report::words::Printed;
use crate::table::{Cell, Table};

const SHEET: &[(&str, &str)] = &[
    ("code", "Code"),
    ("name", "Name"),
    ("definition", "Definition"),
    ("include", "Include"),
    ("exclude", "Exclude"),
    ("place", "Place"),
    ("about", "About"),
    ("before", "Just before"),
    ("words", "Words"),
    ("after", "Just after"),
    ("applied", "Has the code"),
    ("others", "Has not, and has here"),
    ("memos", "Memos"),
    ("decided", "Decided"),
];

pub fn of(items: &[Item]) -> Table {
    let mut sheet = Table::with(SHEET);
    for item in items {
        for place in &item.places {
            sheet.push(row(item, place));
        }
    }
    sheet
}

fn row(item: &Item, place: &Shown) -> Vec<Cell> {
    let lines = |lines: Vec<String>| if lines.is_empty() { Cell::Empty } else { Cell::text(lines.join("\n")) };
    let other = |one: &OtherShown| match one.codes.is_empty() {
        true => one.coder.clone(),
        false => format!("{}: {}", one.coder, one.codes.join(", ")),
    };
    let applied = |one: &Mark| match &one.marked {
        None => format!("{} ({})", one.coder, one.coding),
        Some(marked) => format!("{} ({}): {}", one.coder, one.coding, marked.words()),
    };
    vec![
        item.code.as_str().into(),
        item.name.as_str().into(),
        item.definition.clone().into(),
        item.include.clone().into(),
        item.exclude.clone().into(),
        place.place.as_str().into(),
        place.about.word().into(),
        place.before.as_ref().map(Printed::line).into(),
        lines(place.said.iter().map(Printed::line).collect()),
        place.after.as_ref().map(Printed::line).into(),
        lines(place.applied.iter().map(applied).collect()),
        lines(place.others.iter().map(other).collect()),
        lines(place.memos.iter().map(|memo| format!("{}: {}", memo.id, memo.text)).collect()),
        Cell::Empty,
    ]
}
