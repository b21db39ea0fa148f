//! The programme theory as it is, as it was, and what lies between: versions are frozen in [`freeze`], told in
//! [`show`] and compared in [`compare`].

pub mod compare;
pub mod freeze;
pub mod show;

use super::resolve;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::history::Past;
use crate::id::{Id, Kind, Label};
use crate::programme::{Programme, TheoryVersion, whole_hash};
use crate::project::{Depth, Project};
use crate::synthesis::Synthesis;
use crate::text::words::fold;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What had been done by a moment.
#[derive(Debug, Clone)]
enum Reach {
    /// Up to these operations, by hash, of each stream.
    Heads(Vec<String>),
    /// What is stamped so or earlier.
    Until(Timestamp),
}

/// The programme theory at one moment.
#[derive(Debug, Clone)]
pub struct Moment {
    /// `IPT (V1.gj)`, `now`.
    pub name: String,
    /// The version, unless it is none, and its label.
    pub frozen: Option<Id>,
    pub version: Option<String>,
    pub date: Option<String>,
    pub narrative: Option<String>,
    /// Decisions a version rests on.
    pub decisions: Vec<Id>,
    pub programme: Programme,
    reach: Reach,
    /// How things are called: as they were then, where that is known.
    pub labels: BTreeMap<Id, String>,
}

impl Moment {
    /// As the project stands.
    pub fn now(project: &Project) -> Result<Self> {
        let synthesis = project.synthesis(Depth::Facts)?;
        Ok(Moment {
            name: "now".to_owned(),
            frozen: None,
            version: None,
            date: None,
            narrative: None,
            decisions: Vec::new(),
            programme: Programme::of(&synthesis),
            reach: Reach::Heads(project.state().last_by_stream().into_values().collect()),
            labels: labels(&synthesis),
        })
    }

    pub fn of(project: &Project, version: TheoryVersion) -> Self {
        let label = project.label(version.id);
        Moment {
            name: format!("{} ({label})", version.name),
            frozen: Some(version.id),
            version: Some(label),
            date: Some(version.date),
            narrative: version.narrative,
            decisions: version.decisions,
            programme: version.programme,
            reach: Reach::Heads(version.heads.into_values().collect()),
            labels: version.labels,
        }
    }

    /// At the end of a day (`2026-03-14`, UTC) or at a time (`2026-03-14T12:00:00Z`): what is stamped so or
    /// earlier, as the journal has it today. Faults: `bad-date`.
    pub fn at(project: &Project, typed: &str) -> Result<Self> {
        let until = until(typed).ok_or_else(|| {
            fault("bad-date", format!("'{typed}' is no date")).hint("write it as 2026-03-14 or 2026-03-14T12:00:00Z")
        })?;
        let past = reached(project, until);
        let synthesis = project.synthesis_then(&past);
        Ok(Moment {
            name: typed.trim().to_owned(),
            frozen: None,
            version: None,
            date: Some(typed.trim().to_owned()),
            narrative: None,
            decisions: Vec::new(),
            programme: Programme::of(&synthesis),
            reach: Reach::Until(until),
            labels: labels(&synthesis),
        })
    }

    /// What somebody typed: `now`, a version's name or label, a date. Faults: `unknown-version`,
    /// `ambiguous-version`.
    pub fn find(project: &Project, typed: &str) -> Result<Self> {
        if fold(typed.trim()) == "now" {
            return Moment::now(project);
        }
        if until(typed).is_some() {
            return Moment::at(project, typed);
        }
        find(project, typed).map(|version| Moment::of(project, version))
    }

    pub fn label(&self, id: Id) -> Option<&str> {
        self.labels.get(&id).map(String::as_str)
    }

    /// What the journal held then.
    pub(in crate::act) fn past<'p>(&self, project: &'p Project) -> Past<'p> {
        match &self.reach {
            Reach::Heads(heads) => project.state().as_of(heads.iter().map(String::as_str)),
            Reach::Until(until) => reached(project, *until),
        }
    }

    /// Names the theory without its narrative.
    pub fn hash(&self) -> String {
        self.programme.hash()
    }

    /// Names both together.
    pub fn whole_hash(&self) -> String {
        whole_hash(&self.hash(), self.narrative.as_deref())
    }

    /// The theory with its narrative.
    fn whole(&self) -> Programme {
        self.programme.clone().with_narrative(self.narrative.as_deref())
    }
}

fn reached(project: &Project, until: Timestamp) -> Past<'_> {
    project.state().as_known(|note| note.time.parse::<Timestamp>().is_ok_and(|time| time <= until))
}

/// The last moment that is meant.
fn until(typed: &str) -> Option<Timestamp> {
    let typed = typed.trim();
    let day = || {
        let next = typed.parse::<Date>().ok()?.tomorrow().ok()?;
        let end = next.to_zoned(TimeZone::UTC).ok()?.timestamp();
        end.checked_sub(jiff::SignedDuration::from_nanos(1)).ok()
    };
    typed.parse().ok().or_else(day)
}

fn labels(synthesis: &Synthesis) -> BTreeMap<Id, String> {
    synthesis.labels.iter().map(|(id, label)| (*id, label.to_string())).collect()
}

/// As people count; what has no label comes last.
fn order(label: &str) -> (bool, Option<Label>, String) {
    let read = label.parse().ok();
    (read.is_none(), read, label.to_owned())
}

/// Versions in the order they were frozen.
pub fn versions(project: &Project) -> Vec<TheoryVersion> {
    project.state().all()
}

/// A version by name or label.
pub fn find(project: &Project, typed: &str) -> Result<TheoryVersion> {
    let all = versions(project);
    let named: Vec<&TheoryVersion> = all.iter().filter(|one| fold(&one.name) == fold(typed.trim())).collect();
    match named.as_slice() {
        [one] => return Ok((*one).clone()),
        [] => {}
        many => {
            let labels: Vec<String> = many.iter().map(|one| project.label(one.id)).collect();
            return Err(
                fault("ambiguous-version", format!("'{typed}' may be {}", labels.join(" or "))).hint("type the label")
            );
        }
    }
    let is_label = typed.parse::<Label>().is_ok_and(|label| label.kind == Kind::Version);
    let is_short = typed.to_ascii_uppercase().strip_prefix('V').is_some_and(|rest| rest.parse::<u32>().is_ok());
    if is_label || is_short {
        let id = resolve::find(project, Kind::Version, typed)?;
        return all.into_iter().find(|one| one.id == id).ok_or_else(|| unknown(project, typed));
    }
    Err(unknown(project, typed))
}

fn unknown(project: &Project, typed: &str) -> crate::diagnostic::Fault {
    let all = versions(project);
    let near = did_you_mean(typed, all.iter().map(|one| one.name.as_str()));
    let fault = resolve::meant(fault("unknown-version", format!("there is no version '{typed}' of the theory")), &near);
    if all.is_empty() {
        return fault.hint("freeze one: realist theory freeze IPT").hint("`now` stands for the theory as it is");
    }
    let names: Vec<String> = all.iter().map(|one| format!("{} ({})", one.name, project.label(one.id))).collect();
    fault.hint(format!("versions: {}, now", names.join(", ")))
}
