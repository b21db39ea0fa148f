//! The parts of a Word document, by what they are: from a ZIP archive, or from one XML file that
//! holds them all (flat OPC).

use crate::diagnostic::{Result, fault};
use crate::import::archive::{Archive, damaged};
use crate::import::xml::{self, Listener, Relation, Step, attribute, local};
use crate::import::{Limits, decode, foreign};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

pub struct Parts<'b> {
    container: Container<'b>,
    names: Vec<String>,
    /// Place of the text among the parts: `word/document.xml`.
    text: String,
}

enum Container<'b> {
    Zip(Box<Archive<'b>>),
    Flat(BTreeMap<String, String>),
}

impl<'b> Parts<'b> {
    /// Faults: `wrong-format`, `damaged-file`, `unsafe-file`.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self> {
        let mut container = container(bytes, limits)?;
        let names = container.names();
        let Some(text) = main_part(&mut container, &names)? else {
            return Err(foreign::binary(bytes).unwrap_or_else(|| damaged(&"it holds no text part")));
        };
        Ok(Parts { container, names, text })
    }

    pub fn main(&mut self) -> Result<String> {
        let name = self.text.clone();
        self.container.text(&name)
    }

    /// The part `stem.xml` in the folder of the text, or a numbered one as some programs write.
    pub fn beside(&mut self, stem: &str) -> Result<Option<String>> {
        let Some(name) = self.matching(stem).next().cloned() else { return Ok(None) };
        self.container.text(&name).map(Some)
    }

    /// All parts `stem1.xml`, `stem2.xml` in the folder of the text.
    pub fn numbered(&mut self, stem: &str) -> Result<Vec<String>> {
        let names: Vec<String> = self.matching(stem).cloned().collect();
        names.iter().map(|name| self.container.text(name)).collect()
    }

    /// Charts and diagrams, whose words no reader of text shows.
    pub fn drawings(&mut self) -> Result<Vec<String>> {
        let folder = self.folder();
        let is_drawing = |name: &&String| {
            let inner = name.strip_prefix(folder).and_then(|name| name.strip_suffix(".xml")).unwrap_or_default();
            inner.starts_with("charts/chart") || inner.starts_with("diagrams/data")
        };
        let names: Vec<String> = self.names.iter().filter(is_drawing).cloned().collect();
        names.iter().map(|name| self.container.text(name)).collect()
    }

    /// What the text says it belongs with.
    pub fn relations(&mut self) -> Result<Vec<Relation>> {
        let folder = self.folder();
        let name = format!("{folder}_rels/{}.rels", &self.text[folder.len()..]);
        if self.names.contains(&name) { xml::relations(&self.container.text(&name)?) } else { Ok(Vec::new()) }
    }

    /// The part that the text calls `target`, as it is.
    pub fn target(&mut self, target: &str) -> Result<Option<Vec<u8>>> {
        let name = target.strip_prefix('/').map_or_else(|| format!("{}{target}", self.folder()), str::to_owned);
        if self.names.contains(&name) { self.container.bytes(&name).map(Some) } else { Ok(None) }
    }

    /// A particular that somebody gave the file.
    pub fn property(&mut self, name: &str) -> Result<Option<String>> {
        const CUSTOM: &str = "docProps/custom.xml";
        if !self.names.iter().any(|one| one == CUSTOM) {
            return Ok(None);
        }
        let mut property = Property { name: name.to_owned(), is_inside: false, value: None };
        xml::walk(&self.container.text(CUSTOM)?, &mut property)?;
        Ok(property.value)
    }

    fn folder(&self) -> &str {
        self.text.rfind('/').map_or("", |end| &self.text[..=end])
    }

    fn matching(&self, stem: &str) -> impl Iterator<Item = &String> {
        let start = format!("{}{stem}", self.folder());
        self.names.iter().filter(move |name| {
            name.strip_prefix(&start)
                .and_then(|rest| rest.strip_suffix(".xml"))
                .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        })
    }
}

