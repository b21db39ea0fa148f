//! Figures of a theory: one figure a file, from the synthesis and its network to what [`crate::picture`] draws. None
//! holds a participant's word; numbers of sources are for the team.

mod cmo;
mod counted;
mod coverage;
mod gathered;
mod map;
mod matrix;
mod models;
mod pathway;
pub mod saturation;
mod theory;
mod zoomed;

pub use cmo::cmo;
pub use counted::{directions, not_reported};
pub use coverage::{Marked, coverage};
pub use map::map;
pub use matrix::matrix;
pub use models::{models, models_by_page};
pub use pathway::{on_paper as pathway_on_paper, pathway};
pub use theory::theory;

use crate::evidence::{Evidential, Standing};
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::picture::Look;
use crate::programme::Settled;
use crate::report::standings::Standings;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

/// Which part of a theory is drawn, and how far away one stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// Only statements of this component.
    pub component: Option<Id>,
    /// Only links, or statements, with so many independent sources.
    pub at_least: usize,
    pub zoom: Option<Zoom>,
    /// A thing and its opposite are one.
    pub opposites: bool,
}

/// How far away one stands; where nobody says, what is large is drawn from further away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// Everything, however large.
    Near,
    Component,
    /// What stands before the first semicolon of a wording.
    Level,
}

/// Said by a figure that shows less than it might, since single things would be too small to read.
pub const FROM_AFAR: &str = "Drawn from further away: single boxes would be too small to read.";

/// Beyond so many boxes a figure of single things is too large to read on a page: it is then drawn from further away,
/// and says so.
const LEGIBLE: usize = 60;

/// The same of a map, which is followed rather than read.
const LEGIBLE_MAP: usize = 150;

fn look_of(standing: Evidential) -> Look {
    match standing {
        Evidential::None => Look::None,
        Evidential::SingleSource => Look::SingleSource,
        Evidential::Supported => Look::Supported,
        Evidential::Contested => Look::Contested,
        Evidential::RefutedOnly => Look::RefutedOnly,
    }
}

fn look_of_part(kind: PartKind) -> Look {
    match kind {
        PartKind::Context | PartKind::Actor => Look::Context,
        PartKind::Intervention | PartKind::Strategy | PartKind::Resource => Look::Resource,
        PartKind::Reasoning | PartKind::Mechanism => Look::Mechanism,
        PartKind::Outcome => Look::Outcome,
    }
}

/// The standings of a statement on a line.
fn in_words(synthesis: &Synthesis, standings: &BTreeMap<Id, Standing>, one: &Hypothesis) -> String {
    let consensus = synthesis.consensus(one.id);
    let said = |evidence: Standing| Standings { evidence, consensus, tested: one.tested.clone() }.short();
    standings.get(&one.id).cloned().map(said).unwrap_or_default()
}

/// How a component looks, and that in words.
fn settled(synthesis: &Synthesis, component: Id) -> (Look, String) {
    let (settled, words) = crate::programme::settled::settled(synthesis, component);
    let look = match settled {
        Settled::Settled => Look::Settled,
        Settled::Open => Look::Open,
        Settled::NotDecided => Look::NotDecided,
    };
    (look, words)
}

/// Living statements that a view takes in, in the order of their labels.
fn statements<'s>(synthesis: &'s Synthesis, view: &View) -> Vec<&'s Hypothesis> {
    let mut kept: Vec<&Hypothesis> = synthesis
        .living_hypotheses()
        .filter(|one| view.component.is_none_or(|component| one.component == Some(component)))
        .collect();
    kept.sort_by_cached_key(|one| (synthesis.labels.get(&one.id).cloned(), one.id));
    kept
}

/// Those statements that as many sources tell as are asked for.
fn told<'s>(synthesis: &'s Synthesis, view: &View, standings: &BTreeMap<Id, Standing>) -> Vec<&'s Hypothesis> {
    let is_told = |one: &&Hypothesis| standings.get(&one.id).map_or(0, |standing| standing.r#for) >= view.at_least;
    statements(synthesis, view).into_iter().filter(is_told).collect()
}

/// A key for an item: letters, digits and hyphens.
fn key(prefix: &str, number: usize) -> String {
    format!("{prefix}-{}", number + 1)
}

fn part_of(synthesis: &Synthesis, view: &View) -> String {
    let Some(component) = view.component.and_then(|id| synthesis.components.get(&id)) else { return String::new() };
    format!(", {}", component.name)
}

/// Whether statements are taken together by component: asked for, or because they are too many to read.
fn is_far(view: &View, statements: usize) -> bool {
    match view.zoom {
        Some(zoom) => zoom == Zoom::Component,
        None => view.component.is_none() && statements > LEGIBLE,
    }
}
