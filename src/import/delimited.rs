//! Values parted by commas, semicolons or tabs; which, the file itself tells. Read a record at a time,
//! as often as wanted: a file may be far larger than memory.

use super::completeness::Tally;
use super::encoding::{self, Script, Utf8};
use super::source::Source;
use super::table::{Records, See, Table, broken};
use super::weigh::Weighed;
use super::{Imported, Importer, Request};
use crate::diagnostic::{Diagnostic, Result};
use csv::StringRecord;
use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

pub static CSV: Delimited = Delimited { key: "csv", extensions: &["csv"] };
pub static TSV: Delimited = Delimited { key: "tsv", extensions: &["tsv", "tab"] };

/// Bytes of one record; a quotation mark never closed makes all that follows one.
const LONGEST: usize = 16 << 20;

pub struct Delimited {
    key: &'static str,
    extensions: &'static [&'static str],
}

impl Importer for Delimited {
    fn key(&self) -> &'static str {
        self.key
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        self.table(Box::new(request.bytes), request)?.whole()
    }
}

impl Delimited {
    /// Looks the table over and leaves its rows where they are; `request.bytes` is not asked.
    pub fn table<'s>(&self, source: Box<dyn Source + 's>, request: &Request) -> Result<Imported<Table<'s>>> {
        let (records, mut warnings) = self.records(source)?;
        let mut imported = Table::survey(self.key, records, request)?;
        warnings.append(&mut imported.warnings);
        Ok(Imported { warnings, ..imported })
    }

    /// The rows as they stand, and what there is to say of their encoding.
    pub fn records<'s>(&self, source: Box<dyn Source + 's>) -> Result<(Box<dyn Records + 's>, Vec<Diagnostic>)> {
        let (script, warnings) = encoding::recognise(source.as_ref())?;
        let mut records =
            DelimitedRecords { source, script, delimiter: b',', headings: Vec::new(), weight: Rc::default() };
        records.delimiter = records.likeliest(self.key);
        let headings = records.reader()?.headers().map_err(|error| broken(&error))?.clone();
        records.headings = headings.iter().map(|heading| heading.trim().to_owned()).collect();
        Ok((Box::new(records), warnings))
    }
}

type CsvReader<'s> = csv::Reader<Rationed<Weighed<Utf8<'s>>>>;

struct DelimitedRecords<'s> {
    source: Box<dyn Source + 's>,
    script: Script,
    delimiter: u8,
    headings: Vec<String>,
    /// Letters and digits of the file as it was last passed over.
    weight: Rc<Cell<usize>>,
}

impl DelimitedRecords<'_> {
    fn reader(&self) -> Result<CsvReader<'_>> {
        self.reader_by(self.delimiter, &Rc::new(Cell::new(LONGEST)))
    }

    fn reader_by(&self, delimiter: u8, ration: &Rc<Cell<usize>>) -> Result<CsvReader<'_>> {
        self.weight.set(0);
        let from = Weighed::new(Utf8::of(self.source.as_ref(), self.script)?, Rc::clone(&self.weight));
        let from = Rationed { from, ration: Rc::clone(ration) };
        let mut builder = csv::ReaderBuilder::new();
        Ok(builder.delimiter(delimiter).flexible(true).buffer_capacity(1 << 16).from_reader(from))
    }

    /// The mark that cuts most of the first rows into as many cells as the headings have.
    fn likeliest(&self, key: &str) -> u8 {
        let score = |delimiter: u8| {
            let ration = Rc::new(Cell::new(LONGEST));
            let Ok(mut reader) = self.reader_by(delimiter, &ration) else { return 0 };
            let width = reader.headers().map_or(0, StringRecord::len);
            let fits = reader.records().take(50).filter(|row| row.as_ref().is_ok_and(|row| row.len() == width)).count();
            if width > 1 { (fits + 1) * 100 + width.min(99) } else { 0 }
        };
        let marks = if key == "tsv" { [b'\t', b',', b';'] } else { [b',', b';', b'\t'] };
        marks.into_iter().rev().max_by_key(|mark| score(*mark)).unwrap_or(marks[0])
    }
}

impl Records for DelimitedRecords<'_> {
    fn headings(&self) -> &[String] {
        &self.headings
    }

    fn weight(&self) -> (usize, Tally) {
        (self.weight.get(), Tally::default())
    }

    fn each(&self, see: &mut See) -> Result<()> {
        let ration = Rc::new(Cell::new(LONGEST));
        let mut reader = self.reader_by(self.delimiter, &ration)?;
        reader.headers().map_err(|error| broken(&error))?;
        let mut record = StringRecord::new();
        loop {
            ration.set(LONGEST);
            if !reader.read_record(&mut record).map_err(|error| broken(&error))? || see(&record)?.is_break() {
                return Ok(());
            }
        }
    }
}

/// A reader that gives so many bytes and then fails, until the ration is filled up again.
struct Rationed<R> {
    from: R,
    ration: Rc<Cell<usize>>,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(self.ration.get());
        if most == 0 && !into.is_empty() {
            return Err(io::Error::other(format!("one of its rows is longer than {} MB", LONGEST >> 20)));
        }
        let read = self.from.read(&mut into[..most])?;
        self.ration.set(self.ration.get() - read);
        Ok(read)
    }
}
