//! Reading texts and codings, from what is kept of them in the cache.

use super::{Retrieval, ordinal};
use crate::diagnostic::Result;
use crate::document::Document;
use crate::id::Id;
use crate::passage::Anchor;
use crate::project::{Coded, CodedStretch, Codings, Kept, Laid, LaidUnit, Lookup, Sheet, Standing};
use crate::retrieve::{Stretch, UNCODED, Unit};
use std::collections::BTreeMap;

/// Ordinals of sources, as they are met.
type Sources = BTreeMap<Id, u32>;

/// A document's codings on their way to the others.
struct Taken<'c> {
    codings: &'c Codings,
    /// Ordinal of each code that is here.
    codes: Vec<Option<u32>>,
    /// Place of each text version.
    versions: BTreeMap<&'c str, u32>,
}

impl Retrieval<'_> {
    /// Lays out the texts of all documents that are on this computer.
    pub(super) fn lay_out(&mut self) -> Result<()> {
        let mut documents = self.project.state().in_order::<Document>();
        documents.retain(|document| !document.purged);
        let kept = self.project.kept::<Laid>(&documents)?;
        let lookup = self.project.lookup();
        let mut sources = Sources::new();
        for document in documents {
            self.lay_out_one(document, &kept, &lookup, &mut sources)?;
        }
        Ok(())
    }

    fn lay_out_one(
        &mut self,
        document: Document,
        kept: &Kept<Laid>,
        lookup: &Lookup,
        sources: &mut Sources,
    ) -> Result<()> {
        let at = ordinal(self.documents.len());
        let first = self.texts.count();
        for number in 0..document.shards() {
            let Some(laid) = self.project.kept_of(kept, &document, number)? else {
                self.missing += 1;
                return Ok(());
            };
            self.wording.shard(self.texts.count(), at, number);
            let mut unit = |one: &LaidUnit, base: u32| {
                let study = one.study.and_then(|study| lookup.study(document.id, study as usize));
                let source = study.unwrap_or(document.source);
                let source = *sources.entry(source).or_insert_with(|| {
                    self.sources.push(source);
                    ordinal(self.sources.len() - 1)
                });
                let speech = (one.speech.0 - base, one.speech.1 - base);
                let (start, end) = (one.start - base, one.end - base);
                Unit { start, end, speech, time: one.time, source, speaker: one.speaker }
            };
            // A row is a text of its own; all else of a document is one.
            if laid.is_table {
                for row in &laid.units {
                    self.texts.push(at, [unit(row, row.start)]);
                    self.wording.base(row.start);
                }
            } else {
                let units: Vec<Unit> = laid.units.iter().map(|one| unit(one, 0)).collect();
                self.texts.push(at, units);
                self.wording.base(0);
            }
        }
        self.ordinals.insert(document.id, at);
        self.first.push(first);
        self.documents.push(document);
        Ok(())
    }

    /// Takes up the codings of these documents, of codes that are here.
    pub(super) fn take_codings(&mut self) {
        let documents: Vec<Id> = self.documents.iter().map(|document| document.id).collect();
        let mut codings = self.project.codings(&documents);
        let sheets = std::mem::take(&mut codings.sheets);
        let ordinals: BTreeMap<Id, u32> = self.codes.iter().map(|code| code.id).zip(0..).collect();
        let codes = codings.codes.iter().map(|code| ordinals.get(code).copied()).collect();
        let versions = codings.versions.iter().map(String::as_str).zip(0..).collect();
        let taken = Taken { codings: &codings, codes, versions };
        let all = sheets.iter().map(|sheet| sheet.codings.len()).sum();
        self.codings.reserve(all);
        self.code_of.reserve(all);
        self.stretches.reserve(sheets.iter().map(|sheet| sheet.stretches.len()).sum());
        for (at, sheet) in sheets.into_iter().enumerate() {
            self.take_sheet(at, sheet, &taken);
        }
        self.coders.clone_from(&codings.coders);
    }

    fn take_sheet(&mut self, at: usize, sheet: Sheet, taken: &Taken<'_>) {
        let document = &self.documents[at];
        let in_force = taken.versions.get(document.version.as_str()).copied();
        let is_cut = document.is_cut();
        let mut standings: Option<BTreeMap<Id, Standing>> = None;
        let mut moved: Vec<CodedStretch> = Vec::new();
        // The ordinals of codings that count, and of those that stand where they were set.
        let (mut counted, mut steady) = (vec![UNCODED; sheet.codings.len()], vec![true; sheet.codings.len()]);
        for (place, coded) in sheet.codings.iter().enumerate() {
            let Some(code) = taken.codes[coded.code as usize] else { continue };
            if is_cut || Some(coded.version) != in_force {
                let standings = standings.get_or_insert_with(|| self.project.standings(taken.codings, document.id));
                let Some(anchor) = self.anchor_now(document, coded, taken.codings, standings) else {
                    self.astray += 1;
                    continue;
                };
                moved.extend(CodedStretch::all(&anchor, ordinal(place)));
                steady[place] = false;
            }
            counted[place] = ordinal(self.codings.len());
            self.codings.push(*coded);
            self.code_of.push(code);
        }
        let mut stretches = sheet.stretches;
        if steady.contains(&false) {
            stretches.retain(|one| steady[one.of as usize]);
            stretches.append(&mut moved);
            stretches.sort_unstable();
        }
        let first = self.first[at];
        let behind = self.first.get(at + 1).copied().unwrap_or(self.texts.count());
        for one in stretches {
            let (coding, unit) = (counted[one.of as usize], first.saturating_add(one.row - 1));
            if coding == UNCODED || unit >= behind {
                continue;
            }
            let stretch = Stretch { text: self.texts.text_of(unit), start: one.start, end: one.end, coding };
            if self.texts.is_touched(&stretch) {
                self.stretches.push(stretch);
            }
        }
    }

    /// Where a coding stands in the text in force that was set on another, or on one that was cut.
    fn anchor_now(
        &self,
        document: &Document,
        coded: &Coded,
        codings: &Codings,
        standings: &BTreeMap<Id, Standing>,
    ) -> Option<Anchor> {
        let version = codings.versions.get(coded.version as usize)?;
        let anchor = standings.get(&coded.id)?.clone().into_anchor(document.id, version.clone());
        let anchor = anchor.carried(document)?.into_owned();
        let stands = anchor.version == document.version
            || self.project.in_force(document, &anchor).is_ok_and(|shard| shard.is_some());
        stands.then_some(anchor)
    }
}
