//! How a report's files are called: what is about one pass, some codes, one meeting or some uncertainties bears their labels,
//! so that none is written over another's.

use super::Asked;
use crate::act::programme::Moment;
use crate::act::{meeting, pass, resolve};
use crate::diagnostic::Result;
use crate::id::{Id, Kind};
use crate::project::{AT, BETWEEN, Project};
use crate::report::Report;
use std::collections::BTreeSet;

/// Letters of what a paper is about, in its name; file systems take 255 in all.
const ROOM: usize = 120;

/// The name without its ending. Faults: those of finding what the paper is about.
pub fn stem(project: &Project, report: &Report, asked: &Asked) -> Result<String> {
    let mut about = Vec::new();
    if let Some(pass) = &asked.wanted.pass {
        about.push(pass::named(project, pass)?.0);
    }
    about.extend(labels(project, &asked.wanted.codes, |typed| resolve::code(project, typed))?);
    about.extend(labels(project, &asked.statements, |typed| resolve::find(project, Kind::Hypothesis, typed))?);
    about.extend(labels(project, &asked.uncertainties, |typed| resolve::find(project, Kind::Uncertainty, typed))?);
    if let Some(typed) = &asked.meeting {
        about.push(project.label(meeting::find(project, typed)?.id));
    }
    let mut named = format!("{}{}", report.key, in_short(&about));
    if !asked.wanted.coders.is_empty() {
        let tags: BTreeSet<&str> = asked.wanted.coders.iter().map(|tag| tag.trim()).collect();
        named.extend([BETWEEN, &tags.into_iter().collect::<Vec<_>>().join("-")]);
    }
    if let Some(then) = then(project, asked)? {
        named.extend([AT, &then]);
    }
    Ok(report.stem().replacen(report.key, &named, 1))
}

/// Labels of what was typed, in their order, each once.
fn labels(project: &Project, typed: &[String], find: impl Fn(&str) -> Result<Id>) -> Result<Vec<String>> {
    let ids = typed.iter().map(|typed| find(typed)).collect::<Result<Vec<Id>>>()?;
    let ids: BTreeSet<_> = ids.into_iter().map(|id| (project.state().label_of(id), id)).collect();
    Ok(ids.into_iter().map(|(_, id)| project.label(id)).collect())
}

/// `-H1.gj-H2.gj`; of more than a name has room for, the first, how many follow, and letters that tell them from others.
fn in_short(about: &[String]) -> String {
    let whole: String = about.iter().flat_map(|label| ["-", label]).collect();
    let Some((first, others)) = about.split_first().filter(|_| whole.len() > ROOM) else { return whole };
    let print: String = Id::derived([whole.as_bytes()]).to_string().chars().take(8).collect();
    format!("-{first}-and-{}-more-{print}", others.len())
}

/// The version, or the day, that a paper tells of instead of now.
fn then(project: &Project, asked: &Asked) -> Result<Option<String>> {
    let Some(typed) = &asked.at else { return Ok(None) };
    let moment = Moment::find(project, typed)?;
    // A time holds signs that a file name may not.
    Ok(moment.version.or(moment.date).map(|then| then.replace(':', "-")))
}
