//! Memos: what a researcher noted about words of a document or about anything else of the project.
//!
//! [`margin`] makes memos of the comments that came with a document, [`list`] finds those a person may
//! see. What a memo says is sealed: it may quote somebody.

pub mod list;
pub mod margin;

use super::anchor::{self, Spot};
use super::resolve;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::id::{Id, Kind};
use crate::memo::{Access, Memo};
use crate::passage::Anchor;
use crate::project::{Batch, Done, Project};
use crate::report::disagreements::found::Noted;
use serde_json::{Value, json};

/// A memo as a person writes it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The words it is about.
    pub spot: Option<Spot>,
    /// Label of the thing it is about, or the name of a code or component.
    pub about: Option<String>,
    pub text: String,
    pub access: Access,
}

/// Writes a memo; returns its label.
///
/// Faults: `no-text`, `about-nothing`, `purged`, and those of resolving what it is about.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("memo add", true, |batch| {
        let text = said(&entry.text)?;
        let project = batch.project();
        let spot = entry.spot.as_ref().map(|spot| anchor::anchor(project, &project.lookup(), spot)).transpose()?;
        let about = entry.about.as_deref().map(|typed| resolve::thing(project, typed)).transpose()?;
        if spot.is_none() && about.is_none() {
            return Err(fault("about-nothing", "what is the memo about?")
                .hint("words: realist memo add D3.gj t14 --text \"...\"")
                .hint("or a thing: realist memo add --about H2.gj --text \"...\""));
        }
        about.into_iter().try_for_each(|id| refuse_purged(project, id))?;
        write(batch, &Written { anchor: spot.map(|anchored| anchored.anchor), about, text, access: entry.access })
    })
}

/// A memo as it is written down.
#[derive(Debug)]
pub struct Written<'t> {
    pub anchor: Option<Anchor>,
    pub about: Option<Id>,
    pub text: &'t str,
    pub access: Access,
}

impl Written<'_> {
    /// The team's, on a thing.
    pub fn on(about: Id, text: &str) -> Written<'_> {
        Written { anchor: None, about: Some(about), text, access: Access::Team }
    }
}

/// Writes a memo in an act of its own or of another's; returns its label. What it says is sealed.
pub fn write(batch: &mut Batch<'_>, memo: &Written<'_>) -> Result<String> {
    let text = batch.seal(&Value::from(memo.text.trim()))?;
    let fields = Batch::fields(json!({
        "anchor": memo.anchor,
        "about": memo.about,
        "text": text,
        "author": batch.coder(),
        "access": Some(memo.access).filter(|access| *access != Access::Team),
    }));
    Ok(batch.create(Kind::Memo, &fields).1.to_string())
}

/// What the team noted on a coding: memos about it, and the one that older journals hold in the coding itself, as
/// long as its words are there. Private ones are left out.
pub fn on_coding(project: &Project, coding: &Coding) -> Vec<Noted> {
    let own = of_older_journals(project, coding).map(|text| Noted {
        id: project.label(coding.id),
        author: Some(coding.coder.clone()),
        access: Access::Team,
        text,
    });
    let about = project.state().about::<Memo>(coding.id).into_iter();
    let about = about.filter(|memo| memo.about == Some(coding.id) && memo.access != Access::Private);
    let read = about.filter_map(|memo| {
        let text = project.unseal_text(&memo.text)?;
        Some(Noted { id: project.label(memo.id), author: memo.author, access: memo.access, text })
    });
    own.into_iter().chain(read).collect()
}

/// A memo in the coding's own fields. The journal keeps it for good; once the words it is about were destroyed, nobody
/// is shown it any more.
pub fn of_older_journals(project: &Project, coding: &Coding) -> Option<String> {
    let text = coding.memo.as_ref().filter(|text| !text.trim().is_empty())?;
    let document = project.state().get::<Document>(coding.anchor.document)?;
    coding.anchor.carried(&document).map(|_| text.clone())
}

/// Changes what a memo says or who may read it; `None` leaves it.
///
/// Faults: `no-text`, `not-yours`, `no-author`, `purged`.
pub fn edit(project: &mut Project, memo: &str, text: Option<&str>, access: Option<Access>) -> Result<Done<String>> {
    project.write("memo edit", true, |batch| {
        let held = find(batch.project(), memo, batch.coder())?;
        let label = batch.project().label(held.id);
        if let Some(author) = held.author.as_ref().filter(|author| *author != batch.coder()) {
            return Err(fault("not-yours", format!("{label} is signed by {author}"))
                .hint(format!("answer it: realist memo add --about {label} --text \"...\"")));
        }
        if held.author.is_none() && access == Some(Access::Private) {
            return Err(fault("no-author", format!("{label} came with a document: nobody could read it any more"))
                .hint(format!("remove it: realist memo remove {label}")));
        }
        refuse_purged(batch.project(), held.id)?;
        let text = text.map(said).transpose()?.map(|text| batch.seal(&Value::from(text))).transpose()?;
        batch.set(Kind::Memo, held.id, &Batch::fields(json!({ "text": text, "access": access })));
        Ok(label)
    })
}

/// Takes memos away; somebody else's with a reason.
///
/// Faults: `reason-needed` and those of finding them.
pub fn remove(project: &mut Project, memos: &[String], reason: Option<&str>) -> Result<Done<Vec<String>>> {
    project.write("memo remove", true, |batch| {
        let mut labels = Vec::new();
        for typed in memos {
            let held = find(batch.project(), typed, batch.coder())?;
            let label = batch.project().label(held.id);
            let others = held.author.as_ref().filter(|author| *author != batch.coder());
            if let (Some(author), None) = (others, reason) {
                return Err(fault("reason-needed", format!("{label} is signed by {author}; say why it goes"))
                    .hint("add --reason \"...\""));
            }
            batch.remove(Kind::Memo, held.id, reason.unwrap_or("removed"));
            labels.push(label);
        }
        Ok(labels)
    })
}

/// A memo this coder may see.
///
/// Faults: `unknown-id` also for what is private to somebody else.
pub fn find(project: &Project, typed: &str, coder: &str) -> Result<Memo> {
    let memo: Memo = resolve::read(project, resolve::find(project, Kind::Memo, typed)?)?;
    if memo.is_seen_by(coder) {
        return Ok(memo);
    }
    Err(fault("unknown-id", format!("there is no memo '{typed}' for {coder}"))
        .hint("private memos are shown to their author alone; list yours with: realist memo list"))
}

fn said(text: &str) -> Result<&str> {
    let text = text.trim();
    if text.is_empty() { Err(fault("no-text", "the memo says nothing").hint("add --text \"...\"")) } else { Ok(text) }
}

/// What is said of words that were destroyed would go with them.
fn refuse_purged(project: &Project, id: Id) -> Result<()> {
    if project.is_on_purged(id) {
        return Err(fault("purged", format!("{} is about words that were destroyed on purpose", project.label(id)))
            .hint("`realist log` says when and by whom; nothing can be said of it any more"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
