//! Taking ballots in: files that members saved, and piles of paper typed into one grid. What others said is never
//! part of the answer; who has not answered is.

mod slip;

use super::stage::find_open;
use crate::act::panel;
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use crate::panel::Member;
use crate::project::{Batch, Done, Project};
use crate::round::Round;
use crate::vote::{Answers, Ballot};
use serde_json::{Value, json};
use slip::Slip;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub use slip::{GRID, picks};

/// What came of some files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Collected {
    pub id: String,
    /// Tokens whose first answers these are.
    pub taken: Vec<String>,
    /// Tokens whose answers changed; what was said before stays in the journal.
    pub changed: Vec<String>,
    /// Taken in before.
    pub unchanged: Vec<String>,
    /// Older than what counts, and left aside.
    pub older: Vec<String>,
    pub refused: Vec<Refused>,
    /// Who has not answered yet.
    pub silent: Vec<String>,
    /// Of whom is only known that they were not there.
    pub absent: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// File, and row in it.
    pub place: String,
    pub because: String,
}

/// Takes ballots in; doing it twice changes nothing. With `restore` answers that were replaced since count again.
///
/// Faults: `not-open`, `round-closed`; a ballot that cannot count is in [`Collected::refused`].
pub fn collect(project: &mut Project, typed: &str, files: &[PathBuf], restore: bool) -> Result<Done<Collected>> {
    let mut refused = Vec::new();
    let slips = slip::read_all(project, files, &mut refused);
    project.write("round collect", true, |batch| {
        let round = find_open(batch.project(), typed)?;
        let id = batch.project().label(round.id);
        let mut desk =
            Desk { round: &round, restore, urns: BTreeMap::new(), said: Collected { id, ..Collected::default() } };
        desk.said.refused.clone_from(&refused);
        for slip in &slips {
            if let Err(why) = desk.take(batch.project(), slip) {
                desk.said.refused.push(Refused { place: slip.place.clone(), because: why.on_one_line() });
            }
        }
        let Desk { urns, mut said, .. } = desk;
        let absent = absent(batch.project(), &round, &urns);
        let now = |urn: &Urn| Some((round.seat(urn.member.id)?.member, !urn.now.is_blank()));
        let fresh: BTreeMap<Id, bool> = urns.values().filter_map(now).collect();
        for urn in urns.into_values() {
            urn.put(batch, &round, &mut said)?;
        }
        said.silent = tokens_of_silent(batch.project(), &round, &fresh);
        said.absent = absent;
        Ok(said)
    })
}

/// What is known of one member while files are read.
struct Urn {
    member: Member,
    key: [u8; 32],
    /// What counted before.
    before: Option<Answers>,
    now: Answers,
    /// Prints of ballots read before, and now.
    known: BTreeSet<String>,
    fresh: BTreeSet<String>,
    was_older: bool,
    /// Something of theirs was no refused ballot.
    is_read: bool,
}

struct Desk<'d> {
    round: &'d Round,
    restore: bool,
    urns: BTreeMap<Id, Urn>,
    said: Collected,
}

impl Desk<'_> {
    fn take(&mut self, project: &Project, slip: &Slip) -> Result<()> {
        let member = panel::member(project, self.round.panel, &slip.member)?;
        self.refuse(project, &member)?;
        let key = panel::key(project, &member)?;
        let (label, token) = (project.label(self.round.id), member.token.clone());
        if slip.mark.trim().to_lowercase() != mark(&key, self.round.id) {
            return Err(fault("other-ballot", format!("this is no ballot of {token} in {label}"))
                .hint("it is of another round, or another member's")
                .hint(format!("make one: realist round ballot {label}")));
        }
        let terms = self.round.terms();
        let answers = slip.answers(terms)?;
        let print = print(&key, &answers);
        let moment = answers.moment();
        let urn = match self.urns.entry(member.id) {
            std::collections::btree_map::Entry::Occupied(held) => held.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => free.insert(Urn::of(project, self.round, member, key)),
        };
        let is_older = moment.zip(urn.now.moment()).is_some_and(|(this, counts)| this < counts);
        let is_known = urn.known.contains(&print) || urn.fresh.contains(&print);
        let merged = slip.onto(terms, urn.now.clone(), answers);
        let is_same = merged.answers == urn.now.answers;
        if (is_known || is_older) && !self.restore {
            urn.was_older |= !is_same;
            urn.is_read = true;
            return Ok(());
        }
        if slip.is_whole && moment.is_none() && !is_same && !urn.now.is_blank() && !self.restore {
            return Err(fault("no-time", "the file does not say when it was saved, and other answers count already")
                .hint(format!("if it is the member's last word: realist round collect {label} FILE --restore")));
        }
        slip::check_points(terms, slip, &merged)?;
        urn.now = merged;
        urn.is_read = true;
        urn.fresh.insert(print);
        Ok(())
    }

    /// Refuses who cannot vote. Faults: `stranger`, `member-left`, `represented`.
    fn refuse(&self, project: &Project, member: &Member) -> Result<()> {
        let (label, token) = (project.label(self.round.id), &member.token);
        if let Some(left) = &member.left {
            return Err(fault("member-left", format!("{token} left the panel on {}", left.on)));
        }
        if self.round.seat(member.id).is_none() {
            return Err(fault("stranger", format!("{token} was not asked in {label}"))
                .hint(format!("in somebody's place: realist round admit {label} {token} --for TOKEN --why \"...\"")));
        }
        match self.round.deputy_of(member.id) {
            Some(_) => {
                Err(fault("represented", format!("a deputy answers for {token} in {label}: a seat has one vote")))
            }
            None => Ok(()),
        }
    }
}

