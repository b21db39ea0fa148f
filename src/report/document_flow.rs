//! `report document-flow`: from what was taken in to what bears on a statement, published work and own data apart, with
//! numbers that add up.

use super::Brief;
use super::block::{Block, Report, count_of, sentence_case};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use crate::id::Id;
use crate::picture::figure::Inside;
use crate::picture::{Arrow, Figure, Item, Look};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const RULE: &str = "How this is counted. Taken in: records of published work and pieces of own data, each a source. Reports of \
one study are one source from then on. With a text: a document, or a row of a table of extracts, is in the project. \
Contributes a passage: at least one is coded or linked (of a row of a table: linked). Contributes evidence: at least one is \
linked to a statement and not judged irrelevant. Each number is the one before less what was left out in between.";

/// One strand on its way.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Stream {
    pub strand: String,
    pub own_data: bool,
    pub taken_in: usize,
    /// Further reports of one study.
    pub same_study: usize,
    pub sources: usize,
    pub without_text: usize,
    pub with_text: usize,
    pub without_passage: usize,
    pub with_passage: usize,
    pub without_evidence: usize,
    pub with_evidence: usize,
}

impl Stream {
    fn add(&mut self, other: &Stream) {
        self.taken_in += other.taken_in;
        self.same_study += other.same_study;
        self.sources += other.sources;
        self.without_text += other.without_text;
        self.with_text += other.with_text;
        self.without_passage += other.without_passage;
        self.with_passage += other.with_passage;
        self.without_evidence += other.without_evidence;
        self.with_evidence += other.with_evidence;
    }

    /// Each number is the one before less what was left out.
    #[cfg(test)]
    fn adds_up(&self) -> bool {
        self.taken_in == self.same_study + self.sources
            && self.sources == self.without_text + self.with_text
            && self.with_text == self.without_passage + self.with_passage
            && self.with_passage == self.without_evidence + self.with_evidence
    }
}

/// What there is of every source, by the source it counts as.
fn streams(synthesis: &Synthesis) -> Vec<Stream> {
    let of = |id: Id| synthesis.counts_as(id);
    let is_there = |document: Id| synthesis.documents.get(&document).is_some_and(|one| !one.purged);
    let own = synthesis.documents.values().filter(|one| !one.purged).map(|one| of(one.source));
    let studies = synthesis.sources.values().filter(|one| one.study.is_some_and(|study| is_there(study.document)));
    let with_text: BTreeSet<Id> = own.chain(studies.map(|one| of(one.id))).collect();
    let evidence: BTreeSet<Id> = synthesis
        .evidence
        .values()
        .filter(|link| !link.is_irrelevant() && !synthesis.is_gone(link))
        .map(|link| of(link.source))
        .collect();
    let coded = synthesis.codings.values().filter(|one| one.anchor.row.is_none());
    let coded = coded.filter_map(|one| synthesis.documents.get(&one.anchor.document)).map(|one| of(one.source));
    let linked = synthesis.evidence.values().map(|link| of(link.source));
    let with_passage: BTreeSet<Id> = coded.chain(linked).filter(|id| with_text.contains(id)).collect();

    let mut of_strand: BTreeMap<(usize, String), Stream> = BTreeMap::new();
    for source in synthesis.sources.values() {
        let place = synthesis.settings.strands.iter().position(|strand| strand.key == source.strand);
        let key = (place.unwrap_or(usize::MAX), source.strand.clone());
        let stream = of_strand.entry(key).or_insert_with(|| Stream {
            strand: place.map_or_else(|| source.strand.clone(), |at| synthesis.settings.strands[at].title.clone()),
            own_data: source.kind.is_own_data(),
            ..Stream::default()
        });
        stream.taken_in += 1;
        if of(source.id) != source.id {
            stream.same_study += 1;
            continue;
        }
        stream.sources += 1;
        if !with_text.contains(&source.id) {
            stream.without_text += 1;
            continue;
        }
        stream.with_text += 1;
        if !with_passage.contains(&source.id) {
            stream.without_passage += 1;
            continue;
        }
        stream.with_passage += 1;
        if evidence.contains(&source.id) { stream.with_evidence += 1 } else { stream.without_evidence += 1 }
    }
    of_strand.into_values().collect()
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let streams = streams(synthesis);
    let table = table(&streams);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let total = total(&streams, |_| true);
    blocks.push(Block::paragraph(format!(
        "{} taken in; {} bear on a statement.",
        count_of(total.taken_in, "source"),
        total.with_evidence
    )));
    blocks.push(Block::heading(2, "Flow of documents", "flow"));
    blocks.push(Block::Figure(Box::new(figure(&streams, table.turned("Stage", |at| format!("strand_{}", at + 1))))));
    blocks.push(Block::to_write(
        "where was searched, when and for what; how many records each search found; how many were screened out on title \
         and abstract and on the full text, and why. The project holds what was taken in, not what was left out before",
    ));
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "document-flow",
        title: format!("{}: flow of documents", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "document-flow",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "streams": streams,
            "total": total,
            "withheld": withheld(&press),
        }),
        sheet: table,
    }
}

