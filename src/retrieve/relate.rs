//! Relations between two sorted lists of stretches, text by text, in one pass each.

use super::{Layout, Stretch, UNCODED};
use crate::diagnostic::Result;
use crate::query::{Distance, Relation};
use std::collections::BTreeMap;
use std::rc::Rc;

/// One coding, or one and the same unit or word.
fn is_itself(a: &Stretch, b: &Stretch) -> bool {
    a.coding == b.coding && (a.coding != UNCODED || (a.start, a.end) == (b.start, b.end))
}

/// Whether `a R b`, of two stretches of one text.
pub fn holds(layout: &dyn Layout, relation: Relation, a: &Stretch, b: &Stretch) -> Result<bool> {
    if a.text != b.text || is_itself(a, b) {
        return Ok(false);
    }
    let overlap = a.start < b.end && b.start < a.end;
    Ok(match relation {
        Relation::Same => (a.start, a.end) == (b.start, b.end),
        Relation::Overlaps => overlap,
        Relation::Within => b.start <= a.start && a.end <= b.end,
        Relation::Encloses => a.start <= b.start && b.end <= a.end,
        Relation::Touches => {
            let next = Some(Distance::Words(0));
            holds(layout, Relation::Precedes(next), a, b)? || holds(layout, Relation::Follows(next), a, b)?
        }
        Relation::Precedes(distance) => a.end <= b.start && is_near(layout, distance, a, b)?,
        Relation::Follows(distance) => b.end <= a.start && is_near(layout, distance, b, a)?,
        Relation::Near(distance) => {
            overlap
                || holds(layout, Relation::Precedes(Some(distance)), a, b)?
                || holds(layout, Relation::Follows(Some(distance)), a, b)?
        }
    })
}

/// `before` ends where `after` begins or earlier: are they no further apart than this?
fn is_near(layout: &dyn Layout, distance: Option<Distance>, before: &Stretch, after: &Stretch) -> Result<bool> {
    let texts = layout.texts();
    let one_unit = || texts.enclosing(before).filter(|unit| texts.enclosing(after) == Some(*unit));
    Ok(match distance {
        None => true,
        Some(Distance::Words(most)) => between(&layout.words(before.text)?, before.end, after.start) <= most,
        Some(Distance::Turn) => one_unit().is_some(),
        Some(Distance::Paragraph) => {
            let (start, end) = layout.paragraph(before.text, before.start)?;
            one_unit().is_some() && start <= before.start && after.end <= end
        }
        Some(Distance::Seconds(most)) => match (texts.time(before), texts.time(after)) {
            (Some(one), Some(other)) => (one - other).abs() <= most as f64,
            _ => false,
        },
    })
}

/// Whole words in `[from, to)`.
fn between(words: &[(u32, u32)], from: u32, to: u32) -> usize {
    let first = words.partition_point(|(start, _)| *start < from);
    let after = words.partition_point(|(_, end)| *end <= to);
    after.saturating_sub(first)
}

/// Those of `a` (sorted) that lie so to one of `b` (sorted), or to none where `negated`.
pub fn related(
    layout: &dyn Layout,
    a: &[Stretch],
    relation: Relation,
    negated: bool,
    b: &[Stretch],
) -> Result<Vec<Stretch>> {
    let mut found = Vec::new();
    let mut rest = b;
    for here in a.chunk_by(|one, next| one.text == next.text) {
        let text = here[0].text;
        rest = &rest[rest.partition_point(|one| one.text < text)..];
        let (there, behind) = rest.split_at(rest.partition_point(|one| one.text == text));
        rest = behind;
        let mut others = Others::new(layout, there);
        for stretch in here {
            if others.any(stretch, relation)? != negated {
                found.push(*stretch);
            }
        }
    }
    Ok(found)
}

