//! Memos of people and of documents: made, found, kept from others, destroyed.

use super::list::{Shown, Wanted, list};
use super::*;
use crate::act::desk::Desk;
use crate::act::{code, codebook, import, purge};
use crate::passage::Wholeness;
use crate::strand::SourceKind;

/// Two comments: one on three words, one on none.
const NOTED: &str = "{\\rtf1 Interviewer: So?\\par Ana: She {\\*\\atrfstart 1}kept her word{\\*\\atrfend 1}\
    {\\*\\atnauthor Jo Bloggs}{\\*\\annotation{\\*\\atnref 1}Trust, surely.} always.\\par \
    Interviewer: And?\\par Ana: No.{\\*\\atnauthor Jo Bloggs}{\\*\\annotation Short!}\\par}";

fn noted() -> Desk {
    let mut desk = Desk::new();
    desk.import("noted.rtf", NOTED, SourceKind::Interview);
    desk
}

fn all(project: &Project, coder: &str) -> Vec<Shown> {
    list(project, coder, &Wanted::default()).unwrap()
}

fn entry(about: &str, text: &str) -> Entry {
    Entry { spot: None, about: Some(about.to_owned()), text: text.to_owned(), access: Access::Team }
}

#[test]
fn comments_of_a_document_are_memos_on_their_words() {
    let desk = noted();
    let memos = all(&desk.project, "gj");
    let seen: Vec<_> = memos.iter().map(|one| (one.words.as_str(), one.text.as_str(), one.place.as_deref())).collect();
    assert_eq!(seen[0], ("kept her word", "Trust, surely.", Some("D1.gj/2")));
    assert_eq!((seen[1].1, seen[1].2), ("Short!", Some("D1.gj/4")));
    assert!(memos.iter().all(|one| one.signed.as_deref() == Some("Jo Bloggs") && one.author.is_none()));
}

#[test]
fn two_sites_that_take_in_one_file_hold_the_same_memos() {
    let near = noted();
    let far = tempfile::tempdir().unwrap();
    let root = far.path().join("p");
    let settings = std::fs::read_to_string(near.project.root().join("realist.toml")).unwrap();
    let surroundings = crate::project::Surroundings::within(far.path(), Some("mb"));
    Project::create(&root, "Test", &[], &surroundings).unwrap();
    crate::disk::replace(&root.join("realist.toml"), settings.as_bytes()).unwrap();
    for journal in std::fs::read_dir(root.join("journal")).unwrap() {
        crate::disk::remove(&journal.unwrap().path()).unwrap();
    }
    let mut project = Project::open(&root, surroundings).unwrap();
    let wanted = import::Wanted::of(vec![near.file("other name.rtf", NOTED)], SourceKind::Interview);
    import::import(&mut project, &wanted, &|_, _| {}).unwrap();
    let memos = |project: &Project| project.state().all::<Memo>();
    assert_eq!(memos(&near.project), memos(&project));
    assert_eq!(memos(&project).len(), 2);
}

#[test]
fn what_a_comment_says_and_who_wrote_it_is_in_no_journal() {
    let desk = noted();
    for path in std::fs::read_dir(desk.project.root().join("journal")).unwrap() {
        let text = std::fs::read_to_string(path.unwrap().path()).unwrap();
        assert!(!text.contains("surely") && !text.contains("Bloggs") && !text.contains("kept her"), "{text}");
    }
}

#[test]
fn a_private_memo_is_its_authors_alone() {
    let mut desk = noted();
    add(&mut desk.project, &Entry { access: Access::Private, ..entry("D1.gj", "I doubt him") }).unwrap();
    let mut other = desk.as_coder("mb");
    assert!(all(&other, "mb").iter().all(|one| one.text != "I doubt him"));
    assert_eq!(all(&desk.project, "gj").iter().filter(|one| one.text == "I doubt him").count(), 1);
    assert_eq!(find(&other, "A3.gj", "mb").unwrap_err().0.code, "unknown-id");
    assert_eq!(edit(&mut other, "A3.gj", Some("so do I"), None).unwrap_err().0.code, "unknown-id");
    edit(&mut desk.project, "A3.gj", None, Some(Access::Team)).unwrap();
    let mut other = desk.as_coder("mb");
    assert_eq!(edit(&mut other, "A3.gj", Some("so do I"), None).unwrap_err().0.code, "not-yours");
    assert_eq!(remove(&mut other, &["A3.gj".to_owned()], None).unwrap_err().0.code, "reason-needed");
    remove(&mut other, &["A3.gj".to_owned()], Some("he left the team")).unwrap();
    let hidden = edit(&mut other, "A1.gj", None, Some(Access::Private)).unwrap_err();
    assert_eq!(hidden.0.code, "no-author", "nobody could read it any more");
}

