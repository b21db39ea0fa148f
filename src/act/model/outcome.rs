//! What a model's sources report of an outcome: one record a result, since one outcome may be measured in several ways.

use super::behind::{self, Behind};
use super::cell::passage_needed;
use crate::act::{code, resolve};
use crate::diagnostic::Result;
use crate::id::{Id, Kind};
use crate::model::Direction;
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// A result as a person tells it.
#[derive(Debug, Clone)]
pub struct Wish {
    pub model: String,
    pub outcome: String,
    pub direction: Direction,
    pub measure: Option<String>,
    pub comparator: Option<String>,
    pub behind: Behind,
    pub note: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: String,
    /// Labels of the codings behind it.
    pub passages: Vec<String>,
    /// Labels of sources that were none of the model's before.
    pub sources: Vec<String>,
}

/// Keeps a result. Faults: `passage-needed` (no change, and no passage says so), `heading`, `other-code`, `pass-open`, and
/// those of finding things and of coding.
pub fn add(project: &mut Project, wish: &Wish) -> Result<Done<Kept>> {
    project.write("model outcome", true, |batch| {
        let model = resolve::model(batch.project(), &wish.model)?;
        let outcome = resolve::code(batch.project(), &wish.outcome)?;
        code::refuse_heading(batch.project(), outcome)?;
        let cited = behind::cite(batch, &[(1, outcome, &wish.behind)])?.concat();
        if wish.direction == Direction::None && cited.is_empty() {
            return Err(passage_needed(
                "no passage says that nothing changed",
                "where the sources are silent it is not_reported",
            ));
        }
        let added = behind::add_sources(batch, cited.iter().map(|one| (model, one.source)))?;
        let mut fields = Batch::fields(json!({
            "model": model,
            "outcome": outcome,
            "direction": wish.direction,
            "measure": wish.measure,
            "comparator": wish.comparator,
            "note": wish.note,
            "by": batch.coder(),
        }));
        fields.extend(cited.iter().map(|one| (format!("passage:{}", one.coding), json!(true))));
        let (_, label) = batch.create(Kind::ModelOutcome, &fields);
        Ok(Kept {
            id: label.to_string(),
            passages: cited.into_iter().map(|one| one.label).collect(),
            sources: added.into_values().flatten().collect(),
        })
    })
}

/// Takes a result away; gives its label.
pub fn drop(project: &mut Project, typed: &str, why: &str) -> Result<Done<String>> {
    project.write("model drop", true, |batch| {
        let id: Id = resolve::find(batch.project(), Kind::ModelOutcome, typed)?;
        batch.remove(Kind::ModelOutcome, id, why);
        Ok(batch.project().label(id))
    })
}
