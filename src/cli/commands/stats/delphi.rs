//! `realist stats delphi`

use super::Chance;
use super::output::{Answer, Object, cell, table, warn};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::commands::shared::in_lines;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::delphi::{Item, Rule, Scale, Settings, Since, Verdict, Vote, since, summarise};
use crate::stats::{Defined, undefined};
use crate::table::{Cell, Table};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns round, item, member, group, rating (- for standard input). An empty rating is no valid vote,
    /// nor is one that says abstain, cannot judge, late or absent; the column group may be left out.
    #[arg(value_name = "FILE")]
    file: String,
    /// Rule of consensus: 70/15, percent:75, iqr:2, median-iqr:3 or all-groups:70.
    #[arg(long, default_value = "70/15", value_parser = |text: &str| text.parse::<Rule>().map_err(|fault| in_lines(&fault)))]
    rule: Rule,
    /// Highest rating; the lowest is 1.
    #[arg(long, default_value_t = 9.0, value_name = "MOST", requires_all = ["high", "low"])]
    scale: f64,
    /// Ratings from here are high.
    #[arg(long, default_value_t = 7.0)]
    high: f64,
    /// Ratings up to here are low.
    #[arg(long, default_value_t = 3.0)]
    low: f64,
    /// With a group smaller than this there is no figure in which groups weigh the same.
    #[arg(long, default_value_t = 2, value_name = "N")]
    min_group: usize,
    #[command(flatten)]
    chance: Chance,
}

/// A valid vote as it was read.
#[derive(Debug)]
struct Cast {
    member: String,
    group: Option<String>,
    rating: f64,
}

/// Rounds of an item, in order.
type Rounds = BTreeMap<Round, Vec<Cast>>;

/// Numbered rounds come in the order of their numbers, named ones after them in the order they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Round {
    Numbered(u32),
    Named(usize),
}

/// An item in a round, with what became of it since the round before.
struct Found {
    item: String,
    round: Value,
    votes: Defined<Item>,
    since: Defined<Since>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let scale = Scale { least: 1.0, most: arguments.scale, low: arguments.low, high: arguments.high };
    if !(scale.least <= scale.low && scale.low < scale.high && scale.high <= scale.most) {
        return Err(sheet
            .fault("bad-scale", "the low ratings lie below the high ones, and both on the scale")
            .hint("for a scale of five: --scale 5 --low 2 --high 4"));
    }
    let settings =
        Settings { rule: arguments.rule, scale, least_group: arguments.min_group, draws: arguments.chance.draws() };
    let (items, names) = read(&sheet, scale, context)?;
    let found: Vec<Found> = items.iter().flat_map(|(item, rounds)| by_round(item, rounds, &names, &settings)).collect();
    let mut answer = Answer::default();
    let mut numbers = numbers(&found);
    if context.ui.is_for_reading() {
        numbers.drop_columns(&["iqr", "min", "max", "mean", "sd", "cv"]);
    }
    answer.numbers(numbers);
    answer.heading("By group");
    answer.aside(groups(&found));
    answer.note(format!(
        "Rule {}; ratings from {} are high, up to {} low; quartiles q7; sd over n - 1.",
        settings.rule, scale.high, scale.low
    ));
    answer.note("N is the valid votes. Change: half the difference of the two histograms. Wilcoxon: exact, two-sided.");
    answer.note(format!(
        "Group dissent: two votes or more, a median in another region than that of all, under half with all. Kruskal-Wallis: {} shuffles, seed {}.",
        settings.draws.number, settings.draws.seed
    ));
    let json = json!({
        "items": found.iter().map(as_json).collect::<Vec<_>>(),
        "rule": settings.rule.to_string(),
        "high": scale.high,
        "low": scale.low,
        "min_group": settings.least_group,
        "permutations": settings.draws,
    });
    answer.show(context, &json);
    for one in &found {
        hidden_dissent(one, settings.rule, context);
    }
    Ok(Exit::Done)
}

type Read = (Vec<(String, Rounds)>, Vec<String>);

