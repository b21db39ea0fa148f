//! `realist evidence appraise`

use crate::act::appraise::double::Row;
use crate::act::appraise::{self as act, Asked, Said, double};
use crate::act::evidence::Judgement;
use crate::act::output;
use crate::act::{self as acts, resolve};
use crate::appraisal::Scores;
use crate::cli::Context;
use crate::cli::commands::columns;
use crate::cli::commands::shared::{confirm, counted, optional, read_input, required, rows, score};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;
use crate::id::Kind;
use crate::participant::Audience;
use crate::project::Project;
use crate::table::{Cell, Table};
use serde_json::json;
use std::io::BufRead;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[arg(long, value_name = "H1.gj")]
    hypothesis: Option<String>,
    /// Name or label of a component.
    #[arg(long)]
    component: Option<String>,
    /// Links that somebody else appraised, for a second opinion: their scores are not shown, and yours change nothing until
    /// both are settled (realist evidence settle).
    #[arg(long)]
    second: bool,
    /// Write the links that wait as a sheet to fill in: relevance, richness, rigour, reason.
    #[arg(long, value_name = "FILE.csv", conflicts_with = "from")]
    to: Option<String>,
    /// Read such a sheet; rows without scores are passed over.
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["hypothesis", "component"])]
    from: Option<String>,
}

pub fn run(arguments: &Arguments, context: &Context, project: &mut Project) -> Result<Exit> {
    if let Some(file) = &arguments.from {
        return read(file, arguments.second, context, project);
    }
    if let Some(file) = &arguments.to {
        return hand_out(file, arguments, context, project);
    }
    walk(arguments, context, project, &mut std::io::stdin().lock())
}

/// Shows one link after another and takes an answer for each; a line an answer.
fn walk(arguments: &Arguments, context: &Context, project: &mut Project, answers: &mut dyn BufRead) -> Result<Exit> {
    let by = project.coder(true)?;
    let pending = waiting(arguments, project, &by)?;
    let mut appraised: Vec<String> = Vec::new();
    let mut skipped = 0;
    for (index, link) in pending.iter().enumerate() {
        show(context, project, link, (index + 1, pending.len()))?;
        match answer(context, project, (link, arguments.second), answers)? {
            Some(true) => appraised.push(project.label(link.id)),
            Some(false) => skipped += 1,
            None => break,
        }
    }
    let left = pending.len() - appraised.len();
    let rehearsed = if context.surroundings.rehearsal { " (dry run: nothing was written)" } else { "" };
    context.ui.answer(
        &format!("appraised {}, {skipped} skipped, {left} left, as {by}{rehearsed}", counted(appraised.len(), "link")),
        &json!({ "appraised": appraised, "skipped": skipped, "left": left, "by": by }),
    );
    Ok(Exit::Done)
}

fn waiting(arguments: &Arguments, project: &Project, coder: &str) -> Result<Vec<Evidence>> {
    let hypothesis =
        arguments.hypothesis.as_deref().map(|typed| resolve::find(project, Kind::Hypothesis, typed)).transpose()?;
    let component = arguments.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    Ok(act::pending(project, coder, &Asked { hypothesis, component, second: arguments.second }))
}

/// The links that wait, with the words, as a sheet of the team's own.
fn hand_out(file: &str, arguments: &Arguments, context: &Context, project: &Project) -> Result<Exit> {
    let by = project.coder(true)?;
    let lookup = project.lookup();
    let mut table = Table::with(&columns::APPRAISAL.map(|column| (column, column)));
    for link in waiting(arguments, project, &by)? {
        let statement: Hypothesis = resolve::read(project, link.hypothesis)?;
        let quotation = project.quotation(&lookup, &link.anchor)?;
        table.push(vec![
            project.label(link.id).into(),
            project.label(link.hypothesis).into(),
            statement.sentence().into(),
            link.stance.word().into(),
            acts::anchor::show(project, &lookup, &link.anchor).into(),
            quotation.marked().into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ]);
    }
    output::file(project, Audience::Team, std::path::Path::new(file), crate::render::csv::table(&table))?;
    let links = table.rows.len();
    context.ui.answer(
        &format!("{} to appraise in {file}, with participants' words: for the team", counted(links, "link")),
        &json!({ "file": file, "links": links, "by": by }),
    );
    Ok(Exit::negative_if(links == 0))
}

fn read(file: &str, second: bool, context: &Context, project: &mut Project) -> Result<Exit> {
    let given = scored(&read_input(file)?, file)?;
    let done = double::give(project, &given, second)?;
    let said = format!("appraised {}", counted(done.answer.len(), "link"));
    confirm(context, &done, &said, json!({ "appraised": done.answer }));
    Ok(Exit::Done)
}

/// Rows that give all three scores; rows that give none are passed over.
pub(super) fn scored(text: &str, file: &str) -> Result<Vec<Row>> {
    let mut given = Vec::new();
    for (number, row) in rows(text, file, &columns::APPRAISAL)?.iter().enumerate() {
        if ["relevance", "richness", "rigour"].iter().all(|column| optional(row, column).is_none()) {
            continue;
        }
        let of = |column| required(row, column, number + 1).and_then(score);
        given.push(Row {
            evidence: required(row, "evidence", number + 1)?.to_owned(),
            scores: Scores { relevance: of("relevance")?, richness: of("richness")?, rigour: of("rigour")? },
            reason: optional(row, "reason").map(str::to_owned),
        });
    }
    Ok(given)
}

