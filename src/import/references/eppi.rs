//! EPPI-Reviewer's JSON export: references, code sets, and what was coded and noted on them.
//!
//! Who made and edited a record is left out: names of people do not belong into what everybody reads.
//! Arms and outcomes have no place here; how many there are is said, and the file itself is kept.

use super::builder::{Builder, Field, Names, field_of};
use super::coded::{Gathering, Highlight, Node, Put};
use super::csl::text;
use super::{Cut, Reader, json};
use crate::diagnostic::Diagnostic;
use crate::text::words::on_one_line;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

pub struct Eppi;

const NAMES: Names = &[
    ("TypeName", Field::Kind),
    ("Title", Field::Title),
    ("ParentTitle", Field::Journal(0)),
    ("Authors", Field::Author(0)),
    ("ParentAuthors", Field::Editor),
    ("Year", Field::Year(0)),
    ("Volume", Field::Volume),
    ("Issue", Field::Issue),
    ("Pages", Field::Pages),
    ("DOI", Field::Doi),
    ("StandardNumber", Field::Issn),
    ("Abstract", Field::Abstract),
    ("Keywords", Field::Keyword),
    ("URL", Field::Url),
    ("Comments", Field::Note),
];

/// Read apart, or people's names.
const ASIDE: &[&str] = &["Codes", "Outcomes", "CreatedBy", "EditedBy"];

/// How deep code sets may nest: the program itself allows fewer.
const DEEPEST: usize = 40;

impl Reader for Eppi {
    fn key(&self) -> &'static str {
        "eppi"
    }

    fn title(&self) -> &'static str {
        "EPPI-Reviewer JSON"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        let has = |marks: &[&str]| marks.iter().all(|mark| start.contains(mark));
        let is_named = has(&["\"References\"", "\"ItemId\""]) || has(&["\"CodeSets\"", "\"SetName\""]);
        start.trim_start().starts_with('{') && (is_named || has(&["\"CodeSets\"", "\"References\""]))
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        let members = json::members(text, json::next(text, 0).unwrap_or_default());
        let place = |name: &str| members.iter().find(|(own, _)| *own == name).map(|(_, place)| place.clone());
        let sets = place("CodeSets").and_then(|at| json::read(text[at].trim()).ok()).unwrap_or_default();
        let codes = Codes::of(&sets);
        let mut gathering = Gathering::default();
        let mut lost = Lost::default();
        for (line, item) in place("References").map(|at| json::elements(text, at.start)).unwrap_or_default() {
            let mut puts = None;
            let number = cut.seen + 1;
            let read = cut.push_and_tell(line, || {
                let item = json::read(item)?;
                let item = item.as_object().ok_or("it is no reference with fields")?;
                puts = Some((key(item, number), codes.put(item, &mut lost)));
                Ok(builder(item))
            });
            if let (Some(reference), Some((key, puts))) = (read, puts) {
                gathering.add(number, key, &reference, puts);
            }
        }
        cut.said.extend(lost.tell());
        cut.coded = gathering.finish(self.key(), codes.nodes);
    }
}

fn key(item: &Map<String, Value>, number: usize) -> String {
    item.get("ItemId").map_or_else(|| number.to_string(), text)
}

fn builder(item: &Map<String, Value>) -> Builder {
    let mut builder = Builder::new();
    for (name, value) in item.iter().filter(|(name, _)| !ASIDE.contains(&name.as_str())) {
        let value = match value {
            Value::Array(items) if items.is_empty() => continue,
            Value::Array(_) => value.to_string(),
            // A tick box of the exporter's dialogue, not of the record.
            Value::Bool(_) => continue,
            other => text(other),
        };
        let value = if name == "Authors" { with_comma(&value) } else { value };
        builder.put(field_of(NAMES, name), name, &value);
    }
    builder
}

/// `Agarwal Arnav ; Ioannidis John PA; ` has the family name first and no comma: it gets one.
fn with_comma(authors: &str) -> String {
    let named = authors.split(';').map(on_one_line).filter(|name| !name.is_empty()).map(|name| {
        if name.contains(',') {
            return name;
        }
        name.split_once(' ').map_or_else(|| name.clone(), |(family, given)| format!("{family}, {given}"))
    });
    named.collect::<Vec<_>>().join("; ")
}

/// What an export holds that has no place here.
#[derive(Debug, Default)]
struct Lost {
    arms: usize,
    outcomes: usize,
    unknown: usize,
}

