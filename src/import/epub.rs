//! E-books: the chapters in the order of the spine, each read as the web page it is.
//!
//! The table of contents repeats the headings and is left out. Nothing is fetched, and names in the
//! archive are only ever looked up in it.

use super::archive::{Archive, damaged};
use super::html::Page;
use super::sheet::Sheet;
use super::turns::{Matter, cut};
use super::{Imported, Importer, Request, decode};
use crate::diagnostic::{Diagnostic, Result, fault};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

pub struct Epub;

impl Importer for Epub {
    fn key(&self) -> &'static str {
        "epub"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["epub"]
    }

    fn read(&self, request: &Request) -> Result<Imported> {
        if !request.bytes.starts_with(b"PK") {
            return Err(fault("wrong-format", "this is no e-book (epub)").hint("give the format it has with --as"));
        }
        let mut archive = Archive::within(request.bytes, &request.limits)?;
        if archive.names().iter().any(|name| name == "META-INF/rights.xml") {
            return Err(fault("wrong-format", "the e-book is locked by its seller")
                .hint("ask for a copy without rights management, or for the text"));
        }
        let package = Package::read(&mut archive)?;
        let mut page = Page::default();
        let mut missing = 0;
        for chapter in &package.spine {
            match archive.find(chapter).map(|name| archive.bytes(&name)).transpose()? {
                Some(bytes) => {
                    page.take_in(&markup(&bytes), &request.limits)?;
                }
                None => missing += 1,
            }
        }
        let mut warnings: Vec<Diagnostic> = page.advice().into_iter().collect();
        if missing > 0 {
            let message = format!("{missing} of {} chapters are named but not there", package.spine.len());
            warnings.push(Diagnostic::warning("chapters-missing", message));
        }
        let Sheet { text, lines } = page.sheet;
        if lines.is_empty() {
            return Err(decode::empty());
        }
        let particulars = package.particulars;
        Ok(cut(Matter { format: "epub", text, lines, names: Vec::new(), particulars, warnings }, request))
    }
}

/// Chapters are UTF-8 or UTF-16 by the standard; a slip is read as what it most likely is.
fn markup(bytes: &[u8]) -> String {
    decode::decode(bytes).map(|decoded| decoded.text.into_owned()).unwrap_or_default()
}

/// What the package document says: the chapters in order, and what book it is.
#[derive(Debug, Default)]
struct Package {
    /// Names in the archive.
    spine: Vec<String>,
    particulars: BTreeMap<String, String>,
}

impl Package {
    fn read(archive: &mut Archive) -> Result<Self> {
        let mut path = None;
        each(&archive.text("META-INF/container.xml")?, |event| {
            if let Token::Start("rootfile", element) = event {
                path = path.take().or_else(|| attribute(element, "full-path"));
            }
        })?;
        let path = path.ok_or_else(|| damaged(&"it does not say where its text is"))?;
        let name = archive.find(&path).ok_or_else(|| damaged(&"its package document is missing"))?;
        let base = path.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default();
        Package::parse(&archive.text(&name)?, base)
    }

    fn parse(xml: &str, base: &str) -> Result<Self> {
        let mut package = Package::default();
        let mut items: BTreeMap<String, String> = BTreeMap::new();
        let mut order = Vec::new();
        let mut field = None;
        each(xml, |event| match event {
            Token::Start("item", element) => {
                let is_contents =
                    attribute(element, "properties").is_some_and(|all| all.split(' ').any(|one| one == "nav"));
                let is_page = attribute(element, "media-type").is_some_and(|media| media.contains("html"));
                if let (Some(id), Some(place)) = (attribute(element, "id"), attribute(element, "href"))
                    && is_page
                    && !is_contents
                {
                    items.insert(id, resolve(base, &place));
                }
            }
            Token::Start("itemref", element) => order.extend(attribute(element, "idref")),
            Token::Start(name @ ("title" | "creator" | "date" | "language" | "publisher"), _) => {
                field = Some(if name == "creator" { "author" } else { name }.to_owned());
            }
            Token::Text(text) => {
                if let Some(name) = field.take().filter(|_| !text.trim().is_empty()) {
                    package.particulars.entry(name).or_insert_with(|| text.trim().to_owned());
                }
            }
            Token::Start(..) | Token::End => field = None,
        })?;
        package.spine = order.iter().filter_map(|id| items.get(id)).cloned().collect();
        if package.spine.is_empty() {
            return Err(damaged(&"it names no chapters"));
        }
        Ok(package)
    }
}

