//! Where things lie that are not in the project folder, and what the environment says. The only file
//! of the library that reads environment variables.
//!
//! Cache and state folders are keyed by project id and canonical folder path, so that a copied or
//! moved folder shares neither index nor stream with the one it came from.

use crate::diagnostic::{Fault, Result};
use crate::id::Id;
use std::path::{Path, PathBuf};

/// What a run is told from outside.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// Caches: index, locks, salvage. May be deleted at any time.
    pub cache: PathBuf,
    /// Which stream is this machine's.
    pub state: PathBuf,
    /// The user's own settings for all projects: `config.toml` lies here.
    pub config: PathBuf,
    /// The coder's tag: option, else `REALIST_CODER`, else the user's config.
    pub coder: Option<String>,
    /// Rehearse: do everything but write.
    pub rehearsal: bool,
    /// Fixed clock (`REALIST_NOW`), for tests and for examples that must come out alike.
    pub now: Option<jiff::Timestamp>,
    /// Fixed chance (`REALIST_SEED`), likewise.
    pub seed: Option<String>,
    /// The person's text editor, with its options: `VISUAL`, else `EDITOR`.
    pub editor: Option<String>,
    /// The program that reads foreign formats in a process of its own; absent: they are read in this one.
    pub extractor: Option<PathBuf>,
}

/// An environment variable that is set and not empty.
#[allow(clippy::disallowed_methods)] // this is the door
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn or_here(folder: Option<PathBuf>) -> PathBuf {
    folder.unwrap_or_else(std::env::temp_dir).join("realist")
}

impl Surroundings {
    /// Everything below one folder, and nothing from the environment: for projects made on the side.
    pub fn within(folder: &Path, coder: Option<&str>) -> Self {
        Surroundings {
            cache: folder.join("cache"),
            state: folder.join("state"),
            config: folder.join("config"),
            coder: coder.map(str::to_owned),
            rehearsal: false,
            now: None,
            seed: None,
            editor: None,
            extractor: None,
        }
    }

    /// Reads the environment; `coder` is what the command line said.
    pub fn read(coder: Option<String>) -> Result<Self> {
        let cache = variable("REALIST_CACHE_DIR").map_or_else(|| or_here(dirs::cache_dir()), PathBuf::from);
        let state = variable("REALIST_STATE_DIR")
            .map_or_else(|| or_here(dirs::state_dir().or_else(dirs::data_local_dir)), PathBuf::from);
        let now = match variable("REALIST_NOW") {
            Some(text) => Some(text.parse().map_err(|_| {
                crate::diagnostic::fault("bad-clock", format!("REALIST_NOW is '{text}', which is no moment"))
                    .hint("write it as 2026-03-01T10:00:00Z")
            })?),
            None => None,
        };
        let config = variable("REALIST_CONFIG_DIR").map_or_else(|| or_here(dirs::config_dir()), PathBuf::from);
        let coder = coder.or_else(|| variable("REALIST_CODER")).or_else(|| configured_coder(&config));
        let editor = variable("VISUAL").or_else(|| variable("EDITOR"));
        let seed = variable("REALIST_SEED");
        Ok(Surroundings { cache, state, config, coder, rehearsal: false, now, seed, editor, extractor: None })
    }

    /// The width that `COLUMNS` asks for, which some programs set for what they start.
    pub fn columns() -> Option<u16> {
        variable("COLUMNS")?.trim().parse().ok().filter(|columns| *columns > 0)
    }

    /// The file that keeps the user's own tag.
    pub fn config_file(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The tag that file says, whatever the environment says.
    pub fn configured_coder(&self) -> Option<String> {
        configured_coder(&self.config)
    }

    /// Keeps the tag for good. Other settings in the file, and comments, stay.
    pub fn configure_coder(&self, tag: &str) -> Result<()> {
        let path = self.config_file();
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            // What cannot be read must not be written over.
            Err(error) => return Err(Fault::io("read", &path, &error)),
        };
        let mut document: toml_edit::DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
            crate::diagnostic::fault("bad-toml", format!("{} cannot be read: {}", path.display(), error.message()))
        })?;
        document["coder"] = toml_edit::value(tag);
        if self.rehearsal {
            return Ok(());
        }
        crate::disk::make_folder(&self.config)?;
        crate::disk::replace(&path, document.to_string().as_bytes())?;
        crate::disk::sweep(&self.config, super::moment::left_behind(self));
        Ok(())
    }

    pub(super) fn homes(&self, project: Id, root: &Path) -> Result<Homes> {
        let canonical = root.canonicalize().map_err(|error| Fault::io("open", root, &error))?;
        let path = blake3::hash(canonical.as_os_str().as_encoded_bytes()).to_hex()[..16].to_owned();
        let keyed = |base: &Path| base.join(project.to_string()).join(&path);
        Ok(Homes { cache: keyed(&self.cache), state: keyed(&self.state) })
    }
}

/// `coder = "gj"` in the user's own configuration file.
fn configured_coder(config: &Path) -> Option<String> {
    let text = std::fs::read_to_string(config.join("config.toml")).ok()?;
    let table: toml::Table = text.parse().ok()?;
    Some(table.get("coder")?.as_str()?.to_owned())
}

/// This folder's own places.
#[derive(Debug, Clone)]
pub(super) struct Homes {
    pub cache: PathBuf,
    pub state: PathBuf,
}
