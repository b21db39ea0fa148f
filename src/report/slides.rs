//! `report slides`: one page a question, to be shown on a screen while it is talked over. No quotations:
//! those who are in the room read the briefing.

use super::agenda::briefing::Briefing;
use super::agenda::order;
use super::agenda::views::StatementEvidence;
use super::block::{Block, Report, Run, count_of};
use super::evidence::{subtitle, synthetic_notice, titled};
use super::words::Press;
use super::{Brief, NONE_FOUND, TO_WRITE};
use crate::synthesis::Synthesis;
use crate::table::Table;
use crate::uncertainty::Choice;
use serde_json::{Value, json};

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let questions = Briefing::all(&mut press, brief, &order::in_order(synthesis, brief));
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::heading(2, "Questions for today", "questions"));
    blocks.push(Block::list(true, questions.iter().map(|one| vec![Run::plain(one.text.clone())]).collect()));
    blocks.extend(questions.iter().flat_map(fitted));
    Report {
        key: "slides",
        title: titled(synthesis, "one page a question"),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&questions),
        data: json!({
            "report": "slides",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "meeting": brief.meeting.as_ref().map(|meeting| &meeting.look.id),
            "questions": questions.iter().map(data).collect::<Vec<_>>(),
        }),
    }
}

/// How much of a question is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// All of it.
    Ample,
    /// Options by their titles.
    Scarce,
    /// Views without the amounts of evidence too.
    Scarcest,
}

/// The page of a question with as much as has room on it; what is left out stands in the briefing.
fn fitted(one: &Briefing) -> Vec<Block> {
    let fits = |room: &Room| lines(&page(one, *room)) <= LINES;
    let room = [Room::Ample, Room::Scarce].into_iter().find(fits).unwrap_or(Room::Scarcest);
    page(one, room)
}

/// Lines of a printed page, and letters of one; a heading has more letters' room to itself.
const LINES: usize = 36;
const LETTERS: usize = 104;
const LETTERS_OF_A_HEADING: usize = 62;

/// How many lines blocks take on a printed page.
fn lines(blocks: &[Block]) -> usize {
    let wrapped = |text: &str, letters: usize| text.chars().count().div_ceil(letters).max(1);
    let lines = |block: &Block| match block {
        Block::Heading { level: 2, text, .. } => 2 * wrapped(text, LETTERS_OF_A_HEADING),
        Block::Heading { .. } => 2,
        Block::List { items, .. } => items.iter().map(|item| wrapped(&Run::together(item), LETTERS - 6)).sum(),
        Block::PageBreak => 0,
        other => wrapped(&other.text(), LETTERS),
    };
    blocks.iter().map(lines).sum()
}

fn page(one: &Briefing, room: Room) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::heading(2, one.text.clone(), format!("slide-{}", one.id))];
    let particulars = Run::Emphasis(format!(" ({})", particulars(one)));
    blocks.push(Block::Paragraph(vec![Run::or_to_write(one.plain.as_deref()), particulars]));
    let mut put = |title: &str, block: Block| {
        blocks.extend([Block::heading(3, title, format!("slide-{} {title}", one.id)), block]);
    };
    put("What we think happens", Block::list(false, views(one).map(|view| shown(view, room)).collect()));
    let who = one.who.clone().map_or_else(|| Run::Gap(NONE_FOUND.to_owned()), Run::Plain);
    put("Who sees it differently", Block::Paragraph(vec![who]));
    put("What we do not know", Block::Paragraph(vec![Run::or_to_write(one.unknown.as_deref())]));
    put("What can be chosen", Block::list(false, one.options.iter().map(|one| option(one, room)).collect()));
    blocks
}

/// The lead view and its rivals: what else bears on the question is in the briefing.
fn views(one: &Briefing) -> impl Iterator<Item = &StatementEvidence> {
    one.statements.iter().filter(|statement| statement.is_view())
}