/// The parts of `a`'s stretches (sorted) that they share with those of `b` (sorted) to which they lie so, each once,
/// ascending.
pub fn shared(layout: &dyn Layout, a: &[Stretch], relation: Relation, b: &[Stretch]) -> Result<Vec<Stretch>> {
    let mut found = Vec::new();
    let mut open: BTreeMap<(u32, u32, u32), &Stretch> = BTreeMap::new();
    let (mut at, mut text) = (0, u32::MAX);
    for one in a {
        if one.text != text {
            open.clear();
            text = one.text;
            at += b[at..].partition_point(|other| other.text < text);
        }
        while let Some(other) = b.get(at).filter(|other| other.text == text && other.start < one.end) {
            open.insert((other.end, other.start, other.coding), other);
            at += 1;
        }
        while open.first_key_value().is_some_and(|((end, ..), _)| *end <= one.start) {
            open.pop_first();
        }
        // What began behind the end of an earlier, longer stretch of a may still lie ahead of this one.
        for other in open.values().filter(|other| other.start < one.end) {
            if holds(layout, relation, one, other)? {
                found.push(Stretch { start: one.start.max(other.start), end: one.end.min(other.end), ..*one });
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Of stretches in some order, the two of different codings that are most by a key, up to each place.
type Best = Vec<[Option<(u32, Stretch)>; 2]>;

fn best(stretches: &[Stretch], key: impl Fn(&Stretch) -> u32) -> Best {
    let mut best: [Option<(u32, Stretch)>; 2] = [None, None];
    let mut all = Vec::with_capacity(stretches.len() + 1);
    all.push(best);
    for stretch in stretches {
        let candidate = (key(stretch), *stretch);
        let is_more = |than: Option<(u32, Stretch)>| than.is_none_or(|(held, _)| held < candidate.0);
        if is_more(best[0]) {
            if best[0].is_some_and(|(_, held)| !is_itself(&held, stretch)) {
                best[1] = best[0];
            }
            best[0] = Some(candidate);
        } else if is_more(best[1]) && best[0].is_some_and(|(_, held)| !is_itself(&held, stretch)) {
            best[1] = Some(candidate);
        }
        all.push(best);
    }
    all
}

fn most_but(best: &[Option<(u32, Stretch)>; 2], a: &Stretch) -> Option<(u32, Stretch)> {
    best.iter().flatten().find(|(_, held)| !is_itself(held, a)).copied()
}

/// The stretches of one text that another is held against.
struct Others<'g> {
    layout: &'g dyn Layout,
    by_start: &'g [Stretch],
    /// Up to a place in `by_start`: those that end last.
    ends_last: Option<Best>,
    /// From a place in `by_start` on, counted from the end: those that end first (as `MAX - end`).
    ends_first: Option<Best>,
    by_end: Option<Rc<[Stretch]>>,
    /// Up to a place in `by_end`: those that start last.
    starts_last: Option<Best>,
    words: Option<Rc<[(u32, u32)]>>,
}

impl<'g> Others<'g> {
    fn new(layout: &'g dyn Layout, by_start: &'g [Stretch]) -> Self {
        Others { layout, by_start, ends_last: None, ends_first: None, by_end: None, starts_last: None, words: None }
    }

    fn any(&mut self, a: &Stretch, relation: Relation) -> Result<bool> {
        if self.by_start.is_empty() {
            return Ok(false);
        }
        Ok(match relation {
            Relation::Same => {
                let from = self.by_start.partition_point(|b| (b.start, b.end) < (a.start, a.end));
                let here = self.by_start[from..].iter().take_while(|b| (b.start, b.end) == (a.start, a.end));
                here.into_iter().any(|b| !is_itself(a, b))
            }
            Relation::Overlaps => self.last_end_of(|b| b.start < a.end, a).is_some_and(|end| a.start < end),
            Relation::Within => self.last_end_of(|b| b.start <= a.start, a).is_some_and(|end| a.end <= end),
            Relation::Encloses => self.first_end_from(a.start, a).is_some_and(|end| end <= a.end),
            Relation::Touches => {
                let next = Some(Distance::Words(0));
                self.any(a, Relation::Precedes(next))? || self.any(a, Relation::Follows(next))?
            }
            Relation::Precedes(distance) => self.precedes(a, distance)?,
            Relation::Follows(distance) => self.follows(a, distance)?,
            Relation::Near(distance) => {
                self.any(a, Relation::Overlaps)?
                    || self.precedes(a, Some(distance))?
                    || self.follows(a, Some(distance))?
            }
        })
    }

    /// The last end among the first of `by_start`, `a` itself left out.
    fn last_end_of(&mut self, is_first: impl Fn(&Stretch) -> bool, a: &Stretch) -> Option<u32> {
        let up_to = self.by_start.partition_point(is_first);
        let best = self.ends_last.get_or_insert_with(|| best(self.by_start, |b| b.end));
        most_but(&best[up_to], a).map(|(end, _)| end)
    }

    /// The first end among those that start at `from` or later, `a` itself left out.
    fn first_end_from(&mut self, from: u32, a: &Stretch) -> Option<u32> {
        let before = self.by_start.partition_point(|b| b.start < from);
        let by_start = self.by_start;
        let best = self.ends_first.get_or_insert_with(|| {
            let backwards: Vec<Stretch> = by_start.iter().rev().copied().collect();
            best(&backwards, |b| u32::MAX - b.end)
        });
        most_but(&best[by_start.len() - before], a).map(|(end, _)| u32::MAX - end)
    }

    fn precedes(&mut self, a: &Stretch, distance: Option<Distance>) -> Result<bool> {
        let behind = &self.by_start[self.by_start.partition_point(|b| b.start < a.end)..];
        let Some(next) = behind.iter().find(|b| !is_itself(a, b)) else { return Ok(false) };
        Ok(match distance {
            None => true,
            Some(Distance::Words(most)) => {
                let next = next.start;
                between(self.words(a.text)?, a.end, next) <= most
            }
            Some(Distance::Turn | Distance::Paragraph) => match self.bounds(a, distance)? {
                Some((_, end)) => self.first_end_from(a.end, a).is_some_and(|first| first <= end),
                None => false,
            },
            // Where times never fall, what begins next is the nearest.
            Some(Distance::Seconds(_)) if self.layout.texts().is_steady(a.text) => {
                is_near(self.layout, distance, a, next)?
            }
            Some(Distance::Seconds(_)) => self.any_near(behind, a, distance)?,
        })
    }

    fn follows(&mut self, a: &Stretch, distance: Option<Distance>) -> Result<bool> {
        let by_end = self.by_end();
        let before = by_end.partition_point(|b| b.end <= a.start);
        let last = by_end[..before].iter().rev().find(|b| !is_itself(a, b));
        let Some(last) = last.map(|last| last.end) else { return Ok(false) };
        Ok(match distance {
            None => true,
            Some(Distance::Words(most)) => between(self.words(a.text)?, last, a.start) <= most,
            Some(Distance::Turn | Distance::Paragraph) => match self.bounds(a, distance)? {
                Some((start, _)) => self.last_start(&by_end, before, a).is_some_and(|last| start <= last.start),
                None => false,
            },
            Some(Distance::Seconds(_)) if self.layout.texts().is_steady(a.text) => {
                match self.last_start(&by_end, before, a) {
                    Some(last) => is_near(self.layout, distance, &last, a)?,
                    None => false,
                }
            }
            Some(Distance::Seconds(_)) => self.any_near(&by_end[..before], a, distance)?,
        })
    }

    fn by_end(&mut self) -> Rc<[Stretch]> {
        let by_start = self.by_start;
        let sorted = self.by_end.get_or_insert_with(|| {
            let mut by_end = by_start.to_vec();
            by_end.sort_unstable_by_key(|b| b.end);
            by_end.into()
        });
        Rc::clone(sorted)
    }

    /// The one that starts last among the first `before` of `by_end`.
    fn last_start(&mut self, by_end: &[Stretch], before: usize, a: &Stretch) -> Option<Stretch> {
        let best = self.starts_last.get_or_insert_with(|| best(by_end, |b| b.start));
        most_but(&best[before], a).map(|(_, last)| last)
    }

    /// Where the one unit, or paragraph, lies that encloses `a`.
    fn bounds(&self, a: &Stretch, distance: Option<Distance>) -> Result<Option<(u32, u32)>> {
        let texts = self.layout.texts();
        let Some(unit) = texts.enclosing(a).map(|unit| texts.unit(unit)) else { return Ok(None) };
        if distance != Some(Distance::Paragraph) {
            return Ok(Some((unit.start, unit.end)));
        }
        let (start, end) = self.layout.paragraph(a.text, a.start)?;
        Ok((start <= a.start && a.end <= end).then_some((start.max(unit.start), end.min(unit.end))))
    }

    /// Times need not rise, so each is looked at.
    fn any_near(&self, candidates: &[Stretch], a: &Stretch, distance: Option<Distance>) -> Result<bool> {
        for b in candidates.iter().filter(|b| !is_itself(a, b)) {
            if is_near(self.layout, distance, a, b)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn words(&mut self, text: u32) -> Result<&[(u32, u32)]> {
        if self.words.is_none() {
            self.words = Some(self.layout.words(text)?);
        }
        Ok(self.words.as_deref().unwrap_or_default())
    }
}
