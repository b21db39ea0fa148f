//! The annex of evidence: the statements tied to today's uncertainties, with a few passages a side
//! chosen by the rule of the briefings. All passages are in the evidence report, and so are the
//! statements that nothing on this agenda turns on.

use super::order::Item;
use super::views::StatementEvidence;
use crate::participant::Audience;
use crate::report::TO_WRITE;
use crate::report::block::{Block, Run, count_of};
use crate::report::cmo::{Statement, StatementPart, part_title};
use crate::report::contest::{Contest, Role};
use crate::report::tally;
use crate::report::voices::{self, Voices};
use crate::report::words::Press;
use std::collections::BTreeSet;

/// The statements of one uncertainty.
pub struct Part {
    title: String,
    entries: Vec<Entry>,
    /// Labels of statements annexed under an earlier uncertainty.
    above: Vec<String>,
}

struct Entry {
    role: Role,
    /// How it stands, and by how many sources, as the briefings say it.
    evidence: String,
    statement: Statement,
    voices: Voices,
}

impl Part {
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        self.entries.iter().map(|entry| &entry.statement)
    }
}

/// A part for each uncertainty; a statement that two of them share is annexed once.
pub fn of(press: &mut Press, items: &[Item]) -> Vec<Part> {
    let mut seen = BTreeSet::new();
    items.iter().map(|item| part(press, item, &mut seen)).collect()
}

fn part(press: &mut Press, item: &Item, seen: &mut BTreeSet<crate::id::Id>) -> Part {
    let synthesis = press.synthesis;
    let contest = Contest::of(synthesis, item.uncertainty);
    let mut part = Part {
        title: format!("{} {}", synthesis.label(item.uncertainty.id), item.uncertainty.text),
        entries: Vec::new(),
        above: Vec::new(),
    };
    for id in contest.all() {
        if !seen.insert(id) {
            part.above.push(synthesis.label(id));
        } else if let Some(hypothesis) = synthesis.hypotheses.get(&id) {
            let statement = Statement::of(press, hypothesis);
            let voices = Voices::of_statement(press, id);
            let evidence = StatementEvidence::of(press, id, contest.role(id)).in_short();
            part.entries.push(Entry { role: contest.role(id), evidence, statement, voices });
        }
    }
    part
}

pub fn blocks(parts: &[Part], press: &Press) -> Vec<Block> {
    let mut blocks = vec![Block::PageBreak, Block::heading(2, "Annex: the evidence", "annex-evidence")];
    blocks.push(Block::paragraph(scope()));
    if parts.iter().any(|part| !part.entries.is_empty()) {
        blocks.push(Block::rule(voices::rule(press)));
    } else {
        blocks.push(Block::paragraph("Statements: none found."));
    }
    for part in parts.iter().filter(|part| !part.entries.is_empty() || !part.above.is_empty()) {
        blocks.push(Block::heading(3, part.title.clone(), format!("annex-{}", part.title)));
        for entry in &part.entries {
            blocks.extend(entry.blocks(press));
        }
        if !part.above.is_empty() {
            blocks.push(Block::paragraph(format!("Annexed above: {}.", part.above.join(", "))));
        }
    }
    blocks.push(Block::rule(tally::STANDING_RULE));
    blocks
}

/// What is here and where the rest is.
fn scope() -> &'static str {
    "Here are the statements that today's uncertainties turn on. Those behind the settled components are counted under \
         \u{201c}What is settled\u{201d}; in full, with every passage, they are in the evidence report."
}

impl Entry {
    fn blocks(&self, press: &Press) -> Vec<Block> {
        let one = &self.statement;
        let mut blocks = vec![Block::heading(4, one.title(), format!("annex-{}", one.id))];
        blocks.extend(one.unwritten());
        let pair = |term: &str, text: String| (term.to_owned(), vec![Run::plain(text)]);
        let is_plain = press.audience == Audience::Meeting;
        let mut pairs = if is_plain {
            vec![pair("In parts", plain_parts(one)), pair("Evidence", self.evidence.clone())]
        } else {
            vec![
                pair("Parts", one.parts_line(press.audience)),
                pair("Evidence", format!("{}; {}", tally::show_standing(&one.standing), one.sources_line())),
            ]
        };
        if self.role != Role::Also {
            pairs.insert(0, pair("Place", self.role.title().to_owned()));
        }
        let apart = one.quotations.refines.len() + one.quotations.ambiguous.len();
        if apart > 0 {
            let text = format!("{}, in the evidence report", count_of(apart, "passage"));
            pairs.push(pair("Refines or unclear", text));
        }
        blocks.push(Block::Pairs(pairs));
        if self.voices.found() > 0 {
            blocks.extend(self.voices.under_statement(is_plain));
        }
        blocks
    }
}

/// Every part by its name in plain words, without the keys the team goes by.
fn plain_parts(one: &Statement) -> String {
    let part = |part: &StatementPart| format!("{}: {}", part_title(part.kind, Audience::Meeting), part.text);
    if one.parts.is_empty() { TO_WRITE.to_owned() } else { one.parts.iter().map(part).collect::<Vec<_>>().join("; ") }
}
