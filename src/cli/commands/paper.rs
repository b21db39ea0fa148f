//! A paper into a file of the person's own: `--out FILE`, whose ending says the format.

use crate::act::{output, report};
use crate::cli::Context;
use crate::diagnostic::Result;
use crate::project::Project;
use crate::report::Report;
use serde_json::json;
use std::path::Path;

/// Writes the paper (in a rehearsal nothing), and answers the files.
///
/// Faults: `unknown-format`, `too-large`, `identifier-found`, and those of the disk.
pub fn put(context: &Context, project: &Project, paper: &Report, file: &str) -> Result<Vec<String>> {
    let ending = Path::new(file).extension().map_or("html".into(), |ending| ending.to_string_lossy().to_lowercase());
    for renderer in report::renderers(&[ending])? {
        output::report_at(project, paper.clone(), renderer, Path::new(file))?;
    }
    Ok(if context.surroundings.rehearsal { Vec::new() } else { vec![file.to_owned()] })
}

/// Writes bytes of the tool's own into a file, and the folder it lies in; in a rehearsal nothing.
pub fn keep(context: &Context, file: &str, bytes: &[u8]) -> Result<Vec<String>> {
    if context.surroundings.rehearsal {
        return Ok(Vec::new());
    }
    output::of_no_project(Path::new(file), bytes)?;
    Ok(vec![file.to_owned()])
}

/// The same, and says so.
pub fn put_and_say(context: &Context, project: &Project, paper: &Report, file: &str) -> Result<()> {
    let files = put(context, project, paper, file)?;
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
