//! `report disagreements`: where coders differ, as an agenda for a talk: code by code, the most disputed first,
//! each place with the words around it, who did what, and room for what is decided. The numbers come last.

mod configuration;
pub mod found;
mod place;
#[cfg(test)]
pub mod sample;
mod sheet;
mod since;

pub use found::Disagreements;

use super::block::{Block, Report, Run, count_of, sentence_case};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use super::{Brief, TO_WRITE};
use crate::codebook::Code;
use crate::stats::Defined;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use found::{Disputed, Pair};
use place::Shown;
use serde::Serialize;
use serde_json::json;

/// What agreement is for in realist work.
pub const NOTE: &str = "a prompt for discussion, not a gate";

const RULE: &str = "How this list came about: compared are the documents that two or more coders have coded, unit by unit. \
A coder has a code on a unit where a coding of theirs touches it; a unit whose words were destroyed is missing. Neighbouring units on which the same coders differ, and \
which one coding runs over, are one place. The code with the most places comes first; places stand in the order of documents \
and units.";

/// One code of the agenda.
#[derive(Debug, Serialize)]
struct Item {
    code: String,
    name: String,
    definition: Option<String>,
    include: Option<String>,
    exclude: Option<String>,
    units: usize,
    differ: usize,
    places: Vec<Shown>,
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let nothing = Disagreements::default();
    let found = brief.disagreements.as_ref().unwrap_or(&nothing);
    let mut press = Press::new(synthesis, brief.audience);
    let disputed = found.codes.iter().filter(|one| !one.places.is_empty());
    let items: Vec<Item> = disputed.map(|one| Item::of(&mut press, one)).collect();

    let configurations = configuration::Shown::all(&mut press, &found.configurations);
    let settled = found.of_pass.is_some().then(|| settled(&items));

    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.extend(opening(found, &items));
    blocks.extend(found.notes.iter().map(|note| Block::paragraph(sentence(note))));
    for item in &items {
        blocks.extend(item.blocks());
    }
    blocks.extend(configuration::section(&found.configurations, &configurations));
    blocks.extend(numbers(synthesis, found));
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.push(Block::rule(RULE));
    blocks.extend(closing(&press));
    Report {
        key: "disagreements",
        title: match &found.of_pass {
            None => format!("{}: what coders differ on", synthesis.settings.title),
            Some(pass) => {
                format!("{}: what coders differ on in {} ({})", synthesis.settings.title, pass.name, pass.label)
            }
        },
        subtitle: format!("{}. {}.", subtitle(brief), sentence_case(NOTE)),
        audience: brief.audience,
        blocks,
        sheet: sheet::of(&items, &configurations),
        data: json!({
            "report": "disagreements",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "note": NOTE,
            "rule": RULE,
            "pass": found.of_pass.as_ref().map(|pass| json!({ "id": pass.label, "name": pass.name })),
            "notes": found.notes,
            "open": settled.map(|settled| places(&items) - settled),
            "settled": settled,
            "documents": found.documents,
            "units_gone": found.gone,
            "left_out": found.left_out,
            "unread": found.unread,
            "codes": items,
            "pairs": found.pairs.iter().map(pair_data).collect::<Vec<_>>(),
            "configurations": {
                "passages": found.configurations.passages,
                "apart": configurations,
                "numbers": configuration::numbers(&found.configurations).map(|table| table.to_json()),
            },
            "numbers": coefficients(synthesis, found).to_json(),
            "withheld": withheld(&press),
        }),
    }
}

fn opening(found: &Disagreements, items: &[Item]) -> Vec<Block> {
    let places = places(items);
    let mut blocks = vec![
        Block::notice(format!("This is {NOTE}.")),
        Block::paragraph(format!(
            "Coders differ at {} over {}; compared: {} {}.",
            count_of(places, "place"),
            count_of(items.len(), "code"),
            count_of(found.documents, "document"),
            match &found.of_pass {
                None => "that two or more have coded".to_owned(),
                Some(pass) => format!("of {}, as they were coded when it was closed", pass.label),
            },
        )),
    ];
    if found.of_pass.is_some() && places > 0 {
        let settled = settled(items);
        blocks.push(Block::Paragraph(vec![
            Run::Strong(format!("{} open, {settled} settled since.", places - settled)),
            Run::plain(" What is open comes first; behind what was settled stands by whom, when and why."),
        ]));
    }
    for (number, what, why) in [
        (found.unread, "coding", "made by a search and not confirmed yet"),
        (found.gone, "unit", "the words were destroyed"),
        (found.left_out, "coding", "on a former text, or the words are not on this computer"),
    ] {
        if number > 0 {
            blocks.push(Block::paragraph(format!("{} not compared: {why}.", count_of(number, what))));
        }
    }
    if !found.pairs.is_empty() {
        blocks.push(Block::table("Pairs of coders", pairs(&found.pairs)));
    }
    if items.is_empty() && found.configurations.apart.is_empty() {
        blocks.push(Block::none_of("Differences"));
    }
    blocks
}

