//! What reading a file may cost: each limit trips on a file made for it and can be set otherwise, and the
//! main process stays small whatever the file.

use crate::desk::{Desk, column};
use std::fmt::Write as _;
use std::io::Write;

/// An archive of parts, each packed as well as can be.
fn packed<'p>(parts: impl IntoIterator<Item = (String, &'p [u8])>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(words: &str, more: usize) -> Vec<u8> {
    let text = format!("<w:document><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>");
    let media = (0..more).map(|nth| (format!("word/media/{nth}.png"), b"x".as_slice()));
    packed(std::iter::once(("word/document.xml".to_owned(), text.as_bytes())).chain(media))
}

/// Words that do not pack well.
fn varied(bytes: usize) -> String {
    let mut words = String::new();
    let mut number = 1_u64;
    while words.len() < bytes {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        write!(words, "{:x} ", number >> 20).unwrap();
    }
    words
}

#[test]
fn each_limit_trips_on_a_file_made_for_it_and_can_be_set_otherwise() {
    let nested = |open: &str, close: &str, times: usize| format!("{}deep{}", open.repeat(times), close.repeat(times));
    let word = nested("<w:sdt>", "</w:sdt>", 30);
    let files: [(&str, Vec<u8>, &str, &str); 9] = [
        (
            "slow.html",
            format!("<p>{}", "<b>words</b> ".repeat(1_200_000)).into_bytes(),
            "html.seconds=1",
            "not read within 1 second;",
        ),
        (
            "large.rtf",
            format!("{{\\rtf1 {}}}", "words ".repeat(200_000)).into_bytes(),
            "rtf.file=1",
            "1 are read at most",
        ),
        ("many.docx", document("words", 30), "docx.entries=20", "31 parts; 20 are allowed"),
        ("part.docx", document(&varied(3 << 20), 0), "docx.part=2", "grows too much"),
        ("all.docx", document(&varied(3 << 20).to_uppercase(), 0), "docx.unpacked=2", "grows too much"),
        ("thin.docx", document(&"so ".repeat(1 << 20), 0), "ratio=2", "grows too much"),
        ("deep.docx", document(&word, 0).clone(), "docx.depth=20", "nests deeper"),
        ("deep.rtf", format!("{{\\rtf1 {}}}", nested("{", "}", 30)).into_bytes(), "rtf.depth=20", "nests deeper"),
        (
            "deep.html",
            nested("<ul><li>", "</li></ul>", 30).into_bytes(),
            "html.depth=20",
            "nests lists or tables deeper",
        ),
    ];
    let desk = Desk::new();
    for (name, bytes, limit, reason) in files {
        desk.file(name, bytes);
        let import =
            |limit: &str| desk.run(&["import", name, "--kind", "grey", "--format", "json", "--limit", limit]).json();
        let refused = import(limit);
        let reasons = column(&refused["failed"], "reason");
        assert!(reasons.len() == 1 && reasons[0].contains(reason), "{name} {limit}: {refused}");
        let lenient = format!("{}=100000", limit.split('=').next().unwrap());
        assert_eq!(column(&import(&lenient)["imported"], "path"), [name], "{lenient}");
    }
}

/// The main process hands foreign files on and takes text back. Real files are watched likewise by `extract`.
#[test]
fn the_main_process_stays_small_whatever_the_file() {
    let desk = Desk::new();
    desk.file("f/bomb.docx", document(&"so ".repeat(20 << 20), 0));
    desk.file("f/turns.html", "<p>I: so<p>P: no".repeat(60_000));
    desk.file("f/turns without end.html", "<p>I: so<p>P: no".repeat(210_000));
    desk.file("f/words.rtf", format!("{{\\rtf1 {}}}", "words of it ".repeat(1_000_000)));
    let (answer, most) = desk.json_and_peak(&["import", "f", "--kind", "grey"]);
    assert_eq!(column(&answer["imported"], "path"), ["turns.html", "words.rtf"]);
    let reasons = column(&answer["failed"], "reason");
    assert!(reasons[1].contains("420000 numbered units in 2 MB of text"), "{answer}");
    println!("made files: {most:?} MB");
    assert!(most.is_none_or(|most| (1..300).contains(&most)), "{most:?} MB");
}
