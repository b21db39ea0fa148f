//! Which words stand in some stretches, and how often.

use crate::retrieve::{Stretch, Texts};
use std::collections::{BTreeMap, BTreeSet};

/// One word, or the forms of one stem.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frequency {
    /// Its forms, case-folded, with how often each stands there; most first.
    pub forms: Vec<(String, usize)>,
    pub count: usize,
    /// Numbered units and documents that hold it.
    pub passages: usize,
    pub documents: usize,
}

impl Frequency {
    /// The form met most; of several the first by its letters.
    pub fn word(&self) -> &str {
        self.forms.first().map_or("", |(form, _)| form.as_str())
    }
}

/// Counts words one by one, as they stand in the texts.
#[derive(Debug, Default)]
pub struct Tally {
    stems: BTreeMap<String, Counted>,
    /// Words counted, the left out not among them.
    pub words: usize,
}

#[derive(Debug, Default)]
struct Counted {
    forms: BTreeMap<String, usize>,
    passages: BTreeSet<u32>,
    documents: BTreeSet<u32>,
}

impl Tally {
    /// A word by its stem (or itself, where forms are told apart) as it stands in a unit of a document.
    pub fn add(&mut self, stem: &str, form: &str, unit: u32, document: u32) {
        self.words += 1;
        if !self.stems.contains_key(stem) {
            self.stems.insert(stem.to_owned(), Counted::default());
        }
        let Some(counted) = self.stems.get_mut(stem) else { return };
        match counted.forms.get_mut(form) {
            Some(count) => *count += 1,
            None => drop(counted.forms.insert(form.to_owned(), 1)),
        }
        counted.passages.insert(unit);
        counted.documents.insert(document);
    }

    /// Most frequent first, ties by their letters.
    pub fn frequencies(self) -> Vec<Frequency> {
        let mut all: Vec<Frequency> = self.stems.into_values().map(frequency).collect();
        all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word().cmp(b.word())));
        all
    }
}

fn frequency(counted: Counted) -> Frequency {
    let mut forms: Vec<(String, usize)> = counted.forms.into_iter().collect();
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Frequency {
        count: forms.iter().map(|(_, count)| count).sum(),
        forms,
        passages: counted.passages.len(),
        documents: counted.documents.len(),
    }
}

/// Those of a text's words (ascending, as half-open stretches of bytes) that lie within one of these stretches of it
/// (ascending), each once, with the unit they stand in.
pub fn within<'w>(
    texts: &'w Texts,
    words: &'w [(u32, u32)],
    stretches: &'w [Stretch],
) -> impl Iterator<Item = ((u32, u32), u32)> + 'w {
    let (mut at, mut furthest) = (0, 0);
    words.iter().filter_map(move |(start, end)| {
        while let Some(next) = stretches.get(at).filter(|next| next.start <= *start) {
            furthest = furthest.max(next.end);
            at += 1;
        }
        let text = stretches.first().filter(|_| *end <= furthest)?.text;
        let unit =
            texts.touched(&Stretch { text, start: *start, end: *end, coding: crate::retrieve::UNCODED }).next()?;
        Some(((*start, *end), unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieve::Unit;

    #[test]
    fn words_within_stretches_count_once() {
        let mut texts = Texts::default();
        let unit = |start, end| Unit { start, end, speech: (start, end), time: None, source: 0, speaker: None };
        texts.push(0, [unit(0, 20), unit(20, 40)]);
        let words = [(0, 4), (5, 9), (10, 14), (21, 25), (30, 34)];
        let stretch = |start, end| Stretch { text: 0, start, end, coding: 0 };
        // The second begins in the first and reaches further; the last cuts a word.
        let stretches = [stretch(4, 9), stretch(5, 14), stretch(22, 34)];
        let found: Vec<_> = within(&texts, &words, &stretches).collect();
        assert_eq!(found, [((5, 9), 0), ((10, 14), 0), ((30, 34), 1)]);
        assert_eq!(within(&texts, &words, &[]).count(), 0);
    }

    #[test]
    fn forms_are_gathered_under_their_stem() {
        let mut tally = Tally::default();
        for (form, unit) in [("trusts", 1), ("trust", 1), ("trust", 2)] {
            tally.add("trust", form, unit, 0);
        }
        tally.add("door", "door", 2, 1);
        assert_eq!(tally.words, 4);
        let all = tally.frequencies();
        assert_eq!((all[0].word(), all[0].count, all[0].passages, all[0].documents), ("trust", 3, 2, 1));
        assert_eq!(all[0].forms, [("trust".to_owned(), 2), ("trusts".to_owned(), 1)]);
        assert_eq!(all[1].word(), "door");
    }
}
