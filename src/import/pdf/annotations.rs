//! What people put onto the pages of a PDF: notes, marked words, and what they filled into a form.
//!
//! `unpdf` reads the objects; what a mark is about is told from where it lies. Only words in Latin
//! order are found again; a mark on others is kept with its page.

use super::order::{Line, Page};
use crate::document::Note;
use crate::text::{Span, quote};
use unpdf::parser::TextSpan;
use unpdf::parser::raw::{PdfDict, PdfObject, RawDocument};

/// Annotations read, over all pages: a hostile file can carry any number.
const MOST: usize = 20_000;
/// Fields within fields, at most.
const DEEPEST: usize = 16;

/// What lies on one page.
#[derive(Debug, Default)]
pub struct Overlay {
    pub marks: Vec<Mark>,
    fields: Vec<(Area, String)>,
}

/// A note, or words marked with or without one.
#[derive(Debug)]
pub struct Mark {
    author: Option<String>,
    text: String,
    /// Where the marked words lie; none for a note that is stuck to a place.
    quads: Vec<Area>,
    place: Option<Area>,
    /// The marked words, or the line it is stuck beside, once the page is known.
    words: String,
}

#[derive(Debug, Clone, Copy)]
struct Area {
    left: f32,
    bottom: f32,
    right: f32,
    top: f32,
}

/// Of every page, in their order; empty where nothing lies on them or the file is damaged.
pub fn read(bytes: &[u8]) -> Vec<Overlay> {
    let holds = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    if !holds(b"/Annots") && !holds(b"/ObjStm") {
        return Vec::new();
    }
    let opened =
        RawDocument::load_with_password(bytes, None).or_else(|_| RawDocument::load_with_password(bytes, Some("")));
    let Ok(document) = opened else { return Vec::new() };
    let mut left = MOST;
    document.pages().into_values().map(|page| overlay(&document, page, &mut left)).collect()
}

fn overlay(document: &RawDocument, page: (u32, u16), left: &mut usize) -> Overlay {
    let mut overlay = Overlay::default();
    let Ok(page) = document.get_dict(page) else { return overlay };
    for one in list(document, page, b"Annots").iter().filter_map(|one| document.resolve(one).as_dict()) {
        if *left == 0 {
            break;
        }
        *left -= 1;
        match get(document, one, b"Subtype").and_then(PdfObject::as_name) {
            Some(b"Widget") => overlay.fields.extend(field(document, one)),
            Some(kind) => overlay.marks.extend(mark(document, one, kind)),
            None => {}
        }
    }
    overlay
}

fn mark(document: &RawDocument, one: &PdfDict, kind: &[u8]) -> Option<Mark> {
    let is_marking = matches!(kind, b"Highlight" | b"Underline" | b"Squiggly" | b"StrikeOut");
    let is_note = matches!(
        kind,
        b"Text"
            | b"FreeText"
            | b"Caret"
            | b"Stamp"
            | b"Ink"
            | b"Square"
            | b"Circle"
            | b"Line"
            | b"Polygon"
            | b"PolyLine"
    );
    let text = string(document, one, b"Contents").unwrap_or_default();
    let says_something = is_note && !text.is_empty();
    if !is_marking && !says_something {
        return None;
    }
    let quads = if is_marking { numbers(document, one, b"QuadPoints") } else { Vec::new() };
    let text = match kind {
        _ if !text.is_empty() => text,
        b"StrikeOut" => "(struck out)".to_owned(),
        b"Highlight" => "(highlighted)".to_owned(),
        _ => "(underlined)".to_owned(),
    };
    Some(Mark {
        author: string(document, one, b"T"),
        text,
        quads: quads.chunks_exact(8).filter_map(Area::around).collect(),
        place: Area::around(&numbers(document, one, b"Rect")),
        words: String::new(),
    })
}

