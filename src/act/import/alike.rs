//! Points out interviews that may be in twice.

use super::{ImportedFile, Summary};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::project::Project;
use crate::strand::SourceKind;
use std::path::Path;

/// The same interview in two formats is one source, and only a person can say that it is the same.
pub(super) fn point_out(project: &Project, kind: SourceKind, summary: &mut Summary) {
    if !kind.is_own_data() {
        return;
    }
    let title = |path: &str| Path::new(path).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut seen: Vec<(String, usize, usize, String)> = Vec::new();
    for document in project.state().all::<Document>().into_iter().filter(|one| !one.purged && one.kind.is_own_data()) {
        let Some(version) = document.versions.get(&document.version) else { continue };
        let alike = |file: &ImportedFile| (file.words, file.turns) == (version.words, version.turns);
        if summary.imported.iter().any(alike) {
            seen.push((project.label(document.id), version.words, version.turns, project.title(&document)));
        }
    }
    for file in &mut summary.imported {
        let own = (file.id.clone(), file.words, file.turns, title(&file.path));
        let twin = seen.iter().find(|one| (one.1, one.2, &one.3) == (own.1, own.2, &own.3));
        if let Some((twin, ..)) = twin.filter(|(twin, ..)| *twin != own.0) {
            let note =
                Diagnostic::note("same-interview", format!("it may be the same as {twin}: name, words and turns are"))
                    .hint(
                        "count the two once: realist source set S2.gj --same-study S1.gj (see `realist source list`)",
                    );
            file.warnings.push(note.to_string());
            file.diagnostics.push(note);
        }
        seen.push(own);
    }
}
