//! A file that is to be taken in, passed over once where it lies.

use crate::diagnostic::{Fault, Result};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone)]
pub struct Original {
    pub path: PathBuf,
    /// Over its content.
    pub hash: blake3::Hash,
    /// What only somebody who has the file can make: seals names so that nobody can test a guess.
    pub(super) key: [u8; 32],
}

impl Original {
    /// Fault: it cannot be read.
    pub fn look(path: &Path) -> Result<Self> {
        let unread = |error: std::io::Error| Fault::io("read", path, &error);
        let mut file = File::open(path).map_err(unread)?;
        let mut hash = blake3::Hasher::new();
        let mut key = blake3::Hasher::new_derive_key("realist sealed name v1");
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => {
                    hash.update(&buffer[..read]);
                    key.update(&buffer[..read]);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(unread(error)),
            }
        }
        Ok(Original { path: path.to_owned(), hash: hash.finalize(), key: *key.finalize().as_bytes() })
    }
}
