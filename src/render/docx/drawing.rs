//! A picture as shapes of DrawingML, so that a word processor shows what a page shows, and its words can be searched and
//! changed. One group of boxes, lines and lines of words; the description stands with it for readers who do not see it.

use super::Face;
use super::body::{run, safe};
use crate::picture::Picture;
use crate::picture::draw::{Curve, Dashes, Line, Patch, Words};
use crate::picture::figure::Look;
use crate::picture::measure;
use crate::render::figure::svg::ground;
use std::fmt::Write;

const MARKUP: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";
const ON_PAGE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";
const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const GROUP: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
const SHAPE: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

/// English Metric Units of a pixel, and of a twentieth of a point.
const PIXEL: i64 = 9525;
const TWIP: i64 = 635;
/// The highest a drawing may be: 22 cm, so that its heading has room on the page.
const HIGHEST: i64 = 7_920_000;

/// Writes the picture as a paragraph `room` twentieths of a point wide at the most; `id` is unique in the document.
pub fn put(xml: &mut String, picture: &Picture, id: usize, room: usize) {
    let scale = Scale::of(picture, room);
    let (across, down) = (scale.of_pixels(picture.width), scale.of_pixels(picture.height));
    write(
        xml,
        format_args!(
            "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr><w:r><mc:AlternateContent xmlns:mc=\"{MARKUP}\">\
             <mc:Choice xmlns:wpg=\"{GROUP}\" Requires=\"wpg\"><w:drawing><wp:inline xmlns:wp=\"{ON_PAGE}\" distT=\"0\" \
             distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{across}\" cy=\"{down}\"/><wp:docPr id=\"{id}\" \
             name=\"{}\" descr=\"{}\"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"{MAIN}\"><a:graphicData uri=\"{GROUP}\">\
             <wpg:wgp xmlns:wps=\"{SHAPE}\"><wpg:cNvGrpSpPr/><wpg:grpSpPr>",
            safe(&picture.title),
            safe(&picture.description)
        ),
    );
    write(
        xml,
        format_args!(
            "<a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{across}\" cy=\"{down}\"/><a:chOff x=\"0\" y=\"0\"/>\
             <a:chExt cx=\"{across}\" cy=\"{down}\"/></a:xfrm></wpg:grpSpPr>"
        ),
    );
    picture.curves.iter().for_each(|one| curve(xml, &scale, one));
    picture.lines.iter().for_each(|one| line(xml, &scale, one));
    for group in picture.groups.iter().chain([&picture.furniture]) {
        group.patches.iter().for_each(|one| patch(xml, &scale, one));
        group.words.iter().for_each(|one| words(xml, &scale, one));
    }
    xml.push_str(
        "</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>",
    );
}

/// From pixels of the picture to the page.
struct Scale {
    /// Units of a thousand pixels.
    thousand: i64,
}

impl Scale {
    fn of(picture: &Picture, room: usize) -> Self {
        let room = i64::try_from(room).unwrap_or(i64::MAX / TWIP) * TWIP;
        let (wide, high) = (i64::from(picture.width.max(1)), i64::from(picture.height.max(1)));
        Scale { thousand: (PIXEL * 1000).min(room * 1000 / wide).min(HIGHEST * 1000 / high) }
    }

    fn of_pixels(&self, pixels: i32) -> i64 {
        i64::from(pixels) * self.thousand / 1000
    }

    /// A size of letters in half points.
    fn half_points(&self, size: i32) -> i64 {
        (i64::from(size) * self.thousand / 1000 / 6350).max(2)
    }
}

/// Two opposite corners of a shape, from the upper left.
fn place(xml: &mut String, scale: &Scale, (x, y): (i32, i32), (width, height): (i32, i32), turned: &str) {
    let (x, y) = (scale.of_pixels(x), scale.of_pixels(y));
    let (width, height) = (scale.of_pixels(width), scale.of_pixels(height));
    write(
        xml,
        format_args!("<a:xfrm{turned}><a:off x=\"{x}\" y=\"{y}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>"),
    );
}

