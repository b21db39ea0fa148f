//! Word documents made up part by part, and real ones.

use crate::document::UnitKind;
use crate::import::tests::{INTERVIEW, docx, labels, losses, request, sound, turns};
use crate::import::{Imported, Loss, read};
use proptest::prelude::*;

fn import(parts: &[(&str, &str)]) -> Imported {
    let imported = read(&request("a.docx", &docx(parts), INTERVIEW)).unwrap();
    sound(&imported.draft);
    let unread = imported.dropped.iter().find(|one| one.what == Loss::Unread);
    assert_eq!(unread, None, "{}", imported.draft.text);
    imported
}

fn body(xml: &str) -> Imported {
    import(&[("word/document.xml", &document(xml))])
}

fn document(xml: &str) -> String {
    format!("<w:document><w:body>{xml}</w:body></w:document>")
}

fn text(xml: &str) -> String {
    body(xml).draft.text
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn table(rows: &[&[&str]]) -> String {
    let cell = |words: &&str| format!("<w:tc><w:tcPr/>{}</w:tc>", paragraph(words));
    let row = |cells: &&[&str]| format!("<w:tr>{}</w:tr>", cells.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

fn codes(imported: &Imported) -> Vec<&'static str> {
    imported.warnings.iter().map(|warning| warning.code).collect()
}

#[test]
fn breaks_tabs_hyphens_and_entities() {
    let run = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>A &amp; b</w:t><w:br/><w:t>c</w:t><w:tab/><w:t>&#233;</w:t>\
        <w:t> well</w:t><w:noBreakHyphen/><w:t>made</w:t><w:softHyphen/><w:t>x</w:t></w:r></w:p>";
    assert_eq!(text(run), "A & b\nc\té well\u{2011}madex");
}

#[test]
fn changes_are_accepted_and_counted() {
    let changed = "<w:p><w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>\
        <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>kept</w:t></w:r></w:p>";
    let imported = body(changed);
    assert_eq!(imported.draft.text, "new kept");
    assert_eq!(losses(&imported), [(Loss::Deleted, 7)]);
    assert!(imported.warnings[0].message.contains("2 deletions left out, 1 insertion kept"));
}

#[test]
fn deleted_ends_join_paragraphs_and_deleted_rows_go() {
    let joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>one </w:t></w:r></w:p>";
    assert_eq!(text(&format!("{joined}{}", paragraph("two"))), "one two");
    let rows = table(&[&["a", "b"], &["c", "d"]]).replacen("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>", 1);
    let imported = body(&rows);
    assert_eq!((imported.draft.text.as_str(), losses(&imported)), ("c | d", vec![(Loss::Deleted, 2)]));
}

#[test]
fn tables_nest_and_text_boxes_follow_once() {
    let inner = table(&[&["x", "y"]]);
    let nested = table(&[&["a", "b"]]).replace("<w:p><w:r><w:t>b</w:t></w:r></w:p>", &format!("{inner}<w:p/>"));
    assert_eq!(text(&nested), "a | x | y");
    let boxed = "<w:p><w:r><w:t>out</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>in</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
        <mc:Fallback><w:p><w:r><w:t>in</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>";
    assert_eq!(text(boxed), "out\nin");
    let only_fallback = boxed.replace("<w:t>in</w:t></w:r></w:p></w:txbxContent>", "</w:r></w:p></w:txbxContent>");
    assert_eq!(text(&only_fallback), "out\n\nin");
}

#[test]
fn a_table_of_one_column_is_no_table() {
    assert_eq!(text(&table(&[&["one"], &["two"]])), "one\ntwo");
}

#[test]
fn a_table_of_speakers_is_a_conversation() {
    let talk: [&[&str]; 5] = [
        &["Speaker", "Words"],
        &["Interviewer", "How was it?"],
        &["Ana:", "Well."],
        &["", "And good."],
        &["Interviewer", "Thanks."],
    ];
    let draft = body(&table(&talk)).draft;
    assert_eq!(labels(&draft), ["Interviewer", "Ana"]);
    let expected = [("Interviewer", "How was it?"), ("Ana", "Well.\nAnd good."), ("Interviewer", "Thanks.")];
    assert_eq!(turns(&draft), expected.map(|(label, words)| (label.to_owned(), words.to_owned())));
    let timed: [&[&str]; 3] = [&["00:00:05", "I", "So?"], &["00:01:10", "P1", "Yes."], &["00:01:20", "I", "Ah."]];
    let draft = body(&table(&timed)).draft;
    assert_eq!(draft.units.iter().map(|unit| unit.time).collect::<Vec<_>>(), [Some(5.0), Some(70.0), Some(80.0)]);
    assert_eq!(turns(&draft)[1], ("P1".to_owned(), "Yes.".to_owned()));
}

#[test]
fn a_teams_transcript_has_speakers_and_times() {
    let cue = |time: &str, name: &str, words: &str| {
        paragraph(&format!("{time}</w:t><w:br/><w:t>{name}</w:t><w:br/><w:t>{words}"))
    };
    let xml = cue("0:0:0.0 --&gt; 0:0:1.510", "Some Body", "OK. Yeah.")
        + &cue("0:0:3.270 --&gt; 0:0:4.250", "James Bond", "Umm.")
        + &table(&[&["saved-by", "Dennis"]]);
    let draft = body(&xml).draft;
    let expected = [("Some Body", "OK. Yeah."), ("James Bond", "Umm.")];
    assert_eq!(turns(&draft)[..1], expected.map(|(label, words)| (label.to_owned(), words.to_owned()))[..1]);
    assert_eq!(labels(&draft), ["Some Body", "James Bond"]);
    assert_eq!(draft.units[1].time, Some(3.27));
}

#[test]
fn a_table_of_themes_is_none() {
    let themes: [&[&str]; 4] = [
        &["Trust", "I trusted her from the start."],
        &["Trust", "She kept her word."],
        &["Hope", "There was a plan."],
        &["Hope", "It got better then."],
    ];
    let draft = body(&table(&themes)).draft;
    assert_eq!(draft.header.turns, 0);
    let people: [&[&str]; 3] = [&["Name", "Work"], &["P1", "Nurse"], &["P2", "General practitioner"]];
    assert_eq!(body(&table(&people)).draft.text, "Name | Work\nP1 | Nurse\nP2 | General practitioner");
    assert!(draft.text.starts_with("Trust | I trusted her"));
}

const NUMBERING: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

fn point(words: &str, level: usize) -> String {
    let list = format!("<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>");
    paragraph(words).replace("<w:p>", &format!("<w:p>{list}"))
}

#[test]
fn points_have_their_numbers() {
    let points = point("Be on time", 0) + &point("or call", 1) + &point("Listen", 0) + &point("", 0);
    let draft = import(&[("word/document.xml", &document(&points)), ("word/numbering.xml", NUMBERING)]).draft;
    assert_eq!(draft.text, "1. Be on time\n• or call\n2. Listen\n");
    let speech = draft.units.iter().map(|unit| unit.speech[0].span.of(&draft.text).unwrap());
    assert_eq!(speech.collect::<Vec<_>>(), ["1. Be on time", "• or call", "2. Listen"]);
    let talk = point("I: So?", 0) + &point("P1: Yes.", 0) + &point("I: And?", 0) + &point("P1: No.", 0);
    let draft = import(&[("word/document.xml", &document(&talk)), ("word/numbering.xml", NUMBERING)]).draft;
    assert_eq!(draft.header.turns, 4, "numbered paragraphs may be turns");
    assert_eq!(draft.text.lines().next(), Some("1. I: So?"));
    assert_eq!(turns(&draft)[0], ("I".to_owned(), "So?".to_owned()), "and then nobody says the numbers");
}

#[test]
fn notes_stand_at_the_end_and_their_marks_are_nobodys_words() {
    let reference = |id: usize| format!("<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>");
    let text = format!(
        "<w:p><w:r><w:t>P1: Trust</w:t></w:r>{}<w:r><w:t> grew.</w:t></w:r></w:p>{}<w:p><w:r><w:t>P1: So</w:t></w:r>{}</w:p>",
        reference(7),
        paragraph("I: Why?"),
        reference(3)
    );
    let note = |id: usize, words: &str| {
        format!("<w:footnote w:id=\"{id}\">{}{}</w:footnote>", paragraph(words), paragraph("too"))
    };
    let separator = "<w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>";
    let notes = format!("<w:footnotes>{separator}{}{}</w:footnotes>", note(3, " Second"), note(7, "First"));
    let imported = import(&[("word/document.xml", &document(&text)), ("word/footnotes.xml", &notes)]);
    let draft = &imported.draft;
    assert_eq!(draft.text, "P1: Trust[1] grew.\nI: Why?\nP1: So[2]\n[1] First\ntoo\n[2] Second\ntoo");
    assert_eq!(turns(draft)[0].1, "Trust|grew.");
    assert_eq!(draft.units[3].kind, UnitKind::Paragraph);
    assert_eq!(draft.units[3].speaker, None);
    assert_eq!(codes(&imported)[0], "footnotes");
}

#[test]
fn comments_are_notes_on_the_words_they_are_about() {
    let text = "<w:p><w:r><w:t>She </w:t></w:r><w:commentRangeStart w:id=\"1\"/><w:r><w:t>kept her word </w:t></w:r>\
        <w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r><w:r><w:t>then</w:t></w:r></w:p>\
        <w:p><w:r><w:t>whole line</w:t></w:r><w:r><w:commentReference w:id=\"2\"/></w:r></w:p>";
    let comment = |id: usize, words: &str| {
        format!("<w:comment w:id=\"{id}\" w:author=\"Jo &amp; Bo\">{}</w:comment>", paragraph(words))
    };
    let comments = format!("<w:comments>{}{}</w:comments>", comment(1, "Trust?"), comment(2, "Why"));
    let imported = import(&[("word/document.xml", &document(text)), ("word/comments.xml", &comments)]);
    let draft = &imported.draft;
    assert_eq!(draft.text, "She kept her word then\nwhole line");
    let notes: Vec<(Option<&str>, &str)> =
        draft.notes.iter().map(|note| (note.span.and_then(|span| span.of(&draft.text)), note.text.as_str())).collect();
    assert_eq!(notes, [(Some("kept her word"), "Trust?"), (Some("whole line"), "Why")]);
    assert_eq!(draft.notes[0].author.as_deref(), Some("Jo & Bo"));
    assert_eq!(codes(&imported)[0], "comments-set-apart");
}

#[test]
fn fields_show_their_results_and_hidden_words_are_counted() {
    let field = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>\
        <w:r><w:t>12</w:t></w:r><w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr><w:alias/></w:sdtPr>\
        <w:sdtContent><w:smartTag><w:r><w:t> tag</w:t></w:r></w:smartTag></w:sdtContent></w:sdt>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> seen</w:t></w:r></w:p>";
    let imported = body(field);
    assert_eq!(imported.draft.text, "12 link tag seen");
    assert_eq!(losses(&imported), [(Loss::Hidden, 6)]);
    assert_eq!(codes(&imported)[0], "dropped");
}

#[test]
fn text_that_stands_in_no_run_is_counted() {
    let stray = table(&[&["a", "b"]]).replace("<w:tc>", "true<w:tc>");
    let imported = body(&stray);
    assert_eq!((imported.draft.text.as_str(), losses(&imported)), ("a | b", vec![(Loss::Stray, 8)]));
    let unknown = document(&paragraph("a").replace("</w:r>", "<w:new>word</w:new></w:r>"));
    let imported = read(&request("a.docx", &docx(&[("word/document.xml", &unknown)]), INTERVIEW)).unwrap();
    assert_eq!(losses(&imported), [(Loss::Unread, 4)], "what an element nobody knows holds");
}

#[test]
fn symbols_readings_and_formulas() {
    let odd = "<w:p><w:r><w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/><w:sym w:font=\"Symbol\" w:char=\"F061\"/>\
        <w:sym w:font=\"Webdings\" w:char=\"F021\"/></w:r><w:r><w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr><w:t>\u{f0ae}</w:t></w:r>\
        <w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase></w:ruby></w:r>\
        <m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>";
    let imported = body(odd);
    assert_eq!(imported.draft.text, "✓α\u{fffd}→漢1/2");
    assert_eq!(losses(&imported), [(Loss::Reading, 3), (Loss::Symbol, 1)]);
}

#[test]
fn headers_are_kept_beside_the_text_and_charts_are_counted() {
    let header = format!("<w:hdr>{}</w:hdr>", paragraph("Site 4"));
    let imported = import(&[
        ("word/document.xml", &document(&paragraph("Text"))),
        ("word/header1.xml", &header),
        ("word/header2.xml", &header),
        ("word/footer1.xml", &format!("<w:ftr>{}</w:ftr>", paragraph("3"))),
        ("word/charts/chart1.xml", "<c:chart><a:t>Axis</a:t></c:chart>"),
    ]);
    assert_eq!(imported.draft.text, "Text");
    let particulars: Vec<_> = imported.draft.header.particulars.iter().collect();
    assert_eq!(particulars, [(&"header".to_owned(), &"Site 4".to_owned())]);
    assert_eq!(losses(&imported), [(Loss::Drawing, 4)]);
}

#[test]
fn the_text_is_found_wherever_the_package_says_it_is() {
    let rels = r#"<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="/text/main.xml"/></Relationships>"#;
    let found = import(&[("_rels/.rels", rels), ("text/main.xml", &document(&paragraph("here")))]);
    assert_eq!(found.draft.text, "here");
    let numbered = import(&[("word/document2.xml", &document(&paragraph("there")))]);
    assert_eq!(numbered.draft.text, "there");
}

#[test]
fn pictures_say_what_they_show_and_nobody_says_it() {
    let picture = "<w:p><w:r><w:t>P1: Like</w:t></w:r><w:r><w:drawing><wp:inline><wp:docPr descr=\"a  map\"/><a:blip/></wp:inline></w:drawing></w:r>\
        <w:r><w:t xml:space=\"preserve\"> this.</w:t></w:r></w:p>";
    let imported = body(&format!("{}{picture}{}", paragraph("I: So?"), paragraph("I: Ah.") + &paragraph("P1: Yes.")));
    assert_eq!(imported.draft.text.lines().nth(1), Some("P1: Like [picture: a map] this."));
    assert_eq!(turns(&imported.draft)[1].1, "Like|this.");
    assert_eq!(losses(&imported), [(Loss::Picture, 1)]);
}

#[test]
fn web_pages_and_texts_within_are_read_where_they_stand() {
    let chunk = |id: &str| format!("<w:altChunk r:id=\"{id}\"/>");
    let relation = |id: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"http://x/relationships/aFChunk\" Target=\"{target}\"/>")
    };
    let text = paragraph("before") + &chunk("a") + &chunk("b") + &chunk("c") + &paragraph("after");
    let relations = relation("a", "/word/a.html") + &relation("b", "b.txt") + &relation("c", "c.docx");
    let imported = import(&[
        ("word/document.xml", &document(&text)),
        ("word/_rels/document.xml.rels", &format!("<Relationships>{relations}</Relationships>")),
        ("word/a.html", "<h1>Page</h1><p>of <b>words</b>"),
        ("word/b.txt", "a line"),
        ("word/c.docx", "PK"),
    ]);
    assert_eq!(imported.draft.text, "before\nPage\nof words\na line\nafter");
    assert_eq!(losses(&imported), [(Loss::Embedded, 1)]);
}

