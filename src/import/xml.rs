//! XML read with care, for the formats that are made of it: no entities of a file's own, no deep
//! nesting, only the five entities every XML file has. What an element means is the format's own
//! affair ([`Listener`]).

use super::archive::{RESAVE, damaged};
use crate::diagnostic::{Result, fault};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements one inside the other, where no person set another limit.
const DEEPEST: u64 = 256;

/// Whether what an element holds is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Into,
    /// Its words go to [`Listener::passed`], its elements nowhere.
    Over,
}

/// What a format makes of elements and text, in document order.
pub trait Listener {
    fn start(&mut self, element: &BytesStart) -> Step;
    /// End of an element that was stepped into.
    fn end(&mut self, _element: &str) {}
    fn text(&mut self, _words: &str) {}
    /// Words within an element passed over.
    fn passed(&mut self, _words: &str) {}
}

/// Reads a whole part.
///
/// Faults: `damaged-file`, `unsafe-file`.
pub fn walk(xml: &str, listener: &mut dyn Listener) -> Result<()> {
    walk_within(DEEPEST, xml, listener)
}

/// The same, with so many elements one inside the other at most.
pub fn walk_within(deepest: u64, xml: &str, listener: &mut dyn Listener) -> Result<()> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_u64;
    let mut over: Option<u64> = None;
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(element) => {
                depth += 1;
                if depth > deepest {
                    return Err(fault("unsafe-file", "the file nests deeper than any document")
                        .hint(format!(
                            "if it is to be trusted, allow more: --limit depth={}",
                            deepest.saturating_mul(4)
                        ))
                        .hint(RESAVE));
                }
                if over.is_none() && listener.start(&element) == Step::Over {
                    over = Some(depth);
                }
            }
            Event::End(element) => {
                match over {
                    Some(from) => over = (from < depth).then_some(from),
                    None => listener.end(element.name().as_ref()),
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(text) => hand(listener, over, &text.xml10_content()),
            Event::CData(text) => hand(listener, over, &text.xml10_content()),
            Event::GeneralRef(name) => hand(listener, over, letter(&name).encode_utf8(&mut [0; 4])),
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                return Err(
                    fault("unsafe-file", "the file declares XML entities, which no document needs").hint(RESAVE)
                );
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth > 0 { Err(damaged(&"its text ends in the middle")) } else { Ok(()) }
}

fn hand(listener: &mut dyn Listener, over: Option<u64>, words: &str) {
    match over {
        Some(_) => listener.passed(words),
        None => listener.text(words),
    }
}

/// An entity that XML itself knows, or a character by its number; anything else is a mark that one was there.
fn letter(name: &BytesRef) -> char {
    let letter = match &**name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name.resolve_char_ref().ok().flatten().filter(|letter| !letter.is_control() || letter.is_whitespace()),
    };
    letter.unwrap_or('\u{fffd}')
}

/// What `&amp;` or `&#233;` stands for; a name of the writer's own stays as written.
pub fn entity(name: &BytesRef) -> String {
    let numbered = name.resolve_char_ref().ok().flatten().map(String::from);
    let known = || quick_xml::escape::resolve_xml_entity(name).map(str::to_owned);
    numbered.or_else(known).unwrap_or_else(|| format!("&{};", &**name))
}

/// A name without its prefix.
pub fn local(name: &str) -> &str {
    // Names are too short for the searches of the standard library to pay.
    name.bytes().rposition(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
}

/// The value of an attribute, by its name without prefix.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(std::result::Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| match quick_xml::escape::unescape(&attribute.value) {
            Ok(value) => value.into_owned(),
            Err(_) => attribute.value.clone().into_owned(),
        })
}

/// Where a part of an Office file says another part lies. What it does not say is empty.
pub struct Relation {
    pub id: String,
    /// A web address that ends in a slash and the word for what the part is.
    kind: String,
    /// As it is written: from the folder of the part that says so, or from the top with a slash before it.
    pub target: String,
}

impl Relation {
    /// Whether the part is this, as in `sharedStrings`.
    pub fn is(&self, word: &str) -> bool {
        self.kind.rsplit_once('/').is_some_and(|(_, last)| last == word)
    }
}

impl Listener for Vec<Relation> {
    fn start(&mut self, element: &BytesStart) -> Step {
        if local(element.name().as_ref()) == "Relationship" {
            let said = |name| attribute(element, name).unwrap_or_default();
            self.push(Relation { id: said("Id"), kind: said("Type"), target: said("Target") });
        }
        Step::Into
    }
}

/// What a `.rels` part of an Office file says, in its order.
///
/// Faults: those of [`walk`].
pub fn relations(xml: &str) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    walk(xml, &mut relations)?;
    Ok(relations)
}

/// `true` unless the attribute `val` says otherwise, as switches in Office files are written.
pub fn is_on(element: &BytesStart) -> bool {
    !attribute(element, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Heard(String, String);

    impl Listener for Heard {
        fn start(&mut self, element: &BytesStart) -> Step {
            if local(element.name().as_ref()) == "skip" { Step::Over } else { Step::Into }
        }

        fn end(&mut self, element: &str) {
            self.0.push('/');
            self.0.push_str(local(element));
        }

        fn text(&mut self, words: &str) {
            self.0.push_str(words);
        }

        fn passed(&mut self, words: &str) {
            self.1.push_str(words);
        }
    }

    #[test]
    fn what_is_passed_over_is_heard_apart() {
        let mut heard = Heard::default();
        walk("<a>one &amp; &#233;<w:skip>two<b>three</b></w:skip><c/>&no;<![CDATA[<four>]]></a>", &mut heard).unwrap();
        assert_eq!((heard.0.as_str(), heard.1.as_str()), ("one & é/c\u{fffd}<four>/a", "twothree"));
    }

    #[test]
    fn hostile_xml_is_refused() {
        let code = |xml: &str| walk(xml, &mut Heard::default()).err().map(|fault| fault.0.code);
        assert_eq!(code("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), Some("unsafe-file"));
        assert_eq!(code(&"<a>".repeat(300)), Some("unsafe-file"));
        assert_eq!(code(&"<skip>".repeat(300)), Some("unsafe-file"));
        assert_eq!(code("<p><r>"), Some("damaged-file"));
    }
}
