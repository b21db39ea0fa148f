//! `realist memo`

use super::shared::{confirm, counted, excerpt, read_input, word};
use crate::act::anchor::Spot;
use crate::act::memo::list::{Shown, Wanted};
use crate::act::{memo as act, resolve};
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::memo::Access;
use crate::passage::Wholeness;
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Memos, by document and place: yours and your team's, comments that came with documents, and the
    /// memos of codings and statements.
    List {
        /// Only those about this and what stands on it: D3.gj, C1.gj, H1.gj, or a code's name.
        #[arg(long, value_name = "THING")]
        about: Option<String>,
        /// Tag of a coder, or a name in a document's margin.
        #[arg(long, value_name = "NAME")]
        author: Option<String>,
    },
    /// One memo, whole.
    Show {
        #[arg(value_name = "A1.gj")]
        memo: String,
    },
    /// Write a memo about words of a document, or about a thing.
    Add {
        /// Document, or a place in it: D3.gj, D3.gj/12, D3.gj/12..15, D3.gj@1:1024-1101
        #[arg(value_name = "D1.gj")]
        place: Option<String>,
        /// Turns: t14..17
        #[arg(value_name = "TURNS")]
        range: Option<String>,
        /// Words of the passage; "first words ... last words" is enough.
        #[arg(long, value_name = "WORDS")]
        quote: Option<String>,
        /// What it is about: the label of anything, or the name of a code or component.
        #[arg(long, value_name = "THING")]
        about: Option<String>,
        /// What it says (- for standard input).
        #[arg(long)]
        text: String,
        /// Who may read it: private (you alone), team, or supplement (what may be published).
        #[arg(long, value_parser = word::<Access>, default_value = "team")]
        access: Access,
    },
    /// Change what your memo says, or who may read it.
    Edit {
        #[arg(value_name = "A1.gj")]
        memo: String,
        /// What it says (- for standard input).
        #[arg(long)]
        text: Option<String>,
        /// private, team or supplement.
        #[arg(long, value_parser = word::<Access>)]
        access: Option<Access>,
    },
    /// Take memos away.
    Remove {
        #[arg(required = true, value_name = "A1.gj")]
        memos: Vec<String>,
        #[arg(long)]
        reason: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List { about, author } => list(context, &project, about.as_deref(), author),
        Command::Show { memo } => show(context, &project, &memo),
        Command::Add { place, range, quote, about, text, access } => {
            let spot = place.map(|place| Spot::parse(&place, range.as_deref(), quote.as_deref())).transpose()?;
            let entry = act::Entry { spot, about, text: typed(&text)?, access };
            let done = act::add(&mut project, &entry)?;
            confirm(context, &done, &format!("added {}", done.answer), json!({ "id": done.answer }));
            Ok(Exit::Done)
        }
        Command::Edit { memo, text, access } => {
            if text.is_none() && access.is_none() {
                return Err(fault("nothing-to-set", "neither text nor access was given").hint("add --text or --access"));
            }
            let text = text.as_deref().map(typed).transpose()?;
            let done = act::edit(&mut project, &memo, text.as_deref(), access)?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
            Ok(Exit::Done)
        }
        Command::Remove { memos, reason } => {
            let done = act::remove(&mut project, &memos, reason.as_deref())?;
            confirm(context, &done, &format!("removed {}", done.answer.join(", ")), json!({ "ids": done.answer }));
            Ok(Exit::Done)
        }
    }
}

fn typed(text: &str) -> Result<String> {
    if text == "-" { read_input(text) } else { Ok(text.to_owned()) }
}

fn list(context: &Context, project: &Project, about: Option<&str>, author: Option<String>) -> Result<Exit> {
    let about = about.map(|typed| resolve::thing(project, typed)).transpose()?;
    let memos = act::list::list(project, &project.coder(false)?, &Wanted { about, author })?;
    let mut table = Table::with(&[
        ("id", "Id"),
        ("about", "About"),
        ("words", "Words"),
        ("author", "By"),
        ("access", "For"),
        ("text", "Memo"),
    ]);
    let whole = context.ui.format() != Format::Table;
    let cut = |text: &str, letters| if whole { text.to_owned() } else { excerpt(text, letters) };
    for one in &memos {
        table.push(vec![
            one.id.as_str().into(),
            about_of(one).into(),
            cut(&one.words, 50).into(),
            by(one).into(),
            one.access.word().into(),
            cut(&said(one), 90).into(),
        ]);
    }
    context.ui.list(&table, &json!(memos));
    context.ui.say(&counted(memos.len(), "memo"));
    Ok(Exit::negative_if(memos.is_empty()))
}

fn show(context: &Context, project: &Project, memo: &str) -> Result<Exit> {
    let memo = act::find(project, memo, &project.coder(false)?)?;
    let one = act::list::show(project, &memo)?;
    if context.ui.is_json() {
        context.ui.json(&json!(one));
        return Ok(Exit::Done);
    }
    context.ui.heading(&format!("{}  on {}, by {}, for {}", one.id, about_of(&one), by(&one), one.access));
    if !one.words.is_empty() {
        context.ui.text(&format!("on the words: {}", one.words));
    }
    context.ui.text(&said(&one));
    Ok(Exit::Done)
}

fn about_of(one: &Shown) -> String {
    let both = [one.place.as_ref().or(one.passage.as_ref()), one.about.as_ref()];
    both.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}

/// Who wrote it: a coder's tag, the name in the margin, or `document` where none stood there.
pub(super) fn by(one: &Shown) -> String {
    one.author.clone().or_else(|| one.signed.clone()).unwrap_or_else(|| "document".to_owned())
}

/// What it says, or why that cannot be read.
pub(super) fn said(one: &Shown) -> String {
    match one.state {
        Wholeness::Purged => "(purged)".to_owned(),
        Wholeness::Missing | Wholeness::Stale => "(not on this computer)".to_owned(),
        Wholeness::Whole => one.text.clone(),
    }
}
