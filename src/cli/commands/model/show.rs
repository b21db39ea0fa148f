//! `realist model list`, `show`, `todo`.

use crate::act::{compare, model as act, resolve};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::coding::Coding;
use crate::compare::{Asked, Matrix, Results};
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::model::Model;
use crate::project::{Depth, Project};
use crate::report::comparison::tables;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::{Value as Json, json};

pub fn list(context: &Context, project: &Project) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let all: Vec<Model> = project.state().in_order();
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("no-models", "there is no model yet").hint("realist model add 'Collaborative care' --source S3.gj"));
    }
    let named = Asked { models: all.iter().map(|one| one.id).collect(), ..Asked::default() };
    let matrix = Matrix::of(&synthesis, &named);
    let mut table = Table::with(&[
        ("id", "Id"),
        ("name", "Model"),
        ("ours", "Ours"),
        ("integration_axis", "Axis"),
        ("reach", "Reach"),
        ("sources", "Sources"),
        ("not_reported", "Not reported"),
        ("retired", "Retired"),
    ]);
    let yes = |set: bool| if set { Cell::text("yes") } else { Cell::Empty };
    let mut json = Vec::new();
    for (at, one) in matrix.models.iter().enumerate() {
        let share = matrix.of_model(at);
        table.push(vec![
            synthesis.label(one.id).into(),
            one.name.as_str().into(),
            yes(one.ours),
            one.integration_axis.map(crate::model::Axis::word).into(),
            one.reach.map(crate::model::Reach::word).into(),
            one.sources.len().into(),
            share.in_words().into(),
            yes(one.retired),
        ]);
        let mut told = of(&synthesis, one);
        told["not_reported"] = json!(share);
        json.push(told);
    }
    context.ui.list(&table, &json!(json));
    Ok(Exit::negative_if(table.is_empty()))
}

fn of(synthesis: &Synthesis, one: &Model) -> Json {
    let mut told = tables::model_json(synthesis, one);
    told["description"] = json!(one.description);
    told["words"] = json!(one.words);
    told["exclusive"] = json!(one.exclusive);
    told["sources"] = one.sources.iter().map(|id| synthesis.label(*id)).collect();
    told["author"] = json!(one.author);
    told
}

pub fn show(context: &Context, project: &Project, typed: &str) -> Result<Exit> {
    let id = resolve::model(project, typed)?;
    let synthesis = project.synthesis(Depth::Headers)?;
    let asked = Asked { models: vec![id], ..Asked::default() };
    let (matrix, results) = (Matrix::of(&synthesis, &asked), Results::of(&synthesis, &[id]));
    let model: Model = resolve::read(project, id)?;
    let mut json = of(&synthesis, &model);
    let (mut features, mut cells) = (table("feature", "Feature", "value", "Value"), Vec::new());
    for (row, cell) in matrix.rows.iter().zip(&matrix.cells).filter_map(|(row, cells)| Some((row, cells.first()?))) {
        let passages = words(project, &cell.passages)?;
        features.push(line(&row.code.name, &cell.title(), &passages, cell.note()));
        cells.push(json!({
            "feature": synthesis.label(row.code.id), "name": row.code.name, "value": cell.value,
            "judged": cell.held.is_some(), "passages": passages.iter().map(Words::json).collect::<Vec<_>>(),
            "note": cell.note(), "by": cell.held.map(|held| held.by.as_str()),
        }));
    }
    let (mut outcomes, mut reported) = (table("outcome", "Outcome", "result", "Result"), Vec::new());
    for one in results.lines.iter().flat_map(|line| line.results.iter().flatten().map(move |one| (line, one))) {
        let (of, one) = (one.0.outcome, one.1);
        let passages = words(project, &one.passages)?;
        let said = tables::result(&synthesis, one);
        outcomes.push(line(&of.name, &said, &passages, one.held.note.as_deref()));
        reported.push(json!({
            "id": synthesis.label(one.held.id), "outcome": synthesis.label(of.id), "name": of.name,
            "direction": one.held.direction, "measure": one.held.measure, "comparator": one.held.comparator,
            "passages": passages.iter().map(Words::json).collect::<Vec<_>>(), "note": one.held.note, "by": one.held.by,
        }));
    }
    json["cells"] = json!(cells);
    json["outcomes"] = json!(reported);
    if context.ui.is_json() {
        context.ui.json(&json);
        return Ok(Exit::Done);
    }
    header(context, &synthesis, &model);
    context.ui.list(&features, &Json::Null);
    if !outcomes.is_empty() {
        context.ui.list(&outcomes, &Json::Null);
    }
    if let Some(share) = (!matrix.models.is_empty()).then(|| matrix.of_model(0)) {
        context.ui.say(&format!("not reported: {}; silence is not absence", share.in_words()));
    }
    Ok(Exit::Done)
}

