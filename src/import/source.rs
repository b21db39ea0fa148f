//! Where the bytes of a file come from: memory, or the disk for files too large to hold. They are passed
//! over as often as wanted, always from the start.

use crate::diagnostic::{Fault, Result};
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;

pub trait Source {
    fn open(&self) -> Result<Box<dyn Read + '_>>;

    /// Number of bytes.
    fn length(&self) -> Result<u64>;

    /// The first `most` bytes, or as many as there are.
    fn head(&self, most: u64) -> Result<Vec<u8>> {
        let mut head = Vec::new();
        self.open()?.take(most).read_to_end(&mut head).map_err(|error| unreadable(&error))?;
        Ok(head)
    }
}

impl Source for &[u8] {
    fn open(&self) -> Result<Box<dyn Read + '_>> {
        Ok(Box::new(*self))
    }

    fn length(&self) -> Result<u64> {
        Ok(self.len() as u64)
    }
}

impl Source for PathBuf {
    fn open(&self) -> Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self).map_err(|error| Fault::io("read", self, &error))?))
    }

    fn length(&self) -> Result<u64> {
        Ok(self.metadata().map_err(|error| Fault::io("read", self, &error))?.len())
    }
}

/// Reading stopped in the middle.
pub fn unreadable(error: &std::io::Error) -> Fault {
    crate::diagnostic::fault("io", format!("the file cannot be read to its end: {error}"))
        .hint("see that the disk or network drive it lies on is there, and import it again")
}
