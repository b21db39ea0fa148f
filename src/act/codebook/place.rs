//! Where a code stands and what it is called: rename, move, retire, revive.

use super::{change, refuse_circle, refuse_twin};
use crate::act::resolve;
use crate::codebook::Code;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::Id;
use crate::project::{Batch, Done, Project};
use crate::text::words::fold;
use serde_json::{Value, json};

/// Gives a code another name. Unless `forget`, it is found by the old one too.
pub fn rename(project: &mut Project, code: &str, name: &str, forget: bool) -> Result<Done<String>> {
    project.write("codebook rename", true, |batch| {
        let name = name.trim();
        if name.is_empty() {
            return Err(fault("no-name", "a code needs a name"));
        }
        let held = held(batch, code)?;
        refuse_twin(&batch.project().state().all::<Code>(), batch.project(), name, held.parent, Some(held.id))?;
        let mut fields = Fields::from_iter([("name".to_owned(), Value::from(name))]);
        let old = (!forget).then(|| held.name.clone());
        let aliases = with_aliases(&held, name, old);
        if aliases != held.aliases {
            fields.insert("aliases".to_owned(), json!(aliases));
        }
        change(batch, held.id, fields);
        Ok(batch.project().label(held.id))
    })
}

/// Puts a code below another, or at the top.
pub fn move_below(project: &mut Project, code: &str, parent: Option<&str>) -> Result<Done<String>> {
    project.write("codebook move", true, |batch| {
        let held = held(batch, code)?;
        let parent = parent.map(|typed| resolve::code(batch.project(), typed)).transpose()?;
        let codes = batch.project().state().all::<Code>();
        refuse_circle(&codes, held.id, parent)?;
        if !held.retired {
            refuse_twin(&codes, batch.project(), &held.name, parent, Some(held.id))?;
        }
        let parent = parent.map_or(Value::Null, |parent| parent.to_string().into());
        change(batch, held.id, Fields::from_iter([("parent".to_owned(), parent)]));
        Ok(batch.project().label(held.id))
    })
}

/// Keeps codes with their codings, and offers them no longer.
pub fn retire(project: &mut Project, codes: &[String]) -> Result<Done<Vec<String>>> {
    project.write("codebook retire", true, |batch| {
        let mut labels = Vec::new();
        for code in codes {
            let held = held(batch, code)?;
            change(batch, held.id, Fields::from_iter([("retired".to_owned(), true.into())]));
            labels.push(batch.project().label(held.id));
        }
        Ok(labels)
    })
}

/// Offers a code again. Codings that a merge moved elsewhere stay there; its name is its own again.
pub fn revive(project: &mut Project, code: &str) -> Result<Done<String>> {
    project.write("codebook revive", true, |batch| {
        let held: Code = resolve::read(batch.project(), resolve::code_entry(batch.project(), code)?)?;
        let codes = batch.project().state().all::<Code>();
        let heir = codes.iter().find(|one| Some(one.id) == held.merged_into);
        let mut others = codes.clone();
        if let Some(heir) = heir {
            let aliases: Vec<&String> = heir.aliases.iter().filter(|one| fold(one) != fold(&held.name)).collect();
            others.iter_mut().filter(|one| one.id == heir.id).for_each(|one| one.aliases.clear());
            change(batch, heir.id, Fields::from_iter([("aliases".to_owned(), json!(aliases))]));
        }
        refuse_twin(&others, batch.project(), &held.name, held.parent, Some(held.id))?;
        let fields = [("retired".to_owned(), Value::Bool(false)), ("merged_into".to_owned(), Value::Null)];
        change(batch, held.id, Fields::from_iter(fields));
        Ok(batch.project().label(held.id))
    })
}

fn held(batch: &Batch<'_>, typed: &str) -> Result<Code> {
    let id: Id = resolve::code_entry(batch.project(), typed)?;
    resolve::read(batch.project(), id)
}

/// A code's further names once it is called `name` and also found by `more`.
pub(super) fn with_aliases(code: &Code, name: &str, more: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut aliases: Vec<String> = Vec::new();
    for alias in code.aliases.iter().cloned().chain(more) {
        let is_known = aliases.iter().any(|one| fold(one) == fold(&alias));
        if !is_known && fold(&alias) != fold(name) {
            aliases.push(alias);
        }
    }
    aliases
}
