//! What is settled: by whom, when and how it was agreed, and beside that what the evidence amounts
//! to. The two are never mixed.

use crate::decision::{Body, Consensus, Decision, Method};
use crate::evidence::Evidential;
use crate::hypothesis::{Editorial, Test};
use crate::id::{Id, Kind};
use crate::report::NONE_FOUND;
use crate::report::block::{Block, count_of, day_in_words, sentence_case};
use crate::report::cmo;
use crate::report::deciders::{Deciders, NOT_STATED};
use crate::report::meeting::Shown;
use crate::report::standings;
use crate::report::tally;
use crate::report::words::Press;
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The decision that settled it, who took it, and how many were there.
    #[serde(skip)]
    taken: Id,
    #[serde(skip)]
    body: Body,
    #[serde(skip)]
    people: usize,
    #[serde(skip)]
    method: Method,
}

/// What is settled and not taken up again by a meeting's agenda: components first in their order, then uncertainties, then
/// statements.
pub fn beside(press: &Press, meeting: Option<&Shown>) -> Vec<Settled> {
    let is_taken_up = |id: Id| {
        meeting.is_some_and(|one| one.agenda.iter().any(|line| line.about == Some(id)) && !at(press.synthesis, one, id))
    };
    let things = things(press.synthesis).into_iter().filter(|thing| !is_taken_up(thing.id));
    things
        .filter_map(|thing| {
            let decision = press.synthesis.decision_on(thing.id)?;
            let consensus = press.synthesis.consensus(thing.id);
            is_settled(consensus).then(|| one(press, thing, consensus, decision))
        })
        .collect()
}

/// An uncertainty was settled at a meeting, or since its day.
pub fn at(synthesis: &Synthesis, meeting: &Shown, uncertainty: Id) -> bool {
    let since =
        |decision: &Decision| decision.date.as_ref().zip(meeting.look.date.as_ref()).is_some_and(|(on, day)| on >= day);
    is_settled(synthesis.consensus(uncertainty))
        && synthesis
            .decision_on(uncertainty)
            .is_some_and(|decision| decision.meeting == Some(meeting.meeting) || since(decision))
}

fn is_settled(consensus: Consensus) -> bool {
    matches!(consensus, Consensus::Agreed | Consensus::AgreedWithDissent | Consensus::Rejected)
}

/// Something a decision may settle, with the statements that are counted beside it.
struct Thing {
    id: Id,
    kind: Kind,
    name: String,
    statements: Vec<Id>,
}

fn things(synthesis: &Synthesis) -> Vec<Thing> {
    let of_theory = of_theory(synthesis);
    let components = synthesis.components_in_order().into_iter().map(|one| {
        let mut statements = cmo::living(synthesis, Some(one.id));
        statements.retain(|id| of_theory.contains(id));
        Thing { id: one.id, kind: Kind::Component, name: one.name.clone(), statements }
    });
    let mut uncertainties: Vec<Id> = synthesis.uncertainties.keys().copied().collect();
    cmo::in_label_order(synthesis, &mut uncertainties);
    let uncertainties = uncertainties.into_iter().map(|id| {
        let one = &synthesis.uncertainties[&id];
        Thing { id, kind: Kind::Uncertainty, name: one.text.clone(), statements: one.hypotheses.clone() }
    });
    let mut statements: Vec<Id> = synthesis.hypotheses.keys().copied().collect();
    cmo::in_label_order(synthesis, &mut statements);
    let statements = statements.into_iter().map(|id| {
        let name = synthesis.hypotheses[&id].statement.clone().unwrap_or_default();
        Thing { id, kind: Kind::Hypothesis, name, statements: vec![id] }
    });
    components.chain(uncertainties).chain(statements).collect()
}

/// The statements of the theory as it is drawn: those that are active, or all that live before the first is.
fn of_theory(synthesis: &Synthesis) -> BTreeSet<Id> {
    let active: BTreeSet<Id> =
        synthesis.living_hypotheses().filter(|one| one.status == Editorial::Active).map(|one| one.id).collect();
    if active.is_empty() { synthesis.living_hypotheses().map(|one| one.id).collect() } else { active }
}

