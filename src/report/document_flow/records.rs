//! Records by stream and stage: a table, whether it adds up, and what the project knows of it.

use super::super::block::{Block, Run, count_of};
use crate::screening::{Account, Gap, Held, Screening};
use crate::searching::Stage;
use crate::table::{Cell, Column, Table};
use serde_json::{Value, json};

/// What stands where nobody counted.
pub const NOT_RECORDED: &str = "not recorded";

/// What stands where a stream does not go through a stage.
const NOT_APPLICABLE: &str = "not applicable";

/// What stands for records of streams that say how many were left out and not why.
pub const NO_REASON: &str = "no reason recorded";

const RULE: &str = "How records are counted. Numbers of records are those the team recorded, stream by stream; none is adjusted. \
What went into a stage is what came out of it and what was left out. Not recorded: nobody counted; not applicable: records of \
that stream do not go through the stage. Included: records; in the project: published works that are \
said to have come by that stream.";

/// Keys and titles of the stages.
pub const COLUMNS: [(&str, &str); 7] = [
    ("identified", "Identified"),
    ("duplicates", "Duplicates removed"),
    ("screened", "Screened on title and abstract"),
    ("screened_out", "Left out on title and abstract"),
    ("full_text", "Full text assessed"),
    ("excluded", "Left out on full text"),
    ("included", "Included"),
];

/// In the order of [`COLUMNS`].
pub fn counts(account: &Account) -> Vec<Cell> {
    Stage::ALL.iter().map(|stage| cell(account, *stage)).collect()
}

fn cell(account: &Account, stage: Stage) -> Cell {
    account.count(stage).map_or_else(|| unsaid(account, stage).into(), number)
}

fn number(n: u64) -> Cell {
    usize::try_from(n).map_or(Cell::Empty, Cell::from)
}

fn unsaid(account: &Account, stage: Stage) -> &'static str {
    if account.skips(stage) { NOT_APPLICABLE } else { NOT_RECORDED }
}

/// What a stream says of a stage: a number, or why there is none.
pub fn said(account: &Account, stage: Stage) -> String {
    account.count(stage).map_or_else(|| unsaid(account, stage).to_owned(), |n| n.to_string())
}

/// A stage over all streams: `100`, `100, and 1 stream not recorded`, `not recorded`.
pub fn told(screening: &Screening, stage: Stage) -> String {
    let (n, silent) = screening.total(stage);
    let is_counted = screening.accounts.iter().any(|one| one.count(stage).is_some());
    match (is_counted, silent.len()) {
        (true, 0) => n.to_string(),
        (true, some) => format!("{n}, and {} {NOT_RECORDED}", count_of(some, "stream")),
        (false, 0) if !screening.accounts.is_empty() => NOT_APPLICABLE.to_owned(),
        (false, _) => NOT_RECORDED.to_owned(),
    }
}

