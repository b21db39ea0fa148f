//! Text versions on disk: freezing a manuscript, reading one back.
//!
//! A version's name is sixteen hexadecimal digits over its content, so two machines that read the
//! same bytes alike make the same files. A table of more than 10,000 rows is cut into shards.

use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::document::{Header, UNITS_FORMAT, Unit, UnitKind, Version};
use crate::id::Id;
use crate::manuscript::{Manuscript, unfit};
use crate::passage::{Anchor, QuoteKey};
use crate::text::Span;
use crate::text::quote::{Folded, Found};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// One shard of a text version, read into memory.
#[derive(Debug)]
pub struct Shard {
    pub header: Header,
    pub text: String,
    pub units: Vec<Unit>,
    pub key: QuoteKey,
    folded: OnceCell<Folded>,
}

impl Shard {
    pub fn new(header: Header, text: String, units: Vec<Unit>) -> Self {
        let key = QuoteKey::of(&text);
        Shard { header, text, units, key, folded: OnceCell::new() }
    }

    pub fn is_table(&self) -> bool {
        self.units.first().is_some_and(|unit| unit.kind == UnitKind::Row)
    }

    /// Unit number `n`, counted over the whole document.
    pub fn unit(&self, n: usize) -> Option<&Unit> {
        let first = self.units.first()?.n;
        self.units.get(n.checked_sub(first)?)
    }

    /// The first and last unit that a span touches.
    pub fn units_at(&self, span: Span) -> Option<(&Unit, &Unit)> {
        let first = self.units.partition_point(|unit| unit.span.end() <= span.start());
        let after = self.units.partition_point(|unit| unit.span.start() < span.end());
        let last = after.checked_sub(1)?;
        (first <= last).then(|| (&self.units[first], &self.units[last]))
    }

    /// Where a quotation stands; the text is folded once for all that are looked for.
    pub fn find(&self, quotation: &str) -> Found {
        self.folded.get_or_init(|| Folded::of(&self.text)).find(&self.text, quotation)
    }

    /// The words at an anchor with where they stand here, span by span; `None` where they are not what
    /// they were when the anchor was set.
    pub fn words_at(&self, anchor: &Anchor) -> Option<Vec<(Span, &str)>> {
        let base = self.base_of(anchor)?;
        let place = |(span, hash): (&Span, &String)| {
            let placed = Span::new(base.checked_add(span.start())?, base.checked_add(span.end())?)?;
            let words = placed.of(&self.text)?;
            let fits = self.key.hash(words) == *hash || self.key.seal() == *hash;
            fits.then_some((placed, words))
        };
        let fits = !anchor.spans.is_empty() && anchor.spans.len() == anchor.hashes.len();
        fits.then(|| anchor.spans.iter().zip(&anchor.hashes).map(place).collect())?
    }

    /// Where an anchor's spans count from.
    pub fn base_of(&self, anchor: &Anchor) -> Option<usize> {
        match anchor.row {
            Some(row) => Some(self.unit(row)?.span.start()),
            None => Some(0),
        }
    }

    /// The speech of a unit, its segments joined by spaces.
    pub fn speech(&self, unit: &Unit) -> String {
        let parts: Vec<&str> = unit.speech.iter().filter_map(|segment| segment.span.of(&self.text)).collect();
        parts.join(" ")
    }
}

/// The files of one version.
#[derive(Debug, Clone)]
pub(super) struct Files<'p> {
    pub folder: &'p Path,
    pub version: &'p str,
    pub shards: usize,
}

impl Files<'_> {
    fn stem(&self, shard: usize) -> String {
        if self.shards > 1 { format!("{}.{shard:04}", self.version) } else { self.version.to_owned() }
    }

    pub(super) fn text(&self, shard: usize) -> PathBuf {
        self.folder.join(format!("{}.txt", self.stem(shard)))
    }

    pub(super) fn units(&self, shard: usize) -> PathBuf {
        self.folder.join(format!("{}.units.jsonl", self.stem(shard)))
    }

    pub(super) fn names(&self) -> Vec<String> {
        (0..self.shards)
            .flat_map(|shard| {
                let stem = self.stem(shard);
                [format!("text/{stem}.txt"), format!("text/{stem}.units.jsonl")]
            })
            .collect()
    }
}

/// Writes a manuscript as a text version; `number` is its place among the document's versions. It is gone
/// through twice, for its name and for its files, so that one shard at a time is in memory. Nothing is
/// safe until the batch is synced.
pub(super) fn freeze(
    manuscript: &dyn Manuscript,
    document: Id,
    folder: &Path,
    number: usize,
    batch: &mut disk::Batch,
) -> Result<(String, Version)> {
    let (mut naming, mut seen) = (Naming::of(document), Vec::new());
    each_piece(manuscript, |_, text, lines| {
        if text.contains('\r') {
            return Err(unfit("a carriage return in the text layer"));
        }
        naming.add(text.as_bytes(), lines);
        seen.push(naming.digest());
        Ok(())
    })?;
    let name = naming.name();
    let files = Files { folder, version: &name, shards: manuscript.shards() };
    let mut again = Naming::of(document);
    each_piece(manuscript, |shard, text, lines| {
        again.add(text.as_bytes(), lines);
        // What the name is not over must not take its place on the disk.
        if seen.get(shard) != Some(&again.digest()) {
            return Err(disk::changed_meanwhile());
        }
        batch.write_once(files.text(shard), text.as_bytes())?;
        batch.write_once(files.units(shard), lines)
    })?;
    let header = manuscript.header();
    let version = Version {
        number,
        shards: files.shards,
        units: header.units,
        turns: header.turns,
        words: header.words,
        cut: None,
    };
    Ok((name, version))
}

