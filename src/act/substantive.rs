//! Substantive theories: what others have said that lends a statement explanatory power.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use crate::theory::SubstantiveTheory;
use serde_json::json;

/// A theory as a person describes it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub name: Option<String>,
    pub citation: Option<String>,
    /// Label of a source of the project.
    pub source: Option<String>,
    pub claim: Option<String>,
}

fn fields(project: &Project, entry: &Entry, but: Option<Id>) -> Result<Fields> {
    let name = entry.name.as_deref().map(str::trim);
    if let Some(name) = name {
        let twin = project.state().all::<SubstantiveTheory>();
        if let Some(twin) = twin.iter().find(|one| fold(&one.name) == fold(name) && Some(one.id) != but) {
            return Err(fault("name-taken", format!("{} is called '{}' already", project.label(twin.id), twin.name))
                .hint("take another name, or use the one that is there"));
        }
    }
    let source = entry.source.as_deref().map(|typed| resolve::find(project, Kind::Source, typed)).transpose()?;
    Ok(Batch::fields(json!({ "name": name, "citation": entry.citation, "source": source, "claim": entry.claim })))
}

/// Adds a theory; returns its label.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("substantive add", true, |batch| {
        if entry.name.as_deref().is_none_or(|name| name.trim().is_empty()) {
            return Err(fault("no-name", "a substantive theory needs a name")
                .hint("realist substantive add \"Candidacy\" --citation \"Dixon-Woods et al. 2006\" --claim \"...\""));
        }
        let mut fields = fields(batch.project(), entry, None)?;
        fields.insert("author".to_owned(), batch.coder().into());
        Ok(batch.create(Kind::SubstantiveTheory, &fields).1.to_string())
    })
}

pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("substantive edit", true, |batch| {
        let id = resolve::substantive_theory(batch.project(), typed)?;
        let fields = fields(batch.project(), entry, Some(id))?;
        batch.set(Kind::SubstantiveTheory, id, &fields);
        Ok(batch.project().label(id))
    })
}

/// Removes a theory that informs nothing.
pub fn remove(project: &mut Project, typed: &str, reason: &str) -> Result<Done<String>> {
    project.write("substantive remove", true, |batch| {
        let id = resolve::substantive_theory(batch.project(), typed)?;
        let label = batch.project().label(id);
        let links = batch.project().state().all::<Link>();
        let informed = links.iter().find(|link| link.kind == LinkKind::InformedBy && link.to == id);
        if let Some(link) = informed {
            let other = batch.project().label(link.from);
            return Err(fault("still-in-use", format!("{other} is informed by {label}"))
                .hint(format!("take that link away first: realist link remove {}", batch.project().label(link.id))));
        }
        batch.remove(Kind::SubstantiveTheory, id, reason);
        Ok(label)
    })
}
