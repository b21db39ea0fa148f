//! The acts on searches and counts of records that the disk is made to fail under.

use super::acts::{Act, act, on, project};
use super::scene::Place;
use crate::act::searching::flow::{self, Entry as Count};
use crate::act::searching::{self, Entry};
use crate::act::source;
use crate::origin::Way;
use crate::searching::Stage;
use crate::strand::SourceKind;

pub(super) const SEARCHING: &[Act] = &[
    act("searching add", &[project], |place| on(place, |project| searching::add(project, &psycinfo()))),
    act("searching add, a table", &[project, searched], |place| {
        let other = Entry { place: Some("CINAHL".to_owned()), ..psycinfo() };
        let known = Entry { records: Some("9".to_owned()), ..psycinfo() };
        on(place, |project| searching::take_in(project, &[other, known], &[1, 2]))
    }),
    act("searching edit", &[project, searched], |place| {
        let entry = Entry { against: vec!["H1.gj".to_owned()], ..Entry::default() };
        on(place, |project| searching::edit(project, "SE1.gj", &entry))
    }),
    act("searching retire", &[project, searched], |place| {
        on(place, |project| searching::retire(project, "SE1.gj", true))
    }),
    act("flow set", &[project], |place| {
        on(place, |project| flow::set(project, &counts(), Some((Way::Databases.into(), "by two")), &[1, 2]))
    }),
    act("flow remove", &[project, counted], |place| {
        on(place, |project| flow::remove(project, Way::Databases.into(), "twice"))
    }),
    act("flow origin", &[project, published], |place| {
        on(place, |project| flow::origin(project, Some(Way::Grey.into()), &["S1.gj".to_owned()], None))
    }),
];

fn psycinfo() -> Entry {
    Entry {
        place: Some("PsycINFO".to_owned()),
        stream: Some(Way::Databases.into()),
        records: Some("412".to_owned()),
        serves: vec!["H1.gj".to_owned()],
        ..Entry::default()
    }
}

fn searched(place: &Place) {
    searching::add(&mut place.open().unwrap(), &psycinfo()).unwrap();
}

fn counts() -> [Count; 2] {
    let count = |stage, reason: Option<&str>, n: &str| Count {
        stream: Way::Databases.into(),
        stage,
        reason: reason.map(str::to_owned),
        n: n.to_owned(),
    };
    [count(Stage::Identified, None, "412"), count(Stage::Excluded, Some("thin"), "12")]
}

fn counted(place: &Place) {
    flow::set(&mut place.open().unwrap(), &counts(), None, &[1, 2]).unwrap();
}

fn published(place: &Place) {
    let changes = source::Changes { kind: Some(SourceKind::Grey), ..source::Changes::default() };
    source::set(&mut place.open().unwrap(), "S1.gj", &changes).unwrap();
}
