//! Whatever becomes of the files of the search index, the next search answers as before.

use crate::act::desk::Desk;
use crate::act::search;
use crate::index::Order;
use crate::query::Query;
use crate::strand::SourceKind;
use std::fs;
use std::path::{Path, PathBuf};

/// A fixed row of numbers that look like chance.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

const QUERIES: [&str; 6] =
    ["contact", "c* OR building", "\"same person\"", "kind:interview -crisis", "afterwrads~2", "NEAR/3(same building)"];

/// Hits with passage, score, words and marks.
fn answers(desk: &Desk) -> Vec<String> {
    let ask = |query: &&str| {
        let query = Query::parse(query).unwrap();
        format!("{:?}", search::search(&desk.project, &query, Order::Ranked, 50, &|_, _| {}).unwrap())
    };
    QUERIES.iter().map(ask).collect()
}

fn index_of(desk: &Desk) -> PathBuf {
    desk.project.cache_folder().join("index")
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// The folder's files by their place in it.
type Copy = Vec<(PathBuf, Vec<u8>)>;

fn copy(folder: &Path) -> Copy {
    let place = |path: &PathBuf| path.strip_prefix(folder).unwrap().to_owned();
    files(folder).iter().map(|path| (place(path), fs::read(path).unwrap())).collect()
}

#[allow(clippy::disallowed_methods)] // spoils a cache on purpose
fn put(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // A file that tantivy holds open in memory is replaced, not written into.
    let _ = fs::remove_file(path);
    fs::write(path, bytes).unwrap();
}

fn restore(folder: &Path, copy: &Copy) {
    fs::remove_dir_all(folder).unwrap();
    for (place, bytes) in copy {
        put(&folder.join(place), bytes);
    }
}

/// Does one kind of harm to one file, or to the whole; says what it did.
fn harm(dice: &mut Dice, folder: &Path, older: &Copy, other: &Copy) -> String {
    let files = files(folder);
    let path = &files[dice.below(files.len())];
    let name = path.strip_prefix(folder).unwrap().display().to_string();
    let mut bytes = fs::read(path).unwrap();
    let time = fs::metadata(path).unwrap().modified().unwrap();
    let what = match dice.below(10) {
        0 => {
            bytes.truncate(dice.below(bytes.len()));
            put(path, &bytes);
            "cut"
        }
        1..=3 if !bytes.is_empty() => {
            let at = dice.below(bytes.len());
            bytes[at] ^= 1 << dice.below(8);
            put(path, &bytes);
            if dice.below(2) == 0 {
                fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
            }
            "a bit turned"
        }
        4 => {
            fs::remove_file(path).unwrap();
            "deleted"
        }
        5 => {
            put(path, &other[dice.below(other.len())].1);
            "a file of another project's index"
        }
        6 => {
            restore(folder, if dice.below(2) == 0 { other } else { older });
            "the whole index of another project, or of another day"
        }
        7 => {
            let stale = older.iter().find(|(place, _)| place.ends_with("manifest.jsonl")).unwrap();
            put(&folder.join(&stale.0), &stale.1);
            "the manifest of another day"
        }
        8 => {
            put(path, &fs::read(&files[dice.below(files.len())]).unwrap());
            "one file in another's place"
        }
        _ => {
            put(&folder.join("updating"), b"");
            bytes.extend_from_slice(b"more");
            put(path, &bytes);
            "longer, and an update cut short"
        }
    };
    format!("{name}: {what}")
}

/// A hundred harms, each healed before the next.
fn suffer(seed: u64) {
    let mut desk = Desk::with_interview();
    answers(&desk);
    let older = copy(&index_of(&desk));
    desk.import(
        "more.txt",
        "Ana: The same person, another building.\n\nBo: No contact afterwards.\n",
        SourceKind::FocusGroup,
    );
    let expected = answers(&desk);
    assert!(expected.iter().all(|answer| !answer.contains("total: 0")), "every query finds something: {expected:?}");
    let elsewhere = {
        let mut desk = Desk::new();
        desk.import("other.txt", "Cy: The same person kept contact in a building afterwards.\n", SourceKind::Interview);
        answers(&desk);
        copy(&index_of(&desk))
    };
    let mut dice = Dice(seed);
    for round in 0..100 {
        let harm = harm(&mut dice, &index_of(&desk), &older, &elsewhere);
        assert_eq!(answers(&desk), expected, "seed {seed}, round {round}: {harm}");
    }
}

// Three hundred in all, in three tests that run side by side: most of the time goes into waiting for the disk.

#[test]
fn a_hundred_damages_change_no_answer() {
    suffer(1);
}

#[test]
fn a_second_hundred_damages_change_no_answer() {
    suffer(2);
}

#[test]
fn a_third_hundred_damages_change_no_answer() {
    suffer(3);
}
