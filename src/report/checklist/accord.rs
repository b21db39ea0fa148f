//! `report accord`: reporting how consensus was reached.

use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "accord",
    title: "ACCORD checklist",
    cites: "Gattrell and others, PLoS Medicine 2024;21:e1004326",
    items: &[
        item("T1", "Title", "Says that consensus was sought, and how", |_| to_write("the title")),
        item("I1", "Introduction", "Why consensus was needed", |_| to_write("why consensus was needed")),
        item("I2", "Introduction", "What the exercise was to settle", |of| of.uncertainties("the aim")),
        item("I3", "Introduction", "What was known and who was concerned", |_| to_write("the background")),
        item("M1", "Methods", "Registration or protocol of the exercise", |_| to_write("the protocol")),
        item("M2", "Methods", "Steering group: who and how chosen", |_| to_write("the steering group")),
        item("M3", "Methods", "How panel members were found", |_| to_write("how members were found")),
        item("M4", "Methods", "Whom the panel stands for, and who was left out", |_| {
            to_write("whom the panel stands for")
        }),
        item("M5", "Methods", "Size of the panel, and why", |_| to_write("the size of the panel")),
        item("M6", "Methods", "Interests of members", |_| to_write("interests")),
        item("M7", "Methods", "How patients and the public took part", |_| to_write("how the public took part")),
        item("M8", "Methods", "What members were given beforehand", |of| of.uncertainties("what was sent, and when")),
        item("M9", "Methods", "Evidence that was reviewed first", |of| of.characteristics()),
        item("M10", "Methods", "How statements were drawn up", |of| of.analysis()),
        item("M11", "Methods", "Which method was taken, and why", |of| of.decisions("why this method")),
        item("M12", "Methods", "Rounds or meetings: how many, how decided", |_| {
            to_write("the number of rounds and how it was fixed")
        }),
        item("M13", "Methods", "How answers were collected", |_| to_write("the way of collecting")),
        item("M14", "Methods", "The scale", |_| to_write("the scale")),
        item("M15", "Methods", "What counted as agreement, and when that was set", |_| {
            to_write("the rule, and when it was fixed")
        }),
        item("M16", "Methods", "How answers were analysed", |_| to_write("the analysis")),
        item("M17", "Methods", "What was done with those who did not answer", |_| to_write("missing answers")),
        item("M18", "Methods", "What members were told between rounds", |_| to_write("feedback between rounds")),
        item("M19", "Methods", "Who knew whose answer was whose", |_| to_write("anonymity")),
        item("M20", "Methods", "How items were changed or dropped", |_| to_write("what changes were allowed")),
        item("M21", "Methods", "Who led, and how impartially", |_| to_write("facilitation")),
        item("R1", "Results", "Who was invited, who took part, round by round", |_| to_write("numbers round by round")),
        item("R2", "Results", "What became of each item, round by round", |of| of.decisions("results item by item")),
        item("R3", "Results", "Items that were changed, dropped or added, and why", |of| of.changes()),
        item("R4", "Results", "What was agreed", |of| of.decisions("the list of what was agreed")),
        item("R5", "Results", "What was not agreed, and dissent", |of| of.decisions("dissent, in approved words")),
        item("D1", "Discussion", "Strengths and limitations", |_| to_write("strengths and limitations")),
        item("D2", "Discussion", "What follows, and for whom", |_| to_write("what follows")),
        item("O1", "Other", "Ethical approval and consent", |of| of.consent()),
        item("O2", "Other", "Funding and its part", |_| to_write("funding")),
        item("O3", "Other", "Where the data can be had", |_| to_write("where the data are")),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
