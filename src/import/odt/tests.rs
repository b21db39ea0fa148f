//! OpenDocument texts made up part by part, and real ones.

use crate::import::tests::{INTERVIEW, code, docx, losses, request, sound, turns};
use crate::import::{Imported, Loss, read};

fn content(styles: &str, text: &str) -> String {
    format!(
        "<office:document-content><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    )
}

fn import(styles: &str, text: &str) -> Imported {
    parts(&[("content.xml", &content(styles, text))])
}

fn parts(parts: &[(&str, &str)]) -> Imported {
    let imported = read(&request("a.odt", &docx(parts), INTERVIEW)).unwrap();
    sound(&imported.draft);
    let unread = imported.dropped.iter().find(|one| one.what == Loss::Unread);
    assert_eq!(unread, None, "{}", imported.draft.text);
    imported
}

fn text(xml: &str) -> String {
    import("", xml).draft.text
}

#[test]
fn spaces_run_together_unless_they_are_said() {
    let xml = "<text:p>  one\n   two <text:span> three</text:span><text:s text:c=\"3\"/>four<text:tab/>five<text:line-break/> six</text:p>";
    assert_eq!(text(xml), "one two three   four\tfive\nsix");
    assert!(text("<text:p>a<text:s text:c=\"999999999\"/>b</text:p>").len() < 2_000);
}

const LIST: &str = "<text:list-style style:name=\"L\">\
    <text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\" text:start-value=\"4\"/>\
    <text:list-level-style-number text:level=\"2\" style:num-format=\"a\" style:num-suffix=\")\" text:display-levels=\"2\"/>\
    <text:list-level-style-bullet text:level=\"3\" text:bullet-char=\"\u{f0b7}\"/></text:list-style>";

#[test]
fn points_have_their_numbers() {
    let item = |words: &str| format!("<text:list-item><text:p>{words}</text:p></text:list-item>");
    let list = |attributes: &str, inner: &str| format!("<text:list {attributes}>{inner}</text:list>");
    let inner = list("", &(item("deep") + &item("er")));
    let deepest = list("", &format!("<text:list-item>{}</text:list-item>", list("", &item("dot"))));
    let first = format!(
        "{}<text:list-item><text:p>two</text:p><text:p>more</text:p>{inner}{deepest}</text:list-item>",
        item("one")
    );
    let on = list("text:style-name=\"L\" text:continue-numbering=\"true\"", &item("three"));
    let new = list(
        "text:style-name=\"L\"",
        &format!("<text:list-header><text:p>head</text:p></text:list-header>{}", item("a")),
    );
    let xml = format!("{}{on}{new}", list("text:style-name=\"L\"", &first));
    let found = import(LIST, &xml).draft.text;
    assert_eq!(found, "4. one\n5. two\nmore\n5.a) deep\n5.b) er\n• dot\n6. three\nhead\n4. a");
}

#[test]
fn headings_are_numbered_where_the_outline_says() {
    let outline = "<office:styles><text:outline-style>\
        <text:outline-level-style text:level=\"1\" style:num-format=\"1\"/>\
        <text:outline-level-style text:level=\"2\" style:num-format=\"1\" text:display-levels=\"2\"/></text:outline-style></office:styles>";
    let heading = |level: usize, words: &str| format!("<text:h text:outline-level=\"{level}\">{words}</text:h>");
    let text = heading(1, "a") + &heading(2, "b") + &heading(2, "c") + &heading(1, "d") + &heading(2, "e");
    let found = parts(&[("content.xml", &content("", &text)), ("styles.xml", &format!("<s>{outline}</s>"))]).draft;
    assert_eq!(found.text, "1 a\n1.1 b\n1.2 c\n2 d\n2.1 e");
    assert_eq!(found.units[1].speech[0].span.of(&found.text), Some("1.1 b"));
}

#[test]
fn notes_comments_and_changes() {
    let xml = "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Jo</dc:creator></office:change-info>\
        <text:p>old</text:p></text:deletion></text:changed-region><text:changed-region><text:insertion/></text:changed-region></text:tracked-changes>\
        <text:p>Trust<text:note text:id=\"n1\"><text:note-citation>i</text:note-citation><text:note-body><text:p>See Adams.</text:p></text:note-body></text:note> \
        <office:annotation office:name=\"c\"><dc:creator>Jo</dc:creator><dc:date>2026</dc:date><text:p>Whose?</text:p></office:annotation>grew then<office:annotation-end office:name=\"c\"/>.</text:p>";
    let imported = import("", xml);
    let draft = &imported.draft;
    assert_eq!(draft.text, "Trust[1] grew then.\n[1] See Adams.");
    assert_eq!(losses(&imported), [(Loss::Deleted, 3)]);
    let note = &draft.notes[0];
    assert_eq!(note.span.unwrap().of(&draft.text), Some("grew then"));
    assert_eq!((note.author.as_deref(), note.text.as_str()), (Some("Jo"), "Whose?"));
    assert!(imported.warnings[0].message.contains("1 deletion left out, 1 insertion kept"));
}

#[test]
fn tables_boxes_and_what_is_hidden() {
    let cell = |words: &str| format!("<table:table-cell><text:p>{words}</text:p></table:table-cell>");
    let row = |cells: &[&str]| {
        format!("<table:table-row>{}</table:table-row>", cells.iter().map(|words| cell(words)).collect::<String>())
    };
    let table = |rows: &[&[&str]]| {
        format!("<table:table>{}</table:table>", rows.iter().map(|cells| row(cells)).collect::<String>())
    };
    assert_eq!(text(&table(&[&["a", "b"], &["c", "d"]])), "a | b\nc | d");
    let talk = import("", &table(&[&["I", "So?"], &["P1", "Yes."], &["I", "Ah."]])).draft;
    assert_eq!(turns(&talk)[1], ("P1".to_owned(), "Yes.".to_owned()));
    let styles = "<style:style style:name=\"H\"><style:text-properties text:display=\"none\"/></style:style>";
    let xml = "<text:p>out<draw:frame><draw:text-box><text:p>in</text:p></draw:text-box></draw:frame>side <text:span text:style-name=\"H\">secret</text:span>\
        <text:hidden-text text:is-hidden=\"true\">x</text:hidden-text><draw:frame><draw:image/><svg:desc>cat</svg:desc></draw:frame></text:p>\
        <text:table-of-content><text:table-of-content-source><text:index-title-template>Toc</text:index-title-template></text:table-of-content-source>\
        <text:index-body><text:p>Part 1</text:p></text:index-body></text:table-of-content>";
    let imported = import(styles, xml);
    assert_eq!(imported.draft.text, "outside [picture: cat]\nin\nPart 1");
    assert_eq!(losses(&imported), [(Loss::Hidden, 7), (Loss::Picture, 1)]);
}

#[test]
fn headers_and_formulas() {
    let styles = "<office:document-styles><style:header-style/><office:master-styles><style:master-page><style:header><text:p>Site <text:page-number>4</text:page-number></text:p></style:header></style:master-page></office:master-styles></office:document-styles>";
    let formula = "<math xmlns=\"m\"><semantics><mrow><mi>E</mi><mo>=</mo><mn>2</mn></mrow><annotation>E = 2</annotation></semantics></math>";
    let text = content("", "<text:p>So <draw:frame><draw:object xlink:href=\"./Object 1\"/></draw:frame></text:p>");
    let draft = parts(&[("content.xml", &text), ("styles.xml", styles), ("Object 1/content.xml", formula)]).draft;
    assert_eq!(draft.text, "So E = 2");
    assert_eq!(draft.header.particulars["header"], "Site 4");
}

#[test]
fn one_xml_file_may_hold_it_all() {
    let flat = "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\">\
        <office:meta><dc:creator>Jo</dc:creator></office:meta><office:master-styles/><office:body><office:text><text:p>flat</text:p></office:text></office:body></office:document>";
    let imported = read(&request("a.fodt", flat.as_bytes(), INTERVIEW)).unwrap();
    assert_eq!((imported.draft.text.as_str(), imported.dropped.len()), ("flat", 0));
}

#[test]
fn what_is_no_text_is_refused() {
    let locked = [("content.xml", "x"), ("META-INF/manifest.xml", "<manifest:encryption-data/>")];
    assert_eq!(code("a.odt", &docx(&locked)), "wrong-format");
    assert_eq!(code("a.odt", &docx(&[("content.xml", "<office:spreadsheet/>")])), "wrong-format");
    assert_eq!(code("a.odt", b"plain"), "wrong-format");
}
