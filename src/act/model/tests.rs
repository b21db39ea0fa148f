//! What is said of models, tried at a desk.

use super::cell::{Judged, Wish, judge};
use super::*;
use crate::act::anchor::Spot;
use crate::act::desk::Desk;
use crate::act::{code, codebook, compare, pass, undo};
use crate::check;
use crate::compare::{Asked, Explanations, Matrix};
use crate::model::{Direction, Value};
use crate::project::Depth;
use std::collections::BTreeSet;

/// An interview as D1.gj, two features, two models; the first is described in the interview.
fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    for name in ["Contact", "Sameness"] {
        codebook::add(&mut desk.project, &codebook::Entry { name: Some(name.to_owned()), ..Default::default() })
            .unwrap();
    }
    for (name, sources) in [("Shared care", vec!["D1.gj".to_owned()]), ("Usual care", Vec::new())] {
        add(&mut desk.project, &Entry { name: Some(name.to_owned()), sources, ..Entry::default() }).unwrap();
    }
    desk
}

fn wish(model: &str, feature: &str, value: Value, turn: Option<&str>) -> Wish {
    let spot = turn.map(|turn| Spot::parse("D1.gj", Some(turn), None).unwrap());
    Wish {
        model: model.to_owned(),
        feature: feature.to_owned(),
        value,
        behind: Behind { spot, codings: Vec::new() },
        without: Vec::new(),
        note: None,
    }
}

fn say(desk: &mut Desk, wishes: &[Wish]) -> Result<Vec<Judged>> {
    let rows: Vec<usize> = (1..=wishes.len()).collect();
    judge(&mut desk.project, wishes, &rows).map(|done| done.answer)
}

/// Values of the two features by model, as `present absent`.
fn values(project: &Project) -> Vec<String> {
    let synthesis = project.synthesis(Depth::Facts).unwrap();
    let matrix = Matrix::of(&synthesis, &Asked::default());
    let model = |at: usize| matrix.cells.iter().map(|row| row[at].title()).collect::<Vec<_>>().join(", ");
    (0..matrix.models.len()).map(model).collect()
}

fn found(project: &Project) -> Vec<&'static str> {
    let rules = check::run(project, false).unwrap();
    rules
        .into_iter()
        .filter(|rule| rule.key == "models")
        .flat_map(|rule| rule.diagnostics)
        .map(|one| one.code)
        .collect()
}

#[test]
fn absence_needs_a_passage_and_silence_has_none() {
    let mut desk = desk();
    let refused = say(&mut desk, &[wish("Shared care", "Contact", Value::Absent, None)]).unwrap_err();
    assert_eq!(refused.0.code, "passage-needed");
    let refused = say(&mut desk, &[wish("M1.gj", "Contact", Value::NotReported, Some("t2"))]).unwrap_err();
    assert_eq!(refused.0.code, "silence-has-no-passage");
    let said = say(&mut desk, &[wish("M1.gj", "contact", Value::Absent, Some("t2"))]).unwrap();
    assert_eq!((said[0].passages.as_slice(), said[0].sources.len()), (&["CD1.gj".to_owned()][..], 0));
    assert_eq!(values(&desk.project), ["absent, not reported", "not reported, not reported"]);
    assert_eq!(found(&desk.project), [""; 0]);
    code::remove(&mut desk.project, &["CD1.gj".to_owned()], None).unwrap();
    assert_eq!(values(&desk.project)[0], "absent (no passage left), not reported");
    assert_eq!(found(&desk.project), ["absent-without-passage"]);
    undo::undo(&mut desk.project, None, false).unwrap();
    undo::undo(&mut desk.project, None, false).unwrap();
    let synthesis = desk.project.synthesis(Depth::Facts).unwrap();
    assert!(synthesis.codings.is_empty() && synthesis.models.cells.is_empty(), "cell and coding were one step");
}

