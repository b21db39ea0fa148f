//! The format as it was frozen: a project and a bundle of format 1 that every later version must open,
//! whole and damaged, and what is written in a newer format, which is refused unharmed.

use crate::desk::{Desk, copy_folder};
use realist::history::{Header, parse_header};
use realist::project::{Project, Surroundings};
use serde_json::{Value, json};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/format-1")
}

/// A desk with a copy of the frozen project, on a machine that never saw it.
fn frozen() -> Desk {
    let desk = Desk::bare();
    copy_folder(&kept().join("project"), &desk.project);
    desk
}

/// Everything the journal amounts to.
fn state(desk: &Desk) -> Value {
    let elsewhere = desk.room().join("elsewhere");
    let read = Surroundings::read(Some("gj".to_owned())).unwrap();
    let project =
        Project::look(&desk.project, Surroundings { cache: elsewhere.clone(), state: elsewhere, ..read }).unwrap();
    let state = project.state();
    let operations = state.notes().into_iter().map(|note| {
        json!({ "id": note.id(), "by": note.by, "act": note.act, "time": note.time, "undone": note.undone,
            "purged": note.purged.iter().map(|(id, _)| id).collect::<Vec<_>>() })
    });
    let mut things: Vec<_> = state.entities().collect();
    things.sort_by_key(|(id, _)| *id);
    let things = things.into_iter().map(|(id, entity)| {
        let labels: Vec<String> = state.labels_in(id, &entity).iter().map(ToString::to_string).collect();
        json!({ "id": id, "kind": entity.kind, "labels": labels, "here": entity.is_here(), "fields": entity.fields() })
    });
    json!({
        "operations": operations.collect::<Vec<_>>(),
        "things": things.collect::<Vec<_>>(),
        "conflicts": state.conflicts(),
    })
}

fn expected() -> Value {
    serde_json::from_str(&fs::read_to_string(kept().join("state.json")).unwrap()).unwrap()
}

#[track_caller]
fn assert_state(desk: &Desk, expected: &Value) {
    let found = state(desk);
    assert!(found == *expected, "the frozen project folds to something else:\n{found:#}");
}

/// Codes of what `check --deep` finds beyond notes.
fn problems(desk: &Desk) -> Vec<String> {
    let answer = desk.json(&["check", "--deep"]);
    let found = answer["rules"].as_array().unwrap().iter().flat_map(|rule| rule["found"].as_array().unwrap());
    found.filter(|one| one["severity"] != "note").map(|one| one["code"].as_str().unwrap().to_owned()).collect()
}

/// Two people set one statement unaware of each other; that is part of the frozen state.
const CONFLICT: [&str; 1] = ["conflict"];

#[test]
fn the_frozen_project_opens_and_is_what_it_was() {
    let desk = frozen();
    let before = desk.snapshot();
    assert_state(&desk, &expected());
    assert_eq!(problems(&desk), CONFLICT);
    let links = desk.json(&["evidence", "list"]);
    let quotes: Vec<&str> = links.as_array().unwrap().iter().map(|one| one["quote"].as_str().unwrap()).collect();
    assert!(
        quotes.contains(&"somebody had kept a chair")
            && quotes.contains(&"It makes no odds to me, I stand by the stove."),
        "{quotes:?}"
    );
    desk.run(&["search", "chair", "kind:interview"]).done().says("Odile");
    desk.run(&["document", "list"]).done().says("tea-room");
    assert_eq!(desk.snapshot(), before, "reading changes nothing");
    // It can be gone on with: one's own hand begins a stream.
    desk.run(&["code", "add", "D1.gj", "t1", "--code", "chair"]).done();
    assert_eq!(problems(&desk), CONFLICT);
}

#[test]
fn the_frozen_bundle_is_the_frozen_project() {
    let desk = Desk::bare();
    fs::create_dir_all(&desk.project).unwrap();
    fs::copy(kept().join("project/realist.toml"), desk.project.join("realist.toml")).unwrap();
    let bundle = kept().join("bundle.zip");
    desk.run(&["merge", bundle.to_str().unwrap()]).done();
    assert_state(&desk, &expected());
    assert_eq!(problems(&desk), CONFLICT);
}

