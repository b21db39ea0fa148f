//! Each check fails on a crafted pathway and passes on a good one; reach is what a plain search finds.

use super::sample::{bare, good, model, moved, step, unstepped};
use super::{Pathway, RULES, Verdict, check, reach};
use crate::pathway::{Intensity, Step, id_of};
use crate::synthesis::Synthesis;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// What one check says: its verdict, what it looked at, and each failure.
fn of(all: &Synthesis, key: &str) -> (Verdict, String, Vec<String>) {
    let pathway = Pathway::of(all, model()).unwrap();
    let found = check(&pathway).into_iter().find(|one| one.rule.key == key).unwrap();
    (found.verdict, found.looked_at, found.failures.iter().map(|one| one.said.clone()).collect())
}

/// The good pathway with one step otherwise: only this check may fail, and says this.
fn fails_alone(key: &str, n: usize, otherwise: impl FnOnce(&mut Step), said: &str) {
    let mut all = good();
    otherwise(all.steps.get_mut(&step(n)).unwrap());
    for rule in RULES {
        let (verdict, _, failures) = of(&all, rule.key);
        let expected = if rule.key == key { Verdict::Failed } else { Verdict::Passed };
        assert_eq!(verdict, expected, "{} of {key}: {failures:?}", rule.key);
    }
    let failures = of(&all, key).2;
    assert!(failures.iter().any(|one| one.contains(said)), "{failures:?}");
}

#[test]
fn a_good_pathway_passes_each_and_is_told_what_was_looked_at() {
    let all = good();
    for rule in RULES {
        let (verdict, looked_at, failures) = of(&all, rule.key);
        assert_eq!((verdict, failures), (Verdict::Passed, Vec::new()), "{}", rule.key);
        assert!(looked_at.contains("4 steps"), "{looked_at}");
    }
    assert_eq!(of(&all, "S1").1, "4 steps; step 1: low, step 2: low, step 3: moderate, step 4: high");
    assert_eq!(of(&all, "S4").1, "4 steps, 2 of them in primary care");
}

#[test]
fn a_pathway_without_steps_has_passed_nothing() {
    let mut all = unstepped();
    assert!(RULES.iter().all(|rule| of(&all, rule.key).0 == Verdict::NothingToLookAt));
    bare(&mut all, 0, 1);
    all.steps.get_mut(&step(0)).unwrap().retired = true;
    assert!(RULES.iter().all(|rule| of(&all, rule.key).0 == Verdict::NothingToLookAt), "retired steps are none");
}

#[test]
fn s1_intensity_that_falls_or_is_not_said() {
    let falls = "Z4.gj (Specialist care) is of low intensity, and Z3.gj (Shared care), below it, of moderate";
    fails_alone("S1", 3, |one| one.intensity = Some(Intensity::Low), falls);
    fails_alone("S1", 0, |one| one.intensity = None, "Z1.gj (Self-care and courses) has no intensity");
}

#[test]
fn s1_steps_of_one_rank_may_differ() {
    let mut all = good();
    let one = all.steps.get_mut(&step(3)).unwrap();
    (one.rank, one.intensity) = (3, Some(Intensity::Low));
    assert_eq!(of(&all, "S1").0, Verdict::Passed);
}

#[test]
fn s2_no_choice_or_the_same_choice() {
    fails_alone(
        "S2",
        1,
        |one| one.interventions = vec!["talking".to_owned(), " Talking".to_owned()],
        "one intervention",
    );
    fails_alone("S2", 1, |one| one.interventions.clear(), "offers no intervention");
    let spelt = ["guided self-help", "guided self-help.", "Guided self help"].map(str::to_owned).to_vec();
    fails_alone("S2", 1, |one| one.interventions = spelt, "one intervention alone");
    let same = vec!["Reading".to_owned(), "COURSE".to_owned()];
    fails_alone("S2", 3, |one| one.interventions = same, "Z4.gj (Specialist care) offers the very same as Z1.gj");
}

#[test]
fn s3_no_recovery() {
    fails_alone("S3", 2, |one| one.recovery_element = None, "Z3.gj (Shared care) has no recovery element");
    for nothing in [" ", "-", "None", "n/a"] {
        let said = "Z3.gj (Shared care) has no recovery";
        fails_alone("S3", 2, |one| one.recovery_element = Some(nothing.to_owned()), said);
    }
}

