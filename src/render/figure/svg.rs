//! SVG: title, description and role for readers who do not see it; patterns beside colours; no script, no font and no
//! address from outside.

use super::escape;
use crate::picture::Figure;
use crate::picture::draw::{Curve, Dashes, Group, Line, Patch, Picture, Words, draw};
use crate::picture::figure::Look;
use std::fmt::Write;

const STYLE: &str = include_str!("figure.css");

pub fn write(figure: &Figure) -> String {
    picture(&draw(figure), true)
}

/// The drawing as an element; `is_file` puts what a file of its own needs before it.
pub fn picture(picture: &Picture, is_file: bool) -> String {
    let Picture { width, height, key, .. } = picture;
    let mut svg = String::new();
    if is_file {
        svg.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }
    put(
        &mut svg,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" lang=\"en-GB\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{key}-title {key}-about\">\n\
             <title id=\"{key}-title\">{}</title>\n<desc id=\"{key}-about\">{}</desc>\n<style>\n{STYLE}</style>\n",
            escape(&picture.title),
            escape(&picture.description)
        ),
    );
    patterns(&mut svg, picture);
    put(&mut svg, format_args!("<rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n"));
    picture.curves.iter().for_each(|one| curve(&mut svg, key, one));
    picture.lines.iter().for_each(|one| line(&mut svg, key, one));
    picture.groups.iter().for_each(|one| group(&mut svg, key, one));
    picture.furniture.patches.iter().for_each(|one| patch(&mut svg, key, one));
    picture.furniture.words.iter().for_each(|one| words(&mut svg, one));
    svg.push_str("</svg>\n");
    svg
}

/// A pattern for each look: ground, then the marks on it. Those of steps stand only where there is one.
fn patterns(svg: &mut String, picture: &Picture) {
    let key = &picture.key;
    let patches = || picture.groups.iter().flat_map(|group| &group.patches).filter_map(|patch| patch.look);
    svg.push_str("<defs>\n");
    let of_steps = INTENSITIES.into_iter().filter(|(look, ..)| patches().any(|one| one == *look));
    for (look, ground, marks) in LOOKS.into_iter().chain(of_steps) {
        let look = look.key();
        put(
            svg,
            format_args!(
                "<pattern id=\"{key}-{look}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
                 <rect width=\"8\" height=\"8\" fill=\"{ground}\"/>{marks}</pattern>\n"
            ),
        );
    }
    put(
        svg,
        format_args!(
            "<marker id=\"{key}-head\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"10\" markerHeight=\"10\" \
             markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path d=\"M0 0 L10 5 L0 10 z\"/></marker>\n</defs>\n"
        ),
    );
}

/// Light grounds, so that a sign set upon them is read easily.
const LOOKS: [(Look, &str, &str); 12] = [
    (Look::None, "#ffffff", "<circle cx=\"4\" cy=\"4\" r=\".8\" fill=\"#8a8a8a\"/>"),
    (Look::SingleSource, "#f6e7b0", "<path d=\"M0 4H8\" stroke=\"#b08a1e\" stroke-width=\"1\"/>"),
    (Look::Supported, "#a9d3ee", ""),
    (Look::Contested, "#f7c9a8", "<path d=\"M-2 6L2 10M0 0L8 8M6 -2L10 2\" stroke=\"#a04a10\" stroke-width=\"1.4\"/>"),
    (Look::RefutedOnly, "#e3c4d8", "<path d=\"M0 0L8 8M8 0L0 8\" stroke=\"#7d2a63\" stroke-width=\"1.1\"/>"),
    (Look::Context, "#cfe8d2", "<circle cx=\"4\" cy=\"4\" r=\"1.2\" fill=\"#2c6b37\"/>"),
    (Look::Resource, "#dfe3f5", "<path d=\"M4 0V8\" stroke=\"#3a4a9a\" stroke-width=\"1\"/>"),
    (Look::Mechanism, "#f6e7b0", "<path d=\"M-2 6L2 10M0 0L8 8M6 -2L10 2\" stroke=\"#8a6a10\" stroke-width=\"1.2\"/>"),
    (Look::Outcome, "#a9d3ee", ""),
    (Look::Settled, "#cdd6cd", "<path d=\"M0 4H8M4 0V8\" stroke=\"#3d5540\" stroke-width=\"1\"/>"),
    (
        Look::Open,
        "#ffffff",
        "<circle cx=\"4\" cy=\"4\" r=\"2.4\" fill=\"none\" stroke=\"#1b1b1b\" stroke-width=\"1\"/>",
    ),
    (Look::NotDecided, "#eeeeee", "<path d=\"M2 4H5\" stroke=\"#777777\" stroke-width=\"1\"/>"),
];

