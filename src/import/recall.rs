//! How many of the words that pandoc reads in a document the importer reads too (recall), and how many of
//! the importer's words pandoc has (precision): bags of words, file by file, over the real test data.
//! `scripts/recall` runs it; it needs pandoc and takes a minute, so the suite passes it over.

use super::tests::{INTERVIEW, files, import_file};
use crate::testdata::real;
use crate::text::words;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Fewer words than this say little.
const FEWEST: usize = 20;
const GOAL: f64 = 0.98;

/// Files below the goal, and why; `docs/import.md` says it at length.
const EXPLAINED: &[&str] = &[
    "inline_images.docx",
    "lists_restart_8367.docx",
    "listBlocks.odt",
    "listContinueNumbering2.odt",
    "orderedListMixed.odt",
    "testWORD_3imgs.docx",
    "testWORD_embedded_pics.docx",
    "testWORD_emptyParaInTextbox.docx",
    "testWORD_features.docx",
    "testRTFJapanese.rtf",
    "testRTFListMicrosoftWord.rtf",
    "testRTFWord2010CzechCharacters.rtf",
];

#[test]
#[ignore = "needs pandoc; run by scripts/recall"]
#[allow(clippy::print_stdout)]
fn documents_keep_the_words_that_pandoc_reads() {
    let Some(root) = real("README.md").and_then(|readme| Some(readme.parent()?.to_owned())) else { return };
    let mut poor = Vec::new();
    let (mut theirs, mut own_time) = (Duration::ZERO, Duration::ZERO);
    println!("| file | words | recall | precision |\n|---|---:|---:|---:|");
    for file in documents(&root) {
        let start = Instant::now();
        let Some(reference) = pandoc(&file) else { continue };
        theirs += start.elapsed();
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let start = Instant::now();
        let ours = import_file(&file, INTERVIEW).map(|imported| imported.draft.text);
        own_time += start.elapsed();
        let (own, total) = (bag(ours.as_deref().unwrap_or_default()), bag(&reference));
        let size: usize = total.values().sum();
        if size < FEWEST {
            continue;
        }
        let shared: usize = total.iter().map(|(word, count)| own.get(word).map_or(0, |own| *own.min(count))).sum();
        let recall = shared as f64 / size as f64;
        let precision = shared as f64 / own.values().sum::<usize>().max(1) as f64;
        println!("| {name} | {size} | {recall:.3} | {precision:.3} |");
        if recall < GOAL {
            let missing = total.iter().filter(|(word, count)| own.get(*word).is_none_or(|own| own < count));
            println!("  missing: {:?}", missing.map(|(word, _)| word.as_str()).take(30).collect::<Vec<_>>());
            println!("  {:?}", ours.err().map(|fault| fault.to_string()));
            poor.push(name);
        }
    }
    println!("all files: {own_time:.1?}, pandoc {theirs:.1?}");
    poor.retain(|name| !EXPLAINED.iter().any(|one| name.ends_with(one)));
    assert!(poor.is_empty(), "below {GOAL}: {poor:#?}");
}

fn documents(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(documents(&entry));
        }
    }
    let is_document = |path: &PathBuf| {
        path.extension()
            .is_some_and(|end| ["docx", "docm", "odt", "rtf"].iter().any(|one| end.eq_ignore_ascii_case(one)))
    };
    found.extend(files(root).into_iter().filter(is_document));
    found.sort();
    found
}

/// The words of a file as pandoc has them, as plain text: its own marks for lists and notes are no words.
fn pandoc(file: &Path) -> Option<String> {
    let format = file.extension()?.to_str()?.to_lowercase().replace("docm", "docx");
    let mut command = Command::new("pandoc");
    command.args(["--from", &format, "--to", "plain", "--wrap", "none"]).arg(file);
    let answer = command.output().expect("pandoc is installed");
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).replace("~~", ""))
}

fn bag(text: &str) -> BTreeMap<String, usize> {
    let mut bag = BTreeMap::new();
    for (_, word) in words::words(text) {
        *bag.entry(words::fold(word)).or_default() += 1;
    }
    bag
}
