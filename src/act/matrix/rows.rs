//! The rows of a matrix: codes in the order of the codebook's tree, each with the query that asks for it.

use super::Asked;
use crate::act::resolve;
use crate::act::retrieval::Retrieval;
use crate::codebook::{Code, Tree};
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
        // A coding on a code that was merged away counts where a query finds it: with the code's heir.
        let counts_for = |code: &Code| -> Vec<Id> {
            let line = tree.line(tree.stands_for(code.id));
            let from = if asked.with_children { 0 } else { line.len().saturating_sub(1) };
            line[from..].iter().filter(|one| one.merged_into.is_none()).map(|one| one.id).collect()
        };
        let counted: BTreeSet<u32> = counted.iter().map(|one| retrieval.code_of(one.coding)).collect();
        let used: BTreeSet<Id> = counted.into_iter().flat_map(|at| counts_for(&codes[at as usize])).collect();
        let mut shown: Vec<&Code> = codes
            .iter()
            .filter(|code| if typed.is_empty() { used.contains(&code.id) } else { typed.contains(&code.id) })
            .collect();
        shown.sort_by_cached_key(|code| -> Vec<(String, Id)> {
            tree.line(code.id).into_iter().map(|one| (fold(&one.name), one.id)).collect()
        });
        let places: BTreeMap<Id, usize> = shown.iter().map(|code| code.id).zip(0..).collect();
        let of_code = codes.iter().map(|code| {
            let mut rows: Vec<usize> = counts_for(code).iter().filter_map(|id| places.get(id).copied()).collect();
            rows.sort_unstable();
            rows
        });
        let rows = Rows::new(of_code.collect());
        let names = Names::of(codes);
        let row = |code: &&Code| {
            let label = project.label(code.id);
            let name = if names.is_plain(code) { code.name.clone() } else { label.clone() };
            let alone = !asked.with_children && !tree.children(Some(code.id)).is_empty();
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

/// How many codes in use bear a name.
struct Names(BTreeMap<String, usize>);

impl Names {
    fn of(codes: &[Code]) -> Self {
        let mut names = BTreeMap::new();
        for code in codes.iter().filter(|code| !code.retired) {
            *names.entry(fold(&code.name)).or_default() += 1;
        }
        Names(names)
    }

    /// Its name means it and nothing else in a query.
    fn is_plain(&self, code: &Code) -> bool {
        let is_read_otherwise = code.name == "*" || code.name.starts_with('=') || code.name.trim() != code.name;
        !code.retired && !is_read_otherwise && self.0.get(&fold(&code.name)) == Some(&1)
    }
}
