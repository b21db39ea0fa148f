//! What coding queries are asked of: the project's codings, its texts, and the index for words.

mod laying;
#[cfg(test)]
pub(in crate::act) mod random;
#[cfg(test)]
mod tests;
mod wording;

use super::pass::{Layer, Layers};
use super::{facts, resolve};
use crate::codebook::Code;
use crate::diagnostic::Result;
use crate::document::{Document, Speaker, UnitKind};
use crate::id::Id;
use crate::index::{Index, Order};
use crate::pass::Pass;
use crate::project::{Coded, Project, Shard};
use crate::query::{Extent, Field, Query, Value, unknown};
use crate::retrieve::{Ground, Layout, Outcome, Scope, Stretch, Texts, UNCODED, evaluate};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use wording::Wording;

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
    wording: Wording,
    sources: Vec<Id>,
    codes: Vec<Code>,
    /// Tags.
    coders: Vec<String>,
    codings: Vec<Coded>,
    layers: Layers,
    /// Ordinal of each coding's code.
    code_of: Vec<u32>,
    stretches: Vec<Stretch>,
    /// Documents whose text is not on this computer.
    pub missing: usize,
    /// Codings whose words are not in the text version in force.
    pub astray: usize,
}

fn ordinal(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl<'p> Retrieval<'p> {
    /// Reads texts and codings. Faults of the disk.
    pub fn new(project: &'p Project, index: &'p Index) -> Result<Self> {
        let codes = project.state().all::<Code>();
        let mut retrieval = Retrieval {
            project,
            index,
            documents: Vec::new(),
            ordinals: BTreeMap::new(),
            texts: Texts::default(),
            first: Vec::new(),
            wording: Wording::default(),
            sources: Vec::new(),
            codes,
            coders: Vec::new(),
            codings: Vec::new(),
            layers: Layers::of(project),
            code_of: Vec::new(),
            stretches: Vec::new(),
            missing: 0,
            astray: 0,
        };
        retrieval.lay_out()?;
        retrieval.take_codings();
        Ok(retrieval)
    }

    /// In the order people count them; those whose text is here.
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// A unit's document and its number there.
    pub fn place_of(&self, unit: u32) -> (&Document, usize) {
        let at = self.texts.document_of(self.texts.text_of(unit)) as usize;
        (&self.documents[at], (unit - self.first[at]) as usize + 1)
    }

    /// A unit by its document and its number there, where its text is here.
    fn unit(&self, document: Id, n: usize) -> Option<u32> {
        let at = *self.ordinals.get(&document)? as usize;
        Some(self.first[at] + ordinal(n.checked_sub(1)?)).filter(|unit| *unit < self.texts.count())
    }

    fn coded(&self, stretch: &Stretch) -> Option<&Coded> {
        if stretch.coding == UNCODED { None } else { self.codings.get(stretch.coding as usize) }
    }

    /// The coding of a stretch; `None` where it is of none.
    pub fn coding(&self, stretch: &Stretch) -> Option<Id> {
        self.coded(stretch).map(|coded| coded.id)
    }

    /// The tag of whoever made the coding of a stretch.
    pub fn coder(&self, stretch: &Stretch) -> Option<&str> {
        self.coder_of(self.coded(stretch)?)
    }

    fn coder_of(&self, coded: &Coded) -> Option<&str> {
        self.coders.get(coded.coder as usize).map(String::as_str)
    }

    /// A search made the coding of a stretch, and nobody has read it yet.
    pub fn is_unread(&self, stretch: &Stretch) -> bool {
        self.coded(stretch).is_some_and(|coded| coded.is_unread)
    }

    /// Whether a search made any coding that nobody has read yet.
    pub fn has_unread(&self) -> bool {
        self.codings.iter().any(|coded| coded.is_unread)
    }

    /// The day on which the coding of a stretch was made.
    #[cfg(test)]
    pub fn day(&self, stretch: &Stretch) -> Option<jiff::civil::Date> {
        self.coded(stretch)?.day()
    }

    /// Tags of those who made the codings of these stretches.
    pub fn coders<'s>(&self, stretches: impl IntoIterator<Item = &'s Stretch>) -> BTreeSet<&str> {
        let all: BTreeSet<u32> = stretches.into_iter().filter_map(|one| Some(self.coded(one)?.coder)).collect();
        all.into_iter().filter_map(|coder| self.coders.get(coder as usize).map(String::as_str)).collect()
    }

    /// The speakers of each document. Fault `index-damaged`.
    pub fn speakers(&self) -> Result<BTreeMap<Id, Vec<Speaker>>> {
        self.index.speakers()
    }

    /// Every code, by its ordinal.
    pub fn all_codes(&self) -> &[Code] {
        &self.codes
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
}

impl Layout for Retrieval<'_> {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn words(&self, text: u32) -> Result<Rc<[(u32, u32)]>> {
        self.wording.words(self, text)
    }

    fn paragraph(&self, text: u32, at: u32) -> Result<(u32, u32)> {
        self.wording.paragraph(self, text, at)
    }
}

