//! Chains and figures of a large theory: robustness between all components of 10,000 statements with 100,000 links of
//! evidence, and a causal map of 500 factors, drawn. `cargo bench --bench figure`.

use divan::Bencher;
use realist::picture::{Arrow, Figure, Item, Look, Shape};
use realist::render::figure::find;
use realist::table::Table;

fn main() {
    divan::main();
}

/// Numbers that look like chance and are the same every time.
fn below(state: &mut u64, end: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap_or(0) % end
}

fn figure(factors: usize) -> Figure {
    let mut state = 7;
    let item = |at: usize| Item {
        key: format!("factor-{}", at + 1),
        heading: String::new(),
        words: format!("what people say of matter {at}, in a line or two"),
        remark: format!("H{at}.gj"),
        look: Look::Outcome,
        inside: Vec::new(),
        layer: None,
    };
    let items: Vec<Item> = (0..factors).map(item).collect();
    let arrows = (0..factors * 5 / 4).map(|_| {
        let from = below(&mut state, factors);
        let to = (from + 1 + below(&mut state, 12)) % factors;
        Arrow {
            from,
            to,
            weight: below(&mut state, 5),
            is_contested: false,
            remark: String::new(),
            origins: Vec::new(),
        }
    });
    Figure {
        key: "map".to_owned(),
        title: "A large map".to_owned(),
        description: "Factors and links.".to_owned(),
        arrows: arrows.collect(),
        items,
        shape: Shape::Network,
        notes: Vec::new(),
        table: Table::with(&[("from", "From")]),
    }
}

#[divan::bench(args = [10, 100, 500])]
fn map_drawn(bencher: Bencher, factors: usize) {
    let figure = figure(factors);
    let Some(svg) = find("svg") else { return };
    bencher.bench_local(|| (svg.write)(&figure).len());
}

/// A network of steps: robustness between 12 groups of factors, each with each.
#[divan::bench(sample_count = 5)]
fn robustness_of_all_components(bencher: Bencher) {
    use realist::chain::disbelief::{Doubt, PATIENCE};
    use realist::chain::{Factor, Network, Telling};
    use realist::id::Id;
    use std::collections::BTreeSet;

    const STATEMENTS: usize = 10_000;
    const FACTORS: usize = 8_000;
    const COMPONENTS: usize = 12;
    let mut state = 3;
    let source = |number: usize| Id::derived([number.to_le_bytes().as_slice()]);
    let tellings: Vec<(usize, usize, Telling)> = (0..STATEMENTS)
        .map(|statement| {
            let from = below(&mut state, FACTORS);
            let to = (from + 1 + below(&mut state, 400)) % FACTORS;
            let sources: BTreeSet<Id> = (0..10).map(|_| source(below(&mut state, 400))).collect();
            let telling = Telling {
                origin: source(1_000_000 + statement),
                through: Vec::new(),
                evidence: BTreeSet::new(),
                with_mechanism: BTreeSet::new(),
                sources,
                against: BTreeSet::new(),
                turned: [false, false],
            };
            (from, to, telling)
        })
        .collect();
    let network = Network::new(vec![Factor::default(); FACTORS], tellings);
    let group = |component: usize| -> BTreeSet<usize> {
        (component * FACTORS / COMPONENTS..(component + 1) * FACTORS / COMPONENTS).collect()
    };
    let groups: Vec<BTreeSet<usize>> = (0..COMPONENTS).map(group).collect();
    bencher.bench_local(|| {
        let mut doubt = Doubt::new(&network);
        let patience = PATIENCE / (4 * COMPONENTS * COMPONENTS);
        let pairs = groups.iter().flat_map(|from| groups.iter().map(move |to| (from, to)));
        pairs.filter_map(|(from, to)| doubt.robustness(from, to, patience)).map(|one| one.sources.len()).sum::<usize>()
    });
}
