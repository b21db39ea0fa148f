//! The inputs of the priority formula, gathered from a synthesis, and the order of the agenda.
//!
//! The formula is [`crate::stats::priority`]'s. What cannot be known is left out with its reason: no
//! link appraised, no group told apart, no chain drawn, nobody asked. A number of 0 is only ever one
//! that was found to be 0.

use super::briefing::group_of;
use super::counted;
use super::evidence::is_living;
use super::links::{by_label, strands_in_use};
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::Editorial;
use crate::id::Id;
use crate::link::circles::Ways;
use crate::settings::PriorityWeights;
use crate::stats::priority as formula;
use crate::stats::priority::{Criteria, Priority, Rank};
use crate::synthesis::{Bearings, Synthesis};
use crate::uncertainty::{Criterion, Rated, Uncertainty};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// An uncertainty on the agenda.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UncertaintyPriority {
    pub uncertainty: Id,
    /// From 1: people's order where they set one, else the proposed.
    pub place: usize,
    pub set_by_people: bool,
    /// From 1: where the formula alone would put it; those that tie stand by label.
    pub proposed: usize,
    pub rank: Rank,
    pub priority: Priority,
}

/// Open and scheduled uncertainties in the order of the agenda.
///
/// Those that people gave a place get it; the others fill the places between in proposed order. Where
/// two were given one place, the proposed order decides.
pub fn priorities(synthesis: &Synthesis) -> Vec<UncertaintyPriority> {
    let mut all: Vec<&Uncertainty> = due(synthesis).collect();
    all.sort_by_key(|one| by_label(synthesis, one.id));
    let ground = Ground::of(synthesis);
    let measures: Vec<Measures> = all.iter().map(|one| ground.measure(one)).collect();
    let weights = &synthesis.settings.priority;
    let criteria: Vec<Criteria> = measures.iter().map(Measures::criteria).collect();
    let ranks = formula::rank(&criteria, weights);
    let mut proposed: Vec<usize> = (0..all.len()).collect();
    proposed.sort_by_key(|i| ranks[*i].rank.unwrap_or(usize::MAX));
    let places: Vec<Option<u32>> = proposed.iter().map(|i| all[*i].place).collect();
    let entry = |(n, at): (usize, usize)| {
        let i = proposed[at];
        UncertaintyPriority {
            uncertainty: all[i].id,
            place: n + 1,
            set_by_people: all[i].place.is_some(),
            proposed: at + 1,
            rank: ranks[i],
            priority: measures[i].priority(&criteria[i], weights),
        }
    };
    seated(&places).into_iter().enumerate().map(entry).collect()
}

/// Uncertainties that are still to be settled.
fn due(synthesis: &Synthesis) -> impl Iterator<Item = &Uncertainty> {
    synthesis.uncertainties.values().filter(|one| one.status.is_due())
}

/// Links of whose speakers [`priorities`] asks the group: appraised evidence on what is open, from documents in which
/// somebody known speaks. Only these need their passages read.
pub fn spoken_for(synthesis: &Synthesis) -> Vec<&Evidence> {
    let voiced: BTreeSet<Id> =
        synthesis.participants.values().flat_map(|one| &one.speaks).map(|speaker| speaker.document).collect();
    let statements: BTreeSet<Id> = due(synthesis).flat_map(|one| statements_of(synthesis, one)).collect();
    let bearings = Bearings::of(synthesis);
    let links = statements.into_iter().flat_map(|id| bearings.on(id)).map(|one| one.link);
    let spoken: BTreeMap<Id, &Evidence> = links
        .filter(|link| link.weight().is_some() && voiced.contains(&link.anchor.document))
        .map(|link| (link.id, link))
        .collect();
    spoken.into_values().collect()
}

/// The statements an uncertainty is between: those it names, else the living ones of its component.
pub fn statements_of(synthesis: &Synthesis, uncertainty: &Uncertainty) -> Vec<Id> {
    if !uncertainty.hypotheses.is_empty() || uncertainty.component.is_none() {
        return synthesis.speakers().of_all(&uncertainty.hypotheses);
    }
    let living = synthesis.living_hypotheses().filter(|one| one.component == uncertainty.component);
    living.map(|one| one.id).collect()
}

