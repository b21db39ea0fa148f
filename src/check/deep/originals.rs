//! **originals**: every file as given is what its name says.
//!
//! The name of a file in `corpus/originals/` is a hash over its content, computed anew here. Files of
//! acts taken back are looked at too, where they still lie there.

use super::{Looked, purged};
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Kind;
use crate::project::{Content, Project};
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    let purged = purged(project);
    let mut names: BTreeMap<String, (String, bool)> = BTreeMap::new();
    let documents = project.state().entities().filter(|(_, entity)| entity.kind == Kind::Document);
    let destroyed = project.doomed_files();
    for (id, entity) in documents.filter(|(id, _)| !purged.contains(id)) {
        let given = entity.all_writes().filter_map(|fields| Some(fields.get("original")?.as_str()?.to_owned()));
        let given = given.filter(|name| is_plain(name) && !destroyed.contains(&format!("originals/{name}")));
        for name in given {
            names.entry(name).or_insert_with(|| (project.label(id), false)).1 |= entity.is_here();
        }
    }
    let mut read = 0;
    for (name, (label, is_here)) in names {
        let content = project.content_of_original(&name)?;
        read += usize::from(content != Content::Absent);
        let found = match content {
            Content::Whole => continue,
            Content::Absent if !is_here => continue,
            Content::Absent => Diagnostic::warning(
                "missing-original",
                format!("the file {label} was made from is not on this computer"),
            )
            .hint("let the sync client fetch it, or merge a copy or a bundle that has it"),
            Content::Converted => Diagnostic::warning(
                "line-ends",
                format!("the line ends of the file {label} was made from were converted"),
            )
            .hint("see that .gitattributes has the line  corpus/** -text  before you clone again"),
            Content::Changed => {
                Diagnostic::warning("changed-original", format!("the file {label} was made from is not what was given"))
                    .hint("restore it from a backup or a colleague's copy: files of the corpus are never changed")
            }
        };
        looked.diagnostics.push(found.in_file(format!("corpus/originals/{name}")));
    }
    looked.counts = vec![(read, "file")];
    Ok(())
}

/// A file's name and no path.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.') && !name.starts_with('.')
}
