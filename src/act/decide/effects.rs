//! What a decision does to statements and components, in the same step.

use crate::act::parts::Placing;
use crate::act::{component, hypothesis, life, resolve};
use crate::decision::{Changed, Effect, RETIRED};
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::hypothesis::{Editorial, Hypothesis, PartKind};
use crate::id::{Id, Kind, Label};
use crate::project::{Batch, Project};
use crate::text::words::fold;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Effects that were typed, in order, with what they write and how the components are called that they make.
#[derive(Debug, Default)]
pub struct Effects {
    pub all: Vec<Effect>,
    writes: Vec<(Kind, Id, Fields)>,
    made: BTreeMap<Id, Label>,
}

/// How the reason begins that a statement keeps of a decision; its label follows.
pub const DECIDED: &str = "decided: ";

/// What people may type for a standing.
const VERBS: [(&str, Editorial); 3] =
    [("adopt", Editorial::Active), ("demote", Editorial::Parked), ("reject", Editorial::Rejected)];

impl Effects {
    /// Reads them; components that are new are made at once, so that what follows can name them.
    ///
    /// | typed | does |
    /// |---|---|
    /// | `H3.gj=adopt`, `demote`, `reject`, or a standing | moves a statement on |
    /// | `H3.gj=If …, then …` | gives it other words |
    /// | `H3.gj/context=…` | gives its one part of that kind other words, or its first of the kind |
    /// | `H3.gj/component=K2.gj` | hangs it on a component, by label or name |
    /// | `K2.gj=…`, `K2.gj=retired` | says what a component is, or gives it up |
    /// | `component=Name: what it is` | adds a component |
    ///
    /// Faults: `bad-effect`, `effect-twice`, `unknown-id`, `no-such-step`, `ambiguous-part`, `no-part`, `name-taken`.
    pub fn read(batch: &mut Batch<'_>, typed: &[String]) -> Result<Self> {
        let mut effects = Effects::default();
        for one in typed {
            let (effect, kind, fields) = effects.one(batch, one)?;
            let is_same = |held: &Effect| (held.of, held.field, &held.part) == (effect.of, effect.field, &effect.part);
            if effects.all.iter().any(is_same) {
                return Err(fault("effect-twice", format!("'{one}' changes what another effect changes already"))
                    .hint("leave one of the two out"));
            }
            effects.writes.push((kind, effect.of, fields));
            effects.all.push(effect);
        }
        Ok(effects)
    }

    fn one(&mut self, batch: &mut Batch<'_>, typed: &str) -> Result<(Effect, Kind, Fields)> {
        let (of, to) = typed.split_once('=').ok_or_else(|| bad(typed))?;
        let (of, to) = (of.trim(), to.trim());
        if to.is_empty() {
            return Err(bad(typed));
        }
        if of.eq_ignore_ascii_case(Kind::Component.word()) {
            return self.add(batch, to);
        }
        let (head, part) = of.split_once('/').map_or((of, None), |(head, part)| (head.trim(), Some(part.trim())));
        if head.parse::<Label>().is_ok_and(|label| label.kind == Kind::Hypothesis) {
            let held = hypothesis::open(batch.project(), head)?;
            return match part {
                None => standing_or_words(batch.project(), &held, to),
                Some(part) if part.eq_ignore_ascii_case(Kind::Component.word()) => {
                    let component = self.component(batch.project(), to)?;
                    Ok(of_statement(
                        &held,
                        Changed::Component,
                        &component.to_string(),
                        json!({ "component": component }),
                    ))
                }
                Some(part) => part_of(batch, held, part, to),
            };
        }
        let of = resolve::component(batch.project(), of)?;
        let (field, fields) = match to {
            RETIRED => (Changed::Status, json!({ "retired": true })),
            words => (Changed::Description, json!({ "description": words })),
        };
        Ok((Effect { of, field, part: None, to: to.to_owned() }, Kind::Component, Batch::fields(fields)))
    }

