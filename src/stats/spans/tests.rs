//! The oracles of method reference 4.4, and what must hold of any continuum.

use super::*;
use crate::stats::close;
use proptest::prelude::*;

pub(in crate::stats) fn continuum(
    start: f64,
    length: f64,
    values: usize,
    coders: &[&[(f64, f64, usize)]],
) -> Continuum {
    let units = coders.iter().enumerate().flat_map(|(coder, units)| {
        units.iter().map(move |(start, end, value)| Unit { coder, start: *start, end: *end, value: *value })
    });
    Continuum { start, length, coders: coders.len(), values, units: units.collect() }
}

fn is(value: &Defined, wanted: f64) {
    close(*value.as_ref().unwrap(), wanted, 5.001e-7);
}

#[test]
fn oracle_u1() {
    let (c, m, o) = (0, 1, 2);
    let one = &[(0.0, 10.0, c), (20.0, 30.0, m), (40.0, 60.0, o)];
    let other = &[(2.0, 12.0, c), (20.0, 28.0, m), (45.0, 60.0, c), (70.0, 80.0, m)];
    let alphas = unitizing(&continuum(0.0, 100.0, 3, &[one, other]));
    is(&alphas.u, 0.415_704);
    is(&alphas.bar_u, 0.580_541);
    is(&alphas.cu.alpha, 0.367_865);
    is(&alphas.cu.coverage, 0.31);
    for (k, (alpha, coverage)) in [(0.209_996, 0.885_714), (1.0, 0.571_429), (0.0, 0.75)].into_iter().enumerate() {
        is(&alphas.ku[k].alpha, alpha);
        is(&alphas.ku[k].coverage, coverage);
    }
}

#[test]
fn oracle_u2_sums_within_a_coder_before_squaring() {
    let alex = &[(2.0, 5.0, 0), (9.0, 11.0, 0), (12.0, 20.0, 1)];
    let alphas = unitizing(&continuum(
        0.0,
        20.0,
        2,
        &[alex, &[(2.0, 5.0, 0), (7.0, 15.0, 1)], &[(2.0, 5.0, 0), (10.0, 15.0, 1)]],
    ));
    is(&alphas.u, 0.473_913);
    is(&alphas.bar_u, 0.432_812);
    is(&alphas.cu.alpha, 0.778_882);
    is(&alphas.cu.coverage, 0.383_333);
    is(&alphas.ku[0].alpha, 0.769_252);
    is(&alphas.ku[1].alpha, 0.786_971);
}

#[test]
fn oracles_u3_to_u5() {
    let one_code = continuum(
        0.0,
        56.0,
        1,
        &[&[(3.0, 15.0, 0), (22.0, 53.0, 0)], &[(3.0, 10.0, 0), (22.0, 53.0, 0)], &[(22.0, 46.0, 0)]],
    );
    let alphas = unitizing(&one_code);
    is(&alphas.u, 0.564_545);
    is(&alphas.bar_u, 0.564_545);
    assert!(alphas.cu.alpha.unwrap_err().0.contains("only one value"));
    let same: &[(f64, f64, usize)] = &[(0.0, 3.0, 0), (5.0, 9.0, 1)];
    let alike = unitizing(&continuum(0.0, 10.0, 2, &[same, same]));
    for alpha in [&alike.u, &alike.bar_u, &alike.cu.alpha, &alike.ku[0].alpha, &alike.ku[1].alpha] {
        is(alpha, 1.0);
    }
    let row_a = continuum(0.0, 24.0, 1, &[&[(2.0, 10.0, 0), (14.0, 20.0, 0)], &[(4.0, 8.0, 0), (15.0, 17.0, 0)]]);
    is(&unitizing(&row_a).u, 0.358_333);
}

#[test]
fn what_does_not_exist_says_why() {
    let why = |continuum: &Continuum| unitizing(continuum).u.unwrap_err().0;
    assert_eq!(why(&continuum(0.0, 9.0, 1, &[&[(0.0, 1.0, 0)]])), "it takes two coders");
    assert_eq!(why(&continuum(0.0, 9.0, 1, &[&[], &[]])), "nobody marked anything");
    let twice = continuum(0.0, 9.0, 2, &[&[(0.0, 3.0, 0), (2.0, 5.0, 1)], &[(0.0, 3.0, 0)]]);
    assert_eq!(why(&twice), "units of one coder overlap");
    assert!(unitizing(&twice.only(0)).u.is_ok(), "each value by itself");
    assert!(why(&continuum(0.0, 9.0, 1, &[&[(0.0, 9.0, 0)], &[(0.0, 9.0, 0)]])).contains("one unit"));
    let apart = unitizing(&continuum(0.0, 9.0, 1, &[&[(0.0, 1.0, 0)], &[(5.0, 6.0, 0)]]));
    assert!(apart.u.unwrap() < 0.0);
    assert!(apart.cu.alpha.unwrap_err().0.contains("meet nowhere"));
}

proptest! {
    /// Scale and place of the continuum do not matter, nor which coder comes first.
    #[test]
    fn measured_in_other_units_it_is_the_same(cuts in proptest::collection::btree_set(1..60_u8, 4..10), shift in 0..50_u8) {
        let cuts: Vec<f64> = cuts.into_iter().map(f64::from).collect();
        let units = |first: usize, scale: f64| -> Vec<(f64, f64, usize)> {
            let place = |at: f64| f64::from(shift) * (scale - 1.0) + at * scale;
            cuts[first..].chunks_exact(2).enumerate().map(|(n, cut)| (place(cut[0]), place(cut[1]), n % 2)).collect()
        };
        let plain = unitizing(&continuum(0.0, 60.0, 2, &[&units(0, 1.0), &units(1, 1.0)]));
        let turned = unitizing(&continuum(f64::from(shift), 120.0, 2, &[&units(1, 2.0), &units(0, 2.0)]));
        // Gaps are not squared in q, so a finer scale moves u a little, and cu not at all.
        match (plain.cu.alpha, turned.cu.alpha) {
            (Ok(one), Ok(other)) => prop_assert!((one - other).abs() < 1e-9),
            (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
        }
    }
}
