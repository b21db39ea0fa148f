//! Compared passages as a list, as a sheet for a meeting, and that sheet read back.

use crate::act::anchor::Spot;
use crate::act::pass::{Accord, Mark, Said, Shown};
use crate::cli::Context;
use crate::cli::commands::columns;
use crate::cli::commands::shared::{excerpt, optional, required, rows};
use crate::cli::ui::Format;
use crate::diagnostic::Result;
use crate::pass::Verdict;
use crate::table::Table;
use crate::text::words::on_one_line;
use serde_json::{Value, json};

/// The list, or its JSON.
pub fn print(context: &Context, shown: &[&Shown]) {
    let is_narrow = context.ui.format() == Format::Table;
    let cut = |text: &str, letters: usize| if is_narrow { excerpt(text, letters) } else { text.to_owned() };
    let mut table = Table::with(&[
        ("item", "N"),
        ("place", "Place"),
        ("code", "Code"),
        ("words", "Words"),
        ("coders", "Who"),
        ("settled", "Settled"),
    ]);
    for one in shown {
        table.push(vec![
            one.number.into(),
            place(one).into(),
            one.code.as_str().into(),
            cut(&in_context(one), 90).into(),
            cut(&who(one), 60).into(),
            state(one).into(),
        ]);
    }
    context.ui.list(&table, &Value::Array(shown.iter().map(|one| to_json(one)).collect()));
}

/// One passage in full, over several lines.
pub fn described(one: &Shown) -> String {
    format!("{} {}  {}\n  {}\n  {}", one.number, place(one), one.code, in_context(one), who(one))
}

fn place(one: &Shown) -> String {
    one.place.clone().unwrap_or_else(|| format!("{} (words gone)", one.document))
}

/// `before [words] after`, on one line.
fn in_context(one: &Shown) -> String {
    on_one_line(&format!("{}[{}]{}", one.before, one.text, one.after))
}

/// `gj “words” (memo); bk nothing`
fn who(one: &Shown) -> String {
    let marks = |marks: &Vec<Mark>| match marks.as_slice() {
        [] => "nothing".to_owned(),
        some => some.iter().map(said_by).collect::<Vec<_>>().join(" and "),
    };
    one.coders.iter().map(|(tag, all)| format!("{tag} {}", marks(all))).collect::<Vec<_>>().join("; ")
}

fn said_by(mark: &Mark) -> String {
    let memo = mark.memo.as_ref().map(|memo| format!(" ({memo})")).unwrap_or_default();
    format!("“{}”{memo}", excerpt(&mark.text, 60))
}

fn state(one: &Shown) -> String {
    let stands = match &one.settled {
        Some(settled) => {
            let coding = one.consensus.as_ref().map(|(label, code, _)| format!(" {label} {code}")).unwrap_or_default();
            let reason = settled.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
            format!("{}{coding}{reason}", settled.verdict)
        }
        None => match one.accord {
            Accord::Apart => "left out",
            Accord::Differ => "",
            Accord::OtherWords => "all agree, on other words",
            Accord::SameWords => "all agree",
        }
        .to_owned(),
    };
    let by = one.settled.as_ref().map(|settled| settled.by.as_str()).unwrap_or_default();
    let rivals: Vec<String> = one.rivals.iter().map(|rival| format!("{} ({})", rival.said, rival.by)).collect();
    if rivals.is_empty() { stands } else { format!("{stands} ({by}) stands, not {}", rivals.join(", not ")) }
}

fn to_json(one: &Shown) -> Value {
    let mark = |mark: &Mark| json!({ "coding": mark.coding, "text": mark.text, "memo": mark.memo });
    let coders: serde_json::Map<String, Value> =
        one.coders.iter().map(|(tag, marks)| (tag.clone(), marks.iter().map(mark).collect())).collect();
    let consensus = one.consensus.as_ref();
    json!({
        "item": one.number, "key": one.key, "code": one.code, "document": one.document, "place": one.place,
        "speaker": one.speaker, "before": one.before, "text": one.text, "after": one.after,
        "agreed": one.accord.is_agreed(), "compared": one.accord.is_compared(),
        "same_words": one.accord == Accord::SameWords, "open": one.is_open,
        "coders": coders,
        "rivals": one.rivals.iter().map(|rival| json!({ "by": rival.by, "said": rival.said })).collect::<Vec<_>>(),
        "settled": one.settled.as_ref().map(|settled| json!({
            "verdict": settled.verdict, "by": settled.by, "reason": settled.reason,
            "coding": consensus.map(|(label, ..)| label), "code": consensus.map(|(_, code, _)| code),
            "text": consensus.map(|(.., text)| text),
        })),
    })
}

/// The sheet for a meeting: what is to be filled in stands empty.
pub fn sheet(shown: &[&Shown]) -> Table {
    let mut table = Table::with(&columns::RECONCILE.map(|column| (column, column)));
    for one in shown {
        let verdict = if one.accord.is_agreed() && one.rivals.is_empty() { Verdict::Agreed.word() } else { "" };
        table.push(vec![
            one.number.into(),
            one.key.as_str().into(),
            place(one).into(),
            one.code.as_str().into(),
            in_context(one).into(),
            who(one).into(),
            verdict.into(),
            "".into(),
            "".into(),
            "".into(),
        ]);
    }
    table
}

/// Reads a sheet back; rows without a verdict are passed over. A passage is known by its key, however rows were moved.
pub fn read(text: &str, name: &str) -> Result<Vec<Said>> {
    let rows = rows(text, name, columns::RECONCILE_READ)?;
    let judged = rows.iter().zip(1..).filter(|(row, _)| optional(row, "verdict").is_some());
    judged
        .map(|(row, number)| {
            let spot = optional(row, "other_place").map(|place| Spot::parse(place, None, None)).transpose()?;
            Ok(Said {
                item: required(row, "key", number)?.to_owned(),
                verdict: required(row, "verdict", number)?.parse()?,
                code: optional(row, "other_code").map(str::to_owned),
                spot,
                reason: optional(row, "reason").map(str::to_owned),
            })
        })
        .collect()
}
