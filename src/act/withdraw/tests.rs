//! What is sealed about somebody's words goes with them.

use super::withdraw;
use crate::act::anchor::{Spot, anchor};
use crate::act::code;
use crate::act::desk::Desk;
use crate::act::update;
use crate::id::{Id, Kind};
use crate::memo::Memo;
use crate::participant::Scope;
use crate::project::{Batch, Project};
use crate::strand::SourceKind;
use serde_json::{Value, json};

const TALK: &str = "Moderator: What helped?\n\nAna: The walks by the canal.\n\nBen: The tea, every single time.\n";

/// A memo on the words of a turn, or about a thing.
fn memo(project: &mut Project, turn: Option<&str>, about: Option<Id>, words: &str) -> Id {
    let done = project.write("memo add", true, |batch| {
        let spot = turn.map(|turn| Spot::parse("D1.gj", Some(turn), None)).transpose()?;
        let lookup = batch.project().lookup();
        let at = spot.map(|spot| anchor(batch.project(), &lookup, &spot)).transpose()?.map(|one| one.anchor);
        let text = batch.seal(&Value::from(words))?;
        let fields = Batch::fields(json!({ "anchor": at, "about": about, "text": text, "author": "gj" }));
        Ok(batch.create(Kind::Memo, &fields).0)
    });
    done.unwrap().answer
}

#[test]
fn memos_on_the_words_and_on_what_stood_on_them_go_too() {
    let mut desk = Desk::new();
    desk.import("talk.txt", TALK, SourceKind::FocusGroup);
    let entry = crate::act::codebook::Entry { name: Some("Place".to_owned()), ..Default::default() };
    crate::act::codebook::add(&mut desk.project, &entry).unwrap();
    let spot = Spot::parse("D1.gj", Some("t2"), None).unwrap();
    code::add(&mut desk.project, &[code::Wish { codes: vec!["Place".to_owned()], spot, memo: None }]).unwrap();
    let coding = desk.project.state().labelled(&"CD1.gj".parse().unwrap());
    let project = &mut desk.project;
    let all = [
        memo(project, Some("t2"), None, "she spoke of the canal"),
        memo(project, None, coding, "this coding was about the canal"),
        memo(project, Some("t3"), None, "he spoke of tea"),
    ];
    let plan = withdraw(project, "D1.gj:Ana", Scope::Turns, None).unwrap().answer;
    assert_eq!(plan.memos, ["A1.gj", "A2.gj"]);
    let told = |project: &Project| all.map(|id| project.unseal_text(&project.state().get::<Memo>(id).unwrap().text));
    assert_eq!(told(project), [None, None, Some("he spoke of tea".to_owned())]);
    let synthesis = project.synthesis(crate::project::Depth::Quotations).unwrap();
    let kept = synthesis.memos[&all[2]].anchor.clone().unwrap();
    let shard = project.shard_of(&synthesis.documents[&kept.document], &kept).unwrap().unwrap();
    assert_eq!(shard.words_at(&kept).unwrap()[0].1, "The tea, every single time.");
    let found = crate::check::run(project, true).unwrap().into_iter().flat_map(|rule| rule.diagnostics);
    assert_eq!(found.map(|one| one.to_string()).collect::<Vec<_>>(), Vec::<String>::new());
}

/// The talk with a word of Ben's corrected.
fn correct(desk: &mut Desk) {
    let file = desk.file("corrected.txt", TALK.replace("single time", "single day"));
    let import = crate::act::import::Wanted::of(vec![file], SourceKind::FocusGroup);
    let wanted = update::Wanted { import, document: Some("D1.gj".to_owned()) };
    let done = update::update(&mut desk.project, &wanted, &|_, _| {}).unwrap().answer;
    assert_eq!(done.updated.len(), 1, "{done:?}");
}

#[test]
fn memos_that_a_correction_carried_stay_where_their_words_do() {
    let mut desk = Desk::new();
    desk.import("talk.txt", TALK, SourceKind::FocusGroup);
    let all = [("t1", "a good question"), ("t2", "she spoke of the canal")]
        .map(|(turn, words)| memo(&mut desk.project, Some(turn), None, words));
    correct(&mut desk);
    withdraw(&mut desk.project, "D1.gj:Ana", Scope::Turns, None).unwrap();
    desk.reopen(|_| ());
    let told = all.map(|id| desk.project.unseal_text(&desk.project.state().get::<Memo>(id).unwrap().text));
    assert_eq!(told, [Some("a good question".to_owned()), None]);
}

#[test]
fn a_correction_cannot_be_undone_once_the_text_before_it_is_destroyed() {
    let mut desk = Desk::new();
    desk.import("talk.txt", TALK, SourceKind::FocusGroup);
    correct(&mut desk);
    let notes = desk.project.state().notes();
    let update = notes.iter().find(|note| &*note.act == "import --update").unwrap().short();
    withdraw(&mut desk.project, "D1.gj:Ana", Scope::Turns, None).unwrap();
    let fault = crate::act::undo::undo(&mut desk.project, Some(&update), false).unwrap_err();
    assert_eq!(fault.0.code, "text-destroyed");
}

#[test]
fn sheets_of_the_document_go_and_those_of_others_stay() {
    let mut desk = Desk::new();
    desk.import("talk.txt", TALK, SourceKind::FocusGroup);
    let outputs = desk.project.root().join("outputs");
    for name in ["D1.gj-turns.docx", "D2.gj-turns.docx"] {
        crate::disk::replace(&outputs.join(name), b"words").unwrap();
    }
    let plan = withdraw(&mut desk.project, "D1.gj:Ana", Scope::Turns, None).unwrap().answer;
    assert_eq!((plan.papers, plan.beside), (vec!["D1.gj-turns.docx".to_owned()], vec!["D2.gj-turns.docx".to_owned()]));
    desk.reopen(|_| ());
    assert_eq!(desk.project.files_beside_papers(), ["D2.gj-turns.docx"]);
}
