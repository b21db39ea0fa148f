//! How a meeting decides, in plain words (method reference 6.1): what was fixed in its rounds, who votes, how many must take
//! part, and what happens where there is no agreement. The one place that says it, so that no two papers differ.

use super::block::{Block, Run};
use super::meeting::{Held, Shown};
use crate::consensus::{Judge, in_print};
use crate::id::Id;
use crate::meeting::Practical;
use crate::round::{Least, Rule, Scale, Way};
use crate::settings::Settings;
use crate::stats::{delphi, ram};

/// How much is said of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Length {
    Whole,
    /// Without examples and exceptions, for a paper of one page.
    Short,
}

/// What the team wrote of it, then what is fixed in each round; nothing where neither is said.
pub fn told(settings: &Settings, meeting: &Shown) -> Vec<String> {
    told_at(settings, meeting, Length::Whole)
}

/// The same for a paper of one page: the others have examples and exceptions.
pub fn told_in_short(settings: &Settings, meeting: &Shown) -> Vec<String> {
    told_at(settings, meeting, Length::Short)
}

fn told_at(settings: &Settings, meeting: &Shown, length: Length) -> Vec<String> {
    let words = meeting.practical(Practical::Deciding).map(str::to_owned);
    let mut all: Vec<String> =
        words.into_iter().chain(meeting.rounds.iter().map(|one| round_at(settings, meeting, one, length))).collect();
    let unasked: Vec<&str> = meeting
        .agenda
        .iter()
        .filter(|line| line.about.is_some_and(|id| round_on(meeting, id).is_none()))
        .filter_map(|line| line.uncertainty.as_deref())
        .collect();
    if !all.is_empty() && !unasked.is_empty() {
        all.push(format!("No vote is planned on {}.", listed(&unasked)));
    }
    all
}

/// The heading under which a paper prints it.
pub const HEADING: &str = "How decisions will be taken";

/// All of it, as papers of several pages print it: what the books call the vote stands below, in small letters.
pub fn blocks(settings: &Settings, meeting: &Shown) -> Vec<Block> {
    let mut told = told(settings, meeting);
    let Some(last) = told.pop() else {
        return vec![Block::to_write("by which rule, who votes, and what happens where no agreement is reached")];
    };
    let small = on_record(meeting).map(Run::Small);
    let last = Block::Paragraph(std::iter::once(Run::plain(last)).chain(small).collect());
    told.into_iter().map(Block::paragraph).chain([last]).collect()
}

/// What a meeting's rounds and rules are called by those who keep its books, in one line.
pub fn on_record(meeting: &Shown) -> Option<String> {
    let voted = meeting.rounds.iter().filter(|round| round.way != Way::Discussion);
    let rounds: Vec<String> = voted
        .map(|round| {
            let rule = round.terms.rule.judge.as_deref().filter(|rule| !rule.is_empty());
            let rule = rule.map(|rule| format!(", rule {}", in_print(rule))).unwrap_or_default();
            format!("{} ({}{rule})", round.id, method(round.way))
        })
        .collect();
    (!rounds.is_empty()).then(|| format!("In the team's books the vote is {}.", rounds.join("; ")))
}

/// A method as the literature names it.
pub fn method(way: Way) -> &'static str {
    match way {
        Way::Ram => "RAND/UCLA appropriateness ratings",
        Way::Delphi => "Delphi",
        Way::Ngt => "nominal group",
        Way::Rank => "ranking",
        Way::Percent => "share of votes",
        Way::Consent => "consent",
        Way::Discussion => "discussion",
    }
}

/// The round of a meeting that asks about an uncertainty.
pub fn round_on(meeting: &Shown, uncertainty: Id) -> Option<&Held> {
    meeting.rounds.iter().find(|round| asks(round, uncertainty))
}

fn asks(round: &Held, uncertainty: Id) -> bool {
    round.terms.items.iter().any(|item| item.about == Some(uncertainty))
}

/// The rule of one round, in a paragraph.
pub fn of_round(settings: &Settings, meeting: &Shown, round: &Held) -> String {
    round_at(settings, meeting, round, Length::Whole)
}

