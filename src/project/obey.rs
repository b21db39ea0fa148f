//! Obeying purges: what an order to destroy means on this machine, each time the project is opened.

use super::Project;
use super::moment::now;
use super::write::is_plain;
use crate::diagnostic::Result;
use crate::disk;
use crate::id::Id;
use std::collections::BTreeSet;

impl Project {
    /// Destroys what purge operations order, here and now: every file that ever held the document's
    /// words or name, also under versions that were undone or came from elsewhere since. Each machine
    /// does so when it next folds the order.
    pub(super) fn obey_purges(&mut self) -> Result<()> {
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
            self.forget_words()?;
            disk::make_private_folder(&self.homes.state)?;
            disk::replace_unsynced(&memory, &serde_json::to_vec(&orders).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Names below `corpus/` that purges doom: those the orders list, and those that follow from
    /// everything ever recorded of the documents.
    fn doomed_files(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for order in self.state.purges() {
            names.extend(order.files);
            names.extend(self.files_of(order.id));
            names.extend(self.memos_on(order.id).into_iter().flat_map(|memo| self.files_of(memo)));
        }
        names
    }

    /// Drops what was made from words that are gone: index, salvage, papers.
    fn forget_words(&mut self) -> Result<()> {
        self.shards.borrow_mut().clear();
        self.headers.borrow_mut().clear();
        // A killed process may have left words under a name that no operation knows.
        let now = now(&self.surroundings).into();
        for folder in [self.originals_folder(), self.text_folder(), self.sealed_folder(), self.outputs_folder()] {
            disk::sweep(&folder, now);
        }
        disk::remove_folder(&self.forms_folder())?;
        disk::remove_folder(&self.homes.cache.join("index"))?;
        disk::remove_folder(&self.homes.cache.join("salvage"))?;
        let sheets = self.state.purges().into_iter().flat_map(|order| self.sheets_of(order.id));
        for name in self.papers().into_iter().chain(sheets) {
            disk::remove(&self.outputs_folder().join(name))?;
        }
        Ok(())
    }
}
