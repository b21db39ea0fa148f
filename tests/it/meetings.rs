//! Meetings, from the plan to the record, through the commands people type.

use crate::desk::{Desk, column};
use crate::story;
use serde_json::{Value, json};

/// A panel N1.gj of three groups, all invited; a meeting G1.gj about an uncertainty with two options.
pub fn planned() -> Desk {
    let desk = story::synthesis();
    for command in [
        &["panel", "add", "Consensus panel"][..],
        &["panel", "member", "add", "N1.gj", "--group", "service_users", "--people", "4"],
        &["panel", "member", "add", "N1.gj", "--group", "practitioners", "--people", "3"],
        &["panel", "member", "add", "N1.gj", "--group", "gps", "--people", "2"],
        &["panel", "member", "invite", "N1.gj"],
        &[
            "uncertainty",
            "edit",
            "U1.gj",
            "--option",
            "A: Yes | Notes are open",
            "--option",
            "B: No | Notes are closed",
        ],
        &[
            "meeting",
            "add",
            "Consensus meeting",
            "--panel",
            "N1.gj",
            "--date",
            "2026-03-14",
            "--start",
            "14:00",
            "--minutes",
            "60",
            "--purpose",
            "To settle what the manual says about notes.",
            "--place",
            "Room 4, Ormskirk library",
            "--contact",
            "Jo Rivers, 01695 555",
        ],
        &["meeting", "item", "add", "G1.gj", "Welcome", "--minutes", "10", "--by", "chair"],
        &["meeting", "item", "add", "G1.gj", "U1.gj", "--minutes", "30", "--by", "su1"],
    ] {
        desk.run(command).done();
    }
    desk
}

