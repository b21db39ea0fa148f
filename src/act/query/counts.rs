//! What was found, counted by facet: quotations for `query`, passages for `search`, by one rule.

use super::names::{Facet, Names};
use super::{Asked, meant};
use crate::act::retrieval::Retrieval;
use crate::act::search;
use crate::coding::Count;
use crate::diagnostic::Result;
use crate::project::Project;
use crate::query::Query;
use crate::retrieve::{Ground, Layout};
use std::collections::{BTreeMap, BTreeSet};

/// How many there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// By name, most first. One of several codes, speakers or groups counts for each.
    pub rows: Vec<Row>,
    /// Each once.
    pub total: Count,
    /// Documents whose text is not on this computer, and codings that stand on no text in force.
    pub missing: usize,
    pub astray: usize,
}

/// How many bear a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub name: String,
    pub count: Count,
}

#[derive(Default)]
struct Tally {
    names: BTreeMap<String, Count>,
    total: Count,
}

impl Tally {
    fn add(&mut self, names: BTreeSet<String>, is_unread: bool) {
        self.total.add(is_unread);
        for name in names {
            self.names.entry(name).or_default().add(is_unread);
        }
    }

    fn finished(self, retrieval: &Retrieval<'_>) -> Counts {
        let mut rows: Vec<Row> = self.names.into_iter().map(|(name, count)| Row { name, count }).collect();
        rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        Counts { rows, total: self.total, missing: retrieval.missing, astray: retrieval.astray }
    }
}

/// How many quotations a query means, by facet. Faults: those of the query and of the facet.
pub fn counts(project: &Project, asked: &Asked, facet: &Facet, progress: &dyn Fn(usize, usize)) -> Result<Counts> {
    search::with_index(project, progress, |index| {
        let retrieval = Retrieval::new(project, index)?;
        let names = Names::new(project, &retrieval, facet)?;
        let mut tally = Tally::default();
        let has_quotations = asked.query.is_of_codings();
        for one in &meant(&retrieval, asked)?.found {
            let called = if has_quotations { names.beside_quotations(&one.stretch) } else { names.of(&one.stretch) };
            tally.add(called, one.is_unread);
        }
        Ok(tally.finished(&retrieval))
    })
}

/// How many passages `search` finds, by facet. Faults: those of the query and of the facet.
pub fn passages(project: &Project, query: &Query, facet: &Facet, progress: &dyn Fn(usize, usize)) -> Result<Counts> {
    search::with_index(project, progress, |index| {
        let retrieval = Retrieval::new(project, index)?;
        let names = Names::new(project, &retrieval, facet)?;
        let mut tally = Tally::default();
        for unit in retrieval.matching(query)? {
            let whole = retrieval.texts().stretch_of(unit);
            tally.add(names.among(&whole, std::iter::once(unit)), false);
        }
        Ok(tally.finished(&retrieval))
    })
}
