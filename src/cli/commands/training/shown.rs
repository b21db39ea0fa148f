//! Training cases on the screen.

use super::write;
use crate::act::training::{self as act, form, look};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, Severity, fault};
use crate::project::Project;
use crate::table::{Cell, Table};
use crate::training::{Host, Told};
use serde_json::{Value, json};
use std::path::Path;

pub fn list(context: &Context, project: &Project) -> Result<Exit> {
    let all = look::looks(project);
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("no-cases", "there is no training case yet")
            .hint("realist training new case.toml --from H12.gj; fill it in, then: realist training add case.toml"));
    }
    let mut table = Table::with(&[
        ("id", "Id"),
        ("title", "Title"),
        ("origin", "Vignette"),
        ("trains", "Trains"),
        ("stages", "Stages"),
        ("minutes", "Minutes"),
        ("answers", "Answers"),
        ("retired", "Retired"),
    ]);
    for one in &all {
        table.push(vec![
            one.id.as_str().into(),
            excerpt(&one.title, 60).into(),
            one.origin.word().into(),
            one.trains.join(", ").into(),
            one.stages.into(),
            one.minutes.map(|minutes| minutes as usize).map_or(Cell::Empty, Cell::from),
            one.answers.into(),
            if one.retired { "yes".into() } else { Cell::Empty },
        ]);
    }
    context.ui.list(&table, &json!(all));
    Ok(Exit::negative_if(all.is_empty()))
}

pub fn show(context: &Context, project: &Project, typed: &str, toml: bool, out: Option<&Path>) -> Result<Exit> {
    let told = project.told(&act::find(project, typed)?);
    if toml || out.is_some() {
        // What is not at hand would be taken away by an edit with its form.
        if let Some(key) = told.missing().first() {
            return Err(fault("words-missing", format!("the words of stage {key} are not on this computer"))
                .hint("let the sync client fetch corpus/sealed, or merge a copy that has them"));
        }
        let text = form::print(&act::form_of(project, &told));
        match out {
            Some(file) => write(context, project, file, text)?,
            None => context.ui.exact(&text),
        }
        return Ok(Exit::Done);
    }
    let whole = look::whole(project, &told);
    if context.ui.is_json() {
        context.ui.json(&whole);
        return Ok(Exit::Done);
    }
    describe(context, project, &told, &whole);
    Ok(Exit::Done)
}

fn describe(context: &Context, project: &Project, told: &Told, whole: &Value) {
    let (ui, one) = (&context.ui, &told.training);
    ui.heading(&format!("{} {}", project.label(one.id), one.title));
    let trains: Vec<&str> = one.trains.iter().map(String::as_str).collect();
    for (word, text) in [
        ("vignette", Some(one.origin.word().to_owned())),
        ("setting", one.setting.clone()),
        ("consent", one.consent_basis.clone()),
        ("trains", (!trains.is_empty()).then(|| trains.join(", "))),
        ("minutes", one.minutes.map(|minutes| format!("{minutes}; the stages take {}", one.length().0))),
        ("introduction", Some(told.preamble.introduction.clone()).filter(|text| !text.is_empty())),
    ] {
        if let Some(text) = text {
            ui.hanging(&format!("{word:<13} "), &text);
        }
    }
    for host in Host::ALL {
        if let Some(text) = told.preamble.roles.get(host) {
            ui.hanging(&format!("{:<13} ", host.title()), text);
        }
    }
    for held in &one.objectives {
        let basis: Vec<String> = held.rests_on.iter().map(|id| project.label(*id)).collect();
        ui.hanging("to learn      ", &format!("{} ({})", held.text, basis.join(", ")));
    }
    let missing = told.missing();
    for (at, (stage, telling)) in told.stages().enumerate() {
        let time = stage.minutes.map(|minutes| format!(", {minutes} minutes")).unwrap_or_default();
        ui.heading(&format!("Stage {} ({}{time}) {}", at + 1, stage.key, telling.title));
        if missing.contains(&stage.key.as_str()) {
            ui.text("[its words are not on this computer, or were destroyed]");
            continue;
        }
        ui.text(&telling.vignette);
        telling.asked().iter().for_each(|one| ui.hanging("  ? ", one));
        ui.hanging("  commentary  ", &telling.commentary);
        let basis: Vec<String> = stage.rests_on.iter().chain(&stage.against).map(|id| project.label(*id)).collect();
        if !basis.is_empty() {
            ui.hanging("  rests on    ", &basis.join(", "));
        }
    }
    if let Some(answers) = whole["answers"].as_array().filter(|answers| !answers.is_empty()) {
        let mut table = Table::with(&[("hypothesis", "Draft"), ("stage", "Stage"), ("who", "Who")]);
        for one in answers {
            let cell = |key: &str| one[key].as_str().map(str::to_owned).into();
            table.push(vec![cell("hypothesis"), cell("stage"), cell("who")]);
        }
        ui.list(&table, &Value::Null);
    }
}

pub fn check(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let found = look::check(project, typed)?;
    let label = project.label(act::find(project, typed)?.id);
    if context.ui.is_json() {
        context.ui.json(&json!({ "id": label, "found": found }));
    } else {
        for one in &found {
            context.ui.diagnostic(one);
        }
        context.ui.say(&format!("{label}: {}", if found.is_empty() { "nothing to mend".to_owned() } else { counted(found.len(), "thing") + " to look at" }));
    }
    Ok(Exit::negative_if(found.iter().any(|one| one.severity > Severity::Note)))
}
