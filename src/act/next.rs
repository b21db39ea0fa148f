//! What to do next: at most three steps, each with its reason and a command to paste. It looks at
//! what is there and what the method asks for after it.

use super::board::{self, Ahead};
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::evidence::Evidential;
use crate::id::Id;
use crate::meeting::Meeting;
use crate::participant::{Audience, Participant};
use crate::project::Project;
use crate::synthesis::Synthesis;
use crate::text::words::counted;
use crate::uncertainty::{Uncertainty, UncertaintyStatus};
use serde::Serialize;
use std::collections::BTreeSet;

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// A stable word, for scripts.
    pub key: &'static str,
    pub what: String,
    pub why: String,
    pub command: String,
}

/// What a synthesis does not know of itself.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Labels of things with a field that two people set unaware of each other.
    pub conflicts: Vec<String>,
    /// The next meeting.
    pub ahead: Option<Ahead>,
    /// Label of a meeting that was held, and of which nothing is recorded.
    pub unrecorded: Option<String>,
}

impl Facts {
    /// Faults as of [`board::ahead`].
    pub fn of(project: &Project) -> Result<Self> {
        let mut conflicts: Vec<String> = project.state().conflicts().iter().map(|one| project.label(one.id)).collect();
        conflicts.sort();
        let decided: BTreeSet<Id> = project.state().all::<Decision>().iter().filter_map(|one| one.meeting).collect();
        let is_bare = |one: &Meeting| one.was_held() && one.minuted.is_empty() && !decided.contains(&one.id);
        let unrecorded = project.state().in_order::<Meeting>().into_iter().find(is_bare);
        Ok(Facts { conflicts, ahead: board::ahead(project)?, unrecorded: unrecorded.map(|one| project.label(one.id)) })
    }
}

/// Steps shown at once.
const MOST: usize = 3;

/// The next steps, most pressing first.
pub fn next(synthesis: &Synthesis, facts: &Facts) -> Vec<Step> {
    let looks: [fn(&Synthesis, &Facts) -> Option<Step>; 13] = [
        settle_conflicts,
        record_meeting,
        make_ready,
        import,
        describe_participants,
        read,
        write_statements,
        link_evidence,
        appraise,
        raise_uncertainty,
        rate,
        print_agenda,
        print_evidence,
    ];
    looks.iter().filter_map(|look| look(synthesis, facts)).take(MOST).collect()
}

#[allow(clippy::unnecessary_wraps)] // it is what every look ends with
fn step(key: &'static str, what: impl Into<String>, why: &str, command: impl Into<String>) -> Option<Step> {
    Some(Step { key, what: what.into(), why: why.to_owned(), command: command.into() })
}

/// Labels in order, at most three.
fn few(synthesis: &Synthesis, ids: &[Id]) -> Vec<String> {
    let mut labels: Vec<_> = ids.iter().filter_map(|id| synthesis.labels.get(id)).collect();
    labels.sort();
    labels.into_iter().take(3).map(ToString::to_string).collect()
}

fn first(synthesis: &Synthesis, ids: &[Id]) -> Option<String> {
    few(synthesis, ids).into_iter().next()
}

fn settle_conflicts(_: &Synthesis, facts: &Facts) -> Option<Step> {
    let label = facts.conflicts.first()?;
    step(
        "conflicts",
        format!(
            "look at {} set by two people unaware of each other, first {label}",
            counted(facts.conflicts.len(), "field")
        ),
        "both values are kept, but only one shows",
        "realist check",
    )
}

fn record_meeting(_: &Synthesis, facts: &Facts) -> Option<Step> {
    let label = facts.unrecorded.as_ref()?;
    step(
        "record",
        format!("write down what came of {label}"),
        "only a decision on record sets what counts as agreed",
        format!("realist meeting record {label}"),
    )
}

/// What blocks the next meeting, else that it is to be held.
fn make_ready(_: &Synthesis, facts: &Facts) -> Option<Step> {
    let Ahead { id, title, date, blockers, .. } = facts.ahead.as_ref()?;
    let day = date.as_ref().map_or_else(|| "no day is set".to_owned(), |day| format!("on {day}"));
    let Some(first) = blockers.first() else {
        return step(
            "meeting",
            format!("hold {id}, {title}, and note who comes"),
            &format!("{day}; it is ready"),
            format!("realist meeting attend {id} --make there.csv"),
        );
    };
    let more = match blockers.len() - 1 {
        0 => None,
        more => Some(format!("{more} more: realist meeting ready {id}")),
    };
    let day = (first.key != "no-date" || more.is_none()).then_some(day);
    let why = day.into_iter().chain(more).collect::<Vec<_>>().join("; ");
    step("ready", format!("make {id} ready, {title}: {}", first.what), &why, first.command.clone())
}

