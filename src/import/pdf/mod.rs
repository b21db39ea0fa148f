//! PDF: placed words become pages, lines and paragraphs again. `unpdf` reads the file and its fonts.
//!
//! `remembered` keeps it from asking the same twice, and pages are read `abreast`. `order` finds the columns and the lines of a page, `margin` takes out running heads and numbers in the
//! margin, `flow` joins lines to paragraphs. Pages without text are said, never passed over.

mod abreast;
mod annotations;
mod flow;
mod margin;
mod order;
mod remembered;

use super::completeness::Tally;
use super::sheet::Sheet;
use super::turns::{Matter, cut};
use super::{Imported, Importer, Request};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::Note;
use crate::text::Span;
use crate::text::words::counted;
use annotations::Overlay;
use flow::Paragraph;
use margin::Removed;
use order::Page;
use remembered::Remembered;
use std::collections::BTreeMap;
use unpdf::ErrorKind;
use unpdf::parser::backend::{PageId, PdfBackend, RawBackend};
use unpdf::parser::{LayoutAnalyzer, TextSpan};

pub struct Pdf;

impl Importer for Pdf {
    fn key(&self) -> &'static str {
        "pdf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        let (bytes, junk) = from_header(request.bytes)?;
        let backend = load(bytes)?;
        let mut pages = Pages::read(&backend, annotations::read(bytes), request.limits.pages)?;
        let removed = margin::clean(&mut pages.read);
        let paragraphs = flow::paragraphs(&pages.read);
        if paragraphs.is_empty() {
            return Err(pages.nothing());
        }
        let mut warnings = pages.advice(&backend);
        warnings.extend(
            junk.then(|| Diagnostic::note("junk-skipped", "what stands before the PDF in the file was skipped")),
        );
        warnings.extend(removed.advice());
        let mut tally = Tally::default();
        tally.set_aside_many(removed.letters + pages.read.iter().map(|page| page.repeated).sum::<usize>());
        let container = pages.read.iter().map(|page| page.letters).sum();
        let matter = Matter { container, tally, warnings, ..Matter::new("pdf") };
        Ok(draft(paragraphs, &removed, &pages.overlays, matter, request))
    }
}

fn draft(
    paragraphs: Vec<Paragraph>,
    removed: &Removed,
    overlays: &[Overlay],
    matter: Matter,
    request: &Request,
) -> Imported {
    let mut sheet = Sheet::default();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for paragraph in paragraphs {
        starts.push((sheet.text.len(), paragraph.page));
        sheet.push(&paragraph.text, paragraph.kind);
    }
    let particulars: BTreeMap<String, String> =
        removed.heads().map(|heads| ("running_heads".to_owned(), heads)).into_iter().collect();
    let Sheet { text, lines } = sheet;
    let notes = notes(&text, &starts, overlays);
    let mut imported = cut(Matter { text, lines, particulars, notes, ..matter }, request);
    for unit in &mut imported.draft.units {
        let before = starts.partition_point(|(start, _)| *start <= unit.span.start());
        unit.page = before.checked_sub(1).map(|at| starts[at].1);
    }
    imported
}

/// What lies on the pages, as notes on the text that begins at `starts`, each with its page.
fn notes(text: &str, starts: &[(usize, usize)], overlays: &[Overlay]) -> Vec<Note> {
    let mut notes = Vec::new();
    for (page, overlay) in (1..).zip(overlays) {
        // A paragraph that began on the page before may end on this one.
        let from = starts.iter().rev().find(|(_, on)| *on < page).map_or(0, |(at, _)| *at);
        let to = starts.iter().find(|(_, on)| *on > page).map_or(text.len(), |(at, _)| *at);
        let Some(stretch) = Span::new(from, to) else { continue };
        notes.extend(overlay.marks.iter().map(|mark| mark.note(text, stretch, page)));
    }
    notes
}

/// The file from its header on, and whether anything else stood before it.
fn from_header(bytes: &[u8]) -> Result<(&[u8], bool)> {
    const LOOKED_AT: usize = 1 << 16;
    let start = bytes[..bytes.len().min(LOOKED_AT)].windows(5).position(|window| window == b"%PDF-");
    let start = start.ok_or_else(|| {
        super::foreign::binary(bytes).unwrap_or_else(|| {
            fault("wrong-format", "this is no PDF, whatever its name says").hint("give the format it has with --as")
        })
    })?;
    Ok((&bytes[start..], start > 0))
}

/// Opens the file; one that is encrypted but asks for no password opens too.
fn load(bytes: &[u8]) -> Result<RawBackend> {
    let opened = RawBackend::load_bytes_with_password(bytes, None)
        .or_else(|_| RawBackend::load_bytes_with_password(bytes, Some("")));
    opened.map_err(|error| match error.kind() {
        ErrorKind::Encrypted | ErrorKind::InvalidPassword => fault("locked-file", "the PDF is locked with a password")
            .hint("open it with the password, print it to a new PDF and import that"),
        _ => fault("damaged-file", "the PDF is damaged, and no text could be got from it")
            .hint("open it in a PDF reader, print it to a new PDF and import that"),
    })
}

/// What is on a page.
struct Found {
    spans: Vec<TextSpan>,
    has_picture: bool,
    is_damaged: bool,
    unreadable: usize,
}

