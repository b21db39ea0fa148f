//! What stands before the talk: date, place, who transcribed. Set apart as particulars, by name.

use super::{label, lines::Line, role};
use std::collections::BTreeMap;

/// Words that open a line of particulars.
const NAMES: &[&str] = &[
    "date",
    "time",
    "duration",
    "length",
    "place",
    "location",
    "venue",
    "title",
    "transcriber",
    "transcribed by",
    "file",
    "file name",
    "filename",
    "recording",
    "interview date",
    "date of interview",
    "interview",
    "project",
    "study",
    "site",
    "transcript by",
    "transcription",
    "audio",
    "language",
    "id",
    "participant id",
    "interview id",
    "interviewee",
];
/// Lines looked at.
const LONGEST: usize = 15;
/// Letters such a line may have.
const WIDEST: usize = 120;

/// Number of first lines that are particulars, and what they say.
pub fn read(text: &str, lines: &[Line]) -> (usize, BTreeMap<String, String>) {
    let short = lines.iter().take(LONGEST).take_while(|line| line.span.len() <= WIDEST).count();
    let last = lines[..short].iter().rposition(|line| pair(text, line).is_some_and(|(name, _)| is_name(name)));
    let mut end = last.map_or(0, |last| last + 1);
    if end > 0 {
        let block = lines[end..short].iter().take_while(|line| !has_gap_before(text, line)).count();
        let closes = lines.get(end + block).is_some_and(|line| has_gap_before(text, line));
        end += if closes { block } else { 0 };
    }
    let pairs = lines[..end].iter().filter_map(|line| pair(text, line));
    (end, pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

fn is_name(name: &str) -> bool {
    NAMES.contains(&role::key(name).as_str())
}

fn pair<'t>(text: &'t str, line: &Line) -> Option<(&'t str, &'t str)> {
    let line = line.span.of(text)?;
    let (name, value) = line.split_once(':')?;
    let name = name.trim_matches(['*', '_', ' ']);
    let value = value.trim_matches(['*', '_', ' ']);
    (!value.is_empty() && label::is_name(name, true)).then_some((name, value))
}

fn has_gap_before(text: &str, line: &Line) -> bool {
    text[..line.span.start()].trim_end_matches([' ', '\t']).ends_with("\n\n")
}

#[cfg(test)]
mod tests {
    use super::super::lines::{LineKind, filled};
    use super::*;

    fn preface(text: &str) -> (usize, Vec<String>) {
        let lines: Vec<Line> =
            filled(text, 0).map(|(span, starts)| Line { span, kind: LineKind::Prose, starts, time: None }).collect();
        let (end, pairs) = read(text, &lines);
        (end, pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect())
    }

    #[test]
    fn particulars_end_with_their_block() {
        let text = "Date: 12 May\nInterviewer: Jo\nParticipant: Ana\n\nInterviewer: So?\nAna: Yes.";
        assert_eq!(preface(text), (3, vec!["Date=12 May".into(), "Interviewer=Jo".into(), "Participant=Ana".into()]));
        assert_eq!(preface("Date: 12 May\nInterviewer: So?\nAna: Yes.").0, 1);
        assert_eq!(preface("Interviewer: So?\nAna: Yes.").0, 0);
    }
}
