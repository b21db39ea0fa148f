//! What quotations are counted by.

use crate::act::resolve;
use crate::act::retrieval::Retrieval;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::participant::{Participant, SpeakerRef};
use crate::project::Project;
use crate::query::{Field, Query, Value};
use crate::retrieve::{Layout, Stretch};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// What quotations can be counted by.
    pub enum Facet "facet" {
        Code "code",
        Coder "coder",
        Document "document",
        Source "source",
        Kind "kind",
        Strand "strand",
        Speaker "speaker",
        Group "group",
    }
}

/// What a stretch is called by each facet.
pub(in crate::act) struct Names<'r> {
    project: &'r Project,
    retrieval: &'r Retrieval<'r>,
    sources: BTreeMap<Id, Source>,
    groups: BTreeMap<SpeakerRef, Option<String>>,
}

impl<'r> Names<'r> {
    pub(in crate::act) fn new(project: &'r Project, retrieval: &'r Retrieval<'r>) -> Self {
        let sources = project.state().all::<Source>().into_iter().map(|one| (one.id, one)).collect();
        let participants = project.state().all::<Participant>().into_iter();
        let groups =
            participants.flat_map(|one| one.speaks.into_iter().map(move |at| (at, one.group.clone()))).collect();
        Names { project, retrieval, sources, groups }
    }

    pub(in crate::act) fn of(&self, stretch: &Stretch, facet: Facet) -> Result<BTreeSet<String>> {
        self.among(stretch, self.retrieval.texts().touched(stretch), facet)
    }

    /// The same, where only some of the units that it touches are looked at.
    pub(in crate::act) fn among(
        &self,
        stretch: &Stretch,
        mut units: impl Iterator<Item = u32>,
        facet: Facet,
    ) -> Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        match facet {
            Facet::Code => names.extend(self.retrieval.code(stretch).map(|code| code.name.clone())),
            Facet::Coder => names.extend(self.retrieval.coder(stretch).map(str::to_owned)),
            Facet::Document => {
                names.extend(units.next().map(|unit| self.project.label(self.retrieval.place_of(unit).0.id)));
            }
            Facet::Source | Facet::Kind | Facet::Strand => {
                let sources = units.filter_map(|unit| self.retrieval.source_of(unit));
                names.extend(sources.filter_map(|id| match facet {
                    Facet::Kind => self.sources.get(&id).map(|one| one.kind.word().to_owned()),
                    Facet::Strand => self.sources.get(&id).map(|one| one.strand.clone()),
                    _ => Some(self.project.label(id)),
                }));
            }
            Facet::Speaker | Facet::Group => {
                let Some((shard, _)) = self.retrieval.shard_of(stretch.text)? else { return Ok(names) };
                for unit in units {
                    let (document, n) = self.retrieval.place_of(unit);
                    let Some(unit) = shard.unit(n) else { continue };
                    let name = match (facet, unit.speaker) {
                        (_, None) => Some("(no speaker)".to_owned()),
                        (Facet::Speaker, Some(_)) => Project::speaker_label(&shard.header, unit)
                            .map(|label| format!("{label} ({})", self.project.label(document.id))),
                        (_, Some(speaker)) => {
                            let at = SpeakerRef { document: document.id, speaker };
                            let group = self.groups.get(&at).cloned();
                            Some(group.map_or("(no participant)".to_owned(), |group| {
                                group.unwrap_or_else(|| "(no group recorded)".to_owned())
                            }))
                        }
                    };
                    names.extend(name);
                }
            }
        }
        if names.is_empty() {
            names.insert("(none)".to_owned());
        }
        Ok(names)
    }

    /// What asks for the units, or codings, of this name; `None` where no field asks for it, as for those in
    /// which nobody speaks.
    pub(in crate::act) fn asked(&self, facet: Facet, name: &str) -> Option<Query> {
        let is = |field, value: &str| Query::Field(field, Value::Text(value.to_owned()));
        if name.starts_with('(') || name.is_empty() {
            return None;
        }
        Some(match facet {
            Facet::Code => is(Field::Code, name),
            Facet::Coder => is(Field::Coder, name),
            Facet::Document => is(Field::Document, name),
            Facet::Source => is(Field::Source, name),
            Facet::Kind => is(Field::Kind, name),
            Facet::Strand => is(Field::Strand, name),
            Facet::Group => is(Field::Group, &resolve::group(self.project, name).ok()?),
            Facet::Speaker => {
                let (speaker, document) = name.strip_suffix(')')?.rsplit_once(" (")?;
                Query::and(vec![is(Field::Speaker, speaker), is(Field::Document, document)])
            }
        })
    }
}
