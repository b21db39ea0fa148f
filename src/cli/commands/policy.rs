//! `realist policy`

use super::columns;
use super::out::Out;
use super::shared::{Row, confirm, optional, word};
use super::ties::{self, Explained};
use crate::act::need::policy::{self as act, Entry};
use crate::act::need::tie::{self, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::coverage::Grid;
use crate::diagnostic::{Fault, Result, fault};
use crate::need::{Level, Policy, Stance};
use crate::participant::Audience;
use crate::project::{Depth, Project};
use crate::report::needs::{policy_json, tables, told::Told, trace};
use crate::report::words::Press;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Add a policy driver: what a policy, law, standard or contract requires.
    Add {
        #[arg(required_unless_present = "from")]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
        /// Many at once, from CSV or JSON Lines (- for standard input): name, level, citation, requirement, source, date.
        #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["name", "Fields"])]
        from: Option<String>,
    },
    /// Change what is said of a driver; "" empties a field.
    Edit {
        /// Label or name.
        #[arg(value_name = "Y1.gj")]
        driver: String,
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// All drivers, retired ones too.
    List,
    /// One driver: what it requires, and how each component stands to that.
    Show {
        #[arg(value_name = "Y1.gj")]
        driver: String,
    },
    /// Say that a component is aligned with a driver or conflicts with it, and which statements explain how.
    Link {
        #[arg(value_name = "Y1.gj", required_unless_present = "from")]
        driver: Option<String>,
        /// Label or name.
        #[arg(value_name = "K2.gj", required_unless_present = "from")]
        component: Option<String>,
        /// aligned_with or conflicts_with; a tie that is there keeps its own unless said.
        #[arg(value_parser = word::<Stance>)]
        stance: Option<Stance>,
        #[command(flatten)]
        explained: Explained,
        /// Many at once, from CSV or JSON Lines (- for standard input): driver, component, stance, because, how.
        #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["driver", "Explained"])]
        from: Option<String>,
    },
    /// Take such a tie away.
    Unlink {
        #[arg(value_name = "Y1.gj")]
        driver: String,
        #[arg(value_name = "K2.gj")]
        component: String,
    },
    /// Keep a driver, but leave it out of the trace.
    Retire {
        #[arg(value_name = "Y1.gj")]
        driver: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
    /// Drivers by component: conflicts first, what is aligned, drivers that no component answers to.
    Trace {
        #[command(flatten)]
        out: Out,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// Who set it: local, national or international.
    #[arg(long, value_parser = word::<Level>)]
    level: Option<Level>,
    /// As it is to be cited, where it is no source of the project.
    #[arg(long)]
    citation: Option<String>,
    /// What it requires.
    #[arg(long)]
    requirement: Option<String>,
    /// The source it is, or a document of it.
    #[arg(long, value_name = "S3.gj")]
    source: Option<String>,
    /// When it was published or came into force: 2011, 2011-06 or 2011-06-30.
    #[arg(long)]
    date: Option<String>,
}

impl Fields {
    fn entry(self, name: Option<String>) -> Entry {
        let Fields { level, citation, requirement, source, date } = self;
        Entry { name, level, citation, requirement, source, date }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::Add { name, fields, from } => return add(context, &mut project, fields.entry(name), from),
        Command::Edit { driver, name, fields } => (act::edit(&mut project, &driver, &fields.entry(name))?, "changed"),
        Command::Retire { driver, back } => {
            (act::retire(&mut project, &driver, !back)?, if back { "took up again" } else { "retired" })
        }
        Command::List => return list(context, &project),
        Command::Show { driver } => return show(context, &project, &driver),
        Command::Link { driver, component, stance, explained, from } => {
            let (wishes, rows) = match from {
                Some(file) => {
                    ties::from_table(&file, columns::STANCES, |row, number| ties::in_table(row, number, Policy::KEY))?
                }
                None => {
                    let wish = explained.wish(driver.unwrap_or_default(), component.unwrap_or_default());
                    (vec![Wish { stance, ..wish }], vec![1])
                }
            };
            ties::said(context, &tie::position(&mut project, &wishes, &rows)?);
            return Ok(Exit::Done);
        }
        Command::Unlink { driver, component } => {
            ties::untied(context, &tie::leave(&mut project, &driver, &component)?, Policy::KEY);
            return Ok(Exit::Done);
        }
        Command::Trace { out } => {
            let synthesis = project.synthesis(Depth::Headers)?;
            let (press, grid) = (Press::new(&synthesis, Audience::Team), Grid::<Policy>::of(&synthesis));
            if grid.rows.is_empty() {
                return Err(nothing());
            }
            if !out.is_wanted() && !context.ui.is_json() {
                conflicts(context, &press, &grid);
            }
            let told = (|| trace(&press, &grid), || policy_json(&press, &grid));
            return ties::grid(context, &project, &press, &grid, told, &out);
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

fn nothing() -> crate::diagnostic::Fault {
    fault("no-drivers", "there is no policy driver in use yet")
        .hint("realist policy add \"Mental health strategy\" --level national --requirement \"Open access\" --date 2011")
}

/// Conflicts stand before everything else, each with the statements that explain it.
fn conflicts(context: &Context, press: &Press, grid: &Grid<Policy>) {
    for (driver, component, tie) in grid.of_stance(Stance::ConflictsWith) {
        let (driver, label) = (tables::named(press.synthesis, driver), press.synthesis.label(component.id));
        let how = tie.tie.how.as_ref().map(|how| format!(": {how}")).unwrap_or_default();
        context.ui.text(&format!("conflict: {driver}, and {label} {}{how}", component.name));
        for reason in &tie.reasons {
            context.ui.text(&format!("    {}", crate::report::needs::reason_line(press, reason)));
        }
    }
}

fn add(context: &Context, project: &mut Project, entry: Entry, from: Option<String>) -> Result<Exit> {
    let (entries, rows) = match from {
        Some(file) => ties::from_table(&file, columns::POLICIES, in_table)?,
        None => (vec![entry], vec![1]),
    };
    let done = act::add(project, &entries, &rows)?;
    ties::added(context, &done, "policy driver");
    Ok(Exit::Done)
}

fn in_table(row: &Row, number: usize) -> Result<Entry> {
    let said = |column| optional(row, column).map(str::to_owned);
    let level = optional(row, "level").map(str::parse).transpose();
    Ok(Entry {
        name: said("name"),
        level: level.map_err(|fault: Fault| fault.in_row(number))?,
        citation: said("citation"),
        requirement: said("requirement"),
        source: said("source"),
        date: said("date"),
    })
}

fn list(context: &Context, project: &Project) -> Result<Exit> {
    let columns = [
        ("name", "Driver"),
        ("level", "Level"),
        ("requirement", "Requires"),
        ("source", "Source"),
        ("citation", "Citation"),
        ("date", "Date"),
    ];
    ties::list(context, project, (&columns, "Components tied to it"), |synthesis, driver: &Policy| {
        vec![
            driver.name.as_str().into(),
            driver.level.word().into(),
            driver.requirement.clone().into(),
            driver.source.map(|id| synthesis.label(id)).into(),
            driver.citation.clone().into(),
            driver.date.clone().into(),
        ]
    })
}

fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = act::find(project, typed)?;
    let mut synthesis = project.synthesis(Depth::Headers)?;
    // Its ties are shown whether or not it is in use.
    let was_retired = synthesis.policies.get_mut(&id).is_some_and(|one| std::mem::take(&mut one.retired));
    let Some(driver) = synthesis.policies.get(&id) else { return Err(nothing()) };
    let said = [
        ("level", Some(driver.level.word().to_owned())),
        ("requires", driver.requirement.clone()),
        ("source", ties::source(&synthesis, driver.source)),
        ("citation", driver.citation.clone()),
        ("date", driver.date.clone()),
    ];
    ties::show(context, &synthesis, (driver, was_retired), said, None, "no component answers to it");
    Ok(Exit::Done)
}
