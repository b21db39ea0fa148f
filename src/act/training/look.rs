//! Cases for people: in short, whole, and what is wrong with one before it is handed out.

use super::{find, pack};
use crate::act::output;
use crate::check::training;
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::project::{Depth, Project};
use crate::render::RENDERERS;
use crate::training::{Told, Training};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A case in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub title: String,
    pub origin: crate::training::Origin,
    pub trains: Vec<String>,
    pub stages: usize,
    pub minutes: Option<u32>,
    /// Of all stages together.
    pub minutes_of_stages: u32,
    /// Draft statements that came from answers.
    pub answers: usize,
    pub retired: bool,
}

pub fn looks(project: &Project) -> Vec<Look> {
    project.state().in_order::<Training>().iter().map(|one| look(project, one)).collect()
}

fn look(project: &Project, one: &Training) -> Look {
    Look {
        id: project.label(one.id),
        title: one.title.clone(),
        origin: one.origin,
        trains: one.trains.iter().cloned().collect(),
        stages: one.stages.len(),
        minutes: one.minutes,
        minutes_of_stages: one.length().0,
        answers: here(project, one).count(),
        retired: one.retired,
    }
}

/// Answers whose drafts are still here.
fn here<'t>(project: &'t Project, one: &'t Training) -> impl Iterator<Item = (&'t Id, &'t crate::training::Answer)> {
    one.answers.iter().filter(|(id, _)| project.state().is_here(**id))
}

/// A case whole, for machines.
pub fn whole(project: &Project, told: &Told) -> Value {
    let one = &told.training;
    let labels = |ids: &[Id]| ids.iter().map(|id| project.label(*id)).collect::<Vec<String>>();
    let missing = told.missing();
    let stages: Vec<Value> = told
        .stages()
        .map(|(stage, telling)| {
            json!({
                "key": stage.key, "title": telling.title, "minutes": stage.minutes, "vignette": telling.vignette,
                "prompts": telling.asked(), "commentary": telling.commentary, "rests_on": labels(&stage.rests_on),
                "against": labels(&stage.against), "words_missing": missing.contains(&stage.key.as_str()),
            })
        })
        .collect();
    let mut answers: Vec<(Option<crate::id::Label>, Value)> = here(project, one)
        .map(|(id, answer)| {
            let told = json!({ "hypothesis": project.label(*id), "stage": answer.stage, "who": answer.who });
            (project.state().label_of(*id), told)
        })
        .collect();
    answers.sort_by(|a, b| a.0.cmp(&b.0));
    let mut json = json!(look(project, one));
    let more = json!({
        "setting": one.setting, "consent": one.consent_basis, "participants": labels(&one.consenting), "author": one.author,
        "introduction": told.preamble.introduction, "questions": told.preamble.questions,
        "information": told.preamble.information, "reflection": told.preamble.reflection, "roles": told.preamble.roles,
        "objectives": one.objectives.iter().map(|held| json!({
            "key": held.key, "text": held.text, "rests_on": labels(&held.rests_on)
        })).collect::<Vec<_>>(),
        "stages": stages,
        "answers": answers.into_iter().map(|(_, told)| told).collect::<Vec<_>>(),
    });
    if let (Some(json), Value::Object(more)) = (json.as_object_mut(), more) {
        json.insert("stages".to_owned(), Value::Null);
        json.extend(more);
    }
    json
}

/// The case that a draft statement was an answer to: label, number of the stage, whose answer.
pub fn asked_in(project: &Project, statement: Id) -> Option<(String, usize, Option<String>)> {
    let all = project.state().all::<Training>();
    let (held, answer) = all.iter().find_map(|one| Some((one, one.answers.get(&statement)?)))?;
    let stage = held.stages.iter().position(|one| one.key == answer.stage).map_or(0, |at| at + 1);
    Some((project.label(held.id), stage, answer.who.clone()))
}

/// What is to be mended before a case is handed out: by the rule of the same name, and names that papers may not hold.
///
/// Faults: those of finding the case and of the gate.
pub fn check(project: &Project, typed: &str) -> Result<Vec<Diagnostic>> {
    let held = find(project, typed)?;
    let synthesis = project.synthesis(Depth::Facts)?;
    let mut found = training::look_at(project, &synthesis, &[project.told(&held)])?;
    let mut places: BTreeMap<(String, String), String> = BTreeMap::new();
    for reader in pack::For::ALL {
        if let Err(why) = pack::may_go_out(project, typed, *reader, None)
            && found.iter().all(|one| one.code != why.0.code)
        {
            found.push(*why.0);
        }
        match pack::made(project, typed, *reader, None) {
            Ok(made) => {
                for leak in output::check(project, made.report, RENDERERS)? {
                    places.entry((leak.id, leak.found)).or_insert(leak.place);
                }
            }
            // A case without stages, or whose words are elsewhere: said of it already.
            Err(why) if found.iter().any(|one| one.code == why.0.code) => {}
            Err(why) => found.push(*why.0),
        }
    }
    found.extend(places.into_iter().map(|((id, name), place)| {
        Diagnostic::warning("names-somebody", format!("{}: “{name}” ({id}) stands in {place}", project.label(held.id)))
            .hint("say it in other words, or what stands in its place: realist identifier set")
    }));
    Ok(found)
}
