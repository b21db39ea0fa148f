//! Where in a document a quotation stands: at one place, at several, or nowhere and what comes near.
//!
//! A table in many files is not read whole: the index, where it is there, says which rows may hold the
//! words, and the words themselves decide.

use super::text::shard;
use super::{facts, search};
use crate::diagnostic::{Fault, Result, fault};
use crate::document::{Document, Unit};
use crate::index::Order;
use crate::project::{Project, Shard};
use crate::query::{Field, Query, Value, Word};
use crate::text::{Span, quote};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Shards of a table looked through for a passage that comes near.
const LOOKED_THROUGH: usize = 4;

/// The one place of a quotation. Ambiguity and absence are faults that show what is near.
pub fn find(project: &Project, document: &Document, words: &str) -> Result<(Rc<Shard>, Span)> {
    if words.trim().is_empty() {
        return Err(fault("empty-quotation", "the quotation is empty")
            .hint("type some words of the passage; \"first words ... last words\" is enough"));
    }
    let shards = document.shards();
    let likely = if shards > 1 { likely_shards(project, document, words) } else { Vec::new() };
    let mut places = all(project, document, words, likely)?;
    if places.is_empty() {
        places = all(project, document, words, 0..shards)?;
    }
    match places.as_slice() {
        [(number, span)] => Ok((shard(project, document, &document.version, *number)?, *span)),
        [] => Err(not_found(project, document, words, shards)?),
        many => Err(ambiguous(project, document, many)?),
    }
}

fn all(
    project: &Project,
    document: &Document,
    words: &str,
    shards: impl IntoIterator<Item = usize>,
) -> Result<Vec<(usize, Span)>> {
    let mut places = Vec::new();
    for number in shards {
        let shard = shard(project, document, &document.version, number)?;
        places.extend(shard.find(words).spans.into_iter().map(|span| (number, span)));
    }
    Ok(places)
}

/// The shards with rows that hold all the words, as far as the index knows; none where it cannot tell.
fn likely_shards(project: &Project, document: &Document, words: &str) -> Vec<usize> {
    let version = document.versions.get(&document.version);
    let (Some(version), Some(index)) = (version, search::holding(project, document)) else { return Vec::new() };
    let mut parts: Vec<Query> =
        inner_words(words).into_iter().map(|word| Query::Word(Word { text: word.to_owned(), exact: true })).collect();
    if parts.is_empty() {
        return Vec::new();
    }
    parts.push(Query::Field(Field::Document, Value::Text(project.label(document.id))));
    let hits = index.search(&Query::and(parts), &facts::facts(project, &index), Order::Document, usize::MAX);
    // A damaged index is no reason to fail: everything is read instead.
    let hits = hits.map(|hits| hits.hits).unwrap_or_default();
    let shards: BTreeSet<usize> = hits.iter().map(|hit| version.shard_of(hit.n)).collect();
    shards.into_iter().collect()
}

/// Words of plain letters between two spaces: as they are folded they stand in the text too.
fn inner_words(quotation: &str) -> Vec<&str> {
    let all: Vec<&str> = quotation.split_ascii_whitespace().collect();
    let inner = all.get(1..all.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().copied().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphabetic())).collect()
}

fn ambiguous(project: &Project, document: &Document, places: &[(usize, Span)]) -> Result<Fault> {
    let label = project.label(document.id);
    let mut fault = fault("ambiguous-quotation", format!("these words stand {} times in {label}", places.len()));
    for (number, span) in places.iter().take(5) {
        let shard = shard(project, document, &document.version, *number)?;
        if let Some((unit, _)) = shard.units_at(*span) {
            fault = fault.hint(format!("{label}/{}: {}", unit.n, around(&shard.text, *span, 40)));
        }
    }
    Ok(fault.hint("quote a few words more, so that only one place fits"))
}

/// A stretch of text with some of what surrounds it, on one line.
fn around(text: &str, span: Span, margin: usize) -> String {
    let before: String =
        text[..span.start()].chars().rev().take(margin).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[span.end()..].chars().take(margin).collect();
    let words: String = text[span.range()].chars().take(80).collect();
    format!("…{before}[{words}]{after}…").replace('\n', " ")
}

fn not_found(project: &Project, document: &Document, words: &str, shards: usize) -> Result<Fault> {
    let label = project.label(document.id);
    let mut best: Option<(f64, usize, String)> = None;
    for number in 0..shards.min(LOOKED_THROUGH) {
        let shard = shard(project, document, &document.version, number)?;
        let spans: Vec<Span> = shard.units.iter().map(Unit::speech_span).collect();
        if let Some((at, likeness)) = quote::nearest(&shard.text, words, &spans)
            && best.as_ref().is_none_or(|(other, ..)| likeness > *other)
        {
            let text: String = spans[at].of(&shard.text).unwrap_or_default().chars().take(200).collect();
            best = Some((likeness, shard.units[at].n, text.replace('\n', " ")));
        }
    }
    let fault = fault("quotation-not-found", format!("these words do not stand in {label}"));
    Ok(match best {
        Some((likeness, n, text)) if likeness > 0.0 => {
            fault.hint(format!("nearest passage, {label}/{n}: {text}")).hint(
                "quotation marks, dashes, spaces and capitals do not matter; \"first words ... last words\" is enough",
            )
        }
        _ => fault.hint(format!("look for it with: realist search --phrase \"...\"; or read it: realist read {label}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_an_edge_or_with_signs_are_not_asked_of_the_index() {
        assert_eq!(inner_words("She didn't  come\nby, then again"), ["come", "then"]);
        assert!(inner_words("two words").is_empty() && inner_words("").is_empty());
    }
}
