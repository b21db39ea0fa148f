//! Rounds worked out, against the oracles of the formulas and by hand.

use super::*;
use crate::round::{CONSENT, Item, Least, Rule, Scale, Terms, Way};
use crate::uncertainty::Choice;
use crate::vote::{Answer, Answers, Dissent, Said};
use std::collections::BTreeMap;

const FEW: Draws = Draws { number: 200, seed: 1 };

fn terms(way: Way, items: usize) -> Terms {
    let item = |at: usize| Item {
        key: format!("q{at}"),
        text: format!("Asked {at}"),
        about: None,
        option: None,
        choices: ["A", "B", "C"]
            .map(|key| Choice { key: key.to_owned(), text: key.to_owned(), ..Choice::default() })
            .to_vec(),
        explained: None,
    };
    Terms {
        way,
        items: (1..=items).map(item).collect(),
        scale: matches!(way, Way::Ram | Way::Delphi).then_some(Scale::NINE),
        rule: Rule {
            judge: Some(usual(way).to_owned()),
            least_group: 2,
            quorum: None,
            quorum_each: None,
            quorum_of: BTreeMap::new(),
            response: None,
        },
    }
}

fn cast(token: &str, group: &str, said: &[Said]) -> Cast {
    let answers = said
        .iter()
        .enumerate()
        .map(|(at, said)| (format!("q{}", at + 1), Answer { said: said.clone(), reason: None, dissent: None }));
    Cast {
        token: token.to_owned(),
        group: group.to_owned(),
        answers: Answers { answers: answers.collect(), saved: None },
    }
}

/// One item, rated: ratings by group.
fn rated(groups: &[(&str, &[f64])]) -> Vec<Cast> {
    let of = |(group, ratings): &(&str, &[f64])| {
        let one = |(at, rating): (usize, &f64)| cast(&format!("{group}{at}"), group, &[Said::Number(*rating)]);
        ratings.iter().enumerate().map(one).collect::<Vec<_>>()
    };
    groups.iter().flat_map(of).collect()
}

fn seats(groups: &[(&str, usize)]) -> Seats {
    Seats { invited: groups.iter().map(|(group, n)| ((*group).to_owned(), *n)).collect(), destroyed: 0 }
}

const FOUR: [(&str, usize); 4] = [("su", 4), ("pr", 4), ("gp", 2), ("co", 2)];

fn d1(round: usize) -> Vec<Cast> {
    match round {
        1 => rated(&[
            ("su", &[8.0, 9.0, 7.0, 9.0]),
            ("pr", &[6.0, 7.0, 3.0, 8.0]),
            ("gp", &[2.0, 4.0]),
            ("co", &[5.0, 6.0]),
        ]),
        _ => rated(&[
            ("su", &[8.0, 9.0, 8.0, 9.0]),
            ("pr", &[7.0, 7.0, 5.0, 8.0]),
            ("gp", &[3.0, 5.0]),
            ("co", &[7.0, 7.0]),
        ]),
    }
}

#[test]
fn overall_agreement_does_not_hide_the_group_that_dissents() {
    let terms = terms(Way::Delphi, 1);
    let before = Previous { terms: &terms, casts: &d1(1), pool: &Pool::none(), destroyed: 0 };
    let results = work_out(&terms, &d1(2), &seats(&FOUR), Some(before), &Pool::none(), FEW);
    let item = &results.items[0];
    assert_eq!((item.n, item.outcome()), (12, "consensus in".to_owned()));
    assert_eq!(item.dissenting().map(|group| group.group.as_str()).collect::<Vec<_>>(), ["gp"]);
    assert!((item.group_equal.clone().unwrap() - 0.6875).abs() < 1e-12);
    let since = item.since.clone().unwrap().unwrap();
    assert!((since.change - 1.0 / 3.0).abs() < 1e-12 && (since.wilcoxon.unwrap().p - 0.015_625).abs() < 1e-12);
    assert_eq!(item.histogram.iter().map(|(_, n)| *n).collect::<Vec<_>>(), [0, 0, 1, 0, 2, 0, 4, 3, 2]);
}