impl Urn {
    fn of(project: &Project, round: &Round, member: Member, key: [u8; 32]) -> Self {
        let id = Ballot::id_of(round.id, member.id);
        let entity = project.state().entity(id).filter(|entity| entity.is_here());
        let before = project.state().get::<Ballot>(id).and_then(|held| answers(project, &held));
        let known = entity
            .iter()
            .flat_map(|entity| entity.fields())
            .filter_map(|(name, _)| name.strip_prefix("read:").map(str::to_owned));
        Urn {
            known: known.collect(),
            now: before.clone().unwrap_or_default(),
            before,
            member,
            key,
            fresh: BTreeSet::new(),
            was_older: false,
            is_read: false,
        }
    }

    fn put(self, batch: &mut Batch<'_>, round: &Round, said: &mut Collected) -> Result<()> {
        let token = self.member.token.clone();
        if !self.is_read || self.before.is_none() && self.now.is_blank() {
            return Ok(());
        }
        let is_same = self.before.as_ref().is_some_and(|before| before.answers == self.now.answers);
        match (&self.before, is_same, self.was_older) {
            (_, _, true) => said.older.push(token),
            (_, true, _) => said.unchanged.push(token),
            (None, ..) => said.taken.push(token),
            (Some(_), ..) => said.changed.push(token),
        }
        if is_same && self.fresh.is_subset(&self.known) || self.fresh.is_empty() {
            return Ok(());
        }
        let sealed = batch.seal_under(&json!(self.now), &self.key)?;
        let mut fields = Batch::fields(json!({ "round": round.id, "member": self.member.id, "answers": sealed }));
        fields.extend(self.fresh.iter().map(|print| (format!("read:{print}"), Value::from(true))));
        let id = Ballot::id_of(round.id, self.member.id);
        if self.before.is_some() {
            batch.set(Kind::Ballot, id, &fields);
        } else {
            batch.create_as(Kind::Ballot, id, &fields);
        }
        Ok(())
    }
}

/// What marks a member's ballots of a round, so that none is taken for another's.
pub fn mark(key: &[u8; 32], round: Id) -> String {
    // A letter before it, or a spreadsheet takes some of them for numbers.
    format!("b{}", &blake3::keyed_hash(key, round.as_bytes()).to_hex()[..10])
}

/// Tells ballots read before, for whoever holds the member's key.
fn print(key: &[u8; 32], answers: &Answers) -> String {
    blake3::keyed_hash(key, json!(answers).to_string().as_bytes()).to_hex()[..12].to_owned()
}

/// Ballots of a round that are here.
pub fn ballots(project: &Project, round: Id) -> Vec<Ballot> {
    let mut ballots = project.state().about::<Ballot>(round);
    ballots.retain(|one| one.round == round);
    ballots
}

fn answers(project: &Project, ballot: &Ballot) -> Option<Answers> {
    project.unseal(&ballot.answers).and_then(|value| serde_json::from_value(value).ok())
}

/// Seats whose ballots say no more than that nobody came.
pub fn not_there(project: &Project, round: &Round) -> BTreeSet<Id> {
    let ballots = ballots(project, round.id).into_iter();
    let absent = ballots.filter(|one| answers(project, one).is_some_and(|said| said.is_absence()));
    absent.filter_map(|one| round.seat(one.member).map(|seat| seat.member)).collect()
}

/// Tokens of the same.
pub fn absentees(project: &Project, round: &Round) -> Vec<String> {
    tokens(project, round, &not_there(project, round))
}

/// Tokens of the same, with what is being taken in.
fn absent(project: &Project, round: &Round, urns: &BTreeMap<Id, Urn>) -> Vec<String> {
    let seat = |urn: &Urn| round.seat(urn.member.id).map(|seat| seat.member);
    let fresh: BTreeSet<Id> = urns.values().filter_map(seat).collect();
    let before = not_there(project, round).into_iter().filter(|seat| !fresh.contains(seat));
    let now = urns.values().filter(|urn| urn.now.is_absence()).filter_map(seat);
    tokens(project, round, &before.chain(now).collect())
}

/// Tokens of some seats.
fn tokens(project: &Project, round: &Round, seats: &BTreeSet<Id>) -> Vec<String> {
    let members = panel::members(project, round.panel).into_iter();
    members.filter(|one| seats.contains(&one.id)).map(|one| one.token).collect()
}

/// Tokens of those who were asked and have not answered.
pub fn silent(project: &Project, round: &Round) -> Vec<String> {
    tokens_of_silent(project, round, &BTreeMap::new())
}

/// Ballots of a round that are here and say something; one that cannot be read does.
pub fn answered(project: &Project, round: Id) -> Vec<Ballot> {
    let mut ballots = ballots(project, round);
    ballots.retain(|one| answers(project, one).is_none_or(|said| !said.is_blank()));
    ballots
}

/// `fresh`: seats of which is being taken in just now whether they answered.
fn tokens_of_silent(project: &Project, round: &Round, fresh: &BTreeMap<Id, bool>) -> Vec<String> {
    let ballots = answered(project, round.id).into_iter();
    let held = ballots.filter_map(|one| round.seat(one.member)).map(|seat| (seat.member, true));
    let mut said: BTreeMap<Id, bool> = held.collect();
    said.extend(fresh);
    let answered: BTreeSet<Id> = said.into_iter().filter(|(_, has)| *has).map(|(seat, _)| seat).collect();
    let members = panel::members(project, round.panel).into_iter();
    let asked = members.filter(|one| round.roll().iter().any(|seat| seat.member == one.id));
    asked.filter(|one| one.is_here() && !answered.contains(&one.id)).map(|one| one.token).collect()
}
