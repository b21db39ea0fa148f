//! The stretches on which coders differ, before any coefficient.

use super::super::output::{Answer, table};
use crate::cli::commands::shared::counted;
use crate::stats::spans_differ::{Differing, differing};
use crate::stats::spans_over::Text;
use crate::table::{Cell, Table};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Of all texts, the longest first.
pub struct Differ<'t> {
    all: Vec<(&'t Text, Differing)>,
    values: &'t [String],
    most_shown: usize,
}

impl<'t> Differ<'t> {
    pub fn of(texts: &'t [Text], values: &'t [String], most_shown: usize) -> Self {
        let mut all: Vec<(&Text, Differing)> =
            texts.iter().flat_map(|text| differing(text).into_iter().map(move |one| (text, one))).collect();
        all.sort_by(|(_, a), (_, b)| b.length().total_cmp(&a.length()));
        Differ { all, values, most_shown }
    }

    fn shown(&self) -> impl Iterator<Item = &(&'t Text, Differing)> {
        self.all.iter().take(self.most_shown)
    }

    fn said(&self, values: &BTreeSet<usize>) -> Vec<&str> {
        values.iter().filter_map(|value| self.values.get(*value)).map(String::as_str).collect()
    }

    pub fn tell(&self, answer: &mut Answer) {
        let number = counted(self.all.len(), "stretch");
        if self.all.is_empty() {
            answer.heading("Coders differ nowhere");
            return;
        }
        let length: f64 = self.all.iter().map(|(_, one)| one.length()).sum();
        let shown = if self.all.len() > self.most_shown {
            format!("the {} longest (--disagreements shows more)", self.most_shown)
        } else {
            "the longest first".to_owned()
        };
        answer.heading(format!("Coders differ on {number} of {length} together, {shown}"));
        answer.aside(self.table());
    }

    fn table(&self) -> Table {
        let coders: BTreeSet<&String> = self.shown().flat_map(|(text, _)| &text.coders).collect();
        let of_coders: Vec<(&str, &str)> = coders.iter().map(|coder| (coder.as_str(), coder.as_str())).collect();
        let mut columns = vec![("document", "Document"), ("start", "From"), ("end", "To")];
        columns.extend(of_coders);
        let mut shown = table(&columns, 0);
        for (text, one) in self.shown() {
            let of = |coder: &&String| match text.coders.iter().position(|name| name == *coder) {
                None => Cell::from("not read"),
                Some(at) if one.values[at].is_empty() => Cell::from("nothing"),
                Some(at) => Cell::from(self.said(&one.values[at]).join(", ")),
            };
            let place = [text.name.as_str().into(), one.start.to_string().into(), one.end.to_string().into()];
            shown.push(place.into_iter().chain(coders.iter().map(of)).collect());
        }
        if self.shown().all(|(text, _)| text.name.is_empty()) {
            shown.drop_columns(&["document"]);
        }
        shown
    }

    /// `{"n","length","shown":[{"document","start","end","values":{"coder":["value"]}}]}`
    pub fn json(&self) -> Value {
        let one = |(text, one): &(&Text, Differing)| {
            let values: Map<String, Value> = text
                .coders
                .iter()
                .zip(&one.values)
                .map(|(coder, values)| (coder.clone(), json!(self.said(values))))
                .collect();
            json!({ "document": text.name, "start": one.start, "end": one.end, "values": values })
        };
        let length: f64 = self.all.iter().map(|(_, one)| one.length()).sum();
        json!({ "n": self.all.len(), "length": length, "shown": self.shown().map(one).collect::<Vec<_>>() })
    }
}
