//! `report rameses2`: reporting a realist evaluation.

use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "rameses2",
    title: "RAMESES II checklist for realist evaluations",
    cites: "Wong and others, BMC Medicine 2016;14:96",
    items: &[
        item("1", "Title", "Says that it is a realist evaluation", |_| to_write("the title")),
        item("2", "Summary", "What was evaluated, how, and what was found, in short", |_| to_write("the summary")),
        item("3", "Introduction", "Why the evaluation was made", |_| to_write("the rationale")),
        item("4", "Introduction", "The programme theory at the outset", |of| of.findings()),
        item("5", "Introduction", "Questions, objectives and focus", |of| of.questions("why this focus")),
        item("6", "Introduction", "Ethical approval or why there was none", |of| of.consent()),
        item("7", "Methods", "Why realist evaluation fits", |_| to_write("why realist evaluation")),
        item("8", "Methods", "Where the evaluation took place", |_| to_write("the surroundings of the programme")),
        item("9", "Methods", "The programme that was evaluated", |of| of.components("the programme in its setting")),
        item("10", "Methods", "Design, and how it was changed", |of| of.changes()),
        item("11", "Methods", "How data were collected, and why so", |of| of.extraction()),
        item("12", "Methods", "How people were found and chosen", |of| of.participants()),
        item("13", "Methods", "How data were analysed", |of| of.analysis()),
        item("14", "Results", "Who took part", |of| of.participants()),
        item("15", "Results", "Main findings as contexts, mechanisms and outcomes", |of| of.findings()),
        item("16", "Discussion", "Findings in short", |of| of.confidence()),
        item("17", "Discussion", "Strengths, limitations and what is next", |of| of.limits()),
        item("18", "Discussion", "How the findings stand to other work", |of| of.theories()),
        item("19", "Discussion", "Conclusion and recommendations", |_| to_write("conclusion and recommendations")),
        item("20", "Discussion", "Funding and interests", |_| to_write("funding and interests")),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
