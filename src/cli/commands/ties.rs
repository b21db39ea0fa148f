//! What `realist need` and `realist policy` do alike: ties from options or a table, and how a grid of them is told.

use super::columns::Columns;
use super::out::Out;
use super::shared::{Row, confirm, counted, in_row, optional, read_input, required, rows};
use crate::act::need::tie::{Tied, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::coverage::{Grid, RULE};
use crate::diagnostic::{Result, fault};
use crate::project::{Done, Project};
use crate::report::Report;
use crate::report::figure::{self, Marked};
use crate::report::needs::{reason_line, tables};
use crate::report::words::Press;
use crate::table::Table;
use serde_json::{Value as Json, json};

/// What explains a tie.
#[derive(Debug, clap::Args)]
pub struct Explained {
    /// A statement that explains how; may be repeated.
    #[arg(long = "because", value_name = "H12.gj")]
    because: Vec<String>,
    /// A statement that is no longer to; may be repeated.
    #[arg(long = "without", value_name = "H12.gj")]
    without: Vec<String>,
    /// How, in this context, in your own words; "" takes them away.
    #[arg(long, value_name = "WORDS")]
    how: Option<String>,
}

impl Explained {
    pub fn wish(self, of: String, component: String) -> Wish {
        let Explained { because, without, how } = self;
        Wish { of, component, stance: None, because, without, how }
    }
}

/// Rows of a table, each turned into what it says, with their numbers.
pub fn from_table<T>(
    file: &str,
    columns: Columns,
    read: impl Fn(&Row, usize) -> Result<T>,
) -> Result<(Vec<T>, Vec<usize>)> {
    let rows = rows(&read_input(file)?, file, columns)?;
    if rows.is_empty() {
        return Err(fault("no-rows", format!("{file} has no row")).hint(format!("columns: {}", columns.join(", "))));
    }
    let said = rows.iter().enumerate().map(|(at, row)| read(row, at + 1)).collect::<Result<Vec<T>>>()?;
    let numbers = (1..=said.len()).collect();
    Ok((said, numbers))
}

/// A tie that a row says; `of` is the column of the need or the driver. Several statements are parted by `;` or spaces.
pub fn in_table(row: &Row, number: usize, of: &str) -> Result<Wish> {
    let because = optional(row, "because").unwrap_or_default().split([';', ',', ' ']).map(str::trim);
    let stance = optional(row, "stance").map(str::parse).transpose();
    Ok(Wish {
        of: required(row, of, number)?.to_owned(),
        component: required(row, "component", number)?.to_owned(),
        stance: stance.map_err(|fault| in_row(fault, number))?,
        because: because.filter(|one| !one.is_empty()).map(str::to_owned).collect(),
        without: Vec::new(),
        how: optional(row, "how").map(str::to_owned),
    })
}

/// What was added: by its label, or how many.
pub fn added(context: &Context, done: &Done<Vec<String>>, noun: &str) {
    let sentence = match done.answer.as_slice() {
        [one] => format!("added {one}"),
        many => format!("added {}", counted(many.len(), noun)),
    };
    confirm(context, done, &sentence, json!({ "ids": done.answer }));
}

/// What was tied, and what is missing yet.
pub fn said(context: &Context, done: &Done<Vec<Tied>>) {
    let sentence = match done.answer.as_slice() {
        [one] => {
            let stance = one.stance.map(|stance| format!("{}, ", stance.title())).unwrap_or_default();
            let because = if one.because.is_empty() { "no statement".to_owned() } else { one.because.join(", ") };
            format!("{} and {}: {stance}explained by {because}", one.of, one.component)
        }
        many => format!("tied {}", counted(many.len(), "pair")),
    };
    confirm(context, done, &sentence, json!({ "ties": done.answer }));
    for one in &done.answer {
        let ends = format!("{} and {}", one.of, one.component);
        if one.because.is_empty() {
            context.ui.say(&format!("{ends}: nothing explains how yet; name a statement with --because"));
        }
        if !one.of_other_components.is_empty() {
            let others = one.of_other_components.join(", ");
            context.ui.say(&format!("{ends}: not of this component: {others}"));
        }
    }
}

/// A tie taken away.
pub fn untied(context: &Context, done: &Done<(String, String)>, key: &str) {
    let (of, component) = &done.answer;
    confirm(context, done, &format!("{of} and {component} no longer tied"), json!({ key: of, "component": component }));
}

/// One thing, its ties and what explains them; `at` is its row.
pub fn of_one<T: Marked>(press: &Press, grid: &Grid<T>, at: usize) -> (Table, Json) {
    let mut table =
        Table::with(&[("component", "Component"), ("rests_on", "Rests on"), ("how", "How"), ("because", "Because")]);
    let mut json = Vec::new();
    for (component, tie) in grid.components.iter().zip(&grid.cells[at]) {
        let Some(tie) = tie else { continue };
        let reasons: Vec<String> = tie.reasons.iter().map(|reason| reason_line(press, reason)).collect();
        let label = press.synthesis.label(component.id);
        table.push(vec![
            format!("{label} {}", component.name).into(),
            tables::in_a_word(tie).into(),
            tie.tie.how.clone().into(),
            reasons.join("\n").into(),
        ]);
        let mut told = tables::tie_json(press, tie);
        told["component"] = label.into();
        json.push(told);
    }
    (table, json!(json))
}

/// A grid to be read, or into a file.
pub fn grid<T: Marked>(
    context: &Context,
    project: &Project,
    press: &Press,
    grid: &Grid<T>,
    (paper, data): (impl Fn() -> Report, impl Fn() -> Json),
    out: &Out,
) -> Result<Exit> {
    if grid.components.is_empty() {
        return Err(fault("no-components", "there is no component yet").hint("realist component add \"Follow-up\""));
    }
    if out.is_wanted() {
        return out.write(context, project, &paper(), Some(&figure::coverage(press.synthesis, grid)));
    }
    context.ui.list(&tables::grid(press.synthesis, grid), &data());
    let gaps = grid.gaps().into_iter().map(|gap| gap.in_words(press.synthesis));
    for line in tables::remarks(press.synthesis, grid).into_iter().chain(gaps) {
        context.ui.say(&line);
    }
    context.ui.say(RULE);
    Ok(Exit::Done)
}
