//! Answers in the cells of a facesheet.

use crate::diagnostic::{Diagnostic, Result, fault};
use crate::participant::Consent;
use crate::text::words::{fold, on_one_line};
use jiff::civil::Date;

const NO: &[&str] = &[
    "no",
    "n",
    "none",
    "refused",
    "declined",
    "false",
    "0",
    "not given",
    "withheld",
    "no consent",
    "not agreed",
    "nein",
    "non",
    "✗",
    "✘",
];
const ANONYMOUS: &[&str] = &[
    "yes",
    "y",
    "anonymous",
    "anonymised",
    "anonymized",
    "anon",
    "anonymously",
    "pseudonym",
    "pseudonymous",
    "yes anonymous",
    "yes anonymised",
    "yes anonymously",
    "yes with pseudonym",
    "true",
    "1",
    "x",
    "agreed",
    "agree",
    "consented",
    "given",
    "consent given",
    "ja",
    "oui",
    "si",
    "sí",
    "✓",
    "✔",
];
const NAMED: &[&str] =
    &["named", "name", "yes named", "with name", "by name", "yes with name", "identified", "attributed", "yes by name"];

/// What an answer agrees to. A plain yes agrees to words without a name. Fault `bad-consent`.
pub fn consent(answer: &str) -> Result<Consent> {
    let spaced: String = answer
        .chars()
        .map(|letter| if letter.is_alphanumeric() || "✗✘✓✔".contains(letter) { letter } else { ' ' })
        .collect();
    let word = fold(&on_one_line(&spaced));
    let is = |words: &[&str]| words.contains(&word.as_str());
    if is(NO) {
        Ok(Consent::None)
    } else if is(ANONYMOUS) {
        Ok(Consent::Anonymous)
    } else if is(NAMED) {
        Ok(Consent::Named)
    } else {
        Err(fault("bad-consent", format!("'{answer}' is no answer about consent that is understood"))
            .hint("write none, anonymous or named (or no, yes)"))
    }
}

/// A date as `2014-03-02`; `02/03/2014` is the second of March, and that is said. Fault `bad-date`.
pub fn date(cell: &str) -> Result<(String, Option<Diagnostic>)> {
    const PLAIN: &[&str] = &["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y/%m/%d"];
    const BY_DAY: &[&str] = &["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y", "%d.%m.%y"];
    let cell = cell.trim();
    let day = cell
        .split(['T', ' '])
        .next()
        .filter(|day| day.len() == 10 && day.starts_with(|one: char| one.is_ascii_digit()));
    let read = |formats: &[&str]| formats.iter().find_map(|format| Date::strptime(format, cell).ok());
    if let Some(date) = read(PLAIN).or_else(|| day.and_then(|day| Date::strptime("%Y-%m-%d", day).ok())) {
        return Ok((date.to_string(), None));
    }
    let date = read(BY_DAY).ok_or_else(|| {
        fault("bad-date", format!("'{cell}' is no date that is understood")).hint("write it as 2014-03-02")
    })?;
    let note = (date.day() <= 12 && date.day() != date.month()).then(|| {
        Diagnostic::note("day-first", "dates such as 02/03/2014 were read day first")
            .hint("write them as 2014-03-02 where that is wrong")
    });
    Ok((date.to_string(), note))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_about_consent() {
        for (answer, agreed) in [
            ("Yes", Consent::Anonymous),
            ("NO", Consent::None),
            ("yes - named", Consent::Named),
            (" anonymised ", Consent::Anonymous),
            ("✓", Consent::Anonymous),
            ("refused", Consent::None),
            ("by name", Consent::Named),
        ] {
            assert_eq!(consent(answer).unwrap(), agreed, "{answer}");
        }
        assert_eq!(consent("perhaps later").unwrap_err().0.code, "bad-consent");
    }

    #[test]
    fn dates_in_several_dresses() {
        for cell in ["2014-03-02", "02/03/2014", "2.3.2014", "2 March 2014", "Mar 2, 2014", "2014-03-02 00:00:00"] {
            assert_eq!(date(cell).unwrap().0, "2014-03-02", "{cell}");
        }
        assert!(date("02/03/2014").unwrap().1.is_some() && date("22/03/2014").unwrap().1.is_none());
        assert_eq!(date("with Ana").unwrap_err().0.code, "bad-date");
    }
}
