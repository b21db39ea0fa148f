//! Text versions on disk: freezing a draft, reading one back.
//!
//! A version's name is sixteen hexadecimal digits over its content, so two machines that read the
//! same bytes alike make the same files. A table of more than 10,000 rows is cut into shards.

use crate::diagnostic::{Fault, Result, fault};
use crate::disk;
use crate::document::{Draft, Header, SHARD_ROWS, UNITS_FORMAT, Unit, UnitKind, Version};
use crate::id::Id;
use crate::passage::{Anchor, QuoteKey};
use crate::text::Span;
use crate::text::quote::{Folded, Found};
use std::cell::OnceCell;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind};
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
            (self.key.hash(words) == *hash).then_some((placed, words))
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

/// Which shard unit `n` of a document lies in.
pub(super) fn shard_of(version: &Version, n: usize) -> usize {
    if version.shards > 1 { (n.saturating_sub(1) / SHARD_ROWS).min(version.shards - 1) } else { 0 }
}

/// Writes a draft as a text version; `number` is its place among the document's versions. Nothing is
/// safe until the batch is synced.
pub(super) fn freeze(
    draft: &Draft,
    document: Id,
    folder: &Path,
    number: usize,
    batch: &mut disk::Batch,
) -> Result<(String, Version)> {
    if draft.text.contains('\r') {
        return Err(inconsistent("a carriage return in the text layer"));
    }
    let is_table = draft.units.first().is_some_and(|unit| unit.kind == UnitKind::Row);
    let groups: Vec<&[Unit]> = if is_table && draft.units.len() > SHARD_ROWS {
        draft.units.chunks(SHARD_ROWS).collect()
    } else {
        vec![&draft.units]
    };
    let shards = groups.len();
    let mut pieces = Vec::with_capacity(shards);
    for (shard, units) in groups.into_iter().enumerate() {
        pieces.push(piece(draft, units, shard, shards)?);
    }
    let name = version_name(document, pieces.iter().map(|(text, lines)| (text.as_bytes(), lines)));
    let files = Files { folder, version: &name, shards };
    for (shard, (text, lines)) in pieces.into_iter().enumerate() {
        batch.write_once(files.text(shard), text.as_bytes())?;
        batch.write_once(files.units(shard), &lines)?;
    }
    let version =
        Version { number, shards, units: draft.header.units, turns: draft.header.turns, words: draft.header.words };
    Ok((name, version))
}

/// Name of a version: sixteen hexadecimal digits over text and units of every shard. The document's id
/// is part of it: two documents never share a file, so that destroying one leaves the other.
pub(super) fn version_name<T: AsRef<[u8]>, U: AsRef<[u8]>>(
    document: Id,
    shards: impl Iterator<Item = (T, U)>,
) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(document.as_bytes());
    for (text, units) in shards {
        let (text, units) = (text.as_ref(), units.as_ref());
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text);
        hasher.update(units);
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

fn piece<'d>(draft: &'d Draft, units: &[Unit], shard: usize, shards: usize) -> Result<(&'d str, Vec<u8>)> {
    let (start, end) = match (shards, units.first(), units.last()) {
        (1, ..) | (_, None, _) | (_, _, None) => (0, draft.text.len()),
        (_, Some(first), Some(last)) => (first.span.start(), last.span.end()),
    };
    let header = if shard == 0 {
        draft.header.clone()
    } else {
        Header { studies: Vec::new(), particulars: std::collections::BTreeMap::new(), ..draft.header.clone() }
    };
    let mut lines = Vec::new();
    push_line(&mut lines, &header)?;
    for unit in units {
        push_line(&mut lines, &moved(unit, start)?)?;
    }
    let text = draft.text.get(start..end).ok_or_else(|| inconsistent("a shard cuts a character"))?;
    Ok((text, lines))
}

fn inconsistent(what: &str) -> Fault {
    fault("importer-fault", format!("the reader of this format made units that do not fit its text: {what}"))
}

fn moved(unit: &Unit, by: usize) -> Result<Unit> {
    let back = |span: Span| {
        let start = span.start().checked_sub(by);
        start.and_then(|start| Span::new(start, span.end() - by)).ok_or_else(|| inconsistent("a unit before its shard"))
    };
    let mut unit = unit.clone();
    unit.span = back(unit.span)?;
    for segment in &mut unit.speech {
        segment.span = back(segment.span)?;
    }
    Ok(unit)
}

fn push_line(lines: &mut Vec<u8>, value: &impl serde::Serialize) -> Result<()> {
    serde_json::to_writer(&mut *lines, value).map_err(|error| inconsistent(&error.to_string()))?;
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
    let key = QuoteKey::of(&text);
    Ok(Some(Shard { header, text, units, key, folded: OnceCell::new() }))
}

/// Names below `corpus/` of a version's files.
pub(super) fn file_names(version: &str, shards: usize) -> Vec<String> {
    Files { folder: Path::new(""), version, shards: shards.clamp(1, 100_000) }.names()
}
