//! Reads the files that an import names, each within the limits of its format.
//!
//! Tables of lines are read off the disk a row at a time, whatever their size; all else is held whole and
//! goes by way of [`Extractor`].

use super::Wanted;
use super::library::Asked;
use super::taken_as::{self, As};
use crate::diagnostic::{Diagnostic, Fault, Result, fault};
use crate::document::Document;
use crate::extract::{self, Extractor, Received};
use crate::import::facesheet::Sheet;
use crate::import::references::{About, Library, REFERENCES};
use crate::import::{self, HEADINGS, Imported, Limits, Mapping, Override, Request};
use crate::manuscript::Manuscript;
use crate::project::Project;
use crate::strand::SourceKind;
use std::path::Path;
use std::rc::Rc;

/// A document as read: held whole, or a table whose rows stay on the disk.
pub type Read = Imported<Box<dyn Manuscript>>;

/// What was read of a file.
pub enum Reading {
    Document(Read),
    Library(Library),
    Facesheet(Sheet),
}

/// Reads a document off the disk; the request's own bytes are not asked.
///
/// Faults: those of [`Extractor::read`] and of the disk.
pub fn read_document(extractor: &mut Extractor, request: &Request, path: &Path) -> Result<Read> {
    if let Some(table) = import::on_disk(request, path) {
        let Imported { draft, dropped, warnings } = table?;
        return Ok(Imported { draft: Box::new(draft), dropped, warnings });
    }
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    let Imported { draft, dropped, warnings } = extractor.read(&Request { bytes: &bytes, ..*request })?;
    Ok(Imported { draft: Box::new(draft), dropped, warnings })
}

/// Reads the files of one command.
pub struct Reader<'w> {
    wanted: &'w Wanted,
    /// The same for lists of references, of which another kind may be meant.
    for_lists: Wanted,
    /// The settings' limits, then the command's.
    limits: Vec<Override>,
    extractor: Extractor,
    /// The last said first; looked up when the first table is read that nobody says more of.
    stored: Option<Rc<[Stored]>>,
}

/// How a person said that a table is to be read, for the next one with these headings.
struct Stored {
    /// Label of the document.
    of: String,
    mapping: Mapping,
    headings: String,
}

impl Stored {
    /// Of tables of this kind, the last one said first: it stands.
    fn all(project: &Project, kind: SourceKind) -> Result<Vec<Self>> {
        let mut stored: Vec<Self> = Vec::new();
        let documents = project.state().all::<Document>().into_iter().rev();
        for document in
            documents.filter(|one| one.kind == kind && !one.purged && taken_as::is_table("", Some(&one.format)))
        {
            let Some(header) = project.header(&document)? else { continue };
            let (Some(mapping), Some(headings)) = (header.particulars.get("mapping"), header.particulars.get(HEADINGS))
            else {
                continue;
            };
            let mapping = Mapping::parse(std::slice::from_ref(mapping))?;
            if !stored.iter().any(|one| one.mapping == mapping && one.headings == *headings) {
                stored.push(Stored { of: project.label(document.id), mapping, headings: headings.clone() });
            }
        }
        Ok(stored)
    }
}

impl<'w> Reader<'w> {
    /// Faults: `unknown-limit`, `bad-limit`, `unknown-format`.
    pub fn new(project: &Project, wanted: &'w Wanted, lists: SourceKind) -> Result<Self> {
        let mut limits = overrides(project)?;
        limits.extend(wanted.limits.iter().cloned());
        Limits::with("", &limits)?;
        let extractor = Extractor::new(project.surroundings().extractor.as_deref());
        let for_lists = Wanted { kind: lists, ..wanted.clone() };
        Ok(Reader { wanted, for_lists, limits, extractor, stored: None })
    }

    /// What was asked for, as far as it is about lists of references.
    pub fn for_lists(&self) -> &Wanted {
        &self.for_lists
    }

