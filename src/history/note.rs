//! What is kept of an operation once it is folded.

use crate::id::Id;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::rc::Rc;

/// Hash of a journal line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Hash([u8; 16]);

impl Hash {
    /// From the 32 hexadecimal digits on disk. `None` for an empty text; what no tool wrote is a hash
    /// that no line has.
    pub fn read(text: &str) -> Option<Hash> {
        if text.is_empty() {
            return None;
        }
        let mut hash = [0; 16];
        let digits = text.as_bytes();
        let sound = digits.len() == 32 && digits.iter().all(u8::is_ascii_hexdigit);
        let pairs = digits.chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        if sound {
            hash.iter_mut().zip(pairs).for_each(|(byte, pair)| *byte = pair);
        } else {
            hash.copy_from_slice(&blake3::derive_key("realist odd hash v1", digits)[..16]);
        }
        Some(Hash(hash))
    }

    /// For an operation that no line was written of.
    pub(super) fn of_nothing(place: &Place) -> Hash {
        let mut hash = [0; 16];
        hash.copy_from_slice(&blake3::derive_key("realist unwritten operation v1", place.id.as_bytes())[..16]);
        Hash(hash)
    }

    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// An operation's place in the order of all: Lamport number, stream, id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub lamport: u64,
    pub stream: Rc<str>,
    pub id: Id,
}

/// An operation without what it wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpNote {
    pub place: Rc<Place>,
    pub time: Box<str>,
    pub by: Rc<str>,
    pub act: Rc<str>,
    pub hash: Hash,
    /// The stream's operation before.
    pub prev: Option<Hash>,
    /// What else its writer had seen and nobody had built upon.
    pub after: Box<[Hash]>,
    /// Entities it wrote.
    pub wrote: Box<[Id]>,
    /// Operations it took back.
    pub undid: Box<[Id]>,
    /// It has itself been taken back.
    pub undone: bool,
    pub purged: Box<[(Id, Vec<String>)]>,
}

impl OpNote {
    pub fn id(&self) -> Id {
        self.place.id
    }

    /// The end of its id, which is what `log` shows and `undo` takes: the start of a UUIDv7 is its time.
    pub fn short(&self) -> String {
        let id = self.id().to_string();
        id[id.len() - 8..].to_owned()
    }

    pub fn stream(&self) -> &str {
        &self.place.stream
    }

    /// It was read from the journal: not laid over it in memory.
    pub fn is_journalled(&self) -> bool {
        self.stream() != super::OVERLAY
    }

    /// Hashes of all operations it was written after.
    pub fn parents(&self) -> impl Iterator<Item = Hash> {
        self.after.iter().copied().chain(self.prev)
    }
}
