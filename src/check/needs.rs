//! **needs**: what ties components to needs and drivers is explained by statements that stand, and figures can be traced.
//!
//! A tie that nothing explains is kept, and noted here; so is one whose statement was given up, is contested, has
//! counter-evidence only or no evidence, or belongs to another component; a need whose figure has no source or no date;
//! a tie to a component that is not in use.

use crate::coverage::{Doubt, Gap, Grid, Tied, gaps};
use crate::diagnostic::{Diagnostic, Result};
use crate::need::{Need, Policy};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let needs = Grid::<Need>::of(synthesis);
    let mut found = at_ties(synthesis, &needs, "need");
    found.extend(at_ties(synthesis, &Grid::<Policy>::of(synthesis), "policy"));
    found.extend(needs.rows.iter().filter_map(|need| at_figure(synthesis, need)));
    Ok(found)
}

fn at_ties<T: Tied>(synthesis: &Synthesis, grid: &Grid<T>, verb: &str) -> Vec<Diagnostic> {
    let gaps = grid.gaps().into_iter().map(|gap| at_gap(synthesis, &gap, verb));
    let astray = grid.astray.iter().map(|(row, component)| {
        let (row, component) = (synthesis.label(row.id()), synthesis.label(*component));
        Diagnostic::note("tied-out-of-use", format!("{row} is tied to {component}, which is not in use"))
            .hint(format!("take the tie away: realist {verb} unlink {row} {component}"))
    });
    gaps.chain(astray).collect()
}

fn at_gap<T: Tied>(synthesis: &Synthesis, gap: &Gap<T>, verb: &str) -> Diagnostic {
    let (row, component) = (synthesis.label(gap.row.id()), synthesis.label(gap.component.id));
    let command = format!("realist {verb} link {row} {component} --because");
    let said = gap.in_words(synthesis);
    match gap.about {
        None => Diagnostic::note("unexplained-tie", said).hint(format!("name a statement: {command} H1")),
        Some((statement, Doubt::NotStanding | Doubt::OtherComponent)) => {
            let statement = synthesis.label(statement);
            Diagnostic::note("doubtful-tie", said).hint(format!("name another: {command} H1 --without {statement}"))
        }
        Some((statement, _)) => Diagnostic::note("doubtful-tie", said)
            .hint(format!("what bears on it: realist hypothesis show {}", synthesis.label(statement))),
    }
}

fn at_figure(synthesis: &Synthesis, need: &Need) -> Option<Diagnostic> {
    let label = synthesis.label(need.id);
    let lacks = gaps::lacks_in_words(synthesis, need)?;
    let told = Diagnostic::note("untraced-figure", format!("{label}: {lacks}"));
    Some(told.hint(format!("say where it stands: realist need edit {label} --source S1 --date 2011")))
}
