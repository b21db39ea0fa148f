//! **sealed**: every sealed value is here and can be read.
//!
//! Names, titles and dissent lie in files of their own, so that they can be destroyed. A colleague who
//! was sent a bundle without texts has none of them.

use super::{Looked, purged, several};
use crate::diagnostic::{Diagnostic, Result};
use crate::document::Sealed;
use crate::id::Id;
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    let mut purged = purged(project);
    let memos: Vec<Id> = purged.iter().flat_map(|document| project.memos_on(*document)).collect();
    purged.extend(memos);
    let here = project.state().entities().filter(|(id, entity)| entity.is_here() && !purged.contains(id));
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for (id, _) in here {
        let files = project.files_of(id).into_iter().filter(|name| name.starts_with("sealed/"));
        named.extend(files.map(|name| (name, project.label(id))));
    }
    let destroyed = project.doomed_files();
    named.retain(|name, _| !destroyed.contains(name));
    let mut missing: Vec<String> = Vec::new();
    for (name, label) in &named {
        let value = name.strip_prefix("sealed/").and_then(|name| name.strip_suffix(".json")).unwrap_or_default();
        if project.unseal(&Sealed { sealed: value.to_owned() }).is_some() {
            continue;
        }
        if project.root().join("corpus").join(name).exists() {
            looked.diagnostics.push(
                Diagnostic::warning("damaged-sealed", format!("a name, title or memo of {label} cannot be read"))
                    .in_file(format!("corpus/{name}"))
                    .hint("restore it from a backup or a colleague's copy, or set it again"),
            );
        } else if !missing.contains(label) {
            missing.push(label.clone());
        }
    }
    if !missing.is_empty() {
        looked.diagnostics.push(
            Diagnostic::warning(
                "missing-sealed",
                format!("names, titles or memos are not on this computer: of {}", several(&missing)),
            )
            .in_file("corpus/sealed")
            .hint("let the sync client fetch corpus/sealed, or merge a copy or a bundle that has them"),
        );
    }
    looked.counts = vec![(named.len(), "value")];
    Ok(())
}
