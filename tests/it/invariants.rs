//! The seventeen invariants of the method, each with the tests that hold it. A test that is renamed or taken
//! away is missed here, so that no invariant is left without one unnoticed.

use std::path::Path;

/// File and name of each test.
type Held = &'static [(&'static str, &'static str)];

const INVARIANTS: [(&str, Held); 17] = [
    (
        "1: a quotation is its text, byte for byte, or is stale and enters no paper",
        &[
            ("tests/it/corrected.rs", "exact_near_and_orphan_are_told_apart_and_settled"),
            ("tests/it/corrected.rs", "words_to_be_confirmed_stay_out_of_papers_for_others"),
            ("src/render/tests.rs", "withheld_words_leave_a_placeholder_and_are_counted"),
        ],
    ),
    (
        "2: spans are half-open, never empty, and on the borders of characters",
        &[("src/text/span.rs", "a_span_is_never_empty_or_inverted")],
    ),
    (
        "3: what is extracted has a passage; what is abduced or retroduced says how",
        &[
            ("src/act/life/tests.rs", "what_is_inferred_says_how"),
            ("tests/it/life.rs", "the_check_asks_for_a_passage_and_for_a_memo"),
        ],
    ),
    (
        "4: a complete configuration has a context, a mechanism and an outcome, and what its scheme adds",
        &[("src/hypothesis/mod.rs", "a_configuration_is_complete_by_its_scheme")],
    ),
    (
        "5: merging, refining, containing, splitting and duplicating never run in a circle; one parent; merged is \
         never edited; evidence through the parent, each passage once",
        &[
            ("src/link/rules.rs", "one_site_never_breaks_a_rule"),
            ("src/link/rules.rs", "what_two_sites_bring_together_is_named"),
            ("src/act/relate/tests.rs", "no_kind_that_must_not_runs_in_a_circle"),
            ("src/act/life/tests.rs", "a_merged_statement_stands_as_it_was"),
            ("src/act/life/tests.rs", "a_parent_has_a_sentence_of_its_own_and_shows_each_passage_once"),
            ("src/frame/backing.rs", "evidence_is_united_by_passage_and_no_source_counts_twice"),
            ("tests/it/life.rs", "two_sites_that_merge_unaware_of_each_other_are_told"),
        ],
    ),
    (
        "6: a chain starts at an outcome, and feedback is named",
        &[
            ("src/act/relate/tests.rs", "a_chain_starts_at_an_outcome_and_enters_as_what_its_end_is"),
            ("tests/it/life.rs", "feedback_is_named"),
        ],
    ),
    (
        "7: rivalry holds both ways, never with itself, and never between what is merged",
        &[("src/act/relate/tests.rs", "rivals_are_rivals_both_ways_and_never_one")],
    ),
    (
        "8: links, passages, documents and sources are counted apart, each no more than the one before",
        &[
            ("src/frame/backing.rs", "frames_agree_with_the_plain_loop"),
            ("src/frame/backing.rs", "a_table_is_one_document_for_each_study_in_it"),
        ],
    ),
    (
        "9: a theory version never changes, and its hash covers its content",
        &[
            ("tests/it/versions.rs", "what_was_frozen_stays_whatever_is_edited"),
            ("src/programme/tests.rs", "the_hash_does_not_hang_on_the_order_of_keys"),
        ],
    ),
    (
        "10: a theory version lists active statements only",
        &[("src/programme/tests.rs", "a_version_lists_active_statements_and_no_others")],
    ),
    (
        "11: an uncertainty is about something and offers two options or more",
        &[("tests/it/life.rs", "an_uncertainty_without_options_or_theory_is_pointed_out")],
    ),
    (
        "12: the rule of a round is fixed before it opens, and votes come between opening and closing",
        &[
            ("tests/it/rounds.rs", "what_was_fixed_stays_and_strangers_do_not_vote"),
            ("tests/it/rounds.rs", "an_amended_round_is_closed_and_asked_anew"),
        ],
    ),
    (
        "13: a decision keeps what it rested on, and dissent is never lost",
        &[
            ("tests/it/theory.rs", "decisions_say_what_they_override_and_what_they_leave"),
            ("src/render/tests.rs", "dissent_is_read_by_the_team_alone"),
            ("tests/it/rounds.rs", "two_rounds_and_a_decision"),
        ],
    ),
    (
        "14: no quotation leaves without consent, and small groups are pooled",
        &[
            ("tests/it/paper.rs", "words_without_consent_are_in_no_paper_for_others"),
            ("src/render/tests.rs", "words_without_recorded_consent_are_in_no_paper_for_others"),
            ("src/consensus/pool.rs", "no_cell_and_no_remainder_is_below_k"),
            ("src/consensus/tests.rs", "others_see_no_small_group_and_still_that_one_dissents"),
        ],
    ),
    (
        "15: a score of 0 or 3 has a reason; rigour alone leaves nothing out",
        &[
            ("src/act/appraise/mod.rs", "three_keys_and_a_reason_are_read"),
            ("src/act/evidence.rs", "a_reason_for_one_end_is_none_for_the_other"),
            ("src/frame/backing.rs", "irrelevant_is_left_out_and_not_appraised_is_not_irrelevant"),
        ],
    ),
    (
        "16: who wrote a statement may judge its evidence, and that shows",
        &[("tests/it/life.rs", "who_judges_evidence_on_their_own_statement_is_shown")],
    ),
    (
        "17: every number can be worked out again, and the same input gives the same bytes",
        &[
            ("src/render/tests.rs", "the_same_input_gives_the_same_bytes"),
            ("tests/it/paper.rs", "a_copy_of_the_project_prints_the_same_paper"),
            ("tests/it/example/partners.rs", "the_example_and_its_papers_come_out_as_they_lie_here"),
        ],
    ),
];

#[test]
fn every_invariant_has_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (number, (law, held)) in (1..).zip(&INVARIANTS) {
        assert!(law.starts_with(&format!("{number}: ")), "{law}");
        assert!(!held.is_empty(), "{law}");
        for (file, name) in *held {
            let text = std::fs::read_to_string(root.join(file)).unwrap();
            assert!(text.contains(&format!("fn {name}(")), "{law}: {file} has no test {name}");
        }
    }
}
