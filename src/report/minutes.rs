//! What a record tells of one meeting beside its decisions: who was there, interests, what was said for and against,
//! what else was talked about, and who does what until when.

use super::block::{Block, Run, Side, count_of, day_in_words};
use super::meeting::{Line, Shown, Undertaken};
use super::member_page::pooled;
use super::words::Press;
use super::{TO_WRITE, who};
use crate::id::Id;
use crate::meeting::Minute;
use crate::table::Table;
use serde_json::{Value, json};

/// Title, day, attendance by group, interests.
pub fn head(press: &Press, meeting: &Shown) -> Vec<Block> {
    let when = meeting.when().map(|when| format!(", {when}")).unwrap_or_default();
    let told = |said: Option<String>| ("Interests".to_owned(), vec![Run::or_to_write(said.as_deref())]);
    let interests = match interests(press, meeting) {
        Some(declared) => declared.into_iter().map(|one| told(Some(one))).collect(),
        None => vec![told(None)],
    };
    let there = ("There".to_owned(), vec![Run::or_to_write(there(press, meeting).as_deref())]);
    vec![
        Block::heading(2, format!("{}{when}", meeting.look.title), format!("meeting-{}", meeting.look.id)),
        Block::Pairs(std::iter::once(there).chain(interests).collect()),
    ]
}

/// `7 people: Service users 4, smaller groups 3; 2 came late or left before the end`.
fn there(press: &Press, meeting: &Shown) -> Option<String> {
    let groups = meeting.by_group(|one| one.there == Some(true));
    let all: usize = groups.values().sum();
    if all == 0 {
        return None;
    }
    let told = pooled(press, &groups);
    let by_group = if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) };
    let partly = meeting.members.iter().filter(|one| one.late.is_some() || one.left.is_some()).count();
    let partly = if partly > 0 { format!("; {partly} came late or left before the end") } else { String::new() };
    Some(format!("{}{by_group}{partly}", count_of(all, "person")))
}

/// For the team in the members' words, a line each; others read how many declared any, since nobody agreed to have them printed.
fn interests(press: &Press, meeting: &Shown) -> Option<Vec<String>> {
    let of_those = meeting.members.iter().filter(|one| one.there == Some(true));
    let declared: Vec<String> =
        of_those.filter_map(|one| Some(format!("{}: {}", one.token, one.interests.as_deref()?))).collect();
    if declared.is_empty() {
        return None;
    }
    if press.is_for_team() {
        Some(declared)
    } else {
        Some(vec![format!("declared by {}", count_of(declared.len(), "person"))])
    }
}

/// What was said on an uncertainty, both sides with the same space; none where nothing was recorded.
pub fn points(press: &Press, meeting: &Shown, about: Id) -> Option<Vec<Block>> {
    let line = meeting.agenda.iter().find(|line| line.about == Some(about))?;
    let said = said(press, meeting.minutes.get(&line.key)?);
    (!said.is_empty()).then_some(said)
}

fn said(press: &Press, minute: &Minute) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !minute.r#for.is_empty() || !minute.against.is_empty() {
        let side =
            |title: &str, points: &[String]| Side { title: title.to_owned(), blocks: vec![Block::lines(points)] };
        blocks.push(Block::Facing(Box::new([
            side("Said for it", &minute.r#for),
            side("Said against it", &minute.against),
        ])));
    }
    if press.is_for_team() && !minute.notes.is_empty() {
        blocks.push(Block::paragraph(minute.notes.clone()));
    }
    blocks
}

/// Items that something was recorded of and nothing decided.
pub fn talked_over(press: &Press, meeting: &Shown, decided: &[Id]) -> Vec<Block> {
    let is_left = |line: &&Line| line.about.is_none_or(|id| !decided.contains(&id));
    let mut blocks = Vec::new();
    for line in meeting.agenda.iter().filter(is_left) {
        let said = meeting.minutes.get(&line.key).map(|minute| said(press, minute)).unwrap_or_default();
        if !said.is_empty() {
            let id = format!("meeting-{}-{}", meeting.look.id, line.key);
            blocks.push(Block::heading(3, format!("{} (talked over)", line.what), id));
            blocks.extend(said);
        }
    }
    blocks
}

/// Who does what until when.
pub fn to_do(press: &Press, meeting: &Shown) -> Vec<Block> {
    let mut table = Table::with(&[("action", "To do"), ("who", "Who"), ("when", "By when"), ("state", "State")]);
    for Undertaken { owner, due, text, done, .. } in &meeting.actions {
        let due = due.as_deref().map_or_else(|| TO_WRITE.to_owned(), day_in_words);
        let state = if *done { "done" } else { "open" };
        table.push(vec![text.as_str().into(), who::told(press, owner).into(), due.into(), state.into()]);
    }
    let heading = Block::heading(3, "To do", format!("meeting-{}-to-do", meeting.look.id));
    if meeting.actions.is_empty() {
        return vec![heading, Block::none_of("Actions")];
    }
    vec![heading, Block::table("Who does what until when", table)]
}

/// The same for machines.
pub fn data(press: &Press, meeting: &Shown) -> Value {
    let item = |line: &Line| {
        let minute = meeting.minutes.get(&line.key)?;
        let notes = press.is_for_team().then_some(&minute.notes);
        Some(json!({
            "item": line.key, "what": line.what, "uncertainty": line.uncertainty, "for": minute.r#for,
            "against": minute.against, "notes": notes,
        }))
    };
    let action = |one: &Undertaken| Undertaken { owner: who::told(press, &one.owner), ..one.clone() };
    json!({
        "id": meeting.look.id,
        "title": meeting.look.title,
        "date": meeting.look.date,
        "there": there(press, meeting),
        "interests": interests(press, meeting).map(|lines| lines.join("\n")),
        "items": meeting.agenda.iter().filter_map(item).collect::<Vec<_>>(),
        "actions": meeting.actions.iter().map(action).collect::<Vec<_>>(),
    })
}
