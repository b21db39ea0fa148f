//! Corrected documents: what rests on the former text is carried over, marked or left, and never stands on
//! other words; speakers stay who they were; it is one step, and two machines agree.

use crate::data::data;
use crate::desk::{Desk, column, files_below};
use serde_json::Value;

const FORMER: &str = "I: How did it begin?\n\nP1: She rang me every week until I trusted her word.\n\n\
    I: And you?\n\nP2: Nobody rang me, so I stayed away from all of it.\n\n\
    P1: Later on I went to the clinic on my own.\n";

/// The interview with turns 2, 4 and 5 coded and linked.
fn coded() -> Desk {
    let desk = Desk::new();
    desk.file("one/talk.txt", FORMER);
    desk.run(&["import", "one/talk.txt", "--kind", "interview"]).done();
    desk.run(&["codebook", "add", "Trust"]).done();
    desk.run(&["hypothesis", "add", "--statement", "Ringing builds trust"]).done();
    for turn in ["t2", "t4", "t5"] {
        desk.run(&["code", "add", "D1.gj", turn, "--code", "trust"]).done();
        let scores = ["--relevance", "2", "--richness", "2", "--rigour", "2"];
        desk.run(&[&["evidence", "add", "H1.gj", "D1.gj", turn, "--stance", "supports"], &scores[..]].concat()).done();
    }
    desk
}

fn update(desk: &Desk, text: &str) -> Value {
    desk.file("two/talk.txt", text);
    desk.json(&["import", "two/talk.txt", "--update", "D1.gj"])
}

