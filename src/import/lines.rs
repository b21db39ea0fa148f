//! The lines of a text layer, as a format hands them to [`super::turns`].

use crate::text::Span;

/// What a line may be part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Speech or prose; may start with a label.
    Prose,
    Heading,
    /// A table's row, code, a list's point: prose that no label starts.
    Verbatim,
    /// A footnote: a paragraph of its own behind the text, part of no turn.
    Footnote,
    /// Speaker named beside the text, by index into the names handed over.
    Voiced(usize),
    /// Of nobody who is named, where the others' speakers are: never part of a turn.
    Nobody,
}

/// A line that holds something but spaces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Without the spaces at its ends.
    pub span: Span,
    pub kind: LineKind,
    /// Begins a paragraph.
    pub starts: bool,
    /// Seconds, where the format tells.
    pub time: Option<f64>,
}

/// Trimmed spans of the lines of `text` from byte `from` on, and whether a blank line lies before
/// each.
pub fn filled(text: &str, from: usize) -> impl Iterator<Item = (Span, bool)> {
    let mut at = from;
    let mut blank = true;
    text[from..].split('\n').filter_map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        let span = Span::new(start, start + line.trim().len());
        at += line.len() + 1;
        let before = std::mem::replace(&mut blank, span.is_none());
        span.map(|span| (span, before))
    })
}

/// A point of a list: `- x`, `* x`, `• x`, `1. x`.
pub fn is_point(line: &str) -> bool {
    let numbered = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let digits = line.len() - numbered.len();
    ["- ", "* ", "+ ", "• ", "– "].iter().any(|mark| line.starts_with(mark))
        || ((1..=3).contains(&digits) && (numbered.starts_with(". ") || numbered.starts_with(") ")))
}

/// Lines were broken at a fixed width, so that only a blank line ends a paragraph.
pub fn is_wrapped(text: &str, lines: &[(Span, bool)]) -> bool {
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !pair[1].1)
        .filter_map(|pair| pair[0].0.of(text))
        .filter(|line| !is_point(line))
        .map(|line| line.chars().count())
        .collect();
    let has_width = followed.iter().filter(|length| (45..=100).contains(*length)).count() * 10 >= followed.len() * 8;
    followed.len() >= 4 && followed.len() * 2 >= lines.len() && has_width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filled_lines_are_trimmed() {
        let text = "\n  a b \n\n\tc\nd";
        let found: Vec<(&str, bool)> = filled(text, 0).map(|(span, blank)| (span.of(text).unwrap(), blank)).collect();
        assert_eq!(found, [("a b", true), ("c", true), ("d", false)]);
    }

    #[test]
    fn wrapped_lines_are_told_from_paragraphs() {
        let line = "a line of text that somebody broke at some seventy letters, as mail does\n";
        let wrapped = format!("{}\n{}", line.repeat(4), line.repeat(3));
        let paragraphs = "short one\na line of its own\n".repeat(6);
        for (text, expected) in [(wrapped, true), (paragraphs, false)] {
            assert_eq!(is_wrapped(&text, &filled(&text, 0).collect::<Vec<_>>()), expected);
        }
    }
}
