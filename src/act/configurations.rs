//! The team's statements by the passages they were read from, for comparing what two coders read there.
//!
//! A statement stands where its own author first linked it to a passage. Two such passages are the same place where
//! they lie in one document (in a table, one row) and share at least half of the words of the shorter; what is the same
//! place as a third is the same place. Statements that were merged, parked or rejected since count as they were read.

use super::anchor::in_units;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::evidence::Evidence;
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::index::Keys;
use crate::language::Language;
use crate::passage::Anchor;
use crate::project::Project;
use crate::stats::configurations::{Reading, Words};
use crate::text::{Span, words};
use std::collections::{BTreeMap, BTreeSet};

/// Statements with the places they were read at.
#[derive(Debug, Default)]
pub struct Extracted {
    /// In the order of documents and places.
    pub readings: Vec<Reading>,
    /// The statement of each reading.
    pub statements: Vec<Hypothesis>,
    /// Where each stands.
    pub anchors: Vec<Anchor>,
    /// Statements whose passage is gone, stands on a former text, or is not on this computer.
    pub left_out: usize,
}

/// What a statement was read from.
struct Stand {
    statement: Hypothesis,
    anchor: Anchor,
    units: (usize, usize),
    hull: Span,
    /// Where the words of the passage begin.
    words: BTreeSet<usize>,
    language: Language,
}

/// The statements of these coders (of all, where none is named) with their places. Faults of the disk.
pub fn extracted(project: &Project, coders: &[String]) -> Result<Extracted> {
    let mut links: BTreeMap<Id, Evidence> = BTreeMap::new();
    let mut all = project.state().all::<Evidence>();
    all.sort_by_key(|link| link.id);
    let mut statements: BTreeMap<Id, Hypothesis> =
        project.state().all().into_iter().map(|one: Hypothesis| (one.id, one)).collect();
    statements.retain(|_, one| !one.author.is_empty() && (coders.is_empty() || coders.contains(&one.author)));
    for link in all {
        if statements.get(&link.hypothesis).is_some_and(|one| one.author == link.appraiser) {
            links.entry(link.hypothesis).or_insert(link);
        }
    }
    let mut found = Extracted::default();
    let mut by_document: BTreeMap<(Id, Option<usize>), Vec<Stand>> = BTreeMap::new();
    for (id, link) in links {
        let Some(statement) = statements.remove(&id) else { continue };
        match stand(project, statement, &link.anchor)? {
            Some(stand) => by_document.entry((stand.anchor.document, stand.anchor.row)).or_default().push(stand),
            None => found.left_out += 1,
        }
    }
    let mut documents: Vec<_> = by_document.into_iter().collect();
    documents.sort_by_cached_key(|((document, row), _)| (project.state().label_of(*document), *document, *row));
    let mut keys = Keys::of_stems();
    for (_, stands) in documents {
        found.take(project, stands, &mut keys);
    }
    Ok(found)
}

fn stand(project: &Project, statement: Hypothesis, anchor: &Anchor) -> Result<Option<Stand>> {
    let Some(document) = project.state().get::<Document>(anchor.document) else { return Ok(None) };
    let Some(shard) = project.in_force(&document, anchor)? else { return Ok(None) };
    let Some(anchor) = anchor.carried(&document).map(std::borrow::Cow::into_owned) else { return Ok(None) };
    let Some(base) = shard.base_of(&anchor) else { return Ok(None) };
    let placed: Option<Vec<Span>> =
        anchor.spans.iter().map(|span| Span::new(base + span.start(), base + span.end())).collect();
    let Some(placed) = placed else { return Ok(None) };
    let begins = |span: &Span| {
        let text = span.of(&shard.text).unwrap_or_default();
        words::words(text).map(|(word, _)| span.start() + word.start()).collect::<Vec<_>>()
    };
    let words = placed.iter().flat_map(begins).collect();
    let Some((first, last)) = placed.iter().copied().reduce(Span::join).and_then(|hull| shard.units_at(hull)) else {
        return Ok(None);
    };
    let (units, hull) = ((first.n, last.n), anchor.hull());
    Ok(Some(Stand { statement, anchor, units, hull, words, language: document.language }))
}

