//! From lines to paragraphs: where one ends is told by gaps, indents, short lines, labels and sizes.
//! Words parted at the end of a line are joined again.

use super::order::{Line, Page, Region};
use crate::import::label;
use crate::import::lines::{LineKind, is_point};
use crate::import::role;
use std::collections::{BTreeMap, BTreeSet};

pub struct Paragraph {
    pub text: String,
    pub kind: LineKind,
    /// The page it begins on.
    pub page: usize,
}

/// All paragraphs, in reading order.
pub fn paragraphs(pages: &[Page]) -> Vec<Paragraph> {
    let style = Style::of(pages);
    let mut flow = Flow { style, done: Vec::new(), last: None };
    for page in pages {
        for region in &page.regions {
            flow.region(region, page.number);
        }
    }
    flow.done
}

/// What is usual in a document.
struct Style {
    /// Size of most letters.
    size: f32,
    /// Speakers' labels that open many lines, by their key.
    labels: BTreeSet<String>,
    /// Words that stand within lines: how a word parted at a line's end is written is looked up here.
    words: BTreeSet<String>,
}

impl Style {
    fn of(pages: &[Page]) -> Self {
        const OFTEN: usize = 3;
        let mut sizes: BTreeMap<u32, usize> = BTreeMap::new();
        let mut labels: BTreeMap<String, usize> = BTreeMap::new();
        let mut words = BTreeSet::new();
        for line in pages.iter().flat_map(Page::lines) {
            *sizes.entry(half_points(line.size)).or_default() += line.text.len();
            if let Some(label) = label::at_start(&line.text) {
                *labels.entry(role::key(label.name)).or_default() += 1;
            }
            words.extend(line.text.split_whitespace().rev().skip(1).map(bare));
        }
        let size = sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(0, |(size, _)| size);
        let labels = labels.into_iter().filter(|(_, times)| *times >= OFTEN).map(|(label, _)| label).collect();
        Style { size: f32::from(u16::try_from(size).unwrap_or(u16::MAX)) / 2.0, labels, words }
    }

    fn is_heading(&self, line: &Line) -> bool {
        const LONGEST: usize = 150;
        let is_marked = line.size > 1.15 * self.size || (line.is_bold && !ends_sentence(&line.text));
        let has_words = line.text.chars().filter(|letter| letter.is_alphabetic()).count() >= 3;
        is_marked && has_words && line.text.len() <= LONGEST && label::at_start(&line.text).is_none()
    }

    fn opens_turn(&self, line: &Line) -> bool {
        label::at_start(&line.text).is_some_and(|label| self.labels.contains(&role::key(label.name)))
    }
}

/// Twice the size, as a whole number: sizes that differ by less are one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped before
fn half_points(size: f32) -> u32 {
    (size * 2.0).round().clamp(0.0, 2000.0) as u32
}

/// A word in lower case, without marks around it.
fn bare(word: &str) -> String {
    word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase()
}

struct Flow {
    style: Style,
    done: Vec<Paragraph>,
    /// The line before, as far as it matters.
    last: Option<Last>,
}

#[derive(Clone, Copy)]
struct Last {
    left: f32,
    y: f32,
    size: f32,
    /// Reaches the right edge of its column.
    is_full: bool,
    ends_sentence: bool,
    kind: LineKind,
    has_gap: bool,
}

/// The edges of a column and the distance of its lines.
struct Column {
    left: f32,
    right: f32,
    leading: f32,
}

impl Flow {
    fn region(&mut self, region: &Region, page: usize) {
        let column = Column::of(region);
        for (nth, line) in region.lines.iter().enumerate() {
            let is_heading = self.style.is_heading(line);
            let starts = match self.last {
                None => true,
                Some(last) if nth == 0 => self.starts_anew(line, is_heading, &last),
                Some(last) => self.starts(line, is_heading, &last, &column),
            };
            let kind = if is_heading {
                LineKind::Heading
            } else if is_point(&line.text) || line.has_gap && !self.style.opens_turn(line) {
                LineKind::Verbatim
            } else {
                LineKind::Prose
            };
            if starts {
                self.done.push(Paragraph { text: line.text.clone(), kind, page });
            } else if let Some(open) = self.done.last_mut() {
                join(&mut open.text, &line.text, &self.style.words);
            }
            self.last = Some(Last {
                left: line.left,
                y: line.y,
                size: line.size,
                is_full: line.right > column.right - 0.12 * (column.right - column.left),
                ends_sentence: ends_sentence(&line.text),
                kind,
                has_gap: line.has_gap,
            });
        }
    }

