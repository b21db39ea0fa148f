//! Rows and cells of RTF, which has no tables: only paragraphs that say they are in one, and marks
//! where a cell or a row ends.

use crate::import::manuscript::Manuscript;

/// How far the table around the place has been opened in the manuscript.
#[derive(Debug, Clone, Copy, Default)]
pub struct Table {
    /// `\intbl`: the paragraph lies in a table.
    pub is_within: bool,
    /// Depth of the manuscript outside the table; `None` where none is open.
    open: Option<usize>,
    has_row: bool,
    has_cell: bool,
}

impl Table {
    /// Makes ready for words or a paragraph: in a cell, or outside any table.
    pub fn prepare(&mut self, manuscript: &mut Manuscript) {
        if !self.is_within {
            self.close(manuscript);
            return;
        }
        if self.open.is_none() {
            self.open = Some(manuscript.depth());
            manuscript.open_table();
        }
        if !self.has_row {
            manuscript.open_row();
            self.has_row = true;
        }
        if !self.has_cell {
            manuscript.open_cell();
            self.has_cell = true;
        }
    }

    /// `\cell`: what came before it is a cell even where nothing had said so.
    pub fn end_cell(&mut self, manuscript: &mut Manuscript) {
        let paragraph = manuscript.lift_paragraph();
        self.is_within = true;
        self.prepare(manuscript);
        if let Some(paragraph) = paragraph {
            manuscript.resume(paragraph);
            manuscript.close();
        }
        manuscript.close();
        self.has_cell = false;
    }

    /// `\row`
    pub fn end_row(&mut self, manuscript: &mut Manuscript) {
        if manuscript.paragraph().is_some() && self.has_cell {
            manuscript.close();
        }
        for open in [&mut self.has_cell, &mut self.has_row] {
            if std::mem::take(open) {
                manuscript.close();
            }
        }
    }

    /// The end of the table, if one is open.
    pub fn close(&mut self, manuscript: &mut Manuscript) {
        let Some(outside) = self.open.take() else { return };
        while manuscript.depth() > outside {
            manuscript.close();
        }
        self.has_row = false;
        self.has_cell = false;
    }
}
