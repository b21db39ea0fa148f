//! Proposals over 10,000 statements, and patterns over 10,000 statements with 100,000 pieces of evidence.
//! `cargo bench --bench consolidation`.

mod claims;

use claims::{CLAIMS, STATEMENTS, below, statements};
use divan::Bencher;
use realist::consolidate::{Asked, LEAST, Lexicon, Synonyms, proposals};
use realist::hypothesis::Hypothesis;
use realist::id::Id;
use realist::language::Language;
use realist::pattern::{Ground, Lists, Of, Voice, find};
use std::collections::{BTreeMap, BTreeSet};

const EVIDENCE: usize = 100_000;

fn main() {
    divan::main();
}

#[divan::bench(sample_count = 3)]
fn propose(bencher: Bencher) {
    let statements = statements();
    let all: Vec<&Hypothesis> = statements.iter().collect();
    let (synonyms, apart) = (Synonyms::new(), BTreeSet::new());
    bencher.bench_local(|| {
        proposals(&all, &Asked { language: Language::ENGLISH, synonyms: &synonyms, apart: &apart, least: LEAST }).len()
    });
}

#[divan::bench(sample_count = 5)]
fn patterns(bencher: Bencher) {
    let statements = statements();
    let mut state = 11;
    let mut voices: BTreeMap<Id, Vec<Voice>> = BTreeMap::new();
    for link in 0..EVIDENCE {
        let source = below(&mut state, 400);
        let voice = Voice {
            link: Id::new(1_000_000 + link as u64, [0; 10]),
            source: Id::new(u64::from(source) + 5_000_000, [0; 10]),
            of: if link % 2 == 0 { Of::Whole } else { Of::Part("c1".to_owned()) },
            against: below(&mut state, 6) == 0,
            circumstances: None,
            group: Some(["gps", "users", "carers"][(source % 3) as usize].to_owned()),
            kind: "interview".to_owned(),
            strand: "interviews".to_owned(),
        };
        voices.entry(statements[link % STATEMENTS].id).or_default().push(voice);
    }
    // Five tellings of a claim were accepted as one group.
    let accepted = (0..CLAIMS).map(|claim| {
        let members = (claim..STATEMENTS).step_by(CLAIMS).map(|at| statements[at].id).collect();
        (realist::grouping::Relation::Duplicate, members)
    });
    let lists = Lists { named: BTreeMap::new(), accepted: accepted.collect() };
    let ground = Ground { statements: statements.iter().collect(), voices, rivals: BTreeSet::new() };
    bencher.bench_local(|| {
        let mut lexicon = Lexicon::new(Language::ENGLISH, &Synonyms::new());
        find(&ground, &lists, &mut lexicon).len()
    });
}
