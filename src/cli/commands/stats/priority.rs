//! `realist stats priority`

use super::output::{Answer, table};
use super::sheet::{Line, Sheet};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::settings::PriorityWeights;
use crate::stats::priority::{Criteria, Priority, Rank, conflict, priority, rank};
use crate::table::Cell;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns item and conflict, thinness, divergence, centrality, importance, urgency, answerability, each
    /// from 0 to 1; an empty cell is a criterion not known. For conflict also the sums of weights: supports, refutes.
    #[arg(value_name = "FILE")]
    file: String,
    /// A criterion's weight, such as urgency=2; may be repeated. Without it all weigh 1.
    #[arg(long = "weight", value_name = "CRITERION=W", value_parser = super::chnri::weight)]
    weights: Vec<(String, f64)>,
}

const CRITERIA: [&str; 7] =
    ["conflict", "thinness", "divergence", "centrality", "importance", "urgency", "answerability"];

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let item = sheet.needed("item")?;
    sheet.note_unread(&[&["item", "supports", "refutes"], &CRITERIA[..]].concat(), context);
    let mut weights = PriorityWeights::default();
    for (name, weight) in &arguments.weights {
        *of(&mut weights, name).ok_or_else(|| {
            sheet
                .fault("unknown-criterion", format!("there is no criterion '{name}'"))
                .hint(format!("it is one of: {}", CRITERIA.join(", ")))
        })? = *weight;
    }
    let mut items = Vec::new();
    sheet.each(|line| {
        items.push((line.word(item)?.to_owned(), criteria(&sheet, line)?));
        Ok(())
    })?;
    let all: Vec<Criteria> = items.iter().map(|(_, criteria)| *criteria).collect();
    let ranks = rank(&all, &weights);
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| ranks[*at].rank.unwrap_or(usize::MAX));
    let columns = [
        ("rank", "Rank"),
        ("item", "Item"),
        ("score", "Priority"),
        ("best", "Best"),
        ("worst", "Worst"),
        ("robust", "Order"),
    ];
    let mut numbers = table(&columns, 4);
    numbers.columns.extend(table(&CRITERIA.map(|name| (name, name)), 4).columns);
    let mut json_items = Vec::new();
    for at in order {
        let (name, found) = (&items[at].0, priority(&all[at], &weights));
        numbers.push(row(name, &found, ranks[at]));
        json_items.push(as_json(name, &found, ranks[at]));
    }
    let mut answer = Answer::default();
    answer.numbers(numbers);
    answer.note("Priority: mean of the criteria that are known, weighed. Best and worst: rank with each criterion left out in turn.");
    answer.note("A proposal for an agenda, and no grade of evidence: people set the order.");
    answer.show(context, &json!({ "items": json_items }));
    Ok(Exit::Done)
}

fn of<'w>(weights: &'w mut PriorityWeights, name: &str) -> Option<&'w mut f64> {
    Some(match name {
        "conflict" => &mut weights.conflict,
        "thinness" => &mut weights.thinness,
        "divergence" => &mut weights.divergence,
        "centrality" => &mut weights.centrality,
        "importance" => &mut weights.importance,
        "urgency" => &mut weights.urgency,
        "answerability" => &mut weights.answerability,
        _ => return None,
    })
}

fn criteria(sheet: &Sheet, line: &Line) -> Result<Criteria> {
    let number = |name: &str| sheet.column(name).map_or(Ok(None), |column| line.real(column));
    let share = |name: &str| match number(name)? {
        Some(value) if !(0.0..=1.0).contains(&value) => {
            Err(line.fault("bad-criterion", format!("{name} is {value}")).hint("a criterion goes from 0 to 1"))
        }
        value => Ok(value),
    };
    let sums = number("supports")?.zip(number("refutes")?);
    Ok(Criteria {
        conflict: share("conflict")?.or(sums.map(|(supports, refutes)| conflict(supports, refutes))),
        thinness: share("thinness")?,
        divergence: share("divergence")?,
        centrality: share("centrality")?,
        importance: share("importance")?,
        urgency: share("urgency")?,
        answerability: share("answerability")?,
    })
}

fn row(name: &str, found: &Priority, rank: Rank) -> Vec<Cell> {
    let order = if rank.is_robust() { "robust" } else { "not robust" };
    let mut row =
        vec![rank.rank.into(), name.into(), found.score.into(), rank.best.into(), rank.worst.into(), order.into()];
    row.extend(found.parts.iter().map(|part| Cell::from(part.value)));
    row
}

fn as_json(name: &str, found: &Priority, rank: Rank) -> Value {
    json!({
        "item": name,
        "score": found.score,
        "rank": rank.rank,
        "best": rank.best,
        "worst": rank.worst,
        "robust": rank.is_robust(),
        "parts": found.parts.iter().map(|part| json!({ "key": part.key, "value": part.value, "weight": part.weight })).collect::<Vec<_>>(),
        "missing": found.missing,
        "undefined": if found.score.is_some() { Value::Null } else { json!({ "score": "no criterion with a weight is known" }) },
    })
}
