//! Passages that speak for a statement and against it at once. They are listed, and no rule settles them.

use crate::synthesis::{Bearings, Synthesis};
use crate::table::Table;

/// One row a clash, by statement.
pub fn clashes(synthesis: &Synthesis) -> Table {
    let mut table = Table::with(&[
        ("hypothesis", "Statement"),
        ("statement", "In words"),
        ("for", "Links for"),
        ("against", "Links against"),
        ("text", "Words"),
    ]);
    let labels = |ids: &[crate::id::Id]| ids.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
    let mut found = Bearings::of(synthesis).all_clashes();
    found.sort_by_key(|one| (synthesis.labels.get(&one.hypothesis).cloned(), one.r#for.clone()));
    for one in found {
        let statement = synthesis.hypotheses.get(&one.hypothesis);
        let words = one.r#for.first().and_then(|id| synthesis.quotations.get(id));
        table.push(vec![
            synthesis.label(one.hypothesis).into(),
            statement.map(crate::hypothesis::Hypothesis::sentence).into(),
            labels(&one.r#for).into(),
            labels(&one.against).into(),
            words.map(crate::passage::Quotation::marked).into(),
        ]);
    }
    table
}
