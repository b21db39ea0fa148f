//! What can be said of a participant: group, consent, attributes.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::participant::{Audience, Consent, Participant, SpeakerRef};
use crate::project::{Done, Project};
use serde_json::json;

/// What to change; `None` leaves it.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    pub group: Option<String>,
    /// Consent for the audiences named; an empty list of audiences means meeting and publication.
    pub consent: Option<(Consent, Vec<Audience>)>,
    /// Version of the consent form, and the day it was signed.
    pub form: Option<String>,
    pub date: Option<String>,
    pub pseudonym: Option<String>,
    /// Attributes by name; an empty value takes one away.
    pub attributes: Vec<(String, String)>,
}

impl Changes {
    pub fn are_none(&self) -> bool {
        let fields = [self.group.is_none(), self.consent.is_none(), self.form.is_none(), self.date.is_none()];
        fields.iter().all(|none| *none) && self.pseudonym.is_none() && self.attributes.is_empty()
    }
}

/// The participant a speaker becomes at import.
pub fn derived(document: Id, speaker: usize) -> Id {
    Id::derived([b"participant".as_slice(), document.as_bytes(), (speaker as u64).to_le_bytes().as_slice()])
}

/// Changes participants; each is a label, or `D3.gj:Name` for a speaker of a document.
pub fn set(project: &mut Project, participants: &[String], changes: &Changes) -> Result<Done<Vec<String>>> {
    project.write("participant set", true, |batch| {
        let mut labels = Vec::new();
        for typed in participants {
            let id = find(batch.project(), typed)?;
            let held: Participant = resolve::read(batch.project(), id)?;
            if held.withdrawn {
                return Err(fault(
                    "withdrawn",
                    format!("{} has withdrawn: nothing is recorded of them any more", batch.project().label(id)),
                )
                .hint("leave them out"));
            }
            let mut fields = Fields::new();
            fields.extend(changes.form.iter().map(|form| ("consent_form".to_owned(), json!(form))));
            if let Some(typed) = &changes.date {
                fields.insert("consent_date".to_owned(), json!(crate::import::facesheet::date(typed)?.0));
            }
            if let Some(name) = &changes.pseudonym {
                fields.insert("name".to_owned(), json!(batch.seal(&json!(name))?));
            }
            if !changes.attributes.is_empty() {
                let sealed = held.attributes.as_ref();
                let mut known = sealed.and_then(|sealed| batch.project().particulars(sealed)).unwrap_or_default();
                known.values.extend(changes.attributes.iter().cloned());
                known.values.retain(|_, value| !value.trim().is_empty());
                fields.insert("attributes".to_owned(), json!(batch.seal(&json!({ "of": id, "says": known }))?));
            }
            if let Some(group) = &changes.group {
                fields.insert("group".to_owned(), json!(resolve::group(batch.project(), group)?));
            }
            if let Some((consent, audiences)) = &changes.consent {
                let audiences: &[Audience] =
                    if audiences.is_empty() { &[Audience::Meeting, Audience::Publication] } else { audiences };
                fields.extend(audiences.iter().map(|audience| (format!("consent:{audience}"), json!(consent))));
            }
            labels.push(batch.project().label(id));
            batch.set(Kind::Participant, id, &fields);
        }
        Ok(labels)
    })
}

/// A participant by label, or by document and speaker label.
pub fn find(project: &Project, typed: &str) -> Result<Id> {
    let Some((document, name)) = typed.split_once(':') else {
        return resolve::find(project, Kind::Participant, typed);
    };
    let id = resolve::find(project, Kind::Document, document)?;
    let document: Document = resolve::read(project, id)?;
    let speakers = project.header(&document)?.map(|header| header.speakers.clone()).unwrap_or_default();
    let found = speakers.iter().position(|speaker| speaker.label.eq_ignore_ascii_case(name.trim()));
    let who = found.and_then(|speaker| {
        let at = SpeakerRef { document: id, speaker };
        project.state().all::<Participant>().into_iter().find(|one| one.speaks.contains(&at)).map(|one| one.id)
    });
    who.ok_or_else(|| {
        let names: Vec<&str> = speakers.iter().map(|speaker| speaker.label.as_str()).collect();
        let near = crate::diagnostic::did_you_mean(name, names.iter().copied());
        resolve::meant(
            fault("unknown-speaker", format!("no participant called '{name}' speaks in {}", project.label(id))),
            &near,
        )
        .hint(format!("speakers: {}", names.join(", ")))
    })
}
