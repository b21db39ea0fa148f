//! `realist stats jla`

use super::output::{Answer, table};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::jla::joined;
use crate::table::{Cell, Column};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns item, group, score: several rows of one item and group are added up (- for standard input).
    #[arg(value_name = "FILE")]
    file: String,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let [item, group, score] = ["item", "group", "score"].map(|name| sheet.needed(name));
    let (item, group, score) = (item?, group?, score?);
    sheet.note_unread(&["item", "group", "score", "member"], context);
    let mut items: InOrder<()> = InOrder::default();
    let mut groups: InOrder<Vec<(usize, f64)>> = InOrder::default();
    sheet.each(|line| {
        let item = items.place(line.word(item)?);
        let group = groups.entry(line.word(group)?);
        group.push((item, line.real(score)?.unwrap_or_default()));
        Ok(())
    })?;
    let total = |scores: &Vec<(usize, f64)>| {
        let mut totals = vec![0.0; items.entries().len()];
        for (item, score) in scores {
            totals[*item] += score;
        }
        totals
    };
    let totals: Vec<Vec<f64>> = groups.entries().iter().map(|(_, scores)| total(scores)).collect();
    let ranked = joined(&totals);
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by_key(|item| ranked[*item].rank);
    let mut numbers = table(&[("rank", "Rank"), ("item", "Item"), ("position_sum", "Sum of positions")], 1);
    numbers.columns.extend(groups.names().iter().map(|group| Column::new(group, group).decimals(1)));
    numbers.columns.push(Column::new("raw_total", "Raw total").decimals(1));
    let mut json_items = Vec::new();
    for at in order {
        let (item, one) = (items.names()[at], &ranked[at]);
        let mut row: Vec<Cell> = vec![one.rank.into(), item.into(), one.sum.into()];
        row.extend(one.positions.iter().map(|position| Cell::from(*position)));
        row.push(one.raw_total.into());
        numbers.push(row);
        let by_group = groups.names().into_iter().enumerate().map(
            |(number, group)| json!({ "group": group, "total": totals[number][at], "position": one.positions[number] }),
        );
        json_items.push(json!({
            "item": item, "rank": one.rank, "position_sum": one.sum, "raw_total": one.raw_total,
            "groups": by_group.collect::<Vec<_>>(),
        }));
    }
    let mut answer = Answer::default();
    answer.numbers(numbers);
    answer.note("Each group's totals are ranked, ranks reversed into positions (the last has 1) and added, so that groups weigh the same.");
    answer.note(
        "Equal totals share the mean position. Where groups diverge strongly, take separate lists to the meeting.",
    );
    answer.show(context, &json!({ "items": json_items }));
    Ok(Exit::Done)
}
