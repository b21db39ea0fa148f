//! A project on disk: finding it, folding its journal, reading texts, and the one transaction through
//! which everything is written ([`Project::write`]). Holds no lock between acts.

mod at_hand;
mod codebooks;
mod coded;
mod examine;
mod files;
mod folding;
mod former;
mod hand_on;
mod in_force;
mod kept;
mod laid;
mod memos;
mod moment;
mod obey;
mod original;
mod past;
mod place;
mod reading;
mod rooms;
mod settings;
mod stream;
mod take_in;
mod tellings;
mod texts;
mod unaware;
mod veil;
mod wanted;
mod ways;
mod without;
mod write;

pub use codebooks::HandEdit;
pub use coded::{Coded, Codings, Sheet, Standing, Stretch as CodedStretch};
pub use examine::{Content, Lag};
pub use files::{AT, BETWEEN, FIGURE_OF, LARGE_PRINT, PAPER_ENDINGS, PAPERS, ROUND_OF, TRAINING_OF};
pub use hand_on::{Heads, Outgoing};
pub use in_force::Open;
pub use kept::Kept;
pub use laid::{Laid, LaidUnit, Spoken};
pub use moment::{Chance, now, today};
pub use original::Original;
pub use place::Surroundings;
pub use reading::{Depth, Lookup};
pub use rooms::{Size, measure};
pub use settings::{FILE as SETTINGS_FILE, Outline, find_root};
pub use take_in::{Contents, Parcel, Taken};
pub use texts::Shard;
pub use unaware::UNAWARE;
pub use without::Without;
pub use write::{Batch, Done};

use crate::diagnostic::{Diagnostic, Result, fault};
use crate::disk;
use crate::document::{Document, Header, Version};
use crate::history::{Header as StreamHeader, State, StreamId};
use crate::id::Id;
use crate::journal;
use crate::settings::Settings;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// An open project: what its files said when they were last read.
#[derive(Debug)]
pub struct Project {
    root: PathBuf,
    settings: Settings,
    surroundings: Surroundings,
    homes: place::Homes,
    state: State,
    /// How far the journal was read.
    reading: journal::Reading,
    troubles: Vec<Diagnostic>,
    books: codebooks::Books,
    /// Codebook files as they were when last read.
    books_read: BTreeMap<PathBuf, [u8; 32]>,
    shards: RefCell<at_hand::AtHand>,
    headers: RefCell<BTreeMap<String, Rc<Header>>>,
}

impl Project {
    /// Opens the project that holds `start`.
    pub fn open(start: &Path, surroundings: Surroundings) -> Result<Self> {
        let mut project = Self::look(start, surroundings)?;
        if let Err(fault) = project.on_whole(Self::obey_purges) {
            project.troubles.push(Diagnostic { severity: crate::diagnostic::Severity::Warning, ..*fault.0 });
        }
        Ok(project)
    }

    /// Reads a project and touches nothing in it, not even what a purge named.
    pub fn look(start: &Path, surroundings: Surroundings) -> Result<Self> {
        let root = find_root(start)?;
        let settings = settings::read(&root)?;
        let homes = surroundings.homes(settings.project, &root)?;
        let mut project = Project {
            root,
            settings,
            surroundings,
            homes,
            state: State::default(),
            reading: journal::Reading::default(),
            troubles: Vec::new(),
            books: codebooks::Books::default(),
            books_read: BTreeMap::new(),
            shards: RefCell::default(),
            headers: RefCell::default(),
        };
        project.reload()?;
        project.draw_veil();
        Ok(project)
    }

    /// Makes a new project in `root`, which must not be one already.
    pub fn create(root: &Path, title: &str, questions: &[String], surroundings: &Surroundings) -> Result<()> {
        Self::create_from(root, &Outline::new(title, questions), surroundings)
    }

    /// The same with slot scheme and groups settled.
    pub fn create_from(root: &Path, outline: &Outline, surroundings: &Surroundings) -> Result<()> {
        Self::start(root, surroundings, |id| settings::template(id, outline))
    }

    /// The same with settings of one's own, all but format and identity.
    pub fn create_with(root: &Path, rest: &str, surroundings: &Surroundings) -> Result<()> {
        Self::start(root, surroundings, |id| settings::with_identity(id, rest))
    }

    fn start(root: &Path, surroundings: &Surroundings, settings: impl FnOnce(Id) -> String) -> Result<()> {
        if root.join(SETTINGS_FILE).exists() {
            return Err(fault("project-exists", format!("{} is a realist project already", root.display()))
                .hint("open it with: realist -C DIR status"));
        }
        let id = Chance::new(surroundings, "init").id();
        lay_out(root)?;
        disk::replace(&root.join(SETTINGS_FILE), settings(id).as_bytes())?;
        disk::sweep(root, moment::left_behind(surroundings));
        Ok(())
    }

    fn reload(&mut self) -> Result<()> {
        self.fold_journal()?;
        self.note_hand_edits();
        Ok(())
    }

    /// Waits until no other process of this machine writes here. It lies in the state folder: the cache
    /// may be emptied at any time.
    fn lock(&self) -> Result<disk::Lock> {
        disk::Lock::wait(&self.homes.state.join("write.lock"))
    }

