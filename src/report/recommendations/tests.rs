//! What each reader is told of recommendations.

use super::*;
use crate::id::Kind;
use crate::participant::Audience;
use crate::report::sample::{self, id};
use serde_json::Value;

fn text(report: &Report) -> String {
    report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
}

fn of(audience: Audience) -> (Report, String) {
    let report = make(&sample::synthesis(), &Brief::new(audience));
    let text = text(&report);
    (report, text)
}

#[test]
fn what_is_contested_is_said_whoever_reads_it() {
    for audience in [Audience::Team, Audience::Meeting, Audience::Publication] {
        let (report, text) = of(audience);
        let told = report.data["recommendations"].as_array().unwrap();
        let footings: Vec<&Value> = told.iter().map(|one| &one["footing"]).collect();
        assert_eq!(footings, ["only_contested", "firm"], "workforce before practice");
        for words in [
            "1 recommendation (1) rests on contested statements alone; each is marked.",
            Footing::OnlyContested.warning().unwrap(),
            "Because, though contested",
            "Named beside, contested",
            "no training case",
            "Not yet written",
        ] {
            assert!(text.contains(words), "{audience}: {words} is not in\n{text}");
        }
        assert!(told.iter().all(|one| one["warning"].is_null() == (one["footing"] == "firm")));
    }
}

#[test]
fn others_are_told_neither_owners_nor_material_and_no_reader_is_told_of_evidence_without_its_other_side() {
    let (_, team) = of(Audience::Team);
    let (report, print) = of(Audience::Publication);
    assert!(team.contains("Material: ") && !print.contains("Material: "));
    assert_eq!(report.data["recommendations"][1]["owner"], "the team");
    for text in [team, print] {
        assert!(text.contains("Speaks against it, or is open"), "{text}");
        assert!(text.contains("1 source found it otherwise than H1.gj in other circumstances (E7.gj)"), "{text}");
    }
}

#[test]
fn what_fell_is_marked_and_what_was_retired_is_left_out() {
    let mut synthesis = sample::synthesis();
    synthesis.decisions.clear();
    let report = make(&synthesis, &Brief::new(Audience::Meeting));
    let practice = &report.data["recommendations"][1];
    assert_eq!(
        (&practice["footing"], &practice["because"][1]["why"]),
        (&"only_contested".into(), &"not here any more".into())
    );
    let policy = &report.data["not_written"][0];
    assert_eq!(policy["footing"], "none");
    assert!(text(&report).contains("No ground left"), "a skeleton is marked too");
    for number in 1..=3 {
        synthesis.recommendations.get_mut(&id(Kind::Recommendation, number)).unwrap().retired = true;
    }
    let bare = make(&synthesis, &Brief::new(Audience::Meeting));
    assert!(text(&bare).contains("TO WRITE: recommendations"));
    assert!(bare.sheet.is_empty());
}
