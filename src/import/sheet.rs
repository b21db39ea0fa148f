//! A text layer under construction: paragraphs come in, lines go out.

use super::lines::{Line, LineKind, filled};

#[derive(Debug, Default)]
pub struct Sheet {
    pub text: String,
    pub lines: Vec<Line>,
}

impl Sheet {
    /// Puts a paragraph on lines of its own; a line break inside it stays one, an empty line parts it.
    pub fn push(&mut self, paragraph: &str, kind: LineKind) {
        if paragraph.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(paragraph.trim_end());
        let spans = filled(&self.text, start);
        self.lines.extend(spans.map(|(span, starts)| Line { span, kind, starts, time: None }));
    }
}
