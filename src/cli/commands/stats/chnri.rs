//! `realist stats chnri`

use super::output::{Answer, Object, cell, table};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::chnri::{Scored, scored};
use crate::stats::order::places;
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns item, scorer, criterion, score: 0, 0.5 or 1, empty where not scored (- for standard input).
    #[arg(value_name = "FILE")]
    file: String,
    /// A criterion's weight, such as equity=2; may be repeated. Without it all weigh 1.
    #[arg(long = "weight", value_name = "CRITERION=W", value_parser = weight)]
    weights: Vec<(String, f64)>,
}

pub fn weight(text: &str) -> Result<(String, f64), String> {
    let read =
        text.split_once('=').and_then(|(name, weight)| Some((name.trim().to_owned(), weight.trim().parse().ok()?)));
    read.filter(|(_, weight): &(String, f64)| weight.is_finite() && *weight >= 0.0)
        .ok_or_else(|| format!("'{text}' is no weight\nhint: write it as equity=2"))
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let [item, scorer, criterion, score] = ["item", "scorer", "criterion", "score"].map(|name| sheet.needed(name));
    let (item, scorer, criterion, score) = (item?, scorer?, criterion?, score?);
    sheet.note_unread(&["item", "scorer", "criterion", "score"], context);
    let mut criteria: InOrder<()> = InOrder::default();
    let mut items: InOrder<Vec<(usize, f64)>> = InOrder::default();
    let mut given = BTreeSet::new();
    sheet.each(|line| {
        let (item, scorer) = (line.word(item)?, line.word(scorer)?);
        let criterion = criteria.place(line.word(criterion)?);
        let scores = items.entry(item);
        if !given.insert((item.to_owned(), scorer.to_owned(), criterion)) {
            return Err(line
                .fault("scored-twice", format!("{scorer} has scored this before"))
                .hint("keep the score that counts"));
        }
        let Some(score) = line.real(score)? else { return Ok(()) };
        if ![0.0, 0.5, 1.0].contains(&score) {
            return Err(line.fault("bad-score", format!("{score} is no score")).hint("a score is 0, 0.5 or 1"));
        }
        scores.push((criterion, score));
        Ok(())
    })?;
    let names = criteria.names();
    let mut weights = vec![1.0; names.len()];
    for (name, weight) in &arguments.weights {
        let Some(at) = names.iter().position(|known| known == name) else {
            return Err(sheet
                .fault("unknown-criterion", format!("there is no criterion '{name}'"))
                .hint(format!("criteria found: {}", names.join(", "))));
        };
        weights[at] = *weight;
    }
    let all: Vec<(&str, Scored)> = items
        .entries()
        .iter()
        .map(|(item, scores)| {
            let of = |number| scores.iter().filter(move |(at, _)| *at == number).map(|(_, score)| *score).collect();
            (item.as_str(), scored(&(0..names.len()).map(of).collect::<Vec<Vec<f64>>>(), &weights))
        })
        .collect();
    let ranks = places(&all.iter().map(|(_, one)| one.score.clone().unwrap_or(f64::NEG_INFINITY)).collect::<Vec<_>>());
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| ranks[*at]);
    let mut numbers =
        table(&[("rank", "Rank"), ("item", "Item"), ("score", "Score"), ("aea", "Average expert agreement")], 4);
    let mut json_items = Vec::new();
    for at in order {
        let (item, one) = &all[at];
        numbers.push(vec![ranks[at].into(), (*item).into(), cell(&one.score), cell(&one.aea)]);
        json_items.push(as_json(item, one, ranks[at], &names, &weights));
    }
    let mut answer = Answer::default();
    answer.numbers(numbers);
    answer.note("Score: mean over criteria of the mean of 0, 0.5 and 1, times 100. Agreement: mean share that gave the commonest score.");
    answer.show(context, &json!({ "items": json_items }));
    Ok(Exit::Done)
}

fn as_json(item: &str, one: &Scored, rank: usize, names: &[&str], weights: &[f64]) -> Value {
    let criteria = one.criteria.iter().zip(names).zip(weights).map(|((one, name), weight)| {
        json!({ "criterion": name, "n": one.n, "mean": one.mean, "agreement": one.agreement, "weight": weight })
    });
    Object::default()
        .with("item", item)
        .with("rank", rank)
        .defined("score", &one.score)
        .defined("aea", &one.aea)
        .with("criteria", criteria.collect::<Vec<_>>())
        .finish()
}
