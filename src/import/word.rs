//! WordprocessingML: one XML part of a docx becomes paragraphs.
//!
//! Tracked insertions are kept and deletions left out, as if all changes were accepted; what is
//! left out is counted. Document type definitions and deep nesting are refused.

use super::archive::damaged;
use crate::diagnostic::{Result, fault};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

const DEEPEST: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    Body,
    Heading,
    /// A row of a table, cells separated by ` | `.
    Row,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    pub text: String,
    pub kind: ParagraphKind,
}

/// What a part holds besides its paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub deletions: usize,
    pub insertions: usize,
    pub comments: usize,
    pub embedded: usize,
    pub readings: usize,
    pub symbols: usize,
}

/// Paragraphs of one part, in reading order.
///
/// Faults: `damaged-file`, `unsafe-file`.
pub fn paragraphs(xml: &str, counts: &mut Counts) -> Result<Vec<Paragraph>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut walker = Walker { counts: *counts, ..Walker::default() };
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(element) => walker.start(&element)?,
            Event::End(element) => walker.end(element.local_name().as_ref()),
            Event::Text(text) => walker.text(&text.xml10_content()),
            Event::CData(text) => walker.text(&text.xml10_content()),
            Event::GeneralRef(name) => walker.reference(&name),
            Event::DocType(_) => {
                return Err(fault("unsafe-file", "the file declares XML entities, which no document needs"));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if walker.depth > 0 {
        return Err(damaged(&"its text ends in the middle"));
    }
    *counts = walker.counts;
    Ok(walker.out)
}

/// What is open around the place the walker is at.
enum Frame {
    Paragraph { text: String, kind: ParagraphKind, /* from text boxes */ after: Vec<Paragraph> },
    Row(Vec<String>),
    Cell(String),
}

#[derive(Default)]
struct Walker {
    depth: usize,
    /// Depth of an element passed over with all it holds.
    skipping: Option<usize>,
    /// Depth of paragraph properties: only styles matter in there.
    properties: Option<usize>,
    in_text: bool,
    frames: Vec<Frame>,
    out: Vec<Paragraph>,
    counts: Counts,
}

