//! The same answers from the definitions, pair by pair and set by set; and random ground to ask both.

use super::{Ground, Layout, Outcome, Scope, Stretch, Texts, UNCODED, Unit, evaluate, holds, shared};
use crate::diagnostic::Result;
use crate::query::{Distance, Field, Query, Relation, Value};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::rc::Rc;

/// A made-up corpus: letters are words, `#` stands for labels, line breaks part paragraphs.
pub(crate) struct Made {
    texts: Texts,
    letters: Vec<String>,
    codings: Vec<Stretch>,
    /// By ordinal of the coding.
    codes: Vec<u32>,
    coders: Vec<u32>,
}

pub(crate) const CODES: u32 = 5;

fn whole(number: usize) -> u32 {
    u32::try_from(number).unwrap()
}

fn text_of(query: &Query) -> &str {
    match query {
        Query::Field(_, Value::Text(text)) => text,
        _ => "",
    }
}

impl Made {
    pub(crate) fn new(seed: u64, texts: u32, codings: u32) -> Made {
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        let mut made = Made {
            texts: Texts::default(),
            letters: Vec::new(),
            codings: Vec::new(),
            codes: Vec::new(),
            coders: Vec::new(),
        };
        for text in 0..texts {
            let mut letters = String::new();
            let mut units = Vec::new();
            let mut clock = 0.0;
            for _ in 0..chance.random_range(1..8) {
                let start = letters.len();
                letters.push_str("## ");
                let speech = letters.len();
                for _ in 0..chance.random_range(1..9) {
                    letters.push(char::from(chance.random_range(b'a'..b'e')));
                    letters.push(if chance.random_bool(0.2) { '\n' } else { ' ' });
                }
                letters.pop();
                clock += if chance.random_bool(0.1) { -20.0 } else { f64::from(chance.random_range(0_u32..40)) };
                units.push(Unit {
                    start: whole(start),
                    end: whole(letters.len()),
                    speech: (whole(speech), whole(letters.len())),
                    time: chance.random_bool(0.7).then_some(clock),
                    source: text / 2,
                    speaker: None,
                });
                letters.push('\n');
            }
            // Two texts are rows of one document now and then.
            made.texts.push(text / 3, units);
            made.letters.push(letters);
        }
        for coding in 0..codings {
            let text = chance.random_range(0..texts);
            let length = whole(made.letters[text as usize].len());
            for _ in 0..chance.random_range(1..3) {
                let start = chance.random_range(0..length);
                let end = chance.random_range(start + 1..=length.min(start + 12));
                let stretch = Stretch { text, start, end, coding };
                // As everywhere: a coding stands on words of some unit.
                if !made.texts.touched(&stretch).is_empty() {
                    made.codings.push(stretch);
                }
            }
            made.codes.push(chance.random_range(0..CODES));
            made.coders.push(chance.random_range(0..3));
        }
        made.codings.sort_unstable();
        made.codings.dedup();
        made
    }

    fn family(value: &Value) -> Vec<u32> {
        match value {
            Value::Text(text) if text == "*" => (0..CODES).collect(),
            Value::Text(text) if text == "a" => vec![0, 1],
            Value::Text(text) => vec![u32::from(text.as_bytes()[0] - b'a')],
            _ => vec![],
        }
    }
}

impl Layout for Made {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn words(&self, text: u32) -> Result<Rc<[(u32, u32)]>> {
        let letters = self.letters[text as usize].as_bytes();
        Ok((0..whole(letters.len()))
            .filter(|at| letters[*at as usize].is_ascii_lowercase())
            .map(|at| (at, at + 1))
            .collect())
    }

    fn paragraph(&self, text: u32, at: u32) -> Result<(u32, u32)> {
        let letters = &self.letters[text as usize];
        let start = letters[..at as usize].rfind('\n').map_or(0, |at| at + 1);
        let end = letters[at as usize..].find('\n').map_or(letters.len(), |end| at as usize + end);
        Ok((whole(start), whole(end)))
    }
}

impl Ground for Made {
    fn matching(&self, query: &Query) -> Result<Vec<u32>> {
        let is_match = |unit: &u32| match query {
            Query::All => true,
            Query::Word(word) => {
                let (start, end) = self.texts.unit(*unit).speech;
                let speech = &self.letters[self.texts.text_of(*unit) as usize][start as usize..end as usize];
                speech.split_whitespace().any(|one| one == word.text)
            }
            _ => unit.is_multiple_of(3),
        };
        Ok((0..self.texts.count()).filter(is_match).collect())
    }

