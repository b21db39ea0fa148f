//! Writing papers: gathers what a report needs and renders it into `outputs/`. What is found in the journal for one report
//! stands in a file of that report's name.

pub mod all;
mod meeting;
mod memos;
mod names;
mod record;
mod refinement;
mod statement_flow;
mod stem;
mod trail;
mod turnout;

pub use names::Coders;
pub use stem::stem;

use super::agreement::Wanted;
use super::disagreements;
use super::pdf::Pdf;
use super::round::rated::rated;
use crate::bibliography::Style;
use crate::check::typed::print;
use crate::diagnostic::{Diagnostic, Fault, Result, did_you_mean, fault};
use crate::frame;
use crate::id::{Id, Kind};
use crate::participant::Audience;
use crate::programme::Programme;
use crate::project::{Depth, LARGE_PRINT, Project};
use crate::render::{self, Print, RENDERERS, Renderer};
use crate::report::references::CITING;
use crate::report::template::{self, SHAPES, Shape, Template};
use crate::report::version::{DIGITS, Frozen, Version};
use crate::report::{self, Brief, History, NARROWED, Ranking, RankingPart, Report, RestsOn};
use crate::synthesis::Synthesis;
use crate::uncertainty::Choice;
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
    /// How works are cited: the name of a style, or a file.
    pub style: Option<String>,
    /// Uncertainties the paper is about; all where none is named.
    pub uncertainties: Vec<String>,
    /// The meeting that a paper is about; the next one where none is named.
    pub meeting: Option<String>,
}

/// Makes a report from the project as it stands.
///
/// Faults: `unknown-report`, `not-by-coder`, `not-of-statements`, `not-at`, `not-cited`, `not-narrowed`, `unknown-style`,
/// `bad-style`, `bad-template`, and those of what it is made
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
    let mut synthesis = match kind.rests_on {
        RestsOn::Evidence | RestsOn::Decisions => {
            let held = project.synthesis(Depth::Quotations)?;
            let theory = PRINTING_ITS_VERSION.contains(&kind.key).then(|| version(project, &held));
            let mut synthesis = for_readers(held, audience);
            synthesis.rated = rated(project, audience)?;
            brief = self::brief(&synthesis, audience)?;
            brief.theory = theory;
            brief.meeting = meeting::gather(project, kind, asked)?;
            if kind.rests_on == RestsOn::Decisions {
                brief.refinements = refinement::between_versions(project, &synthesis);
                brief.to_do = record::to_do(project);
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
                History::Refinements => {
                    brief.refinements = refinement::gather(project, &synthesis)?;
                    brief.meetings = meeting::all(project, asked)?;
                    brief.outset = refinement::outset(project);
                    brief.turnout = turnout::gather(project);
                }
                History::Memos => brief.memos = memos::gather(project)?,
            }
            synthesis
        }
    };
    if audience != Audience::Team {
        names.hide_in_searching(&mut synthesis);
    }
    if CITING.contains(&kind.key) {
        brief.style = Some(style(project, &synthesis, asked.style.as_deref())?);
    }
    for typed in &asked.uncertainties {
        brief.about.insert(super::resolve::find(project, Kind::Uncertainty, typed)?);
    }
    let mut report = (kind.make)(&synthesis, &brief);
    if !brief.about.is_empty() {
        let about: Vec<String> = brief.about.iter().map(|id| synthesis.label(*id)).collect();
        report.subtitle = format!("{}. About {} alone", report.subtitle, about.join(", "));
        report.data["about"] = about.into();
    }
    dressed(project, report)
}

/// Papers that say on which state of the theory they rest.
const PRINTING_ITS_VERSION: &[&str] = &["agenda", "briefing"];

/// The state of the theory: the last version, and the theory as it is held.
fn version(project: &Project, synthesis: &Synthesis) -> Version {
    let short = |hash: &str| hash.chars().take(DIGITS).collect();
    let frozen = super::programme::versions(project).into_iter().next_back().map(|one| Frozen {
        id: project.label(one.id),
        hash: short(&one.hash),
        name: one.name,
        date: one.date,
    });
    Version { frozen, now: short(&Programme::of(synthesis).hash()) }
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
    if !NARROWED.contains(&kind.key) && !asked.uncertainties.is_empty() {
        return Err(fault("not-narrowed", format!("the report '{name}' is not narrowed to an uncertainty"))
            .hint(format!("leave out --uncertainty; it belongs to: {}", NARROWED.join(", "))));
    }
    if !CITING.contains(&kind.key) && asked.style.is_some() {
        return Err(fault("not-cited", format!("the report '{name}' has no list of references"))
            .hint(format!("leave out --style; it belongs to: {}", CITING.join(", "))));
    }
    Ok(())
}

