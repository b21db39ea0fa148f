//! Blind double-coding passes: opening one, saying that one is done, closing it; what was settled afterwards.
//!
//! What an open pass hides, and from whom, is settled in `project/veil.rs`, for every view at once.

mod as_closed;
mod items;
mod layers;
mod look;
mod rivals;
mod settle;
mod show;

pub use as_closed::as_closed;
pub use items::{Accord, Item};
pub use layers::{Layer, Layers, days_settled};
pub use look::{CoderLook, Look, look, looks};
pub use rivals::Rival;
pub use settle::{Said, Told, find, settle, take_agreed};
pub use show::{Mark, Shown, show};

use super::agreement::{self, Basis, Compared, Wanted};
use super::{join, resolve};
use crate::codebook::Code;
use crate::diagnostic::{Fault, Result, fault};
use crate::document::Document;
use crate::history::{Fields, OVERLAY};
use crate::id::{Id, Kind};
use crate::pass::{Closing, Pass};
use crate::project::{Batch, Done, Project};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be coded blind, as typed.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    pub name: String,
    /// Tags.
    pub coders: Vec<String>,
    pub documents: Vec<String>,
    /// And the documents that were given to this coder (`assign`).
    pub assigned_to: Option<String>,
    /// The codes that are compared; none: all.
    pub codes: Vec<String>,
}

/// Opens a pass; gives its label. Faults: `no-name`, `one-coder`, `no-documents`.
pub fn open(project: &mut Project, wish: &Wish) -> Result<Done<String>> {
    let name = wish.name.trim();
    if name.is_empty() {
        return Err(fault("no-name", "a pass needs a name").hint("realist pass open 'round 1' D1.gj --coders gj,bk"));
    }
    let coders = tags(&wish.coders)?;
    project.write("pass open", true, |batch| {
        let documents = documents(batch.project(), wish)?;
        let codes = wish.codes.iter().map(|typed| resolve::code(batch.project(), typed));
        let codes = codes.collect::<Result<BTreeSet<Id>>>()?;
        let fields = Batch::fields(json!({
            "name": name,
            "coders": coders,
            "documents": documents,
            "codes": if codes.is_empty() { Value::Null } else { json!(codes) },
            "author": batch.coder(),
        }));
        Ok(batch.create(Kind::Pass, &fields).1.to_string())
    })
}

/// Two or more tags, each once.
fn tags(typed: &[String]) -> Result<Vec<String>> {
    let mut coders: Vec<String> = Vec::new();
    for tag in typed.iter().map(|tag| tag.trim().to_lowercase()) {
        join::check(&tag)?;
        if !coders.contains(&tag) {
            coders.push(tag);
        }
    }
    if coders.len() < 2 {
        return Err(fault("one-coder", "a pass is for two coders or more").hint("name their tags: --coders gj,bk"));
    }
    Ok(coders)
}

/// The documents named and those given to a coder, each once, in the order people count them.
fn documents(project: &Project, wish: &Wish) -> Result<Vec<Id>> {
    let named = wish.documents.iter().map(|typed| resolve::find(project, Kind::Document, typed));
    let mut documents = named.collect::<Result<Vec<Id>>>()?;
    if let Some(tag) = &wish.assigned_to {
        let tag = tag.trim().to_lowercase();
        let given = project.state().all::<Document>().into_iter().filter(|one| one.assigned.contains_key(&tag));
        documents.extend(given.map(|one| one.id));
    }
    documents.sort_by_cached_key(|id| (project.state().label_of(*id), *id));
    documents.dedup();
    if documents.is_empty() {
        return Err(fault("no-documents", "no document was named, and none was given to a coder")
            .hint("realist pass open 'round 1' D1.gj D2.gj --coders gj,bk")
            .hint("or draw some first: realist assign sample 20% --to bk; then add --assigned-to bk"));
    }
    Ok(documents)
}

/// Finds a pass that is still open. Fault `pass-closed`.
fn find_open(project: &Project, typed: &str) -> Result<Pass> {
    let pass: Pass = resolve::read(project, resolve::find(project, Kind::Pass, typed)?)?;
    refuse_closed(project, &pass)?;
    Ok(pass)
}

fn refuse_closed(project: &Project, pass: &Pass) -> Result<()> {
    let Some(closing) = &pass.closed else { return Ok(()) };
    let label = project.label(pass.id);
    Err(fault("pass-closed", format!("{label} was closed by {}", closing.by))
        .hint(format!("compare what was coded: realist stats agreement --pass {label}"))
        .hint("a further round is a pass of its own: realist pass open"))
}

/// Says that the one who writes has coded to the end, or (`done` false) has not after all. Gives the pass's label and
/// who is still at work.
pub fn done(project: &mut Project, typed: &str, done: bool) -> Result<Done<(String, Vec<String>)>> {
    project.write(if done { "pass done" } else { "pass reopen" }, true, |batch| {
        let pass = find_open(batch.project(), typed)?;
        let (label, tag) = (batch.project().label(pass.id), batch.coder().to_owned());
        if !pass.coders.contains(&tag) {
            return Err(fault("not-in-pass", format!("{tag} is no coder of {label}"))
                .hint(format!("its coders are {}; each says it for themselves", pass.coders.join(", "))));
        }
        if pass.done.contains(&tag) != done {
            let value = if done { json!(true) } else { Value::Null };
            batch.set(Kind::Pass, pass.id, &Fields::from_iter([(format!("done:{tag}"), value)]));
        }
        let waiting = pass.coders.iter().filter(|one| if **one == tag { !done } else { !pass.done.contains(*one) });
        Ok((label, waiting.cloned().collect()))
    })
}