fn import(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    if !synthesis.documents.is_empty() {
        return None;
    }
    step("import", "take your material in", "there are no documents yet", "realist import FILE... --kind interview")
}

fn describe_participants(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    let is_bare = |one: &&Participant| !one.withdrawn && one.group.is_none();
    let bare: Vec<Id> = synthesis.participants.values().filter(is_bare).map(|one| one.id).collect();
    if let Some(label) = first(synthesis, &bare) {
        let groups = &synthesis.settings.groups;
        let group = groups.first().map_or("GROUP", |group| group.key.as_str());
        return step(
            "group",
            format!("say which stakeholder group {} belong to", counted(bare.len(), "participant")),
            "papers show who says what by group, and filters need it",
            format!("realist participant set {label} --group {group}"),
        );
    }
    let silent = |audience| {
        synthesis.participants.values().filter(|one| !one.withdrawn && !one.consent.contains_key(&audience)).count()
    };
    let audience = [Audience::Meeting, Audience::Publication].into_iter().find(|audience| silent(*audience) > 0)?;
    let ids: Vec<Id> = synthesis
        .participants
        .values()
        .filter(|one| !one.withdrawn && !one.consent.contains_key(&audience))
        .map(|one| one.id)
        .collect();
    step(
        "consent",
        format!("record what {} agreed to for the {audience}", counted(ids.len(), "participant")),
        "words without recorded consent are withheld from papers for others",
        format!("realist participant set {} --consent anonymous --audience {audience}", few(synthesis, &ids).join(" ")),
    )
}

fn read(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    let codings = synthesis.codings.values().map(|one| one.anchor.document);
    let touched: BTreeSet<Id> = codings.chain(synthesis.evidence.values().map(|one| one.anchor.document)).collect();
    let untouched: Vec<Id> = synthesis
        .documents
        .values()
        .filter(|one| !one.purged && !touched.contains(&one.id))
        .map(|one| one.id)
        .collect();
    let label = first(synthesis, &untouched)?;
    step(
        "read",
        format!("read and code {}", counted(untouched.len(), "document")),
        "nothing in them is coded or linked yet",
        format!("realist read {label}"),
    )
}

fn write_statements(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    if !synthesis.hypotheses.is_empty() || synthesis.documents.is_empty() {
        return None;
    }
    step(
        "hypothesis",
        "write down what you think happens",
        "there are no statements yet; a rough one is a good start",
        "realist hypothesis add --context \"...\" --resource \"...\" --reasoning \"...\" --outcome \"...\"",
    )
}

fn living(synthesis: &Synthesis, word: Evidential) -> Vec<Id> {
    let standings = synthesis.standings();
    let is_it = |id: &Id| standings.get(id).is_some_and(|one| one.standing == word);
    synthesis.living_hypotheses().map(|one| one.id).filter(is_it).collect()
}

fn link_evidence(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    let bare = living(synthesis, Evidential::None);
    let label = first(synthesis, &bare)?;
    let documents: Vec<Id> = synthesis.documents.values().filter(|one| !one.purged).map(|one| one.id).collect();
    let document = first(synthesis, &documents)?;
    step(
        "evidence",
        format!("look for evidence for and against {}", counted(bare.len(), "statement")),
        "nothing is linked to them yet",
        format!("realist evidence add {label} {document} --quote \"first words ... last words\" --stance supports"),
    )
}

fn appraise(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    let open: Vec<Id> = synthesis.evidence.values().filter(|one| !one.has_scores()).map(|one| one.id).collect();
    first(synthesis, &open)?;
    step(
        "appraise",
        format!("appraise {} of evidence", counted(open.len(), "link")),
        "not appraised is not 0: standings that rest on them are provisional",
        "realist evidence appraise".to_owned(),
    )
}

fn stands_open(one: &Uncertainty) -> bool {
    one.status.is_due()
}

fn raise_uncertainty(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    let raised: BTreeSet<Id> = synthesis
        .uncertainties
        .values()
        .filter(|one| one.status != UncertaintyStatus::Withdrawn)
        .flat_map(|one| one.hypotheses.iter().copied())
        .collect();
    let mut contested = living(synthesis, Evidential::Contested);
    contested.retain(|id| !raised.contains(id) && synthesis.decision_on(*id).is_none());
    let label = first(synthesis, &contested)?;
    step(
        "uncertainty",
        format!("say what is uncertain about {}", counted(contested.len(), "contested statement")),
        "sources speak for and against them, and no meeting has been asked",
        format!("realist uncertainty add \"Should ...?\" --hypothesis {label}"),
    )
}

