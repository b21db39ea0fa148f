//! Tables: one row is one unit, its text cells are its speech, each with a voice.
//!
//! The text layer holds the text cells alone, a line break between cells and between rows; what the
//! other columns say of the study goes into the header, once a study. A table is passed over once to
//! learn who speaks and which studies there are ([`Table::survey`]), and again whenever its rows are
//! wanted. Whatever gives [`Records`] is a table: text with commas, a sheet of a workbook.

use super::completeness::{self, Loss, Tally, letters};
use super::mapping::{Field, Mapping};
use super::row::{Columns, Names};
use super::turns::speech_words;
use super::{Imported, Request, role};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::{Draft, Header, Role, SHARD_ROWS, Segment, Speaker, Study, UNITS_FORMAT, Unit, Voice};
use crate::manuscript::{self, Manuscript};
use crate::text::{Span, words::counted};
use csv::StringRecord;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Studies that can become sources of their own, and speakers that can become participants: a column
/// that tells more apart numbers the rows rather.
const MOST_STUDIES: usize = 50_000;
const MOST_SPEAKERS: usize = 10_000;

/// Particular that keeps all headings of a table whose columns were told, as a list in JSON.
pub const HEADINGS: &str = "headings";

/// Unused columns that are named.
const NAMED: usize = 20;

pub type See<'s> = dyn FnMut(&StringRecord) -> Result<ControlFlow<()>> + 's;

/// Rows of cells below headings, the same ones each time.
pub trait Records {
    fn headings(&self) -> &[String];

    fn each(&self, see: &mut See) -> Result<()>;

    /// Letters and digits of all there is, rows or not, counted a second way, and what became of those that
    /// are in no row; asked once the rows have been passed over.
    fn weight(&self) -> (usize, Tally);

    /// What is to be kept in the header of where the rows come from: the name of the sheet.
    fn particulars(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

/// A table looked over, its rows still where they were.
pub struct Table<'s> {
    format: &'static str,
    records: Box<dyn Records + 's>,
    columns: Columns,
    speakers: Names,
    studies: Names,
    header: Header,
    names_every_study: bool,
}

impl<'s> Table<'s> {
    /// Passes over all rows once. Faults: `no-text-column`, `unknown-column`, `bad-table`, `empty-file`.
    pub fn survey(
        format: &'static str,
        records: Box<dyn Records + 's>,
        request: &Request,
    ) -> Result<Imported<Table<'s>>> {
        let given = request.mapping.cloned().unwrap_or_default();
        let mapping = given.complete(records.headings(), request.kind)?;
        if mapping.of(Field::Text).next().is_none() {
            return Err(no_text_column(records.headings()));
        }
        let mut survey = Survey::new(&mapping, records.headings());
        records.each(&mut |record| {
            survey.see(record);
            Ok(ControlFlow::Continue(()))
        })?;
        if survey.units == 0 {
            return Err(fault("empty-file", "no row of the table holds text")
                .hint(format!("the columns were read as: {mapping}")));
        }
        let mut warnings = vec![told(&mapping, records.headings())];
        warnings.extend(survey.advice());
        let (container, tally) = records.weight();
        survey.tally += tally;
        let dropped = completeness::dropped(container, survey.kept, &survey.tally);
        warnings.extend(completeness::advice(&dropped));
        let mut particulars = records.particulars();
        particulars.insert("mapping".to_owned(), mapping.to_string());
        // A person said how to read it: the next table with these headings is read the same way.
        if request.mapping.is_some() {
            let headings = serde_json::to_string(records.headings()).unwrap_or_default();
            particulars.insert(HEADINGS.to_owned(), headings);
        }
        Ok(Imported { draft: survey.table(format, records, particulars, request), dropped, warnings })
    }

    /// Row `n` as a unit, its words added to `text`; `None` for a row without words.
    fn unit(&self, record: &StringRecord, n: usize, text: &mut String) -> Option<Unit> {
        let mut unit = self.columns.unit(record, n, text)?;
        unit.speaker = self.columns.speaker(record).and_then(|label| self.speakers.place(&role::key(label)));
        unit.study = self.columns.study(record).and_then(|key| self.studies.place(&key));
        unless_participant(&mut unit, &self.header.speakers);
        Some(unit)
    }
}