fn agenda(desk: &Desk) -> Vec<(String, String)> {
    let shown = desk.json(&["meeting", "show", "G1.gj"]);
    let line = |one: &Value| (one["at"].as_str().unwrap_or("-").to_owned(), one["what"].as_str().unwrap().to_owned());
    shown["agenda"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn an_agenda_is_put_together_and_says_when_each_item_begins() {
    let desk = planned();
    desk.run(&["meeting", "item", "add", "G1.gj", "Break", "--minutes", "15", "--at", "2"])
        .done()
        .says("55 of 60 minutes");
    let question = "Should notes be open to everybody from the first day?".to_owned();
    let line = |at: &str, what: &str| (at.to_owned(), what.to_owned());
    assert_eq!(agenda(&desk), [line("14:00", "Welcome"), line("14:10", "Break"), line("14:25", &question)]);
    desk.run(&["meeting", "item", "move", "G1.gj", "U1.gj", "--to", "1"]).done();
    desk.run(&["meeting", "item", "set", "G1.gj", "3", "--minutes", "25"])
        .done()
        .says("65 minutes: 5 more than there are");
    assert_eq!(agenda(&desk), [line("14:00", &question), line("14:30", "Welcome"), line("14:40", "Break")]);
    desk.run(&["meeting", "item", "drop", "G1.gj", "3"]).done();
    // The key of what was dropped is never given again.
    assert_eq!(desk.json(&["meeting", "item", "add", "G1.gj", "Coffee"])["items"], json!(["a4"]));
    desk.run(&["undo"]).done();
    assert_eq!(agenda(&desk).len(), 2);
    desk.run(&["meeting", "item", "add", "G1.gj", "U1.gj"]).refused().says("on the agenda already");
    desk.run(&["meeting", "item", "add", "G1.gj", "U7.gj"]).refused().says("there is no uncertainty");
    let refused = desk.run(&["meeting", "item", "set", "G1.gj", "1", "--by", "Dr Jo Rivers"]).refused();
    assert!(!refused.stderr.contains("Rivers"), "{}", refused.stderr);
    desk.run(&["meeting", "edit", "G1.gj", "--start", "25:00"]).refused().says("write it as 14:30");
    desk.run(&["meeting", "edit", "G1.gj", "--date", ""]).done();
    assert_eq!(desk.json(&["meeting", "list"])[0]["date"], Value::Null);
}

#[test]
fn what_may_name_people_is_not_in_the_journal() {
    let desk = planned();
    let journal = desk.journal();
    assert!(!journal.contains("Rivers") && !journal.contains("Ormskirk"));
    let shown = desk.json(&["meeting", "show", "G1.gj"]);
    assert_eq!(shown["practical"], json!({ "place": "Room 4, Ormskirk library", "contact": "Jo Rivers, 01695 555" }));
    desk.run(&["check", "--deep"]).done();
}

fn there(desk: &Desk) -> Vec<String> {
    let members = desk.json(&["meeting", "show", "G1.gj"])["members"].clone();
    let came = members.as_array().unwrap().iter().filter(|one| one["there"] == true);
    came.map(|one| one["token"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn who_came_is_noted_by_token_or_in_one_grid() {
    let desk = planned();
    desk.run(&["meeting", "attend", "G1.gj", "su1", "su2", "gp1", "--accepted"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "su1", "pr1"]).done().says("there: practitioners 1, service_users 1");
    desk.run(&["meeting", "attend", "G1.gj", "gp2", "--late", "14:20", "--left", "14:50", "--for", "gp1"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "su3", "--absent"]).done();
    assert_eq!(there(&desk), ["gp2", "pr1", "su1"]);
    // The grid holds that, and takes the rest.
    desk.run(&["meeting", "attend", "G1.gj", "--make", "grid.csv"]).done();
    let text = std::fs::read_to_string(desk.room().join("grid.csv")).unwrap();
    assert!(text.contains("gp2,gps,,yes,14:20,14:50,gp1") && text.contains("su3,service_users,,no,,,"), "{text}");
    desk.file("filled.csv", text.replace("su2,service_users,accepted,,", "su2,service_users,accepted,yes,14.30"));
    desk.run(&["meeting", "attend", "G1.gj", "--from", "filled.csv"]).done().says("noted su2");
    desk.run(&["meeting", "attend", "G1.gj", "--from", "filled.csv"]).done().says("nothing changed");
    assert_eq!(there(&desk), ["gp2", "pr1", "su1", "su2"]);
    desk.run(&["meeting", "attend", "G1.gj", "--make", "grid.xlsx"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "--from", "grid.xlsx"]).done().says("nothing changed");
    for (typed, why) in [
        (&["gp1"][..], "somebody else came for them"),
        (&["pr1", "--for", "gp1"], "another member of the same group"),
        (&["pr2", "--late", "14:40", "--left", "14:10"], "left before they came"),
        (&["pr2", "--late", "13:40"], "before it began"),
        (&["gp7"], "no member of N1.gj"),
    ] {
        desk.run(&[&["meeting", "attend", "G1.gj"][..], typed].concat()).refused().says(why);
    }
    desk.run(&["undo"]).done();
    assert_eq!(there(&desk), ["gp2", "pr1", "su1"]);
}

/// The form of the record, filled in under one item.
pub fn record(desk: &Desk, item: &str, fields: &[(&str, &str)]) -> String {
    desk.run(&["meeting", "record", "G1.gj", "--make", "record.toml"]).done();
    let text = std::fs::read_to_string(desk.room().join("record.toml")).unwrap();
    let at = text.find(&format!("item = \"{item}\"")).unwrap_or_else(|| panic!("{text}"));
    let (before, mut after) = (text[..at].to_owned(), text[at..].to_owned());
    for (field, words) in fields {
        let begins =
            after.find(&format!("\n{field} = '''\n")).unwrap_or_else(|| panic!("{field}: {after}")) + field.len() + 5;
        let ends = begins + after[begins..].find("'''").unwrap();
        // What stands there already goes.
        after.replace_range(begins..ends + 3, &format!("''\n{words}\n'''"));
    }
    desk.file("filled.toml", before + &after)
}

pub const DECIDED: &[(&str, &str)] = &[
    ("for", "People read them anyway\nIt builds trust"),
    ("against", "Some are frightened by them"),
    ("outcome", "agreed"),
    ("option", "A"),
    ("sentence", "Notes are open from the first day."),
    ("settles", "H1.gj, Shared notes"),
    ("dissent", "gps: We would rather wait"),
    ("actions", "gj 2026-05-01: revise the manual\nsu1: read it"),
    ("statements", "If notes are read together, they frighten less."),
];

#[test]
fn the_record_yields_minutes_decisions_actions_and_drafts_in_one_step() {
    let desk = planned();
    desk.run(&["meeting", "attend", "G1.gj", "su1", "su2", "pr1", "gp1"]).done();
    let form = record(&desk, "a2", DECIDED);
    let done = desk.json(&["meeting", "record", "G1.gj", "--from", &form]);
    assert_eq!(done["decisions"], json!(["X1.gj"]), "{done}");
    assert_eq!((&done["actions"], &done["statements"]), (&json!(["AC1.gj", "AC2.gj"]), &json!(["H4.gj"])));
    let shown = desk.json(&["meeting", "show", "G1.gj"]);
    assert_eq!(shown["decisions"], json!(["X1.gj (agreed_with_dissent)"]));
    assert_eq!(shown["actions"].as_array().unwrap().len(), 2);
    desk.run(&["hypothesis", "show", "H4.gj"]).done().says("draft");
    assert!(desk.journal().contains("\"origin\":\"stakeholder\""));
    assert_eq!(desk.json(&["action", "list"])[0]["meeting"], "G1.gj");
    // Words that people said are not in the journal.
    let journal = desk.journal();
    assert!(!journal.contains("frightened by them") && !journal.contains("rather wait"));
    // The form holds what was recorded; taken in again it changes nothing, and what is new is added.
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).done().says("nothing changed");
    let more =
        record(&desk, "a2", &[("actions", "gj 2026-05-01: revise the manual\nsu1: read it\npr1: tell the team")]);
    let done = desk.json(&["meeting", "record", "G1.gj", "--from", &more]);
    assert_eq!((&done["decisions"], &done["actions"]), (&json!([]), &json!(["AC3.gj"])));
    desk.run(&["undo"]).done();
    desk.run(&["undo"]).done();
    assert_eq!(desk.json(&["hypothesis", "list"]).as_array().unwrap().len(), 3);
    assert_eq!(desk.json(&["meeting", "show", "G1.gj"])["decisions"], json!([]));
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn a_record_with_a_mistake_writes_nothing_and_says_where() {
    let desk = planned();
    let before = desk.journal();
    let form = record(&desk, "a2", &[("sentence", "So it is."), ("notes", "long")]);
    let refused = desk.run(&["meeting", "record", "G1.gj", "--from", &form]).refused().says("not how it came out");
    assert!(refused.stderr.contains("filled.toml:"), "{}", refused.stderr);
    let form = record(&desk, "a2", &[("outcome", "agred")]);
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).refused().says("did you mean agreed?");
    assert_eq!(desk.journal(), before);
}

#[test]
fn the_same_form_as_a_sheet() {
    let desk = planned();
    desk.run(&["meeting", "record", "G1.gj", "--make", "record.csv"]).done();
    let text = std::fs::read_to_string(desk.room().join("record.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headings = reader.headers().unwrap().clone();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    for (field, words) in DECIDED {
        let at = headings.iter().position(|heading| heading == *field).unwrap();
        (*words).clone_into(&mut rows[1][at]);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&headings).unwrap();
    for row in &rows {
        writer.write_record(row).unwrap();
    }
    let file = desk.file("filled.csv", writer.into_inner().unwrap());
    let done = desk.json(&["meeting", "record", "G1.gj", "--from", &file]);
    assert_eq!((&done["decisions"], &done["items"]), (&json!(["X1.gj"]), &json!(["a2"])));
    // Taken in as a workbook it says the same.
    desk.run(&["meeting", "record", "G1.gj", "--make", "record.xlsx"]).done();
    desk.run(&["meeting", "record", "G1.gj", "--from", "record.xlsx"]).done().says("nothing changed");
}

#[test]
fn two_copies_of_a_meeting_merge() {
    let desk = planned();
    let far = desk.far_copy("far", "bk");
    far.run(&["meeting", "attend", "G1.gj", "su1"]).done();
    far.run(&["meeting", "edit", "G1.gj", "--payment", "40 pounds and your fare"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "su2"]).done();
    desk.run(&["meeting", "edit", "G1.gj", "--title", "The meeting"]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    let shown = desk.json(&["meeting", "show", "G1.gj"]);
    assert_eq!(there(&desk), ["su1", "su2"]);
    assert_eq!(
        (&shown["title"], &shown["practical"]["payment"]),
        (&json!("The meeting"), &json!("40 pounds and your fare"))
    );
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn rounds_decisions_and_actions_name_their_meeting() {
    let desk = planned();
    desk.run(&["round", "add", "N1.gj", "--method", "percent", "--item", "U1.gj"]).done();
    desk.run(&["meeting", "round", "G1.gj", "R1.gj"]).done().says("held in it");
    desk.run(&["meeting", "attend", "G1.gj", "su1", "gp1"]).done();
    let typed =
        ["decide", "agreed", "--body", "stakeholders", "--uncertainty", "U1.gj", "--option", "A", "--meeting", "G1.gj"];
    desk.run(&typed).done();
    desk.run(&["action", "add", "Write", "--owner", "gj", "--meeting", "G1.gj"]).done();
    let shown = desk.json(&["meeting", "show", "G1.gj"]);
    assert_eq!((&shown["rounds"][0]["id"], &shown["rounds"][0]["stage"]), (&json!("R1.gj"), &json!("planned")));
    assert_eq!(shown["decisions"], json!(["X1.gj (agreed)"]));
    assert_eq!(column(&desk.json(&["action", "list"]), "meeting"), ["G1.gj"]);
    // The day and who was there are the meeting's.
    let record = desk.json(&["report", "record", "--show"]);
    assert_eq!(record["decisions"][0]["date"], "2026-03-14");
    assert_eq!(record["decisions"][0]["by_whom"], "stakeholders: 2 people present (GPs 1, Service users 1)");
    desk.run(&["meeting", "round", "G1.gj", "R1.gj", "--drop"]).done();
    assert_eq!(desk.json(&["meeting", "show", "G1.gj"])["rounds"], json!([]));
}

/// Everything that keeps G1.gj from being ready is mended, but for the papers.
pub fn prepared() -> Desk {
    let desk = planned();
    for command in [
        &[
            "meeting",
            "edit",
            "G1.gj",
            "--afterwards",
            "Notes without names",
            "--payment",
            "40 pounds",
            "--access",
            "Step-free",
            "--deciding",
            "By a vote; else both views go into the manual.",
        ][..],
        &[
            "uncertainty",
            "edit",
            "U1.gj",
            "--plain",
            "Some want to read their notes.",
            "--why",
            "The manual waits.",
            "--unknown",
            "What rivals say was not looked for.",
            "--option",
            "A: Yes | Notes are open | Time to write them together | Those whose notes others may read",
            "--option",
            "B: No | Notes are closed | Nothing | Those who want to know",
        ],
        &["hypothesis", "edit", "H1.gj", "--statement", "Open notes keep people coming, since they feel respected."],
        &["link", "add", "H3.gj", "rival_of", "H1.gj"],
        &["hypothesis", "status", "H1.gj", "screened", "--why", "read"],
        &["hypothesis", "status", "H1.gj", "active", "--why", "read"],
        &["theory", "freeze", "IPT"],
        &["round", "add", "N1.gj", "--method", "percent", "--item", "U1.gj", "--quorum", "60%", "--quorum-each", "1"],
        &["meeting", "round", "G1.gj", "R1.gj"],
        &["round", "open", "R1.gj"],
    ] {
        desk.run(command).done();
    }
    for participant in column(&desk.json(&["participant", "list"]), "id") {
        desk.run(&["participant", "set", participant, "--consent", "anonymous", "--audience", "meeting"]).done();
    }
    desk
}

pub fn blockers(desk: &Desk) -> Vec<String> {
    let answer = desk.json(&["meeting", "ready", "G1.gj"]);
    let keys = column(&answer["blockers"], "key").into_iter().map(str::to_owned).collect();
    assert_eq!(answer["ready"], answer["blockers"].as_array().unwrap().is_empty());
    keys
}

#[test]
fn what_blocks_a_meeting_is_named_with_the_command_that_mends_it() {
    let desk = planned();
    desk.run(&["hypothesis", "status", "H1.gj", "screened", "--why", "read"]).done();
    desk.run(&["hypothesis", "status", "H1.gj", "active", "--why", "read"]).done();
    desk.run(&["evidence", "remove", "E2.gj", "--reason", "misread"]).done();
    let found = blockers(&desk);
    for key in [
        "not-told",
        "no-plain-words",
        "no-why",
        "empty-side",
        "to-write",
        "no-consent",
        "no-round",
        "not-frozen",
        "not-issued",
    ] {
        assert!(found.iter().any(|one| one == key), "{key}: {found:?}");
    }
    desk.run(&["meeting", "ready"]).negative().says("realist theory freeze NAME").says("rival_of H1.gj");
    let desk = prepared();
    assert_eq!(blockers(&desk), ["not-issued"]);
    // The only GPs decline: no quorum of each group is possible.
    desk.run(&["meeting", "attend", "G1.gj", "gp1", "gp2", "--declined"]).done();
    desk.run(&["meeting", "item", "set", "G1.gj", "2", "--minutes", "90"]).done();
    assert_eq!(blockers(&desk), ["over-time", "no-quorum", "not-issued"]);
    desk.run(&["meeting", "ready", "G1.gj"]).negative().says("100 minutes, 40 more than there are");
}

#[test]
fn papers_are_kept_as_they_were_sent_and_what_changed_since_is_said() {
    let desk = prepared();
    let sent = desk.json(&["meeting", "issue", "G1.gj", "--out", "pack"]);
    assert_eq!((&sent["issue"], sent["to"].as_array().unwrap().len()), (&json!("1.gj"), 9), "{sent}");
    let pack = desk.room().join("pack");
    let names: Vec<String> = crate::desk::files_below(&pack)
        .iter()
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    for name in
        ["member-page-G1.gj-for-meeting.docx", "agenda-G1.gj-for-meeting.html", "R1.gj-gp1.html", "R1.gj-ballots.docx"]
    {
        assert!(names.iter().any(|one| one == name), "{name}: {names:?}");
    }
    desk.run(&["meeting", "ready", "G1.gj"]).done().says("is ready");
    desk.run(&["meeting", "changed", "G1.gj"]).done().says("nothing changed");
    // News of who comes is no change; another wording is.
    desk.run(&["meeting", "attend", "G1.gj", "su1", "--accepted"]).done();
    assert_eq!(blockers(&desk), [""; 0]);
    desk.run(&["uncertainty", "edit", "U1.gj", "--why", "Training waits too."]).done();
    assert_eq!(blockers(&desk), ["papers-changed"]);
    let changes = desk.json(&["meeting", "changed", "G1.gj"])["changes"].clone();
    let sections = column(&changes, "section");
    assert_eq!(sections.len(), 2, "{changes}");
    assert!(sections.iter().all(|one| one.ends_with(": Why it matters")), "{changes}");
    // A second sending stands beside the first, whose copy is what it was.
    desk.run(&["meeting", "issue", "G1.gj", "--out", "pack"]).refused().says("never written over");
    desk.run(&["meeting", "issue", "G1.gj", "--member", "su1", "--out", "to-one"]).done();
    assert_eq!(blockers(&desk), ["papers-changed"], "the others hold what was sent before");
    desk.run(&["meeting", "issue", "G1.gj", "--out", "later"]).done();
    assert_eq!(blockers(&desk), [""; 0]);
    desk.run(&["meeting", "sent", "G1.gj", "1.gj", "--out", "again"]).done();
    for name in &names {
        let [first, again] =
            ["pack", "again"].map(|folder| std::fs::read(desk.room().join(folder).join(name)).unwrap());
        assert!(first == again, "{name}");
    }
    assert_eq!(desk.json(&["meeting", "show", "G1.gj"])["sent"].as_array().unwrap().len(), 3);
    assert!(!desk.journal().contains("never hid the notes"));
    desk.run(&["check", "--deep"]).done();
    // A copy of the project has them too, and nobody takes a sending back.
    let far = desk.far_copy("far", "bk");
    far.run(&["meeting", "sent", "G1.gj", "2.gj", "--out", "far-papers"]).done();
    desk.run(&["undo"]).refused().says("kept for ever");
    assert_eq!(desk.json(&["meeting", "show", "G1.gj"])["sent"].as_array().unwrap().len(), 3);
}

#[test]
fn what_a_redo_brought_back_is_fixed_as_it_was() {
    let desk = prepared();
    desk.run(&["undo"]).done();
    desk.run(&["redo"]).done();
    let redone = desk.json(&["log"]);
    let redo = redone.as_array().unwrap().iter().find(|one| one["act"] == "redo").unwrap()["operation"].clone();
    desk.run(&["undo", redo.as_str().unwrap()]).done();
    desk.run(&["redo"]).done();
    desk.run(&["meeting", "issue", "G1.gj", "--to", "md"]).done();
    desk.run(&["undo"]).refused().says("papers of G1.gj were sent");
}

/// Members answer R1.gj as typed, by token and answer, and it is closed.
fn voted(desk: &Desk, said: &[(&str, &str)]) {
    desk.run(&["round", "ballot", "R1.gj", "--to", "csv", "--out", "ballots"]).done();
    let grid = std::fs::read_to_string(desk.room().join("ballots/R1.gj-grid.csv")).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.splitn(4, ',').collect();
        match said.iter().find(|(token, _)| cells.get(1) == Some(token)) {
            Some((_, answer)) => format!("{},{},{},{answer},\n", cells[0], cells[1], cells[2]),
            None => format!("{line}\n"),
        }
    };
    let filled = desk.file("votes.csv", grid.lines().map(row).collect::<String>());
    desk.run(&["round", "collect", "R1.gj", &filled]).done();
    desk.run(&["round", "close", "R1.gj"]).done();
}

const SIX: &[(&str, &str)] = &[("su1", "A"), ("su2", "A"), ("su3", "A"), ("su4", "B"), ("pr1", "A"), ("gp1", "absent")];

#[test]
fn who_was_there_is_the_meetings_and_ballots_are_told_as_ballots() {
    let desk = prepared();
    voted(&desk, SIX);
    desk.run(&["meeting", "attend", "G1.gj", "su1", "pr1"]).done();
    let form = record(&desk, "a2", &[("outcome", "agreed"), ("option", "A"), ("round", "R1.gj"), ("settles", "H1.gj")]);
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).done();
    let record = desk.json(&["report", "record", "--show"]);
    assert_eq!(record["meetings"][0]["there"], "2 people: Practitioners 1, Service users 1");
    let decided = &record["decisions"][0];
    assert_eq!(decided["by_whom"], "stakeholders: 2 people present (Practitioners 1, Service users 1)");
    assert_eq!((&decided["votes"]["present"], &decided["votes"]["invited"]), (&json!(5), &json!(9)));
    let paper = desk.run(&["report", "record", "--show"]).done().stdout;
    assert!(paper.contains("ballots of 5 of the 9 asked"), "{paper}");
    let secretary = desk.json(&["report", "secretary", "--meeting", "G1.gj", "--show"]);
    let answered: u64 =
        secretary["rounds"].as_array().unwrap().iter().map(|one| one["answered"].as_u64().unwrap()).sum();
    assert_eq!(answered, 5, "a ballot that says no more than that nobody came is no answer: {secretary}");
}

#[test]
fn a_record_lists_what_is_still_open_and_not_what_it_decided() {
    let desk = planned();
    let asked = |text: &str| desk.run(&["uncertainty", "add", text, "--hypothesis", "H2.gj"]).done();
    asked("Should notes be printed?");
    asked("Who pays for the paper?");
    desk.run(&["meeting", "item", "add", "G1.gj", "U2.gj", "--minutes", "10"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "su1"]).done();
    record(&desk, "a2", DECIDED);
    let form = std::fs::read_to_string(desk.room().join("filled.toml")).unwrap();
    record(&desk, "a3", &[("outcome", "defer_to_test"), ("sentence", "First a trial."), ("settles", "H2.gj")]);
    let later = std::fs::read_to_string(desk.room().join("filled.toml")).unwrap();
    let at = |text: &str| text.find("item = \"a3\"").unwrap();
    let both = desk.file("both.toml", form[..at(&form)].to_owned() + &later[at(&later)..]);
    desk.run(&["hypothesis", "add", "--statement", "If nobody asks, nobody answers.", "--origin", "stakeholder"])
        .done();
    desk.run(&["meeting", "record", "G1.gj", "--from", &both]).done();
    desk.run(&["report", "record", "--meeting", "G1.gj", "--to", "md"]).done();
    let paper = std::fs::read_to_string(desk.project.join("outputs/record-G1.gj.md")).unwrap();
    let section = |title: &str| {
        let from = paper.split_once(&format!("## {title}\n")).unwrap_or_else(|| panic!("{title}: {paper}")).1;
        from.split("\n## ").next().unwrap().to_owned()
    };
    let open = section("Not settled");
    assert!(!open.contains("U1.gj") && open.contains("Who pays for the paper?"), "{open}");
    assert!(open.contains("U2.gj") && open.contains("put off until it is tested"), "{open}");
    // What was raised elsewhere is no news of the meeting.
    let raised = section("New explanations raised, still drafts");
    assert!(raised.contains("they frighten less") && !raised.contains("nobody asks"), "{raised}");
    // What was put off is not settled.
    let put_off = paper.split_once("### U2.gj").unwrap().1.split("\n### ").next().unwrap();
    assert!(put_off.contains("Stays open:") && !put_off.contains("What this settles:"), "{put_off}");
}

#[test]
fn kept_papers_go_with_words_they_may_hold() {
    let desk = prepared();
    desk.run(&["meeting", "issue", "G1.gj", "--to", "md"]).done();
    let before = desk.files("corpus/sealed").len();
    desk.run(&["purge", "D1.gj", "--reason", "consent withdrawn", "--yes"]).done();
    assert!(desk.files("corpus/sealed").len() < before);
    desk.run(&["meeting", "sent", "G1.gj", "1.gj", "--out", "again"]).refused().says("kept copy");
    desk.run(&["check", "--deep"]).done();
}

#[test]
fn the_pages_of_a_meeting_say_what_they_must() {
    let desk = prepared();
    desk.run(&["meeting", "attend", "G1.gj", "su1", "su2", "su3", "gp1", "--accepted"]).done();
    let page = desk.json(&["report", "member-page", "--for", "meeting", "--show"]);
    assert_eq!(page["when"], "Saturday 14 March 2026, 14:00 to 15:00");
    // Four came out of two groups, of which one is small: nothing by group.
    assert_eq!(page["coming"], "4 people said they will come.");
    desk.run(&["report", "member-page", "--show"]).done().says("Service users 3");
    let secretary = desk.json(&["report", "secretary", "--show"]);
    let gps = secretary["groups"].as_array().unwrap().iter().find(|one| one["group"] == "GPs").unwrap();
    assert_eq!((&gps["invited"], &gps["accepted"], &gps["silent"]), (&json!(2), &json!(1), &json!(1)));
    assert_eq!(column(&secretary["blockers"], "key"), ["not-issued"]);
    let shown = desk.json(&["report", "secretary", "--for", "meeting", "--show"]);
    let groups = shown["groups"].as_array().unwrap();
    assert!(groups.iter().all(|one| one["invited"].as_u64().unwrap() >= 3 && one["group"] != "GPs"), "{shown}");
    // The agenda holds what is on it, by the clock.
    desk.run(&["report", "agenda", "--meeting", "G1.gj", "--show"]).done().says("40 of 60 minutes").says("14:10");
    desk.run(&["report", "evidence", "--meeting", "G1.gj"]).refused().says("not about a meeting");
    desk.run(&["report", "agenda", "--meeting", "G1.gj", "--to", "md"]).done();
    assert!(desk.project.join("outputs/agenda-G1.gj.md").exists());
}

#[test]
fn the_record_tells_of_the_meeting() {
    let desk = planned();
    desk.run(&["panel", "member", "declare", "N1.gj", "gp1", "owns a clinic"]).done();
    desk.run(&["meeting", "attend", "G1.gj", "su1", "su2", "su3", "pr1", "gp1"]).done();
    let form = record(&desk, "a2", DECIDED);
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).done();
    let record = desk.run(&["report", "record", "--show"]).done().stdout;
    for words in [
        "Consensus meeting, Saturday 14 March 2026",
        "gp1: owns a clinic",
        "It builds trust",
        "revise the manual",
        "they frighten less",
    ] {
        assert!(record.contains(words), "{words}: {record}");
    }
    let others = desk.run(&["report", "record", "--for", "meeting", "--show"]).done().stdout;
    assert!(!others.contains("owns a clinic") && others.contains("declared by 1 person"), "{others}");
    let data = desk.json(&["report", "record", "--for", "meeting", "--show"]);
    assert_eq!(data["meetings"][0]["there"], "5 people");
    assert_eq!(data["meetings"][0]["items"][0]["against"], json!(["Some are frightened by them"]));
}

/// Pages of a Word document as LibreOffice sets it, where it and `pdfinfo` are installed.
fn pages(desk: &Desk, file: &str) -> Option<usize> {
    let out = desk.room().join("set");
    let set = std::process::Command::new("soffice")
        .args(["--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&out)
        .arg(desk.project.join(file))
        .env("HOME", desk.room())
        .output()
        .ok()?;
    assert!(set.status.success(), "{}", String::from_utf8_lossy(&set.stderr));
    let pdf = std::fs::read_dir(&out).ok()?.next()?.ok()?.path();
    let told = std::process::Command::new("pdfinfo").arg(pdf).output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    told.lines().find_map(|line| line.strip_prefix("Pages:"))?.trim().parse().ok()
}

#[test]
fn the_member_page_of_the_example_fits() {
    let desk = Desk::bare();
    let folder = desk.room().join("before");
    desk.outside(&["init", folder.to_str().unwrap(), "--example", "partners-before-meeting"]).done();
    let page = desk.outside(&["-C", folder.to_str().unwrap(), "report", "member-page", "--for", "meeting"]).done();
    assert!(!page.stderr.contains("too long"), "{}", page.stderr);
}

#[test]
fn a_member_page_that_is_said_to_fit_has_one_page() {
    let desk = prepared();
    let plain = "Some want to read their notes with somebody beside them. ".repeat(4);
    desk.run(&["uncertainty", "edit", "U1.gj", "--plain", &plain]).done();
    for question in ["Who shows people their notes?", "When are notes closed again?"] {
        desk.run(&["uncertainty", "add", question, "--plain", &plain]).done();
    }
    desk.run(&["meeting", "item", "add", "G1.gj", "U2.gj", "U3.gj", "--minutes", "5"]).done();
    let show = |lines: usize| {
        let words = "We write down what is said, without names, and send it to you. ".repeat(lines);
        desk.run(&["meeting", "edit", "G1.gj", "--afterwards", &words]).done();
        desk.run(&["report", "member-page", "--for", "meeting", "--to", "docx"]).done().stderr.contains("too long")
    };
    let most = (1..40).take_while(|lines| !show(*lines)).last().expect("a page of few words fits");
    assert!(show(most + 1) && !show(most), "{most} sentences fit");
    if let Some(pages) = pages(&desk, "outputs/member-page-for-meeting.docx") {
        assert_eq!(pages, 1);
    }
}

#[test]
fn components_made_in_one_record_follow_each_other() {
    let desk = planned();
    let other = [
        "uncertainty",
        "add",
        "Should notes be printed?",
        "--hypothesis",
        "H2.gj",
        "--option",
        "A: Yes | They are",
        "--option",
        "B: No | Not",
    ];
    desk.run(&other).done();
    desk.run(&["meeting", "item", "add", "G1.gj", "U2.gj", "--minutes", "10"]).done();
    let decided = |name: &'static str| [("outcome", "agreed"), ("sentence", "So it is."), ("effects", name)];
    record(&desk, "a2", &decided("component=Open notes"));
    let form = std::fs::read_to_string(desk.room().join("filled.toml")).unwrap();
    record(&desk, "a3", &decided("component=Printed notes"));
    let later = std::fs::read_to_string(desk.room().join("filled.toml")).unwrap();
    // The second item of the later form goes behind the first of the earlier one.
    let at = |text: &str| text.find("item = \"a3\"").unwrap();
    let both = desk.file("both.toml", form[..at(&form)].to_owned() + &later[at(&later)..]);
    desk.run(&["meeting", "record", "G1.gj", "--from", &both]).done();
    let listed = desk.json(&["component", "list"]);
    let journal = desk.journal();
    let places = [1, 2, 3].map(|place| journal.matches(&format!("\"order\":{place}")).count());
    assert_eq!(places, [1, 1, 1], "each has a place of its own");
    assert_eq!(column(&listed, "name"), ["Shared notes", "Open notes", "Printed notes"]);
    desk.run(&["undo"]).done();
    let twice = desk
        .file("twice.toml", std::fs::read_to_string(desk.room().join("both.toml")).unwrap().replace("Printed", "Open"));
    desk.run(&["meeting", "record", "G1.gj", "--from", &twice])
        .refused()
        .says("two components are to be called 'Open notes'");
}

#[test]
fn an_action_whose_decision_was_taken_back_elsewhere_is_found() {
    let desk = planned();
    desk.run(&["decide", "agreed", "--body", "stakeholders", "--uncertainty", "U1.gj", "--option", "A"]).done();
    let far = desk.far_copy("far", "bk");
    far.run(&["action", "add", "Revise the manual", "--owner", "bk", "--decision", "X1.gj"]).done();
    far.run(&["check"]).done();
    desk.run(&["undo"]).done();
    desk.run(&["merge", far.project.to_str().unwrap()]).done();
    desk.run(&["check"]).says("AC1.bk refers to a decision");
}

#[test]
fn papers_name_the_rule_that_was_fixed_and_the_theory_they_rest_on() {
    let desk = prepared();
    let frozen = desk.json(&["theory", "versions"])[0]["hash"].as_str().unwrap()[..12].to_owned();
    for paper in ["agenda", "briefing"] {
        // The next meeting is taken, and named.
        let shown = desk.run(&["report", paper, "--for", "meeting", "--show"]).done();
        assert!(shown.stderr.contains("G1.gj"), "{}", shown.stderr);
        let text = shown.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in [
            "rule percent:75",
            "at least 75% of the votes",
            "60% of those invited, and 1 of every group, must take part",
            "settles nothing",
            &frozen,
        ] {
            assert!(text.contains(words), "{paper}: {words}: {text}");
        }
        for words in ["unless the meeting agrees", "should the meeting agree"] {
            assert!(!text.contains(words), "{paper}: {words}");
        }
    }
    let page = desk.json(&["report", "member-page", "--for", "meeting", "--show"]);
    let deciding = page["deciding"].to_string();
    assert!(
        deciding.contains("both views go into the manual") && deciding.contains("at least 75% of the votes"),
        "{deciding}"
    );
    // Once the theory moved on, its version is not claimed.
    desk.run(&["hypothesis", "edit", "H1.gj", "--statement", "If notes are open, people come back."]).done();
    desk.run(&["report", "agenda", "--for", "meeting", "--show"]).done().says("not frozen since version IPT");
}

#[test]
fn papers_for_others_name_no_member_by_token() {
    let desk = planned();
    let agenda = desk.run(&["report", "agenda", "--show"]).done().stdout;
    assert!(agenda.contains("su1"), "{agenda}");
    for paper in ["agenda", "briefing", "slides", "member-page"] {
        let shown = desk.run(&["report", paper, "--for", "meeting", "--show", "--format", "json"]).done().stdout;
        assert!(!shown.contains("su1"), "{paper}: {shown}");
    }
    desk.run(&["report", "agenda", "--for", "meeting", "--show"]).done().says("a member");
    desk.run(&["meeting", "attend", "G1.gj", "su1", "pr1", "gp1"]).done();
    let form = record(&desk, "a2", DECIDED);
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).done();
    let shown = desk.run(&["report", "record", "--for", "meeting", "--show"]).done().stdout;
    assert!(!shown.contains("su1"), "{shown}");
}

#[test]
fn ballots_go_to_those_who_are_sent_the_papers_and_what_is_open_is_said() {
    let desk = prepared();
    desk.run(&["meeting", "attend", "G1.gj", "su4", "--declined"]).done();
    desk.run(&["meeting", "item", "set", "G1.gj", "2", "--minutes", "90"]).done();
    let sent = desk.run(&["meeting", "issue", "G1.gj", "--out", "pack"]).done();
    assert!(sent.stderr.contains("40 more than there are"), "{}", sent.stderr);
    let ballot = |token: &str| desk.room().join("pack").join(format!("R1.gj-{token}.html")).exists();
    assert!(ballot("su1") && !ballot("su4"));
    desk.run(&["meeting", "sent", "G1.gj"]).done().says("8 members: gp1");
    let shown = desk.run(&["report", "secretary", "--for", "meeting", "--show"]).done().stdout;
    assert!(shown.contains("ballots of R1.gj") && !shown.contains("su1"), "{shown}");
}

#[test]
fn who_was_not_asked_is_named_and_a_refusal_is_no_missing_record() {
    let desk = prepared();
    let blocker = |desk: &Desk| {
        let answer = desk.json(&["meeting", "ready", "G1.gj"]);
        let found = answer["blockers"].as_array().unwrap().iter().find(|one| one["key"] != "not-issued").cloned();
        found.map(|one| (one["key"].as_str().unwrap().to_owned(), one["command"].as_str().unwrap().to_owned()))
    };
    assert_eq!(blocker(&desk), None);
    for participant in column(&desk.json(&["participant", "list"]), "id") {
        desk.run(&["participant", "set", participant, "--consent", "none", "--audience", "meeting"]).done();
    }
    let (key, command) = blocker(&desk).unwrap();
    assert_eq!(key, "consent-refused");
    assert!(command.starts_with("realist evidence withhold E") && !command.contains("participant set"), "{command}");
    let typed: Vec<String> = command.split(' ').skip(1).map(|word| word.trim_matches('"').to_owned()).collect();
    desk.run(&typed.iter().map(String::as_str).collect::<Vec<_>>()).done();
    assert_eq!(blocker(&desk), None, "what the team leaves out waits for nobody");
}

#[test]
fn a_stray_template_is_named_and_papers_with_one_are_listed() {
    let desk = planned();
    std::fs::create_dir(desk.project.join("templates")).unwrap();
    std::fs::write(desk.project.join("templates/nonsense.toml"), "").unwrap();
    std::fs::write(desk.project.join("templates/agenda.toml"), "[[section]]\nkey = \"porpose\"\n").unwrap();
    let check = desk.run(&["check"]);
    let said = format!("{}{}", check.stdout, check.stderr);
    assert!(said.contains("nonsense.toml sets no paper") && said.contains("templates/agenda.toml:2"), "{said}");
    desk.run(&["report", "template"]).done().says("briefing");
}

#[test]
fn papers_are_sent_in_large_print_too_and_are_the_same_papers() {
    let desk = prepared();
    let sent = desk.json(&["meeting", "issue", "G1.gj", "--member", "su1", "--large-print", "--out", "large"]);
    let names: Vec<&str> = sent["files"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for paper in ["member-page", "agenda", "briefing"] {
        let name = format!("large/{paper}-G1.gj-for-meeting-large-print.docx");
        assert!(names.iter().any(|one| one.ends_with(&name)), "{name}: {names:?}");
    }
    let ballot = std::fs::read_to_string(desk.room().join("large/R1.gj-su1.html")).unwrap();
    assert!(
        ballot.contains("class=\"large-print\"") && ballot.contains("Jo Rivers") && ballot.contains("14 March 2026")
    );
    desk.run(&["meeting", "changed", "G1.gj"]).done().says("nothing changed");
}

#[test]
fn a_sending_is_one_row_for_whoever_prepares_the_meeting_and_names_its_readers_to_the_team() {
    let desk = prepared();
    desk.run(&["meeting", "issue", "G1.gj", "--member", "su1", "--member", "gp1", "--out", "pack"]).done();
    let listed = desk.run(&["meeting", "sent", "G1.gj"]).done().stdout;
    assert!(!listed.contains("2 members\n") && listed.matches("2 members: su1, gp1").count() > 6, "{listed}");
    let secretary = desk.json(&["report", "secretary", "--show"]);
    let [one] = secretary["sent"].as_array().unwrap().as_slice() else { panic!("{secretary}") };
    assert_eq!(one["to"], "2 members: su1, gp1");
    let papers = one["papers"].as_str().unwrap();
    assert!(
        papers.contains("member-page-G1.gj-for-meeting (html, docx)") && papers.contains("ballots of R1.gj: 2 pages"),
        "{papers}"
    );
}

#[test]
fn what_blocks_a_meeting_has_one_command_that_mends_all_of_it() {
    let desk = planned();
    let answer = desk.json(&["meeting", "ready", "G1.gj"]);
    let command = |answer: &Value, key: &str| {
        let found = answer["blockers"].as_array().unwrap().iter().find(|one| one["key"] == key).cloned();
        found.unwrap_or_else(|| panic!("{key}: {answer}"))["command"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        command(&answer, "not-told"),
        "realist meeting edit G1.gj --afterwards \"...\" --payment \"...\" --access \"...\""
    );
    desk.run(&["meeting", "edit", "G1.gj", "--access", &"There is a ramp at the side door. ".repeat(200)]).done();
    let answer = desk.json(&["meeting", "ready", "G1.gj"]);
    assert_eq!(command(&answer, "page-too-long"), "realist meeting edit G1.gj --access \"...\"");
}

#[test]
fn the_form_of_a_record_offers_what_may_stand_in_it() {
    let desk = prepared();
    desk.run(&["uncertainty", "add", "Should notes be printed?", "--hypothesis", "H2.gj"]).done();
    desk.run(&["meeting", "item", "add", "G1.gj", "U2.gj", "--minutes", "5"]).done();
    voted(&desk, SIX);
    desk.run(&["meeting", "record", "G1.gj", "--make", "record.toml"]).done();
    let form = std::fs::read_to_string(desk.room().join("record.toml")).unwrap();
    let (first, second) = form.split_once("# 3. U2.gj").unwrap();
    assert!(first.contains("closed round: R1.gj") && first.contains("may be settled: H1.gj"), "{first}");
    assert!(!second.contains("closed round:") && second.contains("may be settled: H2.gj"), "{second}");
}

#[test]
fn who_is_noted_as_there_before_the_day_is_said_and_no_page_is_made_of_a_meeting_that_was_held() {
    let desk = planned();
    desk.run(&["meeting", "edit", "G1.gj", "--date", "2999-03-14"]).done();
    let noted = desk.run(&["meeting", "attend", "G1.gj", "su1"]).done();
    assert!(
        noted.stderr.contains("a day to come") && noted.stderr.contains("attend G1.gj su1 --accepted"),
        "{}",
        noted.stderr
    );
    desk.run(&["report", "member-page", "--for", "meeting", "--show"]).refused().says("--meeting G1.gj");
    desk.run(&["undo"]).done();
    let noted = desk.run(&["meeting", "attend", "G1.gj", "su1", "--accepted"]).done();
    assert!(!noted.stderr.contains("a day to come"), "{}", noted.stderr);
    desk.run(&["meeting", "edit", "G1.gj", "--date", ""]).done();
    let next = desk.run(&["next"]);
    let said = format!("{}{}", next.stdout, next.stderr);
    assert!(said.matches("no day is set").count() <= 1, "{said}");
}

#[test]
fn a_decision_that_the_rule_did_not_give_is_marked() {
    let desk = prepared();
    voted(&desk, &[("su1", "A"), ("su2", "B"), ("su3", "A"), ("su4", "B"), ("pr1", "A"), ("gp1", "B")]);
    desk.run(&["meeting", "attend", "G1.gj", "su1", "pr1"]).done();
    let form = record(&desk, "a2", &[("outcome", "agreed"), ("option", "A"), ("round", "R1.gj"), ("settles", "H1.gj")]);
    desk.run(&["meeting", "record", "G1.gj", "--from", &form]).done();
    let paper = desk.run(&["report", "record", "--show"]).done().stdout;
    let paper = paper.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        paper.contains("Not by the rule: the round came to no consensus. Decided all the same by stakeholders"),
        "{paper}"
    );
}