fn show(context: &Context, project: &Project, link: &Evidence, (number, all): (usize, usize)) -> Result<()> {
    let lookup = project.lookup();
    let statement: Hypothesis = resolve::read(project, link.hypothesis)?;
    let quotation = project.quotation(&lookup, &link.anchor)?;
    let part = link.part.as_deref().and_then(|key| statement.parts.iter().find(|part| part.key == key));
    let bears = part.map_or("the whole".to_owned(), |part| format!("{}: {}", part.kind, part.text));
    let passage = acts::anchor::show(project, &lookup, &link.anchor);
    context.ui.say(&format!("\n{number} of {all}  {} ({}), {bears}", project.label(link.id), link.stance));
    context.ui.say(&format!("  {}  {}", project.label(link.hypothesis), statement.sentence()));
    let speaker = quotation.speaker.as_deref().map(|speaker| format!("{speaker}: ")).unwrap_or_default();
    context.ui.say(&format!("  {passage}  {speaker}{}", quotation.marked()));
    Ok(())
}

/// `true` appraised, `false` skipped, `None` no more. Asks again after an answer that cannot be taken.
fn answer(
    context: &Context,
    project: &mut Project,
    (link, second): (&Evidence, bool),
    answers: &mut dyn BufRead,
) -> Result<Option<bool>> {
    loop {
        context.ui.say("relevance, richness, rigour, 0 to 3 each (such as 212); s skip; q quit");
        let Some(line) = next(answers)? else { return Ok(None) };
        let judged = match act::read(&line) {
            Ok(Said::Skip) => return Ok(Some(false)),
            Ok(Said::Quit) => return Ok(None),
            Ok(Said::Judged(judged)) => judged,
            Err(fault) => {
                context.ui.fault(&fault);
                continue;
            }
        };
        let Some(judged) = with_reason(context, link, judged, answers)? else { return Ok(None) };
        let Some(scores) = judged.scores() else { continue };
        let row = Row { evidence: project.label(link.id), scores, reason: judged.reason };
        match double::give(project, &[row], second) {
            Ok(_) => return Ok(Some(true)),
            Err(fault) if fault.0.code == "reason-needed" => context.ui.fault(&fault),
            Err(fault) => return Err(fault),
        }
    }
}

/// Asks for the reason that a 0 or a 3 needs, unless there is one.
fn with_reason(
    context: &Context,
    link: &Evidence,
    judged: Judgement,
    answers: &mut dyn BufRead,
) -> Result<Option<Judgement>> {
    let extreme = [judged.relevance, judged.richness, judged.rigour].iter().any(|score| matches!(score, Some(0 | 3)));
    if !extreme || judged.reason.is_some() || link.reason.is_some() {
        return Ok(Some(judged));
    }
    context.ui.say("a 0 or a 3 needs a reason:");
    let Some(line) = next(answers)? else { return Ok(None) };
    let reason = Some(line.trim().to_owned()).filter(|reason| !reason.is_empty());
    Ok(Some(Judgement { reason, ..judged }))
}

fn next(answers: &mut dyn BufRead) -> Result<Option<String>> {
    let mut line = String::new();
    let read = answers
        .read_line(&mut line)
        .map_err(|error| fault("io", format!("cannot read the answer: {error}")))?;
    Ok((read > 0).then_some(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::anchor::Spot;
    use crate::act::desk::Desk;
    use crate::act::evidence::{self, Wish};
    use crate::cli::ui::{Format, Ui};
    use crate::evidence::Stance;

    #[test]
    fn each_link_takes_three_keys_and_each_judgement_is_an_operation() {
        let mut desk = Desk::with_interview();
        desk.statement("Something");
        for place in ["D1.gj/2", "D1.gj/3", "D1.gj/4"] {
            let judgement = Judgement { stance: Some(Stance::Supports), ..Judgement::default() };
            let spot = Spot::parse(place, None, None).unwrap();
            evidence::add(&mut desk.project, &[Wish { hypothesis: "H1.gj".to_owned(), spot, judgement }]).unwrap();
        }
        let context = Context {
            ui: Ui::new(Format::Json, clap::ColorChoice::Never, true, None),
            folder: desk.project.root().to_owned(),
            surroundings: desk.project.surroundings().clone(),
        };
        let arguments = Arguments { hypothesis: Some("H1.gj".to_owned()), component: None, second: false, to: None, from: None };
        let before = desk.project.state().notes().len();
        let mut answers = "what?\n212\ns\n310\n\n310\na full account\n".as_bytes();
        walk(&arguments, &context, &mut desk.project, &mut answers).unwrap();
        assert_eq!(desk.project.state().notes().len(), before + 2);
        let links = desk.project.state().all::<Evidence>();
        assert_eq!(links.iter().map(Evidence::is_appraised).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(links[2].reason.as_deref(), Some("a full account"));
        walk(&arguments, &context, &mut desk.project, &mut "q\n222\n".as_bytes()).unwrap();
        assert_eq!(act::pending(&desk.project, "gj", &Asked::default()).len(), 1);
    }
}
