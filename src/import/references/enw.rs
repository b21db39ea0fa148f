//! EndNote tagged text and Refer: `%A`, `%T`, one field a line.

use super::builder::{Builder, Field, Names, field_of};
use super::tagged::{self, Tagged};
use super::{Cut, Reader};

pub struct Enw;

const NAMES: Names = &[
    ("%0", Field::Kind),
    ("%T", Field::Title),
    ("%A", Field::Author(0)),
    ("%E", Field::Editor),
    ("%D", Field::Year(0)),
    ("%8", Field::Year(1)),
    ("%J", Field::Journal(0)),
    ("%B", Field::Journal(1)),
    ("%V", Field::Volume),
    ("%N", Field::Issue),
    ("%P", Field::Pages),
    ("%R", Field::Doi),
    ("%M", Field::Note),
    ("%@", Field::Issn),
    ("%X", Field::Abstract),
    ("%K", Field::Keyword),
    ("%G", Field::Language),
    ("%U", Field::Url),
    ("%Z", Field::Note),
];

impl Reader for Enw {
    fn key(&self) -> &'static str {
        "enw"
    }

    fn title(&self) -> &'static str {
        "EndNote tagged text (.enw)"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        let first = start.lines().find(|line| !line.trim().is_empty());
        first.and_then(tag).is_some_and(|(tag, _)| field_of(NAMES, tag).is_some())
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let (lines, outside) = tagged::lines(text, tag, &[]);
        cut.outside += outside;
        let says_kind = lines.iter().any(|line| line.tag == "%0");
        let mut open: Vec<&Tagged> = Vec::new();
        for line in &lines {
            let begins = if says_kind { line.tag == "%0" } else { line.after_gap };
            if begins {
                tagged::close(cut, &mut open, put);
            }
            open.push(line);
        }
        tagged::close(cut, &mut open, put);
    }
}

fn put(builder: &mut Builder, line: &Tagged) {
    builder.put(field_of(NAMES, line.tag), line.tag, &line.value);
}

fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, value) = line.split_at_checked(2)?;
    let is_tag = tag.starts_with('%') && tag.as_bytes()[1].is_ascii_graphic();
    (is_tag && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((tag, value))
}
