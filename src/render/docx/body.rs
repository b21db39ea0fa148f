//! Paragraphs and tables as WordprocessingML.

use super::{Block, Comment, Face, Grid, Inline, Paper, Paragraph, Style};
use super::{drawing, marks};
use crate::picture::measure;
use crate::render::{Print, visible};
use quick_xml::escape::escape;
use std::fmt::Write;

pub const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
pub const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Sides of an A4 page, in twentieths of a point.
const SHORT: usize = 11906;
const LONG: usize = 16838;
/// In twentieths of a point: 2 cm, 1.5 where a paper is set closer, and 3 in large print.
const MARGIN: usize = 1134;
const CLOSE_MARGIN: usize = 850;
const WIDE_MARGIN: usize = 1701;

/// The part `word/document.xml`, without the declaration.
pub fn document(paper: &Paper, print: Print) -> String {
    let margin = match print {
        Print::Large => WIDE_MARGIN,
        Print::Usual if paper.is_close => CLOSE_MARGIN,
        Print::Usual => MARGIN,
    };
    let (across, down, turned) =
        if paper.is_wide { (LONG, SHORT, " w:orient=\"landscape\"") } else { (SHORT, LONG, "") };
    // Pages of a paper in parts are counted part by part.
    let anew = if paper.has_parts() { "<w:pgNumType w:start=\"1\"/>" } else { "" };
    let section = format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"{across}\" w:h=\"{down}\"{turned}/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" w:header=\"709\" \
         w:footer=\"567\" w:gutter=\"0\"/>{anew}</w:sectPr>"
    );
    let mut xml = format!("<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><w:body>");
    for (at, block) in paper.blocks.iter().enumerate() {
        let after = at.checked_sub(1).map(|before| &paper.blocks[before]);
        match block {
            Block::Drawing(_) if print == Print::Large => {}
            Block::Drawing(picture) => drawing::put(&mut xml, picture, at + 1, across - 2 * margin),
            Block::Marks(figure) => marks::put(&mut xml, figure, across - 2 * margin),
            Block::Paragraph(one) => paragraph(&mut xml, one, matches!(after, Some(Block::PageBreak))),
            Block::Table(grid) => table(&mut xml, grid, across - 2 * margin),
            // A paragraph that follows begins the page itself: none stands empty before it.
            Block::PageBreak if matches!(paper.blocks.get(at + 1), Some(Block::Paragraph(_))) => {}
            Block::PageBreak => xml.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            Block::NewPart => put(&mut xml, format_args!("<w:p><w:pPr>{section}</w:pPr></w:p>")),
        }
    }
    put(&mut xml, format_args!("{section}</w:body></w:document>"));
    xml
}

/// The part `word/footer1.xml`; of a paper in parts without the number of all pages, which is nobody's.
pub fn footer(paper: &Paper) -> String {
    let field = |name: &str| format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>");
    let mut xml = format!("<w:ftr xmlns:w=\"{MAIN}\"><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>");
    run(&mut xml, &format!("{} · page ", paper.footer), Face::Plain);
    xml.push_str(&field("PAGE"));
    if !paper.has_parts() {
        put(&mut xml, format_args!("<w:r><w:t xml:space=\"preserve\"> of </w:t></w:r>{}", field("NUMPAGES")));
    }
    xml.push_str("</w:p></w:ftr>");
    xml
}

/// The part `word/comments.xml`.
pub fn comments(comments: &[Comment]) -> String {
    let mut xml = format!("<w:comments xmlns:w=\"{MAIN}\">");
    for (id, comment) in comments.iter().enumerate() {
        let initials: String = comment.author.split_whitespace().filter_map(|name| name.chars().next()).collect();
        let (author, initials) = (safe(&comment.author), safe(&initials));
        put(&mut xml, format_args!("<w:comment w:id=\"{id}\" w:author=\"{author}\" w:initials=\"{initials}\">"));
        for line in comment.text.lines() {
            xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>");
            run(&mut xml, line, Face::Plain);
            xml.push_str("</w:p>");
        }
        xml.push_str("</w:comment>");
    }
    xml.push_str("</w:comments>");
    xml
}

