//! Reading a facesheet: what its rows say of participants, what of that is new, and writing it down. Reading
//! one again changes only what differs.
//!
//! `who` finds out whom a row is about, `row` reads what it says of them, `people` puts rows together by person.

mod people;
mod row;
mod who;

use super::{attributes, resolve};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::import::facesheet::{Columns, Sheet};
use crate::participant::{Audience, Consent, Participant, Particulars};
use crate::project::{Batch, Original, Project};
use people::{One, People};
use row::{Row, Said, field_of};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use who::Directory;

/// A facesheet held against the project.
#[derive(Debug, Clone)]
pub struct Plan {
    pub columns: Columns,
    pub people: Vec<Person>,
    /// Rows that were left out, and why.
    pub refused: Vec<Refused>,
    pub notes: Vec<Diagnostic>,
    pub rows: usize,
    headings: Vec<String>,
}

/// A participant, with what the facesheet says of them.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: Id,
    pub label: String,
    /// Participants that turn out to be this one.
    pub joined: Vec<(Id, String)>,
    said: Said,
    /// What would be set; empty where all of it is known.
    fields: Fields,
    particulars: Option<Particulars>,
    pseudonym: Option<String>,
}

/// A row that was left out. Rows count from 1, headings included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    pub row: usize,
    pub because: String,
}

impl Person {
    /// Something is new.
    pub fn changes(&self) -> bool {
        !self.joined.is_empty() || !self.fields.is_empty() || self.particulars.is_some() || self.pseudonym.is_some()
    }

    /// For people: `group=gps; meeting=anonymous; form=2.1; Age, Town`.
    pub fn told(&self) -> String {
        let mut told: Vec<String> = self
            .said
            .plain
            .iter()
            .map(|(field, value)| {
                format!("{}={}", field.trim_start_matches("consent:"), value.as_str().unwrap_or_default())
            })
            .collect();
        told.extend(self.said.pseudonym.iter().map(|_| "pseudonym".to_owned()));
        if !self.said.values.is_empty() {
            told.push(self.said.values.keys().cloned().collect::<Vec<_>>().join(", "));
        }
        told.join("; ")
    }
}

impl Plan {
    /// Faults: `no-who-column`, `unknown-column`.
    pub fn of(project: &Project, sheet: &Sheet, told: Option<&Columns>) -> Result<Self> {
        let (columns, mut notes) = columns(project, sheet, told)?;
        let directory = Directory::of(project)?;
        let mut plan = Plan {
            columns,
            people: Vec::new(),
            refused: Vec::new(),
            notes: Vec::new(),
            rows: sheet.rows.len(),
            headings: sheet.headings.clone(),
        };
        let mut people = People::default();
        for (index, cells) in sheet.rows.iter().enumerate() {
            let number = index + 2;
            let (targets, code) = match directory.whom(&plan.columns, cells) {
                Ok(found) => found,
                Err(fault) => {
                    plan.refuse(number, &fault, false);
                    continue;
                }
            };
            let Row { said, notes: told, fault } = Row::read(project, &plan.columns, number, cells);
            notes.extend(told);
            let fault = fault.or_else(|| people.add(number, &targets, code, &said).err());
            if let Some(fault) = fault {
                plan.refuse(number, &fault, people.refuse(number, &targets, &said));
            }
        }
        for mut one in people.0 {
            one.targets.sort_by_key(|id| directory.place(*id));
            one.targets.dedup();
            let row = one.row;
            match plan.person(project, one, &mut notes) {
                Ok(person) => plan.people.push(person),
                Err(fault) => plan.refuse(row, &fault, false),
            }
        }
        plan.people.sort_by_key(|one| one.label.parse::<crate::id::Label>().ok());
        plan.refused.sort_by_key(|one| one.row);
        notes.dedup();
        plan.notes = notes;
        Ok(plan)
    }

    fn refuse(&mut self, row: usize, fault: &Fault, is_refusal: bool) {
        let counts = if is_refusal { "; what it refuses counts" } else { "" };
        self.refused.push(Refused { row, because: format!("{}{counts}", fault.on_one_line()) });
    }

