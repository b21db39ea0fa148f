//! How conflicts about blind passes are told: closed twice, or one passage settled in two ways. Part of **conflicts**.

use crate::coding::Coding;
use crate::diagnostic::{Diagnostic, Result};
use crate::history::{Conflict, Stored};
use crate::id::{Id, Kind};
use crate::pass::{Pass, Settled};
use crate::project::Project;
use crate::synthesis::Synthesis;
use serde_json::Value;
use std::collections::BTreeMap;

/// Tells those that are about passes, each passage once; gives the others back.
pub(super) fn tell(
    project: &Project,
    synthesis: &Synthesis,
    conflicts: Vec<Conflict>,
) -> Result<(Vec<Diagnostic>, Vec<Conflict>)> {
    let passes: BTreeMap<Id, Pass> = project.state().all::<Pass>().into_iter().map(|pass| (pass.id, pass)).collect();
    let key_of = |coding: Id| {
        passes.values().find_map(|pass| {
            let settled = pass.settled.iter().find(|(_, settled)| settled.coding == Some(coding));
            settled.map(|(key, _)| (pass.id, key.clone()))
        })
    };
    let (mut told, mut others) = (Vec::new(), Vec::new());
    let mut settled: BTreeMap<(Id, String), Vec<Conflict>> = BTreeMap::new();
    for conflict in conflicts {
        let is_pass = passes.contains_key(&conflict.id);
        let key = conflict.field.strip_prefix("settled:").filter(|_| is_pass).map(|key| (conflict.id, key.to_owned()));
        if let Some(at) = key.or_else(|| key_of(conflict.id)) {
            settled.entry(at).or_default().push(conflict);
        } else if is_pass && conflict.field == "heads" {
            told.push(closed_twice(synthesis, &conflict));
        } else {
            others.push(conflict);
        }
    }
    for ((pass, key), conflicts) in settled {
        if let Some(held) = passes.get(&pass).and_then(|pass| pass.settled.get(&key)) {
            told.push(settled_twice(project, synthesis, pass, held, &conflicts)?);
        }
    }
    Ok((told, others))
}

fn closed_twice(synthesis: &Synthesis, conflict: &Conflict) -> Diagnostic {
    let label = synthesis.label(conflict.id);
    Diagnostic::warning(
        "conflict",
        format!(
            "{label} was closed by two people unaware of each other, who did not have the same work: what {} closed counts, \
             what {} closed does not",
            conflict.kept_by, conflict.other_by
        ),
    )
    .hint(format!("take in everybody's copy, then close it once more, which takes both together: realist pass close {label}"))
}

fn settled_twice(
    project: &Project,
    synthesis: &Synthesis,
    pass: Id,
    held: &Settled,
    conflicts: &[Conflict],
) -> Result<Diagnostic> {
    // The decision itself where there were two; else what came of it.
    let of_decision: Vec<&Conflict> = conflicts.iter().filter(|one| one.id == pass).collect();
    let telling = if of_decision.is_empty() { conflicts.iter().collect() } else { of_decision };
    let said: Vec<String> = telling
        .iter()
        .map(|one| {
            let (kept, other) = (in_words(synthesis, one, &one.kept), in_words(synthesis, one, &one.other));
            format!("{kept} ({}) stands, {other} ({}) does not", one.kept_by, one.other_by)
        })
        .collect();
    let label = synthesis.label(pass);
    let place = place(project, synthesis, held)?;
    let message = format!("{label}: {place} was settled by two people unaware of each other: {}", said.join("; "));
    Ok(Diagnostic::warning("conflict", message)
        .hint(format!("see its number N: realist pass reconcile {label}"))
        .hint(format!(
            "then decide once more: realist pass reconcile {label} N --keep (or --drop, --code CODE, --quote WORDS) --reason 'why'"
        )))
}

fn in_words(synthesis: &Synthesis, conflict: &Conflict, value: &Value) -> String {
    let code = |value: &Value| {
        let id: Id = value.as_str()?.parse().ok()?;
        Some(synthesis.codes.get(&id).map_or_else(|| synthesis.label(id), |code| code.name.clone()))
    };
    match conflict.field.as_str() {
        "code" => format!("the code {}", code(value).unwrap_or_default()),
        "anchor" => "on other words".to_owned(),
        _ => serde_json::from_value::<Settled>(value.clone()).map_or_else(
            |_| "nothing".to_owned(),
            |settled| {
                let reason = settled.reason.map(|reason| format!(", '{reason}'")).unwrap_or_default();
                format!("{}{reason}", settled.verdict)
            },
        ),
    }
}

/// `openness at D1.gj/4`, of the first coding it was settled from.
fn place(project: &Project, synthesis: &Synthesis, held: &Settled) -> Result<String> {
    let coding = held.of.iter().find_map(|id| {
        let entity = project.state().entity(*id).filter(|entity| entity.kind == Kind::Coding)?;
        Coding::read(*id, &entity).ok()
    });
    let Some(coding) = coding else { return Ok("a passage".to_owned()) };
    let code = synthesis.codes.get(&coding.code).map_or_else(|| synthesis.label(coding.code), |code| code.name.clone());
    let at = synthesis.label(coding.anchor.document);
    let document = synthesis.documents.get(&coding.anchor.document);
    let units = document.map(|document| project.units_in_force(document, &coding.anchor)).transpose()?.flatten();
    Ok(match units {
        Some(units) if units.start() == units.end() => format!("{code} at {at}/{}", units.start()),
        Some(units) => format!("{code} at {at}/{}..{}", units.start(), units.end()),
        None => format!("{code} in {at}"),
    })
}
