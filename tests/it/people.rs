//! Participants: facesheets, and that somebody who withdraws is gone for good.

use crate::data::data;
use crate::desk::{Desk, column, copy_folder, files_below};
use serde_json::Value;
use std::path::Path;

/// Six people at a table. What Corin says stands nowhere else.
const GROUP: &str = "\
Moderator: What keeps people coming?

Anwen: Knowing the nurse by name keeps me coming, nothing else does.

Corin: Honestly the lavender waiting room scared me, it smelt of my aunt's funeral.

Anwen: I never noticed the smell, I only noticed who said hello.

All: Yes, yes, the hello.

Corin: After the third marmalade letter I stopped opening anything with a window.

Moderator: And then?

Delyth: Somebody rang me and I went back the week after.

Corin: Nobody rang, so I kept the tin of unopened envelopes under the stairs.
";

/// Phrases of Corin's: ten, in what he says and in what is noted of him.
const PLANTED: [&str; 10] = [
    "lavender waiting room",
    "aunt's funeral",
    "scared me, it smelt",
    "third marmalade letter",
    "stopped opening anything",
    "with a window",
    "tin of unopened envelopes",
    "under the stairs",
    "Pontcysyllte",
    "retired lamplighter",
];

const FACESHEET: &str = "\
Transcript,Speaker,Name,Group,Town,Job,Consent form version,Date of consent,Quotes in meeting,Quotes in publications,Pseudonym
harbour-group.txt,Anwen,Anwen Real,users,Leeds,teacher,2.1,2014-03-02,yes,named,
harbour-group.txt,Corin,Corin Real,users,Pontcysyllte,retired lamplighter,2.1,2014-03-02,yes,anonymous,Corin-of-the-sheet
harbour-group.txt,Delyth,,users,Hull,nurse,2.0,2 March 2014,no,perhaps,
harbour-group.txt,Nobody,,users,,,,,,,
";

fn holding(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in files_below(folder) {
        let lower = std::fs::read(&path).unwrap().to_ascii_lowercase();
        let name = path.display().to_string().to_lowercase();
        for word in words.iter().map(|word| word.to_lowercase()) {
            if lower.windows(word.len()).any(|at| at == word.as_bytes()) || name.contains(&word) {
                found.push(format!("{} holds '{word}'", path.display()));
            }
        }
    }
    found
}

/// The group imported, its facesheet read; everything that can hold a word holds some.
fn group() -> Desk {
    let desk = Desk::bare();
    desk.outside(&["init", "p", "--title", "Trial"]).done();
    let settings = desk.project.join("realist.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("{text}\n[[group]]\nkey = \"users\"\ntitle = \"Users\"\n")).unwrap();
    desk.file("harbour-group.txt", GROUP);
    desk.file("people.csv", FACESHEET);
    desk.run(&["import", "harbour-group.txt", "--kind", "focus_group"]).done();
    desk.run(&["import", "people.csv", "--as", "attributes"]).negative();
    for command in [
        &["codebook", "add", "contact"][..],
        &["code", "add", "D1.gj", "t2", "--code", "contact"],
        &["code", "add", "D1.gj", "t3", "--code", "contact"],
        &["code", "add", "D1.gj", "--quote", "rang me and I went back", "--code", "contact"],
        &["hypothesis", "add", "--statement", "If somebody rings, people come back."],
        &["evidence", "add", "H1.gj", "D1.gj", "t9", "--stance", "refutes"],
        &["evidence", "add", "H1.gj", "D1.gj", "t8", "--stance", "supports", "--reason", "she says so"],
        &["evidence", "add", "H1.gj", "D1.gj", "t3..4", "--stance", "refutes"],
    ] {
        desk.run(command).done();
    }
    desk.run(&["search", "lavender"]).done();
    desk.run(&["report", "evidence"]).done();
    desk
}

fn text_of(list: &Value, id: &str) -> (String, String) {
    let one = list.as_array().unwrap().iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}: {list}"));
    let words = one.get("text").or(one.get("quote")).unwrap();
    (one["state"].as_str().unwrap().to_owned(), words.as_str().unwrap().to_owned())
}

