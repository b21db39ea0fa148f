//! Matrices of codings: code by code, and code by where, by whom and in what kind of source. Pure counting over
//! stretches; which codings count is settled by a query before (`act::matrix`), how it looks after (`report`).
//!
//! A **quotation** is a stretch of a coding, so two coders' codings of one passage are two quotations. A cell holds the
//! quotations of its row's code that meet its column: that is what the query beside it lists.

pub mod asked;
pub mod across;
pub mod grid;
#[cfg(test)]
mod naive;
mod table;
pub mod together;
pub mod words;

use crate::text::words::counted;

pub use grid::Grid;
pub use table::{cells, json, sheet, table};
pub use together::{Coefficient, UNEVEN};

crate::vocabulary! {
    /// Which number of a cell is printed.
    pub enum Shown "number of a cell" {
        /// Quotations of the row's code that meet the column.
        Quotations "quotations",
        /// Of two codes: pairs of quotations that overlap, or places that hold both.
        Together "together",
        /// The c-coefficient of two codes.
        C "c",
    }
}

/// What a matrix sets against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Codes that overlap.
    Overlap,
    /// Codes in one place: a unit, a document, a source.
    Place(crate::retrieve::Scope),
    /// Codes by a facet: `kind`, `attr:age`.
    Facet(String),
}

/// A row or a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub name: String,
    /// Label of a code; `None` of a facet's value.
    pub label: Option<String>,
    /// Quotations of it that count at all.
    pub quotations: usize,
    /// Quotations more, were those confirmed that a search made and nobody has read.
    pub unread: usize,
    /// What lists them; `None` where no query does.
    pub query: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Quotations of the row that meet the column.
    pub quotations: usize,
    /// Quotations more, were those confirmed that a search made and nobody has read.
    pub unread: usize,
    /// Pairs or places, of two codes.
    pub together: Option<usize>,
    pub coefficient: Option<Coefficient>,
    /// What lists the quotations; `None` where no query does.
    pub query: Option<String>,
    /// What lists the unread ones as well, where there are any.
    pub with_unread: Option<String>,
}

/// A finished matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    pub kind: Kind,
    pub rows: Vec<Heading>,
    pub columns: Vec<Heading>,
    /// By row, then column.
    pub cells: Vec<Vec<Cell>>,
    /// Quotations counted, each once.
    pub total: usize,
    /// Quotations that a search made and nobody has read: they stand beside the counts.
    pub unread: usize,
    /// Which codings count; `None`: all.
    pub only: Option<String>,
    /// Codes count with those below them in the tree.
    pub with_children: bool,
    /// Who coded what counts, ascending.
    pub coders: Vec<String>,
}

impl Matrix {
    /// Counts over what was read, with what the same counts over everything have more beside them. Both have the same
    /// rows and columns.
    #[must_use]
    pub fn beside(mut self, everything: Matrix) -> Self {
        self.unread = everything.total.saturating_sub(self.total);
        let headings = [(&mut self.rows, everything.rows), (&mut self.columns, everything.columns)];
        for (read, all) in headings.into_iter().flat_map(|(read, all)| read.iter_mut().zip(all)) {
            read.unread = all.quotations.saturating_sub(read.quotations);
        }
        for (read, all) in self.cells.iter_mut().flatten().zip(everything.cells.into_iter().flatten()) {
            read.unread = all.quotations.saturating_sub(read.quotations);
            read.with_unread = all.query.filter(|_| read.unread > 0);
        }
        self
    }

    /// Stem of its file in `outputs/`.
    pub fn key(&self) -> &'static str {
        let Kind::Facet(facet) = &self.kind else { return "matrix-codes" };
        match facet.as_str() {
            "document" => "matrix-by-document",
            "source" => "matrix-by-source",
            "kind" => "matrix-by-kind",
            "strand" => "matrix-by-strand",
            "group" => "matrix-by-group",
            "speaker" => "matrix-by-speaker",
            "coder" => "matrix-by-coder",
            _ => "matrix-by-attribute",
        }
    }

    /// What the numbers of this kind count, in a sentence.
    pub fn rule(&self, shown: Shown) -> String {
        let is_place = |scope: crate::retrieve::Scope| match scope {
            crate::retrieve::Scope::Unit => "numbered unit (turn, paragraph, row)",
            crate::retrieve::Scope::Document => "document",
            crate::retrieve::Scope::Source => "source",
        };
        match (&self.kind, shown) {
            (Kind::Overlap, Shown::Quotations) => {
                "A cell counts the quotations of its row's code that share a letter with a quotation of its column's \
                 code; across the diagonal the other code's are counted. On the diagonal: those that overlap another \
                 quotation of the same code."
                    .to_owned()
            }
            (Kind::Overlap, Shown::Together) => {
                "A cell counts pairs: one quotation of each code, with a letter in common.".to_owned()
            }
            (Kind::Overlap, Shown::C) => {
                "c = n12 / (n1 + n2 - n12), n12 pairs of quotations that overlap, n1 and n2 the quotations of each \
                 code. Where quotations of one code overlap each other, pairs outnumber quotations and c may not exist: \
                 count by a scope instead."
                    .to_owned()
            }
            (Kind::Place(scope), Shown::Quotations) => format!(
                "A cell counts the quotations of its row's code in a {0} that holds its column's code too; the \
                 diagonal all of a code.",
                is_place(*scope)
            ),
            (Kind::Place(scope), Shown::Together) => {
                format!("A cell counts places that hold both codes; a place is a {}.", is_place(*scope))
            }
            (Kind::Place(scope), Shown::C) => format!(
                "c = n12 / (n1 + n2 - n12), n12 places that hold both codes, n1 and n2 those that hold each; a place \
                 is a {}.",
                is_place(*scope)
            ),
            (Kind::Facet(facet), _) => format!(
                "A cell counts the quotations of its row's code by {facet}. A quotation across several counts for each, \
                 so a row may add up to more than its total."
            ),
        }
    }

    /// What to know before reading anything out of the numbers.
    pub fn warnings(&self, shown: Shown) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.unread > 0 {
            warnings.push(format!(
                "{} that a search made and nobody has confirmed stand beside the counts, as +n unread, and count nowhere else \
                 (realist code list --unread).",
                counted(self.unread, "quotation")
            ));
        }
        if self.coders.len() > 1 && self.kind != Kind::Facet("coder".to_owned()) {
            warnings.push(format!(
                "Codings of {} coders count ({}): a passage that several coded counts for each. --coded-by TAG counts one's.",
                self.coders.len(),
                self.coders.join(", ")
            ));
        }
        let uneven = || {
            let pairs = self.cells.iter().enumerate().flat_map(|(row, cells)| &cells[row + 1..]);
            pairs.filter_map(|cell| cell.coefficient.as_ref()).filter(|one| one.is_uneven).count()
        };
        if shown == Shown::C && uneven() > 0 {
            warnings.push(format!(
                "In {} of the pairs one code is more than {UNEVEN} times as frequent as the other: c is small there \
                 however closely they go together.",
                uneven()
            ));
        }
        warnings
    }
}
