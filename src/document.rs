//! Documents: a file as it was given, and its frozen text versions.
//!
//! A text version is a pair of files, never changed once written: `<version>.txt` (UTF-8, LF) and
//! `<version>.units.jsonl`, whose first line is the [`Header`] and whose other lines are the
//! [`Unit`]s, numbered once from 1. Importers make a [`Draft`]; `project` freezes it.

use crate::cut::{Cut, Way};
use crate::id::Id;
use crate::language::Language;
pub use crate::sealed::Sealed;
use crate::strand::SourceKind;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// Whose words a passage holds. Only the first two ever get quotation marks.
    pub enum Voice "voice" {
        Participant "participant",
        Author "author",
        Extractor "extractor",
        FieldNote "field_note",
        Unknown "unknown",
    }
}

impl Voice {
    /// May stand between quotation marks.
    pub fn is_quotable(self) -> bool {
        matches!(self, Voice::Participant | Voice::Author)
    }

    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Voice::Participant => "participant's words",
            Voice::Author => "author's words",
            Voice::Extractor => "extractor's summary",
            Voice::FieldNote => "field note",
            Voice::Unknown => "voice not known",
        }
    }
}

crate::vocabulary! {
    /// What a speaker is in a conversation.
    pub enum Role "role" {
        Interviewer "interviewer",
        Participant "participant",
        Observer "observer",
        Unknown "unknown",
    }
}

crate::vocabulary! {
    /// What a numbered unit of a text is.
    pub enum UnitKind "kind of unit" {
        /// One speaker's contribution.
        Turn "turn",
        Paragraph "paragraph",
        Heading "heading",
        /// One row of a table.
        Row "row",
    }
}

/// A stretch of a unit that is speech or prose: no label, no time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    pub span: Span,
    /// Overrides the unit's voice (cells of a table row may differ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
}

/// A numbered unit of a text version. Spans count in bytes from the start of the text layer; in a
/// table, from the start of the row's shard on disk (an anchor counts from the row's own start).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// From 1, over the whole document.
    pub n: usize,
    pub kind: UnitKind,
    /// All of it, label and time stamp included.
    pub span: Span,
    /// The speech or prose in it, in order; together they are what search reads.
    pub speech: Vec<Segment>,
    /// Index into [`Header::speakers`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<usize>,
    /// Index into [`Header::studies`]: overrides the document's source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub study: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voice: Option<Voice>,
    /// Seconds from the start of the recording; may be negative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<f64>,
    /// From 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<usize>,
}

impl Unit {
    /// From the first letter of speech to the last; the whole unit where it holds no speech.
    pub fn speech_span(&self) -> Span {
        match (self.speech.first(), self.speech.last()) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => self.span,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// As the document has it, without the colon.
    pub label: String,
    pub role: Role,
}

/// Bibliographic particulars of a study named in the columns of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Study {
    /// What rows of one study share: its id, or author, year and title folded.
    pub key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// doi, country, design and any other source column, by its heading.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, String>,
}

impl Study {
    /// `Adams 2014`, or whatever of it is known.
    pub fn citation(&self) -> String {
        let name = self.author.as_deref().or(self.title.as_deref()).unwrap_or(&self.key);
        match self.year {
            Some(year) => format!("{name} {year}"),
            None => name.to_owned(),
        }
    }
}

/// The newest format of units files this build reads and writes.
pub const UNITS_FORMAT: u32 = 1;

/// First line of a units file: what is true of the version as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Version of this file's own format.
    pub format: u32,
    pub units: usize,
    pub turns: usize,
    /// UAX 29 words of speech.
    pub words: usize,
    /// Voice of units that do not say.
    pub voice: Voice,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<Speaker>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub studies: Vec<Study>,
    /// Front matter, first lines, column mapping: whatever the reader set apart, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub particulars: BTreeMap<String, String>,
}

/// What an importer makes of a file: its text layer and units, not yet frozen.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Key of the format: `docx`.
    pub format: &'static str,
    /// UTF-8, LF only. A table's rows follow each other, one line break between.
    pub text: String,
    pub header: Header,
    pub units: Vec<Unit>,
    /// Comments that stood in the margin: an import makes memos of them.
    pub notes: Vec<Note>,
}

/// A comment in the margin of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The words it is about; `None` where it stands at none.
    pub span: Option<Span>,
    pub author: Option<String>,
    pub text: String,
}

