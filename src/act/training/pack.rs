//! What a case hands out: the packs, single stages, and sheets for answers.

use super::find;
use crate::act::report::for_readers;
use crate::act::sheet::Form;
use crate::act::sheet::cells::Sheet;
use crate::diagnostic::{Result, fault};
use crate::participant::{Audience, Participant};
use crate::project::{Depth, Project, TRAINING_OF};
use crate::report::Report;
use crate::report::training::handout::Handout;
use crate::report::training::{facilitator, handout};
use crate::training::{FOUR, Told, Training};

crate::vocabulary! {
    /// Whom a pack is for.
    pub enum For "reader of a pack" {
        Participants "participants",
        Facilitator "facilitator",
    }
}

/// A paper, and the stem of its files.
pub struct Made {
    pub report: Report,
    pub stem: String,
}

/// A pack, or one stage of the participants' pack.
///
/// Faults: `no-stages`, `words-missing`, `consent-lapsed`, `unknown-stage`, `stage-of-facilitator`.
pub fn pack(project: &Project, typed: &str, reader: For, stage: Option<&str>) -> Result<Made> {
    let held = ready(project, typed)?;
    let at = stage.map(|typed| stage_of(project, &held, typed)).transpose()?;
    let stem = stem(project, &held);
    match (reader, at) {
        (For::Facilitator, Some(_)) => Err(fault("stage-of-facilitator", "only participants are handed single stages")
            .hint("leave out --stage: the facilitator's pack has all of them")),
        (For::Facilitator, None) => {
            let synthesis = for_readers(project.synthesis(Depth::Quotations)?, Audience::Publication);
            let told = Told {
                training: synthesis.trainings.get(&held.id).cloned().unwrap_or(held),
                ..project.told(&find(project, typed)?)
            };
            Ok(Made { report: facilitator::pack(&synthesis, &told), stem: format!("{stem}-facilitator") })
        }
        (For::Participants, at) => {
            let handout = handed_out(project, &held)?;
            let one = at.and_then(|at| Some((at, handout::stage(&handout, at)?)));
            Ok(match one {
                Some((at, report)) => Made { report, stem: format!("{stem}-stage-{}", at + 1) },
                None => Made { report: handout::pack(&handout), stem: format!("{stem}-participants") },
            })
        }
    }
}

/// A sheet to print and write answers on.
///
/// Faults: those of [`pack`].
pub fn sheet(project: &Project, typed: &str) -> Result<Made> {
    let held = ready(project, typed)?;
    let stem = format!("{}-answers", stem(project, &held));
    Ok(Made { report: handout::answers(&handed_out(project, &held)?), stem })
}

/// The same as a grid to be typed into: a row a stage, to be copied for each answer.
///
/// Faults: those of [`pack`].
pub fn grid(project: &Project, typed: &str, form: Form) -> Result<(String, Vec<u8>)> {
    let held = ready(project, typed)?;
    let label = project.label(held.id);
    let handout = handed_out(project, &held)?;
    let headings = ["case", "stage", "title", "who"].into_iter().chain(FOUR).map(str::to_owned).collect();
    let row = |sheet: &handout::Sheet| {
        let mut row = vec![label.clone(), sheet.key.clone(), sheet.title.clone()];
        row.resize(4 + FOUR.len(), String::new());
        row
    };
    let bytes = Sheet { headings, rows: handout.stages.iter().map(row).collect() }.write(form)?;
    Ok((format!("{}-answers.{form}", stem(project, &held)), bytes))
}

fn stem(project: &Project, held: &Training) -> String {
    let label = project.label(held.id).replace(['.', '~'], "-");
    format!("{TRAINING_OF}{}", label.trim_start_matches('T'))
}

fn handed_out(project: &Project, held: &Training) -> Result<Handout> {
    let told = project.told(held);
    let synthesis = for_readers(project.synthesis(Depth::Facts)?, Audience::Publication);
    let told = Told { training: synthesis.trainings.get(&held.id).cloned().unwrap_or_else(|| held.clone()), ..told };
    Ok(Handout::of(&told, &project.label(held.id), &project.settings().title))
}

pub(super) fn stage_of(project: &Project, held: &Training, typed: &str) -> Result<usize> {
    held.stage(typed).ok_or_else(|| {
        let label = project.label(held.id);
        let keys: Vec<&str> = held.stages.iter().map(|one| one.key.as_str()).collect();
        fault("unknown-stage", format!("{label} has no stage '{typed}'"))
            .hint(format!("its stages: {}; or their number from 1", keys.join(", ")))
    })
}

/// A case that can be handed out.
fn ready(project: &Project, typed: &str) -> Result<Training> {
    let held = find(project, typed)?;
    let label = project.label(held.id);
    if held.stages.is_empty() {
        return Err(fault("no-stages", format!("{label} has no stage yet"))
            .hint(format!("write some: realist training show {label} --out case.toml, then: realist training edit {label} --from case.toml")));
    }
    let told = project.told(&held);
    if let Some(key) = told.missing().first() {
        return Err(fault("words-missing", format!("the words of stage {key} of {label} are not on this computer"))
            .hint("let the sync client fetch corpus/sealed, or merge a copy that has them")
            .hint(
                "where they were destroyed with somebody's withdrawal, write the stage anew: realist training edit",
            ));
    }
    for id in &held.consenting {
        let person = project.state().get::<Participant>(*id);
        if !person.is_some_and(|person| person.may_be_quoted(Audience::Publication)) {
            return Err(fault(
                "consent-lapsed",
                format!("{label} tells of {}, who does not agree to it any more", project.label(*id)),
            )
            .hint("take the story out, or tell another: realist training edit"));
        }
    }
    Ok(held)
}
