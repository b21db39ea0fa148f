//! The one gate that every file for people passes on its way out: papers, figures, matrices, tables, sheets. It refuses a
//! file that holds a listed identifier, and says where and what can be done about it.
//!
//! Reports and figures are looked through before they are rendered, so that a place is named as a person would look for
//! it, and stand-ins are put in; then every rendered file is looked through again. Bundles are no papers: they carry the
//! project, transcripts and all, to somebody who works on it.

use super::identifier::known::{Known, known, lookout};
use super::identifier::{permit, unknown};
use crate::diagnostic::{Fault, Result, fault};
use crate::id::Id;
use crate::participant::Audience;
use crate::picture::Figure;
use crate::privacy::{Lookout, Sighting};
use crate::project::Project;
use crate::render::figure::Format;
use crate::render::{Print, Renderer, readback};
use crate::report::Report;
use crate::report::texts::{Texts, is_once_more};
use crate::text::words::counted;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// An identifier met where it may not stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    pub file: String,
    /// `the table “Sources”, row 3, column “Who”`.
    pub place: String,
    /// Label of the identifier, or of the participant whose name it is.
    pub id: String,
    /// As it is called.
    pub name: String,
    /// As it stands there.
    pub found: String,
}

/// Lines of a refusal.
const SHOWN: usize = 12;

/// What keeps identifiers from the files of one audience.
pub struct Gate<'p> {
    project: &'p Project,
    audience: Audience,
    known: Vec<Known>,
    lookout: Lookout,
    /// Who may stand in which file; in every one where none is named.
    leaves: Vec<(Id, Option<String>)>,
}

impl<'p> Gate<'p> {
    /// Fault `identifiers-missing`: some of the list is not on this computer, and the paper is for others.
    pub fn of(project: &'p Project, audience: Audience) -> Result<Self> {
        let missing = unknown(project);
        if missing > 0 && audience != Audience::Team {
            let missing = counted(missing, "listed identifier");
            return Err(fault("identifiers-missing", format!("the words of {missing} are not on this computer"))
                .hint("papers for others cannot be looked through for them; merge the copy that has them: realist merge FOLDER"));
        }
        let known = known(project, audience)?;
        let given = permit::all(project).into_iter();
        let leaves = given.filter_map(|(one, leave)| Some((one.about, leave?.output))).collect();
        Ok(Gate { project, audience, lookout: lookout(&known), known, leaves })
    }

