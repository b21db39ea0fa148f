//! A closed pass, passage by passage: where coders put a code on words that overlap, and whether they agreed.
//!
//! One item is one code in one place: codings of it, by whichever coders, whose words overlap, directly or by way of
//! others. They agreed where every coder of the document has put it on the same numbered units there, which is what
//! agreement counts. Items follow from what was coded when the pass was closed, so every site has the same.

use super::as_closed;
use crate::act::agreement::Basis;
use crate::act::anchor::{self, Anchored, Spot, Words};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Id;
use crate::pass::{Pass, Settled};
use crate::passage::Anchor;
use crate::project::{Lookup, Project};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// One code in one place, as it was coded.
#[derive(Debug, Clone)]
pub struct Item {
    /// From 1, in the order of the documents.
    pub number: usize,
    /// Twelve hexadecimal digits that follow from its codings.
    pub key: String,
    pub code: Id,
    pub document: Id,
    /// By coder; who put nothing there has no entry.
    pub by: BTreeMap<String, Vec<Coding>>,
    /// Every coder of the document put the code on the same numbered units.
    pub agreed: bool,
    /// All their words, in the text in force; none where a correction or a withdrawal took any of them.
    pub place: Option<Anchored>,
    /// What was settled, as far as it stands.
    pub settled: Option<Settled>,
}

impl Item {
    pub fn codings(&self) -> impl Iterator<Item = &Coding> {
        self.by.values().flatten()
    }
}

/// All items of a closed pass, in order. Faults: those of [`as_closed`].
pub fn items(project: &Project, pass: &Pass) -> Result<Vec<Item>> {
    project.state().whole(|_| Reading::new(project, pass)?.items())
}

struct Reading<'p> {
    project: &'p Project,
    pass: &'p Pass,
    lookup: Lookup,
    basis: Basis,
}

/// Document by its place in the pass, row, text version and code.
type Group = (usize, Option<usize>, String, Id);

impl<'p> Reading<'p> {
    fn new(project: &'p Project, pass: &'p Pass) -> Result<Self> {
        let mut basis = as_closed(project, pass)?;
        basis.codings.retain(|one| !one.unread);
        Ok(Reading { project, pass, lookup: project.lookup(), basis })
    }

    fn items(&self) -> Result<Vec<Item>> {
        let order: BTreeMap<Id, usize> = self.pass.documents.iter().copied().zip(0..).collect();
        let mut groups: BTreeMap<Group, Vec<&Coding>> = BTreeMap::new();
        for coding in &self.basis.codings {
            let anchor = &coding.anchor;
            let group = (order[&anchor.document], anchor.row, anchor.version.clone(), coding.code);
            groups.entry(group).or_default().push(coding);
        }
        let clusters = groups.into_values().flat_map(|mut codings| {
            codings.sort_by_key(|one| (one.anchor.hull(), one.id));
            overlapping(codings)
        });
        let mut items = clusters.map(|codings| self.item(codings)).collect::<Result<Vec<Item>>>()?;
        let names: BTreeMap<Id, String> =
            self.project.state().all::<Code>().into_iter().map(|code| (code.id, code.name)).collect();
        items.sort_by_cached_key(|item| {
            let first = item.codings().map(|one| (one.anchor.row, one.anchor.hull())).min();
            (order[&item.document], first, names.get(&item.code).cloned(), item.key.clone())
        });
        items.iter_mut().zip(1..).for_each(|(item, number)| item.number = number);
        Ok(items)
    }

    fn item(&self, codings: Vec<&Coding>) -> Result<Item> {
        let (code, document) = (codings[0].code, codings[0].anchor.document);
        let key = key(&codings);
        let place = self.place(document, &codings)?;
        let mut by: BTreeMap<String, Vec<Coding>> = BTreeMap::new();
        for one in codings {
            by.entry(one.coder.clone()).or_default().push(one.clone());
        }
        let agreed = self.agreed(document, &by)?;
        let settled = self.pass.settled.get(&key).filter(|settled| stands(self.project, settled)).cloned();
        Ok(Item { number: 0, key, code, document, by, agreed, place, settled })
    }

    fn agreed(&self, document: Id, by: &BTreeMap<String, Vec<Coding>>) -> Result<bool> {
        let Some(then) = self.basis.documents.get(&document).or_else(|| self.lookup.document(document)) else {
            return Ok(false);
        };
        let mut touched: BTreeSet<BTreeSet<usize>> = BTreeSet::new();
        for codings in by.values() {
            let mut units = BTreeSet::new();
            for coding in codings {
                units.extend(self.project.units_in_force(then, &coding.anchor)?.into_iter().flatten());
            }
            touched.insert(units);
        }
        let all = self.basis.coders.get(&document).is_some_and(|coders| coders.len() > 1 && coders.len() == by.len());
        Ok(all && touched.len() == 1 && !touched.contains(&BTreeSet::new()))
    }

    /// Their words together, where they stand now.
    fn place(&self, document: Id, codings: &[&Coding]) -> Result<Option<Anchored>> {
        let Some(held) = self.lookup.document(document) else { return Ok(None) };
        let mut spans: Vec<Span> = Vec::new();
        for coding in codings {
            let anchor = self.anchor_now(held, coding);
            if self.project.in_force(held, &anchor)?.is_none() {
                return Ok(None);
            }
            spans.push(anchor.hull());
        }
        let Some(hull) = spans.into_iter().reduce(Span::join) else { return Ok(None) };
        let words = match codings[0].anchor.row {
            Some(row) => Words::InRow(row, hull),
            None => Words::Bytes(None, hull),
        };
        anchor::anchor(self.project, &self.lookup, &Spot { document: document.to_string(), words }).map(Some)
    }

    /// Where a coding's words stand now: a correction has carried over those that are still here.
    fn anchor_now(&self, document: &Document, coding: &Coding) -> Anchor {
        let now = self.project.state().get::<Coding>(coding.id).filter(|now| now.carried.is_none());
        let anchor = now.map_or_else(|| coding.anchor.clone(), |now| now.anchor);
        anchor.carried(document).map_or_else(|| anchor.clone(), std::borrow::Cow::into_owned)
    }
}

/// Runs of codings in order, each of which overlaps what stands before it in the run.
fn overlapping(codings: Vec<&Coding>) -> Vec<Vec<&Coding>> {
    let mut runs: Vec<(usize, Vec<&Coding>)> = Vec::new();
    for coding in codings {
        let hull = coding.anchor.hull();
        match runs.last_mut().filter(|(end, _)| hull.start() < *end) {
            Some((end, run)) => {
                *end = hull.end().max(*end);
                run.push(coding);
            }
            None => runs.push((hull.end(), vec![coding])),
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
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
