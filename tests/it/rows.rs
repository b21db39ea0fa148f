//! A table in several files: named over all its content, read and coded by its rows, taken up again where
//! an import was cut short.

use crate::desk::Desk;
use serde_json::Value;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const ROWS: usize = 10_020;

/// A desk with one table of three studies; row 10,010 alone holds a quarry.
fn tabled() -> Desk {
    let desk = Desk::new();
    let mut table = String::from("Study ID,Quote\n");
    for row in 1..=ROWS {
        let words = if row == 10_010 { "the lantern of the old quarry shone" } else { "they asked and we listened" };
        writeln!(table, "S{},{words} {row}", row % 3).unwrap();
    }
    desk.file("table.csv", table);
    desk
}

fn import(desk: &Desk) {
    desk.run(&["import", "table.csv", "--kind", "systematic_review"]).done();
}

fn texts(desk: &Desk) -> Vec<PathBuf> {
    let folder = std::fs::read_dir(desk.project.join("corpus/text")).unwrap();
    let mut files: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn journal(project: &Path) -> Vec<Value> {
    let files = std::fs::read_dir(project.join("journal")).unwrap();
    let lines = files.flat_map(|file| {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    });
    lines.collect()
}

#[test]
fn its_name_is_over_the_documents_id_and_all_its_files() {
    let desk = tabled();
    import(&desk);
    let lines = journal(&desk.project);
    let mut records = lines.iter().filter_map(|line| line["records"].as_array()).flatten();
    let document = records.find(|record| record["put"] == "document").unwrap();
    let id = document["id"].as_str().unwrap().replace('-', "");
    let mut hasher = blake3::Hasher::new();
    let id: Vec<u8> = (0..16).map(|at| u8::from_str_radix(&id[2 * at..2 * at + 2], 16).unwrap()).collect();
    hasher.update(&id);
    let files = texts(&desk);
    assert_eq!(files.len(), 4);
    for pair in files.chunks(2) {
        let (text, units) = (std::fs::read(&pair[0]).unwrap(), std::fs::read(&pair[1]).unwrap());
        hasher.update(&(text.len() as u64).to_le_bytes()).update(&text).update(&units);
    }
    let name = &hasher.finalize().to_hex()[..16];
    assert_eq!(document["set"]["version"], name);
    assert_eq!(document["set"][format!("version:{name}")]["shards"], 2);
    assert!(files[0].file_name().unwrap().to_str().unwrap().starts_with(name));
}

#[test]
fn what_an_import_cut_short_left_is_taken_up() {
    let (whole, broken) = (tabled(), tabled());
    import(&whole);
    std::fs::copy(whole.project.join("realist.toml"), broken.project.join("realist.toml")).unwrap();
    let files = texts(&whole);
    let name = files[0].file_name().unwrap();
    std::fs::copy(&files[0], broken.project.join("corpus/text").join(name)).unwrap();
    let torn = files[1].file_name().unwrap();
    std::fs::write(broken.project.join("corpus/text").join(torn), "{\"format\":1,").unwrap();
    import(&broken);
    let content = |desk: &Desk| {
        let read = |path: &PathBuf| (path.file_name().unwrap().to_owned(), std::fs::read(path).unwrap());
        texts(desk).iter().map(read).collect::<Vec<_>>()
    };
    assert!(content(&whole) == content(&broken));
}

#[test]
fn rows_are_read_coded_and_quoted_with_and_without_an_index() {
    let desk = tabled();
    import(&desk);
    let rows = desk.json(&["read", "D1.gj", "r9999..10001"]);
    let numbers: Vec<u64> = rows.as_array().unwrap().iter().map(|row| row["n"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [9_999, 10_000, 10_001]);
    assert_eq!(desk.json(&["read", "D1.gj"]).as_array().unwrap().len(), 200);
    desk.run(&["codebook", "add", "Light", "--definition", "It shines"]).done();
    let quoted = |quotation: &str| desk.run(&["code", "add", "D1.gj", "--quote", quotation, "--code", "light"]);
    assert!(quoted("lantern of the old quarry").done().stdout.starts_with("CD1.gj: light on D1.gj/10010"));
    assert_eq!(desk.json(&["search", "quarry"])["hits"][0]["passage"], "D1.gj/10010");
    let again = quoted("\"Lantern of the OLD quarry\"").done().stdout;
    assert!(again.starts_with("CD1.gj was there already"), "the same place by the index: {again}");
    desk.run(&["code", "add", "D1.gj", "r10020", "--code", "light"]).done();
    let found = desk.json(&["search", "code:light"]);
    assert_eq!(found["total"], 2);
    let ambiguous = quoted("asked and we listened");
    assert!(ambiguous.stderr.contains("stand 10019 times"), "{}", ambiguous.stderr);
}

#[test]
fn a_role_corrected_keeps_the_columns_a_person_named() {
    let desk = Desk::new();
    desk.file("talk.csv", "Who,Remark,Note\nAna,I trust her,so she said\nBo,Do you,he asked\n");
    let maps = ["--map", "text=Remark:participant", "--map", "speaker=Who"];
    desk.run(&[&["import", "talk.csv", "--kind", "interview"], &maps[..]].concat()).done();
    let before = desk.run(&["document", "text", "D1.gj"]).done().stdout;
    desk.run(&["document", "set", "D1.gj", "--role", "Bo=interviewer"]).done();
    assert_eq!(desk.run(&["document", "text", "D1.gj"]).done().stdout, before);
    assert_eq!(desk.json(&["read", "D1.gj", "2"])[0]["role"], "interviewer");
}

#[test]
fn what_columns_say_of_a_study_is_shown_with_its_source() {
    let desk = Desk::new();
    let table = "First author,PubYear,Title,DOI,Country,Study design,Quote\n\
        Lee,2001,On trust,10.1000/a,Peru,Realist trial,Trust grew\n\
        Lee,2001,On trust,10.1000/a,Peru,Realist trial,Then it fell\n\
        Orr,2005,On care,10.1000/b,Chad,Cohort,Care was patchy\n";
    desk.file("table.csv", table);
    import(&desk);
    assert_eq!(desk.json(&["source", "list"]).as_array().map(Vec::len), Some(2));
    let shown = desk.json(&["source", "show", "S1.gj"]);
    assert_eq!(
        (&shown["title"], &shown["year"], &shown["reference"]),
        (&"Lee 2001".into(), &2001.into(), &Value::Null)
    );
    let more = serde_json::json!({"DOI": "10.1000/a", "Country": "Peru", "Study design": "Realist trial"});
    assert_eq!((&shown["study"]["title"], &shown["study"]["more"]), (&"On trust".into(), &more));
    desk.run(&["source", "show", "S2.gj"]).done().says("On care").says("Chad").says("Cohort").says("10.1000/b");
    desk.file("library.ris", "TY  - JOUR\nTI  - On care\nAU  - Orr, Ben\nPY  - 2005\nDO  - 10.1000/b\nER  - \n");
    desk.run(&["import", "library.ris"]).done();
    let pairs = desk.json(&["source", "duplicates"]);
    assert_eq!((&pairs[0]["keep"], &pairs[0]["other"]), (&"S2.gj".into(), &"S3.gj".into()), "{pairs}");
}
