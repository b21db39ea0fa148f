//! `realist need`

use super::columns;
use super::out::Out;
use super::shared::{Row, confirm, optional};
use super::ties::{self, Explained};
use crate::act::need::{self as act, Entry, tie};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::coverage::{Grid, gaps};
use crate::diagnostic::{Result, fault};
use crate::need::Need;
use crate::participant::Audience;
use crate::project::{Depth, Project};
use crate::report::needs::{coverage, tables, told::Told};
use crate::report::words::Press;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a need: what people in a place were found to lack.
    Add {
        #[arg(required_unless_present = "from")]
        statement: Option<String>,
        #[command(flatten)]
        fields: Fields,
        /// Many at once, from CSV or JSON Lines (- for standard input): statement, population, measure, value, source,
        /// date, place.
        #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["statement", "Fields"])]
        from: Option<String>,
    },
    /// Change what is said of a need; "" empties a field.
    Edit {
        #[arg(value_name = "W1.gj")]
        need: String,
        #[arg(long)]
        statement: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// All needs with their figures, retired ones too.
    List,
    /// One need: its figure, and how each component would meet it.
    Show {
        #[arg(value_name = "W1.gj")]
        need: String,
    },
    /// Say that a component would meet a need, and which statements explain how.
    Link {
        #[arg(value_name = "W1.gj", required_unless_present = "from")]
        need: Option<String>,
        /// Label or name.
        #[arg(value_name = "K2.gj", required_unless_present = "from")]
        component: Option<String>,
        #[command(flatten)]
        explained: Explained,
        /// Many at once, from CSV or JSON Lines (- for standard input): need, component, because, how.
        #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["need", "Explained"])]
        from: Option<String>,
    },
    /// Take such a tie away.
    Unlink {
        #[arg(value_name = "W1.gj")]
        need: String,
        #[arg(value_name = "K2.gj")]
        component: String,
    },
    /// Keep a need, but leave it out of coverage.
    Retire {
        #[arg(value_name = "W1.gj")]
        need: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
    /// Needs by component: what would meet what, what is unmet, which components meet none, what nothing explains.
    Coverage {
        #[command(flatten)]
        out: Out,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// Who lacks it.
    #[arg(long)]
    population: Option<String>,
    /// What was counted, as in "adults waiting more than 18 weeks".
    #[arg(long)]
    measure: Option<String>,
    /// The figure as its source gives it, with its unit.
    #[arg(long)]
    value: Option<String>,
    /// The source where that stands, or a document of it.
    #[arg(long, value_name = "S3.gj")]
    source: Option<String>,
    /// When it was assessed: 2011, 2011-06 or 2011-06-30.
    #[arg(long)]
    date: Option<String>,
    #[arg(long)]
    place: Option<String>,
}

impl Fields {
    fn entry(self, statement: Option<String>) -> Entry {
        let Fields { population, measure, value, source, date, place } = self;
        Entry { statement, population, measure, value, source, date, place }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::Add { statement, fields, from } => return add(context, &mut project, fields.entry(statement), from),
        Command::Edit { need, statement, fields } => {
            (act::edit(&mut project, &need, &fields.entry(statement))?, "changed")
        }
        Command::Retire { need, back } => {
            (act::retire(&mut project, &need, !back)?, if back { "took up again" } else { "retired" })
        }
        Command::List => return list(context, &project),
        Command::Show { need } => return show(context, &project, &need),
        Command::Link { need, component, explained, from } => {
            let (wishes, rows) = match from {
                Some(file) => ties::from_table(&file, columns::MET, |row, number| ties::in_table(row, number, Need::KEY))?,
                None => (vec![explained.wish(need.unwrap_or_default(), component.unwrap_or_default())], vec![1]),
            };
            ties::said(context, &tie::meet(&mut project, &wishes, &rows)?);
            return Ok(Exit::Done);
        }
        Command::Unlink { need, component } => {
            ties::untied(context, &tie::unmeet(&mut project, &need, &component)?, Need::KEY);
            return Ok(Exit::Done);
        }
        Command::Coverage { out } => {
            let synthesis = project.synthesis(Depth::Headers)?;
            let (press, grid) = (Press::new(&synthesis, Audience::Team), Grid::<Need>::of(&synthesis));
            if grid.rows.is_empty() {
                return Err(nothing());
            }
            let told = (|| coverage(&press, &grid), || tables::json(&press, &grid));
            return ties::grid(context, &project, &press, &grid, told, &out);
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

fn nothing() -> crate::diagnostic::Fault {
    fault("no-needs", "there is no need in use yet")
        .hint("realist need add \"People wait too long\" --value \"18 weeks\" --source S3.gj --date 2011")
}

fn add(context: &Context, project: &mut Project, entry: Entry, from: Option<String>) -> Result<Exit> {
    let (entries, rows) = match from {
        Some(file) => ties::from_table(&file, columns::NEEDS, |row, _| Ok(in_table(row)))?,
        None => (vec![entry], vec![1]),
    };
    let done = act::add(project, &entries, &rows)?;
    ties::added(context, &done, "need");
    Ok(Exit::Done)
}

fn in_table(row: &Row) -> Entry {
    let said = |column| optional(row, column).map(str::to_owned);
    Entry {
        statement: said("statement"),
        population: said("population"),
        measure: said("measure"),
        value: said("value"),
        source: said("source"),
        date: said("date"),
        place: said("place"),
    }
}

fn list(context: &Context, project: &Project) -> Result<Exit> {
    let columns = [
        ("statement", "Need"),
        ("population", "Who"),
        ("measure", "Measure"),
        ("value", "Value"),
        ("source", "Source"),
        ("date", "Date"),
        ("place", "Place"),
    ];
    ties::list(context, project, (&columns, "Would be met by"), |synthesis, need: &Need| {
        vec![
            need.statement.as_str().into(),
            need.population.clone().into(),
            need.measure.clone().into(),
            need.value.clone().into(),
            need.source.map(|id| synthesis.label(id)).into(),
            need.date.clone().into(),
            need.place.clone().into(),
        ]
    })
}

fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = act::find(project, typed)?;
    let mut synthesis = project.synthesis(Depth::Headers)?;
    // Its ties are shown whether or not it is in use.
    let was_retired = synthesis.needs.get_mut(&id).is_some_and(|need| std::mem::take(&mut need.retired));
    let Some(need) = synthesis.needs.get(&id) else { return Err(nothing()) };
    let said = [
        ("who", need.population.clone()),
        ("measure", need.measure.clone()),
        ("value", need.value.clone()),
        ("source", ties::source(&synthesis, need.source)),
        ("date", need.date.clone()),
        ("place", need.place.clone()),
    ];
    let lacks = gaps::lacks_in_words(&synthesis, need);
    ties::show(context, &synthesis, (need, was_retired), said, lacks, "unmet: no component is tied to it");
    Ok(Exit::Done)
}
