//! What is asked of an attribute of a speaker: `age=30-39`, `"years in service">5`, `ward`.

use crate::text::words::fold;
use std::fmt;

/// An attribute by name, and what it is to be; `None`: whatever it is, as long as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub name: String,
    pub is: Option<(Comparison, String)>,
}

crate::vocabulary! {
    /// How a value is to stand to the one that was typed.
    pub enum Comparison "comparison" {
        AtLeast ">=",
        AtMost "<=",
        Is "=",
        More ">",
        Less "<",
    }
}

impl Comparison {
    /// The comparison that a text begins with.
    pub fn at_the_start_of(text: &str) -> Option<Self> {
        Comparison::ALL.iter().copied().find(|one| text.starts_with(one.word()))
    }
}

impl Attribute {
    /// An attribute of just this value.
    pub fn of(name: &str, value: &str) -> Self {
        Attribute { name: name.to_owned(), is: Some((Comparison::Is, value.to_owned())) }
    }

    /// Whether a recorded value is what is asked for. Text is compared whatever its case, numbers by size; a range
    /// `30..39` is of numbers.
    pub fn holds(&self, recorded: &str) -> bool {
        let Some((comparison, typed)) = &self.is else { return true };
        let (recorded, typed) = (recorded.trim(), typed.trim());
        if *comparison == Comparison::Is {
            return fold(recorded) == fold(typed) || is_in_range(recorded, typed);
        }
        let (Some(recorded), Some(typed)) = (number(recorded), number(typed)) else { return false };
        match comparison {
            Comparison::AtLeast => recorded >= typed,
            Comparison::AtMost => recorded <= typed,
            Comparison::More => recorded > typed,
            Comparison::Less => recorded < typed,
            Comparison::Is => false,
        }
    }

    /// What is asked for is one value in words, which somebody must have; numbers may be compared with any.
    pub fn value_in_words(&self) -> Option<&str> {
        let (comparison, typed) = self.is.as_ref()?;
        (*comparison == Comparison::Is && range(typed).is_none()).then_some(typed)
    }
}

/// A number as people write it: `12`, `3.5`, `3,5`.
pub fn number(text: &str) -> Option<f64> {
    text.trim().replace(',', ".").parse().ok().filter(|number: &f64| number.is_finite())
}

/// `30..39`, `30..`, `..39`.
fn range(text: &str) -> Option<(Option<f64>, Option<f64>)> {
    let (from, to) = text.split_once("..")?;
    let end = |text: &str| if text.trim().is_empty() { Some(None) } else { number(text).map(Some) };
    match (end(from)?, end(to)?) {
        (None, None) => None,
        ends => Some(ends),
    }
}

fn is_in_range(recorded: &str, typed: &str) -> bool {
    let (Some(number), Some((from, to))) = (number(recorded), range(typed)) else { return false };
    from.is_none_or(|from| from <= number) && to.is_none_or(|to| number <= to)
}

impl fmt::Display for Attribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::print::value(f, &self.name)?;
        let Some((comparison, typed)) = &self.is else { return Ok(()) };
        f.write_str(comparison.word())?;
        super::print::value(f, typed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(is: Option<(Comparison, &str)>, recorded: &str) -> bool {
        let is = is.map(|(comparison, typed)| (comparison, typed.to_owned()));
        Attribute { name: "age".to_owned(), is }.holds(recorded)
    }

    #[test]
    fn words_are_compared_whatever_their_case_and_numbers_by_size() {
        use Comparison::{AtLeast, AtMost, Is, Less, More};
        for (comparison, typed, recorded, holds) in [
            (Is, "30-39", "30-39", true),
            (Is, "nurse", " Nurse", true),
            (Is, "30..39", "35", true),
            (Is, "30..39", "40", false),
            (Is, "40..", "40", true),
            (Is, "..39", "forty", false),
            (More, "5", "5", false),
            (More, "5", "12", true),
            (AtLeast, "5", "5", true),
            (AtMost, "3.5", "3,5", true),
            (Less, "10", "9", true),
            (Less, "10", "nine", false),
        ] {
            assert_eq!(asks(Some((comparison, typed)), recorded), holds, "{recorded} {comparison} {typed}");
        }
        assert!(asks(None, "anything"));
    }
}
