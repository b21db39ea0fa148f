//! Where the fold keeps what it knows: a snapshot on disk, which may be absent, and above it in memory
//! what is newer. A thing that is in memory hides the same thing below.

use super::entity::{Claim, Entity};
use super::note::{Hash, OpNote, Place};
use super::summary::Summary;
use crate::id::{Id, Kind};
use crate::shelf::{Builder, Damaged, Shelf};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
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
    notes: BTreeMap<Place, Rc<OpNote>>,
    by_id: BTreeMap<Id, Rc<OpNote>>,
    by_hash: BTreeMap<Hash, Rc<OpNote>>,
    kinds: BTreeMap<Id, Kind>,
    entities: BTreeMap<(Kind, Id), Rc<Entity>>,
    claims: BTreeSet<(Claim, Id)>,
    /// What is mentioned, and by what.
    mentions: BTreeSet<(Id, Id)>,
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

impl Layers {
    pub fn above(base: Shelf) -> Self {
        Layers { base: Some(base), ..Layers::default() }
    }

    fn below(&self, row: usize, key: &[u8]) -> Result<Option<Vec<u8>>, Damaged> {
        self.base.as_ref().map_or(Ok(None), |base| base.get(row, key))
    }

    pub fn put_note(&mut self, note: OpNote) {
        let note = Rc::new(note);
        self.by_id.insert(note.place.id, Rc::clone(&note));
        self.by_hash.insert(note.hash, Rc::clone(&note));
        self.notes.insert(note.place.clone(), note);
    }

    pub fn note(&self, place: &Place) -> Result<Option<Rc<OpNote>>, Damaged> {
        match self.notes.get(place) {
            Some(note) => Ok(Some(Rc::clone(note))),
            None => self.below(row::NOTES, &place_key(place))?.map(|bytes| decode(&bytes).map(Rc::new)).transpose(),
        }
    }

    fn note_below(&self, row: usize, key: &[u8; 16]) -> Result<Option<Rc<OpNote>>, Damaged> {
        let place = self.below(row, key)?.map(|bytes| decode::<Place>(&bytes)).transpose()?;
        place.map_or(Ok(None), |place| self.note(&place))
    }

    pub fn note_by_id(&self, id: Id) -> Result<Option<Rc<OpNote>>, Damaged> {
        match self.by_id.get(&id) {
            Some(note) => Ok(Some(Rc::clone(note))),
            None => self.note_below(row::IDS, id.as_bytes()),
        }
    }

    pub fn note_by_hash(&self, hash: Hash) -> Result<Option<Rc<OpNote>>, Damaged> {
        match self.by_hash.get(&hash) {
            Some(note) => Ok(Some(Rc::clone(note))),
            None => self.note_below(row::HASHES, hash.as_bytes()),
        }
    }

    /// All operations in order.
    pub fn all_notes(&self) -> Result<Vec<Rc<OpNote>>, Damaged> {
        let Some(base) = &self.base else { return Ok(self.notes.values().map(Rc::clone).collect()) };
        let mut notes = Vec::new();
        for entry in base.from(row::NOTES, &[]) {
            let note: OpNote = decode(&entry?.1)?;
            if !self.notes.contains_key(&note.place) {
                notes.push(Rc::new(note));
            }
        }
        notes.extend(self.notes.values().map(Rc::clone));
        notes.sort_by(|a, b| a.place.cmp(&b.place));
        Ok(notes)
    }

    pub fn kind(&self, id: Id) -> Result<Option<Kind>, Damaged> {
        if let Some(kind) = self.kinds.get(&id) {
            return Ok(Some(*kind));
        }
        let byte = self.below(row::KINDS, id.as_bytes())?;
        byte.map(|bytes| kind_of(*bytes.first().ok_or(Damaged)?)).transpose()
    }

    pub fn entity(&self, id: Id) -> Result<Option<Rc<Entity>>, Damaged> {
        let Some(kind) = self.kind(id)? else { return Ok(None) };
        match self.entities.get(&(kind, id)) {
            Some(entity) => Ok(Some(Rc::clone(entity))),
            None => {
                self.below(row::ENTITIES, &entity_key(kind, id))?.map(|bytes| decode(&bytes).map(Rc::new)).transpose()
            }
        }
    }

    /// For a change: what is below is fetched up.
    pub fn entity_mut(&mut self, id: Id, kind: Kind) -> Result<&mut Entity, Damaged> {
        let held = self.entity(id)?;
        let kind = held.as_ref().map_or(kind, |held| held.kind);
        self.kinds.insert(id, kind);
        let entity =
            self.entities.entry((kind, id)).or_insert_with(|| held.unwrap_or_else(|| Rc::new(Entity::new(kind))));
        Ok(Rc::make_mut(entity))
    }

    /// All things of a kind in id order, those gone included.
    pub fn of_kind(&self, kind: Kind) -> Result<Vec<(Id, Rc<Entity>)>, Damaged> {
        let mut found = Vec::new();
        if let Some(base) = &self.base {
            for entry in base.under(row::ENTITIES, &[kind_byte(kind)]) {
                let (key, bytes) = entry?;
                let id = id_at(&key, 1)?;
                if !self.entities.contains_key(&(kind, id)) {
                    found.push((id, Rc::new(decode(&bytes)?)));
                }
            }
        }
        let above = self.entities.range((kind, Id::from_bytes([0; 16]))..=(kind, Id::from_bytes([255; 16])));
        found.extend(above.map(|((_, id), entity)| (*id, Rc::clone(entity))));
        found.sort_by_key(|(id, _)| *id);
        Ok(found)
    }

