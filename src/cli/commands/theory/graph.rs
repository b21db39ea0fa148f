//! `realist theory graph`

use crate::act::figure::{self as act, Asked, Which};
use crate::act::output;
use crate::cli::Context;
use crate::cli::commands::figures::said;
use crate::cli::commands::shared::word;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::picture::Figure;
use crate::report::figure::{FROM_AFAR, Zoom};
use std::path::Path;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Which: map, theory, cmo or matrix; may be repeated. map and theory unless said.
    #[arg(long = "figure", value_name = "FIGURE", value_parser = word::<Which>)]
    figures: Vec<Which>,
    /// Format: svg, html (with a table beside it), dot, mermaid, graphml, csv; may be repeated. svg unless said.
    #[arg(long = "to", value_name = "FORMAT")]
    to: Vec<String>,
    /// Folder to write into; outputs/ of the project unless said.
    #[arg(long, value_name = "DIR")]
    out: Option<String>,
    /// Only what belongs to this component.
    #[arg(long, value_name = "COMPONENT")]
    component: Option<String>,
    /// Statements to draw, with --figure cmo; all unless said.
    #[arg(long = "hypothesis", value_name = "H")]
    hypotheses: Vec<String>,
    /// Only links, or statements, that at least so many independent sources tell.
    #[arg(long, default_value_t = 0, value_name = "N")]
    at_least: usize,
    /// How far away to stand: near (every factor and statement), component (a box each), or level (a box for each first
    /// level of labels, "general; special"). Where not given, what is too large to read is drawn from further away.
    #[arg(long, value_enum)]
    zoom: Option<Far>,
    /// Take a thing and its opposite for one: wordings that begin with ~ are the opposite of the rest.
    #[arg(long)]
    opposites: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Far {
    Near,
    Component,
    Level,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let which = match arguments.figures.as_slice() {
        [] if arguments.hypotheses.is_empty() => vec![Which::Map, Which::Theory],
        [] => vec![Which::Cmo],
        which => which.to_vec(),
    };
    let asked = Asked {
        which,
        component: arguments.component,
        hypotheses: arguments.hypotheses,
        at_least: arguments.at_least,
        zoom: arguments.zoom.map(|far| match far {
            Far::Near => Zoom::Near,
            Far::Component => Zoom::Component,
            Far::Level => Zoom::Level,
        }),
        opposites: arguments.opposites,
    };
    let formats = act::formats(&arguments.to)?;
    let project = context.open()?;
    let figures = act::figures(&project, &asked)?;
    let written = output::figures(&project, &figures, &formats, arguments.out.as_deref().map(Path::new))?;
    said(context, &figures, &written);
    let from_afar = |figure: &&Figure| figure.notes.iter().any(|note| note == FROM_AFAR);
    for figure in figures.iter().filter(from_afar) {
        context.ui.say(&format!(
            "{}: drawn from further away, being large. All of it: --zoom near; one part: --component K1; the best told: --at-least 2",
            figure.key
        ));
    }
    Ok(Exit::Done)
}
