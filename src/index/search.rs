//! Searching: hits in the order of their worth or of the documents.

use super::matching::{Matching, Scored};
use super::plan::{Plan, Planner};
use super::{Index, Trouble, guarded};
use crate::diagnostic::Result;
use crate::id::Id;
use crate::query::{Facts, Query};
use std::cmp::Reverse;
use tantivy::fieldnorm::FieldNormReader;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Best first; ties by document, then unit.
    Ranked,
    /// By document, then unit.
    Document,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hits {
    /// All units that match, also those beyond the limit.
    pub total: usize,
    pub hits: Vec<Hit>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    pub document: Id,
    /// The unit's number in its document.
    pub n: usize,
    /// BM25 (k1 = 1.2, b = 0.75) over all units in the index, to four decimals.
    pub score: f64,
}

impl Index {
    /// The units that match the query, the first `limit` of them. The fault `index-damaged` means
    /// that the index is to be discarded and built again; others are about the query.
    pub fn search(&self, query: &Query, facts: &dyn Facts, order: Order, limit: usize) -> Result<Hits> {
        guarded(|| {
            let found = self.matches(query, facts)?;
            let total = found.iter().map(Vec::len).sum();
            let least = match order {
                Order::Ranked => least_score(&found, limit, total),
                Order::Document => 0,
            };
            let mut keyed = self.keyed(&found, least)?;
            match order {
                Order::Ranked => first(&mut keyed, limit, |(rank, n, score)| (Reverse(*score), *rank, *n)),
                Order::Document => first(&mut keyed, limit, |(rank, n, _)| (*rank, *n)),
            }
            let hits = keyed.into_iter().map(|(rank, n, score)| {
                Ok(Hit { document: self.documents[rank as usize], n: whole(n)?, score: f64::from(score) / 10_000.0 })
            });
            Ok(Hits { total, hits: hits.collect::<Result<_, Trouble>>()? })
        })
        .map_err(Trouble::into_fault)
    }

    /// By segment.
    fn matches(&self, query: &Query, facts: &dyn Facts) -> Result<Vec<Scored>, Trouble> {
        let plan: Plan = Planner::new(self, facts).plan(query)?;
        let lengths = self.lengths();
        let run = |(ordinal, segment)| Matching { segment, ordinal, lengths: &lengths }.run(&plan, None);
        self.segments.iter().enumerate().map(run).collect()
    }

    /// What a unit's length does to its score, by tantivy's length code.
    fn lengths(&self) -> [f64; 256] {
        let mean = (self.words() as f64 / self.units().max(1) as f64).max(1e-9);
        let mut lengths = [0.0; 256];
        for (code, length) in (0..=u8::MAX).zip(&mut lengths) {
            *length = 1.2 * (0.25 + 0.75 * f64::from(FieldNormReader::id_to_fieldnorm(code)) / mean);
        }
        lengths
    }

    /// Those that score at least so much, as (rank of the document, unit, score).
    fn keyed(&self, found: &[Scored], least: u32) -> Result<Vec<(u32, u64, u32)>, Trouble> {
        let mut keyed = Vec::new();
        for (segment, found) in self.segments.iter().zip(found) {
            for (doc, score) in found.iter().copied().filter(|(_, score)| *score >= least) {
                keyed.push((self.rank(segment.entry.get_val(doc))?, segment.n.get_val(doc), score));
            }
        }
        Ok(keyed)
    }

    pub(super) fn rank(&self, entry: u64) -> Result<u32, Trouble> {
        let rank = usize::try_from(entry).ok().and_then(|entry| *self.ranks.get(entry)?);
        rank.ok_or_else(|| Trouble::Damage("it names a text that its manifest does not".to_owned()))
    }
}

/// Keeps the first `limit` by key, in order, without sorting the others.
fn first<T, K: Ord>(all: &mut Vec<T>, limit: usize, key: fn(&T) -> K) {
    if limit < all.len() {
        all.select_nth_unstable_by_key(limit, key);
        all.truncate(limit);
    }
    all.sort_unstable_by_key(key);
}

/// The score of the last hit within the limit; hits below need no look.
fn least_score(found: &[Scored], limit: usize, total: usize) -> u32 {
    if limit == 0 || limit >= total {
        return 0;
    }
    let mut scores: Vec<u32> = found.iter().flatten().map(|(_, score)| *score).collect();
    *scores.select_nth_unstable_by(limit - 1, |a, b| b.cmp(a)).1
}

pub(super) fn whole(number: u64) -> Result<usize, Trouble> {
    usize::try_from(number).map_err(|_| Trouble::Damage("a number in it is too large".to_owned()))
}
