//! Carrying passages of a table. The row comes first: one with the same words, study and speaker; else the
//! only one with the same words; else the one row whose words come near. Within its row a passage is carried
//! like any other.
//!
//! Both tables are passed over a shard at a time. Held are the rows that something rests on, and eight bytes
//! for each former row.

use super::likeness::Likeness;
use super::whose::Whose;
use super::{Bearer, Fate, Moved, Target, left, placed, went};
use crate::diagnostic::Result;
use crate::document::{Document, Unit};
use crate::project::{Project, Shard};
use crate::text::Span;
use crate::text::carry::{Carrier, Sureness};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// A row that something rests on.
struct Anchored {
    text: String,
    study: Option<usize>,
    whose: Whose,
    print: Print,
}

/// What a row says, and with whose words and of which study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Print {
    words: u64,
    whole: u64,
}

impl Print {
    fn of(text: &str, unit: &Unit) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(unit.span.of(text).unwrap_or_default().as_bytes());
        let words = short(&hasher);
        for index in [unit.study, unit.speaker] {
            hasher.update(&index.map_or(u64::MAX, |index| index as u64).to_le_bytes());
        }
        Print { words, whole: short(&hasher) }
    }
}

fn short(hasher: &blake3::Hasher) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first)
}

/// A row that a wanted print was met at, with what stands round it.
#[derive(Debug, Clone, Copy)]
struct Met {
    row: usize,
    before: u64,
    after: u64,
}

/// Wanted prints and the rows they stand at, in order.
type Places = BTreeMap<u64, Vec<Met>>;

/// Where former rows went.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// The same words.
    Same(usize),
    Like(usize),
}

pub(super) fn plan(
    project: &Project,
    document: &Document,
    bearers: &[Bearer],
    target: &Target<'_>,
) -> Result<Vec<Moved>> {
    let mut moved = Vec::with_capacity(bearers.len());
    for group in bearers.chunk_by(|a, b| a.anchor.version == b.anchor.version) {
        carry_group(project, document, group, target, &mut moved)?;
    }
    Ok(moved)
}