/// Label, words and mark of each coding.
fn codings(desk: &Desk) -> Vec<(String, String, String)> {
    let list = desk.json(&["code", "list"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    list.as_array().unwrap().iter().map(|one| (text(&one["id"]), text(&one["text"]), text(&one["carried"]))).collect()
}

fn counts(proof: &Value) -> Vec<(&str, u64)> {
    ["exact", "near", "orphan", "behind", "stale", "missing", "purged"]
        .into_iter()
        .map(|state| (state, proof[0][state].as_u64().unwrap()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

#[test]
fn exact_near_and_orphan_are_told_apart_and_settled() {
    let desk = coded();
    let new = FORMER
        .replace("I: How did it begin?", "P2: Good morning.\n\nI: How did it begin?")
        .replace("trusted her word", "trusted her words")
        .replace("Nobody rang me, so I stayed away from all of it", "There was nothing");
    let rehearsed = desk.run(&["import", &desk.file("two/talk.txt", &new), "--update", "D1.gj", "-n"]).done();
    assert!(rehearsed.stdout.contains("CD3.gj") && rehearsed.stdout.contains("exact"), "{}", rehearsed.stdout);
    assert_eq!(codings(&desk)[1].1, "Nobody rang me, so I stayed away from all of it.");
    let answer = update(&desk, &new);
    let carried = &answer["updated"][0]["carried"];
    assert_eq!((&carried["exact"], &carried["near"], &carried["orphan"]), (&2.into(), &2.into(), &2.into()));
    let mut found = codings(&desk);
    found.sort();
    let expected = [
        ("CD1.gj", "She rang me every week until I trusted her words.", "near"),
        ("CD2.gj", "Nobody rang me, so I stayed away from all of it.", "orphan"),
        ("CD3.gj", "Later on I went to the clinic on my own.", ""),
    ];
    assert_eq!(found, expected.map(|(id, words, mark)| (id.to_owned(), words.to_owned(), mark.to_owned())));
    let proof = desk.json(&["document", "verify", "D1.gj"]);
    assert_eq!(counts(&proof), [("exact", 2), ("near", 2), ("orphan", 2)]);
    let open = proof[0]["open"].as_array().unwrap();
    let first = open.iter().find(|one| one["id"] == "CD1.gj").unwrap();
    assert_eq!(first["was"], "She rang me every week until I trusted her word.");
    desk.run(&["check"]).negative().says("passages of D1.gj: 2 to be confirmed, 2 no longer in the corrected text");
    desk.run(&["read", "D1.gj"]).done().says("4 passages of D1.gj left open");
    // An orphan stands in no turn of the corrected text, nor does the search say that it does.
    let hits = desk.json(&["search", "code:trust"]);
    let mut passages = column(&hits["hits"], "passage");
    passages.sort_unstable();
    assert_eq!(passages, ["D1.gj/3", "D1.gj/6"]);
    // The standing stays and reads provisional until the links are settled.
    let standing = || desk.json(&["hypothesis", "show", "H1.gj"])["standing"].clone();
    assert_eq!((&standing()["supports"], &standing()["appraised"]), (&1.into(), &1.into()));
    desk.run(&["document", "confirm", "CD2.gj"]).refused().says("--quote");
    desk.run(&["document", "confirm", "CD1.gj", "E1.gj"]).done();
    desk.run(&["document", "confirm", "CD2.gj", "--quote", "There was nothing"]).done();
    desk.run(&["document", "confirm", "E2.gj", "--at", "t5"]).done();
    desk.run(&["document", "confirm", "D1.gj"]).refused().says("nothing in D1.gj is to be confirmed");
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 6)]);
    assert_eq!((&standing()["supports"], &standing()["appraised"]), (&1.into(), &3.into()));
    desk.run(&["check"]).done();
}

#[test]
fn words_to_be_confirmed_stay_out_of_papers_for_others() {
    let desk = coded();
    desk.run(&["participant", "set", "P1.gj", "P2.gj", "--consent", "anonymous"]).done();
    update(&desk, &FORMER.replace("trusted her word", "trusted her words"));
    let paper = |audience: &str| {
        let answer =
            desk.run(&["report", "evidence", "--for", audience, "--to", "md", "--format", "json"]).done().json();
        std::fs::read_to_string(desk.project.join(answer["files"][0].as_str().unwrap())).unwrap()
    };
    let meeting = paper("meeting");
    assert!(!meeting.contains("every week") && meeting.contains("to be confirmed"), "{meeting}");
    assert!(meeting.contains("Nobody rang me"), "what is exact is printed: {meeting}");
    let team = paper("team");
    assert!(team.contains("every week") && team.contains("to be confirmed in the corrected text"), "{team}");
    desk.run(&["document", "confirm", "E1.gj"]).done();
    assert!(paper("meeting").contains("every week"));
}

#[test]
fn a_participant_never_speaks_another_ones_words() {
    let desk = coded();
    desk.run(&["participant", "set", "P1.gj", "--consent", "anonymous"]).done();
    // Maria speaks first now, P1's turns are gone, the labels are written in capitals or not.
    let new = FORMER
        .replace("P1: She rang me every week until I trusted her word.", "Maria: I was there too.")
        .replace("P1: Later on I went to the clinic on my own.\n", "")
        .replace("P2:", "p2:");
    let answer = update(&desk, &new);
    let speakers = &answer["updated"][0]["speakers"];
    assert_eq!((&speakers["new"], &speakers["gone"]), (&serde_json::json!(["Maria"]), &serde_json::json!(["P1"])));
    let people = desk.json(&["participant", "list"]);
    assert_eq!(column(&people, "id"), ["P1.gj", "P2.gj", "P3.gj"]);
    assert_eq!(column(&people, "speaker"), ["P1", "p2", "Maria"]);
    let said = |person: &str| {
        let hits = desk.json(&["search", &format!("speaker:{person}")]);
        column(&hits["hits"], "text").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(said("P2.gj"), ["Nobody rang me, so I stayed away from all of it."]);
    assert_eq!(said("P3.gj"), ["I was there too."]);
    assert_eq!(said("P1.gj"), [""; 0]);
    // P1's words are read in the former text, and are P1's.
    let links = desk.json(&["evidence", "list"]);
    assert_eq!(column(&links, "speaker"), ["P1", "p2", "P1"]);
    desk.run(&["report", "evidence", "--for", "meeting", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/evidence-for-meeting.md")).unwrap();
    assert!(!paper.contains("Nobody rang"), "P2 has consented to nothing: {paper}");
}

#[test]
fn words_that_go_to_another_speaker_wait_for_somebody_and_keep_the_stricter_consent() {
    let desk = coded();
    desk.run(&["participant", "set", "P1.gj", "--consent", "none"]).done();
    desk.run(&["participant", "set", "P2.gj", "--consent", "named"]).done();
    let new = FORMER.replace("P1: She", "P2: She");
    desk.file("two/talk.txt", &new);
    let shown = desk.run(&["import", "two/talk.txt", "--update", "D1.gj"]).done().stdout;
    assert!(shown.contains("another speaker: P1, now P2") && !shown.contains("    was  "), "{shown}");
    assert_eq!(codings(&desk)[0].2, "near");
    let proof = desk.json(&["document", "verify", "D1.gj"]);
    assert_eq!(proof[0]["open"][0]["why"], "another speaker: P1, now P2");
    let paper = |audience: &str| {
        let answer =
            desk.run(&["report", "evidence", "--for", audience, "--to", "md", "--format", "json"]).done().json();
        std::fs::read_to_string(desk.project.join(answer["files"][0].as_str().unwrap())).unwrap()
    };
    assert!(!paper("publication").contains("every week"));
    assert!(paper("team").contains("every week"));
    desk.run(&["participant", "withdraw", "P1.gj", "--scope", "quotes", "--yes"]).done();
    assert!(!paper("team").contains("every week"), "who withdrew may have said it");
    desk.run(&["document", "confirm", "D1.gj"]).done();
    assert!(paper("publication").contains("every week"), "P2 said it, and agreed");
}

#[test]
fn an_update_is_one_step_and_undo_brings_everything_back() {
    let desk = coded();
    let view = || {
        let lists: [&[&str]; 5] = [
            &["code", "list"],
            &["evidence", "list"],
            &["document", "list"],
            &["participant", "list"],
            &["read", "D1.gj"],
        ];
        lists.map(|list| desk.json(list))
    };
    let before = view();
    update(&desk, &FORMER.replace("P1: She rang me every week", "Maria: Well.\n\nP1: He rang me every week"));
    let after = view();
    assert_ne!(before, after);
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "trust"]).done();
    desk.run(&["code", "remove", "CD4.gj"]).done();
    let log = desk.json(&["log"]);
    let act = log.as_array().unwrap().iter().find(|one| one["act"] == "import --update").unwrap();
    desk.run(&["undo", act["operation"].as_str().or(act["id"].as_str()).unwrap()]).done();
    assert_eq!(view(), before);
    desk.run(&["redo"]).done();
    assert_eq!(view(), after);
    desk.run(&["check", "--deep"]).negative().says("2 to be confirmed");
}

#[test]
fn what_was_coded_on_a_text_that_was_taken_back_is_carried_back() {
    let desk = coded();
    update(&desk, &FORMER.replace("I: And you?", "I: And how was it for you?"));
    desk.run(&["code", "add", "D1.gj", "--quote", "stayed away from all of it", "--code", "trust"]).done();
    let log = desk.json(&["log"]);
    let act = log.as_array().unwrap().iter().find(|one| one["act"] == "import --update").unwrap();
    desk.run(&["undo", act["operation"].as_str().or(act["id"].as_str()).unwrap()]).done();
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 6), ("behind", 1)]);
    desk.run(&["document", "carry"]).done();
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 7)]);
    assert_eq!(desk.json(&["search", "code:trust"])["total"], 3);
}

