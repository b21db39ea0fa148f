//! Documents on their way, from the records that searches found to what bears on a statement (method reference 3.2): what was
//! counted, whether it adds up, and how that stands to what the project holds. Nothing is ever adjusted.

mod held;
mod sums;
#[cfg(test)]
mod tests;

pub use held::{Held, Strand, by_strand, held_by};
pub use sums::{Gap, gaps};

use crate::origin::{Stream, Way};
use crate::searching::{Flow, Search, Stage};
use crate::source::Source;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

/// One stream of records.
#[derive(Debug, Clone, PartialEq)]
pub struct Account<'s> {
    pub stream: Stream,
    /// Nobody has counted, where there is none.
    pub flow: Option<&'s Flow>,
    /// Searches in use whose records are screened.
    pub searches: Vec<&'s Search>,
    /// Published works that are said to have come by it.
    pub held: Held,
}

impl Account<'_> {
    /// Left out at a stage, where the stream names no reason for it.
    pub fn without_reason(&self, stage: Stage) -> Option<u64> {
        let flow = self.flow?;
        if flow.by_reason(stage).is_some() { None } else { flow.count(stage) }
    }

    pub fn count(&self, stage: Stage) -> Option<u64> {
        self.flow.and_then(|flow| flow.count(stage))
    }

    /// Its records do not go through the stage.
    pub fn skips(&self, stage: Stage) -> bool {
        self.flow.is_some_and(|flow| flow.skips(stage))
    }

    /// Nobody said how many, and it is a stage the stream goes through.
    fn is_silent(&self, stage: Stage) -> bool {
        self.count(stage).is_none() && !self.skips(stage)
    }

    pub fn gaps(&self) -> Vec<Gap> {
        self.flow.map(gaps).unwrap_or_default()
    }

    /// Records that its searches found, where each of them says so.
    pub fn records(&self) -> Option<u64> {
        if self.searches.is_empty() { None } else { self.searches.iter().map(|one| one.records).sum() }
    }
}

/// All streams that somebody counted, searched or named as the origin of a source, and published works without one.
#[derive(Debug, Clone, PartialEq)]
pub struct Screening<'s> {
    pub accounts: Vec<Account<'s>>,
    /// Published works of which nobody said by which stream they came.
    pub of_no_stream: Held,
    /// What the team gathered itself.
    pub own_data: Held,
}

impl<'s> Screening<'s> {
    pub fn of(synthesis: &'s Synthesis) -> Self {
        let mut held = held_by(synthesis, |source| (source.kind.is_own_data(), origin(source)));
        let searches: Vec<&Search> = synthesis.searches.values().filter(|one| one.is_of_flow()).collect();
        let counted = synthesis.flows.values().map(|one| one.stream);
        let streams = counted.chain(searches.iter().map(|one| one.stream));
        let streams: BTreeSet<Stream> = streams.chain(held.keys().filter_map(|(_, stream)| *stream)).collect();
        let account = |stream: Stream| Account {
            stream,
            flow: synthesis.flows.get(&Flow::id_of(stream)),
            searches: searches.iter().copied().filter(|one| one.stream == stream).collect(),
            held: held.remove(&(false, Some(stream))).unwrap_or_default(),
        };
        let accounts = streams.into_iter().map(account).collect();
        let mut rest = |is_own| held.remove(&(is_own, None)).unwrap_or_default();
        Screening { accounts, of_no_stream: rest(false), own_data: rest(true) }
    }

    /// Somebody counted records.
    pub fn is_counted(&self) -> bool {
        self.accounts.iter().any(|one| one.flow.is_some())
    }

    fn counted(&self) -> impl Iterator<Item = &Account<'s>> {
        self.accounts.iter().filter(|one| one.flow.is_some())
    }

    /// A stage over all streams, and the streams that do not say it, be they searched or named as an origin and never
    /// counted.
    pub fn total(&self, stage: Stage) -> (u64, Vec<Stream>) {
        let silent = self.accounts.iter().filter(|one| one.is_silent(stage)).map(|one| one.stream).collect();
        (self.counted().filter_map(|one| one.count(stage)).sum(), silent)
    }

    /// Reasons at a stage over all streams, the most frequent first.
    pub fn reasons(&self, stage: Stage) -> Vec<(&'s str, u64)> {
        let flows = self.accounts.iter().filter_map(|one| one.flow);
        let mut all: BTreeMap<_, (&str, u64)> = BTreeMap::new();
        for (id, one) in flows.filter_map(|flow| flow.reasons.get(&stage)).flatten() {
            all.entry(id).or_insert((&one.reason, 0)).1 += one.n;
        }
        let mut all: Vec<(&str, u64)> = all.into_values().collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all
    }

    /// How many were left out at a stage in streams that name no reason for any; nothing where no stream names one.
    pub fn without_reason(&self, stage: Stage) -> Option<u64> {
        let is_asked = Stage::REASONED.contains(&stage) && !self.reasons(stage).is_empty();
        let silent = self.counted().filter_map(|one| one.without_reason(stage));
        is_asked.then(|| silent.sum()).filter(|n| *n > 0)
    }

    /// Where counts differ from what the project knows by itself.
    pub fn differences(&self) -> Vec<String> {
        let by_stream = self.counted().flat_map(|one| self.differences_of(one));
        by_stream.chain(self.difference_of_all()).collect()
    }

    /// Where the sum of all streams differs from what was taken in.
    pub fn difference_of_all(&self) -> Option<String> {
        let (included, silent) = self.total(Stage::Included);
        let taken_in = self.accounts.iter().map(|one| one.held.taken_in).sum::<usize>() + self.of_no_stream.taken_in;
        (self.is_counted() && silent.is_empty() && included != taken_in as u64).then(|| {
            let works = crate::text::words::counted(taken_in, "published work");
            format!("All streams: {included} included, and {works} in the project")
        })
    }

    /// Where the counts of a stream differ from what the project knows of it.
    pub fn differences_of(&self, one: &Account) -> Vec<String> {
        let mut said = Vec::new();
        let title = one.stream.title();
        if let (Some(identified), Some(records)) = (one.count(Stage::Identified), one.records())
            && identified != records
        {
            said.push(format!("{title}: {identified} identified, and its searches found {records}"));
        }
        let taken_in = one.held.taken_in as u64;
        let is_told = self.of_no_stream.taken_in == 0;
        if let Some(included) = one.count(Stage::Included)
            && (taken_in > included || (is_told && taken_in < included))
        {
            said.push(format!("{title}: {included} included, and {taken_in} in the project came by it"));
        }
        let with_text = one.held.with_text as u64;
        if let Some(read) = one.count(Stage::FullText)
            && with_text > read
        {
            said.push(format!("{title}: {read} assessed on full text, and {with_text} have a text in the project"));
        }
        said
    }
}

/// The stream a published work came by; own data come by none.
pub fn origin(source: &Source) -> Option<Stream> {
    source.origin.filter(|_| !source.kind.is_own_data())
}

/// Searches in use, in the order of streams, dates and labels.
pub fn searches(synthesis: &Synthesis) -> Vec<&Search> {
    let mut all: Vec<&Search> = synthesis.searches.values().filter(|one| !one.retired).collect();
    all.sort_by_key(|one| (one.stream, !one.scoping, one.date.clone(), synthesis.labels.get(&one.id)));
    all
}

/// Later searches, made to close a gap.
pub fn is_purposive(search: &Search) -> bool {
    search.stream.way == Way::Purposive
}
