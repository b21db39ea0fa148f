//! A stream of many records, laid beside those of a project.

use realist::history::{Fields, Header, Operation, Record};
use realist::id::{Id, Kind, Label};
use realist::project::Project;
use serde_json::Value;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// The stream on its way. What it is given twice it writes twice alike.
pub struct Stream {
    out: BufWriter<File>,
    header: Header,
    each: usize,
    prev: String,
    lamport: u64,
    pending: Vec<Record>,
}

impl Stream {
    /// Begins the journal file of a coder, with so many records in an operation.
    pub fn new(project: &Project, tag: &str, each: usize) -> Outcome<Self> {
        let header = Header {
            realist: realist::settings::FORMAT,
            project: project.settings().project,
            stream: "0badcafe".to_owned(),
            tag: tag.to_owned(),
            suffix: None,
        };
        let path = project.root().join("journal").join(format!("{tag}.0badcafe.jsonl"));
        let mut out = BufWriter::new(File::create(&path)?);
        out.write_all(header.to_line().as_bytes())?;
        let lamport = project.state().lamport();
        Ok(Stream { out, header, each, prev: String::new(), lamport, pending: Vec::with_capacity(each) })
    }

    /// Makes a thing with a label of this number.
    pub fn put(&mut self, kind: Kind, id: Id, number: u32, set: Value) -> Outcome<()> {
        let mut set = match set {
            Value::Object(fields) => fields,
            _ => Fields::new(),
        };
        set.retain(|_, value| !value.is_null());
        self.pending.push(Record::put(kind, id, Some(Label::new(kind, number, &*self.header.tag)), &set));
        if self.pending.len() == self.each { self.hand_on() } else { Ok(()) }
    }

    fn hand_on(&mut self) -> Outcome<()> {
        self.lamport += 1;
        // A hundred days, one after another.
        let (month, day) = (self.lamport / 20 % 5 + 1, self.lamport % 20 + 1);
        let operation = Operation {
            id: Id::derived([b"large operation".as_slice(), &self.lamport.to_le_bytes()]),
            stream: self.header.stream.clone(),
            lamport: self.lamport,
            time: format!("2026-{month:02}-{day:02}T00:00:00Z"),
            by: self.header.tag.clone(),
            act: "code add".to_owned(),
            after: Vec::new(),
            prev: std::mem::take(&mut self.prev),
            records: std::mem::take(&mut self.pending),
            hash: String::new(),
        };
        let (line, hash) = operation.to_line();
        self.out.write_all(line.as_bytes())?;
        self.prev = hash;
        Ok(())
    }

    pub fn finish(mut self) -> Outcome<()> {
        if !self.pending.is_empty() {
            self.hand_on()?;
        }
        Ok(self.out.flush()?)
    }
}
