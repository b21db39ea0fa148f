//! Everything that people have typed, thing by thing: what stands now, or whatever was ever set. Published
//! references, texts and their places are left out.

use crate::history::{Entity, Fields};
use crate::id::{Id, Kind};
use crate::project::Project;
use crate::sealed::Sealed;
use serde_json::Value;
use std::collections::BTreeSet;

/// Words that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Typed {
    /// Of what they belong to; the project's own for what stands in its settings.
    pub id: Id,
    pub kind: Option<Kind>,
    /// As people call it: a part by its kind.
    pub field: String,
    pub text: String,
    /// The sealed value they stand in, which can be destroyed; what is in none is in the journal for good.
    pub sealed: Option<String>,
}

impl Typed {
    /// Tells the words without saying them.
    pub fn print(&self) -> String {
        print(&self.text)
    }
}

/// Twelve hexadecimal digits over some words.
pub fn print(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex()[..12].to_owned()
}

/// What stands now of everything that is here, sealed values apart.
pub fn in_clear(project: &Project) -> BTreeSet<Typed> {
    let here = project.state().entities().filter(|(_, entity)| entity.is_here());
    let mut all = of_settings(project);
    for (id, entity) in here.filter(|(_, entity)| entity.kind != Kind::Document) {
        take(project, id, &entity, &entity.fields(), &mut all);
    }
    all.retain(|one| one.sealed.is_none());
    all
}

/// Whatever was ever set, sealed values too.
pub fn ever(project: &Project) -> BTreeSet<Typed> {
    let mut all = of_settings(project);
    for (id, entity) in project.state().entities() {
        entity.all_writes().for_each(|fields| take(project, id, &entity, &fields, &mut all));
    }
    all
}

fn of_settings(project: &Project) -> BTreeSet<Typed> {
    let settings = project.settings();
    let one = |field: &str, text: &String| Typed {
        id: settings.project,
        kind: None,
        field: field.to_owned(),
        text: text.clone(),
        sealed: None,
    };
    let questions = settings.questions.iter().map(|text| one("question", text));
    let funding = settings.reporting.funding.iter().map(|text| one("funding", text));
    let interests = settings.reporting.interests.iter().map(|text| one("interests", text));
    questions.chain([one("title", &settings.title)]).chain(funding).chain(interests).collect()
}

fn take(project: &Project, id: Id, entity: &Entity, fields: &Fields, all: &mut BTreeSet<Typed>) {
    for (name, value) in fields {
        let plain = name.split(':').next().unwrap_or(name);
        if ["reference", "anchor", "speaks", "version", "way", "issued"].contains(&plain) {
            continue;
        }
        let field = match plain {
            "part" => value.get("kind").and_then(Value::as_str).unwrap_or(plain),
            "options" => "option",
            other => other,
        };
        each(project, value, None, &mut |text, sealed| {
            if text.parse::<Id>().is_ok() {
                return;
            }
            all.insert(Typed {
                id,
                kind: Some(entity.kind),
                field: field.to_owned(),
                text: text.to_owned(),
                sealed: sealed.map(str::to_owned),
            });
        });
    }
}

/// Hands over all texts of a value, with the sealed value each stands in.
fn each(project: &Project, value: &Value, sealed: Option<&str>, see: &mut dyn FnMut(&str, Option<&str>)) {
    match value {
        Value::String(text) => see(text, sealed),
        Value::Array(items) => items.iter().for_each(|item| each(project, item, sealed, see)),
        Value::Object(fields) => match fields.get("sealed").and_then(Value::as_str).filter(|_| sealed.is_none()) {
            Some(name) => {
                let held = project.unseal(&Sealed { sealed: name.to_owned() });
                if let Some(held) = held {
                    each(project, &held, Some(name), see);
                }
            }
            None => fields.values().for_each(|value| each(project, value, sealed, see)),
        },
        _ => {}
    }
}
