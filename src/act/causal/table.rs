//! The table of links: which column holds what.

use crate::diagnostic::{Result, fault, suggestions};
use crate::text::words::fold;

/// Headings of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    pub cause: Option<String>,
    pub effect: Option<String>,
    pub quote: Option<String>,
    pub source: Option<String>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Number of the row in the file; the headings are 1.
    pub line: usize,
    pub cause: String,
    pub effect: String,
    pub quotation: String,
    /// Who says it, as the table of passages names the study, or a label or title of a source.
    pub source: Option<String>,
}

const CAUSES: &[&str] = &["cause", "from_label", "from", "driver", "influence", "antecedent"];
const EFFECTS: &[&str] = &["effect", "to_label", "to", "outcome", "consequence"];
const QUOTES: &[&str] = &["quote", "quotation", "text", "excerpt", "passage"];
const SOURCES: &[&str] = &["source_id", "source", "study", "case", "participant"];

/// The claims of a table; rows without a cause or an effect are left out. Columns that nobody named are told by their
/// headings. Fault `unknown-column`.
pub fn rows(headings: &[String], cells: &[Vec<String>], columns: &Columns) -> Result<Vec<Row>> {
    let cause = needed(headings, columns.cause.as_deref(), CAUSES, "cause")?;
    let effect = needed(headings, columns.effect.as_deref(), EFFECTS, "effect")?;
    let quote = needed(headings, columns.quote.as_deref(), QUOTES, "quote")?;
    let source = match &columns.source {
        Some(named) => Some(find(headings, named)?),
        None => guess(headings, SOURCES),
    };
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    let row = |(at, row): (usize, &Vec<String>)| {
        let one = Row {
            line: at + 2,
            cause: cell(row, cause),
            effect: cell(row, effect),
            quotation: cell(row, quote),
            source: source.map(|at| cell(row, at)).filter(|source| !source.is_empty()),
        };
        (!one.cause.is_empty() && !one.effect.is_empty()).then_some(one)
    };
    Ok(cells.iter().enumerate().filter_map(row).collect())
}

fn needed(headings: &[String], named: Option<&str>, known: &[&str], what: &str) -> Result<usize> {
    if let Some(named) = named {
        return find(headings, named);
    }
    guess(headings, known).ok_or_else(|| {
        fault("unknown-column", format!("no column is headed as the {what} of a link"))
            .hint(format!("name it: --{what} \"{}\"", headings.first().map_or("Heading", String::as_str)))
            .hint(format!("the columns are: {}", headings.join(", ")))
    })
}

fn guess(headings: &[String], known: &[&str]) -> Option<usize> {
    let key = |heading: &String| fold(heading.trim()).replace([' ', '-'], "_");
    known.iter().find_map(|one| headings.iter().position(|heading| key(heading) == *one))
}

fn find(headings: &[String], named: &str) -> Result<usize> {
    let same = |heading: &&String| fold(heading.trim()) == fold(named.trim());
    headings
        .iter()
        .position(|heading| heading == named)
        .or_else(|| headings.iter().position(|one| same(&one)))
        .ok_or_else(|| {
            fault("unknown-column", format!("there is no column '{named}'"))
                .hints(suggestions(named, headings.iter().map(String::as_str)))
                .hint(format!("the columns are: {}", headings.join(", ")))
        })
}
