//! `realist meeting`

mod issue;
mod record;
mod shown;

use super::shared::{confirm, counted};
use crate::act::meeting::{self as act, Entry, agenda, attend};
use crate::act::output;
use crate::act::sheet::Form;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::meeting::{Practical, Reply};
use crate::participant::Audience;
use crate::project::Project;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Plan a meeting.
    Add {
        title: String,
        #[command(flatten)]
        says: Says,
    },
    /// Say something else of a meeting; an empty text takes away what was said.
    Edit {
        #[arg(value_name = "G1.gj")]
        meeting: String,
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        says: Says,
    },
    /// Meetings by their day.
    List,
    /// One meeting: agenda, members, rounds, papers sent, what came of it.
    Show {
        #[arg(value_name = "G1.gj")]
        meeting: String,
    },
    /// The agenda: put items on it, change, move, drop them.
    Item {
        #[command(subcommand)]
        command: Item,
    },
    /// Say that rounds are held in a meeting.
    Round {
        #[arg(value_name = "G1.gj")]
        meeting: String,
        #[arg(value_name = "R1.gj", required = true)]
        rounds: Vec<String>,
        /// They are not held in it.
        #[arg(long)]
        drop: bool,
    },
    /// Note who means to come and who was there; without any of it, show that.
    Attend(Attend),
    /// What still blocks a meeting, each with the command that mends it; the next meeting unless one is named.
    Ready {
        #[arg(value_name = "G1.gj")]
        meeting: Option<String>,
    },
    /// Send the papers: write them into a folder, and keep for ever what was sent, to whom, from which state.
    Issue(issue::Issue),
    /// What changed since papers were last sent, section by section.
    Changed {
        #[arg(value_name = "G1.gj")]
        meeting: Option<String>,
    },
    /// What was sent; with --out the kept copies of one sending, as they were.
    Sent(issue::Sent),
    /// Record what was said and decided: a form with an entry for each item, in your editor or as a file.
    Record(record::Record),
}

#[derive(Debug, clap::Args)]
struct Says {
    /// What it is for, in one sentence.
    #[arg(long)]
    purpose: Option<String>,
    #[arg(long, value_name = "2026-03-14")]
    date: Option<String>,
    #[arg(long, value_name = "14:00")]
    start: Option<String>,
    /// How long it may last, in minutes.
    #[arg(long, value_name = "N")]
    minutes: Option<u32>,
    /// The panel that meets.
    #[arg(long, value_name = "N1.gj")]
    panel: Option<String>,
    #[arg(long)]
    place: Option<String>,
    /// How to join from elsewhere.
    #[arg(long)]
    join: Option<String>,
    /// How decisions are taken, and what happens where there is no agreement.
    #[arg(long)]
    deciding: Option<String>,
    /// What happens to what people say.
    #[arg(long)]
    afterwards: Option<String>,
    /// What people are paid, and for what.
    #[arg(long)]
    payment: Option<String>,
    /// Ramps, interpreters, breaks, formats.
    #[arg(long)]
    access: Option<String>,
    /// Whom to ask for support.
    #[arg(long)]
    contact: Option<String>,
}

impl Says {
    fn entry(self, title: Option<String>) -> Entry {
        let practical = [
            (Practical::Place, self.place),
            (Practical::Join, self.join),
            (Practical::Deciding, self.deciding),
            (Practical::Afterwards, self.afterwards),
            (Practical::Payment, self.payment),
            (Practical::Access, self.access),
            (Practical::Contact, self.contact),
        ];
        Entry {
            title,
            purpose: self.purpose,
            date: self.date,
            start: self.start,
            minutes: self.minutes,
            panel: self.panel,
            practical: practical.into_iter().filter_map(|(which, words)| Some((which, words?))).collect(),
        }
    }
}