#[test]
fn passages_add_up_and_ones_own_coding_is_used() {
    let mut desk = desk();
    let own = code::Wish {
        codes: vec!["Contact".to_owned()],
        spot: Spot::parse("D1.gj", Some("t2"), None).unwrap(),
        memo: None,
    };
    code::add(&mut desk.project, &[own]).unwrap();
    let said = say(&mut desk, &[wish("M2.gj", "Contact", Value::Present, Some("t2"))]).unwrap();
    assert_eq!((said[0].passages.join(" "), said[0].sources.join(" ")), ("CD1.gj".to_owned(), "S1.gj".to_owned()));
    let said = say(&mut desk, &[wish("M2.gj", "Contact", Value::Contested, Some("t4"))]).unwrap();
    assert_eq!(said[0].passages, ["CD1.gj", "CD2.gj"]);
    let less = Wish { without: vec!["CD1.gj".to_owned()], ..wish("M2.gj", "Contact", Value::Contested, None) };
    assert_eq!(say(&mut desk, &[less]).unwrap()[0].passages, ["CD2.gj"]);
    let other = Wish {
        behind: Behind { spot: None, codings: vec!["CD1.gj".to_owned()] },
        ..wish("M1.gj", "Sameness", Value::Present, None)
    };
    assert_eq!(say(&mut desk, &[other]).unwrap_err().0.code, "other-code");
    let again = wish("M2.gj", "Contact", Value::Contested, None);
    assert!(judge(&mut desk.project, &[again], &[1]).unwrap().operation.is_none(), "nothing new was said");
    say(&mut desk, &[wish("M2.gj", "Contact", Value::NotReported, None)]).unwrap();
    let synthesis = desk.project.synthesis(Depth::Facts).unwrap();
    assert!(synthesis.models.cells.values().all(|cell| cell.passages.is_empty()));
}

#[test]
fn many_are_set_together_or_not_at_all() {
    let mut desk = desk();
    let good = wish("M1.gj", "Contact", Value::Present, Some("t2"));
    let refused = say(&mut desk, &[good.clone(), wish("M1.gj", "Sameness", Value::Absent, None)]).unwrap_err();
    assert!(refused.0.message.starts_with("row 2: "), "{}", refused.0.message);
    let refused = say(&mut desk, &[good.clone(), wish("M1.gj", "Contact", Value::Absent, Some("t4"))]).unwrap_err();
    assert_eq!(refused.0.code, "two-values");
    assert!(desk.project.synthesis(Depth::Facts).unwrap().codings.is_empty());
    let more = Wish { behind: wish("", "", Value::Present, Some("t4")).behind, ..good.clone() };
    let said = say(&mut desk, &[good, more, wish("M2.gj", "Sameness", Value::Partial, None)]).unwrap();
    assert_eq!(said.iter().map(|one| one.passages.len()).collect::<Vec<_>>(), [2, 0]);
    assert_eq!(found(&desk.project), ["value-without-passage"]);
}

#[test]
fn nothing_is_cited_from_a_document_that_is_coded_blind() {
    let mut desk = desk();
    let blind = pass::Wish {
        name: "round".to_owned(),
        coders: vec!["gj".to_owned(), "bk".to_owned()],
        documents: vec!["D1.gj".to_owned()],
        ..pass::Wish::default()
    };
    pass::open(&mut desk.project, &blind).unwrap();
    let refused = say(&mut desk, &[wish("M1.gj", "Contact", Value::Present, Some("t2"))]).unwrap_err();
    assert_eq!(refused.0.code, "pass-open");
    pass::close(&mut desk.project, "BP1.gj", Some("enough")).unwrap();
    say(&mut desk, &[wish("M1.gj", "Contact", Value::Present, Some("t2"))]).unwrap();
}

#[test]
fn merged_features_keep_what_was_said_of_either() {
    let mut desk = desk();
    say(&mut desk, &[wish("M1.gj", "Contact", Value::Absent, Some("t2"))]).unwrap();
    codebook::merge::merge(&mut desk.project, &["Contact".to_owned()], "Sameness").unwrap();
    assert_eq!(values(&desk.project)[0], "absent", "the coding went along");
    let said = say(&mut desk, &[wish("M1.gj", "Sameness", Value::Contested, Some("t4"))]).unwrap();
    assert_eq!(said[0].passages.len(), 2);
    assert_eq!(values(&desk.project)[0], "contested");
    assert_eq!(found(&desk.project), ["merged-values"]);
}

#[test]
fn where_a_merge_makes_one_coding_of_two_the_cell_rests_on_the_one() {
    let mut desk = desk();
    say(&mut desk, &[wish("M1.gj", "Sameness", Value::Present, Some("t2"))]).unwrap();
    say(&mut desk, &[wish("M2.gj", "Contact", Value::Absent, Some("t2"))]).unwrap();
    codebook::merge::merge(&mut desk.project, &["Contact".to_owned()], "Sameness").unwrap();
    let synthesis = desk.project.synthesis(Depth::Facts).unwrap();
    assert_eq!(synthesis.codings.len(), 1);
    assert_eq!(found(&desk.project), [""; 0]);
    assert!(
        synthesis.models.cells.values().all(|cell| cell.passages.iter().all(|id| synthesis.codings.contains_key(id)))
    );
}

