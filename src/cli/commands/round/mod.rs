//! `realist round`

mod hand;
mod plan;
mod shown;

use super::shared::{confirm, counted, word};
use crate::act::round::{self as act, ballot, collect};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::project::Project;
use crate::stats::chance::Draws;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Plan a round: what is asked, how it is answered, by which rule answers are judged.
    Add(plan::Add),
    /// Change rule or scale of a round that is not open yet.
    Edit {
        #[arg(value_name = "R1.gj")]
        round: String,
        /// Highest rating of a delphi round.
        #[arg(long, value_name = "MOST")]
        scale: Option<u32>,
        #[command(flatten)]
        rule: plan::Rule,
    },
    /// Open a round: what it asks, its rule and who is asked are fixed from now on.
    Open {
        #[arg(value_name = "R1.gj")]
        round: String,
    },
    /// Close a round: nothing is added from now on, and what it came to can be seen.
    Close {
        #[arg(value_name = "R1.gj")]
        round: String,
    },
    /// Close a round and plan another in its place, with other wording; what was answered stays with the former.
    Amend {
        #[arg(value_name = "R1.gj")]
        round: String,
        /// New wording: q1="..."; may be repeated.
        #[arg(long = "reword", value_name = "ITEM=WORDS")]
        reword: Vec<String>,
        /// Why it is amended.
        #[arg(long)]
        why: String,
    },
    /// Let one member answer in another's place.
    Admit {
        #[arg(value_name = "R1.gj")]
        round: String,
        /// The deputy: a member of the same group who was not asked.
        #[arg(value_name = "TOKEN")]
        deputy: String,
        /// Whose seat it is.
        #[arg(long = "for", value_name = "TOKEN")]
        seat: String,
        /// Why; no names and nothing about health.
        #[arg(long)]
        why: String,
    },
    /// All rounds.
    List,
    /// One round: what is asked, by which rule, who has answered. Never what.
    Show {
        #[arg(value_name = "R1.gj")]
        round: String,
    },
    /// Make ballots: a page for each member that works without a network, a paper form, a grid.
    Ballot {
        #[arg(value_name = "R1.gj")]
        round: String,
        #[command(flatten)]
        handing: hand::Handing,
        /// html, docx, csv or xlsx; may be repeated. html unless said.
        #[arg(long = "to", value_name = "FORM", value_parser = word::<ballot::As>)]
        to: Vec<ballot::As>,
        /// Only for those who have not answered.
        #[arg(long)]
        waiting: bool,
    },
    /// Take ballots in: saved files and filled-in grids, in any mixture. Doing it twice changes nothing.
    Collect {
        #[arg(value_name = "R1.gj")]
        round: String,
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Let answers count again that were replaced since.
        #[arg(long)]
        restore: bool,
    },
    /// What a closed round came to.
    Results {
        #[arg(value_name = "R1.gj")]
        round: String,
        /// Whom it is for: team, meeting or publication. For the last two small groups are pooled.
        #[arg(long = "for", value_name = "AUDIENCE")]
        audience: Option<Audience>,
        /// Write it into outputs/ in this format: html, md, docx, xlsx, csv, json, svg (charts); may be repeated.
        #[arg(long = "to", value_name = "FORMAT")]
        to: Vec<String>,
        /// Shuffles behind a permutation p.
        #[arg(long, default_value_t = 10_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000_000))]
        permutations: u32,
        /// Where chance starts; the same seed gives the same numbers everywhere.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Write a sheet for each member: their own answers beside those of all, small groups pooled.
    Feedback {
        #[arg(value_name = "R1.gj")]
        round: String,
        #[command(flatten)]
        handing: hand::Handing,
        /// html, md, docx, xlsx, csv or json; may be repeated. html unless said.
        #[arg(long = "to", value_name = "FORMAT")]
        to: Vec<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add(add) => return plan::add(context, &mut project, add),
        Command::Edit { round, scale, rule } => {
            let done = act::edit(&mut project, &round, &rule.asked()?, scale)?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
        }
        Command::Open { round } => open(context, &mut project, &round)?,
        Command::Close { round } => {
            let done = act::close(&mut project, &round)?;
            let one = &done.answer;
            let json = json!({ "id": one.id, "counted": one.counted, "silent": one.silent, "absent": one.absent });
            confirm(context, &done, &format!("closed {}: {} count", one.id, counted(one.counted, "ballot")), json);
            waiting(context, &one.silent, &one.absent);
            if !done.rehearsal {
                context.ui.say(&format!("what it came to: realist round results {}", one.id));
            }
        }
        Command::Amend { round, reword, why } => amend(context, &mut project, &round, &reword, &why)?,
        Command::Admit { round, deputy, seat, why } => {
            let done = act::admit(&mut project, &round, &deputy, &seat, &why)?;
            let (deputy, seat) = &done.answer;
            let json = json!({ "deputy": deputy, "for": seat });
            confirm(context, &done, &format!("{deputy} answers for {seat}"), json);
        }
        Command::List => return shown::list(context, &project),
        Command::Show { round } => shown::show(context, &act::look(&project, &round)?),
        Command::Ballot { round, handing, to, waiting } => {
            return hand::ballots(context, &project, &round, handing, &to, waiting);
        }
        Command::Collect { round, files, restore } => return collected(context, &mut project, &round, &files, restore),
        Command::Results { round, audience, to, permutations, seed } => {
            let draws = Draws { number: permutations, seed };
            return hand::results(context, &project, &round, audience.unwrap_or(Audience::Team), &to, draws);
        }
        Command::Feedback { round, handing, to } => return hand::feedback(context, &project, &round, handing, &to),
    }
    Ok(Exit::Done)
}

