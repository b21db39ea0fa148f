//! The figures of items, a table for each method; change since the round before.

use super::Sitting;
use crate::consensus::in_print;
use crate::consensus::{Figures, ItemResult};
use crate::report::block::Block;
use crate::round::Way;
use crate::stats::{Defined, Undefined};
use crate::table::{Cell, Column, Table};

/// All figures, for spreadsheets.
pub fn table(sitting: &Sitting) -> Table {
    let mut columns = vec![("item", "Item", 0), ("text", "Asked", 0), ("n", "N", 0)];
    columns.extend_from_slice(match sitting.terms.way {
        Way::Ram => &[
            ("median", "Median", 1),
            ("p30", "P30", 2),
            ("p70", "P70", 2),
            ("ipr", "IPR", 2),
            ("ipras", "IPRAS", 3),
            ("disagreement_index", "Index", 4),
            ("disagreement_ipras", "Disagreement (IPRAS)", 0),
            ("disagreement_classic", "Disagreement (classic)", 0),
        ],
        Way::Delphi => &[
            ("median", "Median", 1),
            ("q1", "Q1", 2),
            ("q3", "Q3", 2),
            ("iqr", "IQR", 2),
            ("mean", "Mean", 2),
            ("sd", "SD", 2),
            ("cv", "CV", 4),
            ("share_high", "High", 3),
            ("share_low", "Low", 3),
        ],
        Way::Ngt => &[
            ("score", "Points", 0),
            ("votes", "Voters", 0),
            ("relative", "Share of all points", 4),
            ("of_max", "Of the most", 3),
        ],
        Way::Rank => &[("mean", "Mean rank", 2), ("median", "Median rank", 1)],
        Way::Percent | Way::Consent => &[("choices", "Votes", 0)],
        Way::Discussion => &[],
    });
    columns.push(("outcome", "Outcome", 0));
    let mut table = Table::new(columns.iter().map(|(key, title, d)| Column::new(key, title).decimals(*d)).collect());
    for item in &sitting.results.items {
        let mut row: Vec<Cell> = vec![item.key.as_str().into(), sitting.text(item).into(), sitting.count(item.n)];
        row.extend(cells(item, columns.len() - 4));
        row.push(super::plain(item).into());
        table.push(row);
    }
    table
}

/// What each item came to, for readers who know no statistics.
pub fn in_words(sitting: &Sitting) -> Table {
    let mut table = Table::with(&[("item", "Item"), ("text", "Asked"), ("all", "All"), ("outcome", "By the rule")]);
    for item in &sitting.results.items {
        let all = super::feedback::all(item);
        table.push(vec![item.key.as_str().into(), sitting.text(item).into(), all.into(), super::plain(item).into()]);
    }
    table
}

/// The same with what a page has room for.
pub fn for_reading(sitting: &Sitting, mut table: Table) -> Table {
    if sitting.terms.way == Way::Delphi {
        table.drop_columns(&["mean", "sd", "cv"]);
    }
    table
}

fn cells(item: &ItemResult, width: usize) -> Vec<Cell> {
    let Ok(figures) = &item.figures else { return vec![Cell::Empty; width] };
    match figures {
        Figures::Rated { ram: Some(ram), .. } => vec![
            ram.median.into(),
            ram.p30.into(),
            ram.p70.into(),
            ram.ipr.into(),
            ram.ipras.into(),
            ram.disagreement_index.into(),
            yes(ram.disagreement_ipras),
            ram.disagreement_classic.clone().map_or_else(|Undefined(why)| Cell::Undefined(why), yes),
        ],
        Figures::Rated { item, ram: None } => {
            let mut row: Vec<Cell> =
                vec![item.median.into(), item.q1.into(), item.q3.into(), item.iqr().into(), item.mean.into()];
            row.extend([cell(&item.sd), cell(&item.cv), item.share_high.into(), item.share_low.into()]);
            row.resize(width, Cell::Empty);
            row
        }
        Figures::Scored(one) => vec![one.score.into(), one.votes.into(), one.relative.into(), one.of_max.into()],
        Figures::Ranked { mean, median, .. } => vec![(*mean).into(), (*median).into()],
        Figures::Chosen(choices) => {
            let told = choices.iter().map(|one| format!("{} {} ({:.0}%)", one.option, one.n, one.share * 100.0));
            vec![told.collect::<Vec<_>>().join(", ").into()]
        }
    }
}

fn yes(value: bool) -> Cell {
    if value { "yes" } else { "no" }.into()
}

pub fn cell(value: &Defined) -> Cell {
    value.clone().map_or_else(|Undefined(why)| Cell::Undefined(why), Cell::from)
}

/// What became of answers since the round before.
pub fn since(sitting: &Sitting) -> Vec<Block> {
    let Some(before) = &sitting.before else { return Vec::new() };
    let columns = [
        ("item", "Item", 0),
        ("change", "Change", 3),
        ("moved", "Moved", 0),
        ("wilcoxon_p", "Wilcoxon p", 6),
        ("kappa", "Kappa", 3),
        ("cv_change", "CV change", 4),
    ];
    let mut table = Table::new(columns.iter().map(|(key, title, d)| Column::new(key, title).decimals(*d)).collect());
    for item in &sitting.results.items {
        let Some(since) = &item.since else { continue };
        let mut row: Vec<Cell> = vec![item.key.as_str().into()];
        match since {
            Err(Undefined(why)) => {
                row.push(Cell::Undefined(why.clone()));
                row.resize(columns.len(), Cell::Empty);
            }
            Ok(one) => row.extend([
                one.change.into(),
                format!("{} of {}", one.moved, one.both).into(),
                cell(&one.wilcoxon.clone().map(|test| test.p)),
                cell(&one.kappa),
                cell(&one.cv_change),
            ]),
        }
        table.push(row);
    }
    if table.is_empty() {
        return Vec::new();
    }
    vec![
        Block::heading(2, format!("Since {before}"), "since"),
        Block::table("How far answers have settled", table),
        Block::rule(
            "Change: half the difference of the two histograms, stable under 0.15. Wilcoxon: signed ranks, exact, two-sided. Kappa: \
             of the regions low, middle, high. For panels under thirty the first two are the ones to read.",
        ),
    ]
}

/// The rule of the method, in words.
pub fn rules(sitting: &Sitting) -> Option<String> {
    let judge = sitting.terms.rule.judge.as_deref().unwrap_or_default();
    let scale = sitting.terms.scale.unwrap_or(crate::round::Scale::NINE);
    match sitting.terms.way {
        Way::Ram => Some(format!(
            "Rule {}. IPRAS = 2.35 + 1.5 |5 - (P30 + P70) / 2|; disagreement where IPR > IPRAS. Classic: from \
             8 ratings, by panel size. Appropriate: a median of 7 or more without disagreement; inappropriate: 3 or less.",
            in_print(judge)
        )),
        Way::Delphi => Some(format!(
            "Rule {judge}; ratings from {} are high, up to {} low; quartiles: type 7, linear interpolation; sd over n - 1.",
            scale.high, scale.low
        )),
        Way::Ngt => Some(format!(
            "Rule {judge}. Order: points, then voters, then first places; equal ones share the better place."
        )),
        Way::Rank => Some("Order by the mean of ranks. W: Kendall's, corrected for ties.".to_owned()),
        Way::Percent => Some(format!("Rule {judge}: the share of valid votes that one option needs.")),
        Way::Consent => Some("Consent: nobody objects. Who stands aside does not object.".to_owned()),
        Way::Discussion => None,
    }
}
