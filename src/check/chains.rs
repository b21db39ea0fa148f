//! **chains**: what leads to a statement starts at an outcome; links name parts that are there; feedback is
//! named.
//!
//! A chain may come back to where it began: that is feedback, and is only noted.

use crate::diagnostic::{Diagnostic, Result};
use crate::link::LinkKind;
use crate::link::circles::Ways;
use crate::link::rules::{self, Broken};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut found = Vec::new();
    for broken in rules::not_from_outcome(synthesis.links.values(), &synthesis.hypotheses) {
        if let Broken::NotFromOutcome(link) = broken {
            let label = synthesis.label(link);
            let said = format!("{label} leads on from a part that is no outcome");
            let hint = format!("make it anew from an outcome, then: realist link remove {label} --why \"...\"");
            found.push(Diagnostic::warning("no-outcome", said).hint(hint));
        }
    }
    for link in synthesis.links.values() {
        for (end, key) in [(link.from, &link.from_part), (link.to, &link.to_part)] {
            let (Some(key), Some(held)) = (key, synthesis.hypotheses.get(&end)) else { continue };
            if held.parts.iter().all(|part| part.key != *key) {
                let (label, of) = (synthesis.label(link.id), synthesis.label(end));
                let said = format!("{label} names part {key} of {of}, which is no longer there");
                let hint = format!("make it anew, then: realist link remove {label} --why \"...\"");
                found.push(Diagnostic::warning("part-gone", said).hint(hint));
            }
        }
    }
    for circle in Ways::of(synthesis.links_of_kind(LinkKind::LeadsTo)).circles() {
        let way: Vec<String> = circle.iter().chain(circle.first()).map(|id| synthesis.label(*id)).collect();
        found.push(Diagnostic::note("feedback", format!("a chain comes back: {}", way.join(" → "))));
    }
    Ok(found)
}
