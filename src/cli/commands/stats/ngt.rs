//! `realist stats ngt`

use super::output::{Answer, table, warn};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::ngt::score;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns item, member, points: the best item has the most (- for standard input).
    #[arg(value_name = "FILE")]
    file: String,
    /// How many items each member picks; without it the most points given.
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    picks: Option<u32>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let [item, member, points] = ["item", "member", "points"].map(|name| sheet.needed(name));
    let (item, member, points) = (item?, member?, points?);
    sheet.note_unread(&["item", "member", "points"], context);
    let mut items: InOrder<BTreeMap<String, u32>> = InOrder::default();
    let mut members: InOrder<Vec<u32>> = InOrder::default();
    sheet.each(|line| {
        let (item, member) = (line.word(item)?, line.word(member)?);
        let given = items.entry(item);
        let points: u32 = line.number(points)?.unwrap_or_default();
        if given.insert(member.to_owned(), points).is_some() {
            return Err(line
                .fault("voted-twice", format!("{member} has given {item} points before"))
                .hint("keep the vote that counts"));
        }
        members.entry(member).push(points);
        Ok(())
    })?;
    let most = members.entries().iter().flat_map(|(_, points)| points).max().copied().unwrap_or(0);
    let picks = arguments.picks.unwrap_or(most);
    let names: Vec<String> = items.names().into_iter().map(str::to_owned).collect();
    let points: Vec<Vec<f64>> =
        items.entries().iter().map(|(_, given)| given.values().copied().map(f64::from).collect()).collect();
    if picks == 0 {
        return Err(sheet
            .fault("no-points", "nobody gave any points")
            .hint("the best item of a member has K points, the next K - 1, down to 1"));
    }
    let scored = score(&points, members.entries().len(), picks as usize);
    let columns = [
        ("item", "Item"),
        ("score", "Score"),
        ("votes", "Votes"),
        ("relative", "Share of points"),
        ("of_max", "Of most possible"),
        ("rank", "Rank"),
    ];
    let mut numbers = table(&columns, 4);
    let mut json_items = Vec::new();
    for one in &scored {
        let name = names[one.item].as_str();
        numbers.push(vec![
            name.into(),
            one.score.into(),
            one.votes.into(),
            one.relative.into(),
            one.of_max.into(),
            one.rank.into(),
        ]);
        json_items.push(json!({
            "item": name, "score": one.score, "votes": one.votes, "relative": one.relative,
            "of_max": one.of_max, "firsts": one.firsts, "rank": one.rank,
        }));
    }
    let mut answer = Answer::default();
    answer.numbers(numbers);
    answer.note(format!(
        "N: {}; each picks {picks}. Order: score, votes, first places.",
        counted(members.entries().len(), "member")
    ));
    let json: Value = json!({ "items": json_items, "members": members.entries().len(), "picks": picks });
    answer.show(context, &json);
    irregular(&members, picks, context);
    Ok(Exit::Done)
}

/// Ballots that do not give K, K - 1, ... 1.
fn irregular(members: &InOrder<Vec<u32>>, picks: u32, context: &Context) {
    for (member, points) in members.entries() {
        let mut given: Vec<u32> = points.iter().copied().filter(|points| *points > 0).collect();
        given.sort_unstable();
        if !given.iter().copied().eq(1..=picks) {
            warn(
                context,
                "odd-ballot",
                format!("{member} has not given each of 1 to {picks} points once; counted as it is"),
            );
        }
    }
}
