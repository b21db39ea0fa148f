//! A bundle: one zip file that carries to a colleague what is new here, and how one is read.
//!
//! It holds `bundle.json` (the manifest), `realist.toml`, journal lines and, unless left out, the files
//! of the corpus they need. Reading one trusts nothing: sizes and numbers are capped, and a name in the
//! archive never becomes a path; it only chooses among names this tool would write itself.

use crate::diagnostic::{Fault, Result, fault};
use crate::id::Id;
use crate::journal::Lines;
use crate::project::{Contents, Heads, Outgoing, Parcel, Project};
use crate::settings::FORMAT;
use serde::{Deserialize, Serialize};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Format of bundles; `docs/format.md` describes it.
const BUNDLE: u32 = 1;
const MANIFEST: &str = "bundle.json";
const SETTINGS: &str = "realist.toml";

const MOST_ENTRIES: usize = 500_000;
/// Bytes of one entry, inflated.
const LARGEST: u64 = 2 << 30;
/// Inflated bytes for each stored one, above what is too small to hurt.
const RATIO: u64 = 400;
const HARMLESS: u64 = 64 << 20;

/// First entry of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub bundle: u32,
    /// Format of the project it comes from.
    pub realist: u32,
    pub project: Id,
    /// Tag of who made it.
    pub by: String,
    pub operations: usize,
    /// What the maker's copy has seen.
    pub heads: Heads,
    /// What the reader is taken to have seen.
    #[serde(default)]
    pub since: Heads,
    /// The corpus files that the operations need are in it.
    pub texts: bool,
}

/// Since when.
#[derive(Debug, Clone)]
pub enum Since {
    /// The last bundle made from this copy.
    Last,
    /// Everything.
    Start,
    /// What the maker of this bundle had seen.
    Bundle(PathBuf),
}

/// What was packed.
#[derive(Debug)]
pub struct Packed {
    /// `None` where there was nothing new, or nothing was to be written.
    pub file: Option<PathBuf>,
    pub operations: usize,
    pub files: usize,
    pub bytes: usize,
    pub by: String,
}

/// Packs what is new. `out` is the file to write; a name is made up where none is given.
pub fn make(project: &mut Project, out: Option<&Path>, since: &Since, texts: bool) -> Result<Packed> {
    let since = match since {
        Since::Last => project.last_handed_on(),
        Since::Start => Heads::new(),
        Since::Bundle(path) => open(path)?.0.heads,
    };
    let outgoing = project.hand_on(&since, texts)?;
    let mut packed = Packed {
        file: None,
        operations: outgoing.operations,
        files: outgoing.files.len(),
        bytes: 0,
        by: outgoing.by.clone(),
    };
    if outgoing.operations == 0 {
        return Ok(packed);
    }
    let bytes = pack(project, &outgoing, since, texts)?;
    packed.bytes = bytes.len();
    let path = out.map_or_else(|| beside(project.root()).join(name(&outgoing)), Path::to_owned);
    if crate::disk::holds_else(&path, &bytes) {
        return Err(fault("file-exists", format!("{} is there already", path.display()))
            .hint("give another name with --out FILE, or move it away"));
    }
    if !project.surroundings().rehearsal {
        project.keep_bundle(&path, &bytes, &outgoing.heads)?;
        packed.file = Some(path);
    }
    Ok(packed)
}

/// The present folder; where that lies in the project, the folder above the project, so that a bundle
/// never becomes part of what it was packed from.
fn beside(root: &Path) -> PathBuf {
    let inside = Path::new(".").canonicalize().is_ok_and(|here| here.starts_with(root));
    if inside { root.parent().unwrap_or(root).to_owned() } else { PathBuf::new() }
}

/// Two bundles of the same state are called alike.
fn name(outgoing: &Outgoing) -> String {
    let heads: Vec<&str> = outgoing.heads.values().map(String::as_str).collect();
    let hash = blake3::hash(heads.join(" ").as_bytes()).to_hex();
    format!("bundle-{}-{}.zip", outgoing.by, &hash[..8])
}

