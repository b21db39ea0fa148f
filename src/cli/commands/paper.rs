//! A paper into a file of the person's own: `--out FILE`, whose ending says the format.

use crate::act::report;
use crate::cli::Context;
use crate::diagnostic::Result;
use crate::report::Report;
use serde_json::json;
use std::path::Path;

/// Writes the paper (in a rehearsal nothing), and answers the files.
///
/// Faults: `unknown-format`, `too-large`, and those of the disk.
pub fn put(context: &Context, paper: &Report, file: &str) -> Result<Vec<String>> {
    let ending = Path::new(file).extension().map_or("html".into(), |ending| ending.to_string_lossy().to_lowercase());
    let renderer = report::renderers(&[ending])?[0];
    keep(context, file, &renderer.render(paper)?)
}

/// Writes bytes into a file of the person's own, and the folder it lies in; in a rehearsal nothing.
pub fn keep(context: &Context, file: &str, bytes: &[u8]) -> Result<Vec<String>> {
    if context.surroundings.rehearsal {
        return Ok(Vec::new());
    }
    let path = Path::new(file);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        crate::disk::make_folder(folder)?;
    }
    crate::disk::replace(path, bytes)?;
    Ok(vec![file.to_owned()])
}

/// The same, and says so.
pub fn put_and_say(context: &Context, paper: &Report, file: &str) -> Result<()> {
    let files = put(context, paper, file)?;
    context.ui.answer(&sentence(&files), &json!({ "report": paper.key, "for": "team", "files": files }));
    Ok(())
}

/// Which files were written, and whom they are for.
pub fn sentence(files: &[String]) -> String {
    if files.is_empty() {
        "dry run: nothing was written".to_owned()
    } else {
        format!("wrote {}, for the team: small numbers can point at a person", files.join(", "))
    }
}
