//! Training cases from the command line: drafted, written, handed out, answered, checked, withdrawn from.

use crate::desk::{Desk, column, keys};
use crate::story;

/// A case as somebody wrote it, with marks that tell who may read what.
pub const CASE: &str = "\
title = \"The open ledger\"
setting = \"a practice in a small town\"
origin = \"composite\"
trains = \"care partner, GP\"
minutes = 60
introduction = '''
You meet somebody who has come for a year.
'''
questions = \"Whose notes are they?\"
reflection = '''
What will you change?
What might stop you?
'''
[roles]
facilitator = \"Hand out one stage at a time, secretly.\"
[[objective]]
text = \"Say for whom open notes help, and why\"
rests_on = \"H1.gj\"
[[stage]]
title = \"The first visit\"
minutes = 20
vignette = \"Somebody new sits down and asks what is written there.\"
commentary = \"Zweifel: what matters is that nothing was hidden.\"
rests_on = \"H1.gj\"
[[stage]]
title = \"The bus strike\"
minutes = 25
vignette = '''
They do not come any more.

Nobody has called.
'''
prompts = \"Who calls?\"
commentary = \"Trotzdem: poor transport explains more than the notes do.\"
rests_on = \"H2.gj\"
against = \"E3.gj\"
";

fn desk() -> Desk {
    let desk = story::synthesis();
    desk.file("case.toml", CASE);
    desk.run(&["training", "add", "case.toml"]).done().says("added T1.gj");
    desk
}

fn read(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.project.join("outputs").join(name)).unwrap()
}

#[test]
fn a_form_is_filled_in_from_the_theory_and_holds_nobodys_words() {
    let desk = story::synthesis();
    desk.run(&["training", "new", "case.toml", "--from", "H1", "--from", "H2.gj"])
        .done()
        .says("training add case.toml");
    let form = std::fs::read_to_string(desk.room().join("case.toml")).unwrap();
    for words in [
        "somebody who meets this: notes are open",
        "what is tried: open notes",
        "transport is poor",
        "contested",
        "E2.gj",
        "What would make it fail?",
    ] {
        assert!(form.contains(words), "{words} is not in\n{form}");
    }
    assert_eq!(form.matches("[[stage]]").count(), 3, "two of H1, one of H2");
    for planted in story::PLANTED.iter().chain(&["made no difference"]) {
        assert!(!form.contains(planted), "{planted}");
    }
    desk.run(&["training", "new", "case.toml"]).refused().says("may be filled in");
    desk.run(&["training", "new", "other.toml", "--from", "U1.gj"])
        .refused()
        .says("neither a statement nor a decision");
    desk.run(&["training", "add", "case.toml"]).refused().says("where the vignette comes from");
}

#[test]
fn nobody_is_handed_the_theory_where_the_story_is_still_to_come() {
    let desk = story::synthesis();
    desk.run(&["training", "new", "case.toml", "--from", "H1"]).done();
    let form = std::fs::read_to_string(desk.room().join("case.toml")).unwrap();
    desk.file("case.toml", form.replace("origin = \"\"", "origin = \"fictional\""));
    desk.run(&["training", "add", "case.toml"]).done();
    desk.run(&["training", "check", "T1"]).negative().says("still to be written");
    for reader in ["participants", "facilitator"] {
        let refused = desk.run(&["training", "pack", "T1", "--for", reader, "--to", "md"]).refused();
        refused.says("not written yet").says("the vignette of stage 2").says("objective o1.gj");
    }
    desk.run(&["training", "pack", "T1", "--for", "participants", "--stage", "1"]).refused().says("not written yet");
    assert!(!desk.project.join("outputs/training-T1-gj-participants.md").exists());
}