fn carry_group(
    project: &Project,
    document: &Document,
    group: &[Bearer],
    target: &Target<'_>,
    moved: &mut Vec<Moved>,
) -> Result<()> {
    let version = group[0].anchor.version.as_str();
    let mut anchored: BTreeMap<usize, Anchored> = BTreeMap::new();
    let mut waiting: Vec<&Bearer> = Vec::new();
    for bearer in group {
        let Some(old) = project.shard_of(document, &bearer.anchor)? else {
            moved.push(left(bearer, Fate::Missing, String::new()));
            continue;
        };
        let unit = bearer.anchor.row.and_then(|row| old.unit(row)).filter(|_| old.words_at(&bearer.anchor).is_some());
        let Some(unit) = unit else {
            moved.push(left(bearer, Fate::Stale, String::new()));
            continue;
        };
        anchored.entry(unit.n).or_insert_with(|| Anchored {
            text: unit.span.of(&old.text).unwrap_or_default().to_owned(),
            study: unit.study,
            whose: Whose::of(unit),
            print: Print::of(&old.text, unit),
        });
        waiting.push(bearer);
    }
    let former = |see: &mut crate::manuscript::See<'_>| each_former(project, document, version, see);
    let rows = find_rows(&anchored, &former, target)?;
    let mut wanted: BTreeMap<usize, Vec<&Bearer>> = BTreeMap::new();
    for bearer in waiting {
        match bearer.anchor.row.and_then(|row| rows.get(&row)) {
            Some(Row::Same(row) | Row::Like(row)) => wanted.entry(*row).or_default().push(bearer),
            None => moved.push(left(bearer, Fate::Orphan, words_of(bearer, &anchored))),
        }
    }
    (target.each_shard)(&mut |text, units| {
        let Some((first, last)) = units.first().zip(units.last()) else { return Ok(ControlFlow::Continue(())) };
        let here: Vec<_> = wanted.range(first.n..=last.n).collect();
        if !here.is_empty() {
            let new = Shard::new(target.header.clone(), text.to_owned(), units.to_vec());
            for (row, bearers) in here {
                moved.extend(bearers.iter().map(|bearer| in_row(bearer, &anchored, &new, *row, target.version)));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// The words of a passage in its former row.
fn words_of(bearer: &Bearer, anchored: &BTreeMap<usize, Anchored>) -> String {
    let row = bearer.anchor.row.and_then(|row| anchored.get(&row));
    let words = row.map(|row| bearer.anchor.spans.iter().filter_map(|span| span.of(&row.text)).collect::<Vec<_>>());
    words.unwrap_or_default().join(" … ")
}

fn in_row(bearer: &Bearer, anchored: &BTreeMap<usize, Anchored>, new: &Shard, row: usize, version: &str) -> Moved {
    let was = words_of(bearer, anchored);
    let former = bearer.anchor.row.and_then(|row| anchored.get(&row));
    let unit = new.unit(row);
    let Some(((former, unit), text)) = former.zip(unit).zip(unit.and_then(|unit| unit.span.of(&new.text))) else {
        return left(bearer, Fate::Orphan, was);
    };
    let carried: Option<(Vec<Span>, Sureness)> = if former.text == text {
        Some((bearer.anchor.spans.clone(), Sureness::Exact))
    } else {
        Carrier::new(&former.text, text).carry_all(&bearer.anchor.spans)
    };
    let place = carried.and_then(|(spans, sureness)| Some((placed(new, Some(row), &spans)?, sureness)));
    let Some((place, sureness)) = place else { return left(bearer, Fate::Orphan, was) };
    let why = former.whose.changed(&Whose::of(unit), &new.header);
    went(bearer, place, version, sureness, was, why)
}

fn each_former(
    project: &Project,
    document: &Document,
    version: &str,
    see: &mut crate::manuscript::See<'_>,
) -> Result<()> {
    let shards = document.versions.get(version).map_or(0, |version| version.shards);
    for number in 0..shards {
        // A shard that is not on this computer says nothing of its rows.
        if let Some(shard) = project.shard(document, version, number)? {
            see(&shard.text, &shard.units).map(drop)?;
        }
    }
    Ok(())
}

type Each<'t> = super::EachShard<'t>;

fn find_rows(
    anchored: &BTreeMap<usize, Anchored>,
    former: &Each<'_>,
    target: &Target<'_>,
) -> Result<BTreeMap<usize, Row>> {
    let prints: BTreeSet<u64> = anchored.values().flat_map(|row| [row.print.whole, row.print.words]).collect();
    let (old, new) = (meet(former, &prints)?, meet(target.each_shard, &prints)?);
    let mut found: BTreeMap<usize, Row> = BTreeMap::new();
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    for whole in [true, false] {
        let print = |row: &Anchored| if whole { row.print.whole } else { row.print.words };
        let asked: BTreeSet<u64> = anchored.values().map(print).collect();
        for print in asked {
            let (Some(old), Some(new)) = (old.get(&print), new.get(&print)) else { continue };
            for (from, to) in pair(old, new, &found, &taken, whole) {
                found.insert(from, Row::Same(to));
                taken.insert(to);
            }
        }
    }
    found.retain(|row, _| anchored.contains_key(row));
    let lost = anchored.iter().filter(|(row, _)| !found.contains_key(row));
    let likeness = Likeness::of(lost.map(|(row, held)| (*row, held.text.as_str(), held.study)));
    if !likeness.is_empty() {
        found.extend(alike(likeness, former, target)?.into_iter().map(|(from, to)| (from, Row::Like(to))));
    }
    Ok(found)
}

/// Rows with the same print, one for one. Where words, study and speaker are the same, those with the same
/// neighbours first, the others in order: they say the same. Where only the words are, one must face one.
fn pair(
    old: &[Met],
    new: &[Met],
    found: &BTreeMap<usize, Row>,
    taken: &BTreeSet<usize>,
    whole: bool,
) -> Vec<(usize, usize)> {
    let mut old: Vec<Met> = old.iter().filter(|met| !found.contains_key(&met.row)).copied().collect();
    let mut new: Vec<Met> = new.iter().filter(|met| !taken.contains(&met.row)).copied().collect();
    if !whole && (old.len(), new.len()) != (1, 1) {
        return Vec::new();
    }
    let mut pairs = Vec::new();
    let round = |met: &Met| (met.before, met.after);
    let mut by_round: BTreeMap<(u64, u64), Vec<usize>> = BTreeMap::new();
    new.iter().rev().for_each(|met| by_round.entry(round(met)).or_default().push(met.row));
    old.retain(|met| match by_round.get_mut(&round(met)).and_then(Vec::pop) {
        Some(row) => {
            pairs.push((met.row, row));
            false
        }
        None => true,
    });
    let gone: BTreeSet<usize> = pairs.iter().map(|(_, row)| *row).collect();
    new.retain(|met| !gone.contains(&met.row));
    pairs.extend(old.iter().zip(&new).map(|(old, new)| (old.row, new.row)));
    pairs
}

/// Where the wanted prints stand in a table.
fn meet(each_shard: &Each<'_>, wanted: &BTreeSet<u64>) -> Result<Places> {
    let mut places = Places::new();
    let mut before = 0;
    let mut open: Vec<(u64, usize)> = Vec::new();
    each_shard(&mut |text, units| {
        for unit in units {
            let print = Print::of(text, unit);
            for (of, at) in open.drain(..) {
                if let Some(met) = places.get_mut(&of).and_then(|met| met.get_mut(at)) {
                    met.after = print.words;
                }
            }
            for print in [print.whole, print.words].into_iter().filter(|print| wanted.contains(print)) {
                let met = places.entry(print).or_default();
                met.push(Met { row: unit.n, before, after: 0 });
                open.push((print, met.len() - 1));
            }
            before = print.words;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(places)
}

/// Rows that come near, among those that stand for no former row.
fn alike(mut likeness: Likeness, former: &Each<'_>, target: &Target<'_>) -> Result<Vec<(usize, usize)>> {
    let mut known: Vec<u64> = Vec::new();
    former(&mut |text, units| {
        known.extend(units.iter().map(|unit| Print::of(text, unit).words));
        Ok(ControlFlow::Continue(()))
    })?;
    known.sort_unstable();
    (target.each_shard)(&mut |text, units| {
        for unit in units {
            if known.binary_search(&Print::of(text, unit).words).is_err() {
                likeness.meet(unit.n, unit.span.of(text).unwrap_or_default(), unit.study);
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(likeness.settle())
}
