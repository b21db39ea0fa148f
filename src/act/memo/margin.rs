//! Comments in the margin of a document become memos. Their ids follow from the document, the place and
//! what they say, under a key made from the text: two sites that take in one file hold the same memos, and
//! nobody can test a guess once the text is gone.

use crate::diagnostic::Result;
use crate::document::{Note, Unit, UnitKind};
use crate::id::{Id, Kind};
use crate::manuscript::Manuscript;
use crate::memo::Memo;
use crate::passage::{Anchor, QuoteKey};
use crate::project::{Batch, Original, Project};
use crate::text::Span;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// A comment on its way to become a memo.
#[derive(Debug, Clone)]
pub struct Comment<'c> {
    /// Where it stands; `None`: at the document as a whole.
    pub anchor: Option<Anchor>,
    /// The words there.
    pub words: &'c str,
    /// The name in the margin.
    pub signed: Option<&'c str>,
    pub text: &'c str,
}

/// The comments of one document.
pub struct Margin<'f> {
    document: Id,
    /// The file whose key seals what they say.
    file: &'f Original,
    key: QuoteKey,
    /// Words and text of the memos on the document that are here.
    there: BTreeSet<(String, String)>,
}

impl<'f> Margin<'f> {
    /// `key` is that of the text the comments stand beside.
    pub fn of(project: &Project, document: Id, file: &'f Original, key: QuoteKey) -> Result<Self> {
        let memos = project.state().about::<Memo>(document);
        let mut there = BTreeSet::new();
        if !memos.is_empty() {
            let lookup = project.lookup();
            for memo in memos {
                let anchor = memo.anchor.as_ref();
                let words = anchor.map(|anchor| project.quotation(&lookup, anchor)).transpose()?;
                let words = words.map(|quotation| quotation.text).unwrap_or_default();
                there.extend(project.unseal_text(&memo.text).map(|text| (words, text)));
            }
        }
        Ok(Margin { document, file, key, there })
    }

    /// Makes a memo; gives its label. `None` where the same is said of the same words already, or was
    /// and somebody removed it.
    pub fn enter(&mut self, batch: &mut Batch<'_>, comment: &Comment<'_>) -> Result<Option<String>> {
        let Comment { anchor, words, signed, text } = comment;
        if !self.there.insert(((*words).to_owned(), (*text).to_owned())) {
            return Ok(None);
        }
        let place = anchor.as_ref().map_or_else(String::new, |anchor| format!("{:?} {}", anchor.row, anchor.hull()));
        let said = self.key.hash(&format!("{place}\n{}\n{text}", signed.unwrap_or_default()));
        let id = Id::derived([b"memo".as_slice(), self.document.as_bytes(), said.as_bytes()]);
        let known = batch.project().state().entity(id);
        if known.is_some_and(|entity| entity.fields().contains_key("gone")) {
            return Ok(None);
        }
        let about = anchor.is_none().then_some(self.document);
        let text = batch.seal_with(&Value::from(*text), self.file)?;
        let signed = signed.map(|name| batch.seal_with(&Value::from(name), self.file)).transpose()?;
        let fields = Batch::fields(json!({ "anchor": anchor, "about": about, "text": text, "signed": signed }));
        Ok(Some(batch.create_as(Kind::Memo, id, &fields).to_string()))
    }
}

/// Makes memos of the comments that stand beside a manuscript, frozen as `version` of a document; gives
/// how many.
pub fn keep(
    batch: &mut Batch<'_>,
    document: Id,
    version: &str,
    manuscript: &dyn Manuscript,
    file: &Original,
) -> Result<usize> {
    let notes = manuscript.notes();
    if notes.is_empty() {
        return Ok(0);
    }
    let (first, places) = place(document, version, manuscript, notes)?;
    let mut margin = Margin::of(batch.project(), document, file, first)?;
    let mut made = 0;
    for (note, place) in notes.iter().zip(places) {
        let (anchor, words) = place.unzip();
        let words = words.unwrap_or_default();
        let comment = Comment { anchor, words: &words, signed: note.author.as_deref(), text: &note.text };
        made += usize::from(margin.enter(batch, &comment)?.is_some());
    }
    Ok(made)
}

type Place = Option<(Anchor, String)>;

/// The key of the first shard, and where each note stands with the words there; `None` where it stands at
/// no unit.
fn place(document: Id, version: &str, manuscript: &dyn Manuscript, notes: &[Note]) -> Result<(QuoteKey, Vec<Place>)> {
    let mut places: Vec<Place> = vec![None; notes.len()];
    let (mut first, mut start) = (None, 0);
    manuscript.each_shard(&mut |text, units| {
        let key = QuoteKey::of(text);
        for (note, place) in notes.iter().zip(&mut places) {
            let span = note.span.and_then(|span| {
                Span::new(span.start().checked_sub(start)?, span.end().checked_sub(start)?)
                    .filter(|it| it.end() <= text.len())
            });
            if let Some((row, within, words)) = span.and_then(|span| stand(text, units, span)) {
                let version = version.to_owned();
                let anchor = Anchor { document, version, row, spans: vec![within], hashes: vec![key.hash(words)] };
                *place = Some((anchor, words.to_owned()));
            }
        }
        first.get_or_insert(key);
        // Shards of a table follow each other, one line break between.
        start += text.len() + 1;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok((first.unwrap_or_else(|| QuoteKey::of("")), places))
}

/// Row, span and words of a note: in a table they lie in one row and count from its start.
fn stand<'t>(text: &'t str, units: &[Unit], span: Span) -> Option<(Option<usize>, Span, &'t str)> {
    let unit = units.iter().find(|unit| unit.span.overlaps(span))?;
    if unit.kind != UnitKind::Row {
        let span = to_speech(units, span);
        return Some((None, span, span.of(text)?));
    }
    let words = span.of(text)?;
    let base = unit.span.start();
    let within = Span::new(span.start().checked_sub(base)?, span.end() - base)?;
    unit.span.encloses(span).then_some((Some(unit.n), within, words))
}

/// The speech at a span: labels and times at its ends are left out. One that holds nothing else stands for
/// the speech beside it.
pub fn to_speech(units: &[Unit], span: Span) -> Span {
    let mut touched = units.iter().filter(|unit| unit.span.overlaps(span)).map(Unit::speech_span);
    let Some(first) = touched.next() else { return span };
    let last = touched.next_back().unwrap_or(first);
    Span::new(span.start().max(first.start()), span.end().min(last.end())).unwrap_or(first)
}
