//! Reading a facesheet: what its rows say of participants, what of that is new, and writing it down. Reading
//! one again changes only what differs.
//!
//! `who` finds out whom a row is about, `row` reads what it says of them.

mod row;
mod who;

use super::resolve;
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::import::facesheet::{Columns, Sheet};
use crate::participant::{Participant, Particulars};
use crate::project::{Batch, Original, Project};
use row::Said;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
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
        let mut by_person: BTreeMap<Vec<Id>, (usize, Said)> = BTreeMap::new();
        let groups = plan.same_people(&directory, sheet);
        for (number, targets) in groups {
            let read = Said::read(project, &plan.columns, &sheet.rows[number - 2]);
            let taken = read.and_then(|(said, told)| {
                notes.extend(told);
                match by_person.get_mut(&targets) {
                    Some((first, held)) => held.take(said).map_err(|field| differs(*first, &field)),
                    None => {
                        by_person.insert(targets.clone(), (number, said));
                        Ok(())
                    }
                }
            });
            if let Err(fault) = taken {
                plan.refuse(number, &fault);
            }
        }
        for (targets, (number, said)) in by_person {
            match plan.person(project, &targets, said) {
                Ok(person) => plan.people.push(person),
                Err(fault) => plan.refuse(number, &fault),
            }
        }
        plan.people.sort_by_key(|one| one.label.parse::<crate::id::Label>().ok());
        plan.refused.sort_by_key(|one| one.row);
        notes.dedup();
        plan.notes = notes;
        Ok(plan)
    }

    /// Whom each row is about: rows with the same entry in a `person` column are about the same person.
    fn same_people(&mut self, directory: &Directory, sheet: &Sheet) -> Vec<(usize, Vec<Id>)> {
        let mut found: Vec<(usize, Vec<Id>, Option<String>)> = Vec::new();
        for (index, cells) in sheet.rows.iter().enumerate() {
            match directory.whom(&self.columns, cells) {
                Ok((targets, person)) => found.push((index + 2, targets, person)),
                Err(fault) => self.refuse(index + 2, &fault),
            }
        }
        let mut of_person: BTreeMap<String, Vec<Id>> = BTreeMap::new();
        for (_, targets, person) in &found {
            of_person.entry(person.clone().unwrap_or_default()).or_default().extend(targets);
        }
        let all = |targets: Vec<Id>, person: Option<String>| {
            let mut all = person.and_then(|person| of_person.get(&person).cloned()).unwrap_or(targets);
            all.sort_by_key(|id| directory.place(*id));
            all.dedup();
            all
        };
        found.into_iter().map(|(number, targets, person)| (number, all(targets, person))).collect()
    }

    fn refuse(&mut self, row: usize, fault: &Fault) {
        self.refused.push(Refused { row, because: fault.on_one_line() });
    }

    /// What is new of somebody. The first of several keeps its label.
    fn person(&self, project: &Project, targets: &[Id], said: Said) -> Result<Person> {
        let [id, others @ ..] = targets else { return Err(fault("no-who", "the row says nobody")) };
        let held: Participant = resolve::read(project, *id)?;
        let mut fields = Fields::new();
        let was = project.state().entity(*id).map(|entity| entity.fields()).unwrap_or_default();
        for (field, value) in &said.plain {
            if was.get(field) != Some(value) {
                fields.insert(field.clone(), value.clone());
            }
        }
        if !others.is_empty() {
            let mut speaks = held.speaks.clone();
            for other in others {
                let more = resolve::read::<Participant>(project, *other)?.speaks;
                speaks.extend(more.into_iter().filter(|at| !held.speaks.contains(at)));
            }
            fields.insert("speaks".to_owned(), json!(speaks));
        }
        let known: Particulars =
            held.attributes.as_ref().and_then(|sealed| particulars(project, sealed)).unwrap_or_default();
        let mut now = known.clone();
        now.values.extend(said.values.clone());
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

/// What is sealed of a participant.
pub fn particulars(project: &Project, sealed: &crate::sealed::Sealed) -> Option<Particulars> {
    serde_json::from_value(project.unseal(sealed)?.get("says")?.clone()).ok()
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
        all.filter_map(|one| particulars(project, one.attributes.as_ref()?)).filter(|one| one.headings == headings);
    Columns::parse(&[held.next()?.columns?]).ok()
}

fn differs(first: usize, field: &str) -> Fault {
    fault("row-differs", format!("row {first} is about the same person and says something else of {field}"))
        .hint("leave one of them empty, or make them agree")
}
