//! `report rameses1`: reporting a realist synthesis.

use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "rameses1",
    title: "RAMESES checklist for realist syntheses",
    cites: "Wong and others, BMC Medicine 2013;11:21",
    items: &[
        item("1", "Title", "Says that it is a realist synthesis or review", |_| to_write("the title")),
        item(
            "2",
            "Abstract",
            "Background, aims, search, selection and appraisal, analysis, results and what follows, in short",
            |_| to_write("the abstract"),
        ),
        item("3", "Introduction", "Why the review is needed and what it adds", |_| to_write("the rationale")),
        item("4", "Introduction", "Objectives or questions, and why the review has this focus", |of| {
            of.questions("why this focus")
        }),
        item("5", "Methods", "How the review departed from its plan, and why", |of| of.changes()),
        item("6", "Methods", "Why realist synthesis fits the question", |_| to_write("why realist synthesis")),
        item("7", "Methods", "How the field was scoped at the outset", |of| of.scoping()),
        item("8", "Methods", "Searches: sources, terms, dates, and why each was made", |of| of.searching()),
        item("9", "Methods", "How documents and data were selected and appraised", |of| of.selection()),
        item("10", "Methods", "Which data were extracted, and why", |of| of.extraction()),
        item("11", "Methods", "How the analysis was done, with which constructs", |of| of.analysis()),
        item(
            "12",
            "Results",
            "Numbers of documents assessed and included, with reasons and where they came from",
            |of| of.flow(),
        ),
        item("13", "Results", "What each document is", |of| of.characteristics()),
        item("14", "Results", "Findings as theory built and tested", |of| of.findings()),
        item("15", "Discussion", "Findings in short, against objectives and for readers", |of| of.confidence()),
        item("16", "Discussion", "Strengths, limitations, further research", |of| of.limits()),
        item("17", "Discussion", "How the findings stand to other literature", |of| of.theories()),
        item("18", "Discussion", "Conclusion and recommendations", |_| to_write("conclusion and recommendations")),
        item("19", "Discussion", "Funding, part of the funder, interests", |_| to_write("funding and interests")),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
