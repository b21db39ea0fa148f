//! Taking a facesheet in. The file is not kept: it holds names.

use super::{As, Found, ImportedFile, One, Trouble, Wanted};
use crate::act::facesheet::Plan;
use crate::diagnostic::{Diagnostic, fault};
use crate::import::facesheet::Sheet;
use crate::project::{Batch, Original};

/// What the rows say of participants, as far as it is new.
pub(super) fn take_in(batch: &mut Batch<'_>, wanted: &Wanted, file: &Found, sheet: &Sheet) -> Result<One, Trouble> {
    let plan = Plan::of(batch.project(), sheet, wanted.facesheet.as_ref())?;
    let Some(first) = plan.people.first() else {
        let refused = plan.refused.first().map(|one| format!(": row {}: {}", one.row, one.because)).unwrap_or_default();
        return Err(fault(
            "no-row",
            format!("no row of the facesheet could be told to be about a participant{refused}"),
        )
        .hint("look at it with --dry-run, and see `realist participant list`")
        .into());
    };
    let label = first.label.clone();
    if plan.refused.is_empty() && !plan.people.iter().any(crate::act::facesheet::Person::changes) {
        return Ok(One::Unchanged(label));
    }
    let original = Original::look(&file.path)?;
    batch.attempt(|batch| plan.write(batch, &original)).map_err(|fault| Trouble::of(fault, batch))?;
    let mut diagnostics = plan.notes.clone();
    diagnostics.extend(plan.people.iter().filter(|one| !one.joined.is_empty()).map(|one| {
        let others: Vec<&str> = one.joined.iter().map(|(_, label)| label.as_str()).collect();
        Diagnostic::note(
            "joined",
            format!("{} and {} are one person: {} from now on", one.label, others.join(", "), one.label),
        )
    }));
    diagnostics.extend(
        plan.refused
            .iter()
            .map(|one| Diagnostic::warning("row-refused", format!("row {} was left out: {}", one.row, one.because))),
    );
    Ok(One::Imported(Box::new(ImportedFile {
        id: label,
        path: file.shown.clone(),
        taken_as: As::Attributes,
        records: plan.rows,
        refused: plan.refused,
        kind: wanted.kind,
        format: extension(file),
        turns: 0,
        words: 0,
        warnings: diagnostics.iter().map(ToString::to_string).collect(),
        dropped: Vec::new(),
        notes: 0,
        diagnostics,
        units: 0,
        studies: 0,
        language: None,
        speakers: None,
        completed: None,
        document: None,
        codings: None,
    })))
}

fn extension(file: &Found) -> String {
    file.path.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default()
}
