//! Cuts lines into units: turns where there are speakers, paragraphs where there are none.

use super::label::Label;
use super::lines::{Line, LineKind};
use super::sight::{is_directive, is_imprint, is_paragraph, lone_stamp, sighting, slip};
use super::talk::{self, Heard, Sighting};
use super::{role, stamp};
use crate::diagnostic::Diagnostic;
use crate::document::{Segment, Unit, UnitKind};
use crate::text::{Span, words::counted};
use std::collections::BTreeMap;

/// Labels seen once that are named one by one; more of them are one note.
const EACH: usize = 4;

/// What came of cutting.
pub struct Cut {
    pub units: Vec<Unit>,
    pub labels: Vec<String>,
    /// The few short lines before the first turn.
    pub opening: Option<String>,
    /// As [`Heard::single`].
    pub single: usize,
    pub warnings: Vec<Diagnostic>,
}

/// A unit that may still grow.
struct Open {
    kind: UnitKind,
    start: usize,
    end: usize,
    speech: Vec<Segment>,
    speaker: Option<usize>,
    time: Option<f64>,
    /// When the one before ended: the time of one that has none of its own.
    since: Option<f64>,
}

/// Goes through the lines once, one unit open at a time.
pub struct Cutter<'t> {
    text: &'t str,
    lines: &'t [Line],
    /// Stretches that are no speech, in order.
    asides: &'t [Span],
    /// Labels by line, speakers' or not.
    labels: BTreeMap<usize, Label<'t>>,
    heard: Heard,
    /// Speakers met so far: label by index, index by key.
    met: Vec<String>,
    index: BTreeMap<String, usize>,
    units: Vec<Unit>,
    open: Option<Open>,
    /// A time stamp on a line of its own, waiting for what it times.
    held: Option<(usize, f64)>,
    /// The time at the end of the last line.
    ended: Option<f64>,
}

/// Which of the labels are speakers'; the talk begins at line `first`, and a person said that `told` speak.
pub fn hear(text: &str, lines: &[Line], first: usize, labels: &BTreeMap<usize, Label>, told: &[String]) -> Heard {
    let sightings: Vec<Sighting> = labels.iter().filter_map(|(at, label)| sighting(text, lines, *at, label)).collect();
    let paragraphs = lines[first..].iter().filter(|line| is_paragraph(text, line)).count();
    if sightings.is_empty() { Heard::default() } else { talk::hear(&sightings, paragraphs, told) }
}

impl<'t> Cutter<'t> {
    pub fn new(
        text: &'t str,
        lines: &'t [Line],
        asides: &'t [Span],
        labels: BTreeMap<usize, Label<'t>>,
        heard: Heard,
        names: &[String],
    ) -> Self {
        Cutter {
            text,
            lines,
            asides,
            labels,
            heard,
            met: names.to_vec(),
            index: names.iter().enumerate().map(|(at, name)| (role::key(name), at)).collect(),
            units: Vec::new(),
            open: None,
            held: None,
            ended: None,
        }
    }

    pub fn run(mut self) -> Cut {
        for at in 0..self.lines.len() {
            self.line(at, self.lines[at]);
            self.ended = self.lines[at].span.of(self.text).and_then(stamp::at_end);
        }
        self.close();
        if let Some((start, time)) = self.held.take() {
            let end = self.lines.last().map_or(start, |line| line.span.end());
            self.open = Some(Open { time: Some(time), ..Open::new(UnitKind::Paragraph, start, end) });
            self.close();
        }
        let opening = self.opening();
        let warnings = self.warnings();
        Cut { units: self.units, labels: self.met, opening, single: self.heard.single, warnings }
    }

    /// Labels met once: those taken for speakers', and those whose words were given to nobody.
    fn warnings(&self) -> Vec<Diagnostic> {
        let line = |at: usize| self.text[..self.lines[at].span.start()].matches('\n').count() + 1;
        let name = |at: usize| self.labels.get(&at).map_or("", |label| label.name);
        let doubted: Vec<usize> = self.heard.doubted.iter().copied().filter(|at| self.lines[*at].starts).collect();
        if self.heard.once.len() + doubted.len() > EACH {
            let all: Vec<usize> = self.heard.once.iter().copied().chain(doubted).collect();
            let some: Vec<String> =
                all.iter().take(EACH).map(|at| format!("line {}: {}", line(*at), name(*at))).collect();
            let message =
                format!("{} look like speakers seen once, among them {}", counted(all.len(), "line"), some.join("; "));
            return vec![
                Diagnostic::warning("label-once", message)
                    .hint("if it is no conversation, import it as what it is, as in --kind policy")
                    .hint("else look through its turns with: realist read"),
            ];
        }
        let once = self.heard.once.iter().map(|at| {
            let message = format!("line {} looks like a speaker seen once: {}", line(*at), name(*at));
            Diagnostic::warning("label-once", message).hint("where it is not, mend the original and import it anew")
        });
        let doubted = doubted.into_iter().map(|at| {
            let message = format!("line {} may name a speaker, its words are given to nobody: {}", line(at), name(at));
            Diagnostic::warning("label-once", message)
                .hint("where nobody else speaks there, take out the colon and import the file anew")
        });
        once.chain(doubted).collect()
    }

