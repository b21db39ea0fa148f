//! **searches**: no search is there twice.
//!
//! Two people who add one search unaware of each other leave two, and its records count twice. A search is known by place,
//! platform, stream, date and whether it is a scoping search. Retired ones are left alone.

use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::screening::searches;
use crate::synthesis::Synthesis;
use std::collections::BTreeMap;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let mut told: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for one in searches(synthesis) {
        told.entry(one.known_by()).or_default().push(synthesis.label(one.id));
    }
    let twice = told
        .into_iter()
        .filter_map(|((place, ..), labels)| Some((place, labels.split_first()?.1.first()?.clone(), labels)));
    Ok(twice.map(|(place, further, labels)| diagnostic(&place, &further, &labels)).collect())
}

fn diagnostic(place: &str, further: &str, labels: &[String]) -> Diagnostic {
    Diagnostic::warning("same-search", format!("{} are one search of {place}", labels.join(" and ")))
        .hint(format!("keep one: realist searching retire {further}"))
        .hint(format!("or say what sets them apart: realist searching edit {further} --place \"...\""))
}