fn total(streams: &[Stream], of: impl Fn(&Stream) -> bool) -> Stream {
    streams.iter().filter(|one| of(one)).fold(
        Stream { strand: "All".to_owned(), ..Stream::default() },
        |mut all, one| {
            all.add(one);
            all
        },
    )
}

fn table(streams: &[Stream]) -> Table {
    let mut table = Table::with(&[
        ("strand", "Strand"),
        ("taken_in", "Taken in"),
        ("same_study", "Further reports of one study"),
        ("sources", "Sources"),
        ("without_text", "Without a text"),
        ("with_text", "With a text"),
        ("without_passage", "No passage yet"),
        ("with_passage", "Contribute a passage"),
        ("without_evidence", "No evidence yet"),
        ("with_evidence", "Contribute evidence"),
    ]);
    let all = total(streams, |_| true);
    for one in streams.iter().chain([&all]) {
        let numbers = [
            one.taken_in,
            one.same_study,
            one.sources,
            one.without_text,
            one.with_text,
            one.without_passage,
            one.with_passage,
            one.without_evidence,
            one.with_evidence,
        ];
        let numbers = numbers.into_iter().map(Cell::from);
        table.push(std::iter::once(one.strand.as_str().into()).chain(numbers).collect());
    }
    table
}

/// Two ways side by side, published work and own data, that meet in the evidence.
fn figure(streams: &[Stream], table: Table) -> Figure {
    let (mut items, mut arrows) = (Vec::new(), Vec::new());
    let mut ends = Vec::new();
    for (is_own, name) in [(false, "published work"), (true, "own data")] {
        let of: Vec<&Stream> = streams.iter().filter(|one| one.own_data == is_own && one.taken_in > 0).collect();
        if of.is_empty() {
            continue;
        }
        let all = total(streams, |one| one.own_data == is_own);
        let steps = [
            (format!("{} taken in", count_of(all.taken_in, "source")), String::new()),
            (count_of(all.sources, "source"), left_out(all.same_study, "further reports of one study")),
            (format!("{} with a text", all.with_text), left_out(all.without_text, "without a text here")),
            (format!("{} contribute a passage", all.with_passage), left_out(all.without_passage, "no passage yet")),
        ];
        for (layer, (heading, remark)) in steps.into_iter().enumerate() {
            let is_first = layer == 0;
            let strands = of.iter().filter(|_| is_first);
            let strands =
                strands.map(|one| Inside { words: format!("{} {}", one.strand, one.taken_in), look: Look::Plain });
            let words = if is_first { sentence_case(name) } else { String::new() };
            items.push(Item {
                key: format!("{}-{}", if is_own { "own" } else { "published" }, layer + 1),
                heading,
                words,
                remark,
                look: Look::Plain,
                inside: strands.collect(),
                layer: Some(layer),
            });
            if layer > 0 {
                arrows.push(arrow(items.len() - 2, items.len() - 1, name));
            }
        }
        ends.push((items.len() - 1, name));
    }
    let all = total(streams, |_| true);
    items.push(Item {
        key: "evidence".to_owned(),
        heading: format!("{} contribute evidence", count_of(all.with_evidence, "source")),
        words: String::new(),
        remark: left_out(all.without_evidence, "no evidence yet"),
        look: Look::Plain,
        inside: Vec::new(),
        layer: Some(4),
    });
    let last = items.len() - 1;
    arrows.extend(ends.into_iter().map(|(end, name)| arrow(end, last, name)));
    Figure {
        key: "document-flow".to_owned(),
        title: "Flow of documents".to_owned(),
        description: format!(
            "From left to right: {} taken in, {} with a text, {} that contribute a passage, {} that contribute evidence; \
             published work and own data apart.",
            all.taken_in, all.with_text, all.with_passage, all.with_evidence
        ),
        items,
        arrows,
        grid: None,
        stairs: None,
        bars: None,
        notes: Vec::new(),
        table,
    }
}

fn left_out(number: usize, why: &str) -> String {
    if number == 0 { String::new() } else { format!("left out: {number} {why}") }
}

pub(super) fn arrow(from: usize, to: usize, remark: &str) -> Arrow {
    Arrow { from, to, weight: 1, is_contested: false, remark: remark.to_owned(), origins: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn the_numbers_of_every_strand_add_up() {
        let mut all = sample::synthesis();
        let ids: Vec<Id> = all.sources.keys().copied().collect();
        if let Some(one) = all.sources.get_mut(&ids[0]) {
            one.same_study = Some(ids[1]);
        }
        all.documents.values_mut().last().unwrap().purged = true;
        let streams = streams(&all);
        assert!(streams.iter().all(Stream::adds_up), "{streams:#?}");
        let total = total(&streams, |_| true);
        assert!(total.adds_up());
        assert_eq!((total.taken_in, total.same_study, total.sources, total.without_text), (9, 1, 8, 1));
        assert!(total.with_evidence > 0);
    }
}
