//! `realist stats choices`

use super::output::{Answer, table, yes};
use super::sheet::{InOrder, Sheet};
use crate::cli::Context;
use crate::cli::ui::Exit;
use crate::diagnostic::Result;
use crate::stats::choices::choices;
use serde_json::json;
use std::collections::BTreeSet;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// CSV with the columns item, member, option (- for standard input): a row for each option a member chose. A row
    /// without member names an option that was offered; one without option a member who chose nothing.
    #[arg(value_name = "FILE")]
    file: String,
    /// Agreed from this share of the members, in per cent.
    #[arg(long, default_value_t = 66.0, value_name = "PERCENT")]
    threshold: f64,
    /// How many members could choose; without it those the file names.
    #[arg(long, value_name = "N")]
    members: Option<usize>,
}

/// Options in the order they came, and who chose what.
#[derive(Debug, Default)]
struct Item {
    options: InOrder<()>,
    votes: Vec<(String, String)>,
}

pub fn run(arguments: Arguments, context: &Context) -> Result<Exit> {
    let sheet = Sheet::read(&arguments.file)?;
    let [item, member, option] = ["item", "member", "option"].map(|name| sheet.needed(name));
    let (item, member, option) = (item?, member?, option?);
    sheet.note_unread(&["item", "member", "option"], context);
    let mut items: InOrder<Item> = InOrder::default();
    let mut members = BTreeSet::new();
    sheet.each(|line| {
        let item = items.entry(line.word(item)?);
        let (member, option) = (line.text(member), line.text(option));
        members.extend(member.map(str::to_owned));
        if let Some(option) = option {
            item.options.place(option);
            item.votes.extend(member.map(|member| (member.to_owned(), option.to_owned())));
        }
        Ok(())
    })?;
    let asked = arguments.members.unwrap_or(members.len());
    if asked < members.len() {
        return Err(sheet
            .fault("too-few-members", format!("the file names {} members, more than --members {asked}", members.len()))
            .hint("leave --members out, or give everybody who could choose"));
    }
    let mut numbers =
        table(&[("item", "Item"), ("option", "Option"), ("n", "N"), ("share", "Share"), ("agreed", "Agreed")], 4);
    let mut json_items = Vec::new();
    for (name, item) in items.entries() {
        let votes = item.votes.iter().map(|(member, option)| (member.as_str(), option.as_str()));
        let counted = choices(&item.options.names(), votes, asked, arguments.threshold / 100.0);
        for one in &counted {
            let option = one.option.as_str().into();
            numbers.push(vec![name.as_str().into(), option, one.n.into(), one.share.into(), yes(one.agreed)]);
        }
        let options = counted
            .iter()
            .map(|one| json!({ "option": one.option, "n": one.n, "share": one.share, "agreed": one.agreed }));
        json_items.push(json!({ "item": name, "options": options.collect::<Vec<_>>() }));
    }
    let mut answer = Answer::default();
    answer.numbers(numbers);
    answer.note(format!("N: {asked} members; agreed from {} % of them.", arguments.threshold));
    let json = json!({ "items": json_items, "members": asked, "threshold": arguments.threshold / 100.0 });
    answer.show(context, &json);
    Ok(Exit::Done)
}
