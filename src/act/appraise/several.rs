//! What several people make of one link, tried at a desk.

use super::double::{Row, give};
use super::settle::{Ruling, settle, take_agreed};
use super::{Asked, pending};
use crate::act::anchor::Spot;
use crate::act::desk::Desk;
use crate::act::evidence::{self, Judgement, Wish};
use crate::act::pass;
use crate::appraisal::{Criterion, Scores};
use crate::evidence::Stance;
use crate::project::{Depth, Project};

const fn scores(relevance: u8, richness: u8, rigour: u8) -> Scores {
    Scores { relevance, richness, rigour }
}

fn row(evidence: &str, scores: Scores) -> Row {
    Row { evidence: evidence.to_owned(), scores, reason: None }
}

fn ruling(evidence: &str, scores: Scores, reason: Option<&str>) -> Ruling {
    Ruling { evidence: evidence.to_owned(), scores, reason: reason.map(str::to_owned) }
}

/// A statement with two links, which nobody has appraised.
fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    desk.statement("Something");
    let judgement = Judgement { stance: Some(Stance::Supports), ..Judgement::default() };
    let wish = |place: &str| Wish {
        hypothesis: "H1.gj".to_owned(),
        spot: Spot::parse(place, None, None).unwrap(),
        judgement: judgement.clone(),
    };
    evidence::add(&mut desk.project, &[wish("D1.gj/2"), wish("D1.gj/4")]).unwrap();
    desk
}

/// What counts for each link, and who gave what: `E1.gj 2 2 1 | bk 1 1 1, gj 2 2 1`.
fn told(project: &Project) -> Vec<String> {
    let synthesis = project.synthesis(Depth::Facts).unwrap();
    let mut told: Vec<String> = synthesis
        .appraised()
        .iter()
        .map(|one| {
            let by: Vec<String> = one.by.iter().map(|(tag, given)| format!("{tag} {}", given.scores.show())).collect();
            let counts = one.link.scores().map_or("-".to_owned(), Scores::show);
            format!("{} {counts} | {}", synthesis.label(one.link.id), by.join(", "))
        })
        .collect();
    told.sort();
    told
}

fn waiting(project: &Project, coder: &str, second: bool) -> usize {
    pending(project, coder, &Asked { second, ..Asked::default() }).len()
}

#[test]
fn a_second_opinion_stands_beside_the_first_and_changes_nothing_that_counts() {
    let mut desk = desk();
    give(&mut desk.project, &[row("E1.gj", scores(2, 2, 1)), row("E2.gj", scores(1, 1, 1))], false).unwrap();
    assert_eq!((waiting(&desk.project, "gj", false), waiting(&desk.project, "gj", true)), (0, 0));
    let mut bk = desk.as_coder("bk");
    assert_eq!((waiting(&bk, "bk", false), waiting(&bk, "bk", true)), (0, 2));
    give(&mut bk, &[row("E1.gj", scores(1, 2, 2)), row("E2.gj", scores(1, 1, 1))], true).unwrap();
    assert_eq!(told(&bk), ["E1.gj 2 2 1 | bk 1 2 2, gj 2 2 1", "E2.gj 1 1 1 | bk 1 1 1, gj 1 1 1"]);
    assert_eq!(waiting(&bk, "bk", true), 0);
    // Saying it again changes one's own.
    give(&mut bk, &[row("E1.gj", scores(2, 1, 1))], true).unwrap();
    assert_eq!(told(&bk)[0], "E1.gj 2 2 1 | bk 2 1 1, gj 2 2 1");
    let synthesis = bk.synthesis(Depth::Facts).unwrap();
    let first = &synthesis.appraised()[0];
    assert_eq!((first.differ(), first.is_open()), (vec![Criterion::Richness], true));
}

