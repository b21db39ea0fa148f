//! Who means to come to a meeting and who was there: member by member, or in one grid.

use super::find;
use crate::act::panel::{self, member};
use crate::act::sheet::Form;
use crate::act::sheet::cells::Sheet;
use crate::act::workbook;
use crate::diagnostic::{Diagnostic, Fault, Place, Result, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::meeting::{Attendance, Meeting, Reply, clock, minute_of};
use crate::panel::Member;
use crate::project::{Done, Project};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;

/// What is noted of one member; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// Token.
    pub member: String,
    pub reply: Option<Reply>,
    pub there: Option<bool>,
    /// `14:20`: then they were there.
    pub late: Option<String>,
    pub left: Option<String>,
    /// Token of the member in whose place they came: then they were there.
    pub r#for: Option<String>,
}

/// Columns of the grid.
pub const GRID: [&str; 7] = ["member", "group", "reply", "there", "late", "left", "for"];

/// Notes who means to come and who was there; gives the tokens of those it is news of.
///
/// Faults: `no-panel`, `unknown-member`, `member-left`, `bad-time`, `out-of-time`, `not-there`, `other-group`, `seat-taken`.
pub fn attend(project: &mut Project, typed: &str, wishes: &[Wish]) -> Result<Done<Vec<String>>> {
    project.write("meeting attend", true, |batch| {
        let meeting = find(batch.project(), typed)?;
        let panel = meets(batch.project(), &meeting)?;
        let mut now = meeting.clone();
        let mut news = Vec::new();
        for wish in wishes {
            let held = member(batch.project(), panel, &wish.member)?;
            if let Some(left) = &held.left {
                return Err(fault("member-left", format!("{} left the panel on {}", held.token, left.on))
                    .hint("somebody new gets a token of their own: realist panel member add"));
            }
            note(batch.project(), panel, &mut now, &held, wish)?;
            let (reply, came) = (now.replied.get(&held.id), now.attended.get(&held.id));
            let mut fields = Fields::new();
            if reply != meeting.replied.get(&held.id) {
                fields.insert(format!("replied:{}", held.id), json!(reply));
            }
            if came != meeting.attended.get(&held.id) {
                fields.insert(format!("attended:{}", held.id), json!(came));
            }
            if !fields.is_empty() {
                batch.set(Kind::Meeting, meeting.id, &fields);
                news.push(held.token);
            }
        }
        Ok(news)
    })
}

/// Says that somebody was noted as there at a meeting whose day is to come, and what says that they mean to come.
pub fn too_early(project: &Project, meeting: &Meeting, wishes: &[Wish]) -> Option<Diagnostic> {
    let came =
        |wish: &&Wish| wish.there == Some(true) || wish.late.is_some() || wish.left.is_some() || wish.r#for.is_some();
    let tokens: Vec<&str> = wishes.iter().filter(came).map(|wish| wish.member.as_str()).collect();
    let today = crate::project::today(project.surroundings());
    let day = meeting.date.as_deref().filter(|day| !tokens.is_empty() && *day > today.as_str())?;
    let label = project.label(meeting.id);
    let said = format!("noted as there, though {label} is on {day}, a day to come: it counts as held from now on");
    Some(Diagnostic::warning("not-held-yet", said).hint(format!(
        "take it back: realist undo; that they mean to come: realist meeting attend {label} {} --accepted",
        tokens.join(" ")
    )))
}

/// The panel that meets. Fault `no-panel`.
pub fn meets(project: &Project, meeting: &Meeting) -> Result<Id> {
    meeting.panel.ok_or_else(|| {
        let label = project.label(meeting.id);
        fault("no-panel", format!("{label} is a meeting of no panel"))
            .hint(format!("say which: realist meeting edit {label} --panel N1.gj"))
    })
}

