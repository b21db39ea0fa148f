//! Panels and rankings: the oracles of method reference 4.1 to 4.3 and 6.4.

use super::{close, json, stats};
use crate::desk::keys;
use serde_json::Value;
use std::fmt::Write as _;

fn item<'j>(answer: &'j Value, name: &str) -> &'j Value {
    answer["items"].as_array().unwrap().iter().find(|item| item["item"] == name).unwrap()
}

fn ratings(items: &[(&str, &[u8])]) -> String {
    let mut csv = "item,member,group,rating\n".to_owned();
    for (item, ratings) in items {
        for (member, rating) in ratings.iter().enumerate() {
            writeln!(csv, "{item},m{member},all,{rating}").unwrap();
        }
    }
    csv
}

#[test]
fn words_of_a_grid_are_no_votes() {
    let csv = "round,item,member,group,rating\n1,A,m1,g,8\n1,A,m2,g,abstain\n1,A,m3,g,Cannot judge\n1,A,m4,g,late\n1,A,m5,g,absent\n";
    assert_eq!(item(&json(csv, &["delphi"]), "A")["n"], 1);
    let csv = "item,member,rating\nA,m1,8\nA,m2,abstain\n";
    assert_eq!(item(&json(csv, &["ram"]), "A")["n"], 1);
}

#[test]
fn rand_ucla() {
    let csv = ratings(&[
        ("R1", &[4, 5, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 9, 9]),
        ("R2", &[1, 1, 2, 3, 5, 7, 8, 9, 9]),
        ("R3", &[7, 7, 7, 8, 8, 8, 9, 9, 6]),
        ("R4", &[1, 2, 3, 7, 7, 7, 8, 8, 8]),
        ("R5", &[2, 3, 3, 5, 6, 7, 7, 8, 8]),
        ("small", &[8, 8, 9]),
    ]);
    let q7 = json(&csv, &["ram"]);
    assert_eq!(q7["percentile"], "q7");
    let r1 = item(&q7, "R1");
    assert_eq!(
        (&r1["median"], &r1["p30"], &r1["p70"], &r1["ipr"]),
        (&7.0.into(), &7.0.into(), &8.0.into(), &1.0.into())
    );
    close(&r1["ipras"], 6.1, 1e-9);
    close(&r1["disagreement_index"], 0.1639, 5e-5);
    let r2 = item(&q7, "R2");
    close(&r2["p30"], 2.4, 1e-9);
    close(&r2["disagreement_index"], 2.2128, 5e-5);
    assert_eq!((&r2["disagreement_ipras"], &r2["disagreement_classic"]), (&true.into(), &true.into()));
    assert_eq!(item(&q7, "R3")["class"], "appropriate");
    let r4 = item(&q7, "R4");
    assert_eq!((&r4["disagreement_ipras"], &r4["disagreement_classic"]), (&false.into(), &true.into()));
    close(&r4["disagreement_index"], 0.75, 1e-9);
    close(&item(&q7, "R5")["disagreement_index"], 1.0847, 5e-5);
    let small = item(&q7, "small");
    assert_eq!(small["class"], Value::Null);
    assert!(small["undefined"]["class"].as_str().unwrap().contains("8 ratings"));
    let sas5 = stats(&csv, &["ram", "--percentile", "sas5", "--format", "json"]).done();
    let r4 = sas5.json();
    let r4 = item(&r4, "R4");
    close(&r4["p30"], 3.0, 1e-9);
    close(&r4["disagreement_index"], 1.6129, 5e-5);
    close(&item(&sas5.json(), "R2")["disagreement_index"], 2.5532, 5e-5);
    assert_eq!(r4["disagreement_ipras"], true);
    stats(&csv, &["ram"]).done().says("R4: the rules differ");
}

fn d1() -> String {
    let members = ["s1", "s2", "s3", "s4", "p1", "p2", "p3", "p4", "g1", "g2", "c1", "c2"];
    let rounds = [[8, 9, 7, 9, 6, 7, 3, 8, 2, 4, 5, 6], [8, 9, 8, 9, 7, 7, 5, 8, 3, 5, 7, 7]];
    let mut csv = "round,item,member,group,rating\n".to_owned();
    for (round, ratings) in rounds.iter().enumerate() {
        for (member, rating) in members.iter().zip(ratings) {
            writeln!(csv, "{},peer workers,{member},{},{rating}", round + 1, &member[..1]).unwrap();
        }
    }
    csv
}

