//! From a quotation, a unit range or a byte span to an [`Anchor`].
//!
//! Written forms of a place: `D3.gj/12` (unit 12), `D3.gj/12..15`, `t12..15` after a document, and
//! `D3.gj@1:1024-1101` (bytes of text version 1).

use super::text::{missing, shard};
use super::{quotation, resolve};
use crate::diagnostic::{Fault, Result, fault};
use crate::document::{Document, Role, Unit, UnitKind};
use crate::id::{Id, Kind};
use crate::passage::Anchor;
use crate::project::{Lookup, Project, Shard};
use crate::text::Span;

/// Which words are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// `first words ... last words` is allowed; quotes, dashes, spaces and case are folded.
    Quotation(String),
    /// Units `first..=last`, their speech.
    Units(usize, usize),
    /// Bytes of the text version in force, or of version number n.
    Bytes(Option<usize>, Span),
    /// Bytes of a table's row.
    InRow(usize, Span),
}

/// A document and words in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub document: String,
    pub words: Words,
}

/// An anchor and what was learnt on the way.
#[derive(Debug, Clone)]
pub struct Anchored {
    pub anchor: Anchor,
    pub document: Id,
    /// The source that speaks there.
    pub source: Id,
    pub units: (usize, usize),
    /// Who speaks there, where it is one.
    pub speaker: Option<(String, Role)>,
    /// The words as they stand in the original.
    pub text: String,
}

impl Spot {
    /// Reads `D3.gj/12`, `D3.gj/12..15` or `D3.gj@1:1024-1101`; with `quote` given, `place` may also
    /// be a document alone or a unit to look in.
    pub fn parse(place: &str, range: Option<&str>, quotation: Option<&str>) -> Result<Self> {
        let place = place.trim();
        if let Some((document, bytes)) = place.split_once('@') {
            let words = bytes_of(bytes).ok_or_else(|| bad_place(place))?;
            return Ok(Spot { document: document.to_owned(), words });
        }
        let (document, inside) = match place.split_once('/') {
            Some((document, units)) => (document, Some(units)),
            None => (place, range),
        };
        let words = match (quotation, inside) {
            (Some(quotation), _) => Words::Quotation(quotation.to_owned()),
            (None, Some(units)) if units.contains(':') => in_row(units).ok_or_else(|| bad_place(place))?,
            (None, Some(units)) => {
                let (first, last) = units_of(units).ok_or_else(|| bad_place(units))?;
                if first > last {
                    return Err(fault("bad-place", format!("the range {units} is reversed"))
                        .hint(format!("write it from first to last: t{last}..{first}")));
                }
                Words::Units(first, last)
            }
            (None, None) => {
                return Err(fault("no-words", format!("which words of {document}?"))
                    .hint("give a quotation: --quote \"first words ... last words\"")
                    .hint(format!("or turns: {document} t14..17 (see `realist read {document}`)")));
            }
        };
        Ok(Spot { document: document.to_owned(), words })
    }
}

fn bad_place(place: &str) -> Fault {
    fault("bad-place", format!("'{place}' is no place in a document"))
        .hint("write D3.gj/12 for unit 12, D3.gj/12..15 for a range, D3.gj@1:1024-1101 for bytes")
}

/// `12`, `t12`, `12..15`, `t12..15`, `t12-t15`; `r12` in a table.
fn units_of(text: &str) -> Option<(usize, usize)> {
    let number = |part: &str| {
        part.trim().trim_start_matches(['t', 'T', 'u', 'U', 'r', 'R']).parse::<usize>().ok().filter(|n| *n > 0)
    };
    let (first, last) = text.split_once("..").or_else(|| text.split_once('-')).unwrap_or((text, text));
    Some((number(first)?, number(last)?))
}

/// `12:0-40`: bytes of row 12.
fn in_row(text: &str) -> Option<Words> {
    let (row, span) = text.split_once(':')?;
    let (start, end) = span.split_once('-')?;
    Some(Words::InRow(row.parse().ok()?, Span::new(start.parse().ok()?, end.parse().ok()?)?))
}

/// `1:1024-1101` or `1024-1101`.
fn bytes_of(text: &str) -> Option<Words> {
    let (version, span) = match text.split_once(':') {
        Some((version, span)) => (Some(version.parse().ok()?), span),
        None => (None, text),
    };
    let (start, end) = span.split_once('-')?;
    Some(Words::Bytes(version, Span::new(start.parse().ok()?, end.parse().ok()?)?))
}

