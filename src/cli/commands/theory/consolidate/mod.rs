//! `realist theory consolidate`: proposals, cards, the team's own groups, and what was decided.

mod ask;
mod sheet;
mod shown;

use crate::act::consolidate::cards::{self, Form};
use crate::act::consolidate::ruling::{self, Settled};
use crate::act::consolidate::{self as act, Wish, own};
use crate::act::output;
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, read_input, word};
use crate::cli::ui::Exit;
use crate::consolidate::Relation;
use crate::diagnostic::{Result, fault};
use crate::grouping::Verdict;
use crate::participant::Audience;
use crate::project::{Done, Project};
use crate::table::Table;
use serde_json::{Value, json};
use std::path::Path;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Least likeness of what is proposed, 0 to 1.
    #[arg(long, value_name = "0.3")]
    least: Option<f64>,
    /// Only statements of this component, by name or label.
    #[arg(long, value_name = "K1.gj")]
    component: Option<String>,
    /// Only duplicate, related or rival_candidate; may be repeated.
    #[arg(long, value_name = "RELATION", value_parser = word::<Relation>)]
    only: Vec<Relation>,
    /// Proposals to show.
    #[arg(long, short = 'N', default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Show every proposal.
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    #[command(flatten)]
    instead: Instead,
    /// Where --to goes; standard output unless said.
    #[arg(long, value_name = "FILE", requires = "to")]
    out: Option<String>,
}

/// One thing at a time.
#[derive(Debug, clap::Args)]
#[group(multiple = false)]
struct Instead {
    /// Cards of the statements, to print and cut out (docx, html) or to sort in a spreadsheet (csv).
    #[arg(long, value_name = "FORMAT", value_parser = word::<Form>)]
    to: Option<Form>,
    /// Take in the team's own groups: csv with the columns statement and group, as the cards have them.
    #[arg(long, value_name = "FILE")]
    groups: Option<String>,
    /// Show proposals although the team sorts by hand first; it is recorded that they were seen.
    #[arg(long)]
    look: bool,
    /// Write the proposals as a sheet for a meeting, one row a statement, with columns to fill in.
    #[arg(long, value_name = "FILE.csv")]
    sheet: Option<String>,
    /// Carry out a filled-in sheet, as one step to undo; look first with --dry-run.
    #[arg(long, value_name = "FILE.csv")]
    decide: Option<String>,
    /// Go through the proposals one by one, here.
    #[arg(long)]
    ask: bool,
    /// What was said of groups: accepted, refused, sorted by hand.
    #[arg(long)]
    ruled: bool,
    /// Take back what was said of a group, by its label.
    #[arg(long, value_name = "GR1.gj")]
    take_back: Option<String>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let wish = Wish { least: arguments.least, component: arguments.component.clone(), only: arguments.only.clone() };
    let instead = &arguments.instead;
    if let Some(form) = instead.to {
        return print_cards(context, form, &arguments);
    }
    if let Some(file) = &instead.groups {
        return take_groups(context, file);
    }
    if let Some(file) = &instead.sheet {
        return sheet::make(context, &wish, file);
    }
    if let Some(file) = &instead.decide {
        let rows = sheet::read(&read_input(file)?, file)?;
        let done = ruling::apply(&mut context.open()?, &rows)?;
        tell(context, &done);
        return Ok(Exit::Done);
    }
    if instead.ask {
        return ask::run(context, &wish);
    }
    if instead.ruled {
        return list_ruled(context);
    }
    if let Some(label) = &instead.take_back {
        let done = act::take_back(&mut context.open()?, label)?;
        confirm(context, &done, &format!("took back {}; it may be proposed again", done.answer), json!({ "id": done.answer }));
        return Ok(Exit::Done);
    }
    let mut project = context.open()?;
    if instead.look {
        let done = act::look_first(&mut project)?;
        if done.answer && !done.rehearsal {
            context.ui.say("recorded that proposals were seen before the team's own groups");
        }
    }
    let look = act::look(&project, &wish)?;
    shown::list(context, &look, if arguments.all { usize::MAX } else { arguments.limit });
    Ok(Exit::Done)
}

