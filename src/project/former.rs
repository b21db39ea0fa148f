//! What a memo said before it was edited or removed: it may quote somebody, so it is destroyed.
//!
//! The memos that an act is about to change are noted beside the write lock, so that whoever opens the project after an
//! act that was cut short finishes it.

use super::Project;
use super::write::is_plain;
use crate::diagnostic::Result;
use crate::disk;
use crate::history::{Entity, Fields, Record, Write};
use crate::id::{Id, Kind};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;

impl Project {
    fn note_of_former(&self) -> PathBuf {
        self.homes.state.join("memos-to-forget.json")
    }

    /// Notes the memos that some records change; none that they make.
    pub(super) fn note_former(&self, records: &[Record]) -> Result<()> {
        let changed = records.iter().filter_map(|record| match record {
            Record::Put { put: Kind::Memo, id, label: None, .. } => Some(*id),
            _ => None,
        });
        let changed: BTreeSet<Id> = changed.collect();
        if changed.is_empty() {
            return Ok(());
        }
        disk::make_private_folder(&self.homes.state)?;
        disk::replace(&self.note_of_former(), &serde_json::to_vec(&changed).unwrap_or_default())
    }

    /// Destroys what the memos noted said before.
    pub(super) fn forget_noted(&self) -> Result<()> {
        let note = self.note_of_former();
        let Ok(bytes) = std::fs::read(&note) else { return Ok(()) };
        if self.surroundings.rehearsal {
            return Ok(());
        }
        self.forget_former(serde_json::from_slice::<BTreeSet<Id>>(&bytes).unwrap_or_default())?;
        disk::remove(&note)
    }

    /// The same for all memos: some may have been changed elsewhere.
    pub(super) fn forget_all_former(&self) -> Result<()> {
        self.forget_former(self.state.ever(Kind::Memo).into_iter().map(|(id, _)| id))
    }

    fn forget_former(&self, memos: impl IntoIterator<Item = Id>) -> Result<()> {
        for id in memos {
            let Some(memo) = self.state.entity(id) else { continue };
            for name in self.former_texts(id, &memo).iter().filter(|name| is_plain(name)) {
                let path = self.root.join("corpus").join(name);
                if path.exists() {
                    disk::remove(&path)?;
                }
            }
        }
        Ok(())
    }

    /// Names below `corpus/` of what a memo said before. Where two people edited it unaware of each other both are
    /// kept; so is what an act taken back wrote, which may be done again.
    pub(super) fn former_texts(&self, id: Id, memo: &Entity) -> BTreeSet<String> {
        let writes: Vec<Fields> = memo.active_writes().map(Write::fields).collect();
        let is_removed = !memo.is_here() && writes.iter().any(|fields| fields.contains_key("gone"));
        if writes.len() < 2 || !(memo.is_here() || is_removed) {
            return BTreeSet::new();
        }
        let mut former: BTreeSet<String> = writes.iter().filter_map(|fields| file_of(fields.get("text")?)).collect();
        if memo.is_here() {
            let conflicts = self.state.conflicts_of(id).into_iter().filter(|one| one.field == "text");
            let kept: BTreeSet<String> = conflicts
                .filter_map(|one| file_of(&one.other))
                .chain(memo.fields().get("text").and_then(file_of))
                .collect();
            former.retain(|name| !kept.contains(name));
        }
        former
    }
}

fn file_of(text: &Value) -> Option<String> {
    Some(format!("sealed/{}.json", text.get("sealed")?.as_str()?))
}