/// Name of a version: sixteen hexadecimal digits over text and units of every shard. The document's id
/// is part of it: two documents never share a file, so that destroying one leaves the other.
pub(super) struct Naming(blake3::Hasher);

impl Naming {
    pub(super) fn of(document: Id) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(document.as_bytes());
        Naming(hasher)
    }

    /// The next shard.
    pub(super) fn add(&mut self, text: &[u8], units: &[u8]) {
        self.0.update(&(text.len() as u64).to_le_bytes());
        self.0.update(text);
        self.0.update(units);
    }

    /// Over the shards so far.
    fn digest(&self) -> blake3::Hash {
        self.0.finalize()
    }

    pub(super) fn name(&self) -> String {
        self.digest().to_hex()[..16].to_owned()
    }
}

/// Number, text and units file of each shard.
fn each_piece(manuscript: &dyn Manuscript, mut see: impl FnMut(usize, &str, &[u8]) -> Result<()>) -> Result<()> {
    let first = manuscript.header();
    let rest = Header { studies: Vec::new(), particulars: BTreeMap::new(), ..first.clone() };
    let (mut shard, mut seen) = (0, 0);
    let mut lines = Vec::new();
    manuscript.each_shard(&mut |text, units| {
        lines.clear();
        push_line(&mut lines, if shard == 0 { first } else { &rest })?;
        for unit in units {
            push_line(&mut lines, unit)?;
        }
        see(shard, text, &lines)?;
        (shard, seen) = (shard + 1, seen + units.len());
        Ok(ControlFlow::Continue(()))
    })?;
    if (shard, seen) == (manuscript.shards(), first.units) { Ok(()) } else { Err(disk::changed_meanwhile()) }
}

fn push_line(lines: &mut Vec<u8>, value: &impl serde::Serialize) -> Result<()> {
    serde_json::to_writer(&mut *lines, value).map_err(|error| unfit(&error.to_string()))?;
    lines.push(b'\n');
    Ok(())
}

/// First line of a version's units; `None` where the file is not on this computer.
pub(super) fn header(files: &Files<'_>) -> Result<Option<Header>> {
    let path = files.units(0);
    let file = match fs::File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Fault::io("read", &path, &error)),
    };
    let mut line = String::new();
    BufReader::new(file).read_line(&mut line).map_err(|error| Fault::io("read", &path, &error))?;
    read_header(&line, &path).map(Some)
}

/// The format is looked at before anything else: a newer header may not read as one at all.
fn read_header(line: &str, path: &Path) -> Result<Header> {
    let read = serde_json::from_str::<Header>(line);
    let format = match &read {
        Ok(header) => u64::from(header.format),
        Err(_) => {
            let loose: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            loose.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0)
        }
    };
    if format > u64::from(UNITS_FORMAT) {
        return Err(fault(
            "newer-format",
            format!("{} was written by a newer version of realist; nothing was changed", path.display()),
        )
        .hint("install the newest version to open this project"));
    }
    read.map_err(|error| damaged(path, &error))
}

fn damaged(path: &Path, why: &dyn std::fmt::Display) -> Fault {
    fault("damaged-text", format!("{} cannot be read: {why}", path.display()))
        .hint("restore it from a backup or a colleague's copy: text versions are never changed")
}

/// The bytes of a text version's file as they were frozen. A text layer has no carriage return, so the
/// line ends of Windows, which git may have put in, are known for what they are.
pub(super) fn as_frozen(bytes: Vec<u8>) -> Vec<u8> {
    if memchr::memmem::find(&bytes, b"\r\n").is_none() {
        return bytes;
    }
    let pairs = bytes.iter().zip(bytes.iter().skip(1).chain([&0]));
    pairs.filter(|pair| *pair != (&b'\r', &b'\n')).map(|(byte, _)| *byte).collect()
}

/// Reads one shard; `None` where its files are not on this computer.
pub(super) fn shard(files: &Files<'_>, shard: usize) -> Result<Option<Shard>> {
    let read = |path: PathBuf| match fs::read(&path) {
        Ok(bytes) => String::from_utf8(as_frozen(bytes)).map(Some).map_err(|error| damaged(&path, &error.utf8_error())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::io("read", &path, &error)),
    };
    let (Some(text), Some(lines)) = (read(files.text(shard))?, read(files.units(shard))?) else {
        return Ok(None);
    };
    let path = files.units(shard);
    let mut lines = lines.lines();
    let header = read_header(lines.next().unwrap_or_default(), &path)?;
    let units =
        lines.map(serde_json::from_str).collect::<Result<Vec<Unit>, _>>().map_err(|error| damaged(&path, &error))?;
    Ok(Some(Shard::new(header, text, units)))
}

/// Names below `corpus/` of a version's files.
pub(super) fn file_names(version: &str, shards: usize) -> Vec<String> {
    Files { folder: Path::new(""), version, shards: shards.clamp(1, 100_000) }.names()
}