    /// Reads the journal again if its files are not what they were.
    fn refresh(&mut self) -> Result<()> {
        let as_it_was = self.reading.is_current(&self.journal_folder())? && self.book_prints() == self.books_read;
        if as_it_was { Ok(()) } else { self.reload() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// What the journal amounts to, as far as this desk is to see it (`veil`).
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What was odd about the files when they were read.
    pub fn troubles(&self) -> &[Diagnostic] {
        &self.troubles
    }

    /// Header of each stream met.
    pub fn streams(&self) -> &BTreeMap<StreamId, StreamHeader> {
        &self.reading.streams
    }

    pub fn surroundings(&self) -> &Surroundings {
        &self.surroundings
    }

    fn journal_folder(&self) -> PathBuf {
        self.root.join("journal")
    }

    fn text_folder(&self) -> PathBuf {
        self.root.join("corpus").join("text")
    }

    fn sealed_folder(&self) -> PathBuf {
        self.root.join("corpus").join("sealed")
    }

    fn originals_folder(&self) -> PathBuf {
        self.root.join("corpus").join("originals")
    }

    /// Where reports go.
    pub fn outputs_folder(&self) -> PathBuf {
        self.root.join("outputs")
    }

    /// This folder's own cache: index, locks, salvage. Holds terms of confidential text.
    pub fn cache_folder(&self) -> &Path {
        &self.homes.cache
    }

    /// Where forms lie while they are filled in, and those that could not be saved. They hold
    /// participants' words.
    pub fn forms_folder(&self) -> PathBuf {
        self.homes.cache.join("forms")
    }

    /// Writes a rebuildable file below `outputs/`.
    pub fn write_output(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let folder = self.outputs_folder();
        disk::make_folder(&folder)?;
        let path = folder.join(name);
        disk::replace(&path, bytes)?;
        disk::sweep(&folder, moment::left_behind(&self.surroundings));
        Ok(path)
    }

    fn files<'p>(
        folder: &'p Path,
        document: &'p Document,
        version: &'p str,
    ) -> Option<(texts::Files<'p>, &'p Version)> {
        let particulars = document.versions.get(version)?;
        Some((texts::Files { folder, version, shards: particulars.shards }, particulars))
    }

    /// What is true of a document's text version in force; `None` where its files are gone.
    pub fn header(&self, document: &Document) -> Result<Option<Rc<Header>>> {
        if let Some(header) = self.headers.borrow().get(&document.version) {
            return Ok(Some(Rc::clone(header)));
        }
        let folder = self.text_folder();
        let Some((files, _)) = Self::files(&folder, document, &document.version) else { return Ok(None) };
        let header = texts::header(&files)?.map(Rc::new);
        // Versions are frozen: what was read once stays true until it is purged.
        self.headers.borrow_mut().extend(header.clone().map(|header| (document.version.clone(), header)));
        Ok(header)
    }

    /// One shard of one of a document's text versions; `None` where its files are gone.
    pub fn shard(&self, document: &Document, version: &str, shard: usize) -> Result<Option<Rc<Shard>>> {
        let place = (version.to_owned(), shard);
        if let Some(shard) = self.shards.borrow_mut().get(&place) {
            return Ok(Some(shard));
        }
        let Some(read) = self.read_shard(document, version, shard)? else { return Ok(None) };
        let read = Rc::new(read);
        self.shards.borrow_mut().put(place, Rc::clone(&read));
        Ok(Some(read))
    }

    /// Reads a shard for somebody who will keep it.
    pub fn read_shard(&self, document: &Document, version: &str, shard: usize) -> Result<Option<Shard>> {
        let folder = self.text_folder();
        match Self::files(&folder, document, version) {
            Some((files, _)) => texts::shard(&files, shard),
            None => Ok(None),
        }
    }

    /// The shard that holds unit `n` of the version in force.
    pub fn shard_with(&self, document: &Document, n: usize) -> Result<Option<Rc<Shard>>> {
        let shard = document.versions.get(&document.version).map_or(0, |version| version.shard_of(n));
        self.shard(document, &document.version, shard)
    }

    /// A sealed value; `None` where it was destroyed or is not on this computer.
    pub fn unseal(&self, sealed: &crate::document::Sealed) -> Option<serde_json::Value> {
        if !sealed.sealed.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let bytes = std::fs::read(self.sealed_folder().join(format!("{}.json", sealed.sealed))).ok()?;
        serde_json::from_slice::<serde_json::Value>(&bytes).ok()?.get("value").cloned()
    }

    /// A sealed text.
    pub fn unseal_text(&self, sealed: &crate::document::Sealed) -> Option<String> {
        self.unseal(sealed)?.as_str().map(str::to_owned)
    }

    /// How a thing is called aloud.
    pub fn label(&self, id: Id) -> String {
        self.state.label_of(id).map_or_else(|| id.to_string()[..8].to_owned(), |label| label.to_string())
    }
}

/// The folders and the two git files of a project.
fn lay_out(root: &Path) -> Result<()> {
    for folder in ["corpus/originals", "corpus/text", "corpus/sealed", "codebooks", "journal", "outputs"] {
        disk::make_folder(&root.join(folder))?;
    }
    add_lines(&root.join(".gitattributes"), &["corpus/** -text", "*.jsonl -text merge=union"])?;
    add_lines(&root.join(".gitignore"), &["*.tmp", "*.salvage"])
}

/// Adds the lines a file lacks; what is there stays.
fn add_lines(path: &Path, lines: &[&str]) -> Result<()> {
    let mut text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(crate::diagnostic::Fault::io("read", path, &error)),
    };
    let missing: Vec<&&str> = lines.iter().filter(|line| !text.lines().any(|there| there == **line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    disk::replace(path, text.as_bytes())
}
