//! `realist check`

use super::shared::counted;
use crate::act::report;
use crate::check;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::{Result, Severity};
use crate::project::Project;
use crate::table::Table;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Also read every line, text, original and sealed value, trusting nothing, and say how much was looked at.
    #[arg(long)]
    deep: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = Project::open(&context.folder, context.surroundings.clone())?;
    let mut found = check::run(&project, arguments.deep)?;
    found.push(check::Found {
        key: "templates",
        about: "the team's own templates can be read, and set a paper",
        counts: check::Counts::default(),
        diagnostics: report::templates(&project),
    });
    let problems = found.iter().flat_map(|one| &one.diagnostics).filter(|one| one.severity > Severity::Note).count();
    if context.ui.is_json() {
        let rules: Vec<_> =
            found.iter().map(|one| json!({ "rule": one.key, "about": one.about, "looked_at": looked_at(one), "found": one.diagnostics })).collect();
        context.ui.json(&json!({ "problems": problems, "rules": rules }));
        return Ok(Exit::negative_if(problems > 0));
    }
    if context.ui.format() != Format::Table {
        context.ui.list(&table(&found), &json!(null));
        return Ok(Exit::negative_if(problems > 0));
    }
    for one in &found {
        let verdict = if one.diagnostics.is_empty() { "ok".to_owned() } else { counted(one.diagnostics.len(), "finding") };
        let counts: Vec<String> = one.counts.iter().map(|(number, what)| counted(*number, what)).collect();
        let counts = if counts.is_empty() { String::new() } else { format!(" ({})", counts.join(", ")) };
        context.ui.text(&format!("{:<12} {verdict:<12} {}{counts}", one.key, one.about));
        for diagnostic in &one.diagnostics {
            context.ui.diagnostic(diagnostic);
        }
    }
    Ok(Exit::negative_if(problems > 0))
}

/// Numbers by what was counted.
fn looked_at(found: &check::Found) -> serde_json::Map<String, serde_json::Value> {
    found.counts.iter().map(|(number, what)| (format!("{what}s"), json!(number))).collect()
}

/// One row a finding; a rule that found nothing has one too.
fn table(found: &[check::Found]) -> Table {
    let columns = ["rule", "severity", "code", "message", "hint"];
    let mut table = Table::with(&columns.map(|key| (key, key)));
    for one in found {
        if one.diagnostics.is_empty() {
            table.push([one.key, "ok", "", one.about, ""].map(Into::into).to_vec());
        }
        for diagnostic in &one.diagnostics {
            let severity = format!("{:?}", diagnostic.severity).to_lowercase();
            table.push(vec![
                one.key.into(),
                severity.into(),
                diagnostic.code.into(),
                diagnostic.to_string().into(),
                diagnostic.hints.join("; ").into(),
            ]);
        }
    }
    table
}
