//! Numbered turns as a workbook to type into, and what was typed into it.

use super::comments::{Parcel, Remark, Wish, refuse_purged, stand};
use super::export::{Outgoing, clock};
use super::ground::{Changes, Place};
use super::remark::{self, Ask};
use crate::act::sheet::{cells, key};
use crate::act::{resolve, text, workbook};
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::id::Kind;
use crate::project::Project;
use crate::render::xlsx::{self, Sheet};
use crate::table::{Cell, Column, Table};
use crate::text::Span;
use crate::text::carry::{Carrier, Sureness};
use crate::text::words::on_one_line;

const NUMBER: &str = "number";
const TIME: &str = "time";
const CODE: &str = "code";
const CLAIM: &str = "if-then";
const COMMENT: &str = "comment";
const COLUMNS: &[&str] = &[NUMBER, cells::SPEAKER, TIME, cells::TEXT, CODE, CLAIM, COMMENT, cells::KEY];
const WIDTHS: &[u16] = &[8, 16, 10, 80, 24, 48, 40, 16];

pub fn write(outgoing: &Outgoing) -> Result<Vec<u8>> {
    let mut table = Table::new(COLUMNS.iter().map(|name| Column::new(name, name)).collect());
    for turn in &outgoing.turns {
        table.push(vec![
            turn.n.into(),
            turn.speaker.clone().into(),
            turn.time.map(clock).into(),
            cells::shown(&turn.text).into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            key(outgoing.document.id, turn.n).into(),
        ]);
    }
    let sheet = Sheet { name: "turns", table: &table, widths: WIDTHS, hidden: &[COLUMNS.len() - 1] };
    xlsx::workbook(&format!("{}: numbered turns", outgoing.label), &[sheet])
}

/// Faults: `no-sheet`, `which-document`, `other-document`, `purged`, `no-comments`.
pub fn read(project: &Project, wish: &Wish, names: &[String]) -> Result<Parcel> {
    let sheet = cells::Sheet::of_rows(workbook::rows(project, &wish.file)?);
    for needed in [NUMBER, cells::TEXT] {
        if sheet.column(needed).is_none() {
            return Err(fault("no-sheet", format!("the first row names no column '{needed}'"))
                .hint("make one with: realist document export D3.gj --to xlsx; keep its first row as it is")
                .hint("a sheet of claims is read with: realist sheet read FILE"));
        }
    }
    let document = document(project, &sheet, wish.document.as_deref())?;
    refuse_purged(project, &document)?;
    let mut parcel = Parcel { document, remarks: Vec::new(), changes: Changes::default() };
    for (index, row) in sheet.rows.iter().enumerate() {
        let asks = asks(&sheet, row, names);
        let Some(n) = number(&sheet, row) else {
            if !asks.is_empty() {
                parcel.remarks.push(remark(index, None, asks));
            }
            continue;
        };
        let (place, is_same) = place(project, &parcel.document, &sheet, row, n)?;
        if !is_same {
            parcel.changes.reworded.push(n);
        }
        if !asks.is_empty() {
            parcel.remarks.push(remark(index, place, asks));
        }
    }
    if parcel.remarks.is_empty() {
        return Err(fault("no-comments", "nothing was typed into the columns code, if-then and comment"));
    }
    Ok(parcel)
}

fn remark(index: usize, place: Option<super::comments::Stand>, asks: Vec<Ask>) -> Remark {
    Remark { at: format!("row {}", index + 2), place, had_words: true, signed: None, asks }
}

fn number(sheet: &cells::Sheet, row: &[String]) -> Option<usize> {
    sheet.cell(row, NUMBER).parse().ok()
}

/// What was typed into a row.
fn asks(sheet: &cells::Sheet, row: &[String], names: &[String]) -> Vec<Ask> {
    let mut asks = remark::codes(sheet.cell(row, CODE), names);
    let claim = on_one_line(sheet.cell(row, CLAIM));
    if !claim.is_empty() {
        asks.push(Ask::Claim(claim));
    }
    asks.extend(remark::read(sheet.cell(row, COMMENT), names));
    asks
}

/// The document whose keys stand in the rows, or the one that was named.
fn document(project: &Project, sheet: &cells::Sheet, wanted: Option<&str>) -> Result<Document> {
    let keyed = sheet.rows.iter().find_map(|row| {
        let key = sheet.cell(row, cells::KEY);
        Some((number(sheet, row)?, key.to_lowercase())).filter(|(_, key)| !key.is_empty())
    });
    let documents = project.state().all::<Document>();
    let named = keyed.and_then(|(n, given)| documents.into_iter().find(|document| key(document.id, n) == given));
    let typed = wanted.map(|typed| resolve::find(project, Kind::Document, typed)).transpose()?;
    match (typed, named) {
        (Some(id), Some(named)) if named.id != id => {
            Err(fault("other-document", format!("this file was made of {}", project.label(named.id)))
                .hint("leave --for out: the file says which document it is of"))
        }
        (Some(id), _) => resolve::read(project, id),
        (None, Some(named)) => Ok(named),
        (None, None) => {
            Err(fault("which-document", "which document is this file of? Its rows name none of this project")
                .hint("say so: realist document comments FILE --for D3.gj"))
        }
    }
}

/// The whole turn, if the row still holds its words or nearly so; and whether they are the same.
fn place(
    project: &Project,
    document: &Document,
    sheet: &cells::Sheet,
    row: &[String],
    n: usize,
) -> Result<(Option<super::comments::Stand>, bool)> {
    let count = document.versions.get(&document.version).map_or(0, |version| version.units);
    if n == 0 || n > count {
        return Ok((None, false));
    }
    let shard = project.shard_with(document, n)?.ok_or_else(|| text::missing(project, document))?;
    let Some(unit) = shard.unit(n) else { return Ok((None, false)) };
    let speech = unit.speech_span();
    let (own, words) = (sheet.cell(row, cells::TEXT), speech.of(&shard.text).unwrap_or_default());
    let is_same = cells::holds(own, words);
    let given = sheet.cell(row, cells::KEY);
    let is_sorted_apart = !given.is_empty() && !given.eq_ignore_ascii_case(&key(document.id, n));
    let is_near = || Span::new(0, own.len()).is_some_and(|all| Carrier::new(own, words).carry(all).is_some());
    let sureness = match is_same {
        _ if is_sorted_apart => return Ok((None, false)),
        true => Sureness::Exact,
        false if is_near() => Sureness::Near,
        false => return Ok((None, false)),
    };
    Ok((stand(&shard, Place { span: speech, sureness }), is_same))
}
