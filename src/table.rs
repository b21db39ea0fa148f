//! The neutral table: named, typed columns. What `frame` and `stats` hand to `report`, and what
//! `render` writes; nobody else needs to know polars.

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Not applicable or not known; prints as nothing, JSON `null`.
    Empty,
    Text(String),
    /// Heads the rows below it; the rest of its row is empty.
    Heading(String),
    Whole(i64),
    /// Prints with the decimals its column asks for.
    Real(f64),
    /// A number and what stands beside it: prints `12 +3 unread`, and counts as 12. For reading only: a spreadsheet has
    /// two columns for the two.
    Noted {
        number: i64,
        beside: i64,
        of: &'static str,
    },
    /// A number that does not exist, and why: prints `undefined (why)`.
    Undefined(String),
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Cell::Text(text.into())
    }

    /// What a person reads in a cell.
    pub fn show(&self, decimals: usize) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Heading(text) => text.clone(),
            Cell::Whole(number) => number.to_string(),
            Cell::Real(number) => format!("{number:.decimals$}"),
            Cell::Noted { number, beside, of } => format!("{number} +{beside} {of}"),
            Cell::Undefined(why) => format!("undefined ({why})"),
        }
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Whole(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Cell::Real(number)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Stable key in `snake_case`, for CSV and JSON.
    pub key: String,
    /// The heading a person reads.
    pub title: String,
    /// Decimals for [`Cell::Real`].
    pub decimals: usize,
}

impl Column {
    pub fn new(key: &str, title: &str) -> Self {
        Column { key: key.to_owned(), title: title.to_owned(), decimals: 2 }
    }

    #[must_use]
    pub fn decimals(mut self, decimals: usize) -> Self {
        self.decimals = decimals;
        self
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn new(columns: Vec<Column>) -> Self {
        Table { columns, rows: Vec::new() }
    }

    /// Headings from `(key, title)` pairs.
    pub fn with(columns: &[(&str, &str)]) -> Self {
        Table::new(columns.iter().map(|(key, title)| Column::new(key, title)).collect())
    }

    /// Adds a row; a row of another width is a mistake of the programmer.
    pub fn push(&mut self, row: Vec<Cell>) {
        debug_assert_eq!(row.len(), self.columns.len(), "a row as wide as the table");
        self.rows.push(row);
    }

    /// A row that heads those below it.
    pub fn heading(&mut self, text: impl Into<String>) {
        let rest = self.columns.len().saturating_sub(1);
        let cells = std::iter::once(Cell::Heading(text.into())).chain(std::iter::repeat_n(Cell::Empty, rest));
        self.rows.push(cells.collect());
    }

    /// What a row says that heads others.
    pub fn heads(row: &[Cell]) -> Option<&str> {
        match row.first() {
            Some(Cell::Heading(text)) => Some(text),
            _ => None,
        }
    }

    /// Leaves out columns by their key, for a table that is read on a screen.
    pub fn drop_columns(&mut self, keys: &[&str]) {
        let kept: Vec<bool> = self.columns.iter().map(|column| !keys.contains(&column.key.as_str())).collect();
        let mut at = kept.iter();
        self.columns.retain(|_| at.next().copied().unwrap_or(true));
        for row in &mut self.rows {
            let mut at = kept.iter();
            row.retain(|_| at.next().copied().unwrap_or(true));
        }
    }

    /// Rows as columns and columns as rows, for a table that is wider than a page: the first column heads the columns from
    /// then on, under `title`; `key` names the column that a row becomes.
    #[must_use]
    pub fn turned(&self, title: &str, key: impl Fn(usize) -> String) -> Self {
        let head = |row: &Vec<Cell>| row.first().map(|cell| cell.show(0)).unwrap_or_default();
        let heads = self.rows.iter().enumerate().map(|(at, row)| Column::new(&key(at), &head(row)));
        let mut turned = Table::new(std::iter::once(Column::new("what", title)).chain(heads).collect());
        for (at, column) in self.columns.iter().enumerate().skip(1) {
            let cells = self.rows.iter().map(|row| row.get(at).cloned().unwrap_or(Cell::Empty));
            turned.push(std::iter::once(column.title.as_str().into()).chain(cells).collect());
        }
        turned
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// One JSON object a row, keyed by column.
    pub fn to_json(&self) -> serde_json::Value {
        let row = |row: &Vec<Cell>| {
            let pairs = self.columns.iter().zip(row).map(|(column, cell)| {
                (column.key.clone(), serde_json::to_value(cell).unwrap_or(serde_json::Value::Null))
            });
            serde_json::Value::Object(pairs.collect())
        };
        serde_json::Value::Array(self.rows.iter().map(row).collect())
    }
}