#[test]
fn others_see_no_small_group_and_still_that_one_dissents() {
    let terms = terms(Way::Delphi, 1);
    let casts = d1(2);
    let sizes = [Heard::of(&casts, Way::Delphi, "q1", 12).sizes(seats(&FOUR).invited.keys())];
    let pool = Pool::of(&sizes, 3);
    let results = work_out(&terms, &casts, &seats(&FOUR), None, &pool, FEW);
    let item = &results.items[0];
    let shown: Vec<(&str, usize, bool)> =
        item.groups.iter().map(|one| (one.group.as_str(), one.n, one.dissent)).collect();
    assert_eq!(shown, [("pr", 4, false), (POOLED, 4, true), ("su", 4, false)]);
    assert!(item.histogram.is_empty() && item.group_equal.is_err() && item.kruskal.is_err());
}

#[test]
fn a_changed_wording_is_not_compared() {
    let (mut now, mut then) = (terms(Way::Delphi, 1), terms(Way::Delphi, 1));
    let about = Some(crate::source::nobody());
    now.items[0].about = about;
    then.items[0] = Item { text: "Worded otherwise".to_owned(), about, ..then.items[0].clone() };
    let casts = d1(1);
    let compared = |now: &Terms| {
        let before = Previous { terms: &then, casts: &casts, pool: &Pool::none(), destroyed: 0 };
        work_out(now, &d1(2), &seats(&FOUR), Some(before), &Pool::none(), FEW).items[0].since.clone()
    };
    assert!(compared(&now).unwrap().unwrap_err().0.contains("worded otherwise"));
    now.items[0].about = None;
    assert_eq!(compared(&now), None, "another item");
}

#[test]
fn abstentions_are_there_and_no_votes() {
    let mut terms = terms(Way::Delphi, 1);
    terms.rule.quorum = Some(Least::People(4));
    terms.rule.quorum_each = Some(Least::People(1));
    let mut casts = rated(&[("su", &[8.0, 9.0])]);
    for (token, group, said) in [
        ("su8", "su", Said::Abstain),
        ("gp1", "gp", Said::CannotJudge),
        ("gp2", "gp", Said::Late),
        ("co1", "co", Said::Absent),
    ] {
        casts.push(cast(token, group, &[said]));
    }
    let results = work_out(&terms, &casts, &seats(&[("su", 4), ("gp", 2), ("co", 2)]), None, &Pool::none(), FEW);
    let item = &results.items[0];
    assert_eq!((item.n, item.abstained, item.cannot_judge, item.late, item.absent, item.silent), (2, 1, 1, 1, 1, 2));
    let lacking: Vec<Option<&str>> = item.lacking.iter().map(|lack| lack.group.as_deref()).collect();
    assert_eq!(lacking, [Some("co")], "overall 4 are there; of the third group nobody");
    assert_eq!(item.outcome(), "not quorate");
    assert_eq!(results.present, BTreeMap::from([("su".to_owned(), 3), ("gp".to_owned(), 1)]));
}

#[test]
fn one_objection_is_no_consent_and_standing_aside_is() {
    let say = |word: usize| Said::Choice(CONSENT[word].to_owned());
    let of = |words: &[usize]| {
        let casts: Vec<Cast> =
            words.iter().enumerate().map(|(at, word)| cast(&format!("su{at}"), "su", &[say(*word)])).collect();
        work_out(&terms(Way::Consent, 1), &casts, &seats(&[("su", 4)]), None, &Pool::none(), FEW).items[0].outcome()
    };
    assert_eq!(of(&[0, 0, 1]), "consent");
    assert_eq!(of(&[0, 0, 2]), "objection");
    assert!(of(&[]).contains("nobody voted"));
}

#[test]
fn a_share_of_votes_and_the_group_against_it() {
    let say = |key: &str| Said::Choice(key.to_owned());
    let mut casts: Vec<Cast> = (0..6).map(|at| cast(&format!("su{at}"), "su", &[say("B")])).collect();
    casts.extend((0..2).map(|at| cast(&format!("gp{at}"), "gp", &[say("A")])));
    let results = work_out(&terms(Way::Percent, 1), &casts, &seats(&[("su", 6), ("gp", 2)]), None, &Pool::none(), FEW);
    let item = &results.items[0];
    assert_eq!(item.outcome(), "agreed: B", "six of eight are 75 %");
    assert_eq!(item.dissenting().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["gp"]);
}