    pub fn put_claim(&mut self, claim: Claim, id: Id) {
        self.claims.insert((claim, id));
    }

    /// Who claims a label.
    pub fn claimants(&self, claim: &Claim) -> Result<BTreeSet<Id>, Damaged> {
        let (least, most) = ((claim.clone(), Id::from_bytes([0; 16])), (claim.clone(), Id::from_bytes([255; 16])));
        let mut found: BTreeSet<Id> = self.claims.range(least..=most).map(|(_, id)| *id).collect();
        if let Some(base) = &self.base {
            let prefix = claim_key(claim);
            for entry in base.under(row::CLAIMS, &prefix) {
                found.insert(id_at(&entry?.0, prefix.len())?);
            }
        }
        Ok(found)
    }

    /// Who claims a label of this kind and number, whatever the tag.
    pub fn numbered(&self, kind: Kind, number: u32) -> Result<BTreeSet<Id>, Damaged> {
        let first = Claim { kind, number, tag: Rc::from("") };
        let above = self.claims.range((first.clone(), Id::from_bytes([0; 16]))..);
        let mut found: BTreeSet<Id> =
            above.take_while(|(claim, _)| (claim.kind, claim.number) == (kind, number)).map(|(_, id)| *id).collect();
        if let Some(base) = &self.base {
            for entry in base.under(row::CLAIMS, &claim_key(&first)[..5]) {
                let key = entry?.0;
                found.insert(id_at(&key, key.len().checked_sub(16).ok_or(Damaged)?)?);
            }
        }
        Ok(found)
    }

    pub fn put_mention(&mut self, of: Id, by: Id) {
        self.mentions.insert((of, by));
    }

    /// Things whose records mention another, now or once.
    pub fn mentioning(&self, id: Id) -> Result<BTreeSet<Id>, Damaged> {
        let above = self.mentions.range((id, Id::from_bytes([0; 16]))..=(id, Id::from_bytes([255; 16])));
        let mut found: BTreeSet<Id> = above.map(|(_, by)| *by).collect();
        if let Some(base) = &self.base {
            for entry in base.under(row::MENTIONS, id.as_bytes()) {
                found.insert(id_at(&entry?.0, 16)?);
            }
        }
        Ok(found)
    }

    /// Writes both layers as one snapshot.
    pub fn save(&self, summary: &Summary, note: &[u8], out: &mut dyn Write) -> io::Result<()> {
        let mut builder = Builder::new(out)?;
        let base = self.base.as_ref();
        let notes = self.notes.iter().map(|(place, note)| (place_key(place), encode(&**note)));
        merge(&mut builder, base, row::NOTES, notes)?;
        let ids = self.by_id.iter().map(|(id, note)| (id.as_bytes().to_vec(), encode(&note.place)));
        merge(&mut builder, base, row::IDS, ids)?;
        let hashes = self.by_hash.iter().map(|(hash, note)| (hash.as_bytes().to_vec(), encode(&note.place)));
        merge(&mut builder, base, row::HASHES, hashes)?;
        let kinds = self.kinds.iter().map(|(id, kind)| (id.as_bytes().to_vec(), vec![kind_byte(*kind)]));
        merge(&mut builder, base, row::KINDS, kinds)?;
        // Kinds sort as their bytes do, and claims as their keys.
        let entities = self.entities.iter().map(|((kind, id), one)| (entity_key(*kind, *id).to_vec(), encode(&**one)));
        merge(&mut builder, base, row::ENTITIES, entities)?;
        let claims = self.claims.iter().map(|(claim, id)| [claim_key(claim).as_slice(), id.as_bytes()].concat());
        merge(&mut builder, base, row::CLAIMS, claims.map(|key| (key, Vec::new())))?;
        let mentions = self.mentions.iter().map(|(of, by)| (pair_key(*of, *by).to_vec(), Vec::new()));
        merge(&mut builder, base, row::MENTIONS, mentions)?;
        builder.finish(encode(&(summary, note)))
    }

    /// The summary and the note a snapshot was saved with.
    pub fn noted(base: &Shelf) -> Result<(Summary, Vec<u8>), Damaged> {
        decode(base.note())
    }
}

/// One row: what is below and what is above, which hides the same key below.
fn merge(
    builder: &mut Builder<'_>,
    base: Option<&Shelf>,
    row: usize,
    above: impl Iterator<Item = (Vec<u8>, Vec<u8>)>,
) -> io::Result<()> {
    builder.row()?;
    let mut above = above.peekable();
    for entry in base.into_iter().flat_map(|base| base.from(row, &[])) {
        let (key, value) = entry.map_err(|Damaged| io::Error::from(io::ErrorKind::InvalidData))?;
        while let Some((newer, value)) = above.next_if(|(newer, _)| newer.as_slice() < key.as_ref()) {
            builder.push(&newer, &value)?;
        }
        if above.peek().is_none_or(|(newer, _)| newer.as_slice() != key.as_ref()) {
            builder.push(&key, &value)?;
        }
    }
    for (key, value) in above {
        builder.push(&key, &value)?;
    }
    Ok(())
}