fn paragraph(xml: &mut String, one: &Paragraph, begins_page: bool) {
    let begins = if begins_page { "<w:pageBreakBefore/>" } else { "" };
    put(xml, format_args!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{begins}</w:pPr>", name(one.style)));
    for inline in &one.content {
        match inline {
            Inline::Text(text, face) => run(xml, text, *face),
            Inline::Tab => xml.push_str("<w:r><w:tab/></w:r>"),
            Inline::Begin(id) => put(xml, format_args!("<w:commentRangeStart w:id=\"{id}\"/>")),
            Inline::End(id) => put(
                xml,
                format_args!(
                    "<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr>\
                     <w:commentReference w:id=\"{id}\"/></w:r>"
                ),
            ),
        }
    }
    xml.push_str("</w:p>");
}

/// The id of a style in `styles.xml`.
fn name(style: Style) -> &'static str {
    match style {
        Style::Title => "Title",
        Style::Subtitle => "Subtitle",
        Style::Heading(0 | 1) => "Heading1",
        Style::Heading(2) => "Heading2",
        Style::Heading(3) => "Heading3",
        Style::Heading(_) => "Heading4",
        Style::Body => "BodyText",
        Style::Together => "Together",
        Style::Turn => "Turn",
        Style::Quote => "Quote",
        Style::Source => "QuoteSource",
        Style::Note => "Note",
        Style::Notice => "Notice",
        Style::Point => "Point",
        Style::Caption => "Caption",
        Style::Cell => "Cell",
        Style::CellQuote => "CellQuote",
        Style::CellSource => "CellSource",
        Style::CellHead => "CellHead",
    }
}

pub(super) fn run(xml: &mut String, text: &str, face: Face) {
    xml.push_str("<w:r>");
    xml.push_str(match face {
        Face::Plain => "",
        Face::Strong => "<w:rPr><w:b/></w:rPr>",
        Face::Emphasis => "<w:rPr><w:i/></w:rPr>",
        Face::Faint => "<w:rPr><w:color w:val=\"595959\"/></w:rPr>",
        Face::Small => "<w:rPr><w:rStyle w:val=\"Small\"/></w:rPr>",
    });
    for (nth, line) in text.split('\n').enumerate() {
        if nth > 0 {
            xml.push_str("<w:br/>");
        }
        if !line.is_empty() {
            put(xml, format_args!("<w:t xml:space=\"preserve\">{}</w:t>", safe(line)));
        }
    }
    xml.push_str("</w:r>");
}

