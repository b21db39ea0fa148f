//! Recommendations: written, changed, retired, done. None is written that nothing carries. `draft` finds what could be
//! recommended, `look` tells what there is.

pub mod draft;
pub mod look;
mod owner;
#[cfg(test)]
mod tests;

pub use owner::is_nobodys;

use super::resolve;
use crate::action::Finish;
use crate::diagnostic::{Fault, Result, fault};
use crate::grounds::{Ground, Grounds, Worth, footing};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Batch, Depth, Done, Project};
use crate::recommendation::{Addressee, Recommendation};
use crate::synthesis::{Bearings, Synthesis};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a person says of a recommendation; `None` leaves a field as it is, an empty text takes it away.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub action: Option<String>,
    pub for_whom: Option<String>,
    pub context: Option<String>,
    pub would_change: Option<String>,
    /// A coder's tag, a panel member's token, or a role in words.
    pub owner: Option<String>,
    pub due: Option<String>,
    pub role: Option<String>,
    pub competency: Option<String>,
    pub gap: Option<String>,
    pub supervision: Option<String>,
    /// Labels of decisions and statements.
    pub basis: Vec<String>,
    pub training: Vec<String>,
    pub needs: Vec<String>,
    /// What it is no longer to name: decisions, statements, training cases, needs.
    pub without: Vec<String>,
}

/// Writes a recommendation; gives its label.
///
/// Faults: `no-ground` (nothing carries it), `fallen-ground`, `no-ground-kind`, `not-workforce`, `bad-owner`, `bad-date`,
/// `unknown-id`.
pub fn add(project: &mut Project, audience: Addressee, entry: &Entry) -> Result<Done<String>> {
    project.write("recommend add", true, |batch| {
        let synthesis = batch.project().synthesis(Depth::Facts)?;
        create(batch, &synthesis, audience, entry)
    })
}

/// Writes many, all or none; gives their labels. Faults: those of [`add`], each naming its row.
pub fn add_all(project: &mut Project, rows: &[(Addressee, Entry)]) -> Result<Done<Vec<String>>> {
    project.write("recommend add", true, |batch| {
        let synthesis = batch.project().synthesis(Depth::Facts)?;
        let made = (1..).zip(rows).map(|(number, (audience, entry))| {
            create(batch, &synthesis, *audience, entry).map_err(|fault| fault.in_row_of(number, rows.len()))
        });
        made.collect()
    })
}

fn create(batch: &mut Batch<'_>, synthesis: &Synthesis, audience: Addressee, entry: &Entry) -> Result<String> {
    let mut fields = entered(batch.project(), audience, entry)?;
    fields.retain(|_, value| !value.is_null());
    let cited = cited(batch.project(), &entry.basis)?;
    refuse_groundless(synthesis, &cited, &cited)?;
    fields.extend(cited.iter().map(|id| (format!("basis:{id}"), json!(true))));
    fields.insert("audience".to_owned(), json!(audience));
    fields.insert("author".to_owned(), batch.coder().into());
    Ok(batch.create(Kind::Recommendation, &fields).1.to_string())
}

/// Says something else of a recommendation; gives its label. Faults: those of [`add`], `nothing-to-change`, `not-named`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("recommend edit", true, |batch| {
        let held = find(batch.project(), typed)?;
        let label = batch.project().label(held.id);
        let mut fields = entered(batch.project(), held.audience, entry)?;
        let added = cited(batch.project(), &entry.basis)?;
        let mut basis: BTreeSet<Id> = held.basis.union(&added).copied().collect();
        fields.extend(added.iter().map(|id| (format!("basis:{id}"), json!(true))));
        for typed in &entry.without {
            let (name, id) = named(batch.project(), &held, typed)?;
            basis.remove(&id);
            fields.insert(name, Value::Null);
        }
        if fields.is_empty() {
            return Err(fault("nothing-to-change", format!("what of {label} is to change?"))
                .hint(format!("realist recommend edit {label} --action \"...\" --owner gj --due 2026-05-01")));
        }
        if basis != held.basis {
            refuse_groundless(&batch.project().synthesis(Depth::Facts)?, &basis, &added)?;
        }
        let so_far = batch.project().state().entity(held.id).map(|entity| entity.fields()).unwrap_or_default();
        fields.retain(|name, value| so_far.get(name).unwrap_or(&Value::Null) != value);
        batch.set(Kind::Recommendation, held.id, &fields);
        Ok(label)
    })
}

/// Keeps a recommendation and leaves it out of papers, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    project.write(if retired { "recommend retire" } else { "recommend revive" }, true, |batch| {
        let held = find(batch.project(), typed)?;
        if held.retired != retired {
            let retired = Fields::from_iter([("retired".to_owned(), json!(retired))]);
            batch.set(Kind::Recommendation, held.id, &retired);
        }
        Ok(batch.project().label(held.id))
    })
}

/// Notes that what was recommended is done. Faults: `unknown-id`, `done-before`, `no-action`.
pub fn finish(project: &mut Project, typed: &str, result: Option<&str>) -> Result<Done<String>> {
    project.write("recommend done", true, |batch| {
        let held = find(batch.project(), typed)?;
        let label = batch.project().label(held.id);
        if let Some(done) = &held.done {
            return Err(fault("done-before", format!("{label} was done on {} by {}", done.on, done.by)));
        }
        if held.is_skeleton() {
            return Err(fault("no-action", format!("{label} does not say yet what is to be done"))
                .hint(format!("realist recommend edit {label} --action \"...\"")));
        }
        let result = result.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let done = Finish { on: batch.today(), by: batch.coder().to_owned(), result };
        batch.set(Kind::Recommendation, held.id, &Batch::fields(json!({ "done": done })));
        Ok(label)
    })
}

