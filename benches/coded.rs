//! Codes a project many times over, and times queries over its codings.
//!
//! ```text
//! cargo bench --bench coded -- make PROJECT CODINGS EACH
//! cargo bench --bench coded -- queries               every pair of operators, one query a line
//! cargo bench --bench coded -- time PROJECT          reading, and every pair, in one process
//! ```
//!
//! `make` adds a stream of 200 codes, `code 1` to `code 200`, and of CODINGS codings by five coders, EACH of them to an
//! operation: on up to a hundred words that begin anywhere in the speech of any passage, some over several passages,
//! some on two stretches. The same project gives the same stream.

#[path = "dice/mod.rs"]
mod dice;
#[path = "stream/mod.rs"]
mod stream;

use dice::Dice;
use realist::act::retrieval::Retrieval;
use realist::act::search;
use realist::document::Document;
use realist::id::{Id, Kind};
use realist::passage::Anchor;
use realist::project::{Project, Shard, Surroundings};
use realist::query::Query;
use realist::retrieve::{Scope, evaluate};
use realist::text::{Span, words};
use serde_json::json;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use stream::{Outcome, Stream};

const CODES: u32 = 200;
const CODERS: [&str; 5] = ["ana", "ben", "cem", "dora", "eva"];
const WORDS: usize = 100;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", project, codings, each] => write(Path::new(project), codings.parse()?, each.parse()?),
        ["queries"] => {
            let queries: Vec<String> = pairs().into_iter().map(|query| query + "\n").collect();
            Ok(std::io::stdout().write_all(queries.concat().as_bytes())?)
        }
        ["time", project] => time(Path::new(project)),
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

/// What a query joins its parts by: `A` is what it joins so far, `B` what comes to it.
const OPERATORS: [&str; 28] = [
    "(A) SAME (B)",
    "(A) OVERLAPS (B)",
    "(A) NOT OVERLAPS (B)",
    "(A) WITHIN (B)",
    "(A) ENCLOSES (B)",
    "(A) TOUCHES (B)",
    "(A) PRECEDES (B)",
    "(A) PRECEDES/5 (B)",
    "(A) PRECEDES/turn (B)",
    "(A) PRECEDES/paragraph (B)",
    "(A) PRECEDES/2min (B)",
    "(A) FOLLOWS (B)",
    "(A) FOLLOWS/5 (B)",
    "(A) FOLLOWS/turn (B)",
    "(A) FOLLOWS/paragraph (B)",
    "(A) FOLLOWS/2min (B)",
    "(A) NEAR/5 (B)",
    "(A) NEAR/turn (B)",
    "(A) NEAR/paragraph (B)",
    "(A) NEAR/2min (B)",
    "(A) AND (B)",
    "(A) OR (B)",
    "(A) AND NOT (B)",
    "ATLEAST/2((A) (B) code:\"code 4\")",
    "ONLY (A)",
    "coder:ana AND (A)",
    "date:2026-02-03..2026-03-05 AND (A)",
    "trust AND (A)",
];

/// Every operator upon every other.
fn pairs() -> Vec<String> {
    // What stands for B comes first: A's own text holds other letters.
    let join =
        |operator: &str, a: &str, b: &str| operator.replace("(B)", &format!("({b})")).replace("(A)", &format!("({a})"));
    let inner = OPERATORS.iter().map(|first| join(first, "code:\"code 1\"", "code:\"code 2\""));
    inner.flat_map(|inner| OPERATORS.map(|second| join(second, &inner, "code:\"code 3\""))).collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn time(root: &Path) -> Outcome<()> {
    let project = Project::open(root, Surroundings::read(None)?)?;
    let index = search::index(&project, &|_, _| {})?;
    let mut out = std::io::stdout();
    let mut read = Vec::new();
    for _ in 0..9 {
        let start = Instant::now();
        Retrieval::new(&project, &index)?;
        read.push(start.elapsed());
    }
    writeln!(out, "codings and texts: {:?}", median(read))?;
    let retrieval = Retrieval::new(&project, &index)?;
    let mut all = Vec::new();
    for text in pairs() {
        let query = Query::parse(&text)?;
        let start = Instant::now();
        let outcome = evaluate(&retrieval, &query, Scope::Unit)?;
        all.push((start.elapsed(), text, outcome.units.len()));
    }
    all.sort();
    writeln!(out, "{} pairs: {:?}", all.len(), median(all.iter().map(|(took, ..)| *took).collect()))?;
    for (took, text, units) in all.iter().rev().take(5) {
        writeln!(out, "{took:?}  {units} units  {text}")?;
    }
    Ok(())
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
    let first = dice.place(text.words.len());
    let last = (first + dice.place(WORDS)).min(text.words.len() - 1);
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
        let text = &texts[dice.place(texts.len())];
        let mut spans = vec![stretch(text, &mut dice)];
        if dice.below(50) == 0 {
            spans.push(stretch(text, &mut dice));
            spans.sort_unstable();
        }
        let hashes = spans.iter().map(|span| text.shard.key.hash(span.of(&text.shard.text).unwrap_or_default()));
        let hashes = hashes.collect();
        let anchor = Anchor { document: text.document, version: text.version.clone(), row: None, spans, hashes };
        let code = code_id(u32::try_from(dice.below(u64::from(CODES)))? + 1);
        let coder = CODERS[dice.place(CODERS.len())];
        let id = Id::derived([b"large coding".as_slice(), &n.to_le_bytes()]);
        stream.put(Kind::Coding, id, n, json!({ "code": code, "anchor": anchor, "coder": coder }))?;
    }
    stream.finish()
}