    fn meant(&self, query: &Query, units: &[u32]) -> Result<Vec<Stretch>> {
        let mut all = Vec::new();
        for unit in units {
            let text = self.texts.text_of(*unit);
            let speech = self.texts.unit(*unit).speech;
            for (start, end) in self.words(text)?.iter().filter(|(start, end)| speech.0 <= *start && *end <= speech.1) {
                let word = &self.letters[text as usize][*start as usize..*end as usize];
                if matches!(query, Query::Word(sought) if sought.text == word) {
                    all.push(Stretch { text, start: *start, end: *end, coding: UNCODED });
                }
            }
        }
        Ok(all)
    }

    fn codes(&self, value: &Value) -> Result<Vec<u32>> {
        Ok(Made::family(value))
    }

    fn codings(&self) -> &[Stretch] {
        &self.codings
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.codes[coding as usize]
    }

    fn fits(&self, query: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>> {
        let coder = u32::from(text_of(query).as_bytes()[0] - b'a');
        Ok(Box::new(move |coding| self.coders[coding as usize] == coder))
    }
}

/// The table in the module's documentation, read letter by letter.
struct Naive<'m>(&'m Made);

impl Naive<'_> {
    fn units(&self, one: &Stretch) -> BTreeSet<u32> {
        let texts = &self.0.texts;
        let touches = |unit: &u32| {
            let held = texts.unit(*unit);
            texts.text_of(*unit) == one.text && held.start < one.end && one.start < held.end
        };
        (0..texts.count()).filter(touches).collect()
    }

    fn enclosing(&self, a: &Stretch, b: &Stretch) -> Option<u32> {
        let texts = &self.0.texts;
        texts.units_of(a.text).find(|unit| {
            let unit = texts.unit(*unit);
            [a, b].iter().all(|one| unit.start <= one.start && one.end <= unit.end)
        })
    }

    fn time(&self, one: &Stretch) -> Option<f64> {
        let first = *self.units(one).first()?;
        let before = self.0.texts.units_of(one.text).filter(|unit| *unit <= first);
        before.rev().find_map(|unit| self.0.texts.unit(unit).time)
    }

    fn near(&self, distance: Distance, before: &Stretch, after: &Stretch) -> bool {
        let letters = &self.0.letters[before.text as usize];
        match distance {
            Distance::Words(most) => {
                let between = &letters.as_bytes()[before.end as usize..after.start as usize];
                between.iter().filter(|letter| letter.is_ascii_lowercase()).count() <= most
            }
            Distance::Turn => self.enclosing(before, after).is_some(),
            Distance::Paragraph => {
                let whole = &letters[before.start as usize..after.end as usize];
                self.enclosing(before, after).is_some() && !whole.contains('\n')
            }
            Distance::Seconds(most) => match (self.time(before), self.time(after)) {
                (Some(one), Some(other)) => (one - other).abs() <= most as f64,
                _ => false,
            },
        }
    }

    fn holds(&self, relation: Relation, a: &Stretch, b: &Stretch) -> bool {
        let itself = a.coding == b.coding && (a.coding != UNCODED || a == b);
        let (at, to) = (a.start..a.end, b.start..b.end);
        let precedes = |one: &Stretch, other: &Stretch, distance: Option<Distance>| {
            one.end <= other.start && distance.is_none_or(|distance| self.near(distance, one, other))
        };
        a.text == b.text
            && !itself
            && match relation {
                Relation::Same => at == to,
                Relation::Overlaps => at.clone().any(|byte| to.contains(&byte)),
                Relation::Within => at.clone().all(|byte| to.contains(&byte)),
                Relation::Encloses => to.clone().all(|byte| at.contains(&byte)),
                Relation::Touches => {
                    precedes(a, b, Some(Distance::Words(0))) || precedes(b, a, Some(Distance::Words(0)))
                }
                Relation::Precedes(distance) => precedes(a, b, distance),
                Relation::Follows(distance) => precedes(b, a, distance),
                Relation::Near(distance) => {
                    at.clone().any(|byte| to.contains(&byte))
                        || precedes(a, b, Some(distance))
                        || precedes(b, a, Some(distance))
                }
            }
    }

    fn related(&self, a: &[Stretch], relation: Relation, negated: bool, b: &[Stretch]) -> Vec<Stretch> {
        let keep = |one: &&Stretch| b.iter().any(|other| self.holds(relation, one, other)) != negated;
        a.iter().filter(keep).copied().collect()
    }
}

