//! `realist code`

use super::columns;
use super::shared::{confirm, counted, excerpt, marked, optional, read_input, required, rows, spot};
use crate::act::anchor::Spot;
use crate::act::code::{self as act, Wish};
use crate::act::{self as acts, resolve};
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
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
    /// Put codes on a passage.
    Add {
        /// Document, or a place in it: D3.gj, D3.gj/12, D3.gj/12..15, D3.gj@1:1024-1101
        #[arg(value_name = "D1.gj", required_unless_present = "from")]
        place: Option<String>,
        /// Turns: t14..17
        #[arg(value_name = "TURNS")]
        range: Option<String>,
        /// Words of the passage; "first words ... last words" is enough.
        #[arg(long, value_name = "WORDS")]
        quote: Option<String>,
        /// Name or label of a code; may be repeated.
        #[arg(long = "code", value_name = "CODE")]
        codes: Vec<String>,
        #[arg(long)]
        memo: Option<String>,
        /// Many at once, from CSV or JSON Lines (- for standard input): document, code, and quote or passage.
        #[arg(long, value_name = "FILE", conflicts_with_all = ["place", "quote", "codes"])]
        from: Option<String>,
    },
    /// Codings, by document.
    List {
        #[arg(long)]
        code: Option<String>,
        #[arg(long, value_name = "D1.gj")]
        document: Option<String>,
        /// Tag of a coder.
        #[arg(long = "by", value_name = "TAG")]
        by: Option<String>,
        /// Only those that a search made and nobody has read yet.
        #[arg(long)]
        unread: bool,
    },
    /// Say that codings made by a search were read and stand: these, or all unread ones of a code or document.
    Confirm {
        #[arg(value_name = "CD1.gj", required_unless_present_any = ["code", "document"])]
        codings: Vec<String>,
        #[arg(long)]
        code: Option<String>,
        #[arg(long, value_name = "D1.gj")]
        document: Option<String>,
    },
    /// Take codings off.
    Remove {
        #[arg(required = true, value_name = "CD1.gj")]
        codings: Vec<String>,
        #[arg(long)]
        reason: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::Add { place, range, quote, codes, memo, from } => {
            let wishes = match (from, place) {
                (Some(file), _) => wishes(&read_input(&file)?, &file)?,
                (None, Some(place)) => {
                    vec![Wish { codes, spot: Spot::parse(&place, range.as_deref(), quote.as_deref())?, memo }]
                }
                (None, None) => return Err(fault("no-words", "which passage?").hint("realist code add D3.gj t14 --code trust")),
            };
            add(context, &mut project, &wishes)
        }
        Command::List { code, document, by, unread } => {
            list(context, &project, code.as_deref(), document.as_deref(), by.as_deref(), unread)
        }
        Command::Confirm { codings, code, document } => {
            let ids = chosen(&project, &codings, code.as_deref(), document.as_deref())?;
            let done = act::confirm(&mut project, &ids)?;
            confirm(context, &done, &format!("confirmed {}", counted(done.answer.len(), "coding")), json!({ "ids": done.answer }));
            Ok(Exit::Done)
        }
        Command::Remove { codings, reason } => {
            let done = act::remove(&mut project, &codings, reason.as_deref())?;
            confirm(context, &done, &format!("removed {}", done.answer.join(", ")), json!({ "ids": done.answer }));
            Ok(Exit::Done)
        }
    }
}

fn wishes(text: &str, name: &str) -> Result<Vec<Wish>> {
    rows(text, name, columns::CODE)?
        .iter()
        .enumerate()
        .map(|(number, row)| {
            let code = required(row, "code", number + 1)?;
            let codes = code.split(';').map(|one| one.trim().to_owned()).collect();
            let spot = spot(row, number + 1)?;
            Ok(Wish { codes, spot, memo: optional(row, "memo").map(str::to_owned) })
        })
        .collect()
}

fn add(context: &Context, project: &mut Project, wishes: &[Wish]) -> Result<Exit> {
    let done = act::add(project, wishes)?;
    told(context, &done);
    Ok(Exit::Done)
}

fn told(context: &Context, done: &Done<Vec<act::Coded>>) {
    let added = done.answer.iter().filter(|one| !one.was_there).count();
    let there = done.answer.len() - added;
    let ids: Vec<&str> = done.answer.iter().map(|one| one.id.as_str()).collect();
    let sentence = match done.answer.as_slice() {
        [one] if one.was_there => format!("{} was there already: {} on {}", one.id, one.code, one.place),
        [one] => format!("{}: {} on {} ({}) “{}”", one.id, one.code, one.place, one.passage, excerpt(&one.text, 70)),
        _ if there > 0 => format!("added {}, {there} there already", counted(added, "coding")),
        _ => format!("added {}", counted(added, "coding")),
    };
    let passages: Vec<&str> = done.answer.iter().map(|one| one.passage.as_str()).collect();
    let places: Vec<&str> = done.answer.iter().map(|one| one.place.as_str()).collect();
    let json = if ids.len() > 1000 {
        json!({ "added": added, "there": there })
    } else {
        json!({ "ids": ids, "passages": passages, "places": places, "added": added, "there": there })
    };
    confirm(context, done, &sentence, json);
}

