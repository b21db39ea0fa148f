//! Speaker turns: the lines of a text layer become numbered units.
//!
//! Shared by txt, md, docx and captions. Consecutive units of one speaker are one turn, unlabelled
//! paragraphs belong to the turn before them, and labels and time stamps are in no speech segment.
//! Where a document is no conversation ([`super::talk`]) its paragraphs stay paragraphs.

use super::completeness::{self, Tally, letters};
use super::cutter::{Cut, Cutter, hear};
use super::lines::Line;
use super::sight::sighted;
use super::{Imported, Request, preface, role};
use crate::diagnostic::Diagnostic;
use crate::document::{Draft, Header, Note, Role, Speaker, UNITS_FORMAT, Unit, UnitKind, Voice};
use crate::strand::SourceKind;
use crate::text::{Span, words};
use std::collections::BTreeMap;

/// What a format made of a file before it is cut.
pub struct Matter {
    pub format: &'static str,
    pub text: String,
    pub lines: Vec<Line>,
    /// Stretches that are nobody's words, in order: marks of footnotes.
    pub asides: Vec<Span>,
    /// Speakers named beside the text ([`super::lines::LineKind::Voiced`]).
    pub names: Vec<String>,
    pub particulars: BTreeMap<String, String>,
    pub notes: Vec<Note>,
    /// Letters and digits of the file, counted a second way, and what became of those that are not in the text.
    pub container: usize,
    pub tally: Tally,
    pub warnings: Vec<Diagnostic>,
}

impl Matter {
    /// Nothing yet.
    pub fn new(format: &'static str) -> Self {
        Matter {
            format,
            text: String::new(),
            lines: Vec::new(),
            asides: Vec::new(),
            names: Vec::new(),
            particulars: BTreeMap::new(),
            notes: Vec::new(),
            container: 0,
            tally: Tally::default(),
            warnings: Vec::new(),
        }
    }
}

/// Cuts the text into units and fills in the header.
pub fn cut(matter: Matter, request: &Request) -> Imported {
    let Matter { format, text, lines, asides, names, mut particulars, notes, container, tally, mut warnings } = matter;
    let dropped = completeness::dropped(container, letters(&text), &tally);
    warnings.extend(completeness::advice(&dropped));
    let (first, pairs) = preface::read(&text, &lines);
    let labels = if names.is_empty() && listens(request) { sighted(&text, &lines, first) } else { BTreeMap::new() };
    let told: Vec<String> = request.roles.iter().map(|(label, _)| role::key(label)).collect();
    let heard = hear(&text, &lines, first, &labels, &told);
    let cutter = Cutter::new(&text, &lines, &asides, labels, heard, &names);
    let Cut { mut units, labels, opening, single, warnings: doubts } = cutter.run();
    warnings.extend(doubts);
    if !labels.is_empty() {
        particulars.extend(pairs);
        particulars.extend(opening.map(|opening| ("first_lines".to_owned(), opening)));
    }
    let speakers = role::assign(&labels, request.kind, request.roles);
    let voice = role::default_voice(request.kind);
    for unit in &mut units {
        unit.voice = unit.speaker.and_then(|speaker| role::voice(speakers[speaker].role, voice));
    }
    warnings.extend(role::nearly_alike(&labels));
    warnings.extend(advice(&speakers, single, request.kind));
    let header = Header {
        format: UNITS_FORMAT,
        units: units.len(),
        turns: units.iter().filter(|unit| unit.kind == UnitKind::Turn).count(),
        words: speech_words(&text, &units),
        voice,
        speakers,
        studies: Vec::new(),
        particulars,
    };
    Imported { draft: Draft { format, text, header, units, notes }, dropped, warnings }
}

/// UAX 29 words of all speech.
pub fn speech_words(text: &str, units: &[Unit]) -> usize {
    let segments = units.iter().flat_map(|unit| &unit.speech);
    segments.filter_map(|segment| segment.span.of(text)).map(words::count).sum()
}

/// Field notes are the observer's words, quoted dialogue included, unless a person gave roles.
fn listens(request: &Request) -> bool {
    role::default_voice(request.kind) != Voice::FieldNote || !request.roles.is_empty()
}

/// What a person may want to set right.
fn advice(speakers: &[Speaker], single: usize, kind: SourceKind) -> Option<Diagnostic> {
    let is_talk = matches!(kind, SourceKind::Interview | SourceKind::FocusGroup);
    if !is_talk {
        None
    } else if speakers.is_empty() && single > 0 {
        let said = format!(
            "{single} labels were found, each of them once: too few to tell speakers by; the text is cut into paragraphs"
        );
        Some(
            Diagnostic::note("labels-once", said)
                .hint("where they are speakers say so: --role \"Ana=participant\" --role \"Jo=interviewer\""),
        )
    } else if speakers.is_empty() {
        Some(
            Diagnostic::note("no-speakers", "no speaker labels were found; the text is cut into paragraphs")
                .hint("begin each turn with a label and a colon, as in `P1:`"),
        )
    } else if speakers.iter().all(|speaker| speaker.role != Role::Interviewer) {
        Some(
            Diagnostic::note("no-interviewer", "no speaker was recognised as the interviewer")
                .hint("say who it is: with --role \"Ana=interviewer\" here, later by realist document set D1.gj --role \"Ana=interviewer\""),
        )
    } else {
        None
    }
}
