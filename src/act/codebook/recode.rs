//! Carrying codings from one code to another. Nothing said is lost: where a coder had both codes on one
//! passage one coding remains, with the memos of both.

use crate::codebook::Code;
use crate::coding::Coding;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::memo::Memo;
use crate::model::{Cell, Outcome};
use crate::passage::Anchor;
use crate::project::{Batch, Project};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Codings on their way to one code.
pub(super) struct Recoding {
    target: Id,
    /// What stands on the target, by who put it there and passage.
    there: BTreeMap<Put, Coding>,
    /// Codings that took another's place.
    replaced: BTreeMap<Id, Id>,
    pub moved: usize,
}

/// A code's codings, in the order they were made.
pub(super) fn codings_of(project: &Project, code: Id) -> Vec<Coding> {
    let mentioning = project.state().about::<Coding>(code).into_iter();
    mentioning.filter(|coding| coding.code == code).collect()
}

impl Recoding {
    pub fn onto(batch: &Batch<'_>, target: Id) -> Self {
        let there = codings_of(batch.project(), target).into_iter().map(|coding| (place(&coding), coding)).collect();
        Recoding { target, there, replaced: BTreeMap::new(), moved: 0 }
    }

    /// How many codings were said twice, and stand once now.
    pub fn folded(&self) -> usize {
        self.replaced.len()
    }

    /// Gives a coding to the target.
    pub fn take(&mut self, batch: &mut Batch<'_>, coding: Coding) {
        let key = place(&coding);
        if let Some(kept) = self.there.get_mut(&key) {
            join(batch, kept, &coding);
            self.replaced.insert(coding.id, kept.id);
            return;
        }
        batch.set(Kind::Coding, coding.id, &Fields::from_iter([("code".to_owned(), json!(self.target))]));
        self.there.insert(key, coding);
        self.moved += 1;
    }

    /// Examples, each by the coding that stands for it now.
    pub fn examples(&self, examples: &[Id]) -> Vec<Id> {
        let mut after: Vec<Id> = Vec::new();
        for id in examples.iter().map(|id| *self.replaced.get(id).unwrap_or(id)) {
            if !after.contains(&id) {
                after.push(id);
            }
        }
        after
    }

    /// Brings the examples of all codes up to date but for those named, which the caller sets.
    pub fn settle_examples(&self, batch: &mut Batch<'_>, codes: &[Code], but: &[Id]) {
        for code in codes.iter().filter(|code| !but.contains(&code.id)) {
            let after = self.examples(&code.examples);
            if after != code.examples {
                batch.set(Kind::Code, code.id, &Fields::from_iter([("examples".to_owned(), json!(after))]));
            }
        }
    }
}

impl Recoding {
    /// What is said of models points at the codings that stand for those it pointed at.
    pub fn settle_models(&self, batch: &mut Batch<'_>) {
        if self.replaced.is_empty() {
            return;
        }
        let project = batch.project();
        let cells = project.state().all::<Cell>().into_iter().map(|one| (Kind::ModelCell, one.id, one.passages));
        let outcomes =
            project.state().all::<Outcome>().into_iter().map(|one| (Kind::ModelOutcome, one.id, one.passages));
        for (kind, id, passages) in cells.chain(outcomes) {
            let replaced = passages.iter().filter_map(|passage| Some((passage, self.replaced.get(passage)?)));
            let fields: Fields = replaced
                .flat_map(|(was, now)| {
                    [(format!("passage:{was}"), Value::Null), (format!("passage:{now}"), json!(true))]
                })
                .collect();
            batch.set(kind, id, &fields);
        }
    }
}

/// Coder, the pass that settled on it, and passage.
type Put = (String, Option<Id>, Anchor);

fn place(coding: &Coding) -> Put {
    (coding.coder.clone(), coding.pass, coding.anchor.unversioned())
}

/// Takes a coding away whose passage another holds, and gives that one its memos.
fn join(batch: &mut Batch<'_>, kept: &mut Coding, twin: &Coding) {
    let memo = match (&kept.memo, &twin.memo) {
        (Some(one), Some(other)) if one != other => Some(format!("{one}\n{other}")),
        (None, Some(other)) => Some(other.clone()),
        _ => None,
    };
    if let Some(memo) = memo {
        batch.set(Kind::Coding, kept.id, &Fields::from_iter([("memo".to_owned(), Value::from(memo.as_str()))]));
        kept.memo = Some(memo);
    }
    for memo in batch.project().state().about::<Memo>(twin.id) {
        if memo.about == Some(twin.id) {
            batch.set(Kind::Memo, memo.id, &Fields::from_iter([("about".to_owned(), json!(kept.id))]));
        }
    }
    let reason = format!("said by {} too", batch.project().label(kept.id));
    batch.remove(Kind::Coding, twin.id, &reason);
}