impl Ground for Retrieval<'_> {
    fn matching(&self, query: &Query) -> Result<Vec<u32>> {
        if *query == Query::All {
            return Ok((0..self.texts.count()).collect());
        }
        let facts = facts::facts(self.project, self.index);
        let hits = self.index.search(query, &facts, Order::Document, usize::MAX)?;
        let mut units: Vec<u32> = hits.hits.iter().filter_map(|hit| self.unit(hit.document, hit.n)).collect();
        units.sort_unstable();
        Ok(units)
    }

    fn meant(&self, query: &Query, units: &[u32]) -> Result<Vec<Stretch>> {
        let mut is_wanted = vec![false; self.texts.count() as usize];
        for unit in units {
            is_wanted[*unit as usize] = true;
        }
        let number = |document, n| self.unit(document, n).filter(|unit| is_wanted[*unit as usize]);
        self.wording.stretches(self, &self.index.places(query, &number)?)
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
        self.codings.get(coding as usize).is_none_or(|coding| self.layers.counts(coding.id, coding.is_settled))
    }

    fn fits(&self, query: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>> {
        let coding = |coding: u32| self.codings.get(coding as usize);
        match query {
            Query::Field(Field::Date, value) => {
                let value = value.clone();
                let holds = move |held: &Coded| held.day().is_some_and(|day| value.holds_day(day));
                Ok(Box::new(move |one| coding(one).is_some_and(&holds)))
            }
            Query::Field(Field::Layer, Value::Text(layer)) => {
                let layer: Layer = layer.parse()?;
                Ok(Box::new(move |one| {
                    coding(one).is_some_and(|held| self.layers.is_of(held.id, held.is_settled, layer))
                }))
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
                Ok(Box::new(move |one| coding(one).is_some_and(|held| held.is_unread == wanted)))
            }
            Query::Field(_, Value::Text(tag)) => {
                let used: BTreeSet<u32> = self.codings.iter().map(|coding| coding.coder).collect();
                let tags = used.iter().filter_map(|coder| Some((self.coders.get(*coder as usize)?.as_str(), *coder)));
                let tags: BTreeMap<&str, u32> = tags.collect();
                let streams = self.project.streams().values().map(|stream| stream.tag.as_str());
                let passes = self.project.state().all::<Pass>();
                let of_passes = passes.iter().flat_map(|pass| pass.coders.iter().map(String::as_str));
                let known: BTreeSet<&str> = tags.keys().copied().chain(streams).chain(of_passes).collect();
                if !known.contains(tag.as_str()) {
                    return Err(unknown(Field::Coder, tag, known));
                }
                let meant = tags.get(tag.as_str()).copied();
                Ok(Box::new(move |one| coding(one).is_some_and(|held| Some(held.coder) == meant)))
            }
            _ => Ok(Box::new(|_| false)),
        }
    }
}
