//! What a blind pass keeps from whoever sits at this desk: while it is open and they are of its coders, what the
//! others coded and appraised in its documents, and memos on that, are as if absent. A courtesy between colleagues and no lock:
//! the journal holds everything.

use super::Project;
use crate::diagnostic::Result;
use crate::history::{Entity, Veil};
use crate::id::{Id, Kind};
use crate::pass::Pass;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

impl Project {
    /// Open passes that keep something from this desk.
    pub fn blind_passes(&self) -> Vec<Pass> {
        if self.state.count(Kind::Pass) == 0 {
            return Vec::new();
        }
        let coder = self.surroundings.coder.as_deref();
        self.state.all::<Pass>().into_iter().filter(|pass| !pass.others(coder).is_empty()).collect()
    }

    /// Does something on all there is, and hides again what is to be hidden, whatever came of it.
    pub(super) fn on_whole<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.state.lift_veil();
        let done = act(self);
        self.draw_veil();
        done
    }

    /// Hides what open passes keep from this desk.
    pub(super) fn draw_veil(&mut self) {
        self.state.lift_veil();
        let veil = self.veil();
        self.state.lay_veil(veil);
    }

    fn veil(&self) -> Veil {
        let passes = self.blind_passes();
        if passes.is_empty() {
            return Veil::default();
        }
        let coder = self.surroundings.coder.clone();
        let mut hidden: BTreeMap<Id, (Kind, bool)> = BTreeMap::new();
        for pass in &passes {
            let others = pass.others(coder.as_deref());
            for document in &pass.documents {
                let codings = self.state.ever_mentioning(*document, Kind::Coding).into_iter();
                let theirs = codings.filter(|(_, coding)| says(coding, "coder", &others));
                hidden.extend(theirs.map(|(id, coding)| (id, (coding.kind, coding.is_here()))));
                let appraisals = self.state.ever_mentioning(*document, Kind::Appraisal).into_iter();
                let theirs = appraisals.filter(|(_, appraisal)| says(appraisal, "coder", &others));
                hidden.extend(theirs.map(|(id, appraisal)| (id, (appraisal.kind, appraisal.is_here()))));
                hidden.extend(self.memos_by(&others, *document));
            }
        }
        self.add_memos_on(&mut hidden);
        Veil::over(hidden.into_iter().map(|(id, (kind, is_here))| (id, kind, is_here)), coder)
    }

    /// Memos of these coders on a document or words in it.
    fn memos_by(&self, coders: &[&str], document: Id) -> Vec<(Id, (Kind, bool))> {
        let memos = self.state.ever_mentioning(document, Kind::Memo).into_iter();
        let theirs = memos.filter(|(_, memo)| says(memo, "author", coders));
        theirs.map(|(id, memo)| (id, (memo.kind, memo.is_here()))).collect()
    }

    /// Memos on what is hidden, and on those.
    fn add_memos_on(&self, hidden: &mut BTreeMap<Id, (Kind, bool)>) {
        let mut open: BTreeSet<Id> = hidden.keys().copied().collect();
        while let Some(id) = open.pop_first() {
            for (memo, entity) in self.state.ever_mentioning(id, Kind::Memo) {
                let is_about =
                    entity.all_writes().any(|fields| fields.get("about").is_some_and(|about| *about == id.to_string()));
                if is_about && hidden.insert(memo, (entity.kind, entity.is_here())).is_none() {
                    open.insert(memo);
                }
            }
        }
    }
}

/// One of its fields ever said one of these.
fn says(entity: &Rc<Entity>, field: &str, words: &[&str]) -> bool {
    entity
        .all_writes()
        .any(|fields| fields.get(field).and_then(serde_json::Value::as_str).is_some_and(|said| words.contains(&said)))
}
