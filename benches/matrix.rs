//! The matrix of 200 codes over 1,000,000 codings of 100,000 passages: codes that overlap, codes of one passage, codes
//! of one document. `cargo bench --bench matrix`.

use divan::Bencher;
use realist::diagnostic::Result;
use realist::matrix::asked::{Bounds, Counted};
use realist::matrix::grid::Rows;
use realist::matrix::together::{in_places, overlapping};
use realist::query::{Query, Value};
use realist::retrieve::{Ground, Layout, Scope, Stretch, Texts, Unit};
use std::rc::Rc;

const CODES: u32 = 200;
const DOCUMENTS: u32 = 1_000;
const PASSAGES: u32 = 100;
const CODINGS: u32 = 1_000_000;
/// Bytes of a passage.
const LENGTH: u32 = 600;

fn main() {
    divan::main();
}

/// Numbers that look like chance and are the same every time.
fn below(state: &mut u64, end: u32) -> u32 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    u32::try_from((*state >> 33) % u64::from(end)).unwrap_or(0)
}

/// Documents of passages, coded here and there; neither words nor fields.
struct Corpus {
    texts: Texts,
    codings: Vec<Stretch>,
    codes: Vec<u32>,
}

fn corpus() -> Corpus {
    let mut state = 1;
    let mut texts = Texts::default();
    for document in 0..DOCUMENTS {
        texts.push(
            document,
            (0..PASSAGES).map(|n| {
                let (start, end) = (n * LENGTH, (n + 1) * LENGTH);
                Unit { start, end, speech: (start, end), time: None, source: document, speaker: None }
            }),
        );
    }
    let mut codings = Vec::new();
    let mut codes = Vec::new();
    for coding in 0..CODINGS {
        let text = below(&mut state, DOCUMENTS);
        let start = below(&mut state, PASSAGES * LENGTH - 1);
        let end = (start + 20 + below(&mut state, LENGTH - 20)).min(PASSAGES * LENGTH);
        codings.push(Stretch { text, start, end, coding });
        codes.push(below(&mut state, CODES));
    }
    codings.sort_unstable();
    Corpus { texts, codings, codes }
}

impl Layout for Corpus {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn words(&self, _: u32) -> Result<Rc<[(u32, u32)]>> {
        Ok(Rc::from([]))
    }

    fn paragraph(&self, _: u32, at: u32) -> Result<(u32, u32)> {
        Ok((at, at))
    }
}

impl Ground for Corpus {
    fn matching(&self, _: &Query) -> Result<Vec<u32>> {
        Ok(Vec::new())
    }

    fn meant(&self, _: &Query, _: &[u32]) -> Result<Vec<Stretch>> {
        Ok(Vec::new())
    }

    fn codes(&self, _: &Value) -> Result<Vec<u32>> {
        Ok((0..CODES).collect())
    }

    fn codings(&self) -> &[Stretch] {
        &self.codings
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.codes[coding as usize]
    }

    fn fits(&self, _: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>> {
        Ok(Box::new(|_| true))
    }
}

fn rows() -> Rows {
    Rows::new((0..CODES as usize).map(|code| vec![code]).collect())
}

#[divan::bench(sample_count = 5)]
fn overlap(bencher: Bencher) {
    let corpus = corpus();
    bencher.bench_local(|| {
        let counted = Bounds::default().counted(&corpus, Scope::Unit).expect("no fault");
        overlapping(&corpus, &counted.stretches, &rows())
    });
}

#[divan::bench(args = [Scope::Unit, Scope::Document], sample_count = 5)]
fn one_place(bencher: Bencher, scope: Scope) {
    let corpus = corpus();
    bencher.bench_local(|| {
        let Counted { stretches, inside } = Bounds::default().counted(&corpus, scope).expect("no fault");
        in_places(&corpus, &stretches, &rows(), scope, &inside)
    });
}
