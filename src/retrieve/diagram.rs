//! Pictures of relations: two stretches under a made-up text, and whether they lie so. What a picture says is
//! asked of [`holds`], never written beside it.

use super::{Layout, Stretch, Texts, Unit, holds, joined};
use crate::diagnostic::Result;
use crate::query::{Query, Relation};
use std::fmt::Write;
use std::rc::Rc;

/// Two turns, the first of two paragraphs; the second begins a minute and a half after the first.
const TEXT: &str = "we met at the door\ntea was made | she kept her word";
/// What stands between the two turns.
const BETWEEN: &str = " | ";

/// A picture: the relation, and the words that a and b stand on.
type Picture = (&'static str, &'static str, &'static str);

/// For each operator one pair that lies so and one that does not, or what people ask about.
const PICTURES: &[Picture] = &[
    ("SAME", "at the door", "at the door"),
    ("SAME", "at the door", "the door"),
    ("OVERLAPS", "met at the", "the door"),
    ("OVERLAPS", "met at ", "the door"),
    ("WITHIN", "the door", "met at the door"),
    ("WITHIN", "the door", "the door"),
    ("WITHIN", "met at the", "the door"),
    ("ENCLOSES", "met at the door", "the door"),
    ("ENCLOSES", "the door", "met at the door"),
    ("TOUCHES", "met", "at the door"),
    ("TOUCHES", "tea was made", "she kept"),
    ("TOUCHES", "met", "the door"),
    ("TOUCHES", "met at the", "the door"),
    ("PRECEDES", "we met", "her word"),
    ("PRECEDES", "her word", "we met"),
    ("PRECEDES/2", "we met", "door"),
    ("PRECEDES/2", "we met", "tea"),
    ("PRECEDES/turn", "met", "tea"),
    ("PRECEDES/turn", "tea", "word"),
    ("FOLLOWS", "her word", "we met"),
    ("FOLLOWS", "we met", "her word"),
    ("FOLLOWS/2", "door", "we met"),
    ("FOLLOWS/turn", "tea", "met"),
    ("NEAR/2", "door", "we met"),
    ("NEAR/2", "met at the", "the door"),
    ("NEAR/2", "we met", "tea"),
    ("NEAR/turn", "tea", "met"),
    ("NEAR/turn", "tea", "word"),
    ("NEAR/paragraph", "door", "met"),
    ("NEAR/paragraph", "tea", "met"),
    ("NEAR/2min", "tea", "word"),
    ("NEAR/1min", "tea", "word"),
];

/// The made-up text, laid out.
pub(super) struct Sample {
    texts: Texts,
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl Sample {
    pub(super) fn new() -> Self {
        let unit = |start: usize, end: usize, time: f64| {
            let (start, end) = (number(start), number(end));
            Unit { start, end, speech: (start, end), time: Some(time), source: 0, speaker: None }
        };
        let first = TEXT.find(BETWEEN).unwrap_or(TEXT.len());
        let mut texts = Texts::default();
        texts.push(0, [unit(0, first, 0.0), unit(first + BETWEEN.len(), TEXT.len(), 90.0)]);
        Sample { texts }
    }

    /// Room for a bar under the text.
    pub(super) fn width() -> usize {
        TEXT.len() + 1
    }

    /// Where some words stand, as a stretch of coding number `coding`.
    pub(super) fn stretch(words: &str, coding: u32) -> Stretch {
        let start = TEXT.find(words).unwrap_or_default();
        Stretch { text: 0, start: number(start), end: number(start + words.len()), coding }
    }
}

impl Layout for Sample {
    fn texts(&self) -> &Texts {
        &self.texts
    }

    fn words(&self, _: u32) -> Result<Rc<[(u32, u32)]>> {
        let words = crate::text::words::words(TEXT).map(|(span, _)| (number(span.start()), number(span.end())));
        Ok(words.collect())
    }

    fn paragraph(&self, _: u32, at: u32) -> Result<(u32, u32)> {
        let at = at as usize;
        let start = TEXT[..at].rfind('\n').map_or(0, |found| found + 1);
        Ok((number(start), number(TEXT[at..].find('\n').map_or(TEXT.len(), |found| at + found))))
    }
}

/// `[====)` under the letters a stretch stands on.
pub(super) fn bar(stretch: &Stretch) -> String {
    let (start, length) = (stretch.start as usize, (stretch.end - stretch.start) as usize);
    let inside = "=".repeat(length.saturating_sub(1));
    format!("{}[{inside})", " ".repeat(start))
}

/// The operator's own word.
fn word(relation: Relation) -> String {
    relation.to_string().split('/').next().unwrap_or_default().to_owned()
}

/// The made-up text, and under it pictures of every operator.
pub fn pictures() -> Result<String> {
    Ok(header() + &of_relations(None)? + &joined::draw(None)?)
}

/// The same for each operator of a query, once, whatever distance it is asked with: relations in the order they stand.
pub fn pictures_of(query: &Query) -> Result<Vec<String>> {
    let of_relations = relations(query).into_iter().map(|one| Ok(header() + &of_relations(Some(one))?));
    let of_others = joined::words(query).into_iter().map(|word| Ok(header() + &joined::draw(Some(word))?));
    of_relations.chain(of_others).collect()
}

fn header() -> String {
    format!("{:>8}  {}\n", "text", TEXT.replace('\n', "¶"))
}

/// Of one relation, or of its negation, or of all.
fn of_relations(of: Option<Asked>) -> Result<String> {
    let negated = of.is_some_and(|of| of.negated);
    let sample = Sample::new();
    let mut drawn = String::new();
    let mut before = "";
    for (typed, a, b) in PICTURES {
        let Some(Ok(relation)) = crate::query::relation::read(typed) else { continue };
        if of.is_some_and(|of| word(of.relation) != word(relation)) {
            continue;
        }
        if *typed != before {
            let not = if negated { "NOT " } else { "" };
            let _ = writeln!(drawn, "\na {not}{typed} b");
            before = typed;
        }
        let (a, b) = (Sample::stretch(a, 0), Sample::stretch(b, 1));
        let verdict = if holds(&sample, relation, &a, &b)? == negated { "no" } else { "yes" };
        let _ = writeln!(drawn, "{:>8}  {}", "a", bar(&a));
        let _ = writeln!(drawn, "{:>8}  {:<width$}  {verdict}", "b", bar(&b), width = Sample::width());
    }
    Ok(drawn)
}

/// A relation as it stands in a query.
#[derive(Debug, Clone, Copy)]
struct Asked {
    relation: Relation,
    negated: bool,
}

/// The relations of a query, each operator and each negated one once, in the order they stand.
fn relations(query: &Query) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    collect(query, &mut found);
    let mut seen = Vec::new();
    found.retain(|one| {
        let word = (word(one.relation), one.negated);
        let is_new = !seen.contains(&word);
        seen.push(word);
        is_new
    });
    found
}

fn collect(query: &Query, found: &mut Vec<Asked>) {
    match query {
        Query::Related { left, relation, negated, right } => {
            collect(left, found);
            found.push(Asked { relation: *relation, negated: *negated });
            collect(right, found);
        }
        Query::Not(inner) | Query::Only(inner) => collect(inner, found),
        Query::And(parts) | Query::Or(parts) | Query::AtLeast(_, parts) => {
            for part in parts {
                collect(part, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_has_a_picture_of_yes_and_of_no() {
        for typed in crate::query::relation::WORDS.iter().filter(|word| **word != "COOCCURS") {
            let typed = if *typed == "NEAR" { "NEAR/5" } else { typed };
            let relation = crate::query::relation::read(typed).unwrap().unwrap();
            let drawn = of_relations(Some(Asked { relation, negated: false })).unwrap();
            assert!(drawn.contains("  yes\n") && drawn.contains("  no\n"), "{drawn}");
            let verdicts = |drawn: &str| {
                drawn.lines().filter_map(|line| Some(line.rsplit_once("  ")?.1 == "yes")).collect::<Vec<_>>()
            };
            let negated = of_relations(Some(Asked { relation, negated: true })).unwrap();
            let of_bs = |drawn: &str| {
                drawn
                    .lines()
                    .filter(|line| line.trim_start().starts_with("b "))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
                    .join("\n")
            };
            let reversed: Vec<bool> = verdicts(&of_bs(&drawn)).into_iter().map(|yes| !yes).collect();
            assert_eq!(verdicts(&of_bs(&negated)), reversed, "{negated}");
        }
        let all = pictures().unwrap();
        assert!(PICTURES.iter().all(|(typed, ..)| all.contains(&format!("\na {typed} b\n"))));
    }

    #[test]
    fn a_query_is_drawn_as_it_is_asked() {
        let drawn = pictures_of(&Query::parse("code:a NOT OVERLAPS (code:b OVERLAPS code:c)").unwrap()).unwrap();
        assert_eq!(drawn.len(), 2);
        assert!(drawn[0].contains("\na NOT OVERLAPS b\n") && drawn[1].contains("\na OVERLAPS b\n"), "{drawn:?}");
        assert!(!drawn[1].contains("NOT"));
    }

    #[test]
    fn words_of_pictures_stand_in_the_text() {
        assert!(PICTURES.iter().all(|(_, a, b)| TEXT.contains(a) && TEXT.contains(b)));
        let sample = Sample::new();
        let second = sample.texts.unit(1).start as usize;
        assert!(sample.texts.count() == 2 && TEXT[second..].starts_with("she"));
    }

    #[test]
    fn a_picture_is_drawn_under_its_letters() {
        let drawn = header() + &of_relations(Some(Asked { relation: Relation::Same, negated: false })).unwrap();
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines[0], "    text  we met at the door¶tea was made | she kept her word");
        assert_eq!(lines[3], "       a         [==========)");
        assert!(lines[4].starts_with("       b         [==========)") && lines[4].ends_with("yes"));
    }
}
