//! What a record leaves open: uncertainties that nothing settles yet, and explanations that were raised at its meetings.

use crate::hypothesis::Editorial;
use crate::id::Id;
use crate::report::agenda::order;
use crate::report::block::Block;
use crate::report::words::Press;
use crate::report::{Brief, TO_WRITE, cmo};
use crate::uncertainty::{Uncertainty, UncertaintyStatus};

pub(super) fn blocks(press: &Press, brief: &Brief) -> Vec<Block> {
    vec![
        Block::heading(2, "Not settled", "not-settled"),
        Block::lines(&unsettled(press, brief)),
        Block::heading(2, "New explanations raised, still drafts", "raised"),
        Block::lines(&raised(press, brief)),
    ]
}

/// Whatever stood on the agenda.
fn unsettled(press: &Press, brief: &Brief) -> Vec<String> {
    let put_off = |one: &Uncertainty| match one.status {
        UncertaintyStatus::Deferred => " (put off until it is tested)",
        _ => "",
    };
    let line = |one: &Uncertainty| format!("{} {}{}", press.synthesis.label(one.id), one.text, put_off(one));
    order::unsettled(press.synthesis, brief).into_iter().map(|item| line(item.uncertainty)).collect()
}

/// Drafts that no meeting raised are no news of one.
fn raised(press: &Press, brief: &Brief) -> Vec<String> {
    let hypotheses = &press.synthesis.hypotheses;
    let is_draft = |id: &Id| hypotheses.get(id).is_some_and(|one| one.status == Editorial::Draft);
    let mut raised: Vec<Id> =
        brief.meetings.iter().flat_map(|one| one.raised.iter().copied()).filter(is_draft).collect();
    cmo::in_label_order(press.synthesis, &mut raised);
    let line = |id: Id| {
        let sentence = hypotheses.get(&id).and_then(|one| one.statement.as_deref());
        format!("{} {}", press.synthesis.label(id), sentence.unwrap_or(TO_WRITE))
    };
    raised.into_iter().map(line).collect()
}
