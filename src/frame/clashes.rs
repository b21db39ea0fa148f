//! Passages that speak for a statement and against it at once. They are listed, and no rule settles them.

use crate::id::Id;
use crate::synthesis::{Bearings, Clash, Synthesis};
use crate::table::Table;

/// One row a clash, by statement.
pub fn clashes(synthesis: &Synthesis) -> Table {
    let mut table = Table::with(&[
        ("hypothesis", "Statement"),
        ("statement", "In words"),
        ("for", "Links for"),
        ("against", "Links against"),
        ("passages", "Passages"),
        ("text", "Words of both"),
    ]);
    let labels = |ids: &[Id]| ids.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
    let mut found = Bearings::of(synthesis).all_clashes();
    found.sort_by_key(|one| (synthesis.labels.get(&one.hypothesis).cloned(), one.r#for.clone()));
    for one in found {
        let statement = synthesis.hypotheses.get(&one.hypothesis);
        table.push(vec![
            synthesis.label(one.hypothesis).into(),
            statement.map(crate::hypothesis::Hypothesis::sentence).into(),
            labels(&one.r#for).into(),
            labels(&one.against).into(),
            if one.is_same { "the same" } else { "overlap" }.into(),
            words(synthesis, &one).into(),
        ]);
    }
    table
}

/// The words that speak on both sides; of passages that are not of one piece all words of the one against.
fn words(synthesis: &Synthesis, clash: &Clash) -> Option<String> {
    let link = |ids: &[Id]| ids.first().and_then(|id| synthesis.evidence.get(id));
    let (against, r#for) = (link(&clash.against)?, link(&clash.r#for)?);
    let quotation = synthesis.quotations.get(&against.id)?;
    let ([one], [other]) = (against.anchor.spans.as_slice(), r#for.anchor.spans.as_slice()) else {
        return Some(quotation.marked());
    };
    let (start, end) = (one.start().max(other.start()), one.end().min(other.end()));
    let shared = start.checked_sub(one.start()).zip(end.checked_sub(one.start()));
    let shared = shared.filter(|_| !clash.is_same && quotation.text.len() == one.len());
    let cut = shared.and_then(|(from, to)| quotation.text.get(from..to));
    Some(cut.map_or_else(|| quotation.marked(), str::to_owned))
}
