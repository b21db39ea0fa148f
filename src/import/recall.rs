//! How many of the words that another program reads in a document the importer reads too (recall), and how
//! many of the importer's words that program has (precision): bags of words, file by file, over the real
//! test data. Documents, web pages and e-books are measured by pandoc, PDF by pdftotext.
//!
//! `scripts/recall` prints the tables of `docs/import.md` from it.

use super::Result;
use super::html::declared;
use super::tests::{INTERVIEW, files, import_file};
use crate::testdata::{has_program, real};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use unicode_normalization::UnicodeNormalization;

/// Fewer words than this say little.
const FEWEST: usize = 20;

/// One kind of file.
struct Form {
    key: &'static str,
    extensions: &'static [&'static str],
    /// The least recall.
    goal: f64,
    /// Of ten files, how many have to reach it, though they be explained.
    of_ten: usize,
}

const FORMS: &[Form] = &[
    Form { key: "docx", extensions: &["docx", "docm", "dotx"], goal: 0.98, of_ten: 0 },
    Form { key: "odt", extensions: &["odt", "ott"], goal: 0.98, of_ten: 0 },
    Form { key: "rtf", extensions: &["rtf"], goal: 0.98, of_ten: 0 },
    Form { key: "html", extensions: &["html", "htm"], goal: 0.98, of_ten: 0 },
    Form { key: "epub", extensions: &["epub"], goal: 0.98, of_ten: 0 },
    #[cfg(feature = "pdf")]
    Form { key: "pdf", extensions: &["pdf"], goal: 0.90, of_ten: 9 },
];

/// Files below the goal, and why.
const EXPLAINED: &[(&str, &str)] = &[
    ("lists_restart_8367.docx", "pandoc goes on with 4, 5, 6 where the list begins anew"),
    ("testWORD_embedded_pics.docx", "pandoc has names of picture files on somebody's disk"),
    ("testWORD_emptyParaInTextbox.docx", "pandoc has hidden text, which is counted here as `hidden`"),
    ("testWORD_features.docx", "pandoc has hidden text, which is counted here as `hidden`"),
    ("listBlocks.odt", "its first paragraph is a list's head and shows no number; pandoc numbers it"),
    ("listContinueNumbering2.odt", "pandoc begins again with 1 where the list says that it goes on"),
    ("testRTFJapanese.rtf", "pandoc 2.17 reads every byte as Windows-1252; here the letters come out as Japanese"),
    ("testRTFListMicrosoftWord.rtf", "the same with German"),
    ("testRTFWord2010CzechCharacters.rtf", "the same with Czech"),
    (
        "samples__contrib__issue-625-identity-cmap.pdf",
        "its fonts have no table of characters; pdftotext guesses it from the embedded font. Said here, with how many stretches are left out",
    ),
    ("testPDF_angles.pdf", "text set at angles: pdftotext breaks its words apart; every line is here, whole"),
    (
        "samples__simple1.pdf",
        "`H e l l o` letter-spaced: pdftotext gives letters, here they are joined to words in one of two places",
    ),
];

struct Measured {
    form: &'static Form,
    name: String,
    words: usize,
    recall: f64,
    precision: f64,
    missing: Vec<String>,
}

#[test]
#[allow(clippy::print_stdout)]
fn documents_keep_the_words_that_other_programs_read() {
    let Some(root) = real("README.md").and_then(|readme| Some(readme.parent()?.to_owned())) else { return };
    if !has_program("pandoc") || !has_program("pdftotext") {
        return;
    }
    let found = measured(&root);
    print!("{}", table(&found));
    let mut poor = Vec::new();
    for form in FORMS {
        let all: Vec<&Measured> = found.iter().filter(|one| one.form.key == form.key).collect();
        let good = all.iter().filter(|one| one.recall >= form.goal).count();
        assert!(!all.is_empty() && good * 10 >= all.len() * form.of_ten, "{}: {good} of {}", form.key, all.len());
        poor.extend(all.into_iter().filter(|one| one.recall < form.goal));
    }
    let is_explained = |one: &&Measured| EXPLAINED.iter().any(|(file, _)| one.name.ends_with(&format!("/{file}")));
    let (explained, unexplained): (Vec<&Measured>, Vec<&Measured>) = poor.into_iter().partition(is_explained);
    for one in &unexplained {
        println!("{} {:.3}: {:?}", one.name, one.recall, one.missing);
    }
    let names: Vec<&String> = unexplained.iter().map(|one| &one.name).collect();
    assert!(names.is_empty(), "below the goal, and nobody says why: {names:#?}");
    assert_eq!(explained.len(), EXPLAINED.len(), "what reaches the goal needs no explanation any more");
}

