//! What is written is read back: by this tool's own reader, and by pandoc where it is installed.

use super::*;
use crate::import::{self, Limits, Request};
use crate::render::Print;
use crate::strand::SourceKind;
use std::io::{Cursor, Read};

fn text(text: &str) -> Inline {
    Inline::Text(text.to_owned(), Face::Plain)
}

fn paper() -> Paper {
    let cell = |words: &str| vec![Paragraph::plain(Style::Cell, words)];
    let content = vec![
        text("[1]"),
        Inline::Tab,
        text("She "),
        Inline::Begin(0),
        text("kept <her> & word"),
        Inline::End(0),
        text("\u{1} then."),
    ];
    Paper {
        title: "A \"title\"".to_owned(),
        properties: vec![("realist".to_owned(), "7f3a0c1d2e3f4a5b".to_owned())],
        is_wide: false,
        is_close: false,
        footer: "D1.gj".to_owned(),
        blocks: vec![
            Block::Paragraph(Paragraph::plain(Style::Title, "Numbered turns")),
            Block::Paragraph(Paragraph::plain(Style::Heading(1), "A heading")),
            Block::Paragraph(Paragraph { style: Style::Turn, content }),
            Block::Paragraph(Paragraph::plain(Style::Turn, "one line\nand another")),
            Block::Table(Grid {
                head: Some(vec!["For".to_owned(), "Against".to_owned()]),
                rows: vec![vec![cell("much"), cell("little")], vec![Vec::new(), cell("none")]],
                is_even: false,
            }),
            Block::PageBreak,
            Block::Paragraph(Paragraph::plain(Style::Body, "The end.")),
        ],
        comments: vec![Comment { author: "Jo & Bo".to_owned(), text: "#trust\nIs it?".to_owned() }],
    }
}

fn part(name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(write(&paper()))).unwrap();
    let mut xml = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
    xml
}

