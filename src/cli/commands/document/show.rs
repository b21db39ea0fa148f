//! `realist document show`

use crate::act::resolve;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Kind;
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

/// What is known of a document, a line each.
pub fn run(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = resolve::find(project, Kind::Document, typed)?;
    let document: Document = resolve::read(project, id)?;
    let header = if document.purged { None } else { project.header(&document)? };
    let title = if document.purged { "(purged)".to_owned() } else { project.title(&document) };
    let number = document.versions.get(&document.version).map_or(0, |version| version.number);
    let speakers = header.iter().flat_map(|header| &header.speakers);
    let speakers: Vec<String> = speakers.map(|one| format!("{} ({})", one.label, one.role)).collect();
    let particulars = header.map(|header| header.particulars.clone()).unwrap_or_default();
    let mut table = Table::with(&[("field", "Field"), ("value", "Value")]);
    let lines = [
        ("id", project.label(id)),
        ("title", title.clone()),
        ("kind", document.kind.title().clone()),
        ("source", project.label(document.source)),
        ("format", document.format.clone()),
        ("text version", format!("{number} of {}", document.versions.len())),
        ("speakers", speakers.join(", ")),
    ];
    let own = lines.into_iter().map(|(field, value)| (field.to_owned(), value));
    let told = particulars.iter().map(|(name, value)| (name.clone(), value.clone()));
    for (field, value) in own.chain(told).filter(|(_, value)| !value.is_empty()) {
        table.push(vec![field.into(), value.into()]);
    }
    let json = json!({
        "id": project.label(id),
        "title": title,
        "kind": document.kind,
        "source": project.label(document.source),
        "format": document.format,
        "version": number,
        "versions": document.versions.len(),
        "speakers": speakers,
        "particulars": particulars,
    });
    context.ui.list(&table, &json);
    Ok(Exit::Done)
}
