//! Which code of the project an entry of a file means: by id, else by path, by a name that only one has on
//! either side, or by a further name. One code is meant by one entry at most. An entry of a ready codebook means a code
//! by its id, or by its place below the same heading, and never one of the team's own that is called alike.

use crate::codebook::{Code, Outline, Tree};
use crate::id::{Id, Kind};
use crate::project::Project;
use crate::text::words::fold;
use std::collections::{BTreeMap, BTreeSet};

/// By what an entry may mean a code that has another id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// By path, name or further name: a file of the team's own.
    ByName,
    /// By its path below a heading that the outline has too: a taxonomy that stands beside others.
    InItsTree,
}

/// What an entry turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// A code that is here.
    Here(Id),
    /// None yet: it is to be made under this id.
    New(Id),
    /// An earlier entry means the same code.
    Twice(Id),
}

impl Match {
    pub fn id(self) -> Id {
        match self {
            Match::Here(id) | Match::New(id) | Match::Twice(id) => id,
        }
    }
}

/// Codes by how they may be called; `None` where several are called so.
struct Called(BTreeMap<String, Option<Id>>);

impl Called {
    fn of(names: impl Iterator<Item = (String, Id)>) -> Self {
        let mut called: BTreeMap<String, Option<Id>> = BTreeMap::new();
        for (name, id) in names {
            called.entry(fold(&name)).and_modify(|one| *one = one.filter(|one| *one == id)).or_insert(Some(id));
        }
        Called(called)
    }

    fn get(&self, name: &str) -> Option<Id> {
        self.0.get(&fold(name)).copied().flatten()
    }
}

/// What each entry means, in order.
pub(super) fn matches(project: &Project, codes: &[Code], outline: &Outline, meant: Meant) -> Vec<Match> {
    let tree = Tree::new(codes);
    let here: BTreeSet<Id> = codes.iter().map(|code| code.id).collect();
    let own: BTreeSet<Id> = outline.entries.iter().filter_map(|entry| entry.id).collect();
    let may_be_meant = |code: &&Code| match meant {
        Meant::ByName => true,
        Meant::InItsTree => tree.line(code.id).first().is_some_and(|top| top.id != code.id && own.contains(&top.id)),
    };
    let in_use = || codes.iter().filter(|code| !code.retired).filter(may_be_meant);
    let retired = || codes.iter().filter(|code| code.retired).filter(may_be_meant);
    // Each way to be called is tried before the next.
    let ways = [
        Called::of(in_use().map(|code| (tree.path(code.id), code.id))),
        Called::of(in_use().map(|code| (code.name.clone(), code.id))),
        Called::of(in_use().flat_map(|code| code.aliases.iter().map(|alias| (alias.clone(), code.id)))),
        Called::of(retired().map(|code| (tree.path(code.id), code.id))),
    ];
    let own_names = Called::of(outline.entries.iter().enumerate().map(|(at, entry)| (entry.name.clone(), mark(at))));
    let by_id: BTreeSet<Id> =
        outline.entries.iter().filter_map(|entry| entry.id).filter(|id| here.contains(id)).collect();
    let mut taken: BTreeSet<Id> = BTreeSet::new();
    let mut matches = Vec::with_capacity(outline.entries.len());
    for (at, entry) in outline.entries.iter().enumerate() {
        let path = outline.path(at);
        let is_only = own_names.get(&entry.name).is_some();
        let by_name = || {
            let calls = [ways[0].get(&path), ways[1].get(&entry.name), ways[2].get(&entry.name), ways[3].get(&path)];
            let by_name = is_only && meant == Meant::ByName;
            let usable = calls.into_iter().enumerate().filter(|(way, _)| by_name || [0, 3].contains(way));
            // A code that another entry names by its id is that entry's.
            usable.filter_map(|(_, id)| id).find(|id| !by_id.contains(id))
        };
        let known = entry.id.filter(|id| here.contains(id)).or_else(by_name);
        let found = match known {
            Some(id) if taken.contains(&id) => Match::Twice(id),
            Some(id) => Match::Here(id),
            None => new(project, &here, &taken, entry.id, &path),
        };
        taken.insert(found.id());
        matches.push(found);
    }
    matches
}

/// The file's own id where it is free, else one that follows from project and path, so that two sites that
/// take in one file make the same code.
fn new(project: &Project, here: &BTreeSet<Id>, taken: &BTreeSet<Id>, given: Option<Id>, path: &str) -> Match {
    let is_free =
        |id: &Id| !taken.contains(id) && project.state().entity(*id).is_none_or(|entity| entity.kind == Kind::Code);
    if let Some(id) = given.filter(is_free) {
        return Match::New(id);
    }
    let derived = |salt: u32| {
        let project = project.settings().project;
        Id::derived([b"code of a file".as_slice(), project.as_bytes(), path.as_bytes(), &salt.to_le_bytes()])
    };
    let id = (0..u32::MAX).map(derived).find(is_free).unwrap_or_else(|| derived(0));
    // It was made from this file before and is called otherwise by now.
    if here.contains(&id) { Match::Here(id) } else { Match::New(id) }
}

/// Stands for an entry where names are counted.
fn mark(at: usize) -> Id {
    Id::derived([(at as u64).to_le_bytes().as_slice()])
}
