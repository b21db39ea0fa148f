//! Somebody withdraws. Their words may be quoted no more, or are taken out of every text, or the documents
//! they speak in are destroyed; here, and at every colleague's when they next open the project. What is
//! left of the person is a label, a date and how far it went.
//!
//! `plan` says beforehand what would change; [`Without`] takes a person's turns out of a text.

mod plan;
mod traces;

pub use plan::{Elsewhere, Moved, Plan, Repeated, Touched};

use super::purge;
use crate::diagnostic::Result;
use crate::document::Document;
use crate::history::Fields;
use crate::id::Kind;
use crate::participant::{Audience, Consent, Scope};
use crate::project::{Batch, Done, Project, Without};
use plan::{Person, Survey};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a withdrawal would do, also to what an open pass hides: that is counted. Faults: `unknown-id`, `already-withdrawn`, `text-missing`.
pub fn rehearse(project: &Project, participant: &str, scope: Scope) -> Result<Plan> {
    let person = Person::find(project, participant, scope)?;
    project.state().whole(|_| Survey::of(project, &person, scope)).map(|survey| survey.plan)
}

/// Withdraws a participant: one operation, which cannot be taken back.
pub fn withdraw(project: &mut Project, participant: &str, scope: Scope, reason: Option<&str>) -> Result<Done<Plan>> {
    project.write("participant withdraw", true, |batch| {
        let person = Person::find(batch.project(), participant, scope)?;
        let Survey { plan, files, left, titles } = Survey::of(batch.project(), &person, scope)?;
        for (document, speakers) in &person.speaks {
            match scope {
                Scope::Quotes => {}
                Scope::Turns => take_out(batch, &person, document, speakers)?,
                Scope::Document => purge::destroy(batch, document.id, reason.unwrap_or("a participant withdrew")),
            }
        }
        for id in plan::selves(batch.project(), &person.held) {
            let own = if id == person.id { files.iter().cloned().collect() } else { Vec::new() };
            batch.purge(id, own);
        }
        for document in titles {
            batch.set(Kind::Document, document, &Fields::from_iter([("title".to_owned(), Value::Null)]));
        }
        let mut fields = tombstone(batch, scope, reason);
        if !left.is_empty() {
            let known = person.held.repeated.iter().filter(|one| !left.contains(one));
            fields.insert("repeated".to_owned(), json!(known.chain(&left).collect::<Vec<_>>()));
        }
        batch.set(Kind::Participant, person.id, &fields);
        Ok(plan)
    })
}

/// Makes a text version without a person's turns, and puts it in force.
fn take_out(batch: &mut Batch<'_>, person: &Person, document: &Document, speakers: &BTreeSet<usize>) -> Result<()> {
    let project = batch.project();
    let tells = plan::title_tells(project, document, speakers);
    let without = Without::survey(project, document, speakers.clone())?;
    let cut = without.cut(person.id)?;
    let ways = without.ways(&cut)?;
    let (name, mut version) = batch.freeze(&without, document.id, document.next_number())?;
    version.cut = Some(cut);
    let mut fields =
        Fields::from_iter([("version".to_owned(), json!(name)), (format!("version:{name}"), json!(version))]);
    fields.extend(ways.into_iter().map(|(from, way)| (format!("way:{from}:{name}"), json!(way))));
    if tells {
        fields.insert("title".to_owned(), Value::Null);
    }
    batch.set(Kind::Document, document.id, &fields);
    Ok(())
}

/// All that is kept of somebody who withdrew.
fn tombstone(batch: &Batch<'_>, scope: Scope, reason: Option<&str>) -> Fields {
    let mut fields = Fields::from_iter([
        ("withdrawn".to_owned(), json!(true)),
        ("withdrawn_scope".to_owned(), json!(scope)),
        ("withdrawn_on".to_owned(), json!(batch.today())),
    ]);
    fields.extend(reason.map(|reason| ("withdrawn_reason".to_owned(), json!(reason))));
    fields.extend(Audience::ALL.iter().map(|audience| (format!("consent:{audience}"), json!(Consent::None))));
    for field in ["name", "attributes", "consent_form", "consent_date"] {
        fields.insert(field.to_owned(), Value::Null);
    }
    if scope != Scope::Quotes {
        fields.insert("group".to_owned(), Value::Null);
    }
    fields
}

#[cfg(test)]
mod tests;

/// What nobody can reach from here, and what to do about each.
pub const OUT_OF_REACH: &[(&str, &str)] = &[
    (
        "colleagues' copies",
        "they obey as soon as they have merged or synced this and open the project: ask each to do so",
    ),
    ("bundles you sent, or have kept", "ask for them to be deleted, and delete your own; send a new one"),
    (
        "git history",
        "git filter-repo --path corpus --path outputs --invert-paths, then force-push; ask for clones to be made anew",
    ),
    ("backups", "let them expire, or delete corpus/ of this project in them; note the day by which they are gone"),
    (
        "versions a sync service keeps",
        "delete the earlier versions of corpus/ and outputs/ on its web page, and empty its bin",
    ),
    (
        "papers, sheets and minutes sent",
        "write to those who have them; take the quotations out of what is not yet published",
    ),
    (
        "recordings, transcripts and facesheets outside the project",
        "delete them, and whatever spreadsheet joins names to pseudonyms",
    ),
];
