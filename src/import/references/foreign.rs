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
    named(&start_of(head)?)
}

/// The same for names that documents come under too: only what the file opens with tells, for a document
/// may speak of any of these formats.
pub fn opens_file(head: &[u8]) -> Option<Fault> {
    let start = start_of(head)?;
    let first: Vec<&str> = start.lines().map(str::trim_end).filter(|line| !line.is_empty()).take(3).collect();
    let [one, rest @ ..] = first.as_slice() else { return None };
    let what = if is_biblioscape(one) {
        "Biblioscape text"
    } else if !rest.is_empty() && first.iter().all(|line| is_copac(line)) {
        "Copac text"
    } else if one.starts_with("Record.*INSPEC") {
        "Inspec text"
    } else if *one == "nep.repec.org" || (one.starts_with("From ") && one.contains("nep.repec.org")) {
        "a RePEc NEP report"
    } else if is_ovid(&start) && rest.first().is_some_and(|line| is_ovid_field(line)) {
        "Ovid text"
    } else if one.starts_with("cff-version:") {
        "a citation file (CFF)"
    } else if is_markup(one) {
        return named(&start).filter(|fault| fault.0.code == "foreign-library");
    } else {
        return None;
    };
    Some(not_read(what))
}

fn start_of(head: &[u8]) -> Option<String> {
    Some(decode(head).ok()?.text.chars().take(START).collect())
}

/// Begins with a tag: `<3>` and `<<` are none.
fn is_markup(line: &str) -> bool {
    let inside = line.trim_start_matches([' ', '\u{feff}']).strip_prefix('<');
    inside.is_some_and(|rest| rest.starts_with(|first: char| first.is_alphabetic() || matches!(first, '?' | '!')))
}

/// `--AU-- Lee, K.`
fn is_biblioscape(line: &str) -> bool {
    let tag = line.strip_prefix("--").and_then(|rest| rest.split_once("-- "));
    tag.is_some_and(|(tag, _)| tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// `AU- Lee, K.`
fn is_copac(line: &str) -> bool {
    let tag = line.split_once("- ").map_or("", |(tag, _)| tag);
    tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Names of fields that Ovid begins a record with.
fn is_ovid_field(line: &str) -> bool {
    ["Author", "Authors", "Score", "Accession Number", "Title", "Unique Identifier", "Status", "VN", "Source"]
        .contains(&line.trim_end_matches('.'))
}

/// The same of a file that is no text.
pub fn packed(bytes: &[u8]) -> Option<Fault> {
    let holds = |mark: &[u8]| memmem::find(bytes, mark).is_some();
    let is_citavi = bytes.starts_with(b"PK") && (holds(b"citavi-project") || holds(b".ctv6"));
    is_citavi.then(|| not_read("a Citavi project"))
}

fn not_read(what: &str) -> Fault {
    fault("foreign-library", format!("this is {what}, which is not read as references"))
        .hint("export the library as RIS and import that")
        .hint("if it is a document all the same: --as document")
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
