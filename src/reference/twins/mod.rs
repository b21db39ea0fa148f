//! Which references of a collection are the same report twice.
//!
//! [`proposals`] compares those that share something ([`blocks`](self) keep that from being every pair
//! with every other) and weighs what speaks for and against ([`compare`]). It only proposes: what is
//! done about a pair, and above which certainty, is settled elsewhere, and by people.

mod blocks;
mod features;
mod likeness;

pub use features::Features;
pub use likeness::{LEAST, Likeness, Reason, compare};

/// Two references, by their features' place in what was given, and what speaks for and against.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    pub first: usize,
    pub second: usize,
    pub likeness: Likeness,
}

/// Pairs that are at least `least` certain (0 to 1; [`LEAST`] is the lowest worth showing), the most
/// certain first.
pub fn proposals(features: &[Features], least: f64) -> Vec<Proposal> {
    let compared = blocks::pairs(features).into_iter().map(|(first, second)| Proposal {
        first,
        second,
        likeness: compare(&features[first], &features[second]),
    });
    let mut proposals: Vec<Proposal> = compared.filter(|one| one.likeness.certainty >= least).collect();
    proposals.sort_by(|a, b| {
        let certainty = b.likeness.certainty.total_cmp(&a.likeness.certainty);
        certainty.then((a.first, a.second).cmp(&(b.first, b.second)))
    });
    proposals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reference::{Name, Reference, WorkKind};

    fn article(title: &str, author: &str, year: i32) -> Reference {
        let mut reference = Reference::new(WorkKind::Article);
        reference.title = Some(title.to_owned());
        reference.authors = vec![Name::read(author).unwrap()];
        reference.year = Some(year);
        reference.journal = Some("Journal of Harbours".to_owned());
        reference
    }

    fn certainty(one: &Reference, two: &Reference) -> f64 {
        compare(&Features::of(one), &Features::of(two)).certainty
    }

    #[test]
    fn the_same_report_from_two_databases_is_proposed() {
        let mut one = article("Signals at sea: a review of lanterns.", "Chapman, A. G.", 1937);
        let mut two = article("Signals at Sea: A Review of Lanterns", "Chapman AG", 1938);
        two.journal = Some("J Harb".to_owned());
        for reference in [&mut one, &mut two] {
            reference.volume = Some("18".to_owned());
            reference.pages = Some("93-105".to_owned());
        }
        two.pages = Some("93".to_owned());
        let found = proposals(&[Features::of(&one), Features::of(&two)], 0.9);
        assert_eq!((found.len(), found[0].first, found[0].second), (1, 0, 1));
        assert!(found[0].likeness.reasons.iter().any(|reason| reason.says.contains("year")), "{found:?}");
    }

    #[test]
    fn reports_that_only_look_alike_are_not() {
        let plain = article("Signals at sea: a review of lanterns", "Chapman, A.", 1937);
        let unlike = [
            article("Erratum: Signals at sea: a review of lanterns", "Chapman, A.", 1937),
            article("Signals at sea: a review of lanterns. Part II", "Chapman, A.", 1937),
            article("Signals at sea: a review of lanterns - reply", "Chapman, A.", 1937),
            article("Signals at sea: a review of lanterns", "Brown, B.", 1957),
        ];
        for other in unlike {
            assert!(certainty(&plain, &other) < LEAST, "{:?}", other.title);
        }
    }

    #[test]
    fn two_dois_make_one_doubt() {
        let mut one = article("Signals at sea: a review of lanterns", "Chapman, A.", 1937);
        let mut two = one.clone();
        assert!(certainty(&one, &two) > 0.95);
        one.doi = Some("10.1000/1".to_owned());
        two.doi = Some("10.1000/2".to_owned());
        assert!(certainty(&one, &two) < 0.9);
    }

    proptest::proptest! {
        #[test]
        fn likeness_is_the_same_from_both_sides(
            titles in proptest::collection::vec("[a-c ]{0,12}", 2),
            years in proptest::collection::vec(1990..1994i32, 2),
        ) {
            let (one, two) = (article(&titles[0], "A, B.", years[0]), article(&titles[1], "A, C.", years[1]));
            proptest::prop_assert_eq!(certainty(&one, &two).to_bits(), certainty(&two, &one).to_bits());
        }
    }
}