/// Closes a pass: from then on everybody sees everything, and what was coded until then is known for good. Where two
/// people have closed it unaware of each other, closing it once more takes together what each of them closed. Fault
/// `not-done` where somebody has not said that they are, unless a reason is given.
pub fn close(project: &mut Project, typed: &str, even_so: Option<&str>) -> Result<Done<String>> {
    project.write("pass close", true, |batch| {
        let project = batch.project();
        let pass: Pass = resolve::read(project, resolve::find(project, Kind::Pass, typed)?)?;
        let label = project.label(pass.id);
        let by = batch.coder().to_owned();
        if let (Some(closing), Some(heads)) = (&pass.closed, together(project, &pass)) {
            let closed = Closing { by, even_so: closing.even_so.clone() };
            batch.set(Kind::Pass, pass.id, &Batch::fields(json!({ "closed": closed, "heads": heads })));
            return Ok(label);
        }
        refuse_closed(project, &pass)?;
        let waiting: Vec<&String> = pass.coders.iter().filter(|tag| !pass.done.contains(*tag)).collect();
        let even_so = even_so.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        if let Some(first) = waiting.first().filter(|_| even_so.is_none()) {
            return Err(fault("not-done", format!("still coding in {label}: {}", join_words(&waiting)))
                .hint(format!("each says when they are done: realist --coder {first} pass done {label}"))
                .hint("they did, elsewhere? take their work in first: realist merge")
                .hint(format!("close it all the same: realist pass close {label} --even-so 'why'")));
        }
        let mut heads = project.state().last_by_stream();
        heads.remove(OVERLAY);
        let closed = Closing { by, even_so: even_so.filter(|_| !waiting.is_empty()) };
        batch.set(Kind::Pass, pass.id, &Batch::fields(json!({ "closed": closed, "heads": heads })));
        Ok(label)
    })
}

/// Where two people have closed a pass unaware of each other: of each stream the operation further on. Whatever either of
/// them held was done before anybody there knew that it was closed.
fn together(project: &Project, pass: &Pass) -> Option<BTreeMap<String, String>> {
    let conflicts = project.state().conflicts_of(pass.id).into_iter();
    let mut others = conflicts.filter(|one| one.field == "heads").peekable();
    others.peek()?;
    let mut heads = pass.heads.clone();
    for other in others {
        let other: BTreeMap<String, String> = serde_json::from_value(other.other).ok()?;
        for (stream, head) in other {
            let held = heads.entry(stream).or_insert_with(|| head.clone());
            *held = project.state().further(held, &head).to_owned();
        }
    }
    Some(heads)
}

/// What is to be compared: what was coded in the pass that is asked for, else all codings as they are now.
fn basis(project: &Project, wanted: &Wanted) -> Result<Basis> {
    let Some(typed) = &wanted.pass else { return Ok(agreement::standing(project)) };
    let pass: Pass = resolve::read(project, resolve::find(project, Kind::Pass, typed)?)?;
    as_closed(project, &pass)
}

/// Codings laid beside each other. Faults: those of [`as_closed`] and of [`agreement::compare`].
pub fn compared(project: &Project, wanted: &Wanted) -> Result<Compared> {
    let basis = basis(project, wanted)?;
    let compare = || agreement::compare(project, basis, wanted);
    // What a further pass hides was seen by all when this one was closed.
    if wanted.pass.is_some() { project.state().whole(|_| compare()) } else { compare() }
}

/// The same, where two people have coded anything. Faults: those of [`compared`], `coded-once`.
pub fn compared_by_two(project: &Project, wanted: &Wanted) -> Result<Compared> {
    let compared = compared(project, wanted)?;
    match (&wanted.pass, compared.refuse_one_coder(project)) {
        (_, Ok(())) => Ok(compared),
        (Some(pass), Err(_)) => Err(coded_alone(project, pass)?),
        (None, Err(refused)) => Err(refused),
    }
}

/// A closed pass takes up no more codings.
fn coded_alone(project: &Project, typed: &str) -> Result<Fault> {
    let pass: Pass = resolve::read(project, resolve::find(project, Kind::Pass, typed)?)?;
    let basis = as_closed(project, &pass)?;
    let label = project.label(pass.id);
    let missing: Vec<&String> =
        pass.coders.iter().filter(|tag| !basis.coders.values().flatten().any(|coder| coder == *tag)).collect();
    let refused = fault("coded-once", format!("in {label} no document was coded by two of those compared"));
    let refused = if missing.is_empty() {
        refused
    } else {
        refused.hint(format!("when it was closed, nothing was there by {}", join_words(&missing)))
    };
    let documents: Vec<String> = pass.documents.iter().map(|id| project.label(*id)).collect();
    Ok(refused.hint(format!(
        "what is coded now is no longer blind; open a further pass: realist pass open 'Second try' {} --coders {}",
        documents.join(" "),
        pass.coders.join(",")
    )))
}

/// Label and name of a pass. Fault `unknown-id`.
pub fn named(project: &Project, typed: &str) -> Result<(String, String)> {
    let pass: Pass = resolve::read(project, resolve::find(project, Kind::Pass, typed)?)?;
    Ok((project.label(pass.id), pass.name))
}

/// Labels of passes that were closed.
pub fn closed(project: &Project) -> Vec<String> {
    let mut passes = project.state().all::<Pass>();
    passes.retain(|pass| !pass.is_open());
    passes.iter().map(|pass| project.label(pass.id)).collect()
}

fn join_words(words: &[&String]) -> String {
    words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ")
}

/// Names of codes, or their labels where they are gone.
fn code_names(project: &Project, codes: &[Id]) -> Vec<String> {
    let name = |id: &Id| project.state().get::<Code>(*id).map_or_else(|| project.label(*id), |code| code.name);
    codes.iter().map(name).collect()
}
