//! Names of authors: family and given, or a body that signs as one.

use crate::text::words::on_one_line;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    /// With its particle: `van der Berg`; of a body, all of it.
    pub family: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub given: String,
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.given.as_str() {
            "" => f.write_str(&self.family),
            given => write!(f, "{}, {given}", self.family),
        }
    }
}

/// Words by which a body is told from a person.
const BODIES: &[&str] = &[
    "agency",
    "association",
    "centre",
    "center",
    "college",
    "collaboration",
    "collaborators",
    "commission",
    "committee",
    "consortium",
    "council",
    "department",
    "federation",
    "foundation",
    "government",
    "group",
    "hospital",
    "institute",
    "international",
    "investigators",
    "ministry",
    "national",
    "network",
    "nhs",
    "office",
    "organisation",
    "organization",
    "panel",
    "school",
    "service",
    "services",
    "society",
    "team",
    "trust",
    "unit",
    "university",
];

const PARTICLES: &[&str] =
    &["da", "de", "del", "della", "den", "der", "di", "dos", "du", "la", "le", "ten", "ter", "van", "von"];

impl Name {
    /// A body: a committee, an organisation.
    pub fn collective(name: &str) -> Self {
        Name { family: name.trim().to_owned(), given: String::new() }
    }

    pub fn person(family: &str, given: &str) -> Self {
        Name { family: family.trim().to_owned(), given: given.trim().to_owned() }
    }

    /// One name as any library writes it: `Salustio, P. J.`, `Salustio PJ`, `Paul Salustio`,
    /// `World Health Organization`. `None` where nothing is written.
    pub fn read(text: &str) -> Option<Self> {
        let text = on_one_line(text);
        let text = text.trim_matches([',', ';', ' ']);
        if !text.contains(char::is_alphanumeric) {
            return None;
        }
        if let Some((family, given)) = text.split_once(',') {
            return Some(Name::person(family, given.trim_matches([',', ' '])));
        }
        let words: Vec<&str> = text.split(' ').collect();
        let is_body = |word: &&str| BODIES.contains(&word.trim_matches(['(', ')', '.']).to_lowercase().as_str());
        let Some((last, before)) = words.split_last().filter(|(_, before)| !before.is_empty()) else {
            return Some(Name::collective(text));
        };
        if words.iter().any(is_body) || words.iter().any(|word| ["of", "for", "and", "the"].contains(word)) {
            return Some(Name::collective(text));
        }
        if are_initials(last) {
            return Some(Name::person(&before.join(" "), last));
        }
        let particle = before.iter().skip(1).position(|word| PARTICLES.contains(word)).map(|at| at + 1);
        let cut = particle.unwrap_or(before.len());
        Some(Name::person(&words[cut..].join(" "), &words[..cut].join(" ")))
    }

    /// First letter of the given name, in lower case.
    pub fn initial(&self) -> Option<char> {
        self.given.chars().find(|letter| letter.is_alphabetic()).and_then(|letter| letter.to_lowercase().next())
    }
}

/// `PJ`, `P.J.`, `P.-J.`: up to four capitals and nothing else.
fn are_initials(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic()).count();
    (1..=4).contains(&letters)
        && word.chars().all(|letter| letter.is_uppercase() || ".-".contains(letter))
        && (letters <= 3 || word.contains('.'))
}

/// A list of names in one field: parted by `;`, by ` and `, by lines, as a Python list, or by commas
/// where every part is a full name (`Yang Z., Jiang B.`).
pub fn names(text: &str) -> Vec<Name> {
    parts(text).into_iter().filter_map(Name::read).collect()
}

fn parts(text: &str) -> Vec<&str> {
    let text = text.trim();
    if let Some(inner) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        && inner.starts_with(['\'', '"'])
    {
        return inner.split(['\'', '"']).filter(|part| part.contains(char::is_alphanumeric)).collect();
    }
    let several = |mark: &'static str| text.contains(mark).then(|| text.split(mark).collect::<Vec<_>>());
    if let Some(parts) =
        several(";").or_else(|| several("\n")).or_else(|| several(" and ").filter(|_| text.contains(',')))
    {
        return parts;
    }
    let by_comma: Vec<&str> = text.split(',').map(str::trim).collect();
    let are_full = |part: &&str| part.split(' ').count() > 1 && part.rsplit(' ').next().is_some_and(are_initials);
    if by_comma.len() > 1 && by_comma.iter().filter(|part| !part.is_empty()).all(are_full) {
        by_comma
    } else {
        vec![text]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let name = Name::read(text).unwrap();
        (name.family, name.given)
    }

    #[test]
    fn names_are_read_in_any_order() {
        let pair = |family: &str, given: &str| (family.to_owned(), given.to_owned());
        assert_eq!(read("Salustio, P. J."), pair("Salustio", "P. J."));
        assert_eq!(read("Valle-Delgado,J. J. "), pair("Valle-Delgado", "J. J."));
        assert_eq!(read("Van der Berg JK"), pair("Van der Berg", "JK"));
        assert_eq!(read("Ludwig van Beethoven"), pair("van Beethoven", "Ludwig"));
        assert_eq!(read("James Marc Brown"), pair("Brown", "James Marc"));
        assert_eq!(read("World Health Organization"), pair("World Health Organization", ""));
        assert_eq!(read("National Centre (UK)"), pair("National Centre (UK)", ""));
        assert_eq!(Name::read(" , "), None);
    }

    #[test]
    fn lists_are_cut_at_the_right_mark() {
        let families = |text: &str| names(text).into_iter().map(|name| name.family).collect::<Vec<_>>().join("|");
        assert_eq!(families("Yang, Z.; Jiang, B.; "), "Yang|Jiang");
        assert_eq!(families("Yang, Z. and McNamara, M.E."), "Yang|McNamara");
        assert_eq!(families("Yang Z., Dos Santos H.B., "), "Yang|Dos Santos");
        assert_eq!(families("['Marx, Karl', 'Lindgren, Astrid']"), "Marx|Lindgren");
        assert_eq!(families("Smith, John"), "Smith");
    }
}
