//! Recommendations as people look at them: with what they rest on now, and what nobody has said yet.

use crate::diagnostic::Result;
use crate::grounds::{Footing, Ground, Grounds, Worth, footing};
use crate::project::{Depth, Project, today};
use crate::recommendation::{Addressee, Gap, Recommendation};
use crate::synthesis::{Bearings, Synthesis};
use serde::Serialize;

/// Which are wanted; what is not said narrows nothing.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub audience: Option<Addressee>,
    /// Those that lack all of these.
    pub lacks: Vec<Gap>,
    pub footing: Option<Footing>,
    /// Retired ones too.
    pub retired: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub audience: Addressee,
    pub action: Option<String>,
    pub for_whom: Option<String>,
    pub context: Option<String>,
    pub basis: Vec<Rests>,
    pub footing: Footing,
    pub would_change: Option<String>,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub overdue: bool,
    pub done: Option<String>,
    pub result: Option<String>,
    pub role: Option<String>,
    pub competency: Option<String>,
    pub gap: Option<String>,
    pub supervision: Option<String>,
    pub training: Vec<String>,
    pub needs: Vec<String>,
    pub lacks: Vec<Gap>,
    pub retired: bool,
    pub author: Option<String>,
}

/// A ground by its label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rests {
    pub id: String,
    pub worth: Worth,
    pub why: String,
}

/// Recommendations in the order of their audiences, then as people count them.
pub fn list(project: &Project, wanted: &Wanted) -> Result<Vec<Look>> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let bearings = Bearings::of(&synthesis);
    let grounds = Grounds::new(&bearings);
    let today = today(project.surroundings());
    let mut all = project.state().in_order::<Recommendation>();
    all.sort_by_key(|one| one.audience);
    let looks =
        all.iter().filter(|one| wanted.retired || !one.retired).map(|one| look(&synthesis, &grounds, one, &today));
    Ok(looks.filter(|one| wanted.is(one)).collect())
}

impl Wanted {
    fn is(&self, one: &Look) -> bool {
        self.audience.is_none_or(|audience| one.audience == audience)
            && self.footing.is_none_or(|footing| one.footing == footing)
            && self.lacks.iter().all(|gap| one.lacks.contains(gap))
    }
}

pub fn look(synthesis: &Synthesis, grounds: &Grounds<'_, '_>, one: &Recommendation, today: &str) -> Look {
    let behind = grounds.behind(one);
    let rests = |ground: &Ground| Rests { id: synthesis.label(ground.of), worth: ground.worth, why: ground.in_full() };
    Look {
        id: synthesis.label(one.id),
        audience: one.audience,
        action: one.action.clone(),
        for_whom: one.for_whom.clone(),
        context: one.context.clone(),
        basis: behind.iter().map(rests).collect(),
        footing: footing(&behind),
        would_change: one.would_change.clone(),
        owner: one.owner.clone(),
        due: one.due.clone(),
        overdue: one.is_overdue(today),
        done: one.done.as_ref().map(|done| done.on.clone()),
        result: one.done.as_ref().and_then(|done| done.result.clone()),
        role: one.role.clone(),
        competency: one.competency.clone(),
        gap: one.gap.clone(),
        supervision: one.supervision.clone(),
        training: synthesis.labels_of(one.training.iter().copied()),
        needs: synthesis.labels_of(one.needs.iter().copied()),
        lacks: one.gaps(),
        retired: one.retired,
        author: one.author.clone(),
    }
}