#[test]
fn a_document_of_word_2003_is_read() {
    let text = "<wx:sect><w:p><w:pPr><w:listPr><w:ilvl w:val=\"0\"/><w:ilfo w:val=\"1\"/><wx:t wx:val=\"1.\"/></w:listPr></w:pPr>\
        <w:r><w:t>Trust</w:t></w:r><w:r><w:footnote><w:p><w:r><w:t>Noted</w:t></w:r></w:p></w:footnote></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr><aml:annotation aml:id=\"1\" w:type=\"Word.Comment.Start\"/><w:r><w:t>Head</w:t></w:r>\
        <aml:annotation aml:id=\"1\" w:type=\"Word.Comment.End\"/><w:r><aml:annotation aml:id=\"1\" aml:author=\"Jo\" w:type=\"Word.Comment\">\
        <aml:content><w:p><w:r><w:t>Really?</w:t></w:r></w:p></aml:content></aml:annotation></w:r>\
        <aml:annotation w:type=\"Word.Deletion\"><aml:content><w:r><w:delText>old</w:delText></w:r></aml:content></aml:annotation></w:p>\
        <w:p><w:r><w:pict><w:binData w:name=\"x\">aGVsbG8=</w:binData></w:pict></w:r></w:p>\
        <w:sectPr><w:hdr w:type=\"odd\"><w:p><w:r><w:t>Site 4</w:t></w:r></w:p></w:hdr></w:sectPr></wx:sect>";
    let styles = "<w:styles><w:style w:styleId=\"H\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    let file = format!(
        "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument xmlns:w=\"x\">\
         <o:DocumentProperties><o:Title>T</o:Title></o:DocumentProperties>{styles}<w:body>{text}</w:body></w:wordDocument>"
    );
    let imported = read(&request("a.xml", file.as_bytes(), INTERVIEW)).unwrap();
    let draft = &imported.draft;
    assert_eq!(draft.text, "1. Trust[1]\nHead\n\n[1] Noted");
    assert_eq!(draft.units[1].kind, UnitKind::Heading);
    let note = &draft.notes[0];
    assert_eq!((note.span.unwrap().of(&draft.text), note.author.as_deref()), (Some("Head"), Some("Jo")));
    assert_eq!(draft.header.particulars["header"], "Site 4");
    assert_eq!(losses(&imported), [(Loss::Deleted, 3)]);
}

