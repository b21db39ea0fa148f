//! Captions, shared by WebVTT and SubRip: blocks become cues, cues become lines of text.
//!
//! Lenient where the specifications would drop speech: a block without a readable time is kept as
//! text and counted in a warning.

use super::completeness::{Loss, Tally, letters};
use super::lines::{Line, LineKind};
use super::markup::voices;
use super::scroll::Scroll;
use super::turns::Matter;
use super::{role, stamp, weigh};
use crate::diagnostic::Diagnostic;
use crate::text::words::on_one_line;
use crate::text::{Span, words::counted};
use std::collections::BTreeMap;

/// Seconds of silence after which a new paragraph begins.
const PAUSE: f64 = 3.0;
/// Bytes after which one begins whatever the punctuation.
const LONGEST: usize = 600;

/// Reads captions; `is_vtt` for the header and blocks only WebVTT has.
pub fn read(format: &'static str, captions: &str, is_vtt: bool, mut warnings: Vec<Diagnostic>) -> Matter {
    let mut track = Track { scroll: Scroll::of(blocks(captions).filter_map(payload)), ..Track::default() };
    for (at, block) in blocks(captions).enumerate() {
        if is_vtt && at == 0 && block[0].starts_with("WEBVTT") {
            track.head(&block);
        } else if is_vtt && is_aside(block[0]) {
            track.aside(&block);
        } else {
            track.block(&block);
        }
    }
    warnings.extend(track.advice());
    track.matter(format, weigh::captions(captions, is_vtt), warnings)
}

/// What a program says was said, without tags.
pub struct Said {
    pub speaker: Option<String>,
    /// Start and end in seconds.
    pub time: Option<(f64, f64)>,
    pub words: String,
}

/// The same of segments that name their speakers, or nobody.
pub fn of_segments(format: &'static str, said: impl Iterator<Item = Said>, warnings: Vec<Diagnostic>) -> Matter {
    let mut track = Track::default();
    let mut container = 0;
    for Said { speaker, time, words } in said {
        container += letters(&words);
        track.voice = speaker.map_or(Voice::Untold, |name| Voice::Named(track.speaker(name.trim())));
        let paused = time.is_some_and(|(start, _)| start - track.last_end >= PAUSE);
        let words = on_one_line(&words);
        if !words.is_empty() {
            track.line(&words, time.map(|(start, _)| start), paused);
        }
        track.last_end = time.map_or(track.last_end, |(_, end)| end);
    }
    if !track.names.is_empty() {
        let unnamed = track.lines.iter_mut().filter(|line| line.kind == LineKind::Prose);
        unnamed.for_each(|line| line.kind = LineKind::Nobody);
    }
    track.matter(format, container, warnings)
}

/// Lines between empty ones. One of nothing but spaces parts what stands around it only where a time follows:
/// scrolling captions have such lines within a cue.
fn blocks(captions: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines: Vec<&str> = captions.lines().collect();
    let is_time = |at: usize| lines.get(at).is_some_and(|line| line.contains("-->"));
    let parts =
        |at: usize| lines[at].is_empty() || (lines[at].trim().is_empty() && (is_time(at + 1) || is_time(at + 2)));
    let mut blocks = vec![Vec::new()];
    for (at, line) in lines.iter().map(|line| line.trim()).enumerate() {
        if parts(at) {
            blocks.push(Vec::new());
        } else if let (Some(block), false) = (blocks.last_mut(), line.is_empty()) {
            block.push(line);
        }
    }
    blocks.into_iter().filter(|block| !block.is_empty())
}

/// What a block shows of its first cue.
fn payload(mut block: Vec<&str>) -> Option<Vec<&str>> {
    let time = block.iter().position(|line| line.contains("-->"))?;
    Some(block.split_off(time + 1))
}

fn is_aside(line: &str) -> bool {
    ["NOTE", "STYLE", "REGION"]
        .iter()
        .any(|word| line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])))
        && !line.contains("-->")
}

