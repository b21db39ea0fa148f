//! The files that an import is given: named one by one, or found in folders.

use crate::diagnostic::{Fault, Result, fault};
use std::path::{Path, PathBuf};

/// A file to read: where it is, and how the answer calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub path: PathBuf,
    pub shown: String,
    /// Leads out of the folder it was found in.
    pub is_link: bool,
}

impl Found {
    /// What a folder holds is its files: a link in it may lead anywhere. Fault `link`.
    pub fn check(&self) -> Result<()> {
        if self.is_link {
            return Err(fault("link", "this is a link to another place, which is not followed")
                .hint("name the file it leads to"));
        }
        Ok(())
    }
}

/// A wish for the impossible, said early.
pub fn check_paths(paths: &[PathBuf]) -> Result<()> {
    if paths.is_empty() {
        return Err(fault("no-files", "no files were named").hint("realist import FILE... --kind interview"));
    }
    Ok(())
}

/// What the arguments name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    pub files: Vec<Found>,
    /// Hidden files and folders in the folders named, by their place: programs keep them for themselves.
    pub passed_over: Vec<String>,
}

/// The files that the arguments name. A folder's files are called by their place in it.
pub fn gather(paths: &[PathBuf]) -> Result<Gathered> {
    let mut gathered = Gathered::default();
    for path in paths {
        if path.is_dir() {
            walk(path, path, &mut gathered)?;
        } else {
            let shown = path.display().to_string();
            gathered.files.push(Found { path: path.clone(), shown, is_link: false });
        }
    }
    Ok(gathered)
}

fn walk(top: &Path, folder: &Path, gathered: &mut Gathered) -> Result<()> {
    let entries = std::fs::read_dir(folder).map_err(|error| Fault::io("read the folder", folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        let shown = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
        if hidden {
            gathered.passed_over.push(shown);
            continue;
        }
        let is_link = path.is_symlink();
        if path.is_dir() && !is_link {
            walk(top, &path, gathered)?;
        } else if path.is_file() || is_link {
            gathered.files.push(Found { path, shown, is_link });
        }
    }
    Ok(())
}
