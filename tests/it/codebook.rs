//! Codebooks edited by hand, beside the command.

use crate::desk::{Desk, column};
use crate::story::{synthesis, transcripts};
use std::path::PathBuf;

fn book(desk: &Desk) -> PathBuf {
    desk.project.join("codebooks/codes.toml")
}

fn read(desk: &Desk) -> String {
    std::fs::read_to_string(book(desk)).unwrap()
}

fn write(desk: &Desk, text: &str) {
    std::fs::write(book(desk), text).unwrap();
}

#[test]
fn an_entry_typed_without_id_shows_at_once_and_gets_its_id_at_the_next_write() {
    let desk = transcripts();
    write(&desk, "# our codes\n\n[[code]]\nname = \"patience\" # agreed in March\ndefinition = \"waits\"\n");
    assert_eq!(column(&desk.json(&["codebook", "list"]), "name"), ["patience"]);
    assert!(!read(&desk).contains("id ="), "a reading command writes nothing");
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "patience"]).done();
    let text = read(&desk);
    assert!(text.contains("id = \"") && text.contains("# our codes") && text.contains("# agreed in March"), "{text}");
    assert_eq!(column(&desk.json(&["code", "list"]), "code"), ["patience"]);
    desk.run(&["check"]).done();
}

#[test]
fn a_code_renamed_by_hand_keeps_its_codings() {
    let desk = synthesis();
    write(&desk, &format!("# kept\n{}", read(&desk).replace("name = \"openness\"", "name = \"candour\" # better")));
    assert!(column(&desk.json(&["code", "list"]), "code").contains(&"candour"));
    desk.run(&["codebook", "add", "another"]).done();
    assert!(column(&desk.json(&["code", "list"]), "code").contains(&"candour"));
    let text = read(&desk);
    assert!(text.contains("# kept") && text.contains("# better") && text.contains("another"), "{text}");
    assert!(column(&desk.json(&["log"]), "act").contains(&"codebook edited by hand"));
    desk.run(&["check"]).done();
}

