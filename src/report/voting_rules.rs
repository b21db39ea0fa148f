//! How a meeting decides, in plain words (method reference 6.1): what was fixed in its rounds, who votes, how many must take
//! part, and what happens where there is no agreement. The one place that says it, so that no two papers differ.

use super::meeting::{Held, Shown};
use crate::consensus::Judge;
use crate::id::Id;
use crate::meeting::Practical;
use crate::round::{Least, Rule, Scale, Way};
use crate::settings::Settings;
use crate::stats::{delphi, ram};

/// What the team wrote of it, then what is fixed in each round; nothing where neither is said.
pub fn told(settings: &Settings, meeting: &Shown) -> Vec<String> {
    let words = meeting.practical(Practical::Deciding).map(str::to_owned);
    let mut all: Vec<String> =
        words.into_iter().chain(meeting.rounds.iter().map(|one| of_round(settings, one))).collect();
    let unasked: Vec<&str> = meeting
        .agenda
        .iter()
        .filter(|line| line.about.is_some_and(|id| round_on(meeting, id).is_none()))
        .filter_map(|line| line.uncertainty.as_deref())
        .collect();
    if !all.is_empty() && !unasked.is_empty() {
        all.push(format!("No vote is planned on {}.", unasked.join(", ")));
    }
    all
}

/// The round of a meeting that asks about an uncertainty.
pub fn round_on(meeting: &Shown, uncertainty: Id) -> Option<&Held> {
    meeting.rounds.iter().find(|round| round.terms.items.iter().any(|item| item.about == Some(uncertainty)))
}

/// The rule of one round, in a paragraph.
pub fn of_round(settings: &Settings, round: &Held) -> String {
    if round.way == Way::Discussion {
        return format!("{}: talked over, without a vote.", round.id);
    }
    let terms = &round.terms;
    let agreed =
        terms.rule.judge.as_deref().map(|rule| format!(" {} (rule: {rule}).", agreed(terms.way, rule, terms.scale)));
    format!(
        "You vote in {}: {}.{} {} {} {}",
        round.id,
        asked(terms.way, terms.scale),
        agreed.unwrap_or_default(),
        voters(round),
        quorum(settings, round),
        afterwards(terms.way),
    )
}

/// What becomes of what was not agreed; an order is agreed by nobody.
fn afterwards(way: Way) -> &'static str {
    match way {
        Way::Ngt | Way::Rank => "The order is the ground for what is talked over and decided next.",
        _ => "What is not agreed stays open or is tested first.",
    }
}

/// What a member does on the ballot.
fn asked(way: Way, scale: Option<Scale>) -> String {
    let scale = scale.unwrap_or(Scale::NINE);
    match way {
        Way::Ram => "each item gets a rating from 1 (not appropriate) to 9 (appropriate)".to_owned(),
        Way::Delphi => {
            format!(
                "each item gets a rating from {} (do not agree at all) to {} (fully agree)",
                scale.least, scale.most
            )
        }
        Way::Ngt => "you give points to the few items that matter most to you".to_owned(),
        Way::Rank => "you put all items in order".to_owned(),
        Way::Percent => "you choose one answer for each item".to_owned(),
        Way::Consent => "you say whether you consent, stand aside or object".to_owned(),
        Way::Discussion => "it is talked over".to_owned(),
    }
}

/// What makes an agreement by a rule.
fn agreed(way: Way, rule: &str, scale: Option<Scale>) -> String {
    let scale = scale.unwrap_or(Scale::NINE);
    let percent = |share: f64| format!("{}%", (share * 1e3).round() / 10.0);
    match Judge::read(way, rule) {
        Ok(Judge::Ram(rule)) => {
            let spread = match rule.disagreement {
                ram::Disagreement::Classic | ram::Disagreement::Thirds => {
                    "unless a third or so of the ratings lie at either end"
                }
                ram::Disagreement::Ipras => "unless the ratings lie too far apart for that",
            };
            format!("It is agreed with a middle rating of 7 or more, {spread}")
        }
        Ok(Judge::Delphi(rule)) => {
            let (high, low) = (format!("{} or more", scale.high), format!("{} or less", scale.low));
            match rule {
                delphi::Rule::Shares { most, least } => format!(
                    "It is agreed where at least {} rate it {high} and fewer than {} rate it {low}",
                    percent(most),
                    percent(least)
                ),
                delphi::Rule::Percent(wanted) => {
                    format!("It is agreed where at least {} rate it {high}", percent(wanted))
                }
                delphi::Rule::Iqr(widest) => {
                    format!("There is agreement where the middle half of the ratings spans no more than {widest}")
                }
                delphi::Rule::MedianIqr(widest) => format!(
                    "It is agreed where the middle rating is {high} and the middle half of the ratings spans no more than {widest}"
                ),
                delphi::Rule::AllGroups(wanted) => {
                    format!("It is agreed where at least {} of every group rate it {high}", percent(wanted))
                }
            }
        }
        Ok(Judge::Picks(picks)) => {
            format!("Everybody gives points to their best {picks}; the sums put the items in order")
        }
        Ok(Judge::Share(share)) => {
            format!("An answer is agreed where at least {} of the votes choose it", percent(share))
        }
        Ok(Judge::NoObjection) => "It is agreed where nobody objects".to_owned(),
        Ok(Judge::Concordance | Judge::Nothing) | Err(_) => {
            "The vote shows which order people see, and how far they agree on it".to_owned()
        }
    }
}

