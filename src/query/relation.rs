//! How two stretches of a text lie to each other: the words of the grammar for it.
//!
//! What each means is in [`crate::retrieve`], on half-open stretches `a = [a0, a1)` and `b = [b0, b1)` of one text.

use std::fmt;
use std::str::FromStr;

/// `a R b`, read from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `SAME`: a0 = b0 and a1 = b1.
    Same,
    /// `OVERLAPS`, or `COOCCURS`: a0 < b1 and b0 < a1.
    Overlaps,
    /// `WITHIN`: b0 ≤ a0 and a1 ≤ b1.
    Within,
    /// `ENCLOSES`: a0 ≤ b0 and b1 ≤ a1.
    Encloses,
    /// `TOUCHES`: apart, and no word of speech lies between.
    Touches,
    /// `PRECEDES`, `PRECEDES/5`: a1 ≤ b0, at that distance.
    Precedes(Option<Distance>),
    /// `FOLLOWS`, `FOLLOWS/5`: b1 ≤ a0, at that distance.
    Follows(Option<Distance>),
    /// `NEAR/5`: they overlap, or one precedes the other at that distance.
    Near(Distance),
}

/// The furthest that two stretches may be apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// `5`: at most so many words of speech between.
    Words(usize),
    /// `turn`: both lie in one turn (paragraph, row): one unit of the text.
    Turn,
    /// `paragraph`: both lie in one paragraph, of a turn that has several.
    Paragraph,
    /// `2min`, `90s`: the turns they begin in begin at most so many seconds apart.
    Seconds(usize),
}

/// The words that are operators between two operands, in capitals.
pub const WORDS: [&str; 9] =
    ["SAME", "OVERLAPS", "COOCCURS", "WITHIN", "ENCLOSES", "TOUCHES", "PRECEDES", "FOLLOWS", "NEAR"];

/// Furthest distances: words, and seconds (a day).
const FURTHEST: (usize, usize) = (super::build::WIDEST, 86_400);

/// Reads `WITHIN` or `PRECEDES/2min`; `None` where it is no operator, and what is wrong where its distance is.
pub fn read(text: &str) -> Option<Result<Relation, String>> {
    let (word, distance) = text.split_once('/').map_or((text, None), |(word, distance)| (word, Some(distance)));
    if !WORDS.contains(&word) {
        return None;
    }
    let distance = match distance.map(str::parse::<Distance>).transpose() {
        Ok(distance) => distance,
        Err(message) => return Some(Err(message)),
    };
    Some(match (word, distance) {
        ("PRECEDES", distance) => Ok(Relation::Precedes(distance)),
        ("FOLLOWS", distance) => Ok(Relation::Follows(distance)),
        ("NEAR", Some(distance)) => Ok(Relation::Near(distance)),
        ("NEAR", None) => Err("NEAR needs a distance, as in NEAR/5, NEAR/turn or NEAR/2min".to_owned()),
        (word, Some(_)) => Err(format!("{word} takes no distance")),
        ("SAME", None) => Ok(Relation::Same),
        ("WITHIN", None) => Ok(Relation::Within),
        ("ENCLOSES", None) => Ok(Relation::Encloses),
        ("TOUCHES", None) => Ok(Relation::Touches),
        (_, None) => Ok(Relation::Overlaps),
    })
}

impl FromStr for Distance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let wrong = || format!("'{text}' is no distance: write 5 (words), turn, paragraph, 2min or 90s");
        if number.is_empty() {
            return match unit {
                "turn" => Ok(Distance::Turn),
                "paragraph" => Ok(Distance::Paragraph),
                _ => Err(wrong()),
            };
        }
        let number: usize = number.parse().map_err(|_| wrong())?;
        let (distance, furthest) = match unit {
            "" | "w" | "words" => (Distance::Words(number), FURTHEST.0),
            "s" => (Distance::Seconds(number), FURTHEST.1),
            "min" => (Distance::Seconds(number.saturating_mul(60)), FURTHEST.1 / 60),
            _ => return Err(wrong()),
        };
        if number <= furthest { Ok(distance) } else { Err(format!("a distance goes up to {furthest} here")) }
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Distance::Words(words) => write!(f, "{words}"),
            Distance::Turn => f.write_str("turn"),
            Distance::Paragraph => f.write_str("paragraph"),
            Distance::Seconds(seconds) if seconds % 60 == 0 && *seconds > 0 => write!(f, "{}min", seconds / 60),
            Distance::Seconds(seconds) => write!(f, "{seconds}s"),
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, distance) = match self {
            Relation::Same => ("SAME", None),
            Relation::Overlaps => ("OVERLAPS", None),
            Relation::Within => ("WITHIN", None),
            Relation::Encloses => ("ENCLOSES", None),
            Relation::Touches => ("TOUCHES", None),
            Relation::Precedes(distance) => ("PRECEDES", *distance),
            Relation::Follows(distance) => ("FOLLOWS", *distance),
            Relation::Near(distance) => ("NEAR", Some(*distance)),
        };
        f.write_str(word)?;
        distance.iter().try_for_each(|distance| write!(f, "/{distance}"))
    }
}

impl Distance {
    /// In words, for `explain`.
    fn meaning(self) -> String {
        match self {
            Distance::Words(0) => "with no word between".to_owned(),
            Distance::Words(1) => "with at most 1 word between".to_owned(),
            Distance::Words(words) => format!("with at most {words} words between"),
            Distance::Turn => "in one turn".to_owned(),
            Distance::Paragraph => "in one paragraph".to_owned(),
            Distance::Seconds(_) => format!("at most {self} apart"),
        }
    }
}

impl Relation {
    /// In words, for `explain`: what the stretches of the left side do to one of the right side.
    pub fn meaning(self) -> String {
        match self {
            Relation::Same => "stand exactly where one stands of".to_owned(),
            Relation::Overlaps => "share at least a letter with one of".to_owned(),
            Relation::Within => "lie within one of".to_owned(),
            Relation::Encloses => "enclose one of".to_owned(),
            Relation::Touches => "stand next to one, no word between, of".to_owned(),
            Relation::Precedes(None) => "end before one begins, in the same document, of".to_owned(),
            Relation::Precedes(Some(distance)) => format!("end before one begins, {}, of", distance.meaning()),
            Relation::Follows(None) => "begin after one ended, in the same document, of".to_owned(),
            Relation::Follows(Some(distance)) => format!("begin after one ended, {}, of", distance.meaning()),
            Relation::Near(distance) => format!("overlap one, or stand {}, of", distance.meaning()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_read_and_printed() {
        for text in ["SAME", "OVERLAPS", "WITHIN", "ENCLOSES", "TOUCHES", "PRECEDES", "FOLLOWS/turn", "NEAR/5"] {
            assert_eq!(read(text).unwrap().unwrap().to_string(), text);
        }
        for (text, printed) in [("COOCCURS", "OVERLAPS"), ("NEAR/120s", "NEAR/2min"), ("NEAR/5w", "NEAR/5")] {
            assert_eq!(read(text).unwrap().unwrap().to_string(), printed);
        }
        assert_eq!(read("within"), None);
        assert!(read("NEAR").unwrap().unwrap_err().starts_with("NEAR needs a distance"));
        assert_eq!(read("WITHIN/5").unwrap().unwrap_err(), "WITHIN takes no distance");
        assert!(read("NEAR/2 min").unwrap().is_err());
        assert!(read("NEAR/99999").unwrap().is_err());
        assert!(read("NEAR/99999999999999999999999").unwrap().is_err());
    }
}
