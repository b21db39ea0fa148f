//! The sheet a member gets between rounds: their own answer beside that of all, what groups say, and reasons given,
//! nobody's by name.

use super::{Sitting, data, drawn, figures, groups};
use crate::consensus::{Cast, Figures, ItemResult};
use crate::report::block::{Block, Report, Run, count_of};
use crate::round::Scale;
use crate::stats::Undefined;
use crate::table::{Column, Table};
use crate::vote::Said;
use serde_json::json;

/// What one member answered, and what the others gave as reasons.
#[derive(Debug)]
pub struct Own<'o> {
    pub token: &'o str,
    /// None: they did not answer.
    pub cast: Option<&'o Cast>,
    /// All that counted.
    pub casts: &'o [Cast],
}

pub fn feedback(sitting: &Sitting, own: &Own) -> Report {
    let mut blocks = vec![Block::paragraph(
        "This is what you answered, beside what all members answered together. You may keep your answer or change it in the next \
         round; neither is better. Small groups are never shown on their own.",
    )];
    let mut sheet = Table::with(&[("item", "Item"), ("text", "Asked"), ("yours", "You"), ("all", "All"), ("n", "N")]);
    for item in &sitting.results.items {
        let yours = yours(own, &item.key);
        sheet.push(vec![
            item.key.as_str().into(),
            sitting.text(item).into(),
            yours.clone().into(),
            all(item).into(),
            sitting.count(item.n),
        ]);
        blocks.push(Block::heading(2, sitting.text(item), &item.key));
        blocks.push(Block::Pairs(vec![
            ("You".to_owned(), vec![Run::Strong(yours)]),
            ("All members".to_owned(), vec![Run::Plain(all(item))]),
            ("By the rule".to_owned(), vec![Run::Plain(super::plain(item))]),
        ]));
        blocks.extend(distribution(sitting, item));
        if !item.groups.is_empty() {
            blocks.push(Block::table("By group", by_group(sitting, item)));
        }
        blocks.extend(reasons(own, &item.key));
    }
    blocks.extend(
        drawn::figure(sitting)
            .into_iter()
            .flat_map(|figure| [Block::heading(2, "All items together", "all-items"), Block::Figure(Box::new(figure))]),
    );
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.extend(figures::rules(sitting).map(Block::rule));
    Report {
        key: "feedback",
        title: format!("{}: what you and the others answered", sitting.name),
        subtitle: format!("For {}. {}, {}.", own.token, sitting.settings.title, sitting.round),
        audience: sitting.audience,
        blocks,
        sheet,
        data: json!({ "member": own.token, "answered": own.cast.is_some(), "round": data(sitting) }),
    }
}

fn yours(own: &Own, key: &str) -> String {
    let Some(answer) = own.cast.and_then(|cast| cast.answers.answers.get(key)) else { return "no answer".to_owned() };
    match &answer.said {
        Said::Number(number) => number.to_string(),
        Said::Choice(key) => key.clone(),
        Said::Abstain => "you did not want to vote".to_owned(),
        Said::CannotJudge => "you could not judge".to_owned(),
        Said::Late | Said::Absent => "you were not there".to_owned(),
    }
}

/// How many gave each rating; where groups are shown as one, how many gave low, middle and high ones.
fn distribution(sitting: &Sitting, item: &ItemResult) -> Option<Block> {
    let by_rating = item.histogram.iter().map(|(rating, n)| (rating.to_string(), *n));
    let mut counts: Vec<(String, usize)> = by_rating.collect();
    if counts.is_empty() {
        let titles = drawn::titles(sitting.terms.scale.unwrap_or(Scale::NINE));
        counts = titles.into_iter().zip(drawn::by_region(item)?).collect();
    }
    let columns: Vec<Column> =
        counts.iter().enumerate().map(|(at, (title, _))| Column::new(&format!("rating_{at}"), title)).collect();
    let mut table = Table::new(std::iter::once(Column::new("who", "Rating")).chain(columns).collect());
    table.push(std::iter::once("members who gave it".into()).chain(counts.iter().map(|(_, n)| (*n).into())).collect());
    Some(Block::table("How all members rated it", table))
}

pub(super) fn all(item: &ItemResult) -> String {
    let votes = count_of(item.n, "vote");
    match &item.figures {
        Err(Undefined(why)) => format!("not shown: {why}"),
        Ok(Figures::Rated { item, .. }) => format!(
            "median {} (half of all from {} to {}), {:.0}% high, {:.0}% low; {votes}",
            item.median,
            item.q1,
            item.q3,
            item.share_high * 100.0,
            item.share_low * 100.0
        ),
        Ok(Figures::Chosen(choices)) => {
            let told = choices.iter().map(|one| format!("{} {:.0}%", one.option, one.share * 100.0));
            format!("{}; {votes}", told.collect::<Vec<_>>().join(", "))
        }
        Ok(Figures::Ranked { place, mean, .. }) => format!("place {place}, mean rank {mean:.2}; {votes}"),
        Ok(Figures::Scored(one)) => {
            let points = if (one.score - 1.0).abs() < f64::EPSILON { "point" } else { "points" };
            format!("place {}, {} {points} from {} of {}", one.rank, one.score, one.votes, item.n)
        }
    }
}

fn by_group(sitting: &Sitting, item: &ItemResult) -> Table {
    let agreement = groups::agreement(sitting);
    let columns = groups::COLUMNS.into_iter().chain([("agreement", agreement.as_str())]);
    let mut table = Table::new(columns.map(|(key, title)| Column::new(key, title).decimals(1)).collect());
    item.groups.iter().for_each(|one| table.push(groups::cells(sitting, one).to_vec()));
    table
}

/// Reasons of the others, in the order of the alphabet so that none tells whose it is.
fn reasons(own: &Own, key: &str) -> Vec<Block> {
    let others = own.casts.iter().filter(|cast| cast.token != own.token);
    let mut reasons: Vec<&str> =
        others.filter_map(|cast| cast.answers.answers.get(key)?.reason.as_deref()).map(str::trim).collect();
    reasons.sort_by_cached_key(|reason| reason.to_lowercase());
    reasons.dedup();
    let heading = Block::heading(3, "Reasons others gave", format!("reasons-{key}"));
    let items = reasons.into_iter().map(|reason| vec![Run::Quotation(format!("\u{201c}{reason}\u{201d}"))]).collect();
    vec![heading, Block::list(false, items)]
}
