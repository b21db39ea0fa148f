//! What follows from decisions: who does what until when, and the theory as it is then.

use super::Minute;
use crate::id::{Id, is_tag};
use crate::panel;
use crate::participant::Audience;
use crate::report::block::Block;
use crate::report::refinement::Step;
use crate::report::{Brief, TO_WRITE};
use crate::table::Table;
use serde::Serialize;

/// What somebody undertook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToDo {
    pub id: String,
    pub text: String,
    /// A coder's tag or a member's token.
    pub who: String,
    pub due: Option<String>,
    pub done: Option<String>,
}

/// What follows from a decision. In print nobody is told by their token.
pub(super) fn of_decision(brief: &Brief, decision: Id) -> Vec<ToDo> {
    let mut all = brief.to_do.get(&decision).cloned().unwrap_or_default();
    for one in &mut all {
        one.who = owner(brief.audience, &one.who);
    }
    all
}

/// Who does it: in print nobody is told by their tag or token, and a role is told as it stands.
pub fn owner(audience: Audience, who: &str) -> String {
    match audience {
        Audience::Publication if is_tag(who) => "the team".to_owned(),
        Audience::Publication if panel::token(who).is_ok() => "a member of the panel".to_owned(),
        _ => who.to_owned(),
    }
}

/// One row for what somebody undertook; one to be written where nobody undertook anything.
pub(super) fn to_do(minutes: &[&Minute]) -> Table {
    let mut table =
        Table::with(&[("action", "To do"), ("who", "Who"), ("when", "By when"), ("from", "From"), ("done", "Done")]);
    for (minute, one) in minutes.iter().flat_map(|minute| minute.to_do.iter().map(move |one| (minute, one))) {
        table.push(vec![
            one.text.as_str().into(),
            one.who.as_str().into(),
            one.due.clone().unwrap_or_else(|| "no day named".to_owned()).into(),
            minute.id.as_str().into(),
            one.done.clone().unwrap_or_else(|| "not yet".to_owned()).into(),
        ]);
    }
    if table.is_empty() {
        table.push([TO_WRITE; 5].map(Into::into).to_vec());
    }
    table
}

/// Steps of the theory that rest on decisions.
pub(super) fn theory(brief: &Brief) -> impl Iterator<Item = &Step> {
    brief.refinements.iter().filter(|step| !step.decisions.is_empty())
}

/// The theory after what was decided, and what is different in it.
pub(super) fn next_theory(brief: &Brief) -> Vec<Block> {
    let step = |(at, step): (usize, &Step)| {
        let heading = Block::heading(2, format!("The theory now: {}", step.to), format!("theory-{}", at + 1));
        std::iter::once(heading).chain(step.blocks()).collect::<Vec<Block>>()
    };
    let told: Vec<Block> = theory(brief).enumerate().flat_map(step).collect();
    if told.is_empty() {
        let missing = "the next version of the theory, frozen after these decisions";
        return vec![Block::heading(2, "The theory now", "theory-1"), Block::to_write(missing)];
    }
    told
}
