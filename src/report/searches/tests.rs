//! Searches on the sample.

use super::sample::search;
use super::*;
use crate::id::{Kind, Label};
use crate::origin::Way;
use crate::participant::Audience;
use crate::report::sample::{self, id};
use std::collections::BTreeSet;

fn searched() -> Synthesis {
    let mut all = sample::synthesis();
    let whole = Search {
        strategy: Some("1. depression\n2. team\n3. 1 and 2".to_owned()),
        platform: Some("Ovid".to_owned()),
        ..search(1, "PsycINFO", Way::Databases)
    };
    let against = Search {
        against: [id(Kind::Hypothesis, 1)].into(),
        found: Some("two trials in which nothing changed".to_owned()),
        ..search(2, "CINAHL", Way::Purposive)
    };
    let retired = Search { retired: true, ..search(3, "Wrong", Way::Grey) };
    for one in [whole, against, retired] {
        let number = if one.place == "PsycINFO" { 1 } else { 2 };
        all.labels.insert(one.id, Label::new(Kind::Search, number, "gj"));
        all.searches.insert(one.id, one);
    }
    all
}

#[test]
fn strategies_stand_in_full_and_what_is_missing_is_named() {
    let all = searched();
    let report = make(&all, &Brief::new(Audience::Team));
    let text: Vec<String> = report.blocks.iter().map(Block::text).collect();
    let text = text.join("\n");
    for said in [
        "2 searches, 2011-01 to 2011-02 (databases and registers, purposive searches)",
        "SE1.gj PsycINFO (Ovid), 2011-01",
        "depression\nteam\n1 and 2",
        "TO WRITE: the strategies of SE2.gj CINAHL",
        "exceptions to H1.gj. two trials in which nothing changed",
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    assert!(!text.contains("Wrong"), "retired");
    assert_eq!((report.sheet.rows.len(), report.data["searches"][1]["against"][0].as_str()), (2, Some("H1.gj")));
}

#[test]
fn a_numbered_strategy_is_a_numbered_list_and_has_its_numbers_once() {
    let points = |strategy: &str| match laid_out(strategy) {
        Block::List { ordered, items } => (ordered, items.iter().map(|runs| Run::together(runs)).collect::<Vec<_>>()),
        other => panic!("{other:?}"),
    };
    let told = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    assert_eq!(points("1. care\n2) team\n#3 1 and 2"), (true, told(&["care", "team", "1 and 2"])));
    assert_eq!(points("care\n24-hour team"), (false, told(&["care", "24-hour team"])));
    assert_eq!(points("1 care\n3 team"), (false, told(&["1 care", "3 team"])), "a number of its own");
}

#[test]
fn a_search_for_exceptions_to_an_uncertainty_counts_for_its_statements() {
    let mut all = searched();
    let statements: BTreeSet<Id> = all.hypotheses.keys().copied().collect();
    all.searches.values_mut().for_each(|one| one.against.clear());
    let said = |all: &Synthesis| {
        let report = make(all, &Brief::new(Audience::Team));
        let found =
            report.blocks.iter().map(Block::text).find(|text| text.contains("search for exceptions is recorded"));
        found.unwrap()
    };
    assert!(said(&all).ends_with(" recorded of 0."));
    let (id, of) =
        all.uncertainties.iter().map(|(id, one)| (*id, one.hypotheses.clone())).find(|(_, of)| !of.is_empty()).unwrap();
    let n = of.iter().filter(|id| statements.contains(id)).count();
    all.searches.values_mut().find(|one| !one.retired).unwrap().against.insert(id);
    assert!(said(&all).ends_with(&format!(" recorded of {n}.")), "{}", said(&all));
}

#[test]
fn how_records_were_screened_keeps_the_stream_it_holds_of() {
    use crate::searching::Flow;
    let mut all = sample::synthesis();
    let mut flow = |way: Way, how: &str| {
        let stream = way.into();
        let one = Flow {
            id: Flow::id_of(stream),
            stream,
            how: Some(how.to_owned()),
            counts: [(crate::searching::Stage::Identified, 9)].into(),
            skipped: BTreeSet::new(),
            reasons: std::collections::BTreeMap::new(),
            author: None,
        };
        all.flows.insert(one.id, one);
        told::how_screened(&all)
    };
    assert_eq!(flow(Way::Databases, "two people"), ["two people"]);
    assert_eq!(flow(Way::Grey, "two people"), ["two people"]);
    let apart = flow(Way::Experts, "one person");
    assert_eq!(
        apart,
        ["Databases and registers; Grey literature and policy: two people", "Experts and stakeholders: one person"]
    );
}

#[test]
fn briefings_say_whether_cases_against_were_searched_for() {
    let all = searched();
    assert_eq!(told::cases_against(&all, &["H1.gj"]), "Cases against were searched for: CINAHL, 2011-02.");
    assert_eq!(told::cases_against(&all, &["H2.gj"]), "No search for cases against is recorded.");
}