    fn line(&mut self, at: usize, line: Line) {
        match line.kind {
            LineKind::Heading => self.heading(line),
            LineKind::Footnote => self.alone(UnitKind::Paragraph, line),
            LineKind::Voiced(speaker) => self.voiced(speaker, line),
            LineKind::Nobody => self.nobody(line),
            LineKind::Prose | LineKind::Verbatim => self.prose(at, line),
        }
    }

    /// A heading that is but a time, as between the parts of a meeting, times what follows.
    fn heading(&mut self, line: Line) {
        let words = line.span.of(self.text).unwrap_or_default().trim_start_matches(['#', ' ']);
        match lone_stamp(words.split(" {#").next().unwrap_or(words).trim_end()) {
            Some(seconds) => self.hold(line.span.start(), seconds),
            None => self.alone(UnitKind::Heading, line),
        }
    }

    fn prose(&mut self, at: usize, line: Line) {
        let words = line.span.of(self.text).unwrap_or_default();
        if let Some(seconds) = lone_stamp(words) {
            self.hold(line.span.start(), seconds);
        } else if is_directive(words) {
            self.directive(line);
        } else if !self.heard.speakers.is_empty() && is_imprint(words) {
            self.alone(UnitKind::Paragraph, line);
        } else if let Some(label) = self.speaker_at(at, words) {
            self.turn(&label, line);
        } else if line.starts && self.heard.doubted.contains(&at) {
            self.begin(UnitKind::Paragraph, line);
            self.speech(line.span.start(), line.span.end());
        } else if self
            .labels
            .get(&at)
            .is_some_and(|label| !self.heard.speakers.is_empty() && talk::is_interlude(&role::key(label.name)))
        {
            self.alone(UnitKind::Paragraph, line);
        } else {
            self.unlabelled(line, words);
        }
    }

