//! Makes the rows that `realist code add --from -` is timed with, from the texts of a project.
//!
//! ```text
//! cargo bench --bench codings -- places PROJECT NUMBER FILE        document, unit, code
//! cargo bench --bench codings -- quotations PROJECT NUMBER FILE    document, ten words of a unit, code
//! ```
//!
//! Rows come in no order, from all documents alike: the hardest case. The same project gives the same
//! rows. The codes are `code 1` to `code 40`, which are to be made first.

#[path = "dice/mod.rs"]
mod dice;

use dice::Dice;
use realist::document::Document;
use realist::project::{Project, Shard, Surroundings};
use realist::text::words;
use std::error::Error;
use std::path::Path;

type Outcome<T> = Result<T, Box<dyn Error>>;

const CODES: u64 = 40;
const WORDS: usize = 10;

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [what @ ("places" | "quotations"), project, number, file] => {
            let project = Project::open(Path::new(project), Surroundings::read(None)?)?;
            write(&project, *what == "quotations", number.parse()?, Path::new(file))
        }
        // `cargo bench` without arguments runs every bench.
        _ => Ok(()),
    }
}

fn write(project: &Project, quoted: bool, number: usize, file: &Path) -> Outcome<()> {
    let documents = project.state().all::<Document>();
    let mut dice = Dice(1);
    let mut rows: Vec<(u64, [String; 3])> = Vec::with_capacity(number);
    for (at, document) in documents.iter().enumerate() {
        let Some(shard) = project.read_shard(document, &document.version, 0)? else { continue };
        let label = project.label(document.id);
        for _ in at * number / documents.len()..(at + 1) * number / documents.len() {
            let code = format!("code {}", dice.below(CODES) + 1);
            let row = if quoted {
                [label.clone(), quotation(&shard, &mut dice), code]
            } else {
                [format!("{label}/{}", dice.below(shard.units.len() as u64) + 1), String::new(), code]
            };
            rows.push((dice.below(u64::MAX), row));
        }
    }
    rows.sort();
    let mut out = csv::Writer::from_path(file)?;
    out.write_record(if quoted { ["document", "quote", "code"] } else { ["passage", "quote", "code"] })?;
    for (_, row) in rows {
        out.write_record(row)?;
    }
    Ok(out.flush()?)
}

/// Ten words that stand once in the text.
fn quotation(shard: &Shard, dice: &mut Dice) -> String {
    loop {
        let unit = &shard.units[dice.place(shard.units.len())];
        let span = unit.speech_span();
        let speech = span.of(&shard.text).unwrap_or_default();
        let all: Vec<_> = words::words(speech).map(|(span, _)| span).collect();
        if all.len() < WORDS {
            continue;
        }
        let first = dice.place(all.len() - WORDS + 1);
        let words = all[first].join(all[first + WORDS - 1]).of(speech).unwrap_or_default();
        if shard.find(words).spans.len() == 1 {
            return words.to_owned();
        }
    }
}
