//! A half-open stretch of bytes. It cannot be inverted or empty.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// Half-open byte range `[start, end)` with `start < end`, written `start-end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "[usize; 2]", into = "[usize; 2]")]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// `None` where the range is empty or inverted.
    pub fn new(start: usize, end: usize) -> Option<Self> {
        (start < end).then_some(Span { start, end })
    }

    pub fn start(self) -> usize {
        self.start
    }

    pub fn end(self) -> usize {
        self.end
    }

    /// Length in bytes, at least 1.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// The words at this span, or `None` where it leaves the text or cuts a character.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// At least one byte in common; touching spans do not overlap.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Equal spans count as enclosed.
    pub fn encloses(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

impl TryFrom<[usize; 2]> for Span {
    type Error = String;

    fn try_from([start, end]: [usize; 2]) -> Result<Self, String> {
        Span::new(start, end).ok_or_else(|| format!("the span {start}-{end} is empty or inverted"))
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_never_empty_or_inverted() {
        assert_eq!(Span::new(3, 3), None);
        assert_eq!(Span::new(4, 3), None);
        assert!(serde_json::from_str::<Span>("[5,2]").is_err());
        assert_eq!(Span::new(1, 4).unwrap().of("héllo"), Some("él"));
        assert_eq!(Span::new(2, 4).unwrap().of("héllo"), None);
    }

    #[test]
    fn touching_is_not_overlapping() {
        let (a, b) = (Span::new(0, 5).unwrap(), Span::new(5, 9).unwrap());
        assert!(!a.overlaps(b));
        assert!(a.join(b).encloses(a));
    }
}
