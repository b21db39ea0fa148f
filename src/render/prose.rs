//! Text as people type it, with breaks of their own: a blank line ends a paragraph, a line that begins with "- " is a point of
//! a list, and any other break is a space. The one place of the rule.

use crate::report::Run;

/// What a text comes apart into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Paragraph(Vec<Run>),
    Points(Vec<Vec<Run>>),
}

/// The parts of a paragraph, in order; one without breaks is one part.
pub fn parts(content: &[Run]) -> Vec<Part> {
    if !content.iter().any(|run| run.text().contains(['\n', '\r', '\u{2028}', '\u{2029}'])) {
        return vec![Part::Paragraph(content.to_vec())];
    }
    let mut typed = Typed::default();
    for run in content {
        for (nth, line) in super::visible(run.text()).split('\n').enumerate() {
            if nth > 0 {
                typed.end_line();
            }
            typed.add(run, if nth > 0 { line.trim_start() } else { line });
        }
    }
    typed.end_line();
    typed.end_part();
    typed.parts
}

/// A text on its way apart.
#[derive(Default)]
struct Typed {
    parts: Vec<Part>,
    points: Vec<Vec<Run>>,
    /// Of the paragraph or the point that goes on.
    open: Vec<Run>,
    line: Vec<Run>,
}

impl Typed {
    fn add(&mut self, run: &Run, words: &str) {
        if !words.is_empty() {
            let mut piece = run.clone();
            words.clone_into(piece.text_mut());
            self.line.push(piece);
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if line.iter().all(|run| run.text().trim().is_empty()) {
            return self.end_part();
        }
        let point = line[0].text().trim_start().strip_prefix("- ").map(|rest| rest.trim_start().to_owned());
        if let Some(rest) = point {
            *line[0].text_mut() = rest;
            self.end_open();
            self.points.push(line);
        } else if let Some(point) = self.points.last_mut() {
            point.push(Run::plain(" "));
            point.append(&mut line);
        } else {
            if !self.open.is_empty() {
                self.open.push(Run::plain(" "));
            }
            self.open.append(&mut line);
        }
    }

    fn end_open(&mut self) {
        if !self.open.is_empty() {
            self.parts.push(Part::Paragraph(std::mem::take(&mut self.open)));
        }
    }

    fn end_part(&mut self) {
        self.end_open();
        if !self.points.is_empty() {
            self.parts.push(Part::Points(std::mem::take(&mut self.points)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let line = |runs: &[Run]| runs.iter().map(Run::text).collect::<String>();
        let told = |part: Part| match part {
            Part::Paragraph(runs) => vec![line(&runs)],
            Part::Points(items) => items.iter().map(|item| format!("* {}", line(item))).collect(),
        };
        parts(&[Run::plain(text)]).into_iter().flat_map(told).collect()
    }

    #[test]
    fn a_blank_line_a_point_and_a_single_break() {
        assert_eq!(
            said("She comes\nlate.\n \nThen:\n- she waits\n  long\n- she goes\n\nEnd"),
            ["She comes late.", "Then:", "* she waits long", "* she goes", "End"]
        );
        assert_eq!(said("one-line - with a dash"), ["one-line - with a dash"]);
        assert_eq!(said("a\r\nb"), ["a b"]);
    }

    #[test]
    fn a_run_keeps_its_face_across_lines() {
        let all = parts(&[Run::Strong("Asked: ".to_owned()), Run::plain("why\nnot")]);
        let whole = [Run::Strong("Asked: ".to_owned()), Run::plain("why"), Run::plain(" "), Run::plain("not")];
        assert_eq!(all, [Part::Paragraph(whole.to_vec())]);
    }
}
