//! Codes a project many times over, to time queries over codings.
//!
//! ```text
//! cargo bench --bench coded -- PROJECT CODINGS EACH
//! ```
//!
//! Adds a stream of 200 codes, `code 1` to `code 200`, and of CODINGS codings by five coders, EACH of them to an
//! operation: on up to a hundred words that begin anywhere in the speech of any passage, some over several passages,
//! some on two stretches. The same project gives the same stream.

#[path = "dice/mod.rs"]
mod dice;
#[path = "stream/mod.rs"]
mod stream;

use dice::Dice;
use realist::document::Document;
use realist::id::{Id, Kind};
use realist::passage::Anchor;
use realist::project::{Project, Shard, Surroundings};
use realist::text::{Span, words};
use serde_json::json;
use std::path::Path;
use stream::{Outcome, Stream};

const CODES: u32 = 200;
const CODERS: [&str; 5] = ["ana", "ben", "cem", "dora", "eva"];
const WORDS: u64 = 100;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [project, codings, each] => write(Path::new(project), codings.parse()?, each.parse()?),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

/// A document with the words that may be coded.
struct Text {
    document: Id,
    version: String,
    shard: Shard,
    words: Vec<Span>,
}

fn read(project: &Project) -> Outcome<Vec<Text>> {
    let mut texts = Vec::new();
    for document in project.state().all::<Document>() {
        let Some(shard) = project.read_shard(&document, &document.version, 0)? else { continue };
        let segments = shard.units.iter().flat_map(|unit| &unit.speech);
        let words = segments.flat_map(|segment| {
            let base = segment.span.start();
            let words = words::words(segment.span.of(&shard.text).unwrap_or_default());
            words.filter_map(move |(word, _)| Span::new(base + word.start(), base + word.end()))
        });
        let words = words.collect::<Vec<Span>>();
        if words.len() > 10 {
            texts.push(Text { document: document.id, version: document.version, shard, words });
        }
    }
    Ok(texts)
}

fn stretch(text: &Text, dice: &mut Dice) -> Span {
    let first = dice.below(text.words.len() as u64) as usize;
    let last = (first + dice.below(WORDS) as usize).min(text.words.len() - 1);
    text.words[first].join(text.words[last])
}

fn write(root: &Path, codings: u32, each: usize) -> Outcome<()> {
    let project = Project::open(root, Surroundings::read(None)?)?;
    let texts = read(&project)?;
    let mut stream = Stream::new(&project, "zz", each)?;
    let code_id = |n: u32| Id::derived([b"large code".as_slice(), &n.to_le_bytes()]);
    for n in 1..=CODES {
        stream.put(Kind::Code, code_id(n), n, json!({ "name": format!("code {n}") }))?;
    }
    let mut dice = Dice(1);
    for n in 1..=codings {
        let text = &texts[dice.below(texts.len() as u64) as usize];
        let mut spans = vec![stretch(text, &mut dice)];
        if dice.below(50) == 0 {
            spans.push(stretch(text, &mut dice));
            spans.sort_unstable();
        }
        let hashes = spans.iter().map(|span| text.shard.key.hash(span.of(&text.shard.text).unwrap_or_default()));
        let hashes = hashes.collect();
        let anchor = Anchor { document: text.document, version: text.version.clone(), row: None, spans, hashes };
        let code = code_id(u32::try_from(dice.below(u64::from(CODES)))? + 1);
        let coder = CODERS[dice.below(CODERS.len() as u64) as usize];
        let id = Id::derived([b"large coding".as_slice(), &n.to_le_bytes()]);
        stream.put(Kind::Coding, id, n, json!({ "code": code, "anchor": anchor, "coder": coder }))?;
    }
    stream.finish()
}
