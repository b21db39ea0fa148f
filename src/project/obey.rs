//! Obeying purges: what an order to destroy means on this machine, each time the project is opened.

use super::Project;
use super::moment::now;
use super::texts;
use super::write::is_plain;
use crate::diagnostic::Result;
use crate::disk;
use crate::document::{Document, doomed};
use crate::history::{Entity, Fields, Stored, anchor_in, versions_in};
use crate::id::{Id, Kind};
use crate::meeting::Issue;
use crate::passage::Fate;
use std::collections::BTreeSet;

impl Project {
    /// Destroys what purge operations order, here and now: every file that ever held the document's
    /// words or name, also under versions that were undone or came from elsewhere since. Each machine
    /// does so when it next folds the order.
    pub(super) fn obey_purges(&mut self) -> Result<()> {
        self.forget_noted()?;
        if !self.surroundings.rehearsal && !self.unaware().is_empty() {
            let (_, _lock) = self.begin(false)?;
            return self.obey_locked();
        }
        self.destroy_purged()
    }

    /// The same for somebody who holds the lock.
    pub(super) fn obey_locked(&mut self) -> Result<()> {
        self.take_out_unaware()?;
        self.destroy_purged()
    }

    fn destroy_purged(&mut self) -> Result<()> {
        let orders: BTreeSet<Id> = self.state.purges().iter().map(|order| order.op).collect();
        if orders.is_empty() || self.surroundings.rehearsal {
            return Ok(());
        }
        let corpus = self.root.join("corpus");
        for name in self.doomed_files().iter().filter(|name| is_plain(name)) {
            let path = corpus.join(name);
            if path.exists() {
                disk::remove(&path)?;
            }
        }
        let memory = self.homes.state.join("purges-obeyed.json");
        let obeyed: BTreeSet<Id> =
            std::fs::read(&memory).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        if !orders.is_subset(&obeyed) {
            self.forget_words(&obeyed)?;
            disk::make_private_folder(&self.homes.state)?;
            disk::replace_unsynced(&memory, &serde_json::to_vec(&orders).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Names below `corpus/` that purges doom: those the orders list, and those that follow from
    /// everything ever recorded of the documents.
    pub fn doomed_files(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for order in self.state.purges() {
            names.extend(order.files);
            names.extend(self.files_of(order.id));
            names.extend(self.memos_on(order.id).into_iter().flat_map(|memo| self.files_of(memo)));
        }
        names.extend(self.cut_files());
        names.extend(self.papers_kept());
        names.extend(self.state.ever(Kind::Memo).into_iter().flat_map(|(id, memo)| self.former_texts(id, &memo)));
        names
    }

    /// Names below `corpus/` of what holds words that were destroyed or taken out of a document since:
    /// older text versions, and versions made by somebody who did not know of the withdrawal; every file
    /// the document was given as; memos on those words.
    fn cut_files(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut touched = Vec::new();
        for (id, entity) in self.state.ever(Kind::Document) {
            let all: Fields = entity.all_writes().flatten().collect();
            let versions = versions_in(&all);
            if versions.values().any(|version| version.cut.is_some()) {
                for version in doomed(&versions) {
                    names.extend(texts::file_names(&version, versions.get(&version).map_or(1, |one| one.shards)));
                }
                let given = entity.all_writes().filter_map(|fields| Some(fields.get("original")?.as_str()?.to_owned()));
                names.extend(given.map(|original| format!("originals/{original}")));
            }
            let document = Document::read(id, &entity).ok();
            touched.extend(document.filter(|document| document.is_cut() || document.purged));
        }
        if !touched.is_empty() {
            names.extend(self.memos_on_words_gone(&touched));
        }
        names
    }

    /// Names below `corpus/` of papers that were sent to a meeting, and may hold words that were destroyed since.
    fn papers_kept(&self) -> BTreeSet<String> {
        let is_gone = |document: Id, version: &String| {
            let entity = self.state.entity(document);
            let all: Fields = entity.iter().flat_map(|entity| entity.all_writes()).flatten().collect();
            self.state.is_purged(document) || doomed(&versions_in(&all)).contains(version)
        };
        let ballots_gone = || self.state.ever(Kind::Member).into_iter().any(|(id, _)| self.state.is_purged(id));
        let holds_dissent_gone = |issue: &Issue| match &issue.voicing {
            Some(members) => members.iter().any(|member| self.state.is_purged(*member)),
            None => ballots_gone(),
        };
        let mut names = BTreeSet::new();
        for (_, meeting) in self.state.ever(Kind::Meeting) {
            let fields = meeting.all_writes().flatten();
            let issued = fields.filter(|(name, _)| name.starts_with("issued:"));
            for issue in issued.filter_map(|(_, value)| serde_json::from_value::<Issue>(value).ok()) {
                let holds_words_gone = issue.quoting.iter().any(|(document, version)| is_gone(*document, version));
                if holds_words_gone || holds_dissent_gone(&issue) {
                    let kept = issue.papers.iter().map(|paper| &paper.kept).chain([&issue.sections]);
                    names.extend(kept.map(|sealed| format!("sealed/{}.json", sealed.sealed)));
                }
            }
        }
        names
    }

    /// Files of memos that are about words which are gone, or about what stood on them. What a correction
    /// carried over before the withdrawal was set on a former text too, of which nothing is told: it is
    /// judged by where it stood later.
    fn memos_on_words_gone(&self, documents: &[Document]) -> BTreeSet<String> {
        let is_gone = |entity: &Entity| {
            let (mut stands, mut was_set) = (false, false);
            for anchor in entity.all_writes().filter_map(|fields| anchor_in(&fields)) {
                let Some(document) = documents.iter().find(|one| one.id == anchor.document) else { continue };
                was_set = true;
                match anchor.fate(document) {
                    Fate::Destroyed => return true,
                    Fate::Standing(_) => stands = true,
                    Fate::Untold => {}
                }
            }
            was_set && !stands
        };
        let stood_there = |id: Id| {
            let entity = self.state.entity(id).filter(|one| matches!(one.kind, Kind::Coding | Kind::Evidence));
            self.state.is_purged(id) || entity.is_some_and(|entity| is_gone(&entity))
        };
        let about = |fields: Fields| fields.get("about")?.as_str()?.parse().ok();
        let memos = self.state.ever(Kind::Memo).into_iter();
        let memos = memos.filter(|(_, memo)| is_gone(memo) || memo.all_writes().filter_map(about).any(stood_there));
        memos.flat_map(|(id, _)| self.files_of(id)).collect()
    }

    /// Drops what was made from words that are gone: index, salvage, papers.
    fn forget_words(&mut self, obeyed: &BTreeSet<Id>) -> Result<()> {
        self.shards.borrow_mut().clear();
        self.headers.borrow_mut().clear();
        // A killed process may have left words under a name that no operation knows.
        let now = now(&self.surroundings).into();
        for folder in [self.originals_folder(), self.text_folder(), self.sealed_folder(), self.outputs_folder()] {
            disk::sweep(&folder, now);
        }
        disk::remove_folder(&self.forms_folder())?;
        disk::remove_folder(&self.homes.cache.join("index"))?;
        disk::remove_folder(&self.kept_folder())?;
        disk::remove_folder(&self.homes.cache.join("salvage"))?;
        let fresh = self.state.purges().into_iter().filter(|order| !obeyed.contains(&order.op));
        let mut gone: BTreeSet<Id> = fresh.map(|order| order.id).collect();
        let mut documents = self.state.all::<Document>();
        // Those that somebody was taken out of.
        documents.retain(|one| one.versions.values().any(|version| !version.without().is_disjoint(&gone)));
        gone.extend(documents.iter().map(|one| one.id));
        let sheets = gone.into_iter().flat_map(|id| self.sheets_of(id));
        for name in self.papers().into_iter().chain(sheets) {
            disk::remove(&self.outputs_folder().join(name))?;
        }
        Ok(())
    }
}
