//! Web of Science text (`FN`, `VR`, then records from `PT` to `ER`): a tag of two letters and one
//! space; lines that go on are set in by three. Comes as `.isi`, `.txt` and even `.ris`.

use super::builder::{Builder, Field, Names, field_of};
use super::tagged::{self, Tagged};
use super::{Cut, Reader};

pub struct Isi;

const NAMES: Names = &[
    ("ER", Field::Mark),
    ("EF", Field::Mark),
    ("DT", Field::Kind),
    ("PT", Field::Kind),
    ("TI", Field::Title),
    ("AF", Field::Author(0)),
    ("AU", Field::Author(1)),
    ("CA", Field::Author(1)),
    ("BE", Field::Editor),
    ("PY", Field::Year(0)),
    ("PD", Field::Year(1)),
    ("SO", Field::Journal(0)),
    ("JI", Field::ShortJournal),
    ("J9", Field::ShortJournal),
    ("VL", Field::Volume),
    ("IS", Field::Issue),
    ("BP", Field::FirstPage),
    ("EP", Field::LastPage),
    ("AR", Field::FirstPage),
    ("PS", Field::Pages),
    ("DI", Field::Doi),
    ("PM", Field::Pmid),
    ("SN", Field::Issn),
    ("EI", Field::Issn),
    ("AB", Field::Abstract),
    ("DE", Field::Keyword),
    ("ID", Field::Keyword),
    ("LA", Field::Language),
];

impl Reader for Isi {
    fn key(&self) -> &'static str {
        "isi"
    }

    fn title(&self) -> &'static str {
        "Web of Science text"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        start.trim_start().starts_with("FN ") && start.contains("\nVR ")
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let (lines, outside) = tagged::lines(text, tag, &["ER", "EF", "VR"]);
        cut.outside += outside;
        let mut open: Vec<&Tagged> = Vec::new();
        for line in lines.iter().filter(|line| !["FN", "VR"].contains(&line.tag)) {
            if ["ER", "EF", "PT"].contains(&line.tag) {
                tagged::close(cut, &mut open, put);
            }
            if !["ER", "EF"].contains(&line.tag) {
                open.push(line);
            }
        }
        tagged::close(cut, &mut open, put);
    }
}

fn put(builder: &mut Builder, line: &Tagged) {
    let field = field_of(NAMES, line.tag);
    let is_names = matches!(field, Some(Field::Author(_) | Field::Editor));
    let value = if is_names { line.value.clone() } else { line.value.replace('\n', " ").into() };
    let value = if line.tag == "PT" && value == "J" { "journal" } else { &value };
    builder.put(field, line.tag, value);
}

fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(2)?;
    let bytes = tag.as_bytes();
    let is_tag = bytes[0].is_ascii_uppercase() && (bytes[1].is_ascii_uppercase() || bytes[1].is_ascii_digit());
    is_tag.then_some(())?;
    if rest.is_empty() { Some((tag, "")) } else { Some((tag, rest.strip_prefix(' ')?)) }
}
