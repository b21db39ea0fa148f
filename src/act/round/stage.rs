//! From planned to open to closed; amended; deputies.

use super::{collect, find, items};
use crate::act::panel;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use crate::round::{Admission, Closing, Counted, Explained, Opening, Round, Seat, Stage, Terms};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    pub id: String,
    /// Seats by group.
    pub roll: BTreeMap<String, usize>,
}

/// Opens a round: what it asks, its rule, and who is asked are fixed from now on.
///
/// Faults: `round-open`, `round-closed`, `nobody-invited`.
pub fn open(project: &mut Project, typed: &str) -> Result<Done<Opened>> {
    project.write("round open", true, |batch| {
        let round = find(batch.project(), typed)?;
        let id = batch.project().label(round.id);
        match round.stage() {
            Stage::Planned => {}
            Stage::Open => {
                return Err(fault("round-open", format!("{id} is open already"))
                    .hint(format!("make ballots: realist round ballot {id}")));
            }
            Stage::Closed => return Err(refused_closed(&id, &round)),
        }
        let roll = invited(batch.project(), &round)?;
        let mut by_group: BTreeMap<String, usize> = BTreeMap::new();
        for seat in &roll {
            *by_group.entry(seat.group.clone()).or_default() += 1;
        }
        let mut terms = round.terms.clone();
        for item in &mut terms.items {
            item.explained = Some(items::explained(batch.project(), item)).filter(|one| *one != Explained::default());
        }
        let opened = Opening { on: batch.today(), by: batch.coder().to_owned(), terms: terms.clone(), roll };
        batch.set(Kind::Round, round.id, &Batch::fields(json!({ "terms": terms, "opened": opened })));
        Ok(Opened { id, roll: by_group })
    })
}

fn invited(project: &Project, round: &Round) -> Result<Vec<Seat>> {
    let members = panel::members(project, round.panel).into_iter();
    let asked = members.filter(|one| one.is_here() && one.invited.is_some());
    let roll: Vec<Seat> = asked.map(|one| Seat { member: one.id, group: one.group }).collect();
    if roll.is_empty() {
        let panel = project.label(round.panel);
        return Err(fault("nobody-invited", format!("nobody of {panel} was invited"))
            .hint(format!("add members: realist panel member add {panel} --group gps --people 3"))
            .hint(format!("then note that they were invited: realist panel member invite {panel}")));
    }
    Ok(roll)
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    pub id: String,
    /// Ballots that count.
    pub counted: usize,
    /// Tokens of those who were asked and did not answer.
    pub silent: Vec<String>,
    /// Tokens of those of whom is only known that they were not there.
    pub absent: Vec<String>,
}

/// Closes a round: what counts is fixed, and what it comes to can be seen. Faults: `not-open`, `round-closed`.
pub fn close(project: &mut Project, typed: &str) -> Result<Done<Closed>> {
    project.write("round close", true, |batch| {
        let round = find_open(batch.project(), typed)?;
        let counted = shut(batch, &round);
        let project = batch.project();
        Ok(Closed {
            id: project.label(round.id),
            counted,
            silent: collect::silent(project, &round),
            absent: collect::absentees(project, &round),
        })
    })
}

fn shut(batch: &mut Batch<'_>, round: &Round) -> usize {
    let ballots = collect::answered(batch.project(), round.id);
    let answered: Vec<Id> = ballots.iter().map(|one| one.member).collect();
    // Of a seat answered twice, by two people unaware of each other, the member's own ballot counts.
    let counts =
        |member: Id| round.seat(member).is_some_and(|seat| seat.member == member || !answered.contains(&seat.member));
    let counted: Vec<Counted> = ballots
        .into_iter()
        .filter(|one| counts(one.member))
        .map(|one| Counted { ballot: one.id, member: one.member, answers: one.answers.sealed })
        .collect();
    let number = counted.len();
    let closed = Closing { on: batch.today(), by: batch.coder().to_owned(), counted };
    batch.set(Kind::Round, round.id, &Batch::fields(json!({ "closed": closed })));
    number
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// The round that takes no more answers, and the one in its place.
    pub former: String,
    /// It was open until now.
    pub closes: bool,
    pub id: String,
    pub reworded: Vec<String>,
}

