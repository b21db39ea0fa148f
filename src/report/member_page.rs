//! `report member-page`: what a member has to know of a meeting, on one A4 page: when and where, what it is for, what is
//! settled, what is to be settled, how and by whom, and what happens to what they say.

use super::Brief;
use super::agenda::settled::{self, Settled};
use super::block::{Block, Report, Run, count_of};
use super::evidence::{subtitle, synthetic_notice};
use super::meeting::{Line, Shown};
use super::words::Press;
use super::{TO_WRITE, voting_rules, who};
use crate::consensus::{POOLED, Pool};
use crate::meeting::{Practical, Reply};
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Uncertainties it puts in plain words; the papers have the others.
const QUESTIONS: usize = 3;
/// Settled things it names.
const SETTLED: usize = 4;
/// Letters of a plain explanation.
const PLAIN: usize = 260;

/// The heading under which it is said who comes: news of it is no change of the papers.
pub const COMING: &str = "coming";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let Some(meeting) = &brief.meeting else { return nothing_planned("member-page", synthesis, brief) };
    let settled = settled::beside(&press, Some(meeting));
    let told = |line: &Line| Line { by: line.by.as_ref().map(|by| who::told(&press, by)), ..line.clone() };
    let asked_about: Vec<Line> = meeting.agenda.iter().filter(|one| one.about.is_some()).map(told).collect();
    let questions: Vec<&Line> = asked_about.iter().collect();
    let deciding = voting_rules::told_in_short(&synthesis.settings, meeting);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::Pairs(vec![
        ("When".to_owned(), when(meeting)),
        pair("Where", meeting.practical(Practical::Place)),
        pair("How to join from elsewhere", meeting.practical(Practical::Join)),
    ]));
    let mut put = |id: &str, title: &str, inner: Vec<Block>| {
        blocks.push(Block::heading(2, title, id));
        blocks.extend(inner);
    };
    put("purpose", "What it is for", vec![Block::Paragraph(vec![Run::or_to_write(meeting.purpose.as_deref())])]);
    put("settled", "What is settled", in_short(&settled));
    put("to-settle", "What we are to settle", asked(synthesis, &questions));
    put("deciding", "How we decide, and who votes", how_we_decide(&deciding));
    put(COMING, "Who is coming", vec![Block::paragraph(coming(&press, meeting))]);
    put(
        "good-to-know",
        "Good to know",
        vec![Block::Pairs(vec![
            pair("What happens to what you say", meeting.practical(Practical::Afterwards)),
            pair("Payment", meeting.practical(Practical::Payment)),
            pair("Access", meeting.practical(Practical::Access)),
            pair("Support, and questions", meeting.practical(Practical::Contact)),
        ])],
    );
    Report {
        key: "member-page",
        title: meeting.look.title.clone(),
        subtitle: format!("{}. {}", synthesis.settings.title, subtitle(brief)),
        audience: brief.audience,
        blocks,
        sheet: sheet(&questions),
        data: json!({
            "report": "member-page",
            "title": meeting.look.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "meeting": meeting.look.id,
            "when": meeting.when(),
            "practical": meeting.practical,
            "purpose": meeting.purpose,
            "settled": settled.iter().map(|one| json!({ "id": one.id, "name": one.name, "by_whom": one.by_whom })).collect::<Vec<_>>(),
            "uncertainties": questions,
            "deciding": deciding,
            "coming": coming(&press, meeting),
        }),
    }
}

/// What stands on a page about a meeting where none lies ahead.
pub(super) fn nothing_planned(key: &'static str, synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::heading(2, "Meeting", "meeting"));
    blocks.push(Block::to_write("a meeting that lies ahead"));
    Report {
        key,
        title: synthesis.settings.title.clone(),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&[]),
        data: json!({ "report": key, "audience": brief.audience, "meeting": null }),
    }
}

/// The day and the time; without a start, that it is to be written.
pub(super) fn when(meeting: &Shown) -> Vec<Run> {
    let gap = (meeting.look.date.is_some() && meeting.look.start.is_none())
        .then(|| [Run::plain(", "), Run::Gap(format!("{TO_WRITE}: when it begins"))]);
    std::iter::once(Run::or_to_write(meeting.when().as_deref())).chain(gap.into_iter().flatten()).collect()
}

