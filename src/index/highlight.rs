//! Which words of a passage a query meant, for showing them in context.

use super::sought::{Run, Sought, sought, spans};
use super::terms::{self, Stems};
use crate::language::Language;
use crate::query::Query;
use crate::text::{Span, words};

/// The words of `text`, which is in `language`, within `segments` that match some part of the query, as the
/// index would have it; ascending, none overlapping. Words next to each other that match one phrase in one segment
/// are one span. What is under NOT is never highlighted.
pub fn highlights(query: &Query, text: &str, segments: &[Span], language: Language) -> Vec<Span> {
    let mut stems = Stems::new();
    let standing = standing(text, segments, language, &mut stems);
    let mut runs: Vec<Run> = Vec::new();
    for sought in sought(query) {
        runs.extend(sought.runs(&places(&sought, &standing, language, &mut stems)));
    }
    let word = |at: u32| standing.get(at as usize);
    let is_interrupted = |at: u32| at > 0 && word(at).map(|one| one.segment) != word(at - 1).map(|one| one.segment);
    spans(&runs, |at| word(at).map(|one| one.span), is_interrupted).unwrap_or_default()
}

/// A word as it stands, and its segment.
struct Standing {
    span: Span,
    segment: usize,
    exact: String,
    stem: String,
}

fn standing(text: &str, segments: &[Span], language: Language, stems: &mut Stems) -> Vec<Standing> {
    let mut standing = Vec::new();
    for (segment, span) in segments.iter().enumerate() {
        for (word, letters) in words::words(span.of(text).unwrap_or_default()) {
            let exact = terms::exact(letters);
            let stem = stems.stem(&exact, language).to_owned();
            let span = Span::new(span.start() + word.start(), span.start() + word.end());
            standing.extend(span.map(|span| Standing { span, segment, exact, stem }));
        }
    }
    standing
}

fn places(sought: &Sought, standing: &[Standing], language: Language, stems: &mut Stems) -> Vec<Vec<u32>> {
    let words = || standing.iter().map(|one| (one.exact.as_str(), one.stem.as_str()));
    sought.slots.iter().map(|slot| slot.standing(words(), language, stems)).collect()
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
