//! What can be said of a source.

use super::different::refuse_different;
use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::id::Kind;
use crate::project::{Batch, Done, Project};
use crate::source::Described;
use crate::strand::SourceKind;
use serde_json::json;

/// What to change; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub title: Option<String>,
    pub kind: Option<SourceKind>,
    pub strand: Option<String>,
    pub year: Option<i32>,
    pub described: Described,
    /// Label of the source this one counts as; `none`: it counts for itself.
    pub same_study: Option<String>,
}

pub fn set(project: &mut Project, source: &str, changes: &Changes) -> Result<Done<String>> {
    project.write("source set", true, |batch| {
        let project = batch.project();
        let id = resolve::find(project, Kind::Source, source)?;
        let strand = match (&changes.strand, changes.kind) {
            (Some(typed), _) => Some(resolve::strand(project, typed)?),
            (None, Some(kind)) => Some(project.settings().strand_of(kind)),
            (None, None) => None,
        };
        let parts = changes.same_study.as_deref().is_some_and(|typed| typed.eq_ignore_ascii_case("none"));
        let named = changes.same_study.as_deref().filter(|_| !parts);
        let same = named.map(|typed| resolve::find(project, Kind::Source, typed)).transpose()?;
        if same == Some(id) {
            return Err(fault("same-source", "a source cannot count as itself"));
        }
        if let Some(same) = same {
            refuse_different(project, id, same)?;
        }
        let mut fields = Batch::fields(json!({
            "kind": changes.kind,
            "strand": strand,
            "year": changes.year,
            "country": changes.described.country,
            "setting": changes.described.setting,
            "design": changes.described.design,
            "population": changes.described.population,
            "same_study": same,
        }));
        if parts {
            fields.insert("same_study".to_owned(), serde_json::Value::Null);
        }
        let label = project.label(id);
        if let Some(title) = &changes.title {
            fields.insert("title".to_owned(), json!(batch.seal(&serde_json::Value::from(title.as_str()))?));
        }
        batch.set(Kind::Source, id, &fields);
        Ok(label)
    })
}