/// The sheet of the study names transcripts, in headings without spaces, and says nothing of consent.
#[test]
fn a_real_facesheet_names_interviews_for_people() {
    let folder = "transcripts/interviews-sheffield-docx-txt";
    let Some(folder) = data("a_real_facesheet", folder) else { return };
    let desk = Desk::new();
    for name in ["Ana.txt", "Sam.txt"] {
        desk.run(&["import", folder.join(name).to_str().unwrap(), "--kind", "interview"]).done();
    }
    let sheet = folder.join("Interview_Participant_-_Facesheet_information.xlsx");
    let sheet = sheet.to_str().unwrap();
    desk.run(&["import", sheet, "--kind", "interview"]).negative().says("--as attributes");
    let answer = desk.run(&["import", sheet, "--as", "attributes", "--format", "json"]).negative().json();
    let file = &answer["imported"][0];
    assert_eq!((&file["records"], file["refused"].as_array().map(Vec::len)), (&15.into(), Some(13)), "{answer}");
    for participant in ["D1.gj:Ana", "D2.gj:Sam"] {
        let one = desk.json(&["participant", "show", participant]);
        assert!(one["attributes"]["AgeGroup"].is_string(), "{one}");
    }
}

#[test]
fn a_facesheet_may_name_interviews_of_one_person_alone() {
    let desk = Desk::new();
    desk.file("one.txt", "I: So?\nAna: Yes.\nI: And?\nAna: No.\n");
    desk.file("two.txt", "I: So?\nBen: Yes.\nI: And?\nCem: No.\nBen: So.\nCem: Well.\n");
    desk.run(&["import", "one.txt", "two.txt", "--kind", "interview"]).done();
    desk.file("people.csv", "TranscriptName,Town,Consent\none,Hull,yes\ntwo.txt,Leeds,yes\n");
    let answer = desk.run(&["import", "people.csv", "--kind", "interview", "--format", "json"]).negative().json();
    let file = &answer["imported"][0];
    assert_eq!((&file["as"], &file["refused"][0]["row"]), (&"attributes".into(), &3.into()), "{answer}");
    assert!(file["refused"][0]["because"].as_str().unwrap().contains("2 participants speak in D2.gj"), "{answer}");
    assert_eq!(desk.json(&["participant", "show", "D1.gj:Ana"])["attributes"]["Town"], "Hull");
}

#[test]
fn a_facesheet_says_who_is_who() {
    let desk = group();
    let people = desk.json(&["participant", "list"]);
    assert_eq!(column(&people, "speaker"), ["Anwen", "Corin", "Delyth"], "All is nobody");
    assert_eq!(people[0]["publication"], "named");
    assert_eq!(people[1]["meeting"], "anonymous");
    let delyth = [&people[2]["meeting"], &people[2]["publication"]];
    assert_eq!(delyth, ["none", "none"], "what is no answer is no yes: {people}");
    let one = desk.json(&["participant", "show", "D1.gj:Corin"]);
    assert_eq!(
        (&one["attributes"]["Town"], &one["pseudonym"]),
        (&Value::from("Pontcysyllte"), &Value::from("Corin-of-the-sheet"))
    );
    assert_eq!((&one["form"], &one["date"], &one["group"]), (&"2.1".into(), &"2014-03-02".into(), &"users".into()));
    assert_eq!(one["attributes"].get("Name"), None, "names are left out");
    let sealed = ["Pontcysyllte", "lamplighter", "Corin-of", "Anwen Real", "Leeds", "harbour"];
    assert_eq!(holding(&desk.project.join("journal"), &sealed), Vec::<String>::new());
    assert_eq!(holding(&desk.project, &["Corin Real", "Anwen Real"]), Vec::<String>::new());

    let answer = desk.run(&["import", "people.csv", "--as", "attributes", "--format", "json"]).negative().json();
    let file = &answer["imported"][0];
    assert_eq!((&file["as"], &file["records"]), (&"attributes".into(), &4.into()));
    let refused = file["refused"].as_array().unwrap();
    assert_eq!((refused.len(), &refused[0]["row"]), (1, &5.into()));
    assert!(refused[0]["because"].as_str().unwrap().contains("nobody is called 'Nobody'"), "{answer}");
    assert!(answer.to_string().contains("row 4: 'perhaps' is no answer about consent"), "{answer}");

    // What is understood and known already changes nothing; what differs alone is written; one step back.
    let good: String = FACESHEET.split_inclusive('\n').take(3).collect();
    desk.file("people.csv", &good);
    let before = desk.journal();
    let answer = desk.json(&["import", "people.csv", "--kind", "focus_group"]);
    assert_eq!(answer["unchanged"][0]["id"], "P1.gj", "guessed, and nothing new: {answer}");
    assert_eq!(desk.journal(), before);
    desk.file("people.csv", good.replace("Leeds", "York"));
    desk.run(&["import", "people.csv", "--as", "attributes"]).done();
    let added = desk.journal()[before.len()..].to_owned();
    assert_eq!(added.matches("\"put\":").count(), 1, "{added}");
    assert_eq!(desk.json(&["participant", "show", "P1.gj"])["attributes"]["Town"], "York");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["participant", "show", "P1.gj"])["attributes"]["Town"], "Leeds");
}

