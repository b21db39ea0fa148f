//! **index**: the search index is what was written.
//!
//! Every file of the index is read and compared with the hash its manifest has of it. The index is
//! cache: nothing of the project is lost with it, and one that is absent is built by the next search.

use super::Looked;
use crate::diagnostic::{Diagnostic, Result};
use crate::index::{Index, Soundness};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    match Index::examine(&project.cache_folder().join("index")) {
        Soundness::Absent => looked.counts = vec![(0, "file")],
        Soundness::Sound { files, texts } => looked.counts = vec![(files, "file"), (texts, "text")],
        Soundness::Unfit(reason) => looked.diagnostics.push(
            Diagnostic::warning("index-damaged", format!("the search index is not to be trusted: {reason}"))
                .hint("realist cache clear; the next search builds it again"),
        ),
    }
    Ok(())
}
