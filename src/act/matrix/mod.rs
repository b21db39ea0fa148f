//! Matrices of a project's codings: which codes and columns there are, and the query that lists each cell.

#[cfg(test)]
mod facets;
mod rows;
#[cfg(test)]
mod tests;
mod words;

pub use words::{Sought, Words, words};

use super::query::names::Names;
use super::query::{self, Answer, Facet, PlainFacet};
use super::retrieval::Retrieval;
use super::search;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::matrix::asked::{Bounds, Counted};
use crate::matrix::{Cell, Heading, Kind, Matrix, across, together};
use crate::project::Project;
use crate::query::{Field, Query, Value};
use crate::retrieve::{Ground, Layout, Scope, Stretch};
use crate::text::words::fold;
use rows::Families;
use std::collections::{BTreeMap, BTreeSet};

/// What codes are set against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Against {
    /// Codes that overlap.
    Overlap,
    /// Codes in one place.
    Place(Scope),
    Facet(Facet),
}

impl Against {
    /// Within what the queries of its cells compare.
    pub fn scope(&self) -> Scope {
        match self {
            Against::Place(scope) => *scope,
            Against::Overlap | Against::Facet(_) => Scope::Unit,
        }
    }
}

/// Which codings count, and how.
#[derive(Debug, Clone)]
pub struct Asked {
    pub against: Against,
    /// Codes as typed; where there are none, every code that has quotations.
    pub codes: Vec<String>,
    pub with_children: bool,
    pub only: Option<Query>,
}

/// A matrix, and what could not be counted: documents whose text is not on this computer, and codings that stand on no
/// text in force.
#[derive(Debug, Clone)]
pub struct Made {
    pub matrix: Matrix,
    pub missing: usize,
    pub astray: usize,
}

/// Joins `--where` and `--coder`.
pub fn only(asked: Option<Query>, coder: Option<&str>) -> Option<Query> {
    let coder = coder.map(|tag| Query::Field(Field::Coder, Value::Text(tag.to_owned())));
    let parts: Vec<Query> = asked.into_iter().chain(coder).collect();
    (!parts.is_empty()).then(|| Query::and(parts))
}

/// Counts. Faults: those of queries and codes; `no-codings` where nothing counts.
pub fn make(project: &Project, asked: &Asked, progress: &dyn Fn(usize, usize)) -> Result<Made> {
    search::with_index(project, progress, |index| {
        let retrieval = Retrieval::new(project, index)?;
        let counting = Counting::new(project, &retrieval, asked)?;
        Ok(Made { matrix: counting.matrix()?, missing: retrieval.missing, astray: retrieval.astray })
    })
}

/// The quotations behind a cell, `ROW,COLUMN` as they are printed, with the query that lists them where there is one.
///
/// Faults: those of [`make`]; `no-cell`.
pub fn cell(
    project: &Project,
    asked: &Asked,
    typed: &str,
    limit: usize,
    progress: &dyn Fn(usize, usize),
) -> Result<(String, Answer)> {
    search::with_index(project, progress, |index| {
        let retrieval = Retrieval::new(project, index)?;
        let counting = Counting::new(project, &retrieval, asked)?;
        let matrix = counting.matrix()?;
        let (row, column) = find(&matrix, typed)?;
        let Some(text) = &matrix.cells[row][column].query else {
            let of_cell = counting.nameless(row, &matrix.columns[column].name)?;
            let found = |stretch: Stretch| query::Found { stretch, is_unread: retrieval.is_unread(&stretch) };
            let found: Vec<query::Found> = of_cell.into_iter().map(found).collect();
            let of = format!("{}, {}", matrix.rows[row].name, matrix.columns[column].name);
            return Ok((of, query::answer(project, &retrieval, &found, limit)?));
        };
        let asked = query::Asked { query: Query::parse(text)?, scope: asked.against.scope(), shared: false, limit };
        Ok((text.clone(), query::run_on(project, &retrieval, &asked)?))
    })
}

/// Row and column of a cell: a name may hold commas itself.
fn find(matrix: &Matrix, typed: &str) -> Result<(usize, usize)> {
    let place = |headings: &[Heading], typed: &str| {
        let wanted = fold(typed.trim());
        headings
            .iter()
            .position(|one| fold(&one.name) == wanted || one.label.as_ref().is_some_and(|label| fold(label) == wanted))
    };
    let cuts = typed.match_indices(',').map(|(at, _)| (&typed[..at], &typed[at + 1..]));
    let found =
        cuts.clone().find_map(|(row, column)| Some((place(&matrix.rows, row)?, place(&matrix.columns, column)?)));
    found.ok_or_else(|| {
        let refused = fault("no-cell", format!("there is no cell '{typed}' in this matrix"));
        let Some((row, column)) = cuts.clone().next() else {
            return refused.hint("name row and column, as in --cell 'trust,access'");
        };
        let near = |headings: &[Heading], typed: &str| match place(headings, typed) {
            Some(at) => Some(headings[at].name.clone()),
            None => did_you_mean(typed.trim(), headings.iter().map(|one| one.name.as_str())).into_iter().next(),
        };
        match (near(&matrix.rows, row), near(&matrix.columns, column)) {
            (Some(row), Some(column)) => refused.hint(format!("did you mean --cell '{row},{column}'?")),
            _ => {
                refused.hint("rows and columns are those printed without --cell; a code without quotations has no row")
            }
        }
    })
}

