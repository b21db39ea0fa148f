//! Nouns as the fold keeps them: from fields to a type.

use super::entity::Entity;
use super::operation::Fields;
use super::state::State;
use crate::action::Action;
use crate::appraisal::Appraisal;
use crate::cerqual::Worksheet;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::cut::Way;
use crate::decision::Decision;
use crate::document::{Document, Version};
use crate::evidence::Evidence;
use crate::grouping::Grouping;
use crate::hypothesis::{Hypothesis, Part};
use crate::id::{Id, Kind};
use crate::identifier::{Identifier, Permit};
use crate::link::Link;
use crate::meeting::{Issue, Meeting};
use crate::memo::Memo;
use crate::model::{Cell, Feature, Model, Outcome};
use crate::need::{Need, Policy, Position, Tie};
use crate::panel::{Member, Panel};
use crate::participant::{Consent, Participant};
use crate::pass::Pass;
use crate::passage::Anchor;
use crate::pathway::{Listed, Step};
use crate::programme::TheoryVersion;
use crate::recommendation::Recommendation;
use crate::reference::Addition;
use crate::regularity::{Regularity, Sought};
use crate::round::Round;
use crate::saved::SavedQuery;
use crate::searching::{Flow, Search};
use crate::source::Source;
use crate::theory::{Component, SubstantiveTheory};
use crate::tidier::Tidier;
use crate::training::{Objective, Stage, Training};
use crate::uncertainty::{Rating, Uncertainty};
use crate::vote::Ballot;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// A noun with a place in the journal.
pub trait Stored: DeserializeOwned {
    const KIND: Kind;

    fn set_id(&mut self, id: Id);

    /// Takes up the fields that serde does not see (`part:c1`, `version:…`, `rating:…`).
    fn take_up(&mut self, _entity: &Entity) {}

    /// Reads a noun from an entity's fields; the error says what does not fit.
    fn read(id: Id, entity: &Entity) -> Result<Self, String> {
        let mut noun: Self = match entity.only_write().and_then(|json| serde_json::from_str(json).ok()) {
            Some(noun) => noun,
            None => serde_json::from_value(Value::Object(entity.fields())).map_err(|error| error.to_string())?,
        };
        noun.set_id(id);
        noun.take_up(entity);
        Ok(noun)
    }
}

macro_rules! stored {
    ($($noun:ident),+) => {
        $(impl Stored for $noun {
            const KIND: Kind = Kind::$noun;
            fn set_id(&mut self, id: Id) {
                self.id = id;
            }
        })+
    };
}

stored!(
    Code,
    Coding,
    Memo,
    Link,
    SubstantiveTheory,
    Grouping,
    Regularity,
    Sought,
    Panel,
    Member,
    Ballot,
    Action,
    Appraisal,
    Identifier,
    Permit
);

impl Stored for Component {
    const KIND: Kind = Kind::Component;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        let said = |item: &Tidier| match fields.get(item.field())? {
            Value::String(text) if !text.trim().is_empty() => Some((*item, Some(text.clone()))),
            Value::Bool(true) => Some((*item, None)),
            _ => None,
        };
        self.tidier = Tidier::ALL.iter().filter_map(said).collect();
    }
}

impl Stored for TheoryVersion {
    const KIND: Kind = Kind::Version;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }
}

impl Stored for SavedQuery {
    const KIND: Kind = Kind::Query;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }
}

impl Stored for Decision {
    const KIND: Kind = Kind::Decision;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let registered = prefixed(&entity.fields(), "registered").into_iter();
        self.registered = registered.filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect();
    }
}

impl Stored for Round {
    const KIND: Kind = Kind::Round;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let admitted = prefixed(&entity.fields(), "admitted").into_iter();
        self.admitted = admitted.filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect();
    }
}

impl Stored for Meeting {
    const KIND: Kind = Kind::Meeting;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        let practical = prefixed(&fields, "practical").into_iter();
        self.practical = practical.filter_map(|(which, one)| Some((which.parse().ok()?, one))).collect();
        let replied = prefixed(&fields, "replied").into_iter();
        self.replied = replied.filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect();
        let attended = prefixed(&fields, "attended").into_iter();
        self.attended = attended.filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect();
        self.issued = prefixed::<Issue>(&fields, "issued").into_iter().map(|(key, one)| Issue { key, ..one }).collect();
        // Numbers count by stream: of two sent unaware of each other the day says which came first.
        self.issued.sort_by_key(|one| (one.on.clone(), one.key.len(), one.key.clone()));
        self.minuted = prefixed(&fields, "minuted").into_iter().collect();
    }
}

impl Stored for Pass {
    const KIND: Kind = Kind::Pass;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        self.done =
            prefixed::<bool>(&fields, "done").into_iter().filter(|(_, done)| *done).map(|(tag, _)| tag).collect();
        self.settled = prefixed(&fields, "settled").into_iter().collect();
    }
}

