//! A second, independent set: 420 causal claims that evaluators coded by hand in real interviews, each with a
//! quotation and the factor it leads from and to. Compiled for tests only.

use super::*;
use crate::testdata::real;

fn table(name: &str) -> Option<Vec<Row>> {
    let path = real("extraction/quip-causal-map")?.join(name);
    Some(rows(&std::fs::read_to_string(path).unwrap()))
}

fn plain(label: &str) -> String {
    let (turned, label) = label.strip_prefix('~').map_or(("", label), |rest| ("not ", rest));
    format!("{turned}{}", label.replace(';', ","))
}

/// Quotations that were coded as one claim, by their words alone.
#[test]
fn quotations_coded_as_one_claim() {
    let Some(links) = table("links.csv") else { return };
    let links: Vec<Row> = links.into_iter().filter(|row| !row["quote"].trim().is_empty()).collect();
    let statement = |(at, row): (usize, &Row)| {
        let sentence = BTreeMap::from([("statement".to_owned(), row["quote"].clone())]);
        super::statement(&sentence, at)
    };
    let statements: Vec<Hypothesis> = links.iter().enumerate().map(statement).collect();
    let proposed = proposed(&statements, LEAST);
    let mut verdicts = Verdicts::new();
    for (a, one) in links.iter().enumerate() {
        for (b, other) in links.iter().enumerate().skip(a + 1) {
            let pair = (statements[a].id.min(statements[b].id), statements[a].id.max(statements[b].id));
            let shares = |column: &str| one[column] == other[column];
            let stated = (shares("from_label") && shares("to_label")).then_some(Relation::Related);
            let found = proposed.get(&pair).copied();
            if stated.is_some() || found.is_some() {
                verdicts.push(((one["link_id"].clone(), other["link_id"].clone()), stated, found));
            }
        }
    }
    let score = Score::of(&verdicts, |_| true);
    let halves = Score::of(
        &verdicts.iter().map(|(names, stated, found)| (names.clone(), stated.or(*found), *found)).collect(),
        |_| true,
    );
    assert!(halves.stated >= score.stated);
    eprintln_figures(&score, links.len());
}

#[allow(clippy::print_stderr)] // the figures of the manual are read off here
fn eprintln_figures(score: &Score, links: usize) {
    eprintln!("{links} quotations: {}", score.told("coded as one claim"));
}

/// Labels of factors: `~` marks the contrary.
#[test]
fn a_factor_and_its_contrary_are_never_one() {
    let Some(factors) = table("factors.csv") else { return };
    let statement = |(at, row): (usize, &Row)| {
        super::statement(&BTreeMap::from([("outcome".to_owned(), plain(&row["label"]))]), at)
    };
    let statements: Vec<Hypothesis> = factors.iter().enumerate().map(statement).collect();
    let proposed = proposed(&statements, LEAST);
    let label = |id: Id| factors[statements.iter().position(|one| one.id == id).unwrap()]["label"].as_str();
    let together = proposed.iter().filter(|(_, relation)| **relation != Relation::RivalCandidate);
    let pairs: Vec<(&str, &str)> = together.map(|((a, b), _)| (label(*a), label(*b))).collect();
    for (one, other) in &pairs {
        assert!(format!("~{one}") != *other && format!("~{other}") != *one, "{one} / {other}");
    }
    assert!(pairs.iter().any(|(one, other)| one.starts_with("Hope fu") || other.starts_with("Hope fu")), "{pairs:?}");
    assert!(pairs.len() > 20);
}
