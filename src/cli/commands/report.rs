//! `realist report`

use crate::act::agreement::Wanted;
use crate::act::output::{self, Leak};
use crate::act::report as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::participant::Audience;
use crate::table::Table;
use serde_json::json;
use std::collections::BTreeSet;

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
    /// Show it here and write nothing.
    #[arg(long, conflicts_with = "to")]
    show: bool,
    /// Write nothing, and list each place where a listed identifier would stand.
    #[arg(long, conflicts_with = "show")]
    check: bool,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let project = context.open()?;
    let audience = arguments.audience.unwrap_or(Audience::Team);
    let wanted = Wanted { codes: arguments.codes, coders: arguments.coders };
    let report = act::make(&project, &arguments.name, audience, &wanted)?;
    let renderers = act::renderers(&arguments.to)?;
    if arguments.check {
        return Ok(tell(context, &output::check(&project, &report, &renderers)?));
    }
    if arguments.show || context.surroundings.rehearsal {
        context.ui.report(&output::shown(&project, &report)?);
        return Ok(Exit::Done);
    }
    let files = act::write(&project, &report, &renderers)?;
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

/// What the gate found; negative where it would refuse.
fn tell(context: &Context, leaks: &BTreeSet<Leak>) -> Exit {
    let mut table =
        Table::with(&[("id", "Id"), ("identifier", "Identifier"), ("found", "Found"), ("file", "File"), ("place", "Place")]);
    for one in leaks {
        let Leak { file, place, id, name, found } = one;
        table.push(vec![id.as_str().into(), name.as_str().into(), found.as_str().into(), file.as_str().into(), place.as_str().into()]);
    }
    context.ui.list(&table, &table.to_json());
    if leaks.is_empty() {
        context.ui.say("no listed identifier was found; read it through all the same: what tells somebody is seldom a name");
    }
    Exit::negative_if(!leaks.is_empty())
}