impl Walker {
    fn start(&mut self, element: &BytesStart) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(fault("unsafe-file", "the file nests deeper than any document"));
        }
        if self.skipping.is_some() {
            return Ok(());
        }
        let name = element.local_name();
        if self.properties.is_some() {
            self.style(name.as_ref(), element);
            return Ok(());
        }
        match name.as_ref() {
            "p" => {
                self.frames.push(Frame::Paragraph {
                    text: String::new(),
                    kind: ParagraphKind::Body,
                    after: Vec::new(),
                });
            }
            "tr" => self.frames.push(Frame::Row(Vec::new())),
            "tc" => self.frames.push(Frame::Cell(String::new())),
            "t" => self.in_text = true,
            "pPr" => self.properties = Some(self.depth),
            "br" | "cr" => self.push("\n"),
            "tab" | "ptab" => self.push("\t"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "sym" => self.symbol(element),
            "ins" | "moveTo" => self.counts.insertions += 1,
            "commentReference" => self.counts.comments += 1,
            other => self.pass_over(other, element),
        }
        Ok(())
    }

    fn pass_over(&mut self, name: &str, element: &BytesStart) {
        match name {
            "del" | "moveFrom" => self.counts.deletions += 1,
            "rt" => self.counts.readings += 1,
            "altChunk" => self.counts.embedded += 1,
            "footnote" | "endnote" if attribute(element, "type").is_some() => {}
            "rPr" | "sectPr" | "tblPr" | "tblGrid" | "trPr" | "tcPr" | "sdtPr" | "instrText" | "delText"
            | "Fallback" => {}
            _ => return,
        }
        self.skipping = Some(self.depth);
    }

    fn end(&mut self, name: &str) {
        let depth = self.depth;
        self.depth = self.depth.saturating_sub(1);
        if let Some(from) = self.skipping {
            self.skipping = (from < depth).then_some(from);
            return;
        }
        if let Some(from) = self.properties {
            self.properties = (from < depth).then_some(from);
            return;
        }
        match name {
            "t" => self.in_text = false,
            "p" | "tr" | "tc" => self.finish(),
            _ => {}
        }
    }

    fn style(&mut self, name: &str, element: &BytesStart) {
        let Some(Frame::Paragraph { kind, .. }) = self.frames.last_mut() else { return };
        let value = attribute(element, "val").unwrap_or_default().to_lowercase();
        let is_heading = match name {
            "pStyle" => ["heading", "berschrift", "überschrift", "titre"].iter().any(|word| value.starts_with(word)),
            "outlineLvl" => value.parse::<u32>().is_ok_and(|level| level < 9),
            _ => false,
        };
        if is_heading {
            *kind = ParagraphKind::Heading;
        }
    }

    /// A letter of a symbol font: in Unicode where it is, else a mark that one was there.
    fn symbol(&mut self, element: &BytesStart) {
        let code = attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let is_private = |letter: &char| letter.is_control() || ('\u{e000}'..='\u{f8ff}').contains(letter);
        let letter = code.and_then(char::from_u32).filter(|letter| !is_private(letter));
        self.counts.symbols += usize::from(letter.is_none());
        self.push(letter.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]));
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipping.is_none() {
            self.push(&text.replace(['\n', '\r'], " "));
        }
    }

    fn reference(&mut self, name: &BytesRef) {
        if !self.in_text || self.skipping.is_some() {
            return;
        }
        self.push(super::xml::letter(name).encode_utf8(&mut [0; 4]));
    }

    fn push(&mut self, words: &str) {
        if let Some(Frame::Paragraph { text, .. }) = self.frames.last_mut() {
            text.push_str(words);
        }
    }

    fn finish(&mut self) {
        match self.frames.pop() {
            Some(Frame::Paragraph { text, kind, after }) => {
                self.place(Paragraph { text, kind });
                for paragraph in after {
                    self.place(paragraph);
                }
            }
            Some(Frame::Row(cells)) => self.place(Paragraph { text: cells.join(" | "), kind: ParagraphKind::Row }),
            Some(Frame::Cell(text)) => match self.frames.last_mut() {
                Some(Frame::Row(cells)) => cells.push(text),
                _ => self.place(Paragraph { text, kind: ParagraphKind::Row }),
            },
            None => {}
        }
    }

    /// Hands what is complete to what is around it.
    fn place(&mut self, paragraph: Paragraph) {
        match self.frames.last_mut() {
            None => self.out.push(paragraph),
            Some(Frame::Paragraph { after, .. }) => after.push(paragraph),
            Some(Frame::Cell(cell)) => {
                let text = paragraph.text.replace('\n', " ");
                if !cell.is_empty() && !text.is_empty() {
                    cell.push(' ');
                }
                cell.push_str(&text);
            }
            Some(Frame::Row(cells)) => cells.push(paragraph.text.replace('\n', " ")),
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element
        .attributes()
        .with_checks(false)
        .filter_map(Result::ok)
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| attribute.value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> (Vec<String>, Counts) {
        let mut counts = Counts::default();
        let found = paragraphs(&format!("<w:document><w:body>{body}</w:body></w:document>"), &mut counts).unwrap();
        (found.into_iter().map(|paragraph| paragraph.text).collect(), counts)
    }

    #[test]
    fn paragraphs_breaks_and_entities() {
        let (text, _) = read(
            "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A &amp; b</w:t><w:br/><w:t>c</w:t><w:tab/><w:t>&#233;</w:t></w:r></w:p><w:p/>",
        );
        assert_eq!(text, ["A & b\nc\té", ""]);
    }

    #[test]
    fn changes_are_accepted_and_counted() {
        let (text, counts) = read(
            "<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:commentReference/></w:r></w:p>",
        );
        assert_eq!(text, ["new"]);
        assert_eq!((counts.insertions, counts.deletions, counts.comments), (1, 1, 1));
    }

    #[test]
    fn tables_nest_and_text_boxes_follow() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let inner = format!("<w:tc><w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc>", cell("x"), cell("y"));
        let (text, _) = read(&format!("<w:tbl><w:tr>{}{inner}</w:tr></w:tbl>", cell("a")));
        assert_eq!(text, ["a | x | y"]);
        let boxed = "<w:p><w:r><w:t>out</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>in</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>";
        assert_eq!(read(boxed).0, ["out", "in"]);
    }

    #[test]
    fn hostile_xml_is_refused() {
        let code = |xml: &str| paragraphs(xml, &mut Counts::default()).err().map(|fault| fault.0.code);
        assert_eq!(code("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), Some("unsafe-file"));
        assert_eq!(code(&"<a>".repeat(300)), Some("unsafe-file"));
        assert_eq!(code("<w:p><w:r>"), Some("damaged-file"));
    }
}
