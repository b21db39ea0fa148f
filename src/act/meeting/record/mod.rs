//! The record of a meeting: a form with an entry for each item, which yields minutes, decisions, actions and draft
//! statements in one step. Filling it in again adds what is new.

mod form;

pub use form::print;

use form::{Row, parse};

use super::agenda::place;
use super::find;
use crate::act::decide::{self, Decided};
use crate::act::form::{Located, annotate};
use crate::act::sheet::Form;
use crate::act::workbook;
use crate::act::write::Saved;
use crate::act::{action, hypothesis, resolve};
use crate::decision::{Body, Outcome};
use crate::diagnostic::{Diagnostic, Fault, Place, Result, fault};
use crate::history::Fields;
use crate::hypothesis::Origin;
use crate::id::{Kind, Label};
use crate::meeting::{Meeting, Minute};
use crate::project::{Batch, Done, Project};
use serde_json::json;
use std::path::Path;

/// What a record yielded.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    pub id: String,
    /// Keys of the items it says something new of.
    pub minuted: Vec<String>,
    pub decisions: Vec<Decided>,
    /// Labels of actions and of draft statements.
    pub actions: Vec<String>,
    pub statements: Vec<String>,
    pub notes: Vec<Diagnostic>,
}

/// Takes a form in that stands in an editor: with its mistakes marked, where there are any.
pub fn save(project: &mut Project, typed: &str, text: &str) -> Result<Saved<Taken>> {
    let mut faults = Vec::new();
    let rows = parse(text, &mut faults);
    if faults.is_empty() && rows.iter().all(|row| row.minute.is_blank()) {
        return Ok(Saved::Nothing);
    }
    let done = if faults.is_empty() { write(project, typed, &rows, &mut faults)? } else { None };
    Ok(match done {
        Some(done) => Saved::Written(done),
        None => Saved::Faulty { form: annotate(text, &faults), errors: faults.len() },
    })
}

/// Bytes of the empty form for a file: TOML, or by its ending a sheet. Fault `bad-ending`.
pub fn form(project: &Project, meeting: &Meeting, file: &Path) -> Result<Vec<u8>> {
    if is_toml(file) {
        return Ok(print(project, meeting).into_bytes());
    }
    form::sheet(project, meeting).write(Form::of_file(file)?)
}

/// Takes a form in that was filled in as a file.
///
/// Fault: the first mistake, with its line.
pub fn take(project: &mut Project, typed: &str, file: &Path) -> Result<Done<Taken>> {
    let mut faults = Vec::new();
    let rows = if is_toml(file) {
        let bytes = std::fs::read(file).map_err(|error| Fault::io("read", file, &error))?;
        parse(&crate::import::decode(&bytes)?.text, &mut faults)
    } else {
        form::of_sheet(&workbook::sheet(project, file)?, &mut faults)
    };
    let done = if faults.is_empty() { write(project, typed, &rows, &mut faults)? } else { None };
    done.ok_or_else(|| first(faults, file.display().to_string()))
}

/// Editors keep forms as text; what came back as one is TOML too.
fn is_toml(file: &Path) -> bool {
    let ending = file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ["toml", "txt"].contains(&ending.as_str()))
}

/// The first of some mistakes, with its place.
fn first(faults: Vec<Located>, file: String) -> Fault {
    let more = faults.len().saturating_sub(1);
    let Some(one) = faults.into_iter().next() else { return fault("form-faulty", "the form has errors") };
    let located = one.fault.at(Place { file: Some(file), line: Some(one.line), ..Place::default() });
    if more > 0 { located.hint(format!("{more} more like it; nothing was written")) } else { located }
}

/// All of it or nothing; `None` where there were mistakes.
fn write(project: &mut Project, typed: &str, rows: &[Row], faults: &mut Vec<Located>) -> Result<Option<Done<Taken>>> {
    let done = project.write("meeting record", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let mut taken = Taken { id: batch.project().label(meeting.id), ..Taken::default() };
        for row in rows.iter().filter(|row| !row.minute.is_blank()) {
            let done = batch.attempt(|batch| item(batch, &meeting, &row.minute, &mut taken));
            if let Err(why) = done {
                if batch.cannot_write() {
                    return Err(why);
                }
                faults.push(Located { line: row.line, fault: why });
            }
        }
        if faults.is_empty() { Ok(taken) } else { Err(fault("form-faulty", "the form has errors")) }
    });
    match done {
        Err(_) if !faults.is_empty() => Ok(None),
        other => other.map(Some),
    }
}

