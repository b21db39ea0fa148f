//! Codebooks of other programs and of spreadsheets: bytes become an [`Outline`]. One file a format; `table`
//! serves csv and xlsx, `element` is XML with its lines. What a file has wrong is said with its line, and
//! what can be read of it is read all the same.

mod element;
mod md;
mod qdc;
mod table;
mod toml;

use super::{Limits, MIB, workbook, xlsx};
use crate::codebook::Outline;
use crate::diagnostic::{Diagnostic, Place, Result, fault};

crate::vocabulary! {
    /// Formats that codebooks are read from and written to.
    pub enum Format "format of codebooks" {
        Csv "csv",
        Xlsx "xlsx",
        Qdc "qdc",
        Md "md",
        Toml "toml",
    }
}

impl Format {
    /// By the ending of a file's name. Fault `unknown-format`.
    pub fn of_name(name: &str) -> Result<Self> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        let by_name = match ending.as_str() {
            "xlsm" => Some(Format::Xlsx),
            "markdown" => Some(Format::Md),
            other => Format::ALL.iter().copied().find(|format| format.word() == other),
        };
        by_name.ok_or_else(|| {
            let words: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
            fault("unknown-format", format!("files ending in .{ending} hold no codebook that is read"))
                .hint(format!("formats read and written: {}", words.join(", ")))
        })
    }

    /// Its reader runs in a process of its own.
    pub fn is_foreign(self) -> bool {
        matches!(self, Format::Xlsx | Format::Qdc)
    }
}

/// A codebook as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Read {
    pub outline: Outline,
    /// What is against the format's own rules.
    pub invalid: Vec<Diagnostic>,
    /// What else a person should know.
    pub notes: Vec<Diagnostic>,
}

/// Reads a codebook.
///
/// Faults: `unsafe-file`, `damaged-file`, `wrong-format`, `empty-file`, `bad-table`, `no-codes`.
pub fn read(format: Format, bytes: &[u8], limits: &Limits) -> Result<Read> {
    let mut read = match format {
        Format::Csv => table::delimited(bytes)?,
        Format::Xlsx => {
            let fits = |headings: &[String]| table::fits(headings);
            let (records, first, note) = workbook::fitting(&mut xlsx::open(bytes, limits)?.0, &fits)?;
            let mut read = table::outline(records.as_ref(), first, |text| text)?;
            read.notes.extend(note);
            read
        }
        Format::Qdc => qdc::read(&super::decode(bytes)?.text, limits)?,
        Format::Md => md::read(&super::decode(bytes)?.text),
        Format::Toml => toml::read(&super::decode(bytes)?.text)?,
    };
    read.outline.settle_parents();
    if read.outline.entries.is_empty() {
        return Err(fault("no-codes", "no code was found in it").hint(match format {
            Format::Csv | Format::Xlsx => "a table has a row a code, and a column 'name'",
            Format::Md => "a code is a heading of the second level or below: ## Trust",
            Format::Toml => "a code is a table: [[code]] and below it name = \"Trust\"",
            Format::Qdc => "export the codebook again from the program it was made with",
        }));
    }
    Ok(read)
}

/// Most of what a codebook may weigh: names and definitions, not documents.
pub fn limits() -> Limits {
    let usual = Limits::of("xlsx");
    Limits { file: 16, unpacked: 64.min(usual.unpacked), part: 64.min(usual.part), ..usual }
}

/// Refuses a file larger than a codebook may be. Fault `too-large`.
pub fn check_size(bytes: u64, limits: &Limits) -> Result<()> {
    if bytes <= limits.file * MIB {
        return Ok(());
    }
    Err(fault("too-large", format!("the file has {} MB: a codebook has {} at most", bytes.div_ceil(MIB), limits.file))
        .hint("is it a project? export the codebook alone"))
}

/// A line of a file that something is to be said of.
fn at(line: usize) -> Place {
    Place { line: Some(line), ..Place::default() }
}

fn noted(line: usize, what: impl Into<String>) -> Diagnostic {
    Diagnostic::warning("left-out", what).at(at(line))
}
