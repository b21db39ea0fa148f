//! Rich Text Format: a reader of our own, because none at hand keeps every letter.
//!
//! [`token`] cuts the bytes, [`words`] says what control words mean, [`font`] and [`code_page`] what letter a byte is;
//! [`reader`] reads them into a [`page`].

mod code_page;
mod font;
mod page;
mod reader;
mod scan;
mod table;
mod token;
mod words;

use super::layout::lay_out;
use super::turns::cut;
use super::{Imported, Importer, Request, foreign};
use crate::diagnostic::{Diagnostic, Result, fault};

pub struct Rtf;

impl Importer for Rtf {
    fn key(&self) -> &'static str {
        "rtf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let bytes = request.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(request.bytes).trim_ascii_start();
        if !foreign::is_rtf(bytes) {
            return Err(foreign::binary(bytes).unwrap_or_else(|| {
                fault("wrong-format", "this is no RTF document")
                    .hint("open it in a word processor and save it as .rtf or .docx")
            }));
        }
        let reading = reader::read(bytes, request.limits.depth)?;
        let mut matter = lay_out("rtf", reading.composition, scan::letters(bytes))?;
        if let Some(page) = reading.unknown_page {
            let message = format!("the file is in code page {page}, which is not known: it was read as Windows-1252");
            matter.warnings.push(Diagnostic::warning("not-utf8", message).hint(
                "look at the accents and quotation marks in the text; if they are wrong, save the file as .docx",
            ));
        }
        Ok(cut(matter, request))
    }
}

#[cfg(test)]
mod tests;