#[test]
fn a_pack_holds_nobodys_words_without_their_consent() {
    let desk = story::synthesis();
    let borrowed = CASE.replace("They do not come any more.", "The tangerine ledger was lying open on her desk again.");
    desk.file("case.toml", &borrowed);
    desk.run(&["training", "add", "case.toml"]).done();
    for reader in ["participants", "facilitator"] {
        let refused = desk.run(&["training", "pack", "T1", "--for", reader, "--to", "md"]).refused();
        refused
            .says("the vignette of stage 2 repeats 9 words in a row of D1.gj, turn 2")
            .says("in your own words")
            .says("--audience publication");
    }
    desk.run(&["training", "pack", "T1", "--for", "participants", "--stage", "1", "--to", "md"]).done();
    desk.file(
        "told.toml",
        borrowed.replace("origin = \"composite\"", "origin = \"consented\"\nconsent = \"by letter\""),
    );
    desk.run(&["training", "add", "told.toml"]).done();
    let refused = desk.run(&["training", "pack", "T2", "--for", "participants", "--to", "md"]).refused();
    refused.says("of D1.gj, turn 2, of P");
    desk.run(&["participant", "set", "D1.gj:Marguerite", "--consent", "anonymous", "--audience", "publication"]).done();
    desk.run(&["training", "pack", "T1", "--for", "participants", "--to", "md"]).done();
    desk.run(&["participant", "set", "D1.gj:Marguerite", "--consent", "none", "--audience", "publication"]).done();
    desk.run(&["training", "pack", "T1", "--for", "participants", "--to", "md"])
        .refused()
        .says("without recorded consent");
    let commented = CASE.replace("Zweifel:", "The tangerine ledger was lying open on her desk again.");
    desk.file("other.toml", &commented);
    desk.run(&["training", "add", "other.toml"]).done();
    desk.run(&["training", "pack", "T3", "--for", "participants", "--to", "md"]).done();
    desk.run(&["training", "pack", "T3", "--for", "facilitator", "--to", "md"])
        .refused()
        .says("the commentary of stage 1");
}

#[test]
fn what_is_shown_as_a_form_is_what_edit_takes() {
    let desk = desk();
    desk.run(&["training", "show", "T1.gj", "--out", "again.toml"]).done();
    desk.run(&["training", "edit", "T1.gj", "--from", "again.toml"]).done().says("nothing changed");
    let form = std::fs::read_to_string(desk.room().join("again.toml")).unwrap();
    assert_eq!(desk.run(&["training", "show", "T1.gj", "--toml"]).done().stdout, form);
    // Turned round, one stage changed, one new.
    let changed = form.replace("They do not come any more.", "They stay away.").replace("minutes = 60", "minutes = 90")
        + "\n[[stage]]\ntitle = \"Next year\"\nvignette = \"Somebody rings.\"\ncommentary = \"Well.\"\n";
    desk.file("changed.toml", &changed);
    desk.run(&["training", "edit", "T1.gj", "--from", "changed.toml", "--dry-run"]).done().says("dry run");
    desk.run(&["training", "edit", "T1.gj", "--from", "changed.toml"]).done();
    let shown = desk.json(&["training", "show", "T1.gj"]);
    assert_eq!(column(&shown["stages"], "key"), ["s1.gj", "s2.gj", "s3.gj"]);
    assert_eq!((&shown["minutes"], &shown["minutes_of_stages"]), (&90.into(), &45.into()));
    // Somebody else's form is older than that.
    desk.run(&["training", "edit", "T1.gj", "--from", "again.toml"]).refused().says("since this form was written out");
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["training", "show", "T1.gj"])["stages"].as_array().unwrap().len(), 2);
    desk.file("bad.toml", CASE.replace("vignette = \"Some", "vignete = \"Some"));
    desk.run(&["training", "add", "bad.toml"]).refused().says("vignete").says("bad.toml");
    for (from, to, says) in [
        ("origin = \"composite\"", "origin = \"real\"", "composite, fictional, consented"),
        ("origin = \"composite\"", "origin = \"consented\"", "how the person agreed"),
        ("rests_on = \"H1.gj\"\n[[stage]]", "rests_on = \"\"\n[[stage]]", "rests on no statement"),
        ("rests_on = \"H2.gj\"", "rests_on = \"H9.gj\"", "in stage 2"),
        ("title = \"The open ledger\"", "title = \"\"", "needs a title"),
    ] {
        assert!(CASE.contains(from));
        desk.file("bad.toml", CASE.replace(from, to));
        desk.run(&["training", "add", "bad.toml"]).refused().says(says);
    }
}

