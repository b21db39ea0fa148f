//! `realist report`

use super::paper;
use crate::act::agreement::Wanted;
use crate::act::report as act;
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::participant::Audience;
use crate::report::REPORTS;
use crate::report::template::Shape;
use serde_json::json;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[arg(required = true, help = names())]
    name: Option<String>,
    /// Format to write into outputs/: html, md, docx, xlsx, csv, json, pdf; may be repeated. html and md unless
    /// said. pdf asks for an installed browser or LibreOffice.
    #[arg(long = "to", value_name = "FORMAT")]
    to: Vec<String>,
    /// Whom it is for: team, meeting or publication. The last two withhold participants' words that
    /// have no recorded consent.
    #[arg(long = "for", value_name = "AUDIENCE")]
    audience: Option<Audience>,
    /// In 18 point with wide margins, wide tables as lists: html and docx unless --to says otherwise.
    #[arg(long)]
    large_print: bool,
    /// disagreements: only over this code; may be repeated.
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,
    /// disagreements: only between these coders, by their tags: gj,mb
    #[arg(long = "between", value_name = "TAG,TAG", value_delimiter = ',', num_args = 1)]
    coders: Vec<String>,
    /// Show it here and write nothing.
    #[arg(long, conflicts_with_all = ["to", "large_print"])]
    show: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print the template a paper is set by: save it as templates/NAME.toml in the project's folder to put sections
    /// in another order, name them anew, or add words of your own.
    Template {
        /// agenda, briefing, slides or record.
        name: String,
        /// Write it into this file instead.
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
    },
}

/// Every report by its name, for help.
fn names() -> String {
    REPORTS.iter().map(|kind| format!("{}: {}.", kind.key, kind.about)).collect::<Vec<_>>().join(" ")
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    if let Some(Command::Template { name, out }) = arguments.command {
        return template(context, &name, out.as_deref());
    }
    let project = context.open()?;
    let audience = arguments.audience.unwrap_or(Audience::Team);
    let wanted = Wanted { codes: arguments.codes, coders: arguments.coders };
    let report = act::make(&project, &arguments.name.unwrap_or_default(), audience, &wanted)?;
    if arguments.show || context.surroundings.rehearsal {
        context.ui.report(&report);
        return Ok(Exit::Done);
    }
    let files = if arguments.large_print {
        act::write_large(&project, &report, &arguments.to)?
    } else {
        act::write(&project, &report, &act::renderers(&arguments.to)?)?
    };
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

/// Needs no project: it is the tool's own.
fn template(context: &Context, name: &str, out: Option<&str>) -> Result<Exit> {
    let shape = act::shipped_template(name)?;
    let text = shape.shipped();
    match out {
        Some(file) => {
            let files = paper::keep(context, file, text.as_bytes())?;
            let sentence = if files.is_empty() { paper::sentence(&files) } else { format!("wrote {file}") };
            context.ui.answer(&sentence, &json!({ "template": name, "files": files }));
        }
        None => context.ui.answer(text.trim_end(), &json!({ "template": name, "text": text, "sections": sections(shape) })),
    }
    Ok(Exit::Done)
}

fn sections(shape: &Shape) -> Vec<&'static str> {
    shape.sections.iter().map(|section| section.key).collect()
}
