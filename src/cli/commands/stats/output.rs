//! Numbers as people and programs get them: what there is to see first, then the table, then the rule.

use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::diagnostic::Diagnostic;
use crate::stats::{Defined, Undefined};
use crate::table::{Cell, Column, Table};
use serde_json::{Map, Value, json};

/// An answer in the making.
#[derive(Default)]
pub struct Answer {
    parts: Vec<Part>,
}

enum Part {
    Heading(String),
    /// For reading only.
    Aside(Table),
    /// Also the whole answer in CSV.
    Numbers(Table),
    Note(String),
}

impl Answer {
    pub fn heading(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Heading(text.into()));
    }

    pub fn aside(&mut self, table: Table) {
        self.parts.push(Part::Aside(table));
    }

    pub fn numbers(&mut self, table: Table) {
        self.parts.push(Part::Numbers(table));
    }

    pub fn note(&mut self, text: impl Into<String>) {
        self.parts.push(Part::Note(text.into()));
    }

    /// Prints it in the format asked for.
    pub fn show(&self, context: &Context, json: &Value) {
        let ui = &context.ui;
        if ui.is_json() {
            ui.json(json);
            return;
        }
        for part in &self.parts {
            match (part, ui.is_for_reading()) {
                (Part::Heading(text) | Part::Note(text), true) => ui.text(text),
                (Part::Aside(table) | Part::Numbers(table), true) | (Part::Numbers(table), false) => {
                    ui.list(table, &Value::Null);
                }
                (Part::Note(text), false) => ui.say(text),
                (Part::Heading(_) | Part::Aside(_), false) => {}
            }
        }
    }
}

/// A table whose numbers have so many decimals.
pub fn table(columns: &[(&str, &str)], decimals: usize) -> Table {
    Table::new(columns.iter().map(|(key, title)| Column::new(key, title).decimals(decimals)).collect())
}

/// A number, or the reason why there is none.
pub fn cell<T: Copy + Into<Cell>>(value: &Defined<T>) -> Cell {
    match value {
        Ok(value) => (*value).into(),
        Err(Undefined(why)) => Cell::Undefined(why.clone()),
    }
}

/// `yes` or `no`.
pub fn yes(value: bool) -> Cell {
    if value { "yes" } else { "no" }.into()
}

/// An object in the making whose numbers may not exist: those are `null`, and `undefined` says why.
#[derive(Default)]
pub struct Object {
    fields: Map<String, Value>,
    why: Map<String, Value>,
}

impl Object {
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(key.to_owned(), value.into());
        self
    }

    pub fn defined<T: Clone + Into<Value>>(mut self, key: &str, value: &Defined<T>) -> Self {
        match value {
            Ok(value) => self.with(key, value.clone()),
            Err(Undefined(why)) => {
                self.why.insert(key.to_owned(), json!(why));
                self.with(key, Value::Null)
            }
        }
    }

    /// `undefined` is `null` where everything exists.
    pub fn finish(self) -> Value {
        let why = if self.why.is_empty() { Value::Null } else { Value::Object(self.why) };
        let mut fields = self.fields;
        fields.insert("undefined".to_owned(), why);
        Value::Object(fields)
    }
}

/// Says what a reader of the numbers has to know.
pub fn warn(context: &Context, code: &'static str, message: impl Into<String>) {
    context.ui.diagnostic(&Diagnostic::warning(code, message));
}

/// Says how many codings a search made that nobody has read, where there are any: they are left out.
pub fn unread_left_out(context: &Context, unread: usize) {
    if unread > 0 {
        let unread = counted(unread, "coding");
        let said = format!("{unread} left out: made by a search and not confirmed yet (realist code list --unread)");
        warn(context, "unread", said);
    }
}
