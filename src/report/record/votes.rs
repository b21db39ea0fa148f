//! What a decision kept of the round it rests on, told to readers. The figures are those of papers for others, small
//! groups pooled, whoever reads it.

use crate::consensus::POOLED;
use crate::consensus::in_print;
use crate::decision::{Decision, Outcome};
use crate::id::Id;
use crate::report::TO_WRITE;
use crate::report::block::{Block, count_of};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::Value;

/// A round as a decision kept it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Votes {
    /// Label of the round.
    pub round: String,
    pub rule: Option<String>,
    pub invited: u64,
    pub present: u64,
    pub items: Vec<ItemVotes>,
    /// Groups as they are shown, the pool last.
    pub groups: Vec<String>,
    /// With fewer valid votes than this a group is pooled.
    pub pooled_below: Option<u64>,
}

/// What one item came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemVotes {
    pub item: String,
    /// The option where it was one that was asked about, else the whole question.
    pub asked: String,
    /// The decision rests on it.
    pub is_ground: bool,
    /// Valid votes; none where they are not for others.
    pub n: Option<u64>,
    /// `median 7 (half of all from 5 to 8)`, `B 7, C 4`.
    pub figure: String,
    /// Disagreement index, where there is one.
    pub index: Option<String>,
    pub outcome: String,
    /// In the order of [`Votes::groups`].
    pub by_group: Vec<Option<String>>,
}

impl Votes {
    /// `None` where the decision rests on no round.
    pub fn of(synthesis: &Synthesis, decision: &Decision) -> Option<Self> {
        let kept = decision.snapshot.as_ref()?;
        let items = kept["items"].as_array()?;
        let mut keys: Vec<String> = Vec::new();
        for group in items.iter().flat_map(groups).filter_map(|group| group["group"].as_str()) {
            if !keys.iter().any(|held| held == group) {
                keys.push(group.to_owned());
            }
        }
        keys.sort_by_key(|key| key == POOLED);
        let total = |field: &str| kept[field].as_object().into_iter().flatten().filter_map(|(_, n)| n.as_u64()).sum();
        let title = |key: &String| if key == POOLED { POOLED.to_owned() } else { synthesis.settings.group_title(key) };
        Some(Votes {
            round: decision.round.map(|id| synthesis.label(id)).unwrap_or_default(),
            rule: kept["rule"]["judge"].as_str().map(str::to_owned),
            invited: total("invited"),
            present: total("present"),
            items: items.iter().map(|item| ItemVotes::of(synthesis, decision, item, &keys)).collect(),
            groups: keys.iter().map(title).collect(),
            pooled_below: kept["pooled_below"].as_u64(),
        })
    }

    /// `R2.gj: ballots of 11 of the 14 asked`.
    pub fn in_short(&self) -> String {
        format!("{}: ballots of {} of the {} asked", self.round, self.present, self.invited)
    }

    /// What the round came to, where something was agreed on and its rule did not say so: `no consensus`.
    pub fn against_rule(&self, outcome: Outcome, option: Option<&str>) -> Option<String> {
        let is_agreed = matches!(outcome, Outcome::Agreed | Outcome::AgreedWithDissent);
        let grounds: Vec<&ItemVotes> = self.items.iter().filter(|item| is_agreed && item.is_ground).collect();
        if grounds.iter().any(|item| item.lets_agree(option)) {
            return None;
        }
        grounds.first().map(|item| came_to(&item.outcome))
    }

