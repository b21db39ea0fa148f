//! Papers in every format by the command: written, alike every time, and read by other programs where those
//! are installed.

use crate::desk::Desk;
use crate::story::synthesis;
use realist::report::REPORTS;
use serde_json::Value;
use std::process::{Command, Stdio};

const FORMATS: [&str; 6] = ["docx", "xlsx", "html", "md", "csv", "json"];

/// Two people coded it, so that there is something to disagree about.
fn desk() -> Desk {
    let desk = synthesis();
    desk.as_coder("bk").run(&["code", "add", "D1.gj", "t4", "--code", "openness"]).done();
    desk
}

fn write(desk: &Desk, name: &str, more: &[&str]) -> Vec<String> {
    let to = FORMATS.iter().flat_map(|format| ["--to", format]);
    let command: Vec<&str> = ["report", name].into_iter().chain(to).chain(more.iter().copied()).collect();
    let answer = desk.json(&command);
    answer["files"].as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[test]
fn every_report_is_written_in_every_format_and_alike_twice() {
    let desk = desk();
    for kind in REPORTS {
        let files = write(&desk, kind.key, &[]);
        assert_eq!(files, FORMATS.map(|format| format!("outputs/{}.{format}", kind.key)), "{}", kind.key);
    }
    let first = desk.snapshot();
    for kind in REPORTS {
        write(&desk, kind.key, &[]);
    }
    assert_eq!(desk.snapshot(), first);
}

#[test]
fn pandoc_finds_tables_headings_and_header_rows_in_word_documents() {
    let desk = desk();
    let has_pandoc = Command::new("pandoc").arg("--version").stdout(Stdio::null()).status().is_ok();
    let mut headed = 0;
    for kind in REPORTS.iter().filter(|_| has_pandoc) {
        desk.run(&["report", kind.key, "--to", "docx"]).done();
        let file = desk.project.join(format!("outputs/{}.docx", kind.key));
        let read = Command::new("pandoc").args(["-f", "docx", "-t", "json"]).arg(&file).output().unwrap();
        assert!(read.status.success(), "{}: {}", kind.key, String::from_utf8_lossy(&read.stderr));
        let document: Value = serde_json::from_slice(&read.stdout).unwrap();
        let blocks = document["blocks"].as_array().unwrap();
        let of = |tag: &str| blocks.iter().filter(|block| block["t"] == tag).collect::<Vec<_>>();
        // A paper that only says that there is nothing yet needs none.
        assert!(!of("Header").is_empty() || of("Table").is_empty(), "{} has headings", kind.key);
        headed += usize::from(!of("Header").is_empty());
        for table in of("Table") {
            // Attributes, caption, columns, head, bodies, foot; of the head its rows.
            assert_eq!(table["c"][3][1].as_array().unwrap().len(), 1, "{}: one header row", kind.key);
        }
        let metadata = &document["meta"]["title"];
        assert!(!metadata.is_null(), "{} has a title", kind.key);
    }
    assert!(headed > REPORTS.len() / 2 || !has_pandoc, "{headed} of {}", REPORTS.len());
}

#[test]
fn large_print_has_a_name_of_its_own_and_goes_with_a_purge() {
    let desk = synthesis();
    desk.run(&["report", "agenda"]).done();
    desk.run(&["report", "agenda", "--large-print", "--for", "meeting"]).done();
    let names = || -> Vec<String> {
        desk.files("outputs").iter().map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        names(),
        ["agenda-for-meeting-large-print.docx", "agenda-for-meeting-large-print.html", "agenda.html", "agenda.md"]
    );
    desk.run(&["report", "agenda", "--large-print", "--to", "csv"]).refused().says("--to docx");
    desk.run(&["purge", "D1.gj", "--reason", "asked", "--yes"]).done();
    assert!(names().is_empty());
}

#[test]
fn without_a_program_that_prints_pdf_the_command_says_what_to_install() {
    let desk = synthesis();
    let empty = desk.room().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let mut command = desk.command(&["-C", desk.project.to_str().unwrap(), "report", "agenda", "--to", "pdf"]);
    let answer = command.env("PATH", &empty).output().unwrap();
    let said = String::from_utf8_lossy(&answer.stderr).into_owned();
    // Programs at the usual places of other systems count too.
    assert!(answer.status.success() || said.contains("install Chromium"), "{said}");
}

#[test]
fn a_pdf_is_printed_alike_twice_where_a_program_is_installed() {
    let desk = synthesis();
    let read = || {
        let written = desk.run(&["report", "slides", "--to", "pdf"]);
        (written.code == Some(0)).then(|| std::fs::read(desk.project.join("outputs/slides.pdf")).unwrap())
    };
    let Some(first) = read() else { return };
    assert!(first.starts_with(b"%PDF"));
    assert!(read().as_ref() == Some(&first));
}

#[test]
fn a_team_sets_its_own_papers_and_a_mistake_names_its_line() {
    let desk = synthesis();
    let folder = desk.project.join("templates");
    let file = folder.join("agenda.toml");
    desk.outside(&["report", "template", "agenda", "--out", file.to_str().unwrap()]).done();
    desk.run(&["report", "agenda"]).done();
    let usual = std::fs::read_to_string(desk.project.join("outputs/agenda.md")).unwrap();
    std::fs::write(&file, "[[section]]\nkey = \"today\"\nheading = \"What we ask of you\"\n").unwrap();
    desk.run(&["report", "agenda"]).done();
    let own = std::fs::read_to_string(desk.project.join("outputs/agenda.md")).unwrap();
    assert!(usual.find("## Purpose") < usual.find("## To be settled today"));
    assert!(own.find("## What we ask of you").unwrap() < own.find("## Purpose").unwrap());
    std::fs::write(&file, "[[section]]\nkey = \"withheld\"\nleave_out = true\n").unwrap();
    desk.run(&["report", "agenda"]).refused().says("templates/agenda.toml:3:").says("cannot be left out");
    desk.outside(&["report", "template", "evidence"]).refused().says("agenda, briefing, slides, member-page, record");
    assert_eq!(desk.outside(&["report", "template", "slides", "--format", "json"]).done().json()["template"], "slides");
    desk.run(&["check"]).negative().says("cannot be left out");
    std::fs::remove_file(&file).unwrap();
    desk.run(&["check"]).done();
}
