//! Taking operations up: what each adds to the fold, in whatever order they come.

use super::entity::{Claim, Entity, Write};
use super::layers::Layers;
use super::note::{Hash, OpNote, Place};
use super::operation::{Operation, Record, StreamId};
use super::summary::Summary;
use crate::id::{Id, Label};
use crate::passage;
use crate::shelf::Damaged;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

/// What the fold knows: the layers and the facts about the whole.
#[derive(Debug, Default)]
pub(super) struct Inner {
    pub layers: Layers,
    pub summary: Summary,
    /// Words that come again and again, kept once.
    words: HashSet<Rc<str>>,
}

/// What a run of operations touched and what is to be settled after it.
#[derive(Default)]
struct Touched {
    /// Things, and whether they were here before.
    things: BTreeMap<Id, bool>,
    claims: BTreeSet<Claim>,
    /// An undo came.
    undo: bool,
    forked: bool,
}

/// An operation came under an id that another bears: everything must be folded from the beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    Twin,
    Damaged,
}

impl From<Damaged> for Refused {
    fn from(_: Damaged) -> Self {
        Refused::Damaged
    }
}

/// As much of an anchor as says which row of a table it is in.
#[derive(Deserialize)]
struct Anchored {
    anchor: Option<InRow>,
}

#[derive(Deserialize)]
struct InRow {
    document: Id,
    row: Option<usize>,
}

impl Inner {
    pub fn above(layers: Layers, summary: Summary) -> Self {
        Inner { layers, summary, words: HashSet::new() }
    }

    fn word(&mut self, text: &str) -> Rc<str> {
        if let Some(word) = self.words.get(text) {
            return Rc::clone(word);
        }
        let word: Rc<str> = Rc::from(text);
        self.words.insert(Rc::clone(&word));
        word
    }

    /// Takes operations up. Of two under one id the earlier in order counts, and of two at one place
    /// the one with the smaller hash; no honest history has either.
    pub fn take(
        &mut self,
        operations: impl IntoIterator<Item = Operation>,
        suffixes: &BTreeMap<StreamId, String>,
    ) -> Result<(), Refused> {
        let was_forked = self.summary.forked;
        let mut touched = Touched::default();
        for operation in operations {
            self.take_one(operation, &mut touched)?;
        }
        if touched.undo {
            self.settle_undone(&mut touched)?;
        }
        for (id, was_here) in touched.things {
            self.settle_thing(id, was_here)?;
        }
        self.summary.forked |= touched.forked;
        if self.summary.forked && !was_forked {
            self.note_all_edited()?;
        }
        self.settle_labels(touched.claims, suffixes)?;
        Ok(())
    }

    fn take_one(&mut self, operation: Operation, touched: &mut Touched) -> Result<(), Refused> {
        let stream = self.word(&operation.stream);
        let place = Rc::new(Place { lamport: operation.lamport, stream, id: operation.id });
        let hash = Hash::read(&operation.hash).unwrap_or_else(|| Hash::of_nothing(&place));
        if let Some(held) = self.layers.note_by_id(operation.id)? {
            let stands = (&held.place, held.hash) <= (&place, hash);
            return if stands { Ok(()) } else { Err(Refused::Twin) };
        }
        let prev = Hash::read(&operation.prev);
        let after: Vec<Hash> = operation.after.iter().filter_map(|text| Hash::read(text)).collect();
        for parent in after.iter().copied().chain(prev) {
            if !self.summary.heads.remove(&parent) && self.layers.note_by_hash(parent)?.is_none() {
                self.summary.awaited.insert(parent);
            }
        }
        if !self.summary.awaited.remove(&hash) {
            self.summary.heads.insert(hash);
        }
        self.note_stream(&place, hash, prev, touched);
        let mut note = OpNote {
            time: operation.time.into(),
            by: self.word(&operation.by),
            act: self.word(&operation.act),
            hash,
            prev,
            after: after.into(),
            wrote: Box::default(),
            undid: Box::default(),
            undone: self.summary.undone.contains(&place.id),
            purged: Box::default(),
            place,
        };
        let (mut wrote, mut undid, mut purged) = (Vec::new(), Vec::new(), Vec::new());
        let mut kinds = BTreeSet::new();
        for record in operation.records {
            match record {
                Record::Undo { undo } => undid.push(undo),
                Record::Purge { purge, files } => purged.push((purge, files)),
                Record::Put { put, id, label, set } => {
                    wrote.push(id);
                    kinds.insert(put);
                    let claim = label.map(|label| self.claim(&label, id, touched));
                    self.note_mentions(id, set.get());
                    let held = self.layers.entity(id)?;
                    let was_here = held.as_ref().is_some_and(|held| held.is_here());
                    touched.things.entry(id).or_insert(was_here);
                    let write =
                        Write { op: Rc::clone(&note.place), active: !note.undone, claim, set: <Box<str>>::from(set) };
                    self.layers.entity_mut(id, put)?.take(write);
                }
            }
        }
        if !note.undone {
            self.summary.turn(hash, &kinds);
        }
        if !undid.is_empty() {
            touched.undo = true;
            self.summary.undos.insert(Rc::clone(&note.place), undid.clone().into());
        }
        if !purged.is_empty() {
            self.summary.purges.insert(Rc::clone(&note.place), purged.clone());
        }
        (note.wrote, note.undid, note.purged) = (wrote.into(), undid.into(), purged.into());
        self.summary.operations += 1;
        self.summary.lamport = self.summary.lamport.max(note.place.lamport);
        self.layers.put_note(note);
        Ok(())
    }

