//! Roles, what each is to be able to do, what is missing today, and what is there to learn it with.

use super::Told;
use crate::recommendation::Addressee;
use crate::report::TO_WRITE;
use crate::report::block::Block;
use crate::table::{Cell, Table};

/// Where a gap has nothing to learn it with.
pub const NO_TRAINING: &str = "no training case";

/// Recommendations on the workforce that say something of a role, a competency or a gap; by role and competency.
pub fn rows(all: &[Told]) -> Vec<&Told> {
    let says_something = |one: &&Told| one.role.is_some() || one.competency.is_some() || one.gap.is_some();
    let theirs = all.iter().filter(|one| one.audience == Addressee::Workforce);
    let mut rows: Vec<&Told> = theirs.filter(says_something).collect();
    rows.sort_by_key(|one| (one.role.is_none(), &one.role, one.competency.is_none(), &one.competency));
    rows
}

/// A row for each of [`rows`].
pub fn table(all: &[Told]) -> Table {
    let mut table = Table::with(&[
        ("role", "Role"),
        ("competency", "Competency"),
        ("gap", "Missing today"),
        ("training", "Training cases"),
        ("supervision", "Supervision"),
        ("owner", "Who sees to it"),
        ("id", "From"),
    ]);
    let said = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or(TO_WRITE));
    for one in rows(all) {
        let training = if one.training.is_empty() { NO_TRAINING.to_owned() } else { one.training.join("\n") };
        table.push(vec![
            said(&one.role),
            said(&one.competency),
            said(&one.gap),
            training.into(),
            said(&one.supervision),
            said(&one.owner),
            one.id.as_str().into(),
        ]);
    }
    table
}

pub(super) fn section(all: &[Told]) -> Vec<Block> {
    let table = table(all);
    if table.is_empty() {
        return Vec::new();
    }
    vec![
        Block::heading(3, "Roles, competencies, gaps", "workforce"),
        Block::table(
            "What each role is to be able to do, what is missing today, and what there is to learn it with",
            table,
        ),
    ]
}