fn patch(xml: &mut String, scale: &Scale, patch: &Patch) {
    xml.push_str("<wps:wsp><wps:cNvSpPr/><wps:spPr>");
    place(xml, scale, (patch.x, patch.y), (patch.width, patch.height), "");
    xml.push_str("<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>");
    fill(xml, patch.look);
    xml.push_str("<a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"4A4A4A\"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/></wps:wsp>");
}

fn fill(xml: &mut String, look: Option<Look>) {
    let colour = |colour: &str| colour.trim_start_matches('#').to_uppercase();
    let ground = colour(look.map_or("#ffffff", ground));
    match look.and_then(pattern) {
        Some((preset, marks)) => write(
            xml,
            format_args!(
                "<a:pattFill prst=\"{preset}\"><a:fgClr><a:srgbClr val=\"{marks}\"/></a:fgClr><a:bgClr>\
                 <a:srgbClr val=\"{ground}\"/></a:bgClr></a:pattFill>"
            ),
        ),
        None => write(xml, format_args!("<a:solidFill><a:srgbClr val=\"{ground}\"/></a:solidFill>")),
    }
}

/// The pattern nearest to that of a page, and the colour of its marks.
fn pattern(look: Look) -> Option<(&'static str, &'static str)> {
    match look {
        Look::None => Some(("pct10", "8A8A8A")),
        Look::SingleSource => Some(("ltHorz", "B08A1E")),
        Look::Contested => Some(("wdDnDiag", "A04A10")),
        Look::RefutedOnly => Some(("diagCross", "7D2A63")),
        Look::Context => Some(("dotGrid", "2C6B37")),
        Look::Resource => Some(("ltVert", "3A4A9A")),
        Look::Mechanism => Some(("ltDnDiag", "8A6A10")),
        Look::Settled => Some(("smGrid", "3D5540")),
        Look::Open => Some(("openDmnd", "1B1B1B")),
        Look::NotDecided => Some(("dashHorz", "777777")),
        Look::Low => Some(("horz", "5F7FA8")),
        Look::Moderate => Some(("narHorz", "2F5688")),
        Look::High => Some(("smGrid", "12305C")),
        Look::Supported | Look::Outcome | Look::Plain => None,
    }
}

/// An outline: how thick, in units, and how broken; with a head at its end.
fn outline(xml: &mut String, thickness: i64, dashes: Dashes, head: &str) {
    let dashes = match dashes {
        Dashes::Solid => "",
        Dashes::Dashed => "<a:prstDash val=\"dash\"/>",
        Dashes::Dotted => "<a:prstDash val=\"sysDot\"/>",
    };
    write(
        xml,
        format_args!(
            "<a:ln w=\"{thickness}\"><a:solidFill><a:srgbClr val=\"4A4A55\"/></a:solidFill>{dashes}<a:round/>{head}</a:ln>"
        ),
    );
}

/// Stretch by stretch; the last has the head.
fn line(xml: &mut String, scale: &Scale, line: &Line) {
    let last = line.corners.len().saturating_sub(2);
    for (nth, pair) in line.corners.windows(2).enumerate() {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        let turned = match (to_x < x, to_y < y) {
            (true, true) => " flipH=\"1\" flipV=\"1\"",
            (true, false) => " flipH=\"1\"",
            (false, true) => " flipV=\"1\"",
            (false, false) => "",
        };
        xml.push_str("<wps:wsp><wps:cNvCnPr/><wps:spPr>");
        place(xml, scale, (x.min(to_x), y.min(to_y)), ((to_x - x).abs(), (to_y - y).abs()), turned);
        xml.push_str("<a:prstGeom prst=\"line\"><a:avLst/></a:prstGeom>");
        let head = if nth == last { "<a:tailEnd type=\"triangle\"/>" } else { "" };
        outline(xml, scale.of_pixels(16) / 10, line.dashes, head);
        xml.push_str("</wps:spPr><wps:bodyPr/></wps:wsp>");
    }
}