fn one(press: &Press, thing: Thing, consensus: Consensus, decision: &Decision) -> Settled {
    let standings = by_standing(press, &thing.statements);
    let deciders = Deciders::of(press, decision);
    Settled {
        id: press.synthesis.label(thing.id),
        kind: match thing.kind {
            Kind::Hypothesis => "statement",
            other => other.word(),
        },
        name: thing.name,
        consensus,
        by_whom: deciders.told(),
        when: decision.date.as_deref().map_or_else(|| NOT_STATED.to_owned(), day_in_words),
        how: how(decision.method).to_owned(),
        decision: decided(press.synthesis, decision),
        dissent: deciders.dissent(),
        evidence: evidence(press, &thing.statements, &standings),
        statements: standings,
        taken: decision.id,
        body: decision.body,
        people: decision.present.values().map(|n| *n as usize).sum(),
        method: decision.method,
    }
}

impl Settled {
    /// `agreed by 16 people on 14 December 2026`; as far as it is on record.
    pub fn in_plain_words(&self) -> String {
        let outcome = self.outcome();
        let who = match (self.body, self.people) {
            (Body::Team, _) => Some("the team".to_owned()),
            (_, n) if n > 0 => Some(count_of(n, "person")),
            (Body::Stakeholders, _) => Some("stakeholders".to_owned()),
            (Body::NotStated, _) => None,
        };
        let by = who.map_or_else(|| "; by whom is not on record".to_owned(), |who| format!(" by {who}"));
        let on = if self.when == NOT_STATED { String::new() } else { format!(" on {}", self.when) };
        if by.starts_with(';') { format!("{outcome}{on}{by}") } else { format!("{outcome}{by}{on}") }
    }

    fn outcome(&self) -> String {
        self.consensus.word().replace('_', " ")
    }

    /// What nobody recorded of it.
    fn unstated(&self) -> Vec<&'static str> {
        [
            (self.by_whom == NOT_STATED, "by whom"),
            (self.when == NOT_STATED, "when"),
            (self.method == Method::NotStated, "how"),
        ]
        .into_iter()
        .filter_map(|(is_so, what)| is_so.then_some(what))
        .collect()
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

/// The same for readers who know no method by its name.
fn how_plainly(method: Method) -> &'static str {
    match method {
        Method::Discussion => "by talking it over",
        Method::Ram | Method::Delphi => "by rating",
        Method::Ngt => "by giving points",
        Method::Ranking => "by putting in order",
        Method::Percent => "by vote",
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
        ("outcome", "Outcome, by whom and when"),
        ("evidence", "Evidence (not agreement)"),
    ]);
    let mut told: BTreeMap<Id, &str> = BTreeMap::new();
    for one in settled {
        let before = told.get(&one.taken).copied();
        told.entry(one.taken).or_insert(&one.id);
        let what: Vec<String> = match before {
            None => std::iter::once(one.name.clone()).chain(one.decision.clone()).collect(),
            Some(_) => vec![one.name.clone()],
        };
        table.push(vec![
            one.id.as_str().into(),
            what.join("\n").into(),
            outcome(press, one, before).into(),
            one.evidence.as_str().into(),
        ]);
    }
    blocks.push(Block::table("Settled, with the standing of the evidence beside it", table));
    blocks.extend(unstated(settled));
    blocks.push(Block::paragraph(
        "Counted of a component are the statements that belong to the theory: drafts and those not active yet do not.",
    ));
    blocks.extend(not_yet(press));
    blocks
}

/// What came out, then who took part, when and how, as far as it is stated, then the dissent. What one decision says of
/// several things is said once, `before`.
fn outcome(press: &Press, one: &Settled, before: Option<&str>) -> String {
    if let Some(first) = before {
        let dissent = if one.dissent.is_empty() { "" } else { "; dissent as there" };
        return format!("{}, with {first}{dissent}", one.outcome());
    }
    let how = if press.is_for_team() { one.how.as_str() } else { how_plainly(one.method) };
    let on = [one.by_whom.as_str(), one.when.as_str(), how].into_iter().filter(|said| *said != NOT_STATED);
    let on = on.collect::<Vec<_>>().join(", ");
    let dissent = one.dissent.iter().map(|dissent| format!("dissent: {dissent}"));
    let lines = [one.outcome(), on].into_iter().filter(|line| !line.is_empty()).chain(dissent);
    lines.collect::<Vec<_>>().join("\n")
}