#[test]
fn the_words_of_a_row_have_most_of_the_page() {
    let cell = |words: &str| vec![Paragraph::plain(Style::Cell, words)];
    let row = || {
        vec![
            cell("E12.gj"),
            cell("H3.gj"),
            cell("against"),
            cell(&"She rang me. ".repeat(25)),
            cell("participant, interview"),
        ]
    };
    let head = ["Evidence", "Statement", "Bearing", "Passage", "Who"].map(str::to_owned);
    let grid = Grid { head: Some(head.to_vec()), rows: vec![row(), row()], is_even: false };
    let paper = Paper { blocks: vec![Block::Table(grid)], ..paper() };
    let xml = body::document(&paper, Print::Usual);
    let grids: Vec<&str> = xml.split("<w:gridCol w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let widths: Vec<usize> = grids.iter().map(|width| width.parse().unwrap()).collect();
    assert!(widths[3] * 3 > 9638, "{widths:?}");
    assert_eq!(xml.matches("<w:keepNext/>").count(), 5, "its head stays with the first row");
}

#[test]
fn a_column_is_as_wide_as_what_stands_in_it() {
    let cell = |words: &str| vec![Paragraph::plain(Style::Cell, words)];
    let grid = Grid {
        head: Some(vec!["Item".to_owned(), "What".to_owned()]),
        rows: vec![vec![cell("1"), cell("Decisions: read back and recorded, with dissent")]],
        is_even: false,
    };
    let paper = Paper { blocks: vec![Block::Table(grid)], ..paper() };
    let xml = body::document(&paper, Print::Usual);
    let grids: Vec<&str> = xml.split("<w:gridCol w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let widths: Vec<usize> = grids.iter().map(|width| width.parse().unwrap()).collect();
    assert!(widths[0] >= 4 * 115 && widths[0] * 3 < widths[1], "{widths:?}");
    assert!(widths.iter().sum::<usize>() <= 9638, "{widths:?}");
    let large = body::document(&paper, Print::Large);
    let grids = large.split("<w:gridCol w:w=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let widths: usize = grids.map(|width| width.parse::<usize>().unwrap()).sum();
    assert!(widths <= 11906 - 2 * 1701, "{widths} is wider than what the margins leave");
}

#[test]
fn both_sides_get_the_same_width_however_much_either_says() {
    let cell = |words: &str| vec![Paragraph::plain(Style::Cell, words)];
    let head = Some(vec!["For".to_owned(), "Against".to_owned()]);
    let grid = Grid { head, rows: vec![vec![cell(&"Much is said. ".repeat(40)), cell("Little.")]], is_even: true };
    let xml = body::document(&Paper { blocks: vec![Block::Table(grid)], ..paper() }, Print::Usual);
    let grids: Vec<&str> = xml.split("<w:gridCol w:w=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(grids[0], grids[1]);
}

#[test]
fn large_print_is_black_and_upright_and_no_letter_is_small() {
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(Cursor::new(package::archive(&paper(), Print::Large))).unwrap();
        let mut xml = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
        xml
    };
    let (styles, body) = (part("word/styles.xml"), part("word/document.xml"));
    for xml in [&styles, &body] {
        assert!(!xml.contains("<w:i/>") && !xml.contains("\"404040\"") && !xml.contains("\"595959\""), "{xml}");
    }
    let sizes = styles.split("<w:sz w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
    assert!(sizes.min() >= Some(36));
}

#[test]
fn pages_are_counted_part_by_part_and_a_page_begins_with_what_stands_on_it() {
    let heading = Block::Paragraph(Paragraph::plain(Style::Heading(1), "A heading"));
    let paper =
        Paper { blocks: vec![heading.clone(), Block::NewPart, heading.clone(), Block::PageBreak, heading], ..paper() };
    let xml = body::document(&paper, Print::Usual);
    assert!(xml.contains("<w:pageBreakBefore/>") && !xml.contains("w:type=\"page\""), "no empty page");
    assert_eq!(xml.matches("<w:pgNumType w:start=\"1\"/>").count(), 2);
    assert!(!body::footer(&paper).contains("NUMPAGES"));
}

#[test]
fn our_own_reader_finds_words_tables_comments_and_particulars() {
    let bytes = write(&paper());
    let request = Request {
        name: "a.docx",
        bytes: &bytes,
        kind: SourceKind::Grey,
        mapping: None,
        format: None,
        sheet: None,
        roles: &[],
        limits: Limits::default(),
    };
    let read = import::read(&request).unwrap();
    let lines: Vec<&str> = read.draft.text.lines().filter(|line| !line.trim().is_empty()).collect();
    assert_eq!(
        lines,
        [
            "Numbered turns",
            "A heading",
            "[1]\tShe kept <her> & word then.",
            "one line",
            "and another",
            "For | Against",
            "much | little",
            " | none",
            "The end."
        ]
    );
    assert_eq!(read.dropped, []);
    let note = &read.draft.notes[0];
    assert_eq!(note.span.unwrap().of(&read.draft.text), Some("kept <her> & word"));
    assert_eq!((note.author.as_deref(), note.text.as_str()), (Some("Jo & Bo"), "#trust\nIs it?"));
    assert_eq!(read.draft.header.particulars["realist"], "7f3a0c1d2e3f4a5b");
    assert!(read.draft.header.particulars["footer"].contains("D1.gj"));
}

#[test]
fn headings_repeat_the_language_is_set_and_every_style_is_there() {
    let body = part("word/document.xml");
    assert!(body.contains("<w:tblHeader/>"));
    let styles = part("word/styles.xml");
    assert!(styles.contains("<w:lang w:val=\"en-GB\""));
    for used in body.split("<w:pStyle w:val=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(styles.contains(&format!("w:styleId=\"{used}\"")), "{used}");
    }
    assert!(part("word/footer1.xml").contains("NUMPAGES"));
}

#[test]
fn the_same_paper_is_the_same_file() {
    assert_eq!(write(&paper()), write(&paper()));
}

#[test]
fn a_picture_is_drawn_in_shapes_and_left_out_in_large_print() {
    use crate::picture::draw::{Curve, Dashes, Group, Line, Patch, Words};
    use crate::picture::layout::Lane;
    use crate::picture::{Look, Picture};
    let words = Words {
        x: 10,
        y: 20,
        text: "Steps & <more>".to_owned(),
        size: 12,
        is_bold: true,
        is_centred: false,
        is_aslant: false,
    };
    let patch = Patch { x: 0, y: 0, width: 90, height: 40, look: Some(Look::Low) };
    let line = Line { corners: vec![(5, 90), (5, 40), (60, 40)], dashes: Dashes::Dotted, hover: String::new() };
    let lane = |left| Lane { left, right: left + 10, y: left };
    let curve = Curve {
        lanes: vec![lane(0), lane(40)],
        is_turned: true,
        thickness: 16,
        dashes: Dashes::Solid,
        hover: String::new(),
    };
    let picture = Picture {
        title: "Stairs".to_owned(),
        description: "Two \"steps\".".to_owned(),
        width: 1000,
        height: 500,
        lines: vec![line],
        curves: vec![curve],
        groups: vec![Group { patches: vec![patch], words: vec![words], ..Group::default() }],
        ..Picture::default()
    };
    let paper = Paper { blocks: vec![Block::Drawing(Box::new(picture))], ..paper() };
    let xml = body::document(&paper, Print::Usual);
    let mut reader = quick_xml::Reader::from_str(&xml);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    assert_eq!(xml.matches("<wps:wsp>").count(), 1 + 2 + 1 + 1, "a box, two stretches of a line, a curve, words");
    for part in
        ["descr=\"Two &quot;steps&quot;.\"", "Steps &amp; &lt;more&gt;", "prst=\"horz\"", "<a:tailEnd", "<a:headEnd"]
    {
        assert!(xml.contains(part), "{part} is not in {xml}");
    }
    let wide: i64 =
        xml.split("<wp:extent cx=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap();
    assert!(wide <= 9638 * 635, "no wider than the page");
    assert!(!body::document(&paper, Print::Large).contains("<wps:wsp>"));
}

#[test]
fn a_grid_of_marks_is_a_table_of_signs_on_shaded_cells() {
    use crate::picture::figure::{Grid as Signs, Margins, Mark, Shape};
    use crate::picture::{Figure, Item, Look};
    let item = Item {
        key: "row-1".to_owned(),
        heading: String::new(),
        words: "Shared <notes>".to_owned(),
        remark: String::new(),
        look: Look::Plain,
        inside: Vec::new(),
        layer: None,
    };
    let columns = ["Ours", "Theirs"].map(|name| (name.to_owned(), name.to_owned())).to_vec();
    let told =
        Margins { title: "Silent".to_owned(), rows: vec!["1 of 2".to_owned()], columns: vec!["0 of 1".to_owned(); 2] };
    let figure = Figure {
        key: "grid".to_owned(),
        title: "Grid".to_owned(),
        description: String::new(),
        items: vec![item],
        arrows: Vec::new(),
        shape: Shape::Grid(Signs {
            columns,
            marks: vec![vec![Some(Mark::Present), None]],
            headings: [(0, "Over all".to_owned())].into(),
            margins: Some(told),
            ..Signs::default()
        }),
        notes: vec!["Silence is not absence.".to_owned()],
        table: crate::table::Table::new(Vec::new()),
    };
    let paper = Paper { blocks: vec![Block::Marks(Box::new(figure))], ..paper() };
    let xml = body::document(&paper, Print::Usual);
    for part in [
        "w:fill=\"A9D3EE\"",
        "btLr",
        "<w:tblHeader/>",
        "Shared &lt;notes&gt;",
        " present",
        "Silence is not",
        "Over all",
        "1 of 2",
        "0 of 1",
        "<w:gridSpan w:val=\"4\"/>",
    ] {
        assert!(xml.contains(part), "{part} is not in {xml}");
    }
}
