//! Where the words of a claim stand: word for word, or near, unit by unit of the documents that are looked through.

use super::super::anchor::Words;
use super::super::text::shard;
use crate::diagnostic::Result;
use crate::document::{Document, UnitKind};
use crate::id::Id;
use crate::project::{Lookup, Project};
use crate::text::words::{fold, words};
use crate::text::{Span, near, quote};
use std::collections::{BTreeMap, BTreeSet};

/// Units that are looked through for words that come near.
const TRIED: usize = 4;

/// A turn, a paragraph or a row.
struct Unit {
    document: Id,
    n: usize,
    is_row: bool,
    /// Where it starts in its text.
    start: usize,
    text: String,
    folded: quote::Folded,
    /// Names its source goes by, folded.
    names: BTreeSet<String>,
}

/// Everything that is looked through.
pub(super) struct Ground {
    units: Vec<Unit>,
    /// Which units have a word, and how often.
    holders: BTreeMap<String, Vec<(usize, usize)>>,
}

/// Where words stand.
pub(super) struct Hit {
    pub document: Id,
    n: usize,
    is_row: bool,
    start: usize,
    /// Bytes of the unit.
    span: Span,
    pub is_exact: bool,
    pub share: f64,
    /// Other places where they stand word for word.
    pub elsewhere: usize,
}

impl Hit {
    pub fn words(&self) -> Words {
        if self.is_row {
            return Words::InRow(self.n, self.span);
        }
        let moved = Span::new(self.span.start() + self.start, self.span.end() + self.start);
        moved.map_or(Words::Units(self.n, self.n), |span| Words::Bytes(None, span))
    }
}

impl Ground {
    pub fn read(project: &Project, lookup: &Lookup, documents: &[Document]) -> Result<Self> {
        let mut units = Vec::new();
        let mut names: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
        for document in documents {
            for number in 0..document.shards() {
                let shard = shard(project, document, &document.version, number)?;
                for unit in shard.units.iter().filter(|unit| !unit.speech.is_empty()) {
                    let Some(text) = unit.span.of(&shard.text) else { continue };
                    let source = lookup.source_of(document, unit);
                    let known = names.entry(source).or_insert_with(|| {
                        let study = unit.study.and_then(|at| shard.header.studies.get(at));
                        let of_study = study.map(|study| vec![study.key.clone(), study.citation()]).unwrap_or_default();
                        let labels = [project.label(source), project.label(document.id), project.title(document)];
                        of_study.into_iter().chain(labels).map(|name| fold(name.trim())).collect()
                    });
                    units.push(Unit {
                        document: document.id,
                        n: unit.n,
                        is_row: unit.kind == UnitKind::Row,
                        start: unit.span.start(),
                        text: text.to_owned(),
                        folded: quote::Folded::of(text),
                        names: known.clone(),
                    });
                }
            }
        }
        let mut holders: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate() {
            for (word, count) in counted(&unit.text) {
                holders.entry(word).or_default().push((at, count));
            }
        }
        Ok(Ground { units, holders })
    }

    /// The place of a quotation, in units of this source where one is named.
    pub fn find(&self, quotation: &str, source: Option<&str>) -> Option<Hit> {
        if quotation.trim().is_empty() {
            return None;
        }
        let source = source.map(|source| fold(source.trim()));
        let is_of_source = |at: &usize| source.as_ref().is_none_or(|source| self.units[*at].names.contains(source));
        self.exact(quotation, is_of_source).or_else(|| self.near(quotation, is_of_source))
    }

    fn exact(&self, quotation: &str, is_of_source: impl Fn(&usize) -> bool) -> Option<Hit> {
        let folded = quote::folded(quotation);
        let bare = folded.trim_matches([' ', '\'']);
        let may_hold = |at: &usize| self.units[*at].folded.letters().contains(bare);
        let mut places = (0..self.units.len()).filter(is_of_source).filter(may_hold).flat_map(|at| {
            let found = self.units[at].folded.find(&self.units[at].text, quotation);
            let spans = if found.elided { Vec::new() } else { found.spans };
            spans.into_iter().map(move |span| (at, span))
        });
        let (at, span) = places.next()?;
        Some(Hit { is_exact: true, elsewhere: places.count(), ..self.hit(at, span, 1.0) })
    }

    /// Of the units that share most words the one in which most of the quotation stands; of equals the first.
    fn near(&self, quotation: &str, is_of_source: impl Fn(&usize) -> bool) -> Option<Hit> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for (word, count) in counted(quotation) {
            for (at, there) in self.holders.get(&word).into_iter().flatten().filter(|(at, _)| is_of_source(at)) {
                *shared.entry(*at).or_default() += count.min(*there);
            }
        }
        let mut likely: Vec<(usize, usize)> = shared.into_iter().collect();
        likely.sort_by_key(|(at, shared)| (std::cmp::Reverse(*shared), *at));
        let mut best: Option<Hit> = None;
        for (at, _) in likely.into_iter().take(TRIED) {
            let found = near::find(&self.units[at].text, quotation);
            if let Some(found) = found
                && let Some(hull) = found.hull()
                && best.as_ref().is_none_or(|best| found.share > best.share)
            {
                best = Some(self.hit(at, hull, found.share));
            }
        }
        best
    }

    fn hit(&self, at: usize, span: Span, share: f64) -> Hit {
        let Unit { document, n, is_row, start, .. } = self.units[at];
        Hit { document, n, is_row, start, span, is_exact: false, share, elsewhere: 0 }
    }
}

fn counted(text: &str) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for (_, word) in words(text) {
        *counted.entry(fold(word)).or_default() += 1;
    }
    counted
}