impl Found {
    /// `None` where the page cannot be read at all.
    fn on(backend: &RawBackend, number: u32, page: PageId) -> Option<Self> {
        let remembered = Remembered::new(backend, number, page);
        let analyzer = LayoutAnalyzer::new(&remembered).with_ocr_suppression(true);
        let spans = analyzer.extract_page_spans(number).ok()?;
        Some(Found {
            spans,
            has_picture: analyzer.page_op_counts().image > 0 || analyzer.ocr_text_suppressed(),
            is_damaged: analyzer.undecodable_content_streams() > 0,
            unreadable: analyzer.suppressed_text_runs(),
        })
    }
}

/// What was got from the pages, and what was not.
#[derive(Default)]
struct Pages {
    read: Vec<Page>,
    /// What lies on each page; empty where nothing lies on any.
    overlays: Vec<Overlay>,
    /// Those that hold pictures and no text.
    scanned: Vec<usize>,
    /// Those that could not be read at all.
    failed: Vec<usize>,
    /// Runs of letters in fonts that give no characters.
    unreadable: usize,
    all: usize,
}

impl Pages {
    fn read(backend: &RawBackend, overlays: Vec<Overlay>, most: u64) -> Result<Self> {
        let all: Vec<(u32, PageId)> = backend.pages().into_iter().collect();
        if all.len() as u64 > most {
            return Err(fault("too-large", format!("the PDF has {} pages; {most} are read at most", all.len()))
                .hint("split it and import the parts")
                .hint(format!("or allow more: --limit pdf.pages={}", all.len())));
        }
        let mut pages = Pages { all: all.len(), overlays, ..Pages::default() };
        let found = abreast::map(&all, |(number, page)| Found::on(backend, *number, *page));
        for (place, found) in (1..).zip(found) {
            match found {
                Some(found) => pages.take_in(found, place),
                None => pages.failed.push(place),
            }
        }
        Ok(pages)
    }

    fn take_in(&mut self, found: Found, place: usize) {
        let Found { mut spans, has_picture, is_damaged, unreadable } = found;
        let has_text = spans.iter().any(|span| span.text.chars().any(char::is_alphanumeric));
        if !has_text && has_picture {
            self.scanned.push(place);
        } else if !has_text && is_damaged {
            self.failed.push(place);
        }
        self.unreadable += unreadable;
        let Some(overlay) = self.overlays.get_mut(place - 1) else {
            return self.read.push(Page::new(place, spans));
        };
        overlay.fill(&mut spans);
        let page = Page::new(place, spans.clone());
        overlay.find(&spans, &page);
        self.read.push(page);
    }

    /// Why there is no text.
    fn nothing(&self) -> Fault {
        if !self.scanned.is_empty() {
            fault("no-text-layer", format!("this looks like a scan: no text on {}", of(self.scanned.len(), self.all)))
                .hint("recognise its text first, for example with: ocrmypdf in.pdf out.pdf")
        } else if self.unreadable > 0 {
            fault("no-text-layer", "its fonts do not say which letters they show, so no text could be got from it")
                .hint("recognise its text first, for example with: ocrmypdf --force-ocr in.pdf out.pdf")
        } else if self.all == 0 || !self.failed.is_empty() {
            fault("damaged-file", "the PDF is damaged: none of its pages can be read")
                .hint("open it in a PDF reader, print it to a new PDF and import that")
        } else {
            fault("empty-file", format!("no text on {}", of(self.all, self.all)))
                .hint("check that it is the file you mean; drawings are not read")
        }
    }

    fn advice(&self, backend: &RawBackend) -> Vec<Diagnostic> {
        let mut advice = Vec::new();
        let filled: usize = self.overlays.iter().map(Overlay::filled).sum();
        if filled > 0 {
            let message =
                format!("filled into the form, and read where it stands on the page: {}", counted(filled, "field"));
            advice.push(Diagnostic::note("form-fields", message));
        }
        let marks: usize = self.overlays.iter().map(|overlay| overlay.marks.len()).sum();
        if marks > 0 {
            let message = format!("put on the pages by readers, and kept beside the text: {}", counted(marks, "note"));
            advice.push(Diagnostic::note("comments-set-apart", message));
        }
        if !self.scanned.is_empty() {
            let message =
                format!("scanned? no text on {}: {}", of(self.scanned.len(), self.all), listed(&self.scanned));
            advice.push(
                Diagnostic::warning("no-text-layer", message)
                    .hint("recognise its text first, for example with: ocrmypdf --skip-text in.pdf out.pdf"),
            );
        }
        if !self.failed.is_empty() {
            let message = format!("{} could not be read: {}", of(self.failed.len(), self.all), listed(&self.failed));
            advice.push(Diagnostic::warning("pages-lost", message).hint("print the PDF to a new one and import that"));
        }
        if backend.integrity().pages_incomplete() {
            let message = format!("the PDF is damaged: it names more pages than the {} that could be read", self.all);
            advice.push(Diagnostic::warning("pages-lost", message).hint("print it to a new PDF and import that"));
        }
        if self.unreadable > 0 {
            let stretches = counted(self.unreadable, "stretch");
            let message = format!("left out, as the font does not say its letters: {stretches} of text");
            advice.push(Diagnostic::warning("unreadable-font", message).hint("compare with what a PDF reader shows"));
        }
        advice
    }
}

fn of(some: usize, all: usize) -> String {
    match (some, all) {
        (1, 1) => "its only page".to_owned(),
        (some, all) if some == all => format!("any of its {all} pages"),
        (some, all) => format!("{some} of {all} pages"),
    }
}

/// `2, 3, 7, …`
fn listed(pages: &[usize]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = pages.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = if pages.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

#[cfg(test)]
pub mod tests;