/// Seats by wish: indices of `wishes` in the order they are seated.
fn seated(wishes: &[Option<u32>]) -> Vec<usize> {
    let mut wishing: Vec<usize> = (0..wishes.len()).filter(|i| wishes[*i].is_some()).collect();
    wishing.sort_by_key(|i| wishes[*i]);
    let mut wishing = wishing.into_iter().peekable();
    let mut others = (0..wishes.len()).filter(|i| wishes[*i].is_none());
    (1..=wishes.len())
        .filter_map(|seat| {
            let due = |i: &usize| wishes[*i].is_some_and(|wish| wish as usize <= seat);
            wishing.next_if(due).or_else(|| others.next()).or_else(|| wishing.next())
        })
        .collect()
}

/// A criterion's value, if it is known, and what it rests on or why it is not.
struct Measure {
    value: Option<f64>,
    note: String,
}

impl Measure {
    fn known(value: f64, note: impl Into<String>) -> Self {
        Measure { value: Some(value), note: note.into() }
    }

    fn missing(why: impl Into<String>) -> Self {
        Measure { value: None, note: why.into() }
    }

    fn or_missing(value: Option<f64>, note: impl Into<String>, why: &str) -> Self {
        value.map_or_else(|| Measure::missing(why), |value| Measure::known(value, note))
    }
}

/// In the order of the formula.
struct Measures([Measure; formula::CRITERIA]);

impl Measures {
    fn criteria(&self) -> Criteria {
        let value = |place: usize| self.0[place].value;
        Criteria {
            conflict: value(0),
            thinness: value(1),
            divergence: value(2),
            centrality: value(3),
            importance: value(4),
            urgency: value(5),
            answerability: value(6),
        }
    }

    fn priority(&self, criteria: &Criteria, weights: &PriorityWeights) -> Priority {
        let mut priority = formula::priority(criteria, weights);
        for (part, measure) in priority.parts.iter_mut().zip(&self.0) {
            part.note = Some(measure.note.clone());
        }
        priority
    }
}

/// What all uncertainties are measured against.
struct Ground<'s> {
    synthesis: &'s Synthesis,
    /// Links that count: not irrelevant, not ambiguous.
    links: BTreeMap<Id, Vec<&'s Evidence>>,
    strands: Vec<String>,
    active: BTreeSet<Id>,
    /// From statement to statement, as `leads_to` says.
    chains: Ways,
    /// Some living statement leads to another.
    chained: bool,
}

/// How far apart groups lie in their ratings, where two or more gave any.
fn of_votes(rated: &Rated) -> Option<Measure> {
    let value = formula::divergence_of_votes(&rated.medians, rated.span)?;
    Some(Measure::known(
        value,
        format!("from the ratings of {} in {}", counted(rated.medians.len(), "group"), rated.round),
    ))
}

impl<'s> Ground<'s> {
    fn of(synthesis: &'s Synthesis) -> Self {
        let mut links: BTreeMap<Id, Vec<&Evidence>> = BTreeMap::new();
        let counts = |link: &&Evidence| !link.is_irrelevant() && link.stance != Stance::Ambiguous;
        let bearings = Bearings::of(synthesis);
        for id in synthesis.hypotheses.keys() {
            let bearing = bearings.on(*id).into_iter().map(|one| one.link).filter(counts);
            links.insert(*id, bearing.collect());
        }
        let active = synthesis.hypotheses.values().filter(|one| one.status == Editorial::Active);
        let chains = synthesis.chains();
        Ground {
            synthesis,
            links,
            strands: strands_in_use(synthesis),
            active: active.map(|one| one.id).collect(),
            chained: synthesis.living_hypotheses().any(|one| chains.next(one.id).next().is_some()),
            chains,
        }
    }

    fn measure(&self, uncertainty: &Uncertainty) -> Measures {
        let statements: BTreeSet<Id> = statements_of(self.synthesis, uncertainty).into_iter().collect();
        let [conflict, thinness, of_evidence, centrality] = self.of_theory(&statements);
        let divergence = self.synthesis.rated.get(&uncertainty.id).and_then(of_votes).unwrap_or(of_evidence);
        let rate = |criterion| rating(uncertainty, criterion);
        Measures([
            conflict,
            thinness,
            divergence,
            centrality,
            rate(Criterion::Importance),
            rate(Criterion::Urgency),
            rate(Criterion::Answerability),
        ])
    }

