//! Where the fold keeps what it knows: a snapshot on disk, which may be absent, and above it in memory
//! what is newer. A thing that is in memory hides the same thing below.

use super::entity::{Claim, Entity};
use super::note::{Hash, OpNote, Place};
use super::summary::Summary;
use crate::id::{Id, Kind};
use crate::shelf::{Builder, Damaged, Shelf};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::rc::Rc;

/// Rows of a snapshot, in the order they are written.
mod row {
    pub const NOTES: usize = 0;
    pub const IDS: usize = 1;
    pub const HASHES: usize = 2;
    pub const KINDS: usize = 3;
    pub const ENTITIES: usize = 4;
    pub const CLAIMS: usize = 5;
    pub const MENTIONS: usize = 6;
}

#[derive(Debug, Default)]
pub(super) struct Layers {
    base: Option<Shelf>,
    notes: HashMap<Id, Rc<OpNote>>,
    hashes: HashMap<Hash, Rc<OpNote>>,
    entities: HashMap<Id, Rc<Entity>>,
    claims: HashMap<Claim, Id>,
    /// Claims of labels that another thing claims too.
    rivals: BTreeSet<(Claim, Id)>,
    /// What is mentioned, and by what; the same may stand twice.
    mentions: HashMap<Id, Vec<Id>>,
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Damaged> {
    postcard::from_bytes(bytes).map_err(|_| Damaged)
}

fn encode<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_else(|_| unreachable!("notes and entities are plain data"))
}

fn id_at(key: &[u8], at: usize) -> Result<Id, Damaged> {
    let bytes: [u8; 16] = key.get(at..at + 16).and_then(|bytes| bytes.try_into().ok()).ok_or(Damaged)?;
    Ok(Id::from_bytes(bytes))
}

/// Sorts as places do.
fn place_key(place: &Place) -> Vec<u8> {
    [place.lamport.to_be_bytes().as_slice(), place.stream.as_bytes(), &[0], place.id.as_bytes()].concat()
}

fn kind_byte(kind: Kind) -> u8 {
    let at = Kind::ALL.iter().position(|one| *one == kind).unwrap_or_default();
    u8::try_from(at).unwrap_or(u8::MAX)
}

fn kind_of(byte: u8) -> Result<Kind, Damaged> {
    Kind::ALL.get(usize::from(byte)).copied().ok_or(Damaged)
}

fn entity_key(kind: Kind, id: Id) -> [u8; 17] {
    let mut key = [kind_byte(kind); 17];
    key[1..].copy_from_slice(id.as_bytes());
    key
}

fn claim_key(claim: &Claim) -> Vec<u8> {
    [[kind_byte(claim.kind)].as_slice(), &claim.number.to_be_bytes(), claim.tag.as_bytes(), &[0]].concat()
}

fn pair_key(a: Id, b: Id) -> [u8; 32] {
    let mut key = [0; 32];
    key[..16].copy_from_slice(a.as_bytes());
    key[16..].copy_from_slice(b.as_bytes());
    key
}

const LEAST: Id = Id::from_bytes([0; 16]);
const MOST: Id = Id::from_bytes([255; 16]);

impl Layers {
    pub fn above(base: Shelf) -> Self {
        Layers { base: Some(base), ..Layers::default() }
    }

    fn below(&self, row: usize, key: &[u8]) -> Result<Option<Vec<u8>>, Damaged> {
        self.base.as_ref().map_or(Ok(None), |base| base.get(row, key))
    }

    pub fn put_note(&mut self, note: OpNote) {
        let note = Rc::new(note);
        self.hashes.insert(note.hash, Rc::clone(&note));
        self.notes.insert(note.place.id, note);
    }

    pub fn note(&self, place: &Place) -> Result<Option<Rc<OpNote>>, Damaged> {
        match self.notes.get(&place.id) {
            Some(note) => Ok(Some(Rc::clone(note))),
            None => self.below(row::NOTES, &place_key(place))?.map(|bytes| decode(&bytes).map(Rc::new)).transpose(),
        }
    }

    fn note_below(&self, row: usize, key: &[u8; 16]) -> Result<Option<Rc<OpNote>>, Damaged> {
        let place = self.below(row, key)?.map(|bytes| decode::<Place>(&bytes)).transpose()?;
        place.map_or(Ok(None), |place| self.note(&place))
    }

    pub fn note_by_id(&self, id: Id) -> Result<Option<Rc<OpNote>>, Damaged> {
        match self.notes.get(&id) {
            Some(note) => Ok(Some(Rc::clone(note))),
            None => self.note_below(row::IDS, id.as_bytes()),
        }
    }

