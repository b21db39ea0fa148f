//! What a round came to: `realist round results`. Votes apart from what is none, groups beside the whole, dissent in
//! the words its members approved. For others than the team small groups are pooled.

mod chart;
mod data;
mod drawn;
mod feedback;
mod figures;
mod groups;

pub use chart::{Chart, Drawn, Strip, chart};
pub use feedback::{Own, feedback};

use super::block::{Block, Report, count_of, day_in_words, sentence_case};
use crate::consensus::in_print;
use crate::consensus::{ItemResult, Lack, POOLED, Pool, Results};
use crate::participant::Audience;
use crate::round::{Least, Terms, Way};
use crate::settings::Settings;
use crate::stats::chance::Draws;
use crate::table::{Cell, Table};
use serde_json::Value;
use std::collections::BTreeMap;

/// A round that was counted, ready to be told.
#[derive(Debug)]
pub struct Sitting<'s> {
    pub settings: &'s Settings,
    pub audience: Audience,
    /// Label of the round, and of the one before where there is one.
    pub round: String,
    pub before: Option<String>,
    pub name: String,
    pub terms: &'s Terms,
    pub opened: Option<String>,
    pub closed: Option<String>,
    pub results: &'s Results,
    pub pool: &'s Pool,
    pub draws: Draws,
}

impl Sitting<'_> {
    fn group(&self, key: &str) -> String {
        if key == POOLED { "Smaller groups, pooled".to_owned() } else { self.settings.group_title(key) }
    }

    /// Counts by group as the audience may see them.
    fn by_group(&self, counts: &BTreeMap<String, usize>) -> String {
        let shown = self.pool.counts(counts);
        shown.iter().map(|(group, n)| format!("{} {n}", self.group(group))).collect::<Vec<_>>().join(", ")
    }

    /// A count of an item, where its audience may know it.
    fn count(&self, count: usize) -> Cell {
        if self.results.is_withheld { Cell::Empty } else { count.into() }
    }

    fn text(&self, item: &ItemResult) -> &str {
        self.terms.item(&item.key).map_or("", |one| one.text.as_str())
    }

    /// What keeps an item from being quorate, in words; what reads alike is said once.
    fn lacking(&self, item: &ItemResult) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        if self.results.is_withheld {
            return lines;
        }
        for line in item.lacking.iter().map(|lack| self.lack(lack)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// `GPs: 1 of 3 there, the rule asks for 2`.
    fn lack(&self, lack: &Lack) -> String {
        let Lack { group, there, invited, least } = lack;
        match group.as_deref() {
            Some(group) if self.pool.pooled.contains(group) => "a smaller group: too few there".to_owned(),
            Some(group) => format!("{}: {there} of {invited} there, the rule asks for {least}", self.group(group)),
            None => format!("overall: {there} of {invited} there, the rule asks for {least}"),
        }
    }
}

pub fn make(sitting: &Sitting) -> Report {
    let mut blocks = vec![opening(sitting)];
    blocks.push(Block::heading(2, "What it came to", "results"));
    let sheet = figures::table(sitting);
    blocks.push(Block::table("By item", figures::in_words(sitting)));
    blocks.extend(drawn::figure(sitting).map(|figure| Block::Figure(Box::new(figure))));
    blocks.extend(groups::section(sitting));
    blocks.extend(groups::dissents(sitting));
    blocks.push(Block::heading(2, "Who voted on what", "votes"));
    blocks.push(Block::table("Votes, and what is none", votes(sitting)));
    blocks.push(Block::heading(2, "Figures for those who know them", "figures"));
    blocks.push(Block::table("All figures by item", figures::for_reading(sitting, sheet.clone())));
    blocks.extend(differing(sitting));
    blocks.extend(together(sitting));
    blocks.extend(groups::compared(sitting));
    blocks.extend(figures::since(sitting));
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.extend(rules(sitting).into_iter().map(Block::rule));
    Report {
        key: "round",
        title: format!("{}: {} ({})", sitting.settings.title, sitting.name, sitting.round),
        subtitle: subtitle(sitting),
        audience: sitting.audience,
        blocks,
        sheet,
        data: data(sitting),
    }
}

/// The round for machines.
pub fn data(sitting: &Sitting) -> Value {
    data::of(sitting)
}

fn subtitle(sitting: &Sitting) -> String {
    let rule = in_print(sitting.terms.rule.judge.as_deref().unwrap_or("none"));
    let method = match sitting.terms.way {
        Way::Ram => "RAND/UCLA ratings",
        Way::Delphi => "Delphi ratings",
        Way::Ngt => "nominal group",
        Way::Rank => "ranking",
        Way::Percent => "share of votes",
        Way::Consent => "consent",
        Way::Discussion => "discussion only",
    };
    format!("Method: {method}; rule: {rule}; both fixed when the round opened. For the {}.", sitting.audience)
}

