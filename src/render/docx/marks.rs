//! A grid of marks as a table of Word: a sign on a shaded cell, headings that rise upright and stand on every page, and what
//! each sign means below.

use super::Face;
use super::body::run;
use crate::picture::Figure;
use crate::picture::figure::{Grid, Look, Mark};
use crate::picture::grid::look;
use crate::picture::measure;
use crate::render::figure::svg::ground;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Columns that a page of A4 holds.
pub const MOST: usize = 24;

/// Of one column of signs, at the most, in twentieths of a point.
const WIDEST: usize = 900;
/// Of the last column, that tells of each row.
const TOLD: usize = 1300;
/// For headings, at the most; a longer one goes on beside itself.
const HIGHEST: usize = 2200;
/// Of letters, and of the edges of a cell.
const SIZE: i32 = 180;
const EDGES: usize = 300;

/// Writes grid, signs and notes; `room` is the width of the page in twentieths of a point.
pub fn put(xml: &mut String, figure: &Figure, room: usize) {
    let Some(grid) = figure.grid() else { return };
    let told = grid.margins.as_ref().map_or(0, |_| TOLD);
    let each = ((room - told) * 3 / 5 / grid.columns.len().max(1)).min(WIDEST);
    let first = (room - told - each * grid.columns.len()).min(room * 3 / 5);
    xml.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    let columns = 1 + grid.columns.len() + usize::from(told > 0);
    let widths = std::iter::once(first).chain(grid.columns.iter().map(|_| each)).chain((told > 0).then_some(told));
    for width in widths {
        write(xml, format_args!("<w:gridCol w:w=\"{width}\"/>"));
    }
    xml.push_str("</w:tblGrid>");
    heads(xml, grid, (first, each));
    for (at, (item, marks)) in figure.items.iter().zip(&grid.marks).enumerate() {
        if let Some(heading) = grid.headings.get(&at) {
            over_rows(xml, columns, heading);
        }
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let text = [item.heading.as_str(), item.words.as_str()].join(" ");
        cell(xml, first, "", |xml| run(xml, text.trim(), Face::Plain));
        for mark in marks {
            sign(xml, each, *mark);
        }
        if let Some(margins) = &grid.margins {
            let said = margins.rows.get(at).map_or("", String::as_str);
            cell(xml, told, "", |xml| run(xml, said, Face::Plain));
        }
        xml.push_str("</w:tr>");
    }
    if let Some(margins) = grid.margins.as_ref().filter(|margins| !margins.columns.is_empty()) {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        cell(xml, first, "", |xml| run(xml, &margins.title, Face::Strong));
        for said in &margins.columns {
            cell(xml, each, "", |xml| run(xml, said, Face::Plain));
        }
        cell(xml, told, "", |_| ());
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    legend(xml, grid);
    for note in &figure.notes {
        paragraph(xml, |xml| run(xml, note, Face::Plain));
    }
}

fn heads(xml: &mut String, grid: &Grid, (first, each): (usize, usize)) {
    let longest = grid.columns.iter().map(|(short, _)| measure::width(short, SIZE)).max();
    let high = usize::try_from(longest.unwrap_or(0)).unwrap_or(0).saturating_add(EDGES).min(HIGHEST);
    write(
        xml,
        format_args!(
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"{high}\" w:hRule=\"exact\"/><w:tblHeader/></w:trPr>"
        ),
    );
    cell(xml, first, "", |_| ());
    for (short, _) in &grid.columns {
        cell(
            xml,
            each,
            "<w:tcMar><w:bottom w:w=\"80\" w:type=\"dxa\"/></w:tcMar><w:textDirection w:val=\"btLr\"/><w:vAlign w:val=\"center\"/>",
            |xml| {
                run(xml, short, Face::Strong);
            },
        );
    }
    if let Some(margins) = &grid.margins {
        cell(xml, TOLD, "<w:vAlign w:val=\"bottom\"/>", |xml| run(xml, &margins.title, Face::Strong));
    }
    xml.push_str("</w:tr>");
}

/// A heading over rows, on the page of the first.
fn over_rows(xml: &mut String, columns: usize, heading: &str) {
    write(
        xml,
        format_args!(
            "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val=\"{columns}\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"F4F4F1\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"CellHead\"/></w:pPr>"
        ),
    );
    run(xml, heading, Face::Strong);
    xml.push_str("</w:p></w:tc></w:tr>");
}

fn sign(xml: &mut String, width: usize, mark: Option<Mark>) {
    let colour = shade(mark.map_or(Look::Plain, look));
    let shaded = format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{colour}\"/><w:vAlign w:val=\"center\"/>");
    write(
        xml,
        format_args!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{shaded}</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:jc w:val=\"center\"/></w:pPr>"
        ),
    );
    run(xml, mark.map_or("", Mark::sign), Face::Strong);
    xml.push_str("</w:p></w:tc>");
}

fn shade(look: Look) -> String {
    ground(look).trim_start_matches('#').to_uppercase()
}

fn cell(xml: &mut String, width: usize, particulars: &str, content: impl FnOnce(&mut String)) {
    write(
        xml,
        format_args!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{particulars}</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"Cell\"/></w:pPr>"
        ),
    );
    content(xml);
    xml.push_str("</w:p></w:tc>");
}

/// Each sign that occurs, on its shade.
fn legend(xml: &mut String, grid: &Grid) {
    let marks: BTreeSet<Mark> = grid.marks.iter().flatten().flatten().copied().collect();
    paragraph(xml, |xml| {
        for mark in marks {
            write(
                xml,
                format_args!(
                    "<w:r><w:rPr><w:b/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{}\"/></w:rPr><w:t xml:space=\"preserve\"> {} </w:t></w:r>",
                    shade(look(mark)),
                    mark.sign()
                ),
            );
            run(xml, &format!(" {}    ", mark.title()), Face::Plain);
        }
    });
}

fn paragraph(xml: &mut String, content: impl FnOnce(&mut String)) {
    xml.push_str("<w:p><w:pPr><w:pStyle w:val=\"Cell\"/><w:spacing w:before=\"80\" w:after=\"40\"/></w:pPr>");
    content(xml);
    xml.push_str("</w:p>");
}

/// Writing to a string cannot fail.
fn write(xml: &mut String, text: std::fmt::Arguments) {
    let _ = xml.write_fmt(text);
}
