//! What a query asks of the project beside words: kinds, sources, speakers, groups, codes and codings.

use super::retrieval::Retrieval;
use super::{attributes, resolve};
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Role};
use crate::id::{Id, Kind, Label};
use crate::index::Index;
use crate::participant::Participant;
use crate::project::Project;
use crate::query::{Extent, Facts, Field, Query, Value, unknown};
use crate::source::Source;
use crate::strand::SourceKind;
use crate::text::words::fold;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Answers a query's fields from the project, and who speaks from the index.
pub fn facts<'p>(project: &'p Project, index: &'p Index) -> impl Facts {
    Known { project, index, retrieval: OnceCell::new() }
}

/// Fields answered from the fold: a new coding or a corrected source reindexes nothing.
struct Known<'p> {
    project: &'p Project,
    index: &'p Index,
    /// What queries over codings are asked of, once one is asked.
    retrieval: OnceCell<Retrieval<'p>>,
}

impl Known<'_> {
    /// Units whose source passes the test.
    fn of_sources(&self, passes: impl Fn(&Source) -> bool) -> Extent {
        let sources: BTreeMap<Id, Source> = self
            .project
            .state()
            .all::<Source>()
            .into_iter()
            .filter(|source| passes(source))
            .map(|one| (one.id, one))
            .collect();
        let mut extent = Extent::default();
        for document in self.project.state().all::<Document>() {
            if sources.contains_key(&document.source) {
                extent.without_study.insert(document.id);
            }
        }
        for source in sources.values() {
            extent.studies.extend(source.study.map(|study| (study.document, study.index)));
        }
        extent
    }

    fn kind(&self, value: &str) -> Result<Extent> {
        let kind: SourceKind = value.parse()?;
        Ok(self.of_sources(|source| source.kind == kind))
    }

    fn strand(&self, value: &str) -> Result<Extent> {
        let key = resolve::strand(self.project, value).or_else(|fault| {
            let used = self.project.state().all::<Source>();
            used.iter()
                .find(|source| fold(&source.strand) == fold(value))
                .map(|source| source.strand.clone())
                .ok_or(fault)
        })?;
        Ok(self.of_sources(|source| source.strand == key))
    }

    fn source(&self, value: &str) -> Result<Extent> {
        if value.parse::<Label>().is_ok() {
            let id = resolve::find(self.project, Kind::Source, value)?;
            return Ok(self.of_sources(|source| source.id == id));
        }
        let synthesis = self.project.synthesis(crate::project::Depth::Headers)?;
        let titles: BTreeMap<Id, String> =
            synthesis.sources.keys().map(|id| (*id, synthesis.source_title(*id))).collect();
        let fits: BTreeSet<Id> =
            titles.iter().filter(|(_, title)| fold(title) == fold(value)).map(|(id, _)| *id).collect();
        if fits.is_empty() {
            return Err(unknown(Field::Source, value, titles.values().map(String::as_str)));
        }
        Ok(self.of_sources(|source| fits.contains(&source.id)))
    }

    fn document(&self, value: &str) -> Result<Extent> {
        let mut extent = Extent::default();
        if let Ok(id) = resolve::find(self.project, Kind::Document, value) {
            extent.documents.insert(id);
            return Ok(extent);
        }
        let documents = self.project.state().all::<Document>();
        let titles: Vec<(Id, String)> = documents.iter().map(|one| (one.id, self.project.title(one))).collect();
        extent.documents.extend(titles.iter().filter(|(_, title)| fold(title) == fold(value)).map(|(id, _)| *id));
        if extent.documents.is_empty() {
            return Err(unknown(Field::Document, value, titles.iter().map(|(_, title)| title.as_str())));
        }
        Ok(extent)
    }

    fn year(&self, value: &Value) -> Result<Extent> {
        if let Value::Text(text) = value
            && text.trim().parse::<i32>().is_err()
        {
            return Err(fault("bad-year", format!("'{text}' is no year")).hint("write year:2014 or year:2010..2015"));
        }
        let synthesis = self.project.synthesis(crate::project::Depth::Headers)?;
        Ok(self.of_sources(|source| synthesis.source_year(source.id).is_some_and(|year| value.holds(year))))
    }

    fn group(&self, value: &str) -> Result<Extent> {
        let key = resolve::group(self.project, value)?;
        let mut extent = Extent::default();
        for participant in self.project.state().all::<Participant>() {
            if participant.group.as_deref() == Some(&key) {
                extent.speakers.extend(participant.speaks.iter().map(|at| (at.document, at.speaker)));
            }
        }
        Ok(extent)
    }

    fn speaker(&self, value: &str) -> Result<Extent> {
        let mut extent = Extent::default();
        if value.parse::<Label>().is_ok_and(|label| label.kind == Kind::Participant) {
            let id = resolve::find(self.project, Kind::Participant, value)?;
            let held: Participant = resolve::read(self.project, id)?;
            extent.speakers.extend(held.speaks.iter().map(|at| (at.document, at.speaker)));
            return Ok(extent);
        }
        let wanted = fold(value.trim());
        let speakers = self.index.speakers()?;
        for (document, there) in &speakers {
            let fits = there.iter().enumerate().filter(|(_, one)| fold(&one.label) == wanted);
            extent.speakers.extend(fits.map(|(index, _)| (*document, index)));
        }
        if extent.speakers.is_empty() {
            let names: BTreeSet<&str> = speakers.values().flatten().map(|one| one.label.as_str()).collect();
            return Err(unknown(Field::Speaker, value, names));
        }
        Ok(extent)
    }

    /// Turns of those who have this role in their document.
    fn role(&self, value: &str) -> Result<Extent> {
        let role: Role = value.parse()?;
        let mut extent = Extent::default();
        for (document, there) in &self.index.speakers()? {
            let fits = there.iter().enumerate().filter(|(_, one)| one.role == role);
            extent.speakers.extend(fits.map(|(index, _)| (*document, index)));
        }
        Ok(extent)
    }
}

impl Facts for Known<'_> {
    fn extent(&self, field: Field, value: &Value) -> Result<Extent> {
        let text = match value {
            Value::Text(text) => text.as_str(),
            Value::Years(..) | Value::Days(..) | Value::Attribute(_) => "",
        };
        match field {
            Field::Year => self.year(value),
            Field::Kind => self.kind(text),
            Field::Source => self.source(text),
            Field::Strand => self.strand(text),
            Field::Document => self.document(text),
            Field::Speaker => self.speaker(text),
            Field::Group => self.group(text),
            Field::Role => self.role(text),
            Field::Attr => match value {
                Value::Attribute(attribute) => attributes::extent(self.project, attribute),
                _ => Err(unknown(field, text, [])),
            },
            Field::Saved => Err(fault("unknown-value", format!("the saved query '{text}' was not put in"))),
            Field::Code | Field::Coder | Field::Date | Field::Layer | Field::Unread => {
                self.coded(&Query::Field(field, value.clone()))
            }
        }
    }

    fn coded(&self, query: &Query) -> Result<Extent> {
        // The ground is read once, however many parts of a query speak of codings.
        if self.retrieval.get().is_none() {
            let _ = self.retrieval.set(Retrieval::new(self.project, self.index)?);
        }
        self.retrieval.get().map_or_else(|| Ok(Extent::default()), |retrieval| retrieval.extent(query))
    }
}
