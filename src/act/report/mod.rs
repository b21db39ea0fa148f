//! Writing papers: gathers what a report needs and renders it into `outputs/`. What is found in the journal for one report
//! stands in a file of that report's name.

mod meeting;
mod memos;
mod names;
mod refinement;
mod statement_flow;
mod trail;

pub use names::Coders;

use super::agreement::Wanted;
use super::disagreements;
use super::pdf::Pdf;
use crate::check::typed::print;
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::frame;
use crate::id::Id;
use crate::participant::Audience;
use crate::project::{Depth, LARGE_PRINT, Project};
use crate::render::{self, Print, RENDERERS, Renderer};
use crate::report::template::{self, SHAPES, Shape};
use crate::report::{self, Brief, History, Ranking, RankingPart, Report, RestsOn};
use crate::synthesis::Synthesis;
use names::Names;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What somebody asks of a report beside its name and whom it is for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Of one about what coders did.
    pub wanted: Wanted,
    /// Of `trail`: statements; all that live where none is named.
    pub statements: Vec<String>,
    /// Of `statement-flow`: a version, a date or `now`.
    pub at: Option<String>,
    /// How coders are named; by tag for the team, by letter for others, unless somebody says otherwise.
    pub coders: Option<Coders>,
    /// The meeting that a paper is about; the next one where none is named.
    pub meeting: Option<String>,
}

/// Makes a report from the project as it stands.
///
/// Faults: `unknown-report`, `not-by-coder`, `not-of-statements`, `not-at`, `bad-template`, and those of what it is made
/// from.
pub fn make(project: &Project, name: &str, audience: Audience, asked: &Asked) -> Result<Report> {
    let kind = report::find(name).ok_or_else(|| {
        let names: Vec<&str> = report::REPORTS.iter().map(|kind| kind.key).collect();
        let near = did_you_mean(name, names.iter().copied());
        super::resolve::meant(fault("unknown-report", format!("there is no report '{name}'")), &near)
            .hint(format!("reports: {}", names.join(", ")))
    })?;
    refuse_astray(kind, asked)?;
    let unnamed = || if audience == Audience::Team { Coders::Initials } else { Coders::Anonymous };
    let names = Names::of(project, asked.coders.unwrap_or_else(unnamed));
    let holdings = || Ok(for_readers(project.synthesis(Depth::Quotations)?, audience));
    let mut brief = Brief::new(audience);
    let synthesis = match kind.rests_on {
        RestsOn::Evidence => {
            let mut synthesis = holdings()?;
            brief = self::brief(&synthesis, audience)?;
            brief.meeting = meeting::gather(project, kind, asked)?;
            if kind.key == "record" {
                brief.meetings = meeting::all(project, asked)?;
                if audience != Audience::Team {
                    meeting::withhold(&mut brief.meetings, &repeated(&synthesis), WITHHELD);
                }
            }
            brief.meeting.iter().for_each(|held| meeting::set_out(&mut synthesis, held));
            synthesis
        }
        RestsOn::Meeting => {
            brief.meeting = meeting::gather(project, kind, asked)?;
            holdings()?
        }
        RestsOn::Codings => {
            brief.disagreements = Some(disagreements::gather(project, &asked.wanted)?);
            for_readers(project.synthesis(Depth::Headers)?, audience)
        }
        RestsOn::Holdings => holdings()?,
        RestsOn::History(history) => {
            let mut synthesis = for_readers(project.synthesis(Depth::Headers)?, audience);
            match history {
                History::Trails => {
                    brief.trails = trail::gather(project, &synthesis, &asked.statements, (audience, &names))?;
                    synthesis.labels.values_mut().for_each(|label| names.hide_in(label));
                }
                History::Flow => brief.flow = Some(statement_flow::gather(project, asked.at.as_deref())?),
                History::Refinements => brief.refinements = refinement::gather(project, &synthesis)?,
                History::Memos => brief.memos = memos::gather(project)?,
            }
            synthesis
        }
    };
    dressed(project, (kind.make)(&synthesis, &brief))
}

/// What was asked of another report than this.
fn refuse_astray(kind: &report::Kind, asked: &Asked) -> Result<()> {
    meeting::refuse_astray(kind, asked)?;
    let name = kind.key;
    if kind.rests_on != RestsOn::Codings && !asked.wanted.is_everything() {
        return Err(fault("not-by-coder", format!("the report '{name}' is not narrowed to codes, coders or a pass"))
            .hint("leave out --code, --between and --pass; they belong to: realist report disagreements"));
    }
    if kind.rests_on != RestsOn::History(History::Trails) && !asked.statements.is_empty() {
        return Err(fault("not-of-statements", format!("the report '{name}' is not about single statements"))
            .hint("leave them out; the life of a statement: realist report trail H12"));
    }
    if kind.rests_on != RestsOn::History(History::Flow) && asked.at.is_some() {
        return Err(fault("not-at", format!("the report '{name}' tells of the project as it stands"))
            .hint("leave out --at; it belongs to: realist report statement-flow"));
    }
    Ok(())
}

fn for_readers(mut synthesis: Synthesis, audience: Audience) -> Synthesis {
    if audience != Audience::Team {
        withhold(&mut synthesis);
    }
    synthesis
}

/// What others read instead of a sentence that repeats words of somebody who withdrew.
const WITHHELD: &str = "[withheld until reworded: it repeats words of somebody who withdrew]";

/// Sentences that repeat words of somebody who withdrew: of which thing, and what tells them.
fn repeated(synthesis: &Synthesis) -> BTreeSet<(Id, String)> {
    let left = synthesis.participants.values().flat_map(|one| &one.repeated);
    left.map(|one| (one.id, one.print.clone())).collect()
}

/// Takes sentences out that a withdrawal found to repeat the person's words, and that nobody has reworded since.
fn withhold(synthesis: &mut Synthesis) {
    let left = repeated(synthesis);
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

/// Name of a report's files: what is about one pass or one meeting bears its label.
pub fn stem(project: &Project, report: &Report, asked: &Asked) -> Result<String> {
    let label = match (&asked.wanted.pass, &asked.meeting) {
        (Some(pass), _) => super::pass::named(project, pass)?.0,
        (None, Some(typed)) => project.label(super::meeting::find(project, typed)?.id),
        (None, None) => return Ok(report.stem()),
    };
    Ok(report.stem().replacen(report.key, &format!("{}-{label}", report.key), 1))
}

/// Writes a report in each format into `outputs/`; returns the files.
///
/// Faults: `identifier-found`, and those of the disk.
pub fn write(project: &Project, report: &Report, renderers: &[&'static dyn Renderer]) -> Result<Vec<PathBuf>> {
    write_as(project, report, &report.stem(), renderers, Print::Usual)
}

/// The same under a name and in a size of its own; large print adds to the name.
///
/// Fault `not-printed`: a format that nobody prints.
pub fn write_as(
    project: &Project,
    report: &Report,
    stem: &str,
    renderers: &[&'static dyn Renderer],
    print: Print,
) -> Result<Vec<PathBuf>> {
    let stem = match print {
        Print::Usual => stem.to_owned(),
        Print::Large => format!("{stem}{LARGE_PRINT}"),
    };
    super::output::report(project, report, &stem, renderers, print)
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
