//! A member leaves: from now on they are asked nothing more; and, if they wish, what they answered is destroyed, here
//! and at every colleague's.

use super::{member, refuse_left};
use crate::act::resolve;
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::panel::{Leaving, Member};
use crate::project::{Batch, Done, Project};
use crate::round::{Round, Stage};
use crate::vote::Ballot;
use serde_json::{Value, json};

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
    dissents: Vec<(Id, String)>,
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
        let dissents: Vec<(Id, String)> = decisions
            .filter_map(|one| Some((one.id, one.registered.get(&member.id)?.words.as_ref()?.sealed.clone())))
            .collect();
        let withdrawn = Withdrawn {
            token: member.token.clone(),
            answered: labels(&answered),
            open: labels(&open),
            dissents: dissents.iter().map(|(id, _)| project.label(*id)).collect(),
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
            destroy(batch, panel, &member, &dissents);
        }
        batch.set(Kind::Member, member.id, &fields);
        Ok(withdrawn)
    })
}

fn destroy(batch: &mut Batch<'_>, panel: Id, member: &Member, dissents: &[(Id, String)]) {
    let rounds = batch.project().state().all::<Round>().into_iter().filter(|round| round.panel == panel);
    // Also of rounds in which nothing is here: a colleague may have taken some in unaware of this.
    let ballots: Vec<Id> = rounds.map(|round| Ballot::id_of(round.id, member.id)).collect();
    for ballot in ballots {
        batch.purge(ballot, Vec::new());
        if batch.project().state().is_here(ballot) {
            batch.remove(Kind::Ballot, ballot, "the member withdrew");
        }
    }
    batch.purge(member.id, dissents.iter().map(|(_, name)| format!("sealed/{name}.json")).collect());
    for (decision, _) in dissents {
        let gone = Fields::from_iter([(format!("registered:{}", member.id), Value::Null)]);
        batch.set(Kind::Decision, *decision, &gone);
    }
}
