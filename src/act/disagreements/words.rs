//! The words of a disputed place: its units, some of what is said before and after, and what each coder marked.

use crate::act::anchor::{self, Spot, Words};
use crate::diagnostic::Result;
use crate::document::{Unit, UnitKind};
use crate::id::Id;
use crate::passage::{Anchor, Quotation};
use crate::project::{Lookup, Project, Shard};
use crate::report::disagreements::found::{MOST_UNITS, Passage};
use crate::text::{Span, words};
use std::borrow::Cow;

/// Words of the unit before and of the one after.
const AROUND: usize = 30;

/// Words of one unit printed whole; of a longer one as many as this beside what is marked.
const LONGEST: usize = 150;

/// Words of a mark that are printed.
const LONGEST_MARK: usize = 60;

/// What is printed of a place.
pub struct Text {
    pub said: Vec<Passage>,
    pub unsaid: usize,
    pub before: Option<Passage>,
    pub after: Option<Passage>,
}

pub struct Reader<'p> {
    project: &'p Project,
    lookup: Lookup,
}

impl<'p> Reader<'p> {
    pub fn of(project: &'p Project) -> Self {
        Reader { project, lookup: project.lookup() }
    }

    /// Units `first..=last` of a document in which these anchors lie.
    pub fn read(&self, document: Id, (first, last): (usize, usize), anchors: &[&Anchor]) -> Result<Text> {
        let mut text = Text { said: Vec::new(), unsaid: 0, before: None, after: None };
        let held = self.lookup.document(document);
        let shard = held.map(|held| self.project.shard_with(held, first)).transpose()?.flatten();
        let Some(shard) = shard else { return Ok(text) };
        for n in first..=last {
            let Some(unit) = shard.unit(n).filter(|_| text.said.len() < MOST_UNITS) else {
                text.unsaid += 1;
                continue;
            };
            let span = self.window(&shard, unit, anchors);
            text.said.push(self.passage(document, unit, span)?);
        }
        // Rows of a table do not lead on to one another.
        let is_row = shard.unit(first).is_none_or(|unit| unit.kind == UnitKind::Row);
        if let Some(unit) = first.checked_sub(1).and_then(|n| shard.unit(n)).filter(|_| !is_row) {
            text.before = Some(self.passage(document, unit, last_words(&shard.text, unit.speech_span(), AROUND))?);
        }
        if let Some(unit) = shard.unit(last + 1).filter(|_| !is_row) {
            text.after = Some(self.passage(document, unit, first_words(&shard.text, unit.speech_span(), AROUND))?);
        }
        Ok(text)
    }

    /// The words that these anchors of one text span together.
    pub fn stretch(&self, anchors: &[&Anchor]) -> Result<Option<Passage>> {
        let Some(first) = anchors.first() else { return Ok(None) };
        let Some(hull) = anchors.iter().map(|anchor| anchor.hull()).reduce(Span::join) else { return Ok(None) };
        let words = first.row.map_or(Words::Bytes(None, hull), |row| Words::InRow(row, hull));
        let spot = Spot { document: self.project.label(first.document), words };
        let anchor = anchor::anchor(self.project, &self.lookup, &spot)?.anchor;
        let quotation = self.project.quotation(&self.lookup, &anchor)?;
        Ok(Some(Passage { anchor, quotation }))
    }

    /// The words of a coding, shortened where they are many.
    pub fn marked(&self, anchor: &Anchor) -> Result<Quotation> {
        let mut quotation = self.project.quotation(&self.lookup, anchor)?;
        quotation.spoken = shortened(&quotation.spoken);
        Ok(quotation)
    }

    /// What a coder marked of a place, and whether it is just what is printed of it.
    pub fn mark(&self, anchor: &Anchor, text: &Text) -> Result<(Passage, bool)> {
        let held = self.lookup.document(anchor.document);
        let anchor = held.and_then(|held| anchor.carried(held)).map_or_else(|| anchor.clone(), Cow::into_owned);
        let mut quotation = self.marked(&anchor)?;
        if let Some(spoken) = self.of_place(&anchor, text)? {
            quotation.spoken = shortened(&spoken);
        }
        let printed = text.said.iter().map(|one| one.anchor.hull()).reduce(Span::join);
        let in_row = text.said.first().and_then(|one| one.anchor.row);
        let is_all =
            text.unsaid == 0 && printed == Some(anchor.hull()) && in_row == anchor.row && anchor.spans.len() == 1;
        Ok((Passage { anchor, quotation }, is_all))
    }

