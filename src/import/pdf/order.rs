//! The reading order of a page: its columns, one after the other, and the lines in them.
//!
//! A column is seen by the white stripe beside it: an `x` that no word covers over several lines, with text
//! on both sides that looks like running text and not like the cells of a table.

use crate::import::completeness;
use unpdf::parser::{TextLine, TextSpan};

/// A page cut into regions that are read one after the other.
pub struct Page {
    /// From 1.
    pub number: usize,
    pub regions: Vec<Region>,
    /// Letters and digits that the file puts on the page, and those of them printed twice to look bold.
    pub letters: usize,
    pub repeated: usize,
}

/// Lines under each other.
#[derive(Default)]
pub struct Region {
    pub lines: Vec<Line>,
    /// Letters and digits printed twice.
    repeated: usize,
}

/// Words on one baseline.
pub struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    /// Height of the baseline, from the foot of the page.
    pub y: f32,
    /// Of its letters, in points.
    pub size: f32,
    pub is_bold: bool,
    /// Something in the margin says that a paragraph begins here.
    pub starts: bool,
    /// Two words further apart than any words of a sentence.
    pub has_gap: bool,
    /// A number that stands apart at its beginning, and where that ends; not in the text.
    pub number: Option<Number>,
}

#[derive(Clone, Copy)]
pub struct Number {
    pub value: u32,
    /// As many as were written, zeros before it included.
    pub digits: usize,
    pub left: f32,
    pub right: f32,
}

impl Page {
    pub fn new(number: usize, spans: Vec<TextSpan>) -> Self {
        let letters = spans.iter().map(|span| completeness::letters(&expanded(&span.text))).sum();
        let (mut turned, level): (Vec<_>, Vec<_>) =
            spans.into_iter().filter(|span| !span.text.is_empty()).partition(TextSpan::is_rotated);
        let mut groups = Vec::new();
        divide(level, 0, &mut groups);
        let mut regions: Vec<Region> = groups.into_iter().map(Region::new).collect();
        // Text that runs up or down the page comes line by line, as it would be read with the page turned.
        let place = |span: &TextSpan| span.x * span.direction[1] - span.y * span.direction[0];
        turned.sort_by(|a, b| place(a).total_cmp(&place(b)));
        let lines: Vec<Line> = turned.into_iter().filter_map(|span| Line::new(vec![span])).collect();
        regions.push(Region { lines, repeated: 0 });
        let repeated = regions.iter().map(|region| region.repeated).sum();
        regions.retain(|region| !region.lines.is_empty());
        Page { number, regions, letters, repeated }
    }

    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.regions.iter().flat_map(|region| &region.lines)
    }
}

/// Rows that a word may still belong to, coming from above.
const NEAR: usize = 3;

impl Region {
    fn new(mut spans: Vec<TextSpan>) -> Self {
        spans.sort_by(|a, b| b.y.total_cmp(&a.y));
        let mut rows: Vec<Vec<TextSpan>> = Vec::new();
        let mut repeated = 0;
        for span in spans {
            if rows.last().is_some_and(|row| is_repeat(row, &span)) {
                repeated += completeness::letters(&expanded(&span.text));
                continue;
            }
            // Two rows may lie at one height where words stand over each other.
            match rows.iter_mut().rev().take(NEAR).find(|row| is_level(row, &span)) {
                Some(row) => row.push(span),
                None => rows.push(vec![span]),
            }
        }
        Region { lines: rows.into_iter().filter_map(Line::new).collect(), repeated }
    }
}

/// Whether the span stands on the row's baseline, or a little off it as a footnote's mark does, and on
/// nothing that is in the row already.
fn is_level(row: &[TextSpan], span: &TextSpan) -> bool {
    let Some(widest) = row.iter().max_by(|a, b| a.width.total_cmp(&b.width)) else { return false };
    let is_on = |other: &TextSpan| end(other).min(end(span)) - other.x.max(span.x) > 0.5 * span.font_size;
    (widest.y - span.y).abs() < 0.45 * widest.font_size.max(span.font_size) && !row.iter().any(is_on)
}

