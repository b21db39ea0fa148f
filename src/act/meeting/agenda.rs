//! The agenda of a meeting: what is talked about, in which order, for how long, and who introduces it.

use super::find;
use crate::act::resolve;
use crate::diagnostic::{Result, fault};
use crate::id::{Id, Kind, is_tag};
use crate::meeting::{AgendaItem, Meeting, at_minute, minute_of};
use crate::panel;
use crate::project::{Batch, Done, Project};
use crate::report::meeting::Line;
use crate::uncertainty::Uncertainty;
use serde_json::json;

/// An item as a person wants it.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// An uncertainty's label, or words.
    pub what: Option<String>,
    pub minutes: Option<u32>,
    /// A tag, a token or a group; empty takes it away.
    pub by: Option<String>,
}

/// Puts items on the agenda, at a place from 1 or at the end. Gives their keys.
///
/// Faults: `no-item`, `on-agenda`, `bad-introducer`, `unknown-id`.
pub fn add(project: &mut Project, typed: &str, wishes: &[Wish], at: Option<usize>) -> Result<Done<Vec<String>>> {
    project.write("meeting item", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let (mut items, mut made) = (meeting.items.clone(), Vec::new());
        let first = at.map_or(items.len(), |at| at.saturating_sub(1).min(items.len()));
        for (place, wish) in (first..).zip(wishes) {
            let item = new(batch.project(), &meeting, &items, wish)?;
            made.push(item.key.clone());
            items.insert(place, item);
        }
        put(batch, &meeting, &items);
        Ok(made)
    })
}

/// Says something else of an item. Faults: `unknown-item`, `not-words`, `bad-introducer`.
pub fn set(project: &mut Project, typed: &str, item: &str, wish: &Wish) -> Result<Done<String>> {
    project.write("meeting item", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let at = place(batch.project(), &meeting, item)?;
        let mut items = meeting.items.clone();
        let held = &mut items[at];
        if let Some(words) = &wish.what {
            if held.uncertainty.is_some() {
                return Err(fault("not-words", "this item is an uncertainty, and is called as that is")
                    .hint("reword it there: realist uncertainty edit, or put another item on the agenda"));
            }
            held.text = Some(words.trim().to_owned());
        }
        held.minutes = wish.minutes.or(held.minutes).filter(|minutes| *minutes > 0);
        if let Some(by) = &wish.by {
            held.by = introducer(batch.project(), by)?;
        }
        let key = held.key.clone();
        put(batch, &meeting, &items);
        Ok(key)
    })
}

/// Moves an item to a place from 1. Fault `unknown-item`.
pub fn shift(project: &mut Project, typed: &str, item: &str, to: usize) -> Result<Done<String>> {
    project.write("meeting item", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let at = place(batch.project(), &meeting, item)?;
        let mut items = meeting.items.clone();
        let held = items.remove(at);
        let key = held.key.clone();
        items.insert(to.saturating_sub(1).min(items.len()), held);
        put(batch, &meeting, &items);
        Ok(key)
    })
}

/// Takes items off the agenda; what was recorded of them stays in the journal. Fault `unknown-item`.
pub fn drop(project: &mut Project, typed: &str, named: &[String]) -> Result<Done<Vec<String>>> {
    project.write("meeting item", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let places = named.iter().map(|item| place(batch.project(), &meeting, item)).collect::<Result<Vec<_>>>()?;
        let gone: Vec<String> = places.iter().map(|at| meeting.items[*at].key.clone()).collect();
        let items: Vec<AgendaItem> = meeting.items.iter().filter(|one| !gone.contains(&one.key)).cloned().collect();
        put(batch, &meeting, &items);
        Ok(gone)
    })
}

fn put(batch: &mut Batch<'_>, meeting: &Meeting, items: &[AgendaItem]) {
    if items != meeting.items {
        batch.set(Kind::Meeting, meeting.id, &Batch::fields(json!({ "items": items })));
    }
}

