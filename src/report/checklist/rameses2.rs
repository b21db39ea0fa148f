//! `report rameses2`: reporting a realist evaluation.

use super::drafts::Work;
use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "rameses2",
    title: "RAMESES II checklist for realist evaluations",
    cites: "Wong and others, BMC Medicine 2016;14:96",
    items: &[
        item("1", "Title", "", "says that it is a realist evaluation", |of| of.title(Work::Evaluation)),
        item(
            "2",
            "Summary or abstract",
            "",
            "what was evaluated, where and why, by which questions and methods, and what was found, in short; that it was realist and worked on programme theory",
            |of| of.abstracted(Work::Evaluation),
        ),
        item(
            "3",
            "Introduction",
            "Rationale for evaluation",
            "its purpose, and what that means for focus and design",
            |_| to_write("the rationale"),
        ),
        item("4", "Introduction", "Programme theory", "the theory that was there at the outset", |of| of.outset()),
        item("5", "Introduction", "Evaluation questions, objectives and focus", "and how theory set the focus", |of| {
            of.questions("how the programme theory set the focus")
        }),
        item("6", "Introduction", "Ethical approval", "by whom, or why none was needed", |of| of.consent()),
        item(
            "7",
            "Methods",
            "Rationale for using realist evaluation",
            "why it was chosen, and how it was adapted",
            |_| to_write("why realist evaluation"),
        ),
        item("8", "Methods", "Environment surrounding the evaluation", "where it took place", |_| {
            to_write("the surroundings of the evaluation")
        }),
        item(
            "9",
            "Methods",
            "Describe the programme policy, initiative or product evaluated",
            "what was evaluated, in its setting",
            |of| of.components("the programme in its setting"),
        ),
        item(
            "10",
            "Methods",
            "Describe and justify the evaluation design",
            "the design, why it was chosen, and how it changed",
            |of| of.design(),
        ),
        item(
            "11",
            "Methods",
            "Data collection methods",
            "which were used, why these, what they gave the theory, and how far they can be trusted",
            |of| of.extraction("why these methods, and how far the data can be trusted"),
        ),
        item(
            "12",
            "Methods",
            "Recruitment process and sampling strategy",
            "how people were found and chosen, and what they gave the theory",
            |of| of.recruited(),
        ),
        item(
            "13",
            "Methods",
            "Data analysis",
            "how data were analysed and the theory refined, with which constructs, and how the analysis changed",
            |of| of.analysis(),
        ),
        item(
            "14",
            "Results",
            "Details of participants",
            "who took part, which data they gave, and what these did for the theory",
            |of| of.participants(),
        ),
        item("15", "Results", "Main findings", "as contexts, mechanisms and outcomes that bear on the theory", |of| {
            of.findings()
        }),
        item(
            "16",
            "Discussion",
            "Summary of findings",
            "in short, against questions, purpose and theory, and for whom",
            |of| of.confidence(),
        ),
        item(
            "17",
            "Discussion",
            "Strengths, limitations and future directions",
            "of every step; how far the insights can be trusted; what is next",
            |of| of.limits(),
        ),
        item("18", "Discussion", "Comparison with existing literature", "how the findings stand to it", |of| {
            of.theories()
        }),
        item("19", "Discussion", "Conclusion and recommendations", "what follows, for whom", |of| of.recommended()),
        item(
            "20",
            "Discussion",
            "Funding and conflict of interest",
            "who paid, the part of the funder, interests",
            |of| of.funding(),
        ),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
