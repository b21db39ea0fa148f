//! The oracles of method reference 4.4: published numbers, and those computed there by two independent ways.

use super::*;
use crate::stats::close;
use proptest::prelude::*;

/// Two coders by a table: `cells[row][column]` units in category `row` for the first, `column` for the second.
fn table(cells: &[&[usize]]) -> Ratings {
    let mut gathering = Gathering::default();
    let mut unit = 0;
    for (row, cells) in cells.iter().enumerate() {
        for (column, times) in cells.iter().enumerate() {
            for _ in 0..*times {
                unit += 1;
                gathering.add(&unit.to_string(), "a", &(row + 1).to_string());
                gathering.add(&unit.to_string(), "b", &(column + 1).to_string());
            }
        }
    }
    let labels: Vec<String> = (1..=cells.len()).map(|label| label.to_string()).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    gathering.finish(Categories::given(&labels)).unwrap()
}

/// Units as words: one letter a coder, `.` missing.
fn units(text: &str) -> Ratings {
    let rows: Vec<(String, String, String)> = text
        .split_whitespace()
        .enumerate()
        .flat_map(|(unit, word)| {
            let row = move |(coder, letter): (usize, char)| (unit.to_string(), coder.to_string(), letter.to_string());
            word.chars().enumerate().filter(|(_, letter)| *letter != '.').map(row).collect::<Vec<_>>()
        })
        .collect();
    Ratings::of(rows.iter().map(|(unit, coder, value)| (&**unit, &**coder, &**value))).unwrap()
}

fn one(ratings: &Ratings, metric: Metric) -> Coefficient {
    agreement(ratings, &[metric], Weights::Quadratic, None)[0].coefficient.clone().unwrap()
}

fn value(ratings: &Ratings, metric: Metric) -> f64 {
    one(ratings, metric).value
}

const A5: &str = "11.1 2232 3333 3333 2222 1234 4444 1121 2222 .555 ..11 ..3.";
const A6: &str = "444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 \
    224445 333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555";
const A7: &str = "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 \
    212.2 1233. 1101. 000.0 0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. \
    222.2 223.2 222.2 22.12 2222. 111.1";

#[test]
fn a1_cohen_1960() {
    let ratings = table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]);
    close(value(&ratings, Metric::CohenKappa), 0.491_525, 5e-7);
    close(value(&ratings, Metric::ScottPi), 0.487_179, 5e-7);
    close(value(&ratings, Metric::GwetAc1), 0.575_972, 5e-7);
    close(value(&ratings, Metric::KrippendorffAlphaNominal), 0.488_462, 5e-7);
}

#[test]
fn a2_abstractors() {
    let ratings = table(&[&[13, 0, 0], &[0, 20, 7], &[0, 4, 56]]);
    close(value(&ratings, Metric::CohenKappa), 0.796_409_4, 5e-8);
    close(value(&ratings, Metric::ScottPi), 0.796_239_7, 5e-8);
    close(value(&ratings, Metric::GwetAc1), 0.849_330_5, 5e-8);
    close(value(&ratings, Metric::KrippendorffAlphaNominal), 0.797_258_5, 5e-8);
}

#[test]
fn a3_and_a4_two_by_two() {
    let ratings = table(&[&[20, 10], &[20, 50]]);
    close(one(&ratings, Metric::CohenKappa).observed, 0.7, 1e-12);
    close(value(&ratings, Metric::ScottPi), 0.340_659, 5e-7);
    close(value(&ratings, Metric::CohenKappa), 0.347_826, 5e-7);
    close(value(&ratings, Metric::GwetAc1), 0.449_541, 5e-7);
    close(value(&ratings, Metric::KrippendorffAlphaNominal), 0.343_956, 5e-7);
    let paradox = table(&[&[8, 1], &[0, 1]]);
    close(value(&paradox, Metric::CohenKappa), 0.615_385, 5e-7);
    close(value(&paradox, Metric::ScottPi), 0.6078, 5e-5);
    close(value(&paradox, Metric::GwetAc1), 0.8658, 5e-5);
    close(one(&paradox, Metric::GwetAc1).expected.unwrap(), 0.255, 5e-4);
}

#[test]
fn a5_krippendorff_2011_with_gaps() {
    let ratings = units(A5);
    assert_eq!((ratings.units().len(), ratings.coders().len()), (12, 4));
    for (metric, wanted, tolerance) in [
        (Metric::KrippendorffAlphaNominal, 0.743_421, 5e-7),
        (Metric::KrippendorffAlphaOrdinal, 0.815_388, 5e-7),
        (Metric::KrippendorffAlphaInterval, 0.849_107, 5e-7),
        (Metric::KrippendorffAlphaRatio, 0.797_403, 5e-7),
        (Metric::FleissKappa, 0.761_17, 5e-6),
        (Metric::GwetAc1, 0.775_44, 5e-6),
        (Metric::BrennanPrediger, 0.772_73, 5e-6),
        (Metric::Percent, 0.818_182, 5e-7),
    ] {
        close(value(&ratings, metric), wanted, tolerance);
    }
}

