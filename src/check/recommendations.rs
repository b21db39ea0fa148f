//! **recommendations**: every recommendation rests on something that carries it.
//!
//! None is written without an agreed decision or a supported statement behind it, but a later decision, further evidence or a
//! merge of copies may take that away. What rests on contested statements alone, or on nothing that stands, is warned of; so
//! is a ground that has fallen beside others that hold, or of which a part fell. What nobody has appraised yet is noted.
//! Retired recommendations are left alone.

use crate::diagnostic::{Diagnostic, Result};
use crate::grounds::{Footing, Ground, Grounds, Worth, footing};
use crate::project::Project;
use crate::recommendation::Recommendation;
use crate::synthesis::{Bearings, Synthesis};

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let bearings = Bearings::of(synthesis);
    let grounds = Grounds::new(&bearings);
    let all = synthesis.recommendations.values().filter(|one| !one.retired);
    Ok(all.flat_map(|one| of(synthesis, &grounds, one)).collect())
}

fn of(synthesis: &Synthesis, grounds: &Grounds<'_, '_>, one: &Recommendation) -> Vec<Diagnostic> {
    let label = synthesis.label(one.id);
    let behind = grounds.behind(one);
    let said = |ground: &Ground| format!("{} ({})", synthesis.label(ground.of), ground.in_full());
    let all = behind.iter().map(said).collect::<Vec<_>>().join(", ");
    let hinted = |found: Diagnostic| {
        found
            .hint(format!("name what carries it: realist recommend edit {label} --basis X1.gj"))
            .hint(format!("or let it go: realist recommend retire {label}"))
    };
    match footing(&behind) {
        footing @ (Footing::Firm | Footing::Provisional) => {
            let fallen = behind.iter().filter(|ground| ground.worth == Worth::Fallen);
            let mut told: Vec<Diagnostic> = fallen
                .map(|ground| {
                    let of = synthesis.label(ground.of);
                    Diagnostic::warning(
                        "ground-fallen",
                        format!("{label} names {}, which carries nothing now", said(ground)),
                    )
                    .hint(format!("leave it out: realist recommend edit {label} --without {of}"))
                })
                .collect();
            told.extend(behind.iter().filter(|ground| !ground.shaken.is_empty()).map(|ground| {
                hinted(Diagnostic::warning("ground-shaken", format!("{label} rests on {}", said(ground))))
            }));
            let is_only_pending = behind.iter().all(|ground| ground.shaken.is_empty());
            if footing == Footing::Provisional && is_only_pending {
                told.push(
                    Diagnostic::note("provisional", format!("{label} rests on what is provisional: {all}"))
                        .hint("appraise the passages behind it, and take drafts up: realist evidence appraise --next"),
                );
            }
            told
        }
        Footing::OnlyContested => {
            let told = format!("{label} rests on contested statements alone: {all}");
            vec![hinted(Diagnostic::warning("only-contested", told))]
        }
        Footing::None if behind.is_empty() => {
            vec![hinted(Diagnostic::warning("no-ground", format!("{label} names nothing that it rests on")))]
        }
        Footing::None => {
            vec![hinted(Diagnostic::warning("no-ground", format!("nothing carries {label} now: {all}")))]
        }
    }
}
