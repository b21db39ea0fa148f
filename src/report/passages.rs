//! `report passages`: the evidence as one table, a row a passage, for a spreadsheet. Scores are numbers,
//! so that they can be sorted and filtered.

use super::block::{Block, Report, count_of};
use super::described::kind;
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::standings::{self, Standings};
use super::words::{Cited, Press, Withheld};
use super::{Brief, ELSEWHERE};
use crate::evidence::{Circumstances, Evidence, Stance};
use crate::id::Id;
use crate::strand::SourceKind;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::json;
use std::collections::BTreeMap;

const SHEET: &[(&str, &str)] = &[
    ("id", "Evidence"),
    ("statement", "Statement"),
    ("statement_text", "In words"),
    ("component", "Component"),
    standings::COLUMNS[0],
    standings::COLUMNS[1],
    standings::COLUMNS[2],
    ("part", "Part"),
    ("part_kind", "Kind of part"),
    ("stance", "Stance"),
    ("circumstances", "Circumstances"),
    ("source", "Source"),
    ("strand", "Strand"),
    ("kind", "Kind of source"),
    ("year", "Year"),
    ("passage", "Passage"),
    ("who", "Who"),
    ("voice", "Voice"),
    ("withheld", "Why withheld"),
    ("relevance", "Relevance"),
    ("richness", "Richness"),
    ("rigour", "Rigour"),
    ("weight", "Weight"),
    ("counted", "Counted"),
    ("appraiser", "Judged by"),
];

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let rows: Vec<(&Evidence, Cited)> =
        in_order(synthesis, brief).into_iter().map(|link| (link, press.cite(link))).collect();
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.extend([
        Block::heading(2, "Passages by statement", "passages"),
        Block::paragraph(format!(
            "{} tied to statements. One that bears on several statements stands under each.",
            count_of(rows.len(), "passage")
        )),
        Block::table("Passages, for and against", paper(&rows)),
        Block::table("The statements they bear on: evidence, agreement and test", stand(&press, &rows)),
        Block::rule(
            "Scores go from 0 (none) to 3 (high); empty: not yet appraised. A passage of relevance 0 is shown and not \
             counted.",
        ),
    ]);
    blocks.extend(closing(&press));
    Report {
        key: "passages",
        title: format!("{}: every passage", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&press, &rows),
        data: json!({
            "report": "passages",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "statements": stands(&press, &rows)
                .map(|(label, standings)| json!({ "id": label, "standings": standings }))
                .collect::<Vec<_>>(),
            "passages": rows.iter().map(|(_, cited)| cited).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
    }
}

/// The standings of each statement, once.
fn stands(press: &Press, rows: &[(&Evidence, Cited)]) -> impl Iterator<Item = (String, Standings)> {
    let mut ids: Vec<Id> = rows.iter().map(|(link, _)| link.hypothesis).collect();
    ids.dedup();
    let known = ids.into_iter().filter_map(|id| press.synthesis.hypotheses.get(&id));
    known.map(|one| (press.synthesis.label(one.id), Standings::of(&press.bearings, one)))
}

fn stand(press: &Press, rows: &[(&Evidence, Cited)]) -> Table {
    let mut table = Table::with(&[&[("statement", "Statement")], standings::COLUMNS.as_slice()].concat());
    for (label, standings) in stands(press, rows) {
        table.push([label.into()].into_iter().chain(standings.cells()).collect());
    }
    table
}

/// By statement, and within one by evidence.
fn in_order<'s>(synthesis: &'s Synthesis, brief: &Brief) -> Vec<&'s Evidence> {
    let place = |id| (!synthesis.labels.contains_key(&id), synthesis.labels.get(&id), id);
    let mut links: Vec<&Evidence> = synthesis.evidence.values().collect();
    if let Some(meant) = brief.statements(synthesis) {
        let speakers = synthesis.speakers();
        links.retain(|link| meant.contains(&speakers.of(link.hypothesis)));
    }
    links.sort_by_key(|link| (place(link.hypothesis), place(link.id)));
    links
}