enum Token<'x> {
    Start(&'x str, &'x BytesStart<'x>),
    End,
    Text(&'x str),
}

/// Tells of each element and text of a small XML part. Faults: `damaged-file`, `unsafe-file`.
fn each(xml: &str, mut tell: impl FnMut(Token)) -> Result<()> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name();
                tell(Token::Start(name.as_ref(), &element));
            }
            Event::End(_) => tell(Token::End),
            Event::Text(text) => tell(Token::Text(&text.xml10_content())),
            Event::DocType(doctype) if doctype.contains("<!ENTITY") => {
                return Err(fault("unsafe-file", "the file declares XML entities, which no document needs")
                    .hint("open it in the program it was made with, save it again and import that"));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found =
        element.attributes().filter_map(std::result::Result::ok).find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.value.replace("&amp;", "&"))
}

/// The name in the archive of what `place` points at from the folder `base`.
fn resolve(base: &str, place: &str) -> String {
    let place = percent_decoded(place.split('#').next().unwrap_or_default());
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in place.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn percent_decoded(place: &str) -> String {
    let mut bytes = Vec::with_capacity(place.len());
    let mut rest = place.as_bytes();
    while let [first, others @ ..] = rest {
        let digits = others.get(..2).filter(|_| *first == b'%').and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &others[2..];
            }
            None => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Limits;
    use crate::strand::SourceKind;
    use std::io::Write;

    const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";
    const PACKAGE: &str = "<package><metadata><dc:title>A book</dc:title><dc:creator>Ana</dc:creator></metadata>\
        <manifest><item id='toc' href='toc.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
        <item id='b' href='text/two%20b.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='./one.xhtml' media-type='application/xhtml+xml'/>\
        <item id='gone' href='gone.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='toc'/><itemref idref='a'/><itemref idref='b'/><itemref idref='gone'/></spine></package>";

    fn book(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn read(parts: &[(&str, &str)]) -> Result<Imported> {
        Epub.read(&Request {
            name: "a.epub",
            bytes: &book(parts),
            kind: SourceKind::Grey,
            mapping: None,
            format: None,
            roles: &[],
            limits: Limits::of("epub"),
        })
    }

    #[test]
    fn chapters_come_in_the_order_of_the_spine_without_the_contents() {
        let parts = [
            ("META-INF/container.xml", CONTAINER),
            ("OPS/book.opf", PACKAGE),
            ("OPS/toc.xhtml", "<p>One</p><p>Two</p>"),
            ("OPS/text/two b.xhtml", "<html><head><title/></head><body><h1>Two</h1><p>b</p></body></html>"),
            (
                "OPS/one.xhtml",
                "<html><head><script src='x'/><title>x</title></head><body><h1>One</h1><p>a</p></body></html>",
            ),
        ];
        let Imported { draft, warnings } = read(&parts).unwrap();
        assert_eq!(draft.text, "One\na\nTwo\nb");
        assert_eq!((&*draft.header.particulars["title"], &*draft.header.particulars["author"]), ("A book", "Ana"));
        assert_eq!(warnings[0].code, "chapters-missing");
    }

    #[test]
    fn a_book_that_declares_entities_or_names_no_text_is_refused() {
        let bomb = format!("<!DOCTYPE x [<!ENTITY a 'b'>]>{CONTAINER}");
        assert_eq!(read(&[("META-INF/container.xml", &bomb)]).unwrap_err().0.code, "unsafe-file");
        assert_eq!(read(&[("mimetype", "application/epub+zip")]).unwrap_err().0.code, "damaged-file");
        let empty = [("META-INF/container.xml", CONTAINER), ("OPS/book.opf", "<package/>")];
        assert_eq!(read(&empty).unwrap_err().0.code, "damaged-file");
        assert_eq!(resolve("OPS", "../../../etc/passwd"), "etc/passwd");
    }
}
