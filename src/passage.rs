//! Passages: anchors into a frozen text version, and the words they give back.

use crate::cut::{Cut, Way};
use crate::document::{Document, Version, Voice};
use crate::id::Id;
use crate::text::Span;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Where some words stand: document, text version, one or more ordered half-open byte spans, and a
/// keyed hash of the words at each. Never the words themselves.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    pub document: Id,
    pub version: String,
    /// A row of a table: spans count from its start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    pub spans: Vec<Span>,
    /// Sixteen hexadecimal digits each ([`QuoteKey::hash`]).
    pub hashes: Vec<String>,
}

impl Anchor {
    /// The same words in whatever text version: for telling whether two anchors are one passage. The
    /// keyed hashes agree only where the text does.
    #[must_use]
    pub fn unversioned(&self) -> Anchor {
        Anchor { version: String::new(), ..self.clone() }
    }

    /// What to look things up by that stand at this place: a table's row, else the document.
    pub fn place(&self) -> Id {
        self.row.map_or(self.document, |row| row_id(self.document, row))
    }

    /// The smallest span that holds all of the anchor's spans.
    pub fn hull(&self) -> Span {
        self.spans.iter().copied().reduce(Span::join).unwrap_or_else(|| unreachable!("an anchor has a span"))
    }
}

/// What became of an anchor's words when somebody withdrew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate<'a> {
    /// They stand here now.
    Standing(Cow<'a, Anchor>),
    /// Some of them were taken out.
    Destroyed,
    /// Their text was destroyed, and nothing says where they would stand in what is left.
    Untold,
}

impl Anchor {
    /// Where its words stand now that others were taken out of its document's text; `None` where any of
    /// its own words were destroyed. What holds instead of a hash of the words is the seal of the text.
    pub fn carried(&self, document: &Document) -> Option<Cow<'_, Anchor>> {
        match self.fate(document) {
            Fate::Standing(anchor) => Some(anchor),
            Fate::Destroyed | Fate::Untold => None,
        }
    }

    /// What became of its words when others were taken out of its document's text.
    pub fn fate(&self, document: &Document) -> Fate<'_> {
        if document.purged {
            return Fate::Destroyed;
        }
        if !document.is_cut() {
            return Fate::Standing(Cow::Borrowed(self));
        }
        // Every withdrawal binds, also those made unaware of each other: whatever path leads from the
        // anchor's version to later ones is gone down, and words destroyed on any of them are gone.
        let doomed = crate::document::doomed(&document.versions);
        let (mut open, mut best) = (vec![Cow::Borrowed(self)], None);
        for _ in 0..MOST_STEPS {
            let Some(at) = open.pop() else { break };
            for (name, version) in &document.versions {
                let Some(cut) = version.cut.as_ref().filter(|cut| cut.from.contains(&at.version)) else { continue };
                let Some(after) = at.after(cut, name, version) else { return Fate::Destroyed };
                open.push(Cow::Owned(after));
            }
            let ways = document.ways.iter().filter(|((from, _), _)| *from == at.version);
            open.extend(ways.filter_map(|((_, to), way)| at.by(way, to, document.versions.get(to)?)).map(Cow::Owned));
            let place =
                document.versions.get(&at.version).map(|version| (at.version == document.version, version.number));
            // A version whose making was undone went with the others.
            let is_kept = place.is_some() && !doomed.contains(&at.version);
            if is_kept && best.as_ref().is_none_or(|(held, _)| place > *held) {
                best = Some((place, at));
            }
        }
        best.map_or(Fate::Untold, |(_, at)| Fate::Standing(at))
    }

    /// In the version that a cut made; `None` where any of it was cut.
    fn after(&self, cut: &Cut, name: &str, version: &Version) -> Option<Anchor> {
        let spans = match self.row {
            Some(row) => cut.keeps_row(row).then(|| self.spans.clone())?,
            None => self.spans.iter().map(|span| cut.moved(*span)).collect::<Option<Vec<Span>>>()?,
        };
        self.sealed(cut, name, version, self.row, spans)
    }

    /// In the version that a way leads to; `None` where not all of it has a place there.
    fn by(&self, way: &Way, name: &str, version: &Version) -> Option<Anchor> {
        let (row, spans) = match self.row {
            Some(row) => (Some(way.row(row)?), self.spans.clone()),
            None => (None, self.spans.iter().map(|span| way.moved(*span)).collect::<Option<Vec<Span>>>()?),
        };
        self.sealed(version.cut.as_ref()?, name, version, row, spans)
    }

    fn sealed(&self, cut: &Cut, name: &str, version: &Version, row: Option<usize>, spans: Vec<Span>) -> Option<Anchor> {
        let seal = cut.seals.get(row.map_or(0, |row| version.shard_of(row)))?.clone();
        Some(Anchor { document: self.document, version: name.to_owned(), row, hashes: vec![seal; spans.len()], spans })
    }
}

