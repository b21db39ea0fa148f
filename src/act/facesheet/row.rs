//! What one row of a facesheet says of a person.

use crate::act::{attributes, resolve};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::import::facesheet::{self, Columns, Use};
use crate::participant::{Audience, Consent};
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

/// A row read: what was understood of it, what there is to say, and the first cell that was not understood.
pub(super) struct Row {
    pub said: Said,
    pub notes: Vec<Diagnostic>,
    pub fault: Option<Fault>,
}

impl Row {
    /// Row `number` of the facesheet. An answer about consent that is not understood counts as a refusal, and that is
    /// said. Faults: `bad-date`, `bad-form`, `bad-audience`, `unknown-group`.
    pub fn read(project: &Project, columns: &Columns, number: usize, cells: &[(String, String)]) -> Self {
        let mut row = Row { said: Said::default(), notes: Vec::new(), fault: None };
        let filled = || {
            let known = |heading: &String| columns.0.iter().find(|column| column.heading == *heading);
            let cells = cells.iter().filter(|(_, cell)| !cell.is_empty());
            cells.filter_map(move |(heading, cell)| Some((known(heading)?.holds, heading, cell)))
        };
        let mut all = vec![Audience::Meeting, Audience::Publication];
        if let Some((.., cell)) = filled().find(|(holds, ..)| *holds == Use::Audience) {
            match facesheet::audiences(cell) {
                Ok(audiences) => all = audiences,
                Err(fault) => row.fault = Some(fault),
            }
        }
        for (holds, heading, cell) in filled() {
            match holds {
                Use::Consent => row.agree(number, cell, &all),
                Use::Team => row.agree(number, cell, &[Audience::Team]),
                Use::Meeting => row.agree(number, cell, &[Audience::Meeting]),
                Use::Publication => row.agree(number, cell, &[Audience::Publication]),
                _ => {
                    let read = row.take(project, holds, heading, cell);
                    row.fault = row.fault.or(read.err());
                }
            }
        }
        row
    }

    fn take(&mut self, project: &Project, holds: Use, heading: &str, cell: &str) -> Result<()> {
        match holds {
            Use::Group => self.said.put("group", json!(resolve::group(project, cell)?)),
            Use::Form => {
                if cell.chars().count() > LONGEST_FORM {
                    return Err(fault("bad-form", format!("{heading} holds more than the version of a form")));
                }
                self.said.put("consent_form", json!(cell));
            }
            Use::Date => {
                let (date, note) = facesheet::date(cell)?;
                self.said.put("consent_date", json!(date));
                self.notes.extend(note);
            }
            Use::Pseudonym => self.said.pseudonym = Some(cell.to_owned()),
            Use::Attribute => self.said.put_value(heading, cell)?,
            _ => {}
        }
        Ok(())
    }

    /// A column for one audience wins over one for all, wherever it stands; a refusal wins over both.
    fn agree(&mut self, number: usize, cell: &str, audiences: &[Audience]) {
        let consent = match facesheet::consent(cell) {
            Ok(consent) => {
                if cell.to_lowercase() != consent.word() {
                    let said = format!("'{}' was read as consent: {consent}", cell.to_lowercase());
                    self.notes.push(Diagnostic::note("consent-read", said));
                }
                consent
            }
            Err(fault) => {
                let said = format!("row {number}: {}; it was read as a refusal", fault.0.message);
                let hints = fault.0.hints.clone();
                self.notes.push(Diagnostic { hints, ..Diagnostic::warning("consent-not-understood", said) });
                Consent::None
            }
        };
        for audience in audiences {
            let field = field_of(*audience);
            let held = self.said.consent(*audience);
            if held.is_none() || consent == Consent::None || (audiences.len() == 1 && held != Some(Consent::None)) {
                self.said.put(&field, json!(consent));
            }
        }
    }
}

pub(super) fn field_of(audience: Audience) -> String {
    format!("consent:{audience}")
}

impl Said {
    /// Adds an attribute. Fault `two-values`: it is there, whatever its capitals, with another value.
    fn put_value(&mut self, heading: &str, value: &str) -> Result<()> {
        if attributes::held(&self.values, heading).is_some_and(|(_, there)| there != value) {
            return Err(fault("two-values", format!("{heading} is there twice and says something else")).hint(
                "columns that differ in capitals alone are one: rename one of them, or leave it out with --map ignore=…",
            ));
        }
        if attributes::held(&self.values, heading).is_none() {
            self.values.insert(heading.to_owned(), value.to_owned());
        }
        Ok(())
    }

    fn put(&mut self, field: &str, value: Value) {
        self.plain.insert(field.to_owned(), value);
    }

    pub fn consent(&self, audience: Audience) -> Option<Consent> {
        serde_json::from_value(self.plain.get(&field_of(audience))?.clone()).ok()
    }

    pub fn agree_to(&mut self, audience: Audience, consent: Consent) {
        self.put(&field_of(audience), json!(consent));
    }

    /// What of it are refusals: they count even where the rest does not.
    pub fn refusals(&self) -> Said {
        let mut refusals = Said::default();
        let refused = Audience::ALL.iter().filter(|audience| self.consent(**audience) == Some(Consent::None));
        refused.for_each(|audience| refusals.agree_to(*audience, Consent::None));
        refusals
    }

    /// Adds what another row says of the same person, of two consents the stricter; the name of a field of which it
    /// says something else, and then nothing is added.
    pub fn take(&mut self, other: &Said) -> Result<(), String> {
        let mut both = self.clone();
        for (field, value) in &other.plain {
            if both.plain.entry(field.clone()).or_insert_with(|| value.clone()) != value
                && !field.starts_with("consent:")
            {
                return Err(field.clone());
            }
        }
        for audience in Audience::ALL {
            let stricter = [self, other].into_iter().filter_map(|one| one.consent(*audience)).min();
            if let Some(consent) = stricter {
                both.agree_to(*audience, consent);
            }
        }
        for (heading, value) in &other.values {
            both.put_value(heading, value).map_err(|_| heading.clone())?;
        }
        if let Some(name) = &other.pseudonym
            && both.pseudonym.get_or_insert_with(|| name.clone()) != name
        {
            return Err("the pseudonym".to_owned());
        }
        *self = both;
        Ok(())
    }
}
