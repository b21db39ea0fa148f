//! Libraries: files of bibliographic records become [`Reference`]s.
//!
//! One file per format behind `Reader`, one line each in `READERS`; the content says which format a
//! file is in, for names mislead (RIS comes as `.txt`, MEDLINE as `.ris`). A format is a table from its
//! own names to `Field`s and a way to cut a file into records; `builder` settles the rest alike for
//! all. Records are handed over one by one as they are read ([`read_each`]). One bad record costs that
//! record and is named, be it that a reader fails on it; what has no field of its own is kept under the
//! format's name for it. What a review tool says beside its references (codes, notes) is [`Coded`].

mod builder;
mod element;
mod foreign;
mod json;
mod packed;
mod rayyan;
mod tagged;

mod bib;
mod book;
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

mod coded;

pub use coded::{Coded, Coding, Node, Remark};
pub use columns::are_references;
pub use foreign::{named_in, opens_file};

use super::Limits;
use super::decode::decode;
use crate::diagnostic::{Diagnostic, Place, Result, fault};
use crate::reference::Reference;
use crate::text::words::counted;
use builder::Builder;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What lists of references are called where any of them is meant, whatever its format.
pub const REFERENCES: &str = "references";

/// One format.
trait Reader: Sync {
    /// `ris`
    fn key(&self) -> &'static str;
    /// For people: `RIS`.
    fn title(&self) -> &'static str;
    /// Whether this text is in the format; `start` is its first lines.
    fn claims(&self, start: &str, text: &str) -> bool;
    /// Hands over the records in order, good and bad.
    fn read(&self, text: &str, cut: &mut Cut);
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

/// Bytes of a record: the longest real one, with 3,000 authors, has a quarter of a MB.
const HEAVIEST: usize = 4 << 20;
const TOO_HEAVY: &str = "it holds more than 4 MB, which no reference does";

/// Bad records that are named one by one.
const NAMED: usize = 50;

/// One record, or why it is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// From 1, bad ones counted.
    pub number: usize,
    /// Line it begins on, from 1.
    pub line: usize,
    pub read: std::result::Result<Reference, String>,
}

/// A library held whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    pub about: About,
    pub records: Vec<Record>,
}

/// What is true of a library beside its records.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// Key of the format: `ris`.
    pub format: &'static str,
    /// For people: `RIS`.
    pub title: &'static str,
    pub warnings: Vec<Diagnostic>,
    pub coded: Option<Box<Coded>>,
}

impl Library {
    pub fn references(&self) -> impl Iterator<Item = (&Record, &Reference)> {
        self.records.iter().filter_map(|record| record.read.as_ref().ok().map(|reference| (record, reference)))
    }
}

/// Where a reader puts what it cuts out of a text.
struct Cut<'t> {
    take: &'t mut dyn FnMut(Record),
    seen: usize,
    good: usize,
    /// Number, line and reason of the first that are bad.
    bad: Vec<(usize, usize, String)>,
    /// Lines that belong to no record.
    outside: usize,
    coded: Option<Box<Coded>>,
    said: Vec<Diagnostic>,
}

impl<'t> Cut<'t> {
    fn new(take: &'t mut dyn FnMut(Record)) -> Self {
        Cut { take, seen: 0, good: 0, bad: Vec::new(), outside: 0, coded: None, said: Vec::new() }
    }

    /// Makes a record and hands it over. A reader that fails on it costs that record.
    fn push(&mut self, line: usize, make: impl FnOnce() -> std::result::Result<Builder, String>) {
        let record = self.record(line, make);
        (self.take)(record);
    }

    /// The same, and gives what was read.
    fn push_and_tell(
        &mut self,
        line: usize,
        make: impl FnOnce() -> std::result::Result<Builder, String>,
    ) -> Option<Reference> {
        let record = self.record(line, make);
        let read = record.read.clone().ok();
        (self.take)(record);
        read
    }

    fn record(&mut self, line: usize, make: impl FnOnce() -> std::result::Result<Builder, String>) -> Record {
        let read = catch_unwind(AssertUnwindSafe(|| make().and_then(Builder::finish)))
            .unwrap_or_else(|_| Err("the reader of this format failed on it".to_owned()));
        let read = read.and_then(|read| if read.weight() <= HEAVIEST { Ok(read) } else { Err(TOO_HEAVY.to_owned()) });
        self.seen += 1;
        match &read {
            Ok(_) => self.good += 1,
            Err(why) if self.bad.len() < NAMED => self.bad.push((self.seen, line, why.clone())),
            Err(_) => {}
        }
        Record { number: self.seen, line, read }
    }