    pub fn blocks(&self, decision: &str) -> Vec<Block> {
        let mut columns: Vec<(String, String)> =
            [("asked", "Asked"), ("n", "Valid votes"), ("figure", "All"), ("outcome", "By the rule")]
                .map(|(key, title)| (key.to_owned(), title.to_owned()))
                .to_vec();
        columns.extend(self.groups.iter().enumerate().map(|(at, title)| (format!("group_{at}"), title.clone())));
        let named: Vec<(&str, &str)> = columns.iter().map(|(key, title)| (key.as_str(), title.as_str())).collect();
        let mut table = Table::with(&named);
        let some = self.items.iter().any(|item| !item.is_ground);
        for item in &self.items {
            let asked =
                if item.is_ground && some { format!("{} (decided on)", item.asked) } else { item.asked.clone() };
            let n = item.n.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
            let mut row: Vec<Cell> = vec![
                asked.into(),
                n.map_or(Cell::Empty, Cell::from),
                item.figure.as_str().into(),
                item.outcome.as_str().into(),
            ];
            row.extend(
                item.by_group.iter().map(|said| Cell::from(said.clone().unwrap_or_else(|| "no valid vote".to_owned()))),
            );
            table.push(row);
        }
        let caption = format!("Votes in {} on what {decision} decided", self.round);
        let pooled = self.pooled_below.filter(|_| self.groups.iter().any(|group| group == POOLED));
        let pooling = pooled.map(|least| {
            format!(
                " Groups with fewer than {} are shown as one, with the next larger one where they would still be too few.",
                count_of(usize::try_from(least).unwrap_or(usize::MAX), "valid vote")
            )
        });
        let one_of_them =
            self.items.iter().flat_map(|item| item.by_group.iter().flatten()).any(|said| said.contains(ONE_OF_THEM));
        let unnamed = one_of_them.then_some(
            " Where a group among the smaller ones dissents it is not named, though the figures of all of them together may not show it.",
        );
        let note = format!("{}{}{}", self.exactly(), pooling.unwrap_or_default(), unnamed.unwrap_or_default());
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty()).map(Block::rule);
        std::iter::once(Block::table(caption, table)).chain(note).collect()
    }

    /// The rule, and what of the figures is for those who know them.
    fn exactly(&self) -> String {
        let rule = self.rule.as_ref().map(|rule| format!("Rule of the round: {}.", in_print(rule)));
        let apart = |item: &ItemVotes| item.index.as_ref().map(|index| format!("{} {index}", head(&item.asked)));
        let apart: Vec<String> = self.items.iter().filter_map(apart).collect();
        let apart = (!apart.is_empty()).then(|| {
            format!("Disagreement index, where more than 1 means that ratings lie at both ends: {}.", apart.join("; "))
        });
        rule.into_iter().chain(apart).collect::<Vec<_>>().join(" ")
    }
}

impl ItemVotes {
    fn of(synthesis: &Synthesis, decision: &Decision, kept: &Value, keys: &[String]) -> Self {
        let key = kept["item"].as_str().unwrap_or_default().to_owned();
        let is_ground = decision.items.contains(&key);
        let is_agreed = matches!(decision.outcome, Outcome::Agreed | Outcome::AgreedWithDissent);
        // From what nobody agreed on there is nothing to dissent.
        let otherwise = if is_ground && is_agreed { "dissents" } else { "sees it otherwise" };
        let group = |key: &String| {
            let is_pool = key == POOLED;
            let otherwise = if is_pool { format!("{ONE_OF_THEM} {otherwise}") } else { otherwise.to_owned() };
            groups(kept).find(|group| group["group"] == key.as_str()).map(|group| said(group, &otherwise))
        };
        ItemVotes {
            asked: option(synthesis, decision.round, &key)
                .unwrap_or_else(|| kept["text"].as_str().unwrap_or(TO_WRITE).to_owned()),
            is_ground,
            item: key,
            n: kept["n"].as_u64(),
            figure: figure(kept),
            index: kept["disagreement_index"].as_f64().map(|index| format!("{index:.2}")),
            outcome: outcome(kept["outcome"].as_str().unwrap_or_default()),
            by_group: keys.iter().map(group).collect(),
        }
    }

    /// The rule gives agreement on it, says nothing of agreement, or what it says is not for others.
    fn lets_agree(&self, option: Option<&str>) -> bool {
        match self.outcome.split_once(": ") {
            Some(("agreed", leading)) => option.is_none_or(|option| option == leading),
            _ => !NO_AGREEMENT.contains(&self.outcome.as_str()),
        }
    }
}

/// What a rule may come to that is no agreement.
const NO_AGREEMENT: [&str; 7] = [
    NO_CONSENSUS,
    OBJECTION,
    "uncertain",
    "inappropriate",
    "consensus out",
    "not quorate",
    "undefined (nobody voted on it)",
];
const NO_CONSENSUS: &str = "no consensus";
const OBJECTION: &str = "an objection that stands";

/// What a rule said that is no agreement, as a reader hears it.
fn came_to(outcome: &str) -> String {
    match (outcome, outcome.split_once(": ")) {
        (NO_CONSENSUS | OBJECTION, _) => outcome.to_owned(),
        ("consensus out", _) => "a consensus against it".to_owned(),
        ("not quorate", _) => "no result, since too few took part".to_owned(),
        (_, Some(("agreed", other))) => format!("agreement on {other}"),
        _ => format!("\u{201c}{outcome}\u{201d}"),
    }
}

/// Said of groups that are shown together, when one that nobody is to know does not go along.
const ONE_OF_THEM: &str = "one of these groups";

