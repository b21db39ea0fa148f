//! Decisions on one passage that two people took unaware of each other, and not alike.

use crate::codebook::Code;
use crate::history::Conflict;
use crate::id::Id;
use crate::pass::{Pass, Settled};
use crate::project::Project;

/// A decision that does not stand, since somebody unaware of it took another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival {
    /// Tag of who took it.
    pub by: String,
    /// `drop: it is about trust`, `as distance`, `on other words`.
    pub said: String,
}

/// The decisions on a passage that do not stand and that nobody has settled since.
pub fn rivals(project: &Project, pass: &Pass, key: &str) -> Vec<Rival> {
    let of_pass = project.state().conflicts_of(pass.id).into_iter();
    let of_pass = of_pass.filter(|one| one.field.strip_prefix("settled:") == Some(key));
    let mut rivals: Vec<Rival> = of_pass.map(|one| Rival { said: verdict(&one), by: one.other_by }).collect();
    let coding = pass.settled.get(key).and_then(|settled| settled.coding);
    let of_coding = coding.into_iter().flat_map(|id| project.state().conflicts_of(id));
    let of_coding = of_coding
        .filter(|_| rivals.is_empty())
        .filter_map(|one| Some(Rival { said: result(project, &one)?, by: one.other_by }));
    let of_coding: Vec<Rival> = of_coding.collect();
    rivals.extend(of_coding);
    rivals
}

fn verdict(conflict: &Conflict) -> String {
    let Ok(settled) = serde_json::from_value::<Settled>(conflict.other.clone()) else { return String::new() };
    let reason = settled.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
    format!("{}{reason}", settled.verdict)
}

/// What a consensus coding would be otherwise.
fn result(project: &Project, conflict: &Conflict) -> Option<String> {
    match conflict.field.as_str() {
        "code" => {
            let id: Id = conflict.other.as_str()?.parse().ok()?;
            let name = project.state().get::<Code>(id).map_or_else(|| project.label(id), |code| code.name);
            Some(format!("as {name}"))
        }
        "anchor" => Some("on other words".to_owned()),
        _ => None,
    }
}
