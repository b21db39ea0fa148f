//! Pictures of what joins and of ONLY: codings under a made-up text, and which of them a query means. What a picture says
//! is asked of [`evaluate`], never written beside it.

use super::diagram::{Sample, bar};
use super::{Ground, Layout, Scope, Stretch, Texts, evaluate};
use crate::diagnostic::Result;
use crate::query::{Query, Value};
use std::fmt::Write;
use std::rc::Rc;

/// A query, and codings of the codes a, b and c by the words they stand on.
type Picture = (&'static str, &'static [(char, &'static str)]);

/// By operator.
const PICTURES: &[(&str, &[Picture])] = &[
    ("AND", &[("code:a AND code:b", &[('a', "met"), ('b', "tea"), ('a', "word")])]),
    ("OR", &[("code:a OR code:b", &[('a', "met"), ('b', "word"), ('c', "tea")])]),
    ("NOT", &[("code:a AND NOT code:b", &[('a', "met"), ('b', "tea"), ('a', "word")])]),
    (
        "ONLY",
        &[
            ("ONLY code:a", &[('a', "the door"), ('b', "met at the")]),
            ("ONLY code:a", &[('a', "the door"), ('b', "met at "), ('a', "door")]),
        ],
    ),
    ("ATLEAST", &[("ATLEAST/2(code:a code:b code:c)", &[('a', "met"), ('b', "tea was made"), ('c', "word")])]),
];

/// Codings on the made-up text.
struct Coded {
    sample: Sample,
    codings: Vec<Stretch>,
    codes: Vec<u32>,
}

impl Coded {
    fn new(codings: &[(char, &str)]) -> Self {
        let mut stretches: Vec<Stretch> =
            codings.iter().zip(0..).map(|((_, words), coding)| Sample::stretch(words, coding)).collect();
        stretches.sort_unstable();
        let codes = codings.iter().map(|(code, _)| u32::from(*code)).collect();
        Coded { sample: Sample::new(), codings: stretches, codes }
    }
}

impl Layout for Coded {
    fn texts(&self) -> &Texts {
        self.sample.texts()
    }

    fn words(&self, text: u32) -> Result<Rc<[(u32, u32)]>> {
        self.sample.words(text)
    }

    fn paragraph(&self, text: u32, at: u32) -> Result<(u32, u32)> {
        self.sample.paragraph(text, at)
    }
}

/// The pictures ask for codes alone: nothing else is found here.
impl Ground for Coded {
    fn matching(&self, _: &Query) -> Result<Vec<u32>> {
        Ok(Vec::new())
    }

    fn meant(&self, _: &Query, _: &[u32]) -> Result<Vec<Stretch>> {
        Ok(Vec::new())
    }

    fn codes(&self, value: &Value) -> Result<Vec<u32>> {
        Ok(value.to_string().chars().map(u32::from).collect())
    }

    fn codings(&self) -> &[Stretch] {
        &self.codings
    }

    fn code_of(&self, coding: u32) -> u32 {
        self.codes[coding as usize]
    }

    fn fits(&self, _: &Query) -> Result<Box<dyn Fn(u32) -> bool + '_>> {
        Ok(Box::new(|_| false))
    }
}

/// Pictures of an operator, by its word; of all where none is given. Compared by unit.
pub fn draw(of: Option<&str>) -> Result<String> {
    let mut drawn = String::new();
    let pictures = PICTURES.iter().filter(|(word, _)| of.is_none_or(|of| of == *word));
    for (typed, codings) in pictures.flat_map(|(_, pictures)| *pictures) {
        let coded = Coded::new(codings);
        let meant = evaluate(&coded, &Query::parse(typed)?, Scope::Unit)?.stretches.unwrap_or_default();
        let _ = writeln!(drawn, "\n{typed}");
        for (coding, (code, words)) in (0..).zip(*codings) {
            let stretch = Sample::stretch(words, coding);
            let verdict = if meant.contains(&stretch) { "yes" } else { "no" };
            let _ = writeln!(drawn, "{code:>8}  {:<width$}  {verdict}", bar(&stretch), width = Sample::width());
        }
    }
    Ok(drawn)
}

/// The words of the operators of a query that are pictured here, each once.
pub fn words(query: &Query) -> Vec<&'static str> {
    let mut found = Vec::new();
    collect(query, &mut found);
    PICTURES.iter().map(|(word, _)| *word).filter(|word| found.contains(word)).collect()
}

fn collect(query: &Query, found: &mut Vec<&'static str>) {
    let (word, parts): (Option<&'static str>, Vec<&Query>) = match query {
        Query::And(parts) => (Some("AND"), parts.iter().collect()),
        Query::Or(parts) => (Some("OR"), parts.iter().collect()),
        Query::AtLeast(_, parts) => (Some("ATLEAST"), parts.iter().collect()),
        Query::Not(inner) => (Some("NOT"), vec![inner]),
        Query::Only(inner) => (Some("ONLY"), vec![inner]),
        Query::Related { left, right, .. } => (None, vec![left, right]),
        _ => (None, Vec::new()),
    };
    found.extend(word);
    for part in parts {
        collect(part, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(of: &str) -> Vec<bool> {
        let drawn = draw(Some(of)).unwrap();
        drawn.lines().filter(|line| line.contains('[')).map(|line| line.ends_with("yes")).collect()
    }

    #[test]
    fn pictures_say_what_the_manual_says() {
        // In the turn that has both; either; in the turn without; alone, as what only touches does not overlap; two of three.
        assert_eq!(verdicts("AND"), [true, true, false]);
        assert_eq!(verdicts("OR"), [true, true, false]);
        assert_eq!(verdicts("NOT"), [false, false, true]);
        assert_eq!(verdicts("ONLY"), [false, false, true, false, true]);
        assert_eq!(verdicts("ATLEAST"), [true, true, false]);
    }

    #[test]
    fn what_is_drawn_follows_the_query() {
        let query = Query::parse("ONLY code:a OVERLAPS (code:b OR NOT code:c)").unwrap();
        assert_eq!(words(&query), ["OR", "NOT", "ONLY"]);
        assert!(PICTURES.iter().all(|(word, _)| draw(None).unwrap().contains(&draw(Some(word)).unwrap())));
    }
}