#[test]
fn delphi() {
    let answer = stats(&d1(), &["delphi", "--format", "json"]).done().says("dissent of: g").says("68.8 % agree");
    let found = answer.json();
    let (first, second) = (&found["items"][0], &found["items"][1]);
    for (key, one, two) in [
        ("median", 6.5, 7.0),
        ("mean", 6.1667, 6.9167),
        ("sd", 2.2896, 1.7816),
        ("cv", 0.3713, 0.2576),
        ("q1", 4.75, 6.5),
        ("q3", 8.0, 8.0),
        ("iqr", 3.25, 1.5),
        ("share_high", 0.5, 0.75),
        ("share_low", 0.1667, 0.0833),
    ] {
        close(&first[key], one, 5e-5);
        close(&second[key], two, 5e-5);
    }
    assert_eq!((&first["verdict"], &second["verdict"]), (&"none".into(), &"consensus in".into()));
    assert_eq!((&first["change"], &first["undefined"]["change"]), (&Value::Null, &"there is no earlier round".into()));
    close(&second["change"], 0.3333, 5e-5);
    close(&second["wilcoxon_p"], 0.015_625, 1e-9);
    close(&second["kappa"], 0.4, 1e-9);
    close(&second["moved"], 0.5833, 5e-5);
    close(&second["cv_change"], -0.1137, 5e-5);
    close(&second["group_equal"], 0.6875, 1e-9);
    close(&second["kruskal"]["h"], 8.672_685, 5e-7);
    close(&second["kruskal"]["p"], 0.033_975, 5e-7);
    close(&first["kruskal"]["h"], 7.503_989, 5e-7);
    let groups = second["groups"].as_array().unwrap();
    let of = |name: &str| groups.iter().find(|group| group["group"] == name).unwrap();
    assert_eq!(keys(of("g")), ["group", "n", "median", "agreement", "dissent"]);
    for (group, median, agreement, dissent) in
        [("s", 8.5, 1.0, false), ("p", 7.0, 0.75, false), ("g", 4.0, 0.0, true), ("c", 7.0, 1.0, false)]
    {
        close(&of(group)["median"], median, 1e-9);
        close(&of(group)["agreement"], agreement, 1e-9);
        assert_eq!(of(group)["dissent"], dissent, "{group}");
    }
    // The same panel by RAND/UCLA, round by round.
    let ram: Vec<Value> = (1..=2)
        .map(|round| {
            let prefix = format!("{round},");
            let rows: Vec<String> =
                d1().lines().filter_map(|line| line.strip_prefix(&prefix).map(str::to_owned)).collect();
            json(&format!("item,member,group,rating\n{}\n", rows.join("\n")), &["ram"])["items"][0].clone()
        })
        .collect();
    close(&ram[0]["disagreement_index"], 0.5217, 5e-5);
    close(&ram[1]["disagreement_index"], 0.1639, 5e-5);
    assert_eq!(ram[1]["class"], "appropriate");
}

