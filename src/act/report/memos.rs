//! The memos that their authors marked for the supplement of a paper.

use crate::check::words::{Comparison, units};
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Id;
use crate::memo::{Access, Memo};
use crate::project::Project;
use crate::report::memos::Note;
use std::collections::BTreeSet;

/// In the order of their labels; what cannot be read is left out.
pub(super) fn gather(project: &Project) -> Result<Vec<Note>> {
    let marked = project.state().in_order::<Memo>().into_iter().filter(|memo| memo.access == Access::Supplement);
    let readable = marked.filter_map(|memo| project.unseal_text(&memo.text).map(|text| (memo, text)));
    let mut notes: Vec<Note> = readable
        .map(|(memo, text)| Note {
            memo: memo.id,
            about: memo.about.or(memo.anchor.map(|anchor| anchor.document)),
            text,
            author: memo.author,
            repeats: false,
        })
        .collect();
    let repeating = repeating(project, &notes)?;
    notes.iter_mut().enumerate().for_each(|(at, note)| note.repeats = repeating.contains(&at));
    Ok(notes)
}

/// Those that hold eight or more words in a row of what somebody said to the team.
fn repeating(project: &Project, notes: &[Note]) -> Result<BTreeSet<usize>> {
    if notes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut comparison: Comparison<Id> = Comparison::new(notes.iter().map(|note| note.text.as_str()));
    for document in project.state().all::<Document>().iter().filter(|one| one.kind.is_own_data() && !one.purged) {
        for (number, speech) in units(project, document)? {
            comparison.read_words(document.id, number, &speech);
        }
    }
    Ok(comparison.found.keys().map(|(at, _)| *at).collect())
}
