//! From what a person typed to the thing they meant.

use crate::codebook::{Code, Tree};
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::document::Document;
use crate::history::Stored;
use crate::id::{Id, Kind, Label};
use crate::model::Model;
use crate::pathway::Step;
use crate::project::Project;
use crate::theory::{Component, SubstantiveTheory};
use std::collections::{BTreeMap, BTreeSet};

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
            Some((id, _)) if state.hides(id) => Err(unknown(project, kind, typed)),
            Some((id, entity)) if entity.is_here() => Ok(id),
            Some(_) => Err(fault("gone", format!("{label} was removed or its making was undone"))
                .hint("see `realist log`; `realist redo` brings back what was undone last")),
            None => Err(unknown(project, kind, typed)),
        };
    }
    if let Ok(id) = typed.parse::<Id>()
        && !state.hides(id)
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
    let fits: Vec<(Id, String)> = numbered
        .filter(|id| project.state().is_here(*id) && !project.state().hides(*id))
        .map(|id| (id, project.label(id)))
        .collect();
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
    if let Some(hidden) = hidden(project, kind, typed) {
        return hidden;
    }
    let of_kind = project.state().of_kind(kind).filter(|(id, _)| !project.state().hides(*id));
    let labels: Vec<String> = of_kind.map(|(id, _)| project.label(id)).collect();
    let near = did_you_mean(typed, labels.iter().map(String::as_str));
    let fault = fault("unknown-id", format!("there is no {kind} '{typed}'"));
    if labels.is_empty() && kind == Kind::Document {
        return fault.hint("nothing was taken in yet: realist import FILE... --kind interview");
    }
    meant(fault, &near).hint(list_hint(kind))
}

/// What an open pass keeps from this desk, or would if it were there: both are said alike.
fn hidden(project: &Project, kind: Kind, typed: &str) -> Option<Fault> {
    let label = typed.parse::<Label>().ok().filter(|_| matches!(kind, Kind::Coding | Kind::Memo))?;
    let coder = project.surroundings().coder.as_deref();
    let passes = project.blind_passes();
    let pass = passes.iter().find(|pass| pass.others(coder).contains(&label.tag.as_str()))?;
    let pass = project.label(pass.id);
    let refused = fault("hidden", format!("{label} is not here while the pass {pass} is open"));
    Some(refused.hint(format!("it ends when all are done: realist pass show {pass}")))
}

fn list_hint(kind: Kind) -> String {
    let verb = match kind {
        Kind::Code => "codebook",
        Kind::Coding => "code",
        Kind::SubstantiveTheory => "substantive",
        Kind::Training => "training",
        Kind::Policy => "policy",
        Kind::Search => "searching",
        Kind::ModelOutcome => return "list them with: realist compare outcomes".to_owned(),
        Kind::Recommendation => "recommend",
        Kind::Member => return "list them with: realist panel show N1.gj".to_owned(),
        other => return format!("list them with: realist {} list", other.word()),
    };
    format!("list them with: realist {verb} list")
}

/// Adds "did you mean" where there is something to mean.
pub fn meant(fault: Fault, near: &[String]) -> Fault {
    if near.is_empty() { fault } else { fault.hint(format!("did you mean {}?", near.join(" or "))) }
}

/// Finds a substantive theory by its name (any case), label or id.
pub fn substantive_theory(project: &Project, typed: &str) -> Result<Id> {
    let wanted = crate::text::words::fold(typed.trim());
    let all = project.state().all::<SubstantiveTheory>();
    let named = all.iter().find(|one| crate::text::words::fold(&one.name) == wanted);
    named.map_or_else(|| find(project, Kind::SubstantiveTheory, typed), |one| Ok(one.id))
}

/// Finds a code in use by label, id, name (any case; `parent > child` where two share a name) or a
/// further name. What was merged away stands for the code that took over.
pub fn code(project: &Project, typed: &str) -> Result<Id> {
    let codes = project.state().all::<Code>();
    let tree = Tree::new(&codes);
    found(project, typed, &codes, &[&named(&codes, &tree, false), &also_named(&codes)]).map(|id| tree.stands_for(id))
}

