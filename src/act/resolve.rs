//! From what a person typed to the thing they meant.

use crate::codebook::Code;
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::history::Stored;
use crate::id::{Id, Kind, Label};
use crate::project::Project;
use crate::theory::Component;
use std::collections::BTreeSet;

/// Finds a thing of one kind by its label (`H12.gj`, or `H12` where only one coder has a 12) or id.
pub fn find(project: &Project, kind: Kind, typed: &str) -> Result<Id> {
    let state = project.state();
    let typed = typed.trim();
    if let Ok(label) = typed.parse::<Label>() {
        if label.kind != kind {
            return Err(fault("wrong-kind", format!("{label} is a {}, not a {kind}", label.kind))
                .hint(format!("labels of a {kind} begin with {}", kind.prefix())));
        }
        let found = state.labelled(&label).and_then(|id| state.entity(id).map(|entity| (id, entity)));
        return match found {
            Some((id, entity)) if entity.is_here() => Ok(id),
            Some(_) => Err(fault("gone", format!("{label} was removed or its making was undone"))
                .hint("see `realist log`; `realist redo` brings back what was undone last")),
            None => Err(unknown(project, kind, typed)),
        };
    }
    if let Ok(id) = typed.parse::<Id>()
        && state.entity(id).is_some_and(|entity| entity.kind == kind && entity.is_here())
    {
        return Ok(id);
    }
    short(project, kind, typed)
}

/// `H12` without a tag.
fn short(project: &Project, kind: Kind, typed: &str) -> Result<Id> {
    let upper = typed.to_ascii_uppercase();
    let number = upper.strip_prefix(kind.prefix()).and_then(|rest| rest.parse::<u32>().ok());
    let Some(number) = number else { return Err(unknown(project, kind, typed)) };
    let numbered = project.state().numbered(kind, number).into_iter();
    let fits: Vec<(Id, String)> =
        numbered.filter(|id| project.state().is_here(*id)).map(|id| (id, project.label(id))).collect();
    match fits.as_slice() {
        [] => Err(unknown(project, kind, typed)),
        [(id, _)] => Ok(*id),
        many => {
            let names: Vec<&str> = many.iter().map(|(_, label)| label.as_str()).collect();
            Err(fault("ambiguous-label", format!("{typed} may be {}", names.join(" or "))).hint("type the tag as well"))
        }
    }
}

fn unknown(project: &Project, kind: Kind, typed: &str) -> Fault {
    let labels: Vec<String> = project.state().of_kind(kind).map(|(id, _)| project.label(id)).collect();
    let near = did_you_mean(typed, labels.iter().map(String::as_str));
    let fault = fault("unknown-id", format!("there is no {kind} '{typed}'"));
    if labels.is_empty() && kind == Kind::Document {
        return fault.hint("nothing was taken in yet: realist import FILE... --kind interview");
    }
    meant(fault, &near).hint(list_hint(kind))
}

fn list_hint(kind: Kind) -> String {
    let verb = match kind {
        Kind::Code => "codebook",
        Kind::Coding => "code",
        other => return format!("list them with: realist {} list", other.word()),
    };
    format!("list them with: realist {verb} list")
}

/// Adds "did you mean" where there is something to mean.
pub fn meant(fault: Fault, near: &[String]) -> Fault {
    if near.is_empty() { fault } else { fault.hint(format!("did you mean {}?", near.join(" or "))) }
}

/// Finds a code by label, id or name (any case; `parent > child` where two share a name).
pub fn code(project: &Project, typed: &str) -> Result<Id> {
    let codes = project.state().all::<Code>();
    let names: Vec<(Id, &str)> =
        codes.iter().filter(|code| !code.retired).map(|code| (code.id, code.name.as_str())).collect();
    by_name(project, Kind::Code, typed, &names)
}

