//! What quotations are counted by.

use crate::act::retrieval::Retrieval;
use crate::act::{attributes, resolve};
use crate::diagnostic::{Fault, Result, fault};
use crate::id::Id;
use crate::participant::{Participant, SpeakerRef};
use crate::project::Project;
use crate::query::{Attribute, Field, Query, Value};
use crate::retrieve::{Layout, Stretch};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// What quotations can be counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Facet {
    Plain(PlainFacet),
    /// What a facesheet says of who speaks, by the name of the attribute.
    Attribute(String),
}

crate::vocabulary! {
    /// A facet that needs no name.
    pub enum PlainFacet "facet" {
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

impl Facet {
    /// In a word: `kind`, `attr`.
    pub fn word(&self) -> &'static str {
        match self {
            Facet::Plain(plain) => plain.word(),
            Facet::Attribute(_) => Field::Attr.word(),
        }
    }
}

impl std::fmt::Display for Facet {
    /// As it is typed: `kind`, `attr:age`, `attr:"years in service"`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Facet::Plain(plain) => plain.fmt(f),
            Facet::Attribute(name) => write!(f, "{}:{}", Field::Attr, Attribute { name: name.clone(), is: None }),
        }
    }
}

impl std::str::FromStr for Facet {
    type Err = Fault;

    fn from_str(typed: &str) -> Result<Self, Fault> {
        let Some(name) = typed.trim().strip_prefix("attr:") else { return typed.parse().map(Facet::Plain) };
        let name = name.trim().trim_matches(['"', '\u{201c}', '\u{201d}']);
        if name.is_empty() {
            return Err(fault("bad-facet", "attr: needs the name of an attribute").hint("as in attr:age"));
        }
        Ok(Facet::Attribute(name.to_owned()))
    }
}

/// What a stretch is called by each facet.
pub(in crate::act) struct Names<'r> {
    project: &'r Project,
    retrieval: &'r Retrieval<'r>,
    sources: BTreeMap<Id, Source>,
    groups: BTreeMap<SpeakerRef, Option<String>>,
    /// Of the attribute asked for.
    attributes: BTreeMap<SpeakerRef, String>,
}

impl<'r> Names<'r> {
    /// What is needed for one facet. Fault `unknown-value`: nobody has the attribute.
    pub(in crate::act) fn new(project: &'r Project, retrieval: &'r Retrieval<'r>, facet: &Facet) -> Result<Self> {
        let attributes = match facet {
            Facet::Attribute(name) => attributes::by_speaker(project, name)?,
            Facet::Plain(_) => BTreeMap::new(),
        };
        let sources = project.state().all::<Source>().into_iter().map(|one| (one.id, one)).collect();
        let participants = project.state().all::<Participant>().into_iter();
        let groups =
            participants.flat_map(|one| one.speaks.into_iter().map(move |at| (at, one.group.clone()))).collect();
        Ok(Names { project, retrieval, sources, groups, attributes })
    }

    pub(in crate::act) fn of(&self, stretch: &Stretch, facet: &Facet) -> Result<BTreeSet<String>> {
        self.among(stretch, self.retrieval.texts().touched(stretch), facet)
    }

    /// The same, where only some of the units that it touches are looked at.
    pub(in crate::act) fn among(
        &self,
        stretch: &Stretch,
        mut units: impl Iterator<Item = u32>,
        facet: &Facet,
    ) -> Result<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        match facet {
            Facet::Plain(PlainFacet::Code) => names.extend(self.retrieval.code(stretch).map(|code| code.name.clone())),
            Facet::Plain(PlainFacet::Coder) => names.extend(self.retrieval.coder(stretch).map(str::to_owned)),
            Facet::Plain(PlainFacet::Document) => {
                names.extend(units.next().map(|unit| self.project.label(self.retrieval.place_of(unit).0.id)));
            }
            Facet::Plain(plain @ (PlainFacet::Source | PlainFacet::Kind | PlainFacet::Strand)) => {
                let sources = units.filter_map(|unit| self.retrieval.source_of(unit));
                names.extend(sources.filter_map(|id| match plain {
                    PlainFacet::Kind => self.sources.get(&id).map(|one| one.kind.word().to_owned()),
                    PlainFacet::Strand => self.sources.get(&id).map(|one| one.strand.clone()),
                    _ => Some(self.project.label(id)),
                }));
            }
            Facet::Plain(PlainFacet::Speaker | PlainFacet::Group) | Facet::Attribute(_) => {
                let Some((shard, _)) = self.retrieval.shard_of(stretch.text)? else { return Ok(names) };
                for unit in units {
                    let (document, n) = self.retrieval.place_of(unit);
                    let Some(unit) = shard.unit(n) else { continue };
                    let name = match (facet, unit.speaker) {
                        (_, None) => Some("(no speaker)".to_owned()),
                        (Facet::Plain(PlainFacet::Speaker), Some(_)) => Project::speaker_label(&shard.header, unit)
                            .map(|label| format!("{label} ({})", self.project.label(document.id))),
                        (Facet::Attribute(_), Some(speaker)) => {
                            let at = SpeakerRef { document: document.id, speaker };
                            let value = self.attributes.get(&at).cloned();
                            Some(value.unwrap_or_else(|| "(not recorded)".to_owned()))
                        }
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
    pub(in crate::act) fn asked(&self, facet: &Facet, name: &str) -> Option<Query> {
        let is = |field, value: &str| Query::Field(field, Value::Text(value.to_owned()));
        if name.starts_with('(') || name.is_empty() {
            return None;
        }
        let plain = match facet {
            Facet::Plain(plain) => plain,
            Facet::Attribute(attribute) => {
                return Some(Query::Field(Field::Attr, Value::Attribute(Attribute::of(attribute, name))));
            }
        };
        Some(match plain {
            PlainFacet::Code => is(Field::Code, name),
            PlainFacet::Coder => is(Field::Coder, name),
            PlainFacet::Document => is(Field::Document, name),
            PlainFacet::Source => is(Field::Source, name),
            PlainFacet::Kind => is(Field::Kind, name),
            PlainFacet::Strand => is(Field::Strand, name),
            PlainFacet::Group => is(Field::Group, &resolve::group(self.project, name).ok()?),
            PlainFacet::Speaker => {
                let (speaker, document) = name.strip_suffix(')')?.rsplit_once(" (")?;
                Query::and(vec![is(Field::Speaker, speaker), is(Field::Document, document)])
            }
        })
    }
}