/// Fields `<prefix>:<rest>` that read as `T`, with the rest of their names.
fn prefixed<T: DeserializeOwned>(fields: &Fields, prefix: &str) -> Vec<(String, T)> {
    let mut found: Vec<(String, T)> = fields
        .iter()
        .filter_map(|(name, value)| {
            let rest = name.strip_prefix(prefix)?.strip_prefix(':')?;
            Some((rest.to_owned(), serde_json::from_value(value.clone()).ok()?))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

impl Stored for Hypothesis {
    const KIND: Kind = Kind::Hypothesis;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.parts = parts(&entity.fields());
    }
}

/// Parts stand in the order of their kinds, then of their keys.
fn parts(fields: &Fields) -> Vec<Part> {
    let mut parts: Vec<Part> =
        prefixed::<Part>(fields, "part").into_iter().map(|(key, part)| Part { key, ..part }).collect();
    parts.sort_by_key(|part| (part.kind, part.key.len(), part.key.clone()));
    parts
}

impl Hypothesis {
    /// A statement from fields that are not in the journal yet.
    pub(crate) fn of_fields(id: Id, fields: Fields) -> Result<Self, String> {
        let parts = parts(&fields);
        let held: Hypothesis = serde_json::from_value(Value::Object(fields)).map_err(|error| error.to_string())?;
        Ok(Hypothesis { id, parts, ..held })
    }
}

impl Stored for Evidence {
    const KIND: Kind = Kind::Evidence;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        // Few links have any, and there may be very many links.
        if entity.active_writes().any(|write| write.set.contains("\"confirmed:")) {
            let confirmed = prefixed(&entity.fields(), "confirmed").into_iter();
            self.confirmed = confirmed.filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect();
        }
    }
}

impl Stored for Worksheet {
    const KIND: Kind = Kind::Worksheet;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let judged = prefixed(&entity.fields(), "judged").into_iter();
        self.judged = judged.filter_map(|(aspect, one)| Some((aspect.parse().ok()?, one))).collect();
    }
}

impl Stored for Model {
    const KIND: Kind = Kind::Model;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.sources = flagged(entity, "source");
    }
}

impl Stored for Cell {
    const KIND: Kind = Kind::ModelCell;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.passages = flagged(entity, "passage");
    }
}

impl Stored for Outcome {
    const KIND: Kind = Kind::ModelOutcome;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.passages = flagged(entity, "passage");
    }
}

impl Stored for Feature {
    const KIND: Kind = Kind::Feature;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.because = by_id(&entity.fields(), "because");
    }
}

impl Stored for Step {
    const KIND: Kind = Kind::Step;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        self.interventions = Listed::in_order(by_id(&fields, "intervention"));
        self.providers = Listed::in_order(by_id(&fields, "provider"));
        self.leaving = flagged(entity, "leaving");
        self.up = by_id(&fields, "up");
        self.down = by_id(&fields, "down");
        self.out = by_id(&fields, "out");
        self.because = by_id(&fields, "because");
    }
}

/// Fields `<prefix>:<id>` that read as `T`, by id.
fn by_id<T: DeserializeOwned>(fields: &Fields, prefix: &str) -> BTreeMap<Id, T> {
    prefixed(fields, prefix).into_iter().filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect()
}

impl Stored for Need {
    const KIND: Kind = Kind::Need;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        self.met_by = by_id(&fields, "met_by");
        for (component, statement) in because(&fields) {
            self.met_by.entry(component).and_modify(|tie: &mut Tie| _ = tie.because.insert(statement));
        }
    }
}

impl Stored for Policy {
    const KIND: Kind = Kind::Policy;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        self.stances = by_id(&fields, "stance");
        for (component, statement) in because(&fields) {
            self.stances.entry(component).and_modify(|one: &mut Position| _ = one.tie.because.insert(statement));
        }
    }
}

impl Stored for Search {
    const KIND: Kind = Kind::Search;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.serves = flagged(entity, "serves");
        self.against = flagged(entity, "against");
    }
}

impl Stored for Flow {
    const KIND: Kind = Kind::Flow;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        Flow::take_up(self, &entity.fields());
    }
}

/// The components and statements of fields `because:<component>:<statement>` that are set.
fn because(fields: &Fields) -> Vec<(Id, Id)> {
    let set = prefixed::<bool>(fields, "because").into_iter().filter(|(_, is_set)| *is_set);
    let both = |(name, _): (String, bool)| {
        let (component, statement) = name.split_once(':')?;
        Some((component.parse().ok()?, statement.parse().ok()?))
    };
    set.filter_map(both).collect()
}

impl Stored for Recommendation {
    const KIND: Kind = Kind::Recommendation;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.basis = flagged(entity, "basis");
        self.training = flagged(entity, "training");
        self.needs = flagged(entity, "need");
    }
}