/// The value of a field and where it shows; `None` for buttons, signatures and what is empty.
fn field(document: &RawDocument, one: &PdfDict) -> Option<(Area, String)> {
    const HIDDEN: i64 = 2;
    const PUSHED: i64 = 1 << 16;
    let number = |name: &[u8]| inherited(document, one, name).and_then(PdfObject::as_i64).unwrap_or(0);
    let is_hidden = get(document, one, b"F").and_then(PdfObject::as_i64).is_some_and(|flags| flags & HIDDEN != 0);
    let value = match inherited(document, one, b"FT")?.as_name()? {
        b"Tx" | b"Ch" => match inherited(document, one, b"V")? {
            PdfObject::Array(all) => {
                let all: Vec<String> =
                    all.iter().filter_map(|one| document.resolve(one).as_str_bytes()).map(decoded).collect();
                all.join(", ")
            }
            value => decoded(value.as_str_bytes()?),
        },
        b"Btn" if number(b"Ff") & PUSHED == 0 => {
            let state = get(document, one, b"AS").or_else(|| inherited(document, one, b"V"))?.as_name()?;
            if state == b"Off" { String::new() } else { "[x]".to_owned() }
        }
        _ => String::new(),
    };
    let area = Area::around(&numbers(document, one, b"Rect"))?;
    (!is_hidden && !value.trim().is_empty()).then(|| (area, value.trim().to_owned()))
}

impl Overlay {
    /// What was filled in, set like the words of the page and put among them.
    pub fn fill(&self, spans: &mut Vec<TextSpan>) {
        let size = spans.first().map_or(10.0, |span| span.font_size);
        for (area, value) in &self.fields {
            let lines: Vec<&str> = value.lines().filter(|line| !line.trim().is_empty()).collect();
            let mut y = if lines.len() > 1 { area.top - size } else { area.bottom + 0.25 * (area.top - area.bottom) };
            for line in lines {
                spans.push(written(line, area, y, size));
                y -= 1.2 * size;
            }
        }
    }

    /// Whether anything was filled in.
    pub fn filled(&self) -> usize {
        self.fields.len()
    }

    /// Finds out which words of the page each mark is about.
    pub fn find(&mut self, spans: &[TextSpan], page: &Page) {
        for mark in &mut self.marks {
            mark.words = if mark.quads.is_empty() {
                mark.place.and_then(|place| beside(page, place)).map_or_else(String::new, |line| line.text.clone())
            } else {
                let words = mark.quads.iter().flat_map(|quad| covered(spans, *quad));
                words.collect::<Vec<_>>().join(" ")
            };
        }
    }
}

impl Mark {
    /// As a note on the text; `stretch` is what stands on the page.
    pub fn note(&self, text: &str, stretch: Span, page: usize) -> Note {
        let held = stretch.of(text).unwrap_or_default();
        let found = quote::find(held, &self.words).spans.into_iter().next();
        let span = found
            .filter(|_| !self.words.trim().is_empty())
            .and_then(|span| Span::new(span.start() + stretch.start(), span.end() + stretch.start()));
        let said = match span {
            Some(_) => self.text.clone(),
            None => format!("page {page}: {}", self.text),
        };
        Note { span, author: self.author.clone(), text: said }
    }
}

/// A line of a form as a span of the page.
fn written(line: &str, area: &Area, y: f32, size: f32) -> TextSpan {
    let letters = f32::from(u16::try_from(line.chars().count()).unwrap_or(u16::MAX));
    let width = (0.5 * size * letters).min(area.right - area.left);
    TextSpan {
        text: line.to_owned(),
        links: Vec::new(),
        x: area.left + 2.0,
        y,
        width,
        width_measured: false,
        ink_width: None,
        font_size: size,
        font_name: String::new(),
        is_bold: false,
        is_italic: false,
        is_struck: false,
        is_monospace: false,
        direction: TextSpan::LEFT_TO_RIGHT,
        letter_spacing: 0.0,
    }
}

