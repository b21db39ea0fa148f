//! One configuration: contexts and resources, through the mechanism, to outcomes.

use super::{key, look_of_part};
use crate::evidence::Stance;
use crate::hypothesis::{Hypothesis, Part, PartKind};
use crate::id::Id;
use crate::picture::{Arrow, Figure, Item, Look, Shape};
use crate::project::FIGURE_OF;
use crate::report::block::count_of;
use crate::report::standings::Standings;
use crate::report::tally::bearing;
use crate::synthesis::{Bearings, Synthesis, Target};
use crate::table::Table;
use std::collections::BTreeSet;

/// Draws a statement. What it does not name yet is drawn as a gap.
pub fn cmo(synthesis: &Synthesis, statement: &Hypothesis) -> Figure {
    let label = synthesis.label(statement.id);
    let mut slots: Vec<Slot> = statement.parts.iter().map(|part| slot(synthesis, statement, part)).collect();
    for (kind, missing) in [
        (PartKind::Context, "no context yet"),
        (PartKind::Mechanism, "no mechanism yet"),
        (PartKind::Outcome, "no outcome yet"),
    ] {
        let layer = layer(kind);
        if !slots.iter().any(|slot| slot.layer == layer) {
            slots.push(Slot {
                kind,
                words: missing.to_owned(),
                layer,
                told: BTreeSet::new(),
                against: BTreeSet::new(),
                is_gap: true,
            });
        }
    }
    let mut table =
        Table::with(&[("kind", "Part"), ("words", "In words"), ("for", "Sources for"), ("against", "Sources against")]);
    for slot in &slots {
        table.push(vec![
            slot.kind.word().into(),
            slot.words.as_str().into(),
            slot.told.len().into(),
            slot.against.len().into(),
        ]);
    }
    let arrows = arrows(&slots, &label);
    let standings = Standings::of(&Bearings::around(synthesis, statement.id), statement);
    Figure {
        key: format!("{FIGURE_OF}{}", label.replace(['.', '~'], "-")),
        title: format!("{label}: {}", statement.sentence()),
        description: format!(
            "A configuration: in its contexts and with what is offered, the mechanism leads to the outcomes. {}",
            standings.sentence()
        ),
        items: slots.iter().enumerate().map(|(at, slot)| slot.item(at)).collect(),
        arrows,
        shape: Shape::Network,
        notes: vec!["All that stands on the left is needed together.".to_owned()],
        table,
    }
}

/// A part and who speaks of it.
struct Slot {
    kind: PartKind,
    words: String,
    layer: usize,
    told: BTreeSet<Id>,
    against: BTreeSet<Id>,
    is_gap: bool,
}

impl Slot {
    fn item(&self, at: usize) -> Item {
        let against = if self.against.is_empty() { String::new() } else { format!(", {} against", self.against.len()) };
        Item {
            key: key("part", at),
            heading: self.kind.word().to_owned(),
            words: self.words.clone(),
            remark: if self.is_gap {
                String::new()
            } else {
                format!("{} for{against}", count_of(self.told.len(), "source"))
            },
            look: if self.is_gap { Look::None } else { look_of_part(self.kind) },
            inside: Vec::new(),
            layer: Some(self.layer),
        }
    }
}

fn layer(kind: PartKind) -> usize {
    match kind {
        PartKind::Outcome => 2,
        kind if kind.is_mechanism() => 1,
        _ => 0,
    }
}

fn slot(synthesis: &Synthesis, statement: &Hypothesis, part: &Part) -> Slot {
    let (mut told, mut against) = (BTreeSet::new(), BTreeSet::new());
    for one in bearing(&Bearings::around(synthesis, statement.id), statement.id) {
        let is_of_it = match one.target {
            Target::Whole => true,
            Target::Part(key) => key == part.key,
            Target::OfLender(_) => false,
        };
        let link = one.link;
        if !is_of_it || synthesis.is_gone(link) {
            continue;
        }
        match link.stance {
            Stance::Supports | Stance::Refines => told.insert(synthesis.counts_as(link.source)),
            Stance::Refutes => against.insert(synthesis.counts_as(link.source)),
            Stance::Ambiguous => false,
        };
    }
    Slot { kind: part.kind, words: part.text.clone(), layer: layer(part.kind), told, against, is_gap: false }
}

/// From each part to each of the next layer; told by who speaks of both.
fn arrows(slots: &[Slot], label: &str) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (from, one) in slots.iter().enumerate() {
        for (to, other) in slots.iter().enumerate().filter(|(_, other)| other.layer == one.layer + 1) {
            let told = one.told.intersection(&other.told).count();
            let against = one.against.union(&other.against).count();
            arrows.push(Arrow {
                from,
                to,
                weight: told,
                is_contested: against > 0,
                remark: format!("told by {}", count_of(told, "source")),
                origins: vec![label.to_owned()],
            });
        }
    }
    arrows
}