impl Stored for Training {
    const KIND: Kind = Kind::Training;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let fields = entity.fields();
        self.trains =
            prefixed::<bool>(&fields, "trains").into_iter().filter(|(_, set)| *set).map(|(role, _)| role).collect();
        let objectives = prefixed::<Objective>(&fields, "objective").into_iter();
        self.objectives = objectives.map(|(key, one)| Objective { key, ..one }).collect();
        self.stages = prefixed::<Stage>(&fields, "stage").into_iter().map(|(key, one)| Stage { key, ..one }).collect();
        self.answers = by_id(&fields, "answer");
        self.settle_order();
    }
}

/// The ids of fields `<prefix>:<id>` that are set.
fn flagged(entity: &Entity, prefix: &str) -> BTreeSet<Id> {
    let set = prefixed::<bool>(&entity.fields(), prefix).into_iter();
    set.filter_map(|(id, is_set)| id.parse().ok().filter(|_| is_set)).collect()
}

impl Stored for Source {
    const KIND: Kind = Kind::Source;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        // Few sources have any of these, and there may be very many sources.
        if let Some(reference) = &mut self.reference
            && entity.active_writes().any(|write| write.set.contains("\"reference:"))
        {
            let additions = prefixed::<Addition>(&entity.fields(), "reference").into_iter();
            additions.for_each(|(_, addition)| reference.take_up(addition));
        }
        if entity.active_writes().any(|write| write.set.contains("\"different:")) {
            let differences = prefixed(&entity.fields(), "different").into_iter();
            self.different = differences.filter_map(|(id, one)| Some((id.parse().ok()?, one))).collect();
        }
    }
}

impl Stored for Participant {
    const KIND: Kind = Kind::Participant;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        let consents = prefixed::<Consent>(&entity.fields(), "consent").into_iter();
        self.consent = consents.filter_map(|(audience, consent)| Some((audience.parse().ok()?, consent))).collect();
    }
}

impl Stored for Document {
    const KIND: Kind = Kind::Document;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    /// Versions of acts taken back too: what was set on one of them meanwhile still says what it said.
    fn take_up(&mut self, entity: &Entity) {
        for fields in entity.all_writes() {
            self.versions.extend(versions_in(&fields));
            self.ways.extend(ways_in(&fields));
        }
        self.assigned = prefixed::<String>(&entity.fields(), "assigned").into_iter().collect();
        self.settle_version();
    }
}

/// The anchor among fields, if there is one that reads as such.
pub fn anchor_in(fields: &Fields) -> Option<Anchor> {
    serde_json::from_value(fields.get("anchor")?.clone()).ok()
}

/// The text versions among a document's fields, by name.
pub fn versions_in(fields: &Fields) -> BTreeMap<String, Version> {
    prefixed(fields, "version").into_iter().collect()
}

/// The ways between them, by both names.
fn ways_in(fields: &Fields) -> impl Iterator<Item = ((String, String), Way)> {
    let ways = prefixed::<Way>(fields, "way").into_iter();
    ways.filter_map(|(names, way)| names.split_once(':').map(|(from, to)| ((from.to_owned(), to.to_owned()), way)))
}

impl Stored for Uncertainty {
    const KIND: Kind = Kind::Uncertainty;

    fn set_id(&mut self, id: Id) {
        self.id = id;
    }

    fn take_up(&mut self, entity: &Entity) {
        self.ratings = prefixed::<f64>(&entity.fields(), "rating")
            .into_iter()
            .filter_map(|(name, value)| {
                let mut parts = name.splitn(3, ':');
                Some(Rating {
                    criterion: parts.next()?.parse().ok()?,
                    group: parts.next()?.to_owned(),
                    rater: parts.next()?.to_owned(),
                    value,
                })
            })
            .collect();
        let weighed = prefixed(&entity.fields(), "weighed").into_iter();
        self.weighed = weighed.filter_map(|(name, one)| Some((name.parse().ok()?, one))).collect();
    }
}

impl State {
    /// One noun that is here, or `None`.
    pub fn get<T: Stored>(&self, id: Id) -> Option<T> {
        let entity = self.entity(id).filter(|entity| entity.kind == T::KIND && entity.is_here())?;
        T::read(id, &entity).ok()
    }

    /// All nouns of a type that are here, in id order. What cannot be read is left out here and named
    /// by `check`.
    pub fn all<T: Stored>(&self) -> Vec<T> {
        self.of_kind(T::KIND).filter_map(|(id, entity)| T::read(id, &entity).ok()).collect()
    }

    /// The same in the order in which people count them: by label.
    pub fn in_order<T: Stored>(&self) -> Vec<T> {
        let labelled = |(id, entity): (Id, Rc<Entity>)| {
            let noun = T::read(id, &entity).ok()?;
            Some(((self.labels_in(id, &entity).into_iter().next(), id), noun))
        };
        let mut all: Vec<_> = self.of_kind(T::KIND).filter_map(labelled).collect();
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
        all.into_iter().map(|(_, noun)| noun).collect()
    }

    /// Nouns of a type that are here and mention another thing, in id order.
    pub fn about<T: Stored>(&self, id: Id) -> Vec<T> {
        self.mentioning(id, T::KIND).into_iter().filter_map(|(id, entity)| T::read(id, &entity).ok()).collect()
    }
}