/// Settles a spot. Ambiguity and absence are faults that show what is near.
pub fn anchor(project: &Project, lookup: &Lookup, spot: &Spot) -> Result<Anchored> {
    let id = resolve::find(project, Kind::Document, &spot.document)?;
    let document = lookup.document(id).ok_or_else(|| fault("unknown-id", format!("there is no document {id}")))?;
    if document.purged {
        return Err(fault("purged", format!("the text of {} was destroyed on purpose", project.label(id)))
            .hint("`realist log` says when and by whom; what stood on it is kept and reads 'purged'"));
    }
    match &spot.words {
        Words::Quotation(words) => {
            let (shard, span) = quotation::find(project, document, words)?;
            make(project, lookup, document, &document.version, &shard, &[span])
        }
        Words::Units(first, last) => by_units(project, lookup, document, *first, *last),
        Words::Bytes(version, span) => by_bytes(project, lookup, document, *version, *span),
        Words::InRow(row, span) => by_row_bytes(project, lookup, document, *row, *span),
    }
}

fn by_units(project: &Project, lookup: &Lookup, document: &Document, first: usize, last: usize) -> Result<Anchored> {
    let label = project.label(document.id);
    let count = document.versions.get(&document.version).map_or(0, |version| version.units);
    if last > count {
        return Err(fault("no-unit", format!("{label} has {count} units; {last} is past its end"))
            .hint(format!("see them with: realist read {label}")));
    }
    let shard = project.shard_with(document, first)?.ok_or_else(|| missing(project, document))?;
    let units: Option<Vec<&Unit>> = (first..=last).map(|n| shard.unit(n)).collect();
    let units =
        units.ok_or_else(|| fault("no-unit", format!("units {first}..{last} of {label} do not lie together")))?;
    if units.len() > 1 && units[0].kind == UnitKind::Row {
        return Err(fault("one-row", "a passage of a table is one row").hint("give one row at a time"));
    }
    let spans: Vec<Span> = units.iter().map(|unit| unit.speech_span()).collect();
    let spans = if units[0].kind == UnitKind::Row {
        spans
    } else {
        // Consecutive turns are one stretch of text, labels between them included.
        spans.iter().copied().reduce(Span::join).into_iter().collect()
    };
    make(project, lookup, document, &document.version, &shard, &spans)
}

fn by_bytes(
    project: &Project,
    lookup: &Lookup,
    document: &Document,
    version: Option<usize>,
    span: Span,
) -> Result<Anchored> {
    let label = project.label(document.id);
    let version = match version {
        None => document.version.clone(),
        Some(number) => document
            .versions
            .iter()
            .find(|(_, version)| version.number == number)
            .map(|(name, _)| name.clone())
            .ok_or_else(|| fault("no-version", format!("{label} has no text version {number}")))?,
    };
    let shard = shard(project, document, &version, 0)?;
    if span.of(&shard.text).is_none() {
        return Err(fault(
            "bad-span",
            format!("{span} leaves the text of {label} ({} bytes) or cuts a letter", shard.text.len()),
        ));
    }
    make(project, lookup, document, &version, &shard, &[span])
}

fn by_row_bytes(project: &Project, lookup: &Lookup, document: &Document, row: usize, span: Span) -> Result<Anchored> {
    let shard = project.shard_with(document, row)?.ok_or_else(|| missing(project, document))?;
    let unit = shard.unit(row).filter(|unit| unit.kind == UnitKind::Row);
    let unit = unit.ok_or_else(|| fault("no-unit", format!("{} has no row {row}", project.label(document.id))))?;
    let placed = Span::new(unit.span.start() + span.start(), unit.span.start() + span.end());
    let placed = placed.filter(|placed| unit.span.encloses(*placed) && placed.of(&shard.text).is_some());
    let placed = placed.ok_or_else(|| fault("bad-span", format!("{span} leaves row {row} or cuts a letter")))?;
    make(project, lookup, document, &document.version, &shard, &[placed])
}