#[test]
fn nothing_of_a_case_but_its_plain_particulars_is_in_the_journal() {
    let desk = desk();
    let journal = desk.journal();
    for words in ["sits down", "Zweifel", "secretly", "for a year", "Who calls", "bus strike"] {
        assert!(!journal.contains(words), "{words}");
    }
    assert!(journal.contains("trains:care partner") && journal.contains("The open ledger"));
}

#[test]
fn participants_are_handed_no_commentary_and_the_facilitator_all_of_it() {
    let desk = desk();
    let all = ["--to", "html", "--to", "docx", "--to", "md", "--to", "csv", "--to", "xlsx", "--to", "json"];
    desk.run(&[&["training", "pack", "T1.gj", "--for", "participants"][..], &all].concat()).done();
    desk.run(&[&["training", "pack", "T1.gj", "--for", "facilitator"][..], &all].concat()).done();
    for table in ["csv", "json"] {
        let [handed, facilitator] =
            ["participants", "facilitator"].map(|reader| read(&desk, &format!("training-T1-gj-{reader}.{table}")));
        assert!(handed.contains("come for a year") && handed.contains("What might stop you?"), "{table}");
        assert!(facilitator.contains("secretly") && facilitator.contains("What might stop you?"), "{table}");
        assert!([&handed, &facilitator].iter().all(|one| one.to_lowercase().contains("composite")), "{table}");
    }
    for ending in ["html", "md", "csv", "json"] {
        let handed = read(&desk, &format!("training-T1-gj-participants.{ending}"));
        for words in ["Zweifel", "Trotzdem", "secretly", "H1.gj", "contested", "made no difference"] {
            assert!(!handed.contains(words), "{words} in {ending}");
        }
        assert!(handed.contains("sits down") && handed.contains("Who calls?"), "{ending}");
        let facilitator = read(&desk, &format!("training-T1-gj-facilitator.{ending}"));
        assert!(facilitator.contains("Zweifel") && facilitator.contains("sits down"), "{ending}");
    }
    let handed = read(&desk, "training-T1-gj-participants.html");
    let facilitator = read(&desk, "training-T1-gj-facilitator.html");
    for file in [&handed, &facilitator] {
        assert!(file.contains("Composite: put together from several people"));
    }
    for words in [
        "The stages take 45 minutes",
        "15 are left",
        "secretly",
        "contested",
        "no recorded consent",
        "Reflection sheet",
    ] {
        assert!(facilitator.contains(words), "{words}");
    }
    for planted in story::PLANTED.iter().chain(&["made no difference"]) {
        assert!(!facilitator.contains(planted), "without consent: {planted}");
    }
    desk.run(&["training", "pack", "T1", "--for", "participants", "--stage", "1", "--to", "md"]).done();
    let stage = read(&desk, "training-T1-gj-stage-1.md");
    assert!(stage.contains("sits down") && !stage.contains("bus strike") && !stage.contains("any more"));
    desk.run(&["training", "pack", "T1", "--for", "participants", "--stage", "s9"]).refused().says("s1.gj, s2.gj");
    desk.run(&["training", "pack", "T1", "--for", "facilitator", "--stage", "1"]).refused().says("leave out --stage");
    let out = desk.room().join("mine.docx");
    desk.run(&["training", "pack", "T1", "--for", "participants", "--out", out.to_str().unwrap()]).done();
    assert!(out.exists());
    desk.run(&["training", "pack", "T1", "--for", "participants", "--large-print", "--dry-run"]).done().says("dry run");
    assert!(!desk.project.join("outputs/training-T1-gj-participants-large-print.html").exists());
}

