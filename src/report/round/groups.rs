//! What groups say, and dissent.

use super::Sitting;
use super::figures::cell;
use crate::consensus::{ItemResult, Registered};
use crate::participant::Audience;
use crate::report::block::{Block, Run};
use crate::table::{Cell, Column, Table};

pub fn section(sitting: &Sitting) -> Vec<Block> {
    if sitting.results.items.iter().all(|item| item.groups.is_empty()) {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(2, "By group", "groups"), Block::table("What groups say", groups(sitting))];
    if sitting.results.items.iter().any(|item| item.group_equal.is_ok() || item.kruskal.is_ok()) {
        blocks.push(Block::table("Groups set against each other", equal(sitting)));
    }
    let dissenting: Vec<String> = sitting
        .results
        .items
        .iter()
        .flat_map(|item| item.dissenting().map(move |group| format!("{}: {}", item.key, sitting.group(&group.group))))
        .collect();
    if !dissenting.is_empty() {
        blocks.push(Block::notice(format!(
            "Agreement of all can hide a group that dissents. Dissenting: {}.",
            dissenting.join("; ")
        )));
    }
    blocks
}

fn groups(sitting: &Sitting) -> Table {
    let mut table = Table::new(vec![
        Column::new("item", "Item"),
        Column::new("group", "Group"),
        Column::new("n", "N"),
        Column::new("median", "Median").decimals(1),
        Column::new("agreement", "Agreement").decimals(3),
        Column::new("dissent", "Dissent"),
    ]);
    for item in &sitting.results.items {
        for group in &item.groups {
            table.push(vec![
                item.key.as_str().into(),
                sitting.group(&group.group).into(),
                group.n.into(),
                group.median.into(),
                group.agreement.into(),
                if group.dissent { "dissents" } else { "" }.into(),
            ]);
        }
    }
    table
}

fn equal(sitting: &Sitting) -> Table {
    let mut table = Table::new(vec![
        Column::new("item", "Item"),
        Column::new("group_equal", "Agreement, groups weighing the same").decimals(4),
        Column::new("h", "Kruskal-Wallis H").decimals(4),
        Column::new("p", "p (chi-squared)").decimals(4),
        Column::new("p_permutation", "p (shuffling)").decimals(4),
    ]);
    for item in &sitting.results.items {
        let kruskal = |number: fn(&crate::stats::kruskal::KruskalWallis) -> f64| match &item.kruskal {
            Ok(test) => Cell::Real(number(test)),
            Err(why) => Cell::Undefined(why.0.clone()),
        };
        table.push(vec![
            item.key.as_str().into(),
            cell(&item.group_equal),
            kruskal(|test| test.h),
            kruskal(|test| test.p),
            kruskal(|test| test.p_permutation),
        ]);
    }
    table
}

/// Who a member is to a reader: their code for the team; their group where it stands alone; else nobody's.
fn whose(sitting: &Sitting, one: &Registered) -> String {
    match sitting.audience {
        Audience::Team => format!("{} ({})", one.token, sitting.group(&one.group)),
        _ if sitting.pool.pooled.contains(&one.group) => "a member of a smaller group".to_owned(),
        _ => format!("a member of {}", sitting.group(&one.group)),
    }
}

/// Dissent as a reader may see it.
pub fn told(sitting: &Sitting, item: &ItemResult) -> Vec<(String, Option<String>)> {
    let words = |one: &Registered| one.approved.then(|| one.words.clone());
    item.dissents.iter().map(|one| (whose(sitting, one), words(one))).collect()
}

pub fn dissents(sitting: &Sitting) -> Vec<Block> {
    let mut items = Vec::new();
    for item in &sitting.results.items {
        for (who, words) in told(sitting, item) {
            let mut runs = vec![Run::Strong(format!("{}, {who}: ", item.key))];
            runs.push(match words {
                Some(words) => Run::Quotation(format!("\u{201c}{}\u{201d}", words.trim())),
                None => Run::Gap("[words not approved for print]".to_owned()),
            });
            items.push(runs);
        }
    }
    let mut blocks = vec![Block::heading(2, "Registered dissent", "dissent")];
    blocks.push(Block::list(false, items));
    blocks
}