/// The more intensive, the darker, and the closer the lines.
const INTENSITIES: [(Look, &str, &str); 3] = [
    (Look::Low, "#f4f7fb", "<path d=\"M0 7H8\" stroke=\"#5f7fa8\" stroke-width=\".8\"/>"),
    (Look::Moderate, "#c3d4e8", "<path d=\"M0 2H8M0 6H8\" stroke=\"#2f5688\" stroke-width=\"1\"/>"),
    (Look::High, "#7f9fc6", "<path d=\"M0 1H8M0 4H8M0 7H8M2 0V8M6 0V8\" stroke=\"#12305c\" stroke-width=\"1.1\"/>"),
];

/// The ground of a look, `#a9d3ee`, for formats that draw no patterns.
pub fn ground(look: Look) -> &'static str {
    LOOKS.iter().chain(&INTENSITIES).find(|(one, ..)| *one == look).map_or("#ffffff", |(_, ground, _)| *ground)
}

fn line(svg: &mut String, key: &str, line: &Line) {
    let Some(((x, y), rest)) = line.corners.split_first() else { return };
    let mut way = format!("M{x} {y}");
    for (x, y) in rest {
        put(&mut way, format_args!("L{x} {y}"));
    }
    put(
        svg,
        format_args!(
            "<path class=\"arrow\" d=\"{way}\" stroke-width=\"1.6\"{} marker-end=\"url(#{key}-head)\"><title>{}</title></path>\n",
            dashes(line.dashes),
            escape(&line.hover)
        ),
    );
}

fn dashes(dashes: Dashes) -> &'static str {
    match dashes {
        Dashes::Solid => "",
        Dashes::Dashed => " stroke-dasharray=\"9 5\"",
        Dashes::Dotted => " stroke-dasharray=\"2 3\"",
    }
}

fn curve(svg: &mut String, key: &str, curve: &Curve) {
    let Some(first) = curve.lanes.first() else { return };
    let mut way = format!("M{} {}H{}", first.left, first.y, first.right);
    for pair in curve.lanes.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let half = (to.left - from.right) / 2;
        put(
            &mut way,
            format_args!(
                "C{} {} {} {} {} {}H{}",
                from.right + half,
                from.y,
                to.left - half,
                to.y,
                to.left,
                to.y,
                to.right
            ),
        );
    }
    let dashes = dashes(curve.dashes);
    let marker = if curve.is_turned { "start" } else { "end" };
    put(
        svg,
        format_args!(
            "<path class=\"arrow\" d=\"{way}\" stroke-width=\"{}.{}\"{dashes} marker-{marker}=\"url(#{key}-head)\">\
             <title>{}</title></path>\n",
            curve.thickness / 10,
            curve.thickness % 10,
            escape(&curve.hover)
        ),
    );
}

fn group(svg: &mut String, key: &str, group: &Group) {
    put(svg, format_args!("<g id=\"{key}-{}\"><title>{}</title>\n", group.key, escape(&group.hover)));
    group.patches.iter().for_each(|one| patch(svg, key, one));
    group.words.iter().for_each(|one| words(svg, one));
    svg.push_str("</g>\n");
}

fn patch(svg: &mut String, key: &str, patch: &Patch) {
    let Patch { x, y, width, height, look } = patch;
    let fill = look.map_or_else(|| "#ffffff".to_owned(), |look| format!("url(#{key}-{})", look.key()));
    put(
        svg,
        format_args!(
            "<rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>\n"
        ),
    );
}

fn words(svg: &mut String, words: &Words) {
    let Words { x, y, size, .. } = words;
    let bold = if words.is_bold { " font-weight=\"bold\"" } else { "" };
    let centred = if words.is_centred { " text-anchor=\"middle\" class=\"sign\"" } else { "" };
    let aslant = if words.is_aslant { format!(" transform=\"rotate(-50 {x} {y})\"") } else { String::new() };
    put(
        svg,
        format_args!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{bold}{centred}{aslant}>{}</text>\n",
            escape(&words.text)
        ),
    );
}

fn put(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(what);
}