/// Places of the agenda, and those of them that were settled since.
fn places(items: &[Item]) -> usize {
    items.iter().map(|item| item.places.len()).sum()
}

fn settled(items: &[Item]) -> usize {
    items.iter().map(Item::settled).sum()
}

fn sentence(note: &str) -> String {
    format!("{}.", sentence_case(note))
}

fn pairs(pairs: &[Pair]) -> Table {
    let mut table = Table::with(&[
        ("coders", "Coders"),
        ("documents", "Documents both coded"),
        ("both", "Units both gave a code"),
        ("differ", "Units only one did"),
    ]);
    for pair in pairs {
        let coders = format!("{}, {}", pair.coders.0, pair.coders.1);
        table.push(vec![coders.into(), pair.documents.into(), pair.both.into(), pair.differ.into()]);
    }
    table
}

fn pair_data(pair: &Pair) -> serde_json::Value {
    json!({ "coders": [pair.coders.0, pair.coders.1], "documents": pair.documents, "both": pair.both, "differ": pair.differ })
}

impl Item {
    fn of(press: &mut Press, disputed: &Disputed) -> Self {
        let code = press.synthesis.codes.get(&disputed.code);
        let said = |of: fn(&Code) -> &Option<String>| code.and_then(|code| of(code).clone());
        Item {
            code: press.synthesis.label(disputed.code),
            name: name(press.synthesis, disputed),
            definition: said(|code| &code.definition),
            include: said(|code| &code.include),
            exclude: said(|code| &code.exclude),
            units: disputed.units,
            differ: disputed.differ,
            places: disputed.places.iter().map(|place| Shown::of(press, place)).collect(),
        }
    }

    fn settled(&self) -> usize {
        self.places.iter().filter(|place| !place.is_open()).count()
    }

    fn blocks(&self) -> Vec<Block> {
        let many = count_of(self.places.len(), "place");
        let many = match self.settled() {
            0 => many,
            settled => format!("{many}, {settled} of them settled"),
        };
        let id = format!("code-{}", self.code);
        let mut blocks = vec![
            Block::heading(2, format!("{} ({many})", self.name), id.clone()),
            Block::Pairs(vec![
                ("Definition".to_owned(), vec![Run::or_to_write(self.definition.as_deref())]),
                ("Include".to_owned(), vec![Run::or_to_write(self.include.as_deref())]),
                ("Exclude".to_owned(), vec![Run::or_to_write(self.exclude.as_deref())]),
            ]),
        ];
        for (number, place) in self.places.iter().enumerate() {
            blocks.extend(place.blocks(&format!("{id}-{}", number + 1)));
        }
        blocks
    }
}

fn name(synthesis: &Synthesis, disputed: &Disputed) -> String {
    synthesis.codes.get(&disputed.code).map_or_else(|| synthesis.label(disputed.code), |code| code.name.clone())
}

/// What was talked about, in numbers: after everything else.
fn numbers(synthesis: &Synthesis, found: &Disagreements) -> Vec<Block> {
    let configurations = configuration::numbers(&found.configurations);
    if found.codes.is_empty() && configurations.is_none() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::PageBreak,
        Block::heading(2, "The numbers", "numbers"),
        Block::rule(format!(
            "Agreement is {NOTE}. Over the units above, yes or no: the share on which coders agree, Krippendorff's alpha \
             (nominal) and Gwet's AC1."
        )),
    ];
    if !found.codes.is_empty() {
        blocks.push(Block::table("Agreement code by code", coefficients(synthesis, found)));
    }
    blocks.extend(configurations.map(|table| Block::table("Agreement part by part", table)));
    blocks
}

fn coefficients(synthesis: &Synthesis, found: &Disagreements) -> Table {
    let mut table = Table::new(vec![
        Column::new("code", "Code"),
        Column::new("units", "Units"),
        Column::new("differ", "Units coders differ on"),
        Column::new("percent", "Agreement").decimals(3),
        Column::new("alpha", "Alpha").decimals(3),
        Column::new("ac1", "AC1").decimals(3),
    ]);
    let cell = |value: &Defined| value.clone().map_or_else(|why| Cell::Undefined(why.0), Cell::Real);
    for one in &found.codes {
        let numbers = [&one.percent, &one.alpha, &one.ac1].map(cell);
        let mut row: Vec<Cell> = vec![name(synthesis, one).into(), one.units.into(), one.differ.into()];
        row.extend(numbers);
        table.push(row);
    }
    table
}

/// The line to write on.
fn to_decide() -> Run {
    Run::Gap(format!("{TO_WRITE}: keep, take off, or change the definition; and why"))
}