    /// What a person should know of the reading.
    fn tell(&mut self) -> Vec<Diagnostic> {
        let named = self.bad.iter().map(|(number, line, why)| {
            Diagnostic::warning("bad-record", format!("record {number} was left out: {why}"))
                .at(Place { line: Some(*line), ..Place::default() })
        });
        let mut warnings = std::mem::take(&mut self.said);
        warnings.extend(named);
        let more = self.seen - self.good - self.bad.len();
        if more > 0 {
            warnings.push(Diagnostic::warning("bad-record", format!("{} more left out", counted(more, "record"))));
        }
        if self.outside > 0 {
            let said = format!("{} outside any record left out", counted(self.outside, "line"));
            warnings.push(Diagnostic::note("outside-records", said));
        }
        warnings
    }
}

/// Keys of the formats, for `--as`.
pub fn formats() -> impl Iterator<Item = &'static str> {
    READERS.iter().map(|reader| reader.key())
}

/// Key and title of a format as the tool itself writes them. Fault `unknown-library`.
pub fn format_named(key: &str) -> Result<(&'static str, &'static str)> {
    let found = READERS.iter().find(|reader| reader.key() == key).map(|reader| (reader.key(), reader.title()));
    found.ok_or_else(|| fault("unknown-library", format!("there is no format of references '{key}'")))
}

/// Whether a file is a library, by the content of its beginning. A table is taken for one only where its columns leave no
/// doubt: an extract table has authors and titles too.
pub fn is_library(bytes: &[u8]) -> bool {
    is_claimed(bytes, |_, _| true)
}

/// The same for names that documents come under too: an entry of BibTeX may stand anywhere in a text, and is
/// to open the file.
pub fn opens_as_library(bytes: &[u8]) -> bool {
    is_claimed(bytes, |key, text| key != bib::Bib.key() || bib::opens(text))
}

fn is_claimed(bytes: &[u8], and: impl Fn(&str, &str) -> bool) -> bool {
    let is_sure = |key: &str, text: &str| key != columns::Columns.key() || columns::leave_no_doubt(text);
    packed::may_hold_libraries(bytes)
        || decode(bytes).is_ok_and(|decoded| {
            let (text, reader) = (&decoded.text, reader_of(&decoded.text, None));
            reader.is_ok_and(|reader| is_sure(reader.key(), text) && and(reader.key(), text))
        })
}

/// Reads a library and holds it. Faults: as [`read_each`].
pub fn read(bytes: &[u8], format: Option<&str>) -> Result<Library> {
    let mut records = Vec::new();
    let about = read_each(bytes, format, &Limits::default(), &mut |record| records.push(record))?;
    Ok(Library { about, records })
}

/// Reads a library, handing over each record as it is read; `format` is the key of a format where the
/// content misleads. Of a ZIP archive all libraries in it are read, one after the other.
///
/// Faults: `foreign-library` (a format that is known and not read), `unknown-library`, `no-records`,
/// those of the archive and of [`decode`].
pub fn read_each(bytes: &[u8], format: Option<&str>, limits: &Limits, take: &mut dyn FnMut(Record)) -> Result<About> {
    let mut cut = Cut::new(take);
    let reader = if book::is_book(bytes) {
        book::read(bytes, limits, &mut cut)?
    } else if packed::is_packed(bytes) {
        packed::read(bytes, format, limits, &mut cut)?
    } else {
        read_into(bytes, format, &mut cut)?
    };
    let said = cut.tell();
    if cut.good == 0 {
        let why = said.iter().find(|one| one.code == "bad-record").map(|one| format!(": {}", one.message));
        return Err(fault(
            "no-records",
            format!("the {} file holds no reference{}", reader.title(), why.unwrap_or_default()),
        )
        .hint("export the library again, as RIS, and import that"));
    }
    Ok(About { format: reader.key(), title: reader.title(), warnings: said, coded: cut.coded })
}

/// Reads the bytes of one file, whatever it is.
fn read_into(bytes: &[u8], format: Option<&str>, cut: &mut Cut) -> Result<&'static dyn Reader> {
    let decoded = decode(bytes)?;
    cut.said.extend(decoded.warnings);
    let reader = reader_of(&decoded.text, format)?;
    reader.read(&decoded.text, cut);
    Ok(reader)
}

fn reader_of(text: &str, format: Option<&str>) -> Result<&'static dyn Reader> {
    let named = format.and_then(|key| READERS.iter().copied().find(|reader| reader.key() == key));
    if let Some(reader) = named {
        return Ok(reader);
    }
    let start = text.char_indices().nth(foreign::START).map_or(text, |(end, _)| &text[..end]);
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
mod reviewed;
#[cfg(test)]
mod tests;
