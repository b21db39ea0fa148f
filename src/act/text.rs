//! The text of a document, or why it is not to be had.

use crate::diagnostic::{Fault, Result, fault};
use crate::document::Document;
use crate::project::{Project, Shard};
use std::rc::Rc;

/// One shard of a text version. Fault `text-missing`.
pub fn shard(project: &Project, document: &Document, version: &str, number: usize) -> Result<Rc<Shard>> {
    project.shard(document, version, number)?.ok_or_else(|| missing(project, document))
}

pub fn missing(project: &Project, document: &Document) -> Fault {
    fault("text-missing", format!("the text of {} is not on this computer", project.label(document.id)))
        .hint("let the sync client fetch corpus/text, or ask a colleague for the folder")
}
