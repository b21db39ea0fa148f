//! Starting a project.

use crate::diagnostic::Result;
use crate::project::{Project, Surroundings};
use std::path::Path;

/// Makes an empty project in `root`, which is created where it does not exist.
pub fn init(root: &Path, title: &str, questions: &[String], surroundings: &Surroundings) -> Result<()> {
    Project::create(root, title, questions, surroundings)
}
