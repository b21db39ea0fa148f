//! What was done unaware that somebody had withdrawn: a correction, a role, a coding on a text that is to be
//! destroyed. Before it is, the words that were nobody's who withdrew are given a place to stay, and the journal says
//! where. Every machine that still holds the text does so when it obeys, and comes to the same.
//!
//! - A text that the withdrawal did not know of is what the document says now: it stays, without the words of
//!   whoever withdrew. Whom a correction calls otherwise than before may be the same person, so a speaker whose name is
//!   new stays only where half of their words stand under another name in a text that was known.
//! - A text that the withdrawal knew had given way to another: only where its words stand in that one is kept.

use super::texts::file_names;
use super::ways::Frozen;
use super::{Batch, Project, Without};
use crate::diagnostic::Result;
use crate::document::{Document, doomed};
use crate::history::{Fields, Stored};
use crate::id::{Id, Kind};
use crate::manuscript::Manuscript;
use crate::participant::Participant;
use crate::redact;
use crate::text::words::{count, fold};
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How the journal calls it.
pub const UNAWARE: &str = "withdrawal obeyed";

/// A text on this computer that is to be destroyed, and of which nothing says where others' words would stand.
pub(super) struct Unaware {
    document: Document,
    version: String,
    /// The withdrawal knew of it.
    is_known: bool,
}

impl Project {
    /// Texts to be seen to before they are destroyed.
    pub(super) fn unaware(&self) -> Vec<Unaware> {
        let documents = self.state.all::<Document>().into_iter().filter(|one| !one.purged && one.is_cut());
        let mut listed: Option<BTreeSet<String>> = None;
        let mut found = Vec::new();
        for document in documents {
            for version in doomed(&document.versions) {
                let names = file_names(&version, document.versions[&version].shards);
                let is_here = names.iter().all(|name| self.root.join("corpus").join(name).exists());
                if !is_here || document.leads_on(&version) {
                    continue;
                }
                let listed = listed
                    .get_or_insert_with(|| self.state.purges().into_iter().flat_map(|order| order.files).collect());
                let is_known = listed.contains(&names[0]);
                found.push(Unaware { document: document.clone(), version, is_known });
            }
        }
        found
    }

    /// Sees to them, first those that stay; the caller holds the lock.
    pub(super) fn take_out_unaware(&mut self) -> Result<()> {
        if self.surroundings.rehearsal {
            return Ok(());
        }
        let mut left = usize::MAX;
        loop {
            let mut found = self.unaware();
            if found.is_empty() || found.len() >= left {
                return Ok(());
            }
            left = found.len();
            let is_any_new = found.iter().any(|one| !one.is_known);
            found.retain(|one| one.is_known != is_any_new);
            let tag = self.coder(false)?;
            self.transact(&tag, UNAWARE, |batch| found.iter().try_for_each(|one| see_to(batch, one)))?;
        }
    }

    /// Indices among a document's speakers of everybody who withdrew from it.
    fn withdrawn_speakers(&self, document: &Document, people: &BTreeSet<Id>) -> BTreeSet<usize> {
        let all = people.iter().filter_map(|id| self.state.entity(*id).map(|entity| (*id, entity)));
        let people = all.filter_map(|(id, entity)| Participant::read(id, &entity).ok());
        let spoke = people.flat_map(|one| one.speaks).filter(|at| at.document == document.id);
        let mut speakers: BTreeSet<usize> = spoke.map(|at| at.speaker).collect();
        for (name, _) in document.versions.iter().filter(|(_, version)| version.cut.is_some()) {
            let Ok(Some(header)) = self.header_of(document, name) else { continue };
            let gone = header.speakers.iter().enumerate().filter(|(_, one)| **one == redact::nobody());
            speakers.extend(gone.map(|(index, _)| index));
        }
        speakers
    }

