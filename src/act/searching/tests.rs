//! Searches and counts, tried at a desk.

use super::flow::{Entry as Count, Set, origin, remove, set};
use super::*;
use crate::act::desk::Desk;
use crate::act::{hypothesis, undo};
use crate::check;
use crate::project::Depth;
use crate::screening::Screening;
use crate::searching::Stage;
use crate::source::Source;

/// An interview as S1.gj and a statement.
fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    let entry = hypothesis::Entry { statement: Some("Contact lasts".to_owned()), ..Default::default() };
    hypothesis::add(&mut desk.project, &entry).unwrap();
    desk
}

#[allow(clippy::unnecessary_wraps, reason = "as fields are typed")]
fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn psycinfo() -> Entry {
    Entry {
        place: some("PsycINFO"),
        stream: Some("databases".parse().unwrap()),
        date: some("2011-06"),
        records: some("1,204"),
        serves: vec!["H1.gj".to_owned()],
        ..Entry::default()
    }
}

fn held(desk: &Desk) -> Vec<Search> {
    desk.project.state().in_order()
}

fn count(stream: &str, stage: Stage, reason: Option<&str>, n: &str) -> Count {
    Count { stream: stream.parse().unwrap(), stage, reason: reason.map(str::to_owned), n: n.to_owned() }
}

fn counted(desk: &mut Desk, entries: &[Count]) -> Result<Set> {
    let rows: Vec<usize> = (1..=entries.len()).collect();
    set(&mut desk.project, entries, None, &rows).map(|done| done.answer)
}

fn found(desk: &Desk) -> Vec<&'static str> {
    let rules = check::run(&desk.project, false).unwrap().into_iter().filter(|rule| rule.key == "flow");
    rules.flat_map(|rule| rule.diagnostics).map(|one| one.code).collect()
}

#[test]
fn a_search_is_kept_changed_and_told_from_others() {
    let mut desk = desk();
    assert_eq!(add(&mut desk.project, &psycinfo()).unwrap().answer, "SE1.gj");
    assert_eq!((held(&desk)[0].records, held(&desk)[0].serves.len()), (Some(1204), 1));
    assert_eq!(add(&mut desk.project, &psycinfo()).unwrap_err().0.code, "same-search");
    let entry = Entry {
        records: some(""),
        against: vec!["H1.gj".to_owned()],
        without: vec!["H1.gj".to_owned()],
        scoping: Some(true),
        ..Entry::default()
    };
    edit(&mut desk.project, "psycinfo", &entry).unwrap();
    let now = &held(&desk)[0];
    assert_eq!((now.records, now.serves.len(), now.against.len(), now.scoping), (None, 0, 1, true));
    assert!(
        edit(&mut desk.project, "SE1.gj", &Entry { scoping: Some(true), ..Entry::default() })
            .unwrap()
            .operation
            .is_none()
    );
    undo::undo(&mut desk.project, None, false).unwrap();
    assert_eq!(held(&desk)[0].records, Some(1204));
    retire(&mut desk.project, "SE1.gj", true).unwrap();
    assert!(crate::screening::searches(&desk.project.synthesis(Depth::Facts).unwrap()).is_empty());
}

#[test]
fn what_cannot_be_is_refused() {
    let mut desk = desk();
    let code = |desk: &mut Desk, entry: &Entry| add(&mut desk.project, entry).unwrap_err().0.code;
    assert_eq!(code(&mut desk, &Entry { stream: None, ..psycinfo() }), "no-stream");
    assert_eq!(code(&mut desk, &Entry { place: some(" "), ..psycinfo() }), "no-place");
    for date in ["soon", "2099", "2099-01", "2099-01-31"] {
        assert_eq!(code(&mut desk, &Entry { date: some(date), ..psycinfo() }), "bad-date", "{date}");
    }
    assert_eq!(code(&mut desk, &Entry { serves: vec!["S1.gj".to_owned()], ..psycinfo() }), "wrong-kind");
    for number in ["-5", "4.5", "many", "99999999999999999999", "1,2", "０"] {
        assert_eq!(code(&mut desk, &Entry { records: some(number), ..psycinfo() }), "bad-count", "{number}");
    }
    let reason = count("databases", Stage::Included, Some("thin"), "3");
    assert_eq!(counted(&mut desk, &[reason]).unwrap_err().0.code, "not-reasoned");
    let nameless = count("databases", Stage::Excluded, Some(" "), "3");
    assert_eq!(counted(&mut desk, &[nameless]).unwrap_err().0.code, "bad-reason");
    let nothing = count("databases", Stage::Included, None, "-");
    assert_eq!(counted(&mut desk, &[nothing]).unwrap_err().0.code, "not-passed-over");
    let twice = [count("grey", Stage::Included, None, "3"), count("grey", Stage::Included, None, "4")];
    let refused = counted(&mut desk, &twice).unwrap_err();
    assert_eq!((refused.0.code, refused.0.message.starts_with("row 2: ")), ("said-twice", true));
    assert_eq!(origin(&mut desk.project, None, &["S1.gj".to_owned()], None).unwrap_err().0.code, "own-data");
    assert_eq!(origin(&mut desk.project, None, &[], None).unwrap_err().0.code, "no-sources");
    assert_eq!(remove(&mut desk.project, "grey".parse().unwrap(), "twice").unwrap_err().0.code, "no-counts");
    assert!(held(&desk).is_empty() && desk.project.state().all::<Flow>().is_empty());
}