fn header(context: &Context, synthesis: &Synthesis, model: &Model) {
    let ui = &context.ui;
    ui.heading(&tables::model(synthesis, model));
    let sources: Vec<String> = model.sources.iter().map(|id| synthesis.label(*id)).collect();
    for (word, text) in [
        ("about", model.description.clone()),
        ("axis", model.integration_axis.map(|axis| axis.word().to_owned())),
        ("reach", model.reach.map(|reach| reach.word().replace('_', " "))),
        ("steps", model.exclusive.then(|| "a person uses one at a time".to_owned())),
        ("in its words", model.words.as_ref().map(|words| format!("“{words}”"))),
        ("sources", (!sources.is_empty()).then(|| sources.join(", "))),
    ] {
        if let Some(text) = text {
            ui.text(&format!("{word:<13} {text}"));
        }
    }
}

fn table(key: &str, title: &str, said: &str, said_title: &str) -> Table {
    Table::with(&[(key, title), (said, said_title), ("passages", "Words"), ("note", "Note")])
}

fn line(name: &str, said: &str, passages: &[Words], note: Option<&str>) -> Vec<Cell> {
    let shown = passages.iter().map(|one| format!("{} {}", one.coding, excerpt(&one.text, 80))).collect::<Vec<_>>();
    vec![name.into(), said.into(), shown.join("\n").into(), note.map(str::to_owned).into()]
}

/// A passage, read back.
struct Words {
    coding: String,
    text: String,
}

impl Words {
    fn json(&self) -> Json {
        json!({ "id": self.coding, "quote": self.text })
    }
}

fn words(project: &Project, codings: &[Id]) -> Result<Vec<Words>> {
    let lookup = project.lookup();
    let read = |id: &Id| {
        let coding = project.state().get::<Coding>(*id)?;
        let text = project.quotation(&lookup, &coding.anchor).map(|quotation| quotation.text);
        Some(text.map(|text| Words { coding: project.label(*id), text }))
    };
    codings.iter().filter_map(read).collect()
}

pub fn todo(context: &Context, project: &Project, typed: &str, taxonomies: &[String]) -> Result<Exit> {
    let books = compare::asked(project, taxonomies, &[])?.taxonomies;
    let (model, waiting) = act::todo::todo(project, typed, &books)?;
    let mut table = Table::with(&[("feature", "Feature"), ("codings", "Coded"), ("question", "Ask"), ("command", "Then")]);
    let mut json = Vec::new();
    for one in &waiting {
        let first = one.codings.first().map_or("", String::as_str);
        let command = format!("realist model cell {model} {} present --coding {first}", project.label(one.feature));
        table.push(vec![
            one.name.as_str().into(),
            one.codings.len().into(),
            one.question.clone().into(),
            command.as_str().into(),
        ]);
        json.push(json!({
            "feature": project.label(one.feature), "name": one.name, "question": one.question,
            "codings": one.codings, "command": command,
        }));
    }
    context.ui.list(&table, &json!(json));
    context.ui.say(&format!("{} coded in the sources of {model} and not judged", counted(waiting.len(), "feature")));
    Ok(Exit::negative_if(waiting.is_empty()))
}
