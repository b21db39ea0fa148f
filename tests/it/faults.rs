//! Bad input and bad luck: one clear error, something to do next, and the project as it was.

use crate::desk::{Answer, Desk, column};
use crate::story::{INTERVIEW, synthesis, transcripts};
use std::process::Command;

fn import(desk: &Desk, name: &str) -> Answer {
    desk.run(&["import", name, "--kind", "interview", "--format", "json"])
}

fn reason(desk: &Desk, name: &str, content: impl AsRef<[u8]>) -> String {
    desk.file(name, content);
    let answer = import(desk, name).negative().json();
    answer["failed"][0]["reason"].as_str().unwrap().to_owned()
}

#[test]
fn files_that_cannot_be_read_are_refused_with_a_reason() {
    let desk = Desk::new();
    let before = desk.snapshot();
    assert!(reason(&desk, "empty.txt", "").contains("no text"));
    assert!(reason(&desk, "blank.txt", " \n\n").contains("no text"));
    assert!(reason(&desk, "noise.txt", (0..=255).collect::<Vec<u8>>().repeat(9)).contains("not text"));
    for (name, content) in [("old.doc", &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..]), ("what.xyz", b"\x01\x02\x03")] {
        assert!(reason(&desk, name, content).contains("formats read: txt, md, docx"), "{name}");
    }
    assert!(reason(&desk, "talk.pdf", "%PDF-1.7\n").contains("the PDF is damaged"));
    assert!(!reason(&desk, "broken.docx", "PK\u{3}\u{4} no archive").is_empty());
    assert_eq!(desk.snapshot(), before);
    desk.run(&["import", "absent.txt", "--kind", "interview"]).negative().says("no such file");
    desk.run(&["import", "empty.txt", "--kind", "interviews"]).expect_usage();
}

impl Answer {
    /// What clap says of options that cannot be.
    fn expect_usage(self) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert!(self.stderr.starts_with("error:"), "{self:?}");
    }
}

#[test]
fn other_encodings_are_converted_and_that_is_said() {
    let talk = "Ana: café “trust” – naïve\n\nBo: très bien\n";
    let wide: Vec<u8> = talk.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (windows, ..) = encoding_rs::WINDOWS_1252.encode(talk);
    let cases: [(&str, Vec<u8>, &str); 4] = [
        ("marked.txt", [&b"\xff\xfe"[..], &wide].concat(), "UTF-16LE"),
        ("bare.txt", wide.clone(), "UTF-16LE"),
        (
            "big.txt",
            [&b"\xfe\xff"[..], &talk.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()].concat(),
            "UTF-16BE",
        ),
        ("windows.txt", windows.into_owned(), "windows-1252"),
    ];
    for (name, bytes, encoding) in cases {
        let desk = Desk::new();
        desk.file(name, bytes);
        let answer = import(&desk, name).done().json();
        let warnings = answer["imported"][0]["warnings"].to_string();
        assert!(warnings.contains(encoding), "{name}: {warnings}");
        assert_eq!(desk.run(&["document", "text", "D1.gj"]).done().stdout, talk, "{name}");
        desk.run(&["search", "=café"]).done();
    }
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let plain = "Ana: one two\n\nBo: three\n";
    for (name, content) in [
        ("crlf.txt", plain.replace('\n', "\r\n")),
        ("bom.txt", format!("\u{feff}{plain}")),
        ("cr.txt", plain.replace('\n', "\r")),
    ] {
        let desk = Desk::new();
        desk.file(name, content);
        import(&desk, name).done();
        assert_eq!(desk.run(&["document", "text", "D1.gj"]).done().stdout, plain, "{name}");
    }
}

