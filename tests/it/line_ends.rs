//! A clone on a machine whose git turns every line end into that of Windows.

use crate::desk::{Desk, copy_folder};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=Trial", "-c", "user.email=trial@example.org"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "nowhere").env("GIT_CONFIG_NOSYSTEM", "1").current_dir(folder);
    let output = command.output().unwrap();
    assert!(output.status.success(), "git {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
}

fn git_is_here() -> bool {
    let here = Command::new("git").arg("--version").output().is_ok();
    if !here {
        println!("skipped (no git)");
    }
    here
}

/// The worked example in a repository of its own, and its clone with `core.autocrlf=true`.
fn cloned(attributes: bool) -> (PathBuf, Desk) {
    let desk = Desk::bare();
    let (here, original) = (Path::new(env!("CARGO_MANIFEST_DIR")), desk.room().join("original"));
    for folder in ["corpus", "codebooks", "journal"] {
        copy_folder(&here.join(folder), &original.join(folder));
    }
    for file in [Some("realist.toml"), attributes.then_some(".gitattributes")].into_iter().flatten() {
        std::fs::copy(here.join(file), original.join(file)).unwrap();
    }
    git(&original, &["init", "-q"]);
    git(&original, &["add", "-A"]);
    git(&original, &["commit", "-q", "-m", "Share the project"]);
    let room = desk.room().to_owned();
    git(&room, &["clone", "-q", "-c", "core.autocrlf=true", "original", "p"]);
    (original, desk)
}

fn has_returns(desk: &Desk, folder: &str, ending: &str) -> bool {
    let files = desk.files(folder).into_iter().filter(|path| path.to_str().unwrap().ends_with(ending));
    files.map(|path| std::fs::read(path).unwrap()).any(|bytes| bytes.windows(2).any(|pair| pair == b"\r\n"))
}

/// What lists say, the same wherever the project lies.
fn lists(desk: &Desk, folder: &Path) -> Vec<Value> {
    let place = folder.to_str().unwrap();
    let lists =
        [["code", "list"], ["evidence", "list"], ["hypothesis", "list"], ["codebook", "list"], ["document", "list"]];
    lists.iter().map(|list| desk.outside(&["-C", place, list[0], list[1], "--format", "json"]).done().json()).collect()
}

fn found<'v>(check: &'v Value, rule: &str) -> &'v Vec<Value> {
    let rules = check["rules"].as_array().unwrap();
    rules.iter().find(|one| one["rule"] == rule).unwrap()["found"].as_array().unwrap()
}

#[test]
fn a_clone_under_autocrlf_is_whole() {
    if !git_is_here() {
        return;
    }
    let (original, desk) = cloned(true);
    assert!(has_returns(&desk, "codebooks", ".toml"), "git converted what it may");
    assert!(!has_returns(&desk, "journal", "") && !has_returns(&desk, "corpus/text", ""));
    let check = desk.run(&["check", "--deep", "--format", "json"]).done().json();
    assert_eq!(check["problems"], 0);
    for rule in
        check["rules"].as_array().unwrap().iter().filter(|rule| !rule["looked_at"].as_object().unwrap().is_empty())
    {
        assert!(rule["found"].as_array().unwrap().is_empty(), "{rule}");
    }
    let anchors = check["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "anchors").unwrap();
    assert!(anchors["looked_at"]["anchors"].as_u64().unwrap() > 400);
    assert_eq!(lists(&desk, &desk.project), lists(&desk, &original));
    // The codebook goes on from there, and nothing but the addition is journalled.
    desk.run(&["codebook", "add", "Line ends"]).done();
    assert_eq!(
        desk.json(&["log"]).as_array().unwrap().len(),
        desk.outside(&["-C", original.to_str().unwrap(), "log", "--format", "json"]).json().as_array().unwrap().len()
            + 1
    );
}

#[test]
fn without_attributes_everything_still_reads_alike_and_the_files_are_named() {
    if !git_is_here() {
        return;
    }
    let (original, desk) = cloned(false);
    assert!(has_returns(&desk, "journal", ".jsonl") && has_returns(&desk, "corpus/text", ".txt"));
    assert!(has_returns(&desk, "corpus/text", ".units.jsonl") && has_returns(&desk, "corpus/originals", ".txt"));
    assert_eq!(lists(&desk, &desk.project), lists(&desk, &original));
    let check = desk.run(&["check", "--deep", "--format", "json"]).negative().json();
    for rule in ["journal", "chain", "fold", "anchors", "sealed", "codebooks"] {
        assert!(found(&check, rule).is_empty(), "{rule}: {:?}", found(&check, rule));
    }
    let texts = found(&check, "texts");
    assert_eq!(texts.len(), desk.files("corpus/text").len() / 2);
    assert!(texts.iter().all(|one| one["code"] == "line-ends" && one["severity"] == "note"), "{texts:?}");
    // A file as given is kept byte for byte, so there it counts.
    let originals = found(&check, "originals");
    assert!(!originals.is_empty());
    for one in originals {
        assert_eq!((one["code"].as_str(), one["severity"].as_str()), (Some("line-ends"), Some("warning")));
        assert!(one["place"]["file"].as_str().unwrap().starts_with("corpus/originals/"));
        assert!(one["hints"].to_string().contains(".gitattributes"));
    }
    // What is written now reads back, and a colleague takes it in with the texts put right.
    desk.run(&["code", "add", "D3.gj", "t2", "--code", "Trust", "--memo", "on a machine with Windows line ends"]);
    let blank = desk.copy("blank");
    for path in crate::desk::files_below(&blank.project.join("corpus")) {
        std::fs::remove_file(path).unwrap();
    }
    blank.run(&["merge", desk.project.to_str().unwrap()]);
    let there = original.join("corpus/text");
    for path in blank.files("corpus/text") {
        assert!(std::fs::read(&path).unwrap() == std::fs::read(there.join(path.file_name().unwrap())).unwrap());
    }
    assert_eq!(blank.files("corpus/text").len(), crate::desk::files_below(&there).len());
}
