//! `report entreq`: reporting a synthesis of qualitative research.

use super::holdings::Holdings;
use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "entreq",
    title: "ENTREQ checklist",
    cites: "Tong and others, BMC Medical Research Methodology 2012;12:181",
    items: &[
        item("1", "Introduction", "The question the synthesis answers", |of| of.questions("the aim in a sentence")),
        item("2", "Methods", "Which way of synthesis was taken, and why", |_| to_write("why realist synthesis")),
        item("3", "Searching", "Whether the search was planned whole or went on as theory grew", |of| of.approach()),
        item("4", "Searching", "What was to be included", |of| of.criteria()),
        item("5", "Searching", "Which sources were searched, when, and why", |of| of.searching()),
        item("6", "Searching", "Search strategies in full", |of| of.strategies()),
        item("7", "Selection", "How studies were screened", |of| of.screened()),
        item("8", "Selection", "What the included studies are", |of| of.characteristics()),
        item("9", "Selection", "How many were found, and why some were left out", |of| of.flow()),
        item("10", "Appraisal", "Why and how studies were appraised", |of| of.selection()),
        item("11", "Appraisal", "By which criteria", |_| Holdings::appraisal_items()),
        item("12", "Appraisal", "Whether several people appraised independently", |of| of.appraisal_process()),
        item("13", "Appraisal", "What the appraisal found, and what weight it had", |of| of.appraisal_results()),
        item("14", "Synthesis", "Which parts of the studies were taken as data", |of| of.extraction()),
        item("15", "Synthesis", "Which software was used", |_| Holdings::software()),
        item("16", "Synthesis", "How many people coded and analysed", |of| of.people()),
        item("17", "Synthesis", "How data were coded", |of| of.coding()),
        item("18", "Synthesis", "How studies were compared", |_| to_write("how studies were compared")),
        item("19", "Synthesis", "How findings came out of the data", |of| of.analysis()),
        item("20", "Results", "Quotations that show the findings", |of| of.quotations()),
        item("21", "Results", "Findings that go beyond a summary of the studies", |of| of.findings()),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