/// Whose words a cue holds; goes on until another is named.
#[derive(Default, Clone, Copy)]
enum Voice {
    /// Nobody has been named so far.
    #[default]
    Untold,
    Named(usize),
    /// Somebody else than who was named before: a dash says so, and not who.
    Another,
}

impl Voice {
    fn kind(self) -> LineKind {
        match self {
            Voice::Untold => LineKind::Prose,
            Voice::Named(name) => LineKind::Voiced(name),
            Voice::Another => LineKind::Nobody,
        }
    }
}

#[derive(Default)]
struct Track {
    text: String,
    lines: Vec<Line>,
    names: Vec<String>,
    index: BTreeMap<String, usize>,
    particulars: BTreeMap<String, String>,
    /// End of the last cue, and start of the paragraph it is in.
    last_end: f64,
    paragraph: usize,
    bad: usize,
    skipped: usize,
    tally: Tally,
    voice: Voice,
    scroll: Scroll,
}

impl Track {
    fn matter(self, format: &'static str, container: usize, warnings: Vec<Diagnostic>) -> Matter {
        let Track { text, lines, names, particulars, tally, .. } = self;
        Matter { text, lines, names, particulars, container, tally, warnings, ..Matter::new(format) }
    }

    /// The header may run straight into a cue.
    fn head(&mut self, block: &[&str]) {
        let end = block.iter().position(|line| line.contains("-->")).unwrap_or(block.len());
        for (name, value) in block[1..end.max(1)].iter().filter_map(|line| line.split_once(':')) {
            self.particulars.insert(name.trim().to_owned(), value.trim().to_owned());
        }
        if end < block.len() {
            self.block(&block[end..]);
        }
    }

    /// A block that is no cue: notes of whoever made the file, what captions look like. A cue may run
    /// straight into it.
    fn aside(&mut self, block: &[&str]) {
        let is_note = block[0].starts_with("NOTE");
        self.skipped += usize::from(is_note);
        let cue = block.iter().position(|line| line.contains("-->"));
        for line in block[..cue.unwrap_or(block.len())].iter().filter(|_| is_note) {
            self.tally.lose(Loss::Note, line);
        }
        if let Some(cue) = cue {
            self.block(&block[cue..]);
        }
    }

    /// A cue; several where blank lines between cues were lost.
    fn block(&mut self, block: &[&str]) {
        let times: Vec<usize> = (0..block.len()).filter(|at| block[*at].contains("-->")).collect();
        let Some(first) = times.first().copied() else {
            return self.stray(block);
        };
        if first > 1 {
            self.stray(&block[..first - 1]);
        }
        for (nth, at) in times.iter().copied().enumerate() {
            let mut end = times.get(nth + 1).copied().unwrap_or(block.len());
            if end < block.len() && end > at + 1 && is_number(block[end - 1]) {
                end -= 1;
            }
            let time = timing(block[at]);
            self.bad += usize::from(time.is_none());
            self.cue(time, &block[at + 1..end]);
        }
    }

    /// Lines that belong to no cue; a number alone is the number of one that holds nothing.
    fn stray(&mut self, lines: &[&str]) {
        if lines.iter().any(|line| !is_number(line)) {
            self.bad += 1;
            self.cue(None, lines);
        } else {
            for line in lines {
                self.tally.set_aside(line);
            }
        }
    }

    fn cue(&mut self, time: Option<(f64, f64)>, payload: &[&str]) {
        let payload = self.scroll.new_lines(payload, &mut self.tally);
        let is_dialogue = payload.len() > 1 && payload.iter().all(|line| line.starts_with('-'));
        let payload = payload.join(if is_dialogue { "\n" } else { " " });
        let paused = time.is_some_and(|(start, _)| start - self.last_end >= PAUSE);
        for (nth, (voice, words)) in voices(&payload, &mut self.tally).into_iter().enumerate() {
            let is_named = voice.is_some();
            if let Some(name) = voice {
                self.voice = Voice::Named(self.speaker(&name));
            }
            for words in words.split('\n').map(str::trim).filter(|words| !words.is_empty()) {
                if !is_named && changes_speaker(words) && matches!(self.voice, Voice::Named(_)) {
                    self.voice = Voice::Another;
                }
                self.line(words, time.map(|(start, _)| start), paused && nth == 0);
            }
        }
        self.last_end = time.map_or(self.last_end, |(_, end)| end);
    }