#[test]
fn a_colleagues_coding_on_the_former_text_is_named_and_carried() {
    let desk = coded();
    let far = desk.far_copy("far", "mb");
    let new = FORMER.replace("I: And you?", "I: Let me ask the other one.\n\nI: And you?");
    update(&desk, &new);
    far.run(&["code", "add", "D1.gj", "--quote", "stayed away from all of it", "--code", "trust"]).done();
    desk.run(&["merge", "far"]).done();
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 6), ("behind", 1)]);
    desk.run(&["check"]).negative().says("realist document carry D1.gj");
    let found = desk.json(&["search", "code:trust"]);
    assert_eq!(found["total"], 3, "a place in the former text is none in this one: {found}");
    desk.run(&["document", "carry", "D1.gj"]).done().says("carried over 1 passage");
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 7)]);
    desk.run(&["document", "carry"]).done().says("nothing changed");
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn two_machines_that_take_in_the_same_file_agree() {
    let desk = coded();
    let far = desk.far_copy("far", "mb");
    let new =
        FORMER.replace("trusted her word", "trusted her words").replace("I: And you?", "Maria: I too.\n\nI: And you?");
    update(&desk, &new);
    update(&far, &new);
    assert_eq!(desk.json(&["merge", "far"])["conflicts"], serde_json::json!([]));
    far.run(&["merge", "p"]).done();
    assert_eq!(codings(&desk), codings(&far));
    assert_eq!(desk.json(&["document", "verify"]), far.json(&["document", "verify"]));
    assert_eq!(desk.json(&["participant", "list"]).as_array().unwrap().len(), 3);
}