#[test]
fn a_dry_run_shows_what_a_facesheet_would_set() {
    let desk = group();
    let before = desk.snapshot();
    let guessed = desk.run(&["import", "people.csv", "--dry-run", "--format", "json"]).negative().json();
    assert_eq!(guessed["as"], "attributes", "what can be nothing but a facesheet needs no kind");
    let shown =
        desk.run(&["import", "people.csv", "--as", "attributes", "--dry-run", "--format", "json"]).negative().json();
    assert_eq!(shown["as"], "attributes");
    assert!(
        shown["columns"]
            .as_str()
            .unwrap()
            .starts_with("document=Transcript; speaker=Speaker; ignore=Name; group=Group"),
        "{shown}"
    );
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn repeat_interviews_of_one_person_are_joined() {
    let desk = Desk::new();
    desk.file("one.txt", "Interviewer: How are you?\n\nAna: Well enough.\n");
    desk.file("two.txt", "Interviewer: And now?\n\nAna: Better than last year.\n");
    desk.run(&["import", "one.txt", "two.txt", "--kind", "interview"]).done();
    desk.file("p.csv", "Participant,Consent\nAna,yes\n");
    desk.run(&["import", "p.csv", "--as", "attributes"]).negative().says("D1.gj:Ana, D2.gj:Ana");
    desk.file("p.csv", "Participant,Consent\nD1.gj:Ana; D2.gj:Ana,yes\n");
    desk.run(&["import", "p.csv", "--as", "attributes"]).done().says("P1.gj and P2.gj are one person");
    let people = desk.json(&["participant", "list"]);
    assert_eq!((column(&people, "id"), &people[0]["document"]), (vec!["P1.gj"], &"D1.gj, D2.gj".into()));
    desk.run(&["participant", "set", "D2.gj:Ana", "--consent", "named"]).done().says("P1.gj");
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(column(&desk.json(&["participant", "list"]), "id"), ["P1.gj", "P2.gj"]);
}

/// Two interviews, and what a facesheet of theirs makes of their consent: meeting and publication by participant.
fn consents(sheet: &str) -> Vec<(String, String, String)> {
    let desk = Desk::new();
    desk.file("one.txt", "Interviewer: How are you?\n\nAna: Well enough.\n");
    desk.file("two.txt", "Interviewer: And now?\n\nAna: Better than last year.\n");
    desk.run(&["import", "one.txt", "two.txt", "--kind", "interview"]).done();
    desk.file("p.csv", sheet);
    desk.run(&["import", "p.csv", "--as", "attributes"]);
    let people = desk.json(&["participant", "list"]);
    let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let all = people.as_array().unwrap().iter();
    all.map(|one| (word(one, "id"), word(one, "meeting"), word(one, "publication"))).collect()
}

fn told(all: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    all.iter().map(|(id, meeting, publication)| ((*id).into(), (*meeting).into(), (*publication).into())).collect()
}

#[test]
fn a_row_left_out_joins_nobody_and_its_refusals_count() {
    let columns = "Speaker,Document,Person,Meeting,Publication,Town\n";
    let sheet = format!("{columns}Ana,one,X1,yes,named,Leeds\nAna,two,X1,no,no,York\n");
    assert_eq!(consents(&sheet), told(&[("P1.gj", "anonymous", "named"), ("P2.gj", "none", "none")]));
    let sheet = format!("{columns}Ana,two,,no,withdrawn,York\n");
    assert_eq!(consents(&sheet)[1], told(&[("P2.gj", "none", "none")])[0]);
    // A date that is no date leaves the row out, not the refusal.
    let sheet = "Speaker,Document,Meeting,Publication,Date signed\nAna,one,no,yes,2021-13-40\n";
    assert_eq!(consents(sheet)[0], told(&[("P1.gj", "none", "not recorded")])[0]);
}

#[test]
fn who_is_joined_has_the_strictest_consent_of_all() {
    let columns = "Speaker,Document,Person,Meeting,Publication\n";
    for rows in ["Ana,one,X1,yes,named\nAna,two,X1,no,anonymous\n", "Ana,two,X1,no,anonymous\nAna,one,X1,yes,named\n"] {
        assert_eq!(consents(&format!("{columns}{rows}")), told(&[("P1.gj", "none", "anonymous")]));
    }
    let desk = Desk::new();
    desk.file("one.txt", "Interviewer: How are you?\n\nAna: Well enough.\n");
    desk.file("two.txt", "Interviewer: And now?\n\nAna: Better than last year.\n");
    desk.run(&["import", "one.txt", "two.txt", "--kind", "interview"]).done();
    desk.run(&["participant", "set", "P1.gj", "--consent", "named"]).done();
    desk.run(&["participant", "set", "P2.gj", "--consent", "none", "--audience", "meeting"]).done();
    desk.file("p.csv", "Participant\nD1.gj:Ana; D2.gj:Ana\n");
    desk.run(&["import", "p.csv", "--as", "attributes"]).says("consent for publication is recorded of some");
    let joined = &desk.json(&["participant", "list"])[0];
    assert_eq!([&joined["meeting"], &joined["publication"]], ["none", "not recorded"], "{joined}");
}

#[test]
fn an_answer_for_one_audience_is_recorded_for_that_one() {
    let sheet = "Speaker,Document,Consent,Audience\nAna,one,yes,team\nAna,two,yes,meeting\n";
    let expected = told(&[("P1.gj", "not recorded", "not recorded"), ("P2.gj", "anonymous", "not recorded")]);
    assert_eq!(consents(sheet), expected);
    let sheet = "Speaker,Document,Consent,Audience\nAna,one,yes,my friends\nAna,two,no,my friends\n";
    let expected = told(&[("P1.gj", "not recorded", "not recorded"), ("P2.gj", "none", "none")]);
    assert_eq!(consents(sheet), expected);
}

#[test]
fn who_refused_the_team_is_quoted_to_the_team_neither() {
    let desk = group();
    let before = desk.run(&["report", "evidence", "--for", "team", "--show"]).done().stdout.clone();
    assert!(before.contains("Somebody rang me"), "{before}");
    desk.run(&["participant", "set", "D1.gj:Delyth", "--consent", "none", "--audience", "team"]).done();
    assert_eq!(desk.json(&["participant", "list"])[2]["team"], "none");
    let after = desk.run(&["report", "evidence", "--for", "team", "--show"]).done().stdout.clone();
    assert!(!after.contains("Somebody rang me"), "{after}");
}

fn withdraw(desk: &Desk, scope: &str) -> Value {
    let before = desk.snapshot();
    desk.run(&["participant", "withdraw", "P2.gj", "--scope", scope]).negative().says("--yes");
    assert_eq!(desk.snapshot(), before, "asked first");
    desk.json(&["participant", "withdraw", "P2.gj", "--scope", scope, "--yes", "--reason", "asked to"])
}

fn is_out(desk: &Desk) {
    desk.run(&["check", "--deep"]).done();
    let home = desk.cache().parent().unwrap().to_owned();
    assert_eq!(holding(&desk.project, &PLANTED), Vec::<String>::new());
    assert_eq!(holding(&home, &PLANTED), Vec::<String>::new());
    desk.run(&["search", "lavender"]).negative();
    desk.run(&["search", "Knowing"]).done();
    desk.run(&["report", "evidence"]).done();
    desk.run(&["report", "agenda"]).done();
    assert_eq!(holding(&desk.project, &PLANTED), Vec::<String>::new());
    assert_eq!(holding(&home, &PLANTED), Vec::<String>::new());
}

#[test]
fn ten_phrases_of_somebody_who_withdrew_are_in_no_byte() {
    let desk = group();
    assert!(!holding(&desk.project, &PLANTED).is_empty());
    let codings = desk.json(&["code", "list"]);
    let plan = withdraw(&desk, "turns");
    assert_eq!((&plan["documents"][0]["turns"], &plan["documents"][0]["others"]), (&3.into(), &2.into()));
    assert_eq!(column_of(&plan["links"]), ["E1.gj", "E3.gj"], "what touches his words goes with them");
    assert_eq!(column_of(&plan["codings"]), ["CD2.gj"]);
    assert_eq!(plan["standings"][0]["before"]["standing"], "contested");
    assert_eq!(plan["standings"][0]["after"]["standing"], "single_source");
    assert!(plan["papers"].as_array().unwrap().len() > 1, "{plan}");
    assert_eq!(plan["out_of_reach"].as_array().unwrap().len(), 7);
    is_out(&desk);

    let now = desk.json(&["code", "list"]);
    for id in ["CD1.gj", "CD3.gj"] {
        assert_eq!(text_of(&now, id), text_of(&codings, id), "others' words stand byte for byte");
    }
    assert_eq!(text_of(&now, "CD2.gj"), ("purged".to_owned(), String::new()));
    let links = desk.json(&["evidence", "list"]);
    assert_eq!(column(&links, "state"), ["purged", "whole", "purged"]);
    let statement = desk.json(&["hypothesis", "show", "H1.gj"]);
    assert_eq!(statement["standing"]["evidential"], "single_source", "{statement}");
    desk.run(&["read", "D1.gj"]).done().says("[withdrawn]").says("Knowing the nurse");
    let one = desk.json(&["participant", "show", "P2.gj"]);
    assert_eq!((&one["withdrawn"], &one["group"], &one["pseudonym"]), (&"turns".into(), &Value::Null, &Value::Null));
    assert_eq!((&one["attributes"], &one["form"]), (&serde_json::json!({}), &Value::Null));
    // Coding goes on on what is left, and the numbers of turns are what they were.
    desk.run(&["code", "add", "D1.gj", "t4", "--code", "contact"]).done();
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "contact"]).done();
    assert_eq!(desk.json(&["code", "list"]).as_array().unwrap().len(), 4, "the same passage is not coded twice");
    desk.run(&["undo"]).done();
    desk.run(&["participant", "set", "P2.gj", "--group", "users"]).refused();
    desk.run(&["participant", "withdraw", "P2.gj", "--scope", "turns", "--yes"]).refused().says("already");
    desk.run(&["document", "set", "D1.gj", "--role", "Anwen=observer"]).refused();
    desk.run(&["import", "harbour-group.txt", "--kind", "focus_group"]).done();
    is_out(&desk);
}

