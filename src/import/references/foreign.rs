//! Formats of libraries that are known and not read: named, with what to do instead.

use crate::diagnostic::{Fault, fault};
use crate::import::decode::decode;
use memchr::memmem;

/// Letters of a file that tell its format.
pub const START: usize = 4000;

/// A mark in the first lines, and whose it is.
const MARKS: &[(&str, &str)] = &[
    ("http://www.zotero.org/namespaces/export", "Zotero RDF"),
    ("http://purl.org/net/biblio#", "RDF"),
    ("<rdf:RDF", "RDF"),
    ("http://www.loc.gov/mods", "MODS"),
    ("<modsCollection", "MODS"),
    ("<mods ", "MODS"),
    ("<mods>", "MODS"),
    ("http://www.loc.gov/MARC21", "MARCXML"),
    ("<leader>", "MARCXML"),
    ("officeDocument/2006/bibliography", "the bibliography of Word (MSBib)"),
    ("<b:Sources", "the bibliography of Word (MSBib)"),
    ("<Sources", "the bibliography of Word (MSBib)"),
    ("Record.*INSPEC", "Inspec text"),
    ("nep.repec.org", "a RePEc NEP report"),
    ("--AU-- ", "Biblioscape text"),
    ("--YP-- ", "Biblioscape text"),
    ("cff-version:", "a citation file (CFF)"),
    ("\nTI- ", "Copac text"),
    ("TI- ", "Copac text"),
];

/// A fault that names the format, where `start`, the first lines of a file, show one of these.
pub fn named(start: &str) -> Option<Fault> {
    if super::element::declares_entities(start) {
        return Some(
            fault("unsafe-file", "the file declares XML entities, which no library needs")
                .hint("export the library again, as RIS, and import that"),
        );
    }
    let is_medline = start.lines().any(|line| line.starts_with("PMID- ") || line.starts_with("TI  - "));
    let marked = MARKS.iter().find(|(mark, _)| start.contains(mark) && !is_medline).map(|(_, what)| *what);
    marked
        .or_else(|| is_ovid(start).then_some("Ovid text"))
        .or_else(|| is_hayagriva(start).then_some("Hayagriva YAML"))
        .map(not_read)
}

/// The same from the first bytes of a file: for names that no document comes under.
pub fn named_in(head: &[u8]) -> Option<Fault> {
    let decoded = decode(head).ok()?;
    named(&decoded.text.chars().take(START).collect::<String>())
}

/// The same of a file that is no text.
pub fn packed(bytes: &[u8]) -> Option<Fault> {
    let holds = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    let is_citavi = bytes.starts_with(b"PK") && (holds(b"citavi-project") || holds(b".ctv6"));
    let is_workbook = bytes.starts_with(b"PK") && holds(b"xl/workbook");
    is_citavi.then(|| not_read("a Citavi project")).or_else(|| is_workbook.then(|| not_read("an Excel workbook")))
}

fn not_read(what: &str) -> Fault {
    fault("foreign-library", format!("this is {what}, which is not read as references"))
        .hint("export the library as RIS and import that")
}

/// Records numbered `<1>`, each field's name on a line of its own.
fn is_ovid(start: &str) -> bool {
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| {
        line.strip_prefix('<').and_then(|rest| rest.split_once('>')).is_some_and(|(number, rest)| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && rest.is_empty()
        })
    })
}

fn is_hayagriva(start: &str) -> bool {
    let first = start.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
    let opens = first.ends_with(':') && !first.starts_with([' ', '-', '%', '@']);
    opens && start.lines().any(|line| line.starts_with("    type: ") || line.starts_with("  type: "))
}
