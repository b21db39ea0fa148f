//! Any list as a paper for the team: words by frequency, keywords in context, documents with what is known of them.

use super::{Block, Report};
use crate::participant::Audience;
use crate::table::Table;
use serde_json::Value;

/// A paper of one table; `rule` says how it came about.
pub fn make(key: &'static str, title: &str, rule: &str, table: Table, data: Value) -> Report {
    let notice = "For the team. Words and small numbers can point at a person: do not pass this on.";
    Report {
        key,
        title: title.to_owned(),
        subtitle: rule.to_owned(),
        audience: Audience::Team,
        blocks: vec![Block::notice(notice), Block::heading(2, title, key), Block::table(title, table.clone())],
        sheet: table,
        data,
    }
}
