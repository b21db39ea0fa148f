//! Grids made by hand, and the counts against those of somebody who goes through every pair by itself.

use super::sample::{bears, blank, component, drive, driver, meets, need, statement};
use super::*;
use crate::evidence::Stance as Side;
use crate::hypothesis::Editorial;
use crate::link::LinkKind;
use crate::link::sample::link;
use proptest::prelude::*;

fn needs(synthesis: &Synthesis) -> Grid<'_, Need> {
    Grid::of(synthesis)
}

fn footings(synthesis: &Synthesis) -> Vec<Footing> {
    needs(synthesis).ties().map(|(.., cell)| cell.footing()).collect()
}

fn doubts(synthesis: &Synthesis) -> Vec<Option<Doubt>> {
    needs(synthesis).gaps().iter().map(|gap| gap.about.map(|(_, doubt)| doubt)).collect()
}

#[test]
fn what_is_unmet_and_what_meets_nothing_are_named() {
    let mut all = blank(3, 3, 1);
    meets(&mut all, 0, 0, &[0]);
    meets(&mut all, 0, 1, &[]);
    meets(&mut all, 1, 1, &[]);
    let grid = needs(&all);
    assert_eq!(grid.untied().iter().map(|one| one.id).collect::<Vec<_>>(), [need(2)]);
    assert_eq!(grid.components_without().iter().map(|one| one.id).collect::<Vec<_>>(), [component(2)]);
    assert_eq!(grid.only_claimed().iter().map(|one| one.id).collect::<Vec<_>>(), [need(1)]);
    assert_eq!(grid.of_row(0), Count { ties: 2, explained: 1, disputed: 0, unexplained: 1 });
    assert_eq!(grid.of_component(1).in_words(), "0 of 2 explained");
    assert_eq!(grid.of_component(2).in_words(), "none");
    let said: Vec<String> = grid.gaps().iter().map(|gap| gap.in_words(&all)).collect();
    assert_eq!(said[1], "W1.gj and K2.gj Component 1: nothing explains how yet");
    assert_eq!(said[0], "W1.gj and K1.gj Component 0, H1.gj: there is no evidence for it yet");
}

#[test]
fn a_tie_is_disputed_only_where_every_statement_is() {
    let mut all = blank(1, 1, 3);
    bears(&mut all, 0, 0, Side::Supports);
    bears(&mut all, 1, 0, Side::Refutes);
    bears(&mut all, 2, 1, Side::Refutes);
    bears(&mut all, 3, 2, Side::Supports);
    meets(&mut all, 0, 0, &[0, 1]);
    assert_eq!(footings(&all), [Footing::Disputed]);
    assert_eq!(doubts(&all), [Some(Doubt::Contested), Some(Doubt::CounterEvidenceOnly)]);
    meets(&mut all, 0, 0, &[0, 1, 2]);
    assert_eq!(footings(&all), [Footing::Explained], "one of them is not contested");
    all.hypotheses.get_mut(&statement(2)).unwrap().status = Editorial::Rejected;
    assert_eq!(footings(&all), [Footing::Disputed], "what was given up explains nothing");
    meets(&mut all, 0, 0, &[2]);
    assert_eq!(footings(&all), [Footing::Unexplained]);
    assert_eq!(doubts(&all), [Some(Doubt::NotStanding)]);
}

#[test]
fn a_statement_of_another_component_explains_and_is_doubted() {
    let mut all = blank(1, 2, 1);
    bears(&mut all, 0, 0, Side::Supports);
    meets(&mut all, 0, 1, &[0]);
    assert_eq!((footings(&all), doubts(&all)), (vec![Footing::Explained], vec![Some(Doubt::OtherComponent)]));
}

#[test]
fn what_was_merged_is_seen_as_the_one_that_speaks_for_it_and_what_was_superseded_names_its_heirs() {
    let mut all = blank(2, 1, 3);
    bears(&mut all, 0, 1, Side::Supports);
    all.hypotheses.get_mut(&statement(0)).unwrap().status = Editorial::Merged;
    let merged = link(statement(0), LinkKind::MergedInto, statement(1));
    all.links.insert(merged.id, merged);
    meets(&mut all, 0, 0, &[0, 1]);
    let grid = needs(&all);
    let cell = grid.cells[0][0].as_ref().unwrap();
    assert_eq!(cell.reasons.iter().map(|reason| reason.statement.id).collect::<Vec<_>>(), [statement(1)], "once");
    assert_eq!(doubts(&all), []);
    all.hypotheses.get_mut(&statement(1)).unwrap().status = Editorial::Superseded;
    let anew = link(statement(2), LinkKind::Refines, statement(1));
    all.links.insert(anew.id, anew);
    let grid = needs(&all);
    assert_eq!(grid.cells[0][0].as_ref().unwrap().reasons[0].heirs, [statement(2)]);
    assert_eq!(footings(&all), [Footing::Unexplained]);
}