/// The same letters at the same place, as printed twice to look bold.
fn is_repeat(row: &[TextSpan], span: &TextSpan) -> bool {
    let is_same = |other: &TextSpan| {
        other.text == span.text
            && (other.x - span.x).abs() < 0.2 * span.font_size
            && (other.y - span.y).abs() < 0.2 * span.font_size
    };
    is_filled(span) && row.iter().any(is_same)
}

impl Line {
    fn new(mut spans: Vec<TextSpan>) -> Option<Self> {
        spans.sort_by(|a, b| a.x.total_cmp(&b.x));
        let number = Number::of(&spans).map(|(number, taken)| {
            spans.drain(..taken);
            number
        });
        let filled: Vec<&TextSpan> = spans.iter().filter(|span| is_filled(span)).collect();
        let (first, last) = (filled.first()?, filled.last()?);
        let (left, right) = (first.x, last.x + last.width);
        let has_gap = filled.windows(2).any(|pair| pair[1].x - end(pair[0]) > 2.0 * pair[0].font_size);
        let line = TextLine::from_spans(spans);
        let text = expanded(line.text().trim());
        (!text.is_empty()).then(|| Line {
            text,
            left,
            right,
            y: line.y,
            size: line.font_size,
            is_bold: line.is_all_bold(),
            starts: false,
            has_gap,
            number,
        })
    }
}

impl Number {
    /// A number of its own at the beginning of a line, some way off the words, and how many spans it takes.
    fn of(spans: &[TextSpan]) -> Option<(Self, usize)> {
        let first = spans.first()?;
        let is_digits = |span: &TextSpan| span.text.trim().bytes().all(|byte| byte.is_ascii_digit());
        let is_close = |pair: &[TextSpan]| pair[1].x - end(&pair[0]) < 0.25 * first.font_size;
        let joined = spans.windows(2).take_while(|pair| is_digits(&pair[1]) && is_close(pair)).count();
        let taken = joined + 1;
        let digits: String = spans[..taken].iter().map(|span| span.text.trim()).collect();
        let next = spans[taken..].iter().find(|span| is_filled(span))?;
        let right = end(&spans[joined]);
        let is_number = is_digits(first) && (1..=5).contains(&digits.len());
        let value = digits.parse().ok().filter(|_| is_number && next.x - right > 0.25 * first.font_size)?;
        Some((Number { value, digits: digits.len(), left: first.x, right }, taken))
    }
}

fn is_filled(span: &TextSpan) -> bool {
    !span.text.trim().is_empty()
}

fn end(span: &TextSpan) -> f32 {
    span.x + span.ink_width.unwrap_or(span.width)
}

/// Letters that were set as one, apart again.
fn expanded(text: &str) -> String {
    const JOINED: [(char, &str); 7] =
        [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];
    let mut text = text.to_owned();
    for (joined, apart) in JOINED {
        if text.contains(joined) {
            text = text.replace(joined, apart);
        }
    }
    text
}

/// How often a page is cut within what was cut already.
const DEEPEST: usize = 6;

/// Puts the spans into groups, in reading order.
fn divide(spans: Vec<TextSpan>, depth: usize, groups: &mut Vec<Vec<TextSpan>>) {
    let stripe = if depth < DEEPEST { stripe(&spans) } else { None };
    let Some(x) = stripe else {
        groups.push(spans);
        return;
    };
    let mut across = Vec::new();
    for band in bands(spans, x) {
        match band {
            Band::Across(mut spans) => across.append(&mut spans),
            Band::Sides(left, right) => {
                groups.push(std::mem::take(&mut across));
                divide(left, depth + 1, groups);
                divide(right, depth + 1, groups);
            }
        }
    }
    groups.push(across);
    groups.retain(|group| !group.is_empty());
}

