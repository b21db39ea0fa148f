//! A closed pass, passage by passage: one code in one place.
//!
//! Codings of a code, by whichever coders, that touch a numbered unit together are one passage, directly or by way of
//! others. These are the units that agreement counts, so both say the same: a passage is open where the coders differ
//! on any unit of it, and every unit on which they differ lies in one open passage. Passages follow from what was coded
//! when the pass was closed, so every site has the same.

use super::as_closed;
use super::rivals::{Rival, rivals};
use crate::act::agreement::{Compared, Put, Wanted, compare};
use crate::act::anchor::{self, Anchored, Spot, Words};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::cut::Way;
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Id;
use crate::pass::{Pass, Settled};
use crate::passage::Anchor;
use crate::project::{Lookup, Project};
use crate::text::Span;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// What its coders say of a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accord {
    /// Nothing can be compared: its words were destroyed, or one coder alone counts in the document.
    Apart,
    /// One has the code on a unit of which another says no.
    Differ,
    /// All have the code on the same numbered units, and marked other words there.
    OtherWords,
    /// All marked the very same words.
    SameWords,
}

impl Accord {
    pub fn is_compared(self) -> bool {
        self != Accord::Apart
    }

    pub fn is_agreed(self) -> bool {
        matches!(self, Accord::OtherWords | Accord::SameWords)
    }
}

/// Ways from former texts, once looked for.
type Ways = BTreeMap<(Id, String), Option<Rc<Way>>>;

/// One code in one place, as it was coded.
#[derive(Debug, Clone)]
pub struct Item {
    /// From 1, in the order of the documents.
    pub number: usize,
    /// Twelve hexadecimal digits that follow from its codings.
    pub key: String,
    pub code: Id,
    pub document: Id,
    /// From the first numbered unit that it touches to the last, in the text as it was then.
    pub units: RangeInclusive<usize>,
    /// By coder; who put nothing there has no entry.
    pub by: BTreeMap<String, Vec<Coding>>,
    pub accord: Accord,
    /// All their words, in the text in force; none where a correction or a withdrawal took any of them.
    pub place: Option<Anchored>,
    /// What was settled, as far as it stands.
    pub settled: Option<Settled>,
    /// What was settled otherwise by somebody unaware of that.
    pub rivals: Vec<Rival>,
}

impl Item {
    pub fn codings(&self) -> impl Iterator<Item = &Coding> {
        self.by.values().flatten()
    }

    /// Nobody has settled it, or two have and not alike.
    pub fn is_open(&self) -> bool {
        self.accord.is_compared() && (self.settled.is_none() || !self.rivals.is_empty())
    }
}

/// All passages of a closed pass, in order. Faults: those of [`as_closed`].
pub fn items(project: &Project, pass: &Pass) -> Result<Vec<Item>> {
    project.state().whole(|_| Reading::new(project, pass)?.items())
}

struct Reading<'p> {
    project: &'p Project,
    pass: &'p Pass,
    lookup: Lookup,
    compared: Compared,
    /// To the text in force.
    ways: RefCell<Ways>,
}

impl<'p> Reading<'p> {
    fn new(project: &'p Project, pass: &'p Pass) -> Result<Self> {
        let compared = compare(project, as_closed(project, pass)?, &Wanted::default())?;
        Ok(Reading { project, pass, lookup: project.lookup(), compared, ways: RefCell::default() })
    }

    fn items(&self) -> Result<Vec<Item>> {
        let order: BTreeMap<Id, usize> = self.pass.documents.iter().copied().zip(0..).collect();
        let mut items = Vec::new();
        for (document, code) in self.compared.pairs() {
            for passage in self.compared.passages(document, code) {
                items.push(self.item(&passage)?);
            }
        }
        let names: BTreeMap<Id, String> =
            self.project.state().all::<Code>().into_iter().map(|code| (code.id, code.name)).collect();
        items.sort_by_cached_key(|item| {
            let first = item.codings().map(|one| (one.anchor.row, one.anchor.hull())).min();
            (order[&item.document], first, names.get(&item.code).cloned(), item.key.clone())
        });
        items.iter_mut().zip(1..).for_each(|(item, number)| item.number = number);
        Ok(items)
    }

