//! What follows from decisions: who does what until when, and the theory as it is then.

use super::Minute;
use crate::id::Id;
use crate::report::block::{Block, day_in_words};
use crate::report::refinement::{Change, Step};
use crate::report::words::Press;
use crate::report::{Brief, TO_WRITE, who};
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

/// What follows from a decision. Others than the team read no token.
pub(super) fn of_decision(press: &Press, brief: &Brief, decision: Id) -> Vec<ToDo> {
    let mut all = brief.to_do.get(&decision).cloned().unwrap_or_default();
    for one in &mut all {
        one.who = who::told(press, &one.who);
    }
    all
}

/// One row for what somebody undertook; one to be written where nobody undertook anything.
pub(super) fn to_do(minutes: &[&Minute]) -> Table {
    let mut table =
        Table::with(&[("action", "To do"), ("who", "Who"), ("when", "By when"), ("from", "From"), ("done", "Done")]);
    for (minute, one) in minutes.iter().flat_map(|minute| minute.to_do.iter().map(move |one| (minute, one))) {
        table.push(vec![
            one.text.as_str().into(),
            one.who.as_str().into(),
            one.due.as_deref().map_or_else(|| "no day named".to_owned(), day_in_words).into(),
            minute.id.as_str().into(),
            one.done.as_deref().map_or_else(|| "not yet".to_owned(), day_in_words).into(),
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

/// A step of the theory for readers who were at the meeting: what was done, and to what end.
fn in_plain_words(step: &Step) -> Vec<Block> {
    let date = step.to_date.as_deref().map(|date| format!(", of {},", day_in_words(date))).unwrap_or_default();
    let changed = match step.changes.len() {
        1 => "1 statement or component".to_owned(),
        many => format!("{many} statements and components"),
    };
    let said = format!(
        "{}{date} rests on {}. It says something else of {changed} than {} did.",
        step.to,
        step.decisions.join(", "),
        step.from
    );
    let mut table = Table::with(&[
        ("id", "No."),
        ("move", "What was done"),
        ("before", "Before"),
        ("after", "Now"),
        ("decision", "Decision"),
    ]);
    for one in &step.changes {
        table.push(vec![
            one.id.as_str().into(),
            done(&one.moved).into(),
            one.before.clone().unwrap_or_else(|| "not there".to_owned()).into(),
            now(one).join("\n").into(),
            one.decision.clone().unwrap_or_else(|| "none".to_owned()).into(),
        ]);
    }
    let whole = format!("The version is told by its hash, {}. The refinement log has every step.", step.hash);
    let table =
        (!step.changes.is_empty()).then(|| Block::table(format!("What is different from {}", step.from), table));
    std::iter::once(Block::paragraph(said)).chain(table).chain([Block::rule(whole)]).collect()
}

/// A move of realist synthesis, as what was done.
fn done(moved: &str) -> &str {
    match moved {
        "add" => "new",
        "adjudicate" => "decided on",
        "consolidate" => "drawn together",
        "juxtapose" => "set beside another view",
        "reconcile" => "explained beside another view",
        "situate" => "said for whom and where it holds",
        "merge" => "joined with another",
        "split" => "made two of one",
        "refine" => "made more exact",
        "reword" => "reworded",
        "demote" => "set aside",
        "reject" => "rejected",
        _ => "changed",
    }
}

/// What it says now and how it stands; not what the evidence amounts to, which the papers before the meeting told.
fn now(one: &Change) -> Vec<String> {
    let sentence = match &one.after {
        Some(after) if one.before.as_ref() != Some(after) => Some(after.clone()),
        Some(_) => None,
        None => Some("no longer in the theory".to_owned()),
    };
    let told = one.details.iter().filter_map(|detail| match detail.split_once(": ") {
        Some(("evidential", _)) => None,
        Some(("status", status)) => match status.rsplit(' ').next() {
            Some("active") => None,
            Some("parked") => Some("set aside for now".to_owned()),
            other => other.map(str::to_owned),
        },
        Some(("consensus", consensus)) => Some(consensus.rsplit("now ").next().unwrap_or(consensus).to_owned()),
        Some(("component", component)) => Some(format!("belongs to {component}")),
        _ => Some(detail.clone()),
    });
    let mut lines: Vec<String> = sentence.into_iter().chain(told).collect();
    if lines.is_empty() {
        lines.push("the same words".to_owned());
    }
    lines
}

/// The theory after what was decided, and what is different in it.
pub(super) fn next_theory(brief: &Brief) -> Vec<Block> {
    let step = |(at, step): (usize, &Step)| {
        let heading = Block::heading(2, format!("The theory now: {}", step.to), format!("theory-{}", at + 1));
        std::iter::once(heading).chain(in_plain_words(step)).collect::<Vec<Block>>()
    };
    let told: Vec<Block> = theory(brief).enumerate().flat_map(step).collect();
    if told.is_empty() {
        let missing = "the next version of the theory, frozen after these decisions";
        return vec![Block::heading(2, "The theory now", "theory-1"), Block::to_write(missing)];
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_a_statement_is_told_without_the_words_of_the_method() {
        let change = |moved: &str, after: Option<&str>, details: &[&str]| Change {
            id: "H1.gj".to_owned(),
            kind: "hypothesis".to_owned(),
            moved: moved.to_owned(),
            before: Some("If so, then so.".to_owned()),
            after: after.map(str::to_owned),
            details: details.iter().map(|one| (*one).to_owned()).collect(),
            evidence: Vec::new(),
            decision: None,
            why: Vec::new(),
        };
        let settled = change(
            "adjudicate",
            Some("If so, then so."),
            &["evidential: none", "status: active", "consensus: agreed, now uncertain"],
        );
        assert_eq!((done(&settled.moved), now(&settled)), ("decided on", vec!["uncertain".to_owned()]));
        let parked = change("demote", None, &["status: active, now parked"]);
        assert_eq!(
            (done(&parked.moved), now(&parked).join("; ")),
            ("set aside", "no longer in the theory; set aside for now".to_owned())
        );
        for moved in crate::programme::moves::Move::ALL {
            assert_ne!(done(moved.word()), "changed", "{moved} has words of its own");
        }
    }
}
