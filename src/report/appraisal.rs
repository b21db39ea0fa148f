//! `report appraisal`: relevance, richness and rigour, source by source and statement by statement; and where several
//! people appraised one passage, what they differ on, and only then how far they agree in numbers.

use super::block::{Block, Report, count_of, sentence_case};
use super::disagreements::NOTE;
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::standings::{self, Standings};
use super::tally::Quality;
use super::words::Press;
use super::{Brief, cmo, shelf_marks, tally};
use crate::appraisal::Criterion;
use crate::evidence::Evidence;
use crate::id::Id;
use crate::stats::agreement::{Categories, Gathering, Metric, Ratings, Repeated, Weights, agreement};
use crate::synthesis::{Appraised, Synthesis};
use crate::table::{Cell, Column, Table};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What the tool does by itself; which sources a team left out, and why, is theirs to say.
pub const RIGOUR_ALONE: &str = "Low rigour alone takes no passage out of any count.";

const RULE: &str = "How to read this. Relevance: the passage can contribute to building or testing the theory. Richness: \
depth of its causal and contextual detail. Rigour: the data are credible and trustworthy. Each is given for a link, which is \
one passage held against one statement: 0 none, 1 low, 2 moderate, 3 high; a link not yet appraised is not one of 0. A passage \
may have several links.";

/// What agreement on scores is told by.
const METRICS: [Metric; 3] = [Metric::Percent, Metric::WeightedKappaQuadratic, Metric::KrippendorffAlphaOrdinal];

/// What each person gave on one criterion, over the links that two or more appraised.
pub fn ratings(
    appraised: &[Appraised<'_>],
    label: impl Fn(Id) -> String,
    criterion: Criterion,
) -> Result<Ratings, Repeated> {
    let mut gathering = Gathering::default();
    for one in appraised.iter().filter(|one| one.is_double()) {
        let unit = label(one.link.id);
        for (coder, given) in &one.by {
            gathering.add(&unit, coder, &given.scores.of(criterion).to_string());
        }
    }
    gathering.sort_coders();
    gathering.finish(Categories::given(&["0", "1", "2", "3"]))
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let by_source = by_source(&press);
    let by_statement = by_statement(&press);
    let appraised = synthesis.appraised();
    let double: Vec<&Appraised<'_>> = appraised.iter().filter(|one| one.is_double()).collect();
    let numbers = numbers(synthesis, &appraised);

    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::paragraph(opening(synthesis)));
    blocks.push(Block::heading(2, "Source by source", "sources"));
    blocks.push(Block::table("Appraisal of sources: how many links have each score", by_source.clone()));
    blocks.push(Block::heading(2, "Statement by statement", "statements"));
    blocks.push(Block::table("Appraisal of the evidence for and against each statement", by_statement.clone()));
    blocks.push(Block::heading(2, "Appraised by several people", "double"));
    if double.is_empty() {
        blocks.push(Block::to_write("nobody has appraised a link a second time"));
    } else {
        blocks.extend(differences(&press, &double));
        blocks.push(Block::rule(format!(
            "Agreement is {NOTE}. Over the links that two or more people appraised: the share of pairs that gave the same \
             score, weighted kappa (squared distances; two people only) and Krippendorff's alpha (ordinal)."
        )));
        blocks.push(Block::table("Agreement, criterion by criterion", numbers.clone()));
    }
    blocks.push(Block::rule(format!("{RULE} {RIGOUR_ALONE}")));
    blocks.extend(closing(&press));
    Report {
        key: "appraisal",
        title: format!("{}: appraisal of the evidence", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "appraisal",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": format!("{RULE} {RIGOUR_ALONE}"),
            "note": NOTE,
            "sources": by_source.to_json(),
            "statements": by_statement.to_json(),
            "double": double.iter().map(|one| told(&press, one)).collect::<Vec<_>>(),
            "numbers": numbers.to_json(),
            "withheld": withheld(&press),
        }),
        sheet: by_source,
    }
}

