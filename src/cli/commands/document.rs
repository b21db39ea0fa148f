//! `realist document`

pub mod passages;
mod show;

use super::colleague;
use super::shared::{confirm, word};
use crate::act;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::id::Kind;
use crate::language::Language;
use crate::project::Project;
use crate::report::listing;
use crate::strand::SourceKind;
use crate::table::Table;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// All documents.
    List {
        /// Write the list to this file; its ending says the format: xlsx, csv, html, docx, md, json.
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
    },
    /// What is known of one: source, text versions, speakers, how its table was read.
    Show {
        #[arg(value_name = "D1.gj")]
        document: String,
    },
    /// The text layer as it stands.
    Text {
        #[arg(value_name = "D1.gj")]
        document: String,
    },
    /// Numbered turns for a colleague: docx to comment on, or xlsx to type into.
    Export(colleague::Export),
    /// Take in what a colleague wrote beside the words: #code codes them, "If ..." is a draft statement that
    /// they speak for, anything else is a memo. The same file twice adds nothing; look first with --dry-run.
    Comments(colleague::Comments),
    /// Correct title, kind, source, language or a speaker's role.
    Set {
        #[arg(value_name = "D1.gj")]
        document: String,
        #[arg(long)]
        title: Option<String>,
        #[arg(long, value_parser = word::<SourceKind>)]
        kind: Option<SourceKind>,
        /// Put it under this source.
        #[arg(long, value_name = "S1.gj")]
        source: Option<String>,
        /// Language of its words, by name or code: French, fr.
        #[arg(long, value_parser = word::<Language>)]
        language: Option<Language>,
        /// "Ana=participant"; may be repeated. Makes a new text version; codings stay where they are.
        #[arg(long = "role", value_name = "LABEL=ROLE")]
        roles: Vec<String>,
    },
    /// Prove that every coded passage still says what it said; list what a correction left open.
    Verify {
        #[arg(value_name = "D1.gj")]
        documents: Vec<String>,
    },
    /// Carry what still stands on a former text (a colleague's codings, say) over to the corrected one.
    Carry {
        #[arg(value_name = "D1.gj")]
        documents: Vec<String>,
    },
    /// Confirm passages that were carried over to words that differ a little, or put one on other words.
    Confirm {
        /// Links, codings, memos; or a document, for all of its.
        #[arg(required = true, value_name = "E4.gj")]
        things: Vec<String>,
        /// The right words: "first words ... last words".
        #[arg(long, value_name = "WORDS")]
        quote: Option<String>,
        /// The right turns: t14..17
        #[arg(long, value_name = "TURNS", conflicts_with = "quote")]
        at: Option<String>,
    },
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    match arguments.command {
        Command::List { out } => list(context, &project, out.as_deref()),
        Command::Show { document } => show::run(context, &project, &document),
        Command::Text { document } => text(context, &project, &document),
        Command::Export(arguments) => colleague::export(context, &project, &arguments),
        Command::Comments(arguments) => colleague::take(context, &mut project, arguments),
        Command::Set { document, title, kind, source, language, roles } => {
            let roles = roles.iter().map(|typed| super::import::role(typed)).collect::<Result<_>>()?;
            let changes = act::document::Changes { title, kind, source, language, roles };
            let done = act::document::set(&mut project, &document, &changes)?;
            confirm(context, &done, &format!("changed {}", done.answer), json!({ "id": done.answer }));
            Ok(Exit::Done)
        }
        Command::Verify { documents } => passages::verify(context, &project, &documents),
        Command::Carry { documents } => passages::carry(context, &mut project, &documents),
        Command::Confirm { things, quote, at } => {
            passages::confirm(context, &mut project, &things, at.as_deref(), quote.as_deref())
        }
    }
}

fn list(context: &Context, project: &Project, out: Option<&str>) -> Result<Exit> {
    let mut documents = project.state().all::<Document>();
    documents.sort_by_key(|document| (project.state().label_of(document.id), document.id));
    let mut table = Table::with(&[
        ("id", "Id"),
        ("title", "Title"),
        ("kind", "Kind"),
        ("source", "Source"),
        ("format", "Format"),
        ("language", "Language"),
        ("units", "Units"),
        ("turns", "Turns"),
        ("words", "Words"),
        ("speakers", "Speakers"),
    ]);
    let mut rows = Vec::new();
    for document in &documents {
        let version = document.versions.get(&document.version);
        let header = project.header(document)?;
        let speakers: Vec<String> =
            header.map(|header| header.speakers.iter().map(|speaker| speaker.label.clone()).collect()).unwrap_or_default();
        let (units, turns, words) = version.map_or((0, 0, 0), |version| (version.units, version.turns, version.words));
        let title = if document.purged { "(purged)".to_owned() } else { project.title(document) };
        let (id, source) = (project.label(document.id), project.label(document.source));
        table.push(vec![
            id.as_str().into(),
            title.as_str().into(),
            document.kind.title().into(),
            source.as_str().into(),
            document.format.as_str().into(),
            document.language.name().into(),
            units.into(),
            turns.into(),
            words.into(),
            speakers.join(", ").into(),
        ]);
        let mut row = json!({
            "id": id, "title": title, "kind": document.kind, "source": source,
            "format": document.format, "language": document.language, "turns": turns, "words": words, "speakers": speakers,
        });
        let labels = project.state().labels_of(document.id);
        if labels.len() > 1 {
            row["also"] = json!(labels[1..].iter().map(ToString::to_string).collect::<Vec<_>>());
        }
        rows.push(row);
    }
    if let Some(file) = out {
        let rule = super::shared::counted(documents.len(), "document");
        let listing = listing::make("documents", "Documents", &rule, table, Value::Array(rows));
        super::paper::put_and_say(context, project, &listing, file)?;
        return Ok(Exit::Done);
    }
    if context.ui.format() == Format::Table {
        // `document show` has them.
        table.drop_columns(&["source", "format", "units"]);
    }
    context.ui.list(&table, &Value::Array(rows));
    Ok(Exit::Done)
}

fn text(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = act::resolve::find(project, Kind::Document, typed)?;
    let document: Document = act::resolve::read(project, id)?;
    if document.purged {
        return Err(fault("purged", format!("the text of {} was destroyed on purpose", project.label(id)))
            .hint("`realist log` says when and by whom; what stood on it is kept and reads 'purged'"));
    }
    let shards = document.shards();
    for number in 0..shards {
        let shard = project.shard(&document, &document.version, number)?.ok_or_else(|| {
            fault("text-missing", format!("the text of {} is not on this computer", project.label(id)))
        })?;
        context.ui.exact(&shard.text);
        if number + 1 < shards {
            context.ui.exact("\n");
        }
    }
    Ok(Exit::Done)
}