    /// What was asked for.
    pub fn wanted(&self) -> &'w Wanted {
        self.wanted
    }

    /// Whatever the file holds.
    pub fn read(&mut self, project: &Project, path: &Path) -> Result<Reading> {
        if self.is_library(path)? {
            let mut records = Vec::new();
            let about = self.references(path, &mut |record| {
                records.push(record);
                Ok(())
            })?;
            return Ok(Reading::Library(Library { about, records }));
        }
        self.admit(path)?;
        if let Some(sheet) = self.facesheet(path)? {
            return Ok(Reading::Facesheet(sheet));
        }
        self.document(project, path).map(Reading::Document)
    }

    /// Whether a file is a list of references. Faults: `not-a-file`, `own-data`, `foreign-library`, those of the disk.
    pub fn is_library(&mut self, path: &Path) -> Result<bool> {
        let Wanted { format, mapping, kind, taken_as, .. } = &self.for_lists;
        let bytes = size(path)?;
        let asked = Asked { format: format.as_deref(), is_mapped: mapping.is_some(), kind: *kind };
        if taken_as::is_library(&asked, *taken_as, path)? {
            return Ok(true);
        }
        let is_open = taken_as.is_none() && format.is_none() && mapping.is_none() && self.wanted.sheet.is_none();
        let is_book = ["xlsx", "ods"].contains(&import::format_of_name(name(path)).unwrap_or_default());
        if !is_open || !is_book || bytes > taken_as::LARGEST_BOOK {
            return Ok(false);
        }
        // What cannot be read at all fails as whatever it is.
        let Ok(read) = self.by(path, Some(&Mapping::all())) else { return Ok(false) };
        let is_library = import::references::are_references(&Sheet::of(read.draft.as_ref())?.headings);
        if is_library { asked_kind(self.for_lists.kind).map(|()| true) } else { Ok(false) }
    }

    /// What a list of references may cost. Faults: `unknown-limit`, `bad-limit`.
    pub fn reference_limits(&self) -> Result<Limits> {
        Limits::with(REFERENCES, &self.limits)
    }

    /// Reads a list of references; `take` is given each as it is read. Faults: those of
    /// [`Extractor::references`].
    pub fn references(&mut self, path: &Path, take: &mut Received) -> Result<About> {
        let format = self.wanted.format.as_deref().filter(|format| *format != REFERENCES);
        let limits = self.reference_limits()?;
        self.extractor.references(path, format, &limits, take)
    }

    /// The rows of a facesheet; `None` where the file is none. A table is taken for one where it can be
    /// nothing else.
    ///
    /// Faults: `not-a-table`, and those of [`read_document`].
    pub fn facesheet(&mut self, path: &Path) -> Result<Option<Sheet>> {
        let Wanted { taken_as, format, mapping, kind, .. } = self.wanted;
        let is_table = taken_as::is_table(name(path), format.as_deref());
        let is_guess = match taken_as {
            Some(As::Attributes) if !is_table => return Err(not_a_table()),
            Some(As::Attributes) => false,
            None if is_table && mapping.is_none() && size(path)? <= taken_as::LARGEST_GUESSED => true,
            _ => return Ok(None),
        };
        let read = self.by(path, Some(&Mapping::all()));
        let sheet = match read {
            // What cannot be read at all fails as whatever it is.
            Err(_) if is_guess => return Ok(None),
            read => Sheet::of(read?.draft.as_ref())?,
        };
        Ok((!is_guess || taken_as::is_facesheet(&sheet, *kind)).then_some(sheet))
    }

    /// Refuses a document that is too large. Faults: `not-a-file`, `too-large` and those of the disk.
    pub fn admit(&self, path: &Path) -> Result<()> {
        extract::check_size(size(path)?, &self.limits(path)?)
    }

    /// A document; a table by the columns that were told, or that were told of the last table with these
    /// headings, else by guess.
    ///
    /// Faults: `not-a-table`, those of [`read_document`] and of the headers of the tables that are in.
    pub fn document(&mut self, project: &Project, path: &Path) -> Result<Read> {
        let is_table = taken_as::is_table(name(path), self.wanted.format.as_deref());
        if self.wanted.taken_as == Some(As::Extract) && !is_table {
            return Err(not_a_table());
        }
        if is_table && self.wanted.mapping.is_none() && self.wanted.taken_as != Some(As::Document) {
            for Stored { of, mapping, headings } in self.stored(project)?.iter() {
                let Ok(mut read) = self.by(path, Some(mapping)) else { continue };
                if read.draft.header().particulars.get(HEADINGS) == Some(headings) {
                    let said = format!("the columns were read as those of {of}, a table with the same headings");
                    read.warnings.push(Diagnostic::note("mapping-stored", said).hint("say otherwise with --map"));
                    return Ok(read);
                }
            }
        }
        let mapping = self.wanted.mapping.as_ref();
        self.by(path, mapping)
    }

    fn stored(&mut self, project: &Project) -> Result<Rc<[Stored]>> {
        if let Some(stored) = &self.stored {
            return Ok(Rc::clone(stored));
        }
        let stored = Stored::all(project, self.wanted.kind)?;
        Ok(Rc::clone(self.stored.insert(stored.into())))
    }

    fn by(&mut self, path: &Path, mapping: Option<&Mapping>) -> Result<Read> {
        // A table to be read as prose is text like any other.
        let as_prose = self.wanted.taken_as == Some(As::Document)
            && ["csv", "tsv"].contains(&import::format_of_name(name(path)).unwrap_or_default());
        let request = Request {
            name: name(path),
            bytes: &[],
            kind: self.wanted.kind,
            mapping,
            format: self.wanted.format.as_deref().or(as_prose.then_some("txt")),
            sheet: self.wanted.sheet.as_deref(),
            roles: &self.wanted.roles,
            limits: self.limits(path)?,
        };
        read_document(&mut self.extractor, &request, path)
    }

    fn limits(&self, path: &Path) -> Result<Limits> {
        let format = self.wanted.format.as_deref().or_else(|| import::format_of_name(name(path)));
        Limits::with(format.unwrap_or_default(), &self.limits)
    }
}

