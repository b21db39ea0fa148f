//! **training**: training cases tell nobody's story without leave, and rest on what still stands. [`borrowed`] and
//! [`open`] are what a pack is refused for.
//!
//! A story that is not told with somebody's consent repeats no eight words in a row of a transcript; nor does any
//! commentary. Consent that a case rests on still holds; its words are here; what it rests on was not merged away, rejected
//! or parked; nothing is left to write; and the stages fit into the session.

use super::words::{self, Comparison};
use crate::diagnostic::{Diagnostic, Result, Severity};
use crate::document::Voice;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::Project;
use crate::synthesis::Synthesis;
use crate::text::TO_WRITE;
use crate::text::words::counted;
use crate::training::{Origin, Preamble, Told};
use std::collections::BTreeMap;

pub(super) fn look(project: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let living: Vec<Told> =
        synthesis.trainings.values().filter(|one| !one.retired).map(|one| project.told(one)).collect();
    look_at(project, synthesis, &living)
}

/// What is to be said of these cases.
pub fn look_at(project: &Project, synthesis: &Synthesis, cases: &[Told]) -> Result<Vec<Diagnostic>> {
    let mut found = repeated(project, synthesis, cases)?;
    for told in cases {
        found.extend(consent(synthesis, told));
        found.extend(basis(synthesis, told));
        found.extend(unfinished(synthesis, told));
    }
    Ok(found)
}

crate::vocabulary! {
    /// Who reads a text of a case, and as what.
    pub enum Reading "reading of a text" {
        /// Handed out and kept in the journal, where the rule **words** looks at it.
        Plain "plain",
        /// Handed out: what happens to somebody.
        Story "story",
        /// Handed out beside that.
        Beside "beside",
        /// For the facilitator alone.
        Facilitator "facilitator",
    }
}

/// One text of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// `the vignette of stage 2`.
    pub place: String,
    pub text: String,
    pub reading: Reading,
    /// From 0; of what stands around the stages none.
    pub stage: Option<usize>,
}

/// All that is written of a case; empty texts are left out.
pub fn written(told: &Told) -> Vec<Written> {
    let Told { training, preamble, .. } = told;
    let Preamble { introduction, questions, information, reflection, roles } = preamble;
    let mut all = Vec::new();
    let mut put = |place: String, text: &str, reading, stage| {
        if !text.is_empty() {
            all.push(Written { place, text: text.to_owned(), reading, stage });
        }
    };
    put("the title".to_owned(), &training.title, Reading::Plain, None);
    put("the setting".to_owned(), training.setting.as_deref().unwrap_or_default(), Reading::Plain, None);
    let around = [
        ("the introduction", introduction.clone(), Reading::Story),
        ("the questions", questions.join("\n"), Reading::Beside),
        ("where to read on", information.join("\n"), Reading::Beside),
        ("what each asks themselves", reflection.join("\n"), Reading::Beside),
    ];
    for (place, text, reading) in around {
        put(place.to_owned(), &text, reading, None);
    }
    training.objectives.iter().for_each(|one| put(format!("objective {}", one.key), &one.text, Reading::Plain, None));
    for (host, text) in roles {
        put(format!("the role of the {}", host.title()), text, Reading::Facilitator, None);
    }
    for (at, (_, telling)) in told.stages().enumerate() {
        for (what, text, reading) in [
            ("title", telling.title, Reading::Story),
            ("vignette", telling.vignette, Reading::Story),
            ("prompts", telling.prompts.join("\n"), Reading::Beside),
            ("commentary", telling.commentary, Reading::Facilitator),
        ] {
            put(format!("the {what} of stage {}", at + 1), &text, reading, Some(at));
        }
    }
    all
}

/// What the rule compares with transcripts: what is told with consent may be in the person's words.
fn texts(told: &Told) -> Vec<(String, String)> {
    let consented = told.training.origin == Origin::Consented;
    let mut all = written(told);
    all.retain(|one| match one.reading {
        Reading::Plain => false,
        Reading::Story => !consented,
        Reading::Beside | Reading::Facilitator => true,
    });
    all.into_iter().map(|one| (one.place, one.text)).collect()
}

/// Words in a row of a transcript whose speaker has not agreed that they go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borrowed {
    /// `the vignette of stage 2`.
    pub place: String,
    pub document: Id,
    /// Number of the unit there, and how many words in a row.
    pub turn: usize,
    pub run: usize,
    /// Where it is known whose words they are.
    pub speaker: Option<Id>,
}

/// What of these texts goes out against, or without, the consent of whoever said it: eight words or more in a row of the
/// team's own data, where a paper for publication would withhold them too. Where nobody is recorded as their speaker, a
/// story that says how the person agreed goes by that.
pub fn borrowed(project: &Project, synthesis: &Synthesis, told: &Told, texts: &[Written]) -> Result<Vec<Borrowed>> {
    let training = &told.training;
    let says_how = training.origin == Origin::Consented && training.consent_basis.is_some();
    let lookup = project.lookup();
    let mut comparison = Comparison::new(texts.iter().map(|one| one.text.as_str()));
    let mut speakers = BTreeMap::new();
    for document in synthesis.documents.values().filter(|one| one.kind.is_own_data() && !one.purged) {
        for unit in words::spoken(project, document)? {
            let speaker = unit.speaker.and_then(|index| lookup.participant_of(document.id, index));
            let person = speaker.and_then(|id| synthesis.participants.get(&id));
            let is_of_the_team = matches!(unit.voice, Voice::Extractor | Voice::FieldNote);
            let may_go_out = person.map_or(says_how || is_of_the_team, |one| one.may_be_quoted(Audience::Publication));
            if !may_go_out {
                comparison.read_words((document.id, unit.n), unit.n, &unit.speech);
                speakers.insert((document.id, unit.n), speaker);
            }
        }
    }
    let found = comparison.found.iter().map(|((at, unit), (turn, run))| Borrowed {
        place: texts[*at].place.clone(),
        document: unit.0,
        turn: *turn,
        run: *run,
        speaker: speakers.get(unit).copied().flatten(),
    });
    Ok(found.collect())
}

