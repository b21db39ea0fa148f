//! Who codes what, through the command.

use crate::desk::{Desk, column};
use serde_json::{Value, json};

/// Ten interviews and four focus groups.
fn desk() -> Desk {
    let desk = Desk::new();
    for (kind, count) in [("interview", 10), ("focus_group", 4)] {
        for n in 0..count {
            let name = format!("{kind}{n}.txt");
            desk.file(&name, format!("Ana: {kind} words number {n}\n\nBo: yes\n"));
            desk.run(&["import", &name, "--kind", kind]).done();
        }
    }
    desk
}

#[test]
fn a_sample_is_drawn_evenly_and_the_same_again() {
    let desk = desk();
    let sample = ["assign", "sample", "20%", "--by", "kind", "--seed", "7", "--to", "bk"];
    let looked = desk.json(&[&sample[..], &["--dry-run"]].concat());
    desk.run(&["assign", "list", "--format", "json"]).negative();
    let drawn = desk.json(&sample);
    assert_eq!(drawn["strata"], looked["strata"], "the same seed draws the same");
    let strata = drawn["strata"].as_array().unwrap();
    assert_eq!(column(&drawn["strata"], "stratum"), ["focus_group", "interview"]);
    let counts: Vec<usize> = strata.iter().map(|one| one["drawn"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [1, 2], "a fifth of 4 and of 10");
    let other = desk.json(&["assign", "sample", "20%", "--by", "kind", "--seed", "8", "--to", "ck", "--dry-run"]);
    assert_ne!(other["strata"], drawn["strata"]);
    assert_eq!(desk.json(&["assign", "list"]).as_array().unwrap().len(), 3);
    desk.run(&["undo"]).done();
    desk.run(&["assign", "list", "--format", "json"]).negative();
}

#[test]
fn progress_counts_the_coders_own_units() {
    let desk = desk();
    desk.run(&["codebook", "add", "trust"]).done();
    desk.run(&["assign", "add", "D1.gj", "D2.gj", "--to", "bk"]).done();
    desk.run(&["code", "add", "D1.gj", "t1", "--code", "trust"]).done();
    desk.as_coder("bk").run(&["code", "add", "D1.gj", "t2", "--code", "trust"]).done();
    desk.as_coder("bk").run(&["assign", "done", "D1.gj"]).done();
    let list = desk.json(&["assign", "list", "--to", "bk"]);
    let one = |document: &str, coded: usize, codings: usize, done: bool| -> Value {
        json!({ "coder": "bk", "document": document, "units": 2, "coded": coded, "codings": codings, "done": done })
    };
    assert_eq!(list, json!([one("D1.gj", 1, 1, true), one("D2.gj", 0, 0, false)]));
    desk.run(&["assign", "remove", "D1.gj", "--to", "bk"]).done();
    desk.run(&["assign", "done", "D1.gj", "--to", "bk"]).refused().says("was not given to bk");
    desk.run(&["assign", "add", "D1.gj", "--to", "b!"]).refused().says("cannot be a coder's tag");
    desk.run(&["assign", "sample", "0%", "--to", "bk"]).refused().says("no share");
}
