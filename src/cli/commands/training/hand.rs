//! What a training case hands out: packs, stages, sheets for answers.

use crate::act::output;
use crate::act::report;
use crate::act::sheet::Form;
use crate::act::training::{look, pack as act};
use crate::act::training::pack::{For, Made};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, Severity, fault};
use crate::participant::Audience;
use crate::project::Project;
use crate::render::Print;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What it is written as, and where.
#[derive(Debug, clap::Args)]
pub struct Handing {
    /// Format to write into outputs/: html, docx, md, csv, xlsx, json, pdf; may be repeated. html and docx unless said.
    #[arg(long = "to", value_name = "FORMAT")]
    to: Vec<String>,
    /// Into this file instead, whose ending says the format.
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    out: Option<PathBuf>,
    /// In 18 point with wide margins: html and docx.
    #[arg(long, conflicts_with = "out")]
    large_print: bool,
}

impl Handing {
    /// The formats asked for.
    fn formats(&self) -> Vec<String> {
        let usual = || ["html", "docx"].map(str::to_owned).to_vec();
        match &self.out {
            Some(file) => vec![file.extension().map_or("html".into(), |ending| ending.to_string_lossy().to_lowercase())],
            None if self.to.is_empty() => usual(),
            None => self.to.clone(),
        }
    }
}

pub fn pack(
    context: &Context,
    project: &Project,
    training: &str,
    reader: For,
    stage: Option<&str>,
    handing: &Handing,
) -> Result<Exit> {
    let made = act::pack(project, training, reader, stage)?;
    let files = written(project, &made, handing, &handing.formats())?;
    say(context, &files, &format!("for the {reader}"), &json!({ "for": reader.word(), "files": files }));
    for one in look::check(project, training)?.iter().filter(|one| one.severity > Severity::Note) {
        context.ui.diagnostic(one);
    }
    Ok(Exit::Done)
}

/// Sheets to write on are papers; those to type into are grids.
pub fn sheet(context: &Context, project: &Project, training: &str, handing: &Handing) -> Result<Exit> {
    let (grids, papers): (Vec<String>, Vec<String>) =
        handing.formats().into_iter().partition(|format| ["csv", "xlsx"].contains(&format.as_str()));
    if handing.large_print && !grids.is_empty() {
        return Err(fault("not-printed", format!("'{}' has no large print", grids[0])).hint("ask for --to html or --to docx"));
    }
    let mut files = Vec::new();
    if !papers.is_empty() {
        files.extend(written(project, &act::sheet(project, training)?, handing, &papers)?);
    }
    for format in grids {
        let (name, bytes) = act::grid(project, training, format.parse::<Form>()?)?;
        let path = handing.out.clone().unwrap_or_else(|| project.outputs_folder().join(name));
        files.push(called(project, &output::file(project, Audience::Publication, &path, bytes)?));
    }
    say(context, &files, "for answers", &json!({ "files": files }));
    context.ui.say(&format!("typed into a csv or xlsx sheet, they come back with: realist training answers {training} FILE"));
    Ok(Exit::Done)
}

fn written(project: &Project, made: &Made, handing: &Handing, formats: &[String]) -> Result<Vec<String>> {
    let renderers = report::renderers(formats)?;
    if let Some(file) = &handing.out {
        return renderers
            .into_iter()
            .map(|renderer| Ok(called(project, &output::report_at(project, made.report.clone(), renderer, file)?)))
            .collect();
    }
    let print = if handing.large_print { Print::Large } else { Print::Usual };
    let files = report::write_as(project, made.report.clone(), &made.stem, &renderers, print)?;
    Ok(files.iter().map(|path| called(project, path)).collect())
}

/// A file below the project as people know it.
fn called(project: &Project, path: &Path) -> String {
    let name = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if path.parent() == Some(&project.outputs_folder()) { format!("outputs/{}", name()) } else { path.display().to_string() }
}

fn say(context: &Context, files: &[String], whom: &str, json: &serde_json::Value) {
    let sentence = if context.surroundings.rehearsal {
        "dry run: nothing was written".to_owned()
    } else {
        format!("wrote {} {whom}", files.join(", "))
    };
    context.ui.answer(&sentence, json);
}
