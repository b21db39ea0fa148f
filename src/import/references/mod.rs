//! Libraries: files of bibliographic records become [`Reference`]s.
//!
//! One file per format behind `Reader`, one line each in `READERS`; the content says which format a
//! file is in, for names mislead (RIS comes as `.txt`, MEDLINE as `.ris`). A format is a table from its
//! own names to `Field`s and a way to cut a file into records; `builder` settles the rest alike for
//! all. One bad record costs that record and is named; what has no field of its own is kept under the
//! format's name for it.

mod builder;
mod element;
mod foreign;
mod tagged;

mod bib;
mod columns;
mod csl;
mod endnote;
mod enw;
mod eppi;
mod isi;
mod latex;
mod medline;
mod pubmed;
mod ris;

use super::decode::decode;
use crate::diagnostic::{Diagnostic, Place, Result, fault};
use crate::reference::Reference;
use crate::text::words::counted;
use builder::Builder;

/// One format.
trait Reader: Sync {
    /// `ris`
    fn key(&self) -> &'static str;
    /// For people: `RIS`.
    fn title(&self) -> &'static str;
    /// Whether this text is in the format; `start` is its first lines.
    fn claims(&self, start: &str, text: &str) -> bool;
    fn read(&self, text: &str) -> Cut;
}

/// Every format this version reads; the first that claims a file reads it.
static READERS: &[&dyn Reader] = &[
    &ris::Ris,
    &medline::Medline,
    &isi::Isi,
    &enw::Enw,
    &pubmed::Pubmed,
    &endnote::EndNote,
    &eppi::Eppi,
    &csl::Csl,
    &bib::Bib,
    &columns::Columns,
];

/// What a reader made of a text: records in order, good and bad, and lines that belong to none.
#[derive(Default)]
struct Cut {
    records: Vec<Record>,
    outside: usize,
}

/// One record, or why it is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// From 1, bad ones counted.
    pub number: usize,
    /// Line it begins on, from 1.
    pub line: usize,
    pub read: std::result::Result<Reference, String>,
}

/// A library as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// Key of the format: `ris`.
    pub format: &'static str,
    /// For people: `RIS`.
    pub title: &'static str,
    pub records: Vec<Record>,
    pub warnings: Vec<Diagnostic>,
}

impl Library {
    pub fn references(&self) -> impl Iterator<Item = (&Record, &Reference)> {
        self.records.iter().filter_map(|record| record.read.as_ref().ok().map(|reference| (record, reference)))
    }
}

impl Cut {
    /// Takes what a builder made, or why it made nothing.
    fn push(&mut self, line: usize, read: std::result::Result<Builder, String>) {
        let number = self.records.len() + 1;
        self.records.push(Record { number, line, read: read.and_then(Builder::finish) });
    }
}

/// Keys of the formats, for `--as`.
pub fn formats() -> impl Iterator<Item = &'static str> {
    READERS.iter().map(|reader| reader.key())
}

/// Whether a file is a library by its content. A table is taken for one only where its columns leave no
/// doubt: an extract table has authors and titles too.
pub fn is_library(bytes: &[u8]) -> bool {
    decode(bytes).is_ok_and(|decoded| {
        reader_of(&decoded.text, None)
            .is_ok_and(|reader| reader.key() != columns::Columns.key() || columns::leave_no_doubt(&decoded.text))
    })
}

/// Reads a library; `format` is the key of a format where the content misleads.
///
/// Faults: `foreign-library` (a format that is known and not read), `unknown-library`, `no-records`, and
/// those of [`decode`].
pub fn read(bytes: &[u8], format: Option<&str>) -> Result<Library> {
    let decoded = match decode(bytes) {
        Ok(decoded) => decoded,
        Err(fault) => return Err(foreign::packed(bytes).unwrap_or(fault)),
    };
    let text = decoded.text.as_ref();
    let reader = reader_of(text, format)?;
    let cut = reader.read(text);
    let mut warnings = decoded.warnings;
    for record in &cut.records {
        if let Err(why) = &record.read {
            let said = format!("record {} was left out: {why}", record.number);
            warnings.push(
                Diagnostic::warning("bad-record", said).at(Place { line: Some(record.line), ..Place::default() }),
            );
        }
    }
    if cut.outside > 0 {
        let said = format!("{} outside any record left out", counted(cut.outside, "line"));
        warnings.push(Diagnostic::note("outside-records", said));
    }
    if !cut.records.iter().any(|record| record.read.is_ok()) {
        let why = warnings.iter().find(|one| one.code == "bad-record").map(|one| format!(": {}", one.message));
        return Err(fault(
            "no-records",
            format!("the {} file holds no reference{}", reader.title(), why.unwrap_or_default()),
        )
        .hint("export the library again, as RIS, and import that"));
    }
    Ok(Library { format: reader.key(), title: reader.title(), records: cut.records, warnings })
}

fn reader_of(text: &str, format: Option<&str>) -> Result<&'static dyn Reader> {
    let named = format.and_then(|key| READERS.iter().copied().find(|reader| reader.key() == key));
    if let Some(reader) = named {
        return Ok(reader);
    }
    let start = text.char_indices().nth(4000).map_or(text, |(end, _)| &text[..end]);
    if let Some(foreign) = foreign::named(start) {
        return Err(foreign);
    }
    READERS.iter().copied().find(|reader| reader.claims(start, text)).ok_or_else(|| {
        let titles: Vec<&str> = READERS.iter().map(|reader| reader.title()).collect();
        fault("unknown-library", "no list of references was recognised in this file")
            .hint(format!("formats read: {}", titles.join(", ")))
            .hint("export the library as RIS and import that")
    })
}

#[cfg(test)]
mod jabref;
#[cfg(test)]
mod labelled;
#[cfg(test)]
mod tests;