    /// The words of an anchor that stand in a place, unit by unit, whoever speaks: a question that is in dispute is read
    /// beside what was made of it. `None` where none of them are printed there.
    fn of_place(&self, anchor: &Anchor, text: &Text) -> Result<Option<String>> {
        let mut words = Vec::new();
        for said in text.said.iter().filter(|said| said.anchor.row == anchor.row) {
            for span in &anchor.spans {
                let of_unit = said.anchor.hull();
                let both = Span::new(span.start().max(of_unit.start()), span.end().min(of_unit.end()));
                let Some(both) = both.filter(|both| both.len() > 0) else { continue };
                let place = anchor.row.map_or(Words::Bytes(None, both), |row| Words::InRow(row, both));
                let spot = Spot { document: self.project.label(anchor.document), words: place };
                // What stands on a former text has no place in this one, and is quoted as it stands.
                let Ok(anchored) = anchor::anchor(self.project, &self.lookup, &spot) else { return Ok(None) };
                let marked = anchored.anchor;
                words.push(self.project.quotation(&self.lookup, &marked)?.spoken.trim().to_owned());
            }
        }
        words.retain(|words| !words.is_empty());
        Ok((!words.is_empty()).then(|| words.join(" / ")))
    }

    /// A unit's speech; of a long one what is marked of it, with some words on either side.
    fn window(&self, shard: &Shard, unit: &Unit, anchors: &[&Anchor]) -> Span {
        let speech = unit.speech_span();
        if speech.of(&shard.text).map_or(0, words::count) <= LONGEST {
            return speech;
        }
        let marked = anchors.iter().filter_map(|anchor| {
            let carried = anchor.carried(self.lookup.document(anchor.document)?)?;
            let (base, hull) = (shard.base_of(&carried)?, carried.hull());
            Span::new((base + hull.start()).max(speech.start()), (base + hull.end()).min(speech.end()))
        });
        let Some(marked) = marked.reduce(Span::join) else { return first_words(&shard.text, speech, LONGEST) };
        let before = Span::new(speech.start(), marked.start()).map(|span| last_words(&shard.text, span, AROUND));
        let after = Span::new(marked.end(), speech.end()).map(|span| first_words(&shard.text, span, AROUND));
        [before, after].into_iter().flatten().fold(marked, Span::join)
    }

    /// A stretch of a unit's speech, read back as any passage is; what was left out of the unit shows as `…`.
    fn passage(&self, document: Id, unit: &Unit, span: Span) -> Result<Passage> {
        let base = unit.span.start();
        let in_row = Span::new(span.start().saturating_sub(base), span.end().saturating_sub(base));
        let words = match in_row.filter(|_| unit.kind == UnitKind::Row) {
            Some(in_row) => Words::InRow(unit.n, in_row),
            None => Words::Bytes(None, span),
        };
        let spot = Spot { document: self.project.label(document), words };
        let anchored = anchor::anchor(self.project, &self.lookup, &spot)?;
        let mut quotation = self.project.quotation(&self.lookup, &anchored.anchor)?;
        let speech = unit.speech_span();
        let cut = |is_cut: bool| if is_cut { "…" } else { "" };
        let (front, end) = (cut(speech.start() < span.start()), cut(span.end() < speech.end()));
        quotation.spoken = format!("{front}{}{end}", quotation.spoken.trim());
        Ok(Passage { anchor: anchored.anchor, quotation })
    }
}

/// The first words of a stretch of text; all of it where it holds no more.
fn first_words(text: &str, span: Span, number: usize) -> Span {
    let end = words::words(span.of(text).unwrap_or_default()).nth(number.saturating_sub(1));
    end.and_then(|(word, _)| Span::new(span.start(), span.start() + word.end())).unwrap_or(span)
}

/// The last words of a stretch of text; all of it where it holds no more.
fn last_words(text: &str, span: Span, number: usize) -> Span {
    let all: Vec<Span> = words::words(span.of(text).unwrap_or_default()).map(|(word, _)| word).collect();
    let start = all.len().checked_sub(number).and_then(|at| all.get(at));
    start.and_then(|word| Span::new(span.start() + word.start(), span.end())).unwrap_or(span)
}

/// A long mark by its beginning and end.
fn shortened(text: &str) -> String {
    let Some(whole) = Span::new(0, text.len()).filter(|_| words::count(text) > LONGEST_MARK) else {
        return text.to_owned();
    };
    let ends = [first_words(text, whole, LONGEST_MARK / 2), last_words(text, whole, LONGEST_MARK / 2)];
    ends.map(|span| span.of(text).unwrap_or_default()).join(" … ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_from_either_end() {
        let text = "One, two; three four.";
        let whole = Span::new(0, text.len()).unwrap();
        assert_eq!(first_words(text, whole, 2).of(text), Some("One, two"));
        assert_eq!(last_words(text, whole, 2).of(text), Some("three four."));
        assert_eq!((first_words(text, whole, 9), last_words(text, whole, 4)), (whole, whole));
        let long = "word ".repeat(100);
        assert_eq!(words::count(&shortened(&long)), LONGEST_MARK);
        assert_eq!(shortened("a few words"), "a few words");
    }
}
