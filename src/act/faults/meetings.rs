//! The acts on meetings that the disk is made to fail under.

use super::acts::{Act, act, asked, on, panelled, planned, project};
use super::scene::Place;
use crate::act::meeting::{self, Entry, agenda, attend, issue, record};
use crate::meeting::Practical;

pub(super) const MEETINGS: &[Act] = &[
    act("meeting add", &[project], |place| on(place, |project| meeting::add(project, &said()))),
    act("meeting edit", &[project, met], |place| {
        let entry = Entry { practical: vec![(Practical::Place, "Room 2".to_owned())], ..Entry::default() };
        on(place, |project| meeting::edit(project, "G1.gj", &entry))
    }),
    act("meeting item", &[project, met], |place| {
        let wish = agenda::Wish { what: Some("Break".to_owned()), minutes: Some(10), by: None };
        on(place, |project| agenda::add(project, "G1.gj", &[wish], None))
    }),
    act("meeting round", &[project, planned, met], |place| {
        on(place, |project| meeting::hold(project, "G1.gj", &["R1.gj".to_owned()], false))
    }),
    act("meeting attend", &[project, panelled, met, of_panel], |place| {
        let wish = attend::Wish { member: "gp1".to_owned(), there: Some(true), ..attend::Wish::default() };
        on(place, |project| attend::attend(project, "G1.gj", &[wish]))
    }),
    act("meeting issue", &[project, asked, met, of_panel], |place| {
        let out = Some(place.room().join("papers"));
        let wish = issue::Wish { formats: vec!["md".to_owned()], out, ..issue::Wish::default() };
        on(place, |project| issue::issue(project, "G1.gj", &wish))
    }),
    act("meeting record", &[project, met], |place| {
        let form = "[[item]]\nitem = \"a1\"\nfor = \"it helps\"\noutcome = \"agreed\"\ndissent = \"gps: not we\"\n\
            actions = \"gj: write\"\nstatements = \"If asked, they stay\"\n";
        let file = place.file("record.toml", form);
        on(place, |project| record::take(project, "G1.gj", &file))
    }),
];

fn said() -> Entry {
    let practical = vec![(Practical::Place, "Room 1".to_owned()), (Practical::Contact, "the office".to_owned())];
    Entry { title: Some("Meeting".to_owned()), practical, ..Entry::default() }
}

fn met(place: &Place) {
    let mut project = place.open().unwrap();
    meeting::add(&mut project, &said()).unwrap();
    let wish = agenda::Wish { what: Some("U1.gj".to_owned()), ..agenda::Wish::default() };
    agenda::add(&mut project, "G1.gj", &[wish], None).unwrap();
}

fn of_panel(place: &Place) {
    let panel = Entry { panel: Some("N1.gj".to_owned()), ..Entry::default() };
    meeting::edit(&mut place.open().unwrap(), "G1.gj", &panel).unwrap();
}
