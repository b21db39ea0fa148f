//! A small project in a room of its own that can be put back as it was, and all that can be seen of it.

use crate::act::import::{self, Wanted};
use crate::diagnostic::{Result, Severity};
use crate::document::Document;
use crate::project::{Depth, Project, Surroundings};
use crate::strand::SourceKind;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Moment at which everything in the room happens.
const NOW: &str = "2026-03-01T10:00:00Z";

pub(super) const INTERVIEW: &str = "Interviewer: How was it?\n\nAna: She came every single week until I trusted her word.\n\nInterviewer: And then?\n\nAna: Then I went on my own.\n";

/// The room: the project `p`, a copy of it elsewhere, what people have beside them.
#[derive(Debug, Clone)]
pub(super) struct Place(PathBuf);

impl Place {
    pub fn room(&self) -> &Path {
        &self.0
    }

    pub fn root(&self) -> PathBuf {
        self.0.join("p")
    }

    pub fn surroundings(&self) -> Surroundings {
        self.surroundings_of("home", "gj")
    }

    fn surroundings_of(&self, home: &str, coder: &str) -> Surroundings {
        let home = self.0.join(home);
        Surroundings {
            now: NOW.parse().ok(),
            seed: Some(format!("seed of {}", home.display())),
            ..Surroundings::within(&home, Some(coder))
        }
    }

    pub fn open(&self) -> Result<Project> {
        Project::open(&self.root(), self.surroundings())
    }

    /// The copy of the project at another site.
    pub fn far_root(&self) -> PathBuf {
        self.0.join("far")
    }

    pub fn open_far(&self, coder: &str) -> Project {
        Project::open(&self.far_root(), self.surroundings_of("far home", coder)).unwrap()
    }

    /// Brings the copy up to date by hand.
    pub fn copy_far(&self) {
        Files::of(&self.root()).put(&self.far_root());
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        put(&path, text.as_bytes());
        path
    }

    pub fn import(
        &self,
        project: &mut Project,
        files: &[(&str, &str)],
    ) -> Result<crate::project::Done<import::Summary>> {
        let paths = files.iter().map(|(name, text)| self.file(name, text)).collect();
        import::import(project, &Wanted::of(paths, SourceKind::Interview), &|_, _| {})
    }

    /// All that can be seen of project and room, apart from when and how it came about.
    pub fn view(&self) -> Result<Vec<String>, String> {
        if !self.root().join("realist.toml").exists() {
            return Ok(self.beside());
        }
        let project = self.open().map_err(|fault| format!("cannot be opened: {fault}"))?;
        // A line cut short, or a file that is empty yet, is told in a note and mended by the next act.
        if let Some(trouble) = project.troubles().iter().find(|one| one.severity != Severity::Note) {
            return Err(format!("opened with trouble: {trouble}"));
        }
        let state = project.state();
        // Opening destroys what a purge names, so this is looked at afterwards.
        let mut seen = self.beside();
        seen.extend(state.entities().map(|(id, entity)| {
            format!(
                "{id} {} {:?} {:?} {}",
                entity.kind,
                state.labels_in(id, &entity),
                entity.fields(),
                entity.is_here()
            )
        }));
        seen.extend(state.conflicts().iter().map(|one| format!("{one:?}")));
        let synthesis = project.synthesis(Depth::Quotations).map_err(|fault| format!("cannot be read: {fault}"))?;
        seen.push(format!("{synthesis:?}"));
        for document in state.all::<Document>() {
            let mut texts: Vec<String> = Vec::new();
            let doomed = crate::document::doomed(&document.versions);
            for version in document.versions.keys().filter(|version| !doomed.contains(*version)) {
                let shard = project.shard(&document, version, 0).map_err(|fault| fault.to_string())?;
                texts.push(shard.map_or_else(|| "gone".to_owned(), |shard| shard.text.clone()));
            }
            let original = std::fs::read(project.original(&document)).ok();
            let no_original = original.is_none() && !document.is_cut();
            if !document.purged && (no_original || texts.iter().any(|text| text == "gone")) {
                return Err(format!("words of {} are gone", project.label(document.id)));
            }
            seen.push(format!("{texts:?} {:?}", original.map(|bytes| blake3::hash(&bytes))));
        }
        Ok(seen)
    }

