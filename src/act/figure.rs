//! Drawing figures: which one, of what, and the files that come of it.

use super::resolve;
use crate::diagnostic::{Result, fault, suggestions};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::picture::Figure;
use crate::project::{Depth, Project};
use crate::render::figure::{FORMATS, Format, find};
use crate::report::figure::{self, View, Zoom};
use crate::synthesis::Synthesis;

crate::vocabulary! {
    /// Which figure.
    pub enum Which "figure" {
        /// Factors and what leads to what.
        Map "map",
        /// Components with their statements.
        Theory "theory",
        /// One configuration.
        Cmo "cmo",
        /// Statements against sources.
        Matrix "matrix",
    }
}

/// What is to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub which: Vec<Which>,
    pub component: Option<String>,
    /// Statements to draw as configurations; all that live where none is named.
    pub hypotheses: Vec<String>,
    pub at_least: usize,
    pub zoom: Option<Zoom>,
    pub opposites: bool,
}

/// Draws what is asked. Faults: those of labels; `nothing-to-draw`.
pub fn figures(project: &Project, asked: &Asked) -> Result<Vec<Figure>> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let component = asked.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    let view = View { component, at_least: asked.at_least, zoom: asked.zoom, opposites: asked.opposites };
    if synthesis.living_hypotheses().next().is_none() {
        return Err(fault("nothing-to-draw", "there is no statement to draw yet")
            .hint("realist hypothesis add --context \"...\" --mechanism \"...\" --outcome \"...\""));
    }
    let mut figures = Vec::new();
    for which in &asked.which {
        match which {
            Which::Map => figures.push(figure::map(&synthesis, &view)),
            Which::Theory => figures.push(figure::theory(&synthesis, &view)),
            Which::Matrix => figures.push(figure::matrix(&synthesis, &view)),
            Which::Cmo => {
                let ids = asked
                    .hypotheses
                    .iter()
                    .map(|typed| standing(project, &synthesis, resolve::find(project, Kind::Hypothesis, typed)?))
                    .collect::<Result<Vec<_>>>()?;
                let is_asked = |one: &&Hypothesis| {
                    if ids.is_empty() {
                        component.is_none_or(|id| one.component == Some(id))
                    } else {
                        ids.contains(&one.id)
                    }
                };
                figures.extend(synthesis.living_hypotheses().filter(is_asked).map(|one| figure::cmo(&synthesis, one)));
            }
        }
    }
    if figures.is_empty() {
        return Err(
            fault("nothing-to-draw", "no living statement is among those asked for").hint("realist hypothesis list")
        );
    }
    Ok(figures)
}

/// A statement that stands; what was merged or said anew is drawn as the one that says it now.
fn standing(project: &Project, synthesis: &Synthesis, id: Id) -> Result<Id> {
    let Some(held) = synthesis.hypotheses.get(&id).filter(|one| !one.status.is_living()) else { return Ok(id) };
    let label = project.label(id);
    let speakers = synthesis.speakers();
    let mut instead = synthesis.heirs(speakers.of(id), &speakers);
    if speakers.of(id) != id && instead.is_empty() {
        instead.push(speakers.of(id));
    }
    let refused = fault("not-living", format!("{label} is {} and stands no longer", held.status));
    Err(match instead.first() {
        Some(other) => refused.hint(format!("draw what says it now: --hypothesis {}", project.label(*other))),
        None => refused.hint(format!("see what became of it: realist hypothesis show {label} --history")),
    })
}

/// Formats by name; svg where none is named.
pub fn formats(names: &[String]) -> Result<Vec<&'static Format>> {
    let names: Vec<&str> = if names.is_empty() { vec!["svg"] } else { names.iter().map(String::as_str).collect() };
    let known = || FORMATS.iter().map(|format| format.key);
    names
        .into_iter()
        .map(|name| {
            find(name).ok_or_else(|| {
                fault("unknown-format", format!("figures are not written as '{name}'"))
                    .hints(suggestions(name, known()))
                    .hint(format!("formats: {}", known().collect::<Vec<_>>().join(", ")))
            })
        })
        .collect()
}
