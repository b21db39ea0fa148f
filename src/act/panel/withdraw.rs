//! A member leaves: from now on they are asked nothing more; and, if they wish, what they answered is destroyed, here
//! and at every colleague's.

use super::{member, refuse_left};
use crate::act::resolve;
use crate::act::round::results::work;
use crate::consensus::NO_P;
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::panel::{Leaving, Member};
use crate::participant::Audience;
use crate::project::{Batch, Done, Project};
use crate::round::{Round, Stage};
use crate::vote::Ballot;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    pub token: String,
    /// Labels of rounds they answered in.
    pub answered: Vec<String>,
    /// Of these, the ones still open.
    pub open: Vec<String>,
    /// Labels of decisions that print dissent they registered.
    pub dissents: Vec<String>,
}

struct Survey {
    member: Member,
    panel: Id,
    withdrawn: Withdrawn,
    /// Decisions on which they registered dissent.
    dissents: Vec<Decision>,
}

impl Survey {
    fn of(project: &Project, panel: &str, typed: &str) -> Result<Self> {
        let panel = resolve::find(project, Kind::Panel, panel)?;
        let member = member(project, panel, typed)?;
        refuse_left(&member)?;
        let here = |round: &&Round| project.state().get::<Ballot>(Ballot::id_of(round.id, member.id)).is_some();
        let rounds = project.state().in_order::<Round>();
        let answered: Vec<&Round> = rounds.iter().filter(|round| round.panel == panel).filter(here).collect();
        let labels = |rounds: &[&Round]| rounds.iter().map(|round| project.label(round.id)).collect();
        let open: Vec<&Round> = answered.iter().copied().filter(|round| round.stage() == Stage::Open).collect();
        let decisions = project.state().all::<Decision>().into_iter();
        let dissents: Vec<Decision> = decisions.filter(|one| one.registered.contains_key(&member.id)).collect();
        let withdrawn = Withdrawn {
            token: member.token.clone(),
            answered: labels(&answered),
            open: labels(&open),
            dissents: dissents.iter().map(|one| project.label(one.id)).collect(),
        };
        Ok(Survey { member, panel, withdrawn, dissents })
    }
}

/// What a withdrawal would touch. Faults: `unknown-member`, `member-left`.
pub fn rehearse(project: &Project, panel: &str, typed: &str) -> Result<Withdrawn> {
    Survey::of(project, panel, typed).map(|survey| survey.withdrawn)
}

/// Lets a member leave. With their ballots it cannot be taken back: answers, reasons, interests and registered
/// dissent are destroyed, and what was worked out from them says how many are missing.
pub fn withdraw(project: &mut Project, panel: &str, typed: &str, with_ballots: bool) -> Result<Done<Withdrawn>> {
    project.write("panel withdraw", true, |batch| {
        let Survey { member, panel, withdrawn, dissents } = Survey::of(batch.project(), panel, typed)?;
        let left = Leaving { on: batch.today(), with_ballots };
        let mut fields = Batch::fields(json!({ "left": left }));
        if with_ballots {
            fields.insert("interests".to_owned(), Value::Null);
            // While the votes are still here: a group that dissents by them goes on doing so.
            let left = dissents.iter().map(|one| still_dissenting(batch.project(), one, &member)).collect::<Vec<_>>();
            destroy(batch, panel, &member, &dissents);
            for (decision, (by_votes, dissenting)) in dissents.iter().zip(left) {
                let fields = Batch::fields(json!({ "by_votes": by_votes, "dissenting": dissenting }));
                batch.set(Kind::Decision, decision.id, &fields);
            }
        }
        batch.set(Kind::Member, member.id, &fields);
        Ok(withdrawn)
    })
}

fn destroy(batch: &mut Batch<'_>, panel: Id, member: &Member, dissents: &[Decision]) {
    let rounds = batch.project().state().all::<Round>().into_iter().filter(|round| round.panel == panel);
    // Also of rounds in which nothing is here: a colleague may have taken some in unaware of this.
    let ballots: Vec<Id> = rounds.map(|round| Ballot::id_of(round.id, member.id)).collect();
    for ballot in ballots {
        batch.purge(ballot, Vec::new());
        if batch.project().state().is_here(ballot) {
            batch.remove(Kind::Ballot, ballot, "the member withdrew");
        }
    }
    let words = dissents.iter().filter_map(|one| one.registered.get(&member.id)?.words.as_ref());
    batch.purge(member.id, words.map(|sealed| format!("sealed/{}.json", sealed.sealed)).collect());
    for decision in dissents {
        let gone = Fields::from_iter([(format!("registered:{}", member.id), Value::Null)]);
        batch.set(Kind::Decision, decision.id, &gone);
    }
}

/// Groups that dissent by their votes, and all that still do when what a member registered is gone.
fn still_dissenting(project: &Project, decision: &Decision, member: &Member) -> (Vec<String>, Vec<String>) {
    let noted = decision.by_votes.clone();
    let by_votes =
        noted.or_else(|| decision.round.map(|round| votes_against(project, decision, round))).unwrap_or_default();
    let has_others = decision.registered.iter().any(|(id, voice)| {
        let group = project.state().get::<Member>(*id).map(|one| one.group);
        *id != member.id && (voice.group == member.group || group.as_ref() == Some(&member.group))
    });
    let stays = |group: &String| {
        *group != member.group || has_others || by_votes.contains(group) || decision.dissent.contains_key(group)
    };
    let dissenting = decision.dissenting.iter().filter(|group| stays(group)).cloned().collect();
    (by_votes, dissenting)
}

/// The same of a decision from before that was noted with it.
fn votes_against(project: &Project, decision: &Decision, round: Id) -> Vec<String> {
    let worked = work(project, &round.to_string(), Audience::Team, NO_P).ok();
    let items = worked.iter().flat_map(|worked| decision.items.iter().filter_map(|key| worked.results.item(key)));
    let groups: BTreeSet<String> =
        items.flat_map(|item| item.dissenting().map(|group| group.group.clone()).collect::<Vec<_>>()).collect();
    groups.into_iter().filter(|group| decision.dissenting.contains(group)).collect()
}