    fn item(&self, passage: &[&Put]) -> Result<Item> {
        let codings: Vec<&Coding> = passage.iter().map(|put| &put.coding).collect();
        let (code, document) = (codings[0].code, codings[0].anchor.document);
        let key = key(&codings);
        let place = self.place(document, &codings)?;
        let mut by: BTreeMap<String, Vec<Coding>> = BTreeMap::new();
        for one in codings {
            by.entry(one.coder.clone()).or_default().push(one.clone());
        }
        let said = self.compared.said(document, code);
        let units = units(passage);
        let settled = self.pass.settled.get(&key).filter(|settled| stands(self.project, settled)).cloned();
        let marked: BTreeSet<BTreeSet<(Option<usize>, &[Span])>> = by
            .values()
            .map(|own| own.iter().map(|one| (one.anchor.row, one.anchor.spans.as_slice())).collect())
            .collect();
        Ok(Item {
            number: 0,
            code,
            document,
            accord: match (said.compares(&units), said.differ(&units)) {
                (false, _) => Accord::Apart,
                (true, true) => Accord::Differ,
                (true, false) if marked.len() == 1 => Accord::SameWords,
                (true, false) => Accord::OtherWords,
            },
            place,
            settled,
            rivals: rivals(self.project, self.pass, &key),
            units,
            key,
            by,
        })
    }

    /// Their words together, where they stand now.
    fn place(&self, document: Id, codings: &[&Coding]) -> Result<Option<Anchored>> {
        let Some(held) = self.lookup.document(document).filter(|held| !held.purged) else { return Ok(None) };
        let mut whole: Option<(Option<usize>, Span)> = None;
        for coding in codings {
            let Some((row, span)) = self.now(held, coding)? else { return Ok(None) };
            whole = match whole {
                None => Some((row, span)),
                Some((first, _)) if first != row => return Ok(None),
                Some((_, so_far)) => Some((row, so_far.join(span))),
            };
        }
        let words = match whole {
            None => return Ok(None),
            Some((Some(row), span)) => Words::InRow(row, span),
            Some((None, span)) => Words::Bytes(None, span),
        };
        anchor::anchor(self.project, &self.lookup, &Spot { document: document.to_string(), words }).map(Some)
    }

    /// Where a coding's words stand now. A correction has carried over the codings that are still here; the words of
    /// one that was removed since are looked for in the text itself.
    fn now(&self, document: &Document, coding: &Coding) -> Result<Option<(Option<usize>, Span)>> {
        let held = self.project.state().get::<Coding>(coding.id).filter(|now| now.carried.is_none());
        let anchor = held.map_or_else(|| coding.anchor.clone(), |now| now.anchor);
        let Some(anchor) = anchor.carried(document) else { return Ok(None) };
        if self.project.in_force(document, &anchor)?.is_some() {
            return Ok(Some((anchor.row, anchor.hull())));
        }
        Ok(self.way_on(document, &anchor.version)?.and_then(|way| led(&way, &anchor)))
    }

    fn way_on(&self, document: &Document, version: &str) -> Result<Option<Rc<Way>>> {
        let key = (document.id, version.to_owned());
        if let Some(known) = self.ways.borrow().get(&key) {
            return Ok(known.clone());
        }
        let way = self.project.way_on(document, version)?.map(Rc::new);
        self.ways.borrow_mut().insert(key, way.clone());
        Ok(way)
    }
}

fn led(way: &Way, anchor: &Anchor) -> Option<(Option<usize>, Span)> {
    if let Some(row) = anchor.row {
        return Some((Some(way.row(row)?), anchor.hull()));
    }
    let spans = anchor.spans.iter().map(|span| way.moved(*span)).collect::<Option<Vec<Span>>>()?;
    Some((None, spans.into_iter().reduce(Span::join)?))
}

/// From the first unit that any of these touches to the last.
fn units(passage: &[&Put]) -> RangeInclusive<usize> {
    let first = passage.iter().map(|put| *put.units.start()).min().unwrap_or_default();
    first..=passage.iter().map(|put| *put.units.end()).max().unwrap_or_default()
}

fn key(codings: &[&Coding]) -> String {
    let ids: BTreeSet<Id> = codings.iter().map(|one| one.id).collect();
    let mut hasher = blake3::Hasher::new_derive_key("realist compared passage v1");
    for id in ids {
        hasher.update(id.as_bytes());
    }
    hasher.finalize().to_hex()[..12].to_owned()
}

/// What was settled holds: its consensus coding, where it has one, is still here.
pub fn stands(project: &Project, settled: &Settled) -> bool {
    settled.coding.is_none_or(|coding| project.state().is_here(coding))
}
