//! `report slides`: one page a question, to be shown on a screen while it is talked over. No quotations:
//! those who are in the room read the briefing.

use super::agenda::briefing::Briefing;
use super::agenda::order;
use super::agenda::views::StatementEvidence;
use super::block::{Block, Report, Run, count_of};
use super::evidence::{subtitle, synthetic_notice};
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
    blocks.extend(questions.iter().flat_map(page));
    Report {
        key: "slides",
        title: format!("{}: one page a question", synthesis.settings.title),
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

fn page(one: &Briefing) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::heading(2, one.text.clone(), format!("slide-{}", one.id))];
    let particulars = Run::Emphasis(format!(" ({})", particulars(one)));
    blocks.push(Block::Paragraph(vec![Run::or_to_write(one.plain.as_deref()), particulars]));
    let mut put = |title: &str, block: Block| {
        blocks.extend([Block::heading(3, title, format!("slide-{} {title}", one.id)), block]);
    };
    put("What we think happens", Block::list(false, views(one).map(view).collect()));
    let who = one.who.clone().map_or_else(|| Run::Gap(NONE_FOUND.to_owned()), Run::Plain);
    put("Who sees it differently", Block::Paragraph(vec![who]));
    put("What we do not know", Block::Paragraph(vec![Run::or_to_write(one.unknown.as_deref())]));
    put("What can be chosen", Block::list(false, one.options.iter().map(option).collect()));
    blocks
}

/// The lead view and its rivals: what else bears on the question is in the briefing.
fn views(one: &Briefing) -> impl Iterator<Item = &StatementEvidence> {
    one.statements.iter().filter(|statement| statement.is_view())
}

fn view(one: &StatementEvidence) -> Vec<Run> {
    vec![
        Run::Strong(format!("{}. ", one.role.title())),
        Run::or_to_write(one.statement.as_deref()),
        Run::Emphasis(format!(" ({})", one.in_short())),
    ]
}

fn option(one: &Choice) -> Vec<Run> {
    let consequence = one.consequence.as_deref().unwrap_or(TO_WRITE);
    vec![
        Run::Strong(format!("{}. ", one.key)),
        Run::plain(one.text.clone()),
        Run::Emphasis(format!(" \u{2192} {consequence}")),
    ]
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
