//! The paper form: a ballot for each member, each a part of its own that begins on page 1.

use super::{NO_VOTE, Paper, Question, Ticket};
use crate::render::docx::{self, Block, Face, Inline, Paragraph, Style};

/// An empty box to tick, and a line to write on.
const BOX: &str = "\u{2610}";
const LINE: &str = "________________________________________________________________________";

/// The form for all of them, to print.
pub fn docx(paper: &Paper, tickets: &[Ticket]) -> Vec<u8> {
    let mut blocks = Vec::new();
    for (at, ticket) in tickets.iter().enumerate() {
        if at > 0 {
            blocks.push(Block::NewPart);
        }
        blocks.extend(ballot(paper, ticket));
    }
    let ballots = docx::Paper {
        title: format!("{}: ballots", paper.title),
        footer: format!("{} · {}", paper.project, paper.round),
        blocks,
        ..docx::Paper::default()
    };
    docx::write_as(&ballots, paper.print)
}

fn ballot(paper: &Paper, ticket: &Ticket) -> Vec<Block> {
    let line = |style, text: String| Block::Paragraph(Paragraph::plain(style, text));
    let mut blocks = vec![
        line(Style::Title, paper.title.clone()),
        line(Style::Subtitle, format!("Your code: {} ({}) · {}", ticket.token, ticket.group, ticket.mark)),
        line(Style::Body, paper.how()),
        line(Style::Note, paper.promise()),
    ];
    blocks.extend(paper.back.iter().map(|words| line(Style::Body, words.clone())));
    for (at, question) in paper.questions.iter().enumerate() {
        if let Some((above, plain)) = &question.above {
            blocks.push(line(Style::Heading(2), above.clone()));
            blocks.extend(plain.iter().map(|plain| line(Style::Together, plain.clone())));
        }
        blocks.push(line(Style::Heading(3), format!("{}  {}", at + 1, question.text)));
        blocks.extend(question.plain.iter().map(|plain| line(Style::Together, plain.clone())));
        blocks.extend(boxes(paper, question));
        let others: Vec<String> = NO_VOTE.iter().map(|(_, words)| format!("{BOX} {words}")).collect();
        blocks.push(line(Style::Together, others.join("     ")));
        blocks.push(line(Style::Together, format!("Why? What would change your mind?  {LINE}")));
        blocks.push(line(Style::Together, format!("I cannot go along with this, because  {LINE}")));
        blocks.push(Block::Paragraph(Paragraph {
            style: Style::Body,
            content: vec![Inline::Text(format!("{BOX} These words may be printed as they stand"), Face::Faint)],
        }));
    }
    blocks
}

/// Numbers in one line, other answers a line each.
fn boxes(paper: &Paper, question: &Question) -> Vec<Block> {
    let answers = paper.answers(question);
    if question.choices.is_empty() {
        // On the page of what follows: a table would not be kept there by every word processor.
        let boxes: Vec<String> = answers.iter().map(|(_, words)| format!("{BOX}\u{a0}{words}")).collect();
        return vec![Block::Paragraph(Paragraph::plain(Style::Together, boxes.join("\u{a0}    ")))];
    }
    let line =
        |(_, words): &(String, String)| Block::Paragraph(Paragraph::plain(Style::Point, format!("{BOX} {words}")));
    answers.iter().map(line).collect()
}