#[test]
fn points_and_ranks_put_items_in_order() {
    let number = |number: &u8| Said::Number(f64::from(*number));
    let mut ngt = terms(Way::Ngt, 3);
    ngt.rule.judge = Some("picks:2".to_owned());
    // The third member gives two points to the second item and one to the third, none to the first.
    let mut casts: Vec<Cast> = [[2_u8, 1], [2, 1]]
        .iter()
        .enumerate()
        .map(|(at, points)| cast(&format!("su{at}"), "su", &points.iter().map(number).collect::<Vec<_>>()))
        .collect();
    let mut third = cast("su3", "su", &[]);
    for (key, points) in [("q2", 2.0), ("q3", 1.0)] {
        third
            .answers
            .answers
            .insert(key.to_owned(), Answer { said: Said::Number(points), reason: None, dissent: None });
    }
    casts.push(third);
    let results = work_out(&ngt, &casts, &seats(&[("su", 3)]), None, &Pool::none(), FEW);
    let scores: Vec<f64> = results
        .items
        .iter()
        .map(|item| match &item.figures {
            Ok(Figures::Scored(one)) => one.score,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!((scores, results.judges), (vec![4.0, 4.0, 1.0], 3));
    assert_eq!(results.items[0].n, 3, "who gave an item no points has voted on it");

    // The oracle of concordance, W2: columns are items.
    let ranks = [[1_u8, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]];
    let mut casts: Vec<Cast> = ranks
        .iter()
        .enumerate()
        .map(|(at, ranks)| cast(&format!("su{at}"), "su", &ranks.iter().map(number).collect::<Vec<_>>()))
        .collect();
    casts.push(cast("su9", "su", &[Said::Number(1.0)]));
    let results = work_out(&terms(Way::Rank, 6), &casts, &seats(&[("su", 4)]), None, &Pool::none(), FEW);
    assert!((results.concordance.unwrap().unwrap().w - 0.161_905).abs() < 5e-7);
    assert_eq!((results.judges, results.items[0].n), (3, 4), "an order that is not complete is left out");
    assert_eq!(results.items[0].outcome(), "place 1");
}

#[test]
fn dissent_is_registered_also_by_who_abstains() {
    let mut casts = rated(&[("su", &[8.0, 9.0, 7.0])]);
    let mut lone = cast("gp1", "gp", &[Said::Abstain]);
    let dissent = Dissent { words: "Not so".to_owned(), approved: true };
    lone.answers.answers.get_mut("q1").unwrap().dissent = Some(dissent);
    casts.push(lone);
    let results = work_out(&terms(Way::Delphi, 1), &casts, &seats(&[("su", 3), ("gp", 3)]), None, &Pool::none(), FEW);
    let found = &results.items[0].dissents;
    assert_eq!((found.len(), found[0].token.as_str(), found[0].approved), (1, "gp1", true));
    assert_eq!(results.items[0].dissenting().count(), 0, "a single vote is no group");
}

/// How a round came out for others, of four groups of which two are pooled.
fn by_all_groups(gp: &[f64], co: &[f64]) -> ItemResult {
    let mut terms = terms(Way::Delphi, 1);
    terms.rule.judge = Some("all-groups:50".to_owned());
    let casts = rated(&[("su", &[8.0; 5]), ("pr", &[8.0; 4]), ("gp", gp), ("co", co)]);
    let seats = seats(&[("su", 5), ("pr", 4), ("gp", 2), ("co", 1)]);
    let pool = Pool::of(&[Heard::of(&casts, Way::Delphi, "q1", 12).sizes(seats.invited.keys())], 3);
    work_out(&terms, &casts, &seats, None, &pool, FEW).items.remove(0)
}

#[test]
fn a_rule_that_asks_every_group_tells_nothing_of_those_in_the_pool() {
    // All that two and one can have said: whoever knows the votes of the pool together learns no more from the outcome.
    let mut outcomes: BTreeMap<String, std::collections::BTreeSet<String>> = BTreeMap::new();
    for (first, second, lone) in [(8, 8, 8), (8, 8, 5), (8, 5, 8), (8, 5, 5), (5, 5, 8), (5, 5, 5)] {
        let item = by_all_groups(&[f64::from(first), f64::from(second)], &[f64::from(lone)]);
        let pooled = item.groups.iter().find(|one| one.group == POOLED).unwrap();
        outcomes.entry(format!("{} of {:?}", pooled.n, pooled.agreement)).or_default().insert(item.outcome());
        assert!(item.verdict.is_err() && item.outcome().starts_with("not printed: the rule asks every group"));
    }
    assert_eq!(outcomes.len(), 4);
    assert!(outcomes.values().all(|said| said.len() == 1), "{outcomes:?}");
    // What a group that is shown on its own settles is told.
    let mut terms = terms(Way::Delphi, 1);
    terms.rule.judge = Some("all-groups:70".to_owned());
    let casts = rated(&[("su", &[8.0; 5]), ("pr", &[5.0; 4]), ("gp", &[8.0, 8.0]), ("co", &[8.0])]);
    let seats = seats(&[("su", 5), ("pr", 4), ("gp", 2), ("co", 1)]);
    let pool = Pool::of(&[Heard::of(&casts, Way::Delphi, "q1", 12).sizes(seats.invited.keys())], 3);
    assert_eq!(work_out(&terms, &casts, &seats, None, &pool, FEW).items[0].outcome(), "none");
    assert_eq!(work_out(&terms, &casts, &seats, None, &Pool::none(), FEW).items[0].outcome(), "none");
}

#[test]
fn others_see_no_figure_that_a_destroyed_ballot_could_be_taken_from() {
    let terms = terms(Way::Delphi, 1);
    let seats = Seats { destroyed: 1, ..seats(&FOUR) };
    let casts = &d1(2)[..11];
    let pool = Pool::of(&[Heard::of(casts, Way::Delphi, "q1", 12).sizes(seats.invited.keys())], 3);
    let others = work_out(&terms, casts, &seats, None, &pool, FEW);
    let item = &others.items[0];
    assert!(others.is_withheld && item.figures.is_err() && item.verdict.is_err() && item.groups.is_empty());
    assert!(item.histogram.is_empty() && item.outcome().starts_with("not printed: a ballot was destroyed"));
    let team = work_out(&terms, casts, &seats, None, &Pool::none(), FEW);
    assert!(!team.is_withheld && team.items[0].figures.is_ok());
    // Nor is the next round compared with it.
    let before = Previous { terms: &terms, casts, pool: &pool, destroyed: 1 };
    let now = Seats { destroyed: 0, ..seats };
    assert!(work_out(&terms, &d1(2), &now, Some(before), &pool, FEW).items[0].since.clone().unwrap().is_err());
}

#[test]
fn others_read_means_that_do_not_tell_the_sum() {
    let casts = d1(2);
    let pool = Pool::of(&[Heard::of(&casts, Way::Delphi, "q1", 12).sizes(seats(&FOUR).invited.keys())], 3);
    let of = |pool: &Pool| {
        let results = work_out(&terms(Way::Delphi, 1), &casts, &seats(&FOUR), None, pool, FEW);
        match &results.items[0].figures {
            Ok(Figures::Rated { item, .. }) => (item.mean, item.sd.clone().unwrap()),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(of(&pool), (6.9, 1.8));
    assert!((of(&Pool::none()).0 - 6.916_666).abs() < 1e-5);
}

#[test]
fn members_who_put_items_level_share_the_mean_of_their_places() {
    let number = |number: &u8| Said::Number(f64::from(*number));
    let ranks = [[1_u8, 1, 2], [2, 3, 1], [1, 1, 2], [3, 2, 1]];
    let mut casts: Vec<Cast> = ranks
        .iter()
        .enumerate()
        .map(|(at, ranks)| cast(&format!("su{at}"), "su", &ranks.iter().map(number).collect::<Vec<_>>()))
        .collect();
    let figures = |casts: &[Cast]| {
        let results = work_out(&terms(Way::Rank, 3), casts, &seats(&[("su", 5)]), None, &Pool::none(), FEW);
        let of = |item: &ItemResult| match &item.figures {
            Ok(Figures::Ranked { place, mean, .. }) => (*place, *mean),
            other => panic!("{other:?}"),
        };
        results.items.iter().map(of).collect::<Vec<_>>()
    };
    // By the ranks as written the third would be first, with 1.5; scipy.stats.rankdata gives these means.
    assert_eq!(figures(&casts), [(1, 2.0), (1, 2.0), (1, 2.0)]);
    casts.push(cast("su9", "su", &[Said::Number(1.0), Said::Number(1.0)]));
    assert!((figures(&casts)[0].1 - 1.9).abs() < 1e-12, "an order that is not complete shares its places too");
}

#[test]
fn a_round_is_compared_only_where_the_two_tell_nothing_of_a_few() {
    let terms = terms(Way::Delphi, 1);
    let seats = seats(&[("su", 5), ("pr", 4), ("gp", 3), ("co", 3)]);
    let of = |casts: &[Cast]| Heard::of(casts, Way::Delphi, "q1", 15).sizes(seats.invited.keys());
    let all = |co: &[f64]| rated(&[("su", &[8.0; 5]), ("pr", &[7.0; 4]), ("gp", &[7.0, 8.0, 7.0]), ("co", co)]);
    let since = |then: &[Cast], now: &[Cast]| {
        let first = Pool::of(&[of(then)], 3);
        let second = Pool::beside(&first.pooled, &[of(now)], 3);
        let before = Previous { terms: &terms, casts: then, pool: &first, destroyed: 0 };
        work_out(&terms, now, &seats, Some(before), &second, FEW).items[0].since.clone().unwrap()
    };
    let (few, many) = (all(&[2.0]), all(&[2.0, 8.0, 9.0]));
    assert!(since(&few, &many).unwrap_err().0.contains("only one of the two rounds"));
    assert!(since(&many, &few).unwrap_err().0.contains("pooled otherwise"));
    let same = since(&few, &few).unwrap();
    assert_eq!((same.moved, same.both), (0, 13));
    // Among others the spread is told as roughly as in each round.
    let changed = all(&[5.0]);
    assert_eq!(since(&few, &changed).unwrap().cv_change, Ok(-0.11));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(1_000))]

    /// Nobody moves between two rounds and readers are told so: then no group of one, taken from groups of the other, is
    /// fewer than k people.
    #[test]
    fn two_rounds_that_may_be_compared_leave_no_remainder_below_k(
        votes in proptest::collection::vec(proptest::collection::vec((0..10_u8, 0..8_u8), 0..8), 4),
    ) {
        const NAMES: [&str; 4] = ["su", "pr", "gp", "co"];
        let of = |round: u8| -> Vec<Cast> {
            let mut casts = Vec::new();
            for (group, people) in NAMES.iter().zip(&votes) {
                for (at, (rating, there)) in people.iter().enumerate() {
                    if *there > 1 || *there == round {
                        casts.push(cast(&format!("{group}{at}"), group, &[Said::Number(f64::from(1 + rating % 9))]));
                    }
                }
            }
            casts
        };
        let (then, now) = (of(0), of(1));
        let all: Vec<(&str, usize)> = NAMES.iter().zip(&votes).map(|(name, people)| (*name, people.len())).collect();
        let seats = seats(&all);
        let sizes = |casts: &[Cast]| [Heard::of(casts, Way::Delphi, "q1", 40).sizes(seats.invited.keys())];
        let first = Pool::of(&sizes(&then), 3);
        let second = Pool::beside(&first.pooled, &sizes(&now), 3);
        let terms = terms(Way::Delphi, 1);
        let before = Previous { terms: &terms, casts: &then, pool: &first, destroyed: 0 };
        let results = work_out(&terms, &now, &seats, Some(before), &second, FEW);
        let Some(Ok(since)) = &results.items[0].since else { return Ok(()) };
        proptest::prop_assert!(since.moved == 0 && since.both >= 3);
        // Every set of cells of one round against every set of the other, counted one by one.
        let cells = |casts: &[Cast], pool: &Pool| {
            let mut cells: BTreeMap<String, std::collections::BTreeSet<String>> = BTreeMap::new();
            for cast in casts {
                cells.entry(pool.shown(&cast.group).to_owned()).or_default().insert(cast.token.clone());
            }
            cells.into_values().collect::<Vec<_>>()
        };
        let (one, other) = (cells(&then, &first), cells(&now, &second));
        let union = |cells: &[std::collections::BTreeSet<String>], chosen: usize| {
            let chosen = cells.iter().enumerate().filter(|(at, _)| chosen & (1 << at) != 0);
            chosen.flat_map(|(_, cell)| cell.clone()).collect::<std::collections::BTreeSet<String>>()
        };
        for left in 0..1_usize << one.len() {
            for right in 0..1_usize << other.len() {
                let (then, now) = (union(&one, left), union(&other, right));
                for beyond in [then.difference(&now).count(), now.difference(&then).count()] {
                    proptest::prop_assert!(beyond == 0 || beyond >= 3, "{one:?} {other:?}");
                }
            }
        }
    }
}
