//! All codings at once, document by document, as queries and matrices need them.
//!
//! From the fold a million codings are a million records of JSON. Here they lie in one file of the cache, beside the
//! snapshot, made from that snapshot and named after it. What is newer than the snapshot is in memory anyway and is
//! laid over what the file says; where there is no snapshot the journal is small, and nothing is kept. The file says
//! what is coded and by whom, not who may see it: whoever reads it asks that.

mod draft;
mod sheet;

pub use sheet::{Coded, Sheet, Standing, Stretch};

use super::Project;
use crate::coding::Coding;
use crate::disk;
use crate::history::OpNote;
use crate::id::{Id, Kind};
use crate::shelf::{Builder, Damaged, Shelf};
use draft::{Draft, Tables};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::path::PathBuf;

/// Rows of the file, by document.
mod row {
    pub const SHEETS: usize = 0;
    pub const STANDINGS: usize = 1;
}

/// What a file was made of.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Note {
    maker: String,
    base: [u8; 16],
    tables: Tables,
}

fn maker() -> String {
    format!("{} codings 2", env!("CARGO_PKG_VERSION"))
}

/// The codings of some documents. Codes, coders and text versions stand in the sheets as places in these lists.
#[derive(Debug, Default)]
pub struct Codings {
    pub codes: Vec<Id>,
    /// Tags.
    pub coders: Vec<String>,
    pub versions: Vec<String>,
    /// In the order in which the documents were named.
    pub sheets: Vec<Sheet>,
    shelf: Option<Shelf>,
    newer: BTreeMap<Id, BTreeMap<Id, Standing>>,
}

impl Project {
    /// The codings of these documents that are here.
    pub fn codings(&self, documents: &[Id]) -> Codings {
        let kept = self.kept_codings().and_then(|(shelf, tables)| self.read_codings(shelf, tables, documents).ok());
        if let Some(codings) = kept {
            return codings;
        }
        let read = match self.make_codings() {
            Some((shelf, tables)) => self.read_codings(Some(shelf), tables, documents),
            None => self.read_codings(None, Tables::default(), documents),
        };
        read.unwrap_or_else(|Damaged| unreachable!("memory is not damaged"))
    }

    fn codings_file(&self) -> PathBuf {
        self.snapshot_folder().join("codings.shelf")
    }

    /// The file, where it was made from the snapshot of this state; no file where there is no snapshot.
    fn kept_codings(&self) -> Option<(Option<Shelf>, Tables)> {
        let Some(base) = self.state.base() else { return Some((None, Tables::default())) };
        let shelf = Shelf::open(Box::new(disk::Pages::open(&self.codings_file()).ok()?)).ok()?;
        let note: Note = postcard::from_bytes(shelf.note()).ok()?;
        (note.maker == maker() && note.base == base).then_some((Some(shelf), note.tables))
    }

    /// Reads the snapshot through and keeps its codings; `None` where all is in memory.
    fn make_codings(&self) -> Option<(Shelf, Tables)> {
        let base = self.state.base()?;
        let (mut days, mut draft) = (HashMap::new(), Draft::default());
        let day_of = |days: &HashMap<Id, Option<Date>>, op| days.get(&op).copied().flatten();
        let mut note_day = |note: &OpNote| {
            days.insert(note.id(), draft::day(&note.time));
        };
        let whole = self.state.each_note_below(&mut note_day)
            && self.state.each_below(Kind::Coding, |id, entity| draft.put(id, entity, |op| day_of(&days, op)));
        if !whole {
            return None;
        }
        let (sheets, tables) = draft.finish();
        let note = Note { maker: maker(), base, tables };
        let bytes = written(&sheets, &note).ok()?;
        let path = self.codings_file();
        // Without it everything is right, only slower.
        let _ = disk::make_private_folder(&self.snapshot_folder()).and_then(|()| disk::replace_unsynced(&path, &bytes));
        Some((Shelf::open(Box::new(bytes)).ok()?, note.tables))
    }

    fn read_codings(&self, shelf: Option<Shelf>, tables: Tables, documents: &[Id]) -> Result<Codings, Damaged> {
        let mut draft = Draft::beside(tables);
        // Of these the snapshot's word does not count: they are not to be seen, or something newer is in memory.
        let mut hidden: HashSet<Id> = self.state.covered().collect();
        for (id, entity) in self.state.above(Kind::Coding) {
            if hidden.insert(id) {
                draft.put(id, &entity, |op| draft::day(&self.state.note(op)?.time));
            }
        }
        let (newer, Tables { codes, coders, versions }) = draft.finish();
        let sheet_of = |document: &Id| -> Result<Sheet, Damaged> {
            let held = shelf.as_ref().map_or(Ok(None), |shelf| shelf.get(row::SHEETS, document.as_bytes()))?;
            let held: Sheet = held.map_or(Ok(Sheet::default()), |bytes| decode(&bytes))?;
            Ok(held.under(&hidden, newer.get(document).map(|(sheet, _)| sheet)))
        };
        let sheets = documents.iter().map(sheet_of).collect::<Result<_, _>>()?;
        let newer = newer.into_iter().map(|(document, (_, standings))| (document, standings)).collect();
        Ok(Codings { codes, coders, versions, sheets, shelf, newer })
    }

    /// Where each coding of a document was set, by coding; more may be there than the document's sheet names.
    pub fn standings(&self, codings: &Codings, document: Id) -> BTreeMap<Id, Standing> {
        let newer = codings.newer.get(&document).cloned().unwrap_or_default();
        let held = codings.shelf.as_ref().map_or(Ok(None), |shelf| shelf.get(row::STANDINGS, document.as_bytes()));
        let held = held.and_then(|bytes| bytes.map_or(Ok(BTreeMap::new()), |bytes| decode(&bytes)));
        let mut all: BTreeMap<Id, Standing> = held.unwrap_or_else(|Damaged| {
            // Made again when it is next needed.
            let _ = disk::remove(&self.codings_file());
            let all = self.state.all::<Coding>().into_iter().filter(|coding| coding.anchor.document == document);
            all.map(|coding| (coding.id, Standing::of(coding.anchor))).collect()
        });
        all.extend(newer);
        all
    }
}

fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, Damaged> {
    postcard::from_bytes(bytes).map_err(|_| Damaged)
}

fn written(sheets: &BTreeMap<Id, (Sheet, BTreeMap<Id, Standing>)>, note: &Note) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut builder = Builder::new(&mut bytes)?;
    let encoded = |value: Result<Vec<u8>, postcard::Error>| value.map_err(io::Error::other);
    builder.row()?;
    for (document, (sheet, _)) in sheets {
        builder.push(document.as_bytes(), &encoded(postcard::to_allocvec(sheet))?)?;
    }
    builder.row()?;
    for (document, (_, standings)) in sheets {
        builder.push(document.as_bytes(), &encoded(postcard::to_allocvec(standings))?)?;
    }
    builder.finish(encoded(postcard::to_allocvec(note))?)?;
    Ok(bytes)
}
