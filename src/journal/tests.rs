//! Damage to a journal: whatever bit turns and wherever a file ends, each line that does not count is
//! named, and every other line does.

mod sync;

use super::*;
use crate::history::{Fields, Record, State};
use crate::id::{Id, Kind, Label};
use crate::settings::FORMAT;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// An operation without records: its line, with the line break, and its hash.
pub(super) fn operation(stream: &str, n: u64, act: &str) -> (String, String) {
    written(stream, n, act, "", Vec::new())
}

fn written(stream: &str, n: u64, act: &str, prev: &str, records: Vec<Record>) -> (String, String) {
    let operation = Operation {
        id: Id::derived([stream.as_bytes(), n.to_le_bytes().as_slice()]),
        stream: stream.to_owned(),
        lamport: n,
        time: "2026-01-01T00:00:00Z".to_owned(),
        by: "gj".to_owned(),
        act: act.to_owned(),
        after: Vec::new(),
        prev: prev.to_owned(),
        records,
        hash: String::new(),
    };
    operation.to_line()
}

fn project() -> Id {
    Id::derived([b"p".as_slice()])
}

/// A journal file with every kind of record, and the hash of each line's operation (none for the header).
fn journal() -> (String, Vec<Option<String>>) {
    let header = Header {
        realist: FORMAT,
        project: project(),
        stream: "aaaa0000".to_owned(),
        tag: "gj".to_owned(),
        suffix: Some("k7".to_owned()),
    };
    let id = |name: &str| Id::derived([name.as_bytes()]);
    let field = |name: &str, value: &str| Fields::from_iter([(name.to_owned(), value.into())]);
    let label = |kind, number| Some(Label::new(kind, number, "gj"));
    let acts: [(&str, Vec<Record>); 6] = [
        (
            "codebook add",
            vec![Record::put(Kind::Code, id("c"), label(Kind::Code, 1), &field("name", "Trust – {\"op\":\""))],
        ),
        (
            "import",
            vec![
                Record::put(Kind::Document, id("d"), label(Kind::Document, 1), &field("version", "0123456789abcdef")),
                Record::put(Kind::Source, id("s"), label(Kind::Source, 1), &field("kind", "interview")),
            ],
        ),
        ("codebook edit", vec![Record::put(Kind::Code, id("c"), None, &field("name", "Hope"))]),
        ("undo", vec![Record::Undo { undo: Id::derived([b"aaaa0000".as_slice(), 3u64.to_le_bytes().as_slice()]) }]),
        ("purge", vec![Record::Purge { purge: id("d"), files: vec!["text/0123456789abcdef.txt".to_owned()] }]),
        ("code remove", vec![Record::put(Kind::Code, id("c"), None, &field("gone", "double"))]),
    ];
    let (mut text, mut hashes, mut prev) = (header.to_line(), vec![None], String::new());
    for (n, (act, records)) in (1..).zip(acts) {
        let (line, hash) = written("aaaa0000", n, act, &prev, records);
        text.push_str(&line);
        hashes.push(Some(hash.clone()));
        prev = hash;
    }
    (text, hashes)
}

fn parsed(bytes: &[u8]) -> Journal {
    read_bytes(bytes).unwrap()
}

fn read_bytes(bytes: &[u8]) -> Result<Journal> {
    let folder = tempfile::tempdir().unwrap();
    fs::File::create(folder.path().join("x.jsonl")).unwrap().write_all(bytes).unwrap();
    read(folder.path(), project())
}

fn hashes(journal: &Journal) -> BTreeSet<String> {
    journal.operations.iter().map(|operation| operation.hash.clone()).collect()
}

/// Everything the operations amount to.
fn folded(journal: Journal) -> Vec<String> {
    let state = State::fold(journal.operations, &BTreeMap::new());
    let things = state.entities().map(|(id, entity)| format!("{id} {} {:?}", entity.is_here(), entity.fields()));
    things
        .chain(state.notes().into_iter().map(|note| format!("{} {} {:?}", note.id(), note.undone, note.purged)))
        .collect()
}

/// The whole journal without these lines, counted from 0.
fn without(text: &str, lines: &BTreeSet<usize>) -> Journal {
    let kept: String =
        text.split_inclusive('\n').enumerate().filter(|(at, _)| !lines.contains(at)).map(|(_, line)| line).collect();
    parsed(kept.as_bytes())
}

/// Lines of the troubles, counted from 0.
fn named(journal: &Journal) -> BTreeSet<usize> {
    journal.troubles.iter().filter_map(|one| one.place.as_ref()?.line).map(|line| line - 1).collect()
}

/// What a folder's reader and a bundle's reader make of the same bytes is the same.
fn assert_lines_agree(bytes: &[u8], journal: &Journal) {
    let mut lines = Lines::default();
    lines.take(Path::new("journal/x.jsonl"), bytes, project()).unwrap();
    let there: BTreeSet<String> = lines.lines.iter().map(|line| line.operation.hash.clone()).collect();
    assert_eq!(there, hashes(journal));
    let lossy = journal.troubles.iter().any(|one| one.code != "damaged-line-break");
    assert_eq!(lines.damaged > 0, lossy);
}

