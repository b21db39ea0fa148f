//! Extract tables: one row is one unit, its text cells are its speech, each with a voice.
//!
//! The text layer holds the text cells alone, a line break between cells and between rows; what the
//! other columns say of the study goes into the header, once a study.

use super::mapping::{Field, Mapping};
use super::turns::speech_words;
use super::{Imported, Importer, Request, decode, role, stamp};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::document::{Draft, Header, Role, Segment, Speaker, Study, UNITS_FORMAT, Unit, UnitKind, Voice};
use crate::text::{Span, words::fold};
use csv::StringRecord;
use std::collections::{BTreeMap, HashMap};

pub static CSV: Delimited = Delimited { key: "csv", extensions: &["csv"] };
pub static TSV: Delimited = Delimited { key: "tsv", extensions: &["tsv", "tab"] };

/// Values parted by commas, semicolons or tabs; which, the file itself tells.
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
        let decoded = decode::decode(request.bytes)?;
        let mut reader = reader(&decoded.text, delimiter(&decoded.text, self.key));
        let headings = reader.headers().map_err(|error| broken(&error))?.clone();
        let headings: Vec<&str> = headings.iter().map(str::trim).collect();
        let given = request.mapping.cloned().unwrap_or_default();
        let mapping = given.complete(&headings, request.kind)?;
        if mapping.of(Field::Text).next().is_none() {
            return Err(no_text_column(&headings));
        }
        let mut rows = Rows::new(Columns::new(&mapping, &headings));
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| broken(&error))? {
            rows.ragged += usize::from(record.len() != headings.len());
            rows.push(&record);
        }
        let mut warnings = decoded.warnings;
        warnings.push(told(&mapping, &headings));
        warnings.extend(rows.advice());
        if rows.units.is_empty() {
            return Err(fault("empty-file", "no row of the table holds text")
                .hint(format!("the columns were read as: {mapping}")));
        }
        let draft = rows.draft(self.key, &mapping, request);
        Ok(Imported { draft, warnings })
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

/// The mark that cuts most of the first rows into as many cells as the headings have.
fn delimiter(text: &str, key: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut reader = reader(text, delimiter);
        let width = reader.headers().map_or(0, StringRecord::len);
        let fits = reader.records().take(50).filter(|row| row.as_ref().is_ok_and(|row| row.len() == width)).count();
        if width > 1 { (fits + 1) * 100 + width.min(99) } else { 0 }
    };
    let marks = if key == "tsv" { [b'\t', b',', b';'] } else { [b',', b';', b'\t'] };
    marks.into_iter().rev().max_by_key(|mark| score(*mark)).unwrap_or(marks[0])
}

fn broken(error: &csv::Error) -> crate::diagnostic::Fault {
    fault("bad-table", format!("the table cannot be read: {error}"))
        .hint("look for a quotation mark that is never closed")
}

fn no_text_column(headings: &[&str]) -> crate::diagnostic::Fault {
    let first = headings.first().copied().unwrap_or("Quote");
    fault("no-text-column", format!("no column was recognised as text; the columns are: {}", headings.join(", ")))
        .hint(format!("say which holds the words and whose they are, as in text={first}:participant"))
}

/// The mapping used, for people to check.
fn told(mapping: &Mapping, headings: &[&str]) -> Diagnostic {
    let unused: Vec<&str> =
        headings.iter().copied().filter(|heading| !mapping.terms.iter().any(|term| term.heading == *heading)).collect();
    let mut note = Diagnostic::note("mapping", format!("columns were read as: {mapping}"))
        .hint("say otherwise with a mapping, as in text=Quote:participant");
    if !unused.is_empty() {
        note = note.hint(format!("columns not used: {}", unused.join(", ")));
    }
    note
}

/// What the interviewer says in a column of participants' words is not theirs.
fn unless_participant(unit: &mut Unit, speakers: &[Speaker]) {
    let role = unit.speaker.map(|speaker| speakers[speaker].role);
    if matches!(role, Some(Role::Interviewer | Role::Observer)) {
        for segment in unit.speech.iter_mut().filter(|segment| segment.voice == Some(Voice::Participant)) {
            segment.voice = Some(Voice::Unknown);
        }
    }
}

/// Places of the mapped columns.
struct Columns {
    text: Vec<(usize, Voice)>,
    id: Option<usize>,
    author: Option<usize>,
    year: Option<usize>,
    title: Option<usize>,
    more: Vec<(usize, String)>,
    page: Option<usize>,
    speaker: Option<usize>,
    time: Option<usize>,
}

impl Columns {
    fn new(mapping: &Mapping, headings: &[&str]) -> Self {
        let place = |heading: &str| headings.iter().position(|one| *one == heading);
        let one = |field| mapping.of(field).find_map(|term| place(&term.heading));
        let text = mapping
            .of(Field::Text)
            .filter_map(|term| Some((place(&term.heading)?, term.voice.unwrap_or(Voice::Unknown))));
        let more = mapping.of(Field::Study).filter_map(|term| Some((place(&term.heading)?, term.heading.clone())));
        Columns {
            text: text.collect(),
            id: one(Field::Id),
            author: one(Field::Author),
            year: one(Field::Year),
            title: one(Field::Title),
            more: more.collect(),
            page: one(Field::Page),
            speaker: one(Field::Speaker),
            time: one(Field::Time),
        }
    }
}