/// Reasons of a stream, a line each.
pub fn reasons(account: &Account) -> String {
    let flows = account.flow.into_iter();
    let lines = flows.flat_map(|flow| &flow.reasons).flat_map(|(stage, all)| {
        all.values().map(move |one| format!("{}: {} {}", stage.title().to_lowercase(), one.reason, one.n))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Stages down, streams across, and all of them where there are several.
pub fn table(screening: &Screening) -> Table {
    let accounts = &screening.accounts;
    let mut columns = vec![Column::new("stage", "Stage")];
    columns.extend(accounts.iter().map(|one| Column::new(&one.stream.to_string(), &one.stream.title())));
    let several = accounts.len() > 1;
    columns.extend(several.then(|| Column::new("all", "All")));
    let mut table = Table::new(columns);
    let mut push = |name: &str, cells: Vec<Cell>, all: Cell| {
        let all = several.then_some(all);
        table.push(std::iter::once(name.into()).chain(cells).chain(all).collect());
    };
    for stage in Stage::ALL {
        let cells = accounts.iter().map(|one| cell(one, *stage)).collect();
        push(stage.title(), cells, total(screening, *stage));
        for (reason, n) in screening.reasons(*stage) {
            let of = |one: &Account| {
                let all = one.flow.and_then(|flow| flow.reasons.get(stage));
                let n = all.and_then(|all| all.get(&crate::searching::Flow::id_of_reason(reason))).map(|one| one.n);
                n.map_or(Cell::Empty, number)
            };
            push(&format!("– {reason}"), accounts.iter().map(of).collect(), number(n));
        }
        if let Some(n) = screening.without_reason(*stage) {
            let of = |one: &Account| one.without_reason(*stage).map_or(Cell::Empty, number);
            push(&format!("– {NO_REASON}"), accounts.iter().map(of).collect(), number(n));
        }
    }
    let held = |of: fn(&Held) -> usize| -> (Vec<Cell>, Cell) {
        let numbers: Vec<usize> = accounts.iter().map(|one| of(&one.held)).collect();
        let all = numbers.iter().sum::<usize>();
        (numbers.into_iter().map(Cell::from).collect(), all.into())
    };
    for (name, of) in [
        ("In the project", (|held| held.taken_in) as fn(&Held) -> usize),
        ("Contribute a passage", |held| held.with_passage),
        ("Contribute evidence", |held| held.with_evidence),
    ] {
        let (cells, all) = held(of);
        push(name, cells, all);
    }
    table
}

/// Over all streams: a number where all of them say it, else what some do.
fn total(screening: &Screening, stage: Stage) -> Cell {
    let told = told(screening, stage);
    told.parse::<u64>().map_or_else(|_| told.as_str().into(), number)
}

/// What does not add up, and where counts differ from what is known.
pub fn troubles(screening: &Screening) -> Vec<String> {
    let gaps = screening.accounts.iter().flat_map(Account::gaps).map(|gap| gap.in_words());
    gaps.chain(screening.differences()).collect()
}

/// `Records in 3 streams: 521 identified; 421 screened on title and abstract, and 1 stream not recorded; …`
pub fn in_short(screening: &Screening) -> Option<String> {
    let said = |(stage, what): (Stage, &str)| {
        let told = told(screening, stage);
        let digits = told.find(|c: char| !c.is_ascii_digit()).unwrap_or(told.len());
        match told.split_at(digits) {
            ("", why) => format!("{what}: {why}"),
            (n, rest) => format!("{n} {what}{rest}"),
        }
    };
    let stages = [
        (Stage::Identified, "identified"),
        (Stage::Screened, "screened on title and abstract"),
        (Stage::FullText, "assessed on full text"),
        (Stage::Included, "included"),
    ];
    screening.is_counted().then(|| {
        let streams = count_of(screening.accounts.len(), "stream");
        format!("Records in {streams}: {}.", stages.map(said).join("; "))
    })
}

pub fn section(screening: &Screening) -> Vec<Block> {
    if screening.accounts.is_empty() {
        return vec![Block::to_write(
            "how many records each stream found; how many were left out on title and abstract and on the full text, and why. \
             The project holds what was taken in, not what was left out before",
        )];
    }
    let mut blocks = vec![
        Block::heading(2, "Records by stream", "records"),
        Block::table("Records by stream and stage", table(screening)),
    ];
    let troubles = troubles(screening);
    if !troubles.is_empty() {
        blocks.push(Block::notice(format!("{}.", troubles.join(". "))));
    }
    let unsaid = screening.of_no_stream.taken_in;
    if unsaid > 0 {
        let works = count_of(unsaid, "published work");
        blocks.push(Block::paragraph(format!("Of {works} in the project nobody said by which stream they came.")));
    }
    let how = screening.accounts.iter().filter_map(|one| Some((one.stream.title(), one.flow?.how.clone()?)));
    let how: Vec<_> = how.map(|(stream, how)| (stream, vec![Run::plain(how)])).collect();
    blocks.push(if how.is_empty() {
        Block::to_write("how records were screened, and by how many people")
    } else {
        Block::Pairs(how)
    });
    blocks.push(Block::rule(RULE));
    blocks
}

pub fn json(screening: &Screening) -> Value {
    let count = |account: &Account| {
        let of = |stage: &Stage| (stage.word().to_owned(), json!(account.count(*stage)));
        Stage::ALL.iter().map(of).collect::<serde_json::Map<_, _>>()
    };
    let reasons = |account: &Account| {
        let flows = account.flow.into_iter().flat_map(|flow| &flow.reasons);
        let each = flows.flat_map(|(stage, all)| {
            all.values().map(move |one| json!({ "stage": stage, "reason": one.reason, "n": one.n }))
        });
        each.collect::<Vec<_>>()
    };
    let told = |account: &Account| {
        json!({
            "stream": account.stream,
            "title": account.stream.title(),
            "counts": count(account),
            "not_applicable": Stage::ALL.iter().filter(|stage| account.skips(**stage)).collect::<Vec<_>>(),
            "reasons": reasons(account),
            "how": account.flow.and_then(|flow| flow.how.as_ref()),
            "found_by_searches": account.records(),
            "in_project": account.held,
            "gaps": account.gaps().iter().map(gap).collect::<Vec<_>>(),
        })
    };
    let totals = Stage::ALL.iter().map(|stage| {
        let (n, silent) = screening.total(*stage);
        (stage.word().to_owned(), json!({ "n": n, "not_recorded": silent }))
    });
    json!({
        "streams": screening.accounts.iter().map(told).collect::<Vec<_>>(),
        "totals": totals.collect::<serde_json::Map<_, _>>(),
        "differences": screening.differences(),
        "of_no_stream": screening.of_no_stream.taken_in,
        "own_data": screening.own_data,
    })
}

fn gap(gap: &Gap) -> Value {
    let mut told = json!(gap);
    told["text"] = gap.in_words().into();
    told
}
