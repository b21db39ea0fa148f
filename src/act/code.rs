//! Coding: putting a code on a passage. Overlapping codes and several coders are the normal case.

use super::anchor::{self, Anchored, Spot};
use super::{memo, resolve};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::passage::Anchor;
use crate::project::{Batch, Done, Lookup, Project};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// One passage and the codes to put on it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub codes: Vec<String>,
    pub spot: Spot,
    /// Noted on each coding that is made: a memo of its own, which is sealed.
    pub memo: Option<String>,
}

/// What came of one wish.
#[derive(Debug, Clone)]
pub struct Coded {
    /// Its label.
    pub id: String,
    pub coding: Id,
    pub document: Id,
    /// Who speaks there: a source.
    pub source: Id,
    pub code: String,
    pub passage: String,
    /// The same by numbered units: `D1.gj/14..17`.
    pub place: String,
    pub text: String,
    /// The same coder had put the same code there before: nothing was added.
    pub was_there: bool,
}

/// Codes passages: all of them, or none.
pub fn add(project: &mut Project, wishes: &[Wish]) -> Result<Done<Vec<Coded>>> {
    put(project, "code add", wishes, false)
}

/// The same of what a search found: nobody has read it yet.
pub fn add_unread(project: &mut Project, wishes: &[Wish]) -> Result<Done<Vec<Coded>>> {
    put(project, "code found", wishes, true)
}

fn put(project: &mut Project, act: &str, wishes: &[Wish], unread: bool) -> Result<Done<Vec<Coded>>> {
    let rows: Vec<usize> = (1..=wishes.len()).collect();
    project.write(act, true, |batch| place(batch, wishes, unread, &rows))
}

/// The same as part of another act; `rows` are the numbers that faults name the wishes by, where there are several.
pub(super) fn place(batch: &mut Batch<'_>, wishes: &[Wish], unread: bool, rows: &[usize]) -> Result<Vec<Coded>> {
    let lookup = batch.project().lookup();
    let mut there = There { unread, ..There::default() };
    let mut names: BTreeMap<String, Id> = BTreeMap::new();
    let mut coded = Vec::new();
    let anchored = anchor_all(batch.project(), &lookup, wishes);
    for ((wish, anchored), row) in wishes.iter().zip(anchored).zip(rows) {
        anchored
            .and_then(|anchored| add_one(batch, &lookup, wish, &anchored, &mut there, &mut names, &mut coded))
            .map_err(|fault| fault.in_row_of(*row, wishes.len()))?;
    }
    Ok(coded)
}

/// Settles the wishes document by document, so that each text is read once; gives them in their own
/// order, as far as the first that cannot be settled.
fn anchor_all(project: &Project, lookup: &Lookup, wishes: &[Wish]) -> Vec<Result<Anchored>> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|at| &wishes[*at].spot.document);
    let mut end = wishes.len();
    let mut settled: Vec<(usize, Result<Anchored>)> = Vec::with_capacity(end);
    for at in order {
        if at >= end {
            continue;
        }
        let anchored = settle(project, lookup, &wishes[at]);
        end = if anchored.is_err() { at + 1 } else { end };
        settled.push((at, anchored));
    }
    settled.sort_by_key(|(at, _)| *at);
    settled.into_iter().take(end).map(|(_, anchored)| anchored).collect()
}

fn settle(project: &Project, lookup: &Lookup, wish: &Wish) -> Result<Anchored> {
    if wish.codes.is_empty() {
        return Err(fault("no-code", "no code was named").hint("realist code add D3.gj t14 --code trust"));
    }
    anchor::anchor(project, lookup, &wish.spot)
}

/// This coder's codings, those of the batch included, so that none is made twice: read place by place.
#[derive(Default)]
pub(super) struct There {
    places: BTreeMap<Id, BTreeMap<(Id, Anchor), Held>>,
    /// What is made now was found by a search.
    unread: bool,
}

/// A coding that is there.
struct Held {
    label: String,
    id: Id,
    unread: bool,
}

impl There {
    /// What this coder has coded at an anchor's place.
    fn at(&mut self, batch: &Batch<'_>, anchor: &Anchor) -> &mut BTreeMap<(Id, Anchor), Held> {
        self.places.entry(anchor.place()).or_insert_with(|| {
            let project = batch.project();
            let own = project.state().about::<Coding>(anchor.place()).into_iter();
            own.filter(|coding| coding.coder == batch.coder())
                .map(|coding| {
                    let held = Held { label: project.label(coding.id), id: coding.id, unread: coding.unread };
                    ((coding.code, project.as_set_today(&coding.anchor).unversioned()), held)
                })
                .collect()
        })
    }
}

