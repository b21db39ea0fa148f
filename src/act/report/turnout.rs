//! Who took part in the rounds that were closed.

use crate::act::round::count;
use crate::id::Id;
use crate::project::Project;
use crate::report::Turnout;
use crate::round::{Round, Stage};
use std::collections::BTreeMap;

pub(super) fn gather(project: &Project) -> BTreeMap<Id, Turnout> {
    let closed = project.state().all::<Round>().into_iter().filter(|one| one.stage() == Stage::Closed);
    closed.map(|round| (round.id, turnout(project, round))).collect()
}

fn turnout(project: &Project, round: Round) -> Turnout {
    let counted = round.closed.as_ref().map_or(0, |closed| closed.counted.len());
    let casts = count::of(project, round).casts;
    let mut turnout = Turnout { unread: counted - casts.len(), ..Turnout::default() };
    for cast in casts.into_iter().filter(|cast| cast.answers.is_there()) {
        *turnout.there.entry(cast.group).or_default() += 1;
    }
    turnout
}
