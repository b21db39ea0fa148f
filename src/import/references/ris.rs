//! RIS, in the dialects of reference managers and databases: two capitals, two spaces, a hyphen.
//!
//! Text between records (numbers, headings, links) is left out and counted. A record that lost its
//! `ER` ends where the next begins.

use super::builder::{Builder, Field, Names, field_of};
use super::tagged::{self, Tagged};
use super::{Cut, Reader};

pub struct Ris;

const NAMES: Names = &[
    ("TY", Field::Kind),
    ("ER", Field::Mark),
    ("TI", Field::Title),
    ("T1", Field::Title),
    ("AU", Field::Author(0)),
    ("A1", Field::Author(0)),
    ("A2", Field::Editor),
    ("ED", Field::Editor),
    ("PY", Field::Year(0)),
    ("Y1", Field::Year(1)),
    ("DA", Field::Year(2)),
    ("JF", Field::Journal(0)),
    ("T2", Field::Journal(1)),
    ("BT", Field::Journal(2)),
    ("JO", Field::Journal(3)),
    ("JA", Field::ShortJournal),
    ("J2", Field::ShortJournal),
    ("J1", Field::ShortJournal),
    ("VL", Field::Volume),
    ("IS", Field::Issue),
    ("SP", Field::FirstPage),
    ("EP", Field::LastPage),
    ("DO", Field::Doi),
    ("DI", Field::Doi),
    ("M3", Field::MaybeDoi),
    ("SN", Field::Issn),
    ("AB", Field::Abstract),
    ("N2", Field::Abstract),
    ("KW", Field::Keyword),
    ("LA", Field::Language),
    ("UR", Field::Url),
    ("L2", Field::Url),
    ("LK", Field::Url),
    ("N1", Field::Note),
];

impl Reader for Ris {
    fn key(&self) -> &'static str {
        "ris"
    }

    fn title(&self) -> &'static str {
        "RIS"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        tagged::begins(start, tag, &["TY"])
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let (lines, outside) = tagged::lines(text, tag, &["ER", "NL"]);
        cut.outside += outside;
        let mut open: Vec<&Tagged> = Vec::new();
        let mut told = false;
        for (at, line) in lines.iter().enumerate() {
            if line.tag == "TY" && told && begins_record(&lines[at + 1..]) {
                close(cut, &mut open);
            }
            told = !open.is_empty() && line.tag != "ER" && (told || tells(line.tag));
            match line.tag {
                "ER" => close(cut, &mut open),
                "TY" => open.push(line),
                _ if open.is_empty() => cut.outside += 1 + line.value.lines().count().saturating_sub(1),
                _ => open.push(line),
            }
        }
        close(cut, &mut open);
    }
}

fn put(builder: &mut Builder, line: &Tagged) {
    let field = field_of(NAMES, line.tag);
    // "No - Specified" is what some databases write where there are no pages.
    let has_digit = line.value.bytes().any(|byte| byte.is_ascii_digit());
    let field = field.filter(|field| has_digit || !matches!(field, Field::FirstPage | Field::LastPage));
    // A page field may hold the whole range.
    let is_range = field == Some(Field::FirstPage) && line.value.contains(['-', '–']);
    // A name or title that goes on is one; an abstract keeps its lines.
    let is_prose = matches!(field, Some(Field::Abstract | Field::Keyword | Field::Note));
    let value = if is_prose { line.value.clone() } else { line.value.replace('\n', " ").into() };
    builder.put(if is_range { Some(Field::Pages) } else { field }, line.tag, &value);
}

fn close(cut: &mut Cut, open: &mut Vec<&Tagged>) {
    tagged::close(cut, open, put);
}

/// A second `TY` begins a record where a title or author of its own follows; else it repeats the kind.
fn begins_record(after: &[Tagged]) -> bool {
    after.iter().take_while(|line| !["TY", "ER"].contains(&line.tag)).any(|line| tells(line.tag))
}

/// Title and authors make a record.
fn tells(tag: &str) -> bool {
    matches!(field_of(NAMES, tag), Some(Field::Title | Field::Author(_)))
}

/// `TY  - JOUR`; the last space may be missing, and so may spaces before the hyphen.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let tag_bytes = tag.as_bytes();
    let is_tag =
        tag_bytes[0].is_ascii_uppercase() && (tag_bytes[1].is_ascii_uppercase() || tag_bytes[1].is_ascii_digit());
    let rest = is_tag.then_some(rest)?;
    let value = rest.strip_prefix("  -").or_else(|| rest.strip_prefix("  \u{2013}"))?;
    Some((tag, value))
}
