//! Listing identifiers, and what the journal learns of them.

use super::*;
use crate::act::desk::Desk;
use crate::act::identifier::known::known;
use crate::participant::Audience;

fn entry(words: &str) -> Entry {
    Entry { spellings: vec![words.to_owned()], ..Entry::default() }
}

#[test]
fn a_list_is_sealed_and_says_nothing_in_the_journal() {
    let mut desk = Desk::with_interview();
    let town = Entry { kind: Some(Identifies::Place), instead: Some("a town".to_owned()), ..entry("Ormskirk") };
    let done = add(&mut desk.project, &[town.clone(), entry("Mary Ann Kerr")]).unwrap();
    assert_eq!(done.answer[0].id, "I1.gj");
    let journal: String = std::fs::read_dir(desk.project.root().join("journal"))
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    assert!(!journal.contains("Ormskirk") && !journal.contains("Kerr") && !journal.contains("a town"), "{journal}");
    let held = all(&desk.project);
    assert_eq!(held[0].1.instead.as_deref(), Some("[a town]"));
    // The same again changes nothing, in whatever dress.
    let again = add(&mut desk.project, &[entry("ORMSKIRK")]).unwrap();
    assert!(again.answer[0].was_there);
    let once_more = add(&mut desk.project, &[town]).unwrap();
    assert_eq!(once_more.operation, None);
    assert_eq!(all(&desk.project).len(), 2);
    remove(&mut desk.project, &["Mary-Ann Kerr".to_owned()]).unwrap();
    assert_eq!(all(&desk.project).len(), 1);
}

#[test]
fn what_is_no_identifier_is_refused() {
    let mut desk = Desk::with_interview();
    assert_eq!(add(&mut desk.project, &[entry("-a-")]).unwrap_err().0.code, "too-short");
    let own = Entry { instead: Some("near Leeds".to_owned()), ..entry("Leeds") };
    assert_eq!(add(&mut desk.project, &[own]).unwrap_err().0.code, "own-stand-in");
    assert_eq!(set(&mut desk.project, "I9", &Entry::default()).unwrap_err().0.code, "unknown-id");
}

#[test]
fn names_of_speakers_are_kept_from_others_and_labels_are_no_names() {
    let desk = Desk::with_interview();
    let names = |audience| known(&desk.project, audience).unwrap().into_iter().map(|one| one.name).collect::<Vec<_>>();
    assert_eq!(names(Audience::Meeting), ["Ana"]);
    assert_eq!(names(Audience::Team), Vec::<String>::new());
    for label in ["P1", "Participant 3", "Nurse 2", "Service user 4", "Interviewer", "Will", "FG1"] {
        assert_eq!(known::name_words(label), Vec::<String>::new(), "{label}");
    }
    assert_eq!(known::name_words("Dr Okafor"), ["Okafor"]);
}
