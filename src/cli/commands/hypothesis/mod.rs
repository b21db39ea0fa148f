//! `realist hypothesis`

mod fields;
mod life;
mod list;
mod show;

use super::shared::{confirm, counted, read_input, word};
use crate::act::hypothesis::{self as act, Entry};
use crate::act::resolve;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::hypothesis::Editorial;
use crate::id::Kind;
use crate::project::Project;
use fields::Fields;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Write a statement: its parts, or a sentence, or both.
    Add {
        #[command(flatten)]
        fields: Fields,
        /// Many at once, from CSV or JSON Lines (- for standard input); columns named like the options.
        #[arg(long, value_name = "FILE")]
        from: Option<String>,
    },
    /// Change a statement. Links judged against the old wording say so from then on.
    Edit {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        #[command(flatten)]
        fields: Fields,
        /// New words for a part: c1="..."; may be repeated.
        #[arg(long = "set", value_name = "PART=TEXT")]
        reword: Vec<String>,
        /// One more part beside those of its kind: outcome="..."; may be repeated.
        #[arg(long = "add", value_name = "KIND=TEXT")]
        more: Vec<String>,
        /// Take a part away, by its key; may be repeated.
        #[arg(long = "drop", value_name = "PART")]
        drop: Vec<String>,
        /// Why; others may have relied on the old wording.
        #[arg(long)]
        reason: Option<String>,
    },
    /// All statements with their standings.
    List {
        #[arg(long)]
        component: Option<String>,
        /// none, single_source, supported, contested or refuted_only.
        #[arg(long, value_parser = word::<crate::evidence::Evidential>)]
        standing: Option<crate::evidence::Evidential>,
        #[arg(long, value_parser = word::<Editorial>)]
        status: Option<Editorial>,
        /// Tag of the author.
        #[arg(long = "by", value_name = "TAG")]
        by: Option<String>,
    },
    /// One statement with its parts, standings, links and evidence.
    Show {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        /// And what became of it: who, when, why.
        #[arg(long)]
        history: bool,
    },
    #[command(flatten)]
    Life(life::Command),
    /// Remove a statement that no evidence rests on.
    Remove {
        #[arg(value_name = "H1.gj")]
        hypothesis: String,
        #[arg(long)]
        reason: String,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { from: Some(file), .. } => {
            let entries = fields::entries(&read_input(&file)?, &file)?;
            let done = act::add_all(&mut project, &entries)?;
            let sentence = format!("added {}", counted(done.answer.len(), "hypothesis"));
            confirm(context, &done, &sentence, json!({ "ids": done.answer }));
        }
        Command::Add { fields, from: None } => {
            let done = act::add(&mut project, &fields.into())?;
            confirm(context, &done, &format!("added {}", done.answer), json!({ "id": done.answer }));
            hint_missing(context, &project, &done.answer)?;
        }
        Command::Edit { hypothesis, fields, reword, more, drop, reason } => {
            let reword = reword.iter().map(|typed| fields::part_text(typed)).collect::<Result<_>>()?;
            let more = more.iter().map(|typed| Ok((fields::part_text(typed)?.0.parse()?, fields::part_text(typed)?.1))).collect::<Result<_>>()?;
            let entry = Entry { more, reword, drop, ..fields.into() };
            let done = act::edit(&mut project, &hypothesis, &entry, reason.as_deref())?;
            let act::Edited { id, reworded, added, dropped, said: detailed, sentence_stands } = &done.answer;
            let said = [("reworded", reworded), ("added", added), ("took away", dropped), ("said more of", detailed)];
            let said: Vec<String> = said
                .iter()
                .filter(|(_, keys)| !keys.is_empty())
                .map(|(verb, keys)| format!("{verb} {}", keys.join(", ")))
                .collect();
            let what = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
            let json = json!({
                "id": id, "reworded": reworded, "added": added, "dropped": dropped, "said": detailed,
                "sentence_stands": sentence_stands,
            });
            confirm(context, &done, &format!("changed {id}{what}"), json);
            if let Some(sentence) = sentence_stands {
                say_sentence_stands(context, id, sentence);
            }
        }
        Command::List { component, standing, status, by } => {
            let component = component.map(|typed| resolve::component(&project, &typed)).transpose()?;
            return list::list(context, &project, component, standing, status, by.as_deref());
        }
        Command::Show { hypothesis, history } => show::show(context, &project, &hypothesis, history)?,
        Command::Life(command) => life::run(command, context, &mut project)?,
        Command::Remove { hypothesis, reason } => {
            let done = act::remove(&mut project, &hypothesis, &reason)?;
            confirm(context, &done, &format!("removed {}", done.answer), json!({ "id": done.answer }));
        }
    }
    Ok(Exit::Done)
}

/// Parts were changed, and the team's sentence was not.
fn say_sentence_stands(context: &Context, id: &str, sentence: &str) {
    context.ui.say(&format!("the sentence of {id} stands in its former words: \"{sentence}\""));
    context.ui.say(&format!("to change it, or to say that it holds: realist hypothesis edit {id} --statement \"...\""));
}

fn hint_missing(context: &Context, project: &Project, label: &str) -> Result<()> {
    let id = resolve::find(project, Kind::Hypothesis, label)?;
    let held: crate::hypothesis::Hypothesis = resolve::read(project, id)?;
    let missing = held.missing(project.settings().configuration);
    if !missing.is_empty() {
        context.ui.say(&format!("still a draft: no {} yet", missing.join(", no ")));
    }
    Ok(())
}