fn curve(xml: &mut String, scale: &Scale, curve: &Curve) {
    let Some(first) = curve.lanes.first() else { return };
    let lanes = || curve.lanes.iter();
    let left = lanes().map(|lane| lane.left).min().unwrap_or(first.left);
    let right = lanes().map(|lane| lane.right).max().unwrap_or(first.right);
    let top = lanes().map(|lane| lane.y).min().unwrap_or(first.y);
    let bottom = lanes().map(|lane| lane.y).max().unwrap_or(first.y);
    let point =
        |x: i32, y: i32| format!("<a:pt x=\"{}\" y=\"{}\"/>", scale.of_pixels(x - left), scale.of_pixels(y - top));
    let mut way =
        format!("<a:moveTo>{}</a:moveTo><a:lnTo>{}</a:lnTo>", point(first.left, first.y), point(first.right, first.y));
    for pair in curve.lanes.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let half = (to.left - from.right) / 2;
        let bends = [point(from.right + half, from.y), point(to.left - half, to.y), point(to.left, to.y)].concat();
        write(&mut way, format_args!("<a:cubicBezTo>{bends}</a:cubicBezTo><a:lnTo>{}</a:lnTo>", point(to.right, to.y)));
    }
    let (width, height) = (right - left, (bottom - top).max(1));
    xml.push_str("<wps:wsp><wps:cNvSpPr/><wps:spPr>");
    place(xml, scale, (left, top), (width, height), "");
    write(
        xml,
        format_args!(
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst>\
             <a:path w=\"{}\" h=\"{}\" fill=\"none\">{way}</a:path></a:pathLst></a:custGeom><a:noFill/>",
            scale.of_pixels(width),
            scale.of_pixels(height)
        ),
    );
    let head = if curve.is_turned { "<a:headEnd type=\"triangle\"/>" } else { "<a:tailEnd type=\"triangle\"/>" };
    outline(xml, scale.of_pixels(curve.thickness) / 10, curve.dashes, head);
    xml.push_str("</wps:spPr><wps:bodyPr/></wps:wsp>");
}

/// A line of words in a frame that nobody sees, wide enough for the face they are measured by.
fn words(xml: &mut String, scale: &Scale, words: &Words) {
    let Words { x, y, size, .. } = *words;
    let wide = measure::width(&words.text, size) * 9 / 8 + 4;
    let left = if words.is_centred { x - wide / 2 } else { x };
    xml.push_str("<wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr>");
    place(xml, scale, (left, y - size), (wide, size * 3 / 2), "");
    xml.push_str(
        "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr><wps:txbx>\
         <w:txbxContent><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/>",
    );
    xml.push_str(if words.is_centred { "<w:jc w:val=\"center\"/></w:pPr>" } else { "</w:pPr>" });
    let mut set = String::new();
    run(&mut set, &words.text, if words.is_bold { Face::Strong } else { Face::Plain });
    xml.push_str(&sized(&set, scale.half_points(size)));
    xml.push_str(
        "</w:p></w:txbxContent></wps:txbx><wps:bodyPr wrap=\"none\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" \
         anchor=\"t\"/></wps:wsp>",
    );
}

/// A run with letters of its own size.
fn sized(run: &str, size: i64) -> String {
    let size = format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    if run.contains("</w:rPr>") {
        return run.replacen("</w:rPr>", &format!("{size}</w:rPr>"), 1);
    }
    run.replacen("<w:r>", &format!("<w:r><w:rPr>{size}</w:rPr>"), 1)
}

/// Writing to a string cannot fail.
fn write(xml: &mut String, text: std::fmt::Arguments) {
    let _ = xml.write_fmt(text);
}
