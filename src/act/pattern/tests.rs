//! Naming and searching on a small project. Compiled for tests only.

use super::*;
use crate::act::anchor::Spot;
use crate::act::desk::Desk;
use crate::act::evidence::{self, Judgement, Wish};
use crate::act::hypothesis::{self as statements, Entry};
use crate::hypothesis::PartKind;
use crate::strand::SourceKind;

/// One configuration, told in two interviews and denied in a third.
fn desk() -> Desk {
    let mut desk = Desk::new();
    for (name, words) in [
        ("a.txt", "Ann: She rang and I stayed.\n\nBob: Yes.\n"),
        ("b.txt", "Cy: They rang, so I stayed.\n\nDi: No.\n"),
        ("c.txt", "Eve: They rang and I left.\n\nFay: Oh.\n"),
    ] {
        desk.import(name, words, SourceKind::Interview);
    }
    let parts = [
        (PartKind::Context, "living alone"),
        (PartKind::Reasoning, "somebody remembers"),
        (PartKind::Outcome, "they stay"),
    ];
    let parts: Vec<(PartKind, String)> = parts.map(|(kind, text)| (kind, text.to_owned())).to_vec();
    statements::add(&mut desk.project, &Entry { parts, ..Entry::default() }).unwrap();
    for (document, stance) in [("D1.gj", Stance::Supports), ("D2.gj", Stance::Supports), ("D3.gj", Stance::Refutes)] {
        let spot = Spot::parse(document, Some("t1"), None).unwrap();
        let judgement = Judgement { stance: Some(stance), ..Judgement::default() };
        evidence::add(&mut desk.project, &[Wish { hypothesis: "H1.gj".to_owned(), spot, judgement }]).unwrap();
    }
    desk
}

fn search(pattern: &str, query: Option<&str>) -> Search {
    Search { pattern: pattern.to_owned(), query: query.map(str::to_owned), found: "one".to_owned(), date: None }
}

#[test]
fn a_pattern_is_a_candidate_until_it_was_searched_and_named_with_a_memo() {
    let mut desk = desk();
    let found = look(&desk.project, AT_LEAST).unwrap().found;
    assert_eq!(found.len(), 1);
    let (pattern, key) = (&found[0].pattern, found[0].pattern.key.clone());
    assert_eq!((pattern.told_by.len(), pattern.denied_by.len(), found[0].regularity.is_none()), (2, 1, true));
    let project = &mut desk.project;
    assert_eq!(name(project, &key, "Remembered", "why").unwrap_err().0.code, "search-first");
    assert_eq!(name(project, &key, "Remembered", " ").unwrap_err().0.code, "memo-needed");
    assert_eq!(sought(project, &search("ffff", None), &|_, _| {}).unwrap_err().0.code, "no-pattern");
    let bad = Search { date: Some("soon".to_owned()), ..search(&key, None) };
    assert_eq!(sought(project, &bad, &|_, _| {}).unwrap_err().0.code, "bad-date");
    let done = sought(project, &search(&key[..4], Some("rang NOT stayed")), &|_, _| {}).unwrap();
    assert_eq!(done.answer, ("SX1.gj".to_owned(), Some(1)));
    assert_eq!(name(project, &key, "Remembered", "it recurs").unwrap().answer, "DR1.gj");
    assert_eq!(name(project, &key, "Again", "it recurs").unwrap_err().0.code, "named-already");
    let found = look(&desk.project, AT_LEAST).unwrap().found;
    assert_eq!(found[0].regularity.as_ref().unwrap().name, "Remembered");
    assert_eq!(found[0].sought[0].passages, Some(1));
    assert!(look(&desk.project, 3).unwrap().lost.is_empty(), "fewer sources than asked for is not lost");
}

#[test]
fn what_was_named_and_is_gone_is_said() {
    let mut desk = desk();
    let key = look(&desk.project, 0).unwrap().found[0].pattern.key.clone();
    sought(&mut desk.project, &search(&key, None), &|_, _| {}).unwrap();
    name(&mut desk.project, &key, "Remembered", "it recurs").unwrap();
    let edit = Entry { drop: vec!["outcome".to_owned()], ..Entry::default() };
    statements::edit(&mut desk.project, "H1.gj", &edit, Some("unclear")).unwrap();
    let lost = look(&desk.project, 0).unwrap().lost;
    assert_eq!(lost.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Remembered"]);
}
