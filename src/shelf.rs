//! A file of sorted keys that proves itself: written once, then read a block at a time.
//!
//! For what can be made again at any time but is too large to be read whole. Entries stand in several
//! *rows*, each sorted by key, packed into blocks of about 32 kB. Every block carries a checksum that
//! is tested whenever it is read, so a damaged file gives [`Damaged`] and never a wrong answer.
//!
//! ```text
//! magic | block … block | directory | length of the directory (8) | its checksum (16)
//! ```

use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

const MAGIC: &[u8; 16] = b"realist shelf 1\n";
const BLOCK: usize = 32 * 1024;
const FOOT: u64 = 8 + 16;
/// Blocks kept in memory: 4 MB.
const KEPT: usize = 128;

/// Where a shelf's bytes come from.
pub trait Bytes: std::fmt::Debug {
    fn length(&self) -> io::Result<u64>;
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
}

/// A shelf that found no room on the disk.
impl Bytes for Vec<u8> {
    fn length(&self) -> io::Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let start = usize::try_from(offset).map_err(io::Error::other)?;
        let bytes = self.get(start..start + buffer.len()).ok_or(io::ErrorKind::UnexpectedEof)?;
        buffer.copy_from_slice(bytes);
        Ok(())
    }
}

/// The file is not what was written: it must be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damaged;

impl From<io::Error> for Damaged {
    fn from(_: io::Error) -> Self {
        Damaged
    }
}

type Check = [u8; 16];

fn check(bytes: &[u8]) -> Check {
    let mut check = [0; 16];
    check.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    check
}

#[derive(Debug, Serialize, Deserialize)]
struct Block {
    first: Box<[u8]>,
    offset: u64,
    length: u32,
    check: Check,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Directory {
    rows: Vec<Vec<Block>>,
    /// What the writer wants to find again at once.
    note: Vec<u8>,
}

/// Writes a shelf, row by row, keys ascending within each.
pub struct Builder<'w> {
    out: &'w mut dyn Write,
    offset: u64,
    block: Vec<u8>,
    first: Vec<u8>,
    directory: Directory,
}

impl<'w> Builder<'w> {
    pub fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(MAGIC)?;
        let directory = Directory::default();
        Ok(Builder {
            out,
            offset: MAGIC.len() as u64,
            block: Vec::with_capacity(2 * BLOCK),
            first: Vec::new(),
            directory,
        })
    }

    /// Begins the next row.
    pub fn row(&mut self) -> io::Result<()> {
        self.flush()?;
        self.directory.rows.push(Vec::new());
        Ok(())
    }

    /// Adds an entry to the row begun last.
    pub fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        if self.block.is_empty() {
            self.first = key.to_vec();
        }
        for piece in [key, value] {
            let length = u32::try_from(piece.len()).map_err(|_| io::Error::other("an entry is over 4 GB"))?;
            self.block.extend(length.to_le_bytes());
            self.block.extend(piece);
        }
        if self.block.len() >= BLOCK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        let Some(row) = self.directory.rows.last_mut().filter(|_| !self.block.is_empty()) else { return Ok(()) };
        let length = u32::try_from(self.block.len()).map_err(|_| io::Error::other("a block is over 4 GB"))?;
        row.push(Block {
            first: std::mem::take(&mut self.first).into(),
            offset: self.offset,
            length,
            check: check(&self.block),
        });
        self.out.write_all(&self.block)?;
        self.offset += u64::from(length);
        self.block.clear();
        Ok(())
    }

    pub fn finish(mut self, note: Vec<u8>) -> io::Result<()> {
        self.flush()?;
        self.directory.note = note;
        let directory = postcard::to_allocvec(&self.directory).map_err(io::Error::other)?;
        self.out.write_all(&directory)?;
        self.out.write_all(&(directory.len() as u64).to_le_bytes())?;
        self.out.write_all(&check(&directory))
    }
}

/// A shelf open for reading.
#[derive(Debug)]
pub struct Shelf {
    bytes: Box<dyn Bytes>,
    directory: Directory,
    print: Check,
    kept: RefCell<Vec<(u64, Rc<[u8]>)>>,
}

impl Shelf {
    pub fn open(bytes: Box<dyn Bytes>) -> Result<Self, Damaged> {
        let length = bytes.length()?;
        let read = |offset: u64, length: u64| -> Result<Vec<u8>, Damaged> {
            let mut buffer = vec![0; usize::try_from(length).map_err(|_| Damaged)?];
            bytes.read_at(offset, &mut buffer)?;
            Ok(buffer)
        };
        let start = MAGIC.len() as u64;
        let end = length.checked_sub(FOOT).filter(|end| *end >= start).ok_or(Damaged)?;
        if read(0, start)? != MAGIC {
            return Err(Damaged);
        }
        let foot = read(end, FOOT)?;
        let said = u64::from_le_bytes(foot[..8].try_into().map_err(|_| Damaged)?);
        let at = end.checked_sub(said).filter(|at| *at >= start).ok_or(Damaged)?;
        let directory = read(at, said)?;
        let print = check(&directory);
        if print != foot[8..] {
            return Err(Damaged);
        }
        let directory = postcard::from_bytes(&directory).map_err(|_| Damaged)?;
        Ok(Shelf { bytes, directory, print, kept: RefCell::default() })
    }

    /// Tells this content from any other: a hash over the hashes of all blocks.
    pub fn print(&self) -> [u8; 16] {
        self.print
    }

    /// What the writer left for its reader.
    pub fn note(&self) -> &[u8] {
        &self.directory.note
    }

    fn blocks(&self, row: usize) -> &[Block] {
        self.directory.rows.get(row).map_or(&[], Vec::as_slice)
    }