/// Finds the entry of a code, one that is retired or was merged too.
pub fn code_entry(project: &Project, typed: &str) -> Result<Id> {
    let codes = project.state().all::<Code>();
    let tree = Tree::new(&codes);
    let names = [named(&codes, &tree, false), named(&codes, &tree, true), also_named(&codes)];
    found(project, typed, &codes, &names.each_ref().map(Vec::as_slice))
}

type Names = Vec<(Id, String)>;

/// Names and paths of codes in use, or of retired ones.
fn named(codes: &[Code], tree: &Tree, retired: bool) -> Names {
    let wanted = codes.iter().filter(|code| code.retired == retired);
    let both = wanted.flat_map(|code| [(code.id, code.name.clone()), (code.id, tree.path(code.id))]);
    both.collect()
}

fn also_named(codes: &[Code]) -> Names {
    let wanted = codes.iter().filter(|code| !code.retired);
    wanted.flat_map(|code| code.aliases.iter().map(|alias| (code.id, alias.clone()))).collect()
}

/// The first of these lists that has the name settles it; then labels and ids do.
fn found(project: &Project, typed: &str, codes: &[Code], lists: &[&[(Id, String)]]) -> Result<Id> {
    let wanted = crate::text::words::fold(typed.trim());
    for names in lists {
        if names.iter().any(|(_, name)| crate::text::words::fold(name) == wanted) {
            let mut fits: Vec<(Id, &str)> = names.iter().map(|(id, name)| (*id, name.as_str())).collect();
            fits.retain(|(_, name)| crate::text::words::fold(name) == wanted);
            fits.dedup_by_key(|(id, _)| *id);
            return by_name(project, Kind::Code, typed, &fits)
                .map_err(|refused| tell_apart(refused, project, codes, &fits));
        }
    }
    let offered = codes.iter().filter(|code| !code.retired).map(|code| (code.id, code.name.as_str()));
    by_name(project, Kind::Code, typed, &offered.collect::<Vec<_>>())
}

/// Where several codes are called alike: where each of them stands.
fn tell_apart(refused: Fault, project: &Project, codes: &[Code], fits: &[(Id, &str)]) -> Fault {
    if fits.len() < 2 {
        return refused;
    }
    let tree = Tree::new(codes);
    let each = fits.iter().map(|(id, _)| format!("{} is {}", project.label(*id), tree.path(*id)));
    refused.hints(each.collect::<Vec<_>>()).hint("or name it with what it stands below, as printed here")
}

/// A code with the codes below it, and those merged into them; behind `=` the code alone.
pub fn family(project: &Project, typed: &str) -> Result<BTreeSet<Id>> {
    let alone = typed.strip_prefix('=');
    let code = code(project, alone.unwrap_or(typed))?;
    let codes = project.state().all::<Code>();
    let tree = Tree::new(&codes);
    let family = if alone.is_some() { BTreeSet::from([code]) } else { tree.family(code) };
    // A colleague may have gone on coding with one that was merged into these.
    let merged = codes.iter().map(|one| one.id).filter(|id| family.contains(&tree.stands_for(*id)));
    Ok(merged.chain(family.iter().copied()).collect())
}

/// Finds a component by label, id or name.
pub fn component(project: &Project, typed: &str) -> Result<Id> {
    let components = project.state().all::<Component>();
    let names: Vec<(Id, &str)> = components.iter().map(|one| (one.id, one.name.as_str())).collect();
    by_name(project, Kind::Component, typed, &names)
}

/// Finds a source by its label or id, or as that of a document.
pub fn source(project: &Project, typed: &str) -> Result<Id> {
    find(project, Kind::Source, typed).or_else(|refused| {
        let document = find(project, Kind::Document, typed).map_err(|_| refused)?;
        read::<Document>(project, document).map(|document| document.source)
    })
}