fn opening(synthesis: &Synthesis) -> String {
    let links: Vec<&Evidence> = living(synthesis).collect();
    let appraised = links.iter().filter(|link| link.is_appraised()).count();
    format!("{} between passages and statements; {appraised} appraised.", count_of(links.len(), "link"))
}

/// Links whose words are still there.
fn living(synthesis: &Synthesis) -> impl Iterator<Item = &Evidence> {
    synthesis.evidence.values().filter(|link| !synthesis.is_gone(link))
}

fn by_source(press: &Press) -> Table {
    let synthesis = press.synthesis;
    let mut table = Table::with(&[
        ("source", "Source"),
        ("passages", "Passages"),
        ("links", "Links"),
        ("relevance", "Relevance"),
        ("richness", "Richness"),
        ("rigour", "Rigour"),
        ("not_appraised", "Not appraised"),
    ]);
    let mut of: BTreeMap<Id, Vec<&Evidence>> = BTreeMap::new();
    living(synthesis).for_each(|link| of.entry(synthesis.counts_as(link.source)).or_default().push(link));
    let mut of: Vec<(Id, Vec<&Evidence>)> = of.into_iter().collect();
    of.sort_by_key(|(id, _)| (synthesis.labels.get(id), *id));
    for (id, links) in of {
        let passages: BTreeSet<_> = links.iter().map(|link| &link.anchor).collect();
        let scores = |score: fn(&Evidence) -> Option<u8>| spread(links.iter().filter_map(|link| score(link)));
        table.push(vec![
            shelf_marks::marked(press, id).into(),
            passages.len().into(),
            links.len().into(),
            scores(|link| link.relevance).into(),
            scores(|link| link.richness).into(),
            scores(|link| link.rigour).into(),
            links.iter().filter(|link| !link.is_appraised()).count().into(),
        ]);
    }
    table
}

/// `3: 1, 2: 4`; scores nobody gave are left out.
fn spread(given: impl IntoIterator<Item = u8>) -> String {
    let counted = tally::counted(given);
    let each = counted.iter().enumerate().rev().filter(|(_, n)| **n > 0);
    let each: Vec<String> = each.map(|(score, n)| format!("{score}: {n}")).collect();
    if each.is_empty() { "not appraised".to_owned() } else { each.join(", ") }
}

fn by_statement(press: &Press) -> Table {
    let synthesis = press.synthesis;
    let columns = [("id", "Statement"), ("quality", "Medians")];
    let mut table = Table::with(&[columns.as_slice(), &standings::COLUMNS].concat());
    let mut ids: Vec<Id> = synthesis.living_hypotheses().map(|one| one.id).collect();
    cmo::in_label_order(synthesis, &mut ids);
    for one in ids.iter().filter_map(|id| synthesis.hypotheses.get(id)) {
        let links = tally::relevant(&press.bearings, one.id);
        let mut row = vec![synthesis.label(one.id).into(), Quality::of(&links).show().into()];
        row.extend(Standings::of(&press.bearings, one).cells());
        table.push(row);
    }
    table
}

