//! `check --deep`: whatever was changed behind the tool's back is found, with its place and what to do.

use crate::desk::{Desk, column};
use crate::story::synthesis;
use realist::history::{Operation, parse_line};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn write(path: &Path, content: impl AsRef<[u8]>) {
    std::fs::write(path, content).unwrap();
}

fn own(desk: &Desk) -> PathBuf {
    desk.files("journal").remove(0)
}

/// The last line of the journal as an operation.
fn last(desk: &Desk) -> Operation {
    let text = std::fs::read_to_string(own(desk)).unwrap();
    parse_line(text.lines().last().unwrap().as_bytes()).unwrap()
}

fn append(desk: &Desk, operation: &Operation) {
    let text = std::fs::read_to_string(own(desk)).unwrap();
    write(&own(desk), text + &operation.to_line().0);
}

fn file(desk: &Desk, folder: &str, holds: &str) -> PathBuf {
    let holds = |path: &PathBuf| String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains(holds);
    desk.files(folder).into_iter().find(holds).unwrap()
}

/// What a rule says, each with a next step, and with a file to go to.
#[track_caller]
fn found(desk: &Desk, rule: &str) -> Vec<(String, String)> {
    let check = desk.json(&["check", "--deep"]);
    let rule = check["rules"].as_array().unwrap().iter().find(|one| one["rule"] == rule).unwrap().clone();
    let tell = |one: &Value| {
        assert!(!one["hints"].as_array().unwrap().is_empty(), "{one}");
        let file = one["place"]["file"].as_str().unwrap_or_else(|| panic!("no place: {one}"));
        (one["code"].as_str().unwrap().to_owned(), file.to_owned())
    };
    rule["found"].as_array().unwrap().iter().map(tell).collect()
}

#[track_caller]
fn assert_found(desk: &Desk, rule: &str, codes: &[&str]) {
    let found = found(desk, rule);
    assert_eq!(found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), codes, "{found:?}");
}

#[test]
fn a_sound_project_is_clean_and_says_what_was_looked_at() {
    let desk = synthesis();
    desk.run(&["search", "ledger"]).done();
    let before = desk.snapshot();
    let check = desk.run(&["check", "--deep", "--format", "json"]).done().json();
    assert_eq!(check["problems"], 0);
    let looked = |rule: &str| {
        let rules = check["rules"].as_array().unwrap();
        rules.iter().find(|one| one["rule"] == rule).unwrap()["looked_at"].clone()
    };
    assert_eq!(looked("chain"), serde_json::json!({ "lines": 15, "streams": 1 }));
    assert_eq!(looked("fold")["operations"], 14);
    assert_eq!(looked("originals"), serde_json::json!({ "files": 2 }));
    assert_eq!(looked("texts"), serde_json::json!({ "versions": 2 }));
    assert_eq!(looked("anchors"), serde_json::json!({ "anchors": 5, "versions": 2 }));
    assert_eq!(looked("sealed"), serde_json::json!({ "values": 2 }));
    assert_eq!(looked("codebooks"), serde_json::json!({ "codes": 2, "components": 1 }));
    assert_eq!(looked("index")["texts"], 2);
    assert_eq!(looked("journal"), serde_json::json!({}));
    desk.run(&["check", "--deep"]).done().says("(15 lines, 1 stream)");
    assert_eq!(desk.snapshot(), before);
    // The quick check has the quick rules only.
    let quick = desk.json(&["check"]);
    assert!(!column(&quick["rules"], "rule").contains(&"chain"));
}