impl Lost {
    fn tell(&self) -> Vec<Diagnostic> {
        let counts = [
            (self.arms, "name of an arm beside a code", "names of arms beside codes"),
            (self.outcomes, "outcome", "outcomes"),
            (self.unknown, "code that no code set holds", "codes that no code set holds"),
        ];
        let said = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
        let said: Vec<String> = said.collect();
        let note = |said: String| {
            Diagnostic::note("eppi-left-out", format!("left out: {said}"))
                .hint("they are kept in the file itself, in corpus/originals")
        };
        (!said.is_empty()).then(|| note(said.join(", "))).into_iter().collect()
    }
}

/// The code sets as one list, and where each code stands in it.
#[derive(Debug, Default)]
struct Codes {
    nodes: Vec<Node>,
    /// By the exporter's number of the code.
    places: BTreeMap<i64, usize>,
}

impl Codes {
    fn of(sets: &Value) -> Self {
        let mut codes = Codes::default();
        for set in sets.as_array().into_iter().flatten() {
            let at = codes.node(named(set, "SetName"), None, first(set, &["SetDescription"]));
            codes.below(set, at, 0);
        }
        codes
    }

    fn below(&mut self, node: &Value, parent: usize, depth: usize) {
        let codes = node.get("Attributes").and_then(|list| list.get("AttributesList"));
        for code in list(codes).iter().filter(|_| depth < DEEPEST) {
            let definition = first(code, &["AttributeSetDescription", "AttributeDescription"]);
            let at = self.node(named(code, "AttributeName"), Some(parent), definition);
            self.places.extend(code.get("AttributeId").and_then(Value::as_i64).map(|id| (id, at)));
            self.below(code, at, depth + 1);
        }
    }

    fn node(&mut self, name: String, parent: Option<usize>, definition: Option<String>) -> usize {
        self.nodes.push(Node { name, parent, definition });
        self.nodes.len() - 1
    }

    /// The codes of one record, with what was highlighted and noted.
    fn put(&self, item: &Map<String, Value>, lost: &mut Lost) -> Vec<Put> {
        lost.outcomes += list(item.get("Outcomes")).len();
        let mut puts = Vec::new();
        for put in list(item.get("Codes")) {
            let Some(code) = put.get("AttributeId").and_then(Value::as_i64).and_then(|id| self.places.get(&id)) else {
                lost.unknown += 1;
                continue;
            };
            lost.arms += usize::from(first(put, &["ArmTitle"]).is_some());
            let marked = list(put.get("ItemAttributeFullTextDetails"));
            let highlights = marked.iter().filter_map(|one| highlight(&first(one, &["Text"])?)).collect();
            puts.push(Put { code: *code, note: first(put, &["AdditionalText"]), highlights });
        }
        puts
    }
}

/// What stands in an array; nothing where there is none.
fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn named(node: &Value, field: &str) -> String {
    first(node, &[field]).map_or_else(|| "unnamed".to_owned(), |name| on_one_line(&name))
}

/// The first of these fields that says something, with the line ends of this program.
fn first(value: &Value, fields: &[&str]) -> Option<String> {
    let said = fields.iter().filter_map(|field| value.get(field).and_then(Value::as_str));
    said.map(|text| text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()).find(|text| !text.is_empty())
}

/// `Page 3:`, then the pieces of the selection in quotation marks between `[¬s]` and `[¬e]`; of a plain text
/// the words alone.
fn highlight(text: &str) -> Option<Highlight> {
    let (page, words) = match text.split_once("[¬s]") {
        Some((before, words)) => (before, words),
        None => ("", text),
    };
    let is_marked = words.len() < text.len();
    let page =
        page.trim().trim_start_matches("Page").trim_end_matches(':').trim().parse().ok().filter(|page| *page > 0);
    let words = words.replace("[¬e]", "");
    let pieces: Vec<String> = if is_marked {
        let whole = words.trim().trim_start_matches('"').trim_end_matches('"');
        whole.split("\"\n\"").map(|piece| piece.trim().to_owned()).collect()
    } else {
        vec![words.trim().to_owned()]
    };
    let pieces: Vec<String> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    (!pieces.is_empty()).then_some(Highlight { page, pieces })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlighted_words_are_told_from_their_marks() {
        let read = |text: &str| highlight(text).map(|one| (one.page, one.pieces.join("|")));
        assert_eq!(
            read("Page 12:\n[¬s]\"Lanterns were\"\n\"seen.[¬e]\""),
            Some((Some(12), "Lanterns were|seen.".to_owned()))
        );
        assert_eq!(read("plain \"words\""), Some((None, "plain \"words\"".to_owned())));
        assert_eq!(read("Page 1:\n[¬s]\"[¬e]\""), None);
    }
}
