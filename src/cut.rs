//! What was taken out of a text so that a person's words are gone for good: where they stood, never what
//! they were. From it alone an anchor set before is known to hold in the text that is left, or to have
//! stood on words that are destroyed; so it is kept in the journal, and every machine knows the same.
//!
//! How a text is cut is settled in `redact`.

use crate::id::Id;
use crate::text::Span;
use serde::{Deserialize, Serialize};

/// What stands where the words were.
pub const MARK: &str = "[withdrawn]";

/// How a text version was made from an earlier one by taking out what some participants said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cut {
    /// The versions it was made from: the one in force, and those with the same text. None where it was made of a
    /// text by somebody unaware of the withdrawal: a [`Way`] leads there from it.
    pub from: Vec<String>,
    /// Whose words are not in it, those taken out before included.
    pub without: Vec<Id>,
    /// What was taken out of the text before, in order; each is [`MARK`] now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<Span>,
    /// Rows of a table that were taken out whole, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<usize>,
    /// The seal of each shard of the new text ([`crate::passage::QuoteKey::seal`]): proves that it is the text this speaks of.
    pub seals: Vec<String>,
}

impl Cut {
    /// Where a stretch of the text before stands now; `None` where any of it was taken out.
    pub fn moved(&self, span: Span) -> Option<Span> {
        let before = self.spans.partition_point(|cut| cut.end() <= span.start());
        if self.spans.get(before).is_some_and(|cut| cut.overlaps(span)) {
            return None;
        }
        let (gone, put) = (self.spans[..before].iter().map(|cut| cut.len()).sum::<usize>(), before * MARK.len());
        Span::new(span.start() + put - gone, span.end() + put - gone)
    }

    /// The same for a stretch of which some or all was taken out: with [`MARK`] in the place of what is gone.
    pub fn spread(&self, span: Span) -> Option<Span> {
        Span::new(self.edge(span.start(), 0), self.edge(span.end(), MARK.len()))
    }

    /// Where an edge of a stretch stands now; within what was taken out, so far into the mark.
    fn edge(&self, at: usize, into: usize) -> usize {
        let before = self.spans.partition_point(|cut| cut.end() <= at);
        let gone = self.spans[..before].iter().map(|cut| cut.len()).sum::<usize>();
        let within = self.spans.get(before).filter(|cut| cut.start() < at);
        within.map_or(at, |cut| cut.start() + into) + before * MARK.len() - gone
    }

    /// A row of the table is there still.
    pub fn keeps_row(&self, row: usize) -> bool {
        self.rows.binary_search(&row).is_err()
    }
}

/// Which stretches of a text version stand unchanged in one that was made because somebody withdrew, and
/// where: former start, start now and length, in bytes (in a table: rows), in the former order. What is in none of
/// them has no place there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Way(Vec<[usize; 3]>);

impl Way {
    /// Stretches in the former order that do not overlap there.
    pub fn of(stretches: Vec<[usize; 3]>) -> Self {
        Way(stretches)
    }

    /// Where a stretch of the former text stands now, whole.
    pub fn moved(&self, span: Span) -> Option<Span> {
        let start = self.place(span.start(), span.len())?;
        Span::new(start, start + span.len())
    }

    /// Where a row of the former table stands now.
    pub fn row(&self, row: usize) -> Option<usize> {
        self.place(row, 1)
    }

    fn place(&self, start: usize, length: usize) -> Option<usize> {
        let [from, to, kept] = *self.0[..self.0.partition_point(|[from, ..]| *from <= start)].last()?;
        let into = start - from;
        (into.checked_add(length)? <= kept).then(|| to.checked_add(into))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_of_a_stretch_is_the_mark_in_its_place() {
        let spans = [(10, 30), (40, 45)].map(|(start, end)| Span::new(start, end).unwrap());
        let cut =
            Cut { from: Vec::new(), without: Vec::new(), spans: spans.to_vec(), rows: Vec::new(), seals: Vec::new() };
        let spread = |start, end| cut.spread(Span::new(start, end).unwrap()).map(|span| (span.start(), span.end()));
        // The marks stand at 10..21 and 31..42.
        assert_eq!([spread(0, 10), spread(30, 40), spread(45, 50)], [Some((0, 10)), Some((21, 31)), Some((42, 47))]);
        assert_eq!([spread(10, 30), spread(12, 20), spread(41, 42)], [Some((10, 21)), Some((10, 21)), Some((31, 42))]);
        assert_eq!([spread(5, 15), spread(20, 43), spread(15, 50)], [Some((5, 21)), Some((10, 42)), Some((10, 47))]);
    }

    #[test]
    fn a_way_moves_what_lies_in_one_stretch_whole() {
        let way = Way::of(vec![[0, 3, 4], [10, 20, 5]]);
        let moved = |start, end| way.moved(Span::new(start, end).unwrap()).map(|span| (span.start(), span.end()));
        assert_eq!([moved(0, 4), moved(1, 3), moved(10, 15)], [Some((3, 7)), Some((4, 6)), Some((20, 25))]);
        assert_eq!([moved(0, 5), moved(4, 6), moved(9, 12), moved(14, 16)], [None; 4]);
        assert_eq!([way.row(3), way.row(4), way.row(14)], [Some(6), None, Some(24)]);
        assert_eq!(Way::default().row(1), None);
    }
}
