//! Tests of codes: no act loses a coding, and what is done twice changes nothing.

use super::look::{self, tree};
use super::merge::merge;
use super::split::{Choice, Wish, split};
use super::take_in::{self, Meant, What, take_in};
use super::{Entry, add, edit, place};
use crate::act::anchor::Spot;
use crate::act::desk::Desk;
use crate::act::{code, memo, resolve, undo};
use crate::codebook::{Code, Field, Outline, Outlined, Parent, ready};
use crate::coding::{Coding, Count};
use crate::project::Project;
use crate::query::Query;

fn named(name: &str) -> Entry {
    Entry { name: Some(name.to_owned()), ..Entry::default() }
}

fn coding(place: &str, code: &str, memo: Option<&str>) -> code::Wish {
    let spot = Spot::parse("D1.gj", Some(place), None).unwrap();
    code::Wish { codes: vec![code.to_owned()], spot, memo: memo.map(str::to_owned) }
}

/// An interview with the codes Trust, Faith (one that repeats a coding of Trust) and Faith's child Hope.
fn desk() -> Desk {
    let mut desk = Desk::with_interview();
    for name in ["Trust", "Faith"] {
        add(&mut desk.project, &named(name)).unwrap();
    }
    add(&mut desk.project, &Entry { parent: Some("Faith".to_owned()), ..named("Hope") }).unwrap();
    let wishes = [
        coding("t2", "Trust", Some("one")),
        coding("t2", "Faith", Some("other")),
        coding("t4", "Faith", None),
        coding("t4", "Hope", None),
    ];
    code::add(&mut desk.project, &wishes).unwrap();
    desk
}

/// Name, retired, own codings and those with the codes below, in the order of the tree.
fn shown(project: &Project) -> Vec<(String, bool, usize, usize)> {
    tree(project)
        .into_iter()
        .map(|one| (one.code.name, one.code.retired, one.own.confirmed, one.all.confirmed))
        .collect()
}