/// The citation style asked for, else the project's, else the usual one. A file is looked for where the person is; that of
/// the settings, in the project's folder. It is proved on the works there are.
fn style(project: &Project, synthesis: &Synthesis, asked: Option<&str>) -> Result<Style> {
    let path = match (asked, &project.settings().citation_style) {
        (Some(name), _) => PathBuf::from(name),
        (None, Some(name)) if is_file_name(name) => project.root().join(name),
        (None, Some(name)) => PathBuf::from(name),
        (None, None) => return Style::usual(),
    };
    let name = path.to_string_lossy();
    if !is_file_name(&name) {
        return Style::named(&name);
    }
    let text = std::fs::read_to_string(&path).map_err(|error| Fault::io("read", &path, &error))?;
    let style = Style::read(&path.file_name().unwrap_or_default().to_string_lossy(), &text)?;
    let works = synthesis.sources.values();
    let works = works.filter_map(|one| Some((synthesis.label(one.id), one.reference.as_deref()?))).collect::<Vec<_>>();
    style.prove(&works)?;
    Ok(style)
}

fn is_file_name(style: &str) -> bool {
    std::path::Path::new(style).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csl"))
}

/// What a synthesis says in papers for this audience.
pub(super) fn for_readers(mut synthesis: Synthesis, audience: Audience) -> Synthesis {
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
    hide_in_theory(synthesis, &hide);
    hide_in_care(synthesis, &hide);
    hide_in_searches_and_decisions(synthesis, &hide);
}

/// Statements, their evidence and codes, components and uncertainties.
fn hide_in_theory(synthesis: &mut Synthesis, hide: &dyn Fn(Id, &mut String)) {
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
        one.tidier.values_mut().flatten().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.uncertainties.values_mut() {
        hide(one.id, &mut one.text);
        [&mut one.plain, &mut one.why, &mut one.unknown].into_iter().flatten().for_each(|text| hide(one.id, text));
        one.options.iter_mut().flat_map(Choice::texts_mut).for_each(|text| hide(one.id, text));
        for weighed in one.weighed.values_mut() {
            let texts = [&mut weighed.judgement, &mut weighed.why].into_iter().chain(&mut weighed.also);
            texts.for_each(|text| hide(one.id, text));
        }
    }
}

