//! Where this project's data lies on this computer, and emptying the cache.

use super::Project;
use crate::diagnostic::Result;
use crate::disk;
use std::path::{Path, PathBuf};

/// Number and size of the files in a folder, those in its folders included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    pub files: usize,
    pub bytes: u64,
}

/// Measures a folder; one that is not there holds nothing.
pub fn measure(folder: &Path) -> Size {
    let mut size = Size::default();
    for entry in std::fs::read_dir(folder).into_iter().flatten().filter_map(std::result::Result::ok) {
        let Ok(data) = entry.metadata() else { continue };
        if data.is_dir() {
            let inner = measure(&entry.path());
            size = Size { files: size.files + inner.files, bytes: size.bytes + inner.bytes };
        } else {
            size = Size { files: size.files + 1, bytes: size.bytes + data.len() };
        }
    }
    size
}

impl Project {
    /// Caches of other folders that hold or held a copy of this project.
    pub fn other_caches(&self) -> Vec<PathBuf> {
        let Some(all) = self.homes.cache.parent() else { return Vec::new() };
        let entries = std::fs::read_dir(all).into_iter().flatten().filter_map(std::result::Result::ok);
        let mut others: Vec<PathBuf> =
            entries.map(|entry| entry.path()).filter(|path| path.is_dir() && *path != self.homes.cache).collect();
        others.sort();
        others
    }

    /// Empties this folder's cache, and those of other copies if `others`. Returns what was freed. The
    /// index is built again when next needed; salvaged journal tails are gone for good.
    pub fn clear_cache(&self, others: bool) -> Result<Size> {
        let _lock = self.lock()?;
        let mut caches = vec![self.homes.cache.clone()];
        if others {
            caches.extend(self.other_caches());
        }
        let mut freed = Size::default();
        for cache in caches {
            for entry in std::fs::read_dir(&cache).into_iter().flatten().filter_map(std::result::Result::ok) {
                // A lock's own file stays: another process may hold it.
                if entry.path().is_dir() {
                    let size = measure(&entry.path());
                    freed = Size { files: freed.files + size.files, bytes: freed.bytes + size.bytes };
                    if !self.surroundings.rehearsal {
                        disk::remove_folder(&entry.path())?;
                    }
                }
            }
        }
        Ok(freed)
    }
}
