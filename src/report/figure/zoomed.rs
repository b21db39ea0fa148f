//! The map from further away: a box a component, an arrow where what comes out of the one is where the other begins.

use super::map::{arrow, table};
use super::{View, key, look_of, settled, statements};
use crate::chain::weave::{Wishes, weave};
use crate::chain::{Link, zoom};
use crate::evidence::{Evidential, Standing};
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::pattern::groups::named_parts;
use crate::picture::figure::Inside;
use crate::picture::{Arrow, Figure, Item, Look, Shape};
use crate::report::block::count_of;
use crate::report::standings::tested_among;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

pub fn zoomed(synthesis: &Synthesis, view: &View) -> Figure {
    let standings = synthesis.standings();
    let living = statements(synthesis, &View::default());
    let components: Vec<Id> = synthesis.components_in_order().into_iter().map(|one| one.id).collect();
    let items: Vec<Item> = components
        .iter()
        .enumerate()
        .map(|(at, id)| component(synthesis, &standings, &living, Some(*id), at))
        .collect();
    let arrows: Vec<Arrow> = handovers(synthesis, &components, &living, view.at_least);
    let loose = living.iter().filter(|one| one.component.is_none()).count();
    let mut notes = vec!["A way through a component is no chain of anybody's telling.".to_owned()];
    if loose > 0 {
        notes.push(format!("{} of no component not drawn.", count_of(loose, "statement")));
    }
    Figure {
        key: "map".to_owned(),
        title: format!("{}: components and what they hand on", synthesis.settings.title),
        description: format!(
            "{} and {}. An arrow says that what comes out of statements of the one is a context or resource in statements of the other.",
            count_of(items.len(), "component"),
            count_of(arrows.len(), "handover")
        ),
        table: table(&items, &arrows),
        items,
        arrows,
        shape: Shape::Network,
        notes,
    }
}

/// Arrows between components that these statements make, with so many sources at least.
pub(super) fn handovers(
    synthesis: &Synthesis,
    components: &[Id],
    statements: &[&Hypothesis],
    at_least: usize,
) -> Vec<Arrow> {
    let named: Vec<(Id, String)> = components.iter().map(|id| (*id, synthesis.label(*id))).collect();
    let network = weave(synthesis, &Wishes { grouped: named_parts(synthesis), ..Wishes::default() }).network;
    let component: BTreeMap<Id, Option<Id>> = statements.iter().map(|one| (one.id, one.component)).collect();
    let of = |origin: Id| component.get(&origin).copied().flatten();
    let zoomed = zoom::handovers(&network, &named, of);
    let kept = zoomed.links().iter().filter(|link: &&Link| link.sources().len() >= at_least);
    kept.map(|link| arrow(synthesis, link, link.from, link.to)).collect()
}

/// One component (or none), its statements among these counted by standing, and how many of them were tested.
pub(super) fn component(
    synthesis: &Synthesis,
    standings: &BTreeMap<Id, Standing>,
    statements: &[&Hypothesis],
    id: Option<Id>,
    at: usize,
) -> Item {
    let own: Vec<&Hypothesis> = statements.iter().filter(|one| one.component == id).copied().collect();
    let mut counts: BTreeMap<Look, (Evidential, usize)> = BTreeMap::new();
    for one in &own {
        let standing = standings.get(&one.id).map_or(Evidential::None, |standing| standing.standing);
        counts.entry(look_of(standing)).or_insert((standing, 0)).1 += 1;
    }
    let inside =
        counts.into_iter().map(|(look, (_, count))| Inside { words: format!("{count} {}", look.title()), look });
    let tested = (!own.is_empty()).then(|| Inside { words: tested_among(own.iter().copied()), look: Look::Plain });
    framed(synthesis, id, at, own.len(), inside.chain(tested).collect())
}

/// The box of a component (or of none) with what stands in it: how many statements, and whether it is settled.
pub(super) fn framed(synthesis: &Synthesis, id: Option<Id>, at: usize, statements: usize, inside: Vec<Inside>) -> Item {
    let count = count_of(statements, "statement");
    let (look, remark) = match id.map(|id| settled(synthesis, id)) {
        Some((look, words)) => (look, format!("{words}; {count}")),
        None => (Look::Plain, count),
    };
    Item {
        key: key("component", at),
        heading: heading(synthesis, id),
        words: String::new(),
        remark,
        look,
        inside,
        layer: None,
    }
}

/// Label and name of a component; what belongs to none is said to.
pub(super) fn heading(synthesis: &Synthesis, component: Option<Id>) -> String {
    let Some(component) = component else { return "Outside all components".to_owned() };
    let name = synthesis.components.get(&component).map_or("", |one| one.name.as_str());
    format!("{} {name}", synthesis.label(component))
}
