//! What is settled: by whom, when and how it was agreed, and beside that what the evidence amounts
//! to. The two are never mixed.

use crate::decision::{Consensus, Decision, Method};
use crate::evidence::Evidential;
use crate::hypothesis::Test;
use crate::id::{Id, Kind};
use crate::report::NONE_FOUND;
use crate::report::block::{Block, count_of};
use crate::report::cmo;
use crate::report::deciders::{Deciders, NOT_STATED};
use crate::report::standings;
use crate::report::tally;
use crate::report::words::Press;
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde::Serialize;
use std::collections::BTreeMap;

/// A component, uncertainty or statement that a decision settled.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settled {
    pub id: String,
    pub kind: &'static str,
    pub name: String,
    pub consensus: Consensus,
    pub by_whom: String,
    pub when: String,
    pub how: String,
    /// The decision in a sentence, where one was written.
    pub decision: Option<String>,
    /// Dissent by group: words for the team, a placeholder for others.
    pub dissent: Vec<String>,
    pub evidence: String,
    /// Statements of each evidential standing.
    pub statements: BTreeMap<Evidential, usize>,
}

/// Everything settled, components first in their order, then uncertainties, then statements.
pub fn settled(press: &Press) -> Vec<Settled> {
    let synthesis = press.synthesis;
    let components = synthesis.components_in_order().into_iter().map(|one| {
        let living = cmo::living(synthesis, Some(one.id));
        (one.id, Kind::Component, one.name.clone(), living)
    });
    let mut uncertainties: Vec<Id> = synthesis.uncertainties.keys().copied().collect();
    cmo::in_label_order(synthesis, &mut uncertainties);
    let uncertainties = uncertainties.into_iter().map(|id| {
        let one = &synthesis.uncertainties[&id];
        (id, Kind::Uncertainty, one.text.clone(), one.hypotheses.clone())
    });
    let mut statements: Vec<Id> = synthesis.hypotheses.keys().copied().collect();
    cmo::in_label_order(synthesis, &mut statements);
    let statements = statements.into_iter().map(|id| {
        let one = &synthesis.hypotheses[&id];
        (id, Kind::Hypothesis, one.statement.clone().unwrap_or_default(), vec![id])
    });
    components
        .chain(uncertainties)
        .chain(statements)
        .filter_map(|(id, kind, name, statements)| {
            let decision = synthesis.decision_on(id)?;
            let consensus = synthesis.consensus(id);
            let is_settled =
                matches!(consensus, Consensus::Agreed | Consensus::AgreedWithDissent | Consensus::Rejected);
            is_settled.then(|| one(press, id, kind, name, consensus, decision, &statements))
        })
        .collect()
}

fn one(
    press: &Press,
    id: Id,
    kind: Kind,
    name: String,
    consensus: Consensus,
    decision: &Decision,
    statements: &[Id],
) -> Settled {
    let standings = by_standing(press, statements);
    let deciders = Deciders::of(press, decision);
    Settled {
        id: press.synthesis.label(id),
        kind: match kind {
            Kind::Hypothesis => "statement",
            other => other.word(),
        },
        name,
        consensus,
        by_whom: deciders.told(),
        when: decision.date.clone().unwrap_or_else(|| NOT_STATED.to_owned()),
        how: how(decision.method).to_owned(),
        decision: decided(press.synthesis, decision),
        dissent: deciders.dissent(),
        evidence: evidence(press, statements, &standings),
        statements: standings,
    }
}

/// How many statements stand how.
fn by_standing(press: &Press, statements: &[Id]) -> BTreeMap<Evidential, usize> {
    let mut standings = BTreeMap::new();
    for id in statements {
        *standings.entry(press.bearings.standing(*id).standing).or_default() += 1;
    }
    standings
}

/// What the evidence on some statements amounts to, in one line.
pub fn evidence_on(press: &Press, statements: &[Id]) -> String {
    evidence(press, statements, &by_standing(press, statements))
}

