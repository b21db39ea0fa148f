//! Files that a Word document holds whole and shows as part of its text (`altChunk`): web pages and plain
//! text are read, line by line; others are counted as embedded.

use super::parts::Parts;
use crate::diagnostic::Result;
use crate::import::html::Page;
use crate::import::xml::Relation;
use crate::import::{Limits, decode};
use std::collections::BTreeMap;

/// Lines by the id of the relationship. Fault `unsafe-file`.
pub fn read(parts: &mut Parts, limits: &Limits) -> Result<BTreeMap<String, Vec<String>>> {
    let mut chunks = BTreeMap::new();
    for Relation { id, target, .. } in parts.relations()?.into_iter().filter(|one| one.is("aFChunk")) {
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
