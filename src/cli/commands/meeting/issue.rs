//! `realist meeting ready`, `issue`, `changed` and `sent`

use crate::act::meeting::issue::{self as act, Wish};
use crate::act::meeting::{look, named_or_next, ready as readiness};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted};
use crate::cli::ui::Exit;
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::project::Project;
use crate::table::Table;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Issue {
    #[arg(value_name = "G1.gj")]
    meeting: String,
    /// Format of the papers: html, docx, md, pdf; may be repeated. html and docx unless said.
    #[arg(long = "to", value_name = "FORMAT")]
    formats: Vec<String>,
    /// Member it goes to; may be repeated. All who were invited and did not decline unless said.
    #[arg(long = "member", value_name = "TOKEN")]
    members: Vec<String>,
    /// Folder the files are written to; G1.gj-papers-1.gj unless said.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Papers and ballots in letters of 18 points and more.
    #[arg(long)]
    large_print: bool,
}

#[derive(Debug, clap::Args)]
pub struct Sent {
    #[arg(value_name = "G1.gj")]
    meeting: String,
    /// One sending, by its number.
    #[arg(value_name = "1.gj", requires = "out")]
    issue: Option<String>,
    /// Folder its kept copies are written to.
    #[arg(long, value_name = "FOLDER", requires = "issue")]
    out: Option<PathBuf>,
}

pub fn ready(context: &Context, project: &Project, typed: Option<&str>) -> Result<Exit> {
    let meeting = named_or_next(project, typed)?;
    let label = project.label(meeting.id);
    let blockers = readiness::blockers(project, &meeting)?;
    let mut table = Table::with(&[("what", "What blocks it"), ("command", "Command")]);
    for one in &blockers {
        table.push(vec![one.what.as_str().into(), one.command.as_str().into()]);
    }
    let json = json!({ "id": label, "ready": blockers.is_empty(), "blockers": blockers });
    if blockers.is_empty() {
        context.ui.answer(&format!("{label} {} is ready", meeting.title), &json);
    } else {
        context.ui.heading(&format!("{label} {}: {}", meeting.title, counted(blockers.len(), "blocker")));
        context.ui.list(&table, &json);
    }
    Ok(Exit::negative_if(!blockers.is_empty()))
}

pub fn run(context: &Context, project: &mut Project, wanted: Issue) -> Result<Exit> {
    let Issue { meeting, formats, members, out, large_print } = wanted;
    let wish = Wish { formats, to: members, out, large_print };
    let done = act::issue(project, &meeting, &wish)?;
    let one = &done.answer;
    let files: Vec<String> = one.files.iter().map(|file| file.display().to_string()).collect();
    let said = format!(
        "kept {} of {} as {}, for {}",
        counted(files.len(), "file"),
        one.id,
        one.issue,
        counted(one.to.len(), "member")
    );
    let json = json!({ "id": one.id, "issue": one.issue, "to": one.to, "files": files, "open": one.open });
    confirm(context, &done, &said, json);
    for blocker in &one.open {
        let said = format!("still open: {}", blocker.what);
        context.ui.diagnostic(&Diagnostic::warning("not-ready", said).hint(blocker.command.clone()));
    }
    if done.rehearsal {
        return Ok(Exit::Done);
    }
    let folder = one.folder.display();
    if let Err(why) = act::copy(project, &one.id, &one.issue, &one.folder) {
        // What was kept is kept: only the files to send are missing.
        let again = format!("then: realist meeting sent {} {} --out FOLDER", one.id, one.issue);
        context.ui.fault(&why.hint(again));
        return Ok(Exit::Negative);
    }
    context.ui.say(&format!("send what lies in {folder}; nothing was sent by this program"));
    Ok(Exit::Done)
}

pub fn changed(context: &Context, project: &Project, typed: Option<&str>) -> Result<Exit> {
    let meeting = named_or_next(project, typed)?;
    let label = project.label(meeting.id);
    let Some(last) = meeting.issued.last() else {
        return Err(
            fault("not-issued", format!("no papers of {label} were sent")).hint(format!("realist meeting issue {label}"))
        );
    };
    let Some((last, changes)) = act::changes(project, &meeting)? else {
        let json = json!({ "id": label, "issue": last.key, "on": last.on, "changes": null });
        context.ui.answer(&format!("what changed since {} was sent on {} cannot be said", last.key, last.on), &json);
        context.ui.say(&gone(&last.key));
        context.ui.say(&format!("to send them anew: realist meeting issue {label}"));
        return Ok(Exit::Negative);
    };
    let mut table = Table::with(&[("paper", "Paper"), ("section", "Section"), ("how", "Since")]);
    for one in &changes {
        table.push(vec![one.paper.as_str().into(), one.section.as_str().into(), one.how.into()]);
    }
    let json = json!({ "id": label, "issue": last.key, "on": last.on, "changes": changes });
    if changes.is_empty() {
        context.ui.answer(&format!("nothing changed since {} was sent on {}", last.key, last.on), &json);
    } else {
        context.ui.list(&table, &json);
        context.ui.say(&format!("since {} was sent on {}; to send them anew: realist meeting issue {label}", last.key, last.on));
    }
    Ok(Exit::negative_if(!changes.is_empty()))
}

pub fn sent(context: &Context, project: &Project, wanted: Sent) -> Result<Exit> {
    if let (Some(issue), Some(folder)) = (&wanted.issue, &wanted.out) {
        let files = act::copy(project, &wanted.meeting, issue, folder)?;
        let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        let done = if context.surroundings.rehearsal { "dry run: nothing was written" } else { "wrote the kept copies of" };
        context.ui.answer(&format!("{done} {}", names.join(", ")), &json!({ "issue": issue, "files": names }));
        return Ok(Exit::Done);
    }
    let shown = look(project, &wanted.meeting)?;
    let table = shown.papers_sent(true, "Theory", |one| one.version.clone().unwrap_or_else(|| one.theory.clone()));
    context.ui.list(&table, &json!(shown.sent));
    for one in shown.sent.iter().filter(|one| !one.kept) {
        context.ui.say(&gone(&one.issue));
    }
    Ok(Exit::negative_if(shown.sent.is_empty()))
}

fn gone(issue: &str) -> String {
    format!(
        "the kept copies of {issue} are not here: they were destroyed with words they may have held, or did not arrive yet"
    )
}
