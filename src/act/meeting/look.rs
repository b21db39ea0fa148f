//! Meetings as people look at them.

use super::agenda::{length, lines};
use super::record::recorded;
use super::{find, practical, rounds};
use crate::act::{panel, round};
use crate::action::Action;
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::history::Write;
use crate::hypothesis::{Hypothesis, Origin};
use crate::id::{Id, Kind};
use crate::meeting::{Issue, Meeting, Practical};
use crate::panel::Member;
use crate::project::Project;
use crate::report::meeting::{Held, Look, Present, Sent, Shown, Undertaken};
use crate::round::Round;
use std::collections::{BTreeMap, BTreeSet};

/// All meetings, by their day.
pub fn looks(project: &Project) -> Vec<Look> {
    let mut all = project.state().in_order::<Meeting>();
    all.sort_by_key(|one| (one.date.is_none(), one.date.clone(), one.start.clone()));
    all.iter().map(|one| in_short(project, one)).collect()
}

fn in_short(project: &Project, one: &Meeting) -> Look {
    Look {
        id: project.label(one.id),
        title: one.title.clone(),
        date: one.date.clone(),
        start: one.start.clone(),
        minutes: one.minutes,
        panel: one.panel.map(|id| project.label(id)),
        items: one.items.len(),
        issued: one.issued.len(),
        held: one.was_held(),
    }
}

/// One meeting. Fault `unknown-id`.
pub fn look(project: &Project, typed: &str) -> Result<Shown> {
    find(project, typed).map(|meeting| of(project, &meeting))
}

/// All that is known of a meeting; nobody looked for what blocks it.
pub fn of(project: &Project, meeting: &Meeting) -> Shown {
    let agenda = lines(project, meeting);
    let decisions = project.state().in_order::<Decision>().into_iter();
    let actions = project.state().in_order::<Action>().into_iter();
    let words = |which: &Practical| Some((*which, practical(project, meeting, *which)?));
    let minutes: BTreeMap<_, _> = meeting
        .items
        .iter()
        .filter_map(|item| Some((item.key.clone(), recorded(project, meeting, &item.key)?)))
        .collect();
    Shown {
        look: in_short(project, meeting),
        meeting: meeting.id,
        purpose: meeting.purpose.clone(),
        practical: Practical::ALL.iter().filter_map(words).collect(),
        length: length(&agenda),
        agenda,
        members: members(project, meeting),
        rounds: rounds(project, meeting.id).iter().map(|one| held(project, one)).collect(),
        sent: meeting.issued.iter().map(|one| sent(project, one)).collect(),
        decisions: decisions
            .filter(|one| one.meeting == Some(meeting.id))
            .map(|one| format!("{} ({})", project.label(one.id), one.outcome))
            .collect(),
        actions: actions
            .filter(|one| one.meeting == Some(meeting.id))
            .map(|one| Undertaken {
                id: project.label(one.id),
                done: !one.is_open(),
                owner: one.owner,
                due: one.due,
                text: one.text,
            })
            .collect(),
        minuted: minutes.keys().cloned().collect(),
        raised: raised(project, meeting),
        minutes,
        blockers: Vec::new(),
    }
}

/// Statements of stakeholders that came about in the steps which recorded the meeting.
fn raised(project: &Project, meeting: &Meeting) -> Vec<Id> {
    let Some(entity) = project.state().entity(meeting.id) else { return Vec::new() };
    let is_record = |write: &&Write| write.fields().keys().any(|field| field.starts_with("minuted:"));
    let steps: Vec<Id> = entity.active_writes().filter(is_record).map(|write| write.op.id).collect();
    let wrote = steps.iter().filter_map(|id| project.state().note(*id)).flat_map(|note| note.wrote.to_vec());
    let is_raised = |id: &Id| {
        let held = project.state().entity(*id).filter(|one| one.kind == Kind::Hypothesis);
        let made_by = held.and_then(|one| one.active_writes().next().map(|write| write.op.id));
        made_by.is_some_and(|step| steps.contains(&step))
    };
    let found: BTreeSet<Id> = wrote.filter(is_raised).collect();
    let is_theirs =
        |id: &Id| project.state().get::<Hypothesis>(*id).is_some_and(|one| one.origin == Some(Origin::Stakeholder));
    found.into_iter().filter(is_theirs).collect()
}

fn held(project: &Project, one: &Round) -> Held {
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for seat in &round::seats(project, one) {
        let (asked, answered) = groups.entry(seat.group.clone()).or_default();
        *asked += 1;
        *answered += usize::from(seat.has_answered());
    }
    let terms = one.terms().clone();
    Held {
        id: project.label(one.id),
        stage: one.stage(),
        way: terms.way,
        rule: terms.rule.judge.clone(),
        groups,
        terms,
    }
}

/// Members of the panel that meets, those who left apart unless they were there.
pub fn members(project: &Project, meeting: &Meeting) -> Vec<Present> {
    let all = meeting.panel.map(|panel| panel::members(project, panel)).unwrap_or_default();
    let token = |id| all.iter().find(|one: &&Member| one.id == id).map(|one| one.token.clone());
    let present = |one: &Member| {
        let came = meeting.attended.get(&one.id);
        Present {
            token: one.token.clone(),
            group: one.group.clone(),
            invited: one.invited.clone(),
            reply: meeting.replied.get(&one.id).copied(),
            there: came.map(|came| came.there),
            late: came.and_then(|came| came.late.clone()),
            left: came.and_then(|came| came.left.clone()),
            r#for: came.and_then(|came| came.r#for).and_then(token),
            interests: one.interests.as_ref().and_then(|sealed| project.unseal_text(sealed)),
        }
    };
    all.iter().filter(|one| one.is_here() || meeting.attended.contains_key(&one.id)).map(present).collect()
}

fn sent(project: &Project, one: &Issue) -> Sent {
    let token = |id: &crate::id::Id| {
        project.state().get::<Member>(*id).map_or_else(|| project.label(*id), |member| member.token)
    };
    Sent {
        issue: one.key.clone(),
        on: one.on.clone(),
        by: one.by.clone(),
        to: one.to.iter().map(token).collect(),
        papers: one.papers.iter().map(|paper| (paper.name.clone(), paper.hash.clone())).collect(),
        version: one.version.map(|id| project.label(id)),
        theory: one.theory.clone(),
        kept: project.unseal(&one.sections).is_some(),
    }
}