/// The first stretch that is in one and not in the other says more than both lists.
fn same(found: &[Stretch], expected: &[Stretch], of: impl std::fmt::Display) {
    let differs =
        found.iter().filter(|one| !expected.contains(one)).chain(expected.iter().filter(|one| !found.contains(one)));
    assert_eq!(differs.collect::<Vec<_>>().first(), None, "{of}");
    assert_eq!(found.len(), expected.len(), "{of}");
}

fn relations() -> Vec<Relation> {
    let mut all = vec![Relation::Same, Relation::Overlaps, Relation::Within, Relation::Encloses, Relation::Touches];
    let distances = [Distance::Words(0), Distance::Words(2), Distance::Words(7), Distance::Turn, Distance::Paragraph];
    let distances = distances.into_iter().chain([Distance::Seconds(0), Distance::Seconds(30)]);
    all.extend([Relation::Precedes(None), Relation::Follows(None)]);
    for distance in distances {
        all.extend([Relation::Precedes(Some(distance)), Relation::Follows(Some(distance)), Relation::Near(distance)]);
    }
    all
}

#[test]
fn every_relation_is_what_its_definition_says_over_10_000_codings() {
    let made = Made::new(1, 400, 10_000);
    let naive = Naive(&made);
    let of = |code: u32| -> Vec<Stretch> {
        made.codings.iter().filter(|one| made.codes[one.coding as usize] == code).copied().collect()
    };
    let (a, b) = (of(0), of(1));
    let in_text =
        |all: &[Stretch], text: u32| -> Vec<Stretch> { all.iter().filter(|one| one.text == text).copied().collect() };
    for relation in relations() {
        let found = super::relate::related(&made, &a, relation, false, &b).unwrap();
        let expected: Vec<Stretch> =
            (0..400).flat_map(|text| naive.related(&in_text(&a, text), relation, false, &in_text(&b, text))).collect();
        same(&found, &expected, relation);
        assert!(!found.is_empty() && found.len() < a.len(), "{relation} is put to the test");
        let none = super::relate::related(&made, &a, relation, true, &b).unwrap();
        assert_eq!(found.len() + none.len(), a.len());
    }
}

#[test]
fn a_coding_does_not_lie_to_itself_and_pairs_agree_with_sweeps() {
    for seed in 2..40 {
        let made = Made::new(seed, 4, 40);
        let naive = Naive(&made);
        for relation in relations() {
            let found = super::relate::related(&made, &made.codings, relation, false, &made.codings).unwrap();
            same(&found, &naive.related(&made.codings, relation, false, &made.codings), relation);
            for (a, b) in made.codings.iter().zip(made.codings.iter().skip(7)) {
                assert_eq!(
                    holds(&made, relation, a, b).unwrap(),
                    naive.holds(relation, a, b),
                    "{relation} {a:?} {b:?}"
                );
            }
        }
    }
}

#[test]
fn shared_parts_are_those_of_every_pair() {
    for seed in 50..80 {
        let made = Made::new(seed, 3, 30);
        let (a, b): (Vec<Stretch>, Vec<Stretch>) = made.codings.iter().partition(|one| one.coding % 2 == 0);
        let mut expected: Vec<Stretch> = a
            .iter()
            .flat_map(|one| b.iter().map(move |other| (one, other)))
            .filter(|(one, other)| one.text == other.text)
            .map(|(one, other)| Stretch { start: one.start.max(other.start), end: one.end.min(other.end), ..*one })
            .filter(|part| part.start < part.end)
            .collect();
        expected.sort_unstable();
        expected.dedup();
        assert_eq!(shared(&a, &b), expected);
    }
}