fn shown(one: &StatementEvidence, room: Room) -> Vec<Run> {
    let amount = Run::Emphasis(format!(" ({})", one.in_short()));
    [Run::Strong(format!("{}. ", one.role.title())), Run::or_to_write(one.statement.as_deref())]
        .into_iter()
        .chain((room < Room::Scarcest).then_some(amount))
        .collect()
}

fn option(one: &Choice, room: Room) -> Vec<Run> {
    let consequence = one.consequence.as_deref().unwrap_or(TO_WRITE);
    let consequence = Run::Emphasis(format!(" \u{2192} {consequence}"));
    [Run::Strong(format!("{}. ", one.key)), Run::plain(one.text.clone())]
        .into_iter()
        .chain((room == Room::Ample).then_some(consequence))
        .collect()
}

/// `U1.gj, number 1 of 3; 40 minutes; introduced by the chair`.
fn particulars(one: &Briefing) -> String {
    let minutes = one.minutes.map(|minutes| count_of(minutes as usize, "minute"));
    let by = one.introduced_by.as_ref().map(|who| format!("introduced by {who}"));
    let place = format!("{}, number {} of {}", one.id, one.place, one.of);
    [Some(place), minutes, by].into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// One row a view and one an option, in the order of the pages.
fn sheet(questions: &[Briefing]) -> Table {
    let mut sheet = Table::with(&[
        ("place", "Place"),
        ("id", "Uncertainty"),
        ("question", "Question"),
        ("what", "What"),
        ("key", "Statement or option"),
        ("text", "In words"),
        ("beside", "Evidence, or what the manual would say"),
    ]);
    for one in questions {
        let mut put = |what: &str, key: &str, text: Option<&str>, beside: String| {
            let text = text.unwrap_or(TO_WRITE);
            let question = [one.place.into(), one.id.as_str().into(), one.text.as_str().into()];
            sheet.push(question.into_iter().chain([what.into(), key.into(), text.into(), beside.into()]).collect());
        };
        views(one).for_each(|view| put(view.role.title(), &view.id, view.statement.as_deref(), view.in_short()));
        for option in &one.options {
            let consequence = option.consequence.clone().unwrap_or_else(|| TO_WRITE.to_owned());
            put("Option", &option.key, Some(&option.text), consequence);
        }
    }
    sheet
}

fn data(one: &Briefing) -> Value {
    let view = |view: &StatementEvidence| json!({ "id": view.id, "role": view.role, "statement": view.statement, "evidence": view.in_short() });
    json!({
        "id": one.id,
        "place": one.place,
        "text": one.text,
        "plain": one.plain,
        "views": views(one).map(view).collect::<Vec<_>>(),
        "who": one.who,
        "unknown": one.unknown,
        "options": one.options,
        "minutes": one.minutes,
        "introduced_by": one.introduced_by,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    #[test]
    fn a_long_question_is_cut_to_one_page() {
        let mut synthesis = sample::synthesis();
        let shown = |synthesis: &Synthesis| {
            let mut press = Press::new(synthesis, Audience::Meeting);
            let brief = Brief::new(Audience::Meeting);
            let all = Briefing::all(&mut press, &brief, &order::in_order(synthesis, &brief));
            let blocks = fitted(all.iter().find(|one| one.id == "U1.gj").unwrap());
            (lines(&blocks), blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n"))
        };
        let (short, text) = shown(&synthesis);
        assert!(short <= LINES && text.contains('\u{2192}'));
        let one = synthesis.uncertainties.get_mut(&id(Kind::Uncertainty, 1)).unwrap();
        one.options.iter_mut().for_each(|option| option.consequence = Some("The manual says a lot. ".repeat(40)));
        let (cut, text) = shown(&synthesis);
        assert!(cut <= LINES && !text.contains('\u{2192}') && text.contains("sources for"), "{cut}: {text}");
    }
}