/// The words that an area covers, a line of it in reading order.
fn covered(spans: &[TextSpan], area: Area) -> Vec<String> {
    let is_level = |span: &&TextSpan| {
        let middle = span.y + 0.3 * span.font_size;
        !span.is_rotated() && area.bottom < middle && middle < area.top
    };
    let mut level: Vec<&TextSpan> = spans.iter().filter(is_level).collect();
    level.sort_by(|a, b| a.x.total_cmp(&b.x));
    let mut words: Vec<(String, f32, f32)> = Vec::new();
    for span in level {
        let letter = span.width / f32::from(u16::try_from(span.text.chars().count().max(1)).unwrap_or(u16::MAX));
        let mut x = span.x;
        for sign in span.text.chars() {
            let end = x + letter;
            match words.last_mut() {
                _ if sign.is_whitespace() => words.push((String::new(), end, end)),
                Some((word, _, right)) if x - *right < 0.2 * span.font_size => {
                    word.push(sign);
                    *right = end;
                }
                _ => words.push((sign.to_string(), x, end)),
            }
            x = end;
        }
    }
    let is_in = |(word, left, right): &(String, f32, f32)| {
        let middle = f32::midpoint(*left, *right);
        !word.is_empty() && area.left < middle && middle < area.right
    };
    words.into_iter().filter(is_in).map(|(word, ..)| word).collect()
}

/// The line whose height a note is stuck at.
fn beside(page: &Page, place: Area) -> Option<&Line> {
    let middle = f32::midpoint(place.bottom, place.top);
    let distance = |line: &Line| (line.y + 0.3 * line.size - middle).abs();
    let nearest = page.lines().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(nearest) < 2.0 * nearest.size).then_some(nearest)
}

impl Area {
    /// Around points given as x and y by turns; `None` for less than two.
    fn around(points: &[f32]) -> Option<Self> {
        let (xs, ys) = (|| points.iter().step_by(2).copied(), || points.iter().skip(1).step_by(2).copied());
        (points.len() >= 4).then(|| Area {
            left: xs().fold(f32::MAX, f32::min),
            bottom: ys().fold(f32::MAX, f32::min),
            right: xs().fold(f32::MIN, f32::max),
            top: ys().fold(f32::MIN, f32::max),
        })
    }
}

fn get<'d>(document: &'d RawDocument, dict: &'d PdfDict, name: &[u8]) -> Option<&'d PdfObject> {
    dict.get(name).map(|value| document.resolve(value))
}

/// What a field says itself, or one of those it belongs to.
fn inherited<'d>(document: &'d RawDocument, dict: &'d PdfDict, name: &[u8]) -> Option<&'d PdfObject> {
    let parent = |dict: &&'d PdfDict| get(document, dict, b"Parent").and_then(PdfObject::as_dict);
    std::iter::successors(Some(dict), parent).take(DEEPEST).find_map(|dict| get(document, dict, name))
}

fn list<'d>(document: &'d RawDocument, dict: &'d PdfDict, name: &[u8]) -> &'d [PdfObject] {
    get(document, dict, name).and_then(PdfObject::as_array).unwrap_or_default()
}

fn numbers(document: &RawDocument, dict: &PdfDict, name: &[u8]) -> Vec<f32> {
    list(document, dict, name).iter().map_while(|one| document.resolve(one).as_f32()).collect()
}

fn string(document: &RawDocument, dict: &PdfDict, name: &[u8]) -> Option<String> {
    let text = decoded(get(document, dict, name)?.as_str_bytes()?);
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// A text string: UTF-16 or UTF-8 by its mark, else PDFDocEncoding (ISO 32000-1, annex D).
fn decoded(bytes: &[u8]) -> String {
    /// Bytes from 0x80 on; those from 0xA1 on are as in Latin-1.
    const HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\u{fffd}€";
    let text = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        None => {
            let letter = |byte: &u8| match byte {
                0x80..=0xa0 => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
                byte => char::from(*byte),
            };
            bytes.iter().map(letter).collect()
        }
    };
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect()
}
