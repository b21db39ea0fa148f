//! Several people's scores of one link, each kept beside the others. Who appraises first gives the link its scores; in
//! an open blind pass, and for a second opinion, what somebody gives is kept apart and changes nothing that counts.

use crate::act::evidence::{self, Judgement};
use crate::act::resolve;
use crate::appraisal::{Appraisal, Scores};
use crate::diagnostic::Result;
use crate::evidence::Evidence;
use crate::history::Fields;
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// Somebody's scores of a link, as typed.
#[derive(Debug, Clone)]
pub struct Row {
    pub evidence: String,
    pub scores: Scores,
    pub reason: Option<String>,
}

/// An open pass keeps this coder from seeing what the others make of this document.
pub(in crate::act) fn is_blind(project: &Project, document: Id) -> bool {
    project.blind_passes().iter().any(|pass| pass.documents.contains(&document))
}

/// Appraises links: all of them, or none. Answers their labels. Faults: `bad-score`, `reason-needed`, and those of
/// finding them.
pub fn give(project: &mut Project, rows: &[Row], second: bool) -> Result<Done<Vec<String>>> {
    project.write("evidence appraise", true, |batch| rows.iter().map(|row| give_one(batch, row, second)).collect())
}

fn give_one(batch: &mut Batch<'_>, row: &Row, second: bool) -> Result<String> {
    let project = batch.project();
    let id = resolve::find(project, Kind::Evidence, &row.evidence)?;
    let held: Evidence = resolve::read(project, id)?;
    let judgement = judgement(row);
    let is_anothers = held.has_scores() && (held.settled.is_some() || held.scorer() != batch.coder());
    let has_own = project.state().get::<Appraisal>(Appraisal::id_of(id, batch.coder())).is_some();
    if second || is_anothers || has_own || is_blind(project, held.anchor.document) {
        let statement: Hypothesis = resolve::read(project, held.hypothesis)?;
        evidence::check_scores(&judgement)?;
        record(batch, (id, held.anchor.document), row.scores, row.reason.as_deref(), &statement);
        // Whose scores count may still correct them.
        if has_own && held.settled.is_none() && held.has_scores() && held.scorer() == batch.coder() {
            batch.set(Kind::Evidence, id, &score_fields(row.scores));
        }
        return Ok(batch.project().label(id));
    }
    evidence::edit_one(batch, id, &judgement)
}

fn judgement(row: &Row) -> Judgement {
    let Scores { relevance, richness, rigour } = row.scores;
    Judgement {
        relevance: Some(relevance),
        richness: Some(richness),
        rigour: Some(rigour),
        reason: row.reason.clone(),
        ..Judgement::default()
    }
}

/// The fields of a link that hold scores.
pub(super) fn score_fields(scores: Scores) -> Fields {
    Batch::fields(json!(scores))
}

/// Keeps this coder's scores of a link (its id, and that of its document) beside those of others.
pub(in crate::act) fn record(
    batch: &mut Batch<'_>,
    at: (Id, Id),
    scores: Scores,
    reason: Option<&str>,
    statement: &Hypothesis,
) {
    let coder = batch.coder().to_owned();
    keep(batch, at, Own { coder: &coder, scores, reason, revision: &statement.revision() });
}

/// Before a link takes other scores: those of whoever gave them stay beside it as their own.
pub(in crate::act) fn keep_scorers(batch: &mut Batch<'_>, link: &Evidence) {
    let Some(scores) = link.scores().filter(|_| link.settled.is_none()) else { return };
    let coder = link.scorer();
    if batch.project().state().get::<Appraisal>(Appraisal::id_of(link.id, coder)).is_none() {
        let at = (link.id, link.anchor.document);
        keep(batch, at, Own { coder, scores, reason: link.reason.as_deref(), revision: &link.revision });
    }
}

#[derive(Clone, Copy)]
struct Own<'o> {
    coder: &'o str,
    scores: Scores,
    reason: Option<&'o str>,
    revision: &'o str,
}

fn keep(batch: &mut Batch<'_>, (evidence, document): (Id, Id), own: Own<'_>) {
    let mut fields = Batch::fields(json!({
        "evidence": evidence,
        "document": document,
        "coder": own.coder,
        "revision": own.revision,
    }));
    // A reason that is no longer given goes.
    fields.insert("reason".to_owned(), json!(own.reason));
    fields.extend(score_fields(own.scores));
    batch.create_as(Kind::Appraisal, Appraisal::id_of(evidence, own.coder), &fields);
}

/// In an open blind pass: keeps the scores of a judgement beside the link, if it gives all three.
pub(in crate::act) fn set_apart(
    batch: &mut Batch<'_>,
    at: (Id, Id),
    judgement: &Judgement,
    statement: &Hypothesis,
) -> Result<()> {
    evidence::check_scores(judgement)?;
    if let Some(scores) = judgement.scores() {
        record(batch, at, scores, judgement.reason.as_deref(), statement);
    }
    Ok(())
}
