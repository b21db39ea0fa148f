//! The columns that a table of rows may have, command by command. A column nobody reads is refused:
//! a mistyped heading would lose what stands below it.

use super::shared::Row;
use crate::diagnostic::{Result, did_you_mean, fault};

pub type Columns = &'static [&'static str];

pub const CODE: Columns = &["document", "passage", "units", "quote", "code", "memo"];
/// `id` and the rest are what `realist code list --format csv` writes.
pub const SPLIT: Columns = &["coding", "into", "id", "code", "coder", "passage", "text"];
pub const EVIDENCE: Columns = &[
    "hypothesis",
    "document",
    "passage",
    "units",
    "quote",
    "stance",
    "circumstances",
    "part",
    "relevance",
    "richness",
    "rigour",
    "inference",
    "reason",
];
/// The sheet of `realist evidence appraise --to`.
pub const APPRAISAL: [&str; 10] =
    ["evidence", "hypothesis", "statement", "stance", "passage", "words", "relevance", "richness", "rigour", "reason"];
/// What `realist cerqual list --format csv` writes and `realist cerqual read` takes in.
pub const CERQUAL: [&str; 13] = [
    "finding",
    "statement",
    "limitations",
    "limitations_why",
    "coherence",
    "coherence_why",
    "adequacy",
    "adequacy_why",
    "relevance",
    "relevance_why",
    "overall",
    "overall_why",
    "earlier_wording",
];
pub const HYPOTHESIS: Columns = &[
    "statement",
    "intervention",
    "strategy",
    "actor",
    "context",
    "resource",
    "reasoning",
    "mechanism",
    "outcome",
    "component",
    "status",
    "origin",
    "inference",
    "memo",
    "rival_of",
    "leads_to",
    "details",
];
/// The sheet of `realist pass reconcile --to`.
pub const RECONCILE: [&str; 10] =
    ["item", "key", "place", "code", "words", "coders", "verdict", "other_code", "other_place", "reason"];
pub const RECONCILE_READ: Columns = &RECONCILE;
/// What `realist theory consolidate --to csv` writes.
pub const CARDS: Columns = &["statement", "group", "sentence", "parts", "kinds", "component"];
/// What `realist theory consolidate --sheet` writes, in this order.
pub const CONSOLIDATION: Columns = &[
    "proposal",
    "relation",
    "likeness",
    "statement",
    "sentence",
    "context",
    "offered",
    "reasoning",
    "outcome",
    "because",
    "decision",
    "into",
    "new_sentence",
    "reason",
    "new_context",
    "new_resource",
    "new_reasoning",
    "new_outcome",
];
/// Identifiers to list.
pub const IDENTIFIER: Columns = &["name", "kind", "spellings", "instead", "from", "capital"];
/// Cells of models.
pub const CELLS: Columns = &["model", "feature", "value", "document", "passage", "units", "quote", "coding", "note"];
/// Steps of a pathway, from a table or a list of `[[step]]` in TOML.
pub const STEPS: Columns = &[
    "rank",
    "name",
    "intensity",
    "reach",
    "setting",
    "in_primary_care",
    "interventions",
    "recovery_element",
    "providers",
    "entry",
    "leaving",
    "review_interval",
    "claim",
    "up",
    "down",
    "out",
];
/// Needs, policy drivers, and their ties to components.
pub const NEEDS: Columns = &["statement", "population", "measure", "value", "source", "date", "place"];
pub const POLICIES: Columns = &["name", "level", "citation", "requirement", "source", "date"];
pub const MET: Columns = &["need", "component", "because", "how"];
pub const STANCES: Columns = &["driver", "component", "stance", "because", "how"];
/// Searches, and counts of records by stream and stage.
pub const SEARCHES: Columns = &[
    "place", "stream", "platform", "date", "strategy", "limits", "searcher", "purpose", "found", "scoping", "records",
    "for", "against",
];
pub const FLOW: Columns = &["stream", "stage", "reason", "n"];
pub const RECOMMENDATIONS: Columns = &[
    "audience",
    "action",
    "for_whom",
    "context",
    "would_change",
    "owner",
    "due",
    "role",
    "competency",
    "gap",
    "supervision",
    "basis",
    "training",
    "needs",
];
pub const RATING: Columns = &["uncertainty", "criterion", "group", "rater", "value"];

/// Refuses a row with a column that is not among `columns`.
pub fn check(row: &Row, columns: &[&str], file: &str) -> Result<()> {
    let Some(strange) = row.keys().find(|key| !columns.contains(&key.as_str())) else { return Ok(()) };
    let near = did_you_mean(strange, columns.iter().copied());
    let found: Vec<&str> = row.keys().map(String::as_str).collect();
    let refused = fault("unknown-column", format!("nobody reads a column '{strange}'")).in_file(file);
    Err(crate::act::resolve::meant(refused, &near)
        .hint(format!("columns found: {}", found.join(", ")))
        .hint(format!("columns read: {}", columns.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hypothesis::PartKind;

    #[test]
    fn a_mistyped_column_is_refused_with_what_was_meant() {
        let row = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), String::new())).collect::<Row>();
        assert!(check(&row(&["hypothesis", "passage", "stance"]), EVIDENCE, "x.csv").is_ok());
        let refused = check(&row(&["hypothesis", "relevence"]), EVIDENCE, "x.csv").unwrap_err();
        assert_eq!(refused.0.hints[0], "did you mean relevance?");
    }

    #[test]
    fn every_kind_of_part_has_a_column() {
        assert!(PartKind::ALL.iter().all(|kind| HYPOTHESIS.contains(&kind.word())));
    }
}
