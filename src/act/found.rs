//! From what a search or a query found to the places of codings: every passage, every word, every quotation.

use super::anchor::{Spot, Words};
use super::retrieval::Retrieval;
use super::search;
use crate::diagnostic::{Result, fault};
use crate::document::UnitKind;
use crate::project::Project;
use crate::query::Query;
use crate::retrieve::{Ground, Layout, Outcome, Scope, Stretch, evaluate};
use crate::text::Span;

/// What of a hit is coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The whole turn, paragraph or row.
    Passages,
    /// The words that were sought.
    Words,
    /// The quotations that a query over codings means.
    Quotations,
}

/// Every place that a query means, in the order of the documents. Fault `no-words`: of a query that names none.
pub fn places(
    project: &Project,
    query: &Query,
    scope: Scope,
    on: On,
    progress: &dyn Fn(usize, usize),
) -> Result<Vec<Spot>> {
    if on == On::Words && !query.is_of_words() {
        return Err(fault("no-words", format!("{query} names no words that could be coded"))
            .hint("leave --words away to code whole passages"));
    }
    search::with_index(project, progress, |index| {
        let retrieval = Retrieval::new(project, index)?;
        let Outcome { units, stretches } = evaluate(&retrieval, query, scope)?;
        match (on, stretches) {
            (On::Words, _) => spots(project, &retrieval, &retrieval.meant(query, &units)?),
            (On::Quotations, Some(stretches)) => spots(project, &retrieval, &stretches),
            (On::Passages | On::Quotations, _) => Ok(units
                .into_iter()
                .map(|unit| {
                    let (document, n) = retrieval.place_of(unit);
                    Spot { document: project.label(document.id), words: Words::Units(n, n) }
                })
                .collect()),
        }
    })
}

fn spots(project: &Project, retrieval: &Retrieval<'_>, stretches: &[Stretch]) -> Result<Vec<Spot>> {
    let mut spots = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let Some(unit) = retrieval.texts().touched(stretch).next() else { continue };
        let (document, n) = retrieval.place_of(unit);
        let Some((shard, _)) = retrieval.shard_of(stretch.text)? else { continue };
        let Some(span) = Span::new(stretch.start as usize, stretch.end as usize) else { continue };
        let is_row = shard.unit(n).is_some_and(|unit| unit.kind == UnitKind::Row);
        let words = if is_row { Words::InRow(n, span) } else { Words::Bytes(None, span) };
        spots.push(Spot { document: project.label(document.id), words });
    }
    Ok(spots)
}