#[test]
fn votes_and_rankings() {
    let points = [
        ("Endings", [4, 5, 0, 5, 5, 3, 4], 26.0, 6, 24.76, 0.743),
        ("Peer", [5, 4, 5, 0, 3, 5, 2], 24.0, 6, 22.86, 0.686),
        ("Records", [2, 3, 3, 3, 4, 4, 0], 19.0, 6, 18.10, 0.543),
        ("Groups", [3, 0, 4, 4, 0, 2, 5], 18.0, 5, 17.14, 0.514),
        ("Supervision", [1, 2, 0, 2, 2, 1, 3], 11.0, 6, 10.48, 0.314),
        ("Outreach", [0, 1, 2, 1, 1, 0, 1], 6.0, 5, 5.71, 0.171),
        ("GPbrief", [0, 0, 1, 0, 0, 0, 0], 1.0, 1, 0.95, 0.029),
    ];
    let mut csv = "item,member,points\n".to_owned();
    for (item, points, ..) in &points {
        for (member, points) in points.iter().enumerate() {
            writeln!(csv, "{item},m{member},{points}").unwrap();
        }
    }
    let scored = json(&csv, &["ngt"]);
    for (one, (item, _, score, votes, relative, of_max)) in scored["items"].as_array().unwrap().iter().zip(points) {
        assert_eq!((&one["item"], &one["score"], &one["votes"]), (&item.into(), &score.into(), &votes.into()));
        close(&one["relative"], relative / 100.0, 5e-5);
        close(&one["of_max"], of_max, 5e-4);
    }
    let concordance = |judges: &[&[f64]]| {
        let mut csv = "judge,item,rank\n".to_owned();
        for (judge, ranks) in judges.iter().enumerate() {
            for (item, rank) in ranks.iter().enumerate() {
                writeln!(csv, "j{judge},i{item},{rank}").unwrap();
            }
        }
        json(&csv, &["concordance", "--permutations", "500"])
    };
    close(&concordance(&[&[1.0, 3.0, 2.0], &[1.0, 2.0, 3.0], &[2.0, 3.0, 1.0], &[3.0, 1.0, 2.0]])["w"], 0.0625, 1e-9);
    let w2: [&[f64]; 3] =
        [&[1.0, 6.0, 3.0, 2.0, 5.0, 4.0], &[1.0, 5.0, 6.0, 4.0, 2.0, 3.0], &[6.0, 3.0, 2.0, 5.0, 4.0, 1.0]];
    close(&concordance(&w2)["w"], 0.161_905, 5e-7);
    let w3 = concordance(&[
        &[1.0, 4.5, 2.0, 4.5, 3.0, 7.5, 6.0, 9.0, 7.5, 10.0],
        &[2.5, 1.0, 2.5, 4.5, 4.5, 8.0, 9.0, 6.5, 10.0, 6.5],
        &[2.0, 1.0, 4.5, 4.5, 4.5, 4.5, 8.0, 8.0, 8.0, 10.0],
    ]);
    close(&w3["w"], 0.827_731, 5e-7);
    close(&w3["w_uncorrected"], 0.795_960, 5e-7);
    close(&w3["chi2"], 22.3487, 5e-5);
    let w4 = concordance(&[
        &[1.0, 2.0, 3.0, 4.0, 5.0],
        &[2.0, 1.0, 4.0, 3.0, 5.0],
        &[3.0, 1.0, 4.5, 2.0, 4.5],
        &[1.0, 3.0, 2.0, 4.0, 5.0],
    ]);
    close(&w4["w"], 0.693_038, 5e-7);
    close(&w4["p"], 0.0256, 5e-5);
    assert_eq!(w4["df"], 4);
}

#[test]
fn priorities() {
    let csv = "item,conflict,supports,refutes,thinness,divergence,centrality,importance,urgency,answerability\n\
        Groups,.4,,,.5,.25,.2,.5,.3333333333,.8333333333\n\
        Peer,,1.7222222222,1,.25,.6875,.4,.8333333333,.8333333333,.8333333333\n\
        Endings,.9,,,.25,.5,.6,1,.9166666667,.6666666667\n";
    let p1 = json(csv, &["priority"]);
    for (one, (item, score)) in
        p1["items"].as_array().unwrap().iter().zip([("Endings", 0.6905), ("Peer", 0.6532), ("Groups", 0.4310)])
    {
        assert_eq!((&one["item"], &one["robust"]), (&item.into(), &true.into()));
        close(&one["score"], score, 5e-5);
    }
    close(&item(&p1, "Peer")["parts"][0]["value"], 0.734_694, 5e-7);
    let totals = [("Q1", 34, 8), ("Q2", 20, 15), ("Q3", 26, 11), ("Q4", 10, 16), ("Q5", 5, 10)];
    let mut p2 = "item,group,score\n".to_owned();
    for (item, service_users, clinicians) in totals {
        writeln!(p2, "{item},service users,{service_users}\n{item},clinicians,{clinicians}").unwrap();
    }
    let p2 = json(&p2, &["jla"]);
    for (name, sum, rank) in [("Q1", 6.0, 4), ("Q2", 7.0, 1), ("Q3", 7.0, 1), ("Q4", 7.0, 1), ("Q5", 3.0, 5)] {
        assert_eq!((&item(&p2, name)["position_sum"], &item(&p2, name)["rank"]), (&sum.into(), &rank.into()));
    }
    assert_eq!(item(&p2, "Q1")["raw_total"], 42.0);
    let mut p3 = "item,scorer,criterion,score\n".to_owned();
    for (criterion, scores) in
        [("importance", "1 1 .5 1 .5 1"), ("urgency", "1 .5 .5 1 1 1"), ("answerability", "1 1 1 .5 .5 1")]
    {
        for (scorer, score) in scores.split(' ').enumerate() {
            writeln!(p3, "Endings,s{scorer},{criterion},{score}").unwrap();
        }
    }
    let p3 = json(&p3, &["chnri"]);
    close(&p3["items"][0]["score"], 83.33, 0.005);
    close(&p3["items"][0]["aea"], 0.6667, 5e-5);
}
