//! Adding up, tried on made-up and on random flows.

use super::*;
use crate::searching::Reason;
use proptest::prelude::*;

pub fn flow(stream: &str, counts: &[(Stage, u64)], reasons: &[(Stage, &str, u64)]) -> Flow {
    let stream: Stream = stream.parse().unwrap();
    let mut flow = Flow {
        id: Flow::id_of(stream),
        stream,
        how: None,
        counts: counts.iter().copied().collect(),
        skipped: BTreeSet::new(),
        reasons: BTreeMap::new(),
        author: None,
    };
    for (stage, reason, n) in reasons {
        let one = Reason { reason: (*reason).to_owned(), n: *n };
        flow.reasons.entry(*stage).or_default().insert(Flow::id_of_reason(reason), one);
    }
    flow
}

const WHOLE: [(Stage, u64); 7] = [
    (Stage::Identified, 512),
    (Stage::Duplicates, 100),
    (Stage::Screened, 412),
    (Stage::ScreenedOut, 350),
    (Stage::FullText, 62),
    (Stage::Excluded, 40),
    (Stage::Included, 22),
];

#[test]
fn a_gap_is_named_with_its_numbers() {
    assert!(gaps(&flow("databases", &WHOLE, &[])).is_empty());
    let mut counts = WHOLE;
    counts[3].1 = 336;
    let found = gaps(&flow("databases", &counts, &[]));
    assert_eq!(
        found.iter().map(Gap::in_words).collect::<Vec<_>>(),
        ["Counts of databases and registers do not add up: 412 screened on title and abstract, 398 accounted for \
          (336 left out on title and abstract, 62 full text assessed)"]
    );
}

#[test]
fn reasons_add_up_to_what_was_left_out() {
    let reasons = [(Stage::Excluded, "thin", 30), (Stage::Excluded, "no causal content", 9)];
    let found = gaps(&flow("databases", &WHOLE, &reasons));
    assert_eq!((found.len(), found[0].at, found[0].went_in, found[0].accounted), (1, Stage::Excluded, 40, 39));
    let without_total: Vec<(Stage, u64)> = WHOLE.into_iter().filter(|(stage, _)| *stage != Stage::Excluded).collect();
    let only_reasons = flow("databases", &without_total, &reasons);
    assert_eq!(only_reasons.count(Stage::Excluded), Some(39));
    assert_eq!(gaps(&only_reasons)[0].at, Stage::FullText);
}

#[test]
fn what_was_not_said_is_not_taken_for_nothing() {
    let some = [(Stage::Identified, 12), (Stage::FullText, 9), (Stage::Included, 4)];
    assert!(gaps(&flow("experts", &some, &[])).is_empty(), "what was left out was not counted");
    let more = [(Stage::Identified, 12), (Stage::Included, 14)];
    let found = gaps(&flow("experts", &more, &[]));
    assert_eq!((found.len(), found[0].went_in, found[0].accounted), (1, 12, 14));
    let out = [(Stage::FullText, 5), (Stage::Excluded, 7)];
    assert_eq!(gaps(&flow("experts", &out, &[])).len(), 1);
}

#[test]
fn a_stage_that_a_stream_passes_over_is_neither_missing_nor_a_gap() {
    let counts = [(Stage::Identified, 9), (Stage::Excluded, 6), (Stage::Included, 3)];
    let mut experts = flow("experts", &counts, &[]);
    experts.skipped = [Stage::Duplicates, Stage::Screened, Stage::ScreenedOut, Stage::FullText].into();
    assert!(gaps(&experts).is_empty());
    let mut all = crate::report::sample::synthesis();
    all.flows.insert(experts.id, experts.clone());
    assert_eq!(Screening::of(&all).total(Stage::Screened), (0, Vec::new()));
    experts.counts.insert(Stage::Excluded, 5);
    assert_eq!(gaps(&experts)[0].at, Stage::Identified, "9 identified, 8 accounted for");
}

#[test]
fn a_stream_that_was_searched_and_never_counted_is_missing_from_no_total() {
    let mut all = crate::report::sample::synthesis();
    let databases = flow("databases", &WHOLE, &[]);
    all.flows.insert(databases.id, databases);
    let came = all.sources.values_mut().find(|one| !one.kind.is_own_data()).unwrap();
    came.origin = Some("grey".parse().unwrap());
    let screening = Screening::of(&all);
    assert_eq!(screening.total(Stage::Identified), (512, vec!["grey".parse().unwrap()]));
    assert_eq!(screening.difference_of_all(), None, "what was not counted cannot differ");
}

fn stream() -> impl Strategy<Value = Flow> {
    let numbers = (0..500_u64, 0..500_u64, 0..200_u64, 0..90_u64, 0..50_u64, 0..50_u64);
    (prop::sample::select(vec!["databases", "citations", "grey", "purposive", "purposive-2"]), numbers).prop_map(
        |(stream, (duplicates, out, thin, other, included, unsaid))| {
            let excluded = thin + other;
            let full_text = excluded + included;
            let counts = [
                (Stage::Identified, full_text + out + duplicates),
                (Stage::Duplicates, duplicates),
                (Stage::Screened, full_text + out),
                (Stage::ScreenedOut, out),
                (Stage::FullText, full_text),
                (Stage::Excluded, excluded),
                (Stage::Included, included),
            ];
            let mut flow = flow(stream, &counts, &[(Stage::Excluded, "thin", thin), (Stage::Excluded, "other", other)]);
            // Some counts may be missing.
            if let Some((stage, _)) = counts.get(usize::try_from(unsaid).unwrap()) {
                flow.counts.remove(stage);
            }
            flow
        },
    )
}

proptest! {
    #[test]
    fn totals_are_plain_sums_and_what_adds_up_is_never_blamed(flows in prop::collection::vec(stream(), 0..6)) {
        let mut all = crate::report::sample::synthesis();
        all.flows = flows.iter().map(|one| (one.id, one.clone())).collect();
        let screening = Screening::of(&all);
        for account in &screening.accounts {
            prop_assert_eq!(account.gaps(), Vec::new());
        }
        for stage in Stage::ALL {
            let naive: u64 = all.flows.values().filter_map(|one| one.count(*stage)).sum();
            let silent = all.flows.values().filter(|one| one.count(*stage).is_none()).count();
            let (total, unsaid) = screening.total(*stage);
            prop_assert_eq!((total, unsaid.len()), (naive, silent));
        }
        let reasons: u64 = screening.reasons(Stage::Excluded).iter().map(|(_, n)| n).sum();
        prop_assert_eq!(reasons, all.flows.values().filter_map(|one| one.by_reason(Stage::Excluded)).sum::<u64>());
        if let Some(without) = screening.without_reason(Stage::Excluded) {
            prop_assert_eq!(reasons + without, screening.total(Stage::Excluded).0);
        }
    }

    #[test]
    fn one_wrong_number_is_always_named(flow in stream(), at in 0..7_usize, by in 1..40_u64) {
        let stage = Stage::ALL[at];
        prop_assume!(flow.counts.len() == 7);
        let mut broken = flow;
        *broken.counts.get_mut(&stage).unwrap() += by;
        prop_assert!(!gaps(&broken).is_empty(), "{:?} is {} too high", stage, by);
    }
}
