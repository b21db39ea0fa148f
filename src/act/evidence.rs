//! Evidence for and against: linking passages to statements, judging the links, correcting both.

use super::anchor::{self, Spot};
use super::appraise::double;
use super::{hypothesis as statements, parts, resolve};
use crate::appraisal::Scores;
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::document::Role;
use crate::evidence::{Circumstances, Evidence, Settled, Stance};
use crate::history::Fields;
use crate::hypothesis::{Hypothesis, Inference};
use crate::id::{Id, Kind};
use crate::memo::Memo;
use crate::passage::Anchor;
use crate::project::{Batch, Done, Lookup, Project};
use serde_json::json;
use std::collections::BTreeMap;

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

impl Judgement {
    fn gives_scores(&self) -> bool {
        self.relevance.is_some() || self.richness.is_some() || self.rigour.is_some()
    }

    /// What is left where scores are kept beside the link. Fault `scores-wanted`: a part of them says nothing that could
    /// be compared.
    fn without_scores(&self) -> Result<Self> {
        if self.scores().is_none() {
            return Err(fault("scores-wanted", "in an open blind pass all three scores are given together")
                .hint("give --relevance, --richness and --rigour, or none of them"));
        }
        Ok(Judgement { relevance: None, richness: None, rigour: None, ..self.clone() })
    }

    /// All three, where all are given.
    pub fn scores(&self) -> Option<Scores> {
        let (relevance, richness, rigour) = (self.relevance?, self.richness?, self.rigour?);
        Some(Scores { relevance, richness, rigour })
    }

    /// Anything beside scores and the reason for them.
    fn says_more(&self) -> bool {
        self.stance.is_some() || self.circumstances.is_some() || self.part.is_some() || self.inference.is_some()
    }
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

pub(super) fn check_scores(judgement: &Judgement) -> Result<()> {
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
            fields.insert("part".to_owned(), json!(parts::part(statement, typed)?.key));
        }
    }
    Ok(fields)
}

/// Links passages to statements: all of them, or none.
pub fn add(project: &mut Project, wishes: &[Wish]) -> Result<Done<Vec<Linked>>> {
    project.write("evidence add", true, |batch| {
        let mut links = Links::of(batch);
        wishes.iter().map(|wish| add_one(batch, &mut links, wish)).collect()
    })
}

fn add_one(batch: &mut Batch<'_>, links: &mut Links, wish: &Wish) -> Result<Linked> {
    let statement = statements::open(batch.project(), &wish.hypothesis)?;
    let label = batch.project().label(statement.id);
    links.add(batch, (&label, &statement), &wish.spot, &wish.judgement, None)
}

/// This coder's links, those of the batch included, so that none is made twice: read statement by
/// statement.
pub(super) struct Links {
    pub lookup: Lookup,
    there: BTreeMap<Id, BTreeMap<(Anchor, Option<String>), String>>,
}

impl Links {
    pub(super) fn of(batch: &Batch<'_>) -> Self {
        Links { lookup: batch.project().lookup(), there: BTreeMap::new() }
    }

    fn of_statement(&mut self, batch: &Batch<'_>, id: Id) -> &mut BTreeMap<(Anchor, Option<String>), String> {
        self.there.entry(id).or_insert_with(|| {
            let project = batch.project();
            let own = project.state().about::<Evidence>(id).into_iter();
            own.filter(|link| link.hypothesis == id && link.appraiser == batch.coder())
                .map(|link| ((project.as_set_today(&link.anchor).unversioned(), link.part), project.label(link.id)))
                .collect()
        })
    }

