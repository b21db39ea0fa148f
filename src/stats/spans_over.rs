//! Agreement on spans over several documents: laid end to end they are one continuum, and documents are what is
//! resampled for an interval. A span never runs from one document into the next.

use super::bootstrap::{self, Interval, Kinds};
use super::chance::Draws;
use super::spans::{Continuum, Unit, Unitizing, unitizing};

/// Documents end to end, each as often as `counts` says; coders and values are those of the first.
pub fn joined(documents: &[Continuum], counts: &[u32]) -> Continuum {
    let first = documents.first();
    let mut joined = Continuum {
        start: 0.0,
        length: 0.0,
        coders: first.map_or(0, |one| one.coders),
        values: first.map_or(0, |one| one.values),
        units: Vec::new(),
    };
    for (document, count) in documents.iter().zip(counts) {
        for _ in 0..*count {
            let by = joined.length - document.start;
            let moved = |unit: &Unit| Unit { start: unit.start + by, end: unit.end + by, ..*unit };
            joined.units.extend(document.units.iter().map(moved));
            joined.length += document.length;
        }
    }
    joined
}

/// Intervals of u-alpha, |u-alpha, cu-alpha and each (k)u-alpha.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    pub u: Option<Interval>,
    pub bar_u: Option<Interval>,
    pub cu: Option<Interval>,
    pub ku: Vec<Option<Interval>>,
}

/// Percentile bootstrap over documents. `None` of a single one: it has nothing to resample.
pub fn intervals(documents: &[Continuum], draws: Draws) -> Option<Intervals> {
    if documents.len() < 2 {
        return None;
    }
    let of_unit: Vec<u32> = (0..u32::try_from(documents.len()).unwrap_or(u32::MAX)).collect();
    let kinds = Kinds { of_unit: &of_unit, number: documents.len() };
    let values = |counts: &[u32]| {
        let Unitizing { u, bar_u, cu, ku } = unitizing(&joined(documents, counts));
        let all = [u, bar_u, cu.alpha].into_iter().chain(ku.into_iter().map(|one| one.alpha));
        let mut all: Vec<Option<f64>> = all.map(Result::ok).collect();
        // Where nothing exists at all there is no (k)u either.
        all.resize(3 + documents[0].values, None);
        all
    };
    let mut found = bootstrap::intervals(&kinds, draws, values).into_iter();
    let mut next = || found.next().flatten();
    let (u, bar_u, cu) = (next(), next(), next());
    Some(Intervals { u, bar_u, cu, ku: found.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    /// Two coders, one value; the second coder's span begins `late` later.
    fn document(late: f64) -> Continuum {
        let unit = |coder, start, end| Unit { coder, start, end, value: 0 };
        Continuum {
            start: 5.0,
            length: 20.0,
            coders: 2,
            values: 1,
            units: vec![unit(0, 7.0, 15.0), unit(1, 7.0 + late, 15.0)],
        }
    }

    #[test]
    fn documents_lie_end_to_end() {
        let joined = joined(&[document(0.0), document(2.0)], &[1, 2]);
        close(joined.length, 60.0, 1e-12);
        let starts: Vec<f64> = joined.units.iter().map(|unit| unit.start).collect();
        assert_eq!(starts, [2.0, 2.0, 22.0, 24.0, 42.0, 44.0]);
    }

    #[test]
    fn two_documents_have_four_resamples() {
        let documents = [document(0.0), document(4.0)];
        let found = intervals(&documents, Draws { number: 10, seed: 1 }).unwrap();
        let u = found.u.unwrap();
        assert!(u.exact);
        close(u.resamples, 4.0, 1e-12);
        // The better document twice, and the worse one twice.
        let of = |counts: &[u32]| unitizing(&joined(&documents, counts)).u.unwrap();
        close(u.high, of(&[2, 0]), 1e-12);
        close(u.low, of(&[0, 2]), 1e-12);
        close(u.high, 1.0, 1e-12);
        assert_eq!(found.ku.len(), 1);
        assert!(intervals(&documents[..1], Draws { number: 10, seed: 1 }).is_none());
    }
}