fn column_of(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect()
}

#[test]
fn a_withdrawal_cannot_be_taken_back() {
    let desk = group();
    withdraw(&desk, "turns");
    desk.run(&["undo"]).refused().says("cannot be undone");
}

#[test]
fn words_that_may_not_be_quoted_stay_in_the_text_and_out_of_papers() {
    let desk = group();
    let plan = withdraw(&desk, "quotes");
    assert_eq!(plan["standings"], serde_json::json!([]), "the evidence is still there");
    desk.run(&["check", "--deep"]).done();
    desk.run(&["read", "D1.gj"]).done().says("lavender");
    desk.run(&["report", "evidence", "--to", "html", "--to", "md", "--to", "json"]).done();
    let outputs = desk.project.join("outputs");
    assert_eq!(holding(&outputs, &PLANTED), Vec::<String>::new(), "not even for the team, not even among others");
    assert_eq!(holding(&desk.project.join("corpus/sealed"), &PLANTED), Vec::<String>::new());
    assert_eq!(desk.json(&["hypothesis", "show", "H1.gj"])["standing"]["evidential"], "contested");
    // It can go further later.
    withdraw(&desk, "turns");
    is_out(&desk);
}

#[test]
fn a_document_goes_as_a_whole() {
    let desk = group();
    let plan = withdraw(&desk, "document");
    assert_eq!(plan["documents"][0]["others"], 2);
    desk.run(&["check", "--deep"]).done();
    let home = desk.cache().parent().unwrap().to_owned();
    let words: Vec<&str> = PLANTED.iter().chain(&["Knowing the nurse", "harbour"]).copied().collect();
    assert_eq!(holding(&desk.project, &words), Vec::<String>::new());
    assert_eq!(holding(&home, &words), Vec::<String>::new());
    assert_eq!(desk.json(&["hypothesis", "show", "H1.gj"])["standing"]["evidential"], "none");
}

