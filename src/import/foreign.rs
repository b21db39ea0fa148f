//! Files of other formats: recognised, named and refused with what to do instead.

use super::{Importer, by_key, keys};
use crate::diagnostic::{Fault, Result, fault};

const WORD_97: &str = "a Word 97 document";
/// Extensions people are likely to try, what they are, and what to save them as.
const LATER: &[(&str, &str, &str)] = &[
    #[cfg(not(feature = "pdf"))]
    ("pdf", "a PDF", "docx or .txt"),
    ("doc", WORD_97, "docx"),
    ("xls", "an Excel 97 workbook", "xlsx or .csv"),
    ("xlsb", "an Excel workbook in binary", "xlsx or .csv"),
    ("pptx", "a presentation", "txt"),
    ("qdpx", "a REFI-QDA project", "docx, one file per document,"),
];

/// No importer claims the extension: text without an extension is plain text, the rest is refused.
pub fn by_content(bytes: &[u8], extension: &str) -> Result<&'static dyn Importer> {
    if let Some(known) = own_mark(bytes) {
        return by_key(known);
    }
    if let Some((_, what, save)) = LATER.iter().find(|(one, ..)| *one == extension) {
        return Err(not_read_yet(what, save));
    }
    if bytes.starts_with(b"WEBVTT") {
        return by_key("vtt");
    }
    if let Some(known) = binary(bytes) {
        return Err(known);
    }
    if extension.is_empty() { by_key("txt") } else { Err(unknown(extension)) }
}

/// The key of a format that is read and marks its files, whatever they are called.
fn own_mark(bytes: &[u8]) -> Option<&'static str> {
    let is_zip = bytes.starts_with(b"PK\x03\x04");
    if is_rtf(bytes) {
        Some("rtf")
    } else if (is_zip && holds(bytes, b"word/document")) || is_word_xml(bytes) {
        Some("docx")
    } else if (is_zip && holds(bytes, b"opendocument.text")) || is_flat_odf(bytes) {
        Some("odt")
    } else if is_zip && holds(bytes, b"xl/workbook") {
        Some("xlsx")
    } else if is_zip && holds(bytes, b"opendocument.spreadsheet") {
        Some("ods")
    } else if is_zip && is_book(bytes) {
        Some("epub")
    } else if cfg!(feature = "pdf") && is_pdf(bytes) {
        Some("pdf")
    } else {
        None
    }
}

pub fn is_rtf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\\rtf")
}

fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF")
}

/// An archive that is an e-book, which says so in its first part.
fn is_book(bytes: &[u8]) -> bool {
    holds(&bytes[..bytes.len().min(128)], b"application/epub+zip")
}

/// A Word document in one XML file.
pub fn is_word_xml(bytes: &[u8]) -> bool {
    begins(bytes, b"<pkg:package") || begins(bytes, b"<w:wordDocument")
}

/// An OpenDocument text in one XML file.
pub fn is_flat_odf(bytes: &[u8]) -> bool {
    begins(bytes, b"<office:document ") && holds(&bytes[..bytes.len().min(16_384)], b"opendocument.text")
}

/// The first element is the one wanted, as far as the first bytes show.
fn begins(bytes: &[u8], wanted: &[u8]) -> bool {
    holds(&bytes[..bytes.len().min(1_024)], b"<?xml") && holds(&bytes[..bytes.len().min(4_096)], wanted)
}

fn unknown(extension: &str) -> Fault {
    fault("unknown-format", format!("files ending in .{extension} are not read"))
        .hint(format!("formats read: {}", keys().collect::<Vec<_>>().join(", ")))
        .hint("if it is one of these under another name, give the format by its key")
}

fn not_read_yet(what: &str, save: &str) -> Fault {
    let many = (what == WORD_97)
        .then(|| "many at once, with LibreOffice: soffice --headless --convert-to docx *.doc".to_owned());
    fault("unknown-format", format!("this is {what}, which is not read yet by this version"))
        .hint(format!("save it as .{save} and import that"))
        .hints(many)
        .hint(format!("formats read: {}", keys().collect::<Vec<_>>().join(", ")))
}

/// A fault that names the format, where the first bytes are those of a known one that is no text.
pub fn binary(bytes: &[u8]) -> Option<Fault> {
    let rename = |what: &str, extension: &str| {
        Some(
            fault("wrong-format", format!("this is {what}")).hint(format!("rename it to .{extension} and import that")),
        )
    };
    let (what, save) = if cfg!(feature = "pdf") && is_pdf(bytes) {
        return rename("a PDF", "pdf");
    } else if is_pdf(bytes) {
        ("a PDF", "docx or .txt")
    } else if is_rtf(bytes) {
        return rename("an RTF document", "rtf");
    } else if is_ole(bytes) {
        ole(bytes)
    } else if bytes.starts_with(b"PK\x03\x04") {
        return Some(zip(bytes));
    } else {
        return None;
    };
    Some(fault("wrong-format", format!("this is {what}, not text")).hint(format!("save it as .{save} and import that")))
}

/// The container of Office files before 2007 and of encrypted ones since.
pub fn is_ole(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}

/// What an OLE container holds, and what to save it as.
pub fn ole(bytes: &[u8]) -> (&'static str, &'static str) {
    if holds(bytes, &wide("EncryptedPackage")) {
        ("an Office file locked with a password", "docx without a password")
    } else if holds(bytes, &wide("WordDocument")) {
        ("a Word 97 document (.doc)", "docx")
    } else if holds(bytes, &wide("Workbook")) {
        ("an Excel 97 workbook (.xls)", "csv")
    } else {
        ("an old Office file", "docx or .csv")
    }
}

fn zip(bytes: &[u8]) -> Fault {
    let (what, advice) = if holds(bytes, b"word/document") {
        ("a Word document (docx)", "rename it to .docx and import that")
    } else if holds(bytes, b"xl/workbook") {
        ("an Excel workbook", "rename it to .xlsx and import that")
    } else if is_book(bytes) {
        ("an e-book (epub)", "rename it to .epub and import that")
    } else if holds(bytes, b"opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet", "rename it to .ods and import that")
    } else if holds(bytes, b"opendocument.text") {
        ("an OpenDocument text (odt)", "rename it to .odt and import that")
    } else if holds(bytes, b"opendocument") {
        ("an OpenDocument file", "save it as .docx and import that")
    } else {
        ("a ZIP archive", "unpack it and import the files in it")
    };
    fault("wrong-format", format!("this is {what}, not text")).hint(advice)
}

fn wide(name: &str) -> Vec<u8> {
    name.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