    fn note_stream(&mut self, place: &Rc<Place>, hash: Hash, prev: Option<Hash>, touched: &mut Touched) {
        let tip = self.summary.last.get(&place.stream);
        touched.forked |= tip.is_some_and(|(_, tip)| Some(*tip) != prev);
        if tip.is_none_or(|(last, _)| last < place) {
            self.summary.last.insert(Rc::clone(&place.stream), (Rc::clone(place), hash));
        }
    }

    fn claim(&mut self, label: &Label, id: Id, touched: &mut Touched) -> Claim {
        let claim = Claim { kind: label.kind, number: label.number, tag: self.word(&label.tag) };
        let largest = self.summary.numbers.entry((claim.kind, Rc::clone(&claim.tag))).or_default();
        *largest = claim.number.max(*largest);
        self.layers.put_claim(claim.clone(), id);
        touched.claims.insert(claim.clone());
        claim
    }

    fn note_mentions(&mut self, by: Id, set: &str) {
        for of in Entity::mentioned(set) {
            self.layers.put_mention(of, by);
        }
        if set.contains("\"row\":")
            && let Ok(Anchored { anchor: Some(InRow { document, row: Some(row) }) }) = serde_json::from_str(set)
        {
            self.layers.put_mention(passage::row_id(document, row), by);
        }
    }

    /// Switches on and off what the undos, taken together, now say.
    fn settle_undone(&mut self, touched: &mut Touched) -> Result<(), Damaged> {
        let undone = self.summary.find_undone();
        let turned: Vec<Id> = undone.symmetric_difference(&self.summary.undone).copied().collect();
        for op in &turned {
            let Some(held) = self.layers.note_by_id(*op)? else { continue };
            let note = OpNote { undone: undone.contains(op), ..OpNote::clone(&held) };
            self.turn(&note, touched)?;
            self.layers.put_note(note);
        }
        // An operation that came after the undo that names it was taken up as the undos then stood.
        self.summary.undone = undone;
        Ok(())
    }

    fn turn(&mut self, note: &OpNote, touched: &mut Touched) -> Result<(), Damaged> {
        let mut kinds = BTreeSet::new();
        for id in &note.wrote {
            let Some(held) = self.layers.entity(*id)? else { continue };
            touched.things.entry(*id).or_insert(held.is_here());
            kinds.insert(held.kind);
            let entity = self.layers.entity_mut(*id, held.kind)?;
            entity
                .writes
                .iter_mut()
                .filter(|write| write.op == note.place)
                .for_each(|write| write.active = !note.undone);
        }
        self.summary.turn(note.hash, &kinds);
        Ok(())
    }

    fn settle_thing(&mut self, id: Id, was_here: bool) -> Result<(), Damaged> {
        let Some(entity) = self.layers.entity(id)? else { return Ok(()) };
        let count = self.summary.here.entry(entity.kind).or_default();
        match (was_here, entity.is_here()) {
            (false, true) => *count += 1,
            (true, false) => *count = count.saturating_sub(1),
            _ => {}
        }
        if entity.is_shared() || (self.summary.forked && entity.writes.len() > 1) {
            self.summary.shared.insert(id);
        }
        Ok(())
    }

    /// From the first fork on, one stream can be two people.
    fn note_all_edited(&mut self) -> Result<(), Damaged> {
        for kind in crate::id::Kind::ALL {
            let edited = self.layers.of_kind(*kind)?.into_iter().filter(|(_, entity)| entity.writes.len() > 1);
            self.summary.shared.extend(edited.map(|(id, _)| id));
        }
        Ok(())
    }

    /// Where two things claim one label, the one made in the smaller stream keeps it.
    fn settle_labels(
        &mut self,
        mut claims: BTreeSet<Claim>,
        suffixes: &BTreeMap<StreamId, String>,
    ) -> Result<(), Damaged> {
        claims.extend(self.summary.clashes.keys().cloned());
        for claim in claims {
            let claimants = self.layers.claimants(&claim)?;
            if claimants.len() < 2 {
                continue;
            }
            let mut streams: Vec<(Rc<str>, Id)> = Vec::new();
            for id in claimants {
                let first =
                    self.layers.entity(id)?.and_then(|entity| Some(Rc::clone(&entity.writes.first()?.op.stream)));
                streams.extend(first.map(|stream| (stream, id)));
            }
            streams.sort();
            self.summary.clashes.insert(claim.clone(), shown(&claim.label(), &streams, suffixes));
        }
        Ok(())
    }
}

/// How things that claim one label are shown: the first as it is, the others with a mark.
fn shown(label: &Label, claimants: &[(Rc<str>, Id)], suffixes: &BTreeMap<StreamId, String>) -> Vec<(Label, Id)> {
    let mut shown: Vec<(Label, Id)> = Vec::new();
    for (stream, id) in claimants {
        if shown.is_empty() {
            shown.push((label.clone(), *id));
            continue;
        }
        let suffix = suffixes.get(&**stream).cloned().unwrap_or_else(|| stream.chars().take(2).collect());
        // A stream that was branched can claim one label twice: then the thing's own id tells them apart.
        let marks = [suffix, stream.to_string(), format!("{stream}{id}").replace('-', "")];
        let taken = |mark: &String| shown.iter().any(|(other, _)| other.rival.as_ref() == Some(mark));
        let mark = marks.iter().find(|mark| !taken(mark)).unwrap_or(&marks[2]).clone();
        shown.push((Label { rival: Some(mark), ..label.clone() }, *id));
    }
    shown
}