#[test]
fn a6_fleiss_1971() {
    let ratings = units(A6);
    let kappa = one(&ratings, Metric::FleissKappa);
    close(kappa.value, 0.430_245, 5e-7);
    close(kappa.observed, 0.555_556, 5e-7);
    close(kappa.expected.unwrap(), 0.219_938, 5e-7);
    close(value(&ratings, Metric::KrippendorffAlphaNominal), 0.433_410, 5e-7);
    close(value(&ratings, Metric::GwetAc1), 0.447_885, 5e-7);
}

#[test]
fn a7_a8_a9_alpha() {
    close(value(&units(A7), Metric::KrippendorffAlphaOrdinal), 0.759_829, 5e-7);
    let alpha = one(&units("10 11 01 00 00 01 00 01 00 00"), Metric::KrippendorffAlphaNominal);
    close(alpha.value, 0.0952, 5e-5);
    close(alpha.observed, 0.4, 1e-12);
    close(alpha.expected.unwrap(), 0.442, 5e-4);
    let (a, b, c) = ("*****34121133*3", "1*213343*******", "**21344*21133*4");
    let columns = a.chars().zip(b.chars()).zip(c.chars());
    let words: Vec<String> =
        columns.map(|((a, b), c)| [a, b, c].iter().collect::<String>().replace('*', ".")).collect();
    let ratings = units(&words.join(" "));
    close(value(&ratings, Metric::KrippendorffAlphaNominal), 0.691_358, 5e-7);
    close(value(&ratings, Metric::KrippendorffAlphaInterval), 0.810_845, 5e-7);
}

/// Quadratic AC2 of the same tables as irrCAC 1.4 gives it.
#[test]
fn gwet_with_weights() {
    let ratings = table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]);
    let ac2 = one(&ratings, Metric::GwetAc2);
    close(ac2.value, 0.638_55, 5e-6);
    close(ac2.observed, 0.85, 1e-9);
    close(ac2.expected.unwrap(), 0.585, 1e-9);
}

/// Quadratic weighted kappa by hand: with weights 1, .75, 0 observed .85, expected .735 from the margins
/// 120 60 20 and 100 60 40 of 200.
#[test]
fn weighted_kappa() {
    let ratings = table(&[&[88, 14, 18], &[10, 40, 10], &[2, 6, 12]]);
    let kappa = one(&ratings, Metric::WeightedKappaQuadratic);
    close(kappa.observed, 0.85, 1e-12);
    close(kappa.expected.unwrap(), 0.3 + 0.09 + 0.02 + 0.75 * (0.18 + 0.15 + 0.06 + 0.03), 1e-12);
    let linear = one(&ratings, Metric::WeightedKappaLinear);
    close(linear.observed, 0.8, 1e-12);
    close(linear.expected.unwrap(), 0.41 + 0.5 * 0.42, 1e-12);
}

#[test]
fn b1_every_resample() {
    let draws = Some(Draws { number: 10, seed: 1 });
    let ratings = units("CC CM MM OO MM");
    let outcomes =
        agreement(&ratings, &[Metric::KrippendorffAlphaNominal, Metric::CohenKappa], Weights::Quadratic, draws);
    close(outcomes[0].coefficient.as_ref().unwrap().value, 0.709_677, 5e-7);
    close(outcomes[1].coefficient.as_ref().unwrap().value, 0.6875, 1e-12);
    let interval = outcomes[0].interval.unwrap();
    assert!(interval.exact);
    assert_eq!((interval.resamples, interval.dropped), (3125.0, 34.0));
    close(interval.low, -0.125, 1e-12);
    close(interval.median, 0.689_655, 5e-7);
    close(interval.high, 1.0, 1e-12);
    close(interval.mean, 0.629_287, 5e-7);
}

#[test]
fn b2_drawn_resamples() {
    let draws = Some(Draws { number: 2_000, seed: 1 });
    let interval =
        |units: &Ratings, metric| agreement(units, &[metric], Weights::Quadratic, draws)[0].interval.unwrap();
    let alpha = interval(&units(A5), Metric::KrippendorffAlphaNominal);
    close(alpha.low, 0.41, 0.03);
    close(alpha.high, 1.0, 0.03);
    let kappa = interval(&units(A6), Metric::FleissKappa);
    close(kappa.low, 0.32, 0.03);
    close(kappa.high, 0.53, 0.03);
    let ordinal = interval(&units(A7), Metric::KrippendorffAlphaOrdinal);
    close(ordinal.low, 0.62, 0.03);
    close(ordinal.high, 0.84, 0.03);
}