struct Rows {
    columns: Columns,
    text: String,
    units: Vec<Unit>,
    studies: Vec<Study>,
    by_key: HashMap<String, usize>,
    speakers: Vec<String>,
    by_label: BTreeMap<String, usize>,
    skipped: usize,
    ragged: usize,
    /// Kept between rows to save allocations.
    key: String,
}

impl Rows {
    fn new(columns: Columns) -> Self {
        Rows {
            columns,
            text: String::new(),
            units: Vec::new(),
            studies: Vec::new(),
            by_key: HashMap::new(),
            speakers: Vec::new(),
            by_label: BTreeMap::new(),
            skipped: 0,
            ragged: 0,
            key: String::new(),
        }
    }

    fn push(&mut self, record: &StringRecord) {
        let mut speech = Vec::with_capacity(self.columns.text.len());
        for (column, voice) in &self.columns.text {
            let cell = record.get(*column).unwrap_or_default();
            if cell.trim().is_empty() {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.text.push_str(cell);
            speech.extend(Span::new(start, self.text.len()).map(|span| Segment { span, voice: Some(*voice) }));
        }
        let (Some(first), Some(last)) = (speech.first(), speech.last()) else {
            self.skipped += 1;
            return;
        };
        let span = first.span.join(last.span);
        let unit = Unit {
            n: self.units.len() + 1,
            kind: UnitKind::Row,
            span,
            speech,
            speaker: self.speaker(record),
            study: self.study(record),
            voice: None,
            time: cell(record, self.columns.time).and_then(stamp::clock).map(|stamp| stamp.seconds),
            page: cell(record, self.columns.page)
                .and_then(number)
                .and_then(|page| usize::try_from(page).ok())
                .filter(|page| *page > 0),
        };
        self.units.push(unit);
    }

    fn speaker(&mut self, record: &StringRecord) -> Option<usize> {
        let label = cell(record, self.columns.speaker)?;
        Some(*self.by_label.entry(role::key(label)).or_insert_with(|| {
            self.speakers.push(label.to_owned());
            self.speakers.len() - 1
        }))
    }

    /// The row's study: by its id, else by author, year and title.
    fn study(&mut self, record: &StringRecord) -> Option<usize> {
        let columns = &self.columns;
        self.key.clear();
        let named = [columns.author, columns.year, columns.title];
        let parts = if cell(record, columns.id).is_some() { [columns.id, None, None] } else { named };
        for part in parts.into_iter().filter_map(|column| cell(record, column)) {
            self.key.push_str(if self.key.is_empty() { "" } else { " " });
            self.key.push_str(&fold(part));
        }
        if self.key.is_empty() {
            return None;
        }
        if let Some(known) = self.by_key.get(&self.key) {
            return Some(*known);
        }
        self.studies.push(Study {
            key: self.key.clone(),
            author: cell(record, columns.author).map(str::to_owned),
            year: cell(record, columns.year).and_then(year),
            title: cell(record, columns.title).map(str::to_owned),
            more: columns
                .more
                .iter()
                .filter_map(|(column, heading)| Some((heading.clone(), cell(record, Some(*column))?.to_owned())))
                .collect(),
        });
        self.by_key.insert(self.key.clone(), self.studies.len() - 1);
        Some(self.studies.len() - 1)
    }

    fn advice(&self) -> Vec<Diagnostic> {
        let mut advice = Vec::new();
        if self.skipped > 0 {
            let message = format!("{} rows hold no text in the text columns and were left out", self.skipped);
            advice.push(Diagnostic::warning("rows-skipped", message));
        }
        if self.ragged > 0 {
            let message = format!("{} rows have more or fewer cells than the headings", self.ragged);
            advice.push(Diagnostic::warning("ragged-rows", message).hint("look for quotation marks that are missing"));
        }
        advice
    }

    fn draft(self, format: &'static str, mapping: &Mapping, request: &Request) -> Draft {
        let Rows { text, mut units, studies, speakers, .. } = self;
        let speakers = role::assign(&speakers, request.kind, request.roles);
        for unit in &mut units {
            unless_participant(unit, &speakers);
        }
        let header = Header {
            format: UNITS_FORMAT,
            units: units.len(),
            turns: 0,
            words: speech_words(&text, &units),
            voice: role::default_voice(request.kind),
            speakers,
            studies,
            particulars: BTreeMap::from([("mapping".to_owned(), mapping.to_string())]),
        };
        Draft { format, text, header, units }
    }
}

fn cell(record: &StringRecord, column: Option<usize>) -> Option<&str> {
    record.get(column?).map(str::trim).filter(|cell| !cell.is_empty())
}

/// The first four figures together: `2014` of `c. 2014a`.
fn year(cell: &str) -> Option<i32> {
    cell.split(|letter: char| !letter.is_ascii_digit()).find(|digits| digits.len() == 4)?.parse().ok()
}

fn number(cell: &str) -> Option<u32> {
    cell.split(|letter: char| !letter.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}