#[test]
fn what_waits_is_coded_in_the_models_own_sources() {
    let mut desk = desk();
    assert_eq!(todo::todo(&desk.project, "M2.gj", &BTreeSet::new()).unwrap_err().0.code, "no-sources");
    assert_eq!(todo::todo(&desk.project, "M1.gj", &BTreeSet::new()).unwrap_err().0.code, "no-taxonomy");
    let coded = |feature: &str| code::Wish {
        codes: vec![feature.to_owned()],
        spot: Spot::parse("D1.gj", Some("t2"), None).unwrap(),
        memo: None,
    };
    code::add(&mut desk.project, &[coded("Contact"), coded("Sameness")]).unwrap();
    say(&mut desk, &[wish("M1.gj", "Contact", Value::Present, None)]).unwrap();
    let (_, waiting) = todo::todo(&desk.project, "M1.gj", &BTreeSet::new()).unwrap();
    assert_eq!(waiting.iter().map(|one| (one.name.as_str(), one.codings.len())).collect::<Vec<_>>(), [("Sameness", 1)]);
}

#[test]
fn results_are_records_of_their_own() {
    let mut desk = desk();
    let mut result = outcome::Wish {
        model: "M1.gj".to_owned(),
        outcome: "Contact".to_owned(),
        direction: Direction::None,
        measure: Some("visits".to_owned()),
        comparator: None,
        behind: Behind::default(),
        note: None,
    };
    assert_eq!(outcome::add(&mut desk.project, &result).unwrap_err().0.code, "passage-needed");
    result.behind.spot = Some(Spot::parse("D1.gj", Some("t4"), None).unwrap());
    outcome::add(&mut desk.project, &result).unwrap();
    let up = outcome::Wish { direction: Direction::Up, behind: Behind::default(), ..result };
    assert_eq!(outcome::add(&mut desk.project, &up).unwrap().answer.id, "MO2.gj");
    assert_eq!(found(&desk.project), ["result-without-passage"]);
    outcome::drop(&mut desk.project, "MO2.gj", "twice").unwrap();
    assert_eq!(desk.project.synthesis(Depth::Facts).unwrap().models.outcomes.len(), 1);
}

#[test]
fn what_is_tied_to_a_feature_stands_apart_from_what_touches_its_words() {
    use crate::act::evidence::{self, Judgement};
    use crate::evidence::Stance;
    let mut desk = desk();
    desk.statement("Contact makes it go on");
    desk.statement("Nothing changed");
    desk.statement("Elsewhere");
    say(&mut desk, &[wish("M1.gj", "Contact", Value::Present, Some("t2"))]).unwrap();
    let judgement = Judgement { stance: Some(Stance::Supports), ..Judgement::default() };
    let link = |hypothesis: &str, turn: &str| evidence::Wish {
        hypothesis: hypothesis.to_owned(),
        spot: Spot::parse("D1.gj", Some(turn), None).unwrap(),
        judgement: judgement.clone(),
    };
    evidence::add(&mut desk.project, &[link("H1.gj", "t2"), link("H2.gj", "t2"), link("H3.gj", "t4")]).unwrap();
    compare::explain(&mut desk.project, "Contact", "H1.gj", "it is the resource").unwrap();
    assert_eq!(compare::untie(&mut desk.project, "Contact", "H2.gj").unwrap_err().0.code, "not-tied");
    let told = |project: &Project| {
        let synthesis = project.synthesis(Depth::Facts).unwrap();
        let code = resolve::code(project, "Contact").unwrap();
        let explanations = Explanations::of(&synthesis, &BTreeSet::from([code]));
        let explained = explanations.get(code).unwrap();
        let tied = explained.tied.keys().map(|id| synthesis.label(*id)).collect::<Vec<_>>();
        let touching = explained.touching.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>();
        (tied.join(" "), touching.join(" "))
    };
    assert_eq!(told(&desk.project), ("H1.gj".to_owned(), "H2.gj".to_owned()));
    compare::untie(&mut desk.project, "Contact", "H1.gj").unwrap();
    assert_eq!(told(&desk.project).0, "");
}
