//! OpenDocument texts: odt, its templates, and the same in one XML file (fodt).
//!
//! [`styles`] says what lists and hidden words look like, [`lists`] counts points and headings, [`body`] reads
//! the text into a composition and [`margins`] the headers and footers.

mod body;
mod formula;
mod lists;
mod margins;
mod styles;

use super::archive::{Archive, damaged};
use super::completeness::letters_within;
use super::layout::lay_out;
use super::turns::cut;
use super::{Imported, Importer, Limits, Request, decode, foreign};
use crate::diagnostic::{Result, fault};
use body::Body;
use std::collections::BTreeMap;
use styles::Styles;

pub struct Odt;

/// Elements whose text is no word of the document: pictures in figures, the file's own particulars.
const APART: &[&str] = &["binary-data", "date-string"];

impl Importer for Odt {
    fn key(&self) -> &'static str {
        "odt"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["odt", "ott", "fodt"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let Parts { content, styles, formulas } = Parts::open(request.bytes, &request.limits)?;
        let mut body = Body::new(Styles::read(&[&content, &styles])?, formulas);
        body.read(&content, request.limits.depth)?;
        margins::read(&styles, &mut body)?;
        let letters =
            letters_within(&content, "office:body", APART) + letters_within(&styles, "office:master-styles", APART);
        Ok(cut(lay_out("odt", body.finish(), letters)?, request))
    }
}

struct Parts {
    content: String,
    /// The same text again in a flat file.
    styles: String,
    /// Formulas by the folder they lie in: `Object 1`.
    formulas: BTreeMap<String, String>,
}

impl Parts {
    fn open(bytes: &[u8], limits: &Limits) -> Result<Self> {
        if !bytes.starts_with(b"PK") {
            return flat(bytes);
        }
        let mut archive = Archive::within(bytes, limits)?;
        let names = archive.names();
        let has = |name: &str| names.iter().any(|one| one == name);
        if !has("content.xml") {
            return Err(foreign::binary(bytes).unwrap_or_else(|| damaged(&"it holds no text part")));
        }
        if has("META-INF/manifest.xml") && archive.text("META-INF/manifest.xml")?.contains("encryption-data") {
            return Err(
                fault("wrong-format", "the file is locked with a password").hint("save it without one and import that")
            );
        }
        let content = archive.text("content.xml")?;
        if !content.contains("<office:text") {
            return Err(fault("wrong-format", "this is an OpenDocument file, but no text")
                .hint("save it as .odt (a text) or .csv (a table) and import that"));
        }
        let styles = if has("styles.xml") { archive.text("styles.xml")? } else { String::new() };
        let mut formulas = BTreeMap::new();
        for name in &names {
            if let Some(folder) = name.strip_suffix("/content.xml").filter(|folder| !folder.contains('/')) {
                let object = archive.text(name)?;
                if object.contains("<math") || object.contains("<math:math") {
                    formulas.insert(folder.to_owned(), formula::read(&object)?);
                }
            }
        }
        Ok(Parts { content, styles, formulas })
    }
}

fn flat(bytes: &[u8]) -> Result<Parts> {
    if !foreign::is_flat_odf(bytes) {
        return Err(foreign::binary(bytes).unwrap_or_else(|| {
            fault("wrong-format", "this is no OpenDocument text (odt)")
                .hint("open it in a word processor and save it as .odt or .docx")
        }));
    }
    let content = decode::decode(bytes)?.text.into_owned();
    let styles = content.clone();
    Ok(Parts { content, styles, formulas: BTreeMap::new() })
}

#[cfg(test)]
mod tests;
