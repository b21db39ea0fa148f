//! What a case hands out: the packs, single stages, and sheets for answers.

use super::find;
use crate::act::report::for_readers;
use crate::act::sheet::Form;
use crate::act::sheet::cells::Sheet;
use crate::check::training::{self, Borrowed, Reading, Written};
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
/// Faults: `no-stages`, `words-missing`, `consent-lapsed`, `unknown-stage`, `stage-of-facilitator`, `not-written`,
/// `words-without-consent`.
pub fn pack(project: &Project, typed: &str, reader: For, stage: Option<&str>) -> Result<Made> {
    may_go_out(project, typed, reader, stage)?;
    made(project, typed, reader, stage)
}

/// Whether nothing in a pack keeps it from being handed out. Faults: `not-written`, `words-without-consent`.
pub(super) fn may_go_out(project: &Project, typed: &str, reader: For, stage: Option<&str>) -> Result<()> {
    let told = project.told(&find(project, typed)?);
    let at = stage.map(|typed| stage_of(project, &told.training, typed)).transpose()?;
    if !told.missing().is_empty() {
        return Ok(());
    }
    refuse_unfinished(project, &told, at)?;
    refuse_borrowed(project, &told, reader, at)
}

/// A pack as it would be handed out.
pub(super) fn made(project: &Project, typed: &str, reader: For, stage: Option<&str>) -> Result<Made> {
    let held = ready(project, typed)?;
    let at = stage.map(|typed| stage_of(project, &held, typed)).transpose()?;
    let stem = stem(project, &held);
    let told = project.told(&held);
    match (reader, at) {
        (For::Facilitator, Some(_)) => Err(fault("stage-of-facilitator", "only participants are handed single stages")
            .hint("leave out --stage: the facilitator's pack has all of them")),
        (For::Facilitator, None) => {
            let synthesis = for_readers(project.synthesis(Depth::Quotations)?, Audience::Publication);
            let told = Told { training: synthesis.trainings.get(&held.id).cloned().unwrap_or(held), ..told };
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

/// What participants read of a case, or of one stage of it, once it is handed out.
fn read_by_participants(told: &Told, stage: Option<usize>) -> Vec<Written> {
    let mut texts = training::written(told);
    texts.retain(|one| one.reading != Reading::Facilitator && (stage.is_none() || one.stage == stage));
    texts
}

/// A form that was filled in beforehand holds the theory where the story is to come: nobody is handed that.
fn refuse_unfinished(project: &Project, told: &Told, stage: Option<usize>) -> Result<()> {
    let texts = read_by_participants(told, stage);
    let mut open: Vec<String> = training::open(&texts).into_iter().map(str::to_owned).collect();
    let wanted = |at: &usize| stage.is_none_or(|stage| stage == *at);
    let untold = told.stages().enumerate().filter(|(at, (_, telling))| wanted(at) && telling.vignette.is_empty());
    open.extend(untold.map(|(at, _)| format!("the vignette of stage {}", at + 1)));
    if open.is_empty() {
        return Ok(());
    }
    let label = project.label(told.training.id);
    Err(fault("not-written", format!("{label} is not written yet: {}", open.join(", "))).hint(write_anew(&label)))
}

fn write_anew(label: &str) -> String {
    format!(
        "write it: realist training show {label} --out case.toml, then: realist training edit {label} --from case.toml"
    )
}

/// A pack holds nobody's words without their leave, whatever it says of where the story comes from.
fn refuse_borrowed(project: &Project, told: &Told, reader: For, stage: Option<usize>) -> Result<()> {
    let texts = match reader {
        For::Participants => read_by_participants(told, stage),
        For::Facilitator => training::written(told),
    };
    let synthesis = project.synthesis(Depth::Facts)?;
    let found = training::borrowed(project, &synthesis, told, &texts)?;
    let Some(first) = found.first() else { return Ok(()) };
    let label = project.label(told.training.id);
    let said = |one: &Borrowed| {
        let whose = one.speaker.map_or_else(String::new, |id| format!(", of {}", project.label(id)));
        format!(
            "{} repeats {} words in a row of {}, turn {}{whose}",
            one.place,
            one.run,
            project.label(one.document),
            one.turn
        )
    };
    let refused = fault("words-without-consent", format!("{label}: {}, without recorded consent", said(first)))
        .hints(found.iter().skip(1).map(said))
        .hint(format!("tell it in your own words; {}", write_anew(&label)));
    Err(match first.speaker {
        Some(person) => refused.hint(format!(
            "or, where the person agrees: realist participant set {} --consent anonymous --audience publication, and say \
             origin = \"consented\"",
            project.label(person)
        )),
        None => refused.hint(
            "or, where the person agrees: say who speaks there and record the consent, and say origin = \"consented\"",
        ),
    })
}
