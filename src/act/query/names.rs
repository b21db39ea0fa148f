//! What quotations and passages are counted by: the same for `query`, `search` and `matrix`.

use crate::act::retrieval::Retrieval;
use crate::act::{attributes, resolve};
use crate::diagnostic::{Fault, Result, fault};
use crate::document::Speaker;
use crate::id::Id;
use crate::participant::{Participant, SpeakerRef};
use crate::project::Project;
use crate::query::{Attribute, Field, Query, Value};
use crate::retrieve::{Ground, Layout, Stretch, UNCODED};
use crate::source::Source;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// What quotations and passages can be counted by.
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
        let Some(name) = typed.trim().strip_prefix("attr:") else {
            return typed
                .parse()
                .map(Facet::Plain)
                .map_err(|refused: Fault| refused.hint("or an attribute of who speaks, as in attr:age"));
        };
        let name = name.trim().trim_matches(['"', '\u{201c}', '\u{201d}']);
        if name.is_empty() {
            return Err(fault("bad-facet", "attr: needs the name of an attribute").hint("as in attr:age"));
        }
        Ok(Facet::Attribute(name.to_owned()))
    }
}

/// What a stretch is called by each facet. A stretch that is no coding's, but a passage that was found, is called by the
/// codes and coders of all codings on its passages that somebody has read.
pub(in crate::act) struct Names<'r> {
    project: &'r Project,
    retrieval: &'r Retrieval<'r>,
    facet: &'r Facet,
    sources: BTreeMap<Id, Source>,
    /// Of documents or sources, where these are asked for.
    labels: BTreeMap<Id, String>,
    groups: BTreeMap<SpeakerRef, Option<String>>,
    /// Of the attribute asked for.
    attributes: BTreeMap<SpeakerRef, String>,
    /// Of each document, where speakers are asked for.
    speakers: BTreeMap<Id, Vec<Speaker>>,
    /// Stretches of codings that touch each unit, once codes or coders of a passage are asked for.
    on_units: OnceCell<BTreeMap<u32, Vec<Stretch>>>,
}

impl<'r> Names<'r> {
    /// What is needed for one facet. Faults: `unknown-value`, where nobody has the attribute; `index-damaged`.
    pub(in crate::act) fn new(project: &'r Project, retrieval: &'r Retrieval<'r>, facet: &'r Facet) -> Result<Self> {
        let attributes = match facet {
            Facet::Attribute(name) => attributes::by_speaker(project, name)?,
            Facet::Plain(_) => BTreeMap::new(),
        };
        let speakers = match facet {
            Facet::Plain(PlainFacet::Speaker) => retrieval.speakers()?,
            _ => BTreeMap::new(),
        };
        let sources: BTreeMap<Id, Source> =
            project.state().all::<Source>().into_iter().map(|one| (one.id, one)).collect();
        let labelled: Vec<Id> = match facet {
            Facet::Plain(PlainFacet::Document | PlainFacet::Speaker) => {
                retrieval.documents().iter().map(|one| one.id).collect()
            }
            Facet::Plain(PlainFacet::Source) => sources.keys().copied().collect(),
            _ => Vec::new(),
        };
        let labels = labelled.into_iter().map(|id| (id, project.label(id))).collect();
        let participants = project.state().all::<Participant>().into_iter();
        let groups =
            participants.flat_map(|one| one.speaks.into_iter().map(move |at| (at, one.group.clone()))).collect();
        Ok(Names {
            project,
            retrieval,
            facet,
            sources,
            labels,
            groups,
            attributes,
            speakers,
            on_units: OnceCell::new(),
        })
    }

    pub(in crate::act) fn of(&self, stretch: &Stretch) -> BTreeSet<String> {
        self.among(stretch, self.retrieval.texts().touched(stretch))
    }

