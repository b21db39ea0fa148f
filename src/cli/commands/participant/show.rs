//! `realist participant show`

use crate::act::{participant, resolve};
use crate::cli::Context;
use crate::diagnostic::Result;
use crate::participant::Participant;
use crate::project::{Depth, Project};
use crate::table::Table;
use serde_json::json;

/// Everything recorded of a participant, a line each.
pub fn run(context: &Context, project: &Project, typed: &str) -> Result<()> {
    let id = participant::find(project, typed)?;
    let held: Participant = resolve::read(project, id)?;
    let synthesis = project.synthesis(Depth::Headers)?;
    let speaks: Vec<String> = held
        .speaks
        .iter()
        .map(|at| format!("{}:{}", synthesis.label(at.document), synthesis.speaker_label(at)))
        .collect();
    let particulars = held.attributes.as_ref().and_then(|sealed| project.particulars(sealed)).unwrap_or_default();
    let pseudonym = held.name.as_ref().and_then(|sealed| project.unseal_text(sealed));
    let mut table = Table::with(&[("field", "Field"), ("value", "Value")]);
    let mut line = |field: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            table.push(vec![field.into(), value.into()]);
        }
    };
    line("id", Some(project.label(id)));
    line("speaks", Some(speaks.join(", ")));
    line("pseudonym", pseudonym.clone());
    line("group", held.group.clone());
    held.consent.iter().for_each(|(audience, consent)| line(&format!("consent: {audience}"), Some(consent.to_string())));
    line("consent form", held.consent_form.clone());
    line("consent date", held.consent_date.clone());
    particulars.values.iter().for_each(|(name, value)| line(name, Some(value.clone())));
    line("withdrawn", held.withdrawn_scope.map(|scope| scope.to_string()));
    line("withdrawn on", held.withdrawn_on.clone());
    let json = json!({
        "id": project.label(id),
        "speaks": speaks,
        "pseudonym": pseudonym,
        "group": held.group,
        "consent": held.consent,
        "form": held.consent_form,
        "date": held.consent_date,
        "attributes": particulars.values,
        "columns": particulars.columns,
        "withdrawn": held.withdrawn_scope,
        "withdrawn_on": held.withdrawn_on,
    });
    context.ui.list(&table, &json);
    Ok(())
}
