//! What coding queries are asked of: the project's codings, its texts, and the index for words.

use super::pass::{Layer, Layers};
use super::{facts, resolve};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::document::{Document, UnitKind};
use crate::id::Id;
use crate::index::{self, Index, Order};
use crate::pass::Pass;
use crate::project::{Lookup, Project, Shard};
use crate::query::{Extent, Field, Query, Value, unknown};
use crate::retrieve::{Ground, Layout, Outcome, Scope, Stretch, Texts, UNCODED, Unit, evaluate};
use crate::text::{Span, words};
use jiff::civil::Date;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Words of a text, by its ordinal.
type Words = BTreeMap<u32, Rc<[(u32, u32)]>>;

/// The ground of one project, read once for any number of queries.
pub struct Retrieval<'p> {
    project: &'p Project,
    index: &'p Index,
    /// In the order people count them; those whose text is here.
    documents: Vec<Document>,
    ordinals: BTreeMap<Id, u32>,
    texts: Texts,
    /// Ordinal of the first unit of each document.
    first: Vec<u32>,
    sources: Vec<Id>,
    codes: Vec<Code>,
    codings: Vec<Coding>,
    layers: Layers,
    /// Ordinal of each coding's code.
    code_of: Vec<u32>,
    stretches: Vec<Stretch>,
    words: RefCell<Words>,
    /// Documents whose text is not on this computer.
    pub missing: usize,
    /// Codings whose words are not in the text version in force.
    pub astray: usize,
}

