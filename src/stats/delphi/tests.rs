//! Oracle D1 of method reference 4.3, and the rules.

use super::*;
use crate::stats::close;

const MEMBERS: [&str; 12] = ["s1", "s2", "s3", "s4", "p1", "p2", "p3", "p4", "g1", "g2", "c1", "c2"];
const FIRST: [f64; 12] = [8.0, 9.0, 7.0, 9.0, 6.0, 7.0, 3.0, 8.0, 2.0, 4.0, 5.0, 6.0];
const SECOND: [f64; 12] = [8.0, 9.0, 8.0, 9.0, 7.0, 7.0, 5.0, 8.0, 3.0, 5.0, 7.0, 7.0];

fn votes(ratings: [f64; 12]) -> Vec<Vote<'static>> {
    let group = |member: &str| match &member[..1] {
        "s" => "service users",
        "p" => "practitioners",
        "g" => "GPs",
        _ => "commissioners",
    };
    MEMBERS.iter().zip(ratings).map(|(member, rating)| Vote { member, group: Some(group(member)), rating }).collect()
}

fn settings(rule: &str) -> Settings {
    Settings { rule: rule.parse().unwrap(), scale: Scale::NINE, least_group: 2, draws: Draws { number: 200, seed: 1 } }
}

fn item(ratings: [f64; 12], rule: &str) -> Item {
    summarise(&votes(ratings), &settings(rule)).unwrap()
}

#[test]
fn oracle_d1_by_round() {
    let first = item(FIRST, "70/15");
    let second = item(SECOND, "70/15");
    for (item, wanted) in [
        (&first, [6.5, 6.1667, 2.2896, 0.3713, 4.75, 8.0, 3.25, 0.5, 0.1667]),
        (&second, [7.0, 6.9167, 1.7816, 0.2576, 6.5, 8.0, 1.5, 0.75, 0.0833]),
    ] {
        let sd = item.sd.clone().unwrap();
        let cv = item.cv.clone().unwrap();
        let values = [item.median, item.mean, sd, cv, item.q1, item.q3, item.iqr(), item.share_high, item.share_low];
        values.into_iter().zip(wanted).for_each(|(value, wanted)| close(value, wanted, 5e-5));
    }
    assert_eq!((first.verdict, second.verdict), (Ok(Verdict::None), Ok(Verdict::In)));
}

#[test]
fn oracle_d1_by_group() {
    let second = item(SECOND, "70/15");
    let groups: Vec<(&str, usize, f64, f64, bool)> = second
        .groups
        .iter()
        .map(|group| (group.group.as_str(), group.n, group.median, group.agreement, group.dissent))
        .collect();
    let wanted = [
        ("GPs", 2, 4.0, 0.0, true),
        ("commissioners", 2, 7.0, 1.0, false),
        ("practitioners", 4, 7.0, 0.75, false),
        ("service users", 4, 8.5, 1.0, false),
    ];
    assert_eq!(groups, wanted);
    close(second.group_equal.unwrap(), 0.6875, 1e-12);
    close(second.kruskal.unwrap().h, 8.672_685, 5e-7);
}

#[test]
fn oracle_d1_between_rounds() {
    let since = since(&votes(FIRST), &votes(SECOND), Scale::NINE);
    close(since.change, 0.3333, 5e-5);
    assert_eq!((since.both, since.moved), (12, 7));
    close(since.kappa.unwrap(), 0.4, 1e-9);
    close(since.cv_change.unwrap(), -0.1137, 5e-5);
    let wilcoxon = since.wilcoxon.unwrap();
    assert_eq!((wilcoxon.n, wilcoxon.plus, wilcoxon.minus), (7, 28.0, 0.0));
    close(wilcoxon.p, 0.015_625, 1e-12);
}

#[test]
fn every_rule_is_read_printed_and_applied() {
    let verdict = |ratings, rule: &str| {
        assert_eq!(rule.parse::<Rule>().unwrap().to_string(), rule);
        item(ratings, rule).verdict.unwrap()
    };
    let mirrored = SECOND.map(|rating| 10.0 - rating);
    assert_eq!((verdict(SECOND, "70/15"), verdict(mirrored, "70/15")), (Verdict::In, Verdict::Out));
    assert_eq!((verdict(SECOND, "percent:75"), verdict(FIRST, "percent:75")), (Verdict::In, Verdict::None));
    assert_eq!((verdict(SECOND, "iqr:2"), verdict(FIRST, "iqr:2")), (Verdict::Close, Verdict::None));
    assert_eq!((verdict(SECOND, "median-iqr:3"), verdict(mirrored, "median-iqr:3")), (Verdict::In, Verdict::Out));
    assert_eq!((verdict(FIRST, "median-iqr:4"), verdict(SECOND, "median-iqr:1")), (Verdict::Middling, Verdict::Spread));
    assert_eq!(verdict(SECOND, "all-groups:70"), Verdict::None);
    for wrong in ["70", "percent:101", "percent:-1", "iqr:x", "most:50"] {
        assert!(wrong.parse::<Rule>().is_err(), "{wrong}");
    }
}

#[test]
fn what_does_not_exist_says_why() {
    let votes = votes(SECOND);
    assert!(summarise(&[], &settings("70/15")).unwrap_err().0.contains("nobody"));
    let strange = Vote { rating: 10.0, ..votes[0] };
    assert!(summarise(&[strange], &settings("70/15")).unwrap_err().0.contains("1 to 9"));
    let one = summarise(&votes[..1], &settings("all-groups:70")).unwrap();
    assert!(one.sd.is_err() && one.cv.is_err() && one.group_equal.is_err() && one.kruskal.is_err());
    let lone = summarise(&votes[3..9], &settings("70/15")).unwrap();
    assert!(lone.group_equal.unwrap_err().0.contains("fewer than 2 votes"));
    assert!(lone.groups.iter().all(|group| group.n > 1 || !group.dissent), "one vote is no group's dissent");
}
