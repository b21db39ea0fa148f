//! A record of a citation that is in already: what it says beyond what is known is added to the source, a
//! review tool's decisions above all.

use crate::diagnostic::Diagnostic;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::Batch;
use crate::reference::{Addition, Reference};
use crate::source::Source;
use crate::text::words::counted;
use serde_json::json;
use std::collections::BTreeMap;

/// What the records of one library added.
#[derive(Debug, Default)]
pub struct Completed {
    /// Records that added something.
    pub records: usize,
    /// How many brought each field, by its name.
    new: BTreeMap<String, usize>,
    /// The same of fields that held another value.
    beside: BTreeMap<String, usize>,
}

impl Completed {
    /// Adds what is new in a record; gives the bytes that this takes in the journal.
    pub fn take(&mut self, batch: &mut Batch<'_>, id: Id, later: &Reference) -> u64 {
        let Some(held) = held(batch, id) else { return 0 };
        let Some(addition) = Addition::of(&held, later) else { return 0 };
        let (new, beside) = addition.names(&held);
        for (counts, names) in [(&mut self.new, new), (&mut self.beside, beside)] {
            for name in names {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
        self.records += 1;
        let mut fields = Fields::new();
        fields.insert(format!("reference:{}", addition.key()), json!(addition));
        batch.set(Kind::Source, id, &fields);
        serde_json::to_string(&fields).map_or(0, |written| written.len() as u64)
    }

    /// What a person should know of it.
    pub fn tell(&self) -> Option<Diagnostic> {
        let list = |counts: &BTreeMap<String, usize>| {
            counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
        };
        let known = counted(self.records, "reference");
        let mut said = vec![format!("{known} in already said more here, which was added")];
        said.extend((!self.new.is_empty()).then(|| format!("new: {}", list(&self.new))));
        said.extend((!self.beside.is_empty()).then(|| format!("kept beside another value: {}", list(&self.beside))));
        (self.records > 0).then(|| {
            Diagnostic::note("references-completed", said.join("; ")).hint("see one with: realist source show S1.gj")
        })
    }
}

/// The reference as it stands, what this act made and added with it.
fn held(batch: &Batch<'_>, id: Id) -> Option<Reference> {
    let mut held = batch.project().state().get::<Source>(id).and_then(|source| source.reference).map(|one| *one);
    let of = |value: serde_json::Value| serde_json::from_value(value).ok();
    for (name, value) in batch.set_so_far(id).into_iter().flatten() {
        match (&mut held, name.as_str()) {
            (held, "reference") => *held = of(value),
            (Some(held), name) if name.starts_with("reference:") => {
                if let Ok(addition) = serde_json::from_value::<Addition>(value) {
                    held.take_up(addition);
                }
            }
            _ => {}
        }
    }
    held
}
