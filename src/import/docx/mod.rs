//! Word documents: docx and its siblings, and the same in one XML file (flat OPC, or as Word 2003 wrote it).
//!
//! [`parts`] finds the parts, [`chunks`] the files within, [`styles`] and [`numbering`] say what paragraphs are, [`body`] reads
//! them into a composition.

mod body;
mod chunks;
mod numbering;
mod parts;
mod styles;

use super::completeness::{self, Loss};
use super::layout::lay_out;
use super::turns::cut;
use super::{Imported, Importer, Request};
use crate::diagnostic::Result;
use body::Body;
use numbering::Numbering;
use parts::Parts;
use styles::Styles;

pub struct Docx;

/// The particular by which files that went out to colleagues are known again.
const OWN: &str = "realist";

impl Importer for Docx {
    fn key(&self) -> &'static str {
        "docx"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["docx", "docm", "dotx", "dotm"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let mut parts = Parts::open(request.bytes, &request.limits)?;
        let styles = Styles::read(&parts.beside("styles")?.unwrap_or_default())?;
        let numbering = Numbering::read(&parts.beside("numbering")?.unwrap_or_default(), &styles)?;
        let mut reader = Reader {
            body: Body::new(styles, numbering, chunks::read(&mut parts, &request.limits)?),
            letters: 0,
            deepest: request.limits.depth,
        };
        let text = parts.main()?;
        reader.part(&text, None)?;
        for stem in ["footnotes", "endnotes", "comments"] {
            if let Some(xml) = parts.beside(stem)? {
                reader.part(&xml, None)?;
            }
        }
        for margin in ["header", "footer"] {
            for xml in parts.numbered(margin)? {
                reader.part(&xml, Some(margin))?;
            }
        }
        let mut composition = reader.body.finish();
        for xml in parts.drawings()? {
            let letters = completeness::letters_in_xml(&xml, &[]);
            reader.letters += letters;
            composition.tally.lose_many(Loss::Drawing, letters);
        }
        let mut matter = lay_out("docx", composition, reader.letters)?;
        matter.particulars.extend(parts.property(OWN)?.map(|value| (OWN.to_owned(), value)));
        Ok(cut(matter, request))
    }
}

struct Reader {
    body: Body,
    /// Letters and digits of all parts read.
    letters: usize,
    /// Elements one inside the other, at most.
    deepest: u64,
}

impl Reader {
    fn part(&mut self, xml: &str, margin: Option<&'static str>) -> Result<()> {
        self.letters += completeness::letters_in_xml(xml, &[]);
        self.body.read(xml, margin, self.deepest)
    }
}

#[cfg(test)]
mod tests;