/// Fault `own-data`.
fn asked_kind(kind: SourceKind) -> Result<()> {
    Asked { format: None, is_mapped: false, kind }.check_kind()
}

fn not_a_table() -> Fault {
    fault("not-a-table", "extracts and attributes are tables, and this is none")
        .hint("save it as .csv or .xlsx, or leave --as out")
}

/// Bytes of a file. Faults: `not-a-file` and those of the disk.
fn size(path: &Path) -> Result<u64> {
    let file = std::fs::metadata(path).map_err(|error| Fault::io("read", path, &error))?;
    if !file.is_file() {
        return Err(fault("not-a-file", "it is no file that could be read").hint("name a file or a folder of files"));
    }
    Ok(file.len())
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// What the project's settings say of limits. Faults `bad-limit`, `unknown-format`.
pub fn overrides(project: &Project) -> Result<Vec<Override>> {
    let limits = project.settings().limits.iter();
    let each = limits.flat_map(|(format, values)| values.iter().map(move |(name, value)| (format, name, *value)));
    each.map(|(format, name, value)| {
        let format = if format == "all" { None } else { Some(Override::format_key(format)?.to_owned()) };
        Ok(Override { format, name: name.clone(), value })
    })
    .collect::<Result<_>>()
    .map_err(|fault| fault.in_file(crate::project::SETTINGS_FILE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_table_starts_no_process_and_a_workbook_does() {
        const ROWS: usize = 200_000;
        let folder = tempfile::tempdir().unwrap();
        let mut extractor = Extractor::new(Some(Path::new("/no/such/program")));
        let mut read = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            crate::disk::replace(&path, bytes).unwrap();
            let (kind, limits) = (SourceKind::Grey, Limits::of("csv"));
            let (mapping, format, sheet) = (None, None, None);
            let request = Request { name, bytes: &[], kind, mapping, format, sheet, roles: &[], limits };
            read_document(&mut extractor, &request, &path).map(|read| read.draft.header().units)
        };
        let table = format!("Quote\n{}", "some words\n".repeat(ROWS));
        assert_eq!(read("t.csv", table.as_bytes()).unwrap(), ROWS);
        assert_eq!(read("t.xlsx", b"PK\x03\x04").unwrap_err().0.code, "cannot-start");
    }
}