fn pair(term: &str, said: Option<&str>) -> (String, Vec<Run>) {
    (term.to_owned(), vec![Run::or_to_write(said)])
}

/// What is settled, named as far as there is room, and by whom.
fn in_short(settled: &[Settled]) -> Vec<Block> {
    if settled.is_empty() {
        return vec![Block::none_of("Settled so far")];
    }
    let (statements, named): (Vec<&Settled>, Vec<&Settled>) = settled.iter().partition(|one| one.kind == "statement");
    let line = |one: &&Settled| vec![Run::plain(format!("{} ({})", one.name, one.in_plain_words()))];
    let said: Vec<Vec<Run>> = named.iter().take(SETTLED).map(line).collect();
    let whom = |one: &&Settled| one.in_plain_words();
    let is_alike = named.iter().take(SETTLED).map(whom).collect::<BTreeSet<_>>().len() == 1;
    // Of one origin they stand in one sentence, and leave room.
    let mut blocks = if is_alike && named.len() > 1 {
        let names: Vec<&str> = named.iter().take(SETTLED).map(|one| one.name.as_str()).collect();
        vec![Block::paragraph(format!("{} ({}).", names.join("; "), named[0].in_plain_words()))]
    } else {
        vec![Block::List { ordered: false, items: said }]
    };
    let more = named.len().saturating_sub(SETTLED) + statements.len();
    if named.is_empty() {
        blocks.clear();
    }
    if more > 0 {
        let (is, it) = if more == 1 { ("is", "it") } else { ("are", "them") };
        let what = if named.is_empty() { count_of(more, "statement") } else { format!("{more} more") };
        let said = format!("{what} {is} settled; the papers list {it}. None is opened again without new evidence.");
        match blocks.last_mut() {
            Some(Block::Paragraph(runs)) => runs.push(Run::plain(format!(" {said}"))),
            _ => blocks.push(Block::paragraph(said)),
        }
    }
    blocks
}

/// The first questions in plain words, with their minutes.
fn asked(synthesis: &Synthesis, questions: &[&Line]) -> Vec<Block> {
    if questions.is_empty() {
        return vec![Block::none_of("Questions")];
    }
    let item = |line: &&Line| {
        let plain = line.about.and_then(|id| synthesis.uncertainties.get(&id)).and_then(|one| one.plain.as_deref());
        let minutes = line.minutes.map_or_else(|| "no minutes set".to_owned(), |minutes| format!("{minutes} min"));
        vec![
            Run::Strong(
                line.uncertainty.as_ref().map_or_else(|| line.what.clone(), |id| format!("{id} {}", line.what)),
            ),
            Run::plain(format!(" ({minutes}). ")),
            Run::or_to_write(plain.map(|text| shortened(text, PLAIN)).as_deref()),
        ]
    };
    let items = questions.iter().take(QUESTIONS).map(item).collect();
    let mut blocks = vec![Block::List { ordered: true, items }];
    let more = questions.len().saturating_sub(QUESTIONS);
    if more > 0 {
        blocks.push(Block::paragraph(format!("{} more on the agenda, in the papers.", count_of(more, "question"))));
    }
    blocks
}

/// Whole sentences, as many as have room; cut at a word where not even the first has.
fn shortened(text: &str, most: usize) -> String {
    let text = crate::text::words::on_one_line(text);
    if text.chars().count() <= most {
        return text;
    }
    let room: String = text.chars().take(most).collect();
    match room.rfind(". ") {
        Some(end) => room[..=end].to_owned(),
        None => format!("{} …", room.rsplit_once(' ').map_or(room.as_str(), |(whole, _)| whole)),
    }
}

fn how_we_decide(told: &[String]) -> Vec<Block> {
    if told.is_empty() {
        return vec![Block::to_write("by which rule, who votes, and what happens where no agreement is reached")];
    }
    told.iter().cloned().map(Block::paragraph).collect()
}

