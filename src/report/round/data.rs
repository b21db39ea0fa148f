//! A round for machines. Keys are those of `realist stats`, where it has them.

use super::{Sitting, groups};
use crate::consensus::{Figures, ItemResult};
use crate::stats::{Defined, Undefined};
use serde_json::{Map, Value, json};

pub fn of(sitting: &Sitting) -> Value {
    let results = sitting.results;
    json!({
        "round": sitting.round,
        "after": sitting.before,
        "name": sitting.name,
        "audience": sitting.audience,
        "method": sitting.terms.way,
        "scale": sitting.terms.scale,
        "rule": sitting.terms.rule,
        "opened": sitting.opened,
        "closed": sitting.closed,
        "invited": sitting.pool.counts(&results.seats.invited),
        "present": sitting.pool.counts(&results.present),
        "response_reached": results.response,
        "destroyed": results.seats.destroyed,
        "pooled_below": if sitting.pool.is_none() { Value::Null } else { json!(sitting.pool.least) },
        "permutations": sitting.draws,
        "concordance": results.concordance.as_ref().map(concordance),
        "items": results.items.iter().map(|item| self::item(sitting, item)).collect::<Vec<_>>(),
    })
}

fn concordance(found: &Defined<crate::stats::concordance::Concordance>) -> Value {
    match found {
        Err(Undefined(why)) => json!({ "w": null, "undefined": { "w": why } }),
        Ok(one) => json!({
            "w": one.w, "w_uncorrected": one.w_uncorrected, "chi2": one.chi2, "df": one.df, "p": one.p,
            "p_permutation": one.p_permutation,
        }),
    }
}

/// An object in the making: what does not exist is `null`, and `undefined` says why.
#[derive(Default)]
struct Object {
    fields: Map<String, Value>,
    why: Map<String, Value>,
}

impl Object {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.fields.insert(key.to_owned(), value.into());
    }

    fn defined<T: Clone + Into<Value>>(&mut self, key: &str, value: &Defined<T>) {
        match value {
            Ok(value) => self.put(key, value.clone()),
            Err(Undefined(why)) => {
                self.put(key, Value::Null);
                self.why.insert(key.to_owned(), Value::from(why.as_str()));
            }
        }
    }

    fn finish(mut self) -> Value {
        let why = if self.why.is_empty() { Value::Null } else { Value::Object(std::mem::take(&mut self.why)) };
        self.put("undefined", why);
        Value::Object(self.fields)
    }
}

/// One item, as it is also kept with a decision.
pub fn item(sitting: &Sitting, item: &ItemResult) -> Value {
    let mut object = Object::default();
    object.put("item", item.key.as_str());
    object.put("text", sitting.text(item));
    for (key, number) in [
        ("n", item.n),
        ("abstained", item.abstained),
        ("cannot_judge", item.cannot_judge),
        ("late", item.late),
        ("absent", item.absent),
        ("silent", item.silent),
    ] {
        // How many voted and how many abstained would tell which of the two somebody did who was taken out.
        object.put(key, (!sitting.results.is_withheld).then_some(number));
    }
    object.put("quorate", (!sitting.results.is_withheld).then(|| item.is_quorate()));
    object.put("lacking", sitting.lacking(item));
    object.put("outcome", item.outcome());
    object.defined("verdict", &item.verdict);
    match &item.figures {
        Err(Undefined(why)) => {
            object.why.insert("figures".to_owned(), Value::from(why.as_str()));
        }
        Ok(figures) => self::figures(&mut object, figures),
    }
    if !item.histogram.is_empty() {
        object.put("histogram", item.histogram.iter().map(|(_, n)| Value::from(*n)).collect::<Vec<_>>());
    }
    let group = |one: &crate::consensus::GroupFigures| {
        json!({
            "group": one.group, "n": one.n, "median": one.median, "agreement": one.agreement, "dissent": one.dissent,
        })
    };
    object.put("groups", item.groups.iter().map(group).collect::<Vec<_>>());
    object.defined("group_equal", &item.group_equal);
    match &item.kruskal {
        Ok(test) => object.put(
            "kruskal_wallis",
            json!({ "h": test.h, "df": test.df, "p": test.p, "p_permutation": test.p_permutation }),
        ),
        Err(why) => object.defined("kruskal_wallis", &Err::<Value, _>(why.clone())),
    }
    if let Some(since) = &item.since {
        match since {
            Err(why) => object.defined("since", &Err::<Value, _>(why.clone())),
            Ok(one) => {
                let mut since = Object::default();
                since.put("change", one.change);
                since.put("both", one.both);
                since.put("moved", one.moved);
                since.defined("wilcoxon_p", &one.wilcoxon.clone().map(|test| test.p));
                since.defined("kappa", &one.kappa);
                since.defined("cv_change", &one.cv_change);
                object.put("since", since.finish());
            }
        }
    }
    let dissents = groups::told(sitting, item).into_iter();
    object.put(
        "registered_dissent",
        dissents.map(|(who, words)| json!({ "who": who, "words": words })).collect::<Vec<_>>(),
    );
    object.finish()
}

fn figures(object: &mut Object, figures: &Figures) {
    match figures {
        Figures::Rated { item, ram } => {
            object.put("median", item.median);
            object.put("mean", item.mean);
            object.defined("sd", &item.sd);
            object.defined("cv", &item.cv);
            for (key, number) in [
                ("q1", item.q1),
                ("q3", item.q3),
                ("iqr", item.iqr()),
                ("share_high", item.share_high),
                ("share_low", item.share_low),
            ] {
                object.put(key, number);
            }
            if let Some(ram) = ram {
                for (key, number) in [
                    ("p30", ram.p30),
                    ("p70", ram.p70),
                    ("ipr", ram.ipr),
                    ("ipras", ram.ipras),
                    ("disagreement_index", ram.disagreement_index),
                ] {
                    object.put(key, number);
                }
                object.put("disagreement_ipras", ram.disagreement_ipras);
                object.defined("disagreement_classic", &ram.disagreement_classic);
                object.defined("agreement_classic", &ram.agreement_classic);
            }
        }
        Figures::Chosen(choices) => {
            let one = |one: &crate::stats::choices::Choice| json!({ "option": one.option, "n": one.n, "share": one.share, "agreed": one.agreed });
            object.put("choices", choices.iter().map(one).collect::<Vec<_>>());
        }
        Figures::Ranked { place, mean, median } => {
            object.put("place", *place);
            object.put("mean", *mean);
            object.put("median", *median);
        }
        Figures::Scored(one) => {
            object.put("score", one.score);
            object.put("votes", one.votes);
            object.put("relative", one.relative);
            object.put("of_max", one.of_max);
            object.put("place", one.rank);
        }
    }
}
