//! A codebook as REFI-QDA (`.qdc`), valid by `Codebook.xsd` of version 1.0.
//!
//! Guids are written in capitals, since some programs take no others. What the standard has no field for
//! stands in the description ([`crate::codebook::layout`]); sets become the standard's own. A heading and a
//! retired code are not codable.

use crate::codebook::{Field, Outline, Outlined, Parent, layout};
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::collections::BTreeMap;
use std::io;

pub fn render(outline: &Outline) -> Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    written(outline, &mut writer).map_err(|error| fault("io", format!("the codebook cannot be written: {error}")))?;
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn written(outline: &Outline, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let mut root = BytesStart::new("CodeBook");
    root.push_attribute(("xmlns", "urn:QDA-XML:codebook:1.0"));
    root.push_attribute(("origin", concat!("realist ", env!("CARGO_PKG_VERSION"))));
    writer.write_event(Event::Start(root))?;
    writer.write_event(Event::Start(BytesStart::new("Codes")))?;
    codes(outline, writer)?;
    writer.write_event(Event::End(BytesEnd::new("Codes")))?;
    sets(outline, writer)?;
    writer.write_event(Event::End(BytesEnd::new("CodeBook")))
}

/// Codes one inside the other; a step that closes one comes after all below it.
fn codes(outline: &Outline, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut below: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, entry) in outline.entries.iter().enumerate() {
        let above = match entry.parent {
            Some(Parent::Entry(above)) => Some(above),
            _ => None,
        };
        below.entry(above).or_default().push(at);
    }
    let children = |at: Option<usize>| below.get(&at).into_iter().flatten().rev().map(|at| Some(*at));
    let mut open: Vec<Option<usize>> = children(None).collect();
    while let Some(step) = open.pop() {
        match step {
            Some(at) => {
                begin(&outline.entries[at], &guid(outline, at), writer)?;
                open.push(None);
                open.extend(children(Some(at)));
            }
            None => writer.write_event(Event::End(BytesEnd::new("Code")))?,
        }
    }
    Ok(())
}

fn begin(entry: &Outlined, guid: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let is = |field: Field| !entry.texts(field).is_empty();
    let is_codable = !is(Field::Heading) && !is(Field::Retired);
    let mut start = BytesStart::new("Code");
    start.push_attribute(("guid", guid));
    start.push_attribute(("name", sound(&entry.name).as_str()));
    start.push_attribute(("isCodable", if is_codable { "true" } else { "false" }));
    if let [colour, ..] = entry.texts(Field::Colour) {
        start.push_attribute(("color", colour.as_str()));
    }
    writer.write_event(Event::Start(start))?;
    // The standard has a place for the others; that a retired code is a heading too, `isCodable` cannot say.
    let is_below = |field: Field| match field {
        Field::Definition | Field::Colour | Field::Sets => false,
        Field::Heading => is(Field::Retired),
        _ => true,
    };
    match layout::described(&entry.said, is_below) {
        Some(text) => described(&text, writer),
        None => Ok(()),
    }
}

fn described(text: &str, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer.create_element("Description").write_text_content(BytesText::new(&sound(text))).map(|_| ())
}

/// Sets in the order of their names. A set's guid follows from its name.
fn sets(outline: &Outline, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut sets: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in outline.entries.iter().enumerate() {
        entry.texts(Field::Sets).iter().for_each(|set| sets.entry(set).or_default().push(at));
    }
    if sets.is_empty() {
        return Ok(());
    }
    writer.write_event(Event::Start(BytesStart::new("Sets")))?;
    for (name, members) in sets {
        let mut start = BytesStart::new("Set");
        start.push_attribute(("guid", capital(Id::derived([b"set of codes".as_slice(), name.as_bytes()])).as_str()));
        start.push_attribute(("name", sound(name).as_str()));
        writer.write_event(Event::Start(start))?;
        for at in members {
            let mut member = BytesStart::new("MemberCode");
            member.push_attribute(("guid", guid(outline, at).as_str()));
            writer.write_event(Event::Empty(member))?;
        }
        writer.write_event(Event::End(BytesEnd::new("Set")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("Sets")))
}

/// A code's own guid; that of an entry without one follows from its path.
fn guid(outline: &Outline, at: usize) -> String {
    let own = outline.entries.get(at).and_then(|entry| entry.id);
    capital(own.unwrap_or_else(|| Id::derived([b"code by its path".as_slice(), outline.path(at).as_bytes()])))
}

fn capital(id: Id) -> String {
    id.to_string().to_uppercase()
}

/// Without the characters that XML cannot hold.
fn sound(text: &str) -> String {
    let is_sound = |letter: &char| !letter.is_control() || matches!(letter, '\t' | '\n' | '\u{7f}'..='\u{9f}');
    text.chars().filter(|letter| is_sound(letter) && !matches!(letter, '\u{fffe}' | '\u{ffff}')).collect()
}
