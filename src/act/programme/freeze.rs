//! Freezing a version of the programme theory.

use super::labels;
use crate::act::resolve;
use crate::decision::Decision;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::{Id, Kind};
use crate::programme::{Programme, TheoryVersion, whole_hash};
use crate::project::{Batch, Depth, Done, Project};
use crate::text::words::fold;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// A version as a person wants it.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub name: String,
    pub narrative: Option<String>,
    pub why: Option<String>,
    /// The decisions it rests on; those taken since the version before where none is named.
    pub decisions: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Frozen {
    pub label: String,
    pub name: String,
    pub hash: String,
    /// Over the theory and the narrative.
    pub whole_hash: String,
    pub statements: usize,
    pub components: usize,
    /// Label of the version before.
    pub parent: Option<String>,
    /// Labels of the decisions it rests on.
    pub decisions: Vec<String>,
    pub notes: Vec<Diagnostic>,
}

/// Refuses what could not be frozen once an act is done: a name that no new version can have, a theory without statements.
/// Faults: `no-name`, `name-taken`, `nothing-to-freeze`.
pub fn refuse(batch: &Batch<'_>, name: &str) -> Result<()> {
    let project = batch.project();
    check_name(project, name.trim(), &super::versions(project))?;
    let will_be = |held: &Hypothesis| {
        let set = batch.set_so_far(held.id).into_iter().rev().find_map(|mut fields| fields.remove("status"));
        set.and_then(|status| serde_json::from_value(status).ok()).unwrap_or(held.status)
    };
    let is_some = project.state().all::<Hypothesis>().iter().any(|held| will_be(held) == Editorial::Active);
    if is_some { Ok(()) } else { Err(nothing()) }
}

fn nothing() -> Fault {
    fault("nothing-to-freeze", "a version lists the active statements, and there is none")
        .hint("take statements up first: realist hypothesis status H1.gj active")
}

/// Freezes the programme theory as it stands. Faults: `no-name`, `name-taken`, `nothing-to-freeze`, `unknown-id`.
pub fn freeze(project: &mut Project, wish: &Wish) -> Result<Done<Frozen>> {
    project.write("theory freeze", true, |batch| create(batch, wish))
}

fn create(batch: &mut Batch<'_>, wish: &Wish) -> Result<Frozen> {
    let project = batch.project();
    let name = wish.name.trim();
    let before: Vec<TheoryVersion> = super::versions(project);
    check_name(project, name, &before)?;
    let synthesis = project.synthesis(Depth::Facts)?;
    let programme = Programme::of(&synthesis);
    let statements = programme.listed().count();
    if statements == 0 {
        return Err(nothing());
    }
    let components = programme.of_kind(Kind::Component).count();
    let hash = programme.hash();
    let parent = before.last();
    let notes = parent.filter(|one| one.hash == hash && one.narrative == wish.narrative).map(|one| {
        let (held, label) = (&one.name, project.label(one.id));
        Diagnostic::note("nothing-changed", format!("it says what {held} ({label}) says"))
            .hint("realist undo takes it back")
    });
    let dropped = parent.filter(|one| one.narrative.is_some() && wish.narrative.is_none()).map(|one| {
        Diagnostic::note(
            "no-narrative",
            format!("{} has a narrative and {name} has none: it is not carried over", one.name),
        )
        .hint(format!("realist theory show {} prints it; give one with --narrative or --narrative-from", one.name))
    });
    let decisions = decisions(project, &wish.decisions, parent)?;
    let labels: BTreeMap<Id, String> = {
        let mut spoken_of: BTreeSet<Id> = mentioned(&programme);
        spoken_of.extend(&decisions);
        labels(&synthesis).into_iter().filter(|(id, _)| spoken_of.contains(id)).collect()
    };
    let mut fields = Batch::fields(json!({
        "name": name,
        "parent": parent.map(|one| one.id),
        "narrative": wish.narrative,
        "why": wish.why,
        "author": batch.coder(),
        "date": batch.today(),
        "heads": project.state().last_by_stream(),
        "labels": labels,
        "programme": programme,
        "hash": hash,
    }));
    if !decisions.is_empty() {
        fields.insert("decisions".to_owned(), json!(decisions));
    }
    let parent = parent.map(|one| project.label(one.id));
    let decisions = decisions.into_iter().map(|id| project.label(id)).collect();
    let (_, label) = batch.create(Kind::Version, &fields);
    Ok(Frozen {
        label: label.to_string(),
        name: name.to_owned(),
        whole_hash: whole_hash(&hash, wish.narrative.as_deref()),
        hash,
        statements,
        components,
        parent,
        decisions,
        notes: notes.into_iter().chain(dropped).collect(),
    })
}

/// Those named, else those the version before did not know, in the order they were taken.
fn decisions(project: &Project, named: &[String], parent: Option<&TheoryVersion>) -> Result<Vec<Id>> {
    if !named.is_empty() {
        let found = named.iter().map(|typed| resolve::find(project, Kind::Decision, typed));
        return Ok(found.collect::<Result<BTreeSet<Id>>>()?.into_iter().collect());
    }
    let known: Option<BTreeSet<Id>> = parent.map(|one| {
        let past = super::Moment::of(project, one.clone()).past(project);
        past.of_kind(Kind::Decision).into_iter().map(|(id, _)| id).collect()
    });
    let all = project.state().in_order::<Decision>().into_iter().map(|one| one.id);
    Ok(all.filter(|id| known.as_ref().is_none_or(|known| !known.contains(id))).collect())
}

fn check_name(project: &Project, name: &str, before: &[TheoryVersion]) -> Result<()> {
    if name.is_empty() || fold(name) == "now" {
        return Err(fault("no-name", "a version needs a name of its own").hint("realist theory freeze IPT"));
    }
    match before.iter().find(|one| fold(&one.name) == fold(name)) {
        Some(one) => Err(fault("name-taken", format!("{} is called {} already", project.label(one.id), one.name))
            .hint("a frozen version does not change; give this one another name")),
        None => Ok(()),
    }
}

/// Everything a programme names: things of its own, evidence, decisions, uncertainties.
pub(super) fn mentioned(programme: &Programme) -> BTreeSet<Id> {
    let mut ids: BTreeSet<Id> = programme.things.keys().copied().collect();
    for thing in programme.things.values() {
        ids.extend(thing.evidence());
        thing.fields.values().for_each(|value| add(value, &mut ids));
    }
    ids
}

fn add(value: &serde_json::Value, ids: &mut BTreeSet<Id>) {
    match value {
        serde_json::Value::String(text) => ids.extend(text.parse::<Id>()),
        serde_json::Value::Array(values) => values.iter().for_each(|value| add(value, ids)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| add(value, ids)),
        _ => {}
    }
}