/// Where it stands what is still to be written among these texts.
pub fn open(texts: &[Written]) -> Vec<&str> {
    texts.iter().filter(|one| one.text.contains(TO_WRITE)).map(|one| one.place.as_str()).collect()
}

fn repeated(project: &Project, synthesis: &Synthesis, cases: &[Told]) -> Result<Vec<Diagnostic>> {
    let all: Vec<(Id, String, String)> = cases
        .iter()
        .flat_map(|told| texts(told).into_iter().map(|(place, text)| (told.training.id, place, text)))
        .collect();
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let mut comparison = Comparison::new(all.iter().map(|(.., text)| text.as_str()));
    for document in synthesis.documents.values().filter(|one| one.kind.is_own_data() && !one.purged) {
        for (n, speech) in words::units(project, document)? {
            comparison.read_words(document.id, n, &speech);
        }
    }
    let severity = if synthesis.settings.synthetic { Severity::Note } else { Severity::Warning };
    let told = comparison.found.iter().map(|((at, document), (turn, run))| {
        let (id, place, _) = &all[*at];
        let (label, document) = (synthesis.label(*id), synthesis.label(*document));
        let message = format!("{label}: {place} repeats {run} words in a row of {document}, turn {turn}");
        Diagnostic::new(severity, "vignette-repeats", message).hint(
            "tell it in your own words; or, where the person agreed to their story being told: origin = \"consented\"",
        )
    });
    Ok(told.collect())
}

fn consent(synthesis: &Synthesis, told: &Told) -> Vec<Diagnostic> {
    let one = &told.training;
    let label = synthesis.label(one.id);
    let person = |id: &Id| synthesis.participants.get(id);
    let lapsed =
        one.consenting.iter().filter(|id| !person(id).is_some_and(|held| held.may_be_quoted(Audience::Publication)));
    let mut found: Vec<Diagnostic> = lapsed
        .map(|id| {
            let message = format!("{label} tells of {}, who does not agree to it any more", synthesis.label(*id));
            Diagnostic::warning("consent-lapsed", message)
                .hint(format!("take the story out, or tell another: realist training edit {label} --from FILE"))
        })
        .collect();
    // Two people may have changed one case unaware of each other.
    if one.origin == Origin::Consented && one.consent_basis.is_none() && one.consenting.is_empty() {
        let message = format!("{label} is told with consent, and it is not said how the person agreed");
        found.push(
            Diagnostic::warning("consent-unsaid", message)
                .hint(format!("realist training show {label} --out case.toml, then fill in consent =")),
        );
    }
    found
}

fn basis(synthesis: &Synthesis, told: &Told) -> Vec<Diagnostic> {
    let one = &told.training;
    let label = synthesis.label(one.id);
    if one.basis().is_empty() {
        let message = format!("{label} rests on no statement and no decision");
        return vec![
            Diagnostic::note("rests-on-nothing", message)
                .hint("say in rests_on what an objective or a stage comes from"),
        ];
    }
    let fallen =
        one.basis().into_iter().filter_map(|id| synthesis.hypotheses.get(&id)).filter(|held| !held.status.is_living());
    let told = fallen.map(|held| {
        let message = format!("{label} rests on {}, which is {} by now", synthesis.label(held.id), held.status);
        Diagnostic::warning("basis-fallen", message).hint("rest it on what stands in its place, or retire the case")
    });
    told.collect()
}

fn unfinished(synthesis: &Synthesis, told: &Told) -> Vec<Diagnostic> {
    let one = &told.training;
    let label = synthesis.label(one.id);
    let missing = told.missing();
    let mut found = Vec::new();
    if !missing.is_empty() {
        let message = format!("{label}: the words of {} are not on this computer", counted(missing.len(), "stage"));
        found.push(
            Diagnostic::warning("words-missing", message)
                .hint("let the sync client fetch corpus/sealed; where they were destroyed, write the stage anew"),
        );
    }
    if one.preamble.is_some() && told.preamble == Preamble::default() {
        let message = format!("{label}: what stands around the stages is not on this computer, or is empty");
        found.push(
            Diagnostic::note("words-missing", message)
                .hint("let the sync client fetch corpus/sealed; where it was destroyed, write it anew"),
        );
    }
    let mut open = Vec::new();
    let mut look = |place: String, text: &str, needed: bool| {
        if text.contains(TO_WRITE) || (needed && text.is_empty()) {
            open.push(place);
        }
    };
    look("title".to_owned(), &one.title, true);
    look("introduction".to_owned(), &told.preamble.introduction, false);
    one.objectives.iter().for_each(|held| look(format!("objective {}", held.key), &held.text, true));
    for (at, (stage, telling)) in
        told.stages().enumerate().filter(|(_, (stage, _))| !missing.contains(&stage.key.as_str()))
    {
        let (number, _) = (at + 1, stage);
        look(format!("vignette of stage {number}"), &telling.vignette, true);
        look(format!("commentary of stage {number}"), &telling.commentary, true);
    }
    if !open.is_empty() {
        let message = format!("{label} is still to be written: {}", open.join(", "));
        found.push(Diagnostic::note("training-unfinished", message));
    }
    let (sum, _) = one.length();
    if let Some(whole) = one.minutes.filter(|whole| sum > *whole) {
        let message = format!("{label}: the stages take {sum} minutes, and the session may last {whole}");
        found.push(Diagnostic::note("too-long", message));
    }
    found
}