    /// Links a passage to a statement, which may be one the batch itself makes. `sheet` names the row
    /// of a sheet the link was read from.
    pub(super) fn add(
        &mut self,
        batch: &mut Batch<'_>,
        (label, statement): (&str, &Hypothesis),
        spot: &Spot,
        judgement: &Judgement,
        sheet: Option<&str>,
    ) -> Result<Linked> {
        let stance = judgement.stance.ok_or_else(|| {
            fault("no-stance", "does the passage support, refute or refine the statement?")
                .hint("add --stance supports|refutes|refines|ambiguous")
        })?;
        let anchored = anchor::anchor(batch.project(), &self.lookup, spot)?;
        if statements::needs_memo(judgement.inference) && judgement.reason.is_none() {
            return Err(account_needed());
        }
        let is_blind = judgement.gives_scores() && double::is_blind(batch.project(), anchored.anchor.document);
        let given = judgement;
        let judgement = &if is_blind { given.without_scores()? } else { given.clone() };
        let mut fields = judgement_fields(judgement, statement, stance)?;
        if stance == Stance::Refutes {
            fields.entry("circumstances").or_insert_with(|| json!(Circumstances::Unknown));
        }
        let part = fields.get("part").and_then(|part| part.as_str()).map(str::to_owned);
        let place = (anchored.anchor.unversioned(), part);
        if let Some(twin) = self.of_statement(batch, statement.id).get(&place) {
            return Err(fault("link-exists", format!("{twin} links this passage to {label} already"))
                .hint(format!("change it with: realist evidence edit {twin} --stance ...")));
        }
        let link = Batch::fields(json!({
            "hypothesis": statement.id,
            "anchor": anchored.anchor,
            "source": anchored.source,
            "appraiser": batch.coder(),
            "revision": statement.revision(),
            "sheet": sheet,
        }));
        fields.extend(link);
        let passage = anchor::show(batch.project(), &self.lookup, &anchored.anchor);
        let (made, id) = batch.create(Kind::Evidence, &fields);
        if is_blind {
            double::set_apart(batch, (made, anchored.anchor.document), given, statement)?;
        }
        let id = id.to_string();
        self.of_statement(batch, statement.id).insert(place, id.clone());
        let notes = asked(&id, &anchored).into_iter().collect();
        Ok(Linked { id, hypothesis: label.to_owned(), passage, text: anchored.text, notes })
    }
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
        let id = resolve::find(batch.project(), Kind::Evidence, evidence)?;
        edit_one(batch, id, judgement)
    })
}

pub(super) fn edit_one(batch: &mut Batch<'_>, id: Id, judgement: &Judgement) -> Result<String> {
    let project = batch.project();
    let held: Evidence = resolve::read(project, id)?;
    let statement: Hypothesis = resolve::read(project, held.hypothesis)?;
    let label = project.label(id);
    let is_blind = double::is_blind(project, held.anchor.document);
    let rest;
    let judgement = if is_blind && judgement.gives_scores() {
        rest = judgement.without_scores()?;
        double::set_apart(batch, (id, held.anchor.document), judgement, &statement)?;
        if !rest.says_more() {
            return Ok(label);
        }
        &rest
    } else {
        judgement
    };
    let project = batch.project();
    let stance = judgement.stance.unwrap_or(held.stance);
    let is_anothers = held.appraiser != batch.coder() && judgement.stance.is_some_and(|stance| stance != held.stance)
        || (held.settled.is_some() || held.scorer() != batch.coder()) && rescores(judgement, &held);
    if is_anothers && judgement.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        let whose = match &held.settled {
            Some(_) => format!("the scores of {label} were settled; say why you judge it otherwise"),
            None => format!("{} judged {label}; say why you judge it otherwise", held.scorer()),
        };
        return Err(fault("reason-needed", whose).hint("add --reason \"...\""));
    }
    // The reason that stands was given for the scores that stood.
    let stands = if goes_to_an_end(judgement, &held) { None } else { held.reason.clone() };
    let judged = Judgement { reason: judgement.reason.clone().or(stands), ..judgement.clone() };
    let read_into = statements::needs_memo(judgement.inference);
    if read_into && judged.reason.is_none() && project.state().about::<Memo>(id).is_empty() {
        return Err(account_needed());
    }
    let mut fields = judgement_fields(&judged, &statement, stance)?;
    if stance != Stance::Refutes && held.circumstances.is_some() {
        fields.insert("circumstances".to_owned(), serde_json::Value::Null);
    }
    if statement.revision() != held.revision {
        fields.insert("revision".to_owned(), statement.revision().into());
    }
    if judgement.gives_scores() {
        fields.extend(whose_scores(batch, &held, judgement, &statement));
    }
    batch.set(Kind::Evidence, id, &fields);
    Ok(label)
}

/// Who has a part in the scores that a link is given: where they were another's, each one's own stay beside it and what
/// counts is settled.
fn whose_scores(batch: &mut Batch<'_>, held: &Evidence, judgement: &Judgement, statement: &Hypothesis) -> Fields {
    let mut fields = Fields::new();
    let is_own = held.settled.is_none() && held.scorer() == batch.coder();
    let whole = Evidence {
        relevance: judgement.relevance.or(held.relevance),
        richness: judgement.richness.or(held.richness),
        rigour: judgement.rigour.or(held.rigour),
        ..held.clone()
    };
    if is_own || !rescores(judgement, held) {
        if !is_own && held.settled.is_none() && !held.has_scores() {
            fields.insert("scorer".to_owned(), json!(batch.coder()));
        }
        return fields;
    }
    double::keep_scorers(batch, held);
    if let Some(scores) = whole.scores() {
        double::record(batch, (held.id, held.anchor.document), scores, judgement.reason.as_deref(), statement);
        let settled = Settled { by: batch.coder().to_owned(), reason: judgement.reason.clone() };
        fields.insert("settled".to_owned(), json!(settled));
    }
    fields
}