    pub fn note_by_hash(&self, hash: Hash) -> Result<Option<Rc<OpNote>>, Damaged> {
        match self.hashes.get(&hash) {
            Some(note) => Ok(Some(Rc::clone(note))),
            None => self.note_below(row::HASHES, hash.as_bytes()),
        }
    }

    /// All operations in order.
    pub fn all_notes(&self) -> Result<Vec<Rc<OpNote>>, Damaged> {
        let mut notes = self.newer_notes();
        for entry in self.base.iter().flat_map(|base| base.from(row::NOTES, &[])) {
            let note: OpNote = decode(&entry?.1)?;
            if !self.notes.contains_key(&note.id()) {
                notes.push(Rc::new(note));
            }
        }
        notes.sort_by(|a, b| a.place.cmp(&b.place));
        Ok(notes)
    }

    fn newer_notes(&self) -> Vec<Rc<OpNote>> {
        sorted(self.notes.values().map(|note| (Rc::clone(&note.place), Rc::clone(note))))
    }

    fn kind(&self, id: Id) -> Result<Option<Kind>, Damaged> {
        let byte = self.below(row::KINDS, id.as_bytes())?;
        byte.map(|bytes| kind_of(*bytes.first().ok_or(Damaged)?)).transpose()
    }

    pub fn entity(&self, id: Id) -> Result<Option<Rc<Entity>>, Damaged> {
        if let Some(entity) = self.entities.get(&id) {
            return Ok(Some(Rc::clone(entity)));
        }
        let Some(kind) = self.kind(id)? else { return Ok(None) };
        self.below(row::ENTITIES, &entity_key(kind, id))?.map(|bytes| decode(&bytes).map(Rc::new)).transpose()
    }

    /// For a change: what is below is fetched up.
    pub fn entity_mut(&mut self, id: Id, kind: Kind) -> Result<&mut Entity, Damaged> {
        if !self.entities.contains_key(&id) {
            let below = self.entity(id)?.unwrap_or_else(|| Rc::new(Entity::new(kind)));
            self.entities.insert(id, below);
        }
        self.entities.get_mut(&id).map(Rc::make_mut).ok_or(Damaged)
    }

    /// All things of a kind in id order, those gone included.
    pub fn of_kind(&self, kind: Kind) -> Result<Vec<(Id, Rc<Entity>)>, Damaged> {
        let mut found = self.above_of(kind);
        for entry in self.base.iter().flat_map(|base| base.under(row::ENTITIES, &[kind_byte(kind)])) {
            let (key, bytes) = entry?;
            let id = id_at(&key, 1)?;
            if !self.entities.contains_key(&id) {
                found.push((id, Rc::new(decode(&bytes)?)));
            }
        }
        found.sort_by_key(|(id, _)| *id);
        Ok(found)
    }

    /// Names the snapshot below, by its content.
    pub fn base_print(&self) -> Option<[u8; 16]> {
        self.base.as_ref().map(Shelf::print)
    }

    /// All things of a kind as they stand below, in id order, those gone included.
    pub fn each_below(&self, kind: Kind, see: &mut dyn FnMut(Id, &Entity)) -> Result<(), Damaged> {
        for entry in self.base.iter().flat_map(|base| base.under(row::ENTITIES, &[kind_byte(kind)])) {
            let (key, bytes) = entry?;
            see(id_at(&key, 1)?, &decode(&bytes)?);
        }
        Ok(())
    }

    /// All operations below, in order.
    pub fn each_note_below(&self, see: &mut dyn FnMut(&OpNote)) -> Result<(), Damaged> {
        self.base.iter().flat_map(|base| base.from(row::NOTES, &[])).try_for_each(|entry| {
            see(&decode(&entry?.1)?);
            Ok(())
        })
    }

    /// Things of a kind that are in memory, in id order.
    pub fn above_of(&self, kind: Kind) -> Vec<(Id, Rc<Entity>)> {
        let above = self.entities.iter().filter(|(_, entity)| entity.kind == kind);
        sorted(above.map(|(id, entity)| (*id, (*id, Rc::clone(entity)))))
    }

    pub fn put_claim(&mut self, claim: Claim, id: Id) {
        match self.claims.entry(claim) {
            Entry::Vacant(vacant) => drop(vacant.insert(id)),
            Entry::Occupied(held) if *held.get() == id => {}
            Entry::Occupied(held) => drop(self.rivals.insert((held.key().clone(), id))),
        }
    }

    /// Who claims a label.
    pub fn claimants(&self, claim: &Claim) -> Result<BTreeSet<Id>, Damaged> {
        let rivals = self.rivals.range((claim.clone(), LEAST)..=(claim.clone(), MOST)).map(|(_, id)| *id);
        let mut found: BTreeSet<Id> = self.claims.get(claim).copied().into_iter().chain(rivals).collect();
        let prefix = claim_key(claim);
        for entry in self.base.iter().flat_map(|base| base.under(row::CLAIMS, &prefix)) {
            found.insert(id_at(&entry?.0, prefix.len())?);
        }
        Ok(found)
    }

