//! Taking what some speakers said out of a text: the words go, and the numbers of the units stay, so that
//! everything else is still found where it was.

use crate::cut::MARK;
use crate::document::{Header, Role, Segment, Speaker, Unit};
use crate::text::Span;
use crate::text::words::fold;
use std::collections::BTreeSet;

/// A stretch of text without what was taken out of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Redacted {
    pub text: String,
    pub units: Vec<Unit>,
    /// Units that were taken out: where each stood, and its number.
    pub gone: Vec<(Span, usize)>,
}

/// Puts [`MARK`] in the place of every unit that one of the speakers said, its label and time included.
/// Units come in order and do not overlap; `None` where they do not fit the text.
pub fn without(text: &str, units: &[Unit], speakers: &BTreeSet<usize>) -> Option<Redacted> {
    let mut left =
        Redacted { text: String::with_capacity(text.len()), units: Vec::with_capacity(units.len()), gone: Vec::new() };
    let mut copied = 0;
    for unit in units {
        left.text.push_str(text.get(copied..unit.span.start())?);
        copied = unit.span.end();
        let start = left.text.len();
        if unit.speaker.is_some_and(|speaker| speakers.contains(&speaker)) {
            left.text.push_str(MARK);
            left.gone.push((unit.span, unit.n));
            let span = Span::new(start, left.text.len())?;
            left.units.push(Unit { span, speech: Vec::new(), voice: None, time: None, ..unit.clone() });
            continue;
        }
        left.text.push_str(unit.span.of(text)?);
        let moved = |span: Span| {
            Span::new(start + span.start().checked_sub(unit.span.start())?, start + span.end() - unit.span.start())
        };
        let speech = unit.speech.iter().map(|one| Some(Segment { span: moved(one.span)?, voice: one.voice }));
        left.units.push(Unit { span: moved(unit.span)?, speech: speech.collect::<Option<_>>()?, ..unit.clone() });
    }
    left.text.push_str(text.get(copied..)?);
    Some(left)
}

/// What is true of the text that is left. Turns and words are those of the text before, less what the
/// caller counted as gone.
pub fn header(before: &Header, speakers: &BTreeSet<usize>, turns: usize, words: usize) -> Header {
    let mut header = Header { turns, words, ..before.clone() };
    for speaker in speakers {
        let Some(held) = header.speakers.get_mut(*speaker) else { continue };
        let label = fold(&held.label);
        *held = nobody();
        // Who took part is often said in the first lines. How a table was read is not.
        header
            .particulars
            .retain(|name, value| ["mapping", "sheet"].contains(&name.as_str()) || !fold(value).contains(&label));
    }
    header
}

/// What stands in the place of a speaker whose words were taken out.
pub fn nobody() -> Speaker {
    Speaker { label: MARK.trim_matches(['[', ']']).to_owned(), role: Role::Unknown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cut::Cut;
    use crate::document::UnitKind;
    use proptest::prelude::*;
    use std::fmt::Write;

    /// Turns of three speakers, a blank line between.
    fn talk(turns: &[(usize, String)]) -> (String, Vec<Unit>) {
        let (mut text, mut units) = (String::new(), Vec::new());
        for (n, (speaker, words)) in turns.iter().enumerate() {
            let start = text.len();
            write!(text, "P{speaker}: {words}").unwrap();
            let span = Span::new(start, text.len()).unwrap();
            let speech = Span::new(start + 4, text.len()).map(|span| Segment { span, voice: None });
            units.push(Unit {
                n: n + 1,
                kind: UnitKind::Turn,
                span,
                speech: speech.into_iter().collect(),
                speaker: Some(*speaker),
                study: None,
                voice: None,
                time: None,
                page: None,
            });
            text.push_str("\n\n");
        }
        (text, units)
    }

    proptest! {
        /// Whatever was marked holds in what is left, byte for byte, or touched what went.
        #[test]
        fn what_stays_says_what_it_said(
            turns in proptest::collection::vec((0usize..3, "[a-zé ]{1,12}"), 1..12),
            gone in proptest::collection::btree_set(0usize..3, 0..3),
            marks in proptest::collection::vec((0usize..200, 1usize..60), 1..20),
        ) {
            let (text, units) = talk(&turns);
            let left = without(&text, &units, &gone).unwrap();
            let cut = Cut {
                from: Vec::new(), without: Vec::new(), rows: Vec::new(), seals: Vec::new(),
                spans: left.gone.iter().map(|(span, _)| *span).collect(),
            };
            for (start, length) in marks {
                let Some(span) = Span::new(start, start + length) else { continue };
                let Some(words) = span.of(&text) else { continue };
                let touches = left.gone.iter().any(|(lost, _)| lost.overlaps(span));
                match cut.moved(span) {
                    Some(now) => prop_assert_eq!(now.of(&left.text), Some(words)),
                    None => prop_assert!(touches),
                }
                prop_assert_eq!(cut.moved(span).is_none(), touches);
            }
            prop_assert_eq!(left.units.len(), units.len());
            for (unit, before) in left.units.iter().zip(&units) {
                let said = unit.speech.first().and_then(|one| one.span.of(&left.text));
                let was_gone = gone.contains(&before.speaker.unwrap());
                prop_assert_eq!(said, before.speech.first().filter(|_| !was_gone).and_then(|one| one.span.of(&text)));
                prop_assert_eq!(unit.n, before.n);
            }
        }
    }
}
