//! Taking in a colleague's copy of the project or a bundle: operations and files by themselves, settings
//! only as a person says.

use super::{bundle, differences};
use crate::diagnostic::{Fault, Result, fault};
use crate::id::Id;
use crate::project::{HandEdit, Parcel, Project, SETTINGS_FILE, Taken};
use std::path::Path;

pub use super::differences::Difference;

/// What came of a merge, and what a person must still look at.
#[derive(Debug)]
pub struct Merged {
    pub taken: Taken,
    /// Settings that differ and were left alone.
    pub settings: Vec<Difference>,
    /// Keys taken over.
    pub settings_taken: Vec<String>,
    /// Codebook entries edited by hand on the other side and journalled nowhere, with their labels.
    pub hand_edits: Vec<(String, HandEdit)>,
}

/// Takes in a copy of the project (its folder) or a bundle (a file). `take_settings` names keys of
/// `realist.toml` to take over from there.
pub fn merge(project: &mut Project, from: &Path, take_settings: &[String]) -> Result<Merged> {
    let (mut parcel, theirs) = if from.is_dir() { folder(project, from)? } else { file(from)? };
    refuse_other(project, parcel.project)?;
    let ours = project.settings_text()?;
    let wanted = if theirs.is_empty() { ours.clone() } else { theirs };
    let settled = differences::take(&ours, &wanted, take_settings)?;
    let hand_edits = if from.is_dir() { hand_edits(project, from)? } else { Vec::new() };
    let taken = project.take_in(&mut parcel)?;
    if settled != ours {
        project.replace_settings(&settled).map_err(|fault| {
            let mut fault = *fault.0;
            fault.message = format!("what is new was taken in, but {}", fault.message);
            fault.hints = vec!["put this right and merge again: what is in already is not taken twice".to_owned()];
            Fault(Box::new(fault))
        })?;
    }
    Ok(Merged {
        taken,
        settings: differences::differences(&settled, &wanted)?,
        settings_taken: take_settings.to_vec(),
        hand_edits,
    })
}

fn folder(project: &Project, from: &Path) -> Result<(Parcel, String)> {
    let path = from.join(SETTINGS_FILE);
    if !path.is_file() {
        return Err(fault("no-project", format!("{} is no copy of a realist project", from.display()))
            .hint("give the folder that holds realist.toml, or a bundle"));
    }
    let same =
        |one: &Path, other: &Path| one.canonicalize().ok().is_some_and(|one| Some(one) == other.canonicalize().ok());
    if same(from, project.root()) {
        return Err(fault("same-folder", "that is this project itself").hint("give the folder of another copy"));
    }
    let text = std::fs::read_to_string(&path).map_err(|error| Fault::io("read", &path, &error))?;
    Ok((Project::parcel_of(from)?, text))
}

fn file(from: &Path) -> Result<(Parcel, String)> {
    let (_, settings, parcel) = bundle::open(from)?;
    Ok((parcel, settings))
}

fn refuse_other(project: &Project, theirs: Id) -> Result<()> {
    if theirs == project.settings().project {
        return Ok(());
    }
    Err(fault("other-project", format!("that belongs to another project ({theirs}); nothing was changed"))
        .hint(format!("this project is {}; merge takes copies of one project only", project.settings().project)))
}

/// Codebooks of the other copy that say what no journal says. Looked for only where files differ.
fn hand_edits(project: &Project, from: &Path) -> Result<Vec<(String, HandEdit)>> {
    if books(from) == books(project.root()) {
        return Ok(Vec::new());
    }
    let theirs = Project::look(from, project.surroundings().clone())?;
    let known = project.hand_edits();
    let news = theirs.hand_edits().into_iter().filter(|edit| !known.contains(edit));
    Ok(news.map(|edit| (theirs.label(edit.id), edit)).collect())
}

fn books(root: &Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
    let entries = std::fs::read_dir(root.join("codebooks")).into_iter().flatten().filter_map(std::result::Result::ok);
    let mut books: Vec<_> =
        entries.filter_map(|entry| Some((entry.file_name(), std::fs::read(entry.path()).ok()?))).collect();
    books.sort();
    books
}
