//! Every number against its definition: cells against the queries beside them, pairs and places one by one.

use super::across::across;
use super::asked::{Bounds, Counted};
use super::grid::Rows;
use super::together::{Together, in_places, overlapping};
use crate::query::Query;
use crate::retrieve::made::{CODES, Made};
use crate::retrieve::{Ground, Layout, Scope, Stretch, evaluate};
use std::collections::BTreeSet;

/// The made-up ground knows five codes; `code:a` has `code:b` below it.
fn rows() -> Rows {
    Rows::new((0..CODES as usize).map(|code| if code == 1 { vec![0, 1] } else { vec![code] }).collect())
}

fn code(row: usize) -> Query {
    Query::parse(["code:a", "code:b", "code:c", "code:d", "code:e"][row]).unwrap()
}

const BOUNDS: [&str; 7] = [
    "",
    "coder:a",
    "kind:x",
    "a AND NOT coder:b",
    "code:c OVERLAPS code:d",
    "(code:c OR b) AND coder:a",
    "NOT code:e AND kind:x",
];

fn bounds() -> impl Iterator<Item = (&'static str, Bounds)> {
    BOUNDS.into_iter().map(|text| {
        let query = Some(text).filter(|text| !text.is_empty()).map(|text| Query::parse(text).unwrap());
        (text, Bounds::new(query.as_ref()))
    })
}

fn total(made: &Made, query: &Query, scope: Scope) -> usize {
    // As it is typed, so that what is printed is what is meant.
    let typed = Query::parse(&query.to_string()).unwrap();
    assert_eq!(typed, *query);
    evaluate(made, &typed, scope).unwrap().stretches.map_or(0, |stretches| stretches.len())
}

#[test]
fn every_cell_is_the_number_of_quotations_its_query_lists() {
    let (mut cells, mut told) = (0, BTreeSet::new());
    for seed in 0..12 {
        let made = Made::new(500 + seed, 12, 120);
        for (text, bounds) in bounds() {
            for scope in [None, Some(Scope::Unit), Some(Scope::Document), Some(Scope::Source)] {
                let within = scope.unwrap_or(Scope::Unit);
                let Counted { stretches, inside } = bounds.counted(&made, within).unwrap();
                let matrix = match scope {
                    None => overlapping(&made, &stretches, &rows()),
                    Some(scope) => in_places(&made, &stretches, &rows(), scope, &inside),
                };
                for row in 0..CODES as usize {
                    assert_eq!(matrix.quotations[row], total(&made, &bounds.each(&code(row)), within), "{text}");
                    for column in 0..CODES as usize {
                        let query = match scope {
                            None => bounds.overlapping(&code(row), &code(column)),
                            Some(_) => bounds.in_places(&code(row), &code(column)),
                        };
                        assert_eq!(matrix.meeting.at(row, column), total(&made, &query, within), "{query} {scope:?}");
                        cells += 1;
                        told.insert(matrix.meeting.at(row, column));
                    }
                }
            }
        }
    }
    assert!(cells > 5_000 && told.len() > 20, "{cells} cells, {told:?}");
}

fn is_in(row: usize, made: &Made, one: &Stretch) -> bool {
    rows().of(made.code_of(one.coding)).contains(&row)
}