    fn of_theory(&self, statements: &BTreeSet<Id>) -> [Measure; 4] {
        if statements.is_empty() {
            return std::array::from_fn(|_| Measure::missing("it names no statement"));
        }
        // A statement and one that feeds it show the same link: it is one.
        let links = statements.iter().filter_map(|id| self.links.get(id)).flatten();
        let links: BTreeMap<Id, &Evidence> = links.map(|link| (link.id, *link)).collect();
        let links: Vec<&Evidence> = links.into_values().collect();
        [
            self.conflict(&links, self.has_rivals(statements)),
            self.thinness(&links),
            self.divergence(&links),
            self.centrality(statements),
        ]
    }

    fn conflict(&self, links: &[&Evidence], rivals: bool) -> Measure {
        let appraised = links.iter().filter(|link| link.is_appraised()).count();
        if appraised == 0 && !links.is_empty() {
            return Measure::missing("no link is appraised");
        }
        let (s, r) = self.sums(links);
        let pooled = if rivals { "; evidence on rival statements is pooled" } else { "" };
        let note = format!("S {s:.4}, R {r:.4}, {appraised} of {} appraised{pooled}", counted(links.len(), "link"));
        Measure::known(formula::conflict(s, r), note)
    }

    /// Weights for and against, the best link of each source only.
    fn sums(&self, links: &[&Evidence]) -> (f64, f64) {
        let sum = |against: bool| {
            let side = links.iter().filter(|link| (link.stance == Stance::Refutes) == against);
            formula::sum_of_best(side.filter_map(|link| Some((self.synthesis.counts_as(link.source), link.weight()?))))
        };
        (sum(false), sum(true))
    }

    fn thinness(&self, links: &[&Evidence]) -> Measure {
        if !links.is_empty() && links.iter().all(|link| link.richness.is_none()) {
            return Measure::missing("the richness of no link is appraised");
        }
        let rich = links.iter().filter(|link| link.richness.is_some_and(|richness| richness >= 2));
        let strands: BTreeSet<&str> = rich
            .filter_map(|link| self.synthesis.sources.get(&self.synthesis.counts_as(link.source)))
            .map(|source| source.strand.as_str())
            .collect();
        let note = format!("rich evidence from {} of {}", strands.len(), counted(self.strands.len(), "strand"));
        Measure::or_missing(formula::thinness(strands.len(), self.strands.len()), note, "there is no source yet")
    }

    fn divergence(&self, links: &[&Evidence]) -> Measure {
        let mut groups: BTreeMap<&str, Vec<&Evidence>> = BTreeMap::new();
        for link in links {
            let group = self.synthesis.quotations.get(&link.id).and_then(|said| group_of(self.synthesis, said));
            if let Some(group) = group {
                groups.entry(group).or_default().push(link);
            }
        }
        let sums: Vec<(f64, f64)> = groups.values().map(|links| self.sums(links)).collect();
        let spoke = sums.iter().filter(|(s, r)| s + r > 0.0).count();
        let note = format!("from the evidence of {}", counted(spoke, "group"));
        let why = "fewer than two stakeholder groups have appraised evidence";
        Measure::or_missing(formula::divergence_of_evidence(&sums), note, why)
    }

    fn centrality(&self, statements: &BTreeSet<Id>) -> Measure {
        if !self.chained {
            return Measure::missing("no statement leads to another yet");
        }
        let reached = self.reached(statements).intersection(&self.active).count();
        let note = format!("reaches {reached} of {}", counted(self.active.len(), "active statement"));
        Measure::or_missing(formula::centrality(reached, self.active.len()), note, "no statement is active yet")
    }

    /// Living statements reached in one step or more; a statement of the uncertainty itself only
    /// where the chain comes back to it.
    fn reached(&self, from: &BTreeSet<Id>) -> BTreeSet<Id> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<Id> = from.iter().copied().collect();
        while let Some(id) = open.pop() {
            for next in self.chains.next(id) {
                if is_living_in(self.synthesis, next) && reached.insert(next) {
                    open.push(next);
                }
            }
        }
        reached
    }

    fn has_rivals(&self, statements: &BTreeSet<Id>) -> bool {
        statements.iter().any(|id| !self.synthesis.rivals_of(*id).is_disjoint(statements))
    }
}

fn is_living_in(synthesis: &Synthesis, id: Id) -> bool {
    synthesis.hypotheses.get(&id).is_some_and(is_living)
}

