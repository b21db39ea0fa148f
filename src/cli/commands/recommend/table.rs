//! Many recommendations at once, from a table.

use crate::act::recommend::Entry;
use crate::cli::commands::columns;
use crate::cli::commands::shared::{Row, optional, read_input, required, rows};
use crate::diagnostic::{Result, fault};
use crate::recommendation::Addressee;

/// Faults: `no-rows`, and those of reading tables and audiences.
pub fn read(file: &str) -> Result<Vec<(Addressee, Entry)>> {
    let rows = rows(&read_input(file)?, file, columns::RECOMMENDATIONS)?;
    if rows.is_empty() {
        let columns = columns::RECOMMENDATIONS.join(", ");
        return Err(fault("no-rows", format!("{file} has no row")).hint(format!("columns: {columns}")));
    }
    (1..).zip(&rows).map(|(number, row)| entry(row, number).map_err(|fault| fault.in_row(number))).collect()
}

fn entry(row: &Row, number: usize) -> Result<(Addressee, Entry)> {
    let text = |column: &str| optional(row, column).map(str::to_owned);
    let list = |column: &str| -> Vec<String> {
        let cell = optional(row, column).unwrap_or_default();
        cell.split([';', '\n']).map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
    };
    let audience = required(row, "audience", number)?.parse()?;
    let entry = Entry {
        action: text("action"),
        for_whom: text("for_whom"),
        context: text("context"),
        would_change: text("would_change"),
        owner: text("owner"),
        due: text("due"),
        role: text("role"),
        competency: text("competency"),
        gap: text("gap"),
        supervision: text("supervision"),
        basis: list("basis"),
        training: list("training"),
        needs: list("needs"),
        without: Vec::new(),
    };
    Ok((audience, entry))
}
