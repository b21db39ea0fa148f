//! Models of care beside each other, from what people said of each. Pure.
//!
//! Three rules keep a comparison honest. Silence is not absence: what no source reports counts as not reported, and the
//! share of it is told of every row and column. Models are likened two by two over what is reported for both, always
//! with how many of how many features that is; there is no list of better and worse. A feature that was merged into
//! another is seen as that other.
//!
//! [`matrix`] sets features against models, [`pairs`] likens two models, [`explain`] finds the statements that would say
//! why a difference matters, [`results`] sorts outcomes.

pub mod matrix;
pub mod pairs;
pub mod explain;
pub mod results;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;

pub use explain::{Explained, Explanations};
pub use matrix::{Asked, Cell, Matrix, Row, Share};
pub use pairs::{Differing, Likeness, difference, likeness};
pub use results::Results;

use crate::codebook::Tree;
use crate::coding::Coding;
use crate::document::Document;
use crate::id::Id;
use crate::model::Model;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

/// Models in the order people count them: those named, or all in use.
pub fn models<'s>(synthesis: &'s Synthesis, named: &[Id]) -> Vec<&'s Model> {
    let held = &synthesis.models.models;
    if !named.is_empty() {
        return named.iter().filter_map(|id| held.get(id)).collect();
    }
    let mut all: Vec<&Model> = held.values().filter(|one| !one.retired).collect();
    all.sort_by_cached_key(|one| (synthesis.labels.get(&one.id).cloned(), one.id));
    all
}

/// A coding can still be pointed at for a code: it is of this code or one merged into it, and its words were not destroyed.
pub fn stands(coding: &Coding, document: Option<&Document>, tree: &Tree, code: Id) -> bool {
    let has_words = || document.is_none_or(|document| coding.anchor.carried(document).is_some());
    tree.stands_for(coding.code) == code && has_words()
}

/// Of these codings, those that can still be pointed at.
pub fn standing<'s>(synthesis: &'s Synthesis, tree: &Tree, code: Id, passages: &BTreeSet<Id>) -> Vec<&'s Coding> {
    let found = passages.iter().filter_map(|id| synthesis.codings.get(id));
    found.filter(|one| stands(one, synthesis.documents.get(&one.anchor.document), tree, code)).collect()
}