#[test]
fn s4_no_way_back() {
    fails_alone("S4", 3, |one| one.out.clear(), "Z4.gj (Specialist care) is not in primary care");
    fails_alone("S4", 1, |one| one.down.clear(), "Z2.gj (Talking therapies) leads to no lower step");
    // Two moves away is too far for primary care, and near enough for a lower step.
    let elsewhere = |one: &mut Step| one.setting = Some("outside primary care".to_owned());
    fails_alone("S4", 1, elsewhere, "Z3.gj (Shared care) is not in primary care, and no single move");
}

#[test]
fn s4_only_a_place_that_is_primary_care_counts_or_a_mark_that_says_so() {
    for place in [
        "Primary care",
        "general practice",
        "the GP practice",
        "GP surgery",
        "home; primary care",
        "back to primary care",
    ] {
        assert!(reach::is_primary_care(place), "{place}");
    }
    for place in [
        "hospital, on referral from primary care",
        "never primary care",
        "anywhere but primary care",
        "home; primary care not told",
        "outside primary care",
        "secondary care",
        "",
    ] {
        assert!(!reach::is_primary_care(place), "{place}");
    }
    let mut all = good();
    let last = all.steps.get_mut(&step(3)).unwrap();
    last.out.values_mut().for_each(|exit| exit.place = "the practice round the corner".to_owned());
    assert_eq!(of(&all, "S4").0, Verdict::Failed);
    all.steps.get_mut(&step(3)).unwrap().out.values_mut().for_each(|exit| exit.in_primary_care = Some(true));
    assert_eq!(of(&all, "S4").0, Verdict::Passed);
    // What somebody said outweighs the words.
    all.steps.get_mut(&step(1)).unwrap().in_primary_care = Some(false);
    assert_eq!(of(&all, "S4").1, "4 steps, 1 of them in primary care");
}

#[test]
fn s4_a_step_that_is_not_in_use_leads_nowhere() {
    let mut all = good();
    all.steps.get_mut(&step(1)).unwrap().retired = true;
    let said = of(&all, "S4").2;
    assert!(said.iter().any(|one| one.starts_with("Z3.gj (Shared care) leads to no lower step")), "{said:?}");
}

#[test]
fn s5_no_review_or_no_way_up() {
    fails_alone("S5", 3, |one| one.review_interval = None, "Z4.gj (Specialist care) has no review");
    fails_alone("S5", 0, |one| one.up.clear(), "Z1.gj (Self-care and courses) has no move up");
    let astray = |one: &mut Step| one.up = [(step(1), moved("no better"))].into();
    fails_alone("S5", 2, astray, "moves up to Z2.gj (Talking therapies), which is not above it");
}

#[test]
fn s6_a_step_one_must_leave_is_asked_of_models_whose_steps_do_not_exclude_each_other() {
    let leaves = |one: &mut Step| one.leaving = BTreeSet::from([step(0)]);
    fails_alone("S6", 1, leaves, "Z2.gj (Talking therapies) asks one to leave Z1.gj (Self-care and courses) first");
    let mut all = good();
    leaves(all.steps.get_mut(&step(1)).unwrap());
    all.models.models.get_mut(&model()).unwrap().exclusive = true;
    assert_eq!(of(&all, "S6").0, Verdict::NothingToLookAt);
}

#[test]
fn s6_an_entry_rule_that_may_need_leaving_is_to_be_looked_at() {
    let mut all = good();
    for entry in ["must leave Talking therapies first", "Once shared care is completed", "after discharge from it"] {
        all.steps.get_mut(&step(2)).unwrap().entry = Some(entry.to_owned());
        let (verdict, _, said) = of(&all, "S6");
        assert_eq!(verdict, Verdict::ToLookAt, "{entry}");
        assert!(said[0].starts_with("Z3.gj (Shared care) has an entry rule that may need leaving"), "{said:?}");
    }
    all.steps.get_mut(&step(2)).unwrap().leaves_none = true;
    assert_eq!(of(&all, "S6").0, Verdict::Passed);
    all.steps.get_mut(&step(2)).unwrap().leaving = BTreeSet::from([step(1)]);
    assert_eq!(of(&all, "S6").0, Verdict::Failed);
}

