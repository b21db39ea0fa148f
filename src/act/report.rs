//! Writing papers: gathers what a report needs and renders it into `outputs/`.

use super::agreement::Wanted;
use super::disagreements;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::frame;
use crate::participant::Audience;
use crate::project::{Depth, Project};
use crate::render::{RENDERERS, Renderer};
use crate::report::{self, Brief, Ranking, RankingPart, Report, RestsOn};
use crate::synthesis::Synthesis;
use std::path::PathBuf;

/// Makes a report from the project as it stands; `wanted` narrows one about what coders did.
///
/// Faults: `unknown-report`, `not-by-coder`, and those of what it is made from.
pub fn make(project: &Project, name: &str, audience: Audience, wanted: &Wanted) -> Result<Report> {
    let kind = report::find(name).ok_or_else(|| {
        let names: Vec<&str> = report::REPORTS.iter().map(|kind| kind.key).collect();
        let near = did_you_mean(name, names.iter().copied());
        super::resolve::meant(fault("unknown-report", format!("there is no report '{name}'")), &near)
            .hint(format!("reports: {}", names.join(", ")))
    })?;
    let (synthesis, brief) = match kind.rests_on {
        RestsOn::Evidence if !(wanted.codes.is_empty() && wanted.coders.is_empty()) => {
            return Err(fault("not-by-coder", format!("the report '{name}' is not narrowed to codes or coders"))
                .hint("leave out --code and --between; they belong to: realist report disagreements"));
        }
        RestsOn::Evidence => {
            let synthesis = project.synthesis(Depth::Quotations)?;
            let brief = brief(&synthesis, audience)?;
            (synthesis, brief)
        }
        RestsOn::Codings => {
            let mut brief = Brief::new(audience);
            brief.disagreements = Some(disagreements::gather(project, wanted)?);
            (project.synthesis(Depth::Headers)?, brief)
        }
    };
    Ok((kind.make)(&synthesis, &brief))
}

/// The numbers beside the synthesis: the order of uncertainties and the aggregated tables.
pub fn brief(synthesis: &Synthesis, audience: Audience) -> Result<Brief> {
    let mut brief = Brief::new(audience);
    brief.rankings = frame::priorities(synthesis).into_iter().map(ranking).collect();
    brief.tables.insert("standing_by_component", frame::standing_by_component(synthesis)?);
    brief.tables.insert("components_by_kind", frame::components_by_kind(synthesis)?);
    brief.tables.insert("coder_activity", frame::coder_activity(synthesis)?);
    brief.tables.insert("gaps", frame::gaps(synthesis)?);
    Ok(brief)
}

fn ranking(one: frame::UncertaintyPriority) -> Ranking {
    let parts = one.priority.parts.into_iter().map(|part| RankingPart {
        key: part.key.to_owned(),
        name: part.name.to_owned(),
        value: part.value,
        weight: part.weight,
        note: part.note,
    });
    Ranking {
        uncertainty: one.uncertainty,
        place: one.place,
        score: one.priority.score,
        parts: parts.collect(),
        missing: one.priority.missing.iter().map(ToString::to_string).collect(),
        rank_range: Some((one.rank.best, one.rank.worst)),
        set_by_people: one.set_by_people,
    }
}

/// The renderers a person named; Markdown and HTML where none was.
pub fn renderers(names: &[String]) -> Result<Vec<&'static dyn Renderer>> {
    let names: Vec<&str> =
        if names.is_empty() { vec!["html", "md"] } else { names.iter().map(String::as_str).collect() };
    names
        .into_iter()
        .map(|name| {
            crate::render::find(name).ok_or_else(|| {
                let known: Vec<&str> = RENDERERS.iter().map(|one| one.key()).collect();
                fault("unknown-format", format!("papers are not written as '{name}'"))
                    .hint(format!("formats: {}", known.join(", ")))
            })
        })
        .collect()
}

/// Writes a report in each format; returns the files.
pub fn write(project: &Project, report: &Report, renderers: &[&'static dyn Renderer]) -> Result<Vec<PathBuf>> {
    renderers
        .iter()
        .map(|renderer| {
            let name = format!("{}.{}", report.stem(), renderer.extension());
            project.write_output(&name, &renderer.render(report)?)
        })
        .collect()
}