fn print_cards(context: &Context, form: Form, arguments: &Arguments) -> Result<Exit> {
    let project = context.open()?;
    let (bytes, number) = cards::make(&project, form, arguments.component.as_deref())?;
    let Some(file) = arguments.out.as_deref().filter(|out| *out != "-") else {
        if form == Form::Docx {
            return Err(fault("no-text", "a Word document cannot be shown here").hint("name a file: --out cards.docx"));
        }
        context.ui.exact(&String::from_utf8_lossy(&bytes));
        return Ok(Exit::Done);
    };
    let after = keep(context, &project, file, &bytes)?;
    context.ui.answer(&format!("{file}: {}{after}", counted(number, "card")), &json!({ "file": file, "cards": number }));
    Ok(Exit::Done)
}

/// Writes a file that is not there, or says the same.
fn keep(context: &Context, project: &Project, file: &str, bytes: &[u8]) -> Result<&'static str> {
    let path = Path::new(file);
    if crate::disk::holds_else(path, bytes) {
        return Err(fault("file-exists", format!("{file} is there and says something else"))
            .hint("it may be filled in: name another file, or put that one away"));
    }
    output::file(project, Audience::Team, path, bytes.to_vec())?;
    Ok(if context.surroundings.rehearsal { " (dry run: nothing was written)" } else { "" })
}

fn take_groups(context: &Context, file: &str) -> Result<Exit> {
    let cards = sheet::read_cards(&read_input(file)?, file)?;
    let done = own::enter(&mut context.open()?, &cards)?;
    let members: usize = done.answer.iter().map(|one| one.members).sum();
    let groups: Vec<Value> = done
        .answer
        .iter()
        .map(|one| json!({ "id": one.id, "name": one.name, "members": one.members, "unchanged": one.unchanged }))
        .collect();
    let sentence = format!("{} of {}", counted(done.answer.len(), "group"), counted(members, "statement"));
    confirm(context, &done, &sentence, json!({ "groups": groups }));
    Ok(Exit::Done)
}

fn tell(context: &Context, done: &Done<Vec<Settled>>) {
    let total = |of: fn(&Settled) -> &Vec<String>| done.answer.iter().map(|one| of(one).len()).sum::<usize>();
    let parts = [
        (total(|one| &one.merged), "merged"),
        (total(|one| &one.feeds), "feeding"),
        (total(|one| &one.accepted), "kept as groups"),
        (total(|one| &one.rejected), "rejected"),
    ];
    let told: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| format!("{number} {what}")).collect();
    let sentence = format!("{}: {}", counted(done.answer.len(), "proposal"), told.join(", "));
    confirm(context, done, &sentence, json!({ "settled": done.answer.iter().map(shown::settled_json).collect::<Vec<_>>() }));
    for one in &done.answer {
        if let Some(parent) = &one.parent {
            let from: Vec<&str> = one.merged.iter().chain(&one.feeds).map(String::as_str).collect();
            context.ui.say(&format!("{parent} now speaks for {}", from.join(", ")));
        }
        for loose in &one.loose {
            context.ui.say(&format!("look at {loose}: it names a statement that was merged"));
        }
    }
}

fn list_ruled(context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let mut table = Table::with(&[
        ("id", "Id"),
        ("verdict", "Said"),
        ("relation", "As"),
        ("name", "Name"),
        ("statements", "Statements"),
        ("reason", "Why"),
        ("by", "By"),
    ]);
    for verdict in Verdict::ALL {
        for one in act::ruled(&project, *verdict) {
            let members: Vec<String> = one.members.iter().map(|member| project.label(member.statement)).collect();
            table.push(vec![
                project.label(one.id).into(),
                one.verdict.word().into(),
                one.relation.map(|relation| relation.word().replace('_', " ")).into(),
                one.name.into(),
                members.join(" ").into(),
                one.reason.into(),
                one.author.into(),
            ]);
        }
    }
    context.ui.list(&table, &table.to_json());
    Ok(Exit::Done)
}
