//! What there is to say of some texts, and its JSON.

use crate::cli::commands::stats::output::Object;
use crate::report::disagreements::NOTE;
use crate::stats::Defined;
use crate::stats::bootstrap::Interval;
use crate::stats::chance::Draws;
use crate::stats::spans::{Covering, Unit};
use crate::stats::spans_over::{Intervals, Over, Text, intervals, over};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// All coders of some texts, or two of them.
pub struct Shown {
    /// The document, where each is shown by itself.
    pub group: Option<String>,
    pub pair: Option<[String; 2]>,
    pub texts: usize,
    pub coders: usize,
    pub spans: usize,
    pub length: f64,
    pub over: Over,
    pub intervals: Option<Intervals>,
    /// Two spans of one coder that overlap.
    pub overlap: Option<(Unit, Unit)>,
}

impl Shown {
    pub fn of(
        group: Option<String>,
        pair: Option<[String; 2]>,
        texts: &[Text],
        values: usize,
        draws: Option<Draws>,
    ) -> Self {
        Shown {
            group,
            pair,
            texts: texts.len(),
            coders: texts.iter().flat_map(|text| &text.coders).collect::<BTreeSet<_>>().len(),
            spans: texts.iter().map(|text| text.continuum.units.len()).sum(),
            length: texts.iter().map(|text| text.continuum.length).sum(),
            over: over(texts, values),
            intervals: draws.and_then(|draws| intervals(texts, values, draws)),
            overlap: texts.iter().find_map(|text| text.continuum.overlap()),
        }
    }

    pub fn json(&self, values: &[String], seed: u64) -> Value {
        let Over { family, alone, older } = &self.over;
        let covering = |(value, one): (&String, &Covering)| {
            Object::default()
                .with("value", value.clone())
                .defined("alpha", &one.alpha)
                .defined("coverage", &one.coverage)
                .finish()
        };
        let single = |(value, alpha): (&String, &Defined)| {
            Object::default().with("value", value.clone()).defined("alpha", alpha).finish()
        };
        Object::default()
            .defined("u_alpha", &family.u)
            .defined("bar_u_alpha", &family.bar_u)
            .defined("cu_alpha", &family.cu.alpha)
            .with("ku_alpha", values.iter().zip(&family.ku).map(covering).collect::<Vec<_>>())
            .defined("cu_coverage", &family.cu.coverage)
            .with("u_alpha_alone", values.iter().zip(alone).map(single).collect::<Vec<_>>())
            .defined("alpha_1995", &older.alpha)
            .with("values_1995", values.iter().zip(&older.values).map(single).collect::<Vec<_>>())
            .with("definition", "2016")
            .with("n_coders", self.coders)
            .with("n_spans", self.spans)
            .with("length", self.length)
            .with("note", NOTE)
            .with("n_documents", self.texts)
            .with("intervals", self.intervals.as_ref().map(|all| intervals_json(all, values, seed)))
            .finish()
    }
}

fn intervals_json(all: &Intervals, values: &[String], seed: u64) -> Value {
    let one = |interval: &Option<Interval>| {
        interval.map(|one| json!({ "ci_low": one.low, "ci_high": one.high, "dropped": one.dropped }))
    };
    let each = |intervals: &[Option<Interval>]| -> Vec<Value> {
        let named = values.iter().zip(intervals);
        named.map(|(value, interval)| json!({ "value": value, "interval": one(interval) })).collect()
    };
    json!({
        "u_alpha": one(&all.u),
        "bar_u_alpha": one(&all.bar_u),
        "cu_alpha": one(&all.cu),
        "ku_alpha": each(&all.ku),
        "u_alpha_alone": each(&all.alone),
        "resampled": "documents",
        "resamples": all.any().map(|one| one.resamples),
        "exact": all.any().map(|one| one.exact),
        "seed": seed,
    })
}
