//! The colour of a code: red, green and blue, two hexadecimal digits each.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// `#rrggbb`, in small letters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(String);

impl FromStr for Colour {
    type Err = String;

    /// Accepts capitals and the short form `#rgb`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = text.trim().to_ascii_lowercase();
        let digits = wanted.strip_prefix('#').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.map(|digits| (digits, digits.len())) {
            Some((_, 6)) => Ok(Colour(wanted)),
            Some((digits, 3)) => {
                Ok(Colour(digits.chars().fold("#".to_owned(), |all, digit| format!("{all}{digit}{digit}"))))
            }
            _ => Err(format!("'{}' is no colour such as #33cc99", text.trim())),
        }
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.0
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_told_from_words() {
        let read = |text: &str| text.parse::<Colour>().map(|colour| colour.to_string());
        assert_eq!(read(" #33CC99 "), Ok("#33cc99".to_owned()));
        assert_eq!(read("#f0a"), Ok("#ff00aa".to_owned()));
        for wrong in ["green", "33cc99", "#33cc9", "#33cc9g", "#"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
