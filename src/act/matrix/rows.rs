//! The rows of a matrix: codes in the order of the codebook's tree, each with the query that asks for it.

use super::Asked;
use crate::act::resolve;
use crate::act::retrieval::Retrieval;
use crate::codebook::Code;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::matrix::grid::Rows;
use crate::project::Project;
use crate::query::{Field, Query, Value};
use crate::retrieve::{Ground, Stretch};
use crate::text::words::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A code that is shown.
pub struct Row {
    pub name: String,
    pub label: String,
    /// Asks for its codings: with those of the codes below it where these count, else for its own alone.
    pub query: Query,
}

pub struct Families {
    pub shown: Vec<Row>,
    /// Which of them each code counts for.
    pub rows: Rows,
}

impl Families {
    pub fn new(project: &Project, retrieval: &Retrieval<'_>, asked: &Asked, counted: &[Stretch]) -> Result<Self> {
        let codes = retrieval.all_codes();
        let tree = Tree::new(codes);
        let typed = asked.codes.iter().map(|typed| resolve::code(project, typed)).collect::<Result<BTreeSet<Id>>>()?;
        let mut used = BTreeSet::new();
        for at in counted.iter().map(|one| retrieval.code_of(one.coding)).collect::<BTreeSet<u32>>() {
            let line = tree.line(&codes[at as usize]);
            used.extend(line.into_iter().take(if asked.with_children { usize::MAX } else { 1 }));
        }
        let mut shown: Vec<&Code> = codes
            .iter()
            .filter(|code| if typed.is_empty() { used.contains(&code.id) } else { typed.contains(&code.id) })
            .collect();
        shown.sort_by_cached_key(|code| tree.path(code));
        let places: BTreeMap<Id, usize> = shown.iter().map(|code| code.id).zip(0..).collect();
        let of_code = codes.iter().map(|code| {
            let line = tree.line(code).into_iter().take(if asked.with_children { usize::MAX } else { 1 });
            let mut rows: Vec<usize> = line.filter_map(|id| places.get(&id).copied()).collect();
            rows.sort_unstable();
            rows
        });
        let rows = Rows::new(of_code.collect());
        let row = |code: &&Code| {
            let label = project.label(code.id);
            let name = if tree.is_plain(code) { code.name.clone() } else { label.clone() };
            let alone = !asked.with_children && tree.parents.contains(&code.id);
            let value = if alone { format!("={name}") } else { name.clone() };
            Row { name, label, query: Query::Field(Field::Code, Value::Text(value)) }
        };
        Ok(Families { shown: shown.iter().map(row).collect(), rows })
    }

    /// Asks for any of the rows.
    pub fn any(&self) -> Query {
        Query::or(self.shown.iter().map(|row| row.query.clone()).collect())
    }
}

/// The codebook as a tree.
struct Tree<'c> {
    by_id: BTreeMap<Id, &'c Code>,
    /// Codes that have others below them.
    parents: BTreeSet<Id>,
    /// How many codes in use bear a name.
    names: BTreeMap<String, usize>,
}

impl<'c> Tree<'c> {
    fn new(codes: &'c [Code]) -> Self {
        let mut names = BTreeMap::new();
        for code in codes.iter().filter(|code| !code.retired) {
            *names.entry(fold(&code.name)).or_default() += 1;
        }
        Tree {
            by_id: codes.iter().map(|code| (code.id, code)).collect(),
            parents: codes.iter().filter_map(|code| code.parent).collect(),
            names,
        }
    }

    /// A code and those above it, upwards; a circle ends where it closes.
    fn line(&self, code: &Code) -> Vec<Id> {
        let mut line = vec![code.id];
        let mut above = code.parent;
        while let Some(code) = above.and_then(|id| self.by_id.get(&id)).filter(|code| !line.contains(&code.id)) {
            line.push(code.id);
            above = code.parent;
        }
        line
    }

    fn path(&self, code: &Code) -> Vec<(String, Id)> {
        let names = self.line(code).into_iter().rev();
        names.filter_map(|id| Some((fold(&self.by_id.get(&id)?.name), id))).collect()
    }

    /// Its name means it and nothing else in a query.
    fn is_plain(&self, code: &Code) -> bool {
        let is_read_otherwise = code.name == "*" || code.name.starts_with('=') || code.name.trim() != code.name;
        !code.retired && !is_read_otherwise && self.names.get(&fold(&code.name)) == Some(&1)
    }
}