/// Models of care and their pathways, recommendations, training cases, needs and drivers.
fn hide_in_care(synthesis: &mut Synthesis, hide: &dyn Fn(Id, &mut String)) {
    for one in synthesis.models.models.values_mut() {
        hide(one.id, &mut one.name);
        one.description.iter_mut().chain(&mut one.words).for_each(|text| hide(one.id, text));
    }
    for one in synthesis.models.cells.values_mut() {
        one.note.iter_mut().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.models.outcomes.values_mut() {
        let texts = [&mut one.measure, &mut one.comparator, &mut one.note];
        texts.into_iter().flatten().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.models.features.values_mut() {
        one.because.values_mut().for_each(|because| hide(one.id, &mut because.why));
    }
    for one in synthesis.steps.values_mut() {
        let id = one.id;
        one.texts_mut().for_each(|text| hide(id, text));
    }
    for one in synthesis.recommendations.values_mut() {
        let said = [&mut one.action, &mut one.for_whom, &mut one.context, &mut one.would_change];
        let of_workforce = [&mut one.role, &mut one.competency, &mut one.gap, &mut one.supervision];
        said.into_iter().chain(of_workforce).flatten().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.trainings.values_mut() {
        hide(one.id, &mut one.title);
        one.setting.iter_mut().chain(&mut one.consent_basis).for_each(|text| hide(one.id, text));
        one.objectives.iter_mut().for_each(|objective| hide(one.id, &mut objective.text));
    }
    for one in synthesis.needs.values_mut() {
        hide(one.id, &mut one.statement);
        let texts = [&mut one.population, &mut one.measure, &mut one.value, &mut one.place].into_iter().flatten();
        texts.chain(one.met_by.values_mut().filter_map(|tie| tie.how.as_mut())).for_each(|text| hide(one.id, text));
    }
    for one in synthesis.policies.values_mut() {
        hide(one.id, &mut one.name);
        let texts = [&mut one.citation, &mut one.requirement].into_iter().flatten();
        texts
            .chain(one.stances.values_mut().filter_map(|one| one.tie.how.as_mut()))
            .for_each(|text| hide(one.id, text));
    }
}

fn hide_in_searches_and_decisions(synthesis: &mut Synthesis, hide: &dyn Fn(Id, &mut String)) {
    for one in synthesis.searches.values_mut() {
        hide(one.id, &mut one.place);
        let texts = [
            &mut one.platform,
            &mut one.strategy,
            &mut one.limits,
            &mut one.searcher,
            &mut one.purpose,
            &mut one.found,
        ];
        texts.into_iter().flatten().for_each(|text| hide(one.id, text));
    }
    for one in synthesis.flows.values_mut() {
        let reasons = one.reasons.values_mut().flat_map(|all| all.values_mut()).map(|reason| &mut reason.reason);
        one.how.iter_mut().chain(reasons).for_each(|text| hide(one.id, text));
    }
    for one in &mut synthesis.decisions {
        one.text.iter_mut().for_each(|text| hide(one.id, text));
        one.effects.iter_mut().for_each(|effect| hide(effect.of, &mut effect.to));
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

/// Writes a report in each format into `outputs/`; returns the files.
///
/// Faults: `identifier-found`, and those of the disk.
pub fn write(project: &Project, report: Report, renderers: &[&'static dyn Renderer]) -> Result<Vec<PathBuf>> {
    let stem = report.stem();
    write_as(project, report, &stem, renderers, Print::Usual)
}

/// The same under a name and in a size of its own; large print adds to the name.
///
/// Fault `not-printed`: a format that nobody prints.
pub fn write_as(
    project: &Project,
    report: Report,
    stem: &str,
    renderers: &[&'static dyn Renderer],
    print: Print,
) -> Result<Vec<PathBuf>> {
    super::output::report(project, report, &stem_in(stem, print), renderers, print)
}

/// The name of a paper in letters of a size.
pub fn stem_in(stem: &str, print: Print) -> String {
    match print {
        Print::Usual => stem.to_owned(),
        Print::Large => format!("{stem}{LARGE_PRINT}"),
    }
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

/// What lies in `templates/` and sets no paper, or cannot be read.
pub fn templates(project: &Project) -> Vec<Diagnostic> {
    let Ok(inside) = std::fs::read_dir(project.root().join(TEMPLATES)) else { return Vec::new() };
    let mut names: Vec<String> =
        inside.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    let papers: Vec<&str> = SHAPES.iter().map(|shape| shape.paper).collect();
    let look = |name: &String| match name.strip_suffix(".toml").and_then(Shape::of) {
        Some(shape) => template_of(project, shape).err().map(|why| *why.0),
        None => {
            let said = format!("{TEMPLATES}/{name} sets no paper, and is passed over");
            Some(
                Diagnostic::warning("no-template", said).hint(format!("papers with a template: {}", papers.join(", "))),
            )
        }
    };
    names.iter().filter_map(look).collect()
}

/// The folder of a team's own templates.
const TEMPLATES: &str = "templates";

/// The team's own template of a paper. Fault `bad-template`, with the line.
fn template_of(project: &Project, shape: &Shape) -> Result<Option<Template>> {
    let name = format!("{TEMPLATES}/{}.toml", shape.paper);
    let path = project.root().join(TEMPLATES).join(format!("{}.toml", shape.paper));
    match std::fs::read_to_string(&path) {
        Ok(text) => template::read(shape, &name, &text).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Fault::io("read", &path, &error)),
    }
}

/// Sets a report by the team's own template, where there is one in `templates/`.
///
/// Fault `bad-template`, with the line.
fn dressed(project: &Project, report: Report) -> Result<Report> {
    let Some(shape) = Shape::of(report.key) else { return Ok(report) };
    Ok(match template_of(project, shape)? {
        Some(own) => own.apply(shape, report),
        None => report,
    })
}