/// All files that the other program finds words in, two or more at a time.
fn measured(root: &Path) -> Vec<Measured> {
    let queue = Mutex::new(documents(root));
    let done = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((form, path)) = { queue.lock().unwrap().pop() } {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    done.lock().unwrap().extend(measure(form, &path, name));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by(|a: &Measured, b| a.name.cmp(&b.name));
    done
}

fn measure(form: &'static Form, path: &Path, name: String) -> Option<Measured> {
    let theirs = bag(&other(form, path)?);
    let words: usize = theirs.values().sum();
    if words < FEWEST {
        return None;
    }
    let ours: Result<String> = import_file(path, INTERVIEW).map(|imported| imported.draft.text);
    let ours = bag(&ours.unwrap_or_default());
    let shared: usize = theirs.iter().map(|(word, count)| ours.get(word).map_or(0, |own| *own.min(count))).sum();
    let missing = theirs.iter().filter(|(word, count)| ours.get(*word).is_none_or(|own| own < count));
    Some(Measured {
        form,
        name,
        words,
        recall: shared as f64 / words as f64,
        precision: shared as f64 / ours.values().sum::<usize>().max(1) as f64,
        missing: missing.map(|(word, _)| word.clone()).take(30).collect(),
    })
}

fn documents(folder: &Path) -> Vec<(&'static Form, PathBuf)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        found.extend(documents(&entry));
    }
    for path in files(folder) {
        let extension = path.extension().and_then(|end| end.to_str()).unwrap_or_default().to_lowercase();
        let form = FORMS.iter().find(|form| form.extensions.contains(&extension.as_str()));
        found.extend(form.map(|form| (form, path)));
    }
    found
}

/// The words of a file as the other program has them; `None` where it does not read it.
fn other(form: &Form, path: &Path) -> Option<String> {
    let mut command = Command::new(if form.key == "pdf" { "pdftotext" } else { "pandoc" });
    match form.key {
        "pdf" => command.args(["-q", "-nopgbrk", "-enc", "UTF-8"]).arg(path).arg("-"),
        "html" => command.args(["--from", "html", "--to", "plain", "--wrap", "none"]),
        key => command.args(["--from", key, "--to", "plain", "--wrap", "none"]).arg(path),
    };
    let mut running =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it was there");
    let given = if form.key == "html" { utf8(&std::fs::read(path).unwrap()) } else { String::new() };
    let mut stdin = running.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(stdin.write_all(given.as_bytes())));
    let answer = running.wait_with_output().unwrap();
    writer.join().unwrap();
    answer.status.success().then(|| String::from_utf8_lossy(&answer.stdout).into_owned())
}

/// A web page as pandoc needs it: by its byte order mark, else UTF-8, else as it says itself.
fn utf8(page: &[u8]) -> String {
    match std::str::from_utf8(page) {
        Ok(text) if Encoding::for_bom(page).is_none() => text.to_owned(),
        _ => declared(page).unwrap_or(WINDOWS_1252).decode(page).0.into_owned(),
    }
}

fn bag(text: &str) -> BTreeMap<String, usize> {
    // Pandoc marks emphasis by some of these.
    let text =
        text.nfkc().filter(|letter| !['\u{ad}', '_', '*', '~'].contains(letter)).collect::<String>().to_lowercase();
    let mut bag = BTreeMap::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *bag.entry(word.to_owned()).or_default() += 1;
    }
    bag
}

/// As it stands in `docs/import.md`.
fn table(found: &[Measured]) -> String {
    let mut lines = vec![
        "| format | files | at or above the goal | mean recall | mean precision |".to_owned(),
        "|---|---:|---|---:|---:|".to_owned(),
    ];
    for form in FORMS {
        let all: Vec<&Measured> = found.iter().filter(|one| one.form.key == form.key).collect();
        let good = all.iter().filter(|one| one.recall >= form.goal).count();
        let mean = |of: fn(&Measured) -> f64| all.iter().map(|one| of(one)).sum::<f64>() / all.len().max(1) as f64;
        let (recall, precision) = (mean(|one| one.recall), mean(|one| one.precision));
        let (key, goal, count) = (form.key, form.goal, all.len());
        lines.push(format!("| {key} | {count} | {good} of {count} ({goal:.2}) | {recall:.3} | {precision:.3} |"));
    }
    lines.push(String::new());
    lines.push("| file | words | recall | precision | why |\n|---|---:|---:|---:|---|".to_owned());
    for one in found.iter().filter(|one| one.recall < one.form.goal || one.precision < 0.95) {
        let Measured { name, words, recall, precision, .. } = one;
        let why = EXPLAINED.iter().find(|(file, _)| name.ends_with(&format!("/{file}"))).map_or("", |(_, why)| why);
        lines.push(format!("| {name} | {words} | {recall:.3} | {precision:.3} | {why} |"));
    }
    lines.join("\n") + "\n"
}
