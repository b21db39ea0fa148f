//! Settling what several people made of a link: the scores that count from then on, with the reason. Each one's own stay
//! beside it.

use super::double::{keep_scorers, score_fields};
use crate::act::{evidence, resolve};
use crate::appraisal::Scores;
use crate::diagnostic::{Result, fault};
use crate::evidence::{Evidence, Settled};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::pass::Pass;
use crate::project::{Batch, Depth, Done, Project};
use crate::synthesis::Synthesis;
use serde_json::json;

/// What was settled for a link, as typed.
#[derive(Debug, Clone)]
pub struct Ruling {
    pub evidence: String,
    pub scores: Scores,
    pub reason: Option<String>,
}

/// What came of taking over what nobody disputes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Labels of links on which two or more people gave the same.
    pub agreed: Vec<String>,
    /// Those that one person alone appraised in a pass that is closed.
    pub alone: Vec<String>,
}

/// Settles links: all of them, or none. Answers their labels.
///
/// Faults: `not-appraised`, `pass-open`, `reason-needed`, `bad-score`.
pub fn settle(project: &mut Project, rulings: &[Ruling]) -> Result<Done<Vec<String>>> {
    project.write("evidence settle", true, |batch| {
        let synthesis = batch.project().synthesis(Depth::Facts)?;
        rulings.iter().map(|ruling| settle_one(batch, &synthesis, ruling)).collect()
    })
}

fn settle_one(batch: &mut Batch<'_>, synthesis: &Synthesis, ruling: &Ruling) -> Result<String> {
    let project = batch.project();
    let id = resolve::find(project, Kind::Evidence, &ruling.evidence)?;
    let label = project.label(id);
    let Some(appraised) = synthesis.appraised().into_iter().find(|one| one.link.id == id) else {
        return Err(fault("not-appraised", format!("nobody has appraised {label} yet: there is nothing to settle"))
            .hint(format!("appraise it: realist evidence edit {label} --relevance 2 --richness 2 --rigour 1")));
    };
    refuse_open_pass(project, appraised.link)?;
    let reason = ruling.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_none() && appraised.agreed() != Some(ruling.scores) {
        return Err(fault("reason-needed", format!("{label} was not appraised so by all; say why it is settled so"))
            .hint("add --reason \"...\""));
    }
    let judged = evidence::Judgement {
        relevance: Some(ruling.scores.relevance),
        richness: Some(ruling.scores.richness),
        rigour: Some(ruling.scores.rigour),
        reason: reason.or_else(|| appraised.by.values().find_map(|given| given.reason)).map(str::to_owned),
        ..evidence::Judgement::default()
    };
    evidence::check_scores(&judged)?;
    write(batch, appraised.link, ruling.scores, reason, judged.reason.as_deref())?;
    Ok(label)
}

/// Takes over what nobody disputes: links on which all who appraised them gave the same, and those that one person alone
/// appraised and that hold no scores.
pub fn take_agreed(project: &mut Project) -> Result<Done<Taken>> {
    project.write("evidence settle", true, |batch| {
        let synthesis = batch.project().synthesis(Depth::Facts)?;
        let mut taken = Taken { agreed: Vec::new(), alone: Vec::new() };
        for one in synthesis.appraised() {
            let Some(scores) = one.agreed() else { continue };
            let is_so = one.link.scores() == Some(scores) && (one.link.settled.is_some() || !one.is_double());
            if is_so || one.link.settled.is_some() || refuse_open_pass(batch.project(), one.link).is_err() {
                continue;
            }
            let reason = one.by.values().find_map(|given| given.reason);
            write(batch, one.link, scores, None, reason)?;
            let label = batch.project().label(one.link.id);
            if one.is_double() { taken.agreed.push(label) } else { taken.alone.push(label) }
        }
        Ok(taken)
    })
}

/// What counts from now on. `why` stands on the link where it has no reason of its own.
fn write(
    batch: &mut Batch<'_>,
    link: &Evidence,
    scores: Scores,
    reason: Option<&str>,
    why: Option<&str>,
) -> Result<()> {
    keep_scorers(batch, link);
    let statement: Hypothesis = resolve::read(batch.project(), link.hypothesis)?;
    let mut fields = score_fields(scores);
    let settled = Settled { by: batch.coder().to_owned(), reason: reason.map(str::to_owned) };
    fields.insert("settled".to_owned(), json!(settled));
    if link.scorer.is_some() {
        fields.insert("scorer".to_owned(), serde_json::Value::Null);
    }
    if let (None, Some(why)) = (&link.reason, why) {
        fields.insert("reason".to_owned(), json!(why));
    }
    if statement.revision() != link.revision {
        fields.insert("revision".to_owned(), json!(statement.revision()));
    }
    batch.set(Kind::Evidence, link.id, &fields);
    Ok(())
}

/// What is being appraised blind is settled when all are done.
fn refuse_open_pass(project: &Project, link: &Evidence) -> Result<()> {
    let document: Id = link.anchor.document;
    let open =
        project.state().all::<Pass>().into_iter().find(|pass| pass.is_open() && pass.documents.contains(&document));
    open.map_or(Ok(()), |pass| {
        let (pass, label) = (project.label(pass.id), project.label(link.id));
        Err(fault("pass-open", format!("{label} is being appraised blind in {pass}"))
            .hint(format!("settle it when all are done: realist pass show {pass}")))
    })
}
