//! `realist codebook`

use super::shared::{confirm, excerpt, word};
use crate::act;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::codebook::{Code, CodeKind};
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::project::Project;
use crate::table::Table;
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
    /// Add a code.
    Add {
        name: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Change a code; its codings follow.
    Edit {
        /// Name or label.
        code: String,
        #[arg(long)]
        name: Option<String>,
        /// Keep it, but offer it no longer.
        #[arg(long)]
        retire: bool,
        #[command(flatten)]
        fields: Fields,
    },
}

#[derive(Debug, clap::Args)]
struct Fields {
    /// Code it stands below.
    #[arg(long)]
    parent: Option<String>,
    /// descriptive, cmo_part, component or appraisal.
    #[arg(long, value_parser = word::<CodeKind>)]
    kind: Option<CodeKind>,
    #[arg(long)]
    definition: Option<String>,
    /// When to use it.
    #[arg(long)]
    include: Option<String>,
    /// When not to.
    #[arg(long)]
    exclude: Option<String>,
}

fn entry(name: Option<String>, retired: Option<bool>, fields: Fields) -> act::codebook::Entry {
    let Fields { parent, kind, definition, include, exclude } = fields;
    act::codebook::Entry { name, parent, kind, definition, include, exclude, retired }
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let mut project = context.open()?;
    let (done, verb) = match arguments.command {
        Command::List => {
            list(context, &project);
            return Ok(Exit::Done);
        }
        Command::Add { name, fields } => (act::codebook::add(&mut project, &entry(Some(name), None, fields))?, "added"),
        Command::Edit { code, name, retire, fields } => {
            let entry = entry(name, retire.then_some(true), fields);
            (act::codebook::edit(&mut project, &code, &entry)?, "changed")
        }
    };
    confirm(context, &done, &format!("{verb} {}", done.answer), json!({ "id": done.answer }));
    Ok(Exit::Done)
}

fn list(context: &Context, project: &Project) {
    let codes = project.state().all::<Code>();
    let codings = project.state().all::<Coding>();
    let mut table = Table::with(&[
        ("id", "Id"),
        ("name", "Code"),
        ("parent", "Below"),
        ("kind", "Kind"),
        ("codings", "Codings"),
        ("definition", "Definition"),
    ]);
    let plain = context.ui.format() != Format::Table;
    if !plain {
        table.columns.remove(2);
    }
    let mut json = Vec::new();
    let mut walk: Vec<(Id, usize)> = children(&codes, None).into_iter().rev().map(|id| (id, 0)).collect();
    while let Some((id, depth)) = walk.pop() {
        let Some(code) = codes.iter().find(|code| code.id == id) else { continue };
        let count = codings.iter().filter(|coding| coding.code == id).count();
        let retired = if code.retired { " (retired)" } else { "" };
        let parent = code.parent.and_then(|parent| codes.iter().find(|code| code.id == parent));
        let name = if plain { code.name.clone() } else { format!("{}{}{retired}", "  ".repeat(depth), code.name) };
        let mut row = vec![
            project.label(id).into(),
            name.into(),
            parent.map(|parent| parent.name.clone()).into(),
            code.kind.word().into(),
            count.into(),
            code.definition.as_deref().map(|text| if plain { text.to_owned() } else { excerpt(text, 60) }).into(),
        ];
        if !plain {
            row.remove(2);
        }
        table.push(row);
        json.push(json!({
            "id": project.label(id), "name": code.name, "parent": code.parent.map(|id| project.label(id)),
            "kind": code.kind, "definition": code.definition, "include": code.include, "exclude": code.exclude,
            "retired": code.retired, "codings": count,
        }));
        walk.extend(children(&codes, Some(id)).into_iter().rev().map(|child| (child, depth + 1)));
    }
    context.ui.list(&table, &json!(json));
}

/// Codes below `parent`, by name. A code whose parent is gone stands at the top.
fn children(codes: &[Code], parent: Option<Id>) -> Vec<Id> {
    let known = |id: &Id| codes.iter().any(|code| code.id == *id);
    let mut found: Vec<&Code> = codes.iter().filter(|code| code.parent.filter(known) == parent).collect();
    found.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()).then(a.id.cmp(&b.id)));
    found.into_iter().map(|code| code.id).collect()
}
