//! Answers in the cells of a facesheet.

use crate::diagnostic::{Diagnostic, Result, fault};
use crate::participant::{Audience, Consent};
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
    "withdrawn",
    "withdrew",
    "withdraws",
    "revoked",
    "consent withdrawn",
    "consent revoked",
    "opted out",
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

/// For whom an answer is meant, as `meeting`, `team, publication` or `all`. Fault `bad-audience`.
pub fn audiences(cell: &str) -> Result<Vec<Audience>> {
    let mut meant = Vec::new();
    for word in fold(cell).split([',', ';', '/', '+', '&', ' ']).filter(|word| !matches!(*word, "" | "and")) {
        let found = Audience::ALL.iter().filter(|one| {
            let plural = format!("{one}s");
            word == one.word() || word == plural || (word == "both" && **one != Audience::Team) || word == "all"
        });
        let before = meant.len();
        meant.extend(found.copied());
        if meant.len() == before {
            return Err(fault("bad-audience", format!("'{cell}' is no audience that is understood"))
                .hint("write team, meeting or publication, or all"));
        }
    }
    Ok(meant)
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
            ("Withdrawn", Consent::None),
        ] {
            assert_eq!(consent(answer).unwrap(), agreed, "{answer}");
        }
        assert_eq!(consent("perhaps later").unwrap_err().0.code, "bad-consent");
    }

    #[test]
    fn answers_for_some_only() {
        assert_eq!(audiences("Team").unwrap(), [Audience::Team]);
        assert_eq!(audiences("meetings and publication").unwrap(), [Audience::Meeting, Audience::Publication]);
        assert_eq!(audiences("all").unwrap(), Audience::ALL);
        assert_eq!(audiences("my friends").unwrap_err().0.code, "bad-audience");
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
