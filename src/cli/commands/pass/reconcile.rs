//! `realist pass reconcile`: what coders of a closed pass differ on, and what they settle on.

use super::table::{self, print};
use super::walk::walk;
use crate::act::anchor::Spot;
use crate::act::pass::{self as act, Said, Shown, Told};
use crate::act::output;
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, read_input};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::pass::Verdict;
use crate::project::{Done, Project};
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").args(["keep", "drop", "code", "quote", "at"]).multiple(true))]
pub struct Arguments {
    #[arg(value_name = "BP1.gj")]
    pass: String,
    /// Number of a passage, as it is listed; with what is settled on.
    #[arg(value_name = "N", requires = "what")]
    item: Option<String>,
    /// The code stays, on all words that were coded.
    #[arg(long, requires = "item", conflicts_with_all = ["drop", "code", "quote", "at"])]
    keep: bool,
    /// The code goes.
    #[arg(long, requires = "item", conflicts_with_all = ["code", "quote", "at"])]
    drop: bool,
    /// Another code; with --quote or --at, on those words.
    #[arg(long, value_name = "CODE", requires = "item")]
    code: Option<String>,
    /// Other words: "first words ... last words".
    #[arg(long, value_name = "WORDS", requires = "item", conflicts_with = "at")]
    quote: Option<String>,
    /// Other turns: t14..17
    #[arg(long, value_name = "TURNS", requires = "item")]
    at: Option<String>,
    /// Why.
    #[arg(long, value_name = "REASON", requires = "what")]
    reason: Option<String>,
    /// Take over all on which every coder agreed: one step.
    #[arg(long, conflicts_with_all = ["item", "from", "to"])]
    agreed: bool,
    /// Write what is still open for a meeting: a CSV with columns for verdict, other code, other place and reason.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["item", "from"])]
    to: Option<PathBuf>,
    /// Read it back, filled in (- for standard input).
    #[arg(long, value_name = "FILE", conflicts_with = "item")]
    from: Option<String>,
    /// List every passage, also those settled; at a terminal, without it, those open are gone through one by one.
    #[arg(long)]
    list: bool,
}

pub fn run(arguments: Arguments, context: &Context, project: &mut Project) -> Result<Exit> {
    let pass = arguments.pass.clone();
    if arguments.agreed {
        return take_agreed(context, project, &pass);
    }
    if let Some(file) = &arguments.from {
        let said = table::read(&read_input(file)?, file)?;
        let done = act::settle(project, &pass, &said)?;
        return Ok(told(context, &done));
    }
    if let Some(item) = &arguments.item {
        let said = said(project, &arguments, item)?;
        let done = act::settle(project, &pass, &[said])?;
        return Ok(told(context, &done));
    }
    let (found, items) = act::find(project, &pass)?;
    let shown = act::show(project, &found.coders, &items)?;
    if let Some(file) = &arguments.to {
        return write(context, project, file, &shown);
    }
    if context.ui.has_person() && !context.ui.is_json() && !arguments.list {
        return one_by_one(context, project, &pass, &shown);
    }
    list(context, &shown, arguments.list, &pass);
    Ok(Exit::Done)
}

fn one_by_one(context: &Context, project: &mut Project, pass: &str, shown: &[Shown]) -> Result<Exit> {
    let open: Vec<&Shown> = shown.iter().filter(|one| one.is_open).collect();
    let settled = context.ui.converse(|answers, out| walk(context, project, pass, &open, answers, out))?;
    let left = counted(open.len() - settled, "passage");
    context.ui.answer(&format!("settled {settled}, {left} left"), &json!({ "settled": settled }));
    Ok(Exit::Done)
}

fn said(project: &Project, arguments: &Arguments, item: &str) -> Result<Said> {
    let verdict = match (arguments.keep, arguments.drop) {
        (true, _) => Verdict::Keep,
        (_, true) => Verdict::Drop,
        _ => Verdict::Other,
    };
    let words = (arguments.quote.as_deref(), arguments.at.as_deref());
    let spot = match words {
        (None, None) => None,
        (quote, at) => {
            let (_, items) = act::find(project, &arguments.pass)?;
            let found = items.iter().find(|one| one.number.to_string() == item || one.key == item);
            let document = found.map(|one| project.label(one.document)).unwrap_or_default();
            Some(Spot::parse(&document, at, quote)?)
        }
    };
    Ok(Said {
        item: item.to_owned(),
        verdict,
        code: arguments.code.clone(),
        spot,
        reason: arguments.reason.clone(),
    })
}

