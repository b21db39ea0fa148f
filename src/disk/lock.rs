//! A lock between processes of one machine.

use super::{make_private_folder, parent, steps};
use crate::diagnostic::{Fault, Result};
use std::fs::File;
use std::path::Path;

/// Held until dropped; no correctness across machines depends on it.
#[derive(Debug)]
pub struct Lock(#[allow(dead_code)] File);

impl Lock {
    /// Waits for the lock.
    pub fn wait(path: &Path) -> Result<Self> {
        make_private_folder(parent(path))?;
        steps().lock(path).map(Lock).map_err(|error| Fault::io("lock", path, &error))
    }
}
