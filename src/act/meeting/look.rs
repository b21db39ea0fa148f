//! Meetings as people look at them.

use super::agenda::{Line, length, lines};
use super::{find, practical, rounds};
use crate::act::panel;
use crate::action::Action;
use crate::decision::Decision;
use crate::diagnostic::Result;
use crate::meeting::{Meeting, Practical, Reply};
use crate::panel::Member;
use crate::project::Project;
use serde::Serialize;
use std::collections::BTreeMap;

/// A meeting in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub title: String,
    pub date: Option<String>,
    pub start: Option<String>,
    pub minutes: Option<u32>,
    pub panel: Option<String>,
    pub items: usize,
    /// Times papers were sent.
    pub issued: usize,
    pub held: bool,
}

/// A meeting with all that is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub look: Look,
    pub purpose: Option<String>,
    pub practical: BTreeMap<Practical, String>,
    pub agenda: Vec<Line>,
    /// Minutes of all items together, and items without any.
    pub length: (u32, usize),
    pub members: Vec<Present>,
    pub rounds: Vec<(String, String)>,
    pub sent: Vec<Sent>,
    pub decisions: Vec<String>,
    pub actions: Vec<String>,
    /// Keys of items that something was recorded of.
    pub minuted: Vec<String>,
}

/// A member and the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Present {
    pub token: String,
    pub group: String,
    pub invited: Option<String>,
    pub reply: Option<Reply>,
    /// None: nobody noted it.
    pub there: Option<bool>,
    pub late: Option<String>,
    pub left: Option<String>,
    pub r#for: Option<String>,
}

/// Papers that were sent once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sent {
    pub issue: String,
    pub on: String,
    pub by: String,
    pub to: Vec<String>,
    pub papers: Vec<(String, String)>,
    pub version: Option<String>,
}

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
    let meeting = find(project, typed)?;
    let agenda = lines(project, &meeting);
    let decisions = project.state().in_order::<Decision>().into_iter();
    let actions = project.state().in_order::<Action>().into_iter();
    let words = |which: &Practical| Some((*which, practical(project, &meeting, *which)?));
    Ok(Shown {
        look: in_short(project, &meeting),
        purpose: meeting.purpose.clone(),
        practical: Practical::ALL.iter().filter_map(words).collect(),
        length: length(&agenda),
        agenda,
        members: members(project, &meeting),
        rounds: rounds(project, meeting.id)
            .iter()
            .map(|one| (project.label(one.id), one.stage().word().to_owned()))
            .collect(),
        sent: meeting.issued.iter().map(|one| sent(project, one)).collect(),
        decisions: decisions
            .filter(|one| one.meeting == Some(meeting.id))
            .map(|one| format!("{} ({})", project.label(one.id), one.outcome))
            .collect(),
        actions: actions
            .filter(|one| one.meeting == Some(meeting.id))
            .map(|one| format!("{} {}: {}", project.label(one.id), one.owner, one.text))
            .collect(),
        minuted: meeting
            .items
            .iter()
            .map(|one| one.key.clone())
            .filter(|key| meeting.minuted.contains_key(key))
            .collect(),
    })
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
        }
    };
    all.iter().filter(|one| one.is_here() || meeting.attended.contains_key(&one.id)).map(present).collect()
}

fn sent(project: &Project, one: &crate::meeting::Issue) -> Sent {
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
    }
}
