//! A set of units as the project said it ([`Extent`]), made quick to ask unit by unit.

use super::Index;
use super::segment::Segment;
use crate::query::Extent;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use tantivy::DocId;

/// What is asked of the units of one entry.
#[derive(Debug, Clone, Default)]
struct Asked {
    all: bool,
    without_study: bool,
    /// Sorted, counted from 1 as in the index.
    speakers: Vec<u64>,
    studies: Vec<u64>,
    /// Sorted, none overlapping.
    units: Vec<(u64, u64)>,
}

/// By ordinal of the entry; `None` where no unit of it belongs.
pub struct Belongs(Vec<Option<Asked>>);

impl Belongs {
    pub fn new(extent: &Extent, index: &Index) -> Self {
        let mut documents: BTreeMap<_, Asked> = BTreeMap::new();
        for document in &extent.documents {
            documents.entry(*document).or_default().all = true;
        }
        for document in &extent.without_study {
            documents.entry(*document).or_default().without_study = true;
        }
        for (document, speaker) in &extent.speakers {
            documents.entry(*document).or_default().speakers.push(*speaker as u64 + 1);
        }
        for (document, study) in &extent.studies {
            documents.entry(*document).or_default().studies.push(*study as u64 + 1);
        }
        for (document, ranges) in &extent.units {
            documents.entry(*document).or_default().units = merged(ranges);
        }
        let asked = |rank: &Option<u32>| documents.get(&index.documents[(*rank)? as usize]).cloned();
        Belongs(index.ranks.iter().map(asked).collect())
    }

    pub fn holds(&self, segment: &Segment, doc: DocId) -> bool {
        self.holds_of(segment.entry.get_val(doc), segment, doc)
    }

    fn holds_of(&self, entry: u64, segment: &Segment, doc: DocId) -> bool {
        let Some(Some(asked)) = usize::try_from(entry).ok().and_then(|entry| self.0.get(entry)) else { return false };
        asked.all
            || (asked.without_study && segment.study.get_val(doc) == 0)
            || (!asked.speakers.is_empty() && asked.speakers.binary_search(&segment.speaker.get_val(doc)).is_ok())
            || (!asked.studies.is_empty() && asked.studies.binary_search(&segment.study.get_val(doc)).is_ok())
            || (!asked.units.is_empty() && among(&asked.units, segment.n.get_val(doc)))
    }

    /// All units of the segment that belong.
    pub fn all(&self, segment: &Segment) -> Vec<DocId> {
        let mut found = Vec::new();
        let mut entries = [0; 1024];
        let mut start: DocId = 0;
        while start < segment.end() {
            let here = entries.len().min((segment.end() - start) as usize);
            segment.entry.get_range(u64::from(start), &mut entries[..here]);
            for (doc, entry) in (start..).zip(&entries[..here]) {
                if self.holds_of(*entry, segment, doc) && segment.is_alive(doc) {
                    found.push(doc);
                }
            }
            start += 1024;
        }
        found
    }
}

fn among(ranges: &[(u64, u64)], n: u64) -> bool {
    ranges[..ranges.partition_point(|(first, _)| *first <= n)].last().is_some_and(|(_, last)| n <= *last)
}

fn merged(ranges: &[RangeInclusive<usize>]) -> Vec<(u64, u64)> {
    let mut sorted: Vec<(u64, u64)> = ranges
        .iter()
        .filter(|range| !range.is_empty())
        .map(|range| (*range.start() as u64, *range.end() as u64))
        .collect();
    sorted.sort_unstable();
    let mut merged: Vec<(u64, u64)> = Vec::with_capacity(sorted.len());
    for (first, last) in sorted {
        match merged.last_mut() {
            Some((_, end)) if first <= *end => *end = last.max(*end),
            _ => merged.push((first, last)),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_merged() {
        let ranges = merged(&[5..=9, 1..=2, 6..=7, 9..=12]);
        assert_eq!(ranges, [(1, 2), (5, 12)]);
        let inside: Vec<u64> = (0..15).filter(|n| among(&ranges, *n)).collect();
        assert_eq!(inside, [1, 2, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
}
