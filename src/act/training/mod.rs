//! Training cases: written in a form, kept stage by stage, handed out, and answered. `draft` fills a form in beforehand,
//! `pack` makes what is handed out, `answers` takes in what came back, `look` tells what is wrong with a case.

pub mod answers;
mod draft;
pub mod form;
pub mod look;
pub mod pack;

pub use draft::draft;
pub use form::Form;

use super::resolve;
use crate::check::typed;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind, Label};
use crate::participant::{Audience, Participant};
use crate::project::{Batch, Done, Project};
use crate::training::{Told, Training};
use form::{ObjectiveForm, StageForm};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A case by its label.
pub fn find(project: &Project, typed: &str) -> Result<Training> {
    resolve::find(project, Kind::Training, typed).and_then(|id| resolve::read(project, id))
}

/// Adds a case; gives its label.
///
/// Faults: `no-title`, `no-origin`, `no-consent`, `rests-on-nothing`, `not-a-basis`, and those of finding things.
pub fn add(project: &mut Project, form: &Form) -> Result<Done<String>> {
    project.write("training add", true, |batch| {
        let form = Form { state: String::new(), ..form.clone() };
        let mut fields = fields(batch, &form, None)?;
        fields.insert("author".to_owned(), batch.coder().into());
        Ok(batch.create(Kind::Training, &fields).1.to_string())
    })
}

/// Lets a case say what a form says; gives its label.
///
/// Faults: those of [`add`], `stale-form` where the case says something else by now than when the form was made.
pub fn edit(project: &mut Project, typed: &str, form: &Form) -> Result<Done<String>> {
    project.write("training edit", true, |batch| {
        let held = batch.project().told(&find(batch.project(), typed)?);
        let label = batch.project().label(held.training.id);
        if !form.state.is_empty() && form.state != state(batch.project(), &held) {
            return Err(fault("stale-form", format!("{label} was changed since this form was written out"))
                .hint(format!(
                    "write it out anew, and bring your changes over: realist training show {label} --out new.toml"
                ))
                .hint("or take the line 'state' out of the form, and it replaces what is there"));
        }
        let fields = fields(batch, form, Some(&held))?;
        batch.set(Kind::Training, held.training.id, &fields);
        Ok(label)
    })
}

/// Keeps a case but counts it no longer, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    project.write(if retired { "training retire" } else { "training revive" }, true, |batch| {
        let held = find(batch.project(), typed)?;
        if held.retired != retired {
            batch.set(Kind::Training, held.id, &Fields::from_iter([("retired".to_owned(), retired.into())]));
        }
        Ok(batch.project().label(held.id))
    })
}

/// The form that says what a case says.
pub fn form_of(project: &Project, told: &Told) -> Form {
    Form { state: state(project, told), ..as_said(project, told) }
}

/// Tells what a case says: twelve digits over its form.
fn state(project: &Project, told: &Told) -> String {
    typed::print(&form::print(&as_said(project, told)))
}

fn as_said(project: &Project, told: &Told) -> Form {
    let one = &told.training;
    let labels = |ids: &[Id]| ids.iter().map(|id| project.label(*id)).collect::<Vec<String>>();
    let objective = |one: &crate::training::Objective| ObjectiveForm {
        key: one.key.clone(),
        text: one.text.clone(),
        rests_on: labels(&one.rests_on),
    };
    Form {
        state: String::new(),
        title: one.title.clone(),
        setting: one.setting.clone().unwrap_or_default(),
        origin: one.origin.word().to_owned(),
        consent: one.consent_basis.clone().unwrap_or_default(),
        participants: labels(&one.consenting),
        trains: one.trains.iter().cloned().collect(),
        minutes: one.minutes,
        preamble: told.preamble.clone(),
        objectives: one.objectives.iter().map(objective).collect(),
        stages: told
            .stages()
            .map(|(stage, telling)| StageForm {
                key: stage.key.clone(),
                minutes: stage.minutes,
                rests_on: labels(&stage.rests_on),
                against: labels(&stage.against),
                telling,
            })
            .collect(),
    }
}