    /// What is met in a text of the file so called.
    fn met<'t>(&self, file: &str, text: &'t str) -> impl Iterator<Item = (&Known, Sighting, &'t str)> {
        let stem = permit::stem(file).to_lowercase();
        self.lookout.sightings(text).into_iter().filter_map(move |one| {
            let known = self.known.get(one.which)?;
            let may_stand = self.leaves.iter().any(|(about, output)| {
                *about == known.id && output.as_ref().is_none_or(|output| output.to_lowercase() == stem)
            });
            let found = text.get(one.start..one.end)?;
            (!may_stand).then_some((known, one, found))
        })
    }

    /// The same with stand-ins put in, and what is still met.
    pub fn dressed<T: Texts>(&self, file: &str, mut made: T) -> (T, BTreeSet<Leak>) {
        let mut leaks = BTreeSet::new();
        if self.lookout.is_empty() {
            return (made, leaks);
        }
        made.visit(&mut |text, place| {
            let mut met: Vec<(&Known, Sighting, String)> =
                self.met(file, text).map(|(known, one, found)| (known, one, found.to_owned())).collect();
            // From the end, so that what comes before stays where it is; of two at one place the longer.
            met.sort_by_key(|(_, one, _)| (std::cmp::Reverse(one.start), std::cmp::Reverse(one.end)));
            let mut from = usize::MAX;
            for (known, one, found) in met {
                match &known.instead {
                    Some(instead) if one.end <= from => {
                        text.replace_range(one.start..one.end, instead);
                        from = one.start;
                    }
                    Some(_) => {}
                    None => {
                        leaks.insert(leak(file, place(), known, found));
                    }
                }
            }
        });
        let named: BTreeSet<String> =
            leaks.iter().filter(|one| !is_once_more(&one.place)).map(|one| one.id.clone()).collect();
        leaks.retain(|one| !is_once_more(&one.place) || !named.contains(&one.id));
        (made, leaks)
    }

    /// What is met in a finished file, its name included.
    pub fn met_in(&self, file: &str, bytes: &[u8]) -> BTreeSet<Leak> {
        let mut leaks = BTreeSet::new();
        if self.lookout.is_empty() {
            return leaks;
        }
        for (known, _, found) in self.met(file, permit::stem(file)) {
            leaks.insert(leak(file, "the name of the file".to_owned(), known, found.to_owned()));
        }
        let ending = file.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase());
        readback::texts(&ending, bytes, &mut |text, place| {
            for (known, one, found) in self.met(file, text) {
                leaks.insert(leak(file, place(one.start), known, found.to_owned()));
            }
        });
        leaks
    }

    /// Fault `identifier-found`, with each place and a way out.
    pub fn refuse(&self, leaks: &BTreeSet<Leak>) -> Result<()> {
        let Some(first) = leaks.first() else { return Ok(()) };
        let found: BTreeSet<&str> = leaks.iter().map(|one| one.id.as_str()).collect();
        let places: BTreeSet<(&str, &str)> = leaks.iter().map(|one| (one.file.as_str(), one.place.as_str())).collect();
        let message = format!(
            "{} would hold {} in {}; nothing was written",
            first.file,
            counted(found.len(), "identifier"),
            counted(places.len(), "place")
        );
        let lines =
            leaks.iter().take(SHOWN).map(|one| format!("{} “{}” in {}, {}", one.id, one.found, one.file, one.place));
        let refused = fault("identifier-found", message).hints(lines);
        let more = leaks.len().saturating_sub(SHOWN);
        let refused = if more > 0 { refused.hint(format!("… and {more} more")) } else { refused };
        Err(self.ways_out(refused, first))
    }

    fn ways_out(&self, refused: Fault, first: &Leak) -> Fault {
        let is_listed = self.known.iter().any(|one| one.label == first.id && !one.is_of_speaker);
        let refused = if is_listed {
            refused
                .hint(format!("say what stands in its place: realist identifier set {} --instead \"a town\"", first.id))
        } else {
            refused.hint(format!(
                "say what stands in its place: realist identifier add \"{}\" --instead \"a colleague\"",
                first.name
            ))
        };
        let refused = refused
            .hint("or reword what was typed; or keep a quotation back, so that another is taken: realist evidence withhold E1.gj --reason \"...\"");
        let refused = if self.audience == Audience::Team && is_listed {
            refused
                .hint(format!("or let the team's own files hold it: realist identifier set {} --from others", first.id))
        } else {
            refused
        };
        let stem = permit::stem(&first.file);
        refused.hint(format!(
            "or give leave, which is kept: realist identifier permit {} --in {stem} --reason \"...\"",
            first.id
        ))
    }

    /// What was met before rendering, and what the finished files hold beside it.
    fn met_in_all(&self, mut leaks: BTreeSet<Leak>, files: &[(PathBuf, Vec<u8>)]) -> BTreeSet<Leak> {
        // What was named before rendering need not be named once more at its place in the file.
        let named: BTreeSet<String> = leaks.iter().map(|one| one.id.clone()).collect();
        for (path, bytes) in files {
            let met = self.met_in(&name_of(path), bytes);
            leaks.extend(met.into_iter().filter(|one| !named.contains(&one.id)));
        }
        leaks
    }

    /// Fault `identifier-found`.
    fn pass(&self, leaks: BTreeSet<Leak>, files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
        self.refuse(&self.met_in_all(leaks, files))
    }

    /// Writes all files or, where one of them holds what it may not, none; in a rehearsal none, after the same look.
    fn write(&self, files: Vec<(PathBuf, Vec<u8>)>) -> Result<Vec<PathBuf>> {
        let outputs = self.project.outputs_folder();
        let mut written = Vec::new();
        for (path, bytes) in files {
            if !self.project.surroundings().rehearsal {
                match (path.parent() == Some(&outputs), path.file_name().and_then(|name| name.to_str())) {
                    (true, Some(name)) => drop(self.project.write_output(name, &bytes)?),
                    _ => crate::disk::replace(&path, &bytes)?,
                }
            }
            written.push(path);
        }
        Ok(written)
    }
}

fn leak(file: &str, place: String, known: &Known, found: String) -> Leak {
    Leak { file: file.to_owned(), place, id: known.label.clone(), name: known.name.clone(), found }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes one file that is for the team unless said.
///
/// Faults: `identifier-found`, and those of the disk.
pub fn file(project: &Project, audience: Audience, path: &Path, bytes: Vec<u8>) -> Result<PathBuf> {
    Ok(files(project, audience, vec![(path.to_owned(), bytes)])?.remove(0))
}

/// Writes several files, or none.
///
/// Faults: `identifier-found`, and those of the disk.
pub fn files(project: &Project, audience: Audience, files: Vec<(PathBuf, Vec<u8>)>) -> Result<Vec<PathBuf>> {
    let gate = Gate::of(project, audience)?;
    gate.pass(BTreeSet::new(), &files)?;
    gate.write(files)
}

/// Writes a file that is of no project: the tool's own words, or what was worked out of a table.
///
/// Faults: those of the disk.
pub fn of_no_project(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        crate::disk::make_folder(folder)?;
    }
    crate::disk::replace(path, bytes)
}