#[test]
fn two_different_corrections_attribute_nobody_until_they_are_settled() {
    let desk = coded();
    let far = desk.far_copy("far", "mb");
    let with = |name: &str| FORMER.replace("I: And you?", &format!("{name}: Here I am, said {name}.\n\nI: And you?"));
    update(&desk, &with("Maria"));
    desk.run(&["participant", "set", "P3.gj", "--consent", "anonymous"]).done();
    update(&far, &with("Tom"));
    desk.run(&["merge", "far"]).done();
    desk.run(&["check"]).negative().says("two corrected files");
    desk.run(&["evidence", "add", "H1.gj", "D1.gj", "t3", "--stance", "supports"]).done();
    let paper = || {
        desk.run(&["report", "evidence", "--for", "meeting", "--to", "md"]).done();
        std::fs::read_to_string(desk.project.join("outputs/evidence-for-meeting.md")).unwrap()
    };
    assert!(!paper().contains("Here I am"), "Maria's consent is not Tom's: {}", paper());
    desk.run(&["evidence", "remove", "E4.gj", "--reason", "a trial"]).done();
    // Taken in again, the right one stands, and who is new in it is somebody new.
    desk.file("right/talk.txt", with("Tom"));
    desk.run(&["import", "right/talk.txt", "--update", "D1.gj"]).done();
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 6)]);
    desk.run(&["check"]).done();
    desk.run(&["evidence", "add", "H1.gj", "D1.gj", "t3", "--stance", "supports"]).done();
    assert!(!paper().contains("Here I am"), "{}", paper());
}

#[test]
fn a_file_finds_its_document_by_name_and_is_refused_where_that_is_in_doubt() {
    let desk = coded();
    desk.file("one/other.txt", "I: And?\n\nP1: It rained.\n");
    desk.file("three/talk.md", "I: Hello?\n\nP1: A second talk of that name.\n");
    desk.run(&["import", "one/other.txt", "--kind", "interview"]).done();
    desk.file("new/other.txt", "I: And?\n\nP1: It rained hard.\n");
    desk.file("new/strange.txt", "I: Who?\n\nP1: Nobody.\n");
    desk.file("new/list.ris", "TY  - JOUR\nTI  - A title\nAU  - Ann, B\nPY  - 2001\nER  - \n");
    desk.file("new/other.csv", "Quote\nwords\n");
    let answer = desk.run(&["import", "new", "--update", "--format", "json"]).negative().json();
    assert_eq!(column(&answer["updated"], "id"), ["D2.gj"]);
    let mut failed = column(&answer["failed"], "path");
    failed.sort_unstable();
    assert_eq!(failed, ["list.ris", "other.csv", "strange.txt"]);
    let again = desk.json(&["import", "new/other.txt", "--update"]);
    assert_eq!(column(&again["unchanged"], "id"), ["D2.gj"]);
    desk.run(&["import", "new/other.txt", "--update", "D1.gj"]).negative().says("this very file is D2.gj");
    desk.run(&["import", "new/list.ris", "--update", "D1.gj"]).negative().says("list of references");
    desk.run(&["import", "three/talk.md", "--kind", "interview"]).done();
    desk.file("new/talk.txt", FORMER.replace("week", "day"));
    desk.run(&["import", "new/talk.txt", "--update"]).negative().says("several documents are called 'talk'");
    desk.run(&["import", "new", "--update", "D1.gj"]).refused();
}

#[test]
fn a_purge_takes_every_original_and_every_text() {
    let desk = coded();
    update(&desk, &FORMER.replace("every week", "every fortnight"));
    assert_eq!(desk.files("corpus/originals").len(), 2);
    desk.run(&["purge", "D1.gj", "--reason", "withdrawn", "--yes"]).done();
    for folder in ["corpus/originals", "corpus/text"] {
        assert_eq!(desk.files(folder), Vec::<std::path::PathBuf>::new());
    }
    for file in ["one/talk.txt", "two/talk.txt"] {
        desk.run(&["import", file, "--kind", "interview"]).negative().says("destroyed on purpose");
    }
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("purged", 6)]);
    let phrases = ["every week", "every fortnight"];
    for path in files_below(&desk.project).into_iter().chain(files_below(&desk.cache())) {
        let bytes = std::fs::read(&path).unwrap();
        let held = |phrase: &str| bytes.windows(phrase.len()).any(|window| window == phrase.as_bytes());
        assert!(!phrases.iter().any(|phrase| held(phrase)), "{}", path.display());
    }
}

