//! One row of a table: which column holds what, and the unit its cells become.

use super::mapping::{Field, Mapping};
use super::stamp;
use crate::document::{Segment, Study, Unit, UnitKind, Voice};
use crate::text::{Span, words::fold};
use csv::StringRecord;
use std::collections::HashMap;

/// Places of the mapped columns.
pub struct Columns {
    text: Vec<(usize, Voice)>,
    /// Headings to stand before the cells, where all columns are text.
    headings: Option<Vec<String>>,
    id: Option<usize>,
    author: Option<usize>,
    year: Option<usize>,
    title: Option<usize>,
    more: Vec<(usize, String)>,
    page: Option<usize>,
    speaker: Option<usize>,
    time: Option<usize>,
    /// Whisper's tables count in milliseconds, and have no other columns than these.
    in_milliseconds: bool,
}

impl Columns {
    pub fn new(mapping: &Mapping, headings: &[String]) -> Self {
        let place = |heading: &str| headings.iter().position(|one| *one == heading);
        let one = |field| mapping.of(field).find_map(|term| place(&term.heading));
        let text = mapping
            .of(Field::Text)
            .filter_map(|term| Some((place(&term.heading)?, term.voice.unwrap_or(Voice::Unknown))));
        let all = mapping.takes_all().then(|| headings.to_vec());
        let text: Vec<(usize, Voice)> = match &all {
            Some(all) => (0..all.len()).map(|column| (column, Voice::Unknown)).collect(),
            None => text.collect(),
        };
        let more = mapping.of(Field::Study).filter_map(|term| Some((place(&term.heading)?, term.heading.clone())));
        Columns {
            text,
            headings: all,
            id: one(Field::Id),
            author: one(Field::Author),
            year: one(Field::Year),
            title: one(Field::Title),
            more: more.collect(),
            page: one(Field::Page),
            speaker: one(Field::Speaker),
            time: one(Field::Time),
            in_milliseconds: headings.starts_with(&["start", "end", "text"].map(str::to_owned)),
        }
    }

    /// What column number `column` is read for.
    pub fn field(&self, column: usize) -> Option<Field> {
        let one = [
            (self.id, Field::Id),
            (self.author, Field::Author),
            (self.year, Field::Year),
            (self.title, Field::Title),
            (self.page, Field::Page),
            (self.speaker, Field::Speaker),
            (self.time, Field::Time),
        ];
        if self.text.iter().any(|(text, _)| *text == column) {
            return Some(Field::Text);
        }
        let is_study = self.more.iter().any(|(more, _)| *more == column);
        one.into_iter()
            .find_map(|(place, field)| (place == Some(column)).then_some(field))
            .or(is_study.then_some(Field::Study))
    }

    /// Unit `n`, its words added to `text` on a line of their own, speaker and study left open; `None`,
    /// and nothing added, for a row without words.
    pub fn unit(&self, record: &StringRecord, n: usize, text: &mut String) -> Option<Unit> {
        let mut speech = Vec::with_capacity(self.text.len());
        let mut begin = None;
        for (column, voice) in &self.text {
            let cell = record.get(*column).unwrap_or_default();
            if cell.trim().is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push('\n');
            }
            begin.get_or_insert(text.len());
            if let Some(heading) = self.headings.as_ref().and_then(|all| all.get(*column)) {
                text.push_str(heading);
                text.push_str(super::facesheet::AFTER_HEADING);
            }
            let start = text.len();
            text.push_str(cell);
            speech.extend(Span::new(start, text.len()).map(|span| Segment { span, voice: Some(*voice) }));
        }
        let span = Span::new(begin?, speech.last()?.span.end())?;
        Some(Unit {
            n,
            kind: UnitKind::Row,
            span,
            speech,
            speaker: None,
            study: None,
            voice: None,
            time: cell(record, self.time).and_then(|cell| self.seconds(cell)),
            page: cell(record, self.page)
                .and_then(number)
                .and_then(|page| usize::try_from(page).ok())
                .filter(|page| *page > 0),
        })
    }

    /// A time as on a clock, in seconds with a fraction, or in milliseconds.
    fn seconds(&self, cell: &str) -> Option<f64> {
        let number = || cell.parse::<f64>().ok().filter(|number| number.is_finite());
        let bare = || match (self.in_milliseconds, cell.contains('.')) {
            (true, _) => number().map(|milliseconds| milliseconds / 1000.0),
            (false, true) => number(),
            (false, false) => None,
        };
        stamp::clock(cell).map(|stamp| stamp.seconds).or_else(bare)
    }

    /// Label of the row's speaker, as it stands.
    pub fn speaker<'r>(&self, record: &'r StringRecord) -> Option<&'r str> {
        cell(record, self.speaker)
    }

    /// Key of the row's study: its id, else author, year and title.
    pub fn study(&self, record: &StringRecord) -> Option<String> {
        let named = [self.author, self.year, self.title];
        let parts = if cell(record, self.id).is_some() { [self.id, None, None] } else { named };
        let parts: Vec<String> = parts.into_iter().filter_map(|column| cell(record, column)).map(fold).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// What the row says of its study.
    pub fn particulars(&self, record: &StringRecord, key: String) -> Study {
        let more =
            |(column, heading): &(usize, String)| Some((heading.clone(), cell(record, Some(*column))?.to_owned()));
        Study {
            key,
            author: cell(record, self.author).map(str::to_owned),
            year: cell(record, self.year).and_then(year),
            title: cell(record, self.title).map(str::to_owned),
            more: self.more.iter().filter_map(more).collect(),
        }
    }
}

/// Names in the order they were first met, up to so many. Past that there are too many to tell apart,
/// and none is known any more.
pub struct Names {
    places: HashMap<String, usize>,
    most: usize,
    are_too_many: bool,
}

impl Names {
    pub fn up_to(most: usize) -> Self {
        Names { places: HashMap::new(), most, are_too_many: false }
    }

    /// Takes a name in; it is a new one.
    pub fn meet(&mut self, name: String) -> bool {
        if self.are_too_many || self.places.contains_key(&name) {
            return false;
        }
        if self.places.len() == self.most {
            self.are_too_many = true;
            self.places = HashMap::new();
            return false;
        }
        self.places.insert(name, self.places.len()).is_none()
    }

    pub fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    pub fn are_too_many(&self) -> bool {
        self.are_too_many
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