#[test]
fn a_quotation_that_is_not_there_shows_the_nearest_passage() {
    let desk = synthesis();
    let before = desk.snapshot();
    let add = |quote: &str| desk.run(&["code", "add", "D1.gj", "--quote", quote, "--code", "openness"]);
    add("the tangerine register was lying on her desk")
        .refused()
        .says("nearest passage, D1.gj/2")
        .says("tangerine ledger");
    add("completely different matter").refused();
    add("  ").refused();
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn of_two_matches_the_person_is_asked_for_one() {
    let desk = synthesis();
    desk.run(&["code", "add", "D1.gj", "--quote", "I trusted", "--code", "openness"])
        .refused()
        .says("2 times")
        .says("D1.gj/4")
        .says("D1.gj/6");
    desk.run(&["code", "add", "D1.gj", "--quote", "I trusted her", "--code", "openness"]).done();
}

#[test]
fn quotations_are_matched_as_people_type_them() {
    let desk = transcripts();
    desk.file("typed.txt", "Ana: “It’s  mine” – she said,\nand left the room for good.\n\nBo: yes\n");
    import(&desk, "typed.txt").done();
    desk.run(&["codebook", "add", "x"]).done();
    for quote in ["\"it's mine\" - she said", "It’s mine ... for good"] {
        let id = desk.json(&["code", "add", "D3.gj", "--quote", quote, "--code", "x"])["ids"][0]
            .as_str()
            .unwrap()
            .to_owned();
        let list = desk.json(&["code", "list"]);
        let text =
            list.as_array().unwrap().iter().find(|row| row["id"] == *id).unwrap()["text"].as_str().unwrap().to_owned();
        assert!(text.contains("It’s  mine” – she said"), "the original is kept: {text}");
    }
}

#[test]
fn unknown_names_are_answered_with_near_ones() {
    let desk = synthesis();
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "opennes"]).refused().says("openness");
    desk.run(&["code", "add", "D1.jg", "t2", "--code", "openness"]).refused().says("D1.gj");
    desk.run(&["hypothesis", "show", "H9.gj"]).refused();
    desk.run(&["hypothesis", "show", "D1.gj"]).refused();
    desk.run(&["hypothesis", "show", "nonsense"]).refused();
    desk.run(&["participant", "set", "D1.gj:Margerite", "--consent", "none"]).refused().says("Marguerite");
    desk.run(&["evidence", "add", "H1.gj", "D1.gj/99", "--stance", "supports"]).refused().says("6 units");
    desk.run(&["evidence", "add", "H1.gj", "D1.gj/2", "--stance", "suports"]).expect_usage();
    desk.run(&["report", "agend"]).refused().says("agenda");
    desk.run(&["report", "agenda", "--to", "htm"]).refused().says("html");
    desk.run(&["hypothesis", "add", "--statement", "x", "--component", "Shared note"]).refused().says("Shared notes");
}

#[test]
fn a_malformed_query_has_a_caret_under_the_place() {
    let desk = transcripts();
    for (query, column) in [("trust \"care partner", 6), ("trust AND (care", 10), ("spekaer:Ana", 0), ("trust AND", 6)]
    {
        let answer = desk.run(&["search", query]).refused();
        let lines: Vec<&str> = answer.stderr.lines().collect();
        let at = lines
            .iter()
            .position(|line| line.trim_start_matches(['|', ' ']) == query)
            .unwrap_or_else(|| panic!("{}", answer.stderr));
        assert_eq!(lines[at + 1].find('^'), lines[at].find(query).map(|start| start + column), "{}", answer.stderr);
    }
    desk.run(&["search", ""]).refused();
}

#[test]
fn without_a_name_or_a_project_one_is_told_how_to_get_one() {
    let desk = transcripts();
    desk.nobody().run(&["codebook", "add", "x"]).refused().says("REALIST_CODER");
    desk.as_coder("Somebody").run(&["codebook", "add", "x"]).refused().says("two to five");
    desk.nobody().run(&["document", "list"]).done();
    let outside = Desk::bare();
    outside.outside(&["status"]).refused().says("realist init");
    outside.outside(&["init", "p"]).done();
    outside.outside(&["init", "p"]).refused().says("already");
}

