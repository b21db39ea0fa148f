//! How far apart stakeholder groups lie on what is asked of an uncertainty, from the last closed round with ratings of it: the
//! priority's divergence (method reference 6.4). For others groups are pooled as in the results of the round.

use super::results::{Worked, work};
use crate::diagnostic::Result;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::Project;
use crate::round::{Round, Scale, Stage};
use crate::stats::chance::Draws;
use crate::stats::priority::divergence_of_votes;
use crate::uncertainty::{Rated, Uncertainty};
use std::collections::{BTreeMap, BTreeSet};

/// No p is wanted.
const ONE: Draws = Draws { number: 1, seed: 1 };

/// By uncertainty that is not settled; one that was rated by fewer than two groups is not among them.
pub fn rated(project: &Project, audience: Audience) -> Result<BTreeMap<Id, Rated>> {
    let open = project.state().all::<Uncertainty>().into_iter().filter(|one| one.status.is_unsettled());
    let open: BTreeSet<Id> = open.map(|one| one.id).collect();
    let mut rounds: Vec<Round> = project.state().in_order::<Round>();
    rounds.retain(|one| one.stage() == Stage::Closed);
    rounds.sort_by_key(|one| one.closed.as_ref().map(|closed| closed.on.clone()));
    let mut all = BTreeMap::new();
    for round in rounds {
        let asks = round.terms().items.iter().any(|item| item.about.is_some_and(|id| open.contains(&id)));
        if let Some(scale) = round.terms().scale.filter(|_| asks) {
            let worked = work(project, &round.id.to_string(), audience, ONE)?;
            for (id, rated) in of_round(&worked, &project.label(round.id), scale) {
                if open.contains(&id) {
                    all.insert(id, rated);
                }
            }
        }
    }
    Ok(all)
}

/// Of several options of one uncertainty that on which groups are furthest apart.
fn of_round(worked: &Worked, round: &str, scale: Scale) -> BTreeMap<Id, Rated> {
    let mut all: BTreeMap<Id, Rated> = BTreeMap::new();
    for (item, result) in worked.count.round.terms().items.iter().zip(&worked.results.items) {
        let Some(about) = item.about else { continue };
        let medians: Vec<f64> =
            result.groups.iter().filter(|group| group.n > 0).filter_map(|group| group.median).collect();
        let rated = Rated { round: round.to_owned(), medians, span: scale.most - scale.least };
        let apart = |rated: &Rated| divergence_of_votes(&rated.medians, rated.span);
        let is_further =
            apart(&rated).is_some_and(|this| all.get(&about).and_then(apart).is_none_or(|held| this > held));
        if is_further {
            all.insert(about, rated);
        }
    }
    all
}