/// A document as the store has it. What a person could recognise (its given name) is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub source: Id,
    pub kind: SourceKind,
    pub format: String,
    /// English where nothing is said.
    #[serde(default)]
    pub language: Language,
    /// Text version in force.
    pub version: String,
    /// All versions, by name.
    #[serde(skip)]
    pub versions: BTreeMap<String, Version>,
    /// Ways from one version to another that was made because somebody withdrew. On disk each is a field of its
    /// own, `way:<from>:<to>`.
    #[serde(skip)]
    pub ways: BTreeMap<(String, String), Way>,
    /// Whom it was given to code, by tag: `open` or `done`. On disk each is a field of its own, `assigned:<tag>`.
    #[serde(skip)]
    pub assigned: BTreeMap<String, String>,
    /// File in `corpus/originals/`.
    pub original: String,
    /// Sealed: the name the file was given under, or the title a person typed.
    #[serde(default)]
    pub title: Option<Sealed>,
    #[serde(default)]
    pub purged: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// From 1, in the order they were made.
    pub number: usize,
    /// Files the version is cut into, 10,000 rows each; 1 for everything but large tables.
    pub shards: usize,
    pub units: usize,
    pub turns: usize,
    pub words: usize,
    /// Made by taking out what people said who withdrew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
}

impl Document {
    /// Some words of it were destroyed because a participant withdrew.
    pub fn is_cut(&self) -> bool {
        self.versions.values().any(|version| version.cut.is_some())
    }

    /// Whose words no text version that may be read holds.
    pub fn without(&self) -> BTreeSet<Id> {
        self.versions.get(&self.version).map(Version::without).unwrap_or_default()
    }

    /// Shards of the text in force.
    pub fn shards(&self) -> usize {
        self.versions.get(&self.version).map_or(1, |version| version.shards)
    }

    /// Number of the next version to be made.
    pub fn next_number(&self) -> usize {
        self.versions.values().map(|version| version.number).max().unwrap_or(0) + 1
    }

    /// Something says where words of this version stand in one that may be read.
    pub fn leads_on(&self, version: &str) -> bool {
        let doomed = doomed(&self.versions);
        let mut reached = vec![version];
        for at in 0..self.versions.len() {
            let Some(from) = reached.get(at).copied() else { break };
            if self.versions.contains_key(from) && !doomed.contains(from) {
                return true;
            }
            let is_next = |name: &&String| !reached.contains(&name.as_str()) && self.leads_to(from, name);
            let next: Vec<&str> = self.versions.keys().filter(is_next).map(String::as_str).collect();
            reached.extend(next);
        }
        false
    }

    /// The second version was made of the first, or a way leads there.
    fn leads_to(&self, from: &str, to: &str) -> bool {
        let cut = self.versions.get(to).and_then(|version| version.cut.as_ref());
        cut.is_some_and(|cut| cut.from.iter().any(|one| one == from))
            || self.ways.contains_key(&(from.to_owned(), to.to_owned()))
    }

    /// Number of the text, read from a file, that a version goes back to.
    pub fn corrected(&self, version: &str) -> usize {
        let mut at = version;
        for _ in 0..self.versions.len() {
            let Some(before) = self
                .versions
                .keys()
                .filter(|name| self.leads_to(name, at))
                .max_by_key(|name| self.versions[*name].number)
            else {
                break;
            };
            at = before;
        }
        self.versions.get(at).map_or(0, |version| version.number)
    }

    /// Puts a version in force that may be read: two machines may have set one unaware of each other, of
    /// which one knew nothing of a withdrawal.
    pub fn settle_version(&mut self) {
        let doomed = doomed(&self.versions);
        if !doomed.contains(&self.version) {
            return;
        }
        let left = self.versions.iter().filter(|(name, _)| !doomed.contains(*name));
        if let Some((name, _)) = left.max_by_key(|(name, version)| (version.number, *name)) {
            self.version.clone_from(name);
        }
    }
}

/// Versions of a document that are to be destroyed: those that hold words which another version, made
/// because somebody withdrew, has lost. Of two versions that each lack somebody else both stay, until one
/// is made that lacks both.
pub fn doomed(versions: &BTreeMap<String, Version>) -> BTreeSet<String> {
    if versions.values().all(|version| version.cut.is_none()) {
        return BTreeSet::new();
    }
    let lacking: BTreeMap<&String, BTreeSet<Id>> =
        versions.iter().map(|(name, version)| (name, version.without())).collect();
    let has_less = |one: &BTreeSet<Id>| lacking.values().any(|other| one.is_subset(other) && one != other);
    lacking.iter().filter(|(_, one)| has_less(one)).map(|(name, _)| (*name).clone()).collect()
}

impl Version {
    /// Whose words are not in it.
    pub fn without(&self) -> BTreeSet<Id> {
        self.cut.iter().flat_map(|cut| cut.without.iter().copied()).collect()
    }

    /// Which shard unit `n` lies in.
    pub fn shard_of(&self, n: usize) -> usize {
        if self.shards > 1 { (n.saturating_sub(1) / SHARD_ROWS).min(self.shards - 1) } else { 0 }
    }
}

/// Rows in one shard of a table.
pub const SHARD_ROWS: usize = 10_000;
