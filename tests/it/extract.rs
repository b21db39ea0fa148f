//! Foreign formats are read in a process of their own: what goes wrong there is one file that failed.

use crate::data::data;
use crate::desk::{Desk, column};
use crate::story::INTERVIEW;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

fn import(desk: &Desk, arguments: &[&str]) -> Value {
    desk.run(&[&["import"], arguments, &["--kind", "grey", "--format", "json"]].concat()).json()
}

fn reasons(answer: &Value) -> Vec<(&str, &str)> {
    column(&answer["failed"], "path").into_iter().zip(column(&answer["failed"], "reason")).collect()
}

/// An archive whose one part is so many bytes of `letter`.
fn bomb(name: &str, size: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    let block = vec![b'a'; 1 << 20];
    (0..size >> 20).for_each(|_| writer.write_all(&block).unwrap());
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_page_is_read_in_a_process_of_its_own_as_it_is_in_this_one() {
    let desk = Desk::new();
    let page: String = INTERVIEW.lines().flat_map(|line| ["<p>", line, "</p>\n"]).collect();
    desk.file("one.html", &page);
    desk.file("one.txt", INTERVIEW);
    let answer = import(&desk, &["one.html", "one.txt"]);
    assert_eq!(column(&answer["imported"], "format"), ["html", "txt"]);
    assert_eq!(answer["imported"][0]["turns"], answer["imported"][1]["turns"]);
    let text = |label: &str| desk.run(&["document", "text", label]).done().stdout;
    let words = |text: String| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(text("D1.gj")), words(text("D2.gj")));
    desk.run(&["document", "set", "D1.gj", "--role", "Marguerite=observer"]).done();
    desk.run(&["check"]).done();
}

#[test]
fn hostile_files_cost_themselves_and_nothing_else() {
    let desk = Desk::new();
    desk.file("f/a-bomb.epub", bomb("META-INF/container.xml", 64 << 20));
    desk.file("f/b-bomb.docx", bomb("word/document.xml", 64 << 20));
    desk.file("f/c-deep.html", "<ul><li>".repeat(50_000));
    desk.file("f/d-tags.html", format!("<p>{}words", "<b><i>".repeat(100_000)));
    desk.file("f/e-locked.pdf", "%PDF-1.7\nno pages");
    desk.file("f/f-bomb.xlsx", bomb("xl/workbook.xml", 64 << 20));
    desk.file("f/z-good.html", "<p>Words that stay.</p>");
    let answer = import(&desk, &["f"]);
    let failed: Vec<&str> = reasons(&answer).iter().map(|(path, _)| *path).collect();
    assert_eq!(failed, ["a-bomb.epub", "b-bomb.docx", "c-deep.html", "e-locked.pdf", "f-bomb.xlsx"]);
    assert_eq!(column(&answer["imported"], "path"), ["d-tags.html", "z-good.html"]);
}

#[test]
fn limits_are_set_by_option_and_by_the_settings() {
    let desk = Desk::new();
    desk.file("large.html", format!("<p>{}", "words ".repeat(400_000)));
    let answer = import(&desk, &["large.html", "--limit", "html.file=1"]);
    assert!(reasons(&answer)[0].1.contains("1 are read at most"), "{answer}");
    let settings = desk.project.join("realist.toml");
    let written = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("{written}\n[limits.html]\nfile = 1\n")).unwrap();
    assert_eq!(import(&desk, &["large.html"])["failed"].as_array().unwrap().len(), 1);
    assert_eq!(import(&desk, &["large.html", "--limit", "file=50"])["imported"].as_array().unwrap().len(), 1);
    desk.run(&["import", "large.html", "--kind", "grey", "--limit", "html.hours=1"]).refused().says("seconds, memory");
    std::fs::write(&settings, format!("{written}\n[limits.htm]\nfile = 1\n")).unwrap();
    desk.run(&["import", "large.html", "--kind", "grey"]).refused().says("realist.toml");
}

/// A process may not have more memory than it was given: it breaks off, and the next file gets another.
#[cfg(target_os = "linux")]
#[test]
fn a_reader_out_of_memory_is_one_file_that_failed() {
    let desk = Desk::new();
    desk.file("f/a.html", format!("<p>{}", "words and more of them ".repeat(2_000_000)));
    desk.file("f/b.epub", "no book");
    desk.file("f/c.txt", "Plain words.");
    let answer = import(&desk, &["f", "--limit", "html.memory=300"]);
    assert!(reasons(&answer)[0].1.contains("more than 300 MB of memory"), "{answer}");
    assert!(reasons(&answer)[1].1.contains("no e-book"), "{answer}");
    assert_eq!(column(&answer["imported"], "path"), ["c.txt"]);
}

/// One whole set of test data at a time: whatever is in it, every file is in one list, and each that failed
/// has a reason and a next step; and the main process stays under 300 MB.
fn accounted(place: &str) {
    let Some(folder) = data(&format!("every file of {place}"), place) else { return };
    let desk = Desk::new();
    let (answer, most) = desk.json_and_peak(&["import", folder.to_str().unwrap(), "--kind", "grey"]);
    println!("{place}: the main process held {most:?} MB at most");
    assert!(most.is_none_or(|most| (1..300).contains(&most)), "{place}: {most:?} MB");
    let lists = ["imported", "unchanged", "failed"].map(|list| column(&answer[list], "path"));
    let named: BTreeSet<&str> = lists.iter().flatten().copied().collect();
    // Hidden files are no part of a folder; where the folder itself lies is nobody's business.
    let is_hidden = |path: &Path| path.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.'));
    let files = crate::desk::files_below(&folder);
    let files = files.iter().filter(|path| !is_hidden(path.strip_prefix(&folder).unwrap())).count();
    assert_eq!((named.len(), lists.iter().map(Vec::len).sum::<usize>()), (files, files), "{place}");
    for (path, reason) in reasons(&answer) {
        assert!(reason.contains("; "), "{path} fails without a next step: {reason}");
        assert!(!reason.contains("the reader of this format failed"), "{path}: {reason}");
    }
    let own = [desk.project.clone(), desk.room().join("home")];
    let outside =
        crate::desk::files_below(desk.room()).into_iter().find(|path| !own.iter().any(|one| path.starts_with(one)));
    assert_eq!(outside, None, "{place}: written outside the project");
}

#[test]
fn every_transcript_is_accounted_for() {
    accounted("transcripts");
}

#[test]
fn every_awkward_file_is_accounted_for() {
    accounted("awkward");
}

#[test]
fn every_table_of_extracts_is_accounted_for() {
    accounted("extraction");
}

#[test]
fn every_list_of_references_is_accounted_for() {
    accounted("bibliographic");
}