    fn line(&mut self, words: &str, time: Option<f64>, paused: bool) {
        let ended = self.text.is_empty() || ends_sentence(&self.text);
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(words);
        let starts = ended || paused || changes_speaker(words) || start - self.paragraph > LONGEST;
        if starts {
            self.paragraph = start;
        }
        let kind = self.voice.kind();
        self.lines.extend(Span::new(start, self.text.len()).map(|span| Line { span, kind, starts, time }));
    }

    fn speaker(&mut self, name: &str) -> usize {
        *self.index.entry(role::key(name)).or_insert_with(|| {
            self.names.push(name.to_owned());
            self.names.len() - 1
        })
    }

    fn advice(&self) -> Vec<Diagnostic> {
        let mut advice = Vec::new();
        if self.bad > 0 {
            let message = format!("kept as text, without a time that can be read: {}", counted(self.bad, "caption"));
            advice.push(Diagnostic::warning("bad-cue", message));
        }
        if self.skipped > 0 {
            let message = format!("left out, as captions do not show them: {}", counted(self.skipped, "note"));
            advice.push(Diagnostic::note("notes-skipped", message));
        }
        advice
    }
}

/// `- ` and `>>` before words: somebody else goes on, without a name.
fn changes_speaker(words: &str) -> bool {
    words.starts_with(['-', '>'])
}

fn is_number(line: &str) -> bool {
    line.bytes().all(|byte| byte.is_ascii_digit())
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', ')', ']']).ends_with(['.', '?', '!', '…', '。', '？', '！'])
}

/// Start and end in seconds.
fn timing(line: &str) -> Option<(f64, f64)> {
    let (start, end) = line.split_once("-->")?;
    let start = stamp::clock(start.trim()).filter(|stamp| stamp.len == start.trim().len())?;
    Some((start.seconds, stamp::clock(end.trim())?.seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vtt(captions: &str) -> Matter {
        read("vtt", captions, true, Vec::new())
    }

    #[test]
    fn cues_are_lines() {
        let matter = vtt(
            "WEBVTT\nKind: captions\n\nNOTE no\nspeech\n\n1\n00:01.000 --> 00:04.000 align:start\nHello\nthere.\n\n\n00:05.000 --> 00:06.000\nYes,\n\n00:06.000 --> 00:07.000\nwe do",
        );
        assert_eq!(matter.text, "Hello there.\nYes,\nwe do");
        assert_eq!(matter.lines.iter().map(|line| line.starts).collect::<Vec<_>>(), [true, true, false]);
        assert_eq!(matter.lines[1].time, Some(5.0));
        assert_eq!(matter.particulars["Kind"], "captions");
        assert_eq!(matter.warnings.len(), 1);
    }

    #[test]
    fn bad_cues_keep_their_words() {
        let matter = vtt("WEBVTT\n\n00:xx --> 00:04.000\nstill said\n\nno time at all\n\n00:05.000 --> 00:06.000\nok");
        assert_eq!(matter.text, "still said\nno time at all\nok");
        assert!(matter.warnings[0].message.ends_with(": 2 captions"));
    }

    #[test]
    fn lost_blank_lines_are_forgiven() {
        let matter =
            read("srt", "1\n00:00:01,0 --> 00:00:02,0\none\n2\n00:00:02,0 --> 00:00:03,0\ntwo", false, Vec::new());
        assert_eq!(matter.text, "one\ntwo");
        assert!(matter.warnings.is_empty());
    }
}
