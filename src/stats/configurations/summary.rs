//! The numbers of a comparison.

use super::{Comparison, Pair, Reading, Slot, Verdict};
use crate::hypothesis::PartKind;
use crate::stats::agreement::{Categories, Gathering, Metric, Weights, agreement};
use crate::stats::bootstrap::{self, Interval, Kinds};
use crate::stats::chance::Draws;
use crate::stats::{Defined, undefined};
use std::collections::BTreeMap;

/// A mean with its interval over places, where one was asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Mean {
    pub value: Defined,
    pub interval: Option<Interval>,
}

/// One slot over all pairs in which it is at stake.
#[derive(Debug, Clone, PartialEq)]
pub struct OfSlot {
    pub slot: Slot,
    pub alike: usize,
    pub different: usize,
    pub only_one: usize,
    pub neither: usize,
    /// Whether both or neither name it: the share of pairs, Gwet's AC1, Krippendorff's nominal alpha.
    pub percent: Defined,
    pub ac1: Defined,
    pub alpha: Defined,
    /// Similarity where both name it.
    pub similarity: Mean,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// In the order a sentence tells them; those that no statement of a pair names are left out.
    pub slots: Vec<OfSlot>,
    /// Of pairs.
    pub similarity: Mean,
    /// Of statements compared with another coder's at their place, those that are one of a pair.
    pub matched: Mean,
}

/// A ratio of two sums, by place.
type Ratio = Vec<(f64, f64)>;

/// Counts, presence by chance, and means; with `draws` their intervals over places.
pub fn summarise(comparison: &Comparison, readings: &[Reading], draws: Option<Draws>) -> Summary {
    let places: BTreeMap<&str, usize> =
        comparison.places.iter().enumerate().map(|(at, place)| (place.as_str(), at)).collect();
    let place_of = |reading: usize| places.get(readings[reading].place.as_str()).copied();
    let nothing = || vec![(0.0, 0.0); places.len()];
    let add = |ratio: &mut Ratio, reading: usize, value: f64, number: f64| {
        if let Some(place) = place_of(reading).and_then(|place| ratio.get_mut(place)) {
            place.0 += value;
            place.1 += number;
        }
    };
    let (mut similar, mut matched) = (nothing(), nothing());
    for pair in &comparison.pairs {
        add(&mut similar, pair.readings.0, pair.similarity, 1.0);
        add(&mut matched, pair.readings.0, 2.0, 2.0);
    }
    for left in &comparison.unmatched {
        add(&mut matched, left.reading, 0.0, 1.0);
    }
    let is_named = |slot: &Slot| {
        let mut all = comparison.pairs.iter().flat_map(|pair| &pair.slots);
        all.any(|one| one.slot == *slot && one.verdict != Verdict::Neither)
    };
    let slots: Vec<Slot> = PartKind::ALL.iter().copied().filter(is_named).collect();
    let mut ratios = vec![similar, matched];
    for slot in &slots {
        let mut ratio = nothing();
        for pair in &comparison.pairs {
            for one in pair.slots.iter().filter(|one| one.slot == *slot) {
                one.similarity.into_iter().for_each(|value| add(&mut ratio, pair.readings.0, value, 1.0));
            }
        }
        ratios.push(ratio);
    }
    let mut means = means(&ratios, draws).into_iter();
    let mut next = |why: &str| {
        means.next().unwrap_or(None).map_or_else(
            || Mean { value: undefined(why), interval: None },
            |(value, interval)| Mean { value: Ok(value), interval },
        )
    };
    Summary {
        similarity: next("no two statements are a pair"),
        matched: next("no place at which two coders have statements"),
        slots: slots
            .into_iter()
            .map(|slot| of_slot(comparison, readings, slot, next("no pair in which both name it")))
            .collect(),
    }
}

/// Each ratio of sums over places, with its interval; `None` where there is nothing to divide by.
fn means(ratios: &[Ratio], draws: Option<Draws>) -> Vec<Option<(f64, Option<Interval>)>> {
    let number = ratios.first().map_or(0, Vec::len);
    let of_unit: Vec<u32> = (0..u32::try_from(number).unwrap_or(u32::MAX)).collect();
    let compute = |counts: &[u32]| -> Vec<Option<f64>> {
        let mean = |ratio: &Ratio| {
            let weighed =
                counts.iter().zip(ratio).map(|(count, (sum, n))| (f64::from(*count) * sum, f64::from(*count) * n));
            let (sum, n) = weighed.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
            (n > 0.0).then(|| sum / n)
        };
        ratios.iter().map(mean).collect()
    };
    let values = compute(&vec![1; number]);
    let kinds = Kinds { of_unit: &of_unit, number };
    let mut intervals = draws.map(|draws| bootstrap::intervals(&kinds, draws, compute)).unwrap_or_default();
    intervals.resize(values.len(), None);
    values.into_iter().zip(intervals).map(|(value, interval)| value.map(|value| (value, interval))).collect()
}

fn of_slot(comparison: &Comparison, readings: &[Reading], slot: Slot, similarity: Mean) -> OfSlot {
    let at_stake: Vec<(&Pair, Verdict)> = comparison
        .pairs
        .iter()
        .filter_map(|pair| Some((pair, pair.slots.iter().find(|one| one.slot == slot)?.verdict)))
        .collect();
    let count = |verdicts: &[Verdict]| at_stake.iter().filter(|(_, verdict)| verdicts.contains(verdict)).count();
    let mut presence = Gathering::default();
    for (number, (pair, verdict)) in at_stake.iter().enumerate() {
        let (first, second) = verdict.names();
        for (reading, named) in [(pair.readings.0, first), (pair.readings.1, second)] {
            presence.add(&number.to_string(), &readings[reading].coder, if named { "yes" } else { "no" });
        }
    }
    let metrics = [Metric::Percent, Metric::GwetAc1, Metric::KrippendorffAlphaNominal];
    // The two statements of a pair are two coders', so none rates a pair twice.
    let ratings = presence.finish(Categories::given(&["no", "yes"])).ok();
    let outcomes = ratings.map(|ratings| agreement(&ratings, &metrics, Weights::Identity, None)).unwrap_or_default();
    let value = |metric: Metric| -> Defined {
        let found = outcomes.iter().find(|one| one.metric == metric);
        found.map_or_else(|| undefined("no pair"), |one| one.coefficient.clone().map(|one| one.value))
    };
    OfSlot {
        slot,
        alike: count(&[Verdict::Alike]),
        different: count(&[Verdict::Different]),
        only_one: count(&[Verdict::OnlyFirst, Verdict::OnlySecond]),
        neither: count(&[Verdict::Neither]),
        percent: value(Metric::Percent),
        ac1: value(Metric::GwetAc1),
        alpha: value(Metric::KrippendorffAlphaNominal),
        similarity,
    }
}