#[test]
fn no_bit_turns_in_silence() {
    let (text, all) = journal();
    let line_of: Vec<usize> = text
        .bytes()
        .scan(0, |line, byte| {
            let at = *line;
            *line += usize::from(byte == b'\n');
            Some(at)
        })
        .collect();
    let mut seed = 20_260_301_u64;
    for _ in 0..10_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let bit = usize::try_from(seed >> 20).unwrap() % (text.len() * 8);
        let (at, line) = (bit / 8, line_of[bit / 8]);
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1 << (bit % 8);
        let read = parsed(&bytes);
        let is_break = text.as_bytes()[at] == b'\n';
        let lost = if is_break { BTreeSet::new() } else { BTreeSet::from([line]) };
        let expected: BTreeSet<String> =
            all.iter().enumerate().filter(|(at, _)| !lost.contains(at)).filter_map(|(_, hash)| hash.clone()).collect();
        assert_eq!(hashes(&read), expected, "bit {bit}");
        assert_eq!(read.streams.is_empty(), lost.contains(&0), "bit {bit}");
        // A bit that makes a line break names both halves.
        let halves = if bytes[at] == b'\n' { BTreeSet::from([line, line + 1]) } else { BTreeSet::from([line]) };
        assert_eq!(named(&read), halves, "bit {bit}");
        let code = if is_break { "damaged-line-break" } else { "damaged-line" };
        assert!(read.troubles.iter().all(|one| one.code == code && !one.hints.is_empty()), "{:?}", read.troubles);
        assert_lines_agree(&bytes, &read);
        assert_eq!(folded(read), folded(without(&text, &lost)), "bit {bit}");
    }
}

#[test]
fn wherever_a_file_ends_its_whole_lines_count() {
    let (text, all) = journal();
    for end in 0..text.len() {
        let bytes = &text.as_bytes()[..end];
        let read = parsed(bytes);
        let whole = (0..all.len())
            .take_while(|line| text.split_inclusive('\n').take(line + 1).map(str::len).sum::<usize>() <= end + 1)
            .count();
        let lost: BTreeSet<usize> = (whole..all.len()).collect();
        assert_eq!(folded(without(&text, &lost)), folded(parsed(bytes)), "cut at {end}");
        // Within a line the line is named; between two nothing in the file tells it from one not yet written.
        let between = end == 0 || bytes.ends_with(b"\n") || text.as_bytes()[end] == b'\n';
        let expected = if between { BTreeSet::new() } else { BTreeSet::from([whole]) };
        assert_eq!(named(&read), expected, "cut at {end}");
        assert_eq!(read.troubles.len(), usize::from(end == 0 || !between), "cut at {end}: {:?}", read.troubles);
        assert_eq!(read.torn.len(), usize::from(!between), "cut at {end}");
    }
}

/// A torn tail is set aside, the file ends cleanly, and what comes next is read.
#[test]
fn a_torn_file_is_mended_before_the_next_line() {
    let (text, _) = journal();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gj-k7.aaaa0000.jsonl");
    let last = text.trim_end().rfind('\n').unwrap() + 1;
    for end in last..text.len() {
        disk::replace(&path, &text.as_bytes()[..end]).unwrap();
        let read = super::read(folder.path(), project()).unwrap();
        if let Some((torn, good)) = read.torn.first() {
            mend(torn, *good, &folder.path().join("salvage")).unwrap();
        }
        close_last_line(&path).unwrap();
        disk::append(&path, operation("aaaa0000", 99, "next").0.as_bytes()).unwrap();
        let now = super::read(folder.path(), project()).unwrap();
        assert!(now.troubles.is_empty(), "cut at {end}: {:?}", now.troubles);
        assert_eq!(now.operations.len(), read.operations.len() + 1);
    }
}

#[test]
fn a_file_the_sync_client_has_not_fetched_is_named() {
    let (text, _) = journal();
    let folder = tempfile::tempdir().unwrap();
    for name in ["gj.aaaa0000.jsonl", ".mb.bbbb0000.jsonl.icloud", "ec.cccc0000.jsonl.nextcloud", "notes.icloud"] {
        let bytes = if name.starts_with("gj") { text.as_bytes() } else { b"" };
        disk::replace(&folder.path().join(name), bytes).unwrap();
    }
    let troubles = super::read(folder.path(), project()).unwrap().troubles;
    let named: Vec<String> = troubles.iter().map(|one| one.place.clone().unwrap().file.unwrap()).collect();
    assert_eq!(named, ["journal/.mb.bbbb0000.jsonl.icloud", "journal/ec.cccc0000.jsonl.nextcloud"]);
    assert!(troubles.iter().all(|one| one.code == "not-fetched"));
}

#[test]
fn a_newer_header_is_refused_whatever_it_looks_like() {
    let (text, _) = journal();
    let header = text.lines().next().unwrap();
    let newer = Header { realist: FORMAT + 1, ..crate::history::parse_header(header.as_bytes()).unwrap().unwrap() };
    let bytes = format!("{}{}", newer.to_line(), operation("aaaa0000", 1, "x").0);
    let fault = read_bytes(bytes.as_bytes()).unwrap_err();
    assert_eq!(fault.0.code, "newer-format");
    assert_eq!(Lines::default().take(Path::new("x"), bytes.as_bytes(), project()).unwrap_err().0.code, "newer-format");
}
