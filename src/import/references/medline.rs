//! MEDLINE text, as PubMed saves it (`.nbib`, also under the names of other formats): a tag in four
//! columns, a hyphen, lines that go on set in by six spaces.

use super::builder::{Builder, Field, Names, field_of};
use super::tagged::{self, Tagged};
use super::{Cut, Reader};
use crate::reference::doi;
use crate::text::words::on_one_line;

pub struct Medline;

const NAMES: Names = &[
    ("PMID", Field::Pmid),
    ("PT", Field::Kind),
    ("TI", Field::Title),
    ("BTI", Field::Journal(1)),
    ("FAU", Field::Author(0)),
    ("AU", Field::Author(1)),
    ("CN", Field::Author(0)),
    ("FED", Field::Editor),
    ("DP", Field::Year(0)),
    ("DEP", Field::Year(1)),
    ("JT", Field::Journal(0)),
    ("TA", Field::ShortJournal),
    ("VI", Field::Volume),
    ("IP", Field::Issue),
    ("PG", Field::Pages),
    ("IS", Field::Issn),
    ("AB", Field::Abstract),
    ("MH", Field::Keyword),
    ("OT", Field::Keyword),
    ("LA", Field::Language),
];

impl Reader for Medline {
    fn key(&self) -> &'static str {
        "medline"
    }

    fn title(&self) -> &'static str {
        "MEDLINE (.nbib)"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        let is_first = |first: &str| tag(first).is_some_and(|(tag, _)| tag == "PMCR");
        tagged::begins(start, tag, &["PMID"])
            || start.lines().find(|line| !line.trim().is_empty()).is_some_and(is_first)
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let (lines, outside) = tagged::lines(text, tag, &[]);
        cut.outside += outside;
        let Some(leading) = lines.first().map(|line| line.tag) else { return };
        let mut open: Vec<&Tagged> = Vec::new();
        let mut holds_number = false;
        for line in &lines {
            let begins =
                line.tag == "PMID" && (holds_number || line.after_gap) || line.after_gap && line.tag == leading;
            if begins && !open.is_empty() {
                tagged::close(cut, &mut open, put);
                holds_number = false;
            }
            holds_number |= line.tag == "PMID";
            open.push(line);
        }
        tagged::close(cut, &mut open, put);
    }
}

fn put(builder: &mut Builder, line: &Tagged) {
    match line.tag {
        // Article ids name their kind: `10.1136/bmj.l341 [doi]`, `S0140 [pii]`.
        "AID" | "LID" if doi(&line.value).is_some() && !line.value.contains("[pii]") => {
            builder.put(Some(Field::Doi), line.tag, &line.value);
        }
        // The body that signs is one name, whatever commas it holds.
        "CN" => builder.author(crate::reference::Name::collective(&on_one_line(&line.value))),
        tag => builder.put(field_of(NAMES, tag), tag, &line.value.replace('\n', " ")),
    }
}

/// `PMID- 123`, `TI  - On ships`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let (tag, rest) = line.split_at_checked(4)?;
    let tag = tag.trim_end();
    let is_tag = tag.len() >= 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    is_tag.then_some(())?;
    Some((tag, rest.strip_prefix('-')?))
}
