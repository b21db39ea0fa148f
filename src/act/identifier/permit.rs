//! Leave for an identifier to stand in a file all the same: given by somebody, with a reason, and kept in the journal.

use super::{find, known};
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use crate::identifier::{Leave, Permit};
use crate::participant::Audience;
use crate::project::{Done, Project};
use serde_json::json;

/// What was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub id: String,
    /// Label of the identifier, or of the participant whose name it is.
    pub about: String,
    pub output: Option<String>,
}

/// Lets an identifier of the list, or a participant's name, stand in one file or in all. `output` is the name of the file;
/// its ending does not matter. Reason and name of the file are sealed: they may name somebody.
///
/// Faults: `unknown-id`, `no-reason`.
pub fn permit(project: &mut Project, typed: &str, output: Option<&str>, reason: &str) -> Result<Done<Given>> {
    if reason.trim().is_empty() {
        return Err(fault("no-reason", "an exception needs a reason").hint("add --reason \"...\""));
    }
    let output = output.map(|name| stem(name).to_owned());
    project.write("identifier permit", true, |batch| {
        let about = meant(batch.project(), typed)?;
        let leave = Leave { output: output.clone(), reason: reason.trim().to_owned() };
        let fields = crate::project::Batch::fields(json!({ "about": about, "leave": batch.seal(&json!(leave))? }));
        let (_, label) = batch.create(Kind::Permit, &fields);
        Ok(Given { id: label.to_string(), about: batch.project().label(about), output: output.clone() })
    })
}

/// An identifier by label or spelling, a participant by label or by the name that is looked for.
fn meant(project: &Project, typed: &str) -> Result<Id> {
    let listed = match find(project, typed) {
        Ok(id) => return Ok(id),
        Err(fault) => fault,
    };
    if let Ok(id) = resolve::find(project, Kind::Participant, typed) {
        return Ok(id);
    }
    let spoken = known::known(project, Audience::Publication)?;
    let named = spoken.iter().find(|one| one.spellings.iter().any(|name| known::stands_in(typed, name)));
    named.map(|one| one.id).ok_or(listed)
}

/// The name of a file without folders and ending.
pub fn stem(name: &str) -> &str {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// All that was given, with what is sealed of it where it is on this computer.
pub fn all(project: &Project) -> Vec<(Permit, Option<Leave>)> {
    let given = project.state().in_order::<Permit>().into_iter();
    given
        .map(|one| {
            let leave = project.unseal(&one.leave).and_then(|value| serde_json::from_value(value).ok());
            (one, leave)
        })
        .collect()
}
