//! Taking an act back, and taking that back again.

use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::history::{Fields, OpNote, Write};
use crate::id::Kind;
use crate::project::{Done, Project, UNAWARE};
use std::rc::Rc;

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
        let mut notes = project.state().notes();
        notes.retain(|note| !project.state().hides_operation(note));
        let first = match operation {
            Some(typed) => named(&notes, typed)?,
            None => last_own(&notes, batch.coder())?,
        };
        let mut all = vec![first];
        let mut next = 0;
        while next < all.len() {
            refuse_purge(&all[next])?;
            refuse_destroyed(project, &all[next])?;
            refuse_forgotten(project, &all[next])?;
            for dependant in project.state().dependants(&all[next]) {
                if !all.contains(&dependant) {
                    all.push(dependant);
                }
            }
            next += 1;
        }
        if all.len() > 1 && !cascade {
            return Err(refusal(project, &all));
        }
        all.sort_by(|a, b| a.place.cmp(&b.place));
        for note in &all {
            batch.undo(note.id());
        }
        Ok(Undone { acts: all.iter().rev().map(|note| told(project, note)).collect() })
    })
}

/// Takes back the coder's last undo.
pub fn redo(project: &mut Project) -> Result<Done<Undone>> {
    project.write("redo", true, |batch| {
        let notes = batch.project().state().notes();
        let mut own = notes.iter().rev().filter(|note| &*note.by == batch.coder() && !note.undone);
        // Redo after redo goes on with the undo before; any other act in between ends the way back.
        let undo =
            own.by_ref().take_while(|note| ["undo", "redo"].contains(&&*note.act)).find(|note| &*note.act == "undo");
        let Some(undo) = undo else {
            return Err(fault("nothing-to-redo", "your last act was no undo").hint("see `realist log`"));
        };
        let held = undo.undid.iter().filter_map(|id| batch.project().state().note(*id));
        let taken_back: Vec<String> = held.map(|note| described(&note)).collect();
        let id = undo.id();
        batch.undo(id);
        Ok(Undone { acts: taken_back })
    })
}

fn named(notes: &[Rc<OpNote>], typed: &str) -> Result<Rc<OpNote>> {
    let fits: Vec<&Rc<OpNote>> =
        notes.iter().filter(|note| note.short().starts_with(typed) || note.id().to_string() == typed).collect();
    match fits.as_slice() {
        [one] if one.undone => Err(fault("already-undone", format!("{} is undone already", described(one)))),
        [one] => Ok(Rc::clone(one)),
        [] => {
            Err(fault("unknown-operation", format!("no operation is called '{typed}'"))
                .hint("list them with: realist log"))
        }
        many => Err(fault("ambiguous-operation", format!("{} operations begin with '{typed}'", many.len()))
            .hint("type more of it")),
    }
}

fn last_own(notes: &[Rc<OpNote>], coder: &str) -> Result<Rc<OpNote>> {
    // What a withdrawal demanded of this machine is nobody's act.
    let own = |note: &&Rc<OpNote>| &*note.by == coder && !note.undone && note.undid.is_empty() && &*note.act != UNAWARE;
    notes.iter().rev().find(own).map(Rc::clone).ok_or_else(|| {
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

/// What a memo said before it was edited or removed was destroyed.
fn refuse_forgotten(project: &Project, note: &OpNote) -> Result<()> {
    for id in &note.wrote {
        let Some(memo) = project.state().entity(*id).filter(|one| one.kind == Kind::Memo) else { continue };
        let mut own = memo.active_writes().filter(|write| write.op == note.place).map(Write::fields);
        let changes = |fields: &Fields| {
            let made = fields.contains_key("anchor") || fields.contains_key("about");
            fields.contains_key("gone") || (fields.contains_key("text") && !made)
        };
        if own.any(|fields| changes(&fields)) {
            let said = format!("what {} said before was destroyed", project.label(*id));
            return Err(fault("text-destroyed", said).hint("write it anew: realist memo add"));
        }
    }
    Ok(())
}

/// A text that somebody was taken out of later cannot give way to the one before: that is destroyed.
fn refuse_destroyed(project: &Project, note: &OpNote) -> Result<()> {
    for document in note.wrote.iter().filter_map(|id| project.state().get::<Document>(*id)) {
        let Some(entity) = project.state().entity(document.id).filter(|_| document.is_cut()) else { continue };
        let mut own = entity.active_writes().filter(|write| write.op == note.place);
        if own.any(|write| write.fields().contains_key("version")) {
            let label = project.label(document.id);
            return Err(fault(
                "text-destroyed",
                format!("the text of {label} from before it went with somebody who withdrew"),
            )
            .hint(
                "its text stays as it is; an earlier act is undone by name: realist undo OPERATION (see `realist log`)",
            ));
        }
    }
    Ok(())
}

/// As it is described to this desk: of what an open pass hides, nothing.
fn told(project: &Project, note: &OpNote) -> String {
    if project.state().hides_operation(note) { "an operation of an open pass".to_owned() } else { described(note) }
}

fn refusal(project: &Project, all: &[Rc<OpNote>]) -> crate::diagnostic::Fault {
    let later = &all[1..];
    let list = later.iter().take(8).map(|note| told(project, note));
    let more = later.len().saturating_sub(8);
    let fault =
        fault("others-rest-on-it", format!("{} later acts rest on '{}'", later.len(), described(&all[0]))).hints(list);
    let fault = if more > 0 { fault.hint(format!("… and {more} more")) } else { fault };
    fault.hint("take them back as well with --cascade")
}

/// `code add by gj, 2026-03-01T10:00:00Z (4f3a9c21)`.
pub fn described(note: &OpNote) -> String {
    format!("{} by {}, {} ({})", note.act, note.by, note.time, note.short())
}