/// A code with the codes below it; behind `=` the code alone.
pub fn family(project: &Project, typed: &str) -> Result<BTreeSet<Id>> {
    if let Some(alone) = typed.strip_prefix('=') {
        return Ok(BTreeSet::from([code(project, alone)?]));
    }
    let mut family = BTreeSet::from([code(project, typed)?]);
    let codes = project.state().all::<Code>();
    loop {
        let is_below = |one: &&Code| !family.contains(&one.id) && one.parent.is_some_and(|one| family.contains(&one));
        let more: Vec<Id> = codes.iter().filter(is_below).map(|one| one.id).collect();
        if more.is_empty() {
            return Ok(family);
        }
        family.extend(more);
    }
}

/// Finds a component by label, id or name.
pub fn component(project: &Project, typed: &str) -> Result<Id> {
    let components = project.state().all::<Component>();
    let names: Vec<(Id, &str)> = components.iter().map(|one| (one.id, one.name.as_str())).collect();
    by_name(project, Kind::Component, typed, &names)
}

fn by_name(project: &Project, kind: Kind, typed: &str, names: &[(Id, &str)]) -> Result<Id> {
    let wanted = crate::text::words::fold(typed.trim());
    let fits: Vec<Id> =
        names.iter().filter(|(_, name)| crate::text::words::fold(name) == wanted).map(|(id, _)| *id).collect();
    match fits.as_slice() {
        [one] => Ok(*one),
        [] => find(project, kind, typed).map_err(|fault| {
            if fault.0.code != "unknown-id" {
                return fault;
            }
            let near = did_you_mean(typed, names.iter().map(|(_, name)| *name));
            let fresh = crate::diagnostic::fault("unknown-id", format!("there is no {kind} '{typed}'"));
            meant(fresh, &near).hint(list_hint(kind))
        }),
        many => {
            let labels: Vec<String> = many.iter().map(|id| project.label(*id)).collect();
            Err(fault("ambiguous-name", format!("{} {kind}s are called '{typed}': {}", many.len(), labels.join(", ")))
                .hint("use the label"))
        }
    }
}

/// A stakeholder group by key or title.
pub fn group(project: &Project, typed: &str) -> Result<String> {
    let groups = &project.settings().groups;
    let wanted = crate::text::words::fold(typed.trim());
    let fits = groups.iter().find(|group| {
        crate::text::words::fold(&group.key) == wanted || crate::text::words::fold(&group.title) == wanted
    });
    if let Some(group) = fits {
        return Ok(group.key.clone());
    }
    let near = did_you_mean(typed, groups.iter().map(|group| group.key.as_str()));
    let known: Vec<&str> = groups.iter().map(|group| group.key.as_str()).collect();
    Err(meant(fault("unknown-group", format!("realist.toml declares no group '{typed}'")), &near)
        .hint(format!("it declares: {}", known.join(", ")))
        .hint("add one to realist.toml:  [[group]]  key = \"...\"  title = \"...\""))
}

/// A strand by key or title.
pub fn strand(project: &Project, typed: &str) -> Result<String> {
    let strands = &project.settings().strands;
    let wanted = crate::text::words::fold(typed.trim());
    let fits = strands.iter().find(|strand| {
        crate::text::words::fold(&strand.key) == wanted || crate::text::words::fold(&strand.title) == wanted
    });
    if let Some(strand) = fits {
        return Ok(strand.key.clone());
    }
    let near = did_you_mean(typed, strands.iter().map(|strand| strand.key.as_str()));
    let known: Vec<&str> = strands.iter().map(|strand| strand.key.as_str()).collect();
    Err(meant(fault("unknown-strand", format!("realist.toml declares no strand '{typed}'")), &near)
        .hint(format!("it declares: {}", known.join(", "))))
}

/// A noun that must be there: it was resolved a moment ago.
pub fn read<T: Stored>(project: &Project, id: Id) -> Result<T> {
    let entity = project.state().entity(id).ok_or_else(|| fault("unknown-id", format!("there is no {id}")))?;
    T::read(id, &entity).map_err(|what| {
        fault("unreadable-record", format!("{} cannot be read: {what}", project.label(id))).hint("run `realist check`")
    })
}
