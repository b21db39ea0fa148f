//! `realist read`

use super::memo::{by, said};
use super::shared::{counted, excerpt};
use crate::act;
use crate::act::memo::list::Shown;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::document::{Document, UnitKind};
use crate::id::Kind;
use crate::table::{Cell, Table};
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A document, or a place in it: D3.gj, D3.gj/12, D3.gj/12..15
    #[arg(value_name = "D1.gj")]
    document: String,
    /// Turns or rows to show: t14..17, r500000
    #[arg(value_name = "TURNS")]
    range: Option<String>,
}

/// Rows of a table in many files that are shown where no rows are named.
const MOST_ROWS: usize = 200;

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let (typed, inside) = match arguments.document.split_once('/') {
        Some((document, units)) => (document.to_owned(), Some(units.to_owned())),
        None => (arguments.document, arguments.range),
    };
    let id = act::resolve::find(&project, Kind::Document, &typed)?;
    let document: Document = act::resolve::read(&project, id)?;
    let label = project.label(id);
    if document.purged {
        return Err(fault("purged", format!("the text of {label} was destroyed on purpose"))
            .hint("`realist log` says when and by whom; what stood on it is kept and reads 'purged'"));
    }
    let (first, last) = match inside {
        None => (1, usize::MAX),
        Some(units) => match act::anchor::Spot::parse(&format!("{label}/{units}"), None, None)?.words {
            act::anchor::Words::Units(first, last) => (first, last),
            _ => (1, usize::MAX),
        },
    };
    let missing = || act::text::missing(&project, &document);
    let version = document.versions.get(&document.version).ok_or_else(missing)?;
    let units = version.units;
    if first > units {
        return Err(fault("no-unit", format!("{label} has {units} units; {first} is past its end"))
            .hint(format!("read all of it: realist read {label}")));
    }
    let last = if last == usize::MAX && units > MOST_ROWS && version.shards > 1 {
        let range = format!("{label} r{}..{}", MOST_ROWS + 1, 2 * MOST_ROWS);
        context.ui.say(&format!("the first {MOST_ROWS} of {units} rows; for others: realist read {range}"));
        MOST_ROWS
    } else {
        last
    };
    let memos = act::memo::list::on_document(&project, &project.coder(false)?, id)?;
    let at = |n: usize| memos.iter().filter(move |memo| memo.stands.is_some_and(|(_, unit)| unit == n));
    let mut rows = Vec::new();
    let mut table = Table::with(&[("n", "#"), ("speaker", "Speaker"), ("text", "Text")]);
    for number in version.shard_of(first)..=version.shard_of(last) {
        let shard = act::text::shard(&project, &document, &document.version, number)?;
        for unit in shard.units.iter().filter(|unit| (first..=last).contains(&unit.n)) {
            let speaker = unit.speaker.and_then(|index| shard.header.speakers.get(index));
            let text = unit.speech_span().of(&shard.text).unwrap_or_default();
            let mark = if unit.kind == UnitKind::Turn { "t" } else { "" };
            table.push(vec![
                format!("{mark}{}", unit.n).into(),
                speaker.map(|one| one.label.clone()).into(),
                text.trim().to_owned().into(),
            ]);
            at(unit.n).for_each(|memo| table.push(marked(memo)));
            let mut row = json!({
                "n": unit.n, "kind": unit.kind, "speaker": speaker.map(|one| &one.label),
                "role": speaker.map(|one| one.role), "start": unit.span.start(), "end": unit.span.end(),
                "time": unit.time, "page": unit.page, "text": text,
            });
            if at(unit.n).next().is_some() {
                row["memos"] = json!(at(unit.n).collect::<Vec<_>>());
            }
            rows.push(row);
        }
    }
    context.ui.heading(&excerpt(&format!("{label}  {}", project.title(&document)), 100));
    context.ui.list(&table, &Value::Array(rows));
    let open: usize = act::carry::verify::waiting(&project, &document)?.into_iter().sum();
    if open > 0 {
        context.ui.say(&format!("{} of {label} left open by a correction: realist document verify {label}", counted(open, "passage")));
    }
    at(0).for_each(|memo| context.ui.say(&format!("{} on the whole, by {}: {}", memo.id, by(memo), said(memo))));
    Ok(Exit::negative_if(table.is_empty()))
}

/// A line under a turn.
fn marked(memo: &Shown) -> Vec<Cell> {
    vec!["*".into(), format!("{} {}", memo.id, by(memo)).into(), said(memo).into()]
}
