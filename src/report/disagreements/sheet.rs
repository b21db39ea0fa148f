//! The agenda as one rectangle: a row a place (of a code, or of statements read from one passage), with a column for what is decided, which is
//! filled where it was settled since.

use super::place::{Mark, OtherShown, Shown};
use super::{Item, configuration, since};
use crate::report::printed::Printed;
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
    ("state", "State"),
    ("decided", "Decided"),
];

pub fn of(items: &[Item], configurations: &[configuration::Shown]) -> Table {
    let mut sheet = Table::with(SHEET);
    for item in items {
        for place in &item.places {
            sheet.push(row(item, place));
        }
    }
    for one in configurations {
        sheet.push(of_configuration(one));
    }
    sheet
}

fn of_configuration(one: &configuration::Shown) -> Vec<Cell> {
    let mut row = vec![Cell::Empty; SHEET.len()];
    let mut set = |key: &str, cell: Cell| {
        if let Some(at) = SHEET.iter().position(|(name, _)| *name == key) {
            row[at] = cell;
        }
    };
    let pair = |pair: &configuration::PairShown| {
        let parts = pair.parts.iter().map(|part| {
            let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
            format!("{}: {} | {} ({})", part.part, said(&part.first), said(&part.second), part.verdict)
        });
        let [first, second] = &pair.statements;
        let heading = format!("{} ({}) and {} ({})", first.id, first.coder, second.id, second.coder);
        std::iter::once(heading).chain(parts).collect::<Vec<_>>().join("\n")
    };
    set("name", "statements read from one passage".into());
    set("place", one.place.as_str().into());
    set("about", "configuration".into());
    set("words", one.said.line().into());
    set("applied", one.pairs.iter().map(pair).collect::<Vec<_>>().join("\n").into());
    let left = one.unmatched.iter().map(|left| format!("{} has nothing like {}", left.against, left.told.id));
    set("others", left.collect::<Vec<_>>().join("\n").into());
    row
}

fn row(item: &Item, place: &Shown) -> Vec<Cell> {
    let lines = |lines: Vec<String>| if lines.is_empty() { Cell::Empty } else { Cell::text(lines.join("\n")) };
    let other = |one: &OtherShown| {
        if one.codes.is_empty() { one.coder.clone() } else { format!("{}: {}", one.coder, one.codes.join(", ")) }
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
        place.since.as_ref().map(|since| since.word().to_owned()).into(),
        place.since.as_ref().and_then(since::Shown::line).into(),
    ]
}