/// Finds a document by label or id, or by the name under which tables show it.
pub fn document(project: &Project, typed: &str) -> Result<Id> {
    find(project, Kind::Document, typed).or_else(|refused| {
        if refused.0.code != "unknown-id" {
            return Err(refused);
        }
        let documents = project.state().all::<Document>();
        let names: Vec<(Id, String)> = documents.iter().map(|one| (one.id, project.title(one))).collect();
        let names: Vec<(Id, &str)> = names.iter().map(|(id, name)| (*id, name.as_str())).collect();
        by_name(project, Kind::Document, typed, &names)
    })
}

/// Finds a model of care by label, id or name.
pub fn model(project: &Project, typed: &str) -> Result<Id> {
    let models = project.state().all::<Model>();
    let names: Vec<(Id, &str)> = models.iter().map(|one| (one.id, one.name.as_str())).collect();
    by_name(project, Kind::Model, typed, &names)
}

/// Finds a step of a pathway by label, id or name.
pub fn step(project: &Project, typed: &str) -> Result<Id> {
    let steps = project.state().all::<Step>();
    let names: Vec<(Id, &str)> = steps.iter().map(|one| (one.id, one.name.as_str())).collect();
    by_name(project, Kind::Step, typed, &names)
}

pub(super) fn by_name(project: &Project, kind: Kind, typed: &str, names: &[(Id, &str)]) -> Result<Id> {
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

/// Names of one kind, gathered once for an act that looks many of them up.
pub(super) struct ByName {
    kind: Kind,
    names: Vec<(Id, String)>,
    folded: BTreeMap<String, Vec<Id>>,
}

impl ByName {
    pub fn of(kind: Kind, names: impl IntoIterator<Item = (Id, String)>) -> Self {
        let names: Vec<(Id, String)> = names.into_iter().collect();
        let mut folded: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for (id, name) in &names {
            folded.entry(crate::text::words::fold(name)).or_default().push(*id);
        }
        ByName { kind, names, folded }
    }

    /// As [`by_name`] finds it.
    pub fn find(&self, project: &Project, typed: &str) -> Result<Id> {
        let found = match self.folded.get(&crate::text::words::fold(typed.trim())).map(Vec::as_slice) {
            Some([one]) => Some(*one),
            Some(_) => None,
            None => find(project, self.kind, typed).ok(),
        };
        let names = || self.names.iter().map(|(id, name)| (*id, name.as_str())).collect::<Vec<_>>();
        found.map_or_else(|| by_name(project, self.kind, typed, &names()), Ok)
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

/// A day as it is kept: `2026-03-14`. Fault `bad-date`.
pub fn day(typed: &str) -> Result<()> {
    let day = typed.parse::<jiff::civil::Date>();
    day.map(drop).map_err(|_| fault("bad-date", format!("'{typed}' is no date")).hint("write it as 2026-03-14"))
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

/// Finds a thing of any kind: by label, with or without its tag, by id, or by the name of a code or component.
pub fn thing(project: &Project, typed: &str) -> Result<Id> {
    let typed = typed.trim();
    if let Ok(id) = typed.parse::<Id>()
        && project.state().is_here(id)
        && !project.state().hides(id)
    {
        return Ok(id);
    }
    let letters: String = typed.chars().take_while(char::is_ascii_alphabetic).collect();
    let is_label = typed[letters.len()..].starts_with(|next: char| next.is_ascii_digit());
    let kind = Kind::ALL.iter().find(|kind| kind.prefix().eq_ignore_ascii_case(&letters));
    if let Some(kind) = kind.filter(|_| is_label) {
        return find(project, *kind, typed);
    }
    code(project, typed).or_else(|refused| match component(project, typed) {
        Ok(id) => Ok(id),
        Err(_) if refused.0.code != "unknown-id" => Err(refused),
        Err(_) => Err(fault("unknown-id", format!("there is nothing called '{typed}'"))
            .hint("name a thing by its label, such as D3.gj, H2.gj or CD1.gj; a code or component by its name")),
    })
}
