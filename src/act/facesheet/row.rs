//! What one row of a facesheet says of a person.

use crate::act::resolve;
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::import::facesheet::{self, Columns, Use};
use crate::participant::Audience;
use crate::project::Project;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Letters of a form's version: more is no version.
const LONGEST_FORM: usize = 40;

#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Said {
    /// Fields of the journal: group, consent, form, date.
    pub plain: BTreeMap<String, Value>,
    /// By heading.
    pub values: BTreeMap<String, String>,
    pub pseudonym: Option<String>,
}

impl Said {
    /// With notes on how answers were understood. Faults: `bad-consent`, `bad-date`, `bad-form`,
    /// `unknown-group`.
    pub fn read(project: &Project, columns: &Columns, cells: &[(String, String)]) -> Result<(Self, Vec<Diagnostic>)> {
        let (mut said, mut notes) = (Said::default(), Vec::new());
        for (heading, cell) in cells.iter().filter(|(_, cell)| !cell.is_empty()) {
            let Some(column) = columns.0.iter().find(|column| column.heading == *heading) else { continue };
            match column.holds {
                Use::Group => said.put("group", json!(resolve::group(project, cell)?)),
                Use::Consent => said.agree(cell, &[Audience::Meeting, Audience::Publication], &mut notes)?,
                Use::Team => said.agree(cell, &[Audience::Team], &mut notes)?,
                Use::Meeting => said.agree(cell, &[Audience::Meeting], &mut notes)?,
                Use::Publication => said.agree(cell, &[Audience::Publication], &mut notes)?,
                Use::Form => {
                    if cell.chars().count() > LONGEST_FORM {
                        return Err(fault("bad-form", format!("{heading} holds more than the version of a form")));
                    }
                    said.put("consent_form", json!(cell));
                }
                Use::Date => {
                    let (date, note) = facesheet::date(cell)?;
                    said.put("consent_date", json!(date));
                    notes.extend(note);
                }
                Use::Pseudonym => said.pseudonym = Some(cell.clone()),
                Use::Attribute => {
                    said.values.insert(heading.clone(), cell.clone());
                }
                Use::Who | Use::Document | Use::Speaker | Use::Person | Use::Ignore => {}
            }
        }
        Ok((said, notes))
    }

    fn put(&mut self, field: &str, value: Value) {
        self.plain.insert(field.to_owned(), value);
    }

    /// A column for one audience wins over one for all, wherever it stands.
    fn agree(&mut self, cell: &str, audiences: &[Audience], notes: &mut Vec<Diagnostic>) -> Result<()> {
        let consent = facesheet::consent(cell)?;
        for audience in audiences {
            let field = format!("consent:{audience}");
            if audiences.len() == 1 || !self.plain.contains_key(&field) {
                self.put(&field, json!(consent));
            }
        }
        if cell.to_lowercase() != consent.word() {
            notes.push(Diagnostic::note(
                "consent-read",
                format!("'{}' was read as consent: {consent}", cell.to_lowercase()),
            ));
        }
        Ok(())
    }

    /// Adds what another row says of the same person; the name of a field of which it says something else.
    pub fn take(&mut self, other: Said) -> Result<(), String> {
        for (field, value) in other.plain {
            if *self.plain.entry(field.clone()).or_insert_with(|| value.clone()) != value {
                return Err(field);
            }
        }
        for (heading, value) in other.values {
            if *self.values.entry(heading.clone()).or_insert_with(|| value.clone()) != value {
                return Err(heading);
            }
        }
        match (&self.pseudonym, other.pseudonym) {
            (Some(one), Some(other)) if *one != other => Err("the pseudonym".to_owned()),
            (None, other) => {
                self.pseudonym = other;
                Ok(())
            }
            _ => Ok(()),
        }
    }
}