#[test]
fn pairs_and_places_are_those_counted_one_by_one() {
    for seed in 0..20 {
        let made = Made::new(900 + seed, 5, 60);
        let all = made.codings();
        let pairs = overlapping(&made, all, &rows());
        for row in 0..CODES as usize {
            for column in 0..CODES as usize {
                let is_pair = |one: &Stretch, other: &Stretch| {
                    one.text == other.text
                        && one.coding != other.coding
                        && one.start < other.end
                        && other.start < one.end
                        && (is_in(row, &made, one) && is_in(column, &made, other)
                            || is_in(column, &made, one) && is_in(row, &made, other))
                };
                let expected = all
                    .iter()
                    .enumerate()
                    .map(|(at, one)| all[at + 1..].iter().filter(|other| is_pair(one, other)).count())
                    .sum::<usize>();
                assert_eq!(pairs.together.at(row, column), expected);
            }
        }
        for scope in Scope::ALL {
            let groups = made.texts().groups(*scope);
            let places = in_places(&made, all, &rows(), *scope, &vec![true; groups]);
            let of = |row: usize| -> BTreeSet<u32> {
                let own = all.iter().filter(|one| is_in(row, &made, one));
                own.flat_map(|one| made.texts().touched(one)).map(|unit| made.texts().group(*scope, unit)).collect()
            };
            for row in 0..CODES as usize {
                assert_eq!(places.held[row], of(row).len());
                for column in 0..CODES as usize {
                    let both = of(row).intersection(&of(column)).count();
                    assert_eq!(places.together.at(row, column), both);
                    let either = of(row).union(&of(column)).count();
                    match places.coefficient(row, column) {
                        None => assert_eq!(row, column),
                        Some(c) if either == 0 => assert!(c.value.is_err()),
                        Some(c) => assert!((c.value.unwrap() - both as f64 / either as f64).abs() < 1e-12),
                    }
                }
            }
        }
    }
}

#[test]
fn ten_thousand_codings_meet_as_their_queries_say() {
    let made = Made::new(77, 400, 10_000);
    let bounds = Bounds::default();
    let Counted { stretches, .. } = bounds.counted(&made, Scope::Unit).unwrap();
    let matrix: Together = overlapping(&made, &stretches, &rows());
    for row in 0..CODES as usize {
        for column in 0..CODES as usize {
            let query = bounds.overlapping(&code(row), &code(column));
            assert_eq!(matrix.meeting.at(row, column), total(&made, &query, Scope::Unit), "{query}");
        }
    }
}

#[test]
fn ten_thousand_codings_stand_in_one_place_as_their_queries_say() {
    let made = Made::new(78, 400, 10_000);
    let bounds = Bounds::default();
    for scope in Scope::ALL {
        let Counted { stretches, inside } = bounds.counted(&made, *scope).unwrap();
        let matrix = in_places(&made, &stretches, &rows(), *scope, &inside);
        for row in 0..CODES as usize {
            for column in (0..CODES as usize).step_by(2) {
                let query = bounds.in_places(&code(row), &code(column));
                assert_eq!(matrix.meeting.at(row, column), total(&made, &query, *scope), "{query} {scope}");
            }
        }
    }
}

#[test]
fn ten_thousand_codings_are_their_coders_as_their_queries_say() {
    let made = Made::new(79, 400, 10_000);
    let bounds = Bounds::default();
    let Counted { stretches, .. } = bounds.counted(&made, Scope::Unit).unwrap();
    let coder = |name: &str| Query::parse(&format!("coder:{name}")).unwrap();
    let coders = ["a", "b", "c"].map(coder);
    let tests: Vec<_> = coders.iter().map(|one| made.fits(one).unwrap()).collect();
    let of = |one: &Stretch| (0..tests.len()).filter(|at| tests[*at](one.coding)).collect::<Vec<usize>>();
    let columns: Vec<Vec<usize>> = stretches.iter().map(of).collect();
    let matrix = across(&made, &stretches, &rows(), (&columns, coders.len()));
    for row in 0..CODES as usize {
        for (column, coder) in coders.iter().enumerate() {
            let query = bounds.across(&code(row), coder);
            assert_eq!(matrix.cells.at(row, column), total(&made, &query, Scope::Unit), "{query}");
        }
    }
}

#[test]
fn a_coefficient_that_leaves_its_range_is_none() {
    let with = |held: [usize; 2], both: usize| {
        let mut together = super::Grid::new(2, 2);
        together.set(0, 1, both);
        let meeting = super::Grid::new(2, 2);
        Together { quotations: held.to_vec(), held: held.to_vec(), meeting, together }.coefficient(0, 1).unwrap()
    };
    assert_eq!(with([5, 4], 3).value, Ok(0.5));
    assert_eq!(with([3, 3], 9).value, Err("more pairs than quotations"));
    assert_eq!(with([3, 3], 4).value, Err("more pairs than quotations"));
    assert_eq!(with([0, 0], 0).value, Err("neither code occurs"));
    assert!(with([11, 2], 1).is_uneven && !with([10, 2], 1).is_uneven);
}
