//! `realist report`

use crate::act::agreement::Wanted;
use crate::act::report as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::participant::Audience;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// agenda: papers for a consensus meeting. evidence: the CMO table with evidence for and against.
    /// disagreements: what coders differ on, as an agenda.
    name: String,
    /// Format to write into outputs/: html, md, docx, xlsx, csv, json; may be repeated. html and md unless said.
    #[arg(long = "to", value_name = "FORMAT")]
    to: Vec<String>,
    /// Whom it is for: team, meeting or publication. The last two withhold participants' words that
    /// have no recorded consent.
    #[arg(long = "for", value_name = "AUDIENCE")]
    audience: Option<Audience>,
    /// disagreements: only over this code; may be repeated.
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// disagreements: only between these coders, by their tags: gj,mb
    #[arg(long = "between", value_name = "TAG,TAG", value_delimiter = ',', num_args = 1)]
    coders: Vec<String>,
    /// disagreements: over what was coded in this closed blind pass, as it stood then.
    #[arg(long, value_name = "BP1.gj")]
    pass: Option<String>,
    /// Show it here and write nothing.
    #[arg(long, conflicts_with = "to")]
    show: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let audience = arguments.audience.unwrap_or(Audience::Team);
    let wanted = Wanted { codes: arguments.codes, coders: arguments.coders, pass: arguments.pass };
    let report = act::make(&project, &arguments.name, audience, &wanted)?;
    if arguments.show || context.surroundings.rehearsal {
        context.ui.report(&report);
        return Ok(Exit::Done);
    }
    let stem = act::stem(&project, &report, &wanted)?;
    let files = act::write_as(&project, &report, &stem, &act::renderers(&arguments.to)?)?;
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
