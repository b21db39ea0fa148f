//! Large files of the cache: built without being held in memory, read here and there.

use super::store::{Naming, Opened};
use super::{PREFIX, SUFFIX, parent, put_new, steps};
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Builds a file that only this person can read, without waiting for the disk.
pub fn build(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let naming = Naming { prefix: PREFIX, suffix: SUFFIX, mode: None };
    put_new(steps().create(parent(path), naming)?, path, |file| {
        let mut out = io::BufWriter::with_capacity(1 << 20, Filling(file));
        fill(&mut out)?;
        out.flush()
    })
}

struct Filling<'f>(&'f mut Opened);

impl Write for Filling<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        steps().write(self.0, bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file read here and there.
#[derive(Debug)]
pub struct Pages(File);

impl Pages {
    pub fn open(path: &Path) -> io::Result<Self> {
        File::open(path).map(Pages)
    }
}

impl crate::shelf::Bytes for Pages {
    fn length(&self) -> io::Result<u64> {
        self.0.metadata().map(|data| data.len())
    }

    #[cfg(unix)]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.0, buffer, offset)
    }

    #[cfg(not(unix))]
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        use std::io::{Read, Seek};
        let mut file = &self.0;
        file.seek(io::SeekFrom::Start(offset))?;
        file.read_exact(buffer)
    }
}