/// Codings named, or all unread ones of a code or document.
fn chosen(project: &Project, codings: &[String], code: Option<&str>, document: Option<&str>) -> Result<Vec<Id>> {
    if !codings.is_empty() {
        return codings.iter().map(|typed| resolve::find(project, Kind::Coding, typed)).collect();
    }
    let code = code.map(|typed| resolve::code(project, typed)).transpose()?;
    let document = document.map(|typed| resolve::find(project, Kind::Document, typed)).transpose()?;
    let fits = |one: &Coding| {
        one.unread && code.is_none_or(|code| one.code == code) && document.is_none_or(|it| one.anchor.document == it)
    };
    Ok(project.state().all::<Coding>().into_iter().filter(fits).map(|one| one.id).collect())
}

/// Codes what was found, and says so; in a dry run also where.
pub(super) fn found(context: &Context, project: &mut Project, spots: Vec<Spot>, codes: &[String]) -> Result<Exit> {
    const SHOWN: usize = 20;
    if spots.is_empty() {
        context.ui.say("nothing was found, and nothing coded");
        return Ok(Exit::negative_if(true));
    }
    let wish = |spot| Wish { codes: codes.to_vec(), spot, memo: None };
    let done = act::add_unread(project, &spots.into_iter().map(wish).collect::<Vec<_>>())?;
    if done.rehearsal && !context.ui.is_json() {
        let mut table = Table::with(&[("passage", "Passage"), ("code", "Code"), ("text", "Words"), ("result", "Result")]);
        for one in done.answer.iter().take(SHOWN) {
            let result = if one.was_there { "there already" } else { "new" };
            let words = excerpt(&one.text, 70);
            table.push(vec![one.place.as_str().into(), one.code.as_str().into(), words.into(), result.into()]);
        }
        context.ui.list(&table, &table.to_json());
        let more = done.answer.len().saturating_sub(SHOWN);
        if more > 0 {
            context.ui.say(&format!("and {more} more"));
        }
    }
    told(context, &done);
    if !done.rehearsal {
        context.ui.say("they count as unread until read and confirmed: realist code list --unread, realist code confirm");
    }
    Ok(Exit::Done)
}

fn list(
    context: &Context,
    project: &Project,
    code: Option<&str>,
    document: Option<&str>,
    by: Option<&str>,
    unread: bool,
) -> Result<Exit> {
    let code = code.map(|typed| resolve::code(project, typed)).transpose()?;
    let document = document.map(|typed| resolve::find(project, Kind::Document, typed)).transpose()?;
    let mut codings = project.state().all::<Coding>();
    let all = codings.len();
    codings.retain(|coding| {
        code.is_none_or(|code| coding.code == code)
            && document.is_none_or(|document| coding.anchor.document == document)
            && by.is_none_or(|by| coding.coder == by)
            && (coding.unread || !unread)
    });
    codings.sort_by(|a, b| {
        let place = |one: &Coding| (project.state().label_of(one.anchor.document), one.anchor.row, one.anchor.hull());
        place(a).cmp(&place(b)).then(a.id.cmp(&b.id))
    });
    let lookup = project.lookup();
    let names: std::collections::BTreeMap<_, _> =
        project.state().all::<Code>().into_iter().map(|code| (code.id, code.name)).collect();
    let mut table = Table::with(&[
        ("id", "Id"),
        ("code", "Code"),
        ("coder", "Coder"),
        ("passage", "Passage"),
        ("text", "Words"),
    ]);
    let mut json = Vec::new();
    for coding in &codings {
        let quotation = project.quotation(&lookup, &coding.anchor)?;
        let passage = acts::anchor::show(project, &lookup, &coding.anchor);
        let at = match context.ui.format() {
            Format::Table => acts::anchor::for_people(project, &lookup, &coding.anchor, quotation.units),
            _ => passage.clone(),
        };
        let name = names.get(&coding.code).cloned().unwrap_or_else(|| project.label(coding.code));
        let id = project.label(coding.id);
        let words = match quotation.wholeness {
            crate::passage::Wholeness::Whole if context.ui.format() != Format::Table => quotation.text.clone(),
            crate::passage::Wholeness::Whole => excerpt(&quotation.text, 80),
            crate::passage::Wholeness::Purged => "(purged)".to_owned(),
            crate::passage::Wholeness::Stale => "(the text there has changed)".to_owned(),
            crate::passage::Wholeness::Missing => "(not on this computer)".to_owned(),
        };
        table.push(vec![
            id.as_str().into(),
            name.as_str().into(),
            coding.coder.as_str().into(),
            at.into(),
            if coding.unread { format!("(unread) {}", marked(coding.carried, &words)) } else { marked(coding.carried, &words) }.into(),
        ]);
        let memos: Vec<String> = acts::memo::on_coding(project, coding).into_iter().map(|memo| memo.text).collect();
        json.push(json!({
            "id": id, "code": name, "coder": coding.coder, "passage": passage,
            "memo": Some(memos.join("\n")).filter(|text| !text.is_empty()),
            "document": project.label(coding.anchor.document), "text": quotation.text, "state": quotation.wholeness, "carried": coding.carried, "unread": coding.unread,
        }));
    }
    context.ui.list(&table, &json!(json));
    context.ui.say(&format!("{} of {}", codings.len(), counted(all, "coding")));
    Ok(Exit::negative_if(codings.is_empty()))
}
