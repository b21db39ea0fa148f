//! What a process works on is compared with the journal as it lies on the disk.

use crate::act::desk::Desk;
use crate::check;

#[test]
fn a_state_that_is_not_what_the_journal_says_is_found() {
    let mut desk = Desk::with_interview();
    desk.statement("One.");
    let fold = |desk: &Desk| {
        let found = check::run(&desk.project, true).unwrap();
        let codes = |one: &check::Found| one.diagnostics.iter().map(|one| (one.code, one.message.clone())).collect();
        found.iter().find(|one| one.key == "fold").map_or_else(Vec::new, codes)
    };
    assert_eq!(fold(&desk), []);
    // Somebody else writes; this process goes on with what it read before.
    let mut other = desk.as_coder("bo");
    let entry = crate::act::hypothesis::Entry { statement: Some("Two.".to_owned()), ..Default::default() };
    crate::act::hypothesis::add(&mut other, &entry).unwrap();
    let found = fold(&desk);
    assert_eq!(found.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["not-as-written"; 2], "{found:?}");
    desk.project = other;
    assert_eq!(fold(&desk), []);
}