#[test]
fn one_xml_file_may_hold_it_all() {
    let part =
        |name: &str, xml: &str| format!("<pkg:part pkg:name=\"{name}\"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>");
    let notes = format!("<w:footnotes><w:footnote w:id=\"1\">{}</w:footnote></w:footnotes>", paragraph("note"));
    let flat = format!(
        "<?xml version=\"1.0\"?><pkg:package>{}{}</pkg:package>",
        part("/word/document.xml", &document(&paragraph("flat"))),
        part("/word/footnotes.xml", &notes)
    );
    let draft = read(&request("a.xml", flat.as_bytes(), INTERVIEW)).unwrap().draft;
    assert_eq!((draft.format, draft.text.as_str()), ("docx", "flat\nnote"));
}

proptest! {
    #[test]
    fn no_part_trips_it(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>word</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>",
        "<w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr>", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", "<w:br/>",
        "<w:footnoteReference w:id=\"1\"/>", "<w:footnote w:id=\"1\">", "</w:footnote>", "<w:commentRangeStart w:id=\"1\"/>",
        "<w:commentRangeEnd w:id=\"1\"/>", "<w:comment w:id=\"1\">", "</w:comment>", "<w:del>", "</w:del>", "<w:trPr><w:del/></w:trPr>",
        "<mc:AlternateContent>", "</mc:AlternateContent>", "<mc:Choice>", "</mc:Choice>", "<mc:Fallback>", "</mc:Fallback>",
        "<w:rPr><w:vanish/></w:rPr>", "I: so", "<w:sym/>",
    ]), 0..30)) {
        let parts = [("word/document.xml", document(&pieces.concat())), ("word/numbering.xml", NUMBERING.to_owned())];
        let parts: Vec<(&str, &str)> = parts.iter().map(|(name, xml)| (*name, xml.as_str())).collect();
        if let Ok(imported) = read(&request("a.docx", &docx(&parts), INTERVIEW)) {
            sound(&imported.draft);
        }
    }
}
