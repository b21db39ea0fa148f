//! Codebooks in and out: what leaves is valid, what comes in comes in once, and two sites agree.

use crate::data::data;
use crate::desk::{Desk, column};
use crate::story::{INTERVIEW, synthesis};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is said of each code, whatever it is labelled here.
fn codes(desk: &Desk) -> Vec<Value> {
    let mut list = desk.json(&["codebook", "list"]);
    for code in list.as_array_mut().unwrap() {
        for label in ["id", "parent", "merged_into", "examples", "codings", "with_below"] {
            code.as_object_mut().unwrap().remove(label);
        }
    }
    list.as_array().unwrap().clone()
}

/// A codebook in which every field is said somewhere.
fn full() -> Desk {
    let desk = synthesis();
    for command in [
        &["codebook", "add", "Bonds", "--heading", "yes", "--colour", "#F0A"][..],
        &[
            "codebook",
            "edit",
            "openness",
            "--parent",
            "Bonds",
            "--kind",
            "cmo_part",
            "--definition",
            "Says <all> & \"more\"\n\n[realist]\nAlias: no",
        ],
        &[
            "codebook",
            "edit",
            "openness",
            "--include",
            "when",
            "--exclude=-not",
            "--source",
            "Us, 2026",
            "--alias",
            "candour; frankness",
        ],
        &["codebook", "edit", "openness", "--set", "Core", "--example", "CD1.gj"],
        &["codebook", "add", "farness", "--parent", "distance"],
        &["codebook", "add", "removal"],
        &["codebook", "merge", "removal", "--into", "distance"],
        &["codebook", "add", "--ready", "context"],
    ] {
        desk.run(command).done();
    }
    desk
}

fn schema(name: &str) -> Option<PathBuf> {
    let schema = data(name, "refi-qda/schema/Codebook.xsd")?;
    if Command::new("xmllint").arg("--version").output().is_err() {
        println!("skipped (no xmllint): {name}");
        return None;
    }
    Some(schema)
}

fn is_valid(schema: &Path, file: &Path) -> bool {
    let output = Command::new("xmllint").args(["--noout", "--schema"]).arg(schema).arg(file).output().unwrap();
    output.status.success()
}

#[test]
fn what_leaves_as_refi_qda_is_valid_by_the_official_schema() {
    let Some(schema) = schema("what_leaves_as_refi_qda_is_valid_by_the_official_schema") else { return };
    let desk = full();
    desk.run(&["codebook", "export", "--out", "ours.qdc"]).done();
    assert!(is_valid(&schema, &desk.room().join("ours.qdc")));
    let taken = Desk::new();
    for sample in std::fs::read_dir(data("samples", "refi-qda/codebooks").unwrap()).unwrap() {
        let sample = sample.unwrap().path();
        taken.run(&["codebook", "import", sample.to_str().unwrap()]);
        let strict = Desk::new().run(&["codebook", "import", sample.to_str().unwrap(), "--strict"]);
        assert_eq!(
            strict.code == Some(0),
            is_valid(&schema, &sample),
            "we judge {} as the schema does",
            sample.display()
        );
    }
    taken.run(&["codebook", "export", "--out", "all.qdc"]).done();
    assert!(is_valid(&schema, &taken.room().join("all.qdc")));
}

#[test]
fn five_samples_are_read_with_their_faults_and_strict_refuses_four() {
    let Some(folder) = data("five_samples_are_read_with_their_faults_and_strict_refuses_four", "refi-qda/codebooks")
    else {
        return;
    };
    let mut refused = 0;
    for sample in std::fs::read_dir(folder).unwrap() {
        let (desk, sample) = (Desk::new(), sample.unwrap().path());
        let path = sample.to_str().unwrap();
        let file = sample.file_name().unwrap().to_str().unwrap().to_owned();
        let before = desk.snapshot();
        let strict = desk.run(&["codebook", "import", path, "--strict"]);
        if strict.code == Some(2) {
            refused += 1;
            strict.refused().says(&format!("{file}:"));
            assert_eq!(desk.snapshot(), before, "nothing is written");
            desk.run(&["codebook", "import", path]).done().says(&format!("warning: {file}:"));
        }
        assert!(!codes(&desk).is_empty(), "{file}");
        let again = desk.run(&["codebook", "import", path, "--format", "json"]).done().json();
        assert_eq!((again["added"].as_u64(), again["changed"].as_u64()), (Some(0), Some(0)), "{file}");
    }
    assert_eq!(refused, 4);
}