#[test]
fn what_does_not_exist_says_why() {
    let why = |ratings: &Ratings, metric| {
        agreement(ratings, &[metric], Weights::Quadratic, None)[0].coefficient.clone().unwrap_err().0
    };
    for metric in Metric::ALL.iter().filter(|metric| **metric != Metric::Percent) {
        assert!(why(&units("11 11 11"), *metric).contains("only one category"), "{metric}");
        assert!(why(&units("1. .1 2."), *metric).contains("no unit has values of two coders"), "{metric}");
    }
    assert!(value(&units("11 11 11"), Metric::Percent) > 0.999);
    assert!(why(&units(A5), Metric::CohenKappa).contains("there are 4"));
    let words = units("ab aa bb");
    assert!(why(&words, Metric::KrippendorffAlphaOrdinal).contains("--categories"));
    assert!(why(&words, Metric::WeightedKappaLinear).contains("--categories"));
    assert!(why(&words, Metric::KrippendorffAlphaInterval).contains("not all numbers"));
    let below = Ratings::of([("1", "a", "-1"), ("1", "b", "2")]).unwrap();
    assert!(why(&below, Metric::KrippendorffAlphaRatio).contains("below 0"));
}

#[test]
fn disagreements_come_before_numbers() {
    let ratings = units("10 11 01 00 00 01 00 01 00 00");
    assert_eq!(contingency(&ratings).cells, [[5.0, 3.0], [1.0, 1.0]]);
    let divided: Vec<usize> = splits(&ratings).iter().map(|split| split.unit).collect();
    assert_eq!(divided, [0, 2, 5, 7]);
    let more = units("1123 1112 11..");
    assert_eq!(splits(&more).iter().map(|split| split.unit).collect::<Vec<_>>(), [0, 1]);
    let coincidences: f64 = contingency(&more).cells.iter().flatten().sum();
    close(coincidences, 10.0, 1e-12);
}

/// Alpha straight from its definition, over all pairs of pairable values.
fn naive_alpha(ratings: &Ratings, squared: impl Fn(usize, usize, &[f64]) -> f64) -> Option<f64> {
    let q = ratings.categories().len();
    let mut coincidences = vec![vec![0.0; q]; q];
    for unit in 0..ratings.units().len() {
        let values = ratings.values(unit);
        for (at, one) in values.iter().enumerate() {
            for (other_at, other) in values.iter().enumerate() {
                if at != other_at {
                    coincidences[one.1 as usize][other.1 as usize] += 1.0 / (values.len() - 1) as f64;
                }
            }
        }
    }
    let times: Vec<f64> = coincidences.iter().map(|row| row.iter().sum()).collect();
    let n: f64 = times.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..q {
        for k in 0..q {
            observed += coincidences[c][k] * squared(c, k, &times);
            expected += times[c] * times[k] * squared(c, k, &times) / (n - 1.0);
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

proptest! {
    #[test]
    fn alpha_is_its_definition(words in proptest::collection::vec("[1-4.]{3}", 2..12)) {
        let ratings = units(&words.join(" "));
        let scores = ratings.categories().scores().unwrap_or_default().to_vec();
        let rank = |c: usize, k: usize, times: &[f64]| {
            let (low, high) = (c.min(k), c.max(k));
            (times[low..=high].iter().sum::<f64>() - f64::midpoint(times[c], times[k])).powi(2)
        };
        for (metric, naive) in [
            (Metric::KrippendorffAlphaNominal, naive_alpha(&ratings, |c, k, _| if c == k { 0.0 } else { 1.0 })),
            (Metric::KrippendorffAlphaOrdinal, naive_alpha(&ratings, |c, k, t| if c == k { 0.0 } else { rank(c, k, t) })),
            (Metric::KrippendorffAlphaInterval, naive_alpha(&ratings, |c, k, _| (scores[c] - scores[k]).powi(2))),
            (Metric::KrippendorffAlphaRatio, naive_alpha(&ratings, |c, k, _| tally::ratio(scores[c], scores[k]))),
        ] {
            let ours = agreement(&ratings, &[metric], Weights::Quadratic, None)[0].coefficient.clone();
            match naive {
                Some(naive) => prop_assert!((ours.unwrap().value - naive).abs() < 1e-9, "{}", metric),
                None => prop_assert!(ours.is_err(), "{}", metric),
            }
        }
    }

    /// A coder's name, and the order of units, change nothing.
    #[test]
    fn agreement_is_blind_to_order(words in proptest::collection::vec("[1-3.]{4}", 2..10)) {
        let turned: Vec<String> = words.iter().rev().map(|word| word.chars().rev().collect()).collect();
        let all = |words: &[String]| agreement(&units(&words.join(" ")), Metric::ALL, Weights::Linear, None);
        for (one, other) in all(&words).iter().zip(all(&turned)) {
            match (&one.coefficient, &other.coefficient) {
                (Ok(one), Ok(other)) => prop_assert!((one.value - other.value).abs() < 1e-9),
                (one, other) => prop_assert_eq!(one.is_err(), other.is_err()),
            }
        }
    }
}
