//! What can be said of a participant: group, consent.

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
            let mut fields = Fields::new();
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
