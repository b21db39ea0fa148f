//! What could be recommended: a skeleton for each agreed decision that stands, with the statements it is about, and for
//! each supported statement that no such decision is about. What cannot be is listed with the reason.

use super::{Ground, Grounds, Material, Worth, footing, gives_up};
use crate::decision::Decision;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::recommendation::{Addressee, Recommendation};
use crate::theory::Component;
use std::collections::BTreeSet;

/// Something that could be recommended; nobody has worded it yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skeleton {
    /// The decision or statement it begins with.
    pub lead: Id,
    /// The lead first; then what carries it too, then what is contested and is only named beside.
    pub basis: Vec<Ground>,
    pub material: Material,
    /// Recommendations for this audience that rest on the lead already, retired ones too.
    pub there: Vec<Id>,
}

/// A decision, statement, uncertainty or component that was considered and carries nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    pub of: Id,
    pub worth: Worth,
    pub why: String,
    /// Uncertainties about it that nobody has settled.
    pub open: Vec<Id>,
}

/// All that was considered for one audience.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// Those that begin with a decision first, each kind by label.
    pub skeletons: Vec<Skeleton>,
    /// Statements, then decisions, uncertainties and components, each kind by label.
    pub blocked: Vec<Blocked>,
}

impl Draft {
    /// Looks at everything, or at what hangs on one component. What is blocked is so for every audience.
    pub fn of(grounds: &Grounds<'_, '_>, audience: Addressee, component: Option<Id>) -> Self {
        let looking = Looking { grounds, component };
        let mut skeletons = looking.decisions();
        let cited: BTreeSet<Id> = skeletons.iter().flatten().map(|ground| ground.of).collect();
        skeletons.extend(looking.statements(&cited));
        let cited: BTreeSet<Id> = skeletons.iter().flatten().map(|ground| ground.of).collect();
        let whole = skeletons.into_iter().filter(|basis| footing(basis).is_carried());
        let skeletons = whole.filter_map(|basis| {
            let lead = basis.first()?.of;
            let material = grounds.material(&basis);
            Some(Skeleton { lead, there: looking.there(audience, lead), basis, material })
        });
        Draft { skeletons: skeletons.collect(), blocked: looking.blocked(&cited) }
    }
}

struct Looking<'g, 'b, 's> {
    grounds: &'g Grounds<'b, 's>,
    component: Option<Id>,
}

impl<'s> Looking<'_, '_, 's> {
    /// The grounds of a skeleton for each agreed decision.
    fn decisions(&self) -> Vec<Vec<Ground>> {
        let all = self.grounds.synthesis().decisions.iter();
        let wanted = all.filter(|one| self.wants_decision(one) && !gives_up(one));
        let mut skeletons = Vec::new();
        for lead in self.labelled(wanted.map(|one| one.id)) {
            let lead = self.grounds.of(lead);
            if lead.worth != Worth::Agreed {
                continue;
            }
            let named = self.grounds.decision(lead.of).map(|one| self.grounds.statements_of(one)).unwrap_or_default();
            let beside = self.grounds.all(named.into_iter());
            let beside = beside.into_iter().filter(|one| matches!(one.worth, Worth::Supported | Worth::Contested));
            skeletons.push(std::iter::once(lead).chain(beside).collect());
        }
        skeletons
    }

    /// The same for each supported statement that no decision is about.
    fn statements(&self, cited: &BTreeSet<Id>) -> Vec<Vec<Ground>> {
        let living = self.living().map(|one| one.id).filter(|id| !cited.contains(id));
        let grounds = self.labelled(living).into_iter().map(|id| self.grounds.of(id));
        grounds.filter(|one| one.worth == Worth::Supported).map(|one| vec![one]).collect()
    }

    fn living(&self) -> impl Iterator<Item = &'s Hypothesis> {
        let component = self.component;
        let all = self.grounds.synthesis().living_hypotheses();
        all.filter(move |one| component.is_none() || one.component == component)
    }

    fn wants_decision(&self, decision: &Decision) -> bool {
        let Some(component) = self.component else { return true };
        let synthesis = self.grounds.synthesis();
        let asked = decision.uncertainty.and_then(|id| synthesis.uncertainties.get(&id));
        let hangs_on = |id: &Id| synthesis.hypotheses.get(id).is_some_and(|one| one.component == Some(component));
        decision.components.contains(&component)
            || asked.is_some_and(|one| one.component == Some(component))
            || decision.hypotheses.iter().any(hangs_on)
    }

    fn there(&self, audience: Addressee, lead: Id) -> Vec<Id> {
        let drafted = Recommendation::skeleton_of(audience, lead);
        let all = self.grounds.synthesis().recommendations.values();
        let there = all.filter(|one| one.audience == audience && (one.basis.contains(&lead) || one.id == drafted));
        self.labelled(there.map(|one| one.id))
    }

    fn blocked(&self, cited: &BTreeSet<Id>) -> Vec<Blocked> {
        let synthesis = self.grounds.synthesis();
        let statements = self.living().filter(|one| !cited.contains(&one.id));
        let mut blocked: Vec<Blocked> = self
            .labelled(statements.map(|one| one.id))
            .into_iter()
            .filter_map(|id| Some(self.with_open(self.grounds.of(id), synthesis.hypotheses.get(&id)?)))
            .collect();
        let decisions = synthesis.decisions.iter().filter(|one| self.wants_decision(one));
        for id in self.labelled(decisions.map(|one| one.id)) {
            blocked.extend(self.grounds.decision(id).and_then(|one| self.blocked_decision(one)));
        }
        let undecided = synthesis
            .uncertainties
            .values()
            .filter(|one| one.status.is_due() && (self.component.is_none() || one.component == self.component));
        let nobody = |of, why: &str| Blocked { of, worth: Worth::Insufficient, why: why.to_owned(), open: Vec::new() };
        let undecided = self.labelled(undecided.map(|one| one.id));
        blocked.extend(undecided.into_iter().map(|id| nobody(id, "open: it is to be settled")));
        let bare = synthesis.components_in_order().into_iter().filter(|one| self.is_bare(one));
        blocked.extend(bare.map(|one| nobody(one.id, "no decision on it stands, and no statement hangs on it")));
        blocked
    }

    fn with_open(&self, ground: Ground, statement: &Hypothesis) -> Blocked {
        let open = self.labelled(self.grounds.open_on(statement));
        Blocked { of: ground.of, worth: ground.worth, why: ground.why, open }
    }

    /// What was superseded is history and is not told; what was given up, not agreed on or opened again is.
    fn blocked_decision(&self, decision: &Decision) -> Option<Blocked> {
        if self.grounds.superseded_by(decision).is_some() {
            return None;
        }
        let Ground { of, worth, why, .. } = self.grounds.of(decision.id);
        let why = match worth {
            Worth::Agreed if gives_up(decision) => {
                "people agreed to give up what it is about: a ground for stopping, which somebody has to word"
                    .to_owned()
            }
            Worth::Agreed => return None,
            _ => why,
        };
        Some(Blocked { of, worth, why, open: Vec::new() })
    }

    fn is_bare(&self, component: &Component) -> bool {
        let synthesis = self.grounds.synthesis();
        let is_wanted = self.component.is_none_or(|wanted| wanted == component.id);
        let decided = synthesis.decision_on(component.id).is_some();
        is_wanted && !decided && !synthesis.living_hypotheses().any(|one| one.component == Some(component.id))
    }

    fn labelled(&self, ids: impl Iterator<Item = Id>) -> Vec<Id> {
        self.grounds.synthesis().in_label_order(ids)
    }
}
