//! Settling what a correction left open: a near place is confirmed, or a near or orphaned passage is put on
//! the words that a person names.

use super::{Bearer, bearers};
use crate::act::anchor::{self, Anchored, Spot};
use crate::act::resolve;
use crate::diagnostic::{Fault, Result, fault};
use crate::document::Document;
use crate::id::{Id, Kind, Label};
use crate::passage::{Anchor, Carried, Wholeness};
use crate::project::{Batch, Done, Lookup, Project};
use serde_json::{Value, json};

/// Where a thing now stands, settled.
#[derive(Debug, Clone)]
pub struct Settled {
    pub id: String,
    pub passage: String,
    pub text: String,
    /// The link now counts as another source's.
    pub source: Option<String>,
}

/// Confirms near places: of links, codings and memos by label, or all of a document.
pub fn confirm(project: &mut Project, things: &[String]) -> Result<Done<Vec<Settled>>> {
    project.write("document confirm", true, |batch| {
        let lookup = batch.project().lookup();
        let mut settled = Vec::new();
        for typed in things {
            for bearer in near_ones(batch.project(), typed)? {
                let quotation = batch.project().quotation(&lookup, &bearer.anchor)?;
                if quotation.wholeness != Wholeness::Whole {
                    return Err(unread(batch.project(), bearer.id));
                }
                settled.push(settle(batch, &lookup, &bearer, None, quotation.source, quotation.text));
            }
        }
        Ok(settled)
    })
}

/// Puts one thing on other words of the version in force; `words` are a quotation or units of its document.
pub fn replace(
    project: &mut Project,
    thing: &str,
    range: Option<&str>,
    quotation: Option<&str>,
) -> Result<Done<Vec<Settled>>> {
    project.write("document confirm", true, |batch| {
        let project = batch.project();
        let lookup = project.lookup();
        let bearer = find(project, thing)?;
        let document = project.label(bearer.anchor.document);
        let spot = Spot::parse(&document, range, quotation)?;
        let Anchored { anchor, source, text, .. } = anchor::anchor(project, &lookup, &spot)?;
        Ok(vec![settle(batch, &lookup, &bearer, Some(&anchor), source, text)])
    })
}

fn settle(
    batch: &mut Batch<'_>,
    lookup: &Lookup,
    bearer: &Bearer,
    to: Option<&Anchor>,
    source: Id,
    text: String,
) -> Settled {
    let project = batch.project();
    let passage = anchor::show(project, lookup, to.unwrap_or(&bearer.anchor));
    let link = project.state().get::<crate::evidence::Evidence>(bearer.id);
    let other = link.is_some_and(|link| link.source != source).then_some(source);
    let mut fields = Batch::fields(json!({ "anchor": to, "source": other }));
    if bearer.carried.is_some() {
        fields.insert("carried".to_owned(), Value::Null);
    }
    let settled =
        Settled { id: project.label(bearer.id), passage, text, source: other.map(|source| project.label(source)) };
    batch.set(bearer.kind, bearer.id, &fields);
    settled
}

/// What a label names that is to be confirmed.
fn near_ones(project: &Project, typed: &str) -> Result<Vec<Bearer>> {
    if typed.trim().parse::<Label>().is_ok_and(|label| label.kind == Kind::Document) {
        let id = resolve::find(project, Kind::Document, typed)?;
        resolve::read::<Document>(project, id)?;
        let mut near = bearers(project, id);
        let is_seen = |id| !project.state().hides(id);
        near.retain(|bearer| bearer.carried == Some(Carried::Near) && is_seen(bearer.id));
        return if near.is_empty() { Err(nothing(&format!("nothing in {}", project.label(id)))) } else { Ok(near) };
    }
    let bearer = find(project, typed)?;
    let label = project.label(bearer.id);
    match bearer.carried {
        Some(Carried::Near) => Ok(vec![bearer]),
        None => Err(nothing(&label)),
        Some(Carried::Orphan) => {
            Err(fault("orphan", format!("the words of {label} are no longer in the corrected text"))
                .hint(format!("say which words it stands on now: realist document confirm {label} --quote \"…\""))
                .hint("or remove it"))
        }
    }
}

fn nothing(what: &str) -> Fault {
    fault("nothing-to-confirm", format!("{what} is to be confirmed")).hint("see: realist document verify")
}

fn find(project: &Project, typed: &str) -> Result<Bearer> {
    let label: Option<Label> = typed.trim().parse().ok();
    let kind = label.map(|label| label.kind).filter(|kind| [Kind::Coding, Kind::Evidence, Kind::Memo].contains(kind));
    let kind = kind.ok_or_else(|| {
        fault("not-on-words", format!("'{typed}' is no link, coding or memo"))
            .hint("type a label such as E4.gj, CD12.gj or A3.gj; see: realist document verify")
    })?;
    let id = resolve::find(project, kind, typed)?;
    super::bearer(project, kind, id).ok_or_else(|| {
        fault("not-on-words", format!("{} stands on no words", project.label(id))).hint("see: realist document verify")
    })
}

fn unread(project: &Project, id: Id) -> Fault {
    fault("text-missing", format!("the words of {} cannot be read here", project.label(id)))
        .hint("let the sync client fetch corpus/text, or see: realist document verify")
}
