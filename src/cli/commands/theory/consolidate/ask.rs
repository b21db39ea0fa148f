//! Going through proposals at a terminal: one after another, a line an answer, each decision an operation of its own.

use super::shown;
use crate::act::consolidate::ruling::{self, Decision, Row};
use crate::act::consolidate::{self as act, Look, Wish};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::consolidate::{Proposal, Relation};
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use serde_json::json;
use std::io::BufRead;

pub fn run(context: &Context, wish: &Wish) -> Result<Exit> {
    let mut project = context.open()?;
    walk(context, &mut project, wish, &mut std::io::stdin().lock())
}

fn walk(context: &Context, project: &mut Project, wish: &Wish, answers: &mut dyn BufRead) -> Result<Exit> {
    let by = project.coder(true)?;
    let look = act::look(project, wish)?;
    let (mut settled, mut skipped) = (Vec::new(), 0);
    for (at, proposal) in look.proposals.iter().enumerate() {
        context.ui.say(&format!("\n{} of {}", at + 1, look.proposals.len()));
        show(context, &look, proposal);
        match answer(context, project, &look, proposal, answers)? {
            Some(true) => settled.push(proposal.key.clone()),
            Some(false) => skipped += 1,
            None => break,
        }
    }
    let left = look.proposals.len() - settled.len();
    let rehearsed = if context.surroundings.rehearsal { " (dry run: nothing was written)" } else { "" };
    context.ui.answer(
        &format!("settled {}, {skipped} skipped, {left} left, as {by}{rehearsed}", settled.len()),
        &json!({ "settled": settled, "skipped": skipped, "left": left, "by": by }),
    );
    Ok(Exit::Done)
}

fn show(context: &Context, look: &Look, proposal: &Proposal) {
    let relation = proposal.relation.word().replace('_', " ");
    context.ui.say(&format!("{relation} {}", shown::score(proposal)));
    for id in &proposal.members {
        let sentence = look.synthesis.hypotheses.get(id).map(crate::hypothesis::Hypothesis::sentence).unwrap_or_default();
        context.ui.say(&format!("  {}  {sentence}", look.synthesis.label(*id)));
    }
    for because in &proposal.because {
        context.ui.say(&format!("    {}", shown::told(because)));
    }
}

/// `true` settled, `false` skipped, `None` no more. Asks again after an answer that cannot be taken.
fn answer(
    context: &Context,
    project: &mut Project,
    look: &Look,
    proposal: &Proposal,
    answers: &mut dyn BufRead,
) -> Result<Option<bool>> {
    loop {
        context.ui.say("a accept, e related, r reject, m merge into one, f all feed one; s skip; q quit");
        let Some(line) = next(answers)? else { return Ok(None) };
        let decision = match line.trim().to_lowercase().as_str() {
            "a" | "accept" => Decision::Accept,
            "e" | "related" => Decision::Related,
            "r" | "reject" => Decision::Reject,
            "m" | "merge" => Decision::Merge,
            "f" | "feeds" => Decision::Feeds,
            "s" | "skip" => return Ok(Some(false)),
            "q" | "quit" => return Ok(None),
            other => {
                context.ui.fault(&fault("bad-answer", format!("'{}' is none of these", crate::render::terminal::plain(other))));
                continue;
            }
        };
        let Some(rows) = rows(context, look, proposal, decision, answers)? else { return Ok(None) };
        match ruling::apply(project, &rows) {
            Ok(_) => return Ok(Some(true)),
            Err(refused) if refused.0.code == "io" => return Err(refused),
            Err(refused) => context.ui.fault(&refused),
        }
    }
}

/// The rows of a proposal with one decision for all; asks for sentence and reason where they are needed.
fn rows(
    context: &Context,
    look: &Look,
    proposal: &Proposal,
    decision: Decision,
    answers: &mut dyn BufRead,
) -> Result<Option<Vec<Row>>> {
    let mut ask = |question: &str| -> Result<Option<String>> {
        context.ui.say(question);
        next(answers)
    };
    let mut row = Row { proposal: proposal.key.clone(), decision: Some(decision), ..Row::default() };
    row.relation = Some(proposal.relation).filter(|relation| *relation != Relation::RivalCandidate);
    if matches!(decision, Decision::Merge | Decision::Feeds) {
        let Some(line) = ask("sentence of the consolidated statement, or the label of one that is there:")? else { return Ok(None) };
        let line = line.trim().to_owned();
        let is_label = line.parse::<crate::id::Label>().is_ok();
        if is_label { row.into = Some(line) } else { row.sentence = Some(line) }
    }
    if !matches!(decision, Decision::Accept | Decision::Related) {
        let Some(line) = ask("why?")? else { return Ok(None) };
        row.reason = Some(line.trim().to_owned());
    }
    let member = |id: &crate::id::Id| Row { statement: look.synthesis.label(*id), ..row.clone() };
    Ok(Some(proposal.members.iter().map(member).collect()))
}

fn next(answers: &mut dyn BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    let read =
        answers.read_line(&mut line).map_err(|error| fault("io", format!("cannot read the answer: {error}")))?;
    Ok((read > 0).then_some(line))
}

#[cfg(test)]
mod tests;
