//! A project large enough to be opened by way of a snapshot says what its journal says, whatever becomes
//! of the snapshot or of the journal.

use super::{Sites, claim, hypothesis, told, undo};
use std::fs;
use std::path::PathBuf;

/// A journal that is worth a snapshot, and what it amounts to.
fn large() -> (Sites, Vec<String>) {
    let sites = Sites::new();
    let claims: Vec<_> = (0..150).map(|n| claim(&format!("If they are met {n} times, then they trust"))).collect();
    hypothesis::add_all(&mut sites.open(0, "gj"), &claims).unwrap();
    hypothesis::edit(&mut sites.open(0, "mb"), "H3.gj", &claim("If met, then they stay"), None).unwrap();
    let told = afresh(&sites);
    (sites, told)
}

/// What is told without a snapshot.
fn afresh(sites: &Sites) -> Vec<String> {
    fs::remove_dir_all(sites.surroundings(0, "gj").cache).unwrap();
    let told = told(&sites.open(0, "gj"));
    assert!(snapshot(sites).is_file(), "a journal of this size gets a snapshot");
    told
}

fn snapshot(sites: &Sites) -> PathBuf {
    sites.open(0, "gj").cache_folder().join("fold").join("state.shelf")
}

fn own_file(sites: &Sites) -> PathBuf {
    let name = sites.open(0, "gj").own_stream("gj").unwrap();
    sites.root(0).join("journal").join(name)
}

#[test]
fn what_is_written_after_the_snapshot_is_there() {
    let (sites, _) = large();
    hypothesis::add(&mut sites.open(0, "gj"), &claim("One more")).unwrap();
    undo::undo(&mut sites.open(0, "mb"), None, false).unwrap();
    let by_snapshot = told(&sites.open(0, "gj"));
    assert!(by_snapshot.iter().any(|one| one.contains("One more")));
    assert_eq!(by_snapshot, afresh(&sites));
}

#[test]
fn no_damage_to_the_snapshot_changes_what_is_told() {
    let (sites, expected) = large();
    let path = snapshot(&sites);
    let whole = fs::read(&path).unwrap();
    let mut healed = 0;
    for n in 0..150 {
        let at = n * whole.len() / 150;
        let mut bytes = whole.clone();
        if n % 3 == 0 {
            bytes.truncate(at);
        } else {
            bytes[at] ^= 1 << (n % 8);
        }
        fs::write(&path, bytes).unwrap();
        assert_eq!(told(&sites.open(0, "gj")), expected, "damage {n} at {at}");
        // What turns out damaged in the middle of a question is thrown away there.
        healed += usize::from(!path.exists());
    }
    assert!((20..130).contains(&healed), "{healed} of 150");
}

#[test]
fn a_journal_that_was_not_only_added_to_is_folded_anew() {
    let (sites, expected) = large();
    let path = own_file(&sites);
    let text = fs::read_to_string(&path).unwrap();
    let told_of = |text: &str| {
        fs::write(&path, text).unwrap();
        told(&sites.open(0, "gj"))
    };
    let shorter = text.trim_end().rsplit_once('\n').unwrap().0.to_owned() + "\n";
    assert_ne!(told_of(&shorter), expected, "an older copy is put back");
    assert_eq!(told_of(&text), expected, "and the newer one again");
    let lines: Vec<&str> = text.lines().collect();
    let other_order = [&lines[..1], &lines[2..], &lines[1..2]].concat().join("\n") + "\n";
    assert_eq!(told_of(&other_order), expected, "the same length, another order");
    fs::remove_file(&path).unwrap();
    assert_ne!(told(&sites.open(0, "gj")), expected);
}
