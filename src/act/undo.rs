//! Taking an act back, and taking that back again.

use crate::diagnostic::{Result, fault};
use crate::history::OpNote;
use crate::id::Id;
use crate::project::{Done, Project};

/// What an undo did, for people.
#[derive(Debug, Clone)]
pub struct Undone {
    /// Act and time of each operation taken back.
    pub acts: Vec<String>,
}

/// Takes back the coder's last act that still stands, or the one named by the start of its id.
/// Refused with a list when later acts rest on it, unless `cascade`.
pub fn undo(project: &mut Project, operation: Option<&str>, cascade: bool) -> Result<Done<Undone>> {
    project.write("undo", true, |batch| {
        let project = batch.project();
        let notes = project.state().notes();
        let at = match operation {
            Some(typed) => named(notes, typed)?,
            None => last_own(notes, batch.coder())?,
        };
        let mut all = vec![at];
        let mut next = 0;
        while next < all.len() {
            refuse_purge(&notes[all[next]])?;
            for dependant in project.state().dependants(all[next]) {
                if !all.contains(&dependant) {
                    all.push(dependant);
                }
            }
            next += 1;
        }
        if all.len() > 1 && !cascade {
            return Err(refusal(notes, &all));
        }
        all.sort_unstable();
        let acts = all.iter().rev().map(|at| described(&notes[*at])).collect();
        let ids: Vec<Id> = all.iter().map(|at| notes[*at].id).collect();
        for id in ids {
            batch.undo(id);
        }
        Ok(Undone { acts })
    })
}

/// Takes back the coder's last undo.
pub fn redo(project: &mut Project) -> Result<Done<Undone>> {
    project.write("redo", true, |batch| {
        let notes = batch.project().state().notes();
        let mut own = notes.iter().rev().filter(|note| note.by == batch.coder() && !note.undone);
        // Redo after redo goes on with the undo before; any other act in between ends the way back.
        let undo =
            own.by_ref().take_while(|note| note.act == "undo" || note.act == "redo").find(|note| note.act == "undo");
        let Some(undo) = undo else {
            return Err(fault("nothing-to-redo", "your last act was no undo").hint("see `realist log`"));
        };
        let taken_back: Vec<String> =
            notes.iter().filter(|note| undo.undid.contains(&note.id)).map(described).collect();
        let id = undo.id;
        batch.undo(id);
        Ok(Undone { acts: taken_back })
    })
}

fn named(notes: &[OpNote], typed: &str) -> Result<usize> {
    let fits: Vec<usize> = (0..notes.len())
        .filter(|at| short(&notes[*at]).starts_with(typed) || notes[*at].id.to_string() == typed)
        .collect();
    match fits.as_slice() {
        [one] if notes[*one].undone => {
            Err(fault("already-undone", format!("{} is undone already", described(&notes[*one]))))
        }
        [one] => Ok(*one),
        [] => {
            Err(fault("unknown-operation", format!("no operation is called '{typed}'"))
                .hint("list them with: realist log"))
        }
        many => Err(fault("ambiguous-operation", format!("{} operations begin with '{typed}'", many.len()))
            .hint("type more of it")),
    }
}

fn last_own(notes: &[OpNote], coder: &str) -> Result<usize> {
    let own = |note: &&OpNote| note.by == coder && !note.undone && note.undid.is_empty();
    let at = notes.iter().rposition(|note| own(&note));
    at.ok_or_else(|| {
        fault("nothing-to-undo", format!("{coder} has done nothing here that can be undone"))
            .hint("an act of somebody else is undone by name: realist undo OPERATION (see `realist log`)")
    })
}

fn refuse_purge(note: &OpNote) -> Result<()> {
    if note.purged.is_empty() {
        return Ok(());
    }
    Err(fault("purge-is-final", "a purge cannot be undone: the words are gone")
        .hint("an earlier act is undone by name: realist undo OPERATION (see `realist log`)"))
}

fn refusal(notes: &[OpNote], all: &[usize]) -> crate::diagnostic::Fault {
    let later = &all[1..];
    let list = later.iter().take(8).map(|at| described(&notes[*at]));
    let more = later.len().saturating_sub(8);
    let fault =
        fault("others-rest-on-it", format!("{} later acts rest on '{}'", later.len(), described(&notes[all[0]])))
            .hints(list);
    let fault = if more > 0 { fault.hint(format!("… and {more} more")) } else { fault };
    fault.hint("take them back as well with --cascade")
}

/// The end of an operation's id, which is what `log` shows: the start of a UUIDv7 is its time.
pub fn short(note: &OpNote) -> String {
    let id = note.id.to_string();
    id[id.len() - 8..].to_owned()
}

/// `code add by gj, 2026-03-01T10:00:00Z (4f3a9c21)`.
pub fn described(note: &OpNote) -> String {
    format!("{} by {}, {} ({})", note.act, note.by, note.time, short(note))
}