/// Set by set, group by group.
fn expected(
    naive: &Naive,
    query: &Query,
    scope: Scope,
    only: &[&Query],
) -> (BTreeSet<u32>, Option<BTreeSet<Stretch>>, bool) {
    let made = naive.0;
    let spoken_of = |one: &&Stretch| only.iter().all(|test| passes(made, test, one.coding));
    let of_stretches = |stretches: BTreeSet<Stretch>| {
        let units = stretches.iter().flat_map(|one| naive.units(one)).collect();
        (units, Some(stretches), false)
    };
    let group = |unit: &u32| made.texts.group(scope, *unit);
    let place = |query: &Query| -> Vec<Stretch> {
        let (units, stretches, _) = expected(naive, query, scope, only);
        match stretches {
            Some(stretches) => stretches.into_iter().collect(),
            None if query.is_of_words() => made.meant(query, &units.into_iter().collect::<Vec<_>>()).unwrap(),
            None => units.into_iter().map(|unit| made.texts.stretch_of(unit)).collect(),
        }
    };
    let joined = |parts: &[&Query], number: usize, only: &[&Query]| {
        let all: Vec<_> = parts.iter().map(|part| expected(naive, part, scope, only)).collect();
        let groups: Vec<BTreeSet<u32>> = all.iter().map(|(units, ..)| units.iter().map(group).collect()).collect();
        let is_in = |unit: &u32| groups.iter().filter(|one| one.contains(&group(unit))).count() >= number;
        let denies = all.iter().all(|(.., denies)| *denies);
        let said: Vec<_> = all.iter().filter(|(.., denied)| denies || !denied).collect();
        if said.iter().any(|(_, stretches, _)| stretches.is_some()) {
            let stretches = said.iter().filter_map(|(_, stretches, _)| stretches.as_ref()).flatten();
            let (units, stretches, _) =
                of_stretches(stretches.filter(|one| naive.units(one).iter().any(is_in)).copied().collect());
            return (units, stretches, false);
        }
        (said.iter().flat_map(|(units, ..)| units).filter(|unit| is_in(unit)).copied().collect(), None, denies)
    };
    match query {
        Query::Field(Field::Code, value) => {
            let codes = Made::family(value);
            let fits = |one: &&Stretch| codes.contains(&made.codes[one.coding as usize]) && spoken_of(one);
            of_stretches(made.codings.iter().filter(fits).copied().collect())
        }
        Query::Field(Field::Coder, _) => {
            let fits = |one: &&Stretch| passes(made, query, one.coding) && spoken_of(one);
            of_stretches(made.codings.iter().filter(fits).copied().collect())
        }
        Query::Related { left, relation, negated, right } => {
            of_stretches(naive.related(&place(left), *relation, *negated, &place(right)).into_iter().collect())
        }
        Query::Only(inner) => {
            let Query::Field(_, value) = &**inner else { unreachable!("ONLY is put before codes here") };
            let codes = Made::family(value);
            let others: Vec<Stretch> = made
                .codings
                .iter()
                .filter(|one| !codes.contains(&made.codes[one.coding as usize]) && spoken_of(one))
                .copied()
                .collect();
            of_stretches(naive.related(&place(inner), Relation::Overlaps, true, &others).into_iter().collect())
        }
        Query::Not(inner) => {
            let groups: BTreeSet<u32> = expected(naive, inner, scope, only).0.iter().map(group).collect();
            ((0..made.texts.count()).filter(|unit| !groups.contains(&group(unit))).collect(), None, true)
        }
        Query::And(parts) => {
            let (qualifiers, others): (Vec<&Query>, Vec<&Query>) = parts.iter().partition(|part| part.is_qualifier());
            let only: Vec<&Query> = only.iter().copied().chain(qualifiers).collect();
            if others.is_empty() {
                let fits = |one: &&Stretch| only.iter().all(|test| passes(made, test, one.coding));
                return of_stretches(made.codings.iter().filter(fits).copied().collect());
            }
            joined(&others, others.len(), &only)
        }
        Query::AtLeast(number, parts) => joined(&parts.iter().collect::<Vec<_>>(), *number, only),
        Query::Or(parts) => {
            let all: Vec<_> = parts.iter().map(|part| expected(naive, part, scope, only)).collect();
            if all.iter().all(|(_, stretches, _)| stretches.is_none()) {
                return (all.into_iter().flat_map(|(units, ..)| units).collect(), None, false);
            }
            of_stretches(parts.iter().flat_map(place).collect())
        }
        _ => (made.matching(query).unwrap().into_iter().collect(), None, false),
    }
}

fn passes(made: &Made, query: &Query, coding: u32) -> bool {
    match query {
        Query::Not(inner) => !passes(made, inner, coding),
        Query::And(parts) => parts.iter().all(|part| passes(made, part, coding)),
        Query::Or(parts) => parts.iter().any(|part| passes(made, part, coding)),
        _ => made.coders[coding as usize] == u32::from(text_of(query).as_bytes()[0] - b'a'),
    }
}

/// A random query, so deep.
fn random(chance: &mut ChaCha8Rng, depth: usize) -> Query {
    if depth == 0 {
        return leaf(chance);
    }
    match chance.random_range(0..8) {
        0 | 1 => {
            let relations = relations();
            let relation = relations[chance.random_range(0..relations.len())];
            let negated = chance.random_bool(0.25);
            let (left, right) = (Box::new(random(chance, depth - 1)), Box::new(random(chance, depth - 1)));
            Query::Related { left, relation, negated, right }
        }
        2 | 3 => Query::and(vec![random(chance, depth - 1), random(chance, depth - 1)]),
        4 => Query::or(vec![random(chance, depth - 1), random(chance, depth - 1)]),
        5 => Query::Not(Box::new(random(chance, depth - 1))),
        6 => Query::AtLeast(2, (0..3).map(|_| random(chance, depth - 1)).collect()),
        _ => leaf(chance),
    }
}