/// The option chosen and the sentence written, as far as there are any.
pub fn decided(synthesis: &Synthesis, decision: &Decision) -> Option<String> {
    let options = decision.uncertainty.and_then(|id| synthesis.uncertainties.get(&id)).map(|one| &one.options);
    let chosen = decision.option.as_ref().map(|key| {
        match options.and_then(|options| options.iter().find(|option| option.key == *key)) {
            Some(option) => format!("Option {key}: {}", option.text),
            None => format!("Option {key}"),
        }
    });
    let said: Vec<String> = chosen.into_iter().chain(decision.text.clone()).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

pub fn how(method: Method) -> &'static str {
    match method {
        Method::Discussion => "by discussion",
        Method::Ram => "by RAND/UCLA appropriateness ratings",
        Method::Delphi => "by Delphi",
        Method::Ngt => "by nominal group",
        Method::Ranking => "by ranking",
        Method::Percent => "by share of votes",
        Method::ConsentRule => "by consent: nobody objected",
        Method::NotStated => NOT_STATED,
    }
}

/// `3 statements: supported 2, single source 1; 4 of 9 appraised`.
fn evidence(press: &Press, statements: &[Id], standings: &BTreeMap<Evidential, usize>) -> String {
    if statements.is_empty() {
        return format!("statements: {NONE_FOUND}");
    }
    let each: Vec<String> =
        standings.iter().map(|(standing, n)| format!("{} {n}", tally::standing_title(*standing))).collect();
    let standing: Vec<_> = statements.iter().map(|id| press.bearings.standing(*id)).collect();
    let links: usize = standing.iter().map(|one| one.links).sum();
    let appraised: usize = standing.iter().map(|one| one.appraised).sum();
    let provisional = if appraised < links { "provisional: " } else { "" };
    let appraisal = if links == 0 { String::new() } else { format!("; {provisional}{appraised} of {links} appraised") };
    let tested: Vec<String> = statements.iter().filter_map(|id| tested(press, *id)).collect();
    let tested = if tested.is_empty() { String::new() } else { format!("; tested: {}", tested.join(", ")) };
    format!("{}: {}{appraisal}{tested}", count_of(statements.len(), "statement"), each.join(", "))
}

/// `H3.gj (trial: no evidence of difference)`, of a statement that was put to a test.
fn tested(press: &Press, id: Id) -> Option<String> {
    let one = press.synthesis.hypotheses.get(&id).filter(|one| one.test() != Test::NotTested)?;
    Some(format!("{} ({})", press.synthesis.label(id), standings::test(one.tested.as_ref())))
}

/// The settled list of the papers.
pub fn section(press: &Press, settled: &[Settled]) -> Vec<Block> {
    let mut blocks = vec![
        Block::heading(2, "What is settled", "settled"),
        Block::paragraph(
            "Not for reopening today without new evidence. That people agreed is one thing, what the evidence amounts to \
             is another: the two stand side by side and neither stands for the other.",
        ),
    ];
    if settled.is_empty() {
        blocks.push(Block::none_found());
        return blocks;
    }
    let mut table = Table::with(&[
        ("id", "No."),
        ("name", "What"),
        ("consensus", "Outcome"),
        ("by_whom", "By whom"),
        ("when", "When"),
        ("how", "How"),
        ("evidence", "Evidence (not agreement)"),
    ]);
    for one in settled {
        let outcome = std::iter::once(one.consensus.word().replace('_', " "))
            .chain(one.dissent.iter().map(|dissent| format!("dissent: {dissent}")))
            .collect::<Vec<_>>();
        let what = std::iter::once(one.name.clone()).chain(one.decision.clone()).collect::<Vec<_>>();
        table.push(vec![
            one.id.as_str().into(),
            what.join("\n").into(),
            outcome.join("\n").into(),
            one.by_whom.as_str().into(),
            one.when.as_str().into(),
            one.how.as_str().into(),
            one.evidence.as_str().into(),
        ]);
    }
    blocks.push(Block::table("Settled, with the standing of the evidence beside it", table));
    blocks.extend(not_yet(press));
    blocks
}

/// Components nobody has decided on, so that silence is not taken for agreement.
fn not_yet(press: &Press) -> Option<Block> {
    let synthesis = press.synthesis;
    let open: Vec<String> = synthesis
        .components_in_order()
        .into_iter()
        .filter(|one| matches!(synthesis.consensus(one.id), Consensus::Untested | Consensus::Uncertain))
        .map(|one| format!("{} {} ({})", synthesis.label(one.id), one.name, synthesis.consensus(one.id)))
        .collect();
    (!open.is_empty()).then(|| Block::paragraph(format!("Components not settled: {}.", open.join("; "))))
}
