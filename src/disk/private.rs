//! Files and folders for nobody but the user to read: they hold participants' words, or terms of them.

use super::{create_private, make_folder, parent, put_new, steps};
use crate::diagnostic::{Fault, Result};
use std::path::{Path, PathBuf};

/// Makes a folder and those above it; only the user can read it.
pub fn make_private_folder(folder: &Path) -> Result<()> {
    make_folder(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A file system without modes is no reason to stop.
        let _ = std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700));
    }
    Ok(())
}

/// A folder below `base` that only this person can read, gone with all it holds when dropped.
pub fn private_folder(base: &Path) -> Result<tempfile::TempDir> {
    make_folder(base)?;
    tempfile::Builder::new()
        .prefix("open-")
        .tempdir_in(base)
        .map_err(|error| Fault::io("make a folder in", base, &error))
}

/// Writes a file that only this person can read, over one of that name.
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    create_private(parent(path), ".tmp", "")
        .and_then(|file| put_new(file, path, |file| steps().write(file, bytes)))
        .map_err(|error| Fault::io("write", path, &error))
}

/// Keeps a text in a new file below `folder` that only this person can read.
pub fn keep_private(folder: &Path, prefix: &str, suffix: &str, bytes: &[u8]) -> Result<PathBuf> {
    make_folder(folder)?;
    let kept = create_private(folder, prefix, suffix).and_then(|mut file| {
        let written = steps().write(&mut file, bytes).and_then(|()| steps().sync(&file));
        written.and_then(|()| steps().sync_folder(folder)).inspect_err(|_| {
            let _ = steps().remove(&file.path);
        })?;
        Ok(file.path)
    });
    kept.map_err(|error| Fault::io("write to", folder, &error))
}
