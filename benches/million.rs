//! Makes a project large, to time how a large one is opened.
//!
//! ```text
//! cargo bench --bench million -- PROJECT RECORDS EACH
//! ```
//!
//! Adds a stream of RECORDS records, EACH of them to an operation, to a copy of the example: for every
//! twenty records one statement, two links and seventeen codings, on passages that are there. The
//! same project gives the same stream.

use realist::coding::Coding;
use realist::evidence::Evidence;
use realist::history::{Fields, Header, Operation, Record};
use realist::id::{Id, Kind, Label};
use realist::project::{Project, Surroundings};
use serde_json::{Value, json};
use std::error::Error;
use std::io::Write;
use std::path::Path;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [project, records, each] => write(Path::new(project), records.parse()?, each.parse()?),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

fn fields(value: Value) -> Fields {
    match value {
        Value::Object(fields) => fields,
        _ => Fields::new(),
    }
}

fn write(root: &Path, records: u32, each: usize) -> Outcome<()> {
    let project = Project::open(root, Surroundings::read(None)?)?;
    let (codings, links) = (project.state().all::<Coding>(), project.state().all::<Evidence>());
    let header = Header {
        realist: realist::settings::FORMAT,
        project: project.settings().project,
        stream: "0badcafe".to_owned(),
        tag: "zz".to_owned(),
        suffix: None,
    };
    let path = root.join("journal").join("zz.0badcafe.jsonl");
    let mut out = std::io::BufWriter::new(std::fs::File::create(&path)?);
    out.write_all(header.to_line().as_bytes())?;
    let mut prev = String::new();
    let mut pending = Vec::with_capacity(each);
    let mut statement = Id::derived([b"none".as_slice()]);
    let mut lamport = project.state().lamport();
    for n in 0..records {
        let at = usize::try_from(n)?;
        let id = Id::derived([b"million".as_slice(), &n.to_le_bytes()]);
        let (kind, set) = match n % 20 {
            0 => {
                statement = id;
                (
                    Kind::Hypothesis,
                    json!({"statement": format!("If it is made large {n}, then it stays quick"), "author": "zz"}),
                )
            }
            1 | 2 => {
                let mut link = serde_json::to_value(&links[at % links.len()])?;
                link["hypothesis"] = json!(statement);
                link["appraiser"] = json!("zz");
                link["part"] = Value::Null;
                (Kind::Evidence, link)
            }
            _ => {
                let mut coding = serde_json::to_value(&codings[at % codings.len()])?;
                coding["coder"] = json!("zz");
                (Kind::Coding, coding)
            }
        };
        let mut set = fields(set);
        set.retain(|_, value| !value.is_null());
        pending.push(Record::put(kind, id, Some(Label::new(kind, n + 1, "zz")), &set));
        if pending.len() == each || n + 1 == records {
            lamport += 1;
            let operation = Operation {
                id: Id::derived([b"million operation".as_slice(), &n.to_le_bytes()]),
                stream: header.stream.clone(),
                lamport,
                time: "2026-01-01T00:00:00Z".to_owned(),
                by: "zz".to_owned(),
                act: "code add".to_owned(),
                after: Vec::new(),
                prev: std::mem::take(&mut prev),
                records: std::mem::take(&mut pending),
                hash: String::new(),
            };
            let (line, hash) = operation.to_line();
            out.write_all(line.as_bytes())?;
            prev = hash;
        }
    }
    Ok(out.flush()?)
}
