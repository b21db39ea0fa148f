//! A form filled in beforehand, from statements and decisions: a stage for each context and each turn. What it says of the
//! evidence are labels and counts, never anybody's words; the story is for people to write.

use super::basis;
use super::form::{Form, ObjectiveForm, StageForm};
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::project::{Depth, Project};
use crate::report::TO_WRITE;
use crate::report::standings::{Standings, agreement};
use crate::report::tally;
use crate::synthesis::{Bearings, Synthesis};
use crate::text::words::counted;
use crate::training::{FOUR, Host, Preamble, Telling};
use std::collections::BTreeMap;

/// Minutes a stage is given until somebody says otherwise.
const MINUTES: u32 = 15;

/// A form with what statements and decisions give; where none is named, with one empty stage. Where the story comes from is
/// left for people to say.
///
/// Faults: `not-a-basis`, and those of finding things.
pub fn draft(project: &Project, from: &[String]) -> Result<Form> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let bearings = Bearings::of(&synthesis);
    let mut form = Form {
        title: TO_WRITE.to_owned(),
        preamble: Preamble {
            introduction: format!("{TO_WRITE}: who meets, and what this is about"),
            reflection: ["What will you change?", "What might stop you?"].map(str::to_owned).to_vec(),
            roles: roles(),
            ..Preamble::default()
        },
        ..Form::default()
    };
    for id in basis(project, from)? {
        if let Some(one) = synthesis.hypotheses.get(&id) {
            of_statement(&mut form, &bearings, one);
        } else if let Some(one) = synthesis.decisions.iter().find(|one| one.id == id) {
            of_decision(&mut form, &synthesis, one);
        }
    }
    if form.stages.is_empty() {
        form.stages.push(stage("what the group meets first", String::new(), &[]));
    }
    let minutes = form.stages.iter().filter_map(|one| one.minutes).sum::<u32>();
    form.minutes = Some(minutes + MINUTES);
    Ok(form)
}

fn roles() -> BTreeMap<Host, String> {
    let says = |host| match host {
        Host::Facilitator => {
            "Hands out one stage at a time, asks the questions, keeps the time, and gives the commentary after each discussion, not before."
        }
        Host::Peer => "Tells of a case of their own: what worked, and what did not.",
        Host::PatientExpert => "Says at every stage how it looks from the other side.",
    };
    Host::ALL.iter().map(|host| (*host, says(*host).to_owned())).collect()
}

fn stage(what: &str, commentary: String, rests_on: &[String]) -> StageForm {
    StageForm {
        minutes: Some(MINUTES),
        rests_on: rests_on.to_vec(),
        telling: Telling {
            title: String::new(),
            vignette: format!("{TO_WRITE}: {what}"),
            prompts: FOUR.map(str::to_owned).to_vec(),
            commentary,
        },
        ..StageForm::default()
    }
}

/// A stage for each context, and one for the turn that what is offered brings.
fn of_statement(form: &mut Form, bearings: &Bearings, one: &Hypothesis) {
    let synthesis = bearings.synthesis();
    let label = vec![synthesis.label(one.id)];
    form.objectives.push(ObjectiveForm {
        key: String::new(),
        text: format!("{TO_WRITE}: what people can do after it who have understood this: {}", said(one)),
        rests_on: label.clone(),
    });
    let texts = |kinds: &[PartKind]| -> Vec<&str> {
        kinds.iter().flat_map(|kind| one.parts_of(*kind)).map(|part| part.text.trim()).collect()
    };
    let (contexts, offered) =
        (texts(&[PartKind::Context]), texts(&[PartKind::Intervention, PartKind::Strategy, PartKind::Resource]));
    let before = form.stages.len();
    for context in contexts {
        form.stages.push(stage(&format!("somebody who meets this: {context}"), String::new(), &label));
    }
    if !offered.is_empty() {
        form.stages.push(stage(&format!("what is tried: {}", offered.join("; ")), String::new(), &label));
    }
    if form.stages.len() == before {
        form.stages.push(stage("somebody whom this is about", String::new(), &label));
    }
    if let Some(last) = form.stages.last_mut() {
        last.telling.commentary = commentary(bearings, one);
    }
}

/// The team's own sentence, else the parts: a sentence put together by machine must not slip into a paper.
fn said(one: &Hypothesis) -> String {
    let parts = || one.parts.iter().map(|part| format!("{}: {}", part.kind, part.text)).collect::<Vec<_>>().join("; ");
    one.statement.clone().unwrap_or_else(parts)
}

/// Where the statement stands and on what, to be rewritten by people.
fn commentary(bearings: &Bearings, one: &Hypothesis) -> String {
    let synthesis = bearings.synthesis();
    let links = tally::relevant(bearings, one.id);
    let side = |title: &str, stances: &[Stance]| {
        let on: Vec<&Evidence> = links.iter().copied().filter(|link| stances.contains(&link.stance)).collect();
        let labels: Vec<String> = on.iter().map(|link| synthesis.label(link.id)).collect();
        let (sources, _) = tally::spread(synthesis, &on);
        if on.is_empty() {
            format!("{title}: none found.")
        } else {
            format!("{title}: {} ({}).", counted(sources, "source"), labels.join(", "))
        }
    };
    let dissent = side("Against", &[Stance::Refutes]);
    format!(
        "{TO_WRITE}: in your own words, what the group should hear.\n\n{}: {}\n{}\n{}\n{dissent}",
        synthesis.label(one.id),
        said(one),
        Standings::of(bearings, one).sentence(),
        side("For", &[Stance::Supports, Stance::Refines]),
    )
}

/// A stage at which the group has to choose as the meeting had.
fn of_decision(form: &mut Form, synthesis: &Synthesis, one: &Decision) {
    let label = vec![synthesis.label(one.id)];
    let text = one.text.clone().unwrap_or_else(|| TO_WRITE.to_owned());
    form.objectives.push(ObjectiveForm {
        key: String::new(),
        text: format!("{TO_WRITE}: what people can do after it who know of this: {text}"),
        rests_on: label.clone(),
    });
    let asked = one.uncertainty.and_then(|id: Id| synthesis.uncertainties.get(&id));
    let what = asked.map_or_else(|| "a choice has to be made".to_owned(), |asked| asked.text.clone());
    let options = asked.iter().flat_map(|asked| &asked.options).map(|one| format!("{}: {}", one.key, one.text));
    let options: Vec<String> = options.collect();
    let outcome =
        one.outcome.consensus().map_or_else(|| one.outcome.word().replace('_', " "), |one| agreement(one).to_owned());
    let chosen = one.option.as_ref().map(|key| format!(" (option {key})")).unwrap_or_default();
    let commentary = format!(
        "{TO_WRITE}: in your own words, what was decided and why.\n\n{}: {text}\nHow it came out: {outcome}{chosen}.\n{}",
        label[0],
        options.join("\n")
    );
    form.stages.push(stage(&format!("the point at which this is open: {what}"), commentary.trim().to_owned(), &label));
}
