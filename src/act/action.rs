//! Actions: what somebody undertook to do, by when, and that it is done.

use super::resolve;
use crate::action::{Action, Finish};
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind, is_tag};
use crate::panel;
use crate::project::{Batch, Done, Project};
use serde::Serialize;
use serde_json::json;

#[derive(Debug, Clone)]
pub struct Wish {
    pub text: String,
    /// A coder's tag or a panel member's token.
    pub owner: String,
    pub due: Option<String>,
    pub decision: Option<String>,
    pub meeting: Option<String>,
}

/// Reads `gj 2026-05-01: revise the manual`; the day may be left out. Fault `bad-action`.
pub fn read(typed: &str) -> Result<Wish> {
    let (head, text) = typed.split_once(':').ok_or_else(|| {
        fault("bad-action", format!("'{typed}' is no action")).hint("write it as  \"gj 2026-05-01: revise the manual\"")
    })?;
    let (owner, due) = match head.trim().split_once(' ') {
        Some((owner, due)) => (owner, Some(due.trim().to_owned())),
        None => (head.trim(), None),
    };
    Ok(Wish { text: text.trim().to_owned(), owner: owner.to_owned(), due, decision: None, meeting: None })
}

/// Notes an action; gives its label. Faults: `no-text`, `bad-owner`, `bad-date`, `unknown-id`.
pub fn add(project: &mut Project, wish: &Wish) -> Result<Done<String>> {
    project.write("action add", true, |batch| {
        let decision = wish.decision.as_deref();
        let decision = decision.map(|typed| resolve::find(batch.project(), Kind::Decision, typed)).transpose()?;
        create(batch, wish, decision)
    })
}

/// The same within another act, after a decision it has just taken.
pub(super) fn create(batch: &mut Batch<'_>, wish: &Wish, decision: Option<Id>) -> Result<String> {
    let text = wish.text.trim();
    if text.is_empty() {
        return Err(
            fault("no-text", "what is to be done?").hint("realist action add \"...\" --owner gj --due 2026-05-01")
        );
    }
    let meeting = wish.meeting.as_deref();
    let meeting = meeting.map(|typed| resolve::find(batch.project(), Kind::Meeting, typed)).transpose()?;
    let due = wish.due.as_deref().map(str::trim);
    due.map_or(Ok(()), resolve::day)?;
    let fields = Batch::fields(json!({
        "text": text,
        "owner": owner(&wish.owner)?,
        "due": due,
        "decision": decision,
        "meeting": meeting,
        "author": batch.coder(),
    }));
    Ok(batch.create(Kind::Action, &fields).1.to_string())
}

/// Whoever does it, as a project names them. Fault `bad-owner`.
pub(super) fn owner(typed: &str) -> Result<String> {
    let owner = typed.trim().to_lowercase();
    if is_tag(&owner) || panel::token(&owner).is_ok() {
        return Ok(owner);
    }
    // What was typed may be a name: it is not repeated.
    Err(fault("bad-owner", "whoever does it is named by a tag, such as gj, or by a member's token, such as gp1")
        .hint("names stand nowhere in a project"))
}

/// Notes that an action is done. Faults: `unknown-id`, `done-before`.
pub fn finish(project: &mut Project, typed: &str, result: Option<&str>) -> Result<Done<String>> {
    project.write("action done", true, |batch| {
        let held: Action = resolve::read(batch.project(), resolve::find(batch.project(), Kind::Action, typed)?)?;
        let label = batch.project().label(held.id);
        if let Some(done) = &held.done {
            return Err(fault("done-before", format!("{label} was done on {} by {}", done.on, done.by))
                .hint("what is left is an action of its own: realist action add"));
        }
        let result = result.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let done = Finish { on: batch.today(), by: batch.coder().to_owned(), result };
        batch.set(Kind::Action, held.id, &Batch::fields(json!({ "done": done })));
        Ok(label)
    })
}

/// An action as people look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub text: String,
    pub owner: String,
    pub due: Option<String>,
    pub decision: Option<String>,
    pub meeting: Option<String>,
    pub done: Option<String>,
    pub result: Option<String>,
    pub overdue: bool,
}

/// Actions, those with the nearest day first; done ones last.
pub fn list(project: &Project, only_open: bool, whose: Option<&str>) -> Vec<Look> {
    let today = crate::project::today(project.surroundings());
    let mut all = project.state().in_order::<Action>();
    all.retain(|one| !only_open || one.is_open());
    all.retain(|one| whose.is_none_or(|owner| one.owner.eq_ignore_ascii_case(owner.trim())));
    all.sort_by_key(|one| (!one.is_open(), one.due.is_none(), one.due.clone()));
    let look = |one: Action| Look {
        id: project.label(one.id),
        overdue: one.is_overdue(&today),
        decision: one.decision.map(|id| project.label(id)),
        meeting: one.meeting.map(|id| project.label(id)),
        done: one.done.as_ref().map(|done| done.on.clone()),
        result: one.done.and_then(|done| done.result),
        text: one.text,
        owner: one.owner,
        due: one.due,
    };
    all.into_iter().map(look).collect()
}
