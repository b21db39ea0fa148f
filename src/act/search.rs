//! Finding passages: brings the index up to date, asks it, and reads the words from the text versions.

use super::facts::facts;
use crate::diagnostic::Result;
use crate::document::{Document, Unit};
use crate::id::Id;
use crate::index::{self, Index, Key, Opened, Order};
use crate::project::{Project, Shard};
use crate::query::Query;
use crate::strand::SourceKind;
use crate::text::{Span, chars_before};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A passage found, with its words read from the text version.
#[derive(Debug, Clone)]
pub struct Found {
    pub document: String,
    /// `D3.gj/12`.
    pub passage: String,
    pub speaker: Option<String>,
    pub kind: SourceKind,
    pub source: String,
    /// Bytes, then code points, of the speech: in the text layer; in a table, in the row.
    pub span: (usize, usize),
    pub chars: (usize, usize),
    pub text: String,
    pub score: f64,
    /// What matched, as bytes of `text`.
    pub marks: Vec<Span>,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub total: usize,
    pub found: Vec<Found>,
    /// Documents whose text is not on this computer.
    pub missing: usize,
}

/// Opens the index, brought up to date; documents stand in it as people count them, by label. A
/// damaged one is built again without asking.
pub fn index(project: &Project, progress: &dyn Fn(usize, usize)) -> Result<Index> {
    let documents = project.state().in_order::<Document>();
    let order: Vec<Id> = documents.iter().map(|one| one.id).collect();
    up_to_date(project, &documents, progress).map(|index| index.in_order_of(&order))
}

fn up_to_date(project: &Project, documents: &[Document], progress: &dyn Fn(usize, usize)) -> Result<Index> {
    let wanted: Vec<Key> = documents.iter().filter(|one| !one.purged).map(key).collect();
    let folder = project.cache_folder().join("index");
    if let Opened::Ready(index) = Index::open(&folder)
        && index.is_current(&wanted)
    {
        return Ok(index);
    }
    let by_id: BTreeMap<Id, &Document> = documents.iter().map(|one| (one.id, one)).collect();
    let mut load = |key: &Key, shard: usize| -> Result<index::Loaded> {
        let Some(document) = by_id.get(&key.document) else { return Ok(None) };
        let read = project.read_shard(document, &key.version, shard)?;
        Ok(read.map(|Shard { header, text, units, .. }| (header, text, units)))
    };
    Index::update(&folder, &wanted, &mut load, progress)
}

/// The index as it is, where it holds this document's text as it stands; nothing is built.
pub fn holding(project: &Project, document: &Document) -> Option<Index> {
    match Index::open(&project.cache_folder().join("index")) {
        Opened::Ready(index) if index.holds(&key(document)) => Some(index),
        _ => None,
    }
}

fn key(document: &Document) -> Key {
    let shards = document.versions.get(&document.version).map_or(1, |version| version.shards);
    Key { document: document.id, version: document.version.clone(), shards, language: document.language }
}

/// Asks, and where the index turns out damaged builds it again and asks once more.
pub(super) fn with_index<T>(
    project: &Project,
    progress: &dyn Fn(usize, usize),
    question: impl Fn(&Index) -> Result<T>,
) -> Result<T> {
    match question(&index(project, progress)?) {
        Err(fault) if fault.0.code == "index-damaged" => {
            Index::discard(&project.cache_folder().join("index"))?;
            question(&index(project, progress)?)
        }
        answer => answer,
    }
}

/// The first `limit` passages that match.
pub fn search(
    project: &Project,
    query: &Query,
    order: Order,
    limit: usize,
    progress: &dyn Fn(usize, usize),
) -> Result<Answer> {
    let hits = with_index(project, progress, |index| index.search(query, &facts(project, index), order, limit))?;
    let mut found = Vec::with_capacity(hits.hits.len());
    let mut missing = 0;
    for hit in &hits.hits {
        let Some(document) = project.state().get::<Document>(hit.document) else { continue };
        match project.shard_with(&document, hit.n)? {
            Some(shard) => found.extend(read(project, &document, &shard, hit, query)),
            None => missing += 1,
        }
    }
    Ok(Answer { total: hits.total, found, missing })
}

/// Every unit that matches: its document and number.
pub fn units(project: &Project, query: &Query) -> Result<BTreeSet<(Id, usize)>> {
    let all = with_index(project, &|_, _| {}, |index| {
        index.search(query, &facts(project, index), Order::Document, usize::MAX)
    })?;
    Ok(all.hits.iter().map(|hit| (hit.document, hit.n)).collect())
}

fn read(project: &Project, document: &Document, shard: &Rc<Shard>, hit: &index::Hit, query: &Query) -> Option<Found> {
    let unit = shard.unit(hit.n)?;
    let span = unit.speech_span();
    let base = if unit.kind == crate::document::UnitKind::Row { unit.span.start() } else { 0 };
    let base_chars = chars_before(&shard.text, base);
    let chars = |byte| chars_before(&shard.text, byte) - base_chars;
    let segments: Vec<Span> = unit.speech.iter().map(|segment| segment.span).collect();
    let marks = index::highlights(query, &shard.text, &segments, document.language)
        .into_iter()
        .filter_map(|mark| Span::new(mark.start().checked_sub(span.start())?, mark.end() - span.start()))
        .collect();
    let label = project.label(document.id);
    Some(Found {
        passage: format!("{label}/{}", unit.n),
        document: label,
        speaker: Project::speaker_label(&shard.header, unit),
        kind: document.kind,
        source: project.label(source_of(project, document, shard, unit)),
        span: (span.start() - base, span.end() - base),
        chars: (chars(span.start()), chars(span.end())),
        text: span.of(&shard.text)?.to_owned(),
        score: hit.score,
        marks,
    })
}

/// A row's study, else the document's source. Only the first shard of a table lists its studies.
fn source_of(project: &Project, document: &Document, shard: &Shard, unit: &Unit) -> Id {
    let Some(index) = unit.study else { return document.source };
    let key = match shard.header.studies.get(index) {
        Some(study) => Some(study.key.clone()),
        None => project.header(document).ok().flatten().and_then(|header| Some(header.studies.get(index)?.key.clone())),
    };
    key.map_or(document.source, |key| super::import::study_source(document.id, &key))
}