/// What a passage says to its statement, in a word or two.
fn bearing(link: &Evidence) -> &'static str {
    match link.stance {
        Stance::Refutes if link.is_from_elsewhere() => ELSEWHERE,
        Stance::Supports => "for",
        Stance::Refutes => "against",
        Stance::Refines => "refines",
        Stance::Ambiguous => "unclear",
    }
}

/// What fits on a page.
fn paper(rows: &[(&Evidence, Cited)]) -> Table {
    let mut table = Table::with(&[
        ("id", "Evidence"),
        ("statement", "Statement"),
        ("bearing", "Bearing"),
        ("passage", "Passage"),
        ("who", "Who"),
        ("scores", "Scores"),
    ]);
    for (link, cited) in rows {
        table.push(vec![
            cited.evidence.as_str().into(),
            cited.hypothesis.as_str().into(),
            bearing(link).into(),
            cited.quote().text.into(),
            cited.attribution.as_str().into(),
            scores(link).into(),
        ]);
    }
    table
}

/// `relevance 3, richness 2, rigour 1`.
fn scores(link: &Evidence) -> String {
    let said = [("relevance", link.relevance), ("richness", link.richness), ("rigour", link.rigour)];
    let said: Vec<String> =
        said.iter().filter_map(|(title, score)| score.map(|score| format!("{title} {score}"))).collect();
    if said.is_empty() { "not appraised".to_owned() } else { said.join(", ") }
}

fn sheet(press: &Press, rows: &[(&Evidence, Cited)]) -> Table {
    let mut sheet = Table::with(SHEET);
    if let Some(weight) = sheet.columns.iter_mut().find(|column| column.key == "weight") {
        weight.decimals = 4;
    }
    let mut known: BTreeMap<Id, [Cell; 3]> = BTreeMap::new();
    for (link, cited) in rows {
        let stands = known.entry(link.hypothesis).or_insert_with(|| {
            let statement = press.synthesis.hypotheses.get(&link.hypothesis);
            let stands = statement.map(|one| Standings::of(&press.bearings, one).cells());
            stands.unwrap_or([Cell::Empty, Cell::Empty, Cell::Empty])
        });
        let stands = stands.clone();
        sheet.push(row(press, link, cited, stands));
    }
    sheet
}

fn row(press: &Press, link: &Evidence, cited: &Cited, [evidence, agreement, test]: [Cell; 3]) -> Vec<Cell> {
    let synthesis = press.synthesis;
    let statement = synthesis.hypotheses.get(&link.hypothesis);
    let component = statement.and_then(|one| one.component);
    let part = statement.and_then(|one| one.parts.iter().find(|part| Some(&part.key) == link.part.as_ref()));
    let whence = press.whence(link);
    let source = synthesis.sources.get(&link.source).filter(|_| whence.is_named);
    let score = |score: Option<u8>| score.map_or(Cell::Empty, |score| Cell::Whole(i64::from(score)));
    vec![
        cited.evidence.as_str().into(),
        cited.hypothesis.as_str().into(),
        statement.and_then(|one| one.statement.clone()).into(),
        component.map(|id| synthesis.label(id)).into(),
        evidence,
        agreement,
        test,
        link.part.clone().into(),
        part.map(|part| part.kind.word()).into(),
        link.stance.word().into(),
        link.circumstances.map(Circumstances::word).into(),
        whence.is_named.then(|| synthesis.label(link.source)).into(),
        whence.strand.map(|strand| synthesis.settings.strand_title(&strand)).into(),
        source.map(kind).or(whence.kind.map(SourceKind::title)).into(),
        source.and_then(|source| source.year).map_or(Cell::Empty, |year| Cell::Whole(i64::from(year))),
        cited.quote().text.into(),
        cited.attribution.as_str().into(),
        cited.voice.word().into(),
        cited.withheld.map(Withheld::reason).into(),
        score(link.relevance),
        score(link.richness),
        score(link.rigour),
        link.weight().map_or(Cell::Empty, Cell::Real),
        if link.is_irrelevant() { "no" } else { "yes" }.into(),
        press.is_for_team().then(|| link.appraiser.clone()).into(),
    ]
}