fn table(xml: &mut String, grid: &Grid, width: usize) {
    let columns = grid.head.as_ref().map(Vec::len).or_else(|| grid.rows.first().map(Vec::len)).unwrap_or(1).max(1);
    let widths = widths(grid, columns, width);
    xml.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>");
    for width in &widths {
        put(xml, format_args!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.push_str("</w:tblGrid>");
    if let Some(head) = &grid.head {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (title, width) in head.iter().zip(&widths) {
            // On the page of the first row, never alone at the foot of the one before.
            put(
                xml,
                format_args!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:keepNext/></w:pPr>"
                ),
            );
            run(xml, title, Face::Strong);
            xml.push_str("</w:p></w:tc>");
        }
        xml.push_str("</w:tr>");
    }
    for row in &grid.rows {
        let letters: usize = row.iter().map(|content| text(content).len()).sum();
        xml.push_str(if letters <= SHORT_ROW { "<w:tr><w:trPr><w:cantSplit/></w:trPr>" } else { "<w:tr>" });
        for (at, (content, width)) in row.iter().zip(&widths).enumerate() {
            let spanned = if at + 1 == row.len() { &widths[at..] } else { std::slice::from_ref(width) };
            cell(xml, spanned, content);
        }
        xml.push_str("</w:tr>");
    }
    // A paragraph must part a table from what follows.
    xml.push_str("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr></w:p>");
}

/// Widths of the columns of a table so wide, in twentieths of a point: room for the longest word of each, so that none is broken,
/// and beyond that by how much stands in them, so that no column runs on long after the others. A heading may wrap: it asks for
/// its words alone.
fn widths(grid: &Grid, columns: usize, width: usize) -> Vec<usize> {
    if grid.is_even {
        return vec![width / columns; columns];
    }
    let whole = |row: &&Vec<Vec<Paragraph>>| row.len() == columns;
    let cells =
        |at: usize| grid.rows.iter().filter(whole).filter_map(move |row| row.get(at)).map(|content| text(content));
    let title = |at: usize| grid.head.as_ref().and_then(|head| head.get(at)).cloned().unwrap_or_default();
    let least: Vec<usize> = (0..columns)
        .map(|at| cells(at).chain([title(at)]).map(|text| longest(&text)).max().unwrap_or(0).min(WORD) + EDGES)
        .collect();
    // Of squares, so that a column with a few long cells among empty ones is not as narrow as they are.
    let squares = |at| cells(at).map(|text| text.chars().count().pow(2)).sum::<usize>();
    let usual = |at| (squares(at) / grid.rows.len().max(1)).isqrt();
    let wanted: Vec<usize> = (0..columns).map(|at| usual(at).clamp(*LETTERS.start(), *LETTERS.end())).collect();
    let taken: usize = least.iter().sum();
    if taken >= width {
        return least.iter().map(|least| least * width / taken).collect();
    }
    shared_out(&least, &wanted, width)
}

/// Letters of a usual cell; those beyond make no column wider.
const LETTERS: std::ops::RangeInclusive<usize> = 6..=400;
/// The longest word that has a right to its room, and the room of the edges of a cell.
const WORD: usize = 1600;
const EDGES: usize = 230;
/// Of the letters in a cell, in twentieths of a point; `styles.xml` says the same.
const SIZE: i32 = 180;

/// A room shared out as wanted, to nobody less than the least that each must have.
fn shared_out(least: &[usize], wanted: &[usize], room: usize) -> Vec<usize> {
    let mut is_fixed = vec![false; least.len()];
    loop {
        let fixed: usize = least.iter().zip(&is_fixed).filter(|(_, is_fixed)| **is_fixed).map(|(least, _)| least).sum();
        let asking: usize = wanted.iter().zip(&is_fixed).filter(|(_, is_fixed)| !**is_fixed).map(|(n, _)| n).sum();
        let share = |at: usize| if is_fixed[at] { least[at] } else { (room - fixed) * wanted[at] / asking.max(1) };
        let Some(short) = (0..least.len()).find(|at| share(*at) < least[*at]) else {
            return (0..least.len()).map(share).collect();
        };
        is_fixed[short] = true;
    }
}

/// The longest piece that a line is not broken in. Measured by a face wider than the one set, so that bold letters fit too.
fn longest(text: &str) -> usize {
    let parts = |letter: char| letter != '\u{a0}' && letter.is_whitespace() || letter == '-';
    let pieces = text.split_inclusive(parts);
    pieces.map(|piece| usize::try_from(measure::width(piece.trim_end(), SIZE)).unwrap_or(0)).max().unwrap_or(0)
}

/// The text of a cell, a line a paragraph.
fn text(content: &[Paragraph]) -> String {
    let said = |one: &Paragraph| -> String {
        one.content.iter().map(|inline| if let Inline::Text(text, _) = inline { text.as_str() } else { "" }).collect()
    };
    content.iter().map(said).collect::<Vec<_>>().join("\n")
}

/// Letters of a row that is kept on one page.
const SHORT_ROW: usize = 800;

/// A cell over columns so wide; one over several heads the rows below.
fn cell(xml: &mut String, widths: &[usize], content: &[Paragraph]) {
    let width: usize = widths.iter().sum();
    let span = match widths.len() {
        0 | 1 => String::new(),
        many => format!("<w:gridSpan w:val=\"{many}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F4F1\"/>"),
    };
    put(xml, format_args!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}</w:tcPr>"));
    for one in content {
        paragraph(xml, one, false);
    }
    if content.is_empty() {
        xml.push_str("<w:p/>");
    }
    xml.push_str("</w:tc>");
}

/// Escaped, without what XML cannot hold.
pub fn safe(text: &str) -> String {
    let holds = |letter: &char| !matches!(letter, '\u{fffe}' | '\u{ffff}');
    escape(visible(text).chars().filter(holds).collect::<String>()).into_owned()
}

/// Writing to a string cannot fail.
fn put(xml: &mut String, text: std::fmt::Arguments) {
    let _ = xml.write_fmt(text);
}
