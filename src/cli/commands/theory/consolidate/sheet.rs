//! The sheet of a meeting: proposals out, decisions back; and cards that were sorted in a spreadsheet.

use super::{keep, shown};
use crate::act::consolidate::own::Card;
use crate::act::consolidate::ruling::{Decision, Row};
use crate::act::consolidate::{self as act, Wish};
use crate::cli::Context;
use crate::cli::commands::shared::{counted, optional, required, rows};
use crate::cli::commands::columns;
use crate::cli::ui::Exit;
use crate::consolidate::Aspect;
use crate::diagnostic::Result;
use crate::hypothesis::{Hypothesis, PartKind};
use crate::render;
use crate::table::{Cell, Column, Table};
use serde_json::json;

/// One row a statement; the columns from `decision` on are for the meeting.
pub fn make(context: &Context, wish: &Wish, file: &str) -> Result<Exit> {
    let project = context.open()?;
    let look = act::look(&project, wish)?;
    let names = columns::CONSOLIDATION;
    let mut table = Table::new(names.iter().map(|name| Column::new(name, name)).collect());
    for proposal in &look.proposals {
        for id in &proposal.members {
            let Some(statement) = look.synthesis.hypotheses.get(id) else { continue };
            let said = |aspect: Aspect| Cell::Text(parts(statement, aspect));
            table.push(vec![
                proposal.key.as_str().into(),
                proposal.relation.word().into(),
                proposal.score.into(),
                look.synthesis.label(*id).into(),
                statement.sentence().into(),
                said(Aspect::Context),
                said(Aspect::Offered),
                said(Aspect::Reasoning),
                said(Aspect::Outcome),
                shown::reasons(&look.synthesis, proposal).into(),
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
                Cell::Empty,
            ]);
        }
    }
    let after = keep(context, &project, file, &marked(&render::csv::table(&table)))?;
    context.ui.answer(
        &format!("{file}: {}{}, {}{after}", counted(look.proposals.len(), "proposal"), shown::by_relation(&look.proposals), counted(table.rows.len(), "row")),
        &json!({ "file": file, "proposals": look.proposals.len(), "rows": table.rows.len() }),
    );
    context.ui.say("decision: accept, related, reject, merge or feeds; new_sentence, new_context and so on: of the consolidated statement; reason: why");
    context.ui.say(&format!("look at what it would do, then carry it out: realist theory consolidate --decide {file} --dry-run"));
    Ok(Exit::Done)
}

/// With the mark by which spreadsheet programs know UTF-8.
pub fn marked(csv: &[u8]) -> Vec<u8> {
    ["\u{feff}".as_bytes(), csv].concat()
}

fn parts(statement: &Hypothesis, aspect: Aspect) -> String {
    let parts = statement.parts.iter().filter(|part| Aspect::of(part.kind) == aspect);
    parts.map(|part| part.text.trim()).collect::<Vec<_>>().join("; ")
}

pub fn read(text: &str, file: &str) -> Result<Vec<Row>> {
    let row = |(at, row): (usize, &crate::cli::commands::shared::Row)| {
        let owned = |column: &str| optional(row, column).map(str::to_owned);
        Ok(Row {
            proposal: required(row, "proposal", at + 1)?.to_owned(),
            statement: required(row, "statement", at + 1)?.to_owned(),
            decision: optional(row, "decision").map(str::parse::<Decision>).transpose()?,
            relation: optional(row, "relation").map(str::parse).transpose()?,
            into: owned("into"),
            sentence: owned("new_sentence"),
            parts: new_parts(row),
            reason: owned("reason"),
        })
    };
    rows(text, file, columns::CONSOLIDATION)?.iter().enumerate().map(row).collect()
}

/// Parts of the new statement, several of a kind parted by semicolons.
fn new_parts(row: &crate::cli::commands::shared::Row) -> Vec<(PartKind, String)> {
    let columns = [
        ("new_context", PartKind::Context),
        ("new_resource", PartKind::Resource),
        ("new_reasoning", PartKind::Reasoning),
        ("new_outcome", PartKind::Outcome),
    ];
    let said = columns.into_iter().flat_map(|(column, kind)| {
        let texts = optional(row, column).unwrap_or_default().split(';').map(str::trim);
        texts.filter(|text| !text.is_empty()).map(move |text| (kind, text.to_owned()))
    });
    said.collect()
}

pub fn read_cards(text: &str, file: &str) -> Result<Vec<Card>> {
    let card = |(at, row): (usize, &crate::cli::commands::shared::Row)| {
        Ok(Card {
            statement: required(row, "statement", at + 1)?.to_owned(),
            group: optional(row, "group").unwrap_or_default().to_owned(),
        })
    };
    rows(text, file, columns::CARDS)?.iter().enumerate().map(card).collect()
}
