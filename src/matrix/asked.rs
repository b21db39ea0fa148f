//! Which codings count, and the query that lists the quotations of a cell.

use crate::diagnostic::Result;
use crate::query::{Query, Relation, Value};
use crate::retrieve::{Ground, Outcome, Scope, Stretch, evaluate};

/// What every quotation of a matrix has to fit.
///
/// `coder:` and `date:` say whose codings count. Anything else names places: a quotation counts where it touches one,
/// by the scope of the matrix. What asks for quotations itself (`code:a WITHIN code:b`) names the places where those lie.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds(Vec<Query>);

/// The quotations that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Ascending, all of codings.
    pub stretches: Vec<Stretch>,
    /// By group of the scope: whether it is among the places named.
    pub inside: Vec<bool>,
}

impl Bounds {
    pub fn new(only: Option<&Query>) -> Self {
        let parts = match only {
            None => Vec::new(),
            Some(Query::And(parts)) => parts.clone(),
            Some(one) => vec![one.clone()],
        };
        Bounds(parts.into_iter().map(bound).collect())
    }

    /// All quotations of this that count.
    pub fn each(&self, row: &Query) -> Query {
        Query::and([row].into_iter().chain(&self.0).cloned().collect())
    }

    /// Those of the row that overlap one of the column.
    pub fn overlapping(&self, row: &Query, column: &Query) -> Query {
        Query::Related {
            left: Box::new(self.each(row)),
            relation: Relation::Overlaps,
            negated: false,
            right: Box::new(self.each(column)),
        }
    }

    /// Those of the row in a place that holds one of the column.
    pub fn in_places(&self, row: &Query, column: &Query) -> Query {
        Query::and(vec![self.each(row), places_of(column.clone())])
    }

    /// Those of the row that something else is said of.
    pub fn across(&self, row: &Query, column: &Query) -> Query {
        Query::and(vec![self.each(row), column.clone()])
    }

    /// What counts on this ground. Faults: those of the ground.
    pub fn counted(&self, ground: &dyn Ground, scope: Scope) -> Result<Counted> {
        let any = Query::Field(crate::query::Field::Code, Value::Text("*".to_owned()));
        let Outcome { stretches, .. } = evaluate(ground, &self.each(&any), scope)?;
        let texts = ground.texts();
        let mut inside = vec![self.0.is_empty(); texts.groups(scope)];
        if !self.0.is_empty() {
            let Outcome { units, .. } = evaluate(ground, &Query::and(self.0.clone()), scope)?;
            for unit in units {
                inside[texts.group(scope, unit) as usize] = true;
            }
        }
        Ok(Counted { stretches: stretches.unwrap_or_default(), inside })
    }
}

fn bound(part: Query) -> Query {
    if part.is_of_codings() && !part.is_qualifier() && !matches!(part, Query::Not(_)) { places_of(part) } else { part }
}

/// The places where something is: what denies bounds, and brings no quotations of its own along.
fn places_of(query: Query) -> Query {
    Query::Not(Box::new(Query::Not(Box::new(query))))
}