fn outcome(kept: &str) -> String {
    match kept {
        "none" => NO_CONSENSUS,
        "objection" => OBJECTION,
        other => other,
    }
    .to_owned()
}

/// `B` of `B: Peer workers where an area can support them`; a whole question otherwise.
fn head(asked: &str) -> &str {
    asked.split_once(": ").map_or(asked, |(key, _)| key)
}

fn groups(item: &Value) -> impl Iterator<Item = &Value> {
    item["groups"].as_array().into_iter().flatten()
}

/// `B: Peer workers where an area can support them`.
fn option(synthesis: &Synthesis, round: Option<Id>, key: &str) -> Option<String> {
    let item = synthesis.rounds.get(&round?)?.terms().item(key)?;
    let held = synthesis.uncertainties.get(&item.about?)?;
    let option = held.options.iter().find(|one| Some(&one.key) == item.option.as_ref())?;
    Some(format!("{}: {}", option.key, option.text))
}

fn figure(item: &Value) -> String {
    let choices = || {
        let each = item["choices"].as_array()?.iter();
        Some(each.map(|one| format!("{} {}", plain(&one["option"]), plain(&one["n"]))).collect::<Vec<_>>().join(", "))
    };
    let median = || item["median"].as_f64().map(|median| format!("median {median}{}", spread(item)));
    let score = || item["score"].as_f64().map(|score| format!("score {score}"));
    median().or_else(choices).or_else(score).unwrap_or_else(|| "no figure".to_owned())
}

/// ` (half of all from 4 to 7.5)`: how far the ratings lie apart.
fn spread(item: &Value) -> String {
    let half = item["q1"].as_f64().zip(item["q3"].as_f64());
    half.map(|(q1, q3)| format!(" (half of all from {q1} to {q3})")).unwrap_or_default()
}

/// `5 votes, median 5, 20% in favour; dissents`.
fn said(group: &Value, otherwise: &str) -> String {
    let n = group["n"].as_u64().unwrap_or_default();
    let median = group["median"].as_f64().map(|median| format!("median {median}"));
    let share = group["agreement"].as_f64().map(|share| format!("{:.0}% in favour", share * 100.0));
    let figures: Vec<String> = [Some(count_of(usize::try_from(n).unwrap_or(usize::MAX), "vote")), median, share]
        .into_iter()
        .flatten()
        .collect();
    let figures = figures.join(", ");
    if group["dissent"] == true { format!("{figures}; {otherwise}") } else { figures }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ratings_are_told_with_how_far_they_lie_apart() {
        let apart = json!({ "median": 7.0, "q1": 5.0, "q3": 8.0, "disagreement_index": 0.654 });
        assert_eq!(figure(&apart), "median 7 (half of all from 5 to 8)");
        assert_eq!(figure(&json!({ "median": 7.0, "q1": null, "q3": null })), "median 7");
        assert_eq!(figure(&json!({ "choices": [{ "option": "B", "n": 7 }, { "option": "C", "n": 4 }] })), "B 7, C 4");
        assert_eq!(figure(&json!({ "median": null })), "no figure", "undefined is said");
    }

    #[test]
    fn what_the_rule_did_not_give_is_told_and_what_says_nothing_of_agreement_is_not() {
        let came_to = |outcomes: &[&str]| {
            let item = |kept: &&str| ItemVotes {
                item: "q1".to_owned(),
                asked: "A: so".to_owned(),
                is_ground: true,
                n: None,
                figure: String::new(),
                index: None,
                outcome: outcome(kept),
                by_group: Vec::new(),
            };
            let votes = Votes {
                round: "R1.gj".to_owned(),
                rule: None,
                invited: 3,
                present: 3,
                items: outcomes.iter().map(item).collect(),
                groups: Vec::new(),
                pooled_below: None,
            };
            let told = votes.against_rule(Outcome::AgreedWithDissent, Some("A"));
            assert_eq!(votes.against_rule(Outcome::NotAgreed, Some("A")), None);
            told
        };
        let told = |kept: &str| came_to(&[kept]);
        assert_eq!(told("none").as_deref(), Some("no consensus"));
        assert_eq!(told("agreed: B").as_deref(), Some("agreement on B"));
        assert_eq!(told("uncertain").as_deref(), Some("\u{201c}uncertain\u{201d}"));
        for kept in [
            "agreed: A",
            "appropriate",
            "consensus in",
            "consent",
            "place 1",
            "not printed: too few",
            "undefined (talked over)",
        ] {
            assert_eq!(told(kept), None, "{kept}");
        }
        assert_eq!(came_to(&["uncertain", "appropriate"]), None, "of several grounds one is enough");
    }
}