fn round_at(settings: &Settings, meeting: &Shown, round: &Held, length: Length) -> String {
    let about: Vec<&str> = meeting
        .agenda
        .iter()
        .filter(|line| line.about.is_some_and(|id| asks(round, id)))
        .filter_map(|line| line.uncertainty.as_deref())
        .collect();
    let about = if about.is_empty() { round.id.clone() } else { listed(&about) };
    if round.way == Way::Discussion {
        return format!("On {about} we talk, without a vote.");
    }
    let terms = &round.terms;
    let seats = seats(round);
    let judge = terms.rule.judge.as_deref();
    let agreed = judge.map(|rule| format!(" {}", agreed(terms.way, rule, terms.scale, (seats, length))));
    format!(
        "You vote on {about}: {}.{} {} {} {}",
        asked(terms.way, terms.scale),
        agreed.unwrap_or_default(),
        voters(seats, length),
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

/// What a member does, in one line, and where the rest stands.
pub fn in_short(round: &Held) -> Option<String> {
    let terms = &round.terms;
    (round.way != Way::Discussion)
        .then(|| format!("On the ballot {}; the count: \u{201c}{HEADING}\u{201d}.", asked(terms.way, terms.scale)))
}

/// `U1.gj, U2.gj and U3.gj`.
fn listed(labels: &[&str]) -> String {
    match labels {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => labels.concat(),
    }
}

/// What a member does on the ballot.
fn asked(way: Way, scale: Option<Scale>) -> String {
    let scale = scale.unwrap_or(Scale::NINE);
    match way {
        Way::Ram => "each line gets a rating from 1 (not appropriate) to 9 (appropriate)".to_owned(),
        Way::Delphi => {
            format!(
                "each line gets a rating from {} (do not agree at all) to {} (fully agree)",
                scale.least, scale.most
            )
        }
        Way::Ngt => "you give points to the few lines that matter most to you".to_owned(),
        Way::Rank => "you put all lines in order".to_owned(),
        Way::Percent => "you choose one answer to each line".to_owned(),
        Way::Consent => "you say whether you consent, stand aside or object".to_owned(),
        Way::Discussion => "it is talked over".to_owned(),
    }
}

/// What makes an agreement by a rule, and what turns something down, in sentences; of so many ballots at most.
fn agreed(way: Way, rule: &str, scale: Option<Scale>, (seats, length): (usize, Length)) -> String {
    match Judge::read(way, rule) {
        Ok(Judge::Ram(rule)) => appropriate(rule, seats, length),
        Ok(Judge::Delphi(rule)) => agreed_in_delphi(rule, scale.unwrap_or(Scale::NINE)),
        Ok(Judge::Picks(picks)) => {
            format!("Everybody gives points to their best {picks}; the sums put the lines in order.")
        }
        Ok(Judge::Share(share)) => {
            format!("An answer is agreed where at least {} of the votes choose it.", percent(share))
        }
        Ok(Judge::NoObjection) => "It is agreed where nobody objects.".to_owned(),
        Ok(Judge::Concordance | Judge::Nothing) | Err(_) => {
            "The vote shows which order people see, and how far they agree on it.".to_owned()
        }
    }
}

fn percent(share: f64) -> String {
    format!("{}%", (share * 1e3).round() / 10.0)
}

/// The rules of `stats::ram`: the middle rating, and when people are too far apart for it to count.
fn appropriate(rule: ram::Rule, seats: usize, length: Length) -> String {
    let (high, low) = if rule.halves_out { ("6.5", "3.5") } else { ("7", "3") };
    let verdict = format!(
        "It is agreed with a middle rating of {high} or more and turned down with one of {low} or less, unless people are split:"
    );
    match rule.disagreement {
        ram::Disagreement::Classic if length == Length::Short => {
            format!("{verdict} about a third or more rate it 1 to 3, and as many 7 to 9.")
        }
        ram::Disagreement::Classic => {
            let example = if seats < ram::SMALLEST {
                String::new()
            } else {
                format!(" (of {seats} ratings: {} or more)", ram::least_extreme(seats))
            };
            format!(
                "{verdict} about a third or more{example} rate it 1 to 3, and as many rate it 7 to 9. Fewer than {} ratings settle \
                 nothing.",
                ram::SMALLEST
            )
        }
        ram::Disagreement::Thirds => {
            format!("{verdict} a third or more rate it 1 to 3, and as many rate it 7 to 9.")
        }
        ram::Disagreement::Ipras => {
            format!(
                "{verdict} the middle part of the ratings reaches further than the method allows, and it allows more the nearer \
                 that part lies to 1 or to 9."
            )
        }
    }
}

fn agreed_in_delphi(rule: delphi::Rule, scale: Scale) -> String {
    let (high, low) = (format!("{} or more", scale.high), format!("{} or less", scale.low));
    match rule {
        delphi::Rule::Shares { most, least } => format!(
            "It is agreed where at least {0} rate it {high} and fewer than {1} rate it {low}; it is turned down where at least {0} \
             rate it {low} and fewer than {1} rate it {high}.",
            percent(most),
            percent(least)
        ),
        delphi::Rule::Percent(wanted) => format!(
            "It is agreed where at least {0} rate it {high}, and turned down where at least {0} rate it {low}.",
            percent(wanted)
        ),
        delphi::Rule::Iqr(widest) => {
            format!("People are near one another where the middle half of the ratings spans no more than {widest}.")
        }
        delphi::Rule::MedianIqr(widest) => format!(
            "It is agreed with a middle rating of {high}, and turned down with one of {low}, where the middle half of the ratings \
             spans no more than {widest}."
        ),
        delphi::Rule::AllGroups(wanted) => format!(
            "It is agreed where at least {0} of every group rate it {high}, and turned down where at least {0} of every group rate \
             it {low}.",
            percent(wanted)
        ),
    }
}

/// Those who may vote in a round.
fn seats(round: &Held) -> usize {
    round.groups.values().map(|(asked, _)| asked).sum()
}

fn voters(seats: usize, length: Length) -> String {
    let who = if seats > 0 { format!("The {seats} invited have") } else { "All who are invited have".to_owned() };
    match length {
        Length::Whole => format!("{who} one vote each, and may abstain or say that they cannot judge."),
        Length::Short => format!("{who} one vote each."),
    }
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
    use crate::id::Kind;
    use crate::report::sample::{self, id};
    use crate::round::{Item, Stage, Terms};
    use std::collections::BTreeMap;

    fn held(way: Way, rule: Rule) -> Held {
        let item: Item =
            serde_json::from_value(serde_json::json!({ "key": "q1", "text": "So", "about": id(Kind::Uncertainty, 1) }))
                .unwrap();
        Held {
            id: "R2.gj".to_owned(),
            stage: Stage::Open,
            way,
            rule: rule.judge.clone(),
            groups: BTreeMap::from([("users".to_owned(), (5, 0)), ("gps".to_owned(), (9, 0))]),
            terms: Terms { way, items: vec![item], scale: None, rule },
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

    /// A meeting with one question on its agenda, which the round asks about.
    fn meeting(round: Held) -> Shown {
        Shown { agenda: vec![sample::item(1, 1)], rounds: vec![round], ..sample::meeting() }
    }

    fn said(way: Way, rule: Rule) -> String {
        let shown = meeting(held(way, rule));
        of_round(&sample::settings(), &shown, &shown.rounds[0])
    }

    #[test]
    fn rule_voters_quorum_and_what_follows_are_named() {
        let said = said(Way::Ram, rule("classic, q7", Some("60%"), Some("1")));
        for words in [
            "You vote on U1.gj: each line",
            "from 1 (not appropriate) to 9",
            "The 14 invited have one vote each",
            "60% of those invited, and 1 of every group, must take part",
            "settles nothing",
            "stays open or is tested first",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(!said.contains("R2.gj") && !said.contains("q7"), "members read no technical names: {said}");
        for (way, judge) in [(Way::Rank, "concordance"), (Way::Ngt, "picks:5")] {
            let said = self::said(way, rule(judge, None, None));
            assert!(said.contains("ground for what is talked over") && !said.contains("stays open"), "{said}");
        }
        let shown = meeting(held(Way::Ram, rule("classic, q7", None, None)));
        assert_eq!(
            on_record(&shown).unwrap(),
            "In the team's books the vote is R2.gj (RAND/UCLA appropriateness ratings, rule classic, percentiles: type 7)."
        );
        let short = told_in_short(&sample::settings(), &shown).concat();
        assert!(
            short.contains(
                "about a third or more rate it 1 to 3, and as many 7 to 9. The 14 invited have one vote each. "
            )
        );
        let talk = meeting(held(Way::Discussion, rule("", None, None)));
        assert_eq!(told(&sample::settings(), &talk), ["On U1.gj we talk, without a vote."]);
        assert_eq!(on_record(&talk), None);
    }

    #[test]
    fn each_rule_says_what_is_agreed_and_what_is_turned_down() {
        for (way, typed, words) in [
            (
                Way::Ram,
                "classic, q7",
                "middle rating of 7 or more and turned down with one of 3 or less, unless people are split",
            ),
            (
                Way::Ram,
                "classic, q7",
                "about a third or more (of 14 ratings: 5 or more) rate it 1 to 3, and as many rate it 7 to 9",
            ),
            (Way::Ram, "classic, q7", "Fewer than 8 ratings settle nothing"),
            (Way::Ram, "thirds, q7", "split: a third or more rate it 1 to 3, and as many rate it 7 to 9."),
            (Way::Ram, "ipras, q7, halves", "middle rating of 6.5 or more and turned down with one of 3.5 or less"),
            (
                Way::Delphi,
                "70/15",
                "at least 70% rate it 7 or more and fewer than 15% rate it 3 or less; it is turned down",
            ),
            (Way::Delphi, "percent:75", "turned down where at least 75% rate it 3 or less"),
            (Way::Delphi, "all-groups:70", "at least 70% of every group rate it 7 or more"),
            (Way::Percent, "percent:75", "at least 75% of the votes"),
        ] {
            let said = said(way, rule(typed, None, None));
            assert!(said.contains(words), "{typed}: {said}");
            assert!(said.contains("not fixed how many"), "{said}");
        }
    }
}
