//! `realist codebook list`: the tree.

use crate::act::codebook::look::{self, Placed};
use crate::cli::Context;
use crate::cli::commands::shared::excerpt;
use crate::cli::ui::Format;
use crate::codebook::Code;
use crate::id::Id;
use crate::project::Project;
use crate::table::{Cell, Table};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub fn list(context: &Context, project: &Project) {
    let tree = look::tree(project);
    let names: BTreeMap<Id, &str> = tree.iter().map(|one| (one.code.id, one.code.name.as_str())).collect();
    let mut table = Table::with(&[
        ("id", "Id"),
        ("name", "Code"),
        ("parent", "Below"),
        ("kind", "Kind"),
        ("codings", "Codings"),
        ("unread", "Unread beside"),
        ("with_below", "With below"),
        ("with_below_unread", "Unread beside"),
        ("definition", "Definition"),
    ]);
    let plain = context.ui.format() != Format::Table;
    for placed in &tree {
        let Placed { code, depth, parent, own, all, .. } = placed;
        let name = if plain { code.name.clone() } else { format!("{}{}{}", "  ".repeat(*depth), code.name, mark(code)) };
        let below = parent.and_then(|parent| names.get(&parent).copied());
        let definition =
            code.definition.as_deref().map(|text| if plain { text.to_owned() } else { excerpt(text, 60) });
        let row: Vec<Cell> = vec![
            project.label(code.id).into(),
            name.into(),
            below.into(),
            code.kind.word().into(),
            own.confirmed.into(),
            own.unread.into(),
            all.confirmed.into(),
            all.unread.into(),
            definition.into(),
        ];
        table.push(row);
    }
    if !plain {
        table.drop_columns(&["parent"]);
        if tree.iter().all(|one| one.all.unread == 0) {
            table.drop_columns(&["unread", "with_below_unread"]);
        }
    }
    let json: Vec<Value> = tree.iter().map(|placed| one(project, placed)).collect();
    context.ui.list(&table, &json!(json));
}

fn mark(code: &Code) -> &'static str {
    match (code.merged_into.is_some(), code.retired) {
        (true, _) => " (merged)",
        (false, true) => " (retired)",
        (false, false) => "",
    }
}

/// A code as JSON gives it.
pub fn one(project: &Project, placed: &Placed) -> Value {
    let Placed { code, parent, path, own, all, .. } = placed;
    let labels = |ids: &[Id]| ids.iter().map(|id| project.label(*id)).collect::<Vec<_>>();
    json!({
        "id": project.label(code.id), "name": code.name, "parent": parent.map(|id| project.label(id)), "path": path,
        "kind": code.kind, "colour": code.colour, "heading": code.heading, "definition": code.definition,
        "include": code.include, "exclude": code.exclude, "source": code.source, "question": code.question,
        "examples": labels(&code.examples), "aliases": code.aliases, "sets": code.sets, "book": code.book,
        "merged_into": code.merged_into.map(|id| project.label(id)), "split_into": labels(&code.split_into),
        "retired": code.retired, "codings": own.confirmed, "unread": own.unread, "with_below": all.confirmed,
        "with_below_unread": all.unread,
    })
}
