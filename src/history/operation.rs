//! One line of a journal: how an operation is written, checked and read.
//!
//! ```text
//! {"op":"<uuid>","stream":"1a2b3c4d","n":7,"time":"2026-03-01T10:00:00Z","by":"gj","act":"code add",
//!  "after":["<hash>"],"prev":"<hash>","records":[…],"h":"<hash>"}
//! ```
//!
//! `h` is the first 32 hexadecimal digits of BLAKE3 over the line up to the comma before it, so a
//! line is checked without being written again. `prev` is the `h` of the stream's line before.

use crate::id::{Id, Kind, Label};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Fields of one entity, in the order they were written.
pub type Fields = serde_json::Map<String, serde_json::Value>;

/// Eight hexadecimal digits that name one coder on one machine in one copy of the folder.
pub type StreamId = String;

/// First line of a stream's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of the on-disk format.
    pub realist: u32,
    pub project: Id,
    pub stream: StreamId,
    /// The coder's tag.
    pub tag: String,
    /// Two random characters, for a coder's later streams.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suffix: Option<String>,
}

/// One act of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Operation {
    #[serde(rename = "op")]
    pub id: Id,
    pub stream: StreamId,
    /// Lamport number: one more than the largest its writer had seen.
    #[serde(rename = "n")]
    pub lamport: u64,
    /// When, by the writer's clock. For people; nothing is ordered by it.
    pub time: String,
    /// Tag of the coder.
    pub by: String,
    /// The command, for `log`.
    pub act: String,
    /// Hashes of what else its writer had seen and nobody had yet built upon: the heads of other
    /// streams, and of another branch of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// Hash of this stream's operation before; empty for the first.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prev: String,
    pub records: Vec<Record>,
    /// Set when read or written; not part of what is serialised.
    #[serde(skip)]
    pub hash: String,
}

/// What an operation did to one thing.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged, try_from = "RecordLine")]
pub enum Record {
    /// Takes back an operation. Taking back an undo is a redo.
    Undo { undo: Id },
    /// Destroys confidential files: names of text versions, originals and sealed values.
    Purge { purge: Id, files: Vec<String> },
    /// Sets fields of an entity, which comes into being with its first record. A field set to
    /// `null` is taken away; the field `gone` (a reason) removes the entity.
    Put {
        put: Kind,
        id: Id,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        label: Option<Label>,
        set: Box<RawValue>,
    },
}

/// How a record is read: raw values cannot pass through serde's untagged enums.
#[derive(Deserialize)]
struct RecordLine {
    put: Option<Kind>,
    id: Option<Id>,
    label: Option<Label>,
    set: Option<Box<RawValue>>,
    undo: Option<Id>,
    purge: Option<Id>,
    files: Option<Vec<String>>,
}

impl TryFrom<RecordLine> for Record {
    type Error = &'static str;

    fn try_from(line: RecordLine) -> Result<Self, Self::Error> {
        match line {
            RecordLine { put: Some(put), id: Some(id), set: Some(set), label, .. } => {
                Ok(Record::Put { put, id, label, set })
            }
            RecordLine { undo: Some(undo), .. } => Ok(Record::Undo { undo }),
            RecordLine { purge: Some(purge), files: Some(files), .. } => Ok(Record::Purge { purge, files }),
            _ => Err("a record that is neither put, undo nor purge"),
        }
    }
}

impl Record {
    pub fn put(kind: Kind, id: Id, label: Option<Label>, fields: &Fields) -> Self {
        let set = serde_json::value::to_raw_value(fields).unwrap_or_else(|_| unreachable!("a map of values is JSON"));
        Record::Put { put: kind, id, label, set }
    }
}

const HASH_DIGITS: usize = 32;
/// `,"h":"` … `"}`
const TAIL: usize = 6 + HASH_DIGITS + 2;

fn hash(body: &[u8]) -> String {
    blake3::hash(body).to_hex()[..HASH_DIGITS].to_owned()
}