#[derive(Debug, clap::Subcommand)]
enum Item {
    /// Put an item on the agenda: an uncertainty, or words.
    Add {
        #[arg(value_name = "G1.gj")]
        meeting: String,
        #[arg(value_name = "U1.gj|WORDS", required = true)]
        what: Vec<String>,
        /// As the uncertainty has it unless said.
        #[arg(long, value_name = "N")]
        minutes: Option<u32>,
        /// Who introduces it: a tag, a member's token, a group, or chair.
        #[arg(long, value_name = "WHO")]
        by: Option<String>,
        /// Its number on the agenda; the last unless said.
        #[arg(long, value_name = "N")]
        at: Option<usize>,
    },
    /// Say something else of an item.
    Set {
        #[arg(value_name = "G1.gj")]
        meeting: String,
        /// Its number, or its uncertainty.
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(long, value_name = "N")]
        minutes: Option<u32>,
        #[arg(long, value_name = "WHO")]
        by: Option<String>,
        #[arg(long, value_name = "WORDS")]
        text: Option<String>,
    },
    /// Move an item to another number.
    Move {
        #[arg(value_name = "G1.gj")]
        meeting: String,
        #[arg(value_name = "ITEM")]
        item: String,
        #[arg(long, value_name = "N")]
        to: usize,
    },
    /// Take items off the agenda.
    Drop {
        #[arg(value_name = "G1.gj")]
        meeting: String,
        #[arg(value_name = "ITEM", required = true)]
        items: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Attend {
    #[arg(value_name = "G1.gj")]
    meeting: String,
    /// Members; they were there unless said.
    #[arg(value_name = "TOKEN", conflicts_with_all = ["from", "make"])]
    members: Vec<String>,
    /// They said that they will come.
    #[arg(long, conflicts_with_all = ["declined", "absent", "late", "left", "seat", "from", "make"])]
    accepted: bool,
    /// They said that they will not.
    #[arg(long, conflicts_with_all = ["absent", "late", "left", "seat", "from", "make"])]
    declined: bool,
    /// They were not there.
    #[arg(long, conflicts_with_all = ["late", "left", "seat", "from", "make"])]
    absent: bool,
    /// They came late, at this time.
    #[arg(long, value_name = "14:20")]
    late: Option<String>,
    /// They left before the end, at this time.
    #[arg(long, value_name = "15:30")]
    left: Option<String>,
    /// The member of their group in whose place they were there.
    #[arg(long = "for", value_name = "TOKEN")]
    seat: Option<String>,
    /// Take a grid in that was filled in: csv, xlsx or ods.
    #[arg(long, value_name = "FILE", conflicts_with = "make")]
    from: Option<PathBuf>,
    /// Write the grid into this file, to be filled in: csv or xlsx.
    #[arg(long, value_name = "FILE")]
    make: Option<PathBuf>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { title, says } => {
            let done = act::add(&mut project, &says.entry(Some(title.clone())))?;
            let id = &done.answer;
            confirm(context, &done, &format!("planned {id} '{}'", title.trim()), json!({ "id": id }));
            if !done.rehearsal {
                context.ui.say(&format!("then its agenda: realist meeting item add {id} U1.gj --minutes 30 --by gj"));
            }
        }
        Command::Edit { meeting, title, says } => {
            let done = act::edit(&mut project, &meeting, &says.entry(title))?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
        }
        Command::List => return shown::list(context, &project),
        Command::Show { meeting } => shown::show(context, &act::look(&project, &meeting)?),
        Command::Item { command } => item(command, context, &mut project)?,
        Command::Round { meeting, rounds, drop } => {
            let done = act::hold(&mut project, &meeting, &rounds, drop)?;
            let verb = if drop { "not held in it any more" } else { "held in it" };
            let said = format!("{}: {}", verb, rounds.join(", "));
            confirm(context, &done, &said, json!({ "rounds": done.answer }));
        }
        Command::Attend(wanted) => return attendance(context, &mut project, wanted),
        Command::Ready { meeting } => return issue::ready(context, &project, meeting.as_deref()),
        Command::Issue(wanted) => return issue::run(context, &mut project, wanted),
        Command::Changed { meeting } => return issue::changed(context, &project, meeting.as_deref()),
        Command::Sent(wanted) => return issue::sent(context, &project, wanted),
        Command::Record(wanted) => return record::run(context, &mut project, wanted),
    }
    Ok(Exit::Done)
}

fn item(command: Item, context: &Context, project: &mut Project) -> Result<()> {
    match command {
        Item::Add { meeting, what, minutes, by, at } => {
            let wish = |what: &String| agenda::Wish { what: Some(what.clone()), minutes, by: by.clone() };
            let done = agenda::add(project, &meeting, &what.iter().map(wish).collect::<Vec<_>>(), at)?;
            confirm(context, &done, &format!("on the agenda: {}", what.join(", ")), json!({ "items": done.answer }));
            fits(context, project, &meeting)?;
        }
        Item::Set { meeting, item, minutes, by, text } => {
            let wish = agenda::Wish { what: text, minutes, by };
            let done = agenda::set(project, &meeting, &item, &wish)?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "item": done.answer }));
            fits(context, project, &meeting)?;
        }
        Item::Move { meeting, item, to } => {
            let done = agenda::shift(project, &meeting, &item, to)?;
            confirm(context, &done, &format!("moved {} to {to}", done.answer), json!({ "item": done.answer }));
        }
        Item::Drop { meeting, items } => {
            let done = agenda::drop(project, &meeting, &items)?;
            let said = format!("took {} off the agenda", done.answer.join(", "));
            confirm(context, &done, &said, json!({ "items": done.answer }));
        }
    }
    Ok(())
}