fn rate(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    let unrated = synthesis.uncertainties.values().filter(|one| stands_open(one) && one.ratings.is_empty()).count();
    if unrated == 0 {
        return None;
    }
    step(
        "rate",
        format!("have stakeholders rate {}", counted(unrated, "uncertainty")),
        "the order of the agenda rests on importance, urgency and answerability",
        "realist uncertainty rate --from ratings.csv",
    )
}

/// Where a meeting is planned, its own papers are sent.
fn print_agenda(synthesis: &Synthesis, facts: &Facts) -> Option<Step> {
    let open = synthesis.uncertainties.values().filter(|one| stands_open(one)).count();
    if open == 0 || facts.ahead.is_some() {
        return None;
    }
    step(
        "agenda",
        "prepare the consensus meeting",
        &format!("{} open; only a decision settles one", counted(open, "uncertainty")),
        "realist report agenda --for meeting",
    )
}

fn print_evidence(synthesis: &Synthesis, _: &Facts) -> Option<Step> {
    if synthesis.evidence.is_empty() {
        return None;
    }
    step(
        "paper",
        "print the table of statements with evidence for and against",
        "it is what reviewers ask to see",
        "realist report evidence --for publication",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::hypothesis::Hypothesis;
    use crate::id::Kind;
    use serde_json::json;

    fn empty() -> Synthesis {
        let settings = json!({"format": 1, "project": Id::derived([]), "title": "T"});
        Synthesis::empty(serde_json::from_value(settings).unwrap())
    }

    fn keys(synthesis: &Synthesis, facts: &Facts) -> Vec<&'static str> {
        next(synthesis, facts).into_iter().map(|step| step.key).collect()
    }

    fn labelled(synthesis: &mut Synthesis, kind: Kind, number: u32) -> Id {
        let id = Id::derived([kind.word().as_bytes(), &number.to_le_bytes()]);
        synthesis.labels.insert(id, crate::id::Label::new(kind, number, "gj"));
        id
    }

    fn with_document() -> Synthesis {
        let mut synthesis = empty();
        let id = labelled(&mut synthesis, Kind::Document, 1);
        let fields =
            json!({"source": Id::derived([]), "kind": "interview", "format": "txt", "version": "v", "original": "o"});
        let document = Document { id, ..serde_json::from_value(fields).unwrap() };
        synthesis.documents.insert(id, document);
        synthesis
    }

    #[test]
    fn an_empty_project_asks_for_material_and_nothing_else() {
        assert_eq!(keys(&empty(), &Facts::default()), ["import"]);
    }

    #[test]
    fn nobody_who_withdrew_is_asked_about() {
        let mut synthesis = with_document();
        let id = labelled(&mut synthesis, Kind::Participant, 1);
        let held: Participant = serde_json::from_value(json!({"withdrawn": true})).unwrap();
        synthesis.participants.insert(id, Participant { id, ..held });
        assert!(!keys(&synthesis, &Facts::default()).contains(&"group"));
        synthesis.participants.entry(id).and_modify(|one| one.withdrawn = false);
        assert!(keys(&synthesis, &Facts::default()).contains(&"group"));
    }

    #[test]
    fn conflicts_come_first_and_steps_are_three_at_most() {
        let facts = Facts { conflicts: vec!["H1.gj".to_owned()], ..Facts::default() };
        assert_eq!(keys(&with_document(), &facts), ["conflicts", "read", "hypothesis"]);
    }

    #[test]
    fn a_statement_without_evidence_asks_for_some_by_name() {
        let mut synthesis = with_document();
        let id = labelled(&mut synthesis, Kind::Hypothesis, 4);
        synthesis
            .hypotheses
            .insert(id, Hypothesis { id, ..serde_json::from_value(json!({"statement": "S"})).unwrap() });
        let steps = next(&synthesis, &Facts::default());
        assert_eq!(steps.iter().map(|step| step.key).collect::<Vec<_>>(), ["read", "evidence"]);
        assert!(steps[1].command.contains("H4.gj D1.gj"), "{steps:?}");
    }

    #[test]
    fn an_open_uncertainty_leads_to_ratings_and_the_agenda() {
        let mut synthesis = with_document();
        synthesis.documents.values_mut().for_each(|one| one.purged = true);
        let id = labelled(&mut synthesis, Kind::Uncertainty, 1);
        let one = Uncertainty { id, ..serde_json::from_value(json!({"text": "Should it?"})).unwrap() };
        synthesis.uncertainties.insert(id, one);
        assert_eq!(keys(&synthesis, &Facts::default()), ["hypothesis", "rate", "agenda"]);
    }
}
