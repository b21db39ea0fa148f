//! Evidence for and against: linking passages to statements, judging the links, correcting both.

use super::anchor::{self, Spot};
use super::{hypothesis as statements, resolve};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::document::Role;
use crate::evidence::{Circumstances, Evidence, Stance};
use crate::history::Fields;
use crate::hypothesis::{Hypothesis, Inference};
use crate::id::Kind;
use crate::project::{Batch, Done, Lookup, Project};
use serde_json::json;

/// A judgement; `None` leaves a field as it is (and a score not yet given is no 0).
#[derive(Debug, Clone, Default)]
pub struct Judgement {
    pub stance: Option<Stance>,
    pub circumstances: Option<Circumstances>,
    /// Key or kind of a part; `whole` for the statement as a whole.
    pub part: Option<String>,
    pub relevance: Option<u8>,
    pub richness: Option<u8>,
    pub rigour: Option<u8>,
    pub inference: Option<Inference>,
    pub reason: Option<String>,
}

/// A link as a person asks for it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub hypothesis: String,
    pub spot: Spot,
    pub judgement: Judgement,
}

#[derive(Debug, Clone)]
pub struct Linked {
    pub id: String,
    pub hypothesis: String,
    pub passage: String,
    pub text: String,
    /// What a person may want to look at again.
    pub notes: Vec<Diagnostic>,
}

fn check_scores(judgement: &Judgement) -> Result<()> {
    let scores = [("relevance", judgement.relevance), ("richness", judgement.richness), ("rigour", judgement.rigour)];
    for (name, score) in scores {
        if score.is_some_and(|score| score > 3) {
            return Err(
                fault("bad-score", format!("{name} goes from 0 to 3")).hint("0 none, 1 low, 2 moderate, 3 high")
            );
        }
        if matches!(score, Some(0 | 3)) && judgement.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(
                fault("reason-needed", format!("a {name} of 0 or 3 needs a reason")).hint("add --reason \"...\"")
            );
        }
    }
    Ok(())
}

fn judgement_fields(judgement: &Judgement, statement: &Hypothesis, stance: Stance) -> Result<Fields> {
    check_scores(judgement)?;
    if judgement.circumstances.is_some() && stance != Stance::Refutes {
        return Err(fault("circumstances-only-against", "circumstances are asked only of evidence against"));
    }
    let mut fields = Batch::fields(json!({
        "stance": judgement.stance,
        "circumstances": judgement.circumstances,
        "relevance": judgement.relevance,
        "richness": judgement.richness,
        "rigour": judgement.rigour,
        "inference": judgement.inference,
        "reason": judgement.reason,
    }));
    match judgement.part.as_deref() {
        None => {}
        Some("whole") => {
            fields.insert("part".to_owned(), serde_json::Value::Null);
        }
        Some(typed) => {
            fields.insert("part".to_owned(), json!(statements::part(statement, typed)?.key));
        }
    }
    Ok(fields)
}

/// Links passages to statements: all of them, or none.
pub fn add(project: &mut Project, wishes: &[Wish]) -> Result<Done<Vec<Linked>>> {
    project.write("evidence add", true, |batch| {
        let lookup = batch.project().lookup();
        wishes.iter().map(|wish| add_one(batch, &lookup, wish)).collect()
    })
}

fn add_one(batch: &mut Batch<'_>, lookup: &Lookup, wish: &Wish) -> Result<Linked> {
    let project = batch.project();
    let id = resolve::find(project, Kind::Hypothesis, &wish.hypothesis)?;
    let statement: Hypothesis = resolve::read(project, id)?;
    let stance = wish.judgement.stance.ok_or_else(|| {
        fault("no-stance", "does the passage support, refute or refine the statement?")
            .hint("add --stance supports|refutes|refines|ambiguous")
    })?;
    let anchored = anchor::anchor(project, lookup, &wish.spot)?;
    let mut fields = judgement_fields(&wish.judgement, &statement, stance)?;
    if stance == Stance::Refutes {
        fields.entry("circumstances").or_insert_with(|| json!(Circumstances::Unknown));
    }
    fields.insert("hypothesis".to_owned(), json!(id));
    fields.insert("anchor".to_owned(), json!(anchored.anchor));
    fields.insert("source".to_owned(), json!(anchored.source));
    fields.insert("appraiser".to_owned(), batch.coder().into());
    fields.insert("revision".to_owned(), statement.revision().into());
    let twin = project.state().all::<Evidence>().into_iter().find(|other| {
        other.hypothesis == id
            && other.anchor == anchored.anchor
            && other.appraiser == batch.coder()
            && fields.get("part").and_then(|part| part.as_str()) == other.part.as_deref()
    });
    if let Some(twin) = twin {
        let label = project.label(twin.id);
        return Err(fault("link-exists", format!("{label} links this passage to {} already", project.label(id)))
            .hint(format!("change it with: realist evidence edit {label} --stance ...")));
    }
    let passage = anchor::show(project, lookup, &anchored.anchor);
    let hypothesis = project.label(id);
    let (_, label) = batch.create(Kind::Evidence, &fields);
    let label = label.to_string();
    let notes = asked(&label, &anchored).into_iter().collect();
    Ok(Linked { id: label, hypothesis, passage, text: anchored.text, notes })
}

/// What an interviewer says is a question, seldom evidence.
fn asked(label: &str, anchored: &anchor::Anchored) -> Option<Diagnostic> {
    let (name, _) = anchored.speaker.as_ref().filter(|(_, role)| *role == Role::Interviewer)?;
    Some(
        Diagnostic::note("interviewer", format!("{label} rests on words of {name}, who is the interviewer"))
            .hint(format!("if the answer was meant: realist evidence remove {label} --reason \"the question\"")),
    )
}

/// Changes the judgement of a link. The link is then judged against the wording as it now stands.
pub fn edit(project: &mut Project, evidence: &str, judgement: &Judgement) -> Result<Done<String>> {
    project.write("evidence edit", true, |batch| {
        let project = batch.project();
        let id = resolve::find(project, Kind::Evidence, evidence)?;
        let held: Evidence = resolve::read(project, id)?;
        let statement: Hypothesis = resolve::read(project, held.hypothesis)?;
        let stance = judgement.stance.unwrap_or(held.stance);
        let judged = Judgement { reason: judgement.reason.clone().or(held.reason.clone()), ..judgement.clone() };
        let mut fields = judgement_fields(&judged, &statement, stance)?;
        if stance != Stance::Refutes && held.circumstances.is_some() {
            fields.insert("circumstances".to_owned(), serde_json::Value::Null);
        }
        if statement.revision() != held.revision {
            fields.insert("revision".to_owned(), statement.revision().into());
        }
        let label = project.label(id);
        batch.set(Kind::Evidence, id, &fields);
        Ok(label)
    })
}

/// Takes links away, with the reason.
pub fn remove(project: &mut Project, evidence: &[String], reason: &str) -> Result<Done<Vec<String>>> {
    project.write("evidence remove", true, |batch| {
        let mut labels = Vec::new();
        for typed in evidence {
            let id = resolve::find(batch.project(), Kind::Evidence, typed)?;
            labels.push(batch.project().label(id));
            batch.remove(Kind::Evidence, id, reason);
        }
        Ok(labels)
    })
}
