//! Papers: the same bytes from the same project, and nobody's words without consent.

use crate::desk::Desk;
use crate::story::{PLANTED, synthesis};
use serde_json::Value;

/// The files written, by name, and what they say.
fn paper(desk: &Desk, name: &str, audience: &str) -> Vec<(String, String)> {
    let formats = ["html", "md", "csv", "json"];
    let to = formats.iter().flat_map(|format| ["--to", format]);
    let command: Vec<&str> = ["report", name, "--for", audience, "--format", "json"].into_iter().chain(to).collect();
    let answer = desk.run(&command).done().json();
    let files: Vec<&str> = answer["files"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(files.len(), formats.len(), "{answer}");
    let read = |file: &str| std::fs::read_to_string(desk.project.join(file)).unwrap();
    files.into_iter().map(|file| (file.trim_start_matches("outputs/").to_owned(), read(file))).collect()
}

#[test]
fn the_agenda_is_written_alike_every_time() {
    let desk = synthesis();
    desk.run(&["report", "agenda", "--to", "html", "--to", "md", "--to", "json"]).done();
    let names: Vec<String> =
        desk.files("outputs").iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(names, ["agenda.html", "agenda.json", "agenda.md"]);
    let first = desk.snapshot();
    desk.run(&["report", "agenda", "--to", "html", "--to", "md", "--to", "json"]).done();
    assert_eq!(desk.snapshot(), first, "twice in a row");
    desk.forget_cache();
    desk.run(&["report", "agenda", "--to", "html", "--to", "md", "--to", "json"]).done();
    assert_eq!(desk.snapshot(), first, "after the cache was deleted");
    desk.as_coder("zed")
        .at_time("2031-01-01T00:00:00Z")
        .run(&["report", "agenda", "--to", "html", "--to", "md", "--to", "json"])
        .done();
    assert_eq!(desk.snapshot(), first, "another person, another day");
    let json = std::fs::read_to_string(desk.project.join("outputs/agenda.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&json).is_ok());
}

#[test]
fn a_copy_of_the_project_prints_the_same_paper() {
    let desk = synthesis();
    let there = desk.far_copy("q", "bo");
    for name in ["agenda", "evidence"] {
        assert_eq!(paper(&desk, name, "team"), paper(&there, name, "team"), "{name}");
    }
}

#[test]
fn words_without_consent_are_in_no_paper_for_others() {
    let desk = synthesis();
    for name in ["agenda", "evidence"] {
        let team = paper(&desk, name, "team");
        assert!(team.iter().any(|(_, text)| text.contains("never hid the notes")), "the team sees what it gathered");
        for audience in ["meeting", "publication"] {
            for (file, text) in &paper(&desk, name, audience) {
                for phrase in PLANTED.iter().chain(&["made no difference at all", "Marguerite", "Oswin"]) {
                    assert!(!text.contains(phrase), "{name} for {audience}: {file} holds '{phrase}'");
                }
            }
        }
    }
}

#[test]
fn consent_lets_words_through_for_its_own_audience() {
    let desk = synthesis();
    desk.run(&["participant", "set", "D1.gj:Marguerite", "--consent", "anonymous", "--audience", "meeting"]).done();
    let holds = |audience: &str| {
        paper(&desk, "evidence", audience).iter().any(|(_, text)| text.contains("never hid the notes"))
    };
    assert!(holds("meeting"));
    assert!(!holds("publication"));
}

#[test]
fn what_is_withheld_is_said_and_counted() {
    let desk = synthesis();
    let files = paper(&desk, "evidence", "meeting");
    let text = &files.iter().find(|(file, _)| file == "evidence-for-meeting.md").unwrap().1;
    assert!(text.contains("withheld"), "{text}");
}

#[test]
fn a_paper_for_others_leaves_the_teams_own_alone() {
    let desk = synthesis();
    let team = paper(&desk, "evidence", "team");
    let others = ["meeting", "publication"].map(|audience| paper(&desk, "evidence", audience));
    for (file, text) in team.iter().chain(others.iter().flatten()) {
        assert_eq!(&std::fs::read_to_string(desk.project.join("outputs").join(file)).unwrap(), text, "{file}");
    }
    desk.run(&["purge", "D1.gj", "--reason", "asked", "--yes"]).done();
    assert_eq!(desk.files("outputs"), Vec::<std::path::PathBuf>::new(), "a purge knows all of them");
}

#[test]
fn a_page_for_the_web_fetches_nothing() {
    let desk = synthesis();
    let files = paper(&desk, "agenda", "team");
    let html =
        files.iter().find(|(file, _)| file == "agenda.html").unwrap().1.replace("http://www.w3.org/2000/svg", "");
    for mark in ["<script", "http://", "https://", "@import", "<link"] {
        assert!(!html.contains(mark), "{mark}");
    }
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_guarded() {
    let desk = synthesis();
    let statement = "=HYPERLINK(\"x\")";
    desk.run(&["hypothesis", "add", "--statement", statement]).done();
    desk.run(&["evidence", "add", "H4.gj", "D1.gj/2", "--stance", "supports", "--relevance", "3", "--reason", "=1+1"])
        .done();
    let files = paper(&desk, "evidence", "team");
    let csv = &files.iter().find(|(file, _)| file == "evidence.csv").unwrap().1;
    let listed = desk.run(&["hypothesis", "list", "--format", "csv"]).done().stdout;
    for text in [csv, &listed] {
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let mut met = false;
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(!cell.starts_with(['=', '@', '+', '\t']), "{cell}");
                met |= cell.contains("HYPERLINK");
            }
        }
        assert!(met, "the statement is in the table");
    }
}
