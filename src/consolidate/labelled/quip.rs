//! A second, independent set: the 130 factors that evaluators named by hand in real interviews, in a hierarchy of
//! their own (`Increased knowledge; Nutrition`), `~` marking the contrary. Compiled for tests only.

use super::*;
use crate::testdata::real;

fn plain(label: &str) -> String {
    let (turned, label) = label.strip_prefix('~').map_or(("", label), |rest| ("not ", rest));
    format!("{turned}{}", label.replace(';', ","))
}

#[test]
fn factors_of_one_branch_are_found_and_a_contrary_is_never_one_with_its_factor() {
    let Some(path) = real("extraction/quip-causal-map/factors.csv") else { return };
    let factors = rows(&std::fs::read_to_string(path).unwrap());
    let statement = |(at, row): (usize, &Row)| {
        super::statement(&BTreeMap::from([("outcome".to_owned(), plain(&row["label"]))]), at)
    };
    let statements: Vec<Hypothesis> = factors.iter().enumerate().map(statement).collect();
    let proposed = proposed(&statements, LEAST);
    let mut verdicts = Verdicts::new();
    for (a, one) in factors.iter().enumerate() {
        for (b, other) in factors.iter().enumerate().skip(a + 1) {
            let pair = (statements[a].id.min(statements[b].id), statements[a].id.max(statements[b].id));
            let branch = |row: &Row| row["level_1_label"].trim().to_owned();
            let stated = (branch(one) == branch(other)).then_some(Relation::Related);
            let found = proposed.get(&pair).copied().filter(|relation| *relation != Relation::RivalCandidate);
            let contrary = |a: &Row, b: &Row| a["label"] == format!("~{}", b["label"]);
            assert!(
                found.is_none() || !(contrary(one, other) || contrary(other, one)),
                "{} {}",
                one["label"],
                other["label"]
            );
            verdicts.push(((one["label"].clone(), other["label"].clone()), stated, found));
        }
    }
    let [found, ..] = report("factors", &verdicts);
    assert_eq!((found.right, found.proposed, found.stated), (16, 39, 125));
}
