//! Running a plan over one segment: which units match, and what each scores.

use super::plan::{Plan, Weight};
use super::segment::{Form, Segment};
use super::sought::{Places, Terms};
use super::{Trouble, positions};
use std::cmp::Ordering;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED};

/// Units ascending, none deleted, each with its score.
pub type Scored = Vec<(DocId, u32)>;

/// One segment of the index, with what scoring needs.
pub struct Matching<'i> {
    pub segment: &'i Segment,
    pub ordinal: usize,
    /// By length code: `k1 * (1 - b + b * length / mean length)`, k1 = 1.2, b = 0.75.
    pub lengths: &'i [f64; 256],
}

impl Matching<'_> {
    /// The units that match; where `within` is given, only those of it.
    pub fn run(&self, plan: &Plan, within: Option<&[(DocId, u32)]>) -> Result<Scored, Trouble> {
        match plan {
            Plan::All => {
                Ok(within.map_or_else(|| self.everything(), <[_]>::to_vec).into_iter().map(unscored).collect())
            }
            Plan::Term(term, weight) => self.term(term, *weight, within),
            Plan::Counted(counted, weight) => {
                let counted = &counted[self.ordinal];
                let found =
                    within.map(|within| both(counted, &within.iter().copied().map(unscored).collect::<Scored>()));
                Ok(self.scored(found.as_ref().unwrap_or(counted), *weight))
            }
            Plan::Together { slots, places, weight } => self.together(slots, *places, *weight, within),
            Plan::Belongs(belongs) => Ok(match within {
                Some(within) => {
                    within.iter().copied().filter(|(doc, _)| belongs.holds(self.segment, *doc)).map(unscored).collect()
                }
                None => belongs.all(self.segment).into_iter().map(|doc| (doc, 0)).collect(),
            }),
            Plan::Not(inner) => {
                let all = within.map_or_else(|| self.everything(), <[_]>::to_vec);
                let out = self.run(inner, Some(&all))?;
                Ok(without(&all, &out))
            }
            Plan::And(parts) => self.and(parts, within),
            Plan::Or(parts) => {
                parts.iter().try_fold(Scored::new(), |found, part| Ok(either(&found, &self.run(part, within)?)))
            }
        }
    }

    fn everything(&self) -> Scored {
        (0..self.segment.end()).filter(|doc| self.segment.is_alive(*doc)).map(|doc| (doc, 0)).collect()
    }

    /// The part that matches least goes first; the others look only at what it left.
    fn and(&self, parts: &[Plan], within: Option<&[(DocId, u32)]>) -> Result<Scored, Trouble> {
        let mut order: Vec<&Plan> = parts.iter().collect();
        order.sort_by_key(|plan| self.most(plan));
        let mut found: Option<Scored> = None;
        for plan in order {
            found = Some(match found {
                None => self.run(plan, within)?,
                Some(found) if found.is_empty() => return Ok(found),
                Some(found) => {
                    let more = self.run(plan, Some(&found))?;
                    both(&found, &more)
                }
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// How many units a plan could match at most; only the order of work hangs on it.
    fn most(&self, plan: &Plan) -> u64 {
        let all = u64::from(self.segment.end());
        match plan {
            Plan::Term(term, _) => holders(term, self.ordinal),
            Plan::Counted(counted, _) => counted[self.ordinal].len() as u64,
            Plan::Together { slots, .. } => slots.iter().map(|slot| holders(slot, self.ordinal)).min().unwrap_or(0),
            Plan::Belongs(_) => all,
            Plan::All | Plan::Not(_) => all + 1,
            Plan::And(parts) => parts.iter().map(|part| self.most(part)).min().unwrap_or(0),
            Plan::Or(parts) => parts.iter().map(|part| self.most(part)).sum(),
        }
    }

    fn score(&self, weight: Weight, doc: DocId, times: u32) -> (DocId, u32) {
        (doc, weight.score(times, self.lengths[usize::from(self.segment.lengths.fieldnorm_id(doc))]))
    }

    fn scored(&self, counted: &[(DocId, u32)], weight: Weight) -> Scored {
        counted.iter().map(|(doc, times)| self.score(weight, *doc, *times)).collect()
    }

    fn term(&self, term: &Terms, weight: Weight, within: Option<&[(DocId, u32)]>) -> Result<Scored, Trouble> {
        let Some(within) = within else {
            return Ok(self.scored(&times(self.segment, term.form, &term.found[self.ordinal])?, weight));
        };
        let mut postings = postings(self.segment, self.ordinal, term, IndexRecordOption::WithFreqs)?;
        let mut found = Scored::new();
        for (doc, _) in within {
            if let Some(postings) = at(&mut postings, *doc) {
                found.push(self.score(weight, *doc, postings.term_freq()));
            }
        }
        Ok(found)
    }

    fn together(
        &self,
        slots: &[Terms],
        places: Places,
        weight: Weight,
        within: Option<&[(DocId, u32)]>,
    ) -> Result<Scored, Trouble> {
        let candidates = match within {
            Some(within) => within.to_vec(),
            None => rarest(self.segment, self.ordinal, slots)?,
        };
        let mut found = Scored::new();
        each_standing(self.segment, self.ordinal, slots, &candidates, |(doc, _), standing| {
            let count = match places {
                Places::Following => positions::phrase(standing).len(),
                Places::Near(gap) => positions::near(standing, gap).len(),
            };
            if count > 0 {
                found.push(self.score(weight, doc, u32::try_from(count).unwrap_or(u32::MAX)));
            }
        })?;
        Ok(found)
    }
}

/// How many units hold a slot, deleted ones counted; only the order of work hangs on it.
fn holders(terms: &Terms, ordinal: usize) -> u64 {
    terms.found[ordinal].iter().map(|info| u64::from(info.doc_freq)).sum()
}

fn postings(
    segment: &Segment,
    ordinal: usize,
    terms: &Terms,
    option: IndexRecordOption,
) -> Result<Vec<SegmentPostings>, Trouble> {
    terms.found[ordinal].iter().map(|info| segment.postings(terms.form, info, option)).collect()
}

/// The units that hold the rarest of these slots.
pub fn rarest(segment: &Segment, ordinal: usize, slots: &[Terms]) -> Result<Scored, Trouble> {
    let rarest = slots.iter().min_by_key(|slot| holders(slot, ordinal));
    rarest.map_or_else(|| Ok(Scored::new()), |slot| times(segment, slot.form, &slot.found[ordinal]))
}

/// Shows those of the candidates (ascending) that hold all slots, each slot a word, with where each of them stands.
pub fn each_standing(
    segment: &Segment,
    ordinal: usize,
    slots: &[Terms],
    candidates: &[(DocId, u32)],
    mut see: impl FnMut((DocId, u32), &[Vec<u32>]),
) -> Result<(), Trouble> {
    let with_places = IndexRecordOption::WithFreqsAndPositions;
    let all = slots.iter().map(|slot| postings(segment, ordinal, slot, with_places));
    let mut all = all.collect::<Result<Vec<_>, _>>()?;
    let mut standing: Vec<Vec<u32>> = vec![Vec::new(); slots.len()];
    for candidate in candidates {
        let mut slots = all.iter_mut().zip(&mut standing);
        let is_held = slots.all(|(postings, standing)| {
            at(postings, candidate.0).map(|postings| postings.positions(standing)).is_some()
        });
        if is_held {
            see(*candidate, &standing);
        }
    }
    Ok(())
}

/// The one of a word's terms that `doc` holds. Calls go upwards.
fn at(terms: &mut [SegmentPostings], doc: DocId) -> Option<&mut SegmentPostings> {
    terms.iter_mut().find_map(|postings| reaches(postings, doc).then_some(postings))
}

/// Moves on to `doc`, or behind it where the term is not there.
fn reaches(postings: &mut SegmentPostings, doc: DocId) -> bool {
    let at = postings.doc();
    at == doc || (at < doc && postings.seek(doc) == doc)
}

/// The units that hold any of the terms, ascending, with how often.
pub fn times(segment: &Segment, form: Form, terms: &[TermInfo]) -> Result<Scored, Trouble> {
    let most: usize = terms.iter().map(|info| info.doc_freq as usize).sum();
    if terms.len() > 1 && most > segment.end() as usize / 8 {
        return times_of_many(segment, form, terms);
    }
    let mut found = Scored::with_capacity(most.min(segment.end() as usize)); // the number may be damaged
    for info in terms {
        each(segment, form, info, |doc, times| found.push((doc, times)))?;
    }
    if terms.len() > 1 {
        found.sort_unstable_by_key(|(doc, _)| *doc);
        found.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            kept.1 += if is_same { next.1 } else { 0 };
            is_same
        });
    }
    Ok(found)
}

/// The same with a counter for every unit: quicker where many hold one.
fn times_of_many(segment: &Segment, form: Form, terms: &[TermInfo]) -> Result<Scored, Trouble> {
    let mut counters = vec![0; segment.end() as usize];
    for info in terms {
        each(segment, form, info, |doc, times| counters[doc as usize] += times)?;
    }
    Ok((0..).zip(counters).filter(|(_, times)| *times > 0).collect())
}

fn each(segment: &Segment, form: Form, info: &TermInfo, mut see: impl FnMut(DocId, u32)) -> Result<(), Trouble> {
    let mut postings = segment.postings(form, info, IndexRecordOption::WithFreqs)?;
    while postings.doc() != TERMINATED {
        if segment.is_alive(postings.doc()) {
            see(postings.doc(), postings.term_freq());
        }
        postings.advance();
    }
    Ok(())
}

fn unscored((doc, _): (DocId, u32)) -> (DocId, u32) {
    (doc, 0)
}

/// In both, scores added.
fn both(one: &[(DocId, u32)], other: &[(DocId, u32)]) -> Scored {
    let mut found = Scored::with_capacity(one.len().min(other.len()));
    let mut other = other.iter().peekable();
    for (doc, score) in one {
        while other.next_if(|(next, _)| next < doc).is_some() {}
        if let Some((_, more)) = other.next_if(|(next, _)| next == doc) {
            found.push((*doc, score + more));
        }
    }
    found
}

/// In either, scores added.
fn either(one: &[(DocId, u32)], other: &[(DocId, u32)]) -> Scored {
    let mut found = Scored::with_capacity(one.len() + other.len());
    let (mut left, mut right) = (one, other);
    while let ([first, left_rest @ ..], [second, right_rest @ ..]) = (left, right) {
        match first.0.cmp(&second.0) {
            Ordering::Less => (found.push(*first), left = left_rest).0,
            Ordering::Greater => (found.push(*second), right = right_rest).0,
            Ordering::Equal => {
                found.push((first.0, first.1 + second.1));
                (left, right) = (left_rest, right_rest);
            }
        }
    }
    found.extend_from_slice(left);
    found.extend_from_slice(right);
    found
}

/// In the first and not in the second.
fn without(all: &[(DocId, u32)], out: &[(DocId, u32)]) -> Scored {
    let mut out = out.iter().peekable();
    let stays = |(doc, _): &(DocId, u32)| {
        while out.next_if(|(next, _)| next < doc).is_some() {}
        out.next_if(|(next, _)| next == doc).is_none()
    };
    all.iter().copied().filter(stays).map(unscored).collect()
}