#[test]
fn a_table_of_searches_taken_in_twice_changes_nothing() {
    let mut desk = desk();
    let other = Entry { place: some("CINAHL"), ..psycinfo() };
    let table = [psycinfo(), other.clone()];
    let taken = take_in(&mut desk.project, &table, &[1, 2]).unwrap().answer;
    assert_eq!(taken.added, ["SE1.gj", "SE2.gj"]);
    let again = take_in(&mut desk.project, &table, &[1, 2]).unwrap();
    assert_eq!((again.answer.unchanged, again.operation), (2, None));
    let more = Entry { records: some("1 300"), strategy: some("care plan*"), ..other };
    let changed = take_in(&mut desk.project, &[psycinfo(), more], &[1, 2]).unwrap().answer;
    assert_eq!((changed.changed, changed.unchanged), (vec!["SE2.gj".to_owned()], 1));
    assert_eq!(held(&desk)[1].records, Some(1300));
    let refused = take_in(&mut desk.project, &[psycinfo(), psycinfo()], &[1, 2]).unwrap_err();
    assert_eq!((refused.0.code, refused.0.message.starts_with("row 2: ")), ("same-search", true));
}

#[test]
fn counts_set_twice_change_nothing_and_a_gap_is_said_and_checked() {
    let mut desk = desk();
    let table = [
        count("databases", Stage::Identified, None, "512"),
        count("databases", Stage::Duplicates, None, "100"),
        count("databases", Stage::Screened, None, "412"),
        count("databases", Stage::ScreenedOut, None, "336"),
        count("databases", Stage::FullText, None, "62"),
        count("databases", Stage::Excluded, Some("Thin"), "40"),
        count("databases", Stage::Included, None, "22"),
    ];
    let set = counted(&mut desk, &table).unwrap();
    assert_eq!((set.changed, set.gaps.len()), (7, 1));
    assert!(set.gaps[0].contains("412 screened on title and abstract, 398 accounted for"), "{}", set.gaps[0]);
    assert_eq!(found(&desk), ["does-not-add-up", "counted-otherwise", "counted-otherwise"]);
    let again = super::flow::set(&mut desk.project, &table, None, &[1, 2, 3, 4, 5, 6, 7]).unwrap();
    assert_eq!((again.answer.changed, again.operation), (0, None));
    let mended = counted(&mut desk, &[count("databases", Stage::ScreenedOut, None, "350")]).unwrap();
    assert_eq!((mended.changed, mended.gaps.len()), (1, 0));
    let reworded = counted(&mut desk, &[count("databases", Stage::Excluded, Some(" thin "), "")]).unwrap();
    assert_eq!(reworded.changed, 1, "a reason is known by its folded words");
    undo::undo(&mut desk.project, None, false).unwrap();
    let stream: Stream = "databases".parse().unwrap();
    assert_eq!(remove(&mut desk.project, stream, " ").unwrap_err().0.code, "reason-needed");
    remove(&mut desk.project, stream, "counted anew").unwrap();
    assert!(!Screening::of(&desk.project.synthesis(Depth::Facts).unwrap()).is_counted());
    counted(&mut desk, &[count("databases", Stage::Identified, None, "9")]).unwrap();
    let flow: Flow = desk.project.state().all().remove(0);
    assert_eq!((flow.counts.len(), flow.by_reason(Stage::Excluded)), (1, None), "it begins anew");
}

#[test]
fn a_stream_says_which_stages_it_passes_over() {
    let mut desk = desk();
    let table = [count("experts", Stage::Identified, None, "9"), count("experts", Stage::Screened, None, "-")];
    counted(&mut desk, &table).unwrap();
    let held = |desk: &Desk| desk.project.state().all::<Flow>().remove(0);
    assert!(held(&desk).skips(Stage::Screened) && !held(&desk).skips(Stage::FullText));
    assert_eq!(set(&mut desk.project, &table, None, &[1, 2]).unwrap().operation, None);
    counted(&mut desk, &[count("experts", Stage::Screened, None, "7")]).unwrap();
    assert_eq!((held(&desk).count(Stage::Screened), held(&desk).skips(Stage::Screened)), (Some(7), false));
}

#[test]
fn published_works_say_by_which_stream_they_came() {
    let mut desk = desk();
    let changes = crate::act::source::Changes { kind: Some(crate::strand::SourceKind::Grey), ..Default::default() };
    crate::act::source::set(&mut desk.project, "S1.gj", &changes).unwrap();
    let grey: Stream = "grey".parse().unwrap();
    let done = origin(&mut desk.project, Some(grey), &["D1.gj".to_owned()], None).unwrap();
    assert_eq!(done.answer, ["S1.gj"]);
    assert_eq!(origin(&mut desk.project, Some(grey), &["S1.gj".to_owned()], None).unwrap().operation, None);
    counted(&mut desk, &[count("grey", Stage::Included, None, "3")]).unwrap();
    let synthesis = desk.project.synthesis(Depth::Facts).unwrap();
    let differences = Screening::of(&synthesis).differences();
    assert_eq!(
        differences,
        [
            "Grey literature and policy: 3 included, and 1 in the project came by it",
            "All streams: 3 included, and 1 published work in the project"
        ]
    );
    origin(&mut desk.project, None, &["S1.gj".to_owned()], None).unwrap();
    assert_eq!(desk.project.state().all::<Source>()[0].origin, None);
}