#[test]
fn a_colleague_who_coded_the_old_text_meanwhile_obeys_and_keeps_what_is_left() {
    let desk = group();
    let there = desk.far_copy("q", "bo");
    there.run(&["search", "lavender"]).done();
    there.run(&["code", "add", "D1.gj", "t6", "--code", "contact"]).done();
    there.run(&["code", "add", "D1.gj", "--quote", "who said hello", "--code", "contact"]).done();
    there.run(&["document", "set", "D1.gj", "--role", "Delyth=observer"]).done();
    let theirs = there.json(&["code", "list"]);
    withdraw(&desk, "turns");
    // What a sync service does: journals and files go both ways.
    for (from, to) in [(&desk, &there), (&there, &desk)] {
        copy_folder(&from.project.join("journal"), &to.project.join("journal"));
        copy_folder(&from.project.join("corpus"), &to.project.join("corpus"));
    }
    for desk in [&there, &desk] {
        desk.run(&["status"]).done();
        is_out(desk);
        let now = desk.json(&["code", "list"]);
        assert_eq!(
            text_of(&now, "CD2.bo"),
            text_of(&theirs, "CD2.bo"),
            "set in a text that is gone, carried over all the same"
        );
        assert_eq!(text_of(&now, "CD1.bo").0, "purged");
    }
}