    /// What lies outside the journal and the corpus and is written whole.
    fn beside(&self) -> Vec<String> {
        let ours = |path: &Path| {
            path == Path::new("p/realist.toml")
                || path.starts_with("p/outputs")
                || path.starts_with("home/config")
                || path.extension().is_some_and(|ending| ending == "zip")
        };
        let files = Files::of(&self.0).files;
        let files = files.into_iter().filter(|(path, _)| ours(path) && !is_stray(path));
        files.map(|(path, bytes)| format!("{} {}", path.display(), blake3::hash(&bytes).to_hex())).collect()
    }

    /// Names and bytes of corpus and codebooks.
    pub fn corpus_and_books(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let ours = |path: &PathBuf| ["corpus", "codebooks"].iter().any(|folder| path.starts_with(folder));
        Files::of(&self.root()).files.into_iter().filter(|(path, _)| ours(path) && !is_stray(path)).collect()
    }

    /// Files that nobody should find after an act that went well.
    pub fn strays(&self) -> Vec<PathBuf> {
        Files::of(&self.0).files.into_keys().filter(|path| is_stray(path)).collect()
    }

    /// Two hours pass for what a killed process left behind.
    pub fn let_time_pass(&self) {
        let moment: jiff::Timestamp = NOW.parse().unwrap();
        let before = moment - jiff::SignedDuration::from_hours(2);
        for path in self.strays() {
            fs::File::options().write(true).open(self.0.join(path)).unwrap().set_modified(before.into()).unwrap();
        }
    }
}

fn is_stray(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with(".realist-") || name.starts_with("taking-")
}

/// A room furnished once and restored as often as wanted.
pub(super) struct Scene {
    room: tempfile::TempDir,
    before: Files,
}

impl Scene {
    /// Furnishes a room, step by step.
    pub fn new(furnish: &[fn(&Place)]) -> Self {
        // In memory where that can be had: there are thousands of trials.
        let memory = Path::new("/dev/shm");
        let room = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let place = Place(room.path().canonicalize().unwrap());
        for furnish in furnish {
            furnish(&place);
        }
        let before = Files::of(place.room());
        Scene { room, before }
    }

    /// The room as it was in the beginning.
    pub fn place(&self) -> Place {
        let place = Place(self.room.path().canonicalize().unwrap());
        self.before.restore(place.room());
        place
    }
}

/// All files and folders below one.
struct Files {
    folders: BTreeSet<PathBuf>,
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Files {
    fn of(top: &Path) -> Self {
        let mut found = Files { folders: BTreeSet::new(), files: BTreeMap::new() };
        found.walk(top, top);
        found
    }

    fn walk(&mut self, top: &Path, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(top).unwrap().to_owned();
            if path.is_dir() {
                self.folders.insert(name);
                self.walk(top, &path);
            } else {
                self.files.insert(name, fs::read(&path).unwrap());
            }
        }
    }

    fn put(&self, to: &Path) {
        fs::create_dir_all(to).unwrap();
        self.folders.iter().for_each(|folder| fs::create_dir_all(to.join(folder)).unwrap());
        self.files.iter().for_each(|(name, bytes)| put(&to.join(name), bytes));
    }

    /// Makes `to` hold these and nothing else.
    fn restore(&self, to: &Path) {
        let now = Files::of(to);
        for name in now.files.keys().filter(|name| !self.files.contains_key(*name)) {
            fs::remove_file(to.join(name)).unwrap();
        }
        for name in now.folders.iter().rev().filter(|name| !self.folders.contains(*name)) {
            fs::remove_dir(to.join(name)).unwrap();
        }
        let changed = self.files.iter().filter(|(name, bytes)| now.files.get(*name) != Some(bytes));
        let files = changed.map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        Files { folders: self.folders.clone(), files }.put(to);
    }
}

#[allow(clippy::disallowed_methods)] // test material is written as people would
fn put(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
}