/// At least half of the words of the shorter.
fn is_same_place(one: &Stand, other: &Stand) -> bool {
    let shared = one.words.intersection(&other.words).count();
    2 * shared >= one.words.len().min(other.words.len()) && shared > 0
}

impl Extracted {
    /// The statements on one text, by place.
    fn take(&mut self, project: &Project, mut stands: Vec<Stand>, keys: &mut Keys) {
        stands.sort_by_key(|one| (one.hull, one.statement.id));
        let mut place_of: Vec<usize> = (0..stands.len()).collect();
        for at in 0..stands.len() {
            let reach = stands[at].hull.end();
            let near = (at + 1..stands.len()).take_while(|other| stands[*other].hull.start() < reach);
            for other in near.filter(|other| is_same_place(&stands[at], &stands[*other])) {
                let (one, other) = (place_of[at], place_of[other]);
                let (low, high) = (one.min(other), one.max(other));
                place_of.iter_mut().filter(|place| **place == high).for_each(|place| *place = low);
            }
        }
        let mut names: BTreeMap<usize, String> = BTreeMap::new();
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for place in &place_of {
            if names.contains_key(place) {
                continue;
            }
            let here = || stands.iter().zip(&place_of).filter(|(_, at)| *at == place).map(|(stand, _)| stand);
            let units =
                here().fold((usize::MAX, 0), |(first, last), one| (first.min(one.units.0), last.max(one.units.1)));
            let name = in_units(project, stands[0].anchor.document, units);
            let number = used.entry(name.clone()).or_default();
            *number += 1;
            names.insert(*place, if *number > 1 { format!("{name} ({number})") } else { name });
        }
        let mut placed: Vec<(usize, Stand)> = place_of.into_iter().zip(stands).collect();
        placed.sort_by_key(|(place, _)| *place);
        for (place, stand) in placed {
            let told = Told {
                place: names.get(&place).cloned().unwrap_or_default(),
                coder: &stand.statement.author,
                name: project.label(stand.statement.id),
                parts: stand.statement.parts.iter().map(|part| (part.kind, part.text.as_str())).collect(),
                sentence: stand.statement.statement.as_deref(),
                language: stand.language,
            };
            self.readings.push(told.reading(keys));
            self.statements.push(stand.statement);
            self.anchors.push(stand.anchor);
        }
    }
}

/// A statement as somebody told it at a place.
#[derive(Debug, Clone, Default)]
pub struct Told<'t> {
    pub place: String,
    pub coder: &'t str,
    /// What it is called.
    pub name: String,
    pub parts: Vec<(PartKind, &'t str)>,
    /// What is compared where it has no parts.
    pub sentence: Option<&'t str>,
    pub language: Language,
}

impl Told<'_> {
    /// By the stems of its telling words.
    pub fn reading(self, keys: &mut Keys) -> Reading {
        let mut parts: BTreeMap<PartKind, Words> = BTreeMap::new();
        for (kind, text) in &self.parts {
            parts.entry(*kind).or_default().extend(keys.gist(text, self.language));
        }
        let whole = if parts.is_empty() {
            keys.gist(self.sentence.unwrap_or_default(), self.language)
        } else {
            parts.values().flatten().cloned().collect()
        };
        Reading { place: self.place, coder: self.coder.to_owned(), name: self.name, parts, whole }
    }
}

/// Two coders must have statements somewhere.
pub fn refuse_one_coder(found: &Extracted) -> Result<()> {
    let coders: BTreeSet<&str> = found.readings.iter().map(|one| one.coder.as_str()).collect();
    if coders.len() > 1 {
        return Ok(());
    }
    Err(fault(
        "read-once",
        "statements of two coders are needed, each linked by its author to the passage it was read from",
    )
    .hint("a second coder reads the same passage: realist --coder TAG write D1.gj, or hypothesis add and evidence add")
    .hint("of a table: realist stats configurations FILE.csv with the columns coder, place, hypothesis, part, text"))
}
