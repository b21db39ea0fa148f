//! Meetings for papers: the one a paper is about, and all that the record tells of.

use super::Asked;
use crate::act::meeting;
use crate::check::typed::print;
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::meeting::Meeting;
use crate::project::Project;
use crate::report::meeting::Shown;
use crate::report::{Kind, RestsOn};
use crate::synthesis::Synthesis;
use std::collections::BTreeSet;

/// Reports that tell of one meeting where one is named, and of everything where none is.
const MAY_NAME_ONE: &[&str] = &["agenda", "briefing", "slides", "record"];

/// Fault `not-of-a-meeting`: a meeting was named for a paper that is about none.
pub fn refuse_astray(kind: &Kind, asked: &Asked) -> Result<()> {
    if asked.meeting.is_none() || kind.rests_on == RestsOn::Meeting || MAY_NAME_ONE.contains(&kind.key) {
        return Ok(());
    }
    Err(fault("not-of-a-meeting", format!("the report '{}' is not about a meeting", kind.key))
        .hint(format!("leave out --meeting; it belongs to: member-page, secretary, {}", MAY_NAME_ONE.join(", "))))
}

/// Papers that are for a meeting: where none is named, with what is on the agenda of the next.
const FOR_THE_NEXT: &[&str] = &["agenda", "briefing", "slides"];

/// The meeting named; the next one for a paper that is for one; none where nothing is planned.
pub fn gather(project: &Project, kind: &Kind, asked: &Asked) -> Result<Option<Shown>> {
    let found: Option<Meeting> = match &asked.meeting {
        Some(typed) => Some(meeting::find(project, typed)?),
        None if kind.rests_on == RestsOn::Meeting => ahead(project)?,
        // An agenda that nothing stands on yet leaves the paper to whatever is open.
        None if FOR_THE_NEXT.contains(&kind.key) => {
            meeting::next(project).filter(|one| one.items.iter().any(|item| item.uncertainty.is_some()))
        }
        None => None,
    };
    let Some(held) = found else { return Ok(None) };
    let mut shown = meeting::of(project, &held);
    if kind.key == "secretary" {
        shown.blockers = meeting::ready::blockers(project, &held)?;
    }
    Ok(Some(shown))
}

/// The next meeting; none where none was ever planned. Fault `no-meeting`: all were held.
fn ahead(project: &Project) -> Result<Option<Meeting>> {
    if let Some(next) = meeting::next(project) {
        return Ok(Some(next));
    }
    let all = project.state().in_order::<Meeting>().into_iter();
    let Some(held) = all.max_by_key(|one| (one.date.clone(), one.start.clone())) else { return Ok(None) };
    let label = project.label(held.id);
    Err(fault("no-meeting", "no meeting lies ahead: all were held").hint(format!("of the last one: --meeting {label}")))
}

/// All meetings by their day, or the one named.
pub fn all(project: &Project, asked: &Asked) -> Result<Vec<Shown>> {
    let mut all = match &asked.meeting {
        Some(typed) => vec![meeting::find(project, typed)?],
        None => project.state().in_order::<Meeting>(),
    };
    all.sort_by_key(|one| (one.date.is_none(), one.date.clone(), one.start.clone()));
    Ok(all.iter().map(|one| meeting::of(project, one)).collect())
}

/// Takes sentences out of what was recorded that repeat words of somebody who withdrew.
pub fn withhold(meetings: &mut [Shown], left: &BTreeSet<(Id, String)>, instead: &str) {
    for one in meetings {
        let id = one.meeting;
        for minute in one.minutes.values_mut() {
            let lines = minute.r#for.iter_mut().chain(&mut minute.against).chain([&mut minute.notes]);
            lines.filter(|line| left.contains(&(id, print(line)))).for_each(|line| instead.clone_into(line));
        }
    }
}

/// Uncertainties get the minutes and the place that the agenda of a meeting gives them.
pub fn set_out(synthesis: &mut Synthesis, meeting: &Shown) {
    for line in &meeting.agenda {
        if let Some(one) = line.about.and_then(|id| synthesis.uncertainties.get_mut(&id)) {
            one.place = u32::try_from(line.number).ok();
            one.minutes = line.minutes;
            one.introduced_by.clone_from(&line.by);
        }
    }
}
