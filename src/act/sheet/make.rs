//! Making a sheet: one row a turn, paragraph or row of the document.

use super::cells::{Form, KEY, PASSAGE, SPEAKER, Sheet, TEXT, heading, shown};
use crate::act::{resolve, write::slots};
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::id::{Id, Kind};
use crate::project::Project;
use crate::text::words::on_one_line;

/// A sheet, ready to be written to a file.
#[derive(Debug)]
pub struct Made {
    pub document: String,
    pub rows: usize,
    pub bytes: Vec<u8>,
}

/// Names a row of a sheet: the document and the number of the unit, never the words.
pub(in crate::act) fn key(document: Id, n: usize) -> String {
    // A letter before it, or a spreadsheet takes some of them for numbers.
    format!("r{}", &blake3::hash(format!("{document}/{n}").as_bytes()).to_hex()[..12])
}

/// A sheet of a document's passages with empty columns for claims.
///
/// Faults: `purged`, `text-missing`, `too-large`.
pub fn make(project: &Project, document: &str, form: Form) -> Result<Made> {
    let id = resolve::find(project, Kind::Document, document)?;
    let document: Document = resolve::read(project, id)?;
    let label = project.label(id);
    if document.purged {
        return Err(fault("purged", format!("the text of {label} was destroyed on purpose")));
    }
    let slots = slots(project.settings().configuration);
    let mut headings = vec![PASSAGE.to_owned(), SPEAKER.to_owned(), TEXT.to_owned()];
    headings.extend(slots.iter().map(|slot| heading(*slot).to_owned()));
    headings.push(KEY.to_owned());
    let mut rows = Vec::new();
    for number in 0..document.shards() {
        let shard = project
            .shard(&document, &document.version, number)?
            .ok_or_else(|| fault("text-missing", format!("the text of {label} is not on this computer")))?;
        for unit in &shard.units {
            let text = shown(unit.speech_span().of(&shard.text).unwrap_or_default());
            if text.is_empty() {
                continue;
            }
            let speaker =
                Project::speaker_label(&shard.header, unit).map(|label| on_one_line(&label)).unwrap_or_default();
            let mut row = vec![format!("{label}/{}", unit.n), speaker, text];
            row.resize(headings.len() - 1, String::new());
            row.push(key(id, unit.n));
            rows.push(row);
        }
    }
    let count = rows.len();
    Ok(Made { document: label, rows: count, bytes: Sheet { headings, rows }.write(form)? })
}
