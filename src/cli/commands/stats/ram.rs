//! `realist stats ram`

use super::output::{Answer, Object, cell, table, warn, yes};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::commands::shared::word;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::Defined;
use crate::stats::order::Percentile;
use crate::stats::ram::{Appropriateness, Class, Disagreement, Rule, appropriateness};
use crate::table::Cell;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns item, member, group, rating (- for standard input); an empty rating is a missing vote,
    /// and so is one that says abstain, cannot judge, late or absent.
    #[arg(value_name = "FILE")]
    file: String,
    /// How percentiles are read: q7 (linear interpolation) or sas5 (empirical, averaged).
    #[arg(long, default_value = "q7", value_parser = word::<Percentile>)]
    percentile: Percentile,
    /// The rule of disagreement that the class goes by: classic, ipras or thirds.
    #[arg(long, default_value = "classic", value_parser = word::<Disagreement>)]
    rule: Disagreement,
    /// Medians of 3.5 and 6.5 belong to the class further out.
    #[arg(long)]
    halves_out: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let rule =
        Rule { percentile: arguments.percentile, disagreement: arguments.rule, halves_out: arguments.halves_out };
    let items: Vec<(String, Defined<Appropriateness>)> = read(&sheet, context)?
        .into_iter()
        .map(|(item, ratings)| {
            (item, appropriateness(&ratings.into_iter().map(|(_, rating)| rating).collect::<Vec<_>>(), rule))
        })
        .collect();
    let mut answer = Answer::default();
    answer.numbers(numbers(&items));
    answer.note(format!(
        "Percentiles {}; class by the {} rule; medians of 3.5 and 6.5 {}.",
        rule.percentile,
        rule.disagreement,
        if rule.halves_out { "go to the class further out" } else { "are uncertain" }
    ));
    answer.note("IPRAS = 2.35 + 1.5 |5 - (P30 + P70) / 2|; disagreement where IPR > IPRAS. Classic: from 8 ratings, by panel size.");
    answer.show(context, &as_json(&items, rule));
    for (item, found) in &items {
        if let Ok(found) = found
            && let Ok(classic) = found.disagreement_classic
            && classic != found.disagreement_ipras
        {
            let says = |yes| if yes { "disagreement" } else { "none" };
            let message = format!(
                "{item}: the rules differ: classic says {}, IPRAS ({}) {}",
                says(classic),
                rule.percentile,
                says(found.disagreement_ipras)
            );
            warn(context, "rules-differ", message);
        }
    }
    Ok(Exit::Done)
}

/// Ratings of an item, with the member of each.
type Ratings = Vec<(String, f64)>;

fn read(sheet: &Sheet, context: &Context) -> Result<Vec<(String, Ratings)>> {
    let [item, member, rating] = ["item", "member", "rating"].map(|name| sheet.needed(name));
    let (item, member, rating) = (item?, member?, rating?);
    sheet.note_unread(&["item", "member", "group", "rating"], context);
    let mut items: InOrder<Ratings> = InOrder::default();
    sheet.each(|line| {
        let item = line.word(item)?;
        let ratings = items.entry(item);
        let member = line.word(member)?;
        let Some(rating) = line.vote(rating)? else { return Ok(()) };
        if !(1.0..=9.0).contains(&rating) || rating.fract() != 0.0 {
            return Err(line
                .fault("bad-rating", format!("{rating} is no rating from 1 to 9, in whole numbers"))
                .hint("leave the cell empty where there is no vote"));
        }
        if ratings.iter().any(|(known, _)| known == member) {
            return Err(line
                .fault("voted-twice", format!("{member} has rated {item} before"))
                .hint("keep the vote that counts"));
        }
        ratings.push((member.to_owned(), rating));
        Ok(())
    })?;
    Ok(items.into_entries())
}

fn numbers(items: &[(String, Defined<Appropriateness>)]) -> crate::table::Table {
    let mut numbers = table(
        &[
            ("item", "Item"),
            ("n", "N"),
            ("median", "Median"),
            ("p30", "P30"),
            ("p70", "P70"),
            ("ipr", "IPR"),
            ("ipras", "IPRAS"),
            ("disagreement_index", "Index"),
            ("disagreement_ipras", "Disagreement (IPRAS)"),
            ("disagreement_classic", "Disagreement (classic)"),
            ("class", "Class"),
        ],
        4,
    );
    for (item, found) in items {
        let row = match found {
            Err(why) => {
                let mut row = vec![Cell::Empty; 11];
                row[10] = Cell::Undefined(why.0.clone());
                row
            }
            Ok(one) => vec![
                Cell::Empty,
                one.n.into(),
                one.median.into(),
                one.p30.into(),
                one.p70.into(),
                one.ipr.into(),
                one.ipras.into(),
                one.disagreement_index.into(),
                yes(one.disagreement_ipras),
                one.disagreement_classic.clone().map_or_else(|why| Cell::Undefined(why.0), yes),
                cell(&one.class.clone().map(Class::word)),
            ],
        };
        numbers.push(std::iter::once(item.as_str().into()).chain(row.into_iter().skip(1)).collect());
    }
    numbers
}

fn as_json(items: &[(String, Defined<Appropriateness>)], rule: Rule) -> Value {
    let one = |(item, found): &(String, Defined<Appropriateness>)| {
        let object = Object::default().with("item", item.clone());
        match found {
            Err(_) => object.with("n", 0).defined("class", &found.clone().map(|_| Value::Null)),
            Ok(one) => object
                .with("n", one.n)
                .with("median", one.median)
                .with("p30", one.p30)
                .with("p70", one.p70)
                .with("ipr", one.ipr)
                .with("ipras", one.ipras)
                .with("disagreement_index", one.disagreement_index)
                .with("disagreement_ipras", one.disagreement_ipras)
                .defined("disagreement_classic", &one.disagreement_classic)
                .defined("class", &one.class.clone().map(Class::word))
                .defined("agreement_classic", &one.agreement_classic),
        }
        .finish()
    };
    json!({
        "items": items.iter().map(one).collect::<Vec<_>>(),
        "percentile": rule.percentile,
        "rule": rule.disagreement,
        "halves_out": rule.halves_out,
    })
}
