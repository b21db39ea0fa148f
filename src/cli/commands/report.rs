//! `realist report`

use super::paper;
use crate::act::agreement::Wanted;
use crate::act::output::{self, Leak};
use crate::act::report as act;
use crate::bibliography;
use crate::cli::Context;
use crate::cli::commands::shared::{counted, word};
use crate::cli::ui::Exit;
use crate::diagnostic::{Diagnostic, Result};
use crate::participant::Audience;
use crate::project::Project;
use crate::render::Print;
use crate::report::{Block, REPORTS, member_page};
use crate::report::template::{SHAPES, Shape};
use crate::table::Table;
use serde_json::json;
use std::collections::BTreeSet;

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true, after_help = names())]
pub struct Arguments {
    /// Which paper: see the list below.
    #[arg(required = true)]
    name: Option<String>,
    /// trail: statements; all that live where none is named.
    #[arg(value_name = "H1.gj")]
    statements: Vec<String>,
    /// Format to write into outputs/: html, md, docx, xlsx, csv, json, pdf, and svg where there is a drawing; may be
    /// repeated. html and md unless said. pdf asks for an installed browser or LibreOffice.
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
    /// Only about this uncertainty; may be repeated. For agenda, briefing, slides, record, evidence, cmo, passages and
    /// question-frame.
    #[arg(long = "uncertainty", value_name = "U1.gj")]
    uncertainties: Vec<String>,
    /// How works are cited: the name of a style (apa, vancouver, harvard, and those of `realist report styles`), or a CSL
    /// file. citation_style in realist.toml unless said, else apa.
    #[arg(long, value_name = "STYLE|FILE.csl")]
    style: Option<String>,
    /// member-page, secretary: of this meeting; agenda, briefing, slides: with what is on its agenda. The next meeting unless
    /// said. record: of it alone.
    #[arg(long, value_name = "G1.gj")]
    meeting: Option<String>,
    /// In 18 point with wide margins, wide tables as lists: html and docx unless --to says otherwise.
    #[arg(long)]
    large_print: bool,
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
    #[arg(long, conflicts_with_all = ["to", "large_print"])]
    show: bool,
    /// Write nothing, and list each place where a listed identifier would stand.
    #[arg(long, conflicts_with = "show")]
    check: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print the template a paper is set by: save it as templates/NAME.toml in the project's folder to put sections
    /// in another order, name them anew, or add words of your own.
    Template {
        /// agenda, briefing, slides or record; these are listed where none is named.
        name: Option<String>,
        /// Write it into this file instead.
        #[arg(long, value_name = "FILE")]
        out: Option<String>,
    },
    /// List the citation styles that --style knows by name.
    Styles,
}

