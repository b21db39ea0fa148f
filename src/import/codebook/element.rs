//! A small XML file as a tree that remembers its lines, so that whatever is wrong can be said with its
//! place. Read under limits: no document type, no deep nesting, not more elements than a codebook has.

use super::super::Limits;
use super::super::archive::damaged;
use super::super::xml::{entity, local};
use super::at;
use crate::diagnostic::{Fault, Result, fault};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements of one file.
const MOST: usize = 500_000;

#[derive(Debug, Default)]
pub struct Element {
    /// From 1.
    pub line: usize,
    /// Without prefix.
    pub name: String,
    /// As written, prefix included.
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Element>,
    /// Words between its own elements.
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Reads a whole file. Faults: `unsafe-file`, `damaged-file`.
    pub fn read(xml: &str, limits: &Limits) -> Result<Element> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().expand_empty_elements = true;
        let mut lines = Lines { xml, at: 0, line: 1 };
        let mut open = vec![Element::default()];
        let mut count = 0;
        loop {
            let before = reader.buffer_position();
            let event = reader.read_event();
            let line = lines.of(usize::try_from(before).unwrap_or_default());
            match event.map_err(|error| damaged(&error).at(at(line)))? {
                Event::Start(start) => {
                    count += 1;
                    if count > MOST || open.len() as u64 > limits.depth {
                        return Err(unsafe_file("the file nests deeper, or holds more, than any codebook", line));
                    }
                    open.push(begun(&start, line).map_err(|error| damaged(&error).at(at(line)))?);
                }
                Event::End(_) => {
                    let done = open.pop().unwrap_or_default();
                    if let Some(above) = open.last_mut() {
                        above.children.push(done);
                    }
                }
                Event::Text(text) => say(&mut open, &text.xml10_content()),
                Event::CData(text) => say(&mut open, &text.xml10_content()),
                Event::GeneralRef(name) => say(&mut open, &entity(&name)),
                Event::DocType(_) => {
                    return Err(unsafe_file("the file declares a document type, which no codebook needs", line));
                }
                Event::Eof => break,
                // An empty element comes as a start and an end.
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
        let top = open.pop().filter(|_| open.is_empty());
        let root = top.and_then(|top| top.children.into_iter().next());
        root.ok_or_else(|| damaged(&"its text ends in the middle").at(at(lines.of(xml.len()))))
    }
}

fn unsafe_file(what: &str, line: usize) -> Fault {
    fault("unsafe-file", what).at(at(line)).hint("export the codebook again from the program it was made with")
}

fn begun(start: &BytesStart, line: usize) -> Result<Element, String> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    let name = local(start.name().as_ref()).to_owned();
    Ok(Element { line, name, attributes, ..Element::default() })
}

fn say(open: &mut [Element], words: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(words);
    }
}

/// Counts lines as the reader goes on.
struct Lines<'x> {
    xml: &'x str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, byte: usize) -> usize {
        let passed = self.xml.as_bytes().get(self.at..byte).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count();
        self.at = self.at.max(byte);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Element> {
        Element::read(xml, &Limits::default())
    }

    #[test]
    fn elements_know_their_lines() {
        let root = read("<?xml version='1.0'?>\n<a>\n  <b x='1&#10;2'/>\n  <q:c>one &amp; <![CDATA[<two>]]></q:c></a>")
            .unwrap();
        assert_eq!((root.line, root.children[0].line, root.children[1].line), (2, 3, 4));
        assert_eq!(root.children[0].attribute("x"), Some("1\n2"));
        assert_eq!((root.children[1].name.as_str(), root.children[1].text.as_str()), ("c", "one & <two>"));
    }

    #[test]
    fn hostile_and_broken_files_are_refused_with_their_line() {
        let refused = |xml: &str| {
            let fault = read(xml).unwrap_err().0;
            (fault.code, fault.place.and_then(|place| place.line))
        };
        assert_eq!(refused("\n<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), ("unsafe-file", Some(2)));
        assert_eq!(refused(&"<a>".repeat(300)), ("unsafe-file", Some(1)));
        assert_eq!(refused("<a>\n<b>"), ("damaged-file", Some(2)));
        assert_eq!(refused("<a>\n</b>"), ("damaged-file", Some(2)));
        assert_eq!(refused(""), ("damaged-file", Some(1)));
    }
}
