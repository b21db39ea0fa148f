//! **method**: what the method asks of statements and links.
//!
//! An active statement is a complete configuration; an abduced or retroduced one has a memo; an
//! extracted one rests on a passage; a score of 0 or 3 has a reason; a link names a part that is
//! still there; sources that count as one another do not go round in a circle.

use crate::diagnostic::{Diagnostic, Result};
use crate::hypothesis::{Editorial, Hypothesis, Inference, Origin};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    let linked: BTreeSet<_> = synthesis.evidence.values().map(|link| link.hypothesis).collect();
    for one in synthesis.hypotheses.values() {
        found.extend(of_statement(synthesis, one, linked.contains(&one.id)));
    }
    for link in synthesis.evidence.values() {
        let label = synthesis.label(link.id);
        let extreme =
            [link.relevance, link.richness, link.rigour].into_iter().any(|score| matches!(score, Some(0 | 3)));
        if extreme && link.reason.is_none() {
            found.push(
                Diagnostic::warning("reason-needed", format!("{label}: a score of 0 or 3 has no reason"))
                    .hint(format!("realist evidence edit {label} --reason \"...\"")),
            );
        }
        let parts = synthesis.hypotheses.get(&link.hypothesis).map(|one| &one.parts);
        let lost =
            link.part.as_ref().filter(|key| parts.is_some_and(|parts| !parts.iter().any(|part| part.key == **key)));
        if let Some(key) = lost {
            found.push(
                Diagnostic::warning(
                    "part-gone",
                    format!(
                        "{label} bears on part {key} of {}, which is no longer there",
                        synthesis.label(link.hypothesis)
                    ),
                )
                .hint(format!("realist evidence edit {label} --part ...")),
            );
        }
    }
    let circular = synthesis.sources.values().filter(|source| {
        let mut at = source.same_study;
        let mut steps = 0;
        while let Some(next) = at {
            if next == source.id || steps > synthesis.sources.len() {
                return true;
            }
            at = synthesis.sources.get(&next).and_then(|source| source.same_study);
            steps += 1;
        }
        false
    });
    found.extend(circular.map(|source| {
        Diagnostic::warning(
            "same-study-circle",
            format!("{}: sources count as one another in a circle", synthesis.label(source.id)),
        )
        .hint("mark all but one of them: realist source set S2.gj --same-study S1.gj")
    }));
    Ok(found)
}

fn of_statement(synthesis: &Synthesis, one: &Hypothesis, linked: bool) -> Vec<Diagnostic> {
    let label = synthesis.label(one.id);
    let mut found = Vec::new();
    let missing = one.missing(synthesis.settings.configuration);
    if one.status == Editorial::Active && !missing.is_empty() {
        found
            .push(Diagnostic::warning("incomplete", format!("{label} is active but has no {}", missing.join(", no "))));
    }
    if matches!(one.inference, Some(Inference::Abduced | Inference::Retroduced)) && one.memo.is_none() {
        found.push(Diagnostic::warning("memo-needed", format!("{label} is inferred and has no memo that says how")));
    }
    if one.origin == Some(Origin::Extracted) && !linked {
        found.push(Diagnostic::note(
            "no-passage",
            format!("{label} is said to be extracted, but no passage is linked to it"),
        ));
    }
    found
}
