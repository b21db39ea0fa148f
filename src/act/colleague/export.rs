//! A document as numbered turns for a colleague.

use super::{Format, page, rows};
use crate::act::memo::list::{Shown, on_document};
use crate::act::{resolve, text};
use crate::diagnostic::{Result, fault};
use crate::document::{Document, Header, Role, Unit, UnitKind};
use crate::id::Kind;
use crate::memo::Access;
use crate::passage::Wholeness;
use crate::project::{Lookup, Project};
use crate::text::Span;

/// What goes out.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    pub format: Format,
    /// Speakers by the labels of participants and by their roles. Names in what is said stay.
    pub without_names: bool,
    /// Memos that are not private go along as comments, in Word.
    pub with_memos: bool,
}

/// A file, ready to be written.
#[derive(Debug)]
pub struct Made {
    pub document: String,
    pub turns: usize,
    pub bytes: Vec<u8>,
}

/// One numbered unit.
pub(super) struct Turn {
    pub n: usize,
    pub speaker: Option<String>,
    /// Seconds from the start of the recording.
    pub time: Option<f64>,
    /// The words, as they stand.
    pub text: String,
    pub remarks: Vec<Remark>,
}

/// A memo on words of a turn.
pub(super) struct Remark {
    /// Within the turn's text.
    pub span: Span,
    pub author: String,
    pub text: String,
}

/// A document on its way out.
pub(super) struct Outgoing {
    pub label: String,
    /// What it is called; `None` where no names go along.
    pub title: Option<String>,
    pub document: Document,
    pub turns: Vec<Turn>,
}

/// Faults: `purged`, `text-missing`, `too-large`.
pub fn make(project: &Project, document: &str, wish: Wish) -> Result<Made> {
    let outgoing = gather(project, document, wish)?;
    let bytes = match wish.format {
        Format::Docx => page::write(&outgoing),
        Format::Xlsx => rows::write(&outgoing)?,
    };
    Ok(Made { turns: outgoing.turns.len(), document: outgoing.label, bytes })
}

fn gather(project: &Project, typed: &str, wish: Wish) -> Result<Outgoing> {
    let document: Document = resolve::read(project, resolve::find(project, Kind::Document, typed)?)?;
    let label = project.label(document.id);
    if document.purged {
        return Err(fault("purged", format!("the text of {label} was destroyed on purpose"))
            .hint("`realist log` says when and by whom"));
    }
    let lookup = project.lookup();
    let memos = if wish.with_memos { memos(project, &document)? } else { Vec::new() };
    let mut turns = Vec::new();
    for number in 0..document.shards() {
        let shard = text::shard(project, &document, &document.version, number)?;
        for unit in &shard.units {
            let span = unit.speech_span();
            let text = span.of(&shard.text).unwrap_or_default().trim_end();
            if text.trim().is_empty() {
                continue;
            }
            let speaker = if wish.without_names {
                role(project, &lookup, &document, &shard.header, unit)
            } else {
                Project::speaker_label(&shard.header, unit)
            };
            let remarks = memos.iter().filter_map(|memo| on_turn(memo, unit, text)).collect();
            turns.push(Turn { n: unit.n, speaker, time: unit.time, text: text.to_owned(), remarks });
        }
    }
    let title = (!wish.without_names).then(|| project.title(&document)).filter(|title| *title != label);
    Ok(Outgoing { label, title, document, turns })
}

/// Memos on words that may go out.
fn memos(project: &Project, document: &Document) -> Result<Vec<Shown>> {
    let mut memos = on_document(project, &project.coder(false)?, document.id)?;
    memos.retain(|memo| memo.access != Access::Private && memo.state == Wholeness::Whole && !memo.words.is_empty());
    Ok(memos)
}

/// A memo on words of this turn alone.
fn on_turn(memo: &Shown, unit: &Unit, text: &str) -> Option<Remark> {
    let place = memo.span.filter(|_| memo.stands.is_some_and(|(_, n)| n == unit.n))?;
    // In a table spans count from the row.
    let base = if unit.kind == UnitKind::Row { unit.span.start() } else { 0 };
    let from = unit.speech_span().start();
    let start = (place.start() + base).checked_sub(from)?;
    let span = Span::new(start, place.end() + base - from)?;
    span.of(text).is_some().then(|| Remark {
        span,
        author: memo.author.clone().or_else(|| memo.signed.clone()).unwrap_or_default(),
        text: memo.text.clone(),
    })
}

/// Who speaks, without a name: the participant's label, else the role and the speaker's number.
fn role(project: &Project, lookup: &Lookup, document: &Document, header: &Header, unit: &Unit) -> Option<String> {
    let index = unit.speaker?;
    let speaker = header.speakers.get(index)?;
    let participant = lookup.participant_of(document.id, index).filter(|_| speaker.role == Role::Participant);
    Some(match participant {
        Some(id) => project.label(id),
        None => format!("{} {}", called(speaker.role), index + 1),
    })
}

fn called(role: Role) -> &'static str {
    match role {
        Role::Interviewer => "Interviewer",
        Role::Participant => "Participant",
        Role::Observer => "Observer",
        Role::Unknown => "Speaker",
    }
}

/// `00:12:03`, `-00:00:05`.
pub(super) fn clock(seconds: f64) -> String {
    #[allow(clippy::cast_possible_truncation)] // a recording is cut to whole seconds
    let whole = seconds.trunc() as i64;
    let sign = if whole < 0 { "-" } else { "" };
    let whole = whole.unsigned_abs();
    format!("{sign}{:02}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
}