#[test]
fn what_is_settled_counts_and_everybodys_own_stays() {
    let mut desk = desk();
    give(&mut desk.project, &[row("E1.gj", scores(2, 2, 1)), row("E2.gj", scores(1, 1, 1))], false).unwrap();
    let mut bk = desk.as_coder("bk");
    give(&mut bk, &[row("E1.gj", scores(1, 2, 2)), row("E2.gj", scores(1, 1, 1))], true).unwrap();
    let refused = settle(&mut bk, &[ruling("E1.gj", scores(2, 2, 2), None)]).unwrap_err();
    assert_eq!(refused.0.code, "reason-needed");
    let taken = take_agreed(&mut bk).unwrap().answer;
    assert_eq!((taken.agreed, taken.alone), (vec!["E2.gj".to_owned()], Vec::new()));
    settle(&mut bk, &[ruling("E1.gj", scores(2, 2, 2), Some("talked over"))]).unwrap();
    assert_eq!(told(&bk), ["E1.gj 2 2 2 | bk 1 2 2, gj 2 2 1", "E2.gj 1 1 1 | bk 1 1 1, gj 1 1 1"]);
    assert!(bk.synthesis(Depth::Facts).unwrap().appraised().iter().all(|one| !one.is_open()));
    assert!(take_agreed(&mut bk).unwrap().operation.is_none(), "nothing is left");
    // Who says otherwise now says why, and what counts is settled anew.
    let otherwise = Judgement { rigour: Some(1), ..Judgement::default() };
    let mut gj = desk.as_coder("gj");
    assert_eq!(evidence::edit(&mut gj, "E1.gj", &otherwise).unwrap_err().0.code, "reason-needed");
    let why = Judgement { reason: Some("read again".to_owned()), ..otherwise };
    evidence::edit(&mut gj, "E1.gj", &why).unwrap();
    assert_eq!(told(&gj)[0], "E1.gj 2 2 1 | bk 1 2 2, gj 2 2 1");
}

#[test]
fn scores_are_theirs_who_gave_them_whoever_made_the_link() {
    let desk = desk();
    let mut bk = desk.as_coder("bk");
    give(&mut bk, &[row("E1.gj", scores(2, 2, 1))], false).unwrap();
    assert_eq!(told(&bk), ["E1.gj 2 2 1 | bk 2 2 1"]);
    let mut gj = desk.as_coder("gj");
    let why = Judgement { rigour: Some(2), reason: Some("three cases".to_owned()), ..Judgement::default() };
    evidence::edit(&mut gj, "E1.gj", &why).unwrap();
    assert_eq!(told(&gj), ["E1.gj 2 2 2 | bk 2 2 1, gj 2 2 2"], "changed with a reason, and nothing is lost");
    assert!(gj.synthesis(Depth::Facts).unwrap().appraised()[0].link.settled.is_some());
}

#[test]
fn in_an_open_pass_nobody_sees_what_the_other_gives() {
    let mut desk = desk();
    let wish = pass::Wish {
        name: "round".to_owned(),
        coders: vec!["gj".to_owned(), "bk".to_owned()],
        documents: vec!["D1.gj".to_owned()],
        ..pass::Wish::default()
    };
    pass::open(&mut desk.project, &wish).unwrap();
    give(&mut desk.project, &[row("E1.gj", scores(2, 2, 1)), row("E2.gj", scores(1, 1, 1))], false).unwrap();
    let mut bk = desk.as_coder("bk");
    assert_eq!(told(&bk), Vec::<String>::new(), "nothing counts yet, and nothing is seen");
    assert_eq!(waiting(&bk, "bk", false), 2);
    let partly = Judgement { rigour: Some(2), ..Judgement::default() };
    assert_eq!(evidence::edit(&mut bk, "E1.gj", &partly).unwrap_err().0.code, "scores-wanted");
    let whole = Judgement { relevance: Some(1), richness: Some(2), ..partly };
    evidence::edit(&mut bk, "E1.gj", &whole).unwrap();
    assert_eq!(told(&bk), ["E1.gj - | bk 1 2 2"]);
    assert_eq!(settle(&mut bk, &[ruling("E1.gj", scores(1, 2, 2), None)]).unwrap_err().0.code, "pass-open");
    assert_eq!(waiting(&bk, "bk", false), 1);
    let mut gj = desk.as_coder("gj");
    pass::close(&mut gj, "BP1.gj", Some("enough")).unwrap();
    assert_eq!(told(&gj), ["E1.gj - | bk 1 2 2, gj 2 2 1", "E2.gj - | gj 1 1 1"]);
    assert_eq!(take_agreed(&mut gj).unwrap().answer.alone, ["E2.gj"]);
}