impl Anchor {
    /// Where the stretch from its first to its last word stood, in the last text that withdrawals made of the one it was
    /// set on: with the mark in the place of what was taken out. Text version, row, span; `None` where nothing tells.
    pub fn stood(&self, document: &Document) -> Option<(String, Option<usize>, Span)> {
        let mut at = (self.version.clone(), self.row, self.hull());
        for _ in 0..MOST_STEPS {
            let cuts = document.versions.iter().filter_map(|(name, version)| Some((name, version.cut.as_ref()?)));
            let mut next = cuts.filter(|(_, cut)| cut.from.contains(&at.0)).filter_map(|(name, cut)| {
                let span = if at.1.is_some() { Some(at.2) } else { cut.spread(at.2) };
                Some((name.clone(), at.1, span?))
            });
            let ways = document.ways.iter().filter(|((from, _), _)| *from == at.0);
            let mut led = ways.filter_map(|((_, to), way)| match at.1 {
                Some(row) => Some((to.clone(), Some(way.row(row)?), at.2)),
                None => Some((to.clone(), None, way.moved(at.2)?)),
            });
            let Some(then) = next.next().or_else(|| led.next()) else { return Some(at) };
            at = then;
        }
        None
    }
}

/// Steps from version to version; a journal from elsewhere may say anything.
const MOST_STEPS: usize = 1000;

crate::vocabulary! {
    /// How a passage fared when its document was corrected, where nobody has settled it yet.
    pub enum Carried "way of carrying over" {
        /// The corrected text has words there that differ a little: to be confirmed.
        Near "near",
        /// The corrected text no longer has the words; they are kept in the former one.
        Orphan "orphan",
    }
}

impl Carried {
    /// For people.
    pub fn title(self) -> &'static str {
        match self {
            Carried::Near => "to be confirmed in the corrected text",
            Carried::Orphan => "no longer in the corrected text",
        }
    }
}

/// Stands for a row of a table wherever things are looked up by what they are anchored in.
pub fn row_id(document: Id, row: usize) -> Id {
    Id::derived([b"row".as_slice(), document.as_bytes(), &(row as u64).to_le_bytes()])
}

/// Key of a text version's quotation hashes. It is derived from the text itself, so that it is
/// there exactly as long as the text is: once a text is purged nobody can test a guess at a
/// quotation against the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteKey([u8; 32]);

impl QuoteKey {
    pub fn of(text: &str) -> Self {
        QuoteKey(blake3::derive_key("realist quotation key v1", text.as_bytes()))
    }

    /// Sixteen hexadecimal digits.
    pub fn hash(&self, words: &str) -> String {
        blake3::keyed_hash(&self.0, words.as_bytes()).to_hex()[..16].to_owned()
    }

    /// The hash of no words: tells only which text it is, whole.
    pub fn seal(&self) -> String {
        self.hash("")
    }
}

/// What became of an anchor's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wholeness {
    /// They stand where they stood, byte for byte.
    Whole,
    /// The text there no longer agrees with the hash: keep out of reports.
    Stale,
    /// The text was destroyed on purpose.
    Purged,
    /// The text file is not on this computer.
    Missing,
}

/// An anchor read back: the words and what a reader must know about them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quotation {
    /// The original, byte for byte. Empty unless whole.
    pub text: String,
    /// What is quoted of it: the speech alone, without labels and times; of several turns the
    /// participant's, an interviewer's left out as `[…]`.
    pub spoken: String,
    pub wholeness: Wholeness,
    pub voice: Voice,
    /// Speaker label as the document has it.
    pub speaker: Option<String>,
    pub participant: Option<Id>,
    /// Somebody who withdrew speaks in it, be it among others.
    #[serde(skip)]
    pub withdrawn: bool,
    /// Somebody who refused even the team speaks in it.
    #[serde(skip)]
    pub not_for_team: bool,
    /// The source that speaks: the row's study, else the document's source.
    pub source: Id,
    pub document: Id,
    /// Numbers of the first and last unit touched, from 1.
    pub units: (usize, usize),
    /// Bytes and code points of the hull, in the text layer (in a table, in the row).
    pub span: Span,
    pub chars: (usize, usize),
    pub page: Option<usize>,
    /// Seconds from the start of the recording.
    pub time: Option<f64>,
}

impl Quotation {
    /// How the words are set: only a participant's or author's own words get quotation marks.
    pub fn marked(&self) -> String {
        let text = self.spoken.trim();
        if self.voice.is_quotable() { format!("\u{201c}{text}\u{201d}") } else { text.to_owned() }
    }
}