#[test]
fn memos_are_found_by_what_they_are_about_and_by_whom() {
    let mut desk = noted();
    codebook::add(&mut desk.project, &codebook::Entry { name: Some("Trust".to_owned()), ..Default::default() })
        .unwrap();
    let spot = Spot::parse("D1.gj", Some("t2"), None).unwrap();
    let wish = code::Wish { codes: vec!["trust".to_owned()], spot, memo: Some("in vivo".to_owned()) };
    code::add(&mut desk.project, &[wish]).unwrap();
    desk.statement("If welcomed, then they stay");
    add(&mut desk.project, &entry("Trust", "too wide a code")).unwrap();
    add(&mut desk.project, &entry("CD1", "weak")).unwrap();
    add(&mut desk.project, &entry("H1", "whose welcome?")).unwrap();
    let texts = |about: &str, author: Option<&str>| {
        let about = Some(resolve::thing(&desk.project, about).unwrap());
        let found = list(&desk.project, "gj", &Wanted { about, author: author.map(str::to_owned) }).unwrap();
        let mut texts: Vec<String> = found.into_iter().map(|one| one.text).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts("C1.gj", None), ["in vivo", "too wide a code", "weak"]);
    assert_eq!(texts("h1", None), ["whose welcome?"]);
    assert_eq!(texts("D1.gj", Some("jo bloggs")), ["Short!", "Trust, surely."]);
    assert_eq!(texts("D1.gj", Some("gj")), ["in vivo", "weak"]);
    assert_eq!(resolve::thing(&desk.project, "nowhere").unwrap_err().0.code, "unknown-id");
}

#[test]
fn a_memo_on_something_removed_is_named_by_check() {
    let mut desk = Desk::with_interview();
    desk.statement("If welcomed, then they stay");
    add(&mut desk.project, &entry("H1", "whose welcome?")).unwrap();
    let dangling = |project: &Project| {
        let found = crate::check::run(project, false).unwrap();
        found.iter().flat_map(|one| &one.diagnostics).filter(|one| one.code == "dangling-reference").count()
    };
    assert_eq!(dangling(&desk.project), 0);
    crate::act::hypothesis::remove(&mut desk.project, "H1.gj", "twice").unwrap();
    assert_eq!(dangling(&desk.project), 1);
}

#[test]
fn a_purge_takes_what_memos_on_the_document_say_those_removed_too() {
    let mut desk = noted();
    codebook::add(&mut desk.project, &codebook::Entry { name: Some("Trust".to_owned()), ..Default::default() })
        .unwrap();
    let spot = Spot::parse("D1.gj", Some("t2"), None).unwrap();
    code::add(&mut desk.project, &[code::Wish { codes: vec!["trust".to_owned()], spot: spot.clone(), memo: None }])
        .unwrap();
    add(&mut desk.project, &Entry { spot: Some(spot), ..entry("C1", "telltale-one") }).unwrap();
    add(&mut desk.project, &entry("CD1", "telltale-two")).unwrap();
    add(&mut desk.project, &entry("P1", "telltale-three")).unwrap();
    edit(&mut desk.project, "A3.gj", Some("telltale-four"), None).unwrap();
    remove(&mut desk.project, &["A4.gj".to_owned()], None).unwrap();
    add(&mut desk.project, &entry("C1", "stays")).unwrap();
    purge::purge(&mut desk.project, "D1.gj", "consent withdrawn").unwrap();
    let sealed = desk.project.root().join("corpus/sealed");
    let left: Vec<String> =
        std::fs::read_dir(sealed).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
    assert_eq!(left, ["{\"value\":\"stays\"}"]);
    let memos = all(&desk.project, "gj");
    assert_eq!(memos.iter().filter(|one| one.state == Wholeness::Purged).count(), 4);
    assert_eq!(memos.iter().filter(|one| one.text == "stays").count(), 1);
    assert!(crate::check::run(&desk.project, true).unwrap().iter().all(|one| one.diagnostics.is_empty()));
    assert_eq!(add(&mut desk.project, &entry("CD1", "more")).unwrap_err().0.code, "purged");
    assert_eq!(edit(&mut desk.project, "A1.gj", Some("more"), None).unwrap_err().0.code, "purged");
}