/// What was recorded of an item before.
pub fn recorded(project: &Project, meeting: &Meeting, key: &str) -> Option<Minute> {
    let held = project.unseal(meeting.minuted.get(key)?)?;
    serde_json::from_value(held).ok()
}

fn item(batch: &mut Batch<'_>, meeting: &Meeting, minute: &Minute, taken: &mut Taken) -> Result<()> {
    let at = place(batch.project(), meeting, &minute.item)?;
    let item = &meeting.items[at];
    let before = recorded(batch.project(), meeting, &item.key).unwrap_or_default();
    let now = Minute { item: item.key.clone(), ..minute.clone() };
    if now == before {
        return Ok(());
    }
    let label = batch.project().label(meeting.id);
    let fresh = |now: &[String], before: &[String]| -> Vec<String> {
        now.iter().filter(|line| !before.contains(line)).cloned().collect()
    };
    let at_meeting =
        |typed: &String| action::read(typed).map(|wish| action::Wish { meeting: Some(label.clone()), ..wish });
    let actions = fresh(&now.actions, &before.actions).iter().map(at_meeting).collect::<Result<Vec<_>>>()?;
    if !now.outcome.is_empty() && now.decides_otherwise(&before) {
        let uncertainty = item.uncertainty.map(|id| batch.project().label(id));
        let wish = decision(batch.project(), &label, uncertainty, &now, actions)?;
        let decided = decide::create(batch, &wish)?;
        taken.notes.extend(decided.notes.clone());
        taken.actions.extend(decided.actions.clone());
        taken.decisions.push(decided);
    } else {
        refuse_undecided(&now)?;
        for wish in &actions {
            taken.actions.push(action::create(batch, wish, None)?);
        }
    }
    for sentence in fresh(&now.statements, &before.statements) {
        let entry = hypothesis::Entry {
            statement: Some(sentence),
            origin: Some(Origin::Stakeholder),
            ..hypothesis::Entry::default()
        };
        taken.statements.push(hypothesis::create(batch, &mut None, &entry)?.label);
    }
    let sealed = batch.seal(&json!(now))?;
    let fields = Fields::from_iter([(format!("minuted:{}", item.key), json!(sealed))]);
    batch.set(Kind::Meeting, meeting.id, &fields);
    taken.minuted.push(item.key.clone());
    Ok(())
}

/// What belongs to a decision, and no outcome.
fn refuse_undecided(minute: &Minute) -> Result<()> {
    let Minute { outcome, option, sentence, round, settles, dissent, effects, .. } = minute;
    let says = [option, sentence, round].iter().any(|text| !text.is_empty());
    if outcome.is_empty() && (says || [settles, dissent, effects].iter().any(|lines| !lines.is_empty())) {
        let words: Vec<&str> = Outcome::ALL.iter().map(|one| one.word()).collect();
        return Err(fault("no-outcome", "this says what was settled, and not how it came out")
            .hint(format!("outcome is one of: {}", words.join(", ")))
            .hint("what was only talked about stands under notes"));
    }
    Ok(())
}

fn decision(
    project: &Project,
    meeting: &str,
    uncertainty: Option<String>,
    minute: &Minute,
    actions: Vec<action::Wish>,
) -> Result<decide::Wish> {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let is_statement = |typed: &&String| typed.parse::<Label>().is_ok_and(|label| label.kind == Kind::Hypothesis);
    let (hypotheses, components): (Vec<&String>, Vec<&String>) = minute.settles.iter().partition(is_statement);
    let dissent = minute.dissent.iter().map(|line| {
        let (group, words) = line.split_once(':').ok_or_else(|| {
            fault("bad-dissent", "a line of dissent begins with its group").hint("write it as  gps: in their words")
        })?;
        Ok((resolve::group(project, group)?, words.trim().to_owned()))
    });
    Ok(decide::Wish {
        outcome: minute.outcome.parse()?,
        body: Body::Stakeholders,
        method: None,
        date: None,
        text: text(&minute.sentence),
        uncertainty,
        option: text(&minute.option),
        components: components.into_iter().cloned().collect(),
        hypotheses: hypotheses.into_iter().cloned().collect(),
        present: Vec::new(),
        dissent: dissent.collect::<Result<_>>()?,
        round: text(&minute.round),
        meeting: Some(meeting.to_owned()),
        items: Vec::new(),
        effects: minute.effects.clone(),
        actions,
    })
}