impl Manuscript for Table<'_> {
    fn format(&self) -> &'static str {
        self.format
    }

    fn header(&self) -> &Header {
        &self.header
    }

    fn is_table(&self) -> bool {
        true
    }

    fn names_every_study(&self) -> bool {
        self.names_every_study
    }

    fn each_shard(&self, see: &mut manuscript::See) -> Result<()> {
        let (mut text, mut units, mut seen) = (String::new(), Vec::new(), 0);
        let mut is_over = false;
        self.records.each(&mut |record| {
            if units.len() == SHARD_ROWS {
                is_over = see(&text, &units)?.is_break();
                text.clear();
                units.clear();
            }
            if is_over {
                return Ok(ControlFlow::Break(()));
            }
            units.extend(self.unit(record, seen + 1, &mut text).inspect(|_| seen += 1));
            Ok(ControlFlow::Continue(()))
        })?;
        if is_over || units.is_empty() { Ok(()) } else { see(&text, &units).map(drop) }
    }
}

impl Imported<Table<'_>> {
    /// All of it in memory.
    pub fn whole(self) -> Result<Imported> {
        let Imported { draft: table, dropped, warnings } = self;
        let (mut text, mut units) = (String::new(), Vec::new());
        table.each_shard(&mut |shard, rows| {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(shard);
            for row in rows {
                let on = |span: Span| {
                    Span::new(span.start() + start, span.end() + start)
                        .ok_or_else(|| manuscript::unfit("a row that ends before it begins"))
                };
                let speech = row.speech.iter().map(|one| Ok(Segment { span: on(one.span)?, voice: one.voice }));
                units.push(Unit { span: on(row.span)?, speech: speech.collect::<Result<_>>()?, ..row.clone() });
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let draft = Draft { format: table.format, text, header: table.header, units, notes: Vec::new() };
        Ok(Imported { draft, dropped, warnings })
    }
}

/// What a first pass learns.
struct Survey {
    columns: Columns,
    /// By column: what it holds; `None`: nothing uses it.
    uses: Vec<Option<Field>>,
    units: usize,
    words: usize,
    studies: Vec<Study>,
    study_names: Names,
    speakers: Vec<String>,
    speaker_names: Names,
    without_study: usize,
    skipped: usize,
    ragged: usize,
    /// Letters and digits of the text cells, and what became of the others.
    kept: usize,
    tally: Tally,
    /// Kept between rows to save allocations.
    text: String,
}

impl Survey {
    fn new(mapping: &Mapping, headings: &[String]) -> Self {
        let mut tally = Tally::default();
        for heading in headings {
            tally.set_aside(heading);
        }
        let columns = Columns::new(mapping, headings);
        let uses = (0..headings.len()).map(|column| columns.field(column)).collect();
        Survey {
            columns,
            uses,
            kept: 0,
            tally,
            units: 0,
            words: 0,
            studies: Vec::new(),
            study_names: Names::up_to(MOST_STUDIES),
            speakers: Vec::new(),
            speaker_names: Names::up_to(MOST_SPEAKERS),
            without_study: 0,
            skipped: 0,
            ragged: 0,
            text: String::new(),
        }
    }

    fn see(&mut self, record: &StringRecord) {
        self.ragged += usize::from(record.len() != self.uses.len());
        self.text.clear();
        let unit = self.columns.unit(record, self.units + 1, &mut self.text);
        self.weigh(record, unit.is_some());
        let Some(unit) = unit else {
            self.skipped += 1;
            return;
        };
        self.units += 1;
        self.words += speech_words(&self.text, std::slice::from_ref(&unit));
        if let Some(label) = self.columns.speaker(record)
            && self.speaker_names.meet(role::key(label))
        {
            self.speakers.push(label.to_owned());
        }
        match self.columns.study(record) {
            None => self.without_study += 1,
            Some(key) => {
                if self.study_names.meet(key.clone()) {
                    self.studies.push(self.columns.particulars(record, key));
                }
            }
        }
    }

    /// Where the letters of a row go: to the text, to what is kept of the study, speaker, page and time, or nowhere.
    fn weigh(&mut self, record: &StringRecord, has_words: bool) {
        self.kept += if has_words { letters(&self.text) } else { 0 };
        for (column, cell) in record.iter().enumerate() {
            match self.uses.get(column).copied().flatten() {
                None => self.tally.lose(Loss::Column, cell),
                Some(_) if !has_words => self.tally.lose(Loss::Row, cell),
                Some(Field::Text) => {}
                Some(_) => self.tally.set_aside(cell),
            }
        }
    }

    fn advice(&self) -> Vec<Diagnostic> {
        let mut advice = Vec::new();
        if self.skipped > 0 {
            let rows = counted(self.skipped, "row");
            let message = format!("left out, as nothing stands in the text columns: {rows}");
            advice.push(Diagnostic::warning("rows-skipped", message));
        }
        if self.ragged > 0 {
            let message = format!("more or fewer cells than headings: {}", counted(self.ragged, "row"));
            advice.push(Diagnostic::warning("ragged-rows", message).hint("look for quotation marks that are missing"));
        }
        if self.study_names.are_too_many() {
            let message = format!(
                "more than {MOST_STUDIES} studies are named, too many for sources of their own: all rows count as one source"
            );
            advice.push(
                Diagnostic::warning("too-many-studies", message)
                    .hint("if a column that numbers the rows was taken for the study, name the right ones, as in study=Author,Year")
                    .hint("or cut the table into several files and import those"),
            );
        }
        if self.speaker_names.are_too_many() {
            let message = format!(
                "more than {MOST_SPEAKERS} speakers are named, too many for participants of their own: no row has a speaker"
            );
            advice.push(
                Diagnostic::warning("too-many-speakers", message)
                    .hint("without a speaker no consent covers a row, and papers for others withhold its words")
                    .hint("cut the table into several files and import those"),
            );
        }
        advice
    }

    fn table<'s>(
        self,
        format: &'static str,
        records: Box<dyn Records + 's>,
        particulars: BTreeMap<String, String>,
        request: &Request,
    ) -> Table<'s> {
        let are_told = !self.study_names.are_too_many();
        let speakers = if self.speaker_names.are_too_many() { Vec::new() } else { self.speakers };
        let header = Header {
            format: UNITS_FORMAT,
            units: self.units,
            turns: 0,
            words: self.words,
            voice: role::default_voice(request.kind),
            speakers: role::assign(&speakers, request.kind, request.roles),
            studies: if are_told { self.studies } else { Vec::new() },
            particulars,
        };
        Table {
            format,
            records,
            columns: self.columns,
            speakers: self.speaker_names,
            studies: self.study_names,
            header,
            names_every_study: are_told && self.without_study == 0,
        }
    }
}

