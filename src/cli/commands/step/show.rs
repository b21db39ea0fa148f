//! `realist step list`, `show`.

use crate::act::step::model_meant;
use crate::act::resolve;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::pathway::Step;
use crate::project::{Depth, Project};
use crate::report::pathway::explained::{self, UNEXPLAINED};
use crate::report::pathway::tables;
use crate::report::words::Press;
use crate::stepped::{self, Pathway};
use crate::synthesis::{Bearings, Synthesis};
use crate::table::{Cell, Table};
use serde_json::{Value as Json, json};

/// The pathway of the model that is named, else all that there are, or an empty one of the team's own model. Faults: those
/// of finding models.
pub fn asked<'s>(project: &Project, synthesis: &'s Synthesis, model: Option<&str>) -> Result<Vec<Pathway<'s>>> {
    let all = stepped::all(synthesis);
    if model.is_none() && !all.is_empty() {
        return Ok(all);
    }
    let model = model_meant(project, model)?;
    Ok(Pathway::of(synthesis, model).into_iter().collect())
}

pub fn list(context: &Context, project: &Project, model: Option<&str>) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let model = model.map(|typed| resolve::model(project, typed)).transpose()?;
    let mut steps: Vec<&Step> =
        synthesis.steps.values().filter(|one| model.is_none_or(|model| one.model == model)).collect();
    if steps.is_empty() && !context.ui.is_json() {
        return Err(fault("no-steps", "there is no step yet")
            .hint("realist step add 'Self-care and courses' --intensity low --setting 'primary care'")
            .hint("a whole pathway from a table: realist step add --from pathway.csv"));
    }
    let label = |id| synthesis.labels.get(&id).cloned();
    steps.sort_by_cached_key(|one| (label(one.model), one.model, one.retired, one.rank, label(one.id), one.id));
    let bearings = Bearings::of(&synthesis);
    let table = match context.ui.format() {
        Format::Table => overview(&synthesis, &bearings, &steps),
        _ => tables::steps(&synthesis, &steps),
    };
    let json: Vec<Json> = steps.iter().map(|one| tables::step_json(&synthesis, one)).collect();
    context.ui.list(&table, &json!(json));
    Ok(Exit::negative_if(steps.is_empty()))
}

/// What fits a terminal; the other formats hold everything.
fn overview(synthesis: &Synthesis, bearings: &Bearings, steps: &[&Step]) -> Table {
    let mut table = Table::with(&[
        ("id", "Id"),
        ("model", "Model"),
        ("rank", "Rank"),
        ("name", "Step"),
        ("intensity", "Intensity"),
        ("moves", "Moves"),
        ("explained", "Claimed and explained"),
        ("retired", "Retired"),
    ]);
    for step in steps {
        let moves = step.up.keys().map(|id| format!("up to {}", synthesis.label(*id)));
        let moves = moves.chain(step.down.keys().map(|id| format!("down to {}", synthesis.label(*id))));
        let moves = moves.chain(step.out.values().map(|one| format!("out to {}", one.place)));
        table.push(vec![
            synthesis.label(step.id).into(),
            synthesis.label(step.model).into(),
            usize::try_from(step.rank).unwrap_or(usize::MAX).into(),
            step.name.as_str().into(),
            step.intensity.map(crate::pathway::Intensity::word).into(),
            moves.collect::<Vec<_>>().join("\n").into(),
            claimed(bearings, step).into(),
            if step.retired { Cell::text("yes") } else { Cell::Empty },
        ]);
    }
    table
}

/// A step's claim, and what explains it or that nothing does.
fn claimed(bearings: &Bearings, step: &Step) -> String {
    let all = explained::explaining(bearings, step);
    let labels = all.iter().map(|one| {
        let standings = one.no_longer().unwrap_or_else(|| one.standings.short());
        format!("{} ({standings})", bearings.synthesis().label(one.statement.id))
    });
    let claim = step.claim.iter().map(|claim| format!("claimed: {claim}"));
    let bare = (step.claim.is_some() && !explained::is_explained(&all)).then(|| UNEXPLAINED.to_owned());
    claim.chain(labels).chain(bare).collect::<Vec<_>>().join("\n")
}

pub fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = resolve::step(project, typed)?;
    let synthesis = project.synthesis(Depth::Facts)?;
    let step: Step = resolve::read(project, id)?;
    let bearings = Bearings::of(&synthesis);
    let press = Press::new(&synthesis, Audience::Team);
    let mut json = tables::step_json(&synthesis, &step);
    json["because"] = explained::json(&press, &bearings, &step);
    if context.ui.is_json() {
        context.ui.json(&json);
        return Ok(Exit::Done);
    }
    let ui = &context.ui;
    let retired = if step.retired { " (retired)" } else { "" };
    ui.heading(&format!("{} step {} of {}{retired}", stepped::name(&synthesis, id), step.rank, synthesis.label(step.model)));
    let mut table = Table::with(&[("said", "Said"), ("words", "Words")]);
    for (_, title, cell) in tables::said(&synthesis, &step).into_iter().filter(|(.., cell)| *cell != Cell::Empty) {
        table.push(vec![title.into(), cell]);
    }
    ui.list(&table, &Json::Null);
    let all = explained::explaining(&bearings, &step);
    for one in &all {
        let no_longer = one.no_longer().map(|said| format!(" ({said})")).unwrap_or_default();
        ui.text(&format!("{} {}{no_longer}", synthesis.label(one.statement.id), one.statement.sentence()));
        ui.text(&format!("  because: {} ({})", one.because.why, one.because.by));
        ui.text(&format!("  {}", one.standings.sentence()));
    }
    let label = synthesis.label(id);
    match (&step.claim, explained::is_explained(&all)) {
        (Some(_), false) => ui.say(&format!("what is claimed of {label}: {UNEXPLAINED}")),
        (None, false) => ui.say(&format!("no statement explains {label} yet: realist step explain {label} H1 --why \"...\"")),
        _ => {}
    }
    Ok(Exit::Done)
}
