//! Files that were given before: for which document, and whether that still stands.

use crate::document::Document;
use crate::id::{Id, Kind};
use crate::project::Project;
use std::collections::BTreeMap;

/// What a file that was given before was given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    pub document: Id,
    /// The act was not taken back, and the document is here.
    pub stands: bool,
    pub is_purged: bool,
}

/// Every file ever recorded of a document, by the hash its name begins with.
#[derive(Debug, Default)]
pub struct Known(BTreeMap<String, Vec<Given>>);

impl Known {
    pub fn of(project: &Project) -> Self {
        let mut known: BTreeMap<String, Vec<Given>> = BTreeMap::new();
        for (document, entity) in project.state().ever(Kind::Document) {
            let (is_here, is_purged) = (entity.is_here(), project.state().is_purged(document));
            let active = entity.active_writes().map(|write| (write.fields(), true));
            for (fields, active) in entity.all_writes().map(|fields| (fields, false)).chain(active) {
                let Some(original) = fields.get("original").and_then(serde_json::Value::as_str) else { continue };
                let stem = original.split('.').next().unwrap_or(original).to_owned();
                known.entry(stem).or_default().push(Given { document, stands: active && is_here, is_purged });
            }
        }
        Known(known)
    }

    /// What a file with this hash was given for: a document that was destroyed, else one that still has it.
    pub fn given(&self, hash: &blake3::Hash) -> Option<Given> {
        let all = self.0.get(&hash.to_hex()[..16])?;
        all.iter().find(|given| given.is_purged).or_else(|| all.iter().find(|given| given.stands)).copied()
    }
}

/// Documents by the name they were given, for files that name none.
pub fn called(project: &Project, stem: &str) -> Vec<Document> {
    let documents: Vec<(String, Document)> = project
        .state()
        .all::<Document>()
        .into_iter()
        .filter(|one| !one.purged)
        .filter_map(|one| Some((project.unseal_text(one.title.as_ref()?)?, one)))
        .collect();
    let fits = |fits: &dyn Fn(&str) -> bool| -> Vec<Document> {
        documents.iter().filter(|(title, _)| fits(title)).map(|(_, one)| one.clone()).collect()
    };
    let exact = fits(&|title| title == stem);
    let folded = crate::text::words::fold(stem);
    if exact.is_empty() { fits(&|title| crate::text::words::fold(title) == folded) } else { exact }
}
