//! The second part of the agenda: passages from which two coders read different configurations.

use super::found::{Configurations, ReadApart, StatementPair};
use super::to_decide;
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Id;
use crate::report::block::{Block, Run, count_of, sentence_case};
use crate::report::printed::Printed;
use crate::report::words::Press;
use crate::stats::Defined;
use crate::stats::configurations::{Slot, Verdict};
use crate::table::{Cell, Column, Table};
use serde::Serialize;

const RULE: &str = "How these were found: a statement stands where its author first linked it to a passage; passages that share \
half of the shorter's words are one. Statements of two coders at one passage are paired so that their likeness is largest in \
all; a part that both name is alike where half of its word stems are the same.";

/// A passage read apart, as one audience may see it.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub place: String,
    pub said: Printed,
    pub pairs: Vec<PairShown>,
    pub unmatched: Vec<LeftOver>,
}

#[derive(Debug, Serialize)]
pub struct PairShown {
    pub statements: [Told; 2],
    pub similarity: f64,
    pub parts: Vec<PartShown>,
}

/// A statement, and who read it.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    pub id: String,
    pub coder: String,
    pub statement: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct PartShown {
    pub part: Slot,
    pub first: Option<String>,
    pub second: Option<String>,
    pub verdict: Verdict,
}

#[derive(Debug, Serialize)]
pub struct LeftOver {
    #[serde(flatten)]
    pub told: Told,
    /// The coder who has nothing like it.
    pub against: String,
    pub parts: String,
}

impl Shown {
    pub fn all(press: &mut Press, found: &Configurations) -> Vec<Self> {
        found.apart.iter().map(|one| Shown::of(press, one)).collect()
    }

    fn of(press: &mut Press, read: &ReadApart) -> Self {
        Shown {
            place: read.place.clone(),
            said: press.print(&read.said.anchor, &read.said.quotation),
            pairs: read.pairs.iter().map(|pair| PairShown::of(press, pair)).collect(),
            unmatched: read
                .unmatched
                .iter()
                .map(|(id, against)| LeftOver {
                    told: told(press, *id),
                    against: against.clone(),
                    parts: press.synthesis.hypotheses.get(id).map(all_parts).unwrap_or_default(),
                })
                .collect(),
        }
    }

    fn blocks(&self, id: &str) -> Vec<Block> {
        let mut blocks = vec![Block::heading(3, self.place.clone(), id), Block::Quote(self.said.quote(""))];
        for pair in &self.pairs {
            blocks.push(Block::table(pair.caption(), pair.table()));
        }
        for left in &self.unmatched {
            let who = format!("{} ({}): ", left.told.id, left.told.coder);
            blocks.push(Block::Paragraph(vec![
                Run::Strong(who),
                Run::plain(left.told.statement.clone().unwrap_or_else(|| left.parts.clone())),
                Run::plain(format!(" {} has nothing like it here.", left.against)),
            ]));
        }
        blocks.push(Block::Pairs(vec![("Decided".to_owned(), vec![to_decide()])]));
        blocks
    }
}

impl PairShown {
    fn of(press: &Press, pair: &StatementPair) -> Self {
        let (first, second) = pair.statements;
        let texts = |id: Id, slot: Slot| {
            let kinds: &[PartKind] = match slot {
                PartKind::Mechanism => &[PartKind::Resource, PartKind::Reasoning, PartKind::Mechanism],
                _ => &[slot],
            };
            let statement = press.synthesis.hypotheses.get(&id)?;
            let parts = statement.parts.iter().filter(|part| kinds.contains(&part.kind));
            let texts: Vec<&str> = parts.map(|part| part.text.as_str()).collect();
            (!texts.is_empty()).then(|| texts.join("\n"))
        };
        let named = pair.slots.iter().filter(|slot| slot.verdict != Verdict::Neither);
        PairShown {
            statements: [told(press, first), told(press, second)],
            similarity: pair.similarity,
            parts: named
                .map(|one| PartShown {
                    part: one.slot,
                    first: texts(first, one.slot),
                    second: texts(second, one.slot),
                    verdict: one.verdict,
                })
                .collect(),
        }
    }

