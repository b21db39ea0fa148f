//! Agreement over 100,000 units by five coders, with and without 10,000 resamples, and the exact and the shuffled
//! tests of panels. `cargo bench --bench agreement`.

use realist::stats::agreement::{Categories, Gathering, Metric, Ratings, Weights, agreement};
use realist::stats::chance::Draws;
use realist::stats::concordance::concordance;
use realist::stats::kruskal::kruskal_wallis;
use realist::stats::wilcoxon::signed_ranks;

fn main() {
    divan::main();
}

const DRAWS: Draws = Draws { number: 10_000, seed: 1 };

/// Numbers that look like chance and are the same every time.
fn below(state: &mut u64, end: u64) -> u64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) % end
}

/// 100,000 units by five coders who agree on four values of five; of so many categories.
fn ratings(categories: u64) -> Ratings {
    let mut state = 1;
    let mut gathering = Gathering::default();
    for unit in 0..100_000 {
        let meant = below(&mut state, categories);
        for coder in 0..5 {
            let value = if below(&mut state, 5) == 0 { below(&mut state, categories) } else { meant };
            gathering.add(&format!("u{unit}"), &format!("c{coder}"), &value.to_string());
        }
    }
    let categories = Categories::found(gathering.labels().iter().map(String::as_str));
    gathering.finish(categories).expect("each coder codes a unit once")
}

#[divan::bench(args = [7, 100], sample_count = 5)]
fn every_metric(bencher: divan::Bencher, categories: u64) {
    let ratings = ratings(categories);
    bencher.bench_local(|| agreement(&ratings, Metric::ALL, Weights::Quadratic, None));
}

#[divan::bench(args = [7, 100], sample_count = 1)]
fn alpha_with_10_000_resamples(bencher: divan::Bencher, categories: u64) {
    let ratings = ratings(categories);
    bencher.bench_local(|| agreement(&ratings, &[Metric::KrippendorffAlphaOrdinal], Weights::Quadratic, Some(DRAWS)));
}

#[divan::bench(args = [7, 100], sample_count = 1)]
fn every_metric_with_10_000_resamples(bencher: divan::Bencher, categories: u64) {
    let ratings = ratings(categories);
    bencher.bench_local(|| agreement(&ratings, Metric::ALL, Weights::Quadratic, Some(DRAWS)));
}

#[divan::bench]
fn wilcoxon_of_25() -> bool {
    let differences: Vec<f64> = (1..=25).map(|n| if n % 3 == 0 { f64::from(-n) } else { f64::from(n) }).collect();
    signed_ranks(divan::black_box(&differences)).is_ok()
}

#[divan::bench]
fn kruskal_wallis_with_10_000_shuffles() -> bool {
    let groups: Vec<Vec<f64>> =
        (0..4).map(|group| (0..6).map(|n| f64::from((group * 2 + n * 3) % 9 + 1)).collect()).collect();
    kruskal_wallis(divan::black_box(&groups), DRAWS).is_ok()
}

#[divan::bench]
fn concordance_with_10_000_shuffles() -> bool {
    let ranks: Vec<Vec<f64>> =
        (0..15).map(|judge| (0..20).map(|item| f64::from((item * 7 + judge) % 20)).collect()).collect();
    concordance(divan::black_box(&ranks), DRAWS).is_ok()
}