#[test]
fn with_consent_the_facilitator_reads_what_disagrees() {
    let desk = desk();
    for person in desk.json(&["participant", "list"]).as_array().unwrap() {
        let label = person["id"].as_str().unwrap();
        desk.run(&["participant", "set", label, "--consent", "anonymous", "--audience", "publication"]).done();
    }
    desk.run(&["training", "pack", "T1.gj", "--for", "facilitator", "--to", "json"]).done();
    let pack: serde_json::Value = serde_json::from_str(&read(&desk, "training-T1-gj-facilitator.json")).unwrap();
    let quoted = |stage: usize| pack["stages"][stage]["against"][0]["text"].as_str().unwrap().to_owned();
    assert!(quoted(0).contains("made no difference at all"), "chosen by the rule");
    assert!(quoted(1).contains("buses stopped"), "picked by hand");
}

#[test]
fn answers_become_drafts_of_stakeholders_once() {
    let desk = desk();
    desk.run(&["training", "sheet", "T1.gj", "--to", "csv", "--to", "xlsx", "--to", "html", "--to", "docx"]).done();
    let sheet = read(&desk, "training-T1-gj-answers.csv");
    assert!(sheet.contains("T1.gj,s1.gj,The first visit,,,,,"), "{sheet}");
    let filled = sheet
        .replace(
            "The first visit,,,,,",
            "The first visit,gp1,They fear what is written,people new to it,read it together,no time",
        )
        .replace("The bus strike,,,,,", "The bus strike,,Nobody feels in charge,,,");
    desk.file("filled.csv", &filled);
    let before = desk.journal();
    desk.run(&["training", "answers", "T1", "filled.csv", "--dry-run"]).done().says("dry run");
    assert_eq!(desk.journal(), before);
    desk.run(&["training", "answers", "T1", "filled.csv"]).done().says("draft statements H4.gj, H5.gj");
    let draft = desk.json(&["hypothesis", "show", "H4.gj"]);
    assert_eq!(draft["statement"], "They fear what is written");
    assert_eq!(draft["answer_in"], serde_json::json!({ "training": "T1.gj", "stage": 1, "who": "gp1" }));
    assert_eq!(column(&draft["parts"], "kind"), ["strategy", "actor", "context"]);
    assert_eq!(draft["parts"][2]["details"]["polarity"], "constraining");
    assert_eq!(
        desk.look()
            .state()
            .all::<realist::hypothesis::Hypothesis>()
            .iter()
            .filter(|one| one.origin == Some(realist::hypothesis::Origin::Stakeholder))
            .count(),
        2
    );
    let shown = desk.json(&["training", "show", "T1"]);
    assert_eq!(column(&shown["answers"], "hypothesis"), ["H4.gj", "H5.gj"]);
    desk.run(&["training", "answers", "T1", "filled.csv"]).negative().says("2 rows in already");
    desk.run(&["hypothesis", "remove", "H5.gj", "--reason", "a joke"]).done();
    desk.run(&["training", "answers", "T1", "filled.csv"]).negative().says("2 rows in already");
    desk.run(&["check"]);
    // One step back, and they can be taken in again.
    let again = self::desk();
    again.file("filled.csv", &filled);
    again.run(&["training", "answers", "T1", "filled.csv"]).done();
    again.run(&["undo"]).done();
    assert_eq!(again.json(&["hypothesis", "list"]).as_array().unwrap().len(), 3);
    again.run(&["training", "answers", "T1", "filled.csv"]).done().says("H4.gj");
}