/// Whether the agenda fits the time there is.
fn fits(context: &Context, project: &Project, meeting: &str) -> Result<()> {
    let held = act::find(project, meeting)?;
    let (minutes, unsaid) = agenda::length(&agenda::lines(project, &held));
    let unsaid = if unsaid > 0 { format!(", and {} without", counted(unsaid, "item")) } else { String::new() };
    context.ui.say(&match held.minutes {
        Some(slot) if minutes > slot => format!("{minutes} minutes{unsaid}: {} more than there are", minutes - slot),
        Some(slot) => format!("{minutes} of {slot} minutes{unsaid}"),
        None => format!("{minutes} minutes{unsaid}"),
    });
    Ok(())
}

fn attendance(context: &Context, project: &mut Project, wanted: Attend) -> Result<Exit> {
    if let Some(file) = &wanted.make {
        return make_grid(context, project, &wanted.meeting, file);
    }
    let wishes = match &wanted.from {
        Some(file) => attend::read(project, file)?,
        None => wishes(&wanted)?,
    };
    if wishes.is_empty() {
        shown::attendance(context, &act::look(project, &wanted.meeting)?);
        return Ok(Exit::Done);
    }
    let done = attend::attend(project, &wanted.meeting, &wishes)?;
    let said = if done.answer.is_empty() { "noted before".to_owned() } else { format!("noted {}", done.answer.join(", ")) };
    confirm(context, &done, &said, json!({ "tokens": done.answer }));
    let held = act::find(project, &wanted.meeting)?;
    if let Some(note) = attend::too_early(project, &held, &wishes) {
        context.ui.diagnostic(&note);
    }
    let groups = attend::present(project, &held);
    if !groups.is_empty() && !done.rehearsal {
        let groups: Vec<String> = groups.iter().map(|(group, n)| format!("{group} {n}")).collect();
        context.ui.say(&format!("there: {}", groups.join(", ")));
    }
    Ok(Exit::Done)
}

fn wishes(wanted: &Attend) -> Result<Vec<attend::Wish>> {
    let says = wanted.accepted || wanted.declined || wanted.absent;
    let times = wanted.late.is_some() || wanted.left.is_some() || wanted.seat.is_some();
    if wanted.members.is_empty() && (says || times) {
        return Err(fault("no-member", "of whom?").hint("realist meeting attend G1.gj su1 su2 --late 14:20"));
    }
    if wanted.seat.is_some() && wanted.members.len() > 1 {
        return Err(fault("seat-taken", "only one member comes in another's place"));
    }
    let reply = [(wanted.accepted, Reply::Accepted), (wanted.declined, Reply::Declined)];
    let reply = reply.into_iter().find(|(said, _)| *said).map(|(_, reply)| reply);
    let there = if wanted.absent { Some(false) } else { reply.is_none().then_some(true) };
    let wish = |member: &String| attend::Wish {
        member: member.clone(),
        reply,
        there,
        late: wanted.late.clone(),
        left: wanted.left.clone(),
        r#for: wanted.seat.clone(),
    };
    Ok(wanted.members.iter().map(wish).collect())
}

fn make_grid(context: &Context, project: &Project, meeting: &str, file: &Path) -> Result<Exit> {
    put(context, project, file, attend::grid(project, meeting, Form::of_file(file)?)?)?;
    Ok(Exit::Done)
}

/// Writes a file of the team's own through the gate, and says so.
fn put(context: &Context, project: &Project, file: &Path, bytes: Vec<u8>) -> Result<()> {
    let name = file.display().to_string();
    output::file(project, Audience::Team, file, bytes)?;
    let said = if context.surroundings.rehearsal { "dry run: nothing was written".to_owned() } else { format!("wrote {name}") };
    context.ui.answer(&said, &json!({ "file": name }));
    Ok(())
}
