//! Whom a row of a facesheet is about. "P1" speaks in five groups: where more than one is meant, nobody is.

use crate::act::resolve;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::document::Document;
use crate::id::{Id, Kind, Label};
use crate::import::facesheet::{Columns, Use};
use crate::participant::{Participant, SpeakerRef};
use crate::project::Project;
use crate::text::words::{fold, on_one_line};
use std::collections::BTreeMap;

/// Everybody who speaks anywhere.
pub(super) struct Directory<'p> {
    project: &'p Project,
    documents: Vec<Named>,
    participants: BTreeMap<SpeakerRef, Id>,
    withdrawn: Vec<Id>,
}

/// A document as people name it.
struct Named {
    id: Id,
    label: String,
    title: String,
    speakers: Vec<String>,
}

impl<'p> Directory<'p> {
    pub fn of(project: &'p Project) -> Result<Self> {
        let mut documents = Vec::new();
        for document in project.state().all::<Document>().iter().filter(|one| !one.purged) {
            let header = project.header(document)?;
            let speakers = header.map(|header| header.speakers.iter().map(|one| one.label.clone()).collect());
            documents.push(Named {
                id: document.id,
                label: project.label(document.id),
                title: project.title(document),
                speakers: speakers.unwrap_or_default(),
            });
        }
        documents.sort_by_key(|one| one.label.parse::<Label>().ok());
        let all = project.state().all::<Participant>();
        let withdrawn = all.iter().filter(|one| one.withdrawn).map(|one| one.id).collect();
        let participants = all.into_iter().flat_map(|one| one.speaks.into_iter().map(move |at| (at, one.id))).collect();
        Ok(Directory { project, documents, participants, withdrawn })
    }

    /// For sorting as people count.
    pub fn place(&self, id: Id) -> (bool, Option<Label>, Id) {
        let label = self.project.state().label_of(id);
        (label.is_none(), label, id)
    }

    /// The participants a row is about, and its entry in a `person` column.
    ///
    /// Faults: `no-who`, `unknown-document`, `ambiguous-document`, `unknown-speaker`, `ambiguous-speaker`,
    /// `no-participant`, `withdrawn`.
    pub fn whom(&self, columns: &Columns, cells: &[(String, String)]) -> Result<(Vec<Id>, Option<String>)> {
        let cell = |holds| {
            let mut values = columns.of(holds).filter_map(|heading| cells.iter().find(|(one, _)| one == heading));
            values.find(|(_, cell)| !cell.is_empty()).map(|(_, cell)| cell.as_str())
        };
        let document = cell(Use::Document).map(|name| self.document(name)).transpose()?;
        let typed = cell(Use::Speaker).or_else(|| cell(Use::Who)).or_else(|| cell(Use::Person));
        let mut found = Vec::new();
        match (typed, document) {
            (Some(typed), _) => {
                for one in typed.split(';').map(str::trim).filter(|one| !one.is_empty()) {
                    found.push(self.one(one, document)?);
                }
            }
            (None, Some(document)) if !columns.name_people() => found.push(self.only_one(document)?),
            (None, _) => return Err(fault("no-who", "the row says nobody")),
        }
        if let Some(gone) = found.iter().find(|id| self.withdrawn.contains(id)) {
            return Err(fault(
                "withdrawn",
                format!("{} has withdrawn: nothing is recorded of them any more", self.project.label(*gone)),
            ));
        }
        Ok((found, cell(Use::Person).map(fold)))
    }

    /// `P3.gj`, `D3.gj:Ana`, `north group: Ana`, `Ana`.
    fn one(&self, typed: &str, document: Option<&Named>) -> Result<Id> {
        if let Ok(label) = typed.parse::<Label>()
            && label.kind == Kind::Participant
            && let Some(id) = self.project.state().labelled(&label).filter(|id| self.project.state().is_here(*id))
        {
            return Ok(id);
        }
        if let Some(document) = document {
            return self.speaker(typed, &[document]);
        }
        let all: Vec<&Named> = self.documents.iter().collect();
        match typed.rsplit_once(':') {
            Some((name, speaker)) => self.speaker(speaker, &[self.document(name)?]),
            None => self.speaker(typed, &all),
        }
    }

