//! A whole pathway from a table: every step with its moves, all or none. A move names a step by its name, its rank or its
//! label, and behind a colon what makes one move.

use super::entry::{self, Entry};
use super::moves::{out, refuse_turned};
use super::{Held, model_meant};
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::pathway::{Move, Step, Way, folded};
use crate::project::{Batch, Done, Project};
use serde_json::json;
use std::collections::BTreeMap;

/// One row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// `leaving` apart, which is resolved here.
    pub entry: Entry,
    /// Steps one must leave to enter it.
    pub leaving: Vec<String>,
    /// `Talking therapies: no better after six weeks`.
    pub moves: Vec<(Way, String)>,
}

/// A step that may be meant: one that is there, or one of the table.
struct Known {
    id: Id,
    label: String,
    name: String,
    rank: u32,
}

/// All of them, found by what they are called.
#[derive(Default)]
struct All {
    steps: Vec<Known>,
    /// By folded name, or label; of several the first.
    called: BTreeMap<String, usize>,
    ranked: BTreeMap<u32, Vec<usize>>,
}

impl All {
    fn push(&mut self, one: Known) {
        let at = self.steps.len();
        for called in [&one.name, &one.label] {
            self.called.entry(folded(called)).or_insert(at);
        }
        self.ranked.entry(one.rank).or_default().push(at);
        self.steps.push(one);
    }
}

/// Adds all steps of a table to the pathway of a model; gives their labels in the order of the rows.
///
/// Faults: those of [`super::add`] and of moves, each naming its row; `unknown-step`.
pub fn add(project: &mut Project, model: Option<&str>, rows: &[Row]) -> Result<Done<Vec<String>>> {
    project.write("step add", true, |batch| {
        let model = model_meant(batch.project(), model)?;
        let mut held = Held::of(batch.project(), model);
        let mut known = All::default();
        for one in held.steps.iter().filter(|one| !one.retired) {
            let label = batch.project().label(one.id);
            known.push(Known { id: one.id, label, name: one.name.clone(), rank: one.rank });
        }
        let before = known.steps.len();
        for (number, row) in (1..).zip(rows) {
            known.push(create(batch, model, &mut held, &row.entry).map_err(|fault| fault.in_row(number))?);
        }
        let made = &known.steps[before..];
        for ((number, row), own) in (1..).zip(rows).zip(made) {
            let fields = moves(&known, own, row).map_err(|fault| fault.in_row(number))?;
            batch.set(Kind::Step, own.id, &fields);
        }
        Ok(made.iter().map(|one| one.label.clone()).collect())
    })
}

fn create(batch: &mut Batch<'_>, model: Id, held: &mut Held, entry: &Entry) -> Result<Known> {
    let fields = entry::fresh(batch, model, held, entry)?;
    let (id, label) = batch.create(Kind::Step, &fields);
    let unread = |error: serde_json::Error| fault("bad-row", format!("this is no step: {error}"));
    let step: Step = serde_json::from_value(fields.into_iter().collect()).map_err(unread)?;
    let known = Known { id, label: label.to_string(), name: step.name.clone(), rank: step.rank };
    held.push(Step { id, ..step });
    Ok(known)
}

/// Fields of a row's moves and of what one must leave for it.
fn moves(known: &All, own: &Known, row: &Row) -> Result<Fields> {
    let mut fields = Fields::new();
    let from = own.id;
    if row.leaving.iter().any(|one| entry::is_none(one)) {
        fields.insert("leaves_none".to_owned(), json!(true));
    }
    for typed in row.leaving.iter().filter(|one| !entry::is_none(one)) {
        let other = find(known, typed)?.ok_or_else(|| unknown(known, typed))?;
        refuse_itself(other, from)?;
        fields.insert(format!("leaving:{}", other.id), json!(true));
    }
    for (way, typed) in &row.moves {
        if *way == Way::Out {
            let (place, when) = typed.split_once(':').unwrap_or((typed, ""));
            let (field, value, _) = out(place, said(when), None)?;
            fields.insert(field, value);
            continue;
        }
        let (other, when) = target(known, typed)?;
        refuse_itself(other, from)?;
        refuse_turned(*way, (&own.name, own.rank), (&other.name, other.rank))?;
        fields.insert(format!("{way}:{}", other.id), json!(Move { when }));
    }
    Ok(fields)
}

fn said(when: &str) -> Option<String> {
    Some(when.trim()).filter(|when| !when.is_empty()).map(str::to_owned)
}

/// Fault `same-step`.
fn refuse_itself(other: &Known, from: Id) -> Result<()> {
    if other.id == from {
        return Err(fault("same-step", format!("'{}' is the step of this row itself", other.name)));
    }
    Ok(())
}

/// A step, and behind a colon what makes one move there; a name may hold colons of its own. Fault `unknown-step`.
fn target<'k>(known: &'k All, typed: &str) -> Result<(&'k Known, Option<String>)> {
    if let Some(whole) = find(known, typed)? {
        return Ok((whole, None));
    }
    for (at, _) in typed.match_indices(':') {
        if let Some(named) = find(known, &typed[..at])? {
            return Ok((named, said(&typed[at + 1..])));
        }
    }
    Err(unknown(known, typed.split(':').next().unwrap_or(typed)))
}

/// By name, by label, or by a rank that one step alone has: `3`, `step 3`. Fault `ambiguous-step`.
fn find<'k>(known: &'k All, typed: &str) -> Result<Option<&'k Known>> {
    let wanted = folded(typed);
    let step = |at: &usize| &known.steps[*at];
    if let Some(named) = known.called.get(&wanted) {
        return Ok(Some(step(named)));
    }
    let rank = wanted.strip_prefix("step").unwrap_or(&wanted).trim().parse::<u32>().ok();
    match rank.and_then(|rank| known.ranked.get(&rank)).map(Vec::as_slice) {
        None | Some([]) => Ok(None),
        Some([one]) => Ok(Some(step(one))),
        Some([first, ..]) => {
            let rank = step(first).rank;
            Err(fault("ambiguous-step", format!("several steps have rank {rank}")).hint("name the step itself"))
        }
    }
}

fn unknown(known: &All, typed: &str) -> Fault {
    let names = || known.steps.iter().map(|one| one.name.as_str());
    let refused = fault("unknown-step", format!("'{}' is no step of this pathway", typed.trim()));
    crate::act::resolve::meant(refused, &did_you_mean(typed.trim(), names()))
        .hint(format!("steps: {}", names().collect::<Vec<_>>().join("; ")))
        .hint("write its name or rank, and behind a colon what makes one move: \"Talking therapies: no better\"")
}