/// What was read into a passage must be accounted for: in the link's reason, or in a memo on the link.
fn account_needed() -> crate::diagnostic::Fault {
    fault("memo-needed", "what is abduced or retroduced from a passage needs a memo that says how")
        .hint("add --reason \"...\"")
        .hint("or write one on a link that is there: realist memo add --about E1.gj --text \"...\"")
}

/// A score that somebody gave would read otherwise. One not yet given is nobody's.
fn rescores(judgement: &Judgement, held: &Evidence) -> bool {
    rescored(judgement, held).next().is_some()
}

/// A score that somebody gave becomes 0 or 3.
fn goes_to_an_end(judgement: &Judgement, held: &Evidence) -> bool {
    rescored(judgement, held).any(|score| matches!(score, 0 | 3))
}

/// The new scores where others were given.
fn rescored(judgement: &Judgement, held: &Evidence) -> impl Iterator<Item = u8> {
    let scores =
        [(judgement.relevance, held.relevance), (judgement.richness, held.richness), (judgement.rigour, held.rigour)];
    scores.into_iter().filter_map(|(new, old)| new.filter(|new| old.is_some_and(|old| old != *new)))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::desk::Desk;

    fn judged(stance: Stance) -> Judgement {
        Judgement { stance: Some(stance), ..Judgement::default() }
    }

    fn wish(place: &str) -> Wish {
        Wish {
            hypothesis: "H1.gj".to_owned(),
            spot: Spot::parse(place, None, None).unwrap(),
            judgement: judged(Stance::Supports),
        }
    }

    #[test]
    fn a_passage_is_linked_once_even_within_one_batch() {
        let mut desk = Desk::with_interview();
        desk.statement("Something");
        let twice = add(&mut desk.project, &[wish("D1.gj/2"), wish("D1.gj/2")]).unwrap_err();
        assert_eq!(twice.0.code, "link-exists");
        assert!(desk.project.state().all::<Evidence>().is_empty());
        add(&mut desk.project, &[wish("D1.gj/2"), wish("D1.gj/4")]).unwrap();
    }

    #[test]
    fn what_somebody_else_judged_is_changed_with_a_reason() {
        let mut desk = Desk::with_interview();
        desk.statement("Something");
        add(&mut desk.project, &[wish("D1.gj/2")]).unwrap();
        let mut other = desk.as_coder("mb");
        assert_eq!(edit(&mut other, "E1.gj", &judged(Stance::Refutes)).unwrap_err().0.code, "reason-needed");
        // A score that nobody gave is nobody's.
        edit(&mut other, "E1.gj", &Judgement { rigour: Some(2), ..Judgement::default() }).unwrap();
        let lower = Judgement { rigour: Some(1), ..Judgement::default() };
        edit(&mut other, "E1.gj", &lower).unwrap();
        let reason = Some("one case only".to_owned());
        edit(&mut other, "E1.gj", &Judgement { reason: reason.clone(), ..judged(Stance::Refutes) }).unwrap();
        let mut own = desk.as_coder("gj");
        edit(&mut own, "E1.gj", &judged(Stance::Refines)).unwrap();
        // Who gave the score may change it; whoever made the link says why.
        let higher = Judgement { rigour: Some(2), ..Judgement::default() };
        assert_eq!(edit(&mut own, "E1.gj", &higher).unwrap_err().0.code, "reason-needed");
        edit(&mut own, "E1.gj", &Judgement { reason, ..higher }).unwrap();
    }

    #[test]
    fn a_reason_for_one_end_is_none_for_the_other() {
        let mut desk = Desk::with_interview();
        desk.statement("Something");
        let reason = Some("told at length".to_owned());
        add(
            &mut desk.project,
            &[Wish {
                judgement: Judgement { richness: Some(3), reason, ..judged(Stance::Supports) },
                ..wish("D1.gj/2")
            }],
        )
        .unwrap();
        let none = Judgement { richness: Some(0), ..Judgement::default() };
        assert_eq!(edit(&mut desk.project, "E1.gj", &none).unwrap_err().0.code, "reason-needed");
        edit(&mut desk.project, "E1.gj", &Judgement { richness: Some(2), ..Judgement::default() }).unwrap();
        edit(&mut desk.project, "E1.gj", &Judgement { reason: Some("one word".to_owned()), ..none }).unwrap();
    }
}
