//! The acts on needs and policy drivers that the disk is made to fail under.

use super::acts::{Act, act, on, project};
use super::scene::Place;
use crate::act::need::tie::{self, Wish};
use crate::act::need::{self, policy};
use crate::need::{Level, Stance};

pub(super) const NEEDS: &[Act] = &[
    act("need add", &[project], |place| on(place, |project| need::add(project, &[long(), far()], &[1, 2]))),
    act("need edit", &[project, needed], |place| {
        let entry = need::Entry { value: Some("12 weeks".to_owned()), ..need::Entry::default() };
        on(place, |project| need::edit(project, "W1.gj", &entry))
    }),
    act("need link", &[project, needed], |place| on(place, |project| tie::meet(project, &[met()], &[1]))),
    act("need unlink", &[project, needed, tied], |place| {
        on(place, |project| tie::unmeet(project, "W1.gj", "Follow-up"))
    }),
    act("need retire", &[project, needed], |place| on(place, |project| need::retire(project, "W1.gj", true))),
    act("policy add", &[project], |place| on(place, |project| policy::add(project, &[strategy()], &[1]))),
    act("policy edit", &[project, driven], |place| {
        let entry = policy::Entry { requirement: Some("Open access".to_owned()), ..policy::Entry::default() };
        on(place, |project| policy::edit(project, "Y1.gj", &entry))
    }),
    act("policy link", &[project, driven], |place| on(place, |project| tie::position(project, &[against()], &[1]))),
    act("policy unlink", &[project, driven, opposed], |place| {
        on(place, |project| tie::leave(project, "Y1.gj", "Follow-up"))
    }),
    act("policy retire", &[project, driven], |place| on(place, |project| policy::retire(project, "Y1.gj", true))),
];

fn long() -> need::Entry {
    need::Entry {
        statement: Some("People wait too long".to_owned()),
        value: Some("18 weeks".to_owned()),
        source: Some("S1.gj".to_owned()),
        date: Some("2011".to_owned()),
        ..need::Entry::default()
    }
}

fn far() -> need::Entry {
    need::Entry { statement: Some("Clinics are far away".to_owned()), ..need::Entry::default() }
}

fn needed(place: &Place) {
    need::add(&mut place.open().unwrap(), &[long()], &[1]).unwrap();
}

fn met() -> Wish {
    Wish {
        of: "W1.gj".to_owned(),
        component: "Follow-up".to_owned(),
        because: vec!["H1.gj".to_owned()],
        how: Some("nobody is lost while waiting".to_owned()),
        ..Wish::default()
    }
}

fn tied(place: &Place) {
    tie::meet(&mut place.open().unwrap(), &[met()], &[1]).unwrap();
}

fn strategy() -> policy::Entry {
    policy::Entry { name: Some("Strategy".to_owned()), level: Some(Level::National), ..policy::Entry::default() }
}

fn driven(place: &Place) {
    policy::add(&mut place.open().unwrap(), &[strategy()], &[1]).unwrap();
}

fn against() -> Wish {
    Wish { of: "Strategy".to_owned(), stance: Some(Stance::ConflictsWith), ..met() }
}

fn opposed(place: &Place) {
    tie::position(&mut place.open().unwrap(), &[against()], &[1]).unwrap();
}
