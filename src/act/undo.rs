//! Taking an act back, and taking that back again.

use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::history::{Fields, OpNote, Write};
use crate::id::Kind;
use crate::project::{Done, Project, UNAWARE};
use crate::round::{Round, Stage};
use crate::vote::Ballot;
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
            for note in taken_back(project, &all[next]) {
                refuse_purge(&note)?;
                refuse_destroyed(project, &note)?;
                refuse_forgotten(project, &note)?;
                refuse_fixed(project, &note)?;
                refuse_sent(project, &note)?;
            }
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

/// What goes with an operation: itself, and where it is a redo what that brought back.
fn taken_back(project: &Project, note: &Rc<OpNote>) -> Vec<Rc<OpNote>> {
    let held = |ids: &[crate::id::Id]| ids.iter().filter_map(|id| project.state().note(*id)).collect::<Vec<_>>();
    let brought_back = held(&note.undid).into_iter().flat_map(|undo| held(&undo.undid));
    std::iter::once(Rc::clone(note)).chain(brought_back).collect()
}

/// Papers that were sent are kept for ever. Fault `papers-sent`.
fn refuse_sent(project: &Project, note: &OpNote) -> Result<()> {
    for id in &note.wrote {
        let Some(meeting) = project.state().entity(*id).filter(|one| one.kind == Kind::Meeting) else { continue };
        let mut own = meeting.active_writes().filter(|write| write.op == note.place).map(Write::fields);
        if own.any(|fields| fields.keys().any(|field| field.starts_with("issued:"))) {
            let label = project.label(*id);
            let said = format!("papers of {label} were sent with it, and what was sent is kept for ever");
            return Err(fault("papers-sent", said)
                .hint(format!("send corrected papers beside it: realist meeting issue {label}"))
                .hint("an earlier act is undone by name: realist undo OPERATION (see `realist log`)"));
        }
    }
    Ok(())
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

/// What a round was asked with stands once it was answered, and all of it once it was closed: figures may have been seen,
/// decided upon or sent since. Faults: `round-closed`, `round-answered`.
fn refuse_fixed(project: &Project, note: &OpNote) -> Result<()> {
    for id in &note.wrote {
        let Some(entity) = project.state().entity(*id) else { continue };
        let round = match entity.kind {
            Kind::Round => Some(*id),
            Kind::Ballot => project.state().get::<Ballot>(*id).map(|ballot| ballot.round),
            _ => None,
        };
        let Some(round) = round.and_then(|id| project.state().get::<Round>(id)) else { continue };
        let is_fixed =
            |field: &String| ["terms", "opened", "closed"].contains(&field.as_str()) || field.starts_with("admitted:");
        let mut own = entity.active_writes().filter(|write| write.op == note.place).map(Write::fields);
        let touches = entity.kind == Kind::Ballot || own.any(|fields| fields.keys().any(is_fixed));
        let is_answered = || !project.state().about::<Ballot>(round.id).is_empty();
        let label = project.label(round.id);
        let refused = match round.stage() {
            Stage::Closed if touches => fault("round-closed", format!("{label} was closed, and is not opened again")),
            Stage::Open if touches && entity.kind == Kind::Round && is_answered() => {
                fault("round-answered", format!("{label} holds ballots: what it asks and who is asked stand"))
            }
            _ => continue,
        };
        return Err(refused.hint(format!("ask anew in a round of its own: realist round amend {label} --why \"...\"")));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::desk::Desk;
    use crate::act::{panel, round};
    use crate::check;
    use crate::round::Way;

    #[test]
    fn a_closing_stands_and_one_that_an_older_version_took_back_is_named() {
        let mut desk = Desk::new();
        let project = &mut desk.project;
        panel::add(project, "Panel", None).unwrap();
        let wish = panel::Wish { group: "gps".to_owned(), tokens: Vec::new(), people: Some(3), interests: None };
        panel::add_members(project, "N1.gj", &[wish]).unwrap();
        panel::invite(project, "N1.gj", &[], None).unwrap();
        let wish = round::Wish {
            way: Way::Delphi,
            name: None,
            items: vec!["One".to_owned()],
            scale: None,
            rule: round::Asked::default(),
            after: None,
        };
        round::add(project, "N1.gj", &wish).unwrap();
        round::open(project, "R1.gj").unwrap();
        // Nobody has answered: an opening by mistake is taken back.
        undo(project, None, false).unwrap();
        round::open(project, "R1.gj").unwrap();
        round::close(project, "R1.gj").unwrap();
        assert_eq!(undo(project, None, false).unwrap_err().0.code, "round-closed");
        let opening = project.state().notes().iter().rev().find(|note| &*note.act == "round open").unwrap().short();
        assert_eq!(undo(project, Some(&opening), true).unwrap_err().0.code, "round-closed");
        let named = |project: &Project| {
            let found = check::run(project, false).unwrap();
            found.iter().flat_map(|rule| &rule.diagnostics).any(|one| one.code == "opened-again")
        };
        assert!(!named(project), "an opening that nobody answered may be taken back");

        let closing = project.state().notes().last().unwrap().id();
        let take_back = |batch: &mut crate::project::Batch<'_>| {
            batch.undo(closing);
            Ok(())
        };
        project.write("undo", true, take_back).unwrap();
        assert!(named(project));
        round::close(project, "R1.gj").unwrap();
        let notes = round::count(project, "R1.gj").unwrap().notes;
        assert!(notes.iter().any(|one| one.message.contains("closing of R1.gj by gj")), "{notes:?}");
    }
}