fn open(context: &Context, project: &mut Project, round: &str) -> Result<()> {
    let done = act::open(project, round)?;
    let (id, roll) = (&done.answer.id, &done.answer.roll);
    let groups: Vec<String> = roll.iter().map(|(group, n)| format!("{group} {n}")).collect();
    let asked: usize = roll.values().sum();
    let said = format!("opened {id}: {} asked ({})", counted(asked, "member"), groups.join(", "));
    confirm(context, &done, &said, json!({ "id": id, "asked": roll }));
    if !done.rehearsal {
        context.ui.say(&format!("make ballots: realist round ballot {id}"));
    }
    Ok(())
}

fn amend(context: &Context, project: &mut Project, round: &str, reword: &[String], why: &str) -> Result<()> {
    let pair = |typed: &String| {
        let (key, words) = typed.split_once('=').ok_or_else(|| {
            fault("bad-pair", format!("'{typed}' has no =")).hint("write it as  --reword q1=\"the new wording\"")
        })?;
        Ok((key.trim().to_lowercase(), words.trim().to_owned()))
    };
    let reword = reword.iter().map(pair).collect::<Result<Vec<_>>>()?;
    let done = act::amend(project, round, &reword, why)?;
    let one = &done.answer;
    let json = json!({ "closed": one.closes.then_some(&one.former), "former": one.former, "id": one.id, "reworded": one.reworded });
    let said = if one.closes {
        format!("closed {}, and planned {} in its place", one.former, one.id)
    } else {
        format!("planned {} in the place of {}", one.id, one.former)
    };
    confirm(context, &done, &said, json);
    if !done.rehearsal {
        context.ui.say(&format!("members answer it anew: realist round open {}", one.id));
    }
    Ok(())
}

/// Says who has not answered, and who was not there.
fn waiting(context: &Context, silent: &[String], absent: &[String]) {
    if silent.is_empty() && absent.is_empty() {
        context.ui.say("everybody has answered");
    }
    for (what, tokens) in [("no answer from", silent), ("noted as not there:", absent)] {
        if !tokens.is_empty() {
            context.ui.say(&format!("{what} {}: {}", counted(tokens.len(), "member"), tokens.join(", ")));
        }
    }
}

fn collected(context: &Context, project: &mut Project, round: &str, files: &[PathBuf], restore: bool) -> Result<Exit> {
    let done = collect::collect(project, round, files, restore)?;
    let one = &done.answer;
    let mut told = vec![counted(one.taken.len(), "new ballot")];
    for (tokens, what) in [(&one.changed, "changed"), (&one.unchanged, "taken in before"), (&one.older, "older")] {
        if !tokens.is_empty() {
            told.push(format!("{} {what}", tokens.len()));
        }
    }
    if !one.refused.is_empty() {
        told.push(format!("{} refused", one.refused.len()));
    }
    let refused: Vec<_> =
        one.refused.iter().map(|one| json!({ "place": one.place, "because": one.because })).collect();
    confirm(
        context,
        &done,
        &format!("{}: {}", one.id, told.join(", ")),
        json!({
            "id": one.id, "taken": one.taken, "changed": one.changed, "unchanged": one.unchanged, "older": one.older,
            "refused": refused, "silent": one.silent, "absent": one.absent,
        }),
    );
    for one in &one.refused {
        context.ui.say(&format!("{}: {}", one.place, one.because));
    }
    if !one.older.is_empty() {
        context.ui.say(&format!(
            "left aside, since something later counts: {} (--restore lets them count again)",
            one.older.join(", ")
        ));
    }
    waiting(context, &one.silent, &one.absent);
    Ok(Exit::negative_if(!one.refused.is_empty()))
}
