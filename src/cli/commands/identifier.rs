//! `realist identifier`

use super::columns;
use super::shared::{Row, confirm, counted, optional, read_input, required, rows, word};
use crate::act::identifier::known::known;
use crate::act::identifier::{self as act, Entry, Listed, permit};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::identifier::{Identifies, KeptFrom};
use crate::participant::Audience;
use crate::project::{Done, Project};
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List names, places, numbers that no file may hold. One that is listed already is changed.
    Add {
        /// As it is written; several words are one identifier: "Mary Ann Kerr". May be repeated.
        #[arg(required = true, value_name = "WORDS")]
        identifiers: Vec<String>,
        #[command(flatten)]
        how: How,
    },
    /// The list, and the names of speakers that papers for others may not hold either.
    List,
    /// Take in a list: csv with the columns name, kind, spellings (parted by ;), instead, from, capital.
    Import {
        /// A csv file (- for standard input). It is not kept: delete it, or keep it as safe as the project.
        #[arg(value_name = "FILE")]
        file: String,
    },
    /// Change one of the list.
    Set {
        /// I1.gj, or one of its spellings.
        #[arg(value_name = "I1.gj")]
        identifier: String,
        #[command(flatten)]
        how: How,
    },
    /// Take identifiers off the list, or leaves that were given.
    Remove {
        /// I1.gj, or one of its spellings; IP1.gj for a leave.
        #[arg(required = true, value_name = "I1.gj")]
        identifiers: Vec<String>,
    },
    /// Let one stand in a file all the same. Who, when and why is kept.
    Permit {
        /// I1.gj, one of its spellings, or P3.gj for a participant's own name.
        #[arg(value_name = "I1.gj")]
        identifier: String,
        /// The file, such as agenda-for-meeting; every file unless said.
        #[arg(long = "in", value_name = "FILE")]
        output: Option<String>,
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, clap::Args)]
struct How {
    /// Another way it is written. May be repeated. Case, accents, hyphens and possessives need none.
    #[arg(long = "spelling", value_name = "WORDS")]
    spellings: Vec<String>,
    /// person, staff, place, organisation or other; person unless said.
    #[arg(long, value_parser = word::<Identifies>)]
    kind: Option<Identifies>,
    /// What papers say in its place, in brackets: "a town in the north". Empty takes it away.
    #[arg(long, value_name = "WORDS")]
    instead: Option<String>,
    /// all: from every file. others: the team's own files may hold it. all unless said.
    #[arg(long, value_name = "WHOM", value_parser = word::<KeptFrom>)]
    from: Option<KeptFrom>,
    /// Only where it is written with a capital: for a name that is a word too, such as Grace.
    #[arg(long, value_name = "YES", num_args = 0..=1, default_missing_value = "true")]
    capital: Option<bool>,
}

impl How {
    fn entry(&self, first: Option<&str>) -> Entry {
        Entry {
            spellings: first.map(str::to_owned).into_iter().chain(self.spellings.clone()).collect(),
            kind: self.kind,
            kept_from: self.from,
            only_capital: self.capital,
            instead: self.instead.clone(),
        }
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { identifiers, how } => {
            if identifiers.len() > 1 && !how.spellings.is_empty() {
                return Err(fault("whose-spelling", "of which of them is that a spelling?")
                    .hint("list one with its spellings at a time"));
            }
            let entries: Vec<Entry> = identifiers.iter().map(|one| how.entry(Some(one))).collect();
            tell(context, &act::add(&mut project, &entries)?);
        }
        Command::Import { file } => {
            let rows = rows(&read_input(&file)?, &file, columns::IDENTIFIER)?;
            let entries = rows.iter().enumerate().map(|(at, row)| entry(row, at + 2)).collect::<Result<Vec<_>>>()?;
            tell(context, &act::add(&mut project, &entries)?);
            context.ui.say("the file is not kept: delete it, or keep it as safe as the project");
        }
        Command::Set { identifier, how } => {
            let done = act::set(&mut project, &identifier, &how.entry(None))?;
            confirm(context, &done, &format!("changed {}", done.answer.id), json!({ "id": done.answer.id }));
        }
        Command::Remove { identifiers } => {
            let done = act::remove(&mut project, &identifiers)?;
            confirm(context, &done, &format!("removed {}", done.answer.join(", ")), json!({ "ids": done.answer }));
        }
        Command::Permit { identifier, output, reason } => {
            let done = permit::permit(&mut project, &identifier, output.as_deref(), &reason)?;
            let given = &done.answer;
            let place = given.output.as_deref().map_or_else(|| "every file".to_owned(), str::to_owned);
            let sentence = format!("{}: {} may stand in {place}", given.id, given.about);
            confirm(context, &done, &sentence, json!({ "id": given.id, "about": given.about, "in": given.output }));
        }
        Command::List => list(context, &project)?,
    }
    Ok(Exit::Done)
}