#[test]
fn undo_writes_the_file_back() {
    let desk = synthesis();
    let before = read(&desk);
    desk.run(&["codebook", "edit", "openness", "--name", "candour", "--definition", "says it all"]).done();
    assert!(read(&desk).contains("candour"));
    desk.run(&["undo"]).done();
    assert_eq!(read(&desk), before);
    desk.run(&["codebook", "add", "passing"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(read(&desk), before);
    assert_eq!(column(&desk.json(&["codebook", "list"]), "name"), ["distance", "openness"]);
}

#[test]
fn a_hand_edit_can_be_undone_too() {
    let desk = synthesis();
    let before = read(&desk);
    write(&desk, &before.replace("openness", "candour"));
    desk.run(&["code", "add", "D1.gj", "t4", "--code", "candour"]).done();
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(read(&desk), before);
}

#[test]
fn a_broken_file_is_one_warning_with_its_place_and_stops_no_reading() {
    let desk = synthesis();
    let broken = format!("{}[[code]]\nname = \"unclosed\n", read(&desk));
    write(&desk, &broken);
    let line = broken.lines().count();
    for command in
        [&["status"][..], &["codebook", "list"], &["code", "list"], &["search", "trusted"], &["hypothesis", "list"]]
    {
        let answer = desk.run(command).done().says(&format!("codebooks/codes.toml:{line}:"));
        assert_eq!(answer.stderr.matches("warning:").count(), 1, "{}", answer.stderr);
    }
    desk.run(&["codebook", "add", "new"]).refused().says("codebooks/codes.toml");
    assert_eq!(read(&desk), broken, "a file that cannot be read is not written over");
    desk.run(&["hypothesis", "add", "--statement", "Other work goes on."]).done();
    assert_eq!(read(&desk), broken);
}

#[test]
fn a_conflicted_copy_of_a_codebook_is_shown_and_not_picked() {
    let desk = synthesis();
    let copy = read(&desk).replace("openness", "WRONG");
    std::fs::write(desk.project.join("codebooks/codes (conflicted copy).toml"), copy).unwrap();
    desk.run(&["codebook", "list"]).done().says("sync client's copy");
    assert_eq!(column(&desk.json(&["codebook", "list"]), "name"), ["distance", "openness"]);
}

#[test]
fn every_field_may_be_typed_by_hand_names_and_labels_included() {
    let desk = synthesis();
    let typed = "\n[[code]]\nname = \"Candour\"\nparent = \"openness\"\nkind = \"CMO part\"\ncolour = \"#F0A\"\n\
        examples = [\"CD1.gj\"]\naliases = \"frankness\"\nsets = [\"Core\"]\nsource = \"Us\"\n";
    write(&desk, &format!("{}{typed}", read(&desk)));
    let code = desk.json(&["codebook", "show", "frankness"]);
    assert_eq!((code["path"].as_str(), code["kind"].as_str()), (Some("openness > Candour"), Some("cmo_part")));
    assert_eq!((code["colour"].as_str(), code["examples"][0].as_str()), (Some("#ff00aa"), Some("CD1.gj")));
    desk.run(&["code", "add", "D1.gj", "t4", "--code", "Frankness"]).done();
    assert_eq!(desk.json(&["search", "code:frankness"])["total"], 1);
    desk.run(&["check"]).done();
    let settled = read(&desk);
    desk.run(&["code", "add", "D1.gj", "t6", "--code", "candour"]).done();
    assert_eq!(read(&desk), settled, "nothing is written a second way");
}

#[test]
fn a_name_that_is_not_there_is_one_warning_and_the_file_stays_as_it_is() {
    let desk = synthesis();
    for wrong in ["parent = \"nowhere\"", "examples = [\"CD9.gj\"]", "colour = \"red\"", "retired = \"perhaps\""] {
        let typed = format!("{}\n[[code]]\nname = \"new\"\n{wrong}\n", read(&desk));
        let before = read(&desk);
        write(&desk, &typed);
        let answer = desk.run(&["codebook", "list"]).done().says("codebooks/codes.toml");
        assert_eq!(answer.stderr.matches("warning:").count(), 1, "{wrong}: {}", answer.stderr);
        desk.run(&["codebook", "add", "other"]).refused();
        assert_eq!(read(&desk), typed, "{wrong}");
        write(&desk, &before);
    }
}

#[test]
fn codes_are_merged_split_and_shown_through_the_command() {
    let desk = synthesis();
    desk.run(&["codebook", "merge", "distance", "openness", "--into", "openness"]).done().says("1 coding moved");
    assert_eq!(desk.json(&["codebook", "list"])[1]["codings"], 2);
    desk.run(&["codebook", "split", "openness", "--into", "far,near", "--where", "buses"]).refused().says("--from");
    desk.run(&["codebook", "split", "openness", "--into", "far", "--where", "buses"]).done().says("1 coding to new");
    desk.file("split.csv", "coding,into\nCD1.gj,near\n");
    let split = desk.json(&["codebook", "split", "openness", "--into", "far,near", "--from", "split.csv"]);
    assert_eq!((split["into"][1]["codings"].as_u64(), split["stayed"].as_u64()), (Some(1), Some(0)));
    let shown = desk.json(&["codebook", "show", "openness"]);
    assert_eq!((shown["with_below"].as_u64(), shown["history"].as_array().unwrap().len()), (Some(2), 4));
    desk.run(&["codebook", "show", "openness"]).done().says("codebook merge").says("split into");
    for _ in 0..3 {
        desk.run(&["undo"]).done();
    }
    assert_eq!(column(&desk.json(&["codebook", "list"]), "name"), ["distance", "openness"]);
    desk.run(&["codebook", "move", "distance", "--below", "openness"]).done();
    desk.run(&["codebook", "move", "openness", "--below", "distance"]).refused().says("--top");
    desk.run(&["codebook", "rename", "distance", "remoteness", "-n"]).done().says("dry run");
    desk.run(&["codebook", "retire", "distance"]).done();
    desk.run(&["codebook", "revive", "distance"]).done();
    desk.run(&["check"]).done();
}
