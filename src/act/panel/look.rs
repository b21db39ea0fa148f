//! Panels as people look at them.

use super::{members, panel};
use crate::diagnostic::Result;
use crate::panel::{Member, Panel};
use crate::project::Project;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    pub id: String,
    pub name: String,
    pub purpose: Option<String>,
    /// Members there are, and those invited, by group.
    pub groups: BTreeMap<String, (usize, usize)>,
    pub members: Vec<Seat>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seat {
    pub id: String,
    pub token: String,
    pub group: String,
    pub invited: Option<String>,
    /// Interests declared, in the member's words.
    pub interests: Option<String>,
    pub left: Option<String>,
}

impl Look {
    /// Members there are.
    pub fn here(&self) -> usize {
        self.groups.values().map(|(here, _)| here).sum()
    }

    pub fn invited(&self) -> usize {
        self.groups.values().map(|(_, invited)| invited).sum()
    }
}

/// One panel with its members. Fault `unknown-id`.
pub fn look(project: &Project, typed: &str) -> Result<Look> {
    panel(project, typed).map(|panel| of(project, panel))
}

/// All panels, in the order people count them.
pub fn looks(project: &Project) -> Vec<Look> {
    project.state().in_order::<Panel>().into_iter().map(|panel| of(project, panel)).collect()
}

fn of(project: &Project, panel: Panel) -> Look {
    let all = members(project, panel.id);
    let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for one in all.iter().filter(|one| one.is_here()) {
        let (here, invited) = groups.entry(one.group.clone()).or_default();
        *here += 1;
        *invited += usize::from(one.invited.is_some());
    }
    let seat = |one: Member| Seat {
        id: project.label(one.id),
        interests: one.interests.as_ref().and_then(|sealed| project.unseal_text(sealed)),
        token: one.token,
        group: one.group,
        invited: one.invited,
        left: one.left.map(|left| left.on),
    };
    Look {
        id: project.label(panel.id),
        name: panel.name,
        purpose: panel.purpose,
        groups,
        members: all.into_iter().map(seat).collect(),
    }
}
