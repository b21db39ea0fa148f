//! `report secretary`: how a meeting stands, for whoever prepares it: who was invited and comes, ballots by group, what
//! was sent in which version, and what still blocks it.

use super::block::{Block, Report, Run, count_of, day_in_words};
use super::evidence::{subtitle, synthetic_notice};
use super::meeting::{Present, Shown};
use super::words::Press;
use super::{Brief, member_page};
use crate::consensus::{POOLED, Pool};
use crate::meeting::Reply;
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::json;
use std::collections::BTreeMap;

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let Some(meeting) = &brief.meeting else {
        return member_page::nothing_planned("secretary", synthesis, brief);
    };
    let pool = pool(&press, meeting);
    let people = people(&press, &pool, meeting);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::Pairs(vec![
        ("When".to_owned(), vec![Run::or_to_write(meeting.when().as_deref())]),
        ("Agenda".to_owned(), vec![Run::plain(length(meeting))]),
    ]));
    blocks.push(Block::heading(2, "What blocks it", "blockers"));
    blocks.push(blockers(meeting));
    blocks.push(Block::heading(2, "Who comes", "people"));
    blocks.push(Block::table("Members by group", people.clone()));
    blocks.push(Block::heading(2, "Ballots", "ballots"));
    blocks.extend(ballots(&press, &pool, meeting));
    blocks.push(Block::heading(2, "What was sent", "sent"));
    blocks.extend(sent(&press, meeting));
    Report {
        key: "secretary",
        title: format!("{}: how it stands", meeting.look.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: people.clone(),
        data: json!({
            "report": "secretary",
            "audience": brief.audience,
            "meeting": meeting.look.id,
            "when": meeting.when(),
            "groups": people.to_json(),
            "rounds": ballot_table(&press, &pool, meeting).to_json(),
            "sent": sent_table(&press, meeting).to_json(),
            "blockers": meeting.blockers,
        }),
    }
}

/// One pool for the whole page, so that no two tables can be set against each other.
fn pool(press: &Press, meeting: &Shown) -> Pool {
    if press.is_for_team() {
        return Pool::none();
    }
    let least = press.synthesis.settings.thresholds.smallest_group;
    let mut sizes = vec![meeting.by_group(|one| one.invited.is_some())];
    let others =
        [meeting.by_group(|one| one.reply == Some(Reply::Accepted)), meeting.by_group(|one| one.there == Some(true))];
    let answered = meeting.rounds.iter().map(|round| {
        round
            .groups
            .iter()
            .map(|(group, (_, answered))| (group.clone(), *answered))
            .collect::<BTreeMap<String, usize>>()
    });
    // What nobody did yet tells of nobody.
    sizes.extend(others.into_iter().chain(answered).filter(|size| size.values().sum::<usize>() > 0));
    Pool::of(&sizes, least)
}

fn people(press: &Press, pool: &Pool, meeting: &Shown) -> Table {
    let mut table = Table::with(&[
        ("group", "Group"),
        ("invited", "Invited"),
        ("accepted", "Accepted"),
        ("declined", "Declined"),
        ("silent", "No answer"),
        ("there", "There"),
    ]);
    let counted = |counts: fn(&Present) -> bool| pool.counts(&meeting.by_group(counts));
    let invited = counted(|one| one.invited.is_some());
    let columns = [
        counted(|one| one.reply == Some(Reply::Accepted)),
        counted(|one| one.reply == Some(Reply::Declined)),
        counted(|one| one.invited.is_some() && one.reply.is_none()),
        counted(|one| one.there == Some(true)),
    ];
    for (group, n) in &invited {
        let cells = columns.iter().map(|column| column.get(group).copied().unwrap_or(0).into());
        table.push([title(press, group).into(), (*n).into()].into_iter().chain(cells).collect());
    }
    table
}

fn title(press: &Press, group: &str) -> String {
    if group == POOLED { POOLED.to_owned() } else { press.synthesis.settings.group_title(group) }
}

fn length(meeting: &Shown) -> String {
    let (minutes, unsaid) = meeting.length;
    let of = meeting.look.minutes.map_or_else(String::new, |slot| match minutes.checked_sub(slot) {
        Some(over) if over > 0 => format!(" of {slot}: {over} too many"),
        _ => format!(" of {slot}"),
    });
    let unsaid = if unsaid > 0 { format!("; {} without minutes", count_of(unsaid, "item")) } else { String::new() };
    format!("{minutes} minutes{of}{unsaid}")
}

fn blockers(meeting: &Shown) -> Block {
    if meeting.blockers.is_empty() {
        return Block::paragraph("Nothing: it is ready.");
    }
    let item = |one: &super::meeting::Blocker| {
        vec![Run::plain(format!("{} ", one.what)), Run::Emphasis(format!("({})", one.command))]
    };
    Block::List { ordered: false, items: meeting.blockers.iter().map(item).collect() }
}

fn ballot_table(press: &Press, pool: &Pool, meeting: &Shown) -> Table {
    let mut table = Table::with(&[
        ("round", "Round"),
        ("stage", "Stage"),
        ("group", "Group"),
        ("asked", "Asked"),
        ("answered", "Answered"),
    ]);
    for round in &meeting.rounds {
        let each = |pick: fn(&(usize, usize)) -> usize| {
            let counts = round.groups.iter().map(|(group, of)| (group.clone(), pick(of)));
            pool.counts(&counts.collect())
        };
        let answered = each(|of| of.1);
        for (group, asked) in each(|of| of.0) {
            let n = answered.get(&group).copied().unwrap_or(0);
            table.push(vec![
                round.id.as_str().into(),
                round.stage.word().into(),
                title(press, &group).into(),
                asked.into(),
                n.into(),
            ]);
        }
    }
    table
}

fn ballots(press: &Press, pool: &Pool, meeting: &Shown) -> Vec<Block> {
    let table = ballot_table(press, pool, meeting);
    if table.rows.is_empty() {
        return vec![Block::none_of("Rounds that are open or closed")];
    }
    vec![Block::table("Ballots by round and group", table)]
}

/// One row a sending.
fn sent_table(press: &Press, meeting: &Shown) -> Table {
    let mut table = Table::with(&[
        ("issue", "Sent"),
        ("on", "Day"),
        ("by", "By"),
        ("to", "To"),
        ("papers", "Papers"),
        ("version", "Version of the theory"),
    ]);
    for one in &meeting.sent {
        let version = one.version.clone().unwrap_or_else(|| format!("not frozen ({})", one.theory));
        table.push(vec![
            one.issue.as_str().into(),
            day_in_words(&one.on).into(),
            one.by.as_str().into(),
            Shown::readers(&one.to, press.is_for_team()).into(),
            meeting.papers_in_short(one).join("\n").into(),
            version.into(),
        ]);
    }
    table
}

fn sent(press: &Press, meeting: &Shown) -> Vec<Block> {
    let table = sent_table(press, meeting);
    if table.rows.is_empty() {
        return vec![Block::none_of("Papers sent")];
    }
    vec![Block::table("Papers as they were sent", table)]
}
