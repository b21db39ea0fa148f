//! What could be recommended, and skeletons of it written down.

use super::cited;
use crate::act::resolve;
use crate::diagnostic::Result;
use crate::grounds::{Draft, Grounds};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Depth, Done, Project};
use crate::recommendation::{Addressee, Recommendation};
use crate::synthesis::{Bearings, Synthesis};
use serde_json::json;

/// What somebody asks about.
#[derive(Debug, Clone)]
pub struct Asked {
    pub audience: Addressee,
    /// What hangs on this component alone.
    pub component: Option<String>,
    /// What rests on one of these decisions and statements alone.
    pub on: Vec<String>,
}

/// What came of writing skeletons down, by label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub written: Vec<String>,
    /// Recommendations that were there already, retired ones too.
    pub there: Vec<String>,
}

/// Everything that was considered. Fault `unknown-id`.
pub fn draft(project: &Project, synthesis: &Synthesis, asked: &Asked) -> Result<Draft> {
    let component = asked.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    let on = cited(project, &asked.on)?;
    let bearings = Bearings::of(synthesis);
    let mut draft = Draft::of(&Grounds::new(&bearings), asked.audience, component);
    if !on.is_empty() {
        let is_of = |id: Id| on.contains(&id);
        draft.skeletons.retain(|one| one.basis.iter().any(|ground| is_of(ground.of)));
        draft.blocked.retain(|one| is_of(one.of));
    }
    Ok(draft)
}

/// Writes down each skeleton that is not there yet. Fault `unknown-id`.
pub fn write(project: &mut Project, asked: &Asked) -> Result<Done<Written>> {
    project.write("recommend draft", true, |batch| {
        let draft = draft(batch.project(), &batch.project().synthesis(Depth::Facts)?, asked)?;
        let (mut written, mut there): (Vec<String>, Vec<Id>) = (Vec::new(), Vec::new());
        for skeleton in draft.skeletons {
            let fresh = skeleton.there.iter().filter(|id| !there.contains(id)).copied().collect::<Vec<Id>>();
            there.extend(fresh);
            if skeleton.there.is_empty() {
                let mut fields: Fields =
                    skeleton.basis.iter().map(|ground| (format!("basis:{}", ground.of), json!(true))).collect();
                fields.insert("audience".to_owned(), json!(asked.audience));
                fields.insert("author".to_owned(), batch.coder().into());
                let id = Recommendation::skeleton_of(asked.audience, skeleton.lead);
                written.push(batch.create_as(Kind::Recommendation, id, &fields).to_string());
            }
        }
        let there = there.into_iter().map(|id| batch.project().label(id)).collect();
        Ok(Written { written, there })
    })
}
