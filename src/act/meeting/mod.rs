//! Meetings: planned, prepared, held and recorded. What was sent beforehand is kept as it was.

pub mod agenda;
pub mod attend;
pub mod issue;
mod look;
pub mod ready;
pub mod record;

pub use look::{look, looks, of};

use super::resolve;
use crate::diagnostic::{Fault, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::meeting::{Meeting, Practical, clock};
use crate::project::{Batch, Done, Project};
use crate::round::Round;
use serde_json::{Value, json};

/// What somebody says of a meeting; `None` leaves it as it is, an empty text takes it away.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub title: Option<String>,
    pub purpose: Option<String>,
    pub date: Option<String>,
    pub start: Option<String>,
    pub minutes: Option<u32>,
    pub panel: Option<String>,
    pub practical: Vec<(Practical, String)>,
}

/// Plans a meeting; gives its label. Faults: `no-title`, `bad-date`, `bad-time`, `bad-minutes`, `unknown-id`.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("meeting add", true, |batch| {
        let mut fields = entered(batch, entry)?;
        fields.retain(|_, value| !value.is_null());
        if !fields.contains_key("title") {
            return Err(no_title());
        }
        fields.insert("author".to_owned(), batch.coder().into());
        Ok(batch.create(Kind::Meeting, &fields).1.to_string())
    })
}

/// Says something else of a meeting. Faults: those of [`add`], and `nothing-to-change`.
pub fn edit(project: &mut Project, typed: &str, entry: &Entry) -> Result<Done<String>> {
    project.write("meeting edit", true, |batch| {
        let held = find(batch.project(), typed)?;
        let label = batch.project().label(held.id);
        let mut fields = entered(batch, entry)?;
        if fields.get("title").is_some_and(Value::is_null) {
            return Err(no_title());
        }
        if fields.is_empty() {
            return Err(fault("nothing-to-change", format!("what of {label} is to change?"))
                .hint(format!("realist meeting edit {label} --date 2026-03-14 --start 14:00 --minutes 120")));
        }
        let so_far = batch.project().state().entity(held.id).map(|entity| entity.fields()).unwrap_or_default();
        fields.retain(|name, value| so_far.get(name).unwrap_or(&Value::Null) != value);
        batch.set(Kind::Meeting, held.id, &fields);
        Ok(label)
    })
}

fn no_title() -> Fault {
    fault("no-title", "a meeting needs a title").hint("realist meeting add \"Consensus meeting\" --date 2026-03-14")
}

/// Fields of what was said; null where it is taken away.
fn entered(batch: &mut Batch<'_>, entry: &Entry) -> Result<Fields> {
    let mut fields = Fields::new();
    let text = |typed: &str| Some(typed.trim().to_owned()).filter(|text| !text.is_empty());
    for (name, typed) in [("title", &entry.title), ("purpose", &entry.purpose)] {
        fields.extend(typed.iter().map(|typed| (name.to_owned(), json!(text(typed)))));
    }
    if let Some(typed) = &entry.date {
        let date = text(typed);
        date.as_deref().map_or(Ok(()), resolve::day)?;
        fields.insert("date".to_owned(), json!(date));
    }
    if let Some(typed) = &entry.start {
        fields.insert("start".to_owned(), json!(text(typed).map(|typed| clock(&typed)).transpose()?));
    }
    if let Some(minutes) = entry.minutes {
        fields.insert("minutes".to_owned(), json!(Some(minutes).filter(|minutes| *minutes > 0)));
    }
    if let Some(typed) = &entry.panel {
        let panel = text(typed).map(|typed| resolve::find(batch.project(), Kind::Panel, &typed)).transpose()?;
        fields.insert("panel".to_owned(), json!(panel));
    }
    for (which, typed) in &entry.practical {
        let sealed = text(typed).map(|words| batch.seal(&Value::from(words))).transpose()?;
        fields.insert(format!("practical:{which}"), json!(sealed));
    }
    Ok(fields)
}

/// Says that rounds are held in a meeting, or (`away`) that they are not. Gives the labels of those it changed.
///
/// Fault `other-panel`: a round of another panel than the one that meets.
pub fn hold(project: &mut Project, typed: &str, rounds: &[String], away: bool) -> Result<Done<Vec<String>>> {
    project.write("meeting round", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let mut changed = Vec::new();
        for typed in rounds {
            let round = super::round::find(batch.project(), typed)?;
            let label = batch.project().label(round.id);
            if meeting.panel.is_some_and(|panel| panel != round.panel) {
                return Err(fault(
                    "other-panel",
                    format!("{label} is a round of another panel than the one that meets"),
                ));
            }
            let wanted = (!away).then_some(meeting.id);
            if round.meeting == wanted || (away && round.meeting != Some(meeting.id)) {
                continue;
            }
            let fields = Fields::from_iter([("meeting".to_owned(), json!(wanted))]);
            batch.set(Kind::Round, round.id, &fields);
            changed.push(label);
        }
        Ok(changed)
    })
}

/// A meeting by label or id. Fault `unknown-id`.
pub fn find(project: &Project, typed: &str) -> Result<Meeting> {
    resolve::read(project, resolve::find(project, Kind::Meeting, typed)?)
}

/// The meeting named; without a name the next one: the first by its day that was not held yet.
///
/// Faults: `unknown-id`, `no-meeting`.
pub fn named_or_next(project: &Project, typed: Option<&str>) -> Result<Meeting> {
    match typed {
        Some(typed) => find(project, typed),
        None => next(project).ok_or_else(|| {
            fault("no-meeting", "no meeting lies ahead")
                .hint("plan one: realist meeting add \"Consensus meeting\" --date 2026-03-14")
                .hint("or name one that was held: realist meeting list")
        }),
    }
}

/// The first meeting by its day that was not held yet; those without a day come last.
pub fn next(project: &Project) -> Option<Meeting> {
    let ahead = project.state().in_order::<Meeting>().into_iter().filter(|one| !one.was_held());
    ahead.min_by_key(|one| (one.date.is_none(), one.date.clone(), one.start.clone()))
}

/// What the team wrote on a practical matter.
pub fn practical(project: &Project, meeting: &Meeting, which: Practical) -> Option<String> {
    meeting.practical.get(&which).and_then(|sealed| project.unseal_text(sealed))
}

/// Rounds held in a meeting, in the order people count them.
pub fn rounds(project: &Project, meeting: Id) -> Vec<Round> {
    let all = project.state().in_order::<Round>().into_iter();
    all.filter(|one| one.meeting == Some(meeting)).collect()
}