fn note(project: &Project, panel: Id, now: &mut Meeting, of: &Member, wish: &Wish) -> Result<()> {
    if let Some(reply) = wish.reply {
        now.replied.insert(of.id, reply);
    }
    let time = |typed: &Option<String>| typed.as_deref().map(clock).transpose();
    let (late, left) = (time(&wish.late)?, time(&wish.left)?);
    let seat = wish.r#for.as_deref().map(|typed| member(project, panel, typed)).transpose()?;
    let says_there = late.is_some() || left.is_some() || seat.is_some();
    if wish.there == Some(false) {
        if says_there {
            return Err(fault(
                "not-there",
                format!("{} was absent, and so came neither late nor for another", of.token),
            )
            .hint("leave the time or the other member out, or leave 'absent' out"));
        }
        now.attended.insert(of.id, Attendance { there: false, late: None, left: None, r#for: None });
        return Ok(());
    }
    if wish.there.is_none() && !says_there {
        return Ok(());
    }
    if let Some(seat) = &seat {
        deputy(now, of, seat)?;
    }
    let before = now.attended.get(&of.id).filter(|one| one.there).cloned();
    let before = before.unwrap_or(Attendance { there: true, late: None, left: None, r#for: None });
    let one = Attendance {
        there: true,
        late: late.or(before.late),
        left: left.or(before.left),
        r#for: seat.map(|seat| seat.id).or(before.r#for),
    };
    if now.attended.iter().any(|(id, other)| *id != of.id && other.r#for == Some(of.id)) {
        return Err(seat_taken(of, "somebody else came for them"));
    }
    in_time(now, of, &one)?;
    now.attended.insert(of.id, one);
    Ok(())
}

fn deputy(now: &Meeting, of: &Member, seat: &Member) -> Result<()> {
    if seat.group != of.group || seat.id == of.id {
        let said = format!("{} of {} cannot come for {} of {}", of.token, of.group, seat.token, seat.group);
        return Err(fault("other-group", said).hint("a deputy is another member of the same group"));
    }
    let other = now.attended.iter().any(|(id, one)| *id != of.id && one.r#for == Some(seat.id));
    if other || now.was_there(seat.id) {
        let why = if other { "somebody else came for them" } else { "they were there themselves" };
        return Err(seat_taken(seat, why));
    }
    Ok(())
}

fn seat_taken(seat: &Member, why: &str) -> Fault {
    fault("seat-taken", format!("{} has a seat that is taken: {why}", seat.token))
        .hint("a seat is taken once; note the other as absent first: realist meeting attend G1.gj TOKEN --absent")
}

/// Who came left after they came, and came after it began. Past midnight nothing is said.
fn in_time(meeting: &Meeting, of: &Member, one: &Attendance) -> Result<()> {
    let minute = |time: &Option<String>| time.as_deref().and_then(minute_of);
    let (start, late, left) = (minute(&meeting.start), minute(&one.late), minute(&one.left));
    let lasts = start.zip(meeting.minutes).is_some_and(|(start, minutes)| start + minutes > 24 * 60);
    let backwards = |earlier: Option<u32>, later: Option<u32>| earlier.zip(later).is_some_and(|(a, b)| b < a);
    if !lasts && (backwards(start, late) || backwards(start, left) || backwards(late, left)) {
        return Err(fault(
            "out-of-time",
            format!("{} would have left before they came, or come before it began", of.token),
        )
        .hint("times are written as 14:30"));
    }
    Ok(())
}

/// People who were there, by group.
pub fn present(project: &Project, meeting: &Meeting) -> BTreeMap<String, u32> {
    let mut groups = BTreeMap::new();
    for one in meeting.panel.map(|panel| panel::members(project, panel)).unwrap_or_default() {
        if meeting.was_there(one.id) {
            *groups.entry(one.group).or_default() += 1;
        }
    }
    groups
}

/// The grid as it stands, for a spreadsheet. Fault `no-panel`.
pub fn grid(project: &Project, typed: &str, form: Form) -> Result<Vec<u8>> {
    let meeting = find(project, typed)?;
    let panel = meets(project, &meeting)?;
    let members = panel::members(project, panel);
    let tokens: BTreeMap<Id, &str> = members.iter().map(|one| (one.id, one.token.as_str())).collect();
    let row = |one: &Member| {
        let came = meeting.attended.get(&one.id);
        let time = |time: Option<&String>| time.cloned().unwrap_or_default();
        vec![
            one.token.clone(),
            one.group.clone(),
            meeting.replied.get(&one.id).map(|reply| reply.word().to_owned()).unwrap_or_default(),
            came.map(|one| if one.there { "yes" } else { "no" }.to_owned()).unwrap_or_default(),
            time(came.and_then(|one| one.late.as_ref())),
            time(came.and_then(|one| one.left.as_ref())),
            came.and_then(|one| tokens.get(&one.r#for?).map(|token| (*token).to_owned())).unwrap_or_default(),
        ]
    };
    let rows = members.iter().filter(|one| one.is_here()).map(row).collect();
    Sheet { headings: GRID.map(str::to_owned).to_vec(), rows }.write(form)
}

/// Reads a grid that was filled in: csv, xlsx or ods. Rows that say nothing are passed over.
///
/// Faults: `no-grid`, `bad-grid`, with the row.
pub fn read(project: &Project, file: &Path) -> Result<Vec<Wish>> {
    let name = file.display().to_string();
    let sheet = workbook::sheet(project, file)?;
    if sheet.column("member").is_none() || sheet.column("there").is_none() {
        return Err(fault("no-grid", "the first line names no columns 'member' and 'there'")
            .at(Place { file: Some(name), line: Some(1), ..Place::default() })
            .hint("make the grid with: realist meeting attend G1.gj --make grid.csv; keep its first line as it is"));
    }
    let row = |(index, row): (usize, &Vec<String>)| {
        wish(&sheet, row)
            .map_err(|fault| fault.at(Place { file: Some(name.clone()), line: Some(index + 2), ..Place::default() }))
    };
    let wishes = sheet.rows.iter().enumerate().map(row).collect::<Result<Vec<Option<Wish>>>>()?;
    Ok(wishes.into_iter().flatten().collect())
}

fn wish(sheet: &Sheet, row: &[String]) -> Result<Option<Wish>> {
    let cell = |name: &str| Some(sheet.cell(row, name).to_owned()).filter(|cell| !cell.is_empty());
    let there = match cell("there").map(|said| said.to_lowercase()).as_deref() {
        None => None,
        Some("yes" | "y" | "1" | "x" | "true" | "present") => Some(true),
        Some("no" | "n" | "0" | "false" | "absent") => Some(false),
        Some(_) => {
            return Err(fault("bad-grid", "the column 'there' holds yes or no").hint("or nothing, where nobody knows"));
        }
    };
    let reply = cell("reply").map(|said| said.parse::<Reply>()).transpose()?;
    let (late, left, seat) = (cell("late"), cell("left"), cell("for"));
    if there.is_none() && reply.is_none() && late.is_none() && left.is_none() && seat.is_none() {
        return Ok(None);
    }
    let member = cell("member").ok_or_else(|| fault("bad-grid", "this row names no member"))?;
    Ok(Some(Wish {
        member,
        reply,
        there,
        late: late.map(|time| whole(&time)),
        left: left.map(|time| whole(&time)),
        r#for: seat,
    }))
}

/// A time as a spreadsheet may have saved it: `14:20:00` or `14.20` is `14:20`.
fn whole(typed: &str) -> String {
    let time = typed.trim().replace('.', ":");
    time.strip_suffix(":00").filter(|short| minute_of(short).is_some()).map_or(time.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_spreadsheets_save_it() {
        for (typed, kept) in
            [("14:20:00", "14:20"), ("14:20", "14:20"), ("14.20", "14:20"), ("14:00", "14:00"), ("9:00:00", "9:00")]
        {
            assert_eq!(whole(typed), kept, "{typed}");
        }
    }
}
