//! Makes a project with a large theory, to time what is asked of it by whole commands.
//!
//! ```text
//! cargo bench --bench theory -- PROJECT
//! ```
//!
//! Adds to a copy of the example 10,000 active statements in 12 components, 400 interviews and 100,000 evidence links on
//! passages that are there. Of the statements two in five begin with what another brings about, so that chains are long.
//! The same project gives the same stream.

mod claims;
#[path = "stream/mod.rs"]
mod stream;

use claims::{below, statements};
use realist::evidence::{Evidence, Stance};
use realist::hypothesis::{Hypothesis, PartKind};
use realist::id::{Id, Kind};
use realist::project::{Project, Surroundings};
use realist::source::Source;
use serde_json::{Value, json};
use std::path::Path;
use stream::{Outcome, Stream};

const COMPONENTS: u32 = 12;
const SOURCES: u32 = 400;
const LINKS: u32 = 100_000;
const TOGETHER: usize = 100;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.as_slice() {
        [project] => write(Path::new(project)),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

fn id(kind: Kind, n: u32) -> Id {
    Id::derived([b"theory".as_slice(), kind.word().as_bytes(), &n.to_le_bytes()])
}

fn write(root: &Path) -> Outcome<()> {
    let project = Project::open(root, Surroundings::read(None)?)?;
    let (links, sources) = (project.state().all::<Evidence>(), project.state().all::<Source>());
    let interview = sources.iter().find(|one| one.reference.is_none() && one.study.is_none()).ok_or("no interview")?;
    let mut stream = Stream::new(&project, "zz", TOGETHER)?;
    for n in 0..COMPONENTS {
        let set = json!({ "name": format!("Large part {n}"), "order": n + 100 });
        stream.put(Kind::Component, id(Kind::Component, n), n + 1, set)?;
    }
    for n in 0..SOURCES {
        stream.put(Kind::Source, id(Kind::Source, n), n + 1, serde_json::to_value(interview)?)?;
    }
    let mut state = 23;
    let mut held = statements();
    chain(&mut held, &mut state);
    for (n, one) in (0..).zip(&held) {
        let mut set = json!({ "author": "zz", "status": "active", "component": id(Kind::Component, n % COMPONENTS) });
        for part in &one.parts {
            set[format!("part:{}", part.key)] = json!({ "kind": part.kind, "text": part.text });
        }
        stream.put(Kind::Hypothesis, id(Kind::Hypothesis, n), n + 1, set)?;
    }
    let number = u32::try_from(held.len())?;
    for n in 0..LINKS {
        let on = n.wrapping_mul(2_246_822_519) % number;
        let one = &held[on as usize];
        let mut link = serde_json::to_value(&links[n as usize % links.len()])?;
        link["hypothesis"] = json!(id(Kind::Hypothesis, on));
        link["source"] = json!(id(Kind::Source, below(&mut state, SOURCES)));
        link["stance"] = json!(if below(&mut state, 6) == 0 { Stance::Refutes } else { Stance::Supports });
        link["part"] = match n % 3 {
            0 => Value::Null,
            _ => json!(one.parts[below(&mut state, 4) as usize].key),
        };
        (link["appraiser"], link["revision"]) = (json!("zz"), json!(one.revision()));
        stream.put(Kind::Evidence, id(Kind::Evidence, n), n + 1, link)?;
    }
    stream.finish()
}

/// Gives parts their keys, and two statements in five a context in the words of another's outcome.
fn chain(held: &mut [Hypothesis], state: &mut u64) {
    let of = |one: &Hypothesis, kind: PartKind| one.parts.iter().position(|part| part.kind == kind);
    for at in 0..held.len() {
        for part in &mut held[at].parts {
            part.key = format!("{}1", part.kind.letter());
        }
        let other = below(state, u32::try_from(held.len()).unwrap_or(u32::MAX)) as usize;
        let outcome = of(&held[other], PartKind::Outcome).map(|part| held[other].parts[part].text.clone());
        if let (0 | 1, Some(outcome), Some(context)) = (at % 5, outcome, of(&held[at], PartKind::Context)) {
            held[at].parts[context].text = outcome;
        }
    }
}
