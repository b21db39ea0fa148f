//! A small tree of one XML record. Records are cut out of the file first, so that one that is broken
//! costs itself alone, and a tree never grows with the file. No entity is ever expanded but the five of
//! XML and numbers.

use super::super::xml::entity;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// How deep a record may nest: style marks in titles reach about ten.
const DEEPEST: usize = 64;

#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub nodes: Vec<Node>,
}

#[derive(Debug)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads one element with all it holds; the error says what is wrong with it.
    pub fn read(xml: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut open: Vec<Element> = vec![Element::default()];
        loop {
            match reader.read_event().map_err(|error| format!("its XML is broken ({error})"))? {
                Event::Start(start) if open.len() > DEEPEST => {
                    return Err(format!("it nests deeper than any record, at <{}>", start.local_name().as_ref()));
                }
                Event::Start(start) => open.push(begun(&start)),
                Event::End(_) => {
                    let done = open.pop().unwrap_or_default();
                    if let Some(parent) = open.last_mut() {
                        parent.nodes.push(Node::Element(done));
                    }
                }
                Event::Text(text) => say(&mut open, &text.xml10_content()),
                Event::CData(text) => say(&mut open, &text.xml10_content()),
                Event::GeneralRef(name) => say(&mut open, &entity(&name)),
                Event::Eof => break,
                _ => {}
            }
        }
        let whole = open.pop().filter(|_| open.is_empty());
        let found = whole.and_then(|whole| whole.nodes.into_iter().find_map(Node::element));
        found.ok_or_else(|| "its XML ends in the middle".to_owned())
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// Children of a name.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The first element down a path of names.
    pub fn at(&self, path: &[&str]) -> Option<&Element> {
        match path {
            [] => Some(self),
            [name, rest @ ..] => self.elements().filter(|element| element.name == *name).find_map(|one| one.at(rest)),
        }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// All its words, on one line.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.gather(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, text: &mut String) {
        for node in &self.nodes {
            match node {
                Node::Text(words) => text.push_str(words),
                Node::Element(element) => element.gather(text),
            }
        }
    }
}

impl Node {
    fn element(self) -> Option<Element> {
        match self {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        }
    }
}

fn begun(start: &BytesStart) -> Element {
    let attributes = start.attributes().flatten().filter_map(|one| {
        let value = one.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?;
        Some((one.key.local_name().as_ref().to_owned(), value.into_owned()))
    });
    Element { name: start.local_name().as_ref().to_owned(), attributes: attributes.collect(), nodes: Vec::new() }
}

fn say(open: &mut [Element], words: &str) {
    if let Some(element) = open.last_mut() {
        element.nodes.push(Node::Text(words.to_owned()));
    }
}

/// The stretches `<name …>…</name>` of a file with the line each begins on. One whose end is missing
/// reaches to the next.
pub fn cut<'x>(xml: &'x str, name: &str) -> Vec<(usize, &'x str)> {
    let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
    let starts: Vec<usize> = xml
        .match_indices(&opening)
        .map(|(at, _)| at)
        .filter(|at| xml[at + opening.len()..].starts_with(|next: char| next == '>' || next.is_whitespace()))
        .collect();
    let (mut counted, mut line) = (0, 1);
    starts
        .iter()
        .enumerate()
        .map(|(index, start)| {
            let next = starts.get(index + 1).copied().unwrap_or(xml.len());
            let end = xml[*start..next].find(&closing).map_or(next, |at| start + at + closing.len());
            line += xml[counted..*start].matches('\n').count();
            counted = *start;
            (line, &xml[*start..end])
        })
        .collect()
}

/// Whether a file declares entities of its own: no library needs them.
pub fn declares_entities(xml: &str) -> bool {
    xml.contains("<!ENTITY")
}
