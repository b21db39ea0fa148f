//! What is confidential: where it may lie, and that it can be destroyed.

use crate::desk::{Desk, column, copy_folder, files_below};
use crate::story::{PLANTED, synthesis};
use std::path::Path;

/// Files below a folder that hold any of the words, in their bytes or their name.
fn holding(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files_below(folder) {
        let bytes = std::fs::read(&path).unwrap();
        let lower = bytes.to_ascii_lowercase();
        let name = path.display().to_string().to_lowercase();
        for word in words.iter().map(|word| word.to_lowercase()) {
            if lower.windows(word.len()).any(|at| at == word.as_bytes()) || name.contains(&word) {
                found.push(format!("{} holds '{word}'", path.display()));
            }
        }
    }
    found
}

#[test]
fn the_journal_holds_no_words_names_or_file_names() {
    let desk = synthesis();
    desk.run(&["document", "set", "D1.gj", "--title", "Talk with Mrs Carnwath", "--role", "Marguerite=participant"])
        .done();
    desk.run(&["participant", "set", "D1.gj:Marguerite", "--consent", "anonymous"]).done();
    desk.run(&["participant", "set", "D2.gj:Oswin", "--group", "service_users"]).done();
    desk.run(&[
        "decide",
        "agreed_with_dissent",
        "--body",
        "team",
        "--component",
        "K1.gj",
        "--dissent",
        "service_users=Oswin walked out",
    ])
    .done();
    desk.run(&["check"]).done();
    let names = ["Marguerite", "Oswin", "Thekla", "carnwath", "north-group", "walked out", "made no difference"];
    let words: Vec<&str> = PLANTED.iter().chain(&names).copied().collect();
    assert_eq!(holding(&desk.project.join("journal"), &words), Vec::<String>::new());
    assert_eq!(holding(&desk.project.join("codebooks"), &words), Vec::<String>::new());
    assert!(!holding(&desk.project.join("corpus"), &words).is_empty(), "they are where they can be destroyed");
}

fn purge(desk: &Desk) {
    desk.run(&["purge", "D1.gj", "--reason", "consent withdrawn"]).negative().says("--yes");
    assert!(desk.project.join("corpus/text").read_dir().unwrap().count() == 4, "asked first");
    desk.run(&["purge", "D1.gj", "--reason", "consent withdrawn", "--yes"]).done().says("out of reach");
}

fn is_purged(desk: &Desk) {
    desk.run(&["check"]).done();
    let evidence = desk.json(&["evidence", "list"]);
    let of_first: Vec<_> = evidence.as_array().unwrap().iter().filter(|link| link["document"] == "D1.gj").collect();
    assert_eq!(of_first.len(), 2);
    assert!(of_first.iter().all(|link| link["state"] == "purged" && link["quote"] == ""), "{evidence}");
    assert_eq!(column(&desk.json(&["code", "list"]), "state"), ["purged", "purged"]);
    desk.run(&["search", "ledger"]).negative();
    desk.run(&["read", "D1.gj"]).refused().says("on purpose");
    desk.run(&["document", "text", "D1.gj"]).refused();
    for format in ["agenda", "evidence"] {
        desk.run(&["report", format, "--to", "html", "--to", "md", "--to", "csv", "--to", "json"]).done();
    }
    let words: Vec<&str> = PLANTED.iter().chain(&["Marguerite", "carnwath"]).copied().collect();
    assert_eq!(holding(&desk.project, &words), Vec::<String>::new());
    assert_eq!(holding(&desk.cache(), &words), Vec::<String>::new());
}

#[test]
fn a_purge_leaves_no_word_in_project_or_cache() {
    let desk = synthesis();
    desk.run(&["search", "ledger"]).done();
    let sent = desk.project.join("outputs/sent");
    std::fs::create_dir(&sent).unwrap();
    desk.run(&["report", "evidence", "--to", "md"]).done();
    std::fs::rename(desk.project.join("outputs/evidence.md"), sent.join("evidence.md")).unwrap();
    purge(&desk);
    is_purged(&desk);
    assert_eq!(desk.json(&["hypothesis", "list"]).as_array().unwrap().len(), 3, "what stood on it stays");
    desk.run(&["search", "difference"]).done();
    desk.run(&["undo"]).refused().says("cannot be undone");
}

#[test]
fn a_colleagues_copy_obeys_a_purge_when_next_opened() {
    let desk = synthesis();
    let there = desk.far_copy("q", "bo");
    there.run(&["search", "ledger"]).done();
    purge(&desk);
    copy_folder(&desk.project.join("journal"), &there.project.join("journal"));
    there.run(&["status"]).done();
    is_purged(&there);
}

#[test]
fn a_sync_that_brings_purged_files_back_does_not_bring_the_words_back() {
    let desk = synthesis();
    let there = desk.far_copy("q", "bo");
    purge(&desk);
    copy_folder(&there.project.join("corpus"), &desk.project.join("corpus"));
    desk.run(&["status"]).done();
    is_purged(&desk);
}