/// A recommendation by label or id. Fault `unknown-id`.
pub fn find(project: &Project, typed: &str) -> Result<Recommendation> {
    resolve::read(project, resolve::find(project, Kind::Recommendation, typed)?)
}

/// Fields of what was said, its basis apart; null where it is taken away.
fn entered(project: &Project, audience: Addressee, entry: &Entry) -> Result<Fields> {
    let text = |typed: &str| Some(typed.trim().to_owned()).filter(|text| !text.is_empty());
    let mut fields = Fields::new();
    for (name, typed) in [
        ("action", &entry.action),
        ("for_whom", &entry.for_whom),
        ("context", &entry.context),
        ("would_change", &entry.would_change),
    ] {
        fields.extend(typed.iter().map(|typed| (name.to_owned(), json!(text(typed)))));
    }
    if let Some(typed) = &entry.owner {
        let owner = text(typed).map(|typed| owner::owner(&typed)).transpose()?;
        fields.insert("owner".to_owned(), json!(owner));
    }
    if let Some(typed) = &entry.due {
        let due = text(typed);
        due.as_deref().map_or(Ok(()), resolve::day)?;
        fields.insert("due".to_owned(), json!(due));
    }
    let of_workforce = [
        ("role", &entry.role),
        ("competency", &entry.competency),
        ("gap", &entry.gap),
        ("supervision", &entry.supervision),
    ];
    let says = of_workforce.iter().find(|(_, typed)| typed.is_some()).map(|(name, _)| *name);
    let says = says.or((!entry.training.is_empty()).then_some("training"));
    if let Some(name) = says.filter(|_| audience != Addressee::Workforce) {
        return Err(fault("not-workforce", format!("a recommendation for {audience} has no {name}"))
            .hint("role, competency, gap, supervision and training belong to: --audience workforce"));
    }
    for (name, typed) in of_workforce {
        fields.extend(typed.iter().map(|typed| (name.to_owned(), json!(text(typed)))));
    }
    for (prefix, kind, typed) in [("training", Kind::Training, &entry.training), ("need", Kind::Need, &entry.needs)] {
        for typed in typed {
            fields.insert(format!("{prefix}:{}", resolve::find(project, kind, typed)?), json!(true));
        }
    }
    Ok(fields)
}

/// Decisions and statements by label.
fn cited(project: &Project, typed: &[String]) -> Result<BTreeSet<Id>> {
    let find = |typed: &String| {
        let id = resolve::thing(project, typed)?;
        let kind = project.state().entity(id).map(|entity| entity.kind);
        if matches!(kind, Some(Kind::Decision | Kind::Hypothesis)) {
            return Ok(id);
        }
        Err(fault("no-ground-kind", format!("{} is neither a decision nor a statement", project.label(id)))
            .hint("a recommendation rests on decisions and statements: --basis X1.gj --basis H3.gj"))
    };
    typed.iter().map(find).collect()
}

/// The field that names a thing which a recommendation is to name no longer.
fn named(project: &Project, held: &Recommendation, typed: &str) -> Result<(String, Id)> {
    let id = resolve::thing(project, typed)?;
    let fields = [("basis", &held.basis), ("training", &held.training), ("need", &held.needs)];
    let field = fields.iter().find(|(_, ids)| ids.contains(&id));
    field.map(|(name, _)| (format!("{name}:{id}"), id)).ok_or_else(|| {
        let (label, other) = (project.label(held.id), project.label(id));
        fault("not-named", format!("{label} does not name {other}")).hint(format!("realist recommend show {label}"))
    })
}

/// Refuses a recommendation that nothing carries, and to name anew what does not stand.
fn refuse_groundless(synthesis: &Synthesis, basis: &BTreeSet<Id>, fresh: &BTreeSet<Id>) -> Result<()> {
    let bearings = Bearings::of(synthesis);
    let grounds = Grounds::new(&bearings);
    let all: Vec<Ground> = basis.iter().map(|id| grounds.of(*id)).collect();
    let said = |one: &Ground| format!("{}: {}", synthesis.label(one.of), one.why);
    if let Some(fallen) = all.iter().find(|one| one.worth == Worth::Fallen && fresh.contains(&one.of)) {
        return Err(fault("fallen-ground", format!("nothing can rest on {}", said(fallen)))
            .hint("what can be rested on: realist recommend draft --audience practice"));
    }
    if footing(&all).is_carried() {
        return Ok(());
    }
    Err(groundless(synthesis, &all, said))
}

fn groundless(synthesis: &Synthesis, all: &[Ground], said: impl Fn(&Ground) -> String) -> Fault {
    let named: Vec<String> = all.iter().map(said).collect();
    let of = if named.is_empty() { "it names no basis".to_owned() } else { named.join("; ") };
    let refused = fault("no-ground", format!("nothing carries the recommendation: {of}"))
        .hint("name an agreed decision or a supported statement: --basis X1.gj");
    let decided = all.iter().filter_map(|one| {
        let decision = synthesis.decision_on(one.of)?;
        let agreed = decision.consensus_on(one.of)?;
        let is_agreed =
            matches!(agreed, crate::decision::Consensus::Agreed | crate::decision::Consensus::AgreedWithDissent);
        is_agreed.then(|| (synthesis.label(one.of), synthesis.label(decision.id)))
    });
    let refused = decided.fold(refused, |refused, (of, by)| {
        refused.hint(format!("people agreed on {of} in {by}: name the decision too: --basis {by}"))
    });
    refused.hint("what can be rested on, and what is blocked: realist recommend draft --audience practice")
}
