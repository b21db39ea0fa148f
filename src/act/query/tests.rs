//! What counts of an answer, over random codings of which some were never read.

use super::*;
use crate::act::retrieval::random::{self, Record};
use crate::query::Value;
use crate::retrieve::naive::{Naive, World, expected, random};
use crate::retrieve::{Texts, evaluate};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// The same world before any search put codes on anything.
struct Read<'w> {
    all: &'w random::Asked<'w>,
    codings: Vec<Stretch>,
}

impl World for Read<'_> {
    fn texts(&self) -> &Texts {
        self.all.texts()
    }

    fn letters(&self, text: u32) -> &str {
        self.all.letters(text)
    }

    fn codings(&self) -> &[Stretch] {
        &self.codings
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.all.code_of(coding)
    }

    fn family(&self, value: &Value) -> Vec<u32> {
        self.all.family(value)
    }

    fn meets(&self, query: &Query, unit: u32) -> bool {
        self.all.meets(query, unit)
    }

    fn passes(&self, query: &Query, coding: u32) -> bool {
        self.all.passes(query, coding)
    }
}

#[test]
fn what_counts_is_what_would_be_meant_without_the_unread() {
    let record = Record::new(20, 600);
    let index = search::index(&record.desk.project, &|_, _| {}).unwrap();
    let retrieval = Retrieval::new(&record.desk.project, &index).unwrap();
    let all = random::Asked::of(&record, &retrieval);
    let is_read = |one: &&Stretch| !all.codings[one.coding as usize].unread;
    let read = Read { codings: all.codings().iter().filter(is_read).copied().collect(), all: &all };
    let mut chance = ChaCha8Rng::seed_from_u64(21);
    let (mut told, mut fewer) = (0, 0);
    for round in 0..600 {
        let query = random(&mut chance, round % 3, random::leaf);
        if query.names_unread() || !query.is_of_codings() {
            continue;
        }
        let asked = Asked { query, scope: Scope::ALL[round % Scope::ALL.len()], shared: false, limit: 0 };
        let found = meant(&retrieval, &asked).unwrap().found;
        let counted: Vec<Stretch> = found.iter().filter(|one| !one.is_unread).map(|one| one.stretch).collect();
        let (units, stretches, _) = expected(&Naive(&read), &asked.query, asked.scope, &[]);
        let wanted: Vec<Stretch> = match stretches {
            Some(stretches) => stretches.into_iter().collect(),
            None => units.into_iter().map(|unit| retrieval.texts().stretch_of(unit)).collect(),
        };
        assert!(counted == wanted, "{} by {}", asked.query, asked.scope);
        let everything = evaluate(&retrieval, &asked.query, asked.scope).unwrap();
        let listed = |one: &Stretch| found.iter().any(|held| held.stretch == *one);
        assert!(everything.stretches.iter().flatten().all(listed), "{}", asked.query);
        told += usize::from(found.iter().any(|one| one.is_unread && !retrieval.is_unread(&one.stretch)));
        fewer += usize::from(everything.stretches.is_some_and(|all| all.len() < wanted.len()));
    }
    assert!(told > 10 && fewer > 3, "some are meant by the unread alone, some left out by them: {told}, {fewer}");
}