/// A table whose records cannot be told apart or read.
pub fn broken(error: &dyn std::fmt::Display) -> Fault {
    fault("bad-table", format!("the table cannot be read: {error}"))
        .hint("look for a quotation mark that is never closed")
}

fn no_text_column(headings: &[String]) -> Fault {
    let first = headings.first().map_or("Quote", String::as_str);
    fault("no-text-column", format!("no column was recognised as text; the columns are: {}", headings.join(", ")))
        .hint(format!("say which holds the words and whose they are, as in text={first}:participant"))
        .hint("or, if its rows tell of participants: --as attributes")
}

/// The mapping used, for people to check.
fn told(mapping: &Mapping, headings: &[String]) -> Diagnostic {
    let unused: Vec<&str> = headings
        .iter()
        .map(String::as_str)
        .filter(|heading| !mapping.terms.iter().any(|term| term.heading == *heading))
        .collect();
    let mut note = Diagnostic::note("mapping", format!("columns were read as: {mapping}"))
        .hint("say otherwise with a mapping, as in text=Quote:participant");
    if !unused.is_empty() {
        let named = unused[..unused.len().min(NAMED)].join(", ");
        let more = unused.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        note = note.hint(format!("columns not used: {named}{more}"));
    }
    note
}

/// What the interviewer says in a column of participants' words is not theirs.
fn unless_participant(unit: &mut Unit, speakers: &[Speaker]) {
    let role = unit.speaker.and_then(|speaker| speakers.get(speaker)).map(|speaker| speaker.role);
    if matches!(role, Some(Role::Interviewer | Role::Observer)) {
        for segment in unit.speech.iter_mut().filter(|segment| segment.voice == Some(Voice::Participant)) {
            segment.voice = Some(Voice::Unknown);
        }
    }
}
