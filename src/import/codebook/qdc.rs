//! REFI-QDA codebooks (`.qdc`), as programs really write them. Every rule of the standard's schema,
//! `Codebook.xsd` of version 1.0, is held against the file; what breaks one is said with its line, and the
//! codes are read all the same.
//!
//! A description may hold more than a definition: see [`crate::codebook::layout`].

use super::super::Limits;
use super::element::Element;
use super::{Read, at, noted};
use crate::codebook::{Field, Outline, Outlined, Parent, layout};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::id::Id;
use std::collections::BTreeMap;

/// The namespace that the schema is of.
const NAMESPACE: &str = "urn:QDA-XML:codebook:1.0";

/// Faults: `wrong-format`, and those of [`Element::read`].
pub fn read(xml: &str, limits: &Limits) -> Result<Read> {
    let root = Element::read(xml, limits)?;
    if root.name != "CodeBook" {
        let hint = match root.name.as_str() {
            "Project" => "this is a REFI-QDA project: export the codebook alone, as .qdc",
            _ => "export the codebook again, as REFI-QDA codebook (.qdc)",
        };
        return Err(fault("wrong-format", format!("its first element is <{}>, not <CodeBook>", root.name)).hint(hint));
    }
    let mut reading = Reading::default();
    reading.root(&root);
    let Reading { outline, invalid, notes, .. } = reading;
    Ok(Read { outline, invalid, notes })
}

#[derive(Default)]
struct Reading {
    outline: Outline,
    invalid: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
    /// Entry of each code, by its guid.
    known: BTreeMap<Id, usize>,
}

impl Reading {
    fn against(&mut self, line: usize, what: impl Into<String>) {
        self.invalid.push(Diagnostic::warning("invalid-qdc", what).at(at(line)));
    }

    fn root(&mut self, root: &Element) {
        let namespace = root.attributes.iter().find(|(name, _)| name == "xmlns" || name.starts_with("xmlns:"));
        let default = root.attribute("xmlns").or(namespace.map(|(_, value)| value.as_str()));
        if default != Some(NAMESPACE) {
            let found = default.map_or_else(|| "none".to_owned(), |found| format!("'{found}'"));
            self.against(root.line, format!("the namespace is {found}, not '{NAMESPACE}'"));
        }
        self.attributes(root, &["origin"], &[]);
        self.holds_no_words(root);
        let mut order = ["Codes", "Sets"].into_iter().peekable();
        for child in &root.children {
            let is_known = ["Codes", "Sets"].contains(&child.name.as_str());
            if !is_known {
                self.against(child.line, format!("<{}> has no place in a codebook", child.name));
            } else if order.by_ref().all(|one| one != child.name) {
                self.against(child.line, format!("<{}> stands twice, or out of order", child.name));
            }
        }
        let codes: Vec<&Element> = root.children.iter().filter(|child| child.name == "Codes").collect();
        if codes.is_empty() {
            self.against(root.line, "there is no <Codes>");
        }
        for codes in codes {
            self.attributes(codes, &[], &[]);
            self.holds_no_words(codes);
            self.members(codes, "Code", "<Codes> is empty: the schema asks for a code");
            self.codes(codes);
        }
        for sets in root.children.iter().filter(|child| child.name == "Sets") {
            self.attributes(sets, &[], &[]);
            self.holds_no_words(sets);
            self.members(sets, "Set", "<Sets> is empty: the schema asks for a set, or for no <Sets> at all");
            for set in sets.children.iter().filter(|child| child.name == "Set") {
                self.set(set);
            }
        }
    }

    /// The codes below an element, with those below them: each before its own.
    fn codes(&mut self, above: &Element) {
        let mut open: Vec<(&Element, Option<usize>)> =
            above.children.iter().rev().filter(|child| child.name == "Code").map(|child| (child, None)).collect();
        while let Some((element, parent)) = open.pop() {
            let entry = self.code(element, parent);
            let below = element.children.iter().rev().filter(|child| child.name == "Code");
            open.extend(below.map(|child| (child, entry.or(parent))));
        }
    }

    fn code(&mut self, element: &Element, parent: Option<usize>) -> Option<usize> {
        self.attributes(element, &["guid", "name", "isCodable", "color"], &["guid", "name", "isCodable"]);
        self.holds_no_words(element);
        let mut is_first = true;
        for child in &element.children {
            match child.name.as_str() {
                "Description" if is_first => self.holds_words_alone(child),
                "Code" => {}
                "Description" => self.against(child.line, "<Description> stands twice, or below a <Code>"),
                other => self.against(child.line, format!("<{other}> has no place in a <Code>")),
            }
            is_first = false;
        }
        let mut entry = Outlined::new(element.line, element.attribute("name").unwrap_or_default());
        if entry.name.is_empty() {
            self.notes.push(noted(element.line, "a code without a name was left out; those below it stay"));
            return None;
        }
        entry.parent = parent.map(Parent::Entry);
        entry.id = self.guid(element);
        self.describe(element, &mut entry);
        let at = self.outline.entries.len();
        if let Some(id) = entry.id
            && self.known.insert(id, at).is_some()
        {
            self.notes.push(noted(element.line, "two codes have one guid; the later is known by its name alone"));
            entry.id = None;
        }
        self.outline.entries.push(entry);
        Some(at)
    }

