//! Conversations: who speaks, in which role and in which language, before and after they are taken in.

use crate::desk::{Desk, column};
use crate::story::INTERVIEW;
use serde_json::json;

const FRENCH: &str = "\
Enquêtrice : Comment cela a-t-il commencé ?

Odile : Elle venait tous les jeudis, même quand je ne voulais voir personne. On parlait de l’hôpital et des soignantes.

Enquêtrice : Et ensuite ?

Odile : Au début je ne répondais pas à la porte, puis j’ai compris qu’elle reviendrait quoi qu’il arrive.
";

/// Where the hits of a query stand.
fn documents(desk: &Desk, query: &str) -> Vec<String> {
    let hits = desk.json(&["search", query, "--in-order"]);
    column(&hits["hits"], "document").into_iter().map(str::to_owned).collect()
}

#[test]
fn each_document_is_searched_by_the_rules_of_its_language() {
    let desk = Desk::new();
    desk.file("both/one.txt", INTERVIEW);
    desk.file("both/un.txt", FRENCH);
    let answer = desk.json(&["import", "both", "--kind", "interview"]);
    assert_eq!(column(&answer["imported"], "language"), ["en", "fr"]);
    assert_eq!(column(&desk.json(&["document", "list"]), "language"), ["en", "fr"]);
    let found = |query: &str| documents(&desk, query);
    assert_eq!(found("parler"), ["D2.gj"]);
    assert_eq!(found("hôpital soignante"), ["D2.gj"]);
    assert_eq!(found("trusting"), ["D1.gj"; 2]);
    desk.run(&["document", "set", "D2.gj", "--language", "English"]).done();
    assert!(found("parler").is_empty());
    assert_eq!(found("\"on parlait\""), ["D2.gj"]);
    desk.run(&["undo"]).done();
    assert_eq!(found("parler"), ["D2.gj"]);
    desk.run(&["document", "set", "D2.gj", "--language", "Klingon"]).refused().says("language");
}

#[test]
fn a_language_that_is_named_is_believed() {
    let desk = Desk::new();
    desk.file("one.txt", "Odile: Oui.\nMarc: Non.\nOdile: Si.\nMarc: Ah.\n");
    assert_eq!(desk.json(&["import", "one.txt", "--kind", "interview", "--dry-run"])["language"], "en");
    let answer = desk.json(&["import", "one.txt", "--kind", "interview", "--language", "fr-CA"]);
    assert_eq!(answer["imported"][0]["language"], "fr");
}

#[test]
fn a_rehearsal_shows_every_turn_it_would_make() {
    let desk = Desk::new();
    let turns: Vec<String> = (0..60).map(|n| format!("I: And number {n}?\nAna: It went well.\n")).collect();
    desk.file("one.txt", turns.concat());
    let rehearsal = ["import", "one.txt", "--kind", "interview", "--dry-run"];
    let answer = desk.json(&rehearsal);
    assert_eq!(answer["units"].as_array().unwrap().len(), 120);
    assert_eq!(
        answer["speakers"],
        json!([{"label": "I", "role": "interviewer"}, {"label": "Ana", "role": "participant"}])
    );
    let last = &answer["units"][119];
    assert_eq!((&last["n"], &last["speaker"], &last["text"]), (&json!(120), &json!("Ana"), &json!("It went well.")));
    desk.run(&rehearsal).done().says("And number 19?").says("80 more");
}

#[test]
fn one_option_sets_a_role_in_a_whole_folder() {
    let desk = Desk::new();
    desk.file("all/one.txt", "MSM: So?\nAna: Yes.\nMSM: And?\nAna: No.\n");
    desk.file("all/two.txt", "Msm: So?\nBen: Yes.\nMsm: And?\nBen: No.\n");
    let arguments = ["import", "all", "--kind", "interview", "--role", "msm=interviewer", "--role", "Anna=observer"];
    let answer = desk.run(&arguments).done();
    answer.says("nobody called 'Anna' speaks").says("did you mean Ana?").says("MSM (interviewer)");
    assert_eq!(documents(&desk, "role:interviewer"), ["D1.gj", "D1.gj", "D2.gj", "D2.gj"]);
    desk.run(&["document", "set", "D2.gj", "--role", "BEN=observer"]).done();
    assert_eq!(documents(&desk, "role:participant"), ["D1.gj", "D1.gj"]);
    assert_eq!(documents(&desk, "role:observer yes"), ["D2.gj"]);
    desk.run(&["search", "role:boss"]).refused().says("role");
}