fn tell(context: &Context, done: &Done<Vec<Listed>>) {
    let new = done.answer.iter().filter(|one| !one.was_there).count();
    let sentence = match done.answer.as_slice() {
        [one] if one.was_there => format!("changed {}", one.id),
        [one] => format!("listed {}", one.id),
        all => format!("listed {}, {} there already", counted(new, "identifier"), all.len() - new),
    };
    let ids: Vec<&str> = done.answer.iter().map(|one| one.id.as_str()).collect();
    confirm(context, done, &sentence, json!({ "ids": ids, "new": new }));
}

fn entry(row: &Row, number: usize) -> Result<Entry> {
    let name = required(row, "name", number)?;
    let others = optional(row, "spellings").into_iter().flat_map(|all| all.split(';'));
    let spellings = std::iter::once(name).chain(others).map(|one| one.trim().to_owned());
    let is_yes = |text: &str| ["yes", "true", "1", "x"].contains(&text.to_lowercase().as_str());
    Ok(Entry {
        spellings: spellings.filter(|one| !one.is_empty()).collect(),
        kind: optional(row, "kind").map(str::parse).transpose()?,
        kept_from: optional(row, "from").map(str::parse).transpose()?,
        only_capital: optional(row, "capital").map(is_yes),
        instead: optional(row, "instead").map(str::to_owned),
    })
}

fn list(context: &Context, project: &Project) -> Result<()> {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("name", "Identifier"),
        ("kind", "Kind"),
        ("spellings", "Also written"),
        ("instead", "Papers say"),
        ("from", "Kept from"),
        ("may_stand_in", "May stand in"),
        ("reason", "Because"),
    ]);
    let leaves = permit::all(project);
    let leave = |id| {
        let of = leaves.iter().filter(move |(one, _)| one.about == id);
        let file = |leave: &crate::identifier::Leave| leave.output.clone().unwrap_or_else(|| "every file".to_owned());
        let (files, reasons): (Vec<String>, Vec<String>) = of
            .map(|(one, leave)| match leave {
                Some(leave) => (format!("{} ({})", file(leave), project.label(one.id)), leave.reason.clone()),
                None => (project.label(one.id), "not on this computer".to_owned()),
            })
            .unzip();
        (files.join("; "), reasons.join("; "))
    };
    for (one, words) in act::all(project) {
        let (files, reasons) = leave(one.id);
        table.push(vec![
            project.label(one.id).into(),
            words.spellings[0].as_str().into(),
            one.kind.word().into(),
            words.spellings[1..].join("; ").into(),
            words.instead.into(),
            one.kept_from.word().into(),
            files.into(),
            reasons.into(),
        ]);
    }
    for one in known(project, Audience::Publication)?.into_iter().filter(|one| one.is_of_speaker) {
        let (files, reasons) = leave(one.id);
        table.push(vec![
            one.label.into(),
            one.name.into(),
            "speaker".into(),
            "".into(),
            one.instead.into(),
            KeptFrom::Others.word().into(),
            files.into(),
            reasons.into(),
        ]);
    }
    context.ui.list(&table, &table.to_json());
    let missing = act::unknown(project);
    if missing > 0 {
        context.ui.say(&format!("the words of {} are not on this computer", counted(missing, "identifier")));
    }
    Ok(())
}