pub(super) fn add_one(
    batch: &mut Batch<'_>,
    lookup: &Lookup,
    wish: &Wish,
    anchored: &Anchored,
    there: &mut There,
    names: &mut BTreeMap<String, Id>,
    coded: &mut Vec<Coded>,
) -> Result<()> {
    let passage = anchor::show(batch.project(), lookup, &anchored.anchor);
    let place_of = anchored.place(batch.project());
    let distinct: BTreeSet<&String> = wish.codes.iter().collect();
    for typed in distinct {
        let code = match names.get(typed) {
            Some(id) => *id,
            None => {
                let id = resolve::code(batch.project(), typed)?;
                refuse_heading(batch.project(), id)?;
                names.insert(typed.clone(), id);
                id
            }
        };
        let place = (code, anchored.anchor.unversioned());
        let unread = there.unread;
        let (coding, id, was_there) = match there.at(batch, &anchored.anchor).get_mut(&place) {
            Some(held) => {
                // Who puts a code on what a search had found has read it.
                if held.unread && !unread {
                    held.unread = false;
                    batch.set(Kind::Coding, held.id, &Fields::from_iter([("unread".to_owned(), Value::Null)]));
                }
                (held.id, held.label.clone(), true)
            }
            None => {
                let mut fields = Batch::fields(json!({
                    "code": code,
                    "anchor": anchored.anchor,
                    "coder": batch.coder(),
                }));
                if unread {
                    fields.insert("unread".to_owned(), json!(true));
                }
                let (id, label) = batch.create(Kind::Coding, &fields);
                let label = label.to_string();
                if let Some(text) = wish.memo.as_deref().filter(|text| !text.trim().is_empty()) {
                    memo::write(batch, &memo::Written::on(id, text))?;
                }
                there.at(batch, &anchored.anchor).insert(place, Held { label: label.clone(), id, unread });
                (id, label, false)
            }
        };
        coded.push(Coded {
            id,
            coding,
            document: anchored.document,
            source: anchored.source,
            code: typed.clone(),
            passage: passage.clone(),
            place: place_of.clone(),
            text: anchored.text.clone(),
            was_there,
        });
    }
    Ok(())
}

/// A heading gathers codes: what would be put on it belongs on one of them.
pub(super) fn refuse_heading(project: &Project, code: Id) -> Result<()> {
    let held: Code = resolve::read(project, code)?;
    if !held.heading {
        return Ok(());
    }
    let codes = project.state().all::<Code>();
    let below: Vec<&str> =
        codes.iter().filter(|one| one.parent == Some(code) && !one.retired).map(|one| one.name.as_str()).collect();
    let refused = fault("heading", format!("{} gathers other codes and is not put on passages", held.name));
    Err(match below.as_slice() {
        [] => refused,
        some => refused.hint(format!("below it are: {}", some.join(", "))),
    }
    .hint(format!("to code with it all the same: realist codebook edit {} --heading no", project.label(code))))
}

/// Somebody has read what a search had found, and the codings stand. Gives their labels.
pub fn confirm(project: &mut Project, codings: &[Id]) -> Result<Done<Vec<String>>> {
    project.write("code confirm", true, |batch| {
        let held =
            codings.iter().map(|id| resolve::read::<Coding>(batch.project(), *id)).collect::<Result<Vec<_>>>()?;
        let unread: Vec<Coding> = held.into_iter().filter(|one| one.unread).collect();
        for coding in &unread {
            batch.set(Kind::Coding, coding.id, &Fields::from_iter([("unread".to_owned(), Value::Null)]));
        }
        Ok(unread.iter().map(|one| batch.project().label(one.id)).collect())
    })
}

/// Takes codings off again.
pub fn remove(project: &mut Project, codings: &[String], reason: Option<&str>) -> Result<Done<Vec<String>>> {
    project.write("code remove", true, |batch| {
        let mut labels = Vec::new();
        for typed in codings {
            let id = resolve::find(batch.project(), Kind::Coding, typed)?;
            labels.push(batch.project().label(id));
            batch.remove(Kind::Coding, id, reason.unwrap_or("removed"));
        }
        Ok(labels)
    })
}