fn leaf(chance: &mut ChaCha8Rng) -> Query {
    let letter = ["a", "b", "c", "d", "e"][chance.random_range(0..5)];
    let text = match chance.random_range(0..10) {
        0 | 1 => letter.to_owned(),
        2 => "kind:x".to_owned(),
        3 => "*".to_owned(),
        4 => format!("coder:{}", ["a", "b", "c"][chance.random_range(0..3)]),
        5 => format!("ONLY code:{letter}"),
        _ => format!("code:{letter}"),
    };
    Query::parse(&text).unwrap()
}

#[test]
fn whole_queries_mean_what_their_definitions_say() {
    let mut chance = ChaCha8Rng::seed_from_u64(3);
    let mut told = 0;
    for round in 0..300 {
        let made = Made::new(1000 + round, 6, 40);
        let query = random(&mut chance, 1 + usize::try_from(round % 3).unwrap());
        for scope in Scope::ALL {
            let Outcome { units, stretches } = evaluate(&made, &query, *scope).unwrap();
            let (naive_units, naive_stretches, _) = expected(&Naive(&made), &query, *scope, &[]);
            assert_eq!(stretches.is_some(), naive_stretches.is_some(), "{query} by {scope}");
            let naive_stretches: Vec<Stretch> = naive_stretches.into_iter().flatten().collect();
            same(&stretches.unwrap_or_default(), &naive_stretches, format!("{query} by {scope}"));
            assert_eq!(units, naive_units.into_iter().collect::<Vec<_>>(), "{query} by {scope}");
            told += usize::from(!units.is_empty() && whole(units.len()) < made.texts.count());
        }
    }
    assert!(told > 300, "most of the answers are neither nothing nor everything: {told}");
}

/// Sets of 500 codings: every operator is asked of each, so that it sees 10,000.
const SETS: u64 = 20;

fn set(round: u64) -> Made {
    Made::new(5000 + round, 24, 500)
}

/// Gives how many units it finds.
fn ask(made: &Made, typed: &str, scope: Scope) -> usize {
    let query = Query::parse(typed).unwrap();
    let Outcome { units, stretches } = evaluate(made, &query, scope).unwrap();
    let (naive_units, naive_stretches, _) = expected(&Naive(made), &query, scope, &[]);
    let naive_stretches: Vec<Stretch> = naive_stretches.into_iter().flatten().collect();
    same(&stretches.unwrap_or_default(), &naive_stretches, format!("{typed} by {scope}"));
    assert_eq!(units, naive_units.into_iter().collect::<Vec<_>>(), "{typed} by {scope}");
    units.len()
}

#[test]
fn every_operator_that_joins_means_what_its_definition_says_over_10_000_codings() {
    let queries = [
        "code:a AND code:c",
        "code:b AND d",
        "code:b OR code:d",
        "code:b OR a",
        "NOT code:a",
        "code:b AND NOT code:c",
        "code:b AND coder:a",
        "code:b AND NOT coder:a",
        "ONLY code:a",
        "ONLY code:c AND a",
        "ATLEAST/2(code:b code:c d)",
        "ATLEAST/3(code:* code:c NOT code:e code:d)",
    ];
    let mut found = vec![0; queries.len()];
    for round in 0..SETS {
        let made = set(round);
        assert!(made.codes.len() >= 500);
        for (typed, found) in queries.iter().zip(&mut found) {
            let scope = Scope::ALL[usize::try_from(round).unwrap() % Scope::ALL.len()];
            *found += ask(&made, typed, scope);
        }
    }
    assert!(found.iter().all(|found| *found > 20), "{found:?}");
}

#[test]
fn every_relation_to_words_and_places_means_what_its_definition_says_over_10_000_codings() {
    let shapes = ["a R code:c", "code:b R d", "b NOT R code:c", "code:d NOT R (a OR c)", "kind:x R code:a", "a R c"];
    let mut found = vec![0; relations().len()];
    for round in 0..SETS {
        let made = set(round);
        for (at, relation) in relations().into_iter().enumerate() {
            let shape = shapes[(at + usize::try_from(round).unwrap()) % shapes.len()];
            found[at] += ask(&made, &shape.replace(" R ", &format!(" {relation} ")), Scope::Unit);
        }
    }
    assert!(found.iter().all(|found| *found > 20), "{found:?}");
}