    fn block(&self, block: &Block) -> Result<Rc<[u8]>, Damaged> {
        let mut kept = self.kept.borrow_mut();
        if let Some(at) = kept.iter().rposition(|(offset, _)| *offset == block.offset) {
            let found = kept.remove(at);
            let bytes = Rc::clone(&found.1);
            kept.push(found);
            return Ok(bytes);
        }
        let mut bytes = vec![0; block.length as usize];
        self.bytes.read_at(block.offset, &mut bytes)?;
        if check(&bytes) != block.check {
            return Err(Damaged);
        }
        let bytes: Rc<[u8]> = bytes.into();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((block.offset, Rc::clone(&bytes)));
        Ok(bytes)
    }

    /// The value under a key.
    pub fn get(&self, row: usize, key: &[u8]) -> Result<Option<Vec<u8>>, Damaged> {
        match self.from(row, key).next() {
            Some(Ok((found, value))) if found.as_ref() == key => Ok(Some(value.to_vec())),
            Some(Err(damaged)) => Err(damaged),
            _ => Ok(None),
        }
    }

    /// Entries of a row from the first key that is not less than `key`, in order.
    pub fn from(&self, row: usize, key: &[u8]) -> Entries<'_> {
        let blocks = self.blocks(row);
        // The block before the first that begins behind the key may hold it.
        let next = blocks.partition_point(|block| block.first.as_ref() <= key).saturating_sub(1);
        Entries { shelf: self, blocks, next, block: None, at: 0, skip_to: Some(key.into()) }
    }

    /// Entries whose keys begin with `prefix`.
    pub fn under<'s>(&'s self, row: usize, prefix: &[u8]) -> impl Iterator<Item = Result<Entry, Damaged>> + use<'s> {
        let wanted: Box<[u8]> = prefix.into();
        self.from(row, prefix).take_while(move |entry| entry.as_ref().map_or(true, |(key, _)| key.starts_with(&wanted)))
    }
}

/// Key and value.
pub type Entry = (Box<[u8]>, Box<[u8]>);

/// A walk along a row.
#[derive(Debug)]
pub struct Entries<'s> {
    shelf: &'s Shelf,
    blocks: &'s [Block],
    next: usize,
    block: Option<Rc<[u8]>>,
    at: usize,
    skip_to: Option<Box<[u8]>>,
}

impl Entries<'_> {
    fn step(&mut self) -> Result<Option<Entry>, Damaged> {
        loop {
            let block = match &self.block {
                Some(block) if self.at < block.len() => Rc::clone(block),
                _ => {
                    let Some(next) = self.blocks.get(self.next) else { return Ok(None) };
                    self.next += 1;
                    self.at = 0;
                    Rc::clone(self.block.insert(self.shelf.block(next)?))
                }
            };
            let key = self.piece(&block)?;
            let value = self.piece(&block)?;
            if self.skip_to.as_ref().is_none_or(|wanted| block[key.clone()] >= **wanted) {
                self.skip_to = None;
                return Ok(Some((block[key].into(), block[value].into())));
            }
        }
    }

    fn piece(&mut self, block: &[u8]) -> Result<std::ops::Range<usize>, Damaged> {
        let start = self.at + 4;
        let length = block.get(self.at..start).and_then(|bytes| bytes.try_into().ok()).ok_or(Damaged)?;
        let end = start + u32::from_le_bytes(length) as usize;
        self.at = end;
        if end <= block.len() { Ok(start..end) } else { Err(Damaged) }
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Damaged>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn written(rows: &[BTreeMap<Vec<u8>, Vec<u8>>]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut builder = Builder::new(&mut bytes).unwrap();
        for row in rows {
            builder.row().unwrap();
            for (key, value) in row {
                builder.push(key, value).unwrap();
            }
        }
        builder.finish(b"note".to_vec()).unwrap();
        bytes
    }

    fn sample() -> Vec<BTreeMap<Vec<u8>, Vec<u8>>> {
        let row =
            |step: u32| (0..4000).map(|n| ((n * step).to_be_bytes().to_vec(), vec![1; (n % 90) as usize])).collect();
        vec![row(2), BTreeMap::new(), row(3)]
    }

    #[test]
    fn everything_is_found_where_it_was_put_and_nothing_else() {
        let rows = sample();
        let shelf = Shelf::open(Box::new(written(&rows))).unwrap();
        assert_eq!(shelf.note(), b"note");
        for (at, row) in rows.iter().enumerate() {
            for n in 0..13_000u32 {
                let key = n.to_be_bytes();
                assert_eq!(shelf.get(at, &key).unwrap().as_ref(), row.get(key.as_slice()));
            }
            let all: Vec<Entry> = shelf.from(at, b"").map(Result::unwrap).collect();
            assert!(all.iter().map(|(key, value)| (key.to_vec(), value.to_vec())).eq(row.clone()));
            let under = shelf.under(at, &[0, 0, 7]).map(Result::unwrap).count();
            assert_eq!(under, row.keys().filter(|key| key.starts_with(&[0, 0, 7])).count());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// Whatever is done to the file, an answer is right or refused.
        #[test]
        fn damage_never_gives_a_wrong_answer(at in any::<prop::sample::Index>(), bit in 0..8u8, cut in any::<bool>()) {
            let rows = sample();
            let mut bytes = written(&rows);
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] ^= 1 << bit }
            let Ok(shelf) = Shelf::open(Box::new(bytes)) else { return Ok(()) };
            for (row, entries) in rows.iter().enumerate() {
                for (key, value) in entries.iter().step_by(13) {
                    if let Ok(found) = shelf.get(row, key) {
                        prop_assert_eq!(found.as_ref(), Some(value));
                    }
                }
            }
        }
    }
}
