//! A paragraph of a composition: its words, and what stands among them that is no word.

use super::completeness::letters;

const SOFT_HYPHEN: char = '\u{ad}';

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// Hard line breaks as `\n`.
    pub text: String,
    pub is_heading: bool,
    /// Byte offsets into the text, ascending.
    pub marks: Vec<(usize, Mark)>,
    /// Its end was deleted: what follows belongs to it.
    pub runs_on: bool,
}

/// What stands at a place in a paragraph and is no word of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Bytes of the text that are the number or bullet of a point, or of a note at the end.
    Number(usize),
    /// Bytes of the text that refer to a note.
    Reference(usize),
    CommentStart(String),
    CommentEnd(String),
}

impl Paragraph {
    /// Appends words. Optional hyphens and control characters have no place in a text layer.
    pub fn push(&mut self, words: &str) {
        let is_plain = |letter: char| !letter.is_control() && letter != SOFT_HYPHEN;
        if words.chars().all(is_plain) {
            self.text.push_str(words);
            return;
        }
        for letter in words.chars().filter(|letter| *letter != SOFT_HYPHEN) {
            self.text.push(if letter.is_control() && letter != '\t' { ' ' } else { letter });
        }
    }

    pub fn mark(&mut self, mark: Mark) {
        self.marks.push((self.text.len(), mark));
    }

    /// Puts a number before the first word.
    pub fn number(&mut self, number: &str) {
        self.mark(Mark::Number(number.len()));
        self.text.push_str(number);
    }

    pub fn refer(&mut self, mark: &str) {
        self.mark(Mark::Reference(mark.len()));
        self.text.push_str(mark);
    }

    /// Bytes of the number it begins with.
    pub fn indent(&self) -> usize {
        let at_start = self.marks.iter().take_while(|(at, _)| *at == 0);
        let lengths = at_start.filter_map(|(_, mark)| match mark {
            Mark::Number(length) => Some(*length),
            _ => None,
        });
        lengths.max().unwrap_or(0)
    }

    /// Without spaces before its first word.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let text = self.text.trim_start();
        let cut = self.text.len() - text.len();
        let marks = self.marks.iter().map(|(at, mark)| (at.saturating_sub(cut), mark.clone())).collect();
        Paragraph { text: text.to_owned(), marks, ..self.clone() }
    }

    /// Appends another behind `between`.
    pub fn append(&mut self, between: &str, other: &Paragraph) {
        self.text.push_str(between);
        let from = self.text.len();
        self.text.push_str(&other.text);
        self.marks.extend(other.marks.iter().map(|(at, mark)| (from + at, mark.clone())));
    }

    /// A point with nothing in it is no point.
    pub fn forget_lone_number(&mut self) {
        let indent = self.indent();
        if indent > 0 && self.text[indent..].trim().is_empty() && self.marks.len() == 1 {
            *self = Paragraph { runs_on: self.runs_on, ..Paragraph::default() };
        }
    }

    pub fn take_in(&mut self, next: Paragraph) {
        self.runs_on = next.runs_on;
        if self.text.is_empty() {
            let marks = std::mem::take(&mut self.marks);
            *self = next;
            self.marks.splice(0..0, marks);
            return;
        }
        let indent = next.indent();
        let is_number = |at: usize, mark: &Mark| at == 0 && *mark == Mark::Number(indent);
        let kept = Paragraph {
            text: next.text[indent..].to_owned(),
            marks: next
                .marks
                .into_iter()
                .filter(|(at, mark)| !is_number(*at, mark))
                .map(|(at, mark)| (at.saturating_sub(indent), mark))
                .collect(),
            ..Paragraph::default()
        };
        self.append("", &kept);
    }

    /// Letters and digits that the reader made itself.
    pub fn made(&self) -> usize {
        let made = self.marks.iter().filter_map(|(at, mark)| match mark {
            Mark::Number(length) | Mark::Reference(length) => self.text.get(*at..at + length),
            _ => None,
        });
        made.map(letters).sum()
    }
}