fn opening(sitting: &Sitting) -> Block {
    let results = sitting.results;
    let (invited, present): (usize, usize) = (results.seats.invited.values().sum(), results.present.values().sum());
    let plain = |text: String| vec![super::Run::Plain(text)];
    let mut pairs = vec![
        ("Invited".to_owned(), plain(format!("{invited} ({})", sitting.by_group(&results.seats.invited)))),
        ("Answered".to_owned(), plain(format!("{present} ({})", sitting.by_group(&results.present)))),
        ("Quorum".to_owned(), plain(quorum(sitting))),
    ];
    if let (Some(met), Some(least)) = (results.response, sitting.terms.rule.response) {
        let said = if met { "reached" } else { "not reached" };
        pairs.push(("Response".to_owned(), plain(format!("the rule asks for {least}: {said}"))));
    }
    if results.seats.destroyed > 0 {
        let others = "beside figures printed before, new ones would tell what was in it: none are printed here";
        let why = if results.is_withheld { others } else { "they are in no number here" };
        let said = format!("{} of members who withdrew; {why}", count_of(results.seats.destroyed, "ballot"));
        pairs.push(("Destroyed".to_owned(), plain(said)));
    }
    for (what, day) in [("Opened", &sitting.opened), ("Closed", &sitting.closed)] {
        pairs.extend(day.as_ref().map(|day| (what.to_owned(), plain(day_in_words(day)))));
    }
    Block::Pairs(pairs)
}

/// What an item asks, in short: the option that is rated, where it is one of a question.
fn asked<'s>(sitting: &'s Sitting, item: &ItemResult) -> &'s str {
    let option = sitting.terms.item(&item.key).and_then(|held| held.parted().1);
    option.unwrap_or_else(|| sitting.text(item))
}

/// What the rule says of an item, for reading.
fn plain(item: &ItemResult) -> String {
    match item.outcome() {
        nothing if nothing == "none" => "no consensus".to_owned(),
        outcome => outcome,
    }
}

fn quorum(sitting: &Sitting) -> String {
    let rule = &sitting.terms.rule;
    let mut asked: Vec<String> = rule.quorum.iter().map(|least| format!("{least} overall")).collect();
    asked.extend(rule.quorum_each.iter().map(|least| format!("{least} of each group")));
    let of = |(group, least): (&String, &Least)| format!("{least} of {}", sitting.group(group));
    asked.extend(rule.quorum_of.iter().map(of));
    if asked.is_empty() {
        return "the rule asks for none".to_owned();
    }
    if sitting.results.is_withheld {
        return format!("{}: whether it was reached is not printed", asked.join(", "));
    }
    let missed = sitting.results.items.iter().filter(|item| !item.is_quorate()).count();
    let said = match missed {
        0 => "reached for every item".to_owned(),
        _ => format!("missed for {} of {}", missed, count_of(sitting.results.items.len(), "item")),
    };
    format!("{}: {said}", asked.join(", "))
}

fn votes(sitting: &Sitting) -> Table {
    let mut table = Table::with(&[
        ("item", "Item"),
        ("n", "Valid (n)"),
        ("abstained", "Abstained"),
        ("cannot_judge", "Cannot judge"),
        ("late", "Late"),
        ("absent", "Absent"),
        ("silent", "No answer"),
        ("quorum", "Quorum"),
    ]);
    for item in &sitting.results.items {
        let lacking = sitting.lacking(item);
        let quorum = match lacking.as_slice() {
            [] if sitting.results.is_withheld => "not printed".to_owned(),
            [] if !sitting.terms.rule.asks_for_quorum() => "none asked for".to_owned(),
            [] => "reached".to_owned(),
            some => some.join("; "),
        };
        let counts = [item.n, item.abstained, item.cannot_judge, item.late, item.absent, item.silent];
        let mut row: Vec<Cell> = vec![item.key.as_str().into()];
        row.extend(counts.map(|count| sitting.count(count)));
        row.push(quorum.into());
        table.push(row);
    }
    table
}

/// A warning where the verdict hangs on the rule of disagreement.
fn differing(sitting: &Sitting) -> Vec<Block> {
    let of = |item: &ItemResult| {
        let (ram, classic) = item.rules_differ()?;
        let says = |yes| if yes { "disagreement" } else { "no disagreement" };
        Some(Block::notice(format!(
            "{}: the rules differ: classic says {}, IPRAS {}.",
            item.key,
            says(classic),
            says(ram.disagreement_ipras)
        )))
    };
    sitting.results.items.iter().filter_map(of).collect()
}

fn together(sitting: &Sitting) -> Option<Block> {
    let said = match sitting.results.concordance.as_ref()? {
        Ok(found) => format!(
            "Members agree on the order with W = {:.3} ({}; chi-squared {:.3}, df {}, p {:.4}; by shuffling {:.4}), over {} \
             who ranked every item.",
            found.w,
            crate::stats::concordance::strength(found.w),
            found.chi2,
            found.df,
            found.p,
            found.p_permutation,
            count_of(sitting.results.judges, "person"),
        ),
        Err(why) => format!("Agreement on the order is undefined: {why}."),
    };
    Some(Block::paragraph(said))
}

fn rules(sitting: &Sitting) -> Vec<String> {
    let mut rules = vec![
        "N is the valid votes on an item. Who abstains, cannot judge, comes late or is absent is told apart and never counted \
         as disagreement. Who abstains or cannot judge is at the table, and counts for the quorum."
            .to_owned(),
    ];
    rules.extend(figures::rules(sitting));
    if matches!(sitting.terms.way, Way::Ram | Way::Delphi | Way::Percent | Way::Consent) {
        rules.push(format!(
            "A group dissents where it has two votes or more, its median lies in another region than that of all, and under half of \
             it is with all. The figure in which groups weigh the same needs {} votes of every group. Kruskal-Wallis: by {} \
             shuffles, seed {}.",
            sitting.terms.rule.least_group, sitting.draws.number, sitting.draws.seed
        ));
    }
    if !sitting.pool.is_none() {
        rules.push(sentence_case(&format!(
            "groups with fewer than {} votes on some item are pooled, with the next larger one where they would still be too few.",
            sitting.pool.least
        )));
    }
    rules
}
