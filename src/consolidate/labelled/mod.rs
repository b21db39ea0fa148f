//! How well proposals agree with groups that people stated: a list made by hand before there was anything to
//! tune (one half to tune on, one to measure by), and the worked example's own marks. Compiled for tests only.

mod quip;

use super::*;
use crate::hypothesis::PartKind;
use std::collections::BTreeMap;

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

fn statement(row: &Row, number: usize) -> Hypothesis {
    let kinds = [PartKind::Context, PartKind::Resource, PartKind::Reasoning, PartKind::Outcome, PartKind::Actor];
    let text = |column: &str| row.get(column).filter(|text| !text.is_empty()).cloned();
    let part = |kind: &PartKind| {
        let part = serde_json::json!({ "kind": kind, "text": text(kind.word())? });
        serde_json::from_value(part).ok()
    };
    let mut held: Hypothesis = serde_json::from_value(serde_json::json!({})).unwrap();
    held.id = Id::derived([number.to_be_bytes().as_slice()]);
    held.statement = text("statement");
    held.parts = kinds.iter().filter_map(part).collect();
    held
}

/// What people said of two rows.
fn stated(one: &Row, other: &Row) -> Option<Relation> {
    let is_rival = |one: &Row, other: &Row| !one["rival"].is_empty() && one["rival"] == other["claim"];
    let family = |row: &Row| if row["family"].is_empty() { row["claim"].clone() } else { row["family"].clone() };
    if is_rival(one, other) || is_rival(other, one) {
        Some(Relation::RivalCandidate)
    } else if one["claim"] == other["claim"] {
        Some(Relation::Duplicate)
    } else {
        (family(one) == family(other)).then_some(Relation::Related)
    }
}

/// Pairs of a half: key of either, what was stated, what is proposed.
type Verdicts = Vec<((String, String), Option<Relation>, Option<Relation>)>;

fn verdicts(half: &str, least: f64) -> Verdicts {
    let rows: Vec<Row> = rows(include_str!("accounts.csv")).into_iter().filter(|row| row["half"] == half).collect();
    let statements: Vec<Hypothesis> = rows.iter().enumerate().map(|(at, row)| statement(row, at)).collect();
    let proposed = proposed(&statements, least);
    let mut verdicts = Vec::new();
    for (a, one) in rows.iter().enumerate() {
        for (b, other) in rows.iter().enumerate().skip(a + 1) {
            let pair = (statements[a].id.min(statements[b].id), statements[a].id.max(statements[b].id));
            let names = (one["key"].clone(), other["key"].clone());
            verdicts.push((names, stated(one, other), proposed.get(&pair).copied()));
        }
    }
    verdicts
}

/// Every pair that stands in a proposal, and what it is called there.
fn proposed(statements: &[Hypothesis], least: f64) -> BTreeMap<(Id, Id), Relation> {
    let all: Vec<&Hypothesis> = statements.iter().collect();
    let (synonyms, apart) = (Synonyms::new(), BTreeSet::new());
    let asked = Asked { language: Language::ENGLISH, synonyms: &synonyms, apart: &apart, least };
    let proposals = proposals(&all, &asked);
    let pairs = proposals.iter().flat_map(|proposal| proposal.pairs.iter().map(|pair| (proposal.relation, pair)));
    pairs.map(|(relation, pair)| ((pair.one, pair.other), relation)).collect()
}

/// Right, proposed, stated.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Score {
    right: usize,
    proposed: usize,
    stated: usize,
}

impl Score {
    fn of(verdicts: &Verdicts, counts: impl Fn(Relation) -> bool) -> Self {
        let is = |one: Option<Relation>| one.is_some_and(&counts);
        let mut score = Score::default();
        for (_, stated, proposed) in verdicts {
            score.right += usize::from(is(*stated) && is(*proposed));
            score.proposed += usize::from(is(*proposed));
            score.stated += usize::from(is(*stated));
        }
        score
    }

    fn told(&self, what: &str) -> String {
        let share = |of: usize| {
            let (low, high) = wilson(self.right, of);
            format!("{}/{of} = {:.2} ({low:.2} to {high:.2})", self.right, self.right as f64 / of.max(1) as f64)
        };
        format!("{what}: precision {}, recall {}", share(self.proposed), share(self.stated))
    }
}

/// Wilson's interval of 95 % for a share (Wilson 1927).
fn wilson(right: usize, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (of as f64, 1.959_964);
    let share = right as f64 / n;
    let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let reach = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    (middle - reach, middle + reach)
}

/// Scores of a half, for the four questions in this order: found at all, put into one group, called
/// duplicates, called rival candidates.
#[allow(clippy::print_stderr)] // the figures of the manual are read off here
fn report(name: &str, verdicts: &Verdicts) -> [Score; 4] {
    let scores = [
        ("found", Score::of(verdicts, |_| true)),
        ("in one group", Score::of(verdicts, |relation| relation != Relation::RivalCandidate)),
        ("duplicates", Score::of(verdicts, |relation| relation == Relation::Duplicate)),
        ("rival candidates", Score::of(verdicts, |relation| relation == Relation::RivalCandidate)),
    ];
    for (what, score) in &scores {
        eprintln!("{name}: {}", score.told(what));
    }
    for (names, stated, proposed) in verdicts.iter().filter(|(_, stated, proposed)| stated != proposed) {
        eprintln!("  {names:?} stated {stated:?}, proposed {proposed:?}");
    }
    scores.map(|(_, score)| score)
}

