//! `report tidier`: describing the intervention. Items are answered by the components that say they do.

use super::{Checklist, Item, item};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;
use crate::tidier::Tidier;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "tidier",
    title: "TIDieR checklist",
    cites: "Hoffmann and others, BMJ 2014;348:g1687",
    items: &[
        of("1", "Brief name", Tidier::Name, "what the intervention is called", |of| of.intervention()),
        of("2", "Why", Tidier::Why, "the theory or aim behind its essential parts", |of| of.why()),
        of("3", "What", Tidier::Materials, "what is given or used, and where it can be had", |of| {
            of.tidier(Tidier::Materials, "materials, and where they can be had")
        }),
        of("4", "What", Tidier::Procedures, "what is done, step by step", |of| of.procedures()),
        of("5", "Who provided", Tidier::Who, "who provides it, with which training", |of| {
            of.tidier(Tidier::Who, "providers and their training")
        }),
        of("6", "How", Tidier::How, "in person or otherwise, singly or in groups", |of| {
            of.tidier(Tidier::How, "how it is delivered")
        }),
        of("7", "Where", Tidier::Where, "where it takes place, and what has to be there", |of| {
            of.tidier(Tidier::Where, "where it takes place")
        }),
        of("8", "When and how much", Tidier::When, "how often, how long, how much", |of| {
            of.tidier(Tidier::When, "when and how much")
        }),
        of("9", "Tailoring", Tidier::Tailoring, "what is fitted to the person, and how", |of| {
            of.tidier(Tidier::Tailoring, "what is tailored")
        }),
        of("10", "Modifications", Tidier::Modifications, "what was changed along the way, and why", |of| {
            of.modifications()
        }),
        of("11", "How well", Tidier::Planned, "how keeping to it was to be watched", |of| {
            of.tidier(Tidier::Planned, "how keeping to the plan was to be watched")
        }),
        of("12", "How well", Tidier::Actual, "how far it was kept to", |of| {
            of.tidier(Tidier::Actual, "how far it was delivered as planned")
        }),
    ],
};

const fn of(
    number: &'static str,
    section: &'static str,
    named: Tidier,
    asks: &'static str,
    answer: fn(&super::Holdings<'_>) -> super::Answer,
) -> Item {
    item(number, section, named.title(), asks, answer)
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
