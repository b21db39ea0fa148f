//! The pathway of a model of care: its steps (`entry` says what is said of one), where people move from them (`moves`),
//! which statements explain them; `pathway` takes in a whole one from a table.

mod entry;
pub mod moves;
pub mod pathway;

pub use entry::Entry;

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::model::{Because, Model};
use crate::pathway::{Step, folded};
use crate::project::{Batch, Done, Project};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Adds a step to the pathway of a model, the team's own unless one is named; gives its label. Without a rank it comes
/// above all others.
///
/// Faults: `no-name`, `name-taken`, `bad-rank`, `no-own-model`, `ambiguous-model`, and those of finding things.
pub fn add(project: &mut Project, model: Option<&str>, entry: &Entry) -> Result<Done<String>> {
    project.write("step add", true, |batch| {
        let model = model_meant(batch.project(), model)?;
        let held = Held::of(batch.project(), model);
        let fields = entry::fresh(batch, model, &held, entry)?;
        Ok(batch.create(Kind::Step, &fields).1.to_string())
    })
}

/// Changes what is said of a step; gives its label. Faults: those of [`add`], `not-listed`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("step edit", true, |batch| change(batch, typed, entry))
}

/// Keeps a step but leaves it out of the pathway, or takes it up again; gives its label.
pub fn retire(project: &mut Project, typed: &str, retired: bool) -> Result<Done<String>> {
    let entry = Entry { retired: Some(retired), ..Entry::default() };
    project.write(if retired { "step retire" } else { "step revive" }, true, |batch| change(batch, typed, &entry))
}

fn change(batch: &mut Batch<'_>, typed: &str, entry: &Entry) -> Result<String> {
    let project = batch.project();
    let id = resolve::step(project, typed)?;
    let step: Step = resolve::read(project, id)?;
    let held = Held::of(project, step.model);
    let mut fields = entry::fields(project, &held, Some(&step), entry)?;
    let now = project.state().entity(id).map(|entity| entity.fields()).unwrap_or_default();
    fields.retain(|name, value| now.get(name).unwrap_or(&Json::Null) != value);
    batch.set(Kind::Step, id, &fields);
    Ok(batch.project().label(id))
}

/// Ties a statement to a step as what explains it, with the reason; gives both labels. Faults: `why-needed`, and those of
/// finding things.
pub fn explain(project: &mut Project, step: &str, statement: &str, why: &str) -> Result<Done<(String, String)>> {
    let why = why.trim();
    if why.is_empty() {
        return Err(fault("why-needed", "how does the statement explain the step?").hint("add --why \"...\""));
    }
    project.write("step explain", true, |batch| {
        let because = json!(Because { why: why.to_owned(), by: batch.coder().to_owned() });
        tie(batch, step, statement, because)
    })
}

/// Takes such a tie away. Fault `not-tied`.
pub fn untie(project: &mut Project, step: &str, statement: &str) -> Result<Done<(String, String)>> {
    project.write("step explain", true, |batch| tie(batch, step, statement, Json::Null))
}

fn tie(batch: &mut Batch<'_>, step: &str, statement: &str, because: Json) -> Result<(String, String)> {
    let project = batch.project();
    let id = resolve::step(project, step)?;
    let statement = resolve::find(project, Kind::Hypothesis, statement)?;
    let labels = (project.label(id), project.label(statement));
    let held: Step = resolve::read(project, id)?;
    if because.is_null() && !held.because.contains_key(&statement) {
        return Err(fault("not-tied", format!("{} was never said to explain {}", labels.1, labels.0))
            .hint(format!("what is tied stands in: realist step show {}", labels.0)));
    }
    batch.set(Kind::Step, id, &Fields::from_iter([(format!("because:{statement}"), because)]));
    Ok(labels)
}

/// The model that is named, else the one that is the team's own. Faults: `no-own-model`, `ambiguous-model`, those of
/// finding models.
pub fn model_meant(project: &Project, typed: Option<&str>) -> Result<Id> {
    if let Some(typed) = typed {
        return resolve::model(project, typed);
    }
    let mut own = project.state().in_order::<Model>();
    own.retain(|one| one.ours && !one.retired);
    match own.as_slice() {
        [one] => Ok(one.id),
        [] => Err(fault("no-own-model", "no model is marked as your own, and none was named")
            .hint("add it: realist model add 'Our model' --ours")
            .hint("or say whose pathway it is: --model M1.gj")),
        many => {
            let labels: Vec<String> = many.iter().map(|one| project.label(one.id)).collect();
            Err(fault("ambiguous-model", format!("{} models are your own: {}", many.len(), labels.join(", ")))
                .hint(format!("say whose pathway it is: --model {}", labels[0])))
        }
    }
}

/// All steps of a model, retired ones too, in the order of their labels, found by name.
pub(super) struct Held {
    steps: Vec<Step>,
    /// By folded name; of several the first.
    names: BTreeMap<String, usize>,
    /// Rank of the highest in use.
    highest: u32,
}

impl Held {
    fn of(project: &Project, model: Id) -> Self {
        let mut held = Held { steps: Vec::new(), names: BTreeMap::new(), highest: 0 };
        project.state().in_order::<Step>().into_iter().filter(|one| one.model == model).for_each(|one| held.push(one));
        held
    }

    fn push(&mut self, step: Step) {
        self.names.entry(folded(&step.name)).or_insert(self.steps.len());
        if !step.retired {
            self.highest = self.highest.max(step.rank);
        }
        self.steps.push(step);
    }

    fn called(&self, name: &str) -> Option<&Step> {
        self.names.get(&folded(name)).map(|at| &self.steps[*at])
    }
}

/// Fault `name-taken`.
fn refuse_twin(project: &Project, held: &Held, name: &str, but: Option<Id>) -> Result<()> {
    match held.called(name).filter(|one| Some(one.id) != but) {
        Some(twin) => {
            // One made in this very act has no label in the project yet.
            let Some(label) = project.state().label_of(twin.id) else {
                return Err(fault("name-taken", format!("a step above is called '{}' too", twin.name))
                    .hint("give each step a name of its own"));
            };
            let back = format!("take it up again: realist step retire {label} --back");
            let refused = fault("name-taken", format!("{label} is called '{}' already", twin.name));
            Err(if twin.retired {
                refused.hint(back)
            } else {
                refused.hint("take another name, or change the one that is there")
            })
        }
        None => Ok(()),
    }
}