fn held(project: &Project, typed: &str) -> Code {
    resolve::read(project, resolve::code_entry(project, typed).unwrap()).unwrap()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_merge_moves_codings_children_and_names_and_can_be_taken_back() {
    let mut desk = desk();
    let before = shown(&desk.project);
    assert_eq!(before[0], ("Faith".to_owned(), false, 2, 3));
    // A colleague's coding on the same passage is another one.
    code::add(&mut desk.as_coder("mb"), &[coding("t2", "Faith", None)]).unwrap();
    let done = merge(&mut desk.project, &names(&["Faith", "Trust"]), "Trust").unwrap().answer;
    assert_eq!((done.moved, done.folded, done.retired.as_slice()), (2, 1, &["C2.gj".to_owned()][..]));
    let after = [("Faith", true, 0, 0), ("Trust", false, 3, 4), ("Hope", false, 1, 1)];
    assert_eq!(shown(&desk.project), after.map(|(name, retired, own, all)| (name.to_owned(), retired, own, all)));
    let trust = held(&desk.project, "Trust");
    assert_eq!(trust.aliases, ["Faith"]);
    assert_eq!(resolve::code(&desk.project, "faith").unwrap(), trust.id);
    assert_eq!(resolve::code(&desk.project, "C2.gj").unwrap(), trust.id);
    // The memos of both are on the one that remains.
    let memos = desk.project.state().all::<Coding>().into_iter().map(|one| memo::on_coding(&desk.project, &one).len());
    assert_eq!(memos.filter(|noted| *noted > 0).collect::<Vec<_>>(), [2]);
    let again = merge(&mut desk.project, &names(&["C2.gj"]), "Trust").unwrap();
    assert!(again.operation.is_none(), "{:?}", again.answer);
    undo::undo(&mut desk.project, None, false).unwrap();
    let undone = shown(&desk.project);
    assert_eq!(undone[0], ("Faith".to_owned(), false, 3, 4));
    assert_eq!(undone[1..], before[1..]);
}

#[test]
fn codings_that_a_colleague_made_meanwhile_are_found_and_follow() {
    let mut desk = desk();
    merge(&mut desk.project, &names(&["Faith"]), "Trust").unwrap();
    let (faith, trust) = (held(&desk.project, "C2.gj").id, held(&desk.project, "Trust").id);
    let mut other = desk.as_coder("mb");
    other
        .write("code add", true, |batch| {
            let like = batch.project().state().all::<Coding>().remove(0);
            let fields = serde_json::json!({ "code": faith, "anchor": like.anchor, "coder": "mb" });
            Ok(batch.create(crate::id::Kind::Coding, &crate::project::Batch::fields(fields)).1)
        })
        .unwrap();
    desk.reopen(|_| {});
    let found = crate::act::search::units(&desk.project, &Query::parse("code:trust").unwrap()).unwrap();
    assert_eq!(found.len(), 2);
    let stray = crate::check::run(&desk.project, false).unwrap();
    let said: Vec<_> = stray.iter().flat_map(|one| &one.diagnostics).map(|one| one.code).collect();
    assert!(said.contains(&"merged-code"), "{said:?}");
    assert_eq!(merge(&mut desk.project, &names(&["C2.gj"]), "Trust").unwrap().answer.moved, 1);
    assert!(desk.project.state().all::<Coding>().iter().all(|one| one.code != faith));
    let held = |confirmed| Count { confirmed, unread: 0 };
    assert_eq!(look::by_coder(&desk.project, trust), [("gj".to_owned(), held(2)), ("mb".to_owned(), held(1))]);
}

#[test]
fn a_parent_merged_into_its_child_leaves_no_circle() {
    let mut desk = desk();
    merge(&mut desk.project, &names(&["Faith"]), "Hope").unwrap();
    assert_eq!(held(&desk.project, "Hope").parent, None);
    assert_eq!(shown(&desk.project).iter().map(|one| one.2).sum::<usize>(), 3);
}

#[test]
fn an_example_follows_the_coding_that_stands_for_it() {
    let mut desk = desk();
    let example = |label: &str| Entry { examples: vec![label.to_owned()], ..Entry::default() };
    edit(&mut desk.project, "Faith", &example("CD2.gj")).unwrap();
    edit(&mut desk.project, "Hope", &example("CD2.gj")).unwrap();
    merge(&mut desk.project, &names(&["Faith"]), "Trust").unwrap();
    for code in ["Trust", "Hope"] {
        let shown = look::examples(&desk.project, &held(&desk.project, code)).unwrap();
        assert_eq!(shown.iter().map(|one| one.label.as_str()).collect::<Vec<_>>(), ["CD1.gj"], "{code}");
        assert!(shown[0].words.contains("kept contact"));
    }
    code::remove(&mut desk.project, &names(&["CD1.gj"]), None).unwrap();
    edit(&mut desk.project, "Trust", &Entry { without: names(&["CD1.gj"]), ..Entry::default() }).unwrap();
    assert_eq!(held(&desk.project, "Trust").examples, []);
}

#[test]
fn a_split_sends_some_codings_and_the_rest_stays() {
    let mut desk = desk();
    let wish = |choice| Wish { code: "Faith".to_owned(), into: names(&["Firm", "Shaken"]), beside: false, choice };
    let rows = vec![("CD2.gj".to_owned(), Some("firm".to_owned())), ("CD3.gj".to_owned(), Some("Shaken".to_owned()))];
    let listed = wish(Choice::Listed(rows));
    let done = split(&mut desk.project, &listed).unwrap().answer;
    assert_eq!(done.into.iter().map(|part| (part.is_new, part.codings)).collect::<Vec<_>>(), [(true, 1), (true, 1)]);
    assert_eq!(done.stayed, 0);
    assert_eq!(shown(&desk.project)[0], ("Faith".to_owned(), false, 0, 3));
    let again = split(&mut desk.project, &listed).unwrap();
    assert!(again.operation.is_none(), "{:?}", again.answer);
    assert_eq!(held(&desk.project, "Faith").split_into.len(), 2);
    undo::undo(&mut desk.project, None, false).unwrap();
    assert_eq!(shown(&desk.project).len(), 3);
    let stranger = wish(Choice::Listed(vec![("CD1.gj".to_owned(), Some("Firm".to_owned()))]));
    assert_eq!(split(&mut desk.project, &stranger).unwrap_err().0.code, "other-code");
    let vague = wish(Choice::Found(Box::new(Query::parse("same").unwrap())));
    assert_eq!(split(&mut desk.project, &vague).unwrap_err().0.code, "several-codes");
    let found = Wish { into: names(&["Shaken"]), ..vague };
    let done = split(&mut desk.project, &found).unwrap().answer;
    assert_eq!((done.into[0].codings, done.stayed), (1, 1));
}

#[test]
fn a_renamed_code_is_found_by_both_names_and_no_other_may_take_one() {
    let mut desk = desk();
    place::rename(&mut desk.project, "Trust", "Reliance", false).unwrap();
    assert_eq!(resolve::code(&desk.project, "trust").unwrap(), held(&desk.project, "Reliance").id);
    assert_eq!(add(&mut desk.project, &named("Trust")).unwrap_err().0.code, "name-taken");
    assert_eq!(place::rename(&mut desk.project, "Faith", "reliance", false).unwrap_err().0.code, "name-taken");
    place::rename(&mut desk.project, "Reliance", "Trust", false).unwrap();
    assert_eq!(held(&desk.project, "Trust").aliases, ["Reliance"]);
    place::rename(&mut desk.project, "Faith", "Fate", true).unwrap();
    assert_eq!(held(&desk.project, "Fate").aliases, [""; 0]);
    let told = look::history(&desk.project, held(&desk.project, "Trust").id);
    let acts: Vec<&str> = told.iter().map(|one| one.act.as_str()).collect();
    assert_eq!(acts, ["codebook add", "codebook rename", "codebook rename"]);
    assert_eq!(told[1].set[0], ("name".to_owned(), "Trust".to_owned(), "Reliance".to_owned()));
}

#[test]
fn a_code_cannot_be_moved_below_itself_and_a_path_tells_two_apart() {
    let mut desk = desk();
    assert_eq!(place::move_below(&mut desk.project, "Faith", Some("Hope")).unwrap_err().0.code, "code-circle");
    add(&mut desk.project, &Entry { parent: Some("Trust".to_owned()), ..named("Hope") }).unwrap();
    assert_eq!(resolve::code(&desk.project, "Hope").unwrap_err().0.code, "ambiguous-name");
    let below_faith = resolve::code(&desk.project, "faith > hope").unwrap();
    assert_eq!(place::move_below(&mut desk.project, "Faith > Hope", Some("Trust")).unwrap_err().0.code, "name-taken");
    place::move_below(&mut desk.project, "Faith > Hope", None).unwrap();
    assert_eq!(desk.project.state().get::<Code>(below_faith).unwrap().parent, None);
}

#[test]
fn a_retired_code_comes_back_with_its_own_name() {
    let mut desk = desk();
    merge(&mut desk.project, &names(&["Faith"]), "Trust").unwrap();
    place::revive(&mut desk.project, "Faith").unwrap();
    assert_eq!(held(&desk.project, "Trust").aliases, [""; 0]);
    let faith = held(&desk.project, "Faith");
    assert!(!faith.retired && faith.merged_into.is_none());
    place::retire(&mut desk.project, &names(&["Faith"])).unwrap();
    assert_eq!(resolve::code(&desk.project, "Faith").unwrap_err().0.code, "unknown-id");
    assert_eq!(held(&desk.project, "Faith").id, faith.id);
}

#[test]
fn a_heading_is_not_put_on_passages() {
    let mut desk = desk();
    edit(&mut desk.project, "Faith", &Entry { heading: Some(true), ..Entry::default() }).unwrap();
    let refused = code::add(&mut desk.project, &[coding("t2", "Faith", None)]).unwrap_err();
    assert_eq!(refused.0.code, "heading");
    assert_eq!(refused.0.hints[0], "below it are: Hope");
}

fn entry(name: &str, parent: Option<Parent>, said: &[(Field, &str)]) -> Outlined {
    let mut entry = Outlined { parent, ..Outlined::new(1, name) };
    for (field, text) in said {
        entry.say(*field, &[(*text).to_owned()]).unwrap();
    }
    entry
}

fn took(desk: &mut Desk, outline: &Outline, replace: bool) -> Vec<(What, &'static str)> {
    took_as(desk, outline, Meant::ByName, replace)
}

fn took_as(desk: &mut Desk, outline: &Outline, meant: Meant, replace: bool) -> Vec<(What, &'static str)> {
    let done = take_in(&mut desk.project, &take_in::Wish { outline, meant, replace, act: "codebook import" }).unwrap();
    let news: Vec<(What, &'static str)> = done.answer.iter().map(|one| (one.what, one.field)).collect();
    let writes = news.iter().any(|(what, _)| [What::Added, What::Changed].contains(what));
    assert_eq!(done.operation.is_some(), writes, "{news:?}");
    news
}

#[test]
fn what_is_taken_in_fills_gaps_and_disputes_what_differs() {
    let mut desk = desk();
    edit(&mut desk.project, "Trust", &Entry { definition: Some("Ours".to_owned()), ..Entry::default() }).unwrap();
    let outline = Outline {
        entries: vec![
            entry(
                "trust",
                None,
                &[(Field::Definition, "Theirs"), (Field::Include, "when"), (Field::Aliases, "Belief")],
            ),
            entry("Won", Some(Parent::Entry(0)), &[(Field::Kind, "cmo_part"), (Field::Examples, "CD99.gj")]),
            entry("Hope", Some(Parent::Named("Faith".to_owned())), &[]),
        ],
    };
    let news = took(&mut desk, &outline, false);
    assert!(news.contains(&(What::Conflict, "definition")) && news.contains(&(What::Conflict, "name")), "{news:?}");
    assert!(news.contains(&(What::Changed, "include")) && news.contains(&(What::Changed, "aliases")), "{news:?}");
    assert!(news.contains(&(What::Added, "")) && news.contains(&(What::Unclear, "examples")), "{news:?}");
    let won = held(&desk.project, "Won");
    assert_eq!(won.parent, Some(held(&desk.project, "Trust").id));
    let again = took(&mut desk, &outline, false);
    assert!(again.iter().all(|(what, _)| [What::Conflict, What::Unclear].contains(what)), "{again:?}");
    let replaced = took(&mut desk, &outline, true);
    assert!(replaced.contains(&(What::Changed, "definition")), "{replaced:?}");
    assert_eq!(held(&desk.project, "trust").definition.as_deref(), Some("Theirs"));
    assert_eq!(took(&mut desk, &outline, true), [(What::Unclear, "examples")]);
    edit(&mut desk.project, "Trust", &Entry { definition: Some("Ours anew".to_owned()), ..Entry::default() }).unwrap();
    assert!(took(&mut desk, &outline, false).contains(&(What::Older, "definition")));
}

#[test]
fn a_code_renamed_since_is_known_again_and_undo_takes_all_back() {
    let mut desk = desk();
    let outline = Outline { entries: vec![entry("Won", None, &[]), entry("Lost", Some(Parent::Entry(0)), &[])] };
    took(&mut desk, &outline, false);
    place::rename(&mut desk.project, "Won", "Gained", true).unwrap();
    assert_eq!(took(&mut desk, &outline, false), [(What::Older, "name")]);
    undo::undo(&mut desk.project, None, false).unwrap();
    undo::undo(&mut desk.project, None, false).unwrap();
    assert_eq!(shown(&desk.project).len(), 3);
    assert_eq!(took(&mut desk, &outline, false), [(What::Added, ""); 2]);
}

#[test]
fn a_file_may_not_make_a_circle() {
    let mut desk = desk();
    let outline = Outline { entries: vec![entry("Faith", Some(Parent::Entry(1)), &[]), entry("Hope", None, &[])] };
    let wish = take_in::Wish { outline: &outline, meant: Meant::ByName, replace: false, act: "codebook import" };
    let refused = take_in(&mut desk.project, &wish);
    assert_eq!(refused.unwrap_err().0.code, "code-circle");
}

#[test]
fn a_ready_codebook_has_its_own_file_and_comes_in_once() {
    let mut desk = desk();
    let cmo = ready::named("cmo").unwrap();
    let added = took(&mut desk, &cmo.outline, false).len();
    assert_eq!(added, cmo.outline.entries.len());
    assert_eq!(took(&mut desk, &cmo.outline, false), []);
    let resource = held(&desk.project, "Resource");
    assert_eq!(
        (resource.book.as_str(), Some(resource.id)),
        ("cmo", cmo.outline.entries.iter().find(|one| one.name == "Resource").unwrap().id)
    );
    assert!(desk.project.root().join("codebooks/cmo.toml").is_file());
    desk.reopen(|_| {});
    assert_eq!(desk.project.hand_edits(), []);
    assert_eq!(desk.project.codebook_lags(), []);
}

#[test]
fn ready_taxonomies_stand_side_by_side_and_leave_the_teams_own_codes_alone() {
    let mut desk = desk();
    let own = held(&desk.project, "Trust");
    for key in ["rainbow-taxonomy", "collaborative-care", "integrated-model"] {
        let ready = ready::named(key).unwrap();
        let added = took_as(&mut desk, &ready.outline, Meant::InItsTree, false);
        assert_eq!(added, vec![(What::Added, ""); ready.outline.entries.len()], "{key}");
        assert_eq!(took_as(&mut desk, &ready.outline, Meant::InItsTree, false), [], "{key} again");
    }
    let label = desk.project.label(own.id);
    assert_eq!(held(&desk.project, &label), own);
    let refused = resolve::code(&desk.project, "Trust").unwrap_err().0;
    assert_eq!(refused.code, "ambiguous-name");
    let path = "Taxonomy of integrated primary care > Organisational domain > Trust";
    let places = [format!("{label} is Trust"), path.to_owned()];
    assert!(places.iter().all(|place| refused.hints.iter().any(|hint| hint.contains(place))), "{:?}", refused.hints);
    assert_ne!(resolve::code(&desk.project, path).unwrap(), own.id);
    for taxonomy in ["Taxonomy of integrated primary care > Clinical domain", "Collaborative care"] {
        resolve::code(&desk.project, &format!("{taxonomy} > Case management")).unwrap();
    }
}

#[test]
fn a_code_that_an_older_taking_put_into_a_taxonomy_stays_its_feature() {
    let mut desk = desk();
    let ready = ready::named("rainbow-taxonomy").unwrap();
    took(&mut desk, &ready.outline, false);
    let trust = held(&desk.project, "Taxonomy of integrated primary care > Organisational domain > Trust");
    assert_ne!(Some(trust.id), ready.outline.entries.iter().find(|one| one.name == "Trust").unwrap().id);
    assert_eq!(took_as(&mut desk, &ready.outline, Meant::InItsTree, false), []);
}
