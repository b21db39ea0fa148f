//! `report rameses1`: reporting a realist synthesis.

use super::drafts::Work;
use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "rameses1",
    title: "RAMESES checklist for realist syntheses",
    cites: "Wong and others, BMC Medicine 2013;11:21",
    items: &[
        item("1", "Title", "", "says that it is a realist synthesis or review", |of| of.title(Work::Synthesis)),
        item(
            "2",
            "Abstract",
            "",
            "background, aims, search, selection and appraisal, analysis, results and what follows, in short",
            |of| of.abstracted(Work::Synthesis),
        ),
        item("3", "Introduction", "Rationale for review", "why it is needed and what it adds", |_| {
            to_write("the rationale")
        }),
        item(
            "4",
            "Introduction",
            "Objectives and focus of review",
            "objectives or questions, and why this focus",
            |of| of.questions("why this focus"),
        ),
        item("5", "Methods", "Changes in the review process", "departures from the plan, and why", |of| of.changes()),
        item("6", "Methods", "Rationale for using realist synthesis", "why it fits the question best", |_| {
            to_write("why realist synthesis")
        }),
        item("7", "Methods", "Scoping the literature", "how the field was scoped at the outset, and why so", |of| {
            of.scoping()
        }),
        item(
            "8",
            "Methods",
            "Searching processes",
            "sources, terms, dates, people asked, and why each search was made",
            |of| of.searching(),
        ),
        item(
            "9",
            "Methods",
            "Selection and appraisal of documents",
            "how what was let in and left out was judged, and why so",
            |of| of.selection("how documents were chosen before they were taken in, and why so"),
        ),
        item("10", "Methods", "Data extraction", "which data were taken out, and why", |of| {
            of.extraction("why these data")
        }),
        item("11", "Methods", "Analysis and synthesis processes", "how it was done, with which constructs", |of| {
            of.analysis()
        }),
        item(
            "12",
            "Results",
            "Document flow diagram",
            "numbers assessed, included and left out at each stage, with reasons and where they came from",
            |of| of.flow(),
        ),
        item("13", "Results", "Document characteristics", "what each document is", |of| of.characteristics()),
        item("14", "Results", "Main findings", "theory as it was built and tested", |of| of.findings()),
        item("15", "Discussion", "Summary of findings", "in short, against objectives and focus, and for whom", |of| {
            of.confidence()
        }),
        item(
            "16",
            "Discussion",
            "Strengths, limitations and future research directions",
            "of every step; how strong the evidence is behind what is explained; what to look into next",
            |of| of.limits(),
        ),
        item("17", "Discussion", "Comparison with existing literature", "how the findings stand to it", |of| {
            of.theories()
        }),
        item("18", "Discussion", "Conclusion and recommendations", "what follows, for whom", |of| of.recommended()),
        item("19", "Discussion", "Funding", "who paid, the part of the funder, interests", |of| of.funding()),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
