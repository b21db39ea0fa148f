//! What is said once figures are written.

use super::shared::counted;
use crate::cli::Context;
use crate::picture::Figure;
use serde_json::json;
use std::path::PathBuf;

/// Which files were written, or in a rehearsal would be.
pub fn said(context: &Context, figures: &[Figure], written: &[PathBuf]) {
    let rehearsal = context.surroundings.rehearsal;
    let name = |file: &PathBuf| match file.file_name() {
        Some(name) if rehearsal => name.to_string_lossy().into_owned(),
        _ => file.display().to_string(),
    };
    let files: Vec<String> = written.iter().map(name).collect();
    let shown = if files.len() > 6 {
        format!("{}, the first {}", counted(files.len(), "file"), files[0])
    } else {
        files.join(", ")
    };
    let sentence =
        if rehearsal { format!("dry run: would write {shown}") } else { format!("wrote {shown}, for the team") };
    let figures: Vec<_> = figures.iter().map(|one| &one.key).collect();
    context.ui.answer(&sentence, &json!({ "figures": figures, "for": "team", "files": files }));
}
