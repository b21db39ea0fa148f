//! How far apart stakeholder groups lie on what is asked of an uncertainty, from the last closed round with ratings of it: the
//! priority's divergence (method reference 6.4). For others groups are pooled as in the results of the round.

use super::results::{Worked, closed, work};
use crate::consensus::NO_P;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::Project;
use crate::round::Scale;
use crate::stats::priority::divergence_of_votes;
use crate::uncertainty::{Rated, Uncertainty};
use std::collections::{BTreeMap, BTreeSet};

/// By uncertainty that is not settled; one that was rated by fewer than two groups is not among them.
pub fn rated(project: &Project, audience: Audience) -> Result<BTreeMap<Id, Rated>> {
    let due = project.state().all::<Uncertainty>().into_iter().filter(|one| one.status.is_due());
    let due: BTreeSet<Id> = due.map(|one| one.id).collect();
    let mut all = BTreeMap::new();
    for round in closed(project) {
        let asks = round.terms().items.iter().any(|item| item.about.is_some_and(|id| due.contains(&id)));
        if let Some(scale) = round.terms().scale.filter(|_| asks) {
            let worked = work(project, &round.id.to_string(), audience, NO_P)?;
            for (id, rated) in of_round(&worked, &project.label(round.id), scale) {
                if due.contains(&id) {
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
