//! `report entreq`: reporting a synthesis of qualitative research.

use super::holdings::Holdings;
use super::{Checklist, item, to_write};
use crate::report::{Brief, Report};
use crate::synthesis::Synthesis;

const INTRODUCTION: &str = "Introduction";
const METHODS: &str = "Methods and methodology";
const SEARCH: &str = "Literature search and selection";
const APPRAISAL: &str = "Appraisal";
const SYNTHESIS: &str = "Synthesis of findings";

pub(super) static CHECKLIST: Checklist = Checklist {
    key: "entreq",
    title: "ENTREQ checklist",
    cites: "Tong and others, BMC Medical Research Methodology 2012;12:181",
    items: &[
        item("1", INTRODUCTION, "Aim", "the question the synthesis answers", |of| {
            of.questions("the aim in a sentence")
        }),
        item("2", METHODS, "Synthesis methodology", "which way of synthesis was taken, and why", |_| {
            to_write("why realist synthesis")
        }),
        item("3", SEARCH, "Approach to searching", "whether it was planned whole or went on as theory grew", |of| {
            of.approach()
        }),
        item("4", SEARCH, "Inclusion criteria", "what was to be included and what not", |of| of.criteria()),
        item("5", SEARCH, "Data sources", "which were searched, when, and why", |of| of.searching()),
        item("6", SEARCH, "Electronic search strategy", "the strategies in full", |of| of.strategies()),
        item("7", SEARCH, "Study screening methods", "how studies were screened, and by how many", |of| of.screened()),
        item("8", SEARCH, "Study characteristics", "what the included studies are", |of| of.characteristics()),
        item("9", SEARCH, "Study selection results", "how many were found, and why some were left out", |of| of.flow()),
        item("10", APPRAISAL, "Rationale for appraisal", "why and how studies or findings were appraised", |of| {
            of.selection("why studies or findings were appraised, and why so")
        }),
        item("11", APPRAISAL, "Appraisal items", "by which criteria or with which tool", |of| of.appraisal_items()),
        item("12", APPRAISAL, "Appraisal process", "whether several people appraised independently", |of| {
            of.appraisal_process()
        }),
        item("13", APPRAISAL, "Appraisal results", "what the appraisal found, and what weight it had", |of| {
            of.appraisal_results()
        }),
        item("14", SYNTHESIS, "Data extraction", "which parts of the studies were taken as data, and how", |of| {
            of.extraction("why these data")
        }),
        item("15", SYNTHESIS, "Software", "which was used, if any", |_| Holdings::software()),
        item("16", SYNTHESIS, "Number of reviewers", "who coded and analysed", |of| of.people()),
        item("17", SYNTHESIS, "Coding", "how data were coded", |of| of.coding()),
        item("18", SYNTHESIS, "Study comparison", "how studies were compared within and with each other", |_| {
            to_write("how studies were compared")
        }),
        item(
            "19",
            SYNTHESIS,
            "Derivation of themes",
            "whether findings were derived inductively or deductively",
            |of| of.analysis(),
        ),
        item("20", SYNTHESIS, "Quotations", "from the studies, to show the findings, and whose they are", |of| {
            of.quotations()
        }),
        item("21", SYNTHESIS, "Synthesis output", "findings that go beyond a summary of the studies", |of| {
            of.findings()
        }),
    ],
};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    CHECKLIST.report(synthesis, brief)
}