fn ordinal(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn offset(of: Span, base: usize) -> (u32, u32) {
    (ordinal(of.start() - base), ordinal(of.end() - base))
}

impl<'p> Retrieval<'p> {
    /// Reads texts and codings. Faults of the disk.
    pub fn new(project: &'p Project, index: &'p Index) -> Result<Self> {
        let mut documents = project.state().all::<Document>();
        documents.sort_by_cached_key(|one| (project.state().label_of(one.id), one.id));
        let codes = project.state().all::<Code>();
        let mut retrieval = Retrieval {
            project,
            index,
            documents: Vec::new(),
            ordinals: BTreeMap::new(),
            texts: Texts::default(),
            first: Vec::new(),
            sources: Vec::new(),
            codes,
            codings: Vec::new(),
            layers: Layers::of(project),
            code_of: Vec::new(),
            stretches: Vec::new(),
            words: RefCell::default(),
            missing: 0,
            astray: 0,
        };
        let lookup = project.lookup();
        let mut sources = BTreeMap::new();
        for document in documents.into_iter().filter(|one| !one.purged) {
            retrieval.lay_out(document, &lookup, &mut sources)?;
        }
        retrieval.take_codings();
        Ok(retrieval)
    }

    fn lay_out(&mut self, document: Document, lookup: &Lookup, sources: &mut BTreeMap<Id, u32>) -> Result<()> {
        let shards = document.versions.get(&document.version).map_or(1, |version| version.shards);
        let at = ordinal(self.documents.len());
        let first = self.texts.count();
        for number in 0..shards {
            let Some(shard) = self.project.shard(&document, &document.version, number)? else {
                self.missing += 1;
                return Ok(());
            };
            let mut source_of = |unit: &crate::document::Unit| {
                let source = lookup.source_of(&document, unit);
                *sources.entry(source).or_insert_with(|| {
                    self.sources.push(source);
                    ordinal(self.sources.len() - 1)
                })
            };
            let mut laid = |unit: &crate::document::Unit, base: usize| {
                let (start, end) = offset(unit.span, base);
                let speech = offset(unit.speech_span(), base);
                Unit { start, end, speech, time: unit.time, source: source_of(unit) }
            };
            // A row is a text of its own; all else of a document is one.
            let is_table = shard.units.first().is_some_and(|unit| unit.kind == UnitKind::Row);
            if is_table {
                for unit in &shard.units {
                    let row = laid(unit, unit.span.start());
                    self.texts.push(at, [row]);
                }
            } else {
                let units: Vec<Unit> = shard.units.iter().map(|unit| laid(unit, 0)).collect();
                self.texts.push(at, units);
            }
        }
        self.ordinals.insert(document.id, at);
        self.first.push(first);
        self.documents.push(document);
        Ok(())
    }

    fn take_codings(&mut self) {
        let codes: BTreeMap<Id, u32> = self.codes.iter().enumerate().map(|(at, code)| (code.id, ordinal(at))).collect();
        for coding in self.project.state().all::<Coding>() {
            let Some(code) = codes.get(&coding.code) else { continue };
            let Some(at) = self.ordinals.get(&coding.anchor.document).copied() else { continue };
            let document = &self.documents[at as usize];
            let carried = coding.anchor.carried(document);
            let Some(anchor) = carried.filter(|anchor| {
                anchor.version == document.version
                    || self.project.in_force(document, anchor).is_ok_and(|one| one.is_some())
            }) else {
                self.astray += 1;
                continue;
            };
            let unit = self.first[at as usize] + anchor.row.map_or(0, |row| ordinal(row.saturating_sub(1)));
            if unit >= self.texts.count() {
                continue;
            }
            let text = self.texts.text_of(unit);
            let number = ordinal(self.codings.len());
            let spans: Vec<(u32, u32)> = anchor.spans.iter().map(|span| offset(*span, 0)).collect();
            let stretches = spans.into_iter().map(|(start, end)| Stretch { text, start, end, coding: number });
            let texts = &self.texts;
            self.stretches.extend(stretches.filter(|one| !texts.touched(one).is_empty()));
            self.code_of.push(*code);
            self.codings.push(coding);
        }
        self.stretches.sort_unstable();
    }

    /// A unit's document and its number there.
    pub fn place_of(&self, unit: u32) -> (&Document, usize) {
        let at = self.texts.document_of(self.texts.text_of(unit)) as usize;
        (&self.documents[at], (unit - self.first[at]) as usize + 1)
    }

    /// The coding of a stretch; `None` where it is of none.
    pub fn coding(&self, stretch: &Stretch) -> Option<&Coding> {
        if stretch.coding == UNCODED { None } else { self.codings.get(stretch.coding as usize) }
    }

    /// Every code, by its ordinal.
    pub fn all_codes(&self) -> &[Code] {
        &self.codes
    }

    /// Every coding, by its ordinal.
    pub fn all_codings(&self) -> &[Coding] {
        &self.codings
    }

    /// The code of a stretch that is a coding's.
    pub fn code(&self, stretch: &Stretch) -> Option<&Code> {
        self.codes.get(self.code_of(stretch.coding) as usize)
    }

    /// The units that hold what a query over codings means.
    pub fn extent(&self, query: &Query) -> Result<Extent> {
        let Outcome { units, .. } = evaluate(self, query, Scope::Unit)?;
        let mut extent = Extent::default();
        for unit in units {
            let (document, n) = self.place_of(unit);
            extent.units.entry(document.id).or_default().push(n..=n);
        }
        Ok(extent)
    }

    /// Source of a unit.
    pub fn source_of(&self, unit: u32) -> Option<Id> {
        self.sources.get(self.texts.unit(unit).source as usize).copied()
    }

    /// The shard that holds a text, and where in it the text begins.
    pub fn shard_of(&self, text: u32) -> Result<Option<(Rc<Shard>, usize)>> {
        let Some(unit) = Some(self.texts.units_of(text)).filter(|units| !units.is_empty()) else { return Ok(None) };
        let (document, n) = self.place_of(unit.start);
        let Some(shard) = self.project.shard_with(document, n)? else { return Ok(None) };
        let base = shard.unit(n).filter(|unit| unit.kind == UnitKind::Row).map_or(0, |unit| unit.span.start());
        Ok(Some((shard, base)))
    }

    /// The days on which operations were made.
    fn day_of(&self, coding: &Coding) -> Option<Date> {
        let entity = self.project.state().entity(coding.id)?;
        let made = entity.active_writes().next()?.op.id;
        self.project.state().note(made)?.time.get(..10)?.parse().ok()
    }
}

impl Layout for Retrieval<'_> {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn words(&self, text: u32) -> Result<Rc<[(u32, u32)]>> {
        if let Some(words) = self.words.borrow().get(&text) {
            return Ok(Rc::clone(words));
        }
        let mut found = Vec::new();
        if let Some((shard, base)) = self.shard_of(text)? {
            let units = self.texts.units_of(text).filter_map(|unit| shard.unit(self.place_of(unit).1));
            for segment in units.flat_map(|unit| &unit.speech) {
                let words = words::words(segment.span.of(&shard.text).unwrap_or_default());
                let at = ordinal(segment.span.start() - base);
                found.extend(words.map(|(word, _)| (at + ordinal(word.start()), at + ordinal(word.end()))));
            }
        }
        let words: Rc<[(u32, u32)]> = found.into();
        self.words.borrow_mut().insert(text, Rc::clone(&words));
        Ok(words)
    }

    fn paragraph(&self, text: u32, at: u32) -> Result<(u32, u32)> {
        let Some((shard, base)) = self.shard_of(text)? else { return Ok((at, at)) };
        let place = base + at as usize;
        let bytes = shard.text.as_bytes();
        let before = bytes.get(..place).unwrap_or_default();
        let start = memchr::memrchr(b'\n', before).map_or(0, |found| found + 1).max(base);
        let behind = bytes.get(place..).unwrap_or_default();
        let end = memchr::memchr(b'\n', behind).map_or(bytes.len(), |found| place + found);
        Ok((ordinal(start - base), ordinal(end - base)))
    }
}

