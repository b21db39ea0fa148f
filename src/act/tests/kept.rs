//! What queries are asked of is the same, read from what is kept in the cache or from journal and texts, whatever was
//! done since it was kept, and whatever became of it.

mod reading;

use super::{Sites, code};
use crate::act::anchor::{Spot, Words};
use crate::act::code::{self as coding, Wish};
use crate::act::{codebook, document, import, purge, search, undo, update, withdraw};
use crate::document::{Document, Role};
use crate::import::Mapping;
use crate::participant::Scope;
use crate::strand::SourceKind;
use proptest::prelude::*;
use reading::{plainly, told};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

const TALK: &str = "Interviewer: How did it begin?\n\nAna: She came every single week, until I trusted her word.\n\n\
    Interviewer: And then?\n\nAna: Then I went on my own. Nobody asked me to, and I was glad of it.\n\n\
    Ben: For me it was the room: quiet, and nobody stared.\n\nInterviewer: Who told you of it?\n\n\
    Ben: A neighbour. She had been there herself; it took me a year to go.\n\nAna: A year!\n";
const TABLE: &str = "text,study\n\"Trust grew slowly, over months.\",Adams 2014\n\"Cost was a barrier.\",Brown 2015\n\
    \"Nothing changed for them at all.\",Adams 2014\n";
const CODES: [&str; 3] = ["Trust", "Access", "Waiting"];

/// A talk and a table, coded so often that the journal is worth a snapshot; and a second copy.
fn sites() -> Sites {
    let sites = Sites::new();
    take_in(&sites, 0, "talk.txt", TALK, SourceKind::Interview, None).unwrap();
    take_in(&sites, 0, "extracts.csv", TABLE, SourceKind::SystematicReview, None).unwrap();
    let mut project = sites.open(0, "gj");
    for name in &CODES[1..] {
        codebook::add(&mut project, &code(name)).unwrap();
    }
    let wishes: Vec<Wish> = (0..99).map(|n| wish(n / 3, n)).collect();
    coding::add(&mut project, &wishes).unwrap();
    assert!(sites.open(0, "gj").state().base().is_some(), "there is a snapshot");
    sites.copy(0, 1);
    sites
}

fn take_in(
    sites: &Sites,
    site: usize,
    name: &str,
    text: &str,
    kind: SourceKind,
    instead_of: Option<&str>,
) -> crate::diagnostic::Result<()> {
    let file = sites.0.path().join(name);
    fs::write(&file, text).unwrap();
    let mut import = import::Wanted::of(vec![file], kind);
    if name.ends_with("csv") {
        import.mapping = Some(Mapping::parse(&["text=text".to_owned(), "study=study".to_owned()])?);
    }
    let mut project = sites.open(site, "gj");
    match instead_of {
        None => import::import(&mut project, &import, &|_, _| {}).map(|_| ()),
        Some(label) => {
            let wanted = update::Wanted { import, document: Some(label.to_owned()) };
            update::update(&mut project, &wanted, &|_, _| {}).map(|_| ())
        }
    }
}

/// One of several places, by number, under one of the codes.
fn wish(place: usize, code: usize) -> Wish {
    let spot = match place % 11 {
        at @ 0..8 => {
            Spot { document: "D1.gj".to_owned(), words: Words::Units(at + 1, (at + 1 + place / 11 % 3).min(8)) }
        }
        at => Spot { document: "D2.gj".to_owned(), words: Words::Units(at - 7, at - 7) },
    };
    Wish { codes: vec![CODES[code % CODES.len()].to_owned()], spot, memo: None }
}

#[derive(Debug, Clone)]
enum Step {
    Code(usize, usize, usize),
    Remove(usize),
    Undo,
    Redo,
    Merge,
    Correct(usize),
    Role,
    Withdraw,
    Purge(usize),
    Retire(usize),
    Lose,
}

fn step() -> impl Strategy<Value = (usize, Step)> {
    let done = prop_oneof![
        4 => (0usize..40, 0usize..3, 1usize..70).prop_map(|(place, code, times)| Step::Code(place, code, times)),
        2 => (1usize..60).prop_map(Step::Remove),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
        2 => Just(Step::Merge),
        2 => (0usize..3).prop_map(Step::Correct),
        1 => Just(Step::Role),
        1 => Just(Step::Withdraw),
        1 => (1usize..3).prop_map(Step::Purge),
        1 => (0usize..3).prop_map(Step::Retire),
        1 => Just(Step::Lose),
    ];
    (0usize..2, done)
}