    /// Speakers of a text whose name no text that was known has, and most of whose words none has either.
    fn strangers(&self, document: &Document, version: &str, withdrawn: &BTreeSet<usize>) -> Result<BTreeSet<usize>> {
        let Some(text) = self.frozen(document, version)? else { return Ok(BTreeSet::new()) };
        let (mut known, mut said) = (0, HashSet::new());
        for (name, other) in &document.versions {
            // What was corrected later, or beside it, knows no more than it does.
            let is_before = other.cut.is_some() || other.number < document.versions[version].number;
            let Some(other) = self.frozen(document, name)?.filter(|_| is_before && name != version) else { continue };
            known = known.max(other.header().speakers.len());
            let stay = other.units().filter(|(_, unit)| unit.speaker.is_none_or(|one| !withdrawn.contains(&one)));
            said.extend(stay.map(|(shard, unit)| fold(&shard.speech(unit))));
        }
        if text.header().speakers.len() <= known {
            return Ok(BTreeSet::new());
        }
        Ok(without_known_words(&text, known, &said))
    }
}

/// Speakers from `first` on of whose words not half stand among what was said.
fn without_known_words(text: &Frozen, first: usize, said: &HashSet<String>) -> BTreeSet<usize> {
    let mut words: HashMap<usize, (usize, usize)> = HashMap::new();
    for (shard, unit) in text.units() {
        let Some(speaker) = unit.speaker.filter(|speaker| *speaker >= first) else { continue };
        let speech = shard.speech(unit);
        let (all, stand) = words.entry(speaker).or_default();
        let count = count(&speech);
        *all += count;
        *stand += if said.contains(&fold(&speech)) { count } else { 0 };
    }
    (first..text.header().speakers.len())
        .filter(|speaker| words.get(speaker).is_some_and(|(all, stand)| 2 * stand < *all))
        .collect()
}

fn see_to(batch: &mut Batch<'_>, one: &Unaware) -> Result<()> {
    let Unaware { document, version, is_known } = one;
    let fields =
        if *is_known { led_to_what_is_in_force(batch, document, version)? } else { cut(batch, document, version)? };
    batch.set(Kind::Document, document.id, &fields);
    Ok(())
}

fn led_to_what_is_in_force(batch: &Batch<'_>, document: &Document, version: &str) -> Result<Fields> {
    let project = batch.project();
    let target = project.frozen(document, &document.version)?;
    let way = target.map(|target| project.way(document, version, &target)).transpose()?.flatten();
    let to = &document.version;
    Ok(way.map(|way| (format!("way:{version}:{to}"), json!(way))).into_iter().collect())
}

/// Makes a text of one that is to be destroyed, without what those said who withdrew.
fn cut(batch: &mut Batch<'_>, document: &Document, version: &str) -> Result<Fields> {
    let project = batch.project();
    let people: BTreeSet<Id> = document.versions.values().flat_map(crate::document::Version::without).collect();
    let mut speakers = project.withdrawn_speakers(document, &people);
    speakers.extend(project.strangers(document, version, &speakers)?);
    let held = Document { version: version.to_owned(), ..document.clone() };
    let without = Without::survey(project, &held, speakers)?;
    let number = document.versions[version].number + 1;
    let fields = project.state.entity(document.id).map(|entity| entity.fields()).unwrap_or_default();
    let was_in_force = fields.get("version").and_then(serde_json::Value::as_str) == Some(version);
    let stands = fields.contains_key(&format!("version:{version}"));
    let is_newer = document.corrected(version) > document.corrected(&document.version);
    let way = without.way();
    let (name, mut made) = batch.freeze(&without, document.id, number)?;
    made.cut = Some(without.cut_unaware(&people));
    let mut fields = Fields::from_iter([(format!("way:{version}:{name}"), json!(way))]);
    if !document.versions.contains_key(&name) {
        fields.insert(format!("version:{name}"), json!(made));
    }
    if stands && (was_in_force || is_newer) {
        fields.insert("version".to_owned(), json!(name));
    }
    Ok(fields)
}
