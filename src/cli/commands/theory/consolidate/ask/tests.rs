//! A conversation over proposals. Compiled for tests only.

use super::*;
use crate::act::desk::Desk;
use crate::cli::ui::{Format, Ui};
use crate::grouping::Verdict;

#[test]
fn each_proposal_takes_an_answer_and_each_decision_is_an_operation() {
    let mut desk = Desk::new();
    for sentence in [
        "If a nurse rings within two days, then worries are settled, because questions can be asked",
        "If a nurse rings within two days, then worries are settled early, because questions can be asked",
        "If lifts are given to the clinic, then appointments are kept, because the journey costs nothing",
        "If lifts to the clinic are given, then appointments are kept, because the journey costs no money",
    ] {
        desk.statement(sentence);
    }
    let context = Context {
        ui: Ui::new(Format::Json, clap::ColorChoice::Never, true, None),
        folder: desk.project.root().to_owned(),
        surroundings: desk.project.surroundings().clone(),
    };
    let before = desk.project.state().notes().len();
    // One nobody understands, a merge without a reason, the same with one, then a refusal.
    let mut answers = "what?\nm\nOne wording for both\n\nm\nOne wording for both\nsaid twice\nr\nnot the same\n".as_bytes();
    walk(&context, &mut desk.project, &Wish::default(), &mut answers).unwrap();
    assert_eq!(desk.project.state().notes().len(), before + 2);
    assert_eq!(act::ruled(&desk.project, Verdict::Refused).len(), 1);
    let look = act::look(&desk.project, &Wish::default()).unwrap();
    assert!(look.proposals.is_empty(), "{:?}", look.proposals);
    walk(&context, &mut desk.project, &Wish::default(), &mut "".as_bytes()).unwrap();
}
