//! Where a table goes that is to be kept, with its figure where it is drawn: papers and figures into `outputs/`, or one file that is named.

use crate::act::{output, report};
use crate::cli::Context;
use crate::cli::commands::paper;
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::participant::Audience;
use crate::picture::Figure;
use crate::project::Project;
use crate::render::figure;
use crate::report::Report;
use serde_json::json;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub struct Out {
    /// Format to write into outputs/: html, docx, xlsx, csv, md, json; where it is drawn, svg too; may be repeated.
    #[arg(long = "to", value_name = "FORMAT")]
    to: Vec<String>,
    /// Write it to this file instead; its ending says the format.
    #[arg(long, value_name = "FILE", conflicts_with = "to")]
    out: Option<String>,
}

const DRAWN: &str = "svg";

impl Out {
    pub fn is_wanted(&self) -> bool {
        !self.to.is_empty() || self.out.is_some()
    }

    /// Writes the paper, or where an svg is asked for its figure.
    pub fn write(&self, context: &Context, project: &Project, paper: &Report, drawn: Option<&Figure>) -> Result<Exit> {
        let files = match &self.out {
            Some(file) => Self::one(context, project, paper, drawn, file)?,
            None => self.several(context, project, paper, drawn)?,
        };
        let sentence = match files.as_slice() {
            [] => "dry run: nothing was written".to_owned(),
            files => format!("wrote {}, for the team", files.join(", ")),
        };
        context.ui.answer(&sentence, &json!({ "report": paper.key, "for": "team", "files": files }));
        Ok(Exit::Done)
    }

    fn one(
        context: &Context,
        project: &Project,
        paper: &Report,
        drawn: Option<&Figure>,
        file: &str,
    ) -> Result<Vec<String>> {
        if !Path::new(file).extension().is_some_and(|ending| ending.eq_ignore_ascii_case(DRAWN)) {
            return paper::put(context, project, paper, file);
        }
        let svg = written(drawn)?;
        output::file(project, Audience::Team, Path::new(file), svg)?;
        Ok(if context.surroundings.rehearsal { Vec::new() } else { vec![file.to_owned()] })
    }

    fn several(
        &self,
        context: &Context,
        project: &Project,
        paper: &Report,
        drawn: Option<&Figure>,
    ) -> Result<Vec<String>> {
        let (figures, papers): (Vec<&String>, Vec<&String>) = self.to.iter().partition(|one| *one == DRAWN);
        let mut files = Vec::new();
        if !papers.is_empty() {
            let papers: Vec<String> = papers.into_iter().cloned().collect();
            files.extend(report::write(project, paper.clone(), &report::renderers(&papers)?)?);
        }
        if !figures.is_empty() {
            let place = project.outputs_folder().join(format!("{}.{DRAWN}", paper.key));
            files.push(output::file(project, Audience::Team, &place, written(drawn)?)?);
        }
        let kept = if context.surroundings.rehearsal { Vec::new() } else { files };
        Ok(kept.iter().map(|file| file.display().to_string()).collect())
    }
}

fn written(drawn: Option<&Figure>) -> Result<Vec<u8>> {
    let format = figure::find(DRAWN).zip(drawn);
    let (format, drawn) = format.ok_or_else(|| {
        fault("unknown-format", "this table is not drawn").hint("take --to html, docx, xlsx, csv, md or json")
    })?;
    Ok((format.write)(drawn).into_bytes())
}