/// Spans of a shard's text become an anchor; in a table they count from the row's start.
fn make(
    project: &Project,
    lookup: &Lookup,
    document: &Document,
    version: &str,
    shard: &Shard,
    spans: &[Span],
) -> Result<Anchored> {
    let hull = spans.iter().copied().reduce(Span::join).ok_or_else(|| fault("no-words", "no words are meant"))?;
    let (first, last) = shard
        .units_at(hull)
        .ok_or_else(|| fault("no-unit", format!("{hull} lies between the units of {}", project.label(document.id))))?;
    let row = (first.kind == UnitKind::Row).then_some(first.n);
    if row.is_some() && first.n != last.n {
        return Err(fault("one-row", "these words run over more than one row of the table")
            .hint("quote from one row at a time"));
    }
    let base = row.map_or(0, |_| first.span.start());
    let mut placed = Vec::with_capacity(spans.len());
    let mut hashes = Vec::with_capacity(spans.len());
    let mut text = Vec::with_capacity(spans.len());
    for span in spans {
        let words = span.of(&shard.text).ok_or_else(|| fault("bad-span", format!("{span} cuts a letter")))?;
        let relative = span.start().checked_sub(base).and_then(|start| Span::new(start, span.end() - base));
        placed.push(relative.ok_or_else(|| fault("bad-span", format!("{span} lies before its row")))?);
        hashes.push(shard.key.hash(words));
        text.push(words);
    }
    Ok(Anchored {
        anchor: Anchor { document: document.id, version: version.to_owned(), row, spans: placed, hashes },
        document: document.id,
        source: lookup.source_of(document, first),
        units: (first.n, last.n),
        speaker: speaker(shard, first.n, last.n),
        text: text.join(" … "),
    })
}

/// The one speaker of a stretch of units.
fn speaker(shard: &Shard, first: usize, last: usize) -> Option<(String, Role)> {
    let mut speakers = shard.units.iter().filter(|unit| (first..=last).contains(&unit.n)).map(|unit| unit.speaker);
    let one = speakers.next()??;
    let speaker = shard.header.speakers.get(one).filter(|_| speakers.all(|other| other == Some(one)))?;
    Some((speaker.label.clone(), speaker.role))
}

impl Anchored {
    /// `D1.gj/14..17`.
    pub fn place(&self, project: &Project) -> String {
        in_units(project, self.document, self.units)
    }
}

/// `D1.gj/14..17`.
pub fn in_units(project: &Project, document: Id, (first, last): (usize, usize)) -> String {
    let label = project.label(document);
    if first == last { format!("{label}/{first}") } else { format!("{label}/{first}..{last}") }
}

/// Where a passage stands, for people: by its turns, as `D1.gj/14..17`. What stands on a former text, or cannot be read,
/// is written as [`show`] does.
pub fn for_people(project: &Project, lookup: &Lookup, anchor: &Anchor, units: (usize, usize)) -> String {
    let is_current = lookup.document(anchor.document).is_some_and(|document| document.version == anchor.version);
    if is_current && units.0 > 0 { in_units(project, anchor.document, units) } else { show(project, lookup, anchor) }
}

/// How an anchor is written: `D3.gj@1:1024-1101`, or `D3.gj/12:0-40` in a table.
pub fn show(project: &Project, lookup: &Lookup, anchor: &Anchor) -> String {
    let label = project.label(anchor.document);
    let number = lookup
        .document(anchor.document)
        .and_then(|document| document.versions.get(&anchor.version))
        .map_or(0, |version| version.number);
    let spans: Vec<String> = anchor.spans.iter().map(ToString::to_string).collect();
    match anchor.row {
        Some(row) => format!("{label}/{row}:{}", spans.join("+")),
        None => format!("{label}@{number}:{}", spans.join("+")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        let words = |place: &str| Spot::parse(place, None, None).map(|spot| spot.words);
        assert_eq!(words("D3.gj/12").unwrap(), Words::Units(12, 12));
        assert_eq!(words("D3.gj/t12..15").unwrap(), Words::Units(12, 15));
        assert_eq!(words("D3.gj/12:0-40").unwrap(), Words::InRow(12, Span::new(0, 40).unwrap()));
        assert_eq!(words("D3.gj@1:10-20").unwrap(), Words::Bytes(Some(1), Span::new(10, 20).unwrap()));
        assert_eq!(words("D3.gj/15..12").unwrap_err().0.message, "the range 15..12 is reversed");
        assert_eq!(words("D3.gj/x").unwrap_err().0.code, "bad-place");
        assert_eq!(words("D3.gj").unwrap_err().0.code, "no-words");
        assert_eq!(Spot::parse("D3.gj", Some("t4"), None).unwrap().words, Words::Units(4, 4));
    }
}