    /// The label of a line, where it is a speaker's; a full stop for the colon is forgiven.
    fn speaker_at(&self, at: usize, words: &'t str) -> Option<Label<'t>> {
        let is_speaker = |label: &Label| self.heard.speakers.contains(&role::key(label.name));
        match self.labels.get(&at) {
            Some(label) if is_speaker(label) => Some(*label),
            _ if self.heard.speakers.is_empty() => None,
            _ => slip(words).filter(is_speaker),
        }
    }

    fn turn(&mut self, label: &Label, line: Line) {
        let key = role::key(label.name);
        let speaker = self.index.get(&key).copied().unwrap_or_else(|| {
            self.met.push(label.name.to_owned());
            self.index.insert(key, self.met.len() - 1);
            self.met.len() - 1
        });
        let is_solo = self.heard.speakers.len() == 1;
        self.speak(speaker, line, is_solo);
        self.time(label.time.or(line.time));
        self.speech(line.span.start() + label.len, line.span.end());
    }

    fn voiced(&mut self, speaker: usize, line: Line) {
        self.speak(speaker, line, self.met.len() == 1 && line.starts);
        self.time(line.time);
        self.speech(line.span.start(), line.span.end());
    }

    fn nobody(&mut self, line: Line) {
        let goes_on = !line.starts && self.open.as_ref().is_some_and(|open| open.kind == UnitKind::Paragraph);
        if !goes_on {
            self.begin(UnitKind::Paragraph, line);
        }
        self.time(line.time);
        self.speech(line.span.start(), line.span.end());
        if let Some(open) = &mut self.open {
            open.end = line.span.end();
        }
    }

    /// Goes on with the speaker's turn, or begins one.
    fn speak(&mut self, speaker: usize, line: Line, is_new: bool) {
        let goes_on = !is_new && self.open.as_ref().is_some_and(|open| open.speaker == Some(speaker));
        if !goes_on {
            self.begin(UnitKind::Turn, line);
        }
        if let Some(open) = &mut self.open {
            open.speaker = Some(speaker);
            open.end = line.span.end();
        }
        self.held = None;
    }

    fn unlabelled(&mut self, line: Line, words: &str) {
        let stamp = stamp::at_start(words).filter(|stamp| stamp.apart || stamp.fields > 2);
        let is_turn = self.open.as_ref().is_some_and(|open| open.kind == UnitKind::Turn);
        if !is_turn && (line.starts || stamp.is_some() || self.held.is_some() || self.open.is_none()) {
            self.begin(UnitKind::Paragraph, line);
        }
        self.held = None;
        self.time(stamp.map(|stamp| stamp.seconds).or(line.time));
        self.speech(line.span.start() + stamp.map_or(0, |stamp| stamp.len), line.span.end());
        if let Some(open) = &mut self.open {
            open.end = line.span.end();
        }
    }

    /// A unit of one line: a heading, a footnote, an interlude.
    fn alone(&mut self, kind: UnitKind, line: Line) {
        self.begin(kind, line);
        let words = line.span.of(self.text).unwrap_or_default();
        let marks =
            if kind == UnitKind::Heading { words.len() - words.trim_start_matches(['#', ' ']).len() } else { 0 };
        self.speech(line.span.start() + marks, line.span.end());
        self.close();
    }

    fn directive(&mut self, line: Line) {
        if self.open.is_none() && self.held.is_none() {
            self.open = Some(Open::new(UnitKind::Paragraph, line.span.start(), line.span.end()));
            self.close();
        }
    }

    fn hold(&mut self, start: usize, seconds: f64) {
        if self.open.as_ref().is_some_and(|open| open.kind != UnitKind::Turn) {
            self.close();
        }
        let start = self.held.map_or(start, |(first, _)| first);
        self.held = Some((start, seconds));
    }

    fn begin(&mut self, kind: UnitKind, line: Line) {
        self.close();
        let held = self.held.take();
        let start = held.map_or(line.span.start(), |(start, _)| start);
        let since = self.ended;
        self.open = Some(Open { time: held.map(|(_, time)| time), since, ..Open::new(kind, start, line.span.end()) });
    }

    /// A time counts where the unit has none and nothing was said yet.
    fn time(&mut self, time: Option<f64>) {
        if let Some(open) = &mut self.open
            && open.speech.is_empty()
        {
            open.time = open.time.or(time);
        }
    }

    /// Adds what stands between the time stamps and asides of a stretch.
    fn speech(&mut self, start: usize, end: usize) {
        let Some(stretch) = self.text.get(start..end) else { return };
        let mut gaps: Vec<(usize, usize, Option<f64>)> = Vec::new();
        stamp::within(stretch, 0, |span, seconds| {
            gaps.push((start + span.start(), start + span.end(), Some(seconds)));
        });
        let first = self.asides.partition_point(|aside| aside.end() <= start);
        let asides = self.asides[first..].iter().take_while(|aside| aside.start() < end);
        gaps.extend(asides.map(|aside| (aside.start(), aside.end(), None)));
        gaps.sort_by_key(|(from, ..)| *from);
        let mut from = start;
        for (gap, after, seconds) in gaps {
            self.segment(from, gap);
            if seconds.is_some() {
                self.time(seconds);
            }
            from = from.max(after);
        }
        self.segment(from, end);
    }

    fn segment(&mut self, start: usize, end: usize) {
        let Some(words) = self.text.get(start..end) else { return };
        let from = start + (words.len() - words.trim_start().len());
        let Some(span) = Span::new(from, from + words.trim().len()) else { return };
        let Some(open) = &mut self.open else { return };
        match open.speech.last_mut() {
            Some(last) if self.text[last.span.end()..from].trim().is_empty() => last.span = last.span.join(span),
            _ => open.speech.push(Segment { span, voice: None }),
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some(span) = Span::new(open.start, open.end) else { return };
        self.units.push(Unit {
            n: self.units.len() + 1,
            kind: open.kind,
            span,
            speech: open.speech,
            speaker: open.speaker,
            study: None,
            voice: None,
            time: open.time.or(open.since),
            page: None,
        });
    }

    fn opening(&self) -> Option<String> {
        let before: Vec<&str> = self
            .units
            .iter()
            .take_while(|unit| unit.kind != UnitKind::Turn)
            .filter_map(|unit| unit.speech_span().of(self.text))
            .take(4)
            .collect();
        let is_short = (1..=3).contains(&before.len()) && before.iter().all(|line| line.len() <= 120);
        is_short.then(|| before.join("\n"))
    }
}

impl Open {
    fn new(kind: UnitKind, start: usize, end: usize) -> Self {
        Open { kind, start, end, speech: Vec::new(), speaker: None, time: None, since: None }
    }
}