/// A matrix on its way.
struct Counting<'r> {
    project: &'r Project,
    retrieval: &'r Retrieval<'r>,
    asked: &'r Asked,
    families: Families,
    everything: Basis,
    /// Only what somebody read, where not everything was.
    read: Option<Basis>,
}

/// Which codings count.
struct Basis {
    bounds: Bounds,
    counted: Counted,
}

impl Basis {
    fn new(retrieval: &Retrieval<'_>, only: Option<&Query>, scope: Scope) -> Result<Self> {
        let bounds = Bounds::new(only);
        let counted = bounds.counted(retrieval, scope)?;
        Ok(Basis { bounds, counted })
    }

    /// Leaves out the codings of codes that have no row.
    fn keep_rows(&mut self, retrieval: &Retrieval<'_>, families: &Families) {
        self.counted.stretches.retain(|one| !families.rows.of(retrieval.code_of(one.coding)).is_empty());
    }
}

impl<'r> Counting<'r> {
    fn new(project: &'r Project, retrieval: &'r Retrieval<'r>, asked: &'r Asked) -> Result<Self> {
        let scope = asked.against.scope();
        let mut everything = Basis::new(retrieval, asked.only.as_ref(), scope)?;
        let families = Families::new(project, retrieval, asked, &everything.counted.stretches)?;
        everything.keep_rows(retrieval, &families);
        if everything.counted.stretches.is_empty() {
            let refused = fault("no-codings", "there is no coding to count");
            return Err(match &asked.only {
                Some(only) => refused.hint(format!("see what counts: realist query run '{only}'")),
                None => refused.hint("code first: realist code add D1.gj t14..17 --code trust"),
            });
        }
        let mut counting = Counting { project, retrieval, asked, families, everything, read: None };
        if counting.everything.counted.stretches.iter().any(|one| retrieval.is_unread(one)) {
            let only = Query::and(asked.only.iter().cloned().chain([Query::is_read()]).collect());
            let mut read = Basis::new(retrieval, Some(&only), scope)?;
            read.keep_rows(retrieval, &counting.families);
            counting.read = Some(read);
        }
        Ok(counting)
    }

    /// What was read, with the unread beside it.
    fn matrix(&self) -> Result<Matrix> {
        let everything = self.on(&self.everything)?;
        match &self.read {
            None => Ok(everything),
            Some(read) => Ok(self.on(read)?.beside(everything)),
        }
    }

    fn on(&self, basis: &Basis) -> Result<Matrix> {
        let Counted { stretches, inside } = &basis.counted;
        match &self.asked.against {
            Against::Overlap => {
                let counts = together::overlapping(self.retrieval, stretches, &self.families.rows);
                Ok(self.of_codes(basis, Kind::Overlap, &counts))
            }
            Against::Place(scope) => {
                let counts = together::in_places(self.retrieval, stretches, &self.families.rows, *scope, inside);
                Ok(self.of_codes(basis, Kind::Place(*scope), &counts))
            }
            Against::Facet(facet) => self.of_facet(basis, facet),
        }
    }

    fn finished(
        &self,
        basis: &Basis,
        kind: Kind,
        rows: Vec<Heading>,
        columns: Vec<Heading>,
        cells: Vec<Vec<Cell>>,
    ) -> Matrix {
        let coders = self.retrieval.coders(&basis.counted.stretches);
        Matrix {
            kind,
            rows,
            columns,
            cells,
            total: basis.counted.stretches.len(),
            unread: 0,
            only: self.asked.only.as_ref().map(Query::to_string),
            with_children: self.asked.with_children,
            coders: coders.into_iter().map(str::to_owned).collect(),
        }
    }

    fn headings(&self, basis: &Basis, quotations: &[usize]) -> Vec<Heading> {
        let heading = |(one, quotations): (&rows::Row, &usize)| Heading {
            name: one.name.clone(),
            label: Some(one.label.clone()),
            quotations: *quotations,
            unread: 0,
            query: Some(basis.bounds.each(&one.query).to_string()),
        };
        self.families.shown.iter().zip(quotations).map(heading).collect()
    }

