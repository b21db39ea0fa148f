//! Confirming links: somebody looked again at what was judged for an earlier wording, or for a statement
//! that was merged, feeds this one, or came before it, and finds that it holds.

use crate::act::{parts, resolve};
use crate::diagnostic::{Result, fault};
use crate::evidence::{Confirmation, Evidence};
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::link::{Link, LinkKind};
use crate::project::{Batch, Depth, Done, Project};
use crate::synthesis::{Bearings, Judged, Synthesis};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A link that somebody is asked to look at again, or has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    pub evidence: Id,
    pub hypothesis: Id,
    pub judged: Judged,
    /// Of a statement this one refines or was split from: it bears on this one only once confirmed.
    pub from_former: bool,
}

/// What was confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Label of the link; a new one where it was of a former statement.
    pub evidence: String,
    pub hypothesis: String,
    /// What it was before: `earlier_wording` or `inherited`.
    pub was: Judged,
    pub is_new: bool,
}

/// What is open on one statement, in the order of its links.
pub fn open(project: &Project, hypothesis: Id) -> Result<Vec<Open>> {
    let synthesis = project.synthesis_of(hypothesis, Depth::Facts)?;
    let mut open = open_in(&synthesis, hypothesis);
    let own = open_passages(project, hypothesis);
    for former in formers(&project.state().about::<Link>(hypothesis), hypothesis) {
        let links = project.state().about::<Evidence>(former).into_iter();
        let fresh = links.filter(|link| link.hypothesis == former && !own.contains_key(&passage(link)));
        open.extend(fresh.map(|link| Open {
            evidence: link.id,
            hypothesis,
            judged: Judged::Inherited,
            from_former: true,
        }));
    }
    Ok(open)
}

/// What is open on one statement of what bears on it.
pub fn open_in(synthesis: &Synthesis, hypothesis: Id) -> Vec<Open> {
    let bearings = Bearings::around(synthesis, hypothesis).on(hypothesis).into_iter();
    let open = bearings.filter(|one| one.judged != Judged::Now && !synthesis.is_gone(one.link));
    open.map(|one| Open { evidence: one.link.id, hypothesis, judged: one.judged, from_former: false }).collect()
}

fn formers(links: &[Link], hypothesis: Id) -> Vec<Id> {
    let back = |link: &&Link| link.from == hypothesis && matches!(link.kind, LinkKind::Refines | LinkKind::SplitFrom);
    links.iter().filter(back).map(|link| link.to).collect()
}

type Passage = (crate::passage::Anchor, crate::evidence::Stance);

fn passage(link: &Evidence) -> Passage {
    (link.anchor.unversioned(), link.stance)
}

fn open_passages(project: &Project, hypothesis: Id) -> BTreeMap<Passage, Id> {
    let own = project.state().about::<Evidence>(hypothesis).into_iter();
    own.filter(|link| link.hypothesis == hypothesis).map(|link| (passage(&link), link.id)).collect()
}

/// Confirms links: on the statement named, or else wherever each is open. `part` says which part of that
/// statement they bear on.
///
/// Faults: `nothing-open`, `no-part`.
pub fn confirm(
    project: &mut Project,
    evidence: &[String],
    hypothesis: Option<&str>,
    part: Option<&str>,
) -> Result<Done<Vec<Confirmed>>> {
    project.write("evidence confirm", true, |batch| {
        let mut done = Vec::new();
        for typed in evidence {
            let project = batch.project();
            let link: Evidence = resolve::read(project, resolve::find(project, Kind::Evidence, typed)?)?;
            let wanted = match hypothesis {
                Some(typed) => vec![resolve::find(project, Kind::Hypothesis, typed)?],
                None => bears_on(project, link.hypothesis),
            };
            let mut found = Vec::new();
            for id in wanted {
                let here = open(project, id)?.into_iter().filter(|one| one.evidence == link.id);
                found.extend(here.filter(|one| hypothesis.is_some() || !one.from_former));
            }
            if found.is_empty() {
                return Err(fault("nothing-open", format!("{} was judged against the wording as it stands", project.label(link.id)))
                    .hint("a link of a statement that was split or refined: name the new one with --for H12.gj"));
            }
            for one in found {
                done.push(settle(batch, &link, &one, part)?);
            }
        }
        Ok(done)
    })
}

/// Confirms everything that is open on a statement.
pub fn confirm_all(project: &mut Project, hypothesis: &str) -> Result<Done<Vec<Confirmed>>> {
    project.write("evidence confirm", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Hypothesis, hypothesis)?;
        let mut done = Vec::new();
        for one in open(batch.project(), id)? {
            let link: Evidence = resolve::read(batch.project(), one.evidence)?;
            done.push(settle(batch, &link, &one, None)?);
        }
        Ok(done)
    })
}

/// The statement itself and all that show its evidence.
fn bears_on(project: &Project, hypothesis: Id) -> Vec<Id> {
    let links = project.state().all::<Link>();
    let ways = crate::link::circles::Ways::of(links.iter().filter(|link| link.kind.lends_evidence()));
    let mut all = ways.reached(hypothesis);
    all.remove(&hypothesis);
    [hypothesis].into_iter().chain(all).collect()
}

fn settle(batch: &mut Batch<'_>, link: &Evidence, one: &Open, part: Option<&str>) -> Result<Confirmed> {
    let project = batch.project();
    let statement: Hypothesis = resolve::read(project, one.hypothesis)?;
    let key = part.map(|typed| parts::part(&statement, typed).map(|part| part.key.clone())).transpose()?;
    let revision = statement.revision();
    let (label, on) = (project.label(link.id), project.label(statement.id));
    let by = batch.coder().to_owned();
    let confirmed = |evidence, is_new| Confirmed { evidence, hypothesis: on, was: one.judged, is_new };
    if one.from_former {
        let mut fields = Batch::fields(json!(link));
        fields.extend(Batch::fields(json!({
            "hypothesis": statement.id, "part": key, "appraiser": by, "revision": revision,
        })));
        if key.is_none() {
            fields.remove("part");
        }
        let made = batch.create(Kind::Evidence, &fields).1.to_string();
        return Ok(confirmed(made, true));
    }
    let fields = if link.hypothesis == statement.id {
        let part = key.map(|key| ("part".to_owned(), Value::from(key)));
        [("revision".to_owned(), Value::from(revision))].into_iter().chain(part).collect()
    } else {
        let before = link.confirmed.get(&statement.id).and_then(|one| one.part.clone());
        let confirmation = Confirmation { revision, by, part: key.or(before) };
        [(format!("confirmed:{}", statement.id), json!(confirmation))].into_iter().collect()
    };
    batch.set(Kind::Evidence, link.id, &fields);
    Ok(confirmed(label, false))
}