#[test]
fn s7_nobody_trained() {
    fails_alone("S7", 1, |one| one.providers.clear(), "Z2.gj (Talking therapies) has no provider");
    fails_alone(
        "S7",
        1,
        |one| one.providers = vec!["Volunteer".to_owned()],
        "given by Volunteer, and no training case",
    );
    let mut all = good();
    all.trainings.values_mut().for_each(|one| one.retired = true);
    let (_, looked_at, failures) = of(&all, "S7");
    assert_eq!((looked_at.as_str(), failures.len()), ("4 steps, 0 training cases", 4));
}

#[test]
fn every_failure_says_what_would_mend_it() {
    let mut all = unstepped();
    (0..3).for_each(|n| bare(&mut all, n, u32::try_from(n).unwrap() + 1));
    let pathway = Pathway::of(&all, model()).unwrap();
    let failed = check(&pathway);
    assert_eq!(failed.iter().filter(|one| one.verdict == Verdict::Failed).count(), 6, "all but S6");
    for one in failed.iter().flat_map(|one| &one.failures) {
        let label = all.label(one.step.id);
        assert!(one.said.contains(&label) && one.command.contains(&label) && !one.mend.is_empty(), "{}", one.said);
    }
}

#[test]
fn a_place_is_one_however_it_is_spelt() {
    assert_eq!(id_of("Primary care"), id_of("  primary\nCARE "));
    assert_ne!(id_of("Primary care"), id_of("Home"));
}

/// Steps with moves between any two, some not in use.
fn any_pathway() -> impl Strategy<Value = Synthesis> {
    let moves = proptest::collection::vec((0_usize..6, 0_usize..6, any::<bool>()), 0..14);
    let said = proptest::collection::vec((1_u32..5, proptest::option::of(0_usize..3), any::<bool>()), 6);
    (moves, said).prop_map(|(moves, said)| {
        let mut all = unstepped();
        for (n, (rank, intensity, retired)) in said.into_iter().enumerate() {
            bare(&mut all, n, rank);
            let one = all.steps.get_mut(&step(n)).unwrap();
            one.intensity = intensity.map(|at| Intensity::ALL[at]);
            one.retired = retired && n > 3;
        }
        for (from, to, is_up) in moves {
            let one = all.steps.get_mut(&step(from)).unwrap();
            let into = if is_up { &mut one.up } else { &mut one.down };
            into.insert(step(to), moved("so"));
        }
        all
    })
}

proptest! {
    #[test]
    fn what_is_reached_is_what_closing_over_all_pairs_finds(all in any_pathway()) {
        let pathway = Pathway::of(&all, model()).unwrap();
        let place = |one: &Step| pathway.steps.iter().position(|other| other.id == one.id).unwrap();
        let number = pathway.steps.len();
        let mut reached = vec![vec![false; number]; number];
        for from in &pathway.steps {
            for to in &pathway.steps {
                let moves = from.up.keys().chain(from.down.keys());
                reached[place(from)][place(to)] = moves.into_iter().any(|id| *id == to.id);
            }
        }
        for over in 0..number {
            for from in 0..number {
                for to in 0..number {
                    reached[from][to] |= reached[from][over] && reached[over][to];
                }
            }
        }
        for (at, one) in pathway.steps.iter().enumerate() {
            let found = reach::from(&pathway, one);
            let expected = (0..number).filter(|to| reached[at][*to]).map(|to| pathway.steps[to].id);
            prop_assert_eq!(found, expected.collect::<BTreeSet<_>>());
            let lower = (0..number).any(|to| reached[at][to] && pathway.steps[to].rank < one.rank);
            prop_assert_eq!(reach::leads_down(&pathway, one), lower);
        }
    }

    #[test]
    fn intensity_is_judged_as_by_every_pair_of_steps(all in any_pathway()) {
        let pathway = Pathway::of(&all, model()).unwrap();
        let failed: BTreeSet<_> = check(&pathway)[0].failures.iter().map(|one| one.step.id).collect();
        let expected = pathway.steps.iter().filter(|one| {
            let falls = |lower: &&Step| lower.rank < one.rank && lower.intensity > one.intensity;
            one.intensity.is_none() || pathway.steps.iter().copied().any(|lower| falls(&lower))
        });
        prop_assert_eq!(failed, expected.map(|one| one.id).collect::<BTreeSet<_>>());
    }
}
