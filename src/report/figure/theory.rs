//! The programme theory: components with their statements by standing, and what the components hand on to each other.

use super::zoomed::{component, framed, handovers, heading};
use super::{FROM_AFAR, View, in_words, is_far, look_of, part_of, settled, told};
use crate::evidence::{Evidential, Standing};
use crate::hypothesis::{Editorial, Hypothesis};
use crate::id::Id;
use crate::picture::figure::Inside;
use crate::picture::{Arrow, Figure, Item, Shape};
use crate::report::block::count_of;
use crate::report::standings::{agreement, test};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use std::collections::{BTreeMap, BTreeSet};

pub fn theory(synthesis: &Synthesis, view: &View) -> Figure {
    let standings = synthesis.standings();
    let mut notes = Vec::new();
    let kept = listed(told(synthesis, view, &standings), &mut notes);
    let is_collapsed = is_far(view, kept.len());
    if is_collapsed && view.zoom.is_none() {
        notes.push(format!("{} counted by the standing of their evidence.", count_of(kept.len(), "statement")));
        notes.push(FROM_AFAR.to_owned());
    }
    let components: Vec<Id> = synthesis.components_in_order().into_iter().map(|one| one.id).collect();
    let mut arrows = handovers(synthesis, &components, &kept, view.at_least.min(1));
    let mut items: Vec<Item> = components
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let is_open = !is_collapsed && view.component.is_none_or(|one| one == *id);
            if is_open {
                open(synthesis, &standings, &kept, Some(*id), at)
            } else {
                component(synthesis, &standings, &kept, Some(*id), at)
            }
        })
        .collect();
    if let Some(only) = view.component.and_then(|id| components.iter().position(|one| *one == id)) {
        keep_neighbours(&mut items, &mut arrows, only);
    }
    if view.component.is_none() && kept.iter().any(|one| one.component.is_none()) {
        let at = items.len();
        items.push(if is_collapsed {
            component(synthesis, &standings, &kept, None, at)
        } else {
            open(synthesis, &standings, &kept, None, at)
        });
    }
    Figure {
        key: "theory".to_owned(),
        title: format!("{}: programme theory{}", synthesis.settings.title, part_of(synthesis, view)),
        description: format!(
            "{} of {}, each with its evidential standing, counted by independent source. An arrow says that what comes out of one component is a context or resource in the other.",
            count_of(kept.len(), "statement"),
            count_of(components.len(), "component"),
        ),
        table: table(synthesis, view, &standings, &kept),
        items,
        arrows,
        shape: Shape::Network,
        notes,
    }
}

/// The statements of a programme theory: those that are active. Before the first is, what there is, which is said.
fn listed<'s>(told: Vec<&'s Hypothesis>, notes: &mut Vec<String>) -> Vec<&'s Hypothesis> {
    let (active, others): (Vec<&Hypothesis>, Vec<&Hypothesis>) =
        told.into_iter().partition(|one| one.status == Editorial::Active);
    if active.is_empty() && !others.is_empty() {
        notes.push("No statement is active yet: drafts and screened ones are drawn.".to_owned());
        return others;
    }
    if !others.is_empty() {
        notes.push(format!(
            "{} not active yet: no part of the theory, and not drawn.",
            count_of(others.len(), "statement")
        ));
    }
    active
}

fn open(
    synthesis: &Synthesis,
    standings: &BTreeMap<Id, Standing>,
    kept: &[&Hypothesis],
    id: Option<Id>,
    at: usize,
) -> Item {
    let mut own: Vec<&Hypothesis> = kept.iter().filter(|one| one.component == id).copied().collect();
    own.sort_by_key(|one| place(standings.get(&one.id)));
    let inside: Vec<Inside> = own.iter().map(|one| inside(synthesis, standings, one)).collect();
    framed(synthesis, id, at, own.len(), inside)
}

/// What has most behind it comes first.
fn place(standing: Option<&Standing>) -> usize {
    match standing.map_or(Evidential::None, |standing| standing.standing) {
        Evidential::Supported => 0,
        Evidential::Contested => 1,
        Evidential::SingleSource => 2,
        Evidential::RefutedOnly => 3,
        Evidential::None => 4,
    }
}

fn inside(synthesis: &Synthesis, standings: &BTreeMap<Id, Standing>, one: &Hypothesis) -> Inside {
    let standing = standings.get(&one.id);
    Inside {
        words: format!("{} ({}) {}", synthesis.label(one.id), in_words(synthesis, standings, one), one.sentence()),
        look: look_of(standing.map_or(Evidential::None, |standing| standing.standing)),
    }
}

/// One component and those it hands on to or takes from.
fn keep_neighbours(items: &mut Vec<Item>, arrows: &mut Vec<Arrow>, only: usize) {
    arrows.retain(|arrow| arrow.from == only || arrow.to == only);
    let kept: BTreeSet<usize> = arrows.iter().flat_map(|arrow| [arrow.from, arrow.to]).chain([only]).collect();
    let place: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(at, item)| (*item, at)).collect();
    let mut at = 0..;
    items.retain(|_| at.next().is_some_and(|at: usize| kept.contains(&at)));
    for arrow in arrows {
        (arrow.from, arrow.to) = (place[&arrow.from], place[&arrow.to]);
    }
}

/// A row a statement; a component without one has a row for itself.
fn table(synthesis: &Synthesis, view: &View, standings: &BTreeMap<Id, Standing>, kept: &[&Hypothesis]) -> Table {
    let mut table = Table::with(&[
        ("statement", "Statement"),
        ("component", "Component"),
        ("settled", "Component settled or open"),
        ("words", "In words"),
        ("standing", "Evidential standing"),
        ("for", "Sources for"),
        ("against", "Sources against"),
        ("consensus", "Agreement"),
        ("tested", "Tested"),
    ]);
    for one in kept {
        let standing = standings.get(&one.id);
        table.push(vec![
            synthesis.label(one.id).into(),
            one.component.map_or(Cell::Empty, |id| heading(synthesis, Some(id)).into()),
            one.component.map(|id| settled(synthesis, id).1).into(),
            one.sentence().into(),
            look_of(standing.map_or(Evidential::None, |standing| standing.standing)).title().into(),
            standing.map_or(0, |standing| standing.r#for).into(),
            standing.map_or(0, |standing| standing.against).into(),
            agreement(synthesis.consensus(one.id)).into(),
            test(one.tested.as_ref()).into(),
        ]);
    }
    let is_empty = |id: &Id| !kept.iter().any(|one| one.component == Some(*id));
    let components = synthesis.components_in_order().into_iter().map(|one| one.id);
    for id in components.filter(|id| view.component.is_none_or(|only| only == *id)).filter(is_empty) {
        let mut row = vec![Cell::Empty, heading(synthesis, Some(id)).into(), settled(synthesis, id).1.into()];
        row.resize(table.columns.len(), Cell::Empty);
        table.push(row);
    }
    table
}
