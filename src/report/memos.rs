//! `report memos`: the memo supplement of a paper. Only memos that their authors marked for the supplement are in it,
//! whoever it is for; one that repeats a transcript is held back from others.

use super::Brief;
use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::json;

/// A memo for the supplement, read by whoever may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub memo: Id,
    /// What it is about: a thing, or the document its words are in.
    pub about: Option<Id>,
    pub text: String,
    /// Tag of who wrote it.
    pub author: Option<String>,
    /// Eight or more words in a row of a transcript stand in it.
    pub repeats: bool,
}

const RULE: &str = "In this supplement stand the memos that their authors marked for it. Private memos and the team's own are in no paper. A memo that repeats eight or more words in a row of \
what somebody said is held back from papers for others: say it in other words.";

#[derive(Debug, Serialize)]
struct Shown {
    id: String,
    about: String,
    text: Option<String>,
    author: Option<String>,
}

impl Shown {
    fn of(press: &Press, note: &Note) -> Self {
        Shown {
            id: press.synthesis.label(note.memo),
            about: note.about.map(|id| about(press, id)).unwrap_or_default(),
            text: (press.is_for_team() || !note.repeats).then(|| note.text.clone()),
            author: note.author.clone().filter(|_| press.is_for_team()),
        }
    }
}

/// What a memo is about: a statement by its sentence, a component by its name, anything else by its label alone.
fn about(press: &Press, id: Id) -> String {
    let synthesis = press.synthesis;
    let label = synthesis.label(id);
    let said = if let Some(statement) = synthesis.hypotheses.get(&id) {
        statement.statement.clone()
    } else if let Some(component) = synthesis.components.get(&id) {
        Some(component.name.clone())
    } else {
        synthesis.codes.get(&id).map(|code| code.name.clone())
    };
    said.map_or(label.clone(), |said| format!("{label} {said}"))
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let shown: Vec<Shown> = brief.memos.iter().map(|note| Shown::of(&press, note)).collect();
    let held_back = shown.iter().filter(|one| one.text.is_none()).count();
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::paragraph(format!("{}.", count_of(shown.len(), "memo"))));
    if shown.is_empty() {
        blocks.push(Block::to_write("no memo is marked for the supplement"));
    }
    for one in shown.iter().filter(|one| one.text.is_some()) {
        blocks.push(Block::heading(2, format!("{}: {}", one.id, one.about), format!("memo-{}", one.id)));
        blocks.push(Block::paragraph(one.text.clone().unwrap_or_default()));
        if let Some(author) = &one.author {
            blocks.push(Block::Paragraph(vec![Run::Emphasis(author.clone())]));
        }
    }
    if held_back > 0 {
        blocks.push(Block::notice(format!(
            "{} held back: the words of a transcript stand in them.",
            count_of(held_back, "memo")
        )));
    }
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    let mut sheet = Table::with(&[("id", "Memo"), ("about", "About"), ("text", "Text"), ("author", "Author")]);
    for one in &shown {
        let text = one.text.clone().map_or_else(|| "[held back: it repeats a transcript]".into(), Cell::Text);
        sheet.push(vec![one.id.as_str().into(), one.about.as_str().into(), text, one.author.clone().into()]);
    }
    Report {
        key: "memos",
        title: format!("{}: memo supplement", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet,
        data: json!({
            "report": "memos",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "memos": shown,
            "held_back": held_back,
            "withheld": withheld(&press),
        }),
    }
}