impl Ground for Retrieval<'_> {
    fn matching(&self, query: &Query) -> Result<Vec<u32>> {
        if *query == Query::All {
            return Ok((0..self.texts.count()).collect());
        }
        let facts = facts::facts(self.project, self.index);
        let hits = self.index.search(query, &facts, Order::Document, usize::MAX)?;
        let unit = |hit: &index::Hit| {
            let at = *self.ordinals.get(&hit.document)? as usize;
            Some(self.first[at] + ordinal(hit.n.checked_sub(1)?)).filter(|unit| *unit < self.texts.count())
        };
        let mut units: Vec<u32> = hits.hits.iter().filter_map(unit).collect();
        units.sort_unstable();
        Ok(units)
    }

    fn meant(&self, query: &Query, units: &[u32]) -> Result<Vec<Stretch>> {
        let mut all = Vec::new();
        for unit in units {
            let text = self.texts.text_of(*unit);
            let (document, n) = self.place_of(*unit);
            let Some((shard, base)) = self.shard_of(text)? else { continue };
            let Some(unit) = shard.unit(n) else { continue };
            let segments: Vec<Span> = unit.speech.iter().map(|segment| segment.span).collect();
            all.extend(index::highlights(query, &shard.text, &segments, document.language).into_iter().map(|span| {
                let (start, end) = offset(span, base);
                Stretch { text, start, end, coding: UNCODED }
            }));
        }
        Ok(all)
    }

    fn codes(&self, value: &Value) -> Result<Vec<u32>> {
        let typed = match value {
            Value::Text(text) => text.as_str(),
            Value::Years(..) | Value::Days(..) | Value::Attribute(_) => "",
        };
        if typed == "*" {
            return Ok((0..ordinal(self.codes.len())).collect());
        }
        let family = resolve::family(self.project, typed)?;
        let of_family = self.codes.iter().enumerate().filter(|(_, code)| family.contains(&code.id));
        Ok(of_family.map(|(at, _)| ordinal(at)).collect())
    }

    fn codings(&self) -> &[Stretch] {
        &self.stretches
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.code_of.get(coding as usize).copied().unwrap_or(u32::MAX)
    }

    fn counts(&self, coding: u32) -> bool {
        self.codings.get(coding as usize).is_none_or(|coding| self.layers.counts(coding))
    }

    fn fits(&self, query: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>> {
        let coding = |coding: u32| self.codings.get(coding as usize);
        match query {
            Query::Field(Field::Date, value) => {
                let value = value.clone();
                let holds = move |held: &Coding| self.day_of(held).is_some_and(|day| value.holds_day(day));
                Ok(Box::new(move |one| coding(one).is_some_and(&holds)))
            }
            Query::Field(Field::Layer, Value::Text(layer)) => {
                let layer: Layer = layer.parse()?;
                Ok(Box::new(move |one| coding(one).is_some_and(|held| self.layers.is_of(held, layer))))
            }
            Query::Field(Field::Unread, value) => {
                let wanted = match value {
                    Value::Text(text) if text == "yes" => true,
                    Value::Text(text) if text == "no" => false,
                    other => {
                        return Err(
                            unknown(Field::Unread, &other.to_string(), ["yes", "no"]).hint("unread:yes or unread:no")
                        );
                    }
                };
                Ok(Box::new(move |one| coding(one).is_some_and(|held| held.unread == wanted)))
            }
            Query::Field(_, Value::Text(tag)) => {
                let tags: BTreeSet<&str> = self.codings.iter().map(|coding| coding.coder.as_str()).collect();
                let streams = self.project.streams().values().map(|stream| stream.tag.as_str());
                let passes = self.project.state().all::<Pass>();
                let of_passes = passes.iter().flat_map(|pass| pass.coders.iter().map(String::as_str));
                let known: BTreeSet<&str> = tags.into_iter().chain(streams).chain(of_passes).collect();
                if !known.contains(tag.as_str()) {
                    return Err(unknown(Field::Coder, tag, known));
                }
                let tag = tag.clone();
                Ok(Box::new(move |one| coding(one).is_some_and(|held| held.coder == tag)))
            }
            _ => Ok(Box::new(|_| false)),
        }
    }
}