fn new(project: &Project, meeting: &Meeting, so_far: &[AgendaItem], wish: &Wish) -> Result<AgendaItem> {
    let what = wish.what.as_deref().map(str::trim).filter(|what| !what.is_empty());
    let what = what.ok_or_else(|| {
        fault("no-item", "what is to be talked about?").hint("an uncertainty, such as U1.gj, or words: \"Welcome\"")
    })?;
    let uncertainty = uncertainty(project, what)?;
    if let Some(id) = uncertainty.filter(|id| so_far.iter().any(|one| one.uncertainty == Some(*id))) {
        return Err(fault("on-agenda", format!("{} is on the agenda already", project.label(id)))
            .hint("move it: realist meeting item move"));
    }
    Ok(AgendaItem {
        key: free_key(project, meeting.id, so_far),
        uncertainty,
        text: uncertainty.is_none().then(|| what.to_owned()),
        minutes: wish.minutes.filter(|minutes| *minutes > 0),
        by: wish.by.as_deref().map_or(Ok(None), |by| introducer(project, by))?,
    })
}

/// What looks like an uncertainty's label is one, and must be there.
fn uncertainty(project: &Project, typed: &str) -> Result<Option<Id>> {
    let head = typed.split('.').next().unwrap_or_default();
    let digits = head.strip_prefix(['U', 'u']).unwrap_or_default();
    let is_label = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_label.then(|| resolve::find(project, Kind::Uncertainty, typed)).transpose()
}

/// A key that no item of the meeting ever had.
fn free_key(project: &Project, meeting: Id, so_far: &[AgendaItem]) -> String {
    let entity = project.state().entity(meeting);
    let ever = entity
        .iter()
        .flat_map(|entity| entity.all_writes())
        .filter_map(|fields| serde_json::from_value::<Vec<AgendaItem>>(fields.get("items")?.clone()).ok());
    let used: Vec<AgendaItem> = ever.flatten().chain(so_far.iter().cloned()).collect();
    let number = |one: &AgendaItem| one.key.trim_start_matches('a').parse::<u32>().ok();
    format!("a{}", used.iter().filter_map(number).max().unwrap_or(0) + 1)
}

fn introducer(project: &Project, typed: &str) -> Result<Option<String>> {
    let by = typed.trim().to_lowercase();
    if by.is_empty() {
        return Ok(None);
    }
    if is_tag(&by) || panel::token(&by).is_ok() {
        return Ok(Some(by));
    }
    resolve::group(project, typed).map(Some).map_err(|_| {
        // What was typed may be a name: it is not repeated.
        fault("bad-introducer", "whoever introduces it is a tag (gj), a member's token (gp1), a group, or: chair")
            .hint("names stand nowhere in a project")
    })
}

/// Where an item stands, by key, number or its uncertainty. Fault `unknown-item`.
pub fn place(project: &Project, meeting: &Meeting, typed: &str) -> Result<usize> {
    let by_uncertainty = || {
        let id = uncertainty(project, typed).ok().flatten()?;
        meeting.items.iter().position(|one| one.uncertainty == Some(id))
    };
    meeting.item(typed).or_else(by_uncertainty).ok_or_else(|| {
        let label = project.label(meeting.id);
        fault("unknown-item", format!("the agenda of {label} has no item '{typed}'"))
            .hint(format!("name it by its number, or by its uncertainty: realist meeting show {label}"))
    })
}

/// The agenda line by line.
pub fn lines(project: &Project, meeting: &Meeting) -> Vec<Line> {
    let mut clock = meeting.start.as_deref().and_then(minute_of);
    let line = |(index, item): (usize, &AgendaItem)| {
        let about = item.uncertainty.and_then(|id| project.state().get::<Uncertainty>(id));
        let minutes = item.minutes.or(about.as_ref().and_then(|one| one.minutes));
        let at = clock;
        clock = clock.zip(minutes).map(|(clock, minutes)| clock + minutes);
        let words = item.text.clone().or(about.as_ref().map(|one| one.text.clone()));
        Line {
            key: item.key.clone(),
            number: index + 1,
            at: at.map(at_minute),
            what: words.unwrap_or_else(|| item.uncertainty.map(|id| project.label(id)).unwrap_or_default()),
            uncertainty: item.uncertainty.map(|id| project.label(id)),
            about: item.uncertainty,
            minutes,
            by: item.by.clone().or(about.and_then(|one| one.introduced_by)),
        }
    };
    meeting.items.iter().enumerate().map(line).collect()
}

/// Minutes of all items together, and how many items have none.
pub fn length(lines: &[Line]) -> (u32, usize) {
    let unsaid = lines.iter().filter(|one| one.minutes.is_none()).count();
    (lines.iter().filter_map(|one| one.minutes).sum(), unsaid)
}
