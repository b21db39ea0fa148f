//! Writing a worked example.

use crate::diagnostic::{Result, fault};
use std::path::Path;

/// Writes the example of that name into `folder`; returns the number of files.
pub fn write(folder: &Path, name: &str) -> Result<usize> {
    let _ = folder;
    Err(fault("unknown-example", format!("there is no example '{name}'")).hint("examples: partners"))
}
