//! What can be told of a line before the document is known: labels, lone times, directives.

use super::label::{self, Label, Style};
use super::lines::{Line, LineKind};
use super::stamp;
use super::talk::Sighting;
use std::collections::BTreeMap;

/// All labels by form, from line `first` on.
pub fn sighted<'t>(text: &'t str, lines: &[Line], first: usize) -> BTreeMap<usize, Label<'t>> {
    let mut labels = BTreeMap::new();
    for (at, line) in lines.iter().enumerate().skip(first) {
        let Some(words) = line.span.of(text).filter(|_| line.kind == LineKind::Prose) else { continue };
        let is_cue = at > 0 && lines[at - 1].span.of(text).is_some_and(is_range);
        let found = if is_cue { cued(text, lines, at) } else { None };
        if let Some(label) = found.or_else(|| label::at_start(words)) {
            labels.insert(at, label);
        }
    }
    labels
}

/// A name alone below a range of times, with something said below it.
fn cued<'t>(text: &'t str, lines: &[Line], at: usize) -> Option<Label<'t>> {
    let name = lines[at].span.of(text)?;
    let has_speech = lines.get(at + 1)?.span.of(text).is_some_and(|below| !is_range(below));
    let is_name = label::is_name(name, false) && label::capitalised(name) && !name.ends_with('.');
    (has_speech && is_name).then_some(Label { name, len: name.len(), time: None, style: Style::Cue })
}

pub fn sighting(text: &str, lines: &[Line], at: usize, label: &Label) -> Option<Sighting> {
    let is_lone = label.len == lines[at].span.len();
    let before = at.checked_sub(1).and_then(|before| lines[before].span.of(text));
    Sighting::new(at, label, is_lone, before.is_some_and(|before| lone_stamp(before).is_some()))
}

pub fn is_paragraph(text: &str, line: &Line) -> bool {
    let words = line.span.of(text).unwrap_or_default();
    line.starts && line.kind == LineKind::Prose && lone_stamp(words).is_none() && !is_directive(words)
}

fn is_range(line: &str) -> bool {
    stamp::range(line).is_some_and(|stamp| stamp.len == line.len())
}

/// The time of a line that holds nothing else.
pub fn lone_stamp(line: &str) -> Option<f64> {
    let stamp = stamp::range(line).or_else(|| stamp::at_start(line))?;
    (stamp.len == line.len()).then_some(stamp.seconds)
}

/// `_page : 2`, a note to software.
pub fn is_directive(line: &str) -> bool {
    let Some((name, _)) = line.strip_prefix('_').and_then(|rest| rest.split_once(':')) else { return false };
    !name.trim().is_empty() && name.trim_end().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// What the program that transcribed says of itself: nobody's words.
pub fn is_imprint(line: &str) -> bool {
    const LONGEST: usize = 120;
    line.len() <= LONGEST
        && (line.starts_with("Transcribed by http")
            || [" started transcription", " stopped transcription"].iter().any(|end| line.ends_with(end)))
}

/// `Speaker 1. I know`: a full stop typed for the colon.
pub fn slip(line: &str) -> Option<Label<'_>> {
    let (name, rest) = line.split_once(". ")?;
    let is_numbered = name.len() < 30 && name.ends_with(|last: char| last.is_ascii_digit());
    let len = line.len() - rest.trim_start().len();
    is_numbered.then_some(Label { name, len, time: None, style: Style::Plain })
}
