//! The CMO table as one rectangle for spreadsheets: one row a statement, every column, keys that do
//! not change. What people read on paper is [`super::cmo::table`].

use super::NONE_FOUND;
use super::cmo::Statement;
use super::standings;
use super::words::Cited;
use crate::hypothesis::PartKind;
use crate::table::{Cell, Table};

const SHEET: &[(&str, &str)] = &[
    ("id", "Statement"),
    ("component", "Component"),
    ("component_name", "Component name"),
    ("statement", "Team's sentence"),
    ("context", "Context"),
    ("resource", "Resource"),
    ("reasoning", "Reasoning"),
    ("mechanism", "Mechanism (not split)"),
    ("outcome", "Outcome"),
    ("editorial", "Editorial standing"),
    ("standing", "Evidential standing"),
    ("provisional", "Provisional"),
    ("appraised", "Passages appraised"),
    ("links", "Passages linked"),
    ("consensus", "Consensus standing"),
    ("tested", "Tested"),
    ("sources_for", "Sources for"),
    ("sources_support", "Sources that support"),
    ("sources_refine", "Sources that refine"),
    ("sources_against", "Sources against"),
    ("sources_ambiguous", "Sources unclear"),
    ("sources", "Sources"),
    ("strands", "Strands"),
    ("coverage", "Coverage of parts (sources)"),
    ("told_by_one", "Sources that tell it whole"),
    ("mechanism_basis", "Mechanism stated or inferred"),
    ("quotations_for", "Quotations for"),
    ("quotations_against", "Quotations against"),
    ("quotations_refining", "Quotations that refine"),
    ("quotations_unclear", "Quotations unclear"),
];

pub fn of(statements: &[Statement]) -> Table {
    let mut sheet = Table::with(SHEET);
    for one in statements {
        sheet.push(row(one));
    }
    sheet
}

fn row(one: &Statement) -> Vec<Cell> {
    let text = |kind| {
        let texts: Vec<&str> =
            one.parts.iter().filter(|part| part.kind == kind).map(|part| part.text.as_str()).collect();
        if texts.is_empty() { Cell::Empty } else { Cell::text(texts.join("\n")) }
    };
    let cited = |cited: &[Cited]| {
        if cited.is_empty() {
            return Cell::text(NONE_FOUND);
        }
        Cell::text(cited.iter().map(Cited::line).collect::<Vec<_>>().join("\n"))
    };
    let standing = &one.standing;
    vec![
        one.id.as_str().into(),
        one.component.clone().into(),
        one.component_name.clone().into(),
        one.statement.clone().into(),
        text(PartKind::Context),
        text(PartKind::Resource),
        text(PartKind::Reasoning),
        text(PartKind::Mechanism),
        text(PartKind::Outcome),
        one.editorial.word().into(),
        standing.standing.word().into(),
        if standing.provisional { "yes" } else { "no" }.into(),
        standing.appraised.into(),
        standing.links.into(),
        one.consensus.word().into(),
        standings::test(one.tested.as_ref()).into(),
        standing.r#for.into(),
        standing.supports.into(),
        standing.refines.into(),
        standing.against.into(),
        standing.ambiguous.into(),
        one.sources.into(),
        one.strands.into(),
        one.coverage_line().into(),
        one.coverage.told_by_one.into(),
        one.mechanism_basis.show().into(),
        cited(&one.quotations.supports),
        cited(&one.quotations.refutes),
        cited(&one.quotations.refines),
        cited(&one.quotations.ambiguous),
    ]
}
