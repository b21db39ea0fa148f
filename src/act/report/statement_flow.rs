//! What became of every statement by a moment: read from the journal as it then was, and held against the theory.

use crate::act::programme::Moment;
use crate::diagnostic::{Result, fault};
use crate::evidence::Evidence;
use crate::history::{Entity, Past, Stored};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::project::Project;
use crate::report::statement_flow::{Flow, Line, Made, Origin, Stands};
use crate::source::Source;
use std::collections::{BTreeMap, BTreeSet};

/// Named in a fault; what is beyond is counted.
const MOST_NAMED: usize = 12;

/// Faults: `does-not-add-up`, and those of finding the moment.
pub(super) fn gather(project: &Project, at: Option<&str>) -> Result<Flow> {
    let moment = Moment::find(project, at.unwrap_or("now"))?;
    let flow = flow(project, &moment);
    let differences = flow.differences();
    if differences.is_empty() {
        return Ok(flow);
    }
    let more = differences.len().saturating_sub(MOST_NAMED);
    let named = differences.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join("; ");
    let and_more = if more > 0 { format!("; and {more} more") } else { String::new() };
    Err(fault("does-not-add-up", format!("the statements do not add up at {}: {named}{and_more}", flow.at))
        .hint("realist check names what two sites brought together; realist hypothesis show H1 --history tells how it came to be")
        .hint("work of colleagues that is not here: realist merge"))
}

fn flow(project: &Project, moment: &Moment) -> Flow {
    let past = moment.past(project);
    let made = made(project, &past);
    let links: Vec<(Id, Link)> = past
        .of_kind(Kind::Link)
        .into_iter()
        .filter_map(|(id, entity)| Some((birth(&entity)?, Link::read(id, &entity).ok()?)))
        .collect();
    let mut parents: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    let mut into: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    let mut how: BTreeMap<Id, Made> = BTreeMap::new();
    for (born, link) in &links {
        let (child, from, way) = match link.kind {
            LinkKind::MergedInto => (link.to, link.from, Made::Merging),
            LinkKind::SplitFrom => (link.from, link.to, Made::Splitting),
            LinkKind::Refines => (link.from, link.to, Made::Refining),
            _ => continue,
        };
        if link.kind == LinkKind::MergedInto {
            into.entry(link.from).or_default().insert(link.to);
        }
        // A link made with the statement tells how it was made; a later one only how the two stand.
        if made.get(&child).is_some_and(|one| one.born == *born) {
            parents.entry(child).or_default().push(from);
            how.entry(child).or_insert(way);
        }
    }
    let first = first_strands(&past, &made);
    let origins = Origins { parents: &parents, first: &first };
    let label = |id: Id| moment.label(id).map_or_else(|| project.label(id), str::to_owned);
    let mut lines: Vec<(Id, Line)> = made
        .iter()
        .map(|(id, one)| {
            let into = into.get(id).into_iter().flatten().map(|id| label(*id)).collect();
            let made = how.get(id).copied().unwrap_or(Made::Written);
            (*id, Line { id: label(*id), made, stands: one.stands, origin: origins.of(*id), into })
        })
        .collect();
    lines.sort_by_cached_key(|(id, line)| (project.state().label_of(*id), line.id.clone()));
    let theory = moment.programme.of_kind(Kind::Hypothesis).map(|(id, thing)| {
        let status = if thing.is_listed() { "active" } else { thing.text("status").unwrap_or_default() };
        (label(id), status.to_owned())
    });
    Flow {
        at: moment.name.clone(),
        date: moment.date.clone(),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        theory: theory.collect(),
        missing: past.missing,
    }
}

/// One statement that was made and not taken back.
struct Was {
    /// The operation that made it.
    born: Id,
    stands: Stands,
}

fn birth(entity: &Entity) -> Option<Id> {
    entity.active_writes().next().map(|write| write.op.id)
}

fn made(project: &Project, past: &Past<'_>) -> BTreeMap<Id, Was> {
    let ever = project.state().ever(Kind::Hypothesis).into_iter();
    let was = ever.filter_map(|(id, _)| {
        let entity = past.entity(id)?;
        let is_removed = !entity.is_here();
        if is_removed && !entity.fields().contains_key("gone") {
            return None;
        }
        let stands = if is_removed { Stands::Removed } else { Hypothesis::read(id, &entity).ok()?.status.into() };
        Some((id, Was { born: birth(&entity)?, stands }))
    });
    was.collect()
}

/// The strand of the first passage that was linked to each.
fn first_strands(past: &Past<'_>, made: &BTreeMap<Id, Was>) -> BTreeMap<Id, String> {
    let sources: BTreeMap<Id, Source> = past.all::<Source>().into_iter().map(|one| (one.id, one)).collect();
    let mut first = BTreeMap::new();
    for (id, entity) in past.of_kind(Kind::Evidence) {
        let Ok(link) = Evidence::read(id, &entity) else { continue };
        let Some(born) = entity.active_writes().next().map(|write| write.op.clone()) else { continue };
        let Some(source) = sources.get(&link.source).filter(|_| made.contains_key(&link.hypothesis)) else { continue };
        let at = (born, id);
        let held = first.entry(link.hypothesis).or_insert_with(|| (at.clone(), source.strand.clone()));
        if at < held.0 {
            *held = (at, source.strand.clone());
        }
    }
    first.into_iter().map(|(id, (_, strand))| (id, strand)).collect()
}

struct Origins<'o> {
    /// What each was made from.
    parents: &'o BTreeMap<Id, Vec<Id>>,
    first: &'o BTreeMap<Id, String>,
}

impl Origins<'_> {
    fn of(&self, id: Id) -> Origin {
        let mut strands = BTreeSet::new();
        let (mut open, mut seen) = (vec![id], BTreeSet::new());
        while let Some(at) = open.pop() {
            if !seen.insert(at) {
                continue;
            }
            match self.parents.get(&at) {
                Some(parents) => open.extend(parents),
                None => strands.extend(self.first.get(&at)),
            }
        }
        // What was made from others and found no source there may have passages of its own.
        if strands.is_empty() {
            strands.extend(self.first.get(&id));
        }
        let mut strands = strands.into_iter();
        match (strands.next(), strands.next()) {
            (Some(only), None) => Origin::Strand(only.clone()),
            (Some(_), Some(_)) => Origin::Several,
            (None, _) => Origin::None,
        }
    }
}