/// Closes a round that is open and plans another in its place, with other wording for some items; what was answered stays with
/// the former. Faults: `reason-needed`, `amended`, `unknown-item`.
pub fn amend(project: &mut Project, typed: &str, reword: &[(String, String)], why: &str) -> Result<Done<Amended>> {
    project.write("round amend", true, |batch| {
        let round = find(batch.project(), typed)?;
        let former = batch.project().label(round.id);
        if why.trim().is_empty() {
            return Err(fault("reason-needed", format!("why is {former} amended?"))
                .hint(format!("realist round amend {former} --why \"...\"")));
        }
        refuse_amended(batch.project(), &round)?;
        let mut terms: Terms = round.terms().clone();
        for (key, text) in reword {
            let keys: Vec<String> = terms.items.iter().map(|item| item.key.clone()).collect();
            let item = terms.items.iter_mut().find(|item| item.key == *key).ok_or_else(|| {
                fault("unknown-item", format!("{former} has no item {key}"))
                    .hint(format!("its items are: {}", keys.join(", ")))
            })?;
            text.trim().clone_into(&mut item.text);
        }
        let closes = round.stage() == Stage::Open;
        if closes {
            shut(batch, &round);
        }
        let fields = Batch::fields(json!({
            "panel": round.panel,
            "name": format!("{}, amended", round.name),
            "terms": terms,
            "after": round.after,
            "amends": round.id,
            "why": why.trim(),
            "author": batch.coder(),
        }));
        let id = batch.create(Kind::Round, &fields).1.to_string();
        Ok(Amended { former, closes, id, reworded: reword.iter().map(|(key, _)| key.clone()).collect() })
    })
}

/// Fault `amended`: another round stands in its place already.
fn refuse_amended(project: &Project, round: &Round) -> Result<()> {
    let rounds = project.state().in_order::<Round>();
    let Some(heir) = rounds.iter().find(|one| one.amends == Some(round.id)) else { return Ok(()) };
    let (former, heir) = (project.label(round.id), project.label(heir.id));
    Err(fault("amended", format!("{former} was amended already: {heir} stands in its place"))
        .hint(format!("change that one: realist round amend {heir} --why \"...\"")))
}

/// Lets one member answer in another's place. Gives both tokens.
///
/// Faults: `not-open`, `round-closed`, `unknown-member`, `other-group`, `has-seat`, `stranger`, `answered`, `reason-needed`.
pub fn admit(
    project: &mut Project,
    typed: &str,
    deputy: &str,
    seat: &str,
    why: &str,
) -> Result<Done<(String, String)>> {
    project.write("round admit", true, |batch| {
        let project = batch.project();
        let round = find_open(project, typed)?;
        let label = project.label(round.id);
        let deputy = panel::member(project, round.panel, deputy)?;
        let held = panel::member(project, round.panel, seat)?;
        if why.trim().is_empty() {
            return Err(fault("reason-needed", format!("why does {} answer for {}?", deputy.token, held.token))
                .hint("add --why \"...\"; no names and nothing about health"));
        }
        if !round.roll().iter().any(|seat| seat.member == held.id) {
            return Err(fault("stranger", format!("{} has no seat in {label}", held.token))
                .hint(format!("who has: realist round show {label}")));
        }
        if round.seat(deputy.id).is_some() || !deputy.is_here() {
            let why = if deputy.is_here() { "has a seat already" } else { "left the panel" };
            return Err(fault("has-seat", format!("{} {why}", deputy.token))
                .hint("a deputy is a member of the panel who was not asked for this round: realist panel member add"));
        }
        if deputy.group != held.group {
            return Err(fault(
                "other-group",
                format!("{} speaks for {}, not for {}", deputy.token, deputy.group, held.group),
            )
            .hint("a deputy comes from the same group, so that no group gains a vote"));
        }
        let has_deputy = round.deputy_of(held.id).is_some();
        if has_deputy || collect::ballots(project, round.id).iter().any(|one| one.member == held.id) {
            let what = if has_deputy { "has a deputy already" } else { "has answered" };
            return Err(fault("answered", format!("{} {what}: a seat has one vote", held.token))
                .hint(format!("who has answered: realist round show {label}")));
        }
        let admission = Admission { r#for: held.id, why: why.trim().to_owned(), by: batch.coder().to_owned() };
        let fields = Fields::from_iter([(format!("admitted:{}", deputy.id), json!(admission))]);
        batch.set(Kind::Round, round.id, &fields);
        Ok((deputy.token, held.token))
    })
}

/// A round that is open. Faults: `not-open`, `round-closed`.
pub fn find_open(project: &Project, typed: &str) -> Result<Round> {
    let round = find(project, typed)?;
    let id = project.label(round.id);
    match round.stage() {
        Stage::Open => Ok(round),
        Stage::Planned => {
            Err(fault("not-open", format!("{id} is not open yet")).hint(format!("realist round open {id}")))
        }
        Stage::Closed => Err(refused_closed(&id, &round)),
    }
}

fn refused_closed(id: &str, round: &Round) -> crate::diagnostic::Fault {
    let closed = round.closed.as_ref().map(|closed| format!(" by {} on {}", closed.by, closed.on)).unwrap_or_default();
    fault("round-closed", format!("{id} was closed{closed}; nothing is added to it or changed in it"))
        .hint(format!("ask again in a round of its own: realist round add --after {id}"))
        .hint(format!("closed too early, or worded badly: realist round amend {id} --why \"...\""))
}
