//! **fold**: what is in use is what the journal says.
//!
//! The journal is read and folded anew, and the outcome compared with what every command of this run
//! works on, thing by thing. What hands did to the codebooks is left out: the journal does not know it yet.

use super::{Looked, several};
use crate::diagnostic::{Diagnostic, Result};
use crate::history::{Hash, State};
use crate::id::Id;
use crate::journal;
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

pub(super) fn look(project: &Project, _: &Synthesis, looked: &mut Looked) -> Result<()> {
    let read = journal::read(&project.root().join("journal"), project.settings().project)?;
    let suffixes = read.streams.into_iter().filter_map(|(stream, header)| Some((stream, header.suffix?))).collect();
    let afresh = State::fold(read.operations, &suffixes);
    let in_use = project.state();
    let by_hand: BTreeSet<Id> = project.hand_edits().into_iter().map(|edit| edit.id).collect();
    let ids: BTreeSet<Id> = afresh.entities().chain(in_use.entities()).map(|(id, _)| id).collect();
    looked.counts = vec![(afresh.operations(), "operation"), (ids.len(), "thing")];
    let differs = |id: &Id| shown(&afresh, *id) != shown(in_use, *id);
    let differing: Vec<String> =
        ids.iter().filter(|id| !by_hand.contains(id) && differs(id)).map(|id| project.label(*id)).collect();
    let acts = |state: &State| -> BTreeSet<(Id, Hash, bool)> {
        let notes = state.notes().into_iter().filter(|note| note.is_journalled());
        notes.map(|note| (note.id(), note.hash, note.undone)).collect()
    };
    let mut say = |message: String| {
        looked.diagnostics.push(
            Diagnostic::warning("not-as-written", message)
                .hint("empty the cache (realist cache clear) and check again; if it comes back, please report it"),
        );
    };
    if !differing.is_empty() {
        say(format!("{} are in use otherwise than the journal says", several(&differing)));
    }
    if acts(&afresh) != acts(in_use) {
        say("other operations are in use than stand in the journal".to_owned());
    }
    Ok(())
}

/// All that counts of a thing.
fn shown(state: &State, id: Id) -> Option<String> {
    let entity = state.entity(id)?;
    let labels: Vec<String> = state.labels_in(id, &entity).iter().map(ToString::to_string).collect();
    Some(format!("{} {} {labels:?} {:?}", entity.kind, entity.is_here(), entity.fields()))
}
