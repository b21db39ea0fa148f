//! `report tidier`: describing the intervention.

use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "tidier",
    title: "TIDieR checklist",
    cites: "Hoffmann and others, BMJ 2014;348:g1687",
    items: &[
        item("1", "Name", "What the intervention is called", |of| of.components("the name")),
        item("2", "Why", "The theory or aim behind its essential parts", |of| of.findings()),
        item("3", "What", "Materials given or used", |_| to_write("materials, and where they can be had")),
        item("4", "What", "What is done, step by step", |of| of.components("what is done for each component")),
        item("5", "Who", "Who provides it, with which training", |_| to_write("providers and their training")),
        item("6", "How", "In person or otherwise, singly or in groups", |_| to_write("how it is delivered")),
        item("7", "Where", "Where it takes place, and what has to be there", |_| to_write("where it takes place")),
        item("8", "When", "How often, how long, how much", |_| to_write("when and how much")),
        item("9", "Tailoring", "What is fitted to the person, and how", |_| to_write("what is tailored")),
        item("10", "Changes", "What was changed along the way, and why", |of| of.changes()),
        item("11", "How well", "How keeping to it was to be watched", |_| to_write("how fidelity was planned")),
        item("12", "How well", "How far it was kept to", |_| to_write("how far it was delivered as planned")),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