/// A journal line with the hash that fits: everything but the last brace comes in.
fn sealed(body: &str) -> String {
    format!("{body},\"h\":\"{}\"}}\n", &blake3::hash(body.as_bytes()).to_hex()[..32])
}

fn journal(desk: &Desk, start: &str) -> PathBuf {
    let is_it = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with(start);
    desk.files("journal").into_iter().find(is_it).unwrap()
}

fn rewrite(path: &Path, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(path).unwrap();
    let changed = change(text.clone());
    assert_ne!(changed, text, "{}", path.display());
    fs::write(path, changed).unwrap();
}

fn units(desk: &Desk) -> PathBuf {
    let name = desk.files("corpus/text").into_iter().find(|path| {
        let text = fs::read_to_string(path).unwrap();
        path.to_str().unwrap().ends_with(".units.jsonl") && text.contains("Odile")
    });
    name.unwrap()
}

type Change = fn(&Desk);

#[test]
fn whatever_is_newer_is_refused_unharmed() {
    let reading: &[&[&str]] = &[&["check", "--deep"], &["search", "chair"], &["read", "D1.gj"], &["evidence", "list"]];
    let all: &[&[&str]] = &[
        &["status"],
        &["check", "--deep"],
        &["search", "chair"],
        &["read", "D1.gj"],
        &["code", "add", "D1.gj", "t2", "--code", "chair"],
        &["undo"],
        &["purge", "D1.gj", "--reason", "x", "--yes"],
        &["bundle", "--all"],
        &["report", "agenda"],
    ];
    let cases: [(&str, Change, &[&[&str]]); 7] = [
        (
            "settings",
            |desk| rewrite(&desk.project.join("realist.toml"), |text| text.replace("format = 1", "format = 2")),
            all,
        ),
        (
            "settings in another shape",
            |desk| {
                rewrite(&desk.project.join("realist.toml"), |text| {
                    text.replace("format = 1", "format = 2").replace("project = \"", "project = \"new-")
                });
            },
            all,
        ),
        (
            "journal header",
            |desk| {
                rewrite(&journal(desk, "mb."), |text| {
                    let (first, rest) = text.split_once('\n').unwrap();
                    let header = parse_header(first.as_bytes()).unwrap().unwrap();
                    format!("{}{rest}", Header { realist: 2, ..header }.to_line())
                });
            },
            all,
        ),
        (
            "journal header in another shape",
            |desk| {
                rewrite(&journal(desk, "mb."), |text| {
                    format!("{}{text}", sealed("{\"realist\":[2],\"stream\":{\"new\":true}"))
                });
            },
            all,
        ),
        (
            "record",
            |desk| {
                rewrite(&journal(desk, "gj.58"), |text| {
                    let body = "{\"op\":\"019bb16e-fe80-7000-8000-12f115209900\",\"stream\":\"58244da0\",\"n\":99,\
                        \"time\":\"2030-01-01T00:00:00Z\",\"by\":\"gj\",\"act\":\"new\",\"records\":[{\"move\":1}]";
                    text + &sealed(body)
                });
            },
            all,
        ),
        ("units file", |desk| rewrite(&units(desk), |text| text.replacen("\"format\":1", "\"format\":2", 1)), reading),
        (
            "units file in another shape",
            |desk| {
                rewrite(&units(desk), |text| {
                    text.replacen("\"format\":1", "\"format\":2", 1).replacen("\"voice\":\"", "\"voice\":\"new-", 1)
                });
            },
            reading,
        ),
    ];
    for (name, change, commands) in cases {
        let desk = frozen();
        change(&desk);
        let before = desk.snapshot();
        for command in commands {
            let answer = desk.run(command).refused();
            assert!(answer.stderr.contains("newer") || answer.stderr.contains("format 2"), "{name}: {}", answer.stderr);
            assert!(answer.stderr.to_lowercase().contains("nothing was changed"), "{name}: {}", answer.stderr);
            assert_eq!(desk.snapshot(), before, "{name}: realist {}", command.join(" "));
        }
    }
}

