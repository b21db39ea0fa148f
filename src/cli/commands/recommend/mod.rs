//! `realist recommend`

mod drafted;
mod shown;
mod table;

use super::shared::{confirm, counted, word};
use crate::act::recommend::{self as act, Entry, draft, look};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Diagnostic, Result};
use crate::grounds::Footing;
use crate::project::Project;
use crate::recommendation::{Addressee, Gap};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// What could be recommended, on what; what is blocked, and why.
    Draft {
        /// Only what rests on these decisions and statements.
        #[arg(value_name = "X1.gj")]
        on: Vec<String>,
        #[arg(long, value_parser = word::<Addressee>, value_name = "AUDIENCE")]
        audience: Addressee,
        /// Only what hangs on this component.
        #[arg(long, value_name = "K1.gj")]
        component: Option<String>,
        /// Write a skeleton for each that is not there yet; people word what is to be done.
        #[arg(long)]
        write: bool,
    },
    /// Add a recommendation; without words it is a skeleton.
    Add {
        /// What is to be done, by whom.
        action: Option<String>,
        /// organisation, workforce, policy, research or practice.
        #[arg(long, value_parser = word::<Addressee>, value_name = "AUDIENCE", required_unless_present = "from")]
        audience: Option<Addressee>,
        /// Many at once, from CSV or JSON Lines (- for standard input), or none: audience, action, basis, for_whom, context,
        /// would_change, owner, due and so on; several labels in one cell stand apart by semicolons.
        #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["action", "audience", "Fields"])]
        from: Option<String>,
        #[command(flatten)]
        fields: Box<Fields>,
    },
    /// Change a recommendation; an empty text takes one away.
    Edit {
        #[arg(value_name = "RC1.gj")]
        recommendation: String,
        /// What is to be done, by whom.
        #[arg(long)]
        action: Option<String>,
        /// A decision, statement, training case or need that it is no longer to name; may be repeated.
        #[arg(long = "without", value_name = "H3.gj")]
        without: Vec<String>,
        #[command(flatten)]
        fields: Box<Fields>,
    },
    /// Recommendations, with what each rests on and what nobody has said yet.
    List {
        #[arg(long, value_parser = word::<Addressee>, value_name = "AUDIENCE")]
        audience: Option<Addressee>,
        /// Those without it: action, for_whom, context, would_change, owner, due, role, competency, gap, supervision,
        /// training; may be repeated.
        #[arg(long = "lacks", value_parser = word::<Gap>, value_name = "WHAT")]
        lacks: Vec<Gap>,
        /// How they stand: firm, provisional, only_contested or none.
        #[arg(long, value_parser = word::<Footing>)]
        footing: Option<Footing>,
        /// Retired ones too.
        #[arg(long)]
        retired: bool,
    },
    /// One recommendation: its words, what it rests on, what speaks against it.
    Show {
        #[arg(value_name = "RC1.gj")]
        recommendation: String,
    },
    /// Roles by competency: what is missing today, and what there is to learn it with.
    Workforce,
    /// Keep a recommendation, but leave it out of papers.
    Retire {
        #[arg(value_name = "RC1.gj")]
        recommendation: String,
        /// Take it up again.
        #[arg(long)]
        back: bool,
    },
    /// Note that what was recommended is done.
    Done {
        #[arg(value_name = "RC1.gj")]
        recommendation: String,
        /// What came of it.
        #[arg(long)]
        result: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
#[group(id = "Fields", multiple = true)]
struct Fields {
    /// An agreed decision or a supported statement; others may be named beside these; may be repeated.
    #[arg(long = "basis", value_name = "X1.gj")]
    basis: Vec<String>,
    #[arg(long, value_name = "WORDS")]
    for_whom: Option<String>,
    /// In what circumstances.
    #[arg(long, value_name = "WORDS")]
    context: Option<String>,
    /// What would change our mind.
    #[arg(long, value_name = "WORDS")]
    would_change: Option<String>,
    /// Whoever sees to it: a coder's tag, a member's token, or a role such as "practice manager"; never a name.
    #[arg(long)]
    owner: Option<String>,
    /// By when.
    #[arg(long, value_name = "2026-05-01")]
    due: Option<String>,
    /// Of the workforce: who is to be able to do something.
    #[arg(long)]
    role: Option<String>,
    /// What they are to be able to do.
    #[arg(long)]
    competency: Option<String>,
    /// What is missing today.
    #[arg(long)]
    gap: Option<String>,
    #[arg(long)]
    supervision: Option<String>,
    /// A training case; may be repeated.
    #[arg(long = "training", value_name = "T1.gj")]
    training: Vec<String>,
    /// A need it answers; may be repeated.
    #[arg(long = "need", value_name = "W1.gj")]
    needs: Vec<String>,
}

impl Fields {
    fn entry(self, action: Option<String>, without: Vec<String>) -> Entry {
        let Fields { basis, for_whom, context, would_change, owner, due, .. } = self;
        let Fields { role, competency, gap, supervision, training, needs, .. } = self;
        Entry {
            action,
            for_whom,
            context,
            would_change,
            owner,
            due,
            role,
            competency,
            gap,
            supervision,
            basis,
            training,
            needs,
            without,
        }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::Draft { on, audience, component, write } => {
            let asked = draft::Asked { audience, component, on };
            return if write {
                drafted::write(context, &mut project, &asked)
            } else {
                drafted::show(context, &project, &asked)
            };
        }
        Command::List { audience, lacks, footing, retired } => {
            return shown::list(context, &project, &look::Wanted { audience, lacks, footing, retired });
        }
        Command::Show { recommendation } => return shown::show(context, &project, &recommendation),
        Command::Workforce => return shown::workforce(context, &project),
        Command::Add { from: Some(file), .. } => return add_all(context, &mut project, &file),
        Command::Add { action, audience, fields, .. } => {
            let audience = audience.unwrap_or(Addressee::Practice);
            let entry = fields.entry(action, Vec::new());
            point_out(context, &project, &entry);
            (act::add(&mut project, audience, &entry)?, "added")
        }
        Command::Edit { recommendation, action, without, fields } => {
            let entry = fields.entry(action, without);
            point_out(context, &project, &entry);
            (act::edit(&mut project, &recommendation, &entry)?, "changed")
        }
        Command::Retire { recommendation, back } => {
            (act::retire(&mut project, &recommendation, !back)?, if back { "took up again" } else { "retired" })
        }
        Command::Done { recommendation, result } => {
            (act::finish(&mut project, &recommendation, result.as_deref())?, "done:")
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

fn add_all(context: &Context, project: &mut Project, file: &str) -> Result<Exit> {
    let rows = table::read(file)?;
    for (_, entry) in &rows {
        point_out(context, project, entry);
    }
    let done = act::add_all(project, &rows).map_err(|fault| fault.in_file(file))?;
    confirm(context, &done, &format!("added {}", counted(done.answer.len(), "recommendation")), json!({ "ids": done.answer }));
    Ok(Exit::Done)
}

/// Somebody may have meant another token.
fn point_out(context: &Context, project: &Project, entry: &Entry) {
    if let Some(owner) = entry.owner.as_deref().filter(|owner| act::is_nobodys(project, owner)) {
        let said = format!("no member of a panel has the token {}", owner.trim());
        context.ui.diagnostic(&Diagnostic::note("nobodys-token", said).hint("who there is: realist panel list, then realist panel show"));
    }
}
