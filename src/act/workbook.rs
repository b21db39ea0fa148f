//! Reads a workbook that somebody filled in, in the process that reads foreign formats.

use super::import::reader::overrides;
use super::sheet::cells::Sheet;
use crate::diagnostic::{Fault, Result};
use crate::extract::Extractor;
use crate::import::{self, Limits, Request};
use crate::project::Project;
use crate::strand::SourceKind;
use std::path::Path;

/// Whether a file is a workbook, by its name.
pub fn is_workbook(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    import::format_of_name(name).is_some_and(|format| ["xlsx", "ods"].contains(&format))
}

/// The rows of its first sheet that is seen and holds anything.
///
/// Faults: those of reading it.
pub fn rows(project: &Project, path: &Path) -> Result<Vec<Vec<String>>> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let format = import::format_of_name(name);
    let limits = Limits::with(format.unwrap_or_default(), &overrides(project)?)?;
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    let request = Request {
        name,
        bytes: &bytes,
        kind: SourceKind::Interview,
        mapping: None,
        format,
        sheet: None,
        roles: &[],
        limits,
    };
    Extractor::new(project.surroundings().extractor.as_deref()).cells(&request)
}

/// A sheet that was filled in, as a workbook or as csv.
///
/// Faults: those of reading it.
pub fn sheet(project: &Project, path: &Path) -> Result<Sheet> {
    if is_workbook(path) {
        return rows(project, path).map(Sheet::of_rows);
    }
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    Sheet::parse(&import::decode(&bytes)?.text)
}