#[test]
fn a_line_out_of_its_place_is_found() {
    let desk = synthesis();
    let (sound, line) = (std::fs::read_to_string(own(&desk)).unwrap(), last(&desk));
    let id = |letter: &str| {
        letter.repeat(8).parse().map_or_else(
            |_| format!("{}-0000-7000-8000-000000000000", letter.repeat(8)),
            |number: u32| number.to_string(),
        )
    };
    let fresh = |letter: &str| Operation {
        id: id(letter).parse().unwrap(),
        prev: line.hash.clone(),
        lamport: line.lamport + 1,
        ..line.clone()
    };
    let cases: [(&[&str], Operation); 5] = [
        (&["fork"], Operation { prev: line.prev.clone(), ..fresh("a") }),
        (&["broken-order"], Operation { lamport: 1, ..fresh("b") }),
        (&["other-hand"], Operation { by: "bo".to_owned(), ..fresh("c") }),
        (&["same-identity"], Operation { id: line.id, ..fresh("d") }),
        (&["no-header", "broken-chain"], Operation { stream: "0000beef".to_owned(), ..fresh("e") }),
    ];
    for (codes, operation) in cases {
        append(&desk, &operation);
        assert_found(&desk, "chain", codes);
        let places = found(&desk, "chain");
        assert!(places.iter().all(|(_, file)| file.starts_with("journal/gj.")), "{places:?}");
        let answer = desk.run(&["check", "--deep"]);
        assert_eq!(answer.code, Some(i32::from(codes != ["fork"])), "a fork loses nothing");
        assert!(answer.stderr.contains(".jsonl:16: ") || codes[0] == "no-header", "{}", answer.stderr);
        write(&own(&desk), &sound);
    }
    let headless: String = sound.split_inclusive('\n').skip(1).collect();
    write(&own(&desk), &headless);
    assert_found(&desk, "chain", &["no-header"]);
    let header = sound.lines().next().unwrap();
    let header = realist::history::parse_header(header.as_bytes()).unwrap().unwrap();
    let other = realist::history::Header { suffix: Some("zz".to_owned()), ..header };
    write(&own(&desk), sound.clone() + &other.to_line());
    assert_found(&desk, "chain", &["two-headers"]);
    // A line from the middle is missed by the one after it.
    let gap: String =
        sound.split_inclusive('\n').enumerate().filter(|(at, _)| *at != 5).map(|(_, line)| line).collect();
    write(&own(&desk), gap);
    desk.run(&["check", "--deep"]).negative().says("that is not here");
    assert_found(&desk, "journal", &["missing-operation"]);
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_found() {
    let desk = synthesis();
    let text = file(&desk, "corpus/text", "tangerine");
    let units = PathBuf::from(text.to_str().unwrap().replace(".txt", ".units.jsonl"));
    let original = file(&desk, "corpus/originals", "tangerine");
    let sealed = file(&desk, "corpus/sealed", "marguerite");
    let (whole, numbers) = (std::fs::read_to_string(&text).unwrap(), std::fs::read_to_string(&units).unwrap());
    // A change where no anchor stands: only the name over the whole tells.
    write(&text, whole.replace("first appointment", "first appointmenT"));
    assert_found(&desk, "texts", &["changed-text"]);
    write(&text, &whole);
    write(&units, numbers.replace("\"role\":\"participant\"", "\"role\":\"observer\""));
    assert_found(&desk, "texts", &["changed-text"]);
    desk.run(&["check"]).done();
    // A units file that cannot be read is said, and the other rules go on.
    write(&units, "{\"format\":1,");
    assert_found(&desk, "texts", &["changed-text"]);
    assert_eq!(found_codes(&desk, "anchors"), ["stale-anchor"; 4]);
    desk.run(&["check", "--deep"]).negative().says("cannot be read");
    desk.run(&["check"]).negative().says("cannot be read");
    write(&units, &numbers);
    std::fs::remove_file(&text).unwrap();
    assert_found(&desk, "texts", &["missing-text"]);
    write(&text, &whole);

    let given = std::fs::read(&original).unwrap();
    write(&original, [&given[..], b" "].concat());
    assert_found(&desk, "originals", &["changed-original"]);
    std::fs::remove_file(&original).unwrap();
    assert_found(&desk, "originals", &["missing-original"]);
    write(&original, given);

    let name = std::fs::read(&sealed).unwrap();
    write(&sealed, "{\"valu");
    assert_found(&desk, "sealed", &["damaged-sealed"]);
    std::fs::remove_file(&sealed).unwrap();
    assert_found(&desk, "sealed", &["missing-sealed"]);
    write(&sealed, name);
    desk.run(&["check", "--deep"]).done();
}

fn found_codes(desk: &Desk, rule: &str) -> Vec<String> {
    found(desk, rule).into_iter().map(|(code, _)| code).collect()
}

/// An anchor may hold in the version in force, or belong to what was removed: the version it was set in
/// counts.
#[test]
fn anchors_are_read_in_the_version_they_were_set_in() {
    let desk = synthesis();
    let first = file(&desk, "corpus/text", "tangerine");
    desk.run(&["document", "set", "D1.gj", "--role", "Marguerite=observer"]).done();
    desk.run(&["evidence", "remove", "E3.gj", "--reason", "twice"]).done();
    desk.run(&["check", "--deep"]).done();
    let text = std::fs::read_to_string(&first).unwrap();
    write(&first, text.replace("buses stopped", "buses ceased!"));
    // The quick check reads them in the version in force.
    desk.run(&["check"]).done();
    desk.run(&["check", "--deep"]).negative();
    let found = found_codes(&desk, "anchors");
    assert_eq!(found, ["stale-anchor"; 4], "two codings, a link, a link removed");
    desk.run(&["purge", "D1.gj", "--reason", "consent withdrawn", "--yes"]).done();
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn what_refers_to_nothing_is_found_though_it_was_removed() {
    let desk = synthesis();
    let line = last(&desk);
    let removed = "{\"put\":\"coding\",\"id\":\"019bb16e-fe80-7000-8000-000000000001\",\"label\":\"CD9.gj\",\"set\":\
        {\"code\":\"019bb16e-fe80-7000-8000-000000000002\",\"gone\":\"x\"}}";
    let records = vec![serde_json::from_str(removed).unwrap()];
    let operation = Operation {
        id: "019bb16e-fe80-7000-8000-000000000003".parse().unwrap(),
        prev: line.hash.clone(),
        lamport: line.lamport + 1,
        records,
        ..line
    };
    append(&desk, &operation);
    desk.run(&["check"]).done();
    assert_found(&desk, "removed", &["dangling-reference"]);
}

#[test]
fn codebooks_out_of_step_and_a_damaged_index_are_named() {
    let desk = synthesis();
    desk.run(&["search", "ledger"]).done();
    let book = desk.project.join("codebooks/codes.toml");
    let old = std::fs::read_to_string(&book).unwrap();
    desk.run(&["codebook", "edit", "C1.gj", "--definition", "Notes are shared"]).done();
    let new = std::fs::read_to_string(&book).unwrap();
    // On a machine that never saw the two in step an older file is known by what it says.
    let late = desk.far_copy("late", "gj");
    write(&late.project.join("codebooks/codes.toml"), &old);
    assert_found(&late, "codebooks", &["codebook-lags"]);
    write(&book, new.replace("distance", "far away"));
    assert_found(&desk, "codebooks", &["hand-edit"]);
    write(&book, new.split("[[code]]").take(2).collect::<Vec<_>>().join("[[code]]"));
    assert_found(&desk, "codebooks", &["codebook-lags"]);
    desk.run(&["check", "--deep"]).done();

    let index = desk.cache();
    let part =
        crate::desk::files_below(&index).into_iter().find(|path| path.extension().is_some_and(|end| end == "idx"));
    let part = part.expect("tantivy keeps postings in a file that ends in .idx");
    let mut bytes = std::fs::read(&part).unwrap();
    bytes[10] ^= 1;
    write(&part, bytes);
    let check = desk.run(&["check", "--deep", "--format", "json"]).negative().json();
    assert!(check.to_string().contains("index-damaged"));
    desk.run(&["cache", "clear"]).done();
    desk.run(&["check", "--deep"]).done();
}
