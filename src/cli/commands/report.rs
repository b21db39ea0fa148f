//! `realist report`

use crate::act::agreement::Wanted;
use crate::act::report as act;
use crate::cli::Context;
use crate::cli::commands::shared::word;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::participant::Audience;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// agenda, evidence, cmo, cerqual, characteristics, appraisal, document-flow, statement-flow, refinement, trail, memos, methods, rameses1, rameses2, entreq, tidier, accord,
    /// disagreements; docs/reports.md says what is in each.
    name: String,
    /// trail: statements; all that live where none is named.
    #[arg(value_name = "H1.gj")]
    statements: Vec<String>,
    /// Format to write into outputs/: html, md, docx, xlsx, csv, json, and svg where there is a drawing; may be repeated.
    /// html and md unless said.
    #[arg(long = "to", value_name = "FORMAT")]
    to: Vec<String>,
    /// Whom it is for: team, meeting or publication. The last two withhold participants' words that
    /// have no recorded consent.
    #[arg(long = "for", value_name = "AUDIENCE")]
    audience: Option<Audience>,
    /// statement-flow: at this version of the theory or on this day.
    #[arg(long, value_name = "VERSION|DATE")]
    at: Option<String>,
    /// trail: initials (the tags of coders) or anonymous (letters). Anonymous in papers for others unless said.
    #[arg(long, value_name = "HOW", value_parser = word::<act::Coders>)]
    coders_as: Option<act::Coders>,
    /// disagreements: only over this code; may be repeated.
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// disagreements: only between these coders, by their tags: gj,mb
    #[arg(long = "between", value_name = "TAG,TAG", value_delimiter = ',', num_args = 1)]
    coders: Vec<String>,
    /// Show it here and write nothing.
    #[arg(long, conflicts_with = "to")]
    show: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let audience = arguments.audience.unwrap_or(Audience::Team);
    let asked = act::Asked {
        wanted: Wanted { codes: arguments.codes, coders: arguments.coders },
        statements: arguments.statements,
        at: arguments.at,
        coders: arguments.coders_as,
    };
    let report = act::make(&project, &arguments.name, audience, &asked)?;
    if arguments.show || context.surroundings.rehearsal {
        context.ui.report(&report);
        return Ok(Exit::Done);
    }
    let files = act::write(&project, &report, &act::renderers(&arguments.to)?)?;
    let shown: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let names: Vec<String> = files
        .iter()
        .map(|file| format!("outputs/{}", file.file_name().unwrap_or_default().to_string_lossy()))
        .collect();
    context.ui.answer(
        &format!("wrote {} for the {audience}", shown.join(", ")),
        &json!({ "report": report.key, "for": audience, "files": names }),
    );
    Ok(Exit::Done)
}