#[test]
fn bad_rows_are_named_and_nothing_is_taken_in() {
    let desk = desk();
    desk.run(&["identifier", "add", "Ormskirk", "--kind", "place"]).done();
    desk.file(
        "bad.csv",
        "stage,who,component,happening\n1,,,All is well\n7,,,No such stage\n1,Marguerite,,She is lost\n2,,,In Ormskirk it is worse\n\
         2,,Nothing of the kind,Odd\n1,,,Then Marguerite stayed away\n",
    );
    let before = desk.journal();
    let answer = desk.run(&["training", "answers", "T1", "bad.csv"]).refused();
    for words in [
        "5 rows cannot be taken in",
        "row 3: T1.gj has no stage '7'",
        "row 4: who is neither",
        "row 5: an answer holds",
        "row 6:",
        "row 7: an answer holds",
    ] {
        assert!(answer.stderr.contains(words), "{words} is not in\n{}", answer.stderr);
    }
    for name in ["Marguerite", "Ormskirk"] {
        assert!(!answer.stderr.contains(name), "{name} is repeated");
    }
    assert_eq!(desk.journal(), before);
    desk.file("named.csv", "stage,name,happening\n1,Ann,All is well\n");
    desk.run(&["training", "answers", "T1", "named.csv"])
        .refused()
        .says("no column 'name'")
        .says("names are not taken in");
    desk.file("bare.csv", "happening\nAll is well\n");
    desk.run(&["training", "answers", "T1", "bare.csv"]).refused().says("stage");
    desk.file("long.csv", format!("stage,happening\n1,fine\n2,{}\n", "word ".repeat(2001)));
    desk.run(&["training", "answers", "T1", "long.csv"]).refused().says("row 3, column 'happening': ");
    desk.file("blank.csv", "stage,happening\n1,\n");
    desk.run(&["training", "answers", "T1", "blank.csv"]).refused().says("training sheet T1.gj");
}

#[test]
fn check_names_borrowed_words_and_names() {
    let desk = desk();
    desk.run(&["training", "check", "T1.gj"]).done().says("nothing to mend");
    let borrowed = CASE
        .replace("They do not come any more.", "The tangerine ledger was lying open on her desk again.")
        .replace("Nobody has called.", "Thekla has not called.");
    desk.file("borrowed.toml", &borrowed);
    desk.run(&["training", "add", "borrowed.toml"]).done();
    let found = desk.run(&["training", "check", "T2.gj"]).negative();
    let all = found.stdout + &found.stderr;
    for words in ["the vignette of stage 2 repeats 9 words in a row of D1.gj, turn 2", "Thekla", "in your own words"] {
        assert!(all.contains(words), "{words} is not in\n{all}");
    }
    desk.run(&["check"]).says("vignette of stage 2 repeats 9 words");
    desk.run(&["training", "pack", "T2.gj", "--for", "participants"]).refused().says("repeats 9 words");
    desk.file("named.toml", CASE.replace("Nobody has called.", "Thekla has not called."));
    desk.run(&["training", "add", "named.toml"]).done();
    desk.run(&["training", "pack", "T3.gj", "--for", "participants"]).refused().says("Thekla");
    desk.run(&["hypothesis", "status", "H2.gj", "rejected", "--why", "no longer held"]).done();
    desk.run(&["training", "check", "T1.gj"]).negative().says("rests on H2.gj, which is rejected by now");
    desk.run(&["training", "retire", "T1.gj"]).done();
    let told = desk.run(&["check"]);
    assert!(!(told.stdout + &told.stderr).contains("T1.gj rests on"), "retired");
    let found = desk.json(&["training", "check", "T1.gj"]);
    assert_eq!(keys(&found), ["id", "found"]);
}

