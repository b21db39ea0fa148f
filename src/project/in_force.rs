//! Anchors and the text version in force: where a document was corrected, what stands on a former text
//! must not be taken for a place in the new one.

use super::Project;
use super::texts::Shard;
use crate::diagnostic::Result;
use crate::document::{Document, Header};
use crate::history::{Fields, anchor_in};
use crate::id::Id;
use crate::participant::SpeakerRef;
use crate::passage::{Anchor, Carried};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// What a correction of its document left open of a passage; in this order they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// To be confirmed.
    Near,
    /// No longer in the corrected text.
    Orphan,
    /// Set on a former text, and not carried over.
    Behind,
}

impl Project {
    /// What is left open of a passage; nothing where its words went with somebody who withdrew, or were purged.
    pub fn left_open(&self, document: &Document, anchor: &Anchor, carried: Option<Carried>) -> Result<Option<Open>> {
        let Some(moved) = anchor.carried(document) else { return Ok(None) };
        Ok(match carried {
            Some(Carried::Near) => Some(Open::Near),
            Some(Carried::Orphan) => Some(Open::Orphan),
            None if moved.version == document.version => None,
            None => self.in_force(document, &moved)?.is_none().then_some(Open::Behind),
        })
    }

    /// The shard of the version in force that an anchor stands on; `None` where it stands on another text, or
    /// the text is not on this computer. A corrected role makes a version with the same text: on that it
    /// stands too.
    pub fn in_force(&self, document: &Document, anchor: &Anchor) -> Result<Option<Rc<Shard>>> {
        let Some(anchor) = anchor.carried(document) else { return Ok(None) };
        let anchor = anchor.as_ref();
        let version = document.versions.get(&document.version);
        let number = anchor.row.zip(version).map_or(0, |(row, version)| version.shard_of(row));
        let shard = self.shard(document, &document.version, number)?;
        Ok(shard.filter(|shard| anchor.version == document.version || shard.words_at(anchor).is_some()))
    }

    /// The units of the version in force that an anchor touches; `None` as [`Project::in_force`].
    pub fn units_in_force(&self, document: &Document, anchor: &Anchor) -> Result<Option<RangeInclusive<usize>>> {
        let Some(anchor) = anchor.carried(document) else { return Ok(None) };
        let anchor = anchor.as_ref();
        match anchor.row {
            Some(row) if anchor.version == document.version => Ok(Some(row..=row)),
            Some(row) => Ok(self.in_force(document, anchor)?.map(|_| row..=row)),
            None => {
                let shard = self.in_force(document, anchor)?;
                Ok(shard.and_then(|shard| shard.units_at(anchor.hull()).map(|(first, last)| first.n..=last.n)))
            }
        }
    }

    /// The units of the version in force that an anchor touched before some of its words were destroyed; `None` where
    /// nothing tells any more.
    pub fn units_before(&self, document: &Document, anchor: &Anchor) -> Result<Option<RangeInclusive<usize>>> {
        let Some((version, row, span)) = anchor.stood(document) else { return Ok(None) };
        if let Some(row) = row {
            return Ok(Some(row..=row));
        }
        let Some(shard) = self.shard(document, &document.version, 0)? else { return Ok(None) };
        if version != document.version {
            // A corrected role makes a version with the same text.
            let same = self.shard(document, &version, 0)?.is_some_and(|stood| stood.text == shard.text);
            if !same {
                return Ok(None);
            }
        }
        Ok(shard.units_at(span).map(|(first, last)| first.n..=last.n))
    }

    /// Numbers of the units of the version in force whose words were destroyed: those of whoever withdrew, or all.
    pub fn units_gone(&self, document: &Document) -> Result<BTreeSet<usize>> {
        let units = document.versions.get(&document.version).map_or(0, |one| one.units);
        if document.purged {
            return Ok((1..=units).collect());
        }
        let mut gone = BTreeSet::new();
        let Some(header) = self.header(document)?.filter(|_| document.is_cut()) else { return Ok(gone) };
        let nobody = crate::redact::nobody();
        for number in 0..document.shards() {
            let shard = self.read_shard(document, &document.version, number)?;
            let units = shard.iter().flat_map(|shard| &shard.units);
            let said_by_nobody = units.filter(|unit| {
                unit.speech.is_empty() && unit.speaker.and_then(|one| header.speakers.get(one)) == Some(&nobody)
            });
            gone.extend(said_by_nobody.map(|unit| unit.n));
        }
        Ok(gone)
    }

    /// Where a thing last stood without doubt: what it was carried to with a mark, nobody has confirmed yet.
    pub fn last_settled(&self, id: Id) -> Option<Anchor> {
        let revisions = self.state().entity(id)?.revisions();
        let is_meant = |fields: &Fields| fields.get("carried").is_none_or(serde_json::Value::is_null);
        revisions.into_iter().rev().find(is_meant).and_then(|fields| anchor_in(&fields))
    }

    /// What is true of one of a document's text versions as a whole; `None` where its files are gone.
    pub fn header_of(&self, document: &Document, version: &str) -> Result<Option<Rc<Header>>> {
        self.header(&Document { version: version.to_owned(), ..document.clone() })
    }

    /// Two people have corrected a document unaware of each other, and nobody has settled it.
    pub fn rival_versions(&self, document: &Document) -> Vec<String> {
        if document.versions.len() < 2 {
            return Vec::new();
        }
        let conflicts = self.state().conflicts_of(document.id).into_iter();
        let rivals = conflicts.filter(|conflict| conflict.field == "version");
        rivals.filter_map(|conflict| conflict.other.as_str().map(str::to_owned)).collect()
    }

    /// Speakers at whose place rival versions have different labels.
    pub(super) fn unsettled_speakers(&self, document: &Document) -> BTreeSet<SpeakerRef> {
        let rivals = self.rival_versions(document);
        if rivals.is_empty() {
            return BTreeSet::new();
        }
        // A version that cannot be read settles nothing.
        let labels = |version: &str| -> Vec<String> {
            let header = self.header_of(document, version).ok().flatten();
            header.map(|header| header.speakers.iter().map(|one| one.label.clone()).collect()).unwrap_or_default()
        };
        let kept = labels(&document.version);
        let differ = |index: &usize| rivals.iter().any(|rival| labels(rival).get(*index) != kept.get(*index));
        (0..kept.len()).filter(differ).map(|speaker| SpeakerRef { document: document.id, speaker }).collect()
    }
}
