//! What hands type in codebook files as a name or a label: parents, what a code was merged into, examples.

use super::Entry;
use crate::codebook::{Code, Field, Tree};
use crate::diagnostic::{Fault, fault};
use crate::id::{Id, Kind, Label};
use crate::project::Project;
use crate::text::words::fold;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Puts ids where names and labels were typed. Gives the entries of books in which everything was found,
/// and a fault for each of the others.
pub(super) fn settle(entries: Vec<Entry>, project: &Project) -> (Vec<Entry>, BTreeMap<String, Fault>) {
    let known = Known::of(&entries, project);
    let mut broken: BTreeMap<String, Fault> = BTreeMap::new();
    let mut settled = Vec::with_capacity(entries.len());
    for mut entry in entries {
        if let Err(fault) = known.settle(&mut entry, project) {
            broken.entry(entry.book.clone()).or_insert_with(|| fault.in_file(format!("codebooks/{}.toml", entry.book)));
        }
        settled.push(entry);
    }
    settled.retain(|entry| !broken.contains_key(&entry.book));
    (settled, broken)
}

/// Codes by folded name and path, those of the files and those of the journal.
struct Known(BTreeMap<String, BTreeSet<Id>>);

impl Known {
    fn of(entries: &[Entry], project: &Project) -> Self {
        let mut known: BTreeMap<String, BTreeSet<Id>> = BTreeMap::new();
        let mut add = |name: &str, id: Id| known.entry(fold(name.trim())).or_default().insert(id);
        for entry in entries.iter().filter(|entry| entry.kind == Kind::Code) {
            if let Some(name) = entry.fields.get("name").and_then(Value::as_str) {
                add(name, entry.id.unwrap_or_else(|| project.derived(entry)));
            }
        }
        // Most often every entry refers by id, and nothing needs to be looked up in the journal.
        if entries.iter().any(refers_by_name) {
            let codes = project.state.all::<Code>();
            let tree = Tree::new(&codes);
            for code in &codes {
                add(&code.name, code.id);
                add(&tree.path(code.id), code.id);
            }
        }
        Known(known)
    }

    fn settle(&self, entry: &mut Entry, project: &Project) -> Result<(), Fault> {
        if entry.kind != Kind::Code {
            return Ok(());
        }
        for field in ["parent", Field::MergedInto.word()] {
            if let Some(typed) = entry.fields.get(field).and_then(Value::as_str)
                && typed.parse::<Id>().is_err()
            {
                let id = self.code(typed)?;
                entry.fields.insert(field.to_owned(), id.to_string().into());
            }
        }
        if let Some(typed) = entry.fields.get(Field::Examples.word()).map(Field::texts) {
            let ids = typed.iter().map(|one| coding(one, project)).collect::<Result<Vec<String>, Fault>>()?;
            entry.fields.insert(Field::Examples.word().to_owned(), ids.into());
        }
        Ok(())
    }

    fn code(&self, typed: &str) -> Result<Id, Fault> {
        let fits: Vec<&Id> = self.0.get(&fold(typed.trim())).into_iter().flatten().collect();
        match fits.as_slice() {
            [one] => Ok(**one),
            [] => {
                Err(fault("bad-codebook", format!("there is no code '{typed}' to stand below, or to be merged into"))
                    .hint("mend the name; a path is written Relationship > Trust"))
            }
            _ => Err(fault("bad-codebook", format!("several codes are called '{typed}'"))
                .hint("type the path, Relationship > Trust, or the id")),
        }
    }
}

fn refers_by_name(entry: &Entry) -> bool {
    ["parent", Field::MergedInto.word()]
        .iter()
        .filter_map(|field| entry.fields.get(*field)?.as_str())
        .any(|typed| typed.parse::<Id>().is_err())
}

/// The id of a coding, typed as one or as a label.
fn coding(typed: &str, project: &Project) -> Result<String, Fault> {
    if typed.parse::<Id>().is_ok() {
        return Ok(typed.to_owned());
    }
    let label = typed.parse::<Label>().ok().filter(|label| label.kind == Kind::Coding);
    let id = label.and_then(|label| project.state.labelled(&label));
    id.map(|id| id.to_string()).ok_or_else(|| {
        fault("bad-codebook", "an example names no coding")
            .hint("an example is the label of a coding, such as CD3.gj: code the passage first (realist code add)")
    })
}