#[test]
fn the_half_tuned_on() {
    let [found, together, duplicates, rivals] = report("tune", &verdicts("tune", LEAST));
    assert_eq!((found.right, found.proposed, found.stated), (29, 31, 36));
    assert_eq!((together.right, together.proposed, together.stated), (18, 18, 25));
    assert_eq!((duplicates.right, duplicates.proposed, duplicates.stated), (3, 3, 15));
    assert_eq!((rivals.right, rivals.proposed, rivals.stated), (8, 13, 11));
}

#[test]
fn the_half_kept_for_measuring() {
    let [found, together, duplicates, rivals] = report("measure", &verdicts("measure", LEAST));
    assert_eq!((found.right, found.proposed, found.stated), (25, 27, 31));
    assert_eq!((together.right, together.proposed, together.stated), (15, 15, 20));
    assert_eq!((duplicates.right, duplicates.proposed, duplicates.stated), (4, 4, 13));
    assert_eq!((rivals.right, rivals.proposed, rivals.stated), (8, 12, 11));
}

/// The marks of near-duplicates and the rivals that the worked example states: written so that no two share
/// words, and so beyond what words can find.
#[test]
fn the_worked_example() {
    let rows = rows(include_str!("../../../examples/partners/hypotheses.csv"));
    let statements: Vec<Hypothesis> = rows.iter().enumerate().map(|(at, row)| statement(row, at)).collect();
    let proposed = proposed(&statements, LEAST);
    let mut verdicts = Verdicts::new();
    for (a, one) in rows.iter().enumerate() {
        for (b, other) in rows.iter().enumerate().skip(a + 1) {
            let pair = (statements[a].id.min(statements[b].id), statements[a].id.max(statements[b].id));
            let stated = if one["rival_of"] == other["key"] || other["rival_of"] == one["key"] {
                Some(Relation::RivalCandidate)
            } else {
                (!one["group"].is_empty() && one["group"] == other["group"]).then_some(Relation::Related)
            };
            verdicts.push(((one["key"].clone(), other["key"].clone()), stated, proposed.get(&pair).copied()));
        }
    }
    let [found, together, ..] = report("example", &verdicts);
    assert_eq!((found.right, found.proposed, found.stated), (0, 0, 31));
    assert_eq!(together.stated, 7);
}

/// Of the example's near-duplicates, how many stand among the pairs nearest within a component, declared rivals apart;
/// and how many pairs those are.
#[test]
#[allow(clippy::print_stderr)] // the figures of the manual are read off here
fn nearest_within_a_component_in_the_worked_example() {
    let rows = rows(include_str!("../../../examples/partners/hypotheses.csv"));
    let component = |row: &Row| {
        Some(row["component"].as_str()).filter(|name| !name.is_empty()).map(|name| Id::derived([name.as_bytes()]))
    };
    let statements: Vec<Hypothesis> = rows
        .iter()
        .enumerate()
        .map(|(at, row)| Hypothesis { component: component(row), ..statement(row, at) })
        .collect();
    let pairs = |is_stated: &dyn Fn(&Row, &Row) -> bool| -> BTreeSet<(Id, Id)> {
        let of = |(a, one): (usize, &Row)| {
            let others = rows.iter().enumerate().skip(a + 1).filter(|(_, other)| is_stated(one, other));
            others
                .map(|(b, _)| (statements[a].id.min(statements[b].id), statements[a].id.max(statements[b].id)))
                .collect::<Vec<_>>()
        };
        rows.iter().enumerate().flat_map(of).collect()
    };
    let alike = pairs(&|one, other| !one["group"].is_empty() && one["group"] == other["group"]);
    let apart = pairs(&|one, other| one["rival_of"] == other["key"] || other["rival_of"] == one["key"]);
    let all: Vec<&Hypothesis> = statements.iter().collect();
    let synonyms = Synonyms::new();
    let asked = Asked { language: Language::ENGLISH, synonyms: &synonyms, apart: &apart, least: LEAST };
    let found = |most: usize| {
        let near = nearest(&all, &asked, &proposals(&all, &asked), most);
        let right = near.iter().filter(|near| alike.contains(&(near.pair.one, near.pair.other))).count();
        eprintln!("nearest {most} of a component: {right} of {} in {} pairs", alike.len(), near.len());
        (right, near.len())
    };
    assert_eq!((found(3), found(5), found(10)), ((3, 24), (4, 40), (5, 80)));
    let table = Table::lay(&all, &asked);
    let mut scores = Vec::new();
    for one in 0..all.len() {
        for other in one + 1..all.len() {
            let likeness = compare(&table.accounts[one], &table.accounts[other], &table.weights);
            let ids = (table.accounts[one].id, table.accounts[other].id);
            scores.push((likeness.score, (ids.0.min(ids.1), ids.0.max(ids.1))));
        }
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let places = scores.iter().enumerate().filter(|(_, (score, pair))| *score > 0.0 && alike.contains(pair));
    let places: Vec<usize> = places.map(|(at, _)| at + 1).collect();
    eprintln!("among all {} pairs: {places:?}", scores.len());
    assert_eq!((scores.len(), places), (3_916, vec![19, 52, 71, 157, 422, 934]));
}
