//! Counting a large synthesis: 10,000 statements, 100,000 evidence links, 2,000 sources.
//!
//! `cargo bench --bench frame`. Figures go into `docs/performance.md`; nothing is asserted here.

mod large;

use divan::Bencher;
use realist::id::{Id, Kind};
use realist::synthesis::Synthesis;
use std::sync::OnceLock;

fn main() {
    large();
    divan::main();
}

#[divan::bench]
fn backing(bencher: Bencher) {
    bencher.bench(|| realist::frame::backing(large()));
}

#[divan::bench]
fn for_and_against(bencher: Bencher) {
    bencher.bench(|| realist::frame::for_and_against(large()));
}

#[divan::bench]
fn gaps(bencher: Bencher) {
    bencher.bench(|| realist::frame::gaps(large()));
}

#[divan::bench]
fn components_by_strand(bencher: Bencher) {
    bencher.bench(|| realist::frame::components_by_strand(large()));
}

#[divan::bench]
fn standing_by_component(bencher: Bencher) {
    bencher.bench(|| realist::frame::standing_by_component(large()));
}

#[divan::bench]
fn coder_activity(bencher: Bencher) {
    bencher.bench(|| realist::frame::coder_activity(large()));
}

#[divan::bench]
fn stance_by_kind(bencher: Bencher) {
    let statements: Vec<Id> = (0..10).map(|n| large::id(Kind::Hypothesis, n)).collect();
    bencher.bench(|| realist::frame::stance_by_kind(large(), &statements));
}

#[divan::bench]
fn priorities(bencher: Bencher) {
    bencher.bench(|| realist::frame::priorities(large()));
}

fn large() -> &'static Synthesis {
    static LARGE: OnceLock<Synthesis> = OnceLock::new();
    LARGE.get_or_init(large::build)
}