/// `Not stated: by whom, when and how of K1.gj, K2.gj.` Once for all that lack the same.
fn unstated(settled: &[Settled]) -> Option<Block> {
    let mut lacking: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
    for one in settled.iter().filter(|one| !one.unstated().is_empty()) {
        lacking.entry(one.unstated()).or_default().push(&one.id);
    }
    let of = |labels: &[&str]| {
        if labels.len() > 1 && labels.len() == settled.len() { "all of them".to_owned() } else { labels.join(", ") }
    };
    let said: Vec<String> =
        lacking.iter().map(|(what, labels)| format!("{} of {}", what.join(", "), of(labels))).collect();
    (!said.is_empty()).then(|| Block::paragraph(format!("{}: {}.", sentence_case(NOT_STATED), said.join("; "))))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Outcome;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    /// One decision of stakeholders on a question and two components, with dissent.
    fn synthesis() -> Synthesis {
        let mut synthesis = sample::synthesis();
        let mut one = synthesis.decisions[0].clone();
        one.id = Id::derived([b"with dissent".as_slice()]);
        one.outcome = Outcome::AgreedWithDissent;
        one.body = Body::Stakeholders;
        one.method = Method::Ram;
        one.date = Some("2026-03-11".to_owned());
        one.uncertainty = Some(id(Kind::Uncertainty, 1));
        one.components = vec![id(Kind::Component, 2), id(Kind::Component, 3)];
        one.hypotheses.clear();
        one.present = BTreeMap::from([("users".to_owned(), 9), ("staff".to_owned(), 7)]);
        one.dissenting = vec!["staff".to_owned()];
        synthesis.decisions.push(one);
        synthesis
    }

    fn shown(synthesis: &Synthesis, audience: Audience) -> String {
        let press = Press::new(synthesis, audience);
        let blocks = section(&press, &beside(&press, None));
        blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn dissent_and_what_nobody_stated_are_said_once() {
        let text = shown(&synthesis(), Audience::Meeting);
        assert_eq!(text.matches("by its votes").count(), 1, "{text}");
        assert!(text.contains("agreed with dissent, with K2.gj; dissent as there"), "{text}");
        assert_eq!(text.matches("ot stated").count(), 1, "{text}");
        assert!(text.contains("Not stated: by whom, when, how of K1.gj."), "{text}");
        assert!(text.contains("11 March 2026, by rating") && !text.contains("RAND"), "{text}");
        assert!(shown(&synthesis(), Audience::Team).contains("by RAND/UCLA appropriateness ratings"));
    }

    #[test]
    fn plain_words_say_how_many_agreed_and_when() {
        let synthesis = synthesis();
        let press = Press::new(&synthesis, Audience::Meeting);
        let said: Vec<String> = beside(&press, None).iter().map(Settled::in_plain_words).collect();
        assert_eq!(said[0], "agreed; by whom is not on record");
        assert_eq!(said[1], "agreed with dissent by 16 people on 11 March 2026");
    }

    #[test]
    fn what_an_agenda_takes_up_again_is_not_settled_and_what_its_meeting_settled_is() {
        let synthesis = synthesis();
        let press = Press::new(&synthesis, Audience::Meeting);
        let has = |day: &str| {
            let mut meeting = Shown { agenda: vec![sample::item(1, 1)], ..sample::meeting() };
            meeting.look.date = Some(day.to_owned());
            beside(&press, Some(&meeting)).iter().any(|one| one.id == "U1.gj")
        };
        assert!(has("2026-03-11"), "decided on its day");
        assert!(!has("2026-06-01"), "an agenda of a later meeting opens it anew");
    }

    #[test]
    fn drafts_are_counted_nowhere_once_the_theory_has_active_statements() {
        let mut synthesis = synthesis();
        let one = id(Kind::Component, 1);
        let count = |synthesis: &Synthesis| {
            let press = Press::new(synthesis, Audience::Meeting);
            let found = beside(&press, None).into_iter().find(|one| one.id == "K1.gj").unwrap();
            found.statements.values().sum::<usize>()
        };
        let before = count(&synthesis);
        let drawn = synthesis.living_hypotheses().find(|other| other.component == Some(one)).unwrap().id;
        for (other, hypothesis) in &mut synthesis.hypotheses {
            hypothesis.status = if *other == drawn { Editorial::Draft } else { Editorial::Active };
        }
        assert_eq!(count(&synthesis), before - 1);
    }
}