fn rating(uncertainty: &Uncertainty, criterion: Criterion) -> Measure {
    let given = || uncertainty.ratings.iter().filter(move |one| one.criterion == criterion);
    let groups: BTreeSet<&str> = given().map(|one| one.group.as_str()).collect();
    let note = format!("{} from {}", counted(given().count(), "rating"), counted(groups.len(), "group"));
    let mean = formula::group_equal_mean(given().map(|one| (one.group.as_str(), one.value)));
    Measure::or_missing(mean, note, "nobody has rated it")
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::link::LinkKind;
    use crate::strand::SourceKind::{FocusGroup, Interview, NarrativeReview, SystematicReview};
    use crate::uncertainty::Rating;
    use crate::uncertainty::UncertaintyStatus;

    /// The links of oracle P1 (method reference 6.4), rich in 3 strands of 4.
    fn peer(sample: &mut Sample) -> Id {
        let hypothesis = sample.hypothesis();
        let kinds = [SystematicReview, NarrativeReview, Interview, Interview, Interview, FocusGroup];
        let sources = kinds.map(|kind| sample.source(kind));
        for (source, scores) in [(0, [3, 3, 2]), (1, [2, 2, 2]), (5, [2, 1, 3])] {
            sample.scored(hypothesis, sources[source], Stance::Supports, scores);
        }
        for (source, scores) in [(2, [3, 2, 2]), (3, [2, 2, 1])] {
            sample.scored(hypothesis, sources[source], Stance::Refutes, scores);
        }
        sample.uncertainty(&[hypothesis])
    }

    fn rate(sample: &mut Sample, uncertainty: Id, criterion: Criterion, group: &str, values: &[f64]) {
        let uncertainty = sample.synthesis.uncertainties.get_mut(&uncertainty).unwrap();
        for (n, value) in values.iter().enumerate() {
            let (group, rater) = (group.to_owned(), format!("{group}-{n}"));
            uncertainty.ratings.push(Rating { criterion, group, rater, value: *value });
        }
    }

    fn part(sample: &Sample, place: usize) -> (Option<f64>, String) {
        let part = priorities(&sample.synthesis)[0].priority.parts[place].clone();
        (part.value, part.note.unwrap())
    }

    #[test]
    fn oracle_p1_from_links() {
        let mut sample = Sample::new();
        let uncertainty = peer(&mut sample);
        rate(&mut sample, uncertainty, Criterion::Importance, "users", &[1.0, 1.0, 0.5]);
        rate(&mut sample, uncertainty, Criterion::Importance, "gps", &[0.5]);
        let first = &priorities(&sample.synthesis)[0];
        assert!((first.priority.parts[0].value.unwrap() - 0.734_694).abs() < 5e-7);
        assert_eq!(first.priority.parts[0].note.as_deref(), Some("S 1.7222, R 1.0000, 5 of 5 links appraised"));
        assert_eq!(first.priority.parts[1].value, Some(0.25));
        assert!((first.priority.parts[4].value.unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(
            first.priority.missing,
            [
                "divergence between groups",
                "centrality in the theory",
                "urgency to stakeholders",
                "answerable in a meeting"
            ]
        );
        assert_eq!((first.place, first.proposed, first.set_by_people), (1, 1, false));
    }

    #[test]
    fn the_best_link_of_a_study_counts_once() {
        let mut sample = Sample::new();
        peer(&mut sample);
        let before = part(&sample, 0).0;
        let hypothesis = *sample.synthesis.hypotheses.keys().next().unwrap();
        let first = *sample.synthesis.sources.keys().next().unwrap();
        let report = sample.source(SystematicReview);
        sample.synthesis.sources.get_mut(&report).unwrap().same_study = Some(first);
        sample.scored(hypothesis, report, Stance::Refines, [1, 1, 1]);
        assert_eq!(part(&sample, 0).0, before);
    }

    #[test]
    fn what_is_not_appraised_is_missing_and_not_zero() {
        let mut sample = Sample::new();
        let (hypothesis, source) = (sample.hypothesis(), sample.source(Interview));
        sample.uncertainty(&[hypothesis]);
        assert_eq!(part(&sample, 0).0, Some(0.0), "no link at all: S + R = 0");
        assert_eq!(part(&sample, 1).0, Some(1.0));
        let link = sample.link(hypothesis, source, Stance::Supports);
        (link.relevance, link.richness, link.rigour) = (None, None, None);
        assert_eq!(part(&sample, 0), (None, "no link is appraised".to_owned()));
        assert_eq!(part(&sample, 1).0, None);
    }

    #[test]
    fn divergence_needs_two_groups_and_uses_who_spoke() {
        let mut sample = Sample::new();
        let (hypothesis, source) = (sample.hypothesis(), sample.source(FocusGroup));
        sample.uncertainty(&[hypothesis]);
        let (user, gp) = (sample.participant("users"), sample.participant("gps"));
        let link = sample.link(hypothesis, source, Stance::Supports).id;
        sample.said(link, Some(user), None);
        assert_eq!(part(&sample, 2).0, None);
        let link = sample.link(hypothesis, source, Stance::Refutes).id;
        sample.said(link, Some(gp), None);
        assert_eq!(part(&sample, 2), (Some(1.0), "from the evidence of 2 groups".to_owned()));
    }

    /// Oracle P1 of the method reference: G .6875.
    #[test]
    fn divergence_of_ratings_comes_before_that_of_evidence() {
        let mut sample = Sample::new();
        let hypothesis = sample.hypothesis();
        let id = sample.uncertainty(&[hypothesis]);
        let rated = |medians: &[f64]| Rated { round: "R1.gj".to_owned(), medians: medians.to_vec(), span: 8 };
        sample.synthesis.rated.insert(id, rated(&[8.0, 6.0, 2.5]));
        assert_eq!(part(&sample, 2), (Some(0.6875), "from the ratings of 3 groups in R1.gj".to_owned()));
        sample.synthesis.rated.insert(id, rated(&[8.0]));
        assert_eq!(part(&sample, 2).0, None, "one group is not apart from itself");
    }

    #[test]
    fn centrality_follows_the_chain_through_cycles() {
        let mut sample = Sample::new();
        let hypotheses: Vec<Id> = (0..5).map(|_| sample.hypothesis()).collect();
        sample.uncertainty(&hypotheses[..1]);
        assert_eq!(part(&sample, 3), (None, "no statement leads to another yet".to_owned()));
        for (from, to) in [(0, 1), (1, 2), (2, 1)] {
            sample.relate(hypotheses[from], LinkKind::LeadsTo, hypotheses[to]);
        }
        assert_eq!(part(&sample, 3), (Some(0.4), "reaches 2 of 5 active statements".to_owned()));
    }

    #[test]
    fn people_set_the_order_and_the_formula_fills_the_rest() {
        assert_eq!(seated(&[None, None, Some(1)]), [2, 0, 1]);
        assert_eq!(seated(&[None, None, Some(2)]), [0, 2, 1]);
        assert_eq!(seated(&[Some(9), None, Some(9)]), [1, 0, 2]);
        assert_eq!(seated(&[Some(1), Some(1), None]), [0, 1, 2]);
        let mut sample = Sample::new();
        let (first, second) = (peer(&mut sample), sample.uncertainty(&[]));
        sample.synthesis.uncertainties.get_mut(&second).unwrap().place = Some(1);
        let order = priorities(&sample.synthesis);
        assert_eq!(order.iter().map(|one| one.uncertainty).collect::<Vec<_>>(), [second, first]);
        assert_eq!((order[0].place, order[0].proposed, order[0].set_by_people), (1, 2, true));
        assert_eq!(order[0].priority.score, None);
        sample.synthesis.uncertainties.get_mut(&first).unwrap().status = UncertaintyStatus::Decided;
        assert_eq!(priorities(&sample.synthesis).len(), 1);
    }

    #[test]
    fn without_statements_of_its_own_it_takes_its_components() {
        let mut sample = Sample::new();
        let (hypothesis, component) = (sample.hypothesis(), sample.component("Peers"));
        sample.edit(hypothesis).component = Some(component);
        let uncertainty = sample.uncertainty(&[]);
        assert_eq!(part(&sample, 0), (None, "it names no statement".to_owned()));
        sample.synthesis.uncertainties.get_mut(&uncertainty).unwrap().component = Some(component);
        assert_eq!(statements_of(&sample.synthesis, &sample.synthesis.uncertainties[&uncertainty]), [hypothesis]);
    }
}