fn read(sheet: &Sheet, scale: Scale, context: &Context) -> Result<Read> {
    let [round, item, member, rating] = ["round", "item", "member", "rating"].map(|name| sheet.needed(name));
    let (round, item, member, rating) = (round?, item?, member?, rating?);
    let group = sheet.column("group");
    sheet.note_unread(&["round", "item", "member", "group", "rating"], context);
    let mut items: InOrder<Rounds> = InOrder::default();
    let mut named: InOrder<()> = InOrder::default();
    sheet.each(|line| {
        let name = line.word(round)?;
        let round = name.parse().map_or_else(|_| Round::Named(named.place(name)), Round::Numbered);
        let item = line.word(item)?;
        let votes = items.entry(item).entry(round).or_default();
        let member = line.word(member)?;
        let Some(rating) = line.vote(rating)? else { return Ok(()) };
        if !(scale.least..=scale.most).contains(&rating) {
            return Err(line
                .fault("bad-rating", format!("{rating} is no rating from {} to {}", scale.least, scale.most))
                .hint("leave the cell empty where there is no vote; another scale is --scale"));
        }
        if votes.iter().any(|vote| vote.member == member) {
            return Err(line
                .fault("voted-twice", format!("{member} has rated {item} before in this round"))
                .hint("keep the vote that counts"));
        }
        let group = group.and_then(|group| line.text(group)).map(str::to_owned);
        votes.push(Cast { member: member.to_owned(), group, rating });
        Ok(())
    })?;
    Ok((items.into_entries(), named.names().into_iter().map(str::to_owned).collect()))
}

fn by_round(item: &str, rounds: &Rounds, names: &[String], settings: &Settings) -> Vec<Found> {
    let mut before: Option<Vec<Vote>> = None;
    let mut found = Vec::new();
    for (round, cast) in rounds {
        let votes: Vec<Vote> = cast
            .iter()
            .map(|vote| Vote { member: &vote.member, group: vote.group.as_deref(), rating: vote.rating })
            .collect();
        let since = match &before {
            None => undefined("there is no earlier round"),
            Some(before) if before.is_empty() || votes.is_empty() => undefined("a round without votes"),
            Some(before) => Ok(since(before, &votes, settings.scale)),
        };
        let round = match round {
            Round::Numbered(number) => json!(number),
            Round::Named(at) => json!(names[*at]),
        };
        found.push(Found { item: item.to_owned(), round, votes: summarise(&votes, settings), since });
        before = Some(votes);
    }
    found
}

const COLUMNS: &[(&str, &str)] = &[
    ("item", "Item"),
    ("round", "Round"),
    ("n", "N"),
    ("median", "Median"),
    ("q1", "Q1"),
    ("q3", "Q3"),
    ("iqr", "IQR"),
    ("min", "Min"),
    ("max", "Max"),
    ("mean", "Mean"),
    ("sd", "SD"),
    ("cv", "CV"),
    ("share_high", "High"),
    ("share_low", "Low"),
    ("verdict", "Verdict"),
    ("group_equal", "High, groups equal"),
    ("change", "Change"),
    ("wilcoxon_p", "Wilcoxon p"),
];

fn numbers(found: &[Found]) -> Table {
    let mut numbers = table(COLUMNS, 4);
    for one in found {
        let round = one.round.as_str().map_or_else(|| one.round.to_string(), str::to_owned);
        let mut row = vec![Cell::from(one.item.as_str()), round.into()];
        match &one.votes {
            Err(why) => {
                row.push(Cell::Whole(0));
                row.push(Cell::Undefined(why.0.clone()));
                row.resize(COLUMNS.len(), Cell::Empty);
            }
            Ok(item) => {
                row.push(item.n.into());
                row.extend(
                    [item.median, item.q1, item.q3, item.iqr(), item.least, item.most, item.mean].map(Cell::from),
                );
                row.extend([&item.sd, &item.cv].map(cell));
                row.extend([item.share_high, item.share_low].map(Cell::from));
                row.push(cell(&item.verdict.clone().map(Verdict::word)));
                row.push(if item.groups.is_empty() { Cell::Empty } else { cell(&item.group_equal) });
                row.push(one.since.as_ref().ok().map(|since| since.change).into());
                row.push(one.since.as_ref().map_or(Cell::Empty, |since| cell(&wilcoxon_p(since))));
            }
        }
        numbers.push(row);
    }
    numbers
}