    /// `Peer workers: where an area can support them`.
    fn add(&mut self, batch: &mut Batch<'_>, typed: &str) -> Result<(Effect, Kind, Fields)> {
        let (name, description) = typed.split_once(':').unwrap_or((typed, ""));
        let (name, description) = (name.trim(), Some(description.trim()).filter(|text| !text.is_empty()));
        let entry = component::Entry {
            name: Some(name.to_owned()),
            description: description.map(str::to_owned),
            ..component::Entry::default()
        };
        let (of, label) = component::create(batch, &entry)?;
        self.made.insert(of, label);
        Ok((Effect { of, field: Changed::Added, part: None, to: name.to_owned() }, Kind::Component, Fields::new()))
    }

    /// One of the components this decision makes.
    fn named(&self, name: &str) -> Option<Id> {
        let made = self.all.iter().find(|one| one.field == Changed::Added && fold(&one.to) == fold(name));
        made.map(|one| one.of)
    }

    fn component(&self, project: &Project, typed: &str) -> Result<Id> {
        self.named(typed).map_or_else(|| resolve::component(project, typed), Ok)
    }

    /// Applies them; gives what changed, in words.
    pub fn apply(&self, batch: &mut Batch<'_>, decision: &str) -> Vec<String> {
        for (kind, id, fields) in &self.writes {
            let mut fields = fields.clone();
            if *kind == Kind::Hypothesis {
                fields.insert("reason".to_owned(), format!("{DECIDED}{decision}").into());
            }
            batch.set(*kind, *id, &fields);
        }
        let named = |id: Id| self.made.get(&id).map_or_else(|| batch.project().label(id), ToString::to_string);
        self.all.iter().map(|one| one.told(named)).collect()
    }

    /// Components and statements that they change.
    pub fn changed(&self) -> (Vec<Id>, Vec<Id>) {
        let of = |wanted| {
            self.writes.iter().filter(move |(kind, ..)| *kind == wanted).map(|(_, id, _)| *id).collect::<Vec<Id>>()
        };
        (of(Kind::Component), of(Kind::Hypothesis))
    }
}

fn bad(typed: &str) -> Fault {
    fault("bad-effect", format!("'{typed}' is no effect"))
        .hint("a statement's standing or wording: --effect H3.gj=reject, --effect 'H3.gj=If ..., then ...'")
        .hint("one of its parts, its component: --effect 'H3.gj/context=...', --effect H3.gj/component=K2.gj")
        .hint("a component: --effect 'K2.gj=...', --effect 'component=Name: what it is'")
}

fn of_statement(held: &Hypothesis, field: Changed, to: &str, fields: Value) -> (Effect, Kind, Fields) {
    (Effect { of: held.id, field, part: None, to: to.to_owned() }, Kind::Hypothesis, Batch::fields(fields))
}

fn standing_or_words(project: &Project, held: &Hypothesis, to: &str) -> Result<(Effect, Kind, Fields)> {
    let verb = VERBS.iter().find(|(verb, _)| *verb == to).map(|(_, standing)| *standing);
    let Some(status) = verb.or_else(|| to.parse().ok()) else {
        return Ok(of_statement(held, Changed::Statement, to, json!({ "statement": to })));
    };
    // Who adopts a draft has screened it.
    if (held.status, status) != (Editorial::Draft, Editorial::Active) {
        life::status::refuse_step(project, held, status, Some("decided"))?;
    }
    Ok(of_statement(held, Changed::Status, status.word(), json!({ "status": status })))
}

/// A part by its key, or by its kind; the first of a kind gets a key.
fn part_of(batch: &Batch<'_>, held: Hypothesis, typed: &str, to: &str) -> Result<(Effect, Kind, Fields)> {
    let of = held.id;
    let mut placing = Placing::of(held, hypothesis::used_keys(batch.project(), of), batch.coder());
    let key = match typed.parse::<PartKind>() {
        Ok(kind) => {
            let (reworded, added) = placing.place(&[(kind, to.to_owned())])?;
            reworded.into_iter().chain(added).next()
        }
        Err(_) => Some(placing.reword(typed, to)?),
    };
    Ok((Effect { of, field: Changed::Part, part: key, to: to.to_owned() }, Kind::Hypothesis, placing.fields()))
}
