//! A programme theory as it stands at one moment: the components, the statements the team stands by, how they
//! are linked, and what evidence, agreement and tests there are for each. It holds researchers' sentences, ids
//! and numbers, and no participant's words.
//!
//! One that was frozen is a [`TheoryVersion`]; what lies between two of them is in [`diff`], and by which of
//! the synthesis moves in [`moves`].

mod content;
pub mod diff;
pub mod moves;
pub mod settled;
mod version;

pub use settled::Settled;
pub use version::TheoryVersion;

use crate::id::{Id, Kind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Components, statements, links and substantive theories by id.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Programme {
    pub things: BTreeMap<Id, Thing>,
}

/// One of them as fields, each a value of its own, so that a difference is told field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    pub kind: Kind,
    pub fields: BTreeMap<String, Value>,
}

/// Fields that stand for evidence are called `evidence:<id>`.
pub const EVIDENCE: &str = "evidence:";

/// The one field of a narrative as a thing.
pub const NARRATIVE: &str = "narrative";

/// What a narrative is known by as a thing of a programme; the same in every version.
pub fn narrative_id() -> Id {
    Id::derived([b"narrative of a version of the theory".as_slice()])
}

/// Names a theory and its narrative together: 32 hexadecimal digits of BLAKE3 over the theory's hash and the narrative;
/// where there is no narrative, the theory's hash.
pub fn whole_hash(theory: &str, narrative: Option<&str>) -> String {
    let of_both = |text| blake3::hash(format!("{theory}\n{text}").as_bytes()).to_hex()[..32].to_owned();
    narrative.map_or_else(|| theory.to_owned(), of_both)
}

impl Programme {
    /// Statements the theory lists: those the team stands by. Of others it keeps what became of them.
    pub fn listed(&self) -> impl Iterator<Item = (Id, &Thing)> {
        self.of_kind(Kind::Hypothesis).filter(|(_, thing)| thing.is_listed())
    }

    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (Id, &Thing)> {
        self.things.iter().filter(move |(_, thing)| thing.kind == kind).map(|(id, thing)| (*id, thing))
    }

    /// With what a version says as a whole as a thing of its own, so that a difference tells it.
    #[must_use]
    pub fn with_narrative(mut self, narrative: Option<&str>) -> Self {
        if let Some(text) = narrative {
            let fields = BTreeMap::from([(NARRATIVE.to_owned(), Value::from(text))]);
            self.things.insert(narrative_id(), Thing { kind: Kind::Version, fields });
        }
        self
    }

    /// Names the content: 32 hexadecimal digits of BLAKE3 over ids, fields and values in the order of their
    /// names. Two programmes have one hash exactly when they say the same.
    pub fn hash(&self) -> String {
        let mut text = String::new();
        for (id, thing) in &self.things {
            let _ = write!(text, "{id} {} ", thing.kind.word());
            thing.fields.iter().for_each(|(field, value)| {
                canonical(&Value::from(field.as_str()), &mut text);
                canonical(value, &mut text);
            });
            text.push('\n');
        }
        blake3::hash(text.as_bytes()).to_hex()[..32].to_owned()
    }
}

impl Thing {
    /// A statement that is part of the theory.
    pub fn is_listed(&self) -> bool {
        self.kind == Kind::Hypothesis && self.text("status") == Some("active")
    }

    /// A field that is a text.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.fields.get(field)?.as_str()
    }

    /// A field that names another thing.
    pub fn id(&self, field: &str) -> Option<Id> {
        self.text(field)?.parse().ok()
    }

    /// Links that bear on it, its own and those it was lent.
    pub fn evidence(&self) -> impl Iterator<Item = Id> {
        self.fields.keys().filter_map(|field| field.strip_prefix(EVIDENCE)?.parse().ok())
    }
}

/// JSON with the keys of objects in order.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            out.push('{');
            for (field, value) in sorted {
                canonical(&Value::from(field.as_str()), out);
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for value in values {
                canonical(value, out);
                out.push(',');
            }
            out.push(']');
        }
        plain => {
            let _ = write!(out, "{plain}");
        }
    }
}

#[cfg(test)]
mod tests;
