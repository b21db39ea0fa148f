//! Reads the files that an import names: not too large, each within the limits of its format.

use super::Wanted;
use super::library::Asked;
use crate::diagnostic::{Fault, Result, fault};
use crate::extract::{self, Extractor};
use crate::import::references::Library;
use crate::import::{self, Imported, Limits, Override, Request};
use crate::project::Project;
use std::path::Path;

/// What was read of a file.
#[derive(Debug)]
pub enum Reading {
    Document(Imported),
    Library(Library),
}

/// Reads the files of one command, each within its limits.
pub struct Reader<'w> {
    wanted: &'w Wanted,
    /// The settings' limits, then the command's.
    limits: Vec<Override>,
    extractor: Extractor,
}

impl<'w> Reader<'w> {
    /// Faults: `unknown-limit`, `bad-limit`, `unknown-format`.
    pub fn new(project: &Project, wanted: &'w Wanted) -> Result<Self> {
        let mut limits = overrides(project)?;
        limits.extend(wanted.limits.iter().cloned());
        Limits::with("", &limits)?;
        let extractor = Extractor::new(project.surroundings().extractor.as_deref());
        Ok(Reader { wanted, limits, extractor })
    }

    /// What was asked for.
    pub fn wanted(&self) -> &'w Wanted {
        self.wanted
    }

    fn limits(&self, path: &Path) -> Result<Limits> {
        let format = self.wanted.format.as_deref().or_else(|| import::format_of_name(name(path)));
        Limits::with(format.unwrap_or_default(), &self.limits)
    }

    /// The file, unless it is too large. Faults: `not-a-file`, `too-large` and those of the disk.
    pub fn bytes(&self, path: &Path) -> Result<Vec<u8>> {
        let error = |error: &std::io::Error| Fault::io("read", path, error);
        let file = std::fs::metadata(path).map_err(|cause| error(&cause))?;
        if !file.is_file() {
            return Err(
                fault("not-a-file", "it is no file that could be read").hint("name a file or a folder of files")
            );
        }
        extract::check_size(file.len(), &self.limits(path)?)?;
        std::fs::read(path).map_err(|cause| error(&cause))
    }

    /// What those bytes hold.
    pub fn read(&mut self, path: &Path, bytes: &[u8]) -> Result<Reading> {
        if self.is_library(path, bytes) {
            self.read_library(bytes).map(Reading::Library)
        } else {
            self.read_document(path, bytes).map(Reading::Document)
        }
    }

    /// Whether the file is a list of references.
    pub fn is_library(&self, path: &Path, bytes: &[u8]) -> bool {
        self.asked().is_library(path, bytes)
    }

    /// Faults: those of [`Asked::read`].
    pub fn read_library(&self, bytes: &[u8]) -> Result<Library> {
        self.asked().read(bytes)
    }

    fn asked(&self) -> Asked<'w> {
        let Wanted { format, mapping, kind, .. } = self.wanted;
        Asked { format: format.as_deref(), is_mapped: mapping.is_some(), kind: *kind }
    }

    /// Faults: those of [`Extractor::read`].
    pub fn read_document(&mut self, path: &Path, bytes: &[u8]) -> Result<Imported> {
        self.extractor.read(&Request {
            name: name(path),
            bytes,
            kind: self.wanted.kind,
            mapping: self.wanted.mapping.as_ref(),
            format: self.wanted.format.as_deref(),
            roles: &self.wanted.roles,
            limits: self.limits(path)?,
        })
    }
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// What the project's settings say of limits. Faults `bad-limit`, `unknown-format`.
pub fn overrides(project: &Project) -> Result<Vec<Override>> {
    let limits = project.settings().limits.iter();
    let each = limits.flat_map(|(format, values)| values.iter().map(move |(name, value)| (format, name, *value)));
    each.map(|(format, name, value)| {
        let format = if format == "all" { None } else { Some(import::format_key(format)?.to_owned()) };
        Ok(Override { format, name: name.clone(), value })
    })
    .collect::<Result<_>>()
    .map_err(|fault| fault.in_file(crate::project::SETTINGS_FILE))
}
