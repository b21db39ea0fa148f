//! Writing papers: gathers what a report needs and renders it into `outputs/`.

use super::agreement::Wanted;
use super::disagreements;
use super::pdf::Pdf;
use crate::check::typed::print;
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::frame;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::{Depth, LARGE_PRINT, Project};
use crate::render::{self, RENDERERS, Renderer};
use crate::report::template::{self, SHAPES, Shape};
use crate::report::{self, Brief, Ranking, RankingPart, Report, RestsOn};
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Makes a report from the project as it stands; `wanted` narrows one about what coders did.
///
/// Faults: `unknown-report`, `not-by-coder`, `bad-template`, and those of what it is made from.
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
            let synthesis = for_readers(project.synthesis(Depth::Quotations)?, audience);
            let brief = brief(&synthesis, audience)?;
            (synthesis, brief)
        }
        RestsOn::Codings => {
            let mut brief = Brief::new(audience);
            brief.disagreements = Some(disagreements::gather(project, wanted)?);
            (for_readers(project.synthesis(Depth::Headers)?, audience), brief)
        }
    };
    dressed(project, (kind.make)(&synthesis, &brief))
}

fn for_readers(mut synthesis: Synthesis, audience: Audience) -> Synthesis {
    if audience != Audience::Team {
        withhold(&mut synthesis);
    }
    synthesis
}

/// What others read instead of a sentence that repeats words of somebody who withdrew.
const WITHHELD: &str = "[withheld until reworded: it repeats words of somebody who withdrew]";

/// Takes sentences out that a withdrawal found to repeat the person's words, and that nobody has reworded since.
fn withhold(synthesis: &mut Synthesis) {
    let left = synthesis.participants.values().flat_map(|one| &one.repeated);
    let left: BTreeSet<(Id, String)> = left.map(|one| (one.id, one.print.clone())).collect();
    if left.is_empty() {
        return;
    }
    let hide = |id: Id, text: &mut String| {
        if left.contains(&(id, print(text))) {
            WITHHELD.clone_into(text);
        }
    };
    for one in synthesis.hypotheses.values_mut() {
        one.statement.iter_mut().chain(&mut one.memo).for_each(|text| hide(one.id, text));
        one.parts.iter_mut().for_each(|part| hide(one.id, &mut part.text));
    }
    for one in synthesis.evidence.values_mut() {
        one.reason.iter_mut().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.codings.values_mut() {
        one.memo.iter_mut().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.codes.values_mut() {
        hide(one.id, &mut one.name);
        [&mut one.definition, &mut one.include, &mut one.exclude]
            .into_iter()
            .flatten()
            .for_each(|text| hide(one.id, text));
    }
    for one in synthesis.components.values_mut() {
        hide(one.id, &mut one.name);
        one.description.iter_mut().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.uncertainties.values_mut() {
        hide(one.id, &mut one.text);
        [&mut one.plain, &mut one.why, &mut one.unknown].into_iter().flatten().for_each(|text| hide(one.id, text));
        one.options.iter_mut().for_each(|option| hide(one.id, &mut option.text));
    }
    for one in &mut synthesis.decisions {
        one.text.iter_mut().for_each(|text| hide(one.id, text));
    }
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

/// The renderers a person named, PDF by way of another program among them; Markdown and HTML where none was.
pub fn renderers(names: &[String]) -> Result<Vec<&'static dyn Renderer>> {
    let names: Vec<&str> =
        if names.is_empty() { vec!["html", "md"] } else { names.iter().map(String::as_str).collect() };
    names
        .into_iter()
        .map(|name| {
            let found = render::find(name).or_else(|| (name == Pdf.key()).then_some(&Pdf as &dyn Renderer));
            found.ok_or_else(|| {
                let known: Vec<&str> = RENDERERS.iter().map(|one| one.key()).chain([Pdf.key()]).collect();
                fault("unknown-format", format!("papers are not written as '{name}'"))
                    .hint(format!("formats: {}", known.join(", ")))
            })
        })
        .collect()
}

/// Writes a report in each format; returns the files.
pub fn write(project: &Project, report: &Report, renderers: &[&'static dyn Renderer]) -> Result<Vec<PathBuf>> {
    renderers.iter().map(|one| save(project, &report.stem(), *one, &one.render(report)?)).collect()
}

/// The same in large print, under names of its own: HTML and Word where no format was named.
///
/// Fault `not-printed`: a format that nobody prints.
pub fn write_large(project: &Project, report: &Report, names: &[String]) -> Result<Vec<PathBuf>> {
    let usual = ["html".to_owned(), "docx".to_owned()];
    let stem = format!("{}{LARGE_PRINT}", report.stem());
    renderers(if names.is_empty() { &usual } else { names })?
        .into_iter()
        .map(|one| {
            let bytes = one.render_large(report).ok_or_else(|| {
                fault("not-printed", format!("'{}' has no large print", one.key()))
                    .hint("with --large-print ask for --to html, --to docx or --to pdf")
            })??;
            save(project, &stem, one, &bytes)
        })
        .collect()
}

fn save(project: &Project, stem: &str, renderer: &dyn Renderer, bytes: &[u8]) -> Result<PathBuf> {
    project.write_output(&format!("{stem}.{}", renderer.extension()), bytes)
}

/// The template a paper is set by unless the team has its own.
///
/// Fault `no-template`: the papers that have one are named.
pub fn shipped_template(name: &str) -> Result<&'static Shape> {
    Shape::of(name).ok_or_else(|| {
        let papers: Vec<&str> = SHAPES.iter().map(|shape| shape.paper).collect();
        let near = did_you_mean(name, papers.iter().copied());
        super::resolve::meant(fault("no-template", format!("'{name}' is set by no template")), &near)
            .hint(format!("papers with a template: {}", papers.join(", ")))
    })
}

/// Sets a report by the team's own template, where there is one in `templates/`.
///
/// Fault `bad-template`, with the line.
fn dressed(project: &Project, report: Report) -> Result<Report> {
    let Some(shape) = Shape::of(report.key) else { return Ok(report) };
    let name = format!("templates/{}.toml", report.key);
    let path = project.root().join("templates").join(format!("{}.toml", report.key));
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(template::read(shape, &name, &text)?.apply(shape, report)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(report),
        Err(error) => Err(Fault::io("read", &path, &error)),
    }
}