#[test]
fn a_story_told_with_consent_goes_when_the_person_withdraws() {
    let desk = story::synthesis();
    let consented = CASE
        .replace("origin = \"composite\"", "origin = \"consented\"\nparticipants = \"D1.gj:Marguerite\"")
        .replace("They do not come any more.", "The tangerine ledger was lying open on the desk.");
    desk.file("case.toml", &consented);
    desk.run(&["training", "add", "case.toml"]).refused().says("--audience publication");
    desk.run(&["participant", "set", "D1.gj:Marguerite", "--consent", "anonymous", "--audience", "publication"]).done();
    desk.run(&["training", "add", "case.toml"]).done();
    desk.run(&["training", "pack", "T1.gj", "--for", "participants", "--to", "md"]).done();
    assert!(read(&desk, "training-T1-gj-participants.md").contains("own story, told with their consent"));
    desk.run(&["participant", "withdraw", "D1.gj:Marguerite", "--scope", "turns", "--yes"]).done();
    assert!(!desk.project.join("outputs/training-T1-gj-participants.md").exists());
    for file in desk.files("corpus") {
        assert!(!String::from_utf8_lossy(&std::fs::read(&file).unwrap()).contains("sits down"), "{}", file.display());
    }
    desk.run(&["training", "pack", "T1.gj", "--for", "participants"]).refused().says("not on this computer");
    desk.run(&["training", "show", "T1.gj"]).done().says("were destroyed");
    desk.run(&["check"]).says("does not agree to it any more");
}

#[test]
fn two_people_write_on_one_case_unaware_of_each_other() {
    let desk = desk();
    let far = desk.far_copy("far", "bk");
    far.run(&["training", "show", "T1.gj", "--out", "far.toml"]).done();
    let form = std::fs::read_to_string(desk.room().join("far.toml")).unwrap();
    far.file("far.toml", form + "\n[[stage]]\nvignette = \"Later on.\"\ncommentary = \"So.\"\n");
    far.run(&["training", "edit", "T1.gj", "--from", "far.toml"]).done();
    far.file("answers.csv", "stage,who,happening\n1,gp1,They fear it\n");
    far.run(&["training", "answers", "T1.gj", "answers.csv"]).done();
    desk.run(&["training", "show", "T1.gj", "--out", "near.toml"]).done();
    let form = std::fs::read_to_string(desk.room().join("near.toml")).unwrap();
    desk.file("near.toml", form.replace("They do not come any more.", "They stay away."));
    desk.run(&["training", "edit", "T1.gj", "--from", "near.toml"]).done();
    desk.run(&["training", "answers", "T1.gj", "answers.csv"]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let shown = desk.json(&["training", "show", "T1.gj"]);
    assert_eq!(column(&shown["stages"], "key"), ["s1.gj", "s2.gj", "s1.bk"]);
    assert!(shown["stages"][1]["vignette"].as_str().unwrap().contains("stay away"));
    assert_eq!(shown["answers"].as_array().unwrap().len(), 1, "one answer, taken in at two sites");
    let told = desk.run(&["check"]);
    assert!(!(told.stdout + &told.stderr).contains("stage:s2"), "no conflict");
}

#[test]
fn hostile_text_comes_through_as_text() {
    let desk = story::synthesis();
    let hostile = CASE
        .replace("They do not come any more.", "<script>alert(1)</script> & =cmd|' /C calc'!A0 \u{202e}desrever")
        .replace("The open ledger", "]]> \\u001b[31m <b>ledger</b>")
        .replace("Who calls?", "=1+1");
    desk.file("case.toml", &hostile);
    desk.run(&["training", "add", "case.toml"]).done();
    desk.run(&[
        "training",
        "pack",
        "T1",
        "--for",
        "participants",
        "--to",
        "html",
        "--to",
        "docx",
        "--to",
        "csv",
        "--to",
        "xlsx",
    ])
    .done();
    let page = read(&desk, "training-T1-gj-participants.html");
    assert!(!page.contains("<script>") && page.contains("&lt;script&gt;") && !page.contains('\u{202e}'));
    let sheet = read(&desk, "training-T1-gj-participants.csv");
    assert!(!sheet.contains(",=1+1") && !sheet.contains('\u{1b}'));
    let shown = desk.run(&["training", "show", "T1"]).done();
    assert!(!shown.stdout.contains('\u{1b}'));
    desk.run(&["training", "show", "T1", "--out", "again.toml"]).done();
    desk.run(&["training", "edit", "T1", "--from", "again.toml"]).done().says("nothing changed");
}