#[test]
fn what_is_retired_is_left_out_and_counted() {
    let mut all = blank(2, 2, 1);
    meets(&mut all, 0, 0, &[0]);
    meets(&mut all, 1, 0, &[0]);
    meets(&mut all, 1, 1, &[0]);
    all.needs.get_mut(&need(0)).unwrap().retired = true;
    all.components.get_mut(&component(1)).unwrap().retired = true;
    let grid = needs(&all);
    assert_eq!((grid.rows.len(), grid.retired, grid.components.len(), grid.everything().ties), (1, 1, 1, 1));
    assert_eq!(grid.astray.iter().map(|(row, to)| (row.id, *to)).collect::<Vec<_>>(), [(need(1), component(1))]);
}

#[test]
fn conflicts_are_told_apart_and_a_driver_nothing_answers_to_is_named() {
    let mut all = blank(0, 2, 1);
    drive(&mut all, 0, &[(0, Stance::AlignedWith, &[0]), (1, Stance::ConflictsWith, &[])]);
    drive(&mut all, 1, &[]);
    let grid = Grid::<Policy>::of(&all);
    let conflicts: Vec<Id> = grid.of_stance(Stance::ConflictsWith).map(|(_, component, _)| component.id).collect();
    assert_eq!(conflicts, [component(1)]);
    assert_eq!(grid.untied().iter().map(|one| one.id).collect::<Vec<_>>(), [driver(1)]);
    assert_eq!(grid.of_row(0), Count { ties: 2, explained: 1, disputed: 0, unexplained: 1 });
}

#[test]
fn a_figure_needs_a_source_that_is_here_and_a_date() {
    let mut all = blank(1, 0, 0);
    let lacks = |all: &Synthesis| gaps::lacks(all, &all.needs[&need(0)]);
    assert!(lacks(&all).is_empty(), "there is no figure");
    let held = all.needs.get_mut(&need(0)).unwrap();
    (held.value, held.source) = (Some("18 weeks".to_owned()), Some(Id::derived([b"gone".as_slice()])));
    assert_eq!(lacks(&all), [Lack::Source, Lack::Date]);
    assert_eq!(gaps::lacks_in_words(&all, &all.needs[&need(0)]).unwrap(), "its figure has no source and no date");
}

/// A tie: need, component, statements.
type Tying = (usize, usize, Vec<usize>);

proptest! {
    /// Against somebody who asks of every need and component, statement by statement.
    #[test]
    fn counts_are_those_of_going_through_every_pair(
        ties in prop::collection::vec((0usize..4, 0usize..4, prop::collection::vec(0usize..5, 0..3)), 0..12),
        evidence in prop::collection::vec((0usize..5, any::<bool>()), 0..10),
        given_up in prop::collection::btree_set(0usize..5, 0..3),
        retired in prop::collection::btree_set(0usize..4, 0..2),
    ) {
        let mut all = blank(4, 4, 5);
        let mut last: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (of, to, statements) in &ties as &Vec<Tying> {
            meets(&mut all, *of, *to, statements);
            last.insert((*of, *to), statements.clone());
        }
        for (n, (on, is_for)) in evidence.iter().enumerate() {
            bears(&mut all, n, *on, if *is_for { Side::Supports } else { Side::Refutes });
        }
        for n in &given_up {
            all.hypotheses.get_mut(&statement(*n)).unwrap().status = Editorial::Rejected;
        }
        for n in &retired {
            all.needs.get_mut(&need(*n)).unwrap().retired = true;
        }
        let grid = needs(&all);
        let mut naive = Count::default();
        for ((of, _), statements) in &last {
            if retired.contains(of) {
                continue;
            }
            naive.ties += 1;
            let standing: Vec<&usize> = statements.iter().filter(|n| !given_up.contains(*n)).collect();
            let refuted = |n: &usize| evidence.iter().any(|(on, is_for)| on == n && !is_for);
            if standing.is_empty() {
                naive.unexplained += 1;
            } else if standing.iter().all(|n| refuted(n)) {
                naive.disputed += 1;
            } else {
                naive.explained += 1;
            }
        }
        prop_assert_eq!(grid.everything(), naive);
        let by_row: usize = (0..grid.rows.len()).map(|at| grid.of_row(at).ties).sum();
        let by_component: usize = (0..4).map(|at| grid.of_component(at).ties).sum();
        prop_assert_eq!((by_row, by_component), (naive.ties, naive.ties));
        let unmet = (0..4).filter(|n| !retired.contains(n) && !last.keys().any(|(of, _)| of == n)).count();
        prop_assert_eq!(grid.untied().len(), unmet);
        let free = (0..4).filter(|n| !last.keys().any(|(of, to)| to == n && !retired.contains(of))).count();
        prop_assert_eq!(grid.components_without().len(), free);
    }
}
