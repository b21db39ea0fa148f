//! Import: the bytes of a file become a [`Draft`], its text layer cut into numbered units.
//!
//! One file per format behind [`Importer`], one line each in [`IMPORTERS`]. An importer is a pure
//! function: it touches no disk, makes no ids and never loses a letter without saying so in a
//! warning. What the formats share lies beside them: `decode` (bytes to text), `turns` (text
//! to units: `label` and `talk` find the speakers, `cutter` cuts), `cue` (captions; `markup` their tags, `scroll` lines shown twice), `table` (rows to
//! units: `mapping` tells the columns), `composition` (paragraphs, tables and notes of a word processor)
//! and `layout` (a composition to lines), `completeness` (whether all came through). A delimited table
//! may be longer than memory, and is read off the disk as often as needed ([`on_disk`]).

mod alphabet;
mod archive;
mod cells;
pub mod codebook;
mod completeness;
mod composition;
mod crowd;
mod cue;
mod cutter;
mod decode;
mod dialogue;
mod encoding;
mod filled;
pub mod facesheet;
mod foreign;
mod headings;
mod joint;
mod label;
mod layout;
mod limits;
mod lines;
mod mapping;
mod markup;
mod numerals;
mod paragraph;
mod preface;
pub mod references;
pub mod role;
mod row;
mod scroll;
mod sheet;
mod sight;
mod source;
mod stamp;
mod symbol;
mod table;
mod talk;
mod turns;
mod weigh;
mod workbook;
mod xml;

mod delimited;
mod docx;
mod epub;
mod exb;
mod html;
mod machine;
mod md;
mod ods;
mod odt;
#[cfg(feature = "pdf")]
mod pdf;
mod rtf;
mod srt;
mod txt;
mod vtt;
mod xlsx;

pub use archive::RESAVE;
pub use completeness::{Dropped, Loss};
pub use decode::{Decoded, decode};
pub use filled::cells;
pub use limits::{Limits, MIB, Override, THREADS};
pub use mapping::{Field, Mapping, Term};
pub use table::{HEADINGS, Table};

use crate::diagnostic::{Diagnostic, Result, fault, suggestions};
use crate::document::{Draft, Role};
use crate::strand::SourceKind;
use std::path::Path;

/// A file to be read.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// File name as given, for its extension only.
    pub name: &'a str,
    pub bytes: &'a [u8],
    pub kind: SourceKind,
    /// Columns of a table; absent: guessed from the headings.
    pub mapping: Option<&'a Mapping>,
    /// Key of a format, where the extension is not to be trusted.
    pub format: Option<&'a str>,
    /// Sheet of a workbook; absent: the first that holds words.
    pub sheet: Option<&'a str>,
    /// Roles by speaker label, whatever its case; they win over what is guessed.
    pub roles: &'a [(String, Role)],
    /// What reading it may cost.
    pub limits: Limits,
}

/// What was read, and what a person should know about the reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported<D = Draft> {
    pub draft: D,
    /// What stands in the file and not in the text.
    pub dropped: Vec<Dropped>,
    pub warnings: Vec<Diagnostic>,
}

/// One format.
pub trait Importer: Sync {
    /// As in [`Draft::format`].
    fn key(&self) -> &'static str;
    /// In lower case, without the dot.
    fn extensions(&self) -> &'static [&'static str];
    /// It is a workbook: a sheet can be named.
    fn has_sheets(&self) -> bool {
        false
    }
    fn read(&self, request: &Request) -> Result<Imported>;
}

/// Every format this version reads.
pub static IMPORTERS: &[&dyn Importer] = &[
    &txt::Txt,
    &md::Markdown,
    &docx::Docx,
    &odt::Odt,
    &rtf::Rtf,
    #[cfg(feature = "pdf")]
    &pdf::Pdf,
    &html::Html,
    &epub::Epub,
    &vtt::Vtt,
    &srt::Srt,
    &exb::Exb,
    &machine::Machine,
    &delimited::CSV,
    &delimited::TSV,
    &xlsx::Excel,
    &ods::OpenSheet,
];

/// Formats that are nothing but text: reading them cannot blow up, and needs no process of its own.
const PLAIN: &[&str] = &["txt", "md", "vtt", "srt", "csv", "tsv"];

/// Whether files of this format are read in a process of their own.
pub fn is_foreign(format: &str) -> bool {
    !PLAIN.contains(&format)
}

static DELIMITED: &[&delimited::Delimited] = &[&delimited::CSV, &delimited::TSV];

/// Picks the importer by forced key, extension and content, and reads.
///
/// Faults: `unknown-format`, `empty-file`, `not-text`, `wrong-format` and those of the formats.
pub fn read(request: &Request) -> Result<Imported> {
    if request.bytes.is_empty() {
        return Err(decode::empty());
    }
    let importer = importer(request)?;
    check_sheet(importer, request)?;
    importer.read(request)
}

/// A sheet is named only where there are sheets.
fn check_sheet(importer: &dyn Importer, request: &Request) -> Result<()> {
    match request.sheet {
        Some(sheet) if !importer.has_sheets() => {
            Err(fault("no-sheets", format!("a {} file has no sheets, and so no '{sheet}'", importer.key()))
                .hint("name a sheet for workbooks alone (xlsx, ods)"))
        }
        _ => Ok(()),
    }
}

/// Looks over a delimited table without holding it; `None` where the request is for another format, which
/// [`read`] takes whole. `request.bytes` is not asked.
///
/// Faults: as [`read`].
pub fn on_disk(request: &Request, path: &Path) -> Option<Result<Imported<Table<'static>>>> {
    let extension = extension(request.name);
    let is_meant = |one: &&&delimited::Delimited| match request.format {
        Some(key) => one.key() == key,
        None => one.extensions().contains(&extension.as_str()),
    };
    let found = DELIMITED.iter().find(is_meant)?;
    let sheet = check_sheet(*found, request);
    Some(sheet.and_then(|()| found.table(Box::new(path.to_owned()), request)))
}

/// The format a request is read as.
pub fn importer(request: &Request) -> Result<&'static dyn Importer> {
    if let Some(key) = request.format {
        return by_key(key);
    }
    let extension = extension(request.name);
    match by_extension(&extension) {
        Some(found) if found.key() == "txt" && request.bytes.starts_with(b"WEBVTT") => by_key("vtt"),
        Some(found) => Ok(found),
        None => foreign::by_content(request.bytes, &extension),
    }
}

/// The format that a name promises, before the file is opened.
pub fn format_of_name(name: &str) -> Option<&'static str> {
    by_extension(&extension(name)).map(Importer::key)
}

/// The format's key as the tool itself writes it. Fault `unknown-format`.
pub fn format_key(key: &str) -> Result<&'static str> {
    by_key(key).map(Importer::key)
}

fn by_extension(extension: &str) -> Option<&'static dyn Importer> {
    IMPORTERS.iter().copied().find(|one| one.extensions().contains(&extension))
}

fn by_key(key: &str) -> Result<&'static dyn Importer> {
    IMPORTERS.iter().copied().find(|one| one.key() == key).ok_or_else(|| {
        fault("unknown-format", format!("there is no format '{key}'"))
            .hints(suggestions(key, keys()))
            .hint(format!("it is one of: {}", keys().collect::<Vec<_>>().join(", ")))
    })
}

fn keys() -> impl Iterator<Item = &'static str> {
    IMPORTERS.iter().map(|one| one.key())
}

/// In lower case; empty where the name has none.
fn extension(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
mod alike;
#[cfg(test)]
mod recall;
#[cfg(test)]
mod tests;
