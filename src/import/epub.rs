//! E-books: the chapters in the order of the spine, each read as the web page it is.
//!
//! The table of contents repeats the headings and is left out. Nothing is fetched, and names in the
//! archive are only ever looked up in it.

use super::archive::{Archive, damaged};
use super::completeness::Loss;
use super::html::Page;
use super::sheet::Sheet;
use super::turns::{Matter, cut};
use super::xml::{self, Listener, Step, attribute, local};
use super::{Imported, Importer, Request, decode, weigh};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::text::words::counted;
use quick_xml::events::BytesStart;
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
        for other in &package.beside {
            if let Some(name) = archive.find(other) {
                let letters = weigh::page(&markup(&archive.bytes(&name)?));
                page.container += letters;
                page.tally.lose_many(Loss::Beside, letters);
            }
        }
        for chapter in &package.spine {
            match archive.find(chapter).map(|name| archive.bytes(&name)).transpose()? {
                Some(bytes) => {
                    page.take_in(&markup(&bytes), &request.limits)?;
                }
                None => missing += 1,
            }
        }
        let mut warnings: Vec<Diagnostic> = page.advice().into_iter().collect();
        if !package.beside.is_empty() {
            let pages = counted(package.beside.len(), "page");
            let message = format!("left out, as the e-book does not name them among its chapters: {pages}");
            warnings.push(Diagnostic::note("pages-beside", message));
        }
        if missing > 0 {
            let message = format!("{missing} of {} are named but not there", counted(package.spine.len(), "chapter"));
            warnings.push(Diagnostic::warning("chapters-missing", message));
        }
        let Page { sheet: Sheet { text, lines }, container, tally, .. } = page;
        if lines.is_empty() {
            return Err(decode::empty());
        }
        let particulars = package.particulars;
        Ok(cut(Matter { text, lines, particulars, container, tally, warnings, ..Matter::new("epub") }, request))
    }
}

/// Chapters are UTF-8 or UTF-16 by the standard; a slip is read as what it most likely is.
fn markup(bytes: &[u8]) -> String {
    decode::decode(bytes).map(|decoded| decoded.text.into_owned()).unwrap_or_default()
}

/// What the package document says: the chapters in order, and what book it is.
struct Package {
    /// Names in the archive.
    spine: Vec<String>,
    /// Pages of the book that the spine does not name; the table of contents is none.
    beside: Vec<String>,
    particulars: BTreeMap<String, String>,
}

impl Package {
    fn read(archive: &mut Archive) -> Result<Self> {
        let mut container = Container::default();
        xml::walk(&archive.text("META-INF/container.xml")?, &mut container)?;
        let path = container.package.ok_or_else(|| damaged(&"it does not say where its text is"))?;
        let name = archive.find(&path).ok_or_else(|| damaged(&"its package document is missing"))?;
        let mut reader = PackageReader::default();
        xml::walk(&archive.text(&name)?, &mut reader)?;
        let base = path.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default();
        let places = reader.spine.iter().filter_map(|id| reader.items.get(id));
        let spine: Vec<String> = places.map(|place| resolve(base, place)).collect();
        let others = reader.items.values().map(|place| resolve(base, place));
        let beside = others.filter(|place| !spine.contains(place)).collect();
        if spine.is_empty() {
            return Err(damaged(&"it names no chapters"));
        }
        Ok(Package { spine, beside, particulars: reader.particulars })
    }
}

/// The file that says where the package document is.
#[derive(Default)]
struct Container {
    package: Option<String>,
}

impl Listener for Container {
    fn start(&mut self, element: &BytesStart) -> Step {
        if local(element.name().as_ref()) == "rootfile" && self.package.is_none() {
            self.package = attribute(element, "full-path");
        }
        Step::Into
    }
}

#[derive(Default)]
struct PackageReader {
    /// Places of the chapters as the package writes them, by id.
    items: BTreeMap<String, String>,
    /// Ids of the chapters in order.
    spine: Vec<String>,
    particulars: BTreeMap<String, String>,
    /// A particular being read, and its words so far.
    field: Option<(&'static str, String)>,
}

impl Listener for PackageReader {
    fn start(&mut self, element: &BytesStart) -> Step {
        match local(element.name().as_ref()) {
            "item" => {
                let has = |name, wanted: fn(&str) -> bool| attribute(element, name).is_some_and(|value| wanted(&value));
                let is_contents = has("properties", |all| all.split(' ').any(|one| one == "nav"));
                if let (Some(id), Some(place)) = (attribute(element, "id"), attribute(element, "href"))
                    && has("media-type", |media| media.contains("html"))
                    && !is_contents
                {
                    self.items.insert(id, place);
                }
            }
            "itemref" => self.spine.extend(attribute(element, "idref")),
            name => self.field = particular(name).map(|name| (name, String::new())),
        }
        Step::Into
    }

    fn end(&mut self, _element: &str) {
        if let Some((name, words)) = self.field.take().filter(|(_, words)| !words.trim().is_empty()) {
            self.particulars.entry(name.to_owned()).or_insert_with(|| words.trim().to_owned());
        }
    }

    fn text(&mut self, words: &str) {
        if let Some((_, field)) = &mut self.field {
            field.push_str(words);
        }
    }
}

/// What an element says of the book.
fn particular(element: &str) -> Option<&'static str> {
    match element {
        "title" => Some("title"),
        "creator" => Some("author"),
        "date" => Some("date"),
        "language" => Some("language"),
        "publisher" => Some("publisher"),
        _ => None,
    }
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
    const PACKAGE: &str = "<package><metadata><dc:title>A &amp; B</dc:title><dc:creator>Ana</dc:creator></metadata>\
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
            sheet: None,
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
        let Imported { draft, warnings, .. } = read(&parts).unwrap();
        assert_eq!(draft.text, "One\na\nTwo\nb");
        assert_eq!((&*draft.header.particulars["title"], &*draft.header.particulars["author"]), ("A & B", "Ana"));
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