/// Every report by its name, for help.
fn names() -> String {
    let all = (ALL, "every paper that the project has material for, training packs too");
    let each = REPORTS.iter().map(|kind| (kind.key, kind.about)).chain([all]);
    let lines = each.map(|(key, about)| format!("  {key:<16}{about}"));
    std::iter::once("Papers:".to_owned()).chain(lines).collect::<Vec<_>>().join("\n")
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    match arguments.command {
        Some(Command::Template { name, out }) => {
            return match name {
                Some(name) => template(context, &name, out.as_deref()),
                None => Ok(templates(context)),
            };
        }
        Some(Command::Styles) => return Ok(styles(context)),
        None => {}
    }
    let project = context.open()?;
    let audience = arguments.audience.unwrap_or(Audience::Team);
    if arguments.name.as_deref() == Some(ALL) {
        let print = if arguments.large_print { Print::Large } else { Print::Usual };
        let formats = if arguments.to.is_empty() { print.formats() } else { arguments.to };
        return all(context, &project, audience, &formats, print);
    }
    let asked = act::Asked {
        wanted: Wanted { codes: arguments.codes, coders: arguments.coders, pass: arguments.pass },
        statements: arguments.statements,
        at: arguments.at,
        coders: arguments.coders_as,
        style: arguments.style,
        uncertainties: arguments.uncertainties,
        meeting: arguments.meeting,
    };
    let named = asked.meeting.is_some();
    let report = act::make(&project, &arguments.name.unwrap_or_default(), audience, &asked)?;
    let over = if report.key == "member-page" { member_page::lines_over(&report) } else { 0 };
    if over > 0 {
        let said = format!("the page is about {} too long for one side of A4", counted(over, "line"));
        context.ui.diagnostic(
            &Diagnostic::warning("page-too-long", said).hint("shorten what stands on it: realist meeting edit, realist uncertainty edit --plain"),
        );
    }
    if let Some(meeting) = report.data["meeting"].as_str().filter(|_| !named) {
        let said = format!("it is about {meeting}, the next meeting; about another: --meeting");
        context.ui.diagnostic(&Diagnostic::note("next-meeting", said));
    }
    let print = if arguments.large_print { Print::Large } else { Print::Usual };
    let formats = if arguments.to.is_empty() { print.formats() } else { arguments.to };
    let renderers = act::renderers(&formats)?;
    if arguments.check {
        return Ok(tell(context, &output::check(&project, report, &renderers)?));
    }
    if arguments.show || context.surroundings.rehearsal {
        context.ui.report(&output::shown(&project, report)?);
        return Ok(Exit::Done);
    }
    let (key, stem) = (report.key, act::stem(&project, &report, &asked)?);
    let files = act::write_as(&project, report, &stem, &renderers, print)?;
    let shown: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let names: Vec<String> = files
        .iter()
        .map(|file| format!("outputs/{}", file.file_name().unwrap_or_default().to_string_lossy()))
        .collect();
    context.ui.answer(
        &format!("wrote {} for the {audience}", shown.join(", ")),
        &json!({ "report": key, "for": audience, "files": names }),
    );
    Ok(Exit::Done)
}

/// Instead of a report's name: all of them.
const ALL: &str = "all";

/// Writes every paper there is material for. What cannot be written is said, and the rest is written all the same; negative
/// then.
fn all(context: &Context, project: &Project, audience: Audience, formats: &[String], print: Print) -> Result<Exit> {
    let renderers = act::renderers(formats)?;
    let (mut files, mut refused) = (Vec::new(), Vec::new());
    for (name, made) in act::all::all(project, audience) {
        let written = made.and_then(|made| {
            let is_drawn = made.report.blocks.iter().any(|block| matches!(block, Block::Figure(_)));
            let fit: Vec<_> = renderers.iter().copied().filter(|one| one.key() != "svg" || is_drawn).collect();
            act::write_as(project, made.report, &made.stem, &fit, print)
        });
        match written {
            Ok(written) => files.extend(written),
            Err(fault) => {
                context.ui.diagnostic(&Diagnostic::warning("not-written", format!("{name}: {}", fault.on_one_line())));
                refused.push(name);
            }
        }
    }
    let names: Vec<String> = files
        .iter()
        .map(|file| format!("outputs/{}", file.file_name().unwrap_or_default().to_string_lossy()))
        .collect();
    let sentence = format!("wrote {} for the {audience} into outputs/", counted(files.len(), "file"));
    context.ui.answer(&sentence, &json!({ "for": audience, "files": names, "refused": refused }));
    Ok(Exit::negative_if(!refused.is_empty() || files.is_empty()))
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

/// Papers that are set by a template, and their sections.
fn templates(context: &Context) -> Exit {
    let mut table = Table::with(&[("paper", "Paper"), ("sections", "Sections")]);
    for shape in SHAPES {
        table.push(vec![shape.paper.into(), sections(shape).join(", ").into()]);
    }
    context.ui.list(&table, &table.to_json());
    Exit::Done
}

/// Needs no project either.
fn styles(context: &Context) -> Exit {
    let mut table = Table::with(&[("style", "Style"), ("title", "In full")]);
    for one in bibliography::offered() {
        table.push(vec![one.name.into(), one.title.into()]);
    }
    context.ui.list(&table, &table.to_json());
    Exit::Done
}

fn sections(shape: &Shape) -> Vec<&'static str> {
    shape.sections.iter().map(|section| section.key).collect()
}