    /// What is new of somebody. The first of several keeps its label.
    fn person(&self, project: &Project, one: One, notes: &mut Vec<Diagnostic>) -> Result<Person> {
        let One { targets, mut said, answered, .. } = one;
        let [id, others @ ..] = targets.as_slice() else { return Err(fault("no-who", "the row says nobody")) };
        let held: Participant = resolve::read(project, *id)?;
        let mut joined = Vec::new();
        for other in others {
            joined.push(resolve::read::<Participant>(project, *other)?);
        }
        let mut fields = Fields::new();
        let unsaid = strictest(&held, &joined, &mut said, &answered);
        let was = project.state().entity(*id).map(|entity| entity.fields()).unwrap_or_default();
        for (field, value) in &said.plain {
            if was.get(field) != Some(value) {
                fields.insert(field.clone(), value.clone());
            }
        }
        for audience in unsaid {
            fields.insert(field_of(audience), Value::Null);
            let said = format!(
                "{}: consent for {audience} is recorded of some of whom are joined, not of all",
                project.label(*id)
            );
            notes.push(
                Diagnostic::warning("consent-of-some", said)
                    .hint(format!("it counts as not recorded; say it: realist participant set {} --consent anonymous --audience {audience}", project.label(*id))),
            );
        }
        if !others.is_empty() {
            let mut speaks = held.speaks.clone();
            let more = joined.iter().flat_map(|other| other.speaks.clone());
            speaks.extend(more.filter(|at| !held.speaks.contains(at)));
            fields.insert("speaks".to_owned(), json!(speaks));
        }
        let known: Particulars =
            held.attributes.as_ref().and_then(|sealed| project.particulars(sealed)).unwrap_or_default();
        let mut now = known.clone();
        for (heading, value) in &said.values {
            let known_as =
                attributes::held(&now.values, heading).map_or_else(|| heading.clone(), |(known, _)| known.clone());
            now.values.insert(known_as, value.clone());
        }
        (now.columns, now.headings) = (Some(self.columns.to_string()), self.headings.clone());
        let pseudonym = said
            .pseudonym
            .clone()
            .filter(|name| held.name.as_ref().and_then(|sealed| project.unseal_text(sealed)).as_ref() != Some(name));
        Ok(Person {
            id: *id,
            label: project.label(*id),
            joined: others.iter().map(|id| (*id, project.label(*id))).collect(),
            said,
            fields,
            particulars: (now != known).then_some(now),
            pseudonym,
        })
    }

    /// Writes down what is new. What may tell who somebody is, is sealed under a name that only who has
    /// the facesheet can make: two sites that read it agree.
    pub fn write(&self, batch: &mut Batch<'_>, file: &Original) -> Result<()> {
        for person in self.people.iter().filter(|person| person.changes()) {
            let mut fields = person.fields.clone();
            if let Some(particulars) = &person.particulars {
                let sealed = batch.seal_with(&json!({ "of": person.id, "says": particulars }), file)?;
                fields.insert("attributes".to_owned(), json!(sealed));
            }
            if let Some(name) = &person.pseudonym {
                fields.insert("name".to_owned(), json!(batch.seal_with(&Value::from(name.as_str()), file)?));
            }
            for (other, _) in &person.joined {
                batch.remove(Kind::Participant, *other, &format!("joined with {}", person.label));
            }
            batch.set(Kind::Participant, person.id, &fields);
        }
        Ok(())
    }
}

/// How the columns are read: as told, else as the last facesheet with these headings was, else by guess.
fn columns(project: &Project, sheet: &Sheet, told: Option<&Columns>) -> Result<(Columns, Vec<Diagnostic>)> {
    let guess = Columns::guess(&sheet.headings);
    let stored = stored(project, &sheet.headings);
    let by = stored.clone().unwrap_or_else(|| guess.clone());
    let columns = told.cloned().unwrap_or_default().complete(&sheet.headings, &by)?;
    if !columns.tell_who() {
        let names = sheet.headings.join(", ");
        return Err(fault(
            "no-who-column",
            format!("no column was recognised as saying who; the columns are: {names}"),
        )
        .hint("say which holds P3.gj, D3.gj:Ana or the speaker's label, as in --map who=Code"));
    }
    let mut notes = vec![
        Diagnostic::note("mapping", format!("columns were read as: {columns}"))
            .hint("say otherwise with --map, as in who=Code or attribute=Age,Role"),
    ];
    if stored.is_some_and(|stored| stored != guess && told.is_none()) {
        notes.push(Diagnostic::note("mapping-stored", "as in the last facesheet with these headings"));
    }
    let left: Vec<&str> = columns.of(crate::import::facesheet::Use::Ignore).collect();
    if !left.is_empty() {
        let said = format!("columns left out, nothing of them is kept: {}", left.join(", "));
        notes.push(Diagnostic::note("columns-left-out", said));
    }
    Ok((columns, notes))
}

/// How the last facesheet with these headings was read.
fn stored(project: &Project, headings: &[String]) -> Option<Columns> {
    let all = project.state().all::<Participant>().into_iter();
    let mut held =
        all.filter_map(|one| project.particulars(one.attributes.as_ref()?)).filter(|one| one.headings == headings);
    Columns::parse(&[held.next()?.columns?]).ok()
}

/// Of those who are joined the strictest consent counts, be it in the facesheet or recorded before. Audiences for which
/// only some have one recorded, and the facesheet says nothing.
fn strictest(
    held: &Participant,
    joined: &[Participant],
    said: &mut Said,
    answered: &BTreeSet<(Id, Audience)>,
) -> Vec<Audience> {
    if joined.is_empty() {
        return Vec::new();
    }
    let mut unsaid = Vec::new();
    for audience in Audience::ALL {
        let all = || std::iter::once(held).chain(joined);
        let silent = all().filter(|one| !answered.contains(&(one.id, *audience)));
        let recorded = silent.filter_map(|one| one.consent.get(audience).copied());
        let Some(strictest) = recorded.chain(said.consent(*audience)).min() else { continue };
        let is_known = |one: &Participant| one.consent.contains_key(audience);
        if said.consent(*audience).is_some() || strictest == Consent::None || all().all(is_known) {
            said.agree_to(*audience, strictest);
        } else {
            unsaid.push(*audience);
        }
    }
    unsaid
}