/// The `x` of a white stripe with columns beside it.
fn stripe(spans: &[TextSpan]) -> Option<f32> {
    const STEP: f32 = 2.0;
    let filled: Vec<&TextSpan> = spans.iter().filter(|span| is_filled(span)).collect();
    let left = filled.iter().map(|span| span.x).min_by(f32::total_cmp)?;
    let right = filled.iter().map(|span| end(span)).max_by(f32::total_cmp)?;
    let (from, to) = (left + 0.15 * (right - left), right - 0.15 * (right - left));
    let covering = |x: f32| filled.iter().filter(|span| span.x < x && x < end(span)).count();
    let mut tried: Vec<(usize, f32)> = Vec::new();
    let mut x = from;
    while x < to {
        tried.push((covering(x), x));
        x += STEP;
    }
    let least = tried.iter().map(|(count, _)| *count).min()?;
    let most = tried.iter().map(|(count, _)| *count).max()?;
    // The middle of the widest stretch that hardly anything covers.
    let is_white = |count: usize| count <= least + most / 20;
    let stretch = tried
        .chunk_by(|a, b| is_white(a.0) == is_white(b.0))
        .filter(|stretch| is_white(stretch[0].0))
        .max_by_key(|stretch| stretch.len())?;
    let x = stretch[stretch.len() / 2].1;
    let has_sides = |band: &Band| matches!(band, Band::Sides(..));
    let copies: Vec<TextSpan> = filled.into_iter().cloned().collect();
    bands(copies, x).iter().any(has_sides).then_some(x)
}

/// A part of a page from one height to another.
enum Band {
    /// Read line by line over its whole width.
    Across(Vec<TextSpan>),
    /// Two columns.
    Sides(Vec<TextSpan>, Vec<TextSpan>),
}

/// The page from top to bottom, parted where words stand across `x`.
fn bands(mut spans: Vec<TextSpan>, x: f32) -> Vec<Band> {
    spans.sort_by(|a, b| b.y.total_cmp(&a.y));
    let crosses = |span: &TextSpan| is_filled(span) && span.x < x && x < end(span);
    let walls: Vec<(f32, f32)> =
        spans.iter().filter(|span| crosses(span)).map(|span| (span.y, span.font_size)).collect();
    // What stands beside a word that crosses is on its line and belongs to it.
    let is_walled = |span: &TextSpan| walls.iter().any(|(y, size)| (y - span.y).abs() < 0.45 * size);
    let mut bands = Vec::new();
    for run in spans.chunk_by(|a, b| is_walled(a) == is_walled(b)) {
        let run = run.to_vec();
        if is_walled(&run[0]) {
            bands.push(Band::Across(run));
            continue;
        }
        let (left, right): (Vec<TextSpan>, Vec<TextSpan>) = run.iter().cloned().partition(|span| span.x < x);
        let gap = edge(&right, |span| span.x, f32::min) - edge(&left, end, f32::max);
        let size = run[0].font_size;
        if gap > 0.6 * size && is_running(&left) && is_running(&right) {
            bands.push(Band::Sides(left, right));
        } else {
            bands.push(Band::Across(run));
        }
    }
    bands
}

fn edge(spans: &[TextSpan], of: impl Fn(&TextSpan) -> f32, pick: impl Fn(f32, f32) -> f32) -> f32 {
    spans.iter().filter(|span| is_filled(span)).map(of).reduce(pick).unwrap_or(0.0)
}

/// Running text: some lines, most of them long and reaching over the width of the column.
fn is_running(spans: &[TextSpan]) -> bool {
    const FEWEST: usize = 4;
    const LETTERS: usize = 15;
    let lines = Region::new(spans.to_vec()).lines;
    let left = lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::MIN, f32::max);
    let is_full = |line: &&Line| line.right - line.left > 0.5 * (right - left) && line.text.chars().count() >= LETTERS;
    lines.len() >= FEWEST && lines.iter().filter(is_full).count() * 2 >= lines.len()
}
