//! The causal map: factors and what leads to what, arrows as wide as the sources that tell them.

use super::gathered::gather;
use super::zoomed::zoomed;
use super::{FROM_AFAR, LEGIBLE_MAP, View, Zoom, key, part_of};
use crate::chain::weave::{Wishes, weave};
use crate::chain::{Link, Network};
use crate::hypothesis::PartKind;
use crate::id::Id;
use crate::pattern::groups::named_parts;
use crate::picture::{Arrow, Figure, Item, Look, Shape};
use crate::report::block::count_of;
use crate::synthesis::Synthesis;
use crate::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// Draws the living statements that a view takes in.
pub fn map(synthesis: &Synthesis, view: &View) -> Figure {
    if view.zoom == Some(Zoom::Component) {
        return zoomed(synthesis, view);
    }
    let woven =
        weave(synthesis, &Wishes { opposites: view.opposites, grouped: named_parts(synthesis), ..Wishes::default() })
            .network;
    let mut notes = Vec::new();
    let woven = match view.zoom {
        Some(Zoom::Level) => {
            let (rolled, within) =
                crate::chain::zoom::by_group(&woven, |_, factor| Some(general(&factor.name).to_owned()));
            notes.push(if rolled.factors.len() == woven.factors.len() {
                "No label has a second level, such as “general; special”: nothing was rolled up.".to_owned()
            } else {
                format!("Rolled up to the first level of labels; {} within one are not drawn. A way through such a box is no chain of anybody's telling.", count_of(within, "link"))
            });
            rolled
        }
        _ => woven,
    };
    let is_of_component = |origin: Id| {
        view.component.is_none() || synthesis.hypotheses.get(&origin).is_some_and(|one| one.component == view.component)
    };
    let own = woven.keep(|link| link.tellings.iter().any(|telling| is_of_component(telling.origin)));
    let network = own.keep(|link| link.sources().len() >= view.at_least);
    if network.links().len() < own.links().len() {
        let left_out = own.links().len() - network.links().len();
        notes.push(format!(
            "{} told by fewer than {} not drawn.",
            count_of(left_out, "link"),
            count_of(view.at_least, "source")
        ));
    }
    let ends: BTreeSet<usize> = network.links().iter().flat_map(|link| [link.from, link.to]).collect();
    if view.zoom.is_none() && ends.len() > LEGIBLE_MAP {
        notes.push(format!("{} taken together.", count_of(ends.len(), "factor")));
        notes.push(FROM_AFAR.to_owned());
        let Some(far) = division(synthesis, view, &network, &ends) else {
            let gathered = gather(&network, &ends);
            notes.push(gathered.note);
            let all = (0..gathered.network.factors.len()).collect();
            return figure(synthesis, view, &gathered.network, &all, notes);
        };
        let mut figure = map(synthesis, &View { zoom: Some(far), ..view.clone() });
        figure.notes.extend(notes);
        return figure;
    }
    figure(synthesis, view, &network, &ends, notes)
}

/// What makes a large map legible: components where most statements have one and no one component was asked for, levels of
/// labels where they are few; else nothing that somebody wrote.
fn division(synthesis: &Synthesis, view: &View, network: &Network, ends: &BTreeSet<usize>) -> Option<Zoom> {
    let belongs = synthesis.living_hypotheses().filter(|one| one.component.is_some()).count();
    if view.component.is_none() && belongs > 0 && belongs * 2 >= synthesis.living_hypotheses().count() {
        return Some(Zoom::Component);
    }
    let levels: BTreeSet<&str> = ends.iter().map(|node| general(&network.factors[*node].name)).collect();
    (levels.len() <= LEGIBLE_MAP).then_some(Zoom::Level)
}

/// The first level of a label: what stands before the first semicolon.
fn general(name: &str) -> &str {
    name.split(';').next().unwrap_or(name).trim()
}

fn figure(
    synthesis: &Synthesis,
    view: &View,
    network: &Network,
    ends: &BTreeSet<usize>,
    mut notes: Vec<String>,
) -> Figure {
    let place: BTreeMap<usize, usize> = ends.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let items = ends.iter().enumerate().map(|(at, node)| {
        let factor = &network.factors[*node];
        let statements: BTreeSet<Id> = factor.places.iter().map(|one| one.hypothesis).collect();
        Item {
            key: key("factor", at),
            heading: String::new(),
            words: factor.name.clone(),
            remark: in_few(&synthesis.labels_of(statements)),
            look: look(&factor.kinds),
            inside: Vec::new(),
            layer: None,
        }
    });
    let items: Vec<Item> = items.collect();
    let arrow = |link: &Link| arrow(synthesis, link, place[&link.from], place[&link.to]);
    let arrows: Vec<Arrow> = network.links().iter().map(arrow).collect();
    let selves = arrows.iter().filter(|arrow| arrow.from == arrow.to).count();
    if selves > 0 {
        notes.push(format!("{} from a factor to itself: in the table only.", count_of(selves, "link")));
    }
    Figure {
        key: "map".to_owned(),
        title: format!("{}: causal map{}", synthesis.settings.title, part_of(synthesis, view)),
        description: format!(
            "{} and {} of contexts, resources and outcomes. An arrow says that a statement leads from the one to the other, through its mechanism.",
            count_of(items.len(), "factor"),
            count_of(arrows.len(), "link")
        ),
        table: table(&items, &arrows),
        items,
        arrows,
        shape: Shape::Network,
        notes,
    }
}

/// An arrow with who tells it.
pub(super) fn arrow(synthesis: &Synthesis, link: &Link, from: usize, to: usize) -> Arrow {
    let against = link.against();
    let origins = synthesis.labels_of(link.origins());
    let turned = link.tellings.iter().any(|telling| telling.turned[0] != telling.turned[1]);
    let remark = format!(
        "{}; told by {}{}{}",
        in_few(&origins),
        count_of(link.sources().len(), "source"),
        if against.is_empty() { String::new() } else { format!(", {} against", count_of(against.len(), "source")) },
        if turned { "; said of the opposite at one end" } else { "" }
    );
    Arrow { from, to, weight: link.sources().len(), is_contested: !against.is_empty(), remark, origins }
}

pub(super) fn table(items: &[Item], arrows: &[Arrow]) -> Table {
    let mut table = Table::with(&[
        ("from", "From"),
        ("to", "To"),
        ("statements", "Statements"),
        ("sources", "Sources"),
        ("contested", "Contested"),
    ]);
    let name = |at: usize| if items[at].words.is_empty() { &items[at].heading } else { &items[at].words };
    for arrow in arrows {
        table.push(vec![
            name(arrow.from).as_str().into(),
            name(arrow.to).as_str().into(),
            arrow.origins.join(" ").into(),
            arrow.weight.into(),
            if arrow.is_contested { "yes" } else { "no" }.into(),
        ]);
    }
    table
}

/// A factor is what it is in most stages of a chain: what both comes out and goes in is drawn as what comes out.
fn look(kinds: &BTreeSet<PartKind>) -> Look {
    if kinds.contains(&PartKind::Outcome) {
        return Look::Outcome;
    }
    let first = kinds.iter().find(|kind| kind.is_entry()).or_else(|| kinds.first());
    first.map_or(Look::Plain, |kind| super::look_of_part(*kind))
}

/// The first few labels, and how many more.
pub(super) fn in_few(labels: &[String]) -> String {
    const FEW: usize = 4;
    let shown = labels.iter().take(FEW).map(String::as_str).collect::<Vec<_>>().join(", ");
    if labels.len() > FEW { format!("{shown} and {} more", labels.len() - FEW) } else { shown }
}
