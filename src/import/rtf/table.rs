//! Rows and cells of RTF, which has no tables: only paragraphs that say they are in one, and marks
//! where a cell or a row ends.

use crate::import::composition::Composition;

/// How far the table around the place has been opened in the composition.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table {
    /// `\intbl`: the paragraph lies in a table.
    pub is_within: bool,
    /// Depth of the composition outside the table; `None` where none is open.
    open: Option<usize>,
    has_row: bool,
    has_cell: bool,
}

impl Table {
    /// Makes ready for words or a paragraph: in a cell, or outside any table.
    pub fn prepare(&mut self, composition: &mut Composition) {
        if !self.is_within {
            self.close(composition);
            return;
        }
        if self.open.is_none() {
            self.open = Some(composition.depth());
            composition.open_table();
        }
        if !self.has_row {
            composition.open_row();
            self.has_row = true;
        }
        if !self.has_cell {
            composition.open_cell();
            self.has_cell = true;
        }
    }

    /// `\cell`: what came before it is a cell even where nothing had said so.
    pub fn end_cell(&mut self, composition: &mut Composition) {
        let paragraph = composition.lift_paragraph();
        self.is_within = true;
        self.prepare(composition);
        if let Some(paragraph) = paragraph {
            composition.resume(paragraph);
            composition.close();
        }
        composition.close();
        self.has_cell = false;
    }

    /// `\row`
    pub fn end_row(&mut self, composition: &mut Composition) {
        if composition.paragraph().is_some() && self.has_cell {
            composition.close();
        }
        for open in [&mut self.has_cell, &mut self.has_row] {
            if std::mem::take(open) {
                composition.close();
            }
        }
    }

    /// The end of the table, if one is open.
    pub fn close(&mut self, composition: &mut Composition) {
        let Some(outside) = self.open.take() else { return };
        while composition.depth() > outside {
            composition.close();
        }
        self.has_row = false;
        self.has_cell = false;
    }
}
