//! `realist recommend list`, `show`, `workforce`.

use crate::act::recommend::find;
use crate::act::recommend::look::{self as act, Look, Wanted};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::grounds::Grounds;
use crate::participant::Audience;
use crate::project::{Depth, Project};
use crate::recommendation::{Gap, Recommendation};
use crate::report::recommendations::{Told, every, workforce_rows, workforce_table};
use crate::report::words::Press;
use crate::table::Table;
use serde_json::{Value as Json, json};

pub fn list(context: &Context, project: &Project, wanted: &Wanted) -> Result<Exit> {
    let all = act::list(project, wanted)?;
    if all.is_empty() && !context.ui.is_json() && project.state().all::<Recommendation>().is_empty() {
        return Err(fault("no-recommendations", "there is no recommendation yet")
            .hint("what could be recommended: realist recommend draft --audience practice"));
    }
    let mut table = Table::with(&[
        ("id", "Id"),
        ("audience", "For"),
        ("action", "To be done"),
        ("basis", "Rests on"),
        ("footing", "Footing"),
        ("owner", "Who"),
        ("due", "By when"),
        ("lacks", "Lacks"),
    ]);
    for one in &all {
        let basis = one.basis.iter().map(|rests| rests.id.as_str()).collect::<Vec<_>>().join(" ");
        let lacks = one.lacks.iter().map(|gap| gap.word()).collect::<Vec<_>>().join(", ");
        table.push(vec![
            one.id.as_str().into(),
            one.audience.word().into(),
            one.action.as_deref().map(|text| excerpt(text, 60)).into(),
            basis.into(),
            one.footing.word().replace('_', " ").into(),
            one.owner.clone().into(),
            day(one).into(),
            lacks.into(),
        ]);
    }
    context.ui.list(&table, &json!(all));
    let loose = all.iter().filter(|one| one.footing.warning().is_some()).count();
    if loose > 0 {
        context.ui.say(&format!("{} without a firm ground: realist check", counted(loose, "recommendation")));
    }
    Ok(Exit::negative_if(all.is_empty()))
}

fn day(one: &Look) -> Option<String> {
    let state = if one.overdue { ", overdue" } else { "" };
    let due = one.due.as_ref().map(|due| format!("{due}{state}"));
    one.done.as_ref().map(|day| format!("done {day}")).or(due)
}

pub fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let held = find(project, typed)?;
    let synthesis = project.synthesis(Depth::Headers)?;
    let press = Press::new(&synthesis, Audience::Team);
    let told = Told::of(&press, &Grounds::new(&press.bearings), &held, None);
    if context.ui.is_json() {
        let mut json = json!(told);
        json["retired"] = json!(held.retired);
        json["author"] = json!(held.author);
        context.ui.json(&json);
        return Ok(Exit::Done);
    }
    let ui = &context.ui;
    let retired = if held.retired { " (retired)" } else { "" };
    ui.heading(&format!("{}, for {}{retired}", told.id, told.audience));
    let mut table = Table::with(&[("what", "What"), ("said", "Said")]);
    for (what, text) in [
        ("to be done", &told.action),
        ("for whom", &told.for_whom),
        ("circumstances", &told.context),
        ("would change our mind", &told.would_change),
        ("owner", &told.owner),
        ("by when", &told.due),
        ("done", &told.done),
        ("role", &told.role),
        ("competency", &told.competency),
        ("missing today", &told.gap),
        ("supervision", &told.supervision),
    ] {
        if let Some(text) = text {
            table.push(vec![what.into(), text.as_str().into()]);
        }
    }
    for one in &told.because {
        let what = if one.worth.carries() { "because" } else { "beside" };
        table.push(vec![what.into(), one.line().into()]);
    }
    for (what, lines) in [
        ("training", &told.training),
        ("need", &told.needs),
        ("material: for whom", &told.towards.for_whom),
        ("material: circumstances", &told.towards.context),
        ("against, or open", &told.towards.against),
    ] {
        for line in lines {
            table.push(vec![what.into(), line.as_str().into()]);
        }
    }
    ui.list(&table, &Json::Null);
    told.warning.into_iter().for_each(|warning| ui.say(warning));
    if !told.lacks.is_empty() {
        ui.say(&told.lacks.iter().map(|gap| gap.title()).collect::<Vec<_>>().join("; "));
    }
    Ok(Exit::Done)
}

pub fn workforce(context: &Context, project: &Project) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let press = Press::new(&synthesis, Audience::Team);
    let all = every(&press, &Grounds::new(&press.bearings));
    let table = workforce_table(&all);
    let theirs = workforce_rows(&all);
    let rows = theirs.iter().map(|one| {
        json!({
            "id": one.id, "role": one.role, "competency": one.competency, "gap": one.gap, "training": one.training,
            "supervision": one.supervision, "owner": one.owner,
        })
    });
    context.ui.list(&table, &json!(rows.collect::<Vec<_>>()));
    let untaught = theirs.iter().filter(|one| one.lacks.contains(&Gap::Training)).count();
    if untaught > 0 {
        context.ui.say(&format!("{} on the workforce without a training case", counted(untaught, "recommendation")));
    }
    Ok(Exit::negative_if(theirs.is_empty()))
}