    fn of_codes(&self, basis: &Basis, kind: Kind, counts: &together::Together) -> Matrix {
        let shown = &self.families.shown;
        let cell = |row: usize, column: usize| {
            let (one, other) = (&shown[row].query, &shown[column].query);
            let query = match kind {
                Kind::Place(_) => basis.bounds.in_places(one, other),
                _ => basis.bounds.overlapping(one, other),
            };
            Cell {
                quotations: counts.meeting.at(row, column),
                unread: 0,
                together: Some(counts.together.at(row, column)),
                coefficient: counts.coefficient(row, column),
                query: Some(query.to_string()),
                with_unread: None,
            }
        };
        let cells = (0..shown.len()).map(|row| (0..shown.len()).map(|column| cell(row, column)).collect()).collect();
        let headings = self.headings(basis, &counts.quotations);
        self.finished(basis, kind, headings.clone(), headings, cells)
    }

    /// By stretch, what it is called: only the places that count are looked at.
    fn names(&self, basis: &Basis, names: &Names<'_>) -> Vec<BTreeSet<String>> {
        let texts = self.retrieval.texts();
        let of = |one: &Stretch| {
            let units = texts.touched(one).filter(|unit| basis.counted.inside[*unit as usize]);
            names.among(one, units)
        };
        basis.counted.stretches.iter().map(of).collect()
    }

    fn of_facet(&self, basis: &Basis, facet: &Facet) -> Result<Matrix> {
        let names = Names::new(self.project, self.retrieval, facet)?;
        let all_called = self.names(&self.everything, &names);
        let order = columns_of(facet, &all_called);
        let called = self.names(basis, &names);
        let places: BTreeMap<&str, usize> = order.iter().copied().zip(0..).collect();
        let columns: Vec<Vec<usize>> =
            called.iter().map(|names| names.iter().map(|name| places[name.as_str()]).collect()).collect();
        let counts =
            across::across(self.retrieval, &basis.counted.stretches, &self.families.rows, (&columns, order.len()));
        let asked: Vec<Option<Query>> = order.iter().map(|name| names.asked(name)).collect();
        let cell = |row: usize, column: usize| Cell {
            quotations: counts.cells.at(row, column),
            unread: 0,
            together: None,
            coefficient: None,
            query: asked[column]
                .as_ref()
                .map(|asked| basis.bounds.across(&self.families.shown[row].query, asked).to_string()),
            with_unread: None,
        };
        let cells =
            (0..self.families.shown.len()).map(|row| (0..order.len()).map(|column| cell(row, column)).collect());
        let headings = order.iter().zip(&counts.columns).zip(&asked).map(|((name, quotations), asked)| Heading {
            name: (*name).to_owned(),
            label: None,
            quotations: *quotations,
            unread: 0,
            query: asked.as_ref().map(|asked| basis.bounds.across(&self.families.any(), asked).to_string()),
        });
        let (rows, columns, cells) = (self.headings(basis, &counts.rows), headings.collect(), cells.collect());
        Ok(self.finished(basis, Kind::Facet(facet.to_string()), rows, columns, cells))
    }

    /// The quotations of a cell that no query lists.
    fn nameless(&self, row: usize, column: &str) -> Result<Vec<Stretch>> {
        let Against::Facet(facet) = &self.asked.against else { return Ok(Vec::new()) };
        let basis = self.read.as_ref().unwrap_or(&self.everything);
        let called = self.names(basis, &Names::new(self.project, self.retrieval, facet)?);
        let is_of = |one: &Stretch| self.families.rows.of(self.retrieval.code_of(one.coding)).contains(&row);
        let stretches = basis.counted.stretches.iter().zip(&called);
        Ok(stretches.filter(|(one, names)| is_of(one) && names.contains(column)).map(|(one, _)| *one).collect())
    }
}

/// The columns: documents, sources and speakers as they come, the others by their letters; what has no name last.
fn columns_of<'c>(facet: &Facet, called: &'c [BTreeSet<String>]) -> Vec<&'c str> {
    let mut seen = BTreeSet::new();
    let all = called.iter().flatten().map(String::as_str);
    let mut order: Vec<&str> = all.filter(|name| seen.insert(*name)).collect();
    let is_in_order = matches!(facet, Facet::Plain(PlainFacet::Document | PlainFacet::Source | PlainFacet::Speaker));
    order.sort_by(|a, b| {
        let nameless = a.starts_with('(').cmp(&b.starts_with('('));
        if is_in_order { nameless } else { nameless.then_with(|| fold(a).cmp(&fold(b))).then_with(|| a.cmp(b)) }
    });
    order
}