/// Those who said that they come, else those who were invited; small groups together for others than the team.
fn coming(press: &Press, meeting: &Shown) -> String {
    let accepted = meeting.by_group(|one| one.reply == Some(Reply::Accepted));
    let invited = meeting.by_group(|one| one.invited.is_some());
    let (word, groups) =
        if accepted.values().sum::<usize>() > 0 { ("said they will come", accepted) } else { ("invited", invited) };
    let all: usize = groups.values().sum();
    if all == 0 {
        return "Nobody was invited yet.".to_owned();
    }
    let told = pooled(press, &groups);
    if told.is_empty() {
        format!("{} {word}.", count_of(all, "person"))
    } else {
        format!("{} {word}: {}.", count_of(all, "person"), told.join(", "))
    }
}

/// `Service users 5`, smaller groups together for others than the team; nothing where all would be.
pub(super) fn pooled(press: &Press, groups: &BTreeMap<String, usize>) -> Vec<String> {
    let groups: BTreeMap<String, usize> =
        groups.iter().filter(|(_, n)| **n > 0).map(|(key, n)| (key.clone(), *n)).collect();
    let least = press.synthesis.settings.thresholds.smallest_group;
    let pool = if press.is_for_team() { Pool::none() } else { Pool::of(std::slice::from_ref(&groups), least) };
    if pool.pooled.len() == groups.len() {
        return Vec::new();
    }
    let title =
        |group: &str| if group == POOLED { POOLED.to_owned() } else { press.synthesis.settings.group_title(group) };
    pool.counts(&groups).iter().map(|(group, n)| format!("{} {n}", title(group))).collect()
}

fn sheet(questions: &[&Line]) -> Table {
    let mut sheet = Table::with(&[
        ("number", "Number"),
        ("at", "At"),
        ("id", "Uncertainty"),
        ("what", "Question"),
        ("minutes", "Minutes"),
    ]);
    for one in questions {
        sheet.push(vec![
            one.number.into(),
            one.at.clone().into(),
            one.uncertainty.clone().into(),
            one.what.as_str().into(),
            one.minutes.map(|minutes| minutes as usize).map_or(crate::table::Cell::Empty, Into::into),
        ]);
    }
    sheet
}

/// What an A4 page holds in docx at the usual size, in tenths of a line: held against LibreOffice by a test.
const PAGE: usize = 546;
/// Title and subtitle; a heading with the space about it; the space after a paragraph, and after an item of a list.
const TITLE: usize = 47;
const HEADING: usize = 24;
const AFTER: usize = 5;
const AFTER_ITEM: usize = 2;
/// Letters of a line.
const LETTERS: usize = 94;

/// Lines by which a member page is too long for one page of A4; 0 where it fits.
pub fn lines_over(report: &Report) -> usize {
    let lines = |text: &str| text.lines().map(|line| line.chars().count().div_ceil(LETTERS).max(1)).sum::<usize>();
    let said = |runs: &[Run]| runs.iter().map(Run::text).collect::<String>();
    let height = |block: &Block| match block {
        Block::Heading { .. } => HEADING,
        Block::List { items, .. } => items.iter().map(|item| lines(&said(item)) * 10 + AFTER_ITEM).sum(),
        Block::Pairs(pairs) => {
            pairs.iter().map(|(term, runs)| lines(&format!("{term}: {}", said(runs))) * 10 + AFTER).sum()
        }
        other => lines(&other.text()) * 10 + AFTER,
    };
    (TITLE + report.blocks.iter().map(height).sum::<usize>()).saturating_sub(PAGE).div_ceil(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_is_cut_after_a_sentence() {
        assert_eq!(shortened("One. Two three. Four five six.", 20), "One. Two three.");
        assert_eq!(shortened("One two three four", 10), "One two …");
        assert_eq!(shortened("One\n two.", 10), "One two.");
    }

    #[test]
    fn a_day_without_a_time_says_what_is_missing() {
        let said = when(&crate::report::sample::meeting());
        assert_eq!(Run::together(&said), "Wednesday 11 March 2026, TO WRITE: when it begins");
    }
}
