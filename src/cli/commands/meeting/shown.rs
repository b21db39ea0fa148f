//! Meetings on the screen.

use crate::act::meeting as act;
use crate::cli::Context;
use crate::cli::commands::shared::{counted, excerpt};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::report::meeting::Shown;
use crate::table::{Cell, Table};
use serde_json::json;

pub fn list(context: &Context, project: &Project) -> Result<Exit> {
    let all = act::looks(project);
    if all.is_empty() && !context.ui.is_json() {
        return Err(fault("no-meetings", "no meeting was planned yet")
            .hint("realist meeting add \"Consensus meeting\" --date 2026-03-14 --panel N1.gj"));
    }
    let mut table = Table::with(&[
        ("id", "Id"),
        ("title", "Title"),
        ("date", "Day"),
        ("start", "Start"),
        ("minutes", "Minutes"),
        ("panel", "Panel"),
        ("items", "Items"),
        ("issued", "Sent"),
        ("held", "Held"),
    ]);
    for one in &all {
        table.push(vec![
            one.id.as_str().into(),
            excerpt(&one.title, 40).into(),
            one.date.clone().into(),
            one.start.clone().into(),
            one.minutes.map(|minutes| minutes as usize).map_or(Cell::Empty, Cell::from),
            one.panel.clone().into(),
            one.items.into(),
            one.issued.into(),
            if one.held { "yes" } else { "no" }.into(),
        ]);
    }
    context.ui.list(&table, &json!(all));
    Ok(Exit::negative_if(all.is_empty()))
}

pub fn show(context: &Context, meeting: &Shown) {
    let ui = &context.ui;
    let mut table = Table::with(&[
        ("number", "No"),
        ("at", "At"),
        ("item", "Item"),
        ("what", "What"),
        ("minutes", "Minutes"),
        ("by", "By"),
        ("recorded", "Recorded"),
    ]);
    for line in &meeting.agenda {
        table.push(vec![
            line.number.into(),
            line.at.clone().into(),
            line.uncertainty.as_ref().unwrap_or(&line.key).as_str().into(),
            excerpt(&line.what, 80).into(),
            line.minutes.map(|minutes| minutes as usize).map_or(Cell::Empty, Cell::from),
            line.by.clone().into(),
            if meeting.minuted.contains(&line.key) { "yes".into() } else { Cell::Empty },
        ]);
    }
    ui.heading(&format!("{} {}", meeting.look.id, meeting.look.title));
    ui.list(&table, &json!(meeting));
    for line in lines(meeting) {
        ui.say(&line);
    }
}

fn lines(meeting: &Shown) -> Vec<String> {
    let look = &meeting.look;
    let mut lines = Vec::new();
    let when = [look.date.clone(), look.start.clone(), look.minutes.map(|minutes| format!("{minutes} minutes"))];
    let when: Vec<String> = when.into_iter().flatten().collect();
    lines.push(if when.is_empty() { "when: not said".to_owned() } else { format!("when: {}", when.join(", ")) });
    let (minutes, unsaid) = meeting.length;
    let over = look.minutes.filter(|slot| minutes > *slot).map(|slot| format!(", {} too many", minutes - slot));
    let unsaid = (unsaid > 0).then(|| format!(", and {} without", counted(unsaid, "item")));
    lines.push(format!("agenda: {minutes} minutes{}{}", over.unwrap_or_default(), unsaid.unwrap_or_default()));
    lines.extend(meeting.purpose.iter().map(|words| format!("purpose: {words}")));
    lines.extend(meeting.practical.iter().map(|(which, words)| format!("{which}: {words}")));
    let there = meeting.members.iter().filter(|one| one.there == Some(true)).count();
    let invited = meeting.members.iter().filter(|one| one.invited.is_some()).count();
    let panel = look.panel.as_deref().unwrap_or("none");
    lines.push(format!("panel: {panel}, {invited} invited, {there} there"));
    let rounds: Vec<String> = meeting.rounds.iter().map(|one| format!("{} ({})", one.id, one.stage)).collect();
    let actions: Vec<String> =
        meeting.actions.iter().map(|one| format!("{} {}: {}", one.id, one.owner, excerpt(&one.text, 60))).collect();
    let sent = meeting.sent.iter().map(|one| format!("{} on {} to {}", one.issue, one.on, counted(one.to.len(), "member")));
    for (what, said) in [
        ("rounds", &rounds),
        ("sent", &sent.collect()),
        ("decisions", &meeting.decisions),
        ("actions", &actions),
    ] {
        if !said.is_empty() {
            lines.push(format!("{what}: {}", said.join("; ")));
        }
    }
    lines
}

/// Who means to come and who was there.
pub fn attendance(context: &Context, meeting: &Shown) {
    let mut table = Table::with(&[
        ("token", "Member"),
        ("group", "Group"),
        ("invited", "Invited"),
        ("reply", "Reply"),
        ("there", "There"),
        ("late", "Late"),
        ("left", "Left"),
        ("for", "For"),
    ]);
    for one in &meeting.members {
        table.push(vec![
            one.token.as_str().into(),
            one.group.as_str().into(),
            one.invited.clone().into(),
            one.reply.map(|reply| reply.word().to_owned()).into(),
            one.there.map(|there| if there { "yes" } else { "no" }.to_owned()).into(),
            one.late.clone().into(),
            one.left.clone().into(),
            one.r#for.clone().into(),
        ]);
    }
    context.ui.heading(&format!("{} {}", meeting.look.id, meeting.look.title));
    context.ui.list(&table, &json!(meeting.members));
}
