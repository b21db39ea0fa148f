//! `realist participant`

mod show;
mod withdraw;

use super::shared::{confirm, word};
use crate::act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::{Audience, Consent};
use crate::project::Depth;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// All participants. A speaker label belongs to its document: "P1" in five groups is five people.
    List,
    /// Set group, recorded consent and attributes.
    Set {
        /// P1.gj, or D3.gj:Name for a speaker of a document. May be repeated.
        #[arg(required = true, value_name = "P1.gj")]
        participants: Vec<String>,
        #[arg(long)]
        group: Option<String>,
        /// none, anonymous or named.
        #[arg(long, value_parser = word::<Consent>)]
        consent: Option<Consent>,
        /// Audiences the consent is for: team, meeting, publication. The last two unless said. The team reads what it
        /// gathered unless refused: --consent none --audience team.
        #[arg(long = "audience", value_name = "AUDIENCE")]
        audiences: Vec<Audience>,
        /// Version of the consent form.
        #[arg(long, value_name = "VERSION")]
        form: Option<String>,
        /// Day the form was signed, such as 2014-03-02.
        #[arg(long, value_name = "DAY")]
        date: Option<String>,
        #[arg(long)]
        pseudonym: Option<String>,
        /// "Town=Leeds"; with nothing after the = it is taken away. May be repeated.
        #[arg(long = "attribute", value_name = "NAME=VALUE")]
        attributes: Vec<String>,
    },
    /// All that is recorded of one.
    Show {
        /// P1.gj, or D3.gj:Name for a speaker of a document.
        #[arg(value_name = "P1.gj")]
        participant: String,
    },
    /// Somebody withdraws: see with --dry-run what that means, then add --yes. Cannot be undone.
    Withdraw(withdraw::Arguments),
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List => {
            let synthesis = project.synthesis(Depth::Headers)?;
            let mut table = Table::with(&[
                ("id", "Id"),
                ("speaker", "Speaker"),
                ("document", "Document"),
                ("group", "Group"),
                ("team", "Consent: team"),
                ("meeting", "Consent: meeting"),
                ("publication", "Consent: publication"),
                ("withdrawn", "Withdrawn"),
            ]);
            let mut participants: Vec<_> = synthesis.participants.values().collect();
            participants.sort_by_key(|one| synthesis.labels.get(&one.id).cloned());
            for one in participants {
                let speaks: Vec<String> = one.speaks.iter().map(|at| synthesis.speaker_label(at)).collect();
                let documents: Vec<String> = one.speaks.iter().map(|at| synthesis.label(at.document)).collect();
                let consent = |audience| one.consent.get(&audience).map_or("not recorded", |consent| consent.word());
                table.push(vec![
                    synthesis.label(one.id).into(),
                    speaks.join(", ").into(),
                    documents.join(", ").into(),
                    one.group.clone().into(),
                    consent(Audience::Team).into(),
                    consent(Audience::Meeting).into(),
                    consent(Audience::Publication).into(),
                    one.withdrawn_scope.map(crate::participant::Scope::word).into(),
                ]);
            }
            context.ui.list(&table, &table.to_json());
        }
        Command::Show { participant } => show::run(context, &project, &participant)?,
        Command::Set { participants, group, consent, audiences, form, date, pseudonym, attributes } => {
            let attributes = attributes.iter().map(|typed| attribute(typed)).collect::<Result<_>>()?;
            let consent = consent.map(|consent| (consent, audiences));
            let changes = act::participant::Changes { group, consent, form, date, pseudonym, attributes };
            if changes.are_none() {
                return Err(fault("nothing-to-set", "neither group nor consent nor anything else was given")
                    .hint("add --group, --consent, --form, --date, --pseudonym or --attribute"));
            }
            let done = act::participant::set(&mut project, &participants, &changes)?;
            confirm(context, &done, &format!("changed {}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Withdraw(arguments) => return withdraw::run(&arguments, context, &mut project),
    }
    Ok(Exit::Done)
}

/// Reads `Town=Leeds`.
fn attribute(typed: &str) -> Result<(String, String)> {
    match typed.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err(fault("bad-attribute", format!("'{typed}' names no attribute")).hint("write it as \"Town=Leeds\"")),
    }
}