/// Does it; as things stand it may be refused.
fn take(sites: &Sites, site: usize, step: &Step) -> crate::diagnostic::Result<()> {
    let mut project = sites.open(site, ["mb", "nk"][site]);
    match step {
        Step::Code(place, code, times) => {
            let wishes: Vec<Wish> = (0..*times).map(|n| wish(place + 3 * n, code + n)).collect();
            coding::add(&mut project, &wishes).map(|_| ())
        }
        Step::Remove(number) => {
            coding::remove(&mut sites.open(site, "gj"), &[format!("CD{number}.gj")], None).map(|_| ())
        }
        Step::Undo => undo::undo(&mut project, None, true).map(|_| ()),
        Step::Redo => undo::redo(&mut project).map(|_| ()),
        Step::Merge => {
            sites.merge(site, 1 - site);
            Ok(())
        }
        Step::Correct(which) => {
            let corrected = match which {
                0 => TALK.replace("every single week", "each and every week"),
                1 => TALK.replace("the room: quiet", "a quiet room"),
                _ => format!("Interviewer: Shall we?\n\n{TALK}"),
            };
            take_in(sites, site, "talk.txt", &corrected, SourceKind::Interview, Some("D1.gj"))
        }
        Step::Role => {
            let roles = vec![("Ben".to_owned(), Role::Observer)];
            document::set(&mut project, "D1.gj", &document::Changes { roles, ..Default::default() }).map(|_| ())
        }
        Step::Withdraw => withdraw::withdraw(&mut project, "D1.gj:Ana", Scope::Turns, None).map(|_| ()),
        Step::Purge(number) => purge::purge(&mut project, &format!("D{number}.gj"), "asked").map(|_| ()),
        Step::Retire(code) => codebook::place::retire(&mut project, &[CODES[*code].to_owned()]).map(|_| ()),
        Step::Lose => {
            let texts = sites.root(site).join("corpus").join("text");
            let first = fs::read_dir(texts).unwrap().next().map(|entry| entry.unwrap().path());
            first.map_or(Ok(()), |path| crate::disk::remove(&path))
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_kept_never_changes_what_is_read(steps in prop::collection::vec(step(), 1..7)) {
        let sites = sites();
        let index = search::index(&sites.open(0, "gj"), &|_, _| {}).unwrap();
        for site in 0..2 {
            told(&sites.open(site, "gj"), &index);
        }
        for (site, step) in &steps {
            let _ = take(&sites, *site, step);
            let project = sites.open(*site, "gj");
            prop_assert_eq!(told(&project, &index), plainly(&project), "{:?}", step);
        }
    }
}

#[test]
fn every_step_can_be_taken() {
    let steps = [
        Step::Code(3, 1, 70),
        Step::Remove(5),
        Step::Undo,
        Step::Redo,
        Step::Correct(0),
        Step::Role,
        Step::Withdraw,
        Step::Retire(1),
        Step::Lose,
        Step::Purge(1),
        Step::Merge,
    ];
    let sites = sites();
    let index = search::index(&sites.open(0, "gj"), &|_, _| {}).unwrap();
    for step in steps {
        let before = told(&sites.open(0, "gj"), &index);
        take(&sites, 0, &step).unwrap_or_else(|fault| panic!("{step:?}: {fault:?}"));
        let project = sites.open(0, "gj");
        let after = told(&project, &index);
        assert_eq!(after, plainly(&project), "{step:?}");
        assert!(after != before || matches!(step, Step::Retire(_) | Step::Role | Step::Merge), "{step:?}");
    }
}

/// The files that are kept.
fn kept(sites: &Sites) -> [PathBuf; 4] {
    let cache = sites.open(0, "gj").cache_folder().to_owned();
    ["fold/codings.shelf", "texts/units.2", "texts/words.2", "fold/state.shelf"].map(|name| cache.join(name))
}

#[test]
fn no_damage_to_what_is_kept_changes_what_is_read() {
    let sites = sites();
    let index = search::index(&sites.open(0, "gj"), &|_, _| {}).unwrap();
    // Some of it is newer than what is kept.
    let first = told(&sites.open(0, "gj"), &index);
    coding::add(&mut sites.open(0, "mb"), &[wish(3, 1), wish(6, 2)]).unwrap();
    let expected = told(&sites.open(0, "gj"), &index);
    assert_ne!(first, expected);
    let mut healed = 0;
    for path in kept(&sites) {
        let whole = fs::read(&path).unwrap_or_else(|_| panic!("{} is kept", path.display()));
        for n in 0..75 {
            let at = n * whole.len() / 75;
            let mut bytes = whole.clone();
            if n % 3 == 0 {
                bytes.truncate(at);
            } else {
                bytes[at] ^= 1 << (n % 8);
            }
            fs::write(&path, &bytes).unwrap();
            assert_eq!(told(&sites.open(0, "gj"), &index), expected, "damage {n} to {} at {at}", path.display());
            healed += usize::from(fs::read(&path).ok().is_none_or(|now| now != bytes));
        }
        fs::write(&path, &whole).unwrap();
    }
    assert!(healed > 200, "{healed} of 300 were seen");
    for path in kept(&sites) {
        fs::remove_file(path).unwrap();
    }
    assert_eq!(told(&sites.open(0, "gj"), &index), expected, "nothing is lost with it");
}

#[test]
fn what_is_kept_stays_until_it_no_longer_fits() {
    let sites = sites();
    let index = search::index(&sites.open(0, "gj"), &|_, _| {}).unwrap();
    told(&sites.open(0, "gj"), &index);
    let stamps = || kept(&sites).map(|path| fs::metadata(path).unwrap().modified().unwrap());
    let before = stamps();
    coding::add(&mut sites.open(0, "mb"), &[wish(3, 1)]).unwrap();
    told(&sites.open(0, "gj"), &index);
    assert_eq!(stamps(), before, "a coding is read from the journal above what is kept");
    take_in(&sites, 0, "more.txt", &TALK.replace("Ana", "Cora"), SourceKind::Interview, None).unwrap();
    told(&sites.open(0, "gj"), &index);
    let after = stamps();
    let changed: Vec<bool> = after.iter().zip(&before).map(|(one, other)| one != other).collect();
    assert_eq!(changed, [false, true, true, false], "a new text is laid out beside the others");
}

#[test]
fn a_purge_destroys_what_was_kept_of_texts() {
    let sites = sites();
    let index = search::index(&sites.open(0, "gj"), &|_, _| {}).unwrap();
    told(&sites.open(0, "gj"), &index);
    purge::purge(&mut sites.open(0, "gj"), "D1.gj", "asked").unwrap();
    let project = sites.open(0, "gj");
    let [_, units, words, _] = kept(&sites);
    assert!(!units.exists() && !words.exists());
    let documents: BTreeSet<_> = project.state().all::<Document>().into_iter().map(|one| one.purged).collect();
    assert_eq!(documents, BTreeSet::from([false, true]));
    assert_eq!(told(&project, &index), plainly(&project));
}
