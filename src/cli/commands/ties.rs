//! What `realist need` and `realist policy` do alike: ties from options or a table, and how a grid of them is told.

use super::columns::Columns;
use super::out::Out;
use super::shared::{Row, confirm, counted, optional, read_input, required, rows, told_of};
use crate::act::need::tie::{Tied, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::coverage::{Count, Grid, RULE};
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Stored;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::{Depth, Done, Project};
use crate::report::Report;
use crate::report::figure::{self, Marked};
use crate::report::needs::told::Told;
use crate::report::needs::{reason_line, tables};
use crate::report::words::Press;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
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
        stance: stance.map_err(|fault: Fault| fault.in_row(number))?,
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
        if !one.bare_drafts.is_empty() {
            let drafts = one.bare_drafts.join(", ");
            context.ui.say(&format!("{ends}: a draft without evidence yet: {drafts}"));
        }
    }
}

/// A tie taken away.
pub fn untied(context: &Context, done: &Done<(String, String)>, key: &str) {
    let (of, component) = &done.answer;
    confirm(context, done, &format!("{of} and {component} no longer tied"), json!({ key: of, "component": component }));
}

/// All of them with how many ties each has, retired ones too. `columns` are those of what `cells` gives, and the title of the
/// ties.
pub fn list<T: Told + Stored>(
    context: &Context,
    project: &Project,
    (columns, tied): (&[(&'static str, &'static str)], &'static str),
    cells: impl Fn(&Synthesis, &T) -> Vec<Cell>,
) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let grid = Grid::<T>::of(&synthesis);
    let mut table = Table::with(&[&[("id", "Id")], columns, &[("ties", tied), ("retired", "Retired")]].concat());
    let mut json = Vec::new();
    for one in project.state().in_order::<T>() {
        let count = grid.rows.iter().position(|row| row.id() == one.id()).map(|at| grid.of_row(at));
        let mut row = vec![synthesis.label(one.id()).into()];
        row.extend(cells(&synthesis, &one));
        row.extend([count.map(Count::in_words).into(), if one.is_retired() { "yes".into() } else { Cell::Empty }]);
        table.push(row);
        let mut told = one.json(&synthesis);
        told["count"] = json!(count);
        json.push(told);
    }
    context.ui.list(&table, &json!(json));
    Ok(Exit::negative_if(table.is_empty()))
}

/// One of them, in use in this synthesis whether or not it was retired: what is said of it, a remark, then its ties, or in
/// words that there are none.
pub fn show<T: Marked>(
    context: &Context,
    synthesis: &Synthesis,
    (one, was_retired): (&T, bool),
    said: impl IntoIterator<Item = (&'static str, Option<String>)>,
    remark: Option<String>,
    untied: &str,
) {
    let (press, grid) = (Press::new(synthesis, Audience::Team), Grid::<T>::of(synthesis));
    let at = grid.rows.iter().position(|row| row.id() == one.id());
    let (table, ties) = of_one(&press, &grid, at);
    let ui = &context.ui;
    if ui.is_json() {
        let mut json = one.json(synthesis);
        json["retired"] = json!(was_retired);
        json["ties"] = ties;
        ui.json(&json);
        return;
    }
    ui.heading(&format!("{}{}", tables::named(synthesis, one), if was_retired { " (retired)" } else { "" }));
    told_of(context, said);
    if let Some(remark) = remark {
        ui.say(&remark);
    }
    if table.is_empty() {
        ui.say(untied);
    } else {
        ui.list(&table, &ties);
    }
}

/// A source by label and title.
pub fn source(synthesis: &Synthesis, id: Option<Id>) -> Option<String> {
    id.map(|id| format!("{} {}", synthesis.label(id), synthesis.source_title(id)))
}

/// One thing, its ties and what explains them; `at` is its row.
fn of_one<T: Marked>(press: &Press, grid: &Grid<T>, at: Option<usize>) -> (Table, Json) {
    let mut table =
        Table::with(&[("component", "Component"), ("rests_on", "Rests on"), ("how", "How"), ("because", "Because")]);
    let mut json = Vec::new();
    let cells = at.and_then(|at| grid.cells.get(at)).into_iter().flatten();
    for (component, tie) in grid.components.iter().zip(cells) {
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
