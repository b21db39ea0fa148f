//! Makes a project large, to time how a large one is opened.
//!
//! ```text
//! cargo bench --bench million -- PROJECT RECORDS EACH
//! ```
//!
//! Adds a stream of RECORDS records, EACH of them to an operation, to a copy of the example: for every
//! twenty records one statement, two links and seventeen codings, on passages that are there. The
//! same project gives the same stream.

#[path = "stream/mod.rs"]
mod stream;

use realist::coding::Coding;
use realist::evidence::Evidence;
use realist::id::{Id, Kind};
use realist::project::{Project, Surroundings};
use serde_json::{Value, json};
use std::path::Path;
use stream::{Outcome, Stream};

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [project, records, each] => write(Path::new(project), records.parse()?, each.parse()?),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

fn write(root: &Path, records: u32, each: usize) -> Outcome<()> {
    let project = Project::open(root, Surroundings::read(None)?)?;
    let (codings, links) = (project.state().all::<Coding>(), project.state().all::<Evidence>());
    let mut stream = Stream::new(&project, "zz", each)?;
    let mut statement = Id::derived([b"none".as_slice()]);
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
        stream.put(kind, id, n + 1, set)?;
    }
    stream.finish()
}