/// What people differ on, the furthest apart first: with names for the team, in numbers for others.
fn differences(press: &Press, double: &[&Appraised<'_>]) -> Vec<Block> {
    let synthesis = press.synthesis;
    let apart = double.iter().filter(|one| !one.differ().is_empty()).count();
    let settled = double.iter().filter(|one| one.link.settled.is_some()).count();
    let mut blocks = vec![Block::paragraph(format!(
        "{} appraised by two or more people, {apart} of them differently; {settled} settled since.",
        count_of(double.len(), "link"),
    ))];
    if !press.is_for_team() || apart == 0 {
        return blocks;
    }
    let mut table = Table::with(&[
        ("evidence", "Link"),
        ("statement", "Statement"),
        ("given", "Relevance, richness, rigour"),
        ("differ", "They differ on"),
        ("settled", "Settled"),
    ]);
    for one in double.iter().filter(|one| !one.differ().is_empty()) {
        let given: Vec<String> = one.by.iter().map(|(tag, given)| format!("{tag} {}", given.scores.show())).collect();
        let differ: Vec<&str> = one.differ().iter().map(|criterion| criterion.word()).collect();
        let settled = one.link.settled.as_ref().map_or("open".to_owned(), |settled| {
            let scores = one.link.scores().map(crate::appraisal::Scores::show).unwrap_or_default();
            format!("{scores}: {}", settled.reason.as_deref().unwrap_or("all gave the same"))
        });
        table.push(vec![
            synthesis.label(one.link.id).into(),
            synthesis.label(one.link.hypothesis).into(),
            given.join("\n").into(),
            differ.join(", ").into(),
            settled.into(),
        ]);
    }
    blocks.push(Block::table("What people differ on, the furthest apart first", table));
    blocks
}

fn told(press: &Press, one: &Appraised<'_>) -> Value {
    let synthesis = press.synthesis;
    let by = press.is_for_team().then(|| {
        let each = one.by.iter().map(|(tag, given)| ((*tag).to_owned(), json!(given.scores)));
        each.collect::<serde_json::Map<_, _>>()
    });
    json!({
        "evidence": synthesis.label(one.link.id),
        "statement": synthesis.label(one.link.hypothesis),
        "by": by,
        "differ": one.differ(),
        "settled": one.link.settled.is_some().then(|| one.link.scores()).flatten(),
    })
}

fn numbers(synthesis: &Synthesis, appraised: &[Appraised<'_>]) -> Table {
    let mut table = Table::new(vec![
        Column::new("criterion", "Criterion"),
        Column::new("links", "Links"),
        Column::new("people", "People"),
        Column::new("percent", "Agreement").decimals(3),
        Column::new("kappa", "Weighted kappa").decimals(3),
        Column::new("alpha", "Alpha (ordinal)").decimals(3),
    ]);
    for criterion in Criterion::ALL {
        // One person has one appraisal of a link: nothing is there twice.
        let Ok(ratings) = ratings(appraised, |id| synthesis.label(id), *criterion) else { continue };
        let mut row: Vec<Cell> =
            vec![sentence_case(criterion.word()).into(), ratings.units().len().into(), ratings.coders().len().into()];
        let outcomes = agreement(&ratings, &METRICS, Weights::Quadratic, None);
        row.extend(outcomes.into_iter().map(|one| match one.coefficient {
            Ok(found) => Cell::Real(found.value),
            Err(why) => Cell::Undefined(why.0),
        }));
        table.push(row);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::report::sample;

    #[test]
    fn a_passage_held_against_two_statements_is_one_passage_and_two_links() {
        let mut all = sample::synthesis();
        let (first, other) = {
            let mut ids = all.evidence.keys().copied();
            (ids.next().unwrap(), ids.next().unwrap())
        };
        let (anchor, source) = (all.evidence[&first].anchor.clone(), all.evidence[&first].source);
        let label = all.label(source);
        let numbers = |all: &Synthesis| {
            let report = make(all, &Brief::new(Audience::Team));
            let rows = &report.sheet.rows;
            let row = rows.iter().find(|row| row[0].show(0).starts_with(&label)).unwrap();
            [row[1].show(0), row[2].show(0)].map(|n| n.parse::<usize>().unwrap())
        };
        let links = numbers(&all)[1];
        let moved = all.evidence.get_mut(&other).unwrap();
        let was_there = moved.source == source;
        (moved.anchor, moved.source) = (anchor, source);
        let [passages, more] = numbers(&all);
        assert_eq!(more, links + usize::from(!was_there));
        assert!(passages < more, "{passages} passages, {more} links");
    }
}