/// Writes a report in each format into `outputs/`, under a stem.
///
/// Faults: `identifier-found`, `not-printed`, `too-large`, and those of the disk.
pub fn report(
    project: &Project,
    made: Report,
    stem: &str,
    renderers: &[&'static dyn Renderer],
    print: Print,
) -> Result<Vec<PathBuf>> {
    let outputs = project.outputs_folder();
    let path = |renderer: &dyn Renderer| outputs.join(format!("{stem}.{}", renderer.extension()));
    rendered(project, made, stem, renderers.iter().map(|one| (path(*one), *one)), print)
}

/// The same into the one file named.
pub fn report_at(project: &Project, made: Report, renderer: &'static dyn Renderer, path: &Path) -> Result<PathBuf> {
    Ok(rendered(project, made, &name_of(path), std::iter::once((path.to_owned(), renderer)), Print::Usual)?.remove(0))
}

fn rendered(
    project: &Project,
    made: Report,
    called: &str,
    files: impl Iterator<Item = (PathBuf, &'static dyn Renderer)>,
    print: Print,
) -> Result<Vec<PathBuf>> {
    let gate = Gate::of(project, made.audience)?;
    let (made, leaks) = gate.dressed(called, made);
    let files = files.map(|(path, renderer)| Ok((path, print.of(renderer, &made)?))).collect::<Result<Vec<_>>>()?;
    gate.pass(leaks, &files)?;
    gate.write(files)
}

/// A report in each format, with the name of each file; nothing is written.
///
/// Faults: `identifier-found`, `too-large`.
pub fn bytes(
    project: &Project,
    made: Report,
    stem: &str,
    renderers: &[&'static dyn Renderer],
    print: Print,
) -> Result<Vec<(String, Vec<u8>)>> {
    let gate = Gate::of(project, made.audience)?;
    let (made, leaks) = gate.dressed(stem, made);
    let file = |renderer: &&'static dyn Renderer| {
        Ok((PathBuf::from(format!("{stem}.{}", renderer.extension())), print.of(*renderer, &made)?))
    };
    let files = renderers.iter().map(file).collect::<Result<Vec<_>>>()?;
    gate.pass(leaks, &files)?;
    Ok(files.into_iter().map(|(path, bytes)| (name_of(&path), bytes)).collect())
}

/// A report as it may be shown, stand-ins put in. Fault `identifier-found`.
pub fn shown(project: &Project, made: Report) -> Result<Report> {
    let gate = Gate::of(project, made.audience)?;
    let (made, leaks) = gate.dressed(&made.stem(), made);
    gate.refuse(&leaks)?;
    Ok(made)
}

/// What the gate says of a report in each format, before anything is written.
pub fn check(project: &Project, made: Report, renderers: &[&'static dyn Renderer]) -> Result<BTreeSet<Leak>> {
    let gate = Gate::of(project, made.audience)?;
    let (made, leaks) = gate.dressed(&made.stem(), made);
    let file = |renderer: &&'static dyn Renderer| {
        Ok((PathBuf::from(format!("{}.{}", made.stem(), renderer.extension())), renderer.render(&made)?))
    };
    let files = renderers.iter().map(file).collect::<Result<Vec<_>>>()?;
    Ok(gate.met_in_all(leaks, &files))
}

/// Writes figures in each format: into `outputs/`, or into a folder. Figures are for the team.
///
/// Faults: `identifier-found`, and those of the disk.
pub fn figures(
    project: &Project,
    made: &[Figure],
    formats: &[&'static Format],
    folder: Option<&Path>,
) -> Result<Vec<PathBuf>> {
    let gate = Gate::of(project, Audience::Team)?;
    let (mut files, mut leaks) = (Vec::new(), BTreeSet::new());
    let folder = folder.map_or_else(|| project.outputs_folder(), Path::to_owned);
    for figure in made {
        let (figure, met) = gate.dressed(&figure.key, figure.clone());
        leaks.extend(met);
        files.extend(formats.iter().map(|format| {
            let name = format!("{}.{}", figure.key, format.key);
            (folder.join(name), (format.write)(&figure).into_bytes())
        }));
    }
    gate.pass(leaks, &files)?;
    if !project.surroundings().rehearsal {
        crate::disk::make_folder(&folder)?;
    }
    gate.write(files)
}

#[cfg(test)]
mod tests;
