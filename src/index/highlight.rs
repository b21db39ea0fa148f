//! Which words of a passage a query meant, for showing them in context.

use super::plan::Close;
use super::positions;
use super::terms::{self, Stems};
use crate::language::Language;
use crate::query::{Query, Word};
use crate::text::{Span, words};

/// The words of `text`, which is in `language`, within `segments` that match some part of the query, as the
/// index would have it; ascending, none overlapping. Words next to each other that match one phrase in one segment
/// are one span. What is under NOT is never highlighted.
pub fn highlights(query: &Query, text: &str, segments: &[Span], language: Language) -> Vec<Span> {
    let mut passage = Passage::new(text, segments, language);
    let mut found = Vec::new();
    passage.collect(query, &mut found);
    found.sort_unstable();
    let mut spans: Vec<Span> = Vec::with_capacity(found.len());
    for span in found {
        match spans.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.join(span),
            _ => spans.push(span),
        }
    }
    spans
}

/// A word as it stands, and its segment.
struct Standing {
    span: Span,
    segment: usize,
    exact: String,
    stem: String,
}

struct Passage {
    words: Vec<Standing>,
    language: Language,
    stems: Stems,
}

impl Passage {
    fn new(text: &str, segments: &[Span], language: Language) -> Self {
        let mut stems = Stems::new();
        let mut standing = Vec::new();
        for (segment, span) in segments.iter().enumerate() {
            for (word, letters) in words::words(span.of(text).unwrap_or_default()) {
                let exact = terms::exact(letters);
                let stem = stems.stem(&exact, language).to_owned();
                let span = Span::new(span.start() + word.start(), span.start() + word.end());
                standing.extend(span.map(|span| Standing { span, segment, exact, stem }));
            }
        }
        Passage { words: standing, language, stems }
    }

    fn collect(&mut self, query: &Query, found: &mut Vec<Span>) {
        match query {
            Query::All | Query::Field(..) | Query::Not(_) => {}
            Query::Word(word) => {
                let slot = self.slot(word);
                found.extend(slot.into_iter().map(|at| self.span(at)));
            }
            Query::Phrase(phrase) => {
                let slots: Vec<Vec<u32>> =
                    phrase.iter().map(|text| self.slot(&Word { text: text.clone(), exact: true })).collect();
                for first in positions::phrase(&slots) {
                    self.run(first as usize, phrase.len(), found);
                }
            }
            Query::Near { words, gap } => {
                let slots: Vec<Vec<u32>> = words.iter().map(|word| self.slot(word)).collect();
                found.extend(positions::near(&slots, *gap).into_iter().flatten().map(|at| self.span(at)));
            }
            Query::Prefix(start) => {
                let start = words::fold(start);
                self.matching(|exact| exact.starts_with(&start), found);
            }
            Query::Fuzzy { word, distance } => {
                let word = words::fold(word);
                let close = Close::new(&word, *distance);
                self.matching(|exact| close.holds(exact), found);
            }
            Query::Related { left, .. } => self.collect(left, found),
            Query::Only(inner) => self.collect(inner, found),
            Query::And(parts) | Query::Or(parts) | Query::AtLeast(_, parts) => {
                for part in parts {
                    self.collect(part, found);
                }
            }
        }
    }

    fn span(&self, at: u32) -> Span {
        self.words[at as usize].span
    }

    /// Where the word stands, counted in words.
    fn slot(&mut self, word: &Word) -> Vec<u32> {
        let exact = terms::exact(&word.text);
        let stem = self.stems.stem(&exact, self.language);
        let matches = |standing: &Standing| if word.exact { standing.exact == exact } else { standing.stem == stem };
        (0..).zip(&self.words).filter(|(_, standing)| matches(standing)).map(|(at, _)| at).collect()
    }

    /// The words of a phrase, joined as far as they stand in one segment.
    fn run(&self, first: usize, length: usize, found: &mut Vec<Span>) {
        for part in self.words[first..first + length].chunk_by(|one, next| one.segment == next.segment) {
            found.push(part[0].span.join(part[part.len() - 1].span));
        }
    }

    fn matching(&self, matches: impl Fn(&str) -> bool, found: &mut Vec<Span>) {
        found.extend(self.words.iter().filter(|standing| matches(&standing.exact)).map(|standing| standing.span));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str) -> Vec<String> {
        let segments = [Span::new(0, text.len()).unwrap()];
        let query = Query::parse(query).unwrap();
        highlights(&query, text, &segments, Language::ENGLISH)
            .iter()
            .map(|span| span.of(text).unwrap().to_owned())
            .collect()
    }

    #[test]
    fn what_was_meant_is_marked() {
        let text = "My care partner, and trusted friends, cared. Care for a partner; recoverie.";
        assert_eq!(marked("trust", text), ["trusted"]);
        assert_eq!(marked("=care", text), ["care", "Care"]);
        assert_eq!(marked("\"care partner\"", text), ["care partner"]);
        assert_eq!(marked("\"partner care\"~2", text), ["care", "partner", "Care", "partner"]);
        assert_eq!(marked("fr* recovery~2", text), ["friends", "recoverie"]);
        assert_eq!(marked("trust -friends kind:x", text), ["trusted"]);
        assert_eq!(marked("care partner \"my care\"", text), ["My care", "partner", "cared", "Care", "partner"]);
    }

    #[test]
    fn a_phrase_across_segments_is_marked_in_parts() {
        let text = "care [02:11] partner";
        let segments = [Span::new(0, 4).unwrap(), Span::new(13, 20).unwrap()];
        let found = highlights(&Query::parse("\"care partner\"").unwrap(), text, &segments, Language::ENGLISH);
        assert_eq!(found, segments);
        assert!(highlights(&Query::parse("02").unwrap(), text, &segments, Language::ENGLISH).is_empty());
    }
}
