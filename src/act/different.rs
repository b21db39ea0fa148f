//! Two sources that look alike and are not one report: said by a person, remembered, and never proposed
//! again. It is said of the pair, whichever way round it is named.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Depth, Done, Project};
use crate::source::{Difference, Source};
use crate::synthesis::Synthesis;
use serde_json::{Value, json};

/// A pair judged to be two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub one: Id,
    pub other: Id,
    pub difference: Difference,
}

/// All pairs judged to be two, by label.
pub fn list(project: &Project) -> Result<(Synthesis, Vec<Pair>)> {
    let synthesis = project.synthesis(Depth::Headers)?;
    let pairs = synthesis.sources.values().flat_map(|source| {
        let each = source.different.iter();
        each.map(|(other, difference)| Pair { one: source.id, other: *other, difference: difference.clone() })
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    pairs.sort_by_key(|pair| (synthesis.labels.get(&pair.one).cloned(), synthesis.labels.get(&pair.other).cloned()));
    Ok((synthesis, pairs))
}

/// Judges two sources to be two. Faults: `same-source`, `counted-once`.
pub fn judge(project: &mut Project, one: &str, other: &str, reason: Option<&str>) -> Result<Done<(String, String)>> {
    project.write("source different", true, |batch| {
        let pair = pair(batch.project(), one, other)?;
        let labels = (batch.project().label(pair.0), batch.project().label(pair.1));
        let synthesis = batch.project().synthesis(Depth::Facts)?;
        if synthesis.counts_as(pair.0) == synthesis.counts_as(pair.1) {
            let said = format!("{} and {} count as one by now", labels.0, labels.1);
            return Err(fault("counted-once", said)
                .hint("part them first: realist source set S2.gj --same-study none (see `realist source list`)"));
        }
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty()).map(str::to_owned);
        let difference = Difference { by: batch.coder().to_owned(), reason };
        set(batch, pair, &json!(difference));
        Ok(labels)
    })
}

/// Takes a judgement back: the pair may be proposed again. Fault `not-judged`.
pub fn take_back(project: &mut Project, one: &str, other: &str) -> Result<Done<(String, String)>> {
    project.write("source different", true, |batch| {
        let pair = pair(batch.project(), one, other)?;
        let labels = (batch.project().label(pair.0), batch.project().label(pair.1));
        if difference(batch.project(), pair).is_none() {
            let said = format!("nobody judged {} and {} to be two", labels.0, labels.1);
            return Err(fault("not-judged", said).hint("list what was judged: realist source different"));
        }
        set(batch, pair, &Value::Null);
        Ok(labels)
    })
}

/// Two that were judged to be two do not count as one unasked. Fault `judged-different`.
pub(super) fn refuse_different(project: &Project, one: Id, other: Id) -> Result<()> {
    let Some(Difference { by, reason }) = difference(project, (one.min(other), one.max(other))) else { return Ok(()) };
    let (one, other) = (project.label(one), project.label(other));
    let why = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    Err(fault("judged-different", format!("{by} judged {one} and {other} to be two{why}"))
        .hint(format!("take that back first: realist source different {one} {other} --take-back")))
}

fn difference(project: &Project, (first, second): (Id, Id)) -> Option<Difference> {
    project.state().get::<Source>(first)?.different.remove(&second)
}

/// Both by id, so that a pair is the same whichever way round it is named. Fault `same-source`.
fn pair(project: &Project, one: &str, other: &str) -> Result<(Id, Id)> {
    let one = resolve::find(project, Kind::Source, one)?;
    let other = resolve::find(project, Kind::Source, other)?;
    if one == other {
        return Err(fault("same-source", "a source is not different from itself").hint("name two sources"));
    }
    Ok((one.min(other), one.max(other)))
}

fn set(batch: &mut Batch<'_>, (first, second): (Id, Id), value: &Value) {
    let fields = std::iter::once((format!("different:{second}"), value.clone())).collect();
    batch.set(Kind::Source, first, &fields);
}