/// A colleague's correction, or another role, made unaware; on it they code what somebody else said.
fn unaware(desk: &Desk, change: &[&str], said: &str) {
    let there = desk.far_copy("q", "bo");
    desk.file("harbour-group-2.txt", GROUP.replace("never noticed the smell", "hardly noticed the smell"));
    desk.file("harbour-group-3.txt", GROUP.replace("Corin:", "Korin:"));
    there.run(change).done();
    there.run(&["code", "add", "D1.gj", "--quote", said, "--code", "contact"]).done();
    withdraw(desk, "turns");
    // Coded on the text that is left, before anybody knows of the other.
    desk.run(&["code", "add", "D1.gj", "--quote", "I only noticed who said hello", "--code", "contact"]).done();
    desk.run(&["merge", there.project.to_str().unwrap()]).done();
    there.run(&["merge", desk.project.to_str().unwrap()]).done();
    let lists = [desk, &there].map(|one| {
        one.run(&["document", "carry"]);
        is_out(one);
        assert_eq!(holding(&one.project, &["Korin"]), Vec::<String>::new());
        one.json(&["code", "list"])
    });
    assert_eq!(lists[0], lists[1]);
    for (id, words) in
        [("CD1.gj", "Knowing the nurse"), ("CD3.gj", "rang me"), ("CD4.gj", "I only noticed"), ("CD1.bo", said)]
    {
        let (state, text) = text_of(&lists[0], id);
        assert!(state == "whole" && text.contains(words), "{change:?}: {id}: {state} {text}");
    }
    assert_eq!(text_of(&lists[0], "CD2.gj").0, "purged");
    assert_eq!(desk.json(&["document", "verify"])[0]["purged"], 3, "Corin's coding and two links");
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn what_a_colleague_did_unaware_of_a_withdrawal_keeps_everybody_elses_words() {
    unaware(&group(), &["import", "harbour-group-2.txt", "--update", "D1.gj"], "I hardly noticed the smell");
    unaware(&group(), &["document", "set", "D1.gj", "--role", "Delyth=observer"], "I went back the week after");
}

#[test]
fn who_withdrew_and_was_given_another_name_meanwhile_is_out_all_the_same() {
    unaware(&group(), &["import", "harbour-group-3.txt", "--update", "D1.gj"], "I never noticed the smell");
}

#[test]
fn two_withdrawals_that_cross_lose_nobody_elses_words() {
    let desk = group();
    let there = desk.far_copy("q", "bo");
    withdraw(&desk, "turns");
    there.run(&["participant", "withdraw", "D1.gj:Delyth", "--scope", "turns", "--yes"]).done();
    for (from, to) in [(&desk, &there), (&there, &desk)] {
        copy_folder(&from.project.join("journal"), &to.project.join("journal"));
        copy_folder(&from.project.join("corpus"), &to.project.join("corpus"));
    }
    desk.run(&["check"]).negative().says("two withdrawals crossed");
    let left = if desk.run(&["search", "lavender"]).code == Some(0) { "P2.gj" } else { "P3.gj" };
    desk.run(&["participant", "withdraw", left, "--scope", "turns", "--yes"]).done();
    is_out(&desk);
    assert_eq!(holding(&desk.project, &["Somebody rang me"]), Vec::<String>::new());
    assert_eq!(text_of(&desk.json(&["code", "list"]), "CD1.gj").0, "whole");
}

#[test]
fn sentences_that_repeat_them_are_named() {
    let desk = group();
    let carried = "she stopped opening: after the third marmalade letter I stopped opening anything with a window";
    desk.run(&["code", "add", "D1.gj", "t6", "--code", "contact", "--memo", carried]).done();
    let plan = withdraw(&desk, "turns");
    assert_eq!((&plan["repeated"][0]["id"], &plan["repeated"][0]["goes"]), (&"A1.gj".into(), &true.into()));
    assert_eq!(plan["repeated"][0]["passage"], "D1.gj/6");
}

const CARRIED: &str = "after the third marmalade letter I stopped opening anything with a window";

fn labels(plan: &Value, list: &str, key: &str) -> Vec<String> {
    plan[list].as_array().unwrap().iter().map(|one| one[key].as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn whatever_was_typed_is_searched_for_their_words() {
    let desk = group();
    desk.run(&["memo", "add", "--about", "H1.gj", "--text", CARRIED]).done();
    desk.run(&["memo", "add", "D1.gj", "t2", "--text", CARRIED]).done();
    desk.run(&["memo", "add", "D1.gj", "t2", "--text", "a memo of our own"]).done();
    desk.run(&["component", "add", CARRIED]).done();
    desk.run(&["document", "set", "D1.gj", "--title", CARRIED]).done();
    desk.run(&["hypothesis", "add", "--statement", CARRIED]).done();
    let plan = withdraw(&desk, "turns");
    assert_eq!(column_of(&plan["memos"]), ["A1.gj", "A2.gj"], "{plan}");
    let mut found = labels(&plan, "repeated", "id");
    found.sort();
    assert_eq!(found, ["A1.gj", "A2.gj", "D1.gj", "H2.gj", "K1.gj"], "{plan}");
    let sealed = desk.project.join("corpus").join("sealed");
    assert_eq!(holding(&sealed, &["marmalade"]), Vec::<String>::new());
    let memos = desk.json(&["memo", "list"]);
    let states: Vec<&str> = memos.as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states.iter().filter(|state| **state == "purged").count(), 2, "{memos}");
    assert!(memos.to_string().contains("a memo of our own"), "{memos}");
    // The journal keeps the rest: it goes on being named, and others do not read it, until it is reworded.
    desk.run(&["check"]).negative().says("H2.gj: statement repeats words of P2.gj").says("K1.gj: name repeats");
    let paper = desk.run(&["report", "evidence", "--for", "publication", "--show"]).done().stdout.clone();
    assert!(!paper.contains("marmalade") && paper.contains("withheld until reworded"), "{paper}");
    desk.run(&["hypothesis", "edit", "H2.gj", "--statement", "If letters scare, they stay shut."]).done();
    let left = desk.run(&["check"]).negative().says("K1.gj: name repeats").stderr.clone();
    assert!(!left.contains("H2.gj"), "{left}");
}

#[test]
fn what_a_memo_said_before_is_destroyed() {
    let desk = group();
    desk.run(&["memo", "add", "--about", "H1.gj", "--text", "the first telltale"]).done();
    desk.run(&["memo", "add", "--about", "H1.gj", "--text", "the other telltale"]).done();
    desk.run(&["memo", "edit", "A1.gj", "--text", "said anew"]).done();
    desk.run(&["memo", "remove", "A2.gj"]).done();
    assert_eq!(holding(&desk.project, &["telltale"]), Vec::<String>::new());
    assert!(!holding(&desk.project, &["said anew"]).is_empty());
    desk.run(&["undo"]).refused().says("destroyed");
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn a_twin_and_what_others_say_are_named() {
    let desk = group();
    let told = GROUP
        .replace("Moderator: And then?", "Moderator: Corin, you stopped opening anything with a window. And then?");
    desk.file("harbour-other.txt", told.replace("I never noticed the smell,", "I hardly noticed any smell at all,"));
    desk.run(&["import", "harbour-other.txt", "--kind", "focus_group"]).done();
    desk.run(&["hypothesis", "add", "--statement", "If somebody like Corin waits, they leave."]).done();
    for scope in ["turns", "quotes"] {
        let plan = desk.json(&["participant", "withdraw", "P2.gj", "--scope", scope, "--dry-run"]);
        assert_eq!(labels(&plan, "elsewhere", "id"), ["D2.gj"], "{plan}");
        assert_eq!((&plan["elsewhere"][0]["turns"], &plan["elsewhere"][0]["words"]), (&3.into(), &13.into()), "{plan}");
        assert_eq!(column_of(&plan["named"]), ["D2.gj (1 unit)", "D2.gj (a speaker)", "H2.gj (statement)"], "{plan}");
    }
}

#[test]
fn files_that_hold_their_words_are_named_wherever_they_lie() {
    let desk = group();
    let root = desk.project.clone();
    desk.run(&["document", "export", "D1.gj", "--to", "docx", "--out", root.join("sub.docx").to_str().unwrap()]).done();
    desk.run(&[
        "document",
        "export",
        "D1.gj",
        "--to",
        "xlsx",
        "--out",
        root.join("outputs/sub.xlsx").to_str().unwrap(),
    ])
    .done();
    std::fs::create_dir(root.join("outputs/sent")).unwrap();
    std::fs::copy(root.join("outputs/sub.xlsx"), root.join("outputs/sent/sub.xlsx")).unwrap();
    std::fs::write(root.join("notes.html"), format!("<p>They <b>said</b>: {CARRIED}</p>")).unwrap();
    std::fs::write(root.join("todo.txt"), "Ring the harbour.").unwrap();
    let plan = desk.json(&["participant", "withdraw", "P2.gj", "--scope", "turns", "--dry-run"]);
    assert_eq!(
        column_of(&plan["holding"]),
        ["notes.html", "sub.docx", "outputs/sent/sub.xlsx", "outputs/sub.xlsx"],
        "{plan}"
    );
}

/// A real conversation of many, standing in for a focus group.
#[test]
fn somebody_withdraws_from_a_real_conversation() {
    let place = "transcripts/podcast-changelog-md/podcast__the-changelog-288.md";
    let Some(file) = data("somebody_withdraws_from_a_real_conversation", place) else { return };
    let desk = Desk::new();
    desk.run(&["import", file.to_str().unwrap(), "--kind", "focus_group"]).done();
    let people = desk.json(&["participant", "list"]);
    let labels = column(&people, "speaker");
    assert!(labels.len() > 1, "{people}");
    let rows: Vec<String> = labels.iter().map(|label| format!("{label},yes,Vineyard of {label}")).collect();
    desk.file("sheet.csv", format!("Participant,Consent,Town\n{}\n", rows.join("\n")));
    desk.run(&["import", "sheet.csv", "--as", "attributes"]).done();
    let units = desk.json(&["read", "D1.gj"]);
    let units = units.as_array().unwrap();
    let said_by = |label: &str| -> Vec<(String, String)> {
        let own = units.iter().filter(|unit| unit["speaker"] == label);
        own.map(|unit| (unit["n"].to_string(), unit["text"].as_str().unwrap().to_owned())).collect()
    };
    let whole: String = units.iter().map(|unit| unit["text"].as_str().unwrap().to_lowercase() + "\n").collect();
    let gone = labels[1];
    let phrases: Vec<String> = said_by(gone)
        .iter()
        .filter_map(|(_, text)| {
            let words: Vec<&str> = text.lines().next()?.split(' ').collect();
            let phrase = words.get(words.len().saturating_sub(9)..)?.join(" ");
            (words.len() > 12 && whole.matches(&phrase.to_lowercase()).count() == 1).then_some(phrase)
        })
        .take(10)
        .collect();
    assert_eq!(phrases.len(), 10);
    desk.run(&["codebook", "add", "point"]).done();
    for (n, _) in
        said_by(labels[0]).iter().chain(&said_by(gone)).filter(|(_, text)| text.len() > 60).take(400).step_by(9)
    {
        desk.run(&["code", "add", "D1.gj", &format!("t{n}"), "--code", "point"]).done();
    }
    let before = desk.json(&["code", "list"]);
    let id = people[1]["id"].as_str().unwrap();
    let plan = desk.json(&["participant", "withdraw", id, "--scope", "turns", "--yes"]);
    let lost = column_of(&plan["codings"]);
    assert!(!lost.is_empty() && lost.len() < before.as_array().unwrap().len());
    desk.run(&["check", "--deep"]).done();
    let town = format!("Vineyard of {gone}");
    let words: Vec<&str> = phrases.iter().map(String::as_str).chain([town.as_str()]).collect();
    assert_eq!(holding(&desk.project, &words), Vec::<String>::new());
    assert_eq!(holding(desk.cache().parent().unwrap(), &words), Vec::<String>::new());
    let now = desk.json(&["code", "list"]);
    for coding in before.as_array().unwrap() {
        let id = coding["id"].as_str().unwrap();
        let expected = if lost.contains(&id) { ("purged".to_owned(), String::new()) } else { text_of(&before, id) };
        assert_eq!(text_of(&now, id), expected, "{id}");
    }
}
