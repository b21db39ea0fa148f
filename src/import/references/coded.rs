//! What a review tool's export says beside its references: code sets, where their codes were put, and
//! reviewers' notes. The words that were highlighted become rows of a table, so that codings have words
//! to stand on; a code put on a work as a whole stands on its title.

use crate::document::{Draft, Header, Segment, Study, UNITS_FORMAT, Unit, UnitKind, Voice};
use crate::reference::Reference;
use crate::text::Span;
use crate::text::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that was coded in one export.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// Rows of titles and of highlighted words, each of the study whose record it is.
    pub draft: Draft,
    /// By study of the draft: the number of its record.
    pub records: Vec<usize>,
    /// Parents before what stands below them.
    pub codes: Vec<Node>,
    pub codings: Vec<Coding>,
    pub remarks: Vec<Remark>,
}

/// A code set, or a code in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Node {
    pub name: String,
    /// Place of the node above it, in the list of all.
    pub parent: Option<usize>,
    pub definition: Option<String>,
}

/// A code on all words of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Coding {
    /// Number of the row, from 1.
    pub row: usize,
    /// Place of the code in the list.
    pub code: usize,
}

/// What a reviewer noted where a code was put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    pub on: Coding,
    pub text: String,
}

/// A code as it was put on a work.
#[derive(Debug, Default)]
pub struct Put {
    pub code: usize,
    pub note: Option<String>,
    pub highlights: Vec<Highlight>,
}

/// Words marked in a document of a work.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Highlight {
    pub page: Option<usize>,
    /// In the order of reading; the parts of one selection.
    pub pieces: Vec<String>,
}

/// Gathers what was coded, work by work.
#[derive(Debug, Default)]
pub struct Gathering {
    text: String,
    units: Vec<Unit>,
    studies: Vec<Study>,
    records: Vec<usize>,
    codings: Vec<Coding>,
    remarks: Vec<Remark>,
}

impl Gathering {
    /// Takes up what was put on the work of record `number`.
    pub fn add(&mut self, number: usize, key: String, reference: &Reference, puts: Vec<Put>) {
        if puts.is_empty() {
            return;
        }
        let study = self.studies.len();
        self.studies.push(study_of(key, reference));
        self.records.push(number);
        let title = reference.title.clone().unwrap_or_else(|| reference.citation());
        let whole = Highlight { page: None, pieces: vec![title] };
        let mut rows: BTreeMap<Highlight, usize> = BTreeMap::new();
        for put in puts {
            let marked = if put.highlights.is_empty() { vec![whole.clone()] } else { put.highlights };
            let mut first = None;
            for highlight in marked {
                let row = match rows.get(&highlight) {
                    Some(row) => *row,
                    None => {
                        let row = self.row(&highlight, study);
                        rows.insert(highlight, row);
                        row
                    }
                };
                let coding = Coding { row, code: put.code };
                first = first.or(Some(coding));
                self.codings.push(coding);
            }
            if let (Some(on), Some(text)) = (first, put.note) {
                self.remarks.push(Remark { on, text });
            }
        }
    }

    fn row(&mut self, highlight: &Highlight, study: usize) -> usize {
        let mut speech = Vec::with_capacity(highlight.pieces.len());
        for piece in &highlight.pieces {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            let start = self.text.len();
            self.text.push_str(piece);
            speech.extend(Span::new(start, self.text.len()).map(|span| Segment { span, voice: Some(Voice::Author) }));
        }
        let n = self.units.len() + 1;
        let span = speech.iter().map(|one| one.span).reduce(Span::join);
        self.units.extend(span.map(|span| Unit {
            n,
            kind: UnitKind::Row,
            span,
            speech,
            speaker: None,
            study: Some(study),
            voice: None,
            time: None,
            page: highlight.page,
        }));
        n
    }

    /// All of it; `None` where nothing was coded.
    pub fn finish(mut self, format: &'static str, codes: Vec<Node>) -> Option<Box<Coded>> {
        if self.units.is_empty() {
            return None;
        }
        self.codings.sort_unstable();
        self.codings.dedup();
        let header = Header {
            format: UNITS_FORMAT,
            units: self.units.len(),
            turns: 0,
            words: words::count(&self.text),
            voice: Voice::Author,
            speakers: Vec::new(),
            studies: self.studies,
            particulars: BTreeMap::new(),
        };
        let draft = Draft { format, text: self.text, header, units: self.units, notes: Vec::new() };
        let (records, codings, remarks) = (self.records, self.codings, self.remarks);
        Some(Box::new(Coded { draft, records, codes, codings, remarks }))
    }
}

fn study_of(key: String, reference: &Reference) -> Study {
    let authors: Vec<&str> = reference.authors.iter().map(|one| one.family.as_str()).collect();
    Study {
        key,
        author: (!authors.is_empty()).then(|| authors.join("; ")),
        year: reference.year,
        title: reference.title.clone(),
        more: BTreeMap::new(),
    }
}