/// What a form says otherwise than is held: a field gone is `null`.
fn fields(batch: &mut Batch<'_>, form: &Form, held: Option<&Told>) -> Result<Fields> {
    let project = batch.project();
    if form.title.is_empty() {
        return Err(fault("no-title", "a training case needs a title").hint("write it behind title ="));
    }
    if form.origin.is_empty() {
        return Err(fault("no-origin", "it is not said where the vignette comes from")
            .hint("write behind origin = composite, fictional or consented: it is printed beside the vignette"));
    }
    let origin: crate::training::Origin = form.origin.parse()?;
    let consenting = consenting(project, form)?;
    if origin == crate::training::Origin::Consented && form.consent.is_empty() && consenting.is_empty() {
        return Err(fault("no-consent", "a consented story says how the person agreed")
            .hint("write it behind consent =, or name the participants behind participants ="));
    }
    let said = |text: &str| if text.is_empty() { Value::Null } else { text.into() };
    let mut fields = Fields::from_iter([
        ("title".to_owned(), said(&form.title)),
        ("setting".to_owned(), said(&form.setting)),
        ("origin".to_owned(), json!(origin)),
        ("consent_basis".to_owned(), said(&form.consent)),
        ("consenting".to_owned(), if consenting.is_empty() { Value::Null } else { json!(consenting) }),
        ("minutes".to_owned(), json!(form.minutes)),
    ]);
    if held.is_none_or(|held| held.preamble != form.preamble) {
        fields.insert("preamble".to_owned(), json!(batch.seal(&json!(form.preamble))?));
    }
    let trained = held.map(|held| held.training.trains.clone()).unwrap_or_default();
    let trains: BTreeSet<String> = form.trains.iter().cloned().collect();
    fields.extend(trains.difference(&trained).map(|role| (format!("trains:{role}"), json!(true))));
    fields.extend(trained.difference(&trains).map(|role| (format!("trains:{role}"), Value::Null)));
    objectives(batch, form, held, &mut fields)?;
    stages(batch, form, held, &mut fields)?;
    let before = held.and_then(|held| project.state().entity(held.training.id)).map(|entity| entity.fields());
    let before = before.unwrap_or_default();
    fields.retain(|name, value| before.get(name).unwrap_or(&Value::Null) != value);
    Ok(fields)
}

/// Faults: `unknown-id`, `no-consent`.
fn consenting(project: &Project, form: &Form) -> Result<Vec<Id>> {
    let found = form.participants.iter().map(|typed| {
        let id = super::participant::find(project, typed)?;
        let person: Participant = resolve::read(project, id)?;
        if person.may_be_quoted(Audience::Publication) {
            return Ok(id);
        }
        let label = project.label(id);
        Err(fault("no-consent", format!("{label} has not agreed that their words are published")).hint(format!(
            "where they have: realist participant set {label} --consent anonymous --audience publication"
        )))
    });
    found.collect()
}

/// Keys given in one act, and ever before.
struct Keys {
    letter: char,
    used: BTreeSet<String>,
    held: BTreeSet<String>,
    given: BTreeSet<String>,
}

impl Keys {
    fn of(project: &Project, held: Option<&Told>, field: &str, letter: char) -> Self {
        let entity = held.and_then(|held| project.state().entity(held.training.id));
        let prefix = format!("{field}:");
        let key = |name: &String| name.strip_prefix(&prefix).map(str::to_owned);
        let writes = entity.iter().flat_map(|entity| entity.all_writes());
        let used = writes.flat_map(|fields| fields.keys().filter_map(key).collect::<Vec<_>>()).collect();
        let now = entity.iter().flat_map(|entity| entity.fields());
        let now = now.filter(|(_, value)| !value.is_null()).filter_map(|(name, _)| key(&name)).collect();
        Keys { letter, used, held: now, given: BTreeSet::new() }
    }

    /// The key typed, or a new one. Faults: `unknown-key`, `key-twice`.
    fn key(&mut self, typed: &str, coder: &str) -> Result<String> {
        let key = if typed.is_empty() {
            let fresh = (1usize..).map(|number| format!("{}{number}.{coder}", self.letter));
            let mut fresh = fresh.filter(|key| !self.used.contains(key));
            fresh.next().unwrap_or_default()
        } else if self.held.contains(typed) {
            typed.to_owned()
        } else {
            return Err(fault("unknown-key", format!("the case has no '{typed}'"))
                .hint("leave key out for what is new; the others stand as they were written out"));
        };
        self.used.insert(key.clone());
        if self.given.insert(key.clone()) {
            return Ok(key);
        }
        Err(fault("key-twice", format!("'{key}' stands there twice")).hint("leave key out for what is new"))
    }