impl Container<'_> {
    fn names(&self) -> Vec<String> {
        match self {
            Container::Zip(archive) => archive.names(),
            Container::Flat(parts) => parts.keys().cloned().collect(),
        }
    }

    fn text(&mut self, name: &str) -> Result<String> {
        match self {
            Container::Zip(archive) => archive.text(name),
            Container::Flat(parts) => {
                parts.get(name).cloned().ok_or_else(|| damaged(&format!("it holds no part {name}")))
            }
        }
    }

    fn bytes(&mut self, name: &str) -> Result<Vec<u8>> {
        match self {
            Container::Zip(archive) => archive.bytes(name),
            Container::Flat(_) => self.text(name).map(String::into_bytes),
        }
    }
}

fn container<'b>(bytes: &'b [u8], limits: &Limits) -> Result<Container<'b>> {
    if foreign::is_ole(bytes) {
        let (what, save) = foreign::ole(bytes);
        return Err(fault("wrong-format", format!("this is {what}, not a Word document (docx)"))
            .hint(format!("save it as .{save} and import that")));
    }
    if bytes.starts_with(b"PK") {
        return Archive::within(bytes, limits).map(|archive| Container::Zip(Box::new(archive)));
    }
    if foreign::is_word_xml(bytes) {
        return Ok(Container::Flat(flat(&decode::decode(bytes)?.text)));
    }
    Err(foreign::binary(bytes).unwrap_or_else(|| {
        fault("wrong-format", "this is no Word document (docx)")
            .hint("open it in a word processor and save it as .docx")
    }))
}

/// Parts of a flat file by name; one of Word 2003 holds its text and styles as elements.
fn flat(xml: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    for part in xml.split("<pkg:part ").skip(1) {
        let name = part.split_once("pkg:name=\"").and_then(|(_, rest)| rest.split('"').next());
        let inner = part.split_once("<pkg:xmlData").and_then(|(_, rest)| rest.split_once('>')).map(|(_, rest)| rest);
        let inner = inner.and_then(|rest| rest.split("</pkg:xmlData>").next());
        if let (Some(name), Some(inner)) = (name, inner) {
            parts.insert(name.trim_start_matches('/').to_owned(), inner.to_owned());
        }
    }
    if parts.is_empty() {
        let named = [("word/document.xml", "w:body"), ("word/styles.xml", "w:styles")];
        parts
            .extend(named.into_iter().filter_map(|(name, tag)| Some((name.to_owned(), element(xml, tag)?.to_owned()))));
    }
    parts
}

/// The first element of this name, whole.
fn element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let start = xml.find(&format!("<{name}>")).or_else(|| xml.find(&format!("<{name} ")))?;
    let close = format!("</{name}>");
    let end = xml.rfind(&close)? + close.len();
    xml.get(start..end)
}

/// The part that the package says is its document, or else one that is called so.
fn main_part(container: &mut Container, names: &[String]) -> Result<Option<String>> {
    let mut relations = Vec::new();
    if names.iter().any(|name| name == "_rels/.rels") {
        relations = xml::relations(&container.text("_rels/.rels")?)?;
    }
    let is_text = |name: &&String| {
        let number = name.strip_prefix("word/document").and_then(|rest| rest.strip_suffix(".xml"));
        number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_word = |name: &String| !name.starts_with("xl/") && !name.starts_with("ppt/");
    let said = relations.iter().rfind(|one| one.is("officeDocument")).map(|one| one.target.trim_start_matches('/'));
    let said = said.and_then(|said| names.iter().find(|name| *name == said)).filter(|name| is_word(name));
    Ok(said.or_else(|| names.iter().find(is_text)).cloned())
}

struct Property {
    name: String,
    is_inside: bool,
    value: Option<String>,
}

impl Listener for Property {
    fn start(&mut self, element: &BytesStart) -> Step {
        if local(element.name().as_ref()) == "property" {
            self.is_inside = attribute(element, "name").as_ref() == Some(&self.name);
        }
        Step::Into
    }

    fn text(&mut self, words: &str) {
        if self.is_inside && !words.trim().is_empty() {
            self.value.get_or_insert_default().push_str(words.trim());
        }
    }
}