    /// What a code says besides its name and place.
    fn describe(&mut self, element: &Element, entry: &mut Outlined) {
        let descriptions =
            element.children.iter().filter(|child| child.name == "Description").map(|child| child.text.as_str());
        // An attribute of that name is against the schema and has been seen.
        let mut said: Vec<(Field, String)> =
            descriptions.chain(element.attribute("description")).take(1).flat_map(layout::undescribed).collect();
        if let Some(colour) = element.attribute("color").map(str::trim) {
            match Field::Colour.normal(&[colour.to_owned()]) {
                Ok(_) => said.push((Field::Colour, colour.to_owned())),
                Err(what) => self.against(element.line, what),
            }
        }
        let is_retired = said.iter().any(|(field, _)| *field == Field::Retired);
        match element.attribute("isCodable").map(str::trim) {
            Some("false" | "0") if !is_retired => said.push((Field::Heading, "yes".to_owned())),
            Some("true" | "1" | "false" | "0") | None => {}
            Some(other) => self.against(element.line, format!("isCodable is true or false, not '{other}'")),
        }
        for (field, text) in said {
            if let Err(what) = entry.say(field, &[text]) {
                self.notes.push(noted(element.line, format!("left out: {what}")));
            }
        }
    }

    /// The standard knows sets with members; here each code names its sets.
    fn set(&mut self, set: &Element) {
        self.attributes(set, &["guid", "name"], &["guid", "name"]);
        self.holds_no_words(set);
        self.guid(set);
        let name = set.attribute("name").unwrap_or_default();
        let mut is_first = true;
        let mut members = 0;
        for child in &set.children {
            match child.name.as_str() {
                "Description" if is_first => {
                    self.holds_words_alone(child);
                    if !child.text.trim().is_empty() {
                        self.notes.push(noted(child.line, format!("the description of the set '{name}' was left out")));
                    }
                }
                "MemberCode" => {
                    members += 1;
                    self.member(child, name);
                }
                other => self.against(child.line, format!("<{other}> has no place here in a <Set>")),
            }
            is_first = false;
        }
        if members == 0 {
            self.notes.push(noted(set.line, format!("the set '{name}' has no code and was left out")));
        }
    }

    fn member(&mut self, member: &Element, set: &str) {
        self.attributes(member, &["guid"], &["guid"]);
        self.holds_no_words(member);
        if let Some(inside) = member.children.first() {
            self.against(inside.line, format!("<{}> has no place in a <MemberCode>", inside.name));
        }
        let Some(id) = self.guid(member) else { return };
        match self.known.get(&id).copied() {
            Some(at) => {
                if let Err(what) = self.outline.entries[at].say(Field::Sets, &[set.to_owned()]) {
                    self.notes.push(noted(member.line, format!("left out: {what}")));
                }
            }
            None => {
                self.notes.push(noted(member.line, format!("the set '{set}' names a code that is not in the file")));
            }
        }
    }

    /// A guid, with braces or without, in whatever case.
    fn guid(&mut self, element: &Element) -> Option<Id> {
        let text = element.attribute("guid")?.trim();
        let bare = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
        let id = (bare.len() == 36).then(|| bare.parse().ok()).flatten();
        if id.is_none() {
            self.against(element.line, format!("'{text}' is no guid"));
        }
        id
    }

    fn attributes(&mut self, element: &Element, known: &[&str], needed: &[&str]) {
        for (name, _) in &element.attributes {
            let is_general = name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:");
            if !is_general && !known.contains(&name.as_str()) {
                self.against(element.line, format!("<{}> has no attribute '{name}'", element.name));
            }
        }
        for name in needed.iter().filter(|name| element.attribute(name).is_none()) {
            self.against(element.line, format!("<{}> lacks its attribute '{name}'", element.name));
        }
    }

    fn members(&mut self, element: &Element, name: &str, empty: &str) {
        if element.children.iter().all(|child| child.name != name) {
            self.against(element.line, empty);
        }
        for child in element.children.iter().filter(|child| child.name != name) {
            self.against(child.line, format!("<{}> has no place in <{}>", child.name, element.name));
        }
    }

    fn holds_no_words(&mut self, element: &Element) {
        if !element.text.trim().is_empty() {
            self.against(element.line, format!("words stand in <{}> outside any element", element.name));
        }
    }

    fn holds_words_alone(&mut self, element: &Element) {
        self.attributes(element, &[], &[]);
        if let Some(inside) = element.children.first() {
            self.against(inside.line, format!("<{}> stands in a <Description>", inside.name));
        }
    }
}

#[cfg(test)]
mod tests;