    pub fn put_mention(&mut self, of: Id, by: Id) {
        let by_all = self.mentions.entry(of).or_default();
        if by_all.last() != Some(&by) {
            by_all.push(by);
        }
    }

    /// Things whose records mention another, now or once.
    pub fn mentioning(&self, id: Id) -> Result<BTreeSet<Id>, Damaged> {
        let mut found: BTreeSet<Id> = self.mentions.get(&id).into_iter().flatten().copied().collect();
        for entry in self.base.iter().flat_map(|base| base.under(row::MENTIONS, id.as_bytes())) {
            found.insert(id_at(&entry?.0, 16)?);
        }
        Ok(found)
    }

    /// Writes both layers as one snapshot.
    pub fn save(&self, summary: &Summary, note: &[u8], out: &mut dyn Write) -> io::Result<()> {
        let mut rows = Rows { builder: Builder::new(out)?, base: self.base.as_ref(), row: 0, value: Vec::new() };
        rows.write(self.newer_notes().iter().map(|note| (place_key(&note.place), note)))?;
        let ids = sorted(self.notes.iter().map(|(id, note)| (*id, (id.as_bytes(), &note.place))));
        rows.write(ids.into_iter())?;
        let hashes = sorted(self.hashes.iter().map(|(hash, note)| (*hash, (hash.as_bytes(), &note.place))));
        rows.write(hashes.into_iter())?;
        let kinds = sorted(self.entities.iter().map(|(id, one)| (*id, (id.as_bytes(), kind_byte(one.kind)))));
        rows.write(kinds.into_iter())?;
        let entities =
            sorted(self.entities.iter().map(|(id, one)| ((one.kind, *id), (entity_key(one.kind, *id), one))));
        rows.write(entities.into_iter())?;
        let rivals = self.rivals.iter().map(|(claim, id)| (claim, id));
        let claims = sorted(self.claims.iter().chain(rivals).map(|claim| (claim, claim)));
        let claims = claims.into_iter().map(|(claim, id)| ([&*claim_key(claim), id.as_bytes()].concat(), ()));
        rows.write(claims)?;
        let mentions = sorted(self.mentions.iter().map(|(of, by)| (*of, (*of, by)))).into_iter();
        let mentions = mentions.flat_map(|(of, by)| {
            let by: BTreeSet<&Id> = by.iter().collect();
            by.into_iter().map(move |by| (pair_key(of, *by), ()))
        });
        rows.write(mentions)?;
        rows.builder.finish(encode(&(summary, note)))
    }

    /// The summary and the note a snapshot was saved with.
    pub fn noted(base: &Shelf) -> Result<(Summary, Vec<u8>), Damaged> {
        decode(base.note())
    }
}

/// The second of each pair, in the order of the first.
fn sorted<K: Ord, V>(pairs: impl Iterator<Item = (K, V)>) -> Vec<V> {
    let mut pairs: Vec<(K, V)> = pairs.collect();
    pairs.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    pairs.into_iter().map(|(_, value)| value).collect()
}

/// Writes row after row: what is below and what is above, which hides the same key below.
struct Rows<'w> {
    builder: Builder<'w>,
    base: Option<&'w Shelf>,
    row: usize,
    /// Used again for each value.
    value: Vec<u8>,
}

impl Rows<'_> {
    fn write<K: AsRef<[u8]>, V: Serialize>(&mut self, above: impl Iterator<Item = (K, V)>) -> io::Result<()> {
        self.builder.row()?;
        let mut above = above.peekable();
        let row = self.row;
        for entry in self.base.into_iter().flat_map(|base| base.from(row, &[])) {
            let (key, value) = entry.map_err(|Damaged| io::Error::from(io::ErrorKind::InvalidData))?;
            while let Some((newer, value)) = above.next_if(|(newer, _)| newer.as_ref() < &*key) {
                self.push(newer.as_ref(), &value)?;
            }
            if above.peek().is_none_or(|(newer, _)| newer.as_ref() != &*key) {
                self.builder.push(&key, &value)?;
            }
        }
        for (key, value) in above {
            self.push(key.as_ref(), &value)?;
        }
        self.row += 1;
        Ok(())
    }

    fn push(&mut self, key: &[u8], value: &impl Serialize) -> io::Result<()> {
        let mut held = std::mem::take(&mut self.value);
        held.clear();
        self.value = postcard::to_extend(value, held).map_err(io::Error::other)?;
        self.builder.push(key, &self.value)
    }
}
