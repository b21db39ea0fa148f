//! `report accord`: reporting how consensus was reached. The number of items in each section is the published one; their wording
//! here is ours, and `docs/reports.md` says what it was held against.

use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "accord",
    title: "ACCORD checklist",
    cites: "Gattrell and others, PLoS Medicine 2024;21:e1004326",
    items: &[
        item("T1", "Title", "", "Says that it reports a consensus exercise, and by which method", |_| {
            to_write("the title")
        }),
        item("I1", "Introduction", "", "Why consensus was sought rather than something else", |_| {
            to_write("why consensus was needed")
        }),
        item("I2", "Introduction", "", "The aim, for whom, and for which region", |of| {
            of.put_to_people("for whom it is meant, and where it holds")
        }),
        item("I3", "Introduction", "", "Where it updates an earlier document: why, and which", |_| {
            to_write("what it updates, or that it is new")
        }),
        item(
            "M1",
            "Methods: registration",
            "",
            "Where the exercise or its protocol was registered beforehand, with the link, or that it was not",
            |_| to_write("the registration"),
        ),
        item(
            "M2",
            "Methods: selection of SC and/or panellists",
            "",
            "Who directed the exercise, what each did, and what they know of the field",
            |_| to_write("the steering group"),
        ),
        item(
            "M3",
            "Methods: selection of SC and/or panellists",
            "",
            "Who could be of the panel, how many, why so, and who chose them",
            |of| of.makeup("the criteria, the reason for the number, and who chose"),
        ),
        item("M4", "Methods: selection of SC and/or panellists", "", "How members were found and asked", |of| {
            of.invitations()
        }),
        item(
            "M5",
            "Methods: selection of SC and/or panellists",
            "",
            "What part the public, patients or carers had in each step",
            |of| of.makeup("the part of patients and the public, step by step"),
        ),
        item(
            "M6",
            "Methods: preparatory research",
            "",
            "How what there was to know was gathered before anything was put to the panel",
            |of| of.analysis(),
        ),
        item(
            "M7",
            "Methods: preparatory research",
            "",
            "Any systematic search: strategy and dates, or where it is published",
            |of| of.systematic_search(),
        ),
        item(
            "M8",
            "Methods: preparatory research",
            "",
            "How evidence was summed up, and whether members were given it",
            |of| of.given_beforehand(),
        ),
        item("M9", "Methods: assessing consensus", "", "By which method and in which steps members were heard", |of| {
            of.steps("why this method and these steps")
        }),
        item(
            "M10",
            "Methods: assessing consensus",
            "",
            "How questions were put, what could be answered, whether reasons were asked, and whether members could add any",
            |of| of.presented(),
        ),
        item("M11", "Methods: assessing consensus", "", "What each step was for", |_| {
            to_write("what each step was for")
        }),
        item("M12", "Methods: assessing consensus", "", "What counted as consensus, and why", |of| of.definition()),
        item(
            "M13",
            "Methods: assessing consensus",
            "",
            "Whether what had reached consensus was voted on again",
            |of| of.carried_on(),
        ),
        item(
            "M14",
            "Methods: assessing consensus",
            "",
            "How answers were collected in each step, in a group or singly",
            |of| of.collected(),
        ),
        item("M15", "Methods: assessing consensus", "", "How answers were worked out and brought together", |of| {
            of.worked_out()
        }),
        item("M16", "Methods: assessing consensus", "", "Whether material or ballots were tried out first", |_| {
            to_write("any piloting")
        }),
        item(
            "M17",
            "Methods: assessing consensus",
            "",
            "How members were told at the end of each step, and what",
            |of| of.feedback(),
        ),
        item(
            "M18",
            "Methods: assessing consensus",
            "",
            "Whether anonymity was planned, in which steps, for whom, and how it was kept",
            |of| of.anonymity(),
        ),
        item(
            "M19",
            "Methods: assessing consensus",
            "",
            "Whether the steering group had a part in what the panel decided",
            |_| to_write("the part of the steering group in decisions"),
        ),
        item("M20", "Methods: participation", "", "What was done to encourage answers: payment and the like", |of| {
            of.incentives()
        }),
        item("M21", "Methods: participation", "", "What was done so that everybody could take part", |of| {
            of.accessible()
        }),
        item(
            "R1",
            "Results",
            "",
            "When the exercise began, how long each step and the analysis took, and delays",
            |of| of.days(),
        ),
        item("R2", "Results", "", "Departures from the protocol, and why", |of| of.departures()),
        item("R3", "Results", "", "Step by step, how many took part, the response, and who they were", |of| {
            of.response()
        }),
        item("R4", "Results", "", "What came of it, in numbers, in words or both", |of| of.outcomes()),
        item("R5", "Results", "", "Items that were changed or dropped, when and why", |of| of.items_changed()),
        item("D1", "Discussion", "", "Strengths and limitations of the method", |_| {
            to_write("strengths and limitations")
        }),
        item(
            "D2",
            "Discussion",
            "",
            "How what was agreed stands to other literature, and why where it differs",
            |of| of.theories(),
        ),
        item("O1", "Other information", "", "Organisations that endorse it, and their part", |_| {
            to_write("endorsement")
        }),
        item(
            "O2",
            "Other information",
            "",
            "Interests of those who directed it and of members, and how they were dealt with",
            |of| of.interests(),
        ),
        item("O3", "Other information", "", "Funding, and what part the funder had", |of| of.funding()),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
