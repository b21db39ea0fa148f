//! How codes stand below one another. Two people may each move a code below the other's unaware of it:
//! such a circle loses nothing, its first member stands at the top until somebody moves one of them.

use super::Code;
use crate::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// Between the names of a path: `Relationship > Trust`.
pub const BELOW: &str = " > ";

/// Codes by place. Borrowed: a tree is made anew whenever it is asked for.
#[derive(Debug)]
pub struct Tree<'c> {
    codes: BTreeMap<Id, &'c Code>,
    /// In the order of their names; `None` for those at the top.
    children: BTreeMap<Option<Id>, Vec<Id>>,
    circles: Vec<Id>,
}

impl<'c> Tree<'c> {
    /// A code whose parent is not among these stands at the top.
    pub fn new(codes: impl IntoIterator<Item = &'c Code>) -> Self {
        let codes: BTreeMap<Id, &Code> = codes.into_iter().map(|code| (code.id, code)).collect();
        let mut tree = Tree { circles: circles(&codes), codes, children: BTreeMap::new() };
        let mut sorted: Vec<&Code> = tree.codes.values().copied().collect();
        sorted.sort_by(|a, b| a.name.to_lowercase().cmp(&b.name.to_lowercase()).then(a.id.cmp(&b.id)));
        for code in sorted {
            tree.children.entry(tree.parent(code.id)).or_default().push(code.id);
        }
        tree
    }

    /// The code above this one.
    pub fn parent(&self, id: Id) -> Option<Id> {
        let parent = self.codes.get(&id)?.parent?;
        (self.codes.contains_key(&parent) && !self.circles.contains(&id)).then_some(parent)
    }

    pub fn children(&self, id: Option<Id>) -> &[Id] {
        self.children.get(&id).map_or(&[], Vec::as_slice)
    }

    /// Every code with its depth (0 at the top), each before those below it.
    pub fn in_order(&self) -> Vec<(usize, &'c Code)> {
        let mut order = Vec::with_capacity(self.codes.len());
        let mut open: Vec<(usize, Id)> = self.children(None).iter().rev().map(|id| (0, *id)).collect();
        while let Some((depth, id)) = open.pop() {
            order.push((depth, self.codes[&id]));
            open.extend(self.children(Some(id)).iter().rev().map(|id| (depth + 1, *id)));
        }
        order
    }

    /// A code and all below it.
    pub fn family(&self, id: Id) -> BTreeSet<Id> {
        let mut family = BTreeSet::from([id]);
        let mut open = vec![id];
        while let Some(at) = open.pop() {
            let below = self.children(Some(at));
            family.extend(below);
            open.extend(below);
        }
        family
    }

    /// The codes from the top down to this one.
    pub fn line(&self, id: Id) -> Vec<&'c Code> {
        let mut line: Vec<&Code> = Vec::new();
        let mut at = Some(id);
        while let Some(code) = at.and_then(|at| self.codes.get(&at)) {
            line.push(code);
            at = self.parent(code.id);
        }
        line.reverse();
        line
    }

    /// `Relationship > Trust`.
    pub fn path(&self, id: Id) -> String {
        self.line(id).iter().map(|code| code.name.as_str()).collect::<Vec<_>>().join(BELOW)
    }

    /// The first code of each circle.
    pub fn circles(&self) -> &[Id] {
        &self.circles
    }

    /// The code that stands for this one: what it was merged into, to the end.
    pub fn stands_for(&self, id: Id) -> Id {
        let mut seen = BTreeSet::new();
        let mut at = id;
        while let Some(next) = self.codes.get(&at).and_then(|code| code.merged_into) {
            if !self.codes.contains_key(&next) || !seen.insert(at) {
                break;
            }
            at = next;
        }
        at
    }
}

/// The smallest id of each circle of parents.
fn circles(codes: &BTreeMap<Id, &Code>) -> Vec<Id> {
    let above = |id: Id| codes.get(&id).and_then(|code| code.parent).filter(|parent| codes.contains_key(parent));
    let mut settled: BTreeSet<Id> = BTreeSet::new();
    let mut circles = Vec::new();
    for start in codes.keys() {
        let mut line = Vec::new();
        let mut at = Some(*start);
        while let Some(id) = at.filter(|id| !settled.contains(id)) {
            if let Some(from) = line.iter().position(|one| *one == id) {
                circles.extend(line[from..].iter().min());
                break;
            }
            line.push(id);
            at = above(id);
        }
        settled.extend(line);
    }
    circles.sort_unstable();
    circles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> Id {
        Id::from_bytes([n; 16])
    }

    fn code(n: u8, name: &str, parent: Option<u8>) -> Code {
        Code { parent: parent.map(id), ..Code::named(id(n), name) }
    }

    #[test]
    fn codes_stand_below_their_parents_by_name() {
        let codes = [
            code(1, "b", None),
            code(2, "A", None),
            code(3, "z", Some(2)),
            code(4, "y", Some(2)),
            code(5, "x", Some(3)),
            code(6, "lost", Some(9)),
        ];
        let tree = Tree::new(&codes);
        let shown: Vec<(usize, &str)> =
            tree.in_order().into_iter().map(|(depth, code)| (depth, code.name.as_str())).collect();
        assert_eq!(shown, [(0, "A"), (1, "y"), (1, "z"), (2, "x"), (0, "b"), (0, "lost")]);
        assert_eq!(tree.path(id(5)), "A > z > x");
        assert_eq!(tree.family(id(2)), [2, 3, 4, 5].map(id).into());
        assert_eq!(tree.circles(), []);
    }

    #[test]
    fn a_circle_loses_no_code() {
        let codes = [
            code(1, "a", Some(3)),
            code(2, "b", Some(1)),
            code(3, "c", Some(2)),
            code(4, "d", Some(2)),
            code(5, "e", Some(5)),
        ];
        let tree = Tree::new(&codes);
        assert_eq!(tree.circles(), [id(1), id(5)]);
        let shown: Vec<(usize, &str)> =
            tree.in_order().into_iter().map(|(depth, code)| (depth, code.name.as_str())).collect();
        assert_eq!(shown, [(0, "a"), (1, "b"), (2, "c"), (2, "d"), (0, "e")]);
        assert_eq!(tree.path(id(4)), "a > b > d");
    }

    #[test]
    fn a_chain_of_merges_ends_at_the_last_code_and_a_circle_of_them_somewhere() {
        let merged = |n: u8, into: u8| Code { merged_into: Some(id(into)), ..code(n, "x", None) };
        let codes = [merged(1, 2), merged(2, 3), code(3, "c", None), merged(4, 5), merged(5, 4), merged(6, 9)];
        let tree = Tree::new(&codes);
        assert_eq!([1, 2, 3, 6].map(|n| tree.stands_for(id(n))), [3, 3, 3, 6].map(id));
        assert!([id(4), id(5)].contains(&tree.stands_for(id(4))));
    }
}