    /// Whoever takes part in a document, where nobody else does.
    fn only_one(&self, document: &Named) -> Result<Id> {
        let mut people: Vec<Id> = self
            .participants
            .iter()
            .filter(|(at, _)| at.document == document.id)
            .map(|(_, participant)| *participant)
            .collect();
        people.sort_unstable();
        people.dedup();
        match people.as_slice() {
            [one] => Ok(*one),
            [] => Err(fault("no-participant", format!("nobody is a participant in {}", document.label))
                .hint(format!("say who is: realist document set {} --role \"LABEL=participant\"", document.label))),
            several => {
                Err(fault("ambiguous-speaker", format!("{} participants speak in {}", several.len(), document.label))
                    .hint("add a column with the speaker's label"))
            }
        }
    }

    /// By label, title, or the name of a file.
    fn document(&self, typed: &str) -> Result<&Named> {
        let stem = |name: &str| {
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            let bare =
                name.rsplit_once('.').filter(|(bare, end)| !bare.is_empty() && end.len() <= 5 && !end.contains(' '));
            fold(bare.map_or(name, |(bare, _)| bare).trim())
        };
        let wanted = fold(typed.trim());
        let is_meant =
            |one: &&Named| fold(&one.label) == wanted || fold(&one.title) == wanted || fold(&one.title) == stem(typed);
        match self.documents.iter().filter(is_meant).collect::<Vec<_>>().as_slice() {
            [one] => Ok(one),
            [] => {
                let names = self.documents.iter().map(|one| one.title.as_str());
                Err(resolve::meant(
                    fault("unknown-document", format!("there is no document '{}'", typed.trim())),
                    &did_you_mean(typed, names),
                )
                .hint("name it by its label, as `realist document list` shows it"))
            }
            several => {
                let labels: Vec<&str> = several.iter().map(|one| one.label.as_str()).collect();
                Err(fault("ambiguous-document", format!("'{}' may be {}", typed.trim(), labels.join(" or ")))
                    .hint("name it by its label"))
            }
        }
    }

    fn speaker(&self, typed: &str, among: &[&Named]) -> Result<Id> {
        let wanted = fold(&on_one_line(typed));
        let at = |one: &&Named| {
            let index = one.speakers.iter().position(|label| fold(label) == wanted)?;
            Some((one.label.clone(), SpeakerRef { document: one.id, speaker: index }))
        };
        let found: Vec<(String, SpeakerRef)> = among.iter().filter_map(at).collect();
        let mut people: Vec<Id> = found.iter().filter_map(|(_, at)| self.participants.get(at).copied()).collect();
        people.sort_unstable();
        people.dedup();
        match (people.as_slice(), found.as_slice()) {
            ([one], [_]) => Ok(*one),
            // One person who was joined speaks under one label in several documents.
            ([one], several) if several.iter().all(|(_, at)| self.participants.contains_key(at)) => Ok(*one),
            ([], []) => {
                let names = among.iter().flat_map(|one| one.speakers.iter().map(String::as_str));
                Err(resolve::meant(
                    fault("unknown-speaker", format!("nobody is called '{}'", typed.trim())),
                    &did_you_mean(typed, names),
                )
                .hint("write P3.gj, or D3.gj:Ana; `realist participant list` shows both"))
            }
            ([], [(document, _), ..]) => {
                let said = format!("'{}' is no participant in {document}", typed.trim());
                Err(fault("no-participant", said).hint(format!(
                    "if they are: realist document set {document} --role \"{}=participant\"",
                    typed.trim()
                )))
            }
            (_, several) => {
                let places: Vec<String> =
                    several.iter().map(|(document, _)| format!("{document}:{}", typed.trim())).collect();
                Err(fault("ambiguous-speaker", format!("'{}' speaks in {} documents", typed.trim(), several.len()))
                    .hint(format!("say which: {}", places.join(", ")))
                    .hint(format!("or, if they are one person, all of them in the cell: {}", places.join("; "))))
            }
        }
    }
}
