//! The same answers from the definitions, pair by pair and set by set; and random queries to ask both.

use super::{Scope, Stretch, Texts, UNCODED};
use crate::query::{Distance, Field, Query, Relation, Value};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// What the definitions are asked of: texts whose words are small letters with spaces between, and no other small letters.
pub(crate) trait World {
    fn texts(&self) -> &Texts;

    fn letters(&self, text: u32) -> &str;

    fn codings(&self) -> &[Stretch];

    fn code_of(&self, coding: u32) -> u32;

    /// A code and those below it.
    fn family(&self, value: &Value) -> Vec<u32>;

    /// Whether a unit meets a condition that is neither joined nor of codings.
    fn meets(&self, query: &Query, unit: u32) -> bool;

    /// Whether a coding fits `coder:` and its like.
    fn passes(&self, query: &Query, coding: u32) -> bool;

    fn speech(&self, unit: u32) -> &str {
        let (start, end) = self.texts().unit(unit).speech;
        &self.letters(self.texts().text_of(unit))[start as usize..end as usize]
    }
}

/// The table in the module's documentation, read letter by letter.
pub(crate) struct Naive<'w>(pub &'w dyn World);

impl Naive<'_> {
    pub fn units(&self, one: &Stretch) -> BTreeSet<u32> {
        let texts = self.0.texts();
        let touches = |unit: &u32| {
            let held = texts.unit(*unit);
            texts.text_of(*unit) == one.text && held.start < one.end && one.start < held.end
        };
        (0..texts.count()).filter(touches).collect()
    }

    fn enclosing(&self, a: &Stretch, b: &Stretch) -> Option<u32> {
        let texts = self.0.texts();
        texts.units_of(a.text).find(|unit| {
            let unit = texts.unit(*unit);
            [a, b].iter().all(|one| unit.start <= one.start && one.end <= unit.end)
        })
    }

    fn time(&self, one: &Stretch) -> Option<f64> {
        let first = *self.units(one).first()?;
        let before = self.0.texts().units_of(one.text).filter(|unit| *unit <= first);
        before.rev().find_map(|unit| self.0.texts().unit(unit).time)
    }

    fn near(&self, distance: Distance, before: &Stretch, after: &Stretch) -> bool {
        let letters = self.0.letters(before.text);
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

    pub fn holds(&self, relation: Relation, a: &Stretch, b: &Stretch) -> bool {
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

    pub fn related(&self, a: &[Stretch], relation: Relation, negated: bool, b: &[Stretch]) -> Vec<Stretch> {
        let keep = |one: &&Stretch| b.iter().any(|other| self.holds(relation, one, other)) != negated;
        a.iter().filter(keep).copied().collect()
    }

    /// What two stretches of which one lies so to the other have in common, letter by letter.
    pub fn shared(&self, a: &[Stretch], relation: Relation, b: &[Stretch]) -> Vec<Stretch> {
        let pairs = a.iter().flat_map(|one| b.iter().map(move |other| (one, other)));
        let parts = pairs.filter(|(one, other)| self.holds(relation, one, other)).filter_map(|(one, other)| {
            let letters: Vec<u32> = (one.start..one.end).filter(|at| (other.start..other.end).contains(at)).collect();
            Some(Stretch { start: *letters.first()?, end: letters.last()? + 1, ..*one })
        });
        parts.collect::<BTreeSet<Stretch>>().into_iter().collect()
    }

    /// The places of the words that a query names outside NOT.
    fn meant(&self, query: &Query, units: &BTreeSet<u32>) -> Vec<Stretch> {
        let words = named(query);
        let texts = self.0.texts();
        let of_unit = |unit: &u32| {
            let (text, (start, end)) = (texts.text_of(*unit), texts.unit(*unit).speech);
            let letters = self.0.letters(text).as_bytes();
            let places = (start..end).filter(|at| words.contains(&char::from(letters[*at as usize]).to_string()));
            places.map(|at| Stretch { text, start: at, end: at + 1, coding: UNCODED }).collect::<Vec<_>>()
        };
        units.iter().flat_map(of_unit).collect()
    }
}

/// The words that a query names outside NOT.
pub(super) fn named(query: &Query) -> BTreeSet<String> {
    match query {
        Query::Word(word) => BTreeSet::from([word.text.clone()]),
        Query::And(parts) | Query::Or(parts) => parts.iter().flat_map(named).collect(),
        _ => BTreeSet::new(),
    }
}

pub(crate) fn relations() -> Vec<Relation> {
    let mut all = vec![Relation::Same, Relation::Overlaps, Relation::Within, Relation::Encloses, Relation::Touches];
    let distances = [Distance::Words(0), Distance::Words(2), Distance::Words(7), Distance::Turn, Distance::Paragraph];
    let distances = distances.into_iter().chain([Distance::Seconds(0), Distance::Seconds(30)]);
    all.extend([Relation::Precedes(None), Relation::Follows(None)]);
    for distance in distances {
        all.extend([Relation::Precedes(Some(distance)), Relation::Follows(Some(distance)), Relation::Near(distance)]);
    }
    all
}

/// Set by set, group by group.
pub(crate) fn expected(
    naive: &Naive,
    query: &Query,
    scope: Scope,
    only: &[&Query],
) -> (BTreeSet<u32>, Option<BTreeSet<Stretch>>, bool) {
    let world = naive.0;
    let spoken_of = |one: &&Stretch| only.iter().all(|test| passes(world, test, one.coding));
    let of_stretches = |stretches: BTreeSet<Stretch>| {
        let units = stretches.iter().flat_map(|one| naive.units(one)).collect();
        (units, Some(stretches), false)
    };
    let group = |unit: &u32| world.texts().group(scope, *unit);
    let place = |query: &Query| -> Vec<Stretch> {
        let (units, stretches, _) = expected(naive, query, scope, only);
        match stretches {
            Some(stretches) => stretches.into_iter().collect(),
            None if query.is_of_words() => naive.meant(query, &units),
            None => units.into_iter().map(|unit| world.texts().stretch_of(unit)).collect(),
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
            let codes = world.family(value);
            let fits = |one: &&Stretch| codes.contains(&world.code_of(one.coding)) && spoken_of(one);
            of_stretches(world.codings().iter().filter(fits).copied().collect())
        }
        Query::Field(Field::Coder | Field::Date | Field::Layer | Field::Unread, _) => {
            let fits = |one: &&Stretch| passes(world, query, one.coding) && spoken_of(one);
            of_stretches(world.codings().iter().filter(fits).copied().collect())
        }
        Query::Related { left, relation, negated, right } => {
            of_stretches(naive.related(&place(left), *relation, *negated, &place(right)).into_iter().collect())
        }
        Query::Only(inner) => {
            let Query::Field(_, value) = &**inner else { unreachable!("ONLY is put before codes here") };
            let codes = world.family(value);
            let others: Vec<Stretch> = world
                .codings()
                .iter()
                .filter(|one| !codes.contains(&world.code_of(one.coding)) && spoken_of(one))
                .copied()
                .collect();
            of_stretches(naive.related(&place(inner), Relation::Overlaps, true, &others).into_iter().collect())
        }
        Query::Not(inner) => {
            let groups: BTreeSet<u32> = expected(naive, inner, scope, only).0.iter().map(group).collect();
            ((0..world.texts().count()).filter(|unit| !groups.contains(&group(unit))).collect(), None, true)
        }
        Query::And(parts) => {
            let (qualifiers, others): (Vec<&Query>, Vec<&Query>) = parts.iter().partition(|part| part.is_qualifier());
            let only: Vec<&Query> = only.iter().copied().chain(qualifiers).collect();
            if others.is_empty() {
                let fits = |one: &&Stretch| only.iter().all(|test| passes(world, test, one.coding));
                return of_stretches(world.codings().iter().filter(fits).copied().collect());
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
        _ => ((0..world.texts().count()).filter(|unit| world.meets(query, *unit)).collect(), None, false),
    }
}

fn passes(world: &dyn World, query: &Query, coding: u32) -> bool {
    match query {
        Query::Not(inner) => !passes(world, inner, coding),
        Query::And(parts) => parts.iter().all(|part| passes(world, part, coding)),
        Query::Or(parts) => parts.iter().any(|part| passes(world, part, coding)),
        _ => world.passes(query, coding),
    }
}

/// Something that asks for one thing alone.
pub(crate) type Leaf = fn(&mut ChaCha8Rng) -> Query;

/// A random query, so deep.
pub(crate) fn random(chance: &mut ChaCha8Rng, depth: usize, leaf: Leaf) -> Query {
    if depth == 0 {
        return leaf(chance);
    }
    match chance.random_range(0..8) {
        0 | 1 => {
            let relations = relations();
            let relation = relations[chance.random_range(0..relations.len())];
            let negated = chance.random_bool(0.25);
            let (left, right) = (Box::new(random(chance, depth - 1, leaf)), Box::new(random(chance, depth - 1, leaf)));
            Query::Related { left, relation, negated, right }
        }
        2 | 3 => Query::and(vec![random(chance, depth - 1, leaf), random(chance, depth - 1, leaf)]),
        4 => Query::or(vec![random(chance, depth - 1, leaf), random(chance, depth - 1, leaf)]),
        5 => Query::Not(Box::new(random(chance, depth - 1, leaf))),
        6 => Query::AtLeast(2, (0..3).map(|_| random(chance, depth - 1, leaf)).collect()),
        _ => leaf(chance),
    }
}
