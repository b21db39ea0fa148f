//! `report document-flow`: from the records that were found to what bears on a statement, stream by stream, own data apart, with
//! numbers that add up or are said not to. Counted by [`crate::screening`].

mod figure;
pub mod records;

use super::Brief;
use super::block::{Block, Report, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use crate::picture::Arrow;
use crate::screening::{Gap, Held, Screening, Strand, by_strand};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::json;

const RULE: &str = "How this is counted. Taken in: records of published work and pieces of own data, each a source. Reports of \
one study are one source from then on. With a text: a document, or a row of a table of extracts, is in the project. \
Contributes a passage: at least one is coded or linked (of a row of a table: linked). Contributes evidence: at least one is \
linked to a statement and not judged irrelevant. Each number is the one before less what was left out in between.";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let (screening, strands) = (Screening::of(synthesis), by_strand(synthesis));
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let total = total(&strands, |_| true);
    blocks.push(Block::paragraph(opening(&screening, &total)));
    blocks.push(Block::heading(2, "Flow of documents", "flow"));
    let by_strand = table(&strands);
    let drawn = by_strand.turned("Stage", |at| format!("strand_{}", at + 1));
    blocks.push(Block::Figure(Box::new(figure::draw(&screening, &strands, drawn))));
    blocks.extend(records::section(&screening));
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "document-flow",
        title: format!("{}: flow of documents", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "document-flow",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "records": records::json(&screening),
            "streams": strands,
            "total": with_name(&total),
            "withheld": withheld(&press),
        }),
        sheet: sheet(&screening, &strands),
    }
}

fn opening(screening: &Screening, total: &Held) -> String {
    let held = format!("{} taken in; {} bear on a statement.", count_of(total.taken_in, "source"), total.with_evidence);
    match records::in_short(screening) {
        Some(records) => format!("{records} {held}"),
        None => held,
    }
}

fn with_name(total: &Held) -> serde_json::Value {
    json!(Strand { strand: "All".to_owned(), own_data: false, held: *total })
}

fn total(strands: &[Strand], of: impl Fn(&Strand) -> bool) -> Held {
    strands.iter().filter(|one| of(one)).fold(Held::default(), |mut all, one| {
        all.add(&one.held);
        all
    })
}

fn table(strands: &[Strand]) -> Table {
    let mut table = Table::with(&[&[("strand", "Strand")], Held::COLUMNS.as_slice()].concat());
    let all = total(strands, |_| true);
    for (name, held) in strands.iter().map(|one| (one.strand.as_str(), &one.held)).chain([("All", &all)]) {
        table.push(std::iter::once(name.into()).chain(held.numbers().map(Cell::from)).collect());
    }
    table
}

/// A row a stream, then a row a strand: two ways to divide the same.
fn sheet(screening: &Screening, strands: &[Strand]) -> Table {
    let counted = records::COLUMNS;
    let mut sheet = Table::with(
        &[
            &[("by", "By"), ("name", "Name")],
            counted.as_slice(),
            Held::COLUMNS.as_slice(),
            &[("reasons", "Reasons"), ("troubles", "Does not add up")],
        ]
        .concat(),
    );
    for account in &screening.accounts {
        let mut row: Vec<Cell> = vec!["stream".into(), account.stream.title().into()];
        row.extend(records::counts(account));
        row.extend(account.held.numbers().map(Cell::from));
        row.push(records::reasons(account).into());
        let gaps = account.gaps().iter().map(Gap::in_words).collect::<Vec<_>>();
        row.push([gaps, screening.differences_of(account)].concat().join("\n").into());
        sheet.push(row);
    }
    let all = total(strands, |_| true);
    for (name, held) in strands.iter().map(|one| (one.strand.as_str(), &one.held)).chain([("All", &all)]) {
        let mut row: Vec<Cell> = vec!["strand".into(), name.into()];
        row.extend(counted.iter().map(|_| Cell::Empty));
        row.extend(held.numbers().map(Cell::from));
        row.extend([Cell::Empty, Cell::from(if name == "All" { screening.difference_of_all() } else { None })]);
        sheet.push(row);
    }
    sheet
}

pub(super) fn arrow(from: usize, to: usize, remark: &str) -> Arrow {
    Arrow { from, to, weight: 1, is_contested: false, remark: remark.to_owned(), origins: Vec::new() }
}

#[cfg(test)]
mod tests;