    /// Whether the first line of a column or page begins a paragraph.
    fn starts_anew(&self, line: &Line, is_heading: bool, last: &Last) -> bool {
        let goes_on = !last.ends_sentence
            && last.kind != LineKind::Heading
            && !is_heading
            && !line.starts
            && !self.style.opens_turn(line)
            && (last.size - line.size).abs() < 0.1 * line.size
            && (last.is_full || line.text.starts_with(char::is_lowercase));
        !goes_on
    }

    fn starts(&self, line: &Line, is_heading: bool, last: &Last, column: &Column) -> bool {
        let gap = last.y - line.y;
        let shift = line.left - last.left;
        let is_end = last.ends_sentence || !last.is_full;
        line.starts
            || is_heading != (last.kind == LineKind::Heading)
            || (line.size - last.size).abs() > 0.15 * line.size.max(last.size)
            || gap > 1.35 * column.leading
            || gap < 0.0
            || self.style.opens_turn(line)
            || (is_end && label::at_start(&line.text).is_some())
            || (is_end && is_point(&line.text))
            || (is_end && shift.abs() > 0.8 * line.size)
            || (last.ends_sentence && !last.is_full)
            || (line.has_gap && last.has_gap)
    }
}

impl Column {
    fn of(region: &Region) -> Self {
        let lines = &region.lines;
        let left = lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
        let mut rights: Vec<f32> = lines.iter().map(|line| line.right).collect();
        rights.sort_by(f32::total_cmp);
        let right = rights.get((rights.len() * 9 / 10).min(rights.len().saturating_sub(1))).copied().unwrap_or(left);
        let mut gaps: BTreeMap<u32, usize> = BTreeMap::new();
        for pair in lines.windows(2) {
            let gap = pair[0].y - pair[1].y;
            if gap > 0.5 * pair[1].size && gap < 3.0 * pair[1].size {
                *gaps.entry(half_points(gap)).or_default() += 1;
            }
        }
        // Of the distances that are common, the least: paragraphs may stand further apart than lines.
        let most = gaps.values().copied().max().unwrap_or(0);
        let common = gaps.iter().find(|(_, times)| **times * 3 >= most).map(|(gap, _)| *gap);
        let leading = common.map_or(f32::MAX, |gap| f32::from(u16::try_from(gap).unwrap_or(u16::MAX)) / 2.0);
        Column { left, right, leading }
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')', ']', '»']).ends_with(['.', '?', '!', ':', '…', '。', '？', '！'])
}

/// Puts a line behind what stands before it; a word parted between the two becomes one again.
fn join(text: &mut String, line: &str, words: &BTreeSet<String>) {
    let parted = text.ends_with(['-', '\u{ad}', '\u{2010}'])
        && text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
        && line.starts_with(char::is_lowercase);
    if parted {
        let tail = text.split_whitespace().next_back().unwrap_or_default();
        let head = line.split_whitespace().next().unwrap_or_default();
        // `self-` `reported` keeps its hyphen where the document writes `self-reported` elsewhere.
        let is_compound = !text.ends_with('\u{ad}') && words.contains(&bare(&format!("{tail}{head}")));
        if !is_compound {
            text.pop();
        }
    } else if !(is_cjk(text.chars().next_back()) && is_cjk(line.chars().next())) {
        text.push(' ');
    }
    text.push_str(line);
}

/// A letter of a script that puts no space between words.
fn is_cjk(letter: Option<char>) -> bool {
    letter.is_some_and(|one| ('\u{3000}'..'\u{a000}').contains(&one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parted_words_are_joined_and_compounds_keep_their_hyphen() {
        let words = BTreeSet::from(["self-reported".to_owned()]);
        let joined = |text: &str, line: &str| {
            let mut text = text.to_owned();
            join(&mut text, line, &words);
            text
        };
        assert_eq!(joined("she was hos-", "pitalised again"), "she was hospitalised again");
        assert_eq!(joined("a self-", "reported, change"), "a self-reported, change");
        assert_eq!(joined("soft\u{ad}", "ened"), "softened");
        assert_eq!(joined("1990-", "1995"), "1990- 1995");
        assert_eq!(joined("the end", "of it"), "the end of it");
        assert_eq!(joined("日本", "語"), "日本語");
    }
}