#[test]
fn every_format_carries_every_field_to_another_project_and_twice_changes_nothing() {
    let desk = full();
    for format in ["csv", "xlsx", "qdc", "md", "toml"] {
        let file = format!("book.{format}");
        desk.run(&["codebook", "export", "--to", format, "--out", &file]).done();
        desk.run(&["codebook", "export", "--out", &file]).done().says("codes");
        let other = Desk::new();
        let path = desk.room().join(&file);
        let path = path.to_str().unwrap();
        let tried = other.json(&["codebook", "import", path, "-n"]);
        assert!(codes(&other).is_empty());
        let taken = other.json(&["codebook", "import", path]);
        assert_eq!(tried["added"], taken["added"], "{format}");
        let unclear = taken["news"].as_array().unwrap().iter().filter(|one| one["what"] == "unclear").count();
        assert_eq!(unclear, 1, "{format}: the example is a coding of another project");
        assert_eq!(codes(&other), codes(&desk), "{format}");
        let before = other.snapshot();
        assert_eq!(other.json(&["codebook", "import", path])["added"], 0, "{format}");
        assert_eq!(other.snapshot(), before, "{format}");
        let home = desk.snapshot();
        assert_eq!(desk.run(&["codebook", "import", path]).done().stdout.lines().count(), 1, "{format}");
        assert_eq!(desk.snapshot(), home, "{format}");
        other.run(&["undo"]).done();
        assert!(codes(&other).is_empty(), "{format}");
    }
}

#[test]
fn no_words_of_participants_leave_with_a_codebook() {
    let desk = full();
    desk.run(&["codebook", "show", "openness"]).done().says("tangerine ledger").says("codebook edit");
    for format in ["csv", "qdc", "md", "toml"] {
        let text = desk.run(&["codebook", "export", "--to", format]).done().stdout;
        assert!(text.contains("CD1.gj") && !text.contains("tangerine"), "{format}");
    }
    assert!(!desk.journal().contains("tangerine") && INTERVIEW.contains("tangerine"));
}

#[test]
fn two_sites_that_take_in_one_file_agree_and_merging_twice_changes_nothing() {
    let here = synthesis();
    let there = here.far_copy("there", "mb");
    let table = here.file("book.csv", "name,parent,definition\nTrust,,Reliance\nWon,Trust,\n");
    for desk in [&here, &there] {
        desk.run(&["codebook", "import", &table]).done();
        desk.run(&["codebook", "add", "--ready", "appraisal"]).done();
    }
    there.run(&["codebook", "merge", "distance", "--into", "openness"]).done();
    for _ in 0..2 {
        here.run(&["merge", there.project.to_str().unwrap()]).done();
        there.run(&["merge", here.project.to_str().unwrap()]).done();
    }
    let settled = here.snapshot();
    let merged = here.json(&["merge", there.project.to_str().unwrap()]);
    assert_eq!((merged["operations"].as_u64(), here.snapshot() == settled), (Some(0), true));
    assert_eq!(codes(&here), codes(&there));
    let names = here.json(&["codebook", "list"]);
    let mut once = column(&names, "path");
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.as_array().unwrap().len(), "no code came twice");
    here.run(&["codebook", "merge", "distance", "--into", "openness"]).done().says("nothing changed");
    for desk in [&here, &there] {
        assert_eq!(desk.json(&["codebook", "import", &table])["added"], 0);
        desk.run(&["check"]);
    }
}

#[test]
fn a_hostile_or_foreign_file_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let bomb = "<!DOCTYPE a [<!ENTITY b 'c'>]>\n<CodeBook/>";
    desk.file("bomb.qdc", bomb);
    desk.run(&["codebook", "import", "bomb.qdc"]).refused().says("bomb.qdc:1:");
    desk.file("project.qdc", "<Project/>");
    desk.run(&["codebook", "import", "project.qdc"]).refused().says("export the codebook alone");
    desk.file("book.docx", "x");
    desk.run(&["codebook", "import", "book.docx"]).refused().says("csv, xlsx, qdc, md, toml");
    desk.file("book.xlsx", "not a workbook");
    desk.run(&["codebook", "import", "book.xlsx"]).refused();
    desk.file("empty.md", "# Nothing\n");
    desk.run(&["codebook", "import", "empty.md"]).refused().says("## Trust");
    desk.run(&["codebook", "export", "--to", "csv"]).refused().says("--ready cmo");
}

#[test]
fn a_table_from_elsewhere_says_what_it_could_not_use() {
    let desk = synthesis();
    desk.file("tags.csv", "tag,description,mood\nopenness,Says so,x\nnew,,\n");
    desk.run(&["codebook", "import", "tags.csv"]).done().says("not read: the column mood").says("1 of 2 codes added");
    desk.file("tags.csv", "tag,description\nopenness,Says otherwise\n");
    desk.run(&["codebook", "import", "tags.csv"]).negative().says("here 'Says so', in the file 'Says otherwise'");
    desk.run(&["codebook", "import", "tags.csv", "--replace"]).done();
    assert_eq!(desk.json(&["codebook", "list"])[2]["definition"], "Says otherwise");
}
