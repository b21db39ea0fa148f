//! `realist codebook`

mod exchange;
mod list;
mod show;
mod split;

use super::shared::{confirm, counted, word};
use crate::act::codebook as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::codebook::{CodeKind, Colour};
use crate::diagnostic::{Result, fault};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// All codes as a tree, with the number of codings.
    List,
    /// One code: definition, rules, examples with their words, and who changed what when.
    Show {
        /// Name, path (Relationship > Trust), further name or label.
        code: String,
    },
    /// Add a code, or a ready codebook.
    Add {
        #[arg(required_unless_present = "ready")]
        name: Option<String>,
        /// A codebook that comes with the tool, by its key (see: realist codebook ready); may be repeated.
        #[arg(long, value_name = "KEY", conflicts_with = "name")]
        ready: Vec<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// The codebooks that come with the tool.
    Ready,
    /// Change what is said of a code; its codings follow.
    Edit {
        /// Name or label.
        code: String,
        #[arg(long)]
        name: Option<String>,
        /// Keep it, but offer it no longer.
        #[arg(long)]
        retire: bool,
        /// Take a further name, a set or an example (CD3.gj) away again; may be repeated.
        #[arg(long, value_name = "WHAT")]
        without: Vec<String>,
        #[command(flatten)]
        fields: Fields,
    },
    /// Give a code another name; it is found by the old one too.
    Rename {
        code: String,
        name: String,
        /// Let the old name go: it was a slip.
        #[arg(long)]
        forget: bool,
    },
    /// Put a code below another, or at the top.
    Move {
        code: String,
        /// Code it is to stand below.
        #[arg(long, value_name = "CODE", required_unless_present = "top", conflicts_with = "top")]
        below: Option<String>,
        #[arg(long)]
        top: bool,
    },
    /// Merge codes into one: it takes over their codings, and they are retired.
    Merge {
        #[arg(required = true, value_name = "CODE")]
        codes: Vec<String>,
        /// Code that stays; it may be named among the others.
        #[arg(long, value_name = "CODE")]
        into: String,
    },
    /// Send some of a code's codings to other codes; the rest stays.
    Split(split::Arguments),
    /// Keep codes with their codings, and offer them no longer.
    Retire {
        #[arg(required = true, value_name = "CODE")]
        codes: Vec<String>,
    },
    /// Offer a retired code again.
    Revive { code: String },
    /// Write the codebook for another program: csv, xlsx, qdc (REFI-QDA), md, toml.
    Export(exchange::Export),
    /// Take a codebook in: csv, xlsx, qdc (REFI-QDA), md, toml. Twice changes nothing.
    Import(exchange::Import),
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// Code it stands below.
    #[arg(long)]
    parent: Option<String>,
    /// descriptive, cmo_part, component or appraisal.
    #[arg(long, value_parser = word::<CodeKind>)]
    kind: Option<CodeKind>,
    /// As in #33cc99.
    #[arg(long)]
    colour: Option<Colour>,
    /// It gathers other codes and is not put on passages: yes or no.
    #[arg(long, value_name = "YES", value_parser = yes_or_no)]
    heading: Option<bool>,
    #[arg(long)]
    definition: Option<String>,
    /// When to use it.
    #[arg(long)]
    include: Option<String>,
    /// When not to.
    #[arg(long)]
    exclude: Option<String>,
    /// Where the definition comes from: a reference.
    #[arg(long)]
    source: Option<String>,
    /// What to ask of a source that may have it.
    #[arg(long)]
    question: Option<String>,
    /// A further name it is found by; may be repeated.
    #[arg(long = "alias", value_name = "NAME")]
    aliases: Vec<String>,
    /// A set it belongs to across the tree; may be repeated.
    #[arg(long = "set", value_name = "NAME")]
    sets: Vec<String>,
    /// A coding that shows it at its clearest; may be repeated.
    #[arg(long = "example", value_name = "CD3.gj")]
    examples: Vec<String>,
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("say yes or no".to_owned()),
    }
}

fn entry(name: Option<String>, retired: Option<bool>, without: Vec<String>, fields: Fields) -> act::Entry {
    let Fields {
        parent, kind, colour, heading, definition, include, exclude, source, question, aliases, sets, examples,
    } = fields;
    act::Entry {
        name,
        parent,
        kind,
        colour,
        heading,
        definition,
        include,
        exclude,
        source,
        question,
        retired,
        aliases,
        sets,
        examples,
        without,
    }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    if matches!(arguments.command, Command::Ready) {
        return exchange::ready(context);
    }
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::Ready => return exchange::ready(context),
        Command::List => {
            list::list(context, &project);
            return Ok(Exit::Done);
        }
        Command::Show { code } => return show::show(context, &project, &code),
        Command::Split(wish) => return split::split(context, &mut project, wish),
        Command::Export(wish) => return exchange::export(context, &project, &wish),
        Command::Import(wish) => return exchange::import(context, &mut project, &wish),
        Command::Add { ready, .. } if !ready.is_empty() => return exchange::add_ready(context, &mut project, &ready),
        Command::Add { name, fields, .. } => (act::add(&mut project, &entry(name, None, Vec::new(), fields))?, "added"),
        Command::Edit { code, name, retire, without, fields } => {
            let entry = entry(name, retire.then_some(true), without, fields);
            (act::edit(&mut project, &code, &entry)?, "changed")
        }
        Command::Rename { code, name, forget } => (act::place::rename(&mut project, &code, &name, forget)?, "renamed"),
        Command::Move { code, below, top } => {
            if below.is_none() && !top {
                return Err(fault("no-place", "where to?").hint("--below CODE, or --top"));
            }
            (act::place::move_below(&mut project, &code, below.as_deref())?, "moved")
        }
        Command::Revive { code } => (act::place::revive(&mut project, &code)?, "revived"),
        Command::Retire { codes } => {
            let done = act::place::retire(&mut project, &codes)?;
            confirm(context, &done, &format!("retired {}", done.answer.join(", ")), json!({ "ids": done.answer }));
            return Ok(Exit::Done);
        }
        Command::Merge { codes, into } => {
            let done = act::merge::merge(&mut project, &codes, &into)?;
            let merged = &done.answer;
            let folded = if merged.folded > 0 { format!(", {} said twice", counted(merged.folded, "coding")) } else { String::new() };
            let moved = counted(merged.moved, "coding");
            let sentence = format!("merged {} into {}: {moved} moved{folded}", merged.retired.join(", "), merged.into);
            confirm(context, &done, &sentence, json!({
                "id": merged.into, "retired": merged.retired, "moved": merged.moved, "folded": merged.folded,
            }));
            return Ok(Exit::Done);
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}