fn voters(round: &Held) -> String {
    let seats: usize = round.groups.values().map(|(asked, _)| asked).sum();
    let who = if seats > 0 { format!("The {seats} invited have") } else { "All who are invited have".to_owned() };
    format!("{who} one vote each, and may abstain or say that they cannot judge.")
}

fn quorum(settings: &Settings, round: &Held) -> String {
    let Rule { quorum, quorum_each, quorum_of, response, .. } = &round.terms.rule;
    let least = |least: Least| match least {
        Least::People(_) => least.to_string(),
        Least::Share(_) => format!("{least} of those invited"),
    };
    let each =
        |one: Least| format!("{} of every group", if let Least::Share(_) = one { one.to_string() } else { least(one) });
    let of = quorum_of.iter().map(|(group, one)| format!("{one} of {}", settings.group_title(group)));
    let asked: Vec<String> = quorum.map(least).into_iter().chain(quorum_each.map(each)).chain(of).collect();
    let returned = response.map(|one| format!(" At least {} must return a ballot.", least(one))).unwrap_or_default();
    if asked.is_empty() {
        return format!("It is not fixed how many must take part.{returned}");
    }
    let of_all = if asked.len() > 1 { "," } else { "" };
    format!("At least {}{of_all} must take part: else the vote settles nothing.{returned}", asked.join(", and "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::round::{Stage, Terms};
    use std::collections::BTreeMap;

    fn held(way: Way, rule: Rule) -> Held {
        Held {
            id: "R2.gj".to_owned(),
            stage: Stage::Open,
            way,
            rule: rule.judge.clone(),
            groups: BTreeMap::from([("users".to_owned(), (5, 0)), ("gps".to_owned(), (9, 0))]),
            terms: Terms { way, items: Vec::new(), scale: None, rule },
        }
    }

    fn rule(judge: &str, quorum: Option<&str>, each: Option<&str>) -> Rule {
        let least = |typed: &str| typed.parse().unwrap();
        Rule {
            judge: Some(judge.to_owned()),
            least_group: 3,
            quorum: quorum.map(least),
            quorum_each: each.map(least),
            quorum_of: BTreeMap::new(),
            response: None,
        }
    }

    #[test]
    fn rule_voters_quorum_and_what_follows_are_named() {
        let settings = sample::synthesis().settings;
        let said = of_round(&settings, &held(Way::Ram, rule("classic, q7", Some("60%"), Some("1"))));
        for words in [
            "You vote in R2.gj",
            "from 1 (not appropriate) to 9",
            "middle rating of 7 or more",
            "(rule: classic, q7)",
            "The 14 invited have one vote each",
            "60% of those invited, and 1 of every group, must take part",
            "settles nothing",
            "stays open or is tested first",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        for (way, judge) in [(Way::Rank, "concordance"), (Way::Ngt, "picks:5")] {
            let said = of_round(&settings, &held(way, rule(judge, None, None)));
            assert!(said.contains("ground for what is talked over") && !said.contains("stays open"), "{said}");
        }
        let said = of_round(&settings, &held(Way::Percent, rule("percent:75", None, None)));
        assert!(said.contains("at least 75% of the votes") && said.contains("not fixed how many"), "{said}");
        assert!(
            of_round(&settings, &held(Way::Delphi, rule("70/15", None, None)))
                .contains("fewer than 15% rate it 3 or less")
        );
        assert_eq!(
            of_round(&settings, &held(Way::Discussion, rule("", None, None))),
            "R2.gj: talked over, without a vote."
        );
    }
}
