//! `realist stats concordance`

use super::Chance;
use super::output::{Answer, Object, cell, table};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::concordance::{concordance, strength};
use crate::table::Cell;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns judge, item, rank (- for standard input). Equal ranks are ties.
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    chance: Chance,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let [judge, item, rank] = ["judge", "item", "rank"].map(|name| sheet.needed(name));
    let (judge, item, rank) = (judge?, item?, rank?);
    sheet.note_unread(&["judge", "item", "rank"], context);
    let mut judges: InOrder<Vec<(usize, f64)>> = InOrder::default();
    let mut items: InOrder<()> = InOrder::default();
    sheet.each(|line| {
        let at = items.place(line.word(item)?);
        let name = line.word(judge)?;
        let ranks = judges.entry(name);
        if ranks.iter().any(|(known, _)| *known == at) {
            return Err(line
                .fault("ranked-twice", format!("{name} has ranked this item before"))
                .hint("keep the rank that counts"));
        }
        ranks.push((at, line.some_real(rank)?));
        Ok(())
    })?;
    let ranks: Vec<Vec<f64>> = judges
        .entries()
        .iter()
        .map(|(_, ranks)| {
            let mut ranks = ranks.clone();
            ranks.sort_by_key(|(item, _)| *item);
            ranks.into_iter().map(|(_, rank)| rank).collect()
        })
        .collect();
    let found = concordance(&ranks, arguments.chance.draws());
    let part = |of: fn(&crate::stats::concordance::Concordance) -> f64| found.as_ref().map(of).map_err(Clone::clone);
    let numbers_of = [
        ("w", part(|one| one.w)),
        ("w_uncorrected", part(|one| one.w_uncorrected)),
        ("chi2", part(|one| one.chi2)),
        ("df", part(|one| one.df as f64)),
        ("p", part(|one| one.p)),
        ("p_permutation", part(|one| one.p_permutation)),
    ];
    let mut numbers = table(&[("name", "Statistic"), ("value", "Value")], 6);
    let mut object = Object::default();
    for (name, value) in &numbers_of {
        let whole = *name == "df";
        let shown = found.as_ref().map(|one| one.df).ok().filter(|_| whole);
        numbers.push(vec![(*name).into(), shown.map_or_else(|| cell(value), Cell::from)]);
        object = match shown {
            Some(df) => object.with(name, df),
            None => object.defined(name, value),
        };
    }
    let mut answer = Answer::default();
    answer.numbers(numbers);
    let (judged, seed) = (counted(judges.entries().len(), "judge"), arguments.chance.seed);
    answer.note(format!("N: {judged}, {}. Ties share middle ranks.", counted(items.entries().len(), "item")));
    answer.note(format!(
        "chi2 is a guide from about eight items; p_permutation from {} shuffles, seed {seed}.",
        arguments.chance.permutations
    ));
    if let Ok(one) = &found {
        answer.note(format!("Agreement is {} (Schmidt 1997).", strength(one.w)));
    }
    let json = object
        .with("strength", found.as_ref().ok().map(|one| strength(one.w)))
        .with("judges", judges.entries().len())
        .with("items", items.entries().len())
        .with("permutations", json!({ "number": arguments.chance.permutations, "seed": seed }))
        .finish();
    answer.show(context, &json);
    Ok(Exit::Done)
}
