//! What groups say, and dissent.

use super::Sitting;
use super::figures::cell;
use crate::consensus::{GroupFigures, ItemResult, POOLED, Registered};
use crate::participant::Audience;
use crate::report::block::{Block, Run};
use crate::round::{Scale, Way};
use crate::table::{Cell, Column, Table};

pub fn section(sitting: &Sitting) -> Vec<Block> {
    if sitting.results.items.iter().all(|item| item.groups.is_empty()) {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(2, "By group", "groups"), Block::table("What groups say", groups(sitting))];
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

/// How groups stand to each other, for those who know the figures.
pub fn compared(sitting: &Sitting) -> Option<Block> {
    let any = sitting.results.items.iter().any(|item| item.group_equal.is_ok() || item.kruskal.is_ok());
    any.then(|| Block::table("Groups set against each other", equal(sitting)))
}

fn groups(sitting: &Sitting) -> Table {
    let mut columns = vec![("item", "Item".to_owned())];
    columns.extend(COLUMNS.map(|(key, title)| (key, title.to_owned())));
    columns.push(("agreement", agreement(sitting)));
    columns.push(("dissent", "Dissent".to_owned()));
    let mut table = Table::new(columns.iter().map(|(key, title)| Column::new(key, title).decimals(1)).collect());
    for item in &sitting.results.items {
        for group in &item.groups {
            let mut row: Vec<Cell> = vec![item.key.as_str().into()];
            row.extend(cells(sitting, group));
            row.push(dissent_of(group).into());
            table.push(row);
        }
    }
    table
}

/// Beside the group: its valid votes and their median; what stands for its agreement has a title of the round's own.
pub const COLUMNS: [(&str, &str); 3] = [("group", "Group"), ("n", "N"), ("median", "Median")];

/// `Rated 7 to 9`, or what share is for the answer that most gave.
pub fn agreement(sitting: &Sitting) -> String {
    match sitting.terms.way {
        Way::Ram | Way::Delphi => {
            format!("Rated {}", super::drawn::titles(sitting.terms.scale.unwrap_or(Scale::NINE))[2])
        }
        _ => "For what most chose".to_owned(),
    }
}

/// A group, its votes, their median and its agreement in per cent.
pub fn cells(sitting: &Sitting, group: &GroupFigures) -> [Cell; 4] {
    let share = group.agreement.map(|share| format!("{:.0}%", share * 100.0));
    [sitting.group(&group.group).into(), group.n.into(), group.median.into(), share.into()]
}

/// Of groups that are shown as one it is said that one of them dissents: which one is nobody's to know, and the figures of
/// all of them together may hide it.
fn dissent_of(group: &GroupFigures) -> &'static str {
    match (group.dissent, group.group == POOLED) {
        (false, _) => "",
        (true, false) => "dissents",
        (true, true) => "one of these groups dissents, and is not named",
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn that_one_of_several_groups_dissents_is_said_and_which_is_not() {
        let said = |group: &str, dissent| {
            dissent_of(&GroupFigures {
                group: group.to_owned(),
                n: 4,
                median: Some(3.5),
                agreement: Some(0.25),
                dissent,
            })
        };
        assert_eq!((said("gps", false), said(POOLED, false)), ("", ""));
        assert_eq!(said("gps", true), "dissents");
        assert_eq!(said(POOLED, true), "one of these groups dissents, and is not named");
    }
}
