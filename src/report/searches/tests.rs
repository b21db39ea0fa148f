//! Searches on the sample.

use super::*;
use crate::id::{Kind, Label};
use crate::origin::Way;
use crate::participant::Audience;
use crate::report::sample::{self, id};
use std::collections::BTreeSet;

fn search(number: u32, place: &str, way: Way) -> Search {
    Search {
        id: id(Kind::Search, number),
        place: place.to_owned(),
        stream: way.into(),
        platform: None,
        date: Some(format!("2011-0{number}")),
        strategy: None,
        limits: None,
        searcher: None,
        purpose: None,
        found: None,
        scoping: false,
        records: Some(12),
        serves: BTreeSet::new(),
        against: BTreeSet::new(),
        retired: false,
        author: None,
    }
}

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
        "1. depression\n2. team\n3. 1 and 2",
        "TO WRITE: the strategies of SE2.gj CINAHL",
        "exceptions to H1.gj. two trials in which nothing changed",
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    assert!(!text.contains("Wrong"), "retired");
    assert_eq!((report.sheet.rows.len(), report.data["searches"][1]["against"][0].as_str()), (2, Some("H1.gj")));
}

#[test]
fn briefings_say_whether_cases_against_were_searched_for() {
    let all = searched();
    assert_eq!(told::cases_against(&all, &["H1.gj"]), "Cases against were searched for: CINAHL, 2011-02.");
    assert_eq!(told::cases_against(&all, &["H2.gj"]), "No search for cases against is recorded.");
}