    fn caption(&self) -> String {
        let [first, second] = &self.statements;
        format!("{} ({}) and {} ({})", first.id, first.coder, second.id, second.coder)
    }

    fn table(&self) -> Table {
        let [first, second] = &self.statements;
        let mut table = Table::with(&[
            ("part", "Part"),
            ("first", first.coder.as_str()),
            ("second", second.coder.as_str()),
            ("verdict", "Alike?"),
        ]);
        for part in &self.parts {
            let verdict = match part.verdict {
                Verdict::Alike => "alike".to_owned(),
                Verdict::Different => "differ".to_owned(),
                Verdict::OnlyFirst => format!("only {}", first.coder),
                Verdict::OnlySecond => format!("only {}", second.coder),
                Verdict::Neither => String::new(),
            };
            table.push(vec![
                sentence_case(part.part.word()).into(),
                part.first.clone().into(),
                part.second.clone().into(),
                verdict.into(),
            ]);
        }
        if self.parts.is_empty() {
            let said = |told: &Told| Cell::from(told.statement.clone());
            table.push(vec!["Statement".into(), said(first), said(second), "not split into parts".into()]);
        }
        table
    }
}

fn told(press: &Press, id: Id) -> Told {
    let statement = press.synthesis.hypotheses.get(&id);
    Told {
        id: press.synthesis.label(id),
        coder: statement.map(|one| one.author.clone()).unwrap_or_default(),
        statement: statement.and_then(|one| one.statement.clone()),
    }
}

fn all_parts(statement: &Hypothesis) -> String {
    statement.parts.iter().map(|part| format!("{} {}", part.kind, part.text)).collect::<Vec<_>>().join("; ")
}

/// The second part of the agenda; nothing where no two coders read statements from one passage.
pub fn section(found: &Configurations, shown: &[Shown]) -> Vec<Block> {
    if found.passages == 0 {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::heading(
            2,
            format!("Statements read from one passage ({})", count_of(shown.len(), "passage")),
            "configurations",
        ),
        Block::paragraph(format!(
            "Two coders read statements from {}; from {} they did not read the same.",
            count_of(found.passages, "passage"),
            shown.len()
        )),
    ];
    for (number, one) in shown.iter().enumerate() {
        blocks.extend(one.blocks(&format!("configuration-{}", number + 1)));
    }
    blocks.push(Block::rule(RULE));
    blocks
}

/// The numbers behind it, after everything else.
pub fn numbers(found: &Configurations) -> Option<Table> {
    let summary = found.numbers.as_ref()?;
    let mut table = Table::new(vec![
        Column::new("part", "Part"),
        Column::new("alike", "Alike"),
        Column::new("different", "Differ"),
        Column::new("only_one", "Only one"),
        Column::new("percent", "Named alike").decimals(3),
        Column::new("ac1", "AC1").decimals(3),
        Column::new("alpha", "Alpha").decimals(3),
        Column::new("similarity", "Similarity").decimals(3),
    ]);
    let cell = |value: &Defined| value.clone().map_or_else(|why| Cell::Undefined(why.0), Cell::Real);
    for one in &summary.slots {
        let mut row: Vec<Cell> =
            vec![one.slot.word().into(), one.alike.into(), one.different.into(), one.only_one.into()];
        row.extend([&one.percent, &one.ac1, &one.alpha, &one.similarity.value].map(cell));
        table.push(row);
    }
    let mut row: Vec<Cell> = vec!["statements of a pair".into()];
    row.extend(std::iter::repeat_n(Cell::Empty, 6));
    row.push(cell(&summary.similarity.value));
    table.push(row);
    Some(table)
}