    /// The same in an answer of quotations: words and turns that stand there beside them are of no code and no coder,
    /// whatever was coded on the same turn.
    pub(super) fn beside_quotations(&self, stretch: &Stretch) -> BTreeSet<String> {
        match self.facet {
            Facet::Plain(facet @ (PlainFacet::Code | PlainFacet::Coder)) if stretch.coding == UNCODED => {
                let texts = self.retrieval.texts();
                let is_turn = texts.touched(stretch).next().is_some_and(|unit| texts.stretch_of(unit) == *stretch);
                BTreeSet::from([format!("({}, no {facet})", if is_turn { "turn" } else { "words" })])
            }
            _ => self.of(stretch),
        }
    }

    /// The same, where only some of the units that it touches are looked at.
    pub(in crate::act) fn among(&self, stretch: &Stretch, units: impl Iterator<Item = u32>) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = match self.facet {
            Facet::Plain(PlainFacet::Code | PlainFacet::Coder) if stretch.coding == UNCODED => {
                units.flat_map(|unit| self.codings_on(unit)).filter_map(|one| self.of_coding(one)).collect()
            }
            Facet::Plain(PlainFacet::Code | PlainFacet::Coder) => self.of_coding(stretch).into_iter().collect(),
            _ => units.filter_map(|unit| self.of_unit(unit)).collect(),
        };
        if names.is_empty() {
            names.insert("(none)".to_owned());
        }
        names
    }

    fn of_coding(&self, stretch: &Stretch) -> Option<String> {
        match self.facet {
            Facet::Plain(PlainFacet::Coder) => self.retrieval.coder(stretch).map(str::to_owned),
            _ => self.retrieval.code(stretch).map(|code| code.name.clone()),
        }
    }

    fn codings_on(&self, unit: u32) -> &[Stretch] {
        let all = self.on_units.get_or_init(|| {
            let mut on: BTreeMap<u32, Vec<Stretch>> = BTreeMap::new();
            let counts = |one: &&Stretch| self.retrieval.counts(one.coding) && !self.retrieval.is_unread(one);
            for one in self.retrieval.codings().iter().filter(counts) {
                self.retrieval.texts().touched(one).for_each(|unit| on.entry(unit).or_default().push(*one));
            }
            on
        });
        all.get(&unit).map_or(&[], Vec::as_slice)
    }

    fn of_unit(&self, unit: u32) -> Option<String> {
        let (document, _) = self.retrieval.place_of(unit);
        let source = || self.retrieval.source_of(unit);
        let speaker = self.retrieval.texts().unit(unit).speaker.map(|speaker| speaker as usize);
        let plain = match self.facet {
            Facet::Plain(plain) => Some(*plain),
            Facet::Attribute(_) => None,
        };
        match plain {
            Some(PlainFacet::Code | PlainFacet::Coder) => None,
            Some(PlainFacet::Document) => self.labels.get(&document.id).cloned(),
            Some(PlainFacet::Source) => self.labels.get(&source()?).cloned(),
            Some(PlainFacet::Kind) => Some(self.sources.get(&source()?)?.kind.word().to_owned()),
            Some(PlainFacet::Strand) => Some(self.sources.get(&source()?)?.strand.clone()),
            Some(PlainFacet::Speaker | PlainFacet::Group) | None => {
                let Some(speaker) = speaker else { return Some("(no speaker)".to_owned()) };
                let at = SpeakerRef { document: document.id, speaker };
                Some(match plain {
                    Some(PlainFacet::Speaker) => {
                        let label = &self.speakers.get(&document.id)?.get(speaker)?.label;
                        format!("{label} ({})", self.labels.get(&document.id)?)
                    }
                    Some(_) => match self.groups.get(&at) {
                        None => "(no participant)".to_owned(),
                        Some(group) => group.clone().unwrap_or_else(|| "(no group recorded)".to_owned()),
                    },
                    None => self.attributes.get(&at).cloned().unwrap_or_else(|| "(not recorded)".to_owned()),
                })
            }
        }
    }

    /// What asks for the units, or codings, of this name; `None` where no field asks for it, as for those in
    /// which nobody speaks.
    pub(in crate::act) fn asked(&self, name: &str) -> Option<Query> {
        let is = |field, value: &str| Query::Field(field, Value::Text(value.to_owned()));
        if name.starts_with('(') || name.is_empty() {
            return None;
        }
        let plain = match self.facet {
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
