//! Letters and digits in the sheets of an Excel workbook, counted a second way: straight from the XML, by
//! code that knows nothing of rows and columns, to catch out the reader of cells.

use super::Limits;
use super::archive::Archive;
use super::completeness::letters;
use super::xml::{self, Listener, Relation, Step, attribute, local};
use crate::diagnostic::Result;
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// By the name of the sheet: letters and digits of its cells of words, and one for every other cell that
/// holds something.
pub fn weigh(bytes: &[u8], limits: &Limits) -> Result<BTreeMap<String, usize>> {
    let mut archive = Archive::within(bytes, limits)?;
    let mut part = |name: &str| archive.find(name).map(|name| archive.text(&name)).transpose();
    let (mut book, mut shared) = (Book::default(), Shared::default());
    xml::walk(&part("xl/workbook.xml")?.unwrap_or_default(), &mut book)?;
    let relations = xml::relations(&part("xl/_rels/workbook.xml.rels")?.unwrap_or_default())?;
    if let Some(words) = relations.iter().rfind(|one| one.is("sharedStrings")) {
        xml::walk(&part(&place(words))?.unwrap_or_default(), &mut shared)?;
    }
    let places: BTreeMap<&str, String> = relations.iter().map(|one| (one.id.as_str(), place(one))).collect();
    let mut weights = BTreeMap::new();
    for (name, id) in &book.sheets {
        let Some(sheet) = places.get(id.as_str()).map(|place| part(place)).transpose()?.flatten() else { continue };
        let mut cells = Cells { shared: &shared.letters, ..Cells::default() };
        xml::walk(&sheet, &mut cells)?;
        weights.insert(name.clone(), cells.count);
    }
    Ok(weights)
}

fn place(relation: &Relation) -> String {
    let target = &relation.target;
    target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned)
}

/// The sheets there are.
#[derive(Default)]
struct Book {
    /// Name and id of the relationship.
    sheets: Vec<(String, String)>,
}

impl Listener for Book {
    fn start(&mut self, element: &BytesStart) -> Step {
        if local(element.name().as_ref()) == "sheet" {
            self.sheets.extend(attribute(element, "name").zip(attribute(element, "id")));
        }
        Step::Into
    }
}

/// Words that cells point at.
#[derive(Default)]
struct Shared {
    letters: Vec<usize>,
    in_text: bool,
}

impl Listener for Shared {
    fn start(&mut self, element: &BytesStart) -> Step {
        match local(element.name().as_ref()) {
            "si" => self.letters.push(0),
            "t" => self.in_text = true,
            // How the words are pronounced.
            "rPh" => return Step::Over,
            _ => {}
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        self.in_text &= local(element) != "t";
    }

    fn text(&mut self, words: &str) {
        if let Some(count) = self.letters.last_mut().filter(|_| self.in_text) {
            *count += shown(words);
        }
    }
}

/// What a cell's value is.
#[derive(Default, Clone, Copy, PartialEq)]
enum Kind {
    #[default]
    Other,
    Shared,
    Words,
}

#[derive(Default)]
struct Cells<'s> {
    shared: &'s [usize],
    count: usize,
    kind: Kind,
    /// The value, or text, that is open.
    value: Option<String>,
}

impl Listener for Cells<'_> {
    fn start(&mut self, element: &BytesStart) -> Step {
        match local(element.name().as_ref()) {
            "c" => {
                self.kind = match attribute(element, "t").as_deref() {
                    Some("s") => Kind::Shared,
                    Some("str" | "inlineStr") => Kind::Words,
                    _ => Kind::Other,
                };
            }
            "v" | "t" => self.value = Some(String::new()),
            "rPh" | "f" => return Step::Over,
            _ => {}
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        if !matches!(local(element), "v" | "t") {
            return;
        }
        let value = self.value.take().unwrap_or_default();
        self.count += match self.kind {
            Kind::Words => shown(&value),
            Kind::Shared => value.trim().parse().ok().and_then(|at: usize| self.shared.get(at)).copied().unwrap_or(0),
            Kind::Other => usize::from(!value.trim().is_empty()),
        };
    }

    fn text(&mut self, words: &str) {
        if let Some(value) = &mut self.value {
            value.push_str(words);
        }
    }
}

/// Letters and digits of words in which Excel writes signs as `_x000D_`.
fn shown(words: &str) -> usize {
    const ESCAPE: usize = "_x000D_".len();
    let (mut count, mut rest) = (0, words);
    while let Some(at) = rest.find("_x") {
        let sign = rest[at..].get(..ESCAPE).and_then(escaped);
        count += letters(&rest[..at]) + sign.map_or(1, |sign| letters(sign.encode_utf8(&mut [0; 4])));
        rest = &rest[at + if sign.is_some() { ESCAPE } else { "_x".len() }..];
    }
    count + letters(rest)
}

/// The sign that `_x000D_` stands for.
fn escaped(escape: &str) -> Option<char> {
    let digits = escape.strip_prefix("_x")?.strip_suffix('_')?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    Some(char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_written_as_numbers_are_one_letter_or_none() {
        assert_eq!(shown("one_x000D_\ntwo"), 6);
        assert_eq!(shown("caf_x00E9_ _x005F_x0041_"), 9, "an underline that is written so begins nothing");
        assert_eq!(shown("max_xylem _x12"), letters("max_xylem _x12"));
    }
}
