//! Libraries in a ZIP archive, as Rayyan and others hand them out: each file in it is read as if it had
//! come alone, one after the other.

use super::{Cut, Reader, foreign, read_into};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::import::Limits;
use crate::import::archive::Archive;
use memchr::memmem;

/// Extensions of parts that may be libraries.
const EXTENSIONS: &[&str] = &["csv", "tsv", "ris", "bib", "nbib", "enw", "ciw", "txt", "xml", "json"];
/// What an archive holds that is a document or project of another program.
const OTHERS: &[&str] =
    &["word/", "xl/", "ppt/", "META-INF/", "mimetype", "[Content_Types].xml", ".ctv", "project.qde"];

pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether the beginning of a file is that of an archive whose first part is a table or a list of references.
pub fn may_hold_libraries(head: &[u8]) -> bool {
    const NAME: usize = 30;
    let length = head.get(26..28).map_or(0, |size| usize::from(u16::from_le_bytes([size[0], size[1]])));
    let name = head.get(NAME..NAME + length).map(String::from_utf8_lossy).unwrap_or_default();
    let is_other = OTHERS.iter().any(|mark| memmem::find(head, mark.as_bytes()).is_some());
    is_packed(head) && !is_other && has_extension(&name, &EXTENSIONS[..7])
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    extensions.contains(&end.as_str())
}

/// Reads every library of an archive; what is none is named. Gives the reader of the first.
pub fn read(bytes: &[u8], format: Option<&str>, limits: &Limits, cut: &mut Cut) -> Result<&'static dyn Reader> {
    if let Some(known) = foreign::packed(bytes) {
        return Err(known);
    }
    let mut archive = Archive::within(bytes, limits)?;
    let mut first = None;
    let mut others = Vec::new();
    for name in archive.names() {
        let is_hidden = name.split('/').any(|part| part.starts_with(['.', '_']));
        if is_hidden || name.ends_with('/') {
            continue;
        }
        if !has_extension(&name, EXTENSIONS) {
            others.push(name);
            continue;
        }
        let part = archive.bytes(&name)?;
        match read_into(&part, format, cut) {
            Ok(reader) => first = first.or(Some(reader)),
            Err(_) => others.push(name),
        }
    }
    if let (Some(_), [_, ..]) = (first, others.as_slice()) {
        const NAMED: usize = 8;
        let named = others[..others.len().min(NAMED)].join(", ");
        let message = format!("no references in these parts of the archive, which were left out: {named}");
        cut.said.push(Diagnostic::note("other-parts", message));
    }
    first.ok_or_else(|| {
        fault("unknown-library", "no list of references was recognised in this archive")
            .hint("unpack it and import the files in it")
    })
}