#[test]
fn places_that_are_not_there_are_named() {
    let desk = synthesis();
    desk.run(&["read", "D1.gj", "t900"]).refused().says("D1.gj has 6 units; 900 is past its end");
    desk.run(&["read", "D1.gj", "t5..3"]).refused().says("the range t5..3 is reversed");
    desk.run(&["import", "x.txt", "--kind", "interveiw"]).refused().says("did you mean interview?");
    desk.run(&["source", "set", "S1.gj", "--year", "abc"]).refused().says("'abc' is no year");
    desk.run(&["search", "notes", "-nobody"]).done();
    let empty = crate::desk::Desk::new();
    empty.run(&["read", "D9.gj"]).refused().says("realist import FILE");
}

#[test]
fn one_interview_taken_in_twice_is_pointed_out() {
    let desk = synthesis();
    desk.file("again/marguerite-carnwath.md", INTERVIEW);
    desk.file("again/marguerite-carnwath.txt", format!("{INTERVIEW}\n"));
    let says = "may be the same";
    desk.nobody().run(&["import", "again", "--kind", "interview"]).done().says(says).says("signed as team");
    desk.run(&["check"]).done().says(says).says("--same-study S1.gj");
    desk.run(&["check", "--format", "csv"]).done().says("rule,severity,code,message,hint");
}

#[test]
fn rows_of_a_batch_are_all_good_or_none_is_taken() {
    let desk = synthesis();
    let before = desk.snapshot();
    desk.file("batch.csv", "passage,code\nD1.gj/1,openness\nD1.gj/2,nowhere\n");
    desk.run(&["code", "add", "--from", "batch.csv"]).refused();
    desk.file("batch.csv", "place,code\nD1.gj/1,openness\n");
    desk.run(&["code", "add", "--from", "batch.csv"]).refused().says("columns found: code, place");
    desk.file("batch.csv", "document,code\nD1.gj,openness\n,openness\n");
    desk.run(&["code", "add", "--from", "batch.csv"]).refused();
    desk.file("batch.csv", "passage,code\nD1.gj/1\n");
    desk.run(&["code", "add", "--from", "batch.csv"]).refused().says("batch.csv:2: this row has 1 cells");
    desk.run(&["code", "add", "--from", "absent.csv"]).refused();
    assert_eq!(desk.snapshot(), before);
}

/// The project's only journal file, which the last command wrote to, and its bytes.
fn journal(desk: &Desk) -> (std::path::PathBuf, Vec<u8>) {
    let files = desk.files("journal");
    assert_eq!(files.len(), 1);
    (files[0].clone(), std::fs::read(&files[0]).unwrap())
}

