//! Settling a closed pass: what is kept becomes a consensus coding that stands beside those it was settled from; what
//! is dropped is written down; each with its reason. The coders' own codings stay as they are.

use super::items::{Item, items};
use crate::act::anchor::{self, Spot};
use crate::act::resolve;
use crate::codebook::{Code, Tree};
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::pass::{CONSENSUS, Pass, Settled, Verdict};
use crate::passage::Anchor;
use crate::project::{Batch, Done, Lookup, Project};
use serde_json::{Value, json};

/// What is said of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Number or key of the item.
    pub item: String,
    pub verdict: Verdict,
    /// For `Other`: another code, other words, or both.
    pub code: Option<String>,
    pub spot: Option<Spot>,
    pub reason: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub number: usize,
    pub verdict: Verdict,
    /// Label of the consensus coding.
    pub coding: Option<String>,
    /// It had been settled so before: nothing was written.
    pub was_so: bool,
}

/// A pass by its label, and its items.
pub fn find(project: &Project, typed: &str) -> Result<(Pass, Vec<Item>)> {
    let pass: Pass = resolve::read(project, resolve::find(project, Kind::Pass, typed)?)?;
    let items = items(project, &pass)?;
    Ok((pass, items))
}

/// Takes over all on which every coder agreed, and that nobody has settled otherwise; gives them, and how many have no
/// place in the text in force.
pub fn take_agreed(project: &mut Project, typed: &str) -> Result<Done<(Vec<Told>, usize)>> {
    project.write("pass reconcile", true, |batch| {
        let (pass, items) = find(batch.project(), typed)?;
        let (mut told, mut placeless) = (Vec::new(), 0);
        for item in items.iter().filter(|item| item.accord.is_agreed() && item.is_open()) {
            match &item.place {
                Some(place) => {
                    told.push(write(
                        batch,
                        &pass,
                        item,
                        Verdict::Agreed,
                        Some((item.code, place.anchor.clone())),
                        None,
                    ));
                }
                None => placeless += 1,
            }
        }
        Ok((told, placeless))
    })
}

/// Settles items: all that are said, or none. Faults: `no-item`, `reason-needed`, `nothing-other`, `no-place`.
pub fn settle(project: &mut Project, typed: &str, said: &[Said]) -> Result<Done<Vec<Told>>> {
    project.write("pass reconcile", true, |batch| {
        let (pass, items) = find(batch.project(), typed)?;
        let lookup = batch.project().lookup();
        said.iter().map(|said| one(batch, &lookup, &pass, &items, said)).collect()
    })
}

fn one(batch: &mut Batch<'_>, lookup: &Lookup, pass: &Pass, items: &[Item], said: &Said) -> Result<Told> {
    let label = batch.project().label(pass.id);
    let wanted = said.item.trim();
    let item = items.iter().find(|item| item.key == wanted || item.number.to_string() == wanted).ok_or_else(|| {
        fault("no-item", format!("{label} has no passage '{wanted}'"))
            .hint(format!("see them by number: realist pass reconcile {label} --list"))
    })?;
    let reason = said.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_none() && said.verdict != Verdict::Agreed {
        return Err(fault("reason-needed", format!("passage {} needs a reason", item.number))
            .hint("say why in a sentence: --reason 'both read it as …'"));
    }
    let result = match said.verdict {
        Verdict::Drop => None,
        Verdict::Agreed | Verdict::Keep => Some((item.code, place(batch.project(), lookup, item, None)?)),
        Verdict::Other => {
            if said.code.is_none() && said.spot.is_none() {
                return Err(fault("nothing-other", format!("which other code or words for passage {}?", item.number))
                    .hint("name a code, or the words: --code CODE, --quote WORDS, --at TURNS"));
            }
            let code = said.code.as_deref().map(|typed| resolve::code(batch.project(), typed)).transpose()?;
            Some((code.unwrap_or(item.code), place(batch.project(), lookup, item, said.spot.as_ref())?))
        }
    };
    Ok(write(batch, pass, item, said.verdict, result, reason))
}

/// The words named, else all those coded.
fn place(project: &Project, lookup: &Lookup, item: &Item, spot: Option<&Spot>) -> Result<Anchor> {
    if let Some(spot) = spot {
        return Ok(anchor::anchor(project, lookup, spot)?.anchor);
    }
    item.place.as_ref().map(|place| place.anchor.clone()).ok_or_else(|| {
        fault("no-place", format!("the words of passage {} are no longer all in the text in force", item.number))
            .hint("name the words that stand for them: --quote WORDS or --at TURNS")
            .hint("or let it go: --drop")
    })
}

/// The id of an item's consensus coding follows from the item, so that two who settle it unaware of each other make one.
pub(super) fn consensus_id(pass: Id, key: &str) -> Id {
    Id::derived([b"consensus".as_slice(), pass.as_bytes(), key.as_bytes()])
}

fn write(
    batch: &mut Batch<'_>,
    pass: &Pass,
    item: &Item,
    verdict: Verdict,
    result: Option<(Id, Anchor)>,
    reason: Option<&str>,
) -> Told {
    let project = batch.project();
    let id = consensus_id(pass.id, &item.key);
    let of: Vec<Id> = item.codings().map(|one| one.id).collect();
    let mut told = Told { number: item.number, verdict, coding: None, was_so: false };
    let coding = result.map(|(code, anchor)| {
        let codes = project.state().all::<Code>();
        json!({
            "code": Tree::new(&codes).stands_for(code),
            "anchor": anchor,
            "carried": null,
            "coder": CONSENSUS,
            "pass": pass.id,
            "of": of,
            "reason": reason,
        })
    });
    let settled = Settled {
        verdict,
        by: batch.coder().to_owned(),
        reason: reason.map(str::to_owned),
        coding: coding.is_some().then_some(id),
        of: item.codings().map(|one| one.id).collect(),
    };
    let said_before =
        item.settled.as_ref().is_some_and(|held| Settled { by: settled.by.clone(), ..held.clone() } == settled);
    let held = project.state().entity(id).filter(|entity| entity.is_here()).map(|entity| entity.fields());
    let is_same = |fields: &Value| {
        held.as_ref().is_some_and(|held| ["code", "anchor"].iter().all(|field| held.get(*field) == fields.get(*field)))
    };
    told.was_so = said_before && coding.as_ref().is_none_or(is_same) && item.rivals.is_empty();
    if told.was_so {
        told.coding = coding.is_some().then(|| project.label(id));
        return told;
    }
    match coding {
        Some(Value::Object(fields)) => told.coding = Some(batch.create_as(Kind::Coding, id, &fields).to_string()),
        _ if held.is_some() => batch.remove(Kind::Coding, id, reason.unwrap_or("dropped")),
        _ => {}
    }
    batch.set(Kind::Pass, pass.id, &Fields::from_iter([(format!("settled:{}", item.key), json!(settled))]));
    told
}