fn groups(found: &[Found]) -> Table {
    let mut groups = table(
        &[
            ("item", "Item"),
            ("round", "Round"),
            ("group", "Group"),
            ("n", "N"),
            ("median", "Median"),
            ("agreement", "High"),
            ("dissent", "Dissent"),
        ],
        4,
    );
    for one in found {
        let round = one.round.as_str().map_or_else(|| one.round.to_string(), str::to_owned);
        for group in one.votes.iter().flat_map(|item| &item.groups) {
            groups.push(vec![
                one.item.as_str().into(),
                round.as_str().into(),
                group.group.as_str().into(),
                group.n.into(),
                group.median.into(),
                group.agreement.into(),
                if group.dissent { "dissents".into() } else { Cell::Empty },
            ]);
        }
    }
    groups
}

fn wilcoxon_p(since: &Since) -> Defined {
    since.wilcoxon.clone().map(|test| test.p)
}

fn as_json(one: &Found) -> Value {
    let object = Object::default().with("item", one.item.clone()).with("round", one.round.clone());
    let Ok(item) = &one.votes else {
        return object.with("n", 0).defined("median", &one.votes.clone().map(|item| item.median)).finish();
    };
    let groups = item.groups.iter().map(|group| {
        json!({
            "group": group.group, "n": group.n, "median": group.median,
            "agreement": group.agreement, "dissent": group.dissent,
        })
    });
    let since = |part: fn(&Since) -> Defined| one.since.clone().and_then(|since| part(&since));
    let kruskal = item
        .kruskal
        .as_ref()
        .ok()
        .map(|test| json!({ "h": test.h, "df": test.df, "p": test.p, "p_permutation": test.p_permutation }));
    object
        .with("n", item.n)
        .with("median", item.median)
        .with("mean", item.mean)
        .defined("sd", &item.sd)
        .defined("cv", &item.cv)
        .with("q1", item.q1)
        .with("q3", item.q3)
        .with("iqr", item.iqr())
        .with("min", item.least)
        .with("max", item.most)
        .with("share_high", item.share_high)
        .with("share_low", item.share_low)
        .defined("verdict", &item.verdict.clone().map(Verdict::word))
        .with("groups", groups.collect::<Vec<_>>())
        .defined("group_equal", &item.group_equal)
        .defined("change", &since(|since| Ok(since.change)))
        .defined("wilcoxon_p", &since(wilcoxon_p))
        .defined("moved", &since(|since| Ok(since.moved as f64 / since.both as f64)).and_then(known))
        .defined("kappa", &since(|since| since.kappa.clone()))
        .defined("cv_change", &since(|since| since.cv_change.clone()))
        .with("voted_in_both", one.since.as_ref().ok().map(|since| since.both))
        .defined("kruskal", &item.kruskal.as_ref().map(|_| kruskal.unwrap_or_default()).map_err(Clone::clone))
        .finish()
}

fn known(share: f64) -> Defined {
    if share.is_finite() { Ok(share) } else { undefined("nobody voted in both rounds") }
}

/// Consensus of all that a group does not share.
fn hidden_dissent(one: &Found, rule: Rule, context: &Context) {
    let Ok(item) = &one.votes else { return };
    if !matches!(item.verdict, Ok(Verdict::In | Verdict::Out)) {
        return;
    }
    let place = format!("{}, round {}", one.item, one.round);
    let dissenting: Vec<&str> =
        item.groups.iter().filter(|group| group.dissent).map(|group| group.group.as_str()).collect();
    if !dissenting.is_empty() {
        warn(context, "dissent", format!("{place}: consensus of all, with dissent of: {}", dissenting.join(", ")));
    }
    if let (Ok(Verdict::In), Ok(equal), Some(wanted)) = (&item.verdict, &item.group_equal, rule.wanted_share())
        && *equal < wanted
    {
        let (equal, wanted) = (100.0 * equal, 100.0 * wanted);
        warn(
            context,
            "not-group-equal",
            format!("{place}: with groups weighing the same {equal:.1} % agree, under {wanted} %"),
        );
    }
}
