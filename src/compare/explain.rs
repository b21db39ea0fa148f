//! Which statements would say why a feature matters: those a person tied to it, and, apart from these, those whose
//! evidence stands on the same words as a coding of the feature. The second only touch: nobody said that they explain.

use super::stands;
use crate::codebook::Tree;
use crate::decision::Consensus;
use crate::evidence::Evidential;
use crate::hypothesis::{Editorial, Hypothesis, Test};
use crate::id::Id;
use crate::model::Because;
use crate::passage::{Anchor, Carried};
use crate::synthesis::{Bearings, Synthesis};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// What may explain one feature.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explained<'s> {
    /// By statement, as somebody said.
    pub tied: BTreeMap<Id, &'s Because>,
    /// Statements whose evidence touches the same words; those tied are left out.
    pub touching: BTreeSet<Id>,
}

/// The standings of a statement, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Standings {
    pub editorial: Editorial,
    pub evidence: Evidential,
    pub consensus: Consensus,
    pub tested: Test,
}

impl Standings {
    pub fn of(bearings: &Bearings, statement: &Hypothesis) -> Self {
        Standings {
            editorial: statement.status,
            evidence: bearings.standing(statement.id).standing,
            consensus: bearings.synthesis().consensus(statement.id),
            tested: statement.test(),
        }
    }
}

/// What may explain the features asked about.
pub struct Explanations<'s> {
    synthesis: &'s Synthesis,
    bearings: Bearings<'s>,
    features: BTreeMap<Id, Explained<'s>>,
}

impl<'s> Explanations<'s> {
    pub fn of(synthesis: &'s Synthesis, features: &BTreeSet<Id>) -> Self {
        let tree = Tree::new(synthesis.codes.values());
        let bearings = Bearings::of(synthesis);
        let living: BTreeMap<Id, &Hypothesis> = synthesis.living_hypotheses().map(|one| (one.id, one)).collect();
        let mut found: BTreeMap<Id, Explained> = features.iter().map(|id| (*id, Explained::default())).collect();
        for one in synthesis.models.features.values() {
            let Some(explained) = found.get_mut(&tree.stands_for(one.code)) else { continue };
            explained
                .tied
                .extend(one.because.iter().filter(|(id, _)| living.contains_key(*id)).map(|(id, why)| (*id, why)));
        }
        let coded = Coded::of(synthesis, &tree, features);
        for statement in living.keys().filter(|_| !coded.places.is_empty()) {
            for bearing in bearings.on(*statement) {
                if bearing.link.carried == Some(Carried::Orphan) || synthesis.is_gone(bearing.link) {
                    continue;
                }
                for feature in coded.touched(&bearing.link.anchor) {
                    if let Some(explained) = found.get_mut(&feature)
                        && !explained.tied.contains_key(statement)
                    {
                        explained.touching.insert(*statement);
                    }
                }
            }
        }
        Explanations { synthesis, bearings, features: found }
    }

    /// Of a feature that was asked about.
    pub fn get(&self, feature: Id) -> Option<&Explained<'s>> {
        self.features.get(&feature)
    }

    /// How a statement stands.
    pub fn standings(&self, statement: Id) -> Option<Standings> {
        self.synthesis.hypotheses.get(&statement).map(|one| Standings::of(&self.bearings, one))
    }
}

/// A document, and in a table a row of it.
type Place = (Id, Option<usize>);

/// Where features are coded: spans in the order of their starts.
struct Coded {
    places: BTreeMap<Place, Vec<(Span, Id)>>,
    /// Beside each, how far it and those before it reach.
    reach: BTreeMap<Place, Vec<usize>>,
}

impl Coded {
    /// A coding that a correction left on a former text touches nothing; all others stand on one text, by whichever
    /// version of it they were set.
    fn of(synthesis: &Synthesis, tree: &Tree, features: &BTreeSet<Id>) -> Self {
        let mut places: BTreeMap<Place, Vec<(Span, Id)>> = BTreeMap::new();
        for coding in synthesis.codings.values().filter(|one| one.carried != Some(Carried::Orphan)) {
            let feature = tree.stands_for(coding.code);
            let document = synthesis.documents.get(&coding.anchor.document);
            if features.contains(&feature) && stands(coding, document, tree, feature) {
                let spans = coding.anchor.spans.iter().map(|span| (*span, feature));
                places.entry((coding.anchor.document, coding.anchor.row)).or_default().extend(spans);
            }
        }
        let mut reach = BTreeMap::new();
        for (place, spans) in &mut places {
            spans.sort_unstable_by_key(|(span, feature)| (span.start(), span.end(), *feature));
            let mut furthest = 0;
            let far = spans.iter().map(|(span, _)| {
                furthest = furthest.max(span.end());
                furthest
            });
            reach.insert(*place, far.collect());
        }
        Coded { places, reach }
    }

    fn touched(&self, anchor: &Anchor) -> BTreeSet<Id> {
        let place = (anchor.document, anchor.row);
        let (Some(spans), Some(reach)) = (self.places.get(&place), self.reach.get(&place)) else {
            return BTreeSet::new();
        };
        let over = |wanted: &Span| {
            let from = reach.partition_point(|end| *end <= wanted.start());
            let to = spans.partition_point(|(span, _)| span.start() < wanted.end());
            let between = spans.get(from..to).unwrap_or_default();
            between.iter().filter(|(span, _)| span.overlaps(*wanted)).map(|(_, feature)| *feature).collect::<Vec<_>>()
        };
        anchor.spans.iter().flat_map(over).collect()
    }
}