/// The frozen bundle with its entries changed.
fn bundle(desk: &Desk, change: impl Fn(&str, String) -> String) -> String {
    let mut old = zip::ZipArchive::new(Cursor::new(fs::read(kept().join("bundle.zip")).unwrap())).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut entry = old.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        let name = entry.name().unwrap().into_owned();
        if let Ok(text) = String::from_utf8(bytes.clone()) {
            bytes = change(&name, text).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    desk.file("bundle.zip", new.finish().unwrap().into_inner())
}

#[test]
fn a_newer_bundle_or_copy_is_refused_unharmed() {
    let changes: [fn(&str, String) -> String; 3] = [
        |_, text| text.replace("{\"bundle\":1", "{\"bundle\":2"),
        |name, text| if name == "bundle.json" { text.replace("\"realist\":1", "\"realist\":2") } else { text },
        |name, text| {
            if name.starts_with("journal/") { text + &sealed("{\"op\":\"x\",\"records\":[{\"move\":1}]") } else { text }
        },
    ];
    for change in changes {
        let desk = frozen();
        let before = desk.snapshot();
        let name = bundle(&desk, change);
        desk.run(&["merge", &name]).refused().says("newer").says("nothing was changed");
        assert_eq!(desk.snapshot(), before);
    }
    let (desk, there) = (frozen(), frozen());
    rewrite(&there.project.join("realist.toml"), |text| text.replace("format = 1", "format = 2"));
    let before = desk.snapshot();
    desk.run(&["merge", there.project.to_str().unwrap()]).refused().says("format 2");
    assert_eq!(desk.snapshot(), before);
}

/// A version that shares the format may have more to say.
#[test]
fn fields_of_a_later_version_survive() {
    let desk = frozen();
    let list = desk.json(&["hypothesis", "list"]);
    assert_eq!(list[0]["id"], "H1.gj");
    let things = expected()["things"].as_array().unwrap().clone();
    let h1 = things.iter().find(|one| one["labels"][0] == "H1.gj").unwrap()["id"].as_str().unwrap().to_owned();
    let line = sealed(&format!(
        "{{\"op\":\"019bb16e-fe80-7000-8000-12f115209901\",\"stream\":\"29f9db23\",\"n\":99,\"mood\":{{\"of\":\"day\"}},\
         \"time\":\"2030-01-01T00:00:00Z\",\"by\":\"mb\",\"act\":\"paint\",\"records\":[{{\"put\":\"hypothesis\",\
         \"id\":\"{h1}\",\"certainty\":3,\"set\":{{\"colour\":\"amber\"}}}}]"
    ));
    rewrite(&journal(&desk, "mb."), |text| text + &line);
    let colour = |desk: &Desk| {
        let state = state(desk);
        let things = state["things"].as_array().unwrap().clone();
        things.iter().find(|one| one["id"] == h1).unwrap()["fields"]["colour"].clone()
    };
    assert_eq!(colour(&desk), "amber");
    desk.run(&["hypothesis", "status", "H1.gj", "rejected", "--why", "nobody holds it"]).done();
    assert_eq!(colour(&desk), "amber");
    desk.run(&["bundle", "--all", "--out", "all.zip"]).done();
    let there = frozen();
    there.file("all.zip", fs::read(desk.room().join("all.zip")).unwrap());
    there.run(&["merge", "all.zip"]).done();
    assert!(there.journal().contains(&line), "letter for letter");
    assert_eq!((colour(&there), state(&there)), (colour(&desk), state(&desk)));
    // The same in codebooks and sealed values, and in what the machine remembers.
    rewrite(&desk.project.join("codebooks/codes.toml"), |text| {
        text.replacen("name = ", "# of note\nmood = \"amber\"\nname = ", 1)
    });
    desk.run(&["codebook", "edit", "C2.gj", "--definition", "Another"]).done();
    let book = fs::read_to_string(desk.project.join("codebooks/codes.toml")).unwrap();
    assert!(book.contains("# of note\nmood = \"amber\""), "{book}");
    for path in desk.files("corpus/sealed") {
        rewrite(&path, |text| text.replacen('{', "{\"made\":\"2030\",", 1));
    }
    let streams = desk.files("journal").len();
    desk.run(&["code", "add", "D1.gj", "t1", "--code", "chair"]).done();
    assert_eq!(desk.files("journal").len(), streams);
    assert_eq!(problems(&desk), CONFLICT);
}

#[test]
fn an_index_of_another_version_is_built_again() {
    let desk = frozen();
    let before = desk.json(&["search", "chair"]);
    let manifest =
        crate::desk::files_below(&desk.cache()).into_iter().find(|path| path.ends_with("manifest.jsonl")).unwrap();
    rewrite(&manifest, |text| text.replacen("\"schema\":", "\"schema\":9", 1));
    assert_eq!(desk.json(&["search", "chair"]), before);
    desk.run(&["check", "--deep"]).negative();
    assert_eq!(problems(&desk), CONFLICT);
}

/// The state without some operations, as far as a list can say: their ids.
fn operations(desk: &Desk) -> Vec<String> {
    let state = state(desk);
    state["operations"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_frozen_project_torn_is_healed_and_says_so() {
    let desk = frozen();
    let whole = operations(&desk);
    let path = journal(&desk, "gj-");
    let text = fs::read(&path).unwrap();
    fs::write(&path, &text[..text.len() - 30]).unwrap();
    let left = operations(&desk);
    assert_eq!(left.len(), whole.len() - 1);
    let answer = desk.run(&["status"]).done();
    assert!(answer.stderr.contains("journal/gj-") && answer.stderr.contains(":3: "), "{}", answer.stderr);
    answer.says("cut short");
    desk.run(&["hypothesis", "add", "--statement", "Lamps matter."]).done();
    // The rest of the file arrives: nothing was lost.
    fs::write(&path, &text).unwrap();
    assert_eq!(operations(&desk).len(), whole.len() + 1);
    assert_eq!(problems(&desk), CONFLICT);
}

#[test]
fn the_frozen_project_with_a_byte_flipped_names_the_line() {
    let desk = frozen();
    let whole = operations(&desk);
    let path = journal(&desk, "gj.58");
    let mut bytes = fs::read(&path).unwrap();
    let line = 15;
    let start = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line - 2).unwrap().0;
    bytes[start + 100] ^= 0x04;
    fs::write(&path, &bytes).unwrap();
    let left = operations(&desk);
    assert_eq!(left.len(), whole.len() - 1);
    assert!(left.iter().all(|id| whole.contains(id)));
    let answer = desk.run(&["check"]).negative();
    assert!(
        answer.stderr.contains(&format!(".58244da0.jsonl:{line}: this line of the journal is damaged")),
        "{}",
        answer.stderr
    );
    // Merging an undamaged copy brings the line back.
    let copy = frozen();
    desk.run(&["merge", copy.project.to_str().unwrap()]).done();
    assert_state(&desk, &expected());
}

#[test]
fn the_frozen_project_with_conflict_copies_is_what_it_was() {
    let desk = frozen();
    for path in desk.files("journal") {
        let text = fs::read_to_string(&path).unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let early: String = text.split_inclusive('\n').take(2).collect();
        fs::write(path.with_file_name(format!("{stem}-LAPTOP-3.jsonl")), &text).unwrap();
        fs::write(&path, early).unwrap();
    }
    assert_state(&desk, &expected());
    assert_eq!(problems(&desk), CONFLICT);
}

#[test]
fn the_frozen_project_with_the_line_ends_of_windows_is_what_it_was() {
    let desk = frozen();
    let spared = ["originals", "sealed"];
    for path in desk.files("").into_iter().filter(|path| !spared.iter().any(|one| path.to_str().unwrap().contains(one)))
    {
        rewrite(&path, |text| text.replace('\n', "\r\n"));
    }
    assert_state(&desk, &expected());
    assert_eq!(problems(&desk), CONFLICT);
    desk.run(&["code", "add", "D1.gj", "--quote", "you are expected – \"sit down\"", "--code", "chair"]).done();
    assert_eq!(problems(&desk), CONFLICT);
}
