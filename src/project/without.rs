//! A document's text with what some speakers said taken out, a shard at a time.

use super::{Project, Shard};
use crate::cut::{Cut, MARK, Way};
use crate::diagnostic::{Fault, Result, fault};
use crate::document::{Document, Header, Version};
use crate::id::Id;
use crate::manuscript::{Manuscript, See, unfit};
use crate::passage::QuoteKey;
use crate::redact::{self, Redacted};
use crate::text::Span;
use crate::text::words::words;
use std::collections::BTreeSet;

/// The text version in force, without what some speakers said.
pub struct Without<'p> {
    project: &'p Project,
    document: &'p Document,
    speakers: BTreeSet<usize>,
    header: Header,
    is_table: bool,
    names_every_study: bool,
    spans: Vec<Span>,
    rows: Vec<usize>,
    seals: Vec<String>,
    /// Bytes, in a table rows, of the text before.
    length: usize,
    /// Number and speech of each unit that goes.
    pub said: Vec<(usize, String)>,
}

impl<'p> Without<'p> {
    /// Goes through the text once. Fault `text-missing`.
    pub fn survey(project: &'p Project, document: &'p Document, speakers: BTreeSet<usize>) -> Result<Self> {
        let header = project.header(document)?.ok_or_else(|| missing(project, document))?;
        let mut left = Without {
            project,
            document,
            speakers,
            header: Header::clone(&header),
            is_table: false,
            names_every_study: true,
            spans: Vec::new(),
            rows: Vec::new(),
            seals: Vec::new(),
            length: 0,
            said: Vec::new(),
        };
        for number in 0..left.count() {
            let shard = left.shard(number)?;
            left.see(&shard)?;
        }
        let gone = left.words();
        let turns = if left.is_table { 0 } else { left.said.len() };
        left.header = redact::header(
            &header,
            &left.speakers,
            header.turns.saturating_sub(turns),
            header.words.saturating_sub(gone),
        );
        Ok(left)
    }

    fn see(&mut self, shard: &Shard) -> Result<()> {
        let Redacted { text, gone, .. } = self.redacted(shard)?;
        self.is_table |= shard.is_table();
        self.length = if self.is_table { self.header.units } else { shard.text.len() };
        self.names_every_study &= shard.units.iter().all(|unit| unit.study.is_some());
        self.seals.push(QuoteKey::of(&text).seal());
        for (span, n) in gone {
            if self.is_table {
                self.rows.push(n);
            } else {
                self.spans.push(span);
            }
            self.said.extend(shard.unit(n).map(|unit| (n, shard.speech(unit))));
        }
        Ok(())
    }

    /// Words that go.
    pub fn words(&self) -> usize {
        self.said.iter().map(|(_, speech)| words(speech).count()).sum()
    }

    /// What the journal says of it: nothing of the words. Anchors set in versions with the same text are
    /// carried over from there.
    pub fn cut(&self, person: Id) -> Result<Cut> {
        let mut from = vec![self.document.version.clone()];
        for (name, version) in &self.document.versions {
            if *name != self.document.version && self.has_same_text(name, version)? {
                from.push(name.clone());
            }
        }
        let mut without = self.document.without();
        without.insert(person);
        Ok(Cut {
            from,
            without: without.into_iter().collect(),
            spans: self.spans.clone(),
            rows: self.rows.clone(),
            seals: self.seals.clone(),
        })
    }

    /// The same for a text made by somebody unaware that these people withdrew: it names nothing it was made of,
    /// since it may come of several.
    pub fn cut_unaware(&self, without: &BTreeSet<Id>) -> Cut {
        let without = without.iter().copied().collect();
        Cut { from: Vec::new(), without, spans: Vec::new(), rows: Vec::new(), seals: self.seals.clone() }
    }

    /// Where all that stays stood before.
    pub fn way(&self) -> Way {
        let gone: Vec<Span> = if self.is_table {
            self.rows.iter().filter_map(|row| Span::new(*row, row + 1)).collect()
        } else {
            self.spans.clone()
        };
        let put = if self.is_table { 1 } else { MARK.len() };
        let (mut from, mut to) = (usize::from(self.is_table), usize::from(self.is_table));
        let end = Span::new(self.length + from, self.length + from + 1);
        let mut stretches = Vec::new();
        for cut in gone.into_iter().chain(end) {
            if cut.start() > from {
                stretches.push([from, to, cut.start() - from]);
            }
            to += cut.start() - from + put;
            from = cut.end();
        }
        Way::of(stretches)
    }

    /// Ways to this text from the other versions that can be read here: what somebody set on one of them unaware
    /// of a correction is found again, where its words are still there.
    pub fn ways(&self, cut: &Cut) -> Result<Vec<(String, Way)>> {
        let mut ways = Vec::new();
        for name in self.document.versions.keys().filter(|name| !cut.from.contains(name)) {
            let way = self.project.way(self.document, name, self)?;
            ways.extend(way.map(|way| (name.clone(), way)));
        }
        Ok(ways)
    }

    fn has_same_text(&self, name: &str, version: &Version) -> Result<bool> {
        if version.shards != self.count() {
            return Ok(false);
        }
        for number in 0..self.count() {
            let other = self.project.read_shard(self.document, name, number)?;
            let same = match other {
                Some(other) => other.text == self.shard(number)?.text,
                None => false,
            };
            if !same {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn redacted(&self, shard: &Shard) -> Result<Redacted> {
        redact::without(&shard.text, &shard.units, &self.speakers).ok_or_else(|| unfit("a unit outside its text"))
    }

    fn count(&self) -> usize {
        self.document.shards()
    }

    fn shard(&self, number: usize) -> Result<Shard> {
        let shard = self.project.read_shard(self.document, &self.document.version, number)?;
        shard.ok_or_else(|| missing(self.project, self.document))
    }
}

impl Manuscript for Without<'_> {
    /// Not asked: a version has no format of its own.
    fn format(&self) -> &'static str {
        "cut"
    }

    fn header(&self) -> &Header {
        &self.header
    }

    fn each_shard(&self, see: &mut See) -> Result<()> {
        for number in 0..self.count() {
            let Redacted { text, units, .. } = self.redacted(&self.shard(number)?)?;
            if see(&text, &units)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn is_table(&self) -> bool {
        self.is_table
    }

    fn names_every_study(&self) -> bool {
        self.names_every_study
    }
}

fn missing(project: &Project, document: &Document) -> Fault {
    fault("text-missing", format!("the text of {} is not on this computer", project.label(document.id)))
        .hint("let the sync client fetch corpus/text, or merge a copy or a bundle that has it, and withdraw then")
        .hint("or destroy the document as a whole: --scope document")
}