fn pack(project: &Project, outgoing: &Outgoing, since: Heads, texts: bool) -> Result<Vec<u8>> {
    let manifest = Manifest {
        bundle: BUNDLE,
        realist: FORMAT,
        project: outgoing.project,
        by: outgoing.by.clone(),
        operations: outgoing.operations,
        heads: outgoing.heads.clone(),
        since,
        texts,
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        // No clock and no owner: the same content is the same bundle.
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated)
            .compression_level(Some(5))
            .last_modified_time(zip::DateTime::default())
            .large_file(bytes.len() > (1 << 31));
        zip.start_file(name, options)
            .and_then(|()| Ok(zip.write_all(bytes)?))
            .map_err(|error| fault("io", format!("cannot pack {name}: {error}")))
    };
    let json = serde_json::to_vec(&manifest).map_err(|error| fault("io", error.to_string()))?;
    add(MANIFEST, &json)?;
    add(SETTINGS, project.settings_text()?.as_bytes())?;
    for (name, text) in &outgoing.journal {
        add(&format!("journal/{name}"), text.as_bytes())?;
    }
    for name in &outgoing.files {
        add(&format!("corpus/{name}"), &project.corpus_bytes(name)?)?;
    }
    let written = zip.finish().map_err(|error| fault("io", format!("cannot pack the bundle: {error}")))?;
    Ok(written.into_inner())
}

/// Reads a bundle: its manifest, the settings file in it, and what it holds.
pub fn open(path: &Path) -> Result<(Manifest, String, Parcel)> {
    let bytes = std::fs::read(path).map_err(|error| Fault::io("read", path, &error))?;
    read(bytes).map_err(|fault| fault.in_file(path.display().to_string()))
}

/// The same from bytes.
pub fn read(bytes: Vec<u8>) -> Result<(Manifest, String, Parcel)> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_bundle("it is no zip file"))?;
    if archive.len() > MOST_ENTRIES {
        return Err(unsafe_bundle("it holds more files than any project"));
    }
    let mut packed = Archive(archive);
    let manifest = packed.entry(MANIFEST)?.ok_or_else(|| no_bundle("it has no bundle.json"))?;
    let manifest = read_manifest(&manifest)?;
    let settings = packed.entry(SETTINGS)?.unwrap_or_default();
    let settings = String::from_utf8(settings).map_err(|_| no_bundle("its realist.toml is no text"))?;
    let names: Vec<String> = packed.0.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let mut lines = Lines::default();
    let journals = names.iter().filter(|name| name.starts_with("journal/"));
    for name in journals {
        let bytes = packed.entry(name)?.unwrap_or_default();
        lines.take(Path::new(name), &bytes, manifest.project)?;
    }
    lines.leave_foreign();
    let mut files: Vec<String> =
        names.iter().filter_map(|name| name.strip_prefix("corpus/")).map(str::to_owned).collect();
    files.sort();
    files.dedup();
    Ok((manifest.clone(), settings, Parcel { project: manifest.project, lines, files, contents: Box::new(packed) }))
}

fn read_manifest(bytes: &[u8]) -> Result<Manifest> {
    let version = serde_json::from_slice::<serde_json::Value>(bytes).ok();
    let number = |key: &str| version.as_ref().and_then(|value| value.get(key)?.as_u64()).unwrap_or(0);
    if number("bundle") > u64::from(BUNDLE) || number("realist") > u64::from(FORMAT) {
        return Err(fault("newer-format", "the bundle was made by a newer version of realist; nothing was changed")
            .hint("install the newest version to take it in"));
    }
    serde_json::from_slice(bytes).map_err(|_| no_bundle("its bundle.json cannot be read"))
}

fn no_bundle(why: &str) -> Fault {
    fault("no-bundle", format!("that is no bundle: {why}"))
        .hint("a bundle is what `realist bundle` writes; a copy of the project is given as its folder")
}

fn unsafe_bundle(why: &str) -> Fault {
    fault("unsafe-file", format!("the bundle was not taken in: {why}"))
        .hint("ask for it once more; nothing was changed")
}

/// A bundle's entries, each unpacked on demand.
struct Archive(ZipArchive<Cursor<Vec<u8>>>);

impl Archive {
    fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let Some(at) = self.0.index_for_name(name) else { return Ok(None) };
        let damaged = |what: &dyn std::fmt::Display| {
            fault("damaged-file", format!("the bundle is damaged: {what}"))
                .hint("ask for it once more; nothing was changed")
        };
        let entry = self.0.by_index(at).map_err(|error| damaged(&error))?;
        let cap = LARGEST.min(entry.compressed_size().saturating_mul(RATIO).max(HARMLESS));
        let mut bytes = Vec::new();
        entry.take(cap + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        if bytes.len() as u64 > cap {
            return Err(unsafe_bundle("a file in it grows too much when unpacked"));
        }
        Ok(Some(bytes))
    }
}

impl Contents for Archive {
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        self.entry(&format!("corpus/{name}"))
    }
}