fn take_agreed(context: &Context, project: &mut Project, pass: &str) -> Result<Exit> {
    let done = act::take_agreed(project, pass)?;
    let (told, placeless) = &done.answer;
    let sentence = format!("took over {} on which all agreed", counted(told.len(), "passage"));
    let json = json!({ "settled": told.iter().map(as_json).collect::<Vec<_>>(), "no_place": placeless });
    confirm(context, &done, &sentence, json);
    if *placeless > 0 {
        let many = counted(*placeless, "passage");
        context.ui.say(&format!("{many} left: the words are no longer all in the text in force"));
    }
    Ok(Exit::Done)
}

fn told(context: &Context, done: &Done<Vec<Told>>) -> Exit {
    let was_so = done.answer.iter().filter(|one| one.was_so).count();
    let sentence = match done.answer.as_slice() {
        [one] => format!(
            "passage {}: {}{}",
            one.number,
            one.verdict,
            one.coding.as_ref().map(|coding| format!(", {coding}")).unwrap_or_default()
        ),
        all => format!("settled {}, {was_so} so already", counted(all.len() - was_so, "passage")),
    };
    let json = json!({ "settled": done.answer.iter().map(as_json).collect::<Vec<_>>() });
    confirm(context, done, &sentence, json);
    Exit::Done
}

fn as_json(one: &Told) -> serde_json::Value {
    json!({ "item": one.number, "verdict": one.verdict, "coding": one.coding, "was_so": one.was_so })
}

fn write(context: &Context, project: &Project, file: &std::path::Path, shown: &[Shown]) -> Result<Exit> {
    if crate::disk::is_taken(file) {
        return Err(fault("file-exists", format!("{} is there, and may have been filled in", file.display()))
            .hint("name another file, or put that one away"));
    }
    let open: Vec<&Shown> = shown.iter().filter(|one| one.is_open).collect();
    output::file(project, Audience::Team, file, crate::render::csv::table(&table::sheet(&open)))?;
    let name = file.display().to_string();
    let after = if context.surroundings.rehearsal { " (dry run: nothing was written)" } else { "" };
    context.ui.answer(
        &format!("{name}: {} to settle{after}", counted(open.len(), "passage")),
        &json!({ "file": name, "passages": open.len() }),
    );
    context.ui.say("it holds participants' words: send it as you would send the transcript");
    Ok(Exit::Done)
}

fn list(context: &Context, shown: &[Shown], all: bool, pass: &str) {
    let wanted: Vec<&Shown> = shown.iter().filter(|one| all || one.is_open).collect();
    print(context, &wanted);
    let count = |is: &dyn Fn(&Shown) -> bool| shown.iter().filter(|one| is(one)).count();
    let (compared, open) = (count(&|one| one.accord.is_compared()), count(&|one| one.is_open));
    context.ui.say(&format!("{} of {} settled", compared - open, counted(compared, "passage")));
    let apart = shown.len() - compared;
    if apart > 0 {
        let many = counted(apart, "passage");
        context.ui.say(&format!("{many} left out: words were destroyed, or one coder alone counts there (--list shows them)"));
    }
    let rivals = count(&|one| !one.rivals.is_empty());
    if rivals > 0 {
        let many = counted(rivals, "passage");
        context.ui.say(&format!("{many} settled otherwise by two people unaware of each other: decide once more, by its number"));
    }
    let agreed = count(&|one| one.is_open && one.accord.is_agreed());
    if agreed > 0 {
        let many = counted(agreed, "open passage");
        context.ui.say(&format!("all coders agree on {many}: realist pass reconcile {pass} --agreed"));
    }
    if open > agreed {
        context.ui.say(&format!(
            "settle one: realist pass reconcile {pass} N --keep (or --drop, --code CODE, --quote WORDS) --reason 'why'"
        ));
        context.ui.say(&format!("or all at a meeting: realist pass reconcile {pass} --to FILE.csv, then --from FILE.csv"));
    }
}
