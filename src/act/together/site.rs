//! One copy of the project with a person at it.

use crate::project::{Project, Surroundings};
use std::path::{Path, PathBuf};

/// Moment at which everything happens.
const NOW: &str = "2026-03-01T10:00:00Z";

pub(super) struct Site {
    pub folder: PathBuf,
    pub coder: &'static str,
}

impl Site {
    pub fn root(&self) -> PathBuf {
        self.folder.join("p")
    }

    pub fn surroundings(&self) -> Surroundings {
        Surroundings {
            now: NOW.parse().ok(),
            seed: Some(format!("seed of {}", self.coder)),
            ..Surroundings::within(&self.folder.join("home"), Some(self.coder))
        }
    }

    pub fn open(&self) -> Project {
        Project::open(&self.root(), self.surroundings()).unwrap()
    }

    /// Files of this site, of the person's cache and state too, that hold some bytes.
    pub fn holding(&self, bytes: &[u8]) -> Vec<PathBuf> {
        let mut found = Vec::new();
        walk(&self.folder, &mut |path| {
            let content = std::fs::read(path).unwrap();
            if content.windows(bytes.len()).any(|window| window == bytes) {
                found.push(path.to_owned());
            }
        });
        found
    }
}

/// Every file below a folder.
pub(super) fn walk(folder: &Path, see: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, see) } else { see(&path) }
    }
}

/// A copy of a folder made by hand.
pub(super) fn copy(from: &Path, to: &Path) {
    walk(from, &mut |path| {
        let target = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(path, target).unwrap();
    });
}
