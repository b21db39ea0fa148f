//! A coding: one coder, one code, one passage; and how codings are counted.

use crate::id::Id;
use crate::passage::{Anchor, Carried};
use crate::text::words::counted;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub code: Id,
    pub anchor: Anchor,
    /// Set by a correction of the document, until somebody settles it.
    #[serde(default)]
    pub carried: Option<Carried>,
    /// Put there by a search and read by nobody yet: left out of agreement.
    #[serde(default)]
    pub unread: bool,
    /// Tag of the coder.
    pub coder: String,
    #[serde(default)]
    pub memo: Option<String>,
    /// The blind pass whose coders settled on it: a consensus coding, which stands beside theirs.
    #[serde(default)]
    pub pass: Option<Id>,
    /// The codings it was settled from.
    #[serde(default)]
    pub of: Vec<Id>,
    /// Why it was settled so.
    #[serde(default)]
    pub reason: Option<String>,
}

/// How many codings, or quotations of theirs. **What a search put there and nobody has read counts for nothing**: it is
/// told beside the number, never in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Count {
    /// Made or read by somebody.
    pub confirmed: usize,
    /// Beside them: made by a search, and read by nobody.
    pub unread: usize,
}

impl Count {
    pub fn add(&mut self, is_unread: bool) {
        if is_unread {
            self.unread += 1;
        } else {
            self.confirmed += 1;
        }
    }

    /// What counts and what stands beside it: as many as a list has that leaves nothing out.
    pub fn listed(self) -> usize {
        self.confirmed + self.unread
    }

    /// `12 quotations`, `12 quotations and 3 unread beside them (made by a search, confirmed by nobody)`.
    pub fn said(self, one: &str) -> String {
        let confirmed = counted(self.confirmed, one);
        match self.unread {
            0 => confirmed,
            unread => format!("{confirmed} and {unread} unread beside them (made by a search, confirmed by nobody)"),
        }
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Count>>(all: I) -> Count {
        all.fold(Count::default(), |sum, one| Count {
            confirmed: sum.confirmed + one.confirmed,
            unread: sum.unread + one.unread,
        })
    }
}

/// `12`, or `12 +3 unread`.
impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.unread {
            0 => write!(f, "{}", self.confirmed),
            unread => write!(f, "{} +{unread} unread", self.confirmed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_read_is_told_beside_the_number() {
        let mut count = Count::default();
        for is_unread in [false, true, false, true, true] {
            count.add(is_unread);
        }
        assert_eq!((count.confirmed, count.unread, count.listed()), (2, 3, 5));
        assert_eq!(count.to_string(), "2 +3 unread");
        assert!(count.said("quotation").starts_with("2 quotations and 3 unread beside them"));
        let read = Count { confirmed: 1, unread: 0 };
        assert_eq!((read.to_string(), read.said("coding")), ("1".to_owned(), "1 coding".to_owned()));
        assert_eq!([count, read].into_iter().sum::<Count>(), Count { confirmed: 3, unread: 3 });
    }
}
