//! `realist step check`

use super::show::asked;
use crate::cli::Context;
use crate::cli::ui::{Exit, Format};
use crate::diagnostic::Result;
use crate::project::{Depth, Project};
use crate::report::comparison::tables::model;
use crate::report::pathway::{RULE, in_words, tables};
use crate::stepped::{Verdict, check};
use serde_json::json;

/// Negative where a check failed or waits for a look, or none had anything to look at.
pub fn run(context: &Context, project: &Project, typed: Option<&str>) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let pathways = asked(project, &synthesis, typed)?;
    let checked: Vec<_> = pathways.iter().map(|one| (one, check(one))).collect();
    let has = |verdict: Verdict| checked.iter().flat_map(|(_, checked)| checked).any(|one| one.verdict == verdict);
    let exit = Exit::negative_if(has(Verdict::Failed) || has(Verdict::ToLookAt) || !has(Verdict::Passed));
    if context.ui.is_json() {
        let each = checked.iter().map(|(pathway, checked)| {
            json!({
                "model": synthesis.label(pathway.model.id), "name": pathway.model.name, "steps": pathway.steps.len(),
                "checks": tables::checks_json(&synthesis, checked),
            })
        });
        context.ui.json(&json!({ "pathways": each.collect::<Vec<_>>(), "rule": RULE }));
        return Ok(exit);
    }
    if context.ui.format() != Format::Table {
        let mut all = tables::checks(&[]);
        for (pathway, checked) in &checked {
            let label = synthesis.label(pathway.model.id);
            for (mut row, one) in tables::checks(checked).rows.into_iter().zip(checked) {
                row[0] = format!("{label} {}", one.rule.key).into();
                all.push(row);
            }
        }
        context.ui.list(&all, &json!(null));
        return Ok(exit);
    }
    for (pathway, checked) in &checked {
        context.ui.heading(&model(&synthesis, pathway.model));
        for one in checked {
            context.ui.text(&format!("{} {:<19} {}", one.rule.key, one.verdict.title(), one.rule.title));
            if one.failures.is_empty() {
                context.ui.text(&format!("     {}", one.looked_at));
            }
            for failure in &one.failures {
                context.ui.text(&format!("     {}", failure.said));
                context.ui.text(&format!("       {}: realist step {}", failure.mend, failure.command));
            }
        }
        context.ui.say(&in_words(checked));
    }
    context.ui.say(RULE);
    Ok(exit)
}