    /// Those that are held and were not given.
    fn gone(&self) -> impl Iterator<Item = &String> {
        self.held.difference(&self.given)
    }
}

fn objectives(batch: &mut Batch<'_>, form: &Form, held: Option<&Told>, fields: &mut Fields) -> Result<()> {
    let project = batch.project();
    let mut keys = Keys::of(project, held, "objective", 'o');
    for one in &form.objectives {
        if one.text.is_empty() {
            return Err(fault("no-text", "an objective does not say what people are to learn")
                .hint("write it behind text =, or take the whole entry out"));
        }
        let rests_on = basis(project, &one.rests_on)?;
        if rests_on.is_empty() {
            return Err(fault("rests-on-nothing", "an objective rests on no statement and no decision")
                .hint("write behind rests_on = what it comes from: H12.gj, X3.gj"));
        }
        let key = keys.key(&one.key, batch.coder())?;
        fields.insert(format!("objective:{key}"), json!({ "text": one.text, "rests_on": rests_on }));
    }
    fields.extend(keys.gone().map(|key| (format!("objective:{key}"), Value::Null)));
    Ok(())
}

fn stages(batch: &mut Batch<'_>, form: &Form, held: Option<&Told>, fields: &mut Fields) -> Result<()> {
    let project = batch.project();
    let mut keys = Keys::of(project, held, "stage", 's');
    let mut order = Vec::with_capacity(form.stages.len());
    for (number, one) in form.stages.iter().enumerate() {
        let located = |fault: crate::diagnostic::Fault| fault.hint(format!("in stage {}", number + 1));
        let key = keys.key(&one.key, batch.coder()).map_err(located)?;
        let against = one.against.iter().map(|typed| resolve::find(project, Kind::Evidence, typed));
        let stage = crate::training::Stage {
            key: key.clone(),
            minutes: one.minutes,
            rests_on: basis(project, &one.rests_on).map_err(located)?,
            against: against.collect::<Result<_>>().map_err(located)?,
            telling: telling(batch, &key, one, held)?,
        };
        fields.insert(format!("stage:{key}"), json!(stage));
        order.push(key);
    }
    fields.extend(keys.gone().map(|key| (format!("stage:{key}"), Value::Null)));
    let before: Vec<&String> = held.iter().flat_map(|held| &held.training.stages).map(|stage| &stage.key).collect();
    if before != order.iter().collect::<Vec<_>>() {
        fields.insert("order".to_owned(), json!(order));
    }
    Ok(())
}

/// Words that are as they were are not sealed once more.
fn telling(batch: &mut Batch<'_>, key: &str, one: &StageForm, held: Option<&Told>) -> Result<crate::sealed::Sealed> {
    let before = held.filter(|held| held.tellings.get(key) == Some(&one.telling));
    let before = before.and_then(|held| held.training.stages.iter().find(|stage| stage.key == key));
    match before {
        Some(stage) => Ok(stage.telling.clone()),
        None => batch.seal(&json!(one.telling)),
    }
}

/// Statements and decisions as typed. Faults: `not-a-basis`, and those of finding things.
fn basis(project: &Project, typed: &[String]) -> Result<Vec<Id>> {
    let found = typed.iter().map(|typed| {
        let kind = typed.parse::<Label>().map_or_else(|()| kind_of(typed), |label| label.kind);
        if matches!(kind, Kind::Hypothesis | Kind::Decision) {
            return resolve::find(project, kind, typed);
        }
        Err(fault("not-a-basis", format!("'{typed}' is neither a statement nor a decision"))
            .hint("write labels such as H12.gj or X3.gj"))
    });
    found.collect()
}

/// Of `H12`, which has no tag.
fn kind_of(typed: &str) -> Kind {
    let letters: String = typed.chars().take_while(char::is_ascii_alphabetic).collect();
    if letters.eq_ignore_ascii_case(Kind::Decision.prefix()) { Kind::Decision } else { Kind::Hypothesis }
}
