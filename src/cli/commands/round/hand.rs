//! What a round hands out: ballots, results, feedback.

use crate::act::output;
use crate::act::report;
use crate::act::round::ballot::{self, As, Made};
use crate::act::round::{feedback as sheets, results as worked};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::disk;
use crate::participant::Audience;
use crate::project::{Project, ROUND_OF};
use crate::render::Print;
use crate::render::chart::svg;
use crate::report::Report;
use crate::report::round::chart;
use crate::stats::chance::Draws;
use serde_json::json;
use std::path::PathBuf;

/// Where papers for members go, and for whom.
#[derive(Debug, clap::Args)]
pub struct Handing {
    /// Folder they are written to; R1.gj-ballots or R1.gj-feedback unless said.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Only for this member; may be repeated.
    #[arg(long = "member", value_name = "TOKEN")]
    members: Vec<String>,
}

pub fn ballots(
    context: &Context,
    project: &Project,
    round: &str,
    handing: Handing,
    to: &[As],
    waiting: bool,
) -> Result<Exit> {
    let forms = if to.is_empty() { &[As::Html] } else { to };
    let made = ballot::make(project, round, forms, waiting, &handing.members)?;
    let label = label_of(project, round)?;
    write(context, project, made, handing.out, &format!("{label}-ballots"))?;
    context.ui.say(&format!("when they are back: realist round collect {label} FILE..."));
    Ok(Exit::Done)
}

pub fn feedback(context: &Context, project: &Project, round: &str, handing: Handing, to: &[String]) -> Result<Exit> {
    let to = if to.is_empty() { vec!["html".to_owned()] } else { to.to_vec() };
    let made = sheets::make(project, round, &report::renderers(&to)?, &handing.members)?;
    let label = label_of(project, round)?;
    write(context, project, made, handing.out, &format!("{label}-feedback"))?;
    context.ui.say("each sheet is for one member alone: it holds what they answered");
    Ok(Exit::Done)
}

fn label_of(project: &Project, round: &str) -> Result<String> {
    crate::act::round::find(project, round).map(|held| project.label(held.id))
}

/// Writes files into a folder; one that is there with other content may be filled in, and is not written over.
fn write(context: &Context, project: &Project, made: Vec<Made>, out: Option<PathBuf>, usual: &str) -> Result<()> {
    let folder = out.unwrap_or_else(|| context.folder.join(usual));
    let there = |one: &&Made| disk::holds_else(&folder.join(&one.name), &one.bytes);
    if let Some(held) = made.iter().find(there) {
        return Err(fault("file-exists", format!("{} is there, and may be filled in", folder.join(&held.name).display()))
            .hint("name another folder with --out FOLDER, or put that file away"));
    }
    let unwritten = context.surroundings.rehearsal;
    if !unwritten {
        disk::make_private_folder(&folder)?;
    }
    let after = if unwritten { " (dry run: nothing was written)" } else { "" };
    let names: Vec<String> = made.iter().map(|one| one.name.clone()).collect();
    let files = made.into_iter().map(|one| (folder.join(one.name), one.bytes)).collect();
    output::files(project, Audience::Meeting, files)?;
    context.ui.answer(
        &format!("{} in {}{after}", counted(names.len(), "file"), folder.display()),
        &json!({ "folder": folder.display().to_string(), "files": names }),
    );
    Ok(())
}

pub fn results(
    context: &Context,
    project: &Project,
    round: &str,
    audience: Audience,
    to: &[String],
    draws: Draws,
) -> Result<Exit> {
    let worked = worked::work(project, round, audience, draws)?;
    let made = worked.report(project);
    let warnings = || {
        let differing = worked.results.items.iter().filter_map(|item| {
            let (ram, classic) = item.rules_differ()?;
            let says = |yes| if yes { "disagreement" } else { "none" };
            let said = format!("{}: classic says {}, IPRAS {}", item.key, says(classic), says(ram.disagreement_ipras));
            Some(Diagnostic::warning("rules-differ", said))
        });
        worked.count.notes.iter().cloned().chain(differing).collect::<Vec<_>>()
    };
    if to.is_empty() {
        if context.ui.is_json() {
            context.ui.json(&made.data);
        } else if context.ui.is_for_reading() {
            context.ui.report(&made);
        } else {
            context.ui.list(&made.sheet, &made.data);
        }
    } else {
        // One round's paper must not be written over another's.
        let name = worked.sitting(project).round;
        let drawn = || svg(&chart(&worked.sitting(project)));
        let files = written(project, &made, &name, to, drawn)?;
        context.ui.answer(
            &format!("wrote {} for the {audience}", files.join(", ")),
            &json!({ "round": name, "for": audience, "files": files }),
        );
    }
    for one in &warnings() {
        context.ui.diagnostic(one);
    }
    Ok(Exit::Done)
}

fn written(
    project: &Project,
    made: &Report,
    round: &str,
    to: &[String],
    drawn: impl Fn() -> String,
) -> Result<Vec<String>> {
    let (charts, papers): (Vec<String>, Vec<String>) = to.iter().cloned().partition(|format| format == "svg");
    let label = round.replace(['.', '~'], "-");
    let whose = if made.audience == Audience::Team { String::new() } else { format!("-for-{}", made.audience) };
    let stem = format!("{ROUND_OF}{label}{whose}");
    let mut files = Vec::new();
    if !papers.is_empty() {
        files.extend(output::report(project, made.clone(), &stem, &report::renderers(&papers)?, Print::Usual)?);
    }
    if !charts.is_empty() {
        let path = project.outputs_folder().join(format!("{stem}.svg"));
        files.push(output::file(project, made.audience, &path, drawn().into_bytes())?);
    }
    let name = |path: &PathBuf| format!("outputs/{}", path.file_name().unwrap_or_default().to_string_lossy());
    Ok(files.iter().map(name).collect())
}
