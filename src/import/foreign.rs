//! Files of other formats: recognised, named and refused with what to do instead.

use super::{Importer, by_key, keys};
use crate::diagnostic::{Fault, Result, fault};

/// Extensions people are likely to try, what they are, and what to save them as.
const LATER: &[(&str, &str, &str)] = &[
    ("pdf", "a PDF", "docx or .txt"),
    ("doc", "a Word 97 document", "docx"),
    ("rtf", "an RTF document", "docx"),
    ("odt", "an OpenDocument text", "docx"),
    ("epub", "an e-book", "txt"),
    ("htm", "a web page", "docx or .txt"),
    ("html", "a web page", "docx or .txt"),
    ("xls", "an Excel 97 workbook", "xlsx or .csv"),
    ("xlsb", "an Excel workbook in binary", "xlsx or .csv"),
    ("pptx", "a presentation", "txt"),
    ("ris", "a list of references", "csv"),
    ("qdpx", "a REFI-QDA project", "docx, one file per document,"),
];

/// No importer claims the extension: text without an extension is plain text, the rest is refused.
pub fn by_content(bytes: &[u8], extension: &str) -> Result<&'static dyn Importer> {
    if let Some((_, what, save)) = LATER.iter().find(|(one, ..)| *one == extension) {
        return Err(not_read_yet(what, save));
    }
    if bytes.starts_with(b"WEBVTT") {
        return by_key("vtt");
    }
    if let Some(known) = binary(bytes) {
        let marks: [(&[u8], &str); 3] =
            [(b"word/document", "docx"), (b"xl/workbook", "xlsx"), (b"opendocument.spreadsheet", "ods")];
        let found = marks.iter().find(|(mark, _)| bytes.starts_with(b"PK") && holds(bytes, mark));
        return found.map_or(Err(known), |(_, key)| by_key(key));
    }
    if extension.is_empty() { by_key("txt") } else { Err(unknown(extension)) }
}

fn unknown(extension: &str) -> Fault {
    fault("unknown-format", format!("files ending in .{extension} are not read"))
        .hint(format!("formats read: {}", keys().collect::<Vec<_>>().join(", ")))
        .hint("if it is one of these under another name, give the format by its key")
}

fn not_read_yet(what: &str, save: &str) -> Fault {
    fault("unknown-format", format!("this is {what}, which is not read yet by this version"))
        .hint(format!("save it as .{save} and import that"))
        .hint(format!("formats read: {}", keys().collect::<Vec<_>>().join(", ")))
}

/// A fault that names the format, where the first bytes are those of a known one that is no text.
pub fn binary(bytes: &[u8]) -> Option<Fault> {
    let (what, save) = if bytes.starts_with(b"%PDF") {
        ("a PDF", "docx or .txt")
    } else if bytes.starts_with(b"{\\rtf") {
        ("an RTF document", "docx")
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
    } else if holds(bytes, b"opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet", "rename it to .ods and import that")
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