#[test]
fn rows_of_a_corrected_table_are_found_by_what_they_say() {
    let desk = Desk::new();
    let table = "Study,Speaker,Quote\nA 2001,Gil,They knew my name and my dog\nA 2001,Gil,yes\nB 2002,Hal,yes\n\
        B 2002,Hal,We waited for the bus all morning long\nC 2003,Ida,Nothing came of it\nC 2003,Ida,It was near to my home\n";
    desk.file("one/quotes.csv", table);
    desk.run(&["import", "one/quotes.csv", "--kind", "systematic_review"]).done();
    desk.run(&["codebook", "add", "Trust"]).done();
    for row in 1..=6 {
        desk.run(&["code", "add", "D1.gj", &format!("r{row}"), "--code", "trust"]).done();
    }
    let new = "Study,Speaker,Quote\nD 2004,Jan,A row that is new\nB 2002,Hal,We waited for a bus all morning long\n\
        B 2002,Hal,yes\nA 2001,Gil,yes\nA 2001,Gil,They knew my name and my dog\nD 2004,Jan,It was near to my home\n";
    desk.file("two/quotes.csv", new);
    let answer = desk.json(&["import", "two/quotes.csv", "--update"]);
    assert_eq!(answer["updated"][0]["id"], "D1.gj", "{answer}");
    let list = desk.json(&["code", "list"]);
    let mut found: Vec<(&str, &str, &str)> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default();
            (text("id"), text("passage").split(':').next().unwrap(), text("carried"))
        })
        .collect();
    found.sort_unstable();
    let why = |id: &str| {
        let passages = answer["updated"][0]["passages"].as_array().unwrap();
        passages.iter().find(|one| one["id"] == id).unwrap()["why"].clone()
    };
    assert_eq!(why("CD6.gj"), "another study: c 2003, now d 2004");
    assert_eq!(why("CD4.gj"), Value::Null);
    let expected = [
        ("CD1.gj", "D1.gj/5", ""),
        ("CD2.gj", "D1.gj/4", ""),
        ("CD3.gj", "D1.gj/3", ""),
        ("CD4.gj", "D1.gj/2", "near"),
        ("CD5.gj", "D1.gj/5", "orphan"),
        ("CD6.gj", "D1.gj/6", "near"),
    ];
    assert_eq!(found, expected, "a row of another study is for a person to look at");
    assert_eq!(counts(&desk.json(&["document", "verify"])), [("exact", 3), ("near", 2), ("orphan", 1)]);
    let sources = desk.json(&["source", "list"]);
    assert_eq!(sources.as_array().unwrap().len(), 4, "{sources}");
    desk.run(&["check", "--deep"]).negative().says("to be confirmed");
}

#[test]
fn a_real_interview_in_word_is_corrected_by_its_plain_text() {
    let Some(folder) = data("a_real_interview_in_word", "transcripts/interviews-sheffield-docx-txt") else { return };
    let desk = Desk::new();
    let file = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    desk.run(&["import", &file("Ana.docx"), "--kind", "interview"]).done();
    desk.run(&["codebook", "add", "Trust"]).done();
    let rows: Vec<String> = (2..=240).map(|turn| format!("D1.gj,t{turn},trust\n")).collect();
    desk.file("codings.csv", format!("document,units,code\n{}", rows.concat()));
    desk.run(&["code", "add", "--from", "codings.csv"]).done();
    desk.run(&["code", "add", "D1.gj", "t10..14", "--code", "trust"]).done();
    let answer = desk.json(&["import", &file("Ana.txt"), "--update", "D1.gj"]);
    let carried = &answer["updated"][0]["carried"];
    assert_eq!(carried["orphan"], 0, "{answer}");
    assert!(carried["exact"].as_u64().unwrap() >= 220, "{carried}");
    // Now the plain text itself is corrected: a turn goes, a word of another changes.
    let text = std::fs::read_to_string(folder.join("Ana.txt")).unwrap();
    let turns = desk.json(&["read", "D1.gj"]);
    let long = |turn: &&Value| turn["text"].as_str().unwrap().split_whitespace().count() > 40;
    let long: Vec<&str> =
        turns.as_array().unwrap().iter().filter(long).map(|turn| turn["text"].as_str().unwrap()).collect();
    let (gone, changed) = (long[1], long[4]);
    let word = changed.split(' ').nth(20).unwrap();
    let new = text.replace(gone, "[cut]").replace(changed, &changed.replacen(&format!(" {word} "), " banana ", 1));
    assert_ne!(new, text);
    desk.file("new/Ana.txt", new);
    let before = codings(&desk);
    desk.run(&["import", "new/Ana.txt", "--update"]).done();
    for ((id, was, _), (same, now, mark)) in before.iter().zip(&codings(&desk)) {
        assert_eq!(id, same);
        match mark.as_str() {
            "orphan" => assert!(was.contains("[cut]") || was == gone || gone.contains(was.as_str()), "{was}"),
            "near" if now.contains("banana") => assert_eq!(was, changed),
            _ => assert_eq!(was, now),
        }
    }
    let proof = desk.json(&["document", "verify"]);
    assert_eq!(proof[0]["orphan"], 1, "{proof}");
    assert!(codings(&desk).iter().any(|(_, words, mark)| words.contains("banana") && mark == "near"));
    desk.run(&["undo"]).done();
    assert_eq!(codings(&desk), before);
}
