//! `styles.xml`: which styles are headings, number their paragraphs or hide their words.

use crate::diagnostic::Result;
use crate::import::xml::{self, Listener, Step, attribute, is_on, local};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Styles that rest on each other, at most.
const LONGEST_CHAIN: usize = 20;

#[derive(Debug, Default)]
pub struct Styles {
    by_id: BTreeMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    /// Level of the outline, from 0; 9 is body text.
    outline: Option<u32>,
    list: Option<String>,
    level: Option<usize>,
    is_hidden: Option<bool>,
}

impl Styles {
    /// An empty text gives no styles.
    pub fn read(xml: &str) -> Result<Self> {
        let mut reader = Reader::default();
        if !xml.is_empty() {
            xml::walk(xml, &mut reader)?;
        }
        Ok(reader.styles)
    }

    /// By its outline level or by its name, in the languages Word names its styles in.
    pub fn is_heading(&self, id: &str) -> bool {
        const NAMES: [&str; 7] =
            ["heading", "berschrift", "überschrift", "titre", "encabezado", "intestazione", "rubrik"];
        let is_named = |name: &str| NAMES.iter().any(|word| name.starts_with(word));
        let outline = self.chain(id).find_map(|style| style.outline);
        match outline {
            Some(level) => level < 9,
            None => is_named(&id.to_lowercase()) || self.chain(id).any(|style| is_named(&style.name)),
        }
    }

    /// The list a style puts its paragraphs in, and the level where the style says.
    pub fn list(&self, id: &str) -> Option<(&str, Option<usize>)> {
        let list = self.chain(id).find_map(|style| style.list.as_deref())?;
        Some((list, self.chain(id).find_map(|style| style.level)))
    }

    pub fn is_hidden(&self, id: &str) -> bool {
        self.chain(id).find_map(|style| style.is_hidden).unwrap_or(false)
    }

    /// The style and those it is based on, nearest first.
    fn chain<'s>(&'s self, id: &str) -> impl Iterator<Item = &'s Style> {
        let first = self.by_id.get(id);
        let next = |style: &&'s Style| self.by_id.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }
}

#[derive(Default)]
struct Reader {
    styles: Styles,
    id: Option<String>,
}

impl Listener for Reader {
    fn start(&mut self, element: &BytesStart) -> Step {
        let name = element.name();
        let name = local(name.as_ref());
        if name == "style" {
            self.id = attribute(element, "styleId");
            if let Some(id) = &self.id {
                self.styles.by_id.insert(id.clone(), Style::default());
            }
        }
        let Some(style) = self.id.as_ref().and_then(|id| self.styles.by_id.get_mut(id)) else { return Step::Into };
        let value = || attribute(element, "val");
        match name {
            "name" => style.name = value().unwrap_or_default().to_lowercase(),
            "basedOn" => style.based_on = value(),
            "outlineLvl" => style.outline = value().and_then(|level| level.parse().ok()),
            "numId" => style.list = value(),
            "ilvl" => style.level = value().and_then(|level| level.parse().ok()),
            "vanish" => style.is_hidden = Some(is_on(element)),
            "tblStylePr" | "pPrChange" | "rPrChange" => return Step::Over,
            _ => {}
        }
        Step::Into
    }

    fn end(&mut self, element: &str) {
        if local(element) == "style" {
            self.id = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_inherit() {
        let xml = r#"<w:styles>
            <w:style w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="Own"><w:name w:val="Kapitel"/><w:basedOn w:val="Heading1"/></w:style>
            <w:style w:styleId="Toc"><w:name w:val="TOC Heading"/><w:basedOn w:val="Heading1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>
        </w:styles>"#;
        let styles = Styles::read(xml).unwrap();
        assert!(styles.is_heading("Own") && styles.is_heading("Titre1"));
        assert!(!styles.is_heading("Toc") && !styles.is_heading("Loop") && !styles.is_heading("Normal"));
        assert_eq!(styles.list("Own"), Some(("3", None)));
        assert!(styles.is_hidden("Secret") && !styles.is_hidden("Own"));
    }
}
