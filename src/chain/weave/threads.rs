//! Which parts hang together.

use super::Wishes;
use crate::chain::network::{Factor, Node, Place};
use crate::chain::opposites::bare;
use crate::hypothesis::{Hypothesis, Part, PartKind, wording};
use crate::id::Id;
use crate::text::words::on_one_line;
use std::collections::BTreeMap;

/// A forest of wordings, groups and parts. The sign of a branch says whether it is the
/// opposite of what it hangs on.
#[derive(Default)]
pub(super) struct Threads {
    above: Vec<(usize, bool)>,
    wordings: BTreeMap<String, usize>,
    parts: BTreeMap<Place, usize>,
}

impl Threads {
    fn fresh(&mut self) -> usize {
        self.above.push((self.above.len(), false));
        self.above.len() - 1
    }

    fn top(&self, at: usize) -> (usize, bool) {
        let (mut at, mut sign) = (at, false);
        while self.above[at].0 != at {
            let (above, turned) = self.above[at];
            sign ^= turned;
            at = above;
        }
        (at, sign)
    }

    /// Where two signs contradict each other, what was said first stands.
    fn join(&mut self, one: usize, other: usize, is_opposite: bool) {
        let ((one, first), (other, second)) = (self.top(one), self.top(other));
        if one != other {
            let (high, low) = (one.min(other), one.max(other));
            self.above[low] = (high, first ^ second ^ is_opposite);
        }
    }

    pub(super) fn join_parts(&mut self, one: &Place, other: &Place) {
        if let (Some(one), Some(other)) = (self.parts.get(one).copied(), self.parts.get(other).copied()) {
            self.join(one, other, false);
        }
    }

    /// A part is also what another wording says.
    pub(super) fn join_wording(&mut self, part: &Place, text: &str, wishes: &Wishes) {
        if let Some(part) = self.parts.get(part).copied() {
            let (wording, is_opposite) = self.worded(text, wishes);
            self.join(wording, part, is_opposite);
        }
    }

    /// The branch of a wording, and whether the text says its opposite.
    fn worded(&mut self, text: &str, wishes: &Wishes) -> (usize, bool) {
        let (text, is_opposite) = if wishes.opposites { bare(text) } else { (text, false) };
        (self.named(format!("wording {}", wording(text))), is_opposite)
    }

    fn named(&mut self, name: String) -> usize {
        if let Some(at) = self.wordings.get(&name) {
            return *at;
        }
        let at = self.fresh();
        self.wordings.insert(name, at);
        at
    }

    pub(super) fn add(&mut self, statement: Id, part: &Part, wishes: &Wishes) {
        if part.kind == PartKind::Actor {
            return;
        }
        let place = Place { hypothesis: statement, part: part.key.clone() };
        // What has a name comes before what bears it, and so stands above it.
        let group = wishes.grouped.get(&place).map(|group| self.named(format!("group {group}")));
        let wording = (!part.kind.is_mechanism()).then(|| self.worded(&part.text, wishes));
        let own = self.fresh();
        if let Some((wording, is_opposite)) = wording {
            self.join(wording, own, is_opposite);
        }
        if let Some(group) = group {
            self.join(group, own, false);
        }
        self.parts.insert(place, own);
    }

    /// Factors in the order in which statements name them, and of each part its factor and its sign there.
    pub(super) fn tie(&self, statements: &[&Hypothesis]) -> (Vec<Factor>, BTreeMap<Place, (Node, bool)>) {
        let mut factors: Vec<Factor> = Vec::new();
        let mut nodes = BTreeMap::new();
        let mut of_top: BTreeMap<usize, Node> = BTreeMap::new();
        for statement in statements {
            for part in &statement.parts {
                let place = Place { hypothesis: statement.id, part: part.key.clone() };
                let Some(at) = self.parts.get(&place) else { continue };
                let (top, sign) = self.top(*at);
                let node = *of_top.entry(top).or_insert_with(|| {
                    let (text, is_opposite) = bare(&part.text);
                    let name = if is_opposite && sign { text } else { part.text.trim() };
                    factors.push(Factor { name: on_one_line(name.trim_end_matches('.')), ..Factor::default() });
                    factors.len() - 1
                });
                factors[node].places.insert(place.clone());
                factors[node].kinds.insert(part.kind);
                nodes.insert(place, (node, sign));
            }
        }
        (factors, nodes)
    }
}
