//! Files that a Word document holds whole and shows as part of its text (`altChunk`): web pages and plain
//! text are read, line by line; others are counted as embedded.

use super::parts::Parts;
use crate::diagnostic::Result;
use crate::import::html::Page;
use crate::import::xml::{self, Listener, Step, attribute, local};
use crate::import::{Limits, decode};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;

/// Lines by the id of the relationship. Fault `unsafe-file`.
pub fn read(parts: &mut Parts, limits: &Limits) -> Result<BTreeMap<String, Vec<String>>> {
    let mut relations = Relations::default();
    xml::walk(&parts.relations()?.unwrap_or_default(), &mut relations)?;
    let mut chunks = BTreeMap::new();
    for (id, target) in relations.chunks {
        let extension = target.rsplit('.').next().unwrap_or_default().to_lowercase();
        if let Some(bytes) = parts.target(&target)?
            && let Ok(decoded) = decode::decode(&bytes)
        {
            let lines = match extension.as_str() {
                "html" | "htm" | "xhtml" => page_lines(&decoded.text, limits)?,
                "txt" => decoded.text.lines().map(str::to_owned).collect(),
                _ => continue,
            };
            chunks.insert(id, lines);
        }
    }
    Ok(chunks)
}

fn page_lines(markup: &str, limits: &Limits) -> Result<Vec<String>> {
    let mut page = Page::default();
    page.take_in(markup, limits)?;
    Ok(page.sheet.text.lines().map(str::to_owned).collect())
}

#[derive(Default)]
struct Relations {
    /// Id and target.
    chunks: Vec<(String, String)>,
}

impl Listener for Relations {
    fn start(&mut self, element: &BytesStart) -> Step {
        let is_chunk = attribute(element, "Type").is_some_and(|kind| kind.ends_with("/aFChunk"));
        if local(element.name().as_ref()) == "Relationship" && is_chunk {
            self.chunks.extend(attribute(element, "Id").zip(attribute(element, "Target")));
        }
        Step::Into
    }

    fn end(&mut self, _element: &str) {}

    fn text(&mut self, _words: &str) {}
}
