//! What a training case hands out, as tables: a row for each stage, between what stands before and after them. Every row
//! says where the story comes from, since rows are copied out of their table.

use super::handout::Handout;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use crate::training::{Host, Told};

/// What participants read: the introduction, each stage, what is there at the end.
pub fn participants(handout: &Handout) -> Table {
    let mut table = empty();
    around(&mut table, handout, "Before we begin", &handout.introduction, &handout.questions);
    for at in 0..handout.stages.len() {
        push_stage(&mut table, handout, at);
    }
    around(&mut table, handout, "What this was for", &handout.objectives.join("\n"), &[]);
    around(&mut table, handout, "For yourself", "", &handout.reflection);
    around(&mut table, handout, "Where to read on", &handout.information.join("\n"), &[]);
    table
}

/// One stage by itself.
pub fn stage(handout: &Handout, at: usize) -> Table {
    let mut table = empty();
    push_stage(&mut table, handout, at);
    table
}

fn empty() -> Table {
    Table::with(&[
        ("stage", "Stage"),
        ("title", "Title"),
        ("vignette", "What is told"),
        ("asked", "Asked"),
        ("origin", "Where the story comes from"),
    ])
}

fn push_stage(table: &mut Table, handout: &Handout, at: usize) {
    let Some(one) = handout.stages.get(at) else { return };
    push(table, handout, (at + 1).into(), [&one.title, &one.vignette], &one.asked);
}

/// What stands around the stages; where nothing was written, no row.
fn around(table: &mut Table, handout: &Handout, title: &str, told: &str, asked: &[String]) {
    if !told.is_empty() || !asked.is_empty() {
        push(table, handout, Cell::Empty, [title, told], asked);
    }
}

fn push(table: &mut Table, handout: &Handout, stage: Cell, [title, told]: [&str; 2], asked: &[String]) {
    let origin = handout.origin.said();
    table.push(vec![stage, title.into(), told.into(), asked.join("\n").into(), origin.into()]);
}

/// What the facilitator has: who does what, the introduction, each stage, the sheet for the end.
pub fn facilitator(synthesis: &Synthesis, told: &Told) -> Table {
    let mut table = Table::with(&[
        ("stage", "Stage"),
        ("title", "Title"),
        ("minutes", "Minutes"),
        ("vignette", "What is told"),
        ("asked", "Asked"),
        ("commentary", "Commentary"),
        ("rests_on", "Rests on"),
        ("origin", "Where the story comes from"),
    ]);
    let origin = told.training.origin.said();
    let preamble = &told.preamble;
    let around = |title: String, told: &str, asked: &[String], commentary: &str| {
        let is_said = !told.is_empty() || !asked.is_empty() || !commentary.is_empty();
        let texts = [told, &asked.join("\n"), commentary].map(Cell::text);
        let [told, asked, commentary] = texts;
        is_said
            .then(|| vec![Cell::Empty, title.into(), Cell::Empty, told, asked, commentary, Cell::Empty, origin.into()])
    };
    for host in Host::ALL {
        let says = preamble.roles.get(host).map_or("", String::as_str);
        if let Some(row) = around(format!("What the {} does", host.title()), "", &[], says) {
            table.push(row);
        }
    }
    let before = around("Before we begin".to_owned(), &preamble.introduction, &preamble.questions, "");
    if let Some(row) = before {
        table.push(row);
    }
    for (at, (stage, telling)) in told.stages().enumerate() {
        table.push(vec![
            (at + 1).into(),
            telling.title.as_str().into(),
            stage.minutes.map(|minutes| minutes as usize).map_or(Cell::Empty, Cell::from),
            telling.vignette.as_str().into(),
            telling.asked().join("\n").into(),
            telling.commentary.as_str().into(),
            super::facilitator::labels(synthesis, &stage.rests_on).join(", ").into(),
            origin.into(),
        ]);
    }
    let after = around("Reflection sheet".to_owned(), "", &preamble.reflection, "");
    if let Some(row) = after {
        table.push(row);
    }
    table
}