/// `room`: bytes that the line may take, so that a long one is not moved about as it grows.
fn seal(value: &impl Serialize, room: usize) -> (String, String) {
    let mut line = Vec::with_capacity(room);
    let written = serde_json::to_writer(&mut line, value).ok().and_then(|()| String::from_utf8(line).ok());
    let mut line = written.unwrap_or_else(|| unreachable!("journal lines are JSON"));
    line.pop();
    let hash = hash(line.as_bytes());
    line.push_str(",\"h\":\"");
    line.push_str(&hash);
    line.push_str("\"}\n");
    (line, hash)
}

impl Operation {
    /// The line with its line break, and its hash.
    pub fn to_line(&self) -> (String, String) {
        /// A header, in case one goes before, and what stands around the records.
        const FRAME: usize = 1 << 10;
        /// Id, kind and label of a record.
        const RECORD: usize = 120;
        seal(self, FRAME + self.weight() + RECORD * self.records.len())
    }

    /// Bytes of all fields that it sets.
    pub fn weight(&self) -> usize {
        let set = |record: &Record| match record {
            Record::Put { set, .. } => set.get().len(),
            Record::Undo { .. } | Record::Purge { .. } => 0,
        };
        self.records.iter().map(set).sum()
    }
}

impl Header {
    pub fn to_line(&self) -> String {
        seal(self, 0).0
    }
}

/// Why a line is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Its hash does not fit: damaged or edited.
    Hash,
    /// Not a line this version knows.
    Shape(String),
}

fn check(line: &[u8]) -> Result<String, Broken> {
    let cut = line.len().checked_sub(TAIL).ok_or(Broken::Hash)?;
    let (body, tail) = line.split_at(cut);
    let said = tail
        .strip_prefix(b",\"h\":\"".as_slice())
        .and_then(|rest| rest.strip_suffix(b"\"}".as_slice()))
        .ok_or(Broken::Hash)?;
    let hash = hash(body);
    if hash.as_bytes() == said { Ok(hash) } else { Err(Broken::Hash) }
}

/// Reads one line (without its line break) as an operation.
pub fn parse_line(line: &[u8]) -> Result<Operation, Broken> {
    let hash = check(line)?;
    let mut operation: Operation = serde_json::from_slice(line).map_err(|error| Broken::Shape(error.to_string()))?;
    operation.hash = hash;
    Ok(operation)
}

/// Reads one line as a header; `None` where it is no header at all.
pub fn parse_header(line: &[u8]) -> Option<Result<Header, Broken>> {
    line.starts_with(b"{\"realist\":").then(|| {
        check(line)?;
        serde_json::from_slice(line).map_err(|error| Broken::Shape(error.to_string()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn operation() -> Operation {
        let mut fields = Fields::new();
        fields.insert("name".to_owned(), "trust".into());
        let id = Id::derived([b"x".as_slice()]);
        Operation {
            id,
            stream: "1a2b3c4d".to_owned(),
            lamport: 7,
            time: "2026-03-01T10:00:00Z".to_owned(),
            by: "gj".to_owned(),
            act: "codebook add".to_owned(),
            after: Vec::new(),
            prev: String::new(),
            records: vec![Record::put(Kind::Code, id, "C1.gj".parse().ok(), &fields)],
            hash: String::new(),
        }
    }

    #[test]
    fn a_line_reads_back() {
        let (line, hash) = operation().to_line();
        let read = parse_line(line.trim_end().as_bytes()).unwrap();
        assert_eq!(read.hash, hash);
        assert_eq!(read.to_line().0, line);
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (line, _) = operation().to_line();
        let line = line.trim_end().as_bytes();
        for byte in 0..line.len() {
            for bit in 0..8 {
                let mut damaged = line.to_vec();
                damaged[byte] ^= 1 << bit;
                assert!(parse_line(&damaged).is_err(), "byte {byte} bit {bit}");
            }
        }
    }
}