#[test]
fn a_journal_cut_anywhere_in_its_last_line_opens_and_goes_on() {
    let desk = transcripts();
    desk.run(&["codebook", "add", "kept"]).done();
    desk.run(&["codebook", "add", "cut"]).done();
    std::fs::remove_dir_all(desk.project.join("codebooks")).unwrap();
    let (path, whole) = journal(&desk);
    let start = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
    let home = realist::project::Surroundings::within(&desk.room().join("home"), Some("gj"));
    let project = realist::project::Surroundings { cache: desk.cache(), ..home };
    for length in start..=whole.len() {
        std::fs::write(&path, &whole[..length]).unwrap();
        let opened = realist::project::Project::open(&desk.project, project.clone()).unwrap();
        let codes = opened.state().all::<realist::codebook::Code>().len();
        // Only its line break may be missing for the line to count.
        assert_eq!(codes, if length + 1 >= whole.len() { 2 } else { 1 }, "cut to {length} of {}", whole.len());
    }
    for length in [start + 1, start + 30, whole.len() - 40, whole.len() - 2, whole.len() - 1] {
        std::fs::write(&path, &whole[..length]).unwrap();
        // An older journal was put back under this machine's feet, and that is said.
        desk.run(&["check"]).negative().says("the last thing gj wrote on this machine is no longer in the journal");
        desk.run(&["codebook", "add", &format!("after {length}")]).done();
        let list = desk.json(&["codebook", "list"]);
        let names = column(&list, "name");
        assert!(names.contains(&"kept") && names.contains(&&*format!("after {length}")), "{names:?}");
        desk.run(&["check"]).done();
        for path in desk.files("journal").iter().chain(&desk.files("codebooks")) {
            std::fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn a_damaged_line_costs_that_line_and_is_named() {
    let desk = synthesis();
    let (path, mut bytes) = journal(&desk);
    let line_start = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(4).unwrap().0 + 1;
    bytes[line_start + 60] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    desk.run(&["hypothesis", "list"]).done().says(":6: this line of the journal is damaged");
    desk.run(&["check"]).negative();
    assert_eq!(desk.json(&["hypothesis", "list"]).as_array().unwrap().len(), 3);
}

/// Tries to read and to write; nothing may have changed.
fn is_left_alone(desk: &Desk, says: &str) {
    let before = desk.snapshot();
    for command in [&["status"][..], &["codebook", "add", "x"], &["check"], &["search", "trust"], &["report", "agenda"]]
    {
        desk.run(command).refused().says(says);
    }
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_project_of_a_newer_version_is_left_alone() {
    let desk = synthesis();
    let settings = desk.project.join("realist.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("{}\n[new]\nthing = 1\n", text.replace("format = 1", "format = 2"))).unwrap();
    is_left_alone(&desk, "newest version");
}

#[test]
fn a_journal_line_of_a_newer_version_is_left_alone() {
    let desk = synthesis();
    let (path, bytes) = journal(&desk);
    let sealed = |body: &str| format!("{body},\"h\":\"{}\"}}\n", &blake3::hash(body.as_bytes()).to_hex()[..32]);
    let text = String::from_utf8(bytes).unwrap();
    let header = text.lines().next().unwrap().replace("{\"realist\":1", "{\"realist\":2");
    let body = &header[..header.rfind(",\"h\":").unwrap()];
    let newer = path.with_file_name("bo.0a0a0a0a.jsonl");
    std::fs::write(&newer, sealed(body)).unwrap();
    is_left_alone(&desk, "newest version");
    std::fs::remove_file(newer).unwrap();
    desk.run(&["status"]).done();
    let unheard_of = sealed(
        "{\"op\":\"01900000-0000-7000-8000-000000000000\",\"stream\":\"0a0a0a0a\",\"n\":99,\"time\":\"\",\"by\":\"bo\",\"act\":\"dream\",\"records\":[{\"dream\":1}]",
    );
    std::fs::write(&path, text + &unheard_of).unwrap();
    is_left_alone(&desk, "newest version");
}

#[test]
fn mistakes_in_the_settings_have_a_place() {
    let desk = transcripts();
    let settings = desk.project.join("realist.toml");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, text.replace("quotations = 3", "quotations = three")).unwrap();
    let line = text.lines().position(|line| line.starts_with("quotations")).unwrap() + 1;
    let answer = desk.run(&["status"]);
    assert_eq!(answer.code, Some(2));
    answer.says(&format!("realist.toml:{line}:"));
}

#[cfg(unix)]
#[test]
fn without_write_permission_nothing_happens_and_reading_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let desk = synthesis();
    let before = desk.snapshot();
    let folder = desk.project.join("journal");
    let allow = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    desk.run(&["codebook", "add", "x"]).refused().says("permission denied");
    desk.file("more.txt", INTERVIEW.to_uppercase());
    desk.run(&["import", "more.txt", "--kind", "interview"]).refused().says("permission denied");
    desk.run(&["hypothesis", "list"]).done();
    desk.run(&["search", "trusted"]).done();
    allow(0o755);
    assert_eq!(desk.snapshot(), before);
    desk.run(&["codebook", "add", "x"]).done();
}

/// Runs a command that may write no file longer than so many blocks of 512 bytes.
fn cramped(desk: &Desk, blocks: usize, arguments: &[&str]) -> Answer {
    let mut command = Command::new("/bin/sh");
    desk.furnish(&mut command);
    command.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")]);
    command.arg(env!("CARGO_BIN_EXE_realist")).args(desk.on_project(arguments));
    Answer::of(command, arguments)
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_grow_is_left_as_it_was() {
    let desk = synthesis();
    desk.file("long.txt", INTERVIEW.repeat(200));
    let blocks = journal(&desk).1.len() / 512;
    let before = desk.snapshot();
    cramped(&desk, blocks, &["hypothesis", "add", "--statement", &"long words ".repeat(60)]).refused();
    assert_eq!(desk.snapshot(), before);
    cramped(&desk, blocks, &["import", "long.txt", "--kind", "interview"]);
    assert_eq!(column(&desk.json(&["document", "list"]), "id"), ["D1.gj", "D2.gj"]);
    let left: Vec<_> =
        desk.files("").into_iter().filter(|path| path.extension().is_some_and(|end| end == "tmp")).collect();
    assert!(left.is_empty(), "{left:?}");
    desk.run(&["check"]).done();
    desk.run(&["import", "long.txt", "--kind", "interview"]).done();
    desk.run(&["check"]).done();
}

#[cfg(unix)]
#[test]
fn a_codebook_that_cannot_be_written_does_not_make_a_safe_act_look_failed() {
    let desk = transcripts();
    desk.run(&["codebook", "add", "x"]).done();
    let book = desk.project.join("codebooks/codes.toml");
    let long = format!("# {}\n{}", "a long comment ".repeat(2000), std::fs::read_to_string(&book).unwrap());
    std::fs::write(&book, &long).unwrap();
    cramped(&desk, 50, &["codebook", "add", "y"]).done().says("added C2.gj").says("warning: what you did is saved");
    assert_eq!(std::fs::read_to_string(&book).unwrap(), long);
    assert_eq!(column(&desk.json(&["codebook", "list"]), "name"), ["x", "y"]);
    desk.run(&["code", "add", "D1.gj", "t2", "--code", "y"]).done();
    assert!(std::fs::read_to_string(&book).unwrap().contains("name = \"y\""));
    desk.run(&["check"]).done();
}

/// A file system of so many KiB at `place`, until dropped. Only root can make one.
#[cfg(target_os = "linux")]
struct Small(std::path::PathBuf);

#[cfg(target_os = "linux")]
impl Small {
    fn mount(place: std::path::PathBuf, kib: u32) -> Option<Self> {
        std::fs::create_dir_all(&place).unwrap();
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={kib}k"), "tmpfs"]).arg(&place);
        command.output().is_ok_and(|output| output.status.success()).then_some(Small(place))
    }
}

#[cfg(target_os = "linux")]
impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).output();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_costs_nothing() {
    let mut desk = Desk::bare();
    let Some(small) = Small::mount(desk.room().join("small"), 400) else {
        println!("skipped (cannot mount a small disk): a_full_disk_is_said_and_costs_nothing");
        return;
    };
    desk.project = small.0.join("p");
    desk.outside(&["init", "small/p", "--title", "Small"]).done();
    desk.file("one.txt", INTERVIEW);
    desk.file("long.txt", INTERVIEW.replace("Afterwards", "Later").repeat(600));
    import(&desk, "one.txt").done();
    desk.run(&["codebook", "add", "x"]).done();
    let before = desk.snapshot();
    desk.run(&["import", "long.txt", "--kind", "interview"]).refused().says("the disk is full");
    assert_eq!(desk.json(&["document", "list"]).as_array().unwrap().len(), 1);
    assert!(before.iter().all(|(path, bytes)| std::fs::read(path).unwrap() == *bytes));
    desk.run(&["check"]).done();

    // To the last byte: then not even a line fits.
    let filler = small.0.join("filler");
    while std::fs::write(&filler, vec![b'x'; 1 << 20]).is_ok() {}
    let before = desk.snapshot();
    desk.run(&["hypothesis", "add", "--statement", &"long words ".repeat(900)]).refused().says("the disk is full");
    desk.run(&["report", "agenda"]).refused().says("the disk is full");
    let changed: Vec<_> = desk.snapshot().into_iter().filter(|file| !before.contains(file)).collect();
    assert!(changed.is_empty(), "{changed:?}");
    desk.run(&["hypothesis", "list"]).negative();
    std::fs::remove_file(filler).unwrap();
    desk.run(&["hypothesis", "add", "--statement", "There is room again."]).done();
    desk.run(&["check"]).done();
}
