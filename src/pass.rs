//! A blind double-coding pass: coders who code the same documents without seeing each other's codings, and what
//! they settle on afterwards.

use crate::id::Id;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Coder of what was settled on: longer than any tag can be.
pub const CONSENSUS: &str = "consensus";

crate::vocabulary! {
    /// What came of a passage that was compared.
    pub enum Verdict "verdict" {
        /// All coders had put the code on the same units.
        Agreed "agreed",
        Keep "keep",
        Drop "drop",
        /// Another code, or other words.
        Other "other",
    }
}

/// How one compared passage was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub verdict: Verdict,
    /// Tag of who wrote it down.
    pub by: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The consensus coding; none where the code was dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coding: Option<Id>,
    /// The coders' own codings that it stands for.
    #[serde(default)]
    pub of: Vec<Id>,
}

/// How a pass was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    pub by: String,
    /// Why, where somebody had not said that they are done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub even_so: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    /// Tags of those who code without seeing each other; two or more.
    pub coders: Vec<String>,
    pub documents: Vec<Id>,
    /// The codes that are compared; none: all.
    #[serde(default)]
    pub codes: Vec<Id>,
    /// Who opened it.
    #[serde(default)]
    pub author: Option<String>,
    #[serde(default)]
    pub closed: Option<Closing>,
    /// Last operation of each stream when it was closed, by hash: what the codings were then.
    #[serde(default)]
    pub heads: BTreeMap<String, String>,
    /// Coders who have said that they are done.
    #[serde(skip)]
    pub done: BTreeSet<String>,
    /// What was settled, by the key of a compared passage.
    #[serde(skip)]
    pub settled: BTreeMap<String, Settled>,
}

impl Pass {
    pub fn is_open(&self) -> bool {
        self.closed.is_none()
    }

    /// Whose codings this coder is not to see while it is open; nobody's where they are not of the pass. Who has
    /// not said who they are sees none.
    pub fn others<'p>(&'p self, coder: Option<&str>) -> Vec<&'p str> {
        let is_own = |one: &str| coder.is_some_and(|tag| tag.trim().eq_ignore_ascii_case(one));
        let is_blind = self.is_open() && (coder.is_none() || self.coders.iter().any(|one| is_own(one)));
        self.coders.iter().map(String::as_str).filter(|one| is_blind && !is_own(one)).collect()
    }
}

/// Two values of a pass's field that mean the same: who closed it, and who wrote a decision down and in which words,
/// makes no difference.
pub fn says_the_same(field: &str, one: &Value, other: &Value) -> bool {
    if field == "closed" {
        return !one.is_null() && !other.is_null();
    }
    let decision = |value: &Value| {
        let settled: Settled = serde_json::from_value(value.clone()).ok()?;
        let verdict = if settled.verdict == Verdict::Agreed { Verdict::Keep } else { settled.verdict };
        Some((verdict, settled.coding))
    };
    field.starts_with("settled:") && decision(one).is_some_and(|it| decision(other) == Some(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_kept_from_whom() {
        let mut pass = Pass {
            id: crate::source::nobody(),
            name: "round".to_owned(),
            coders: ["ab", "cd", "ef"].map(str::to_owned).to_vec(),
            documents: Vec::new(),
            codes: Vec::new(),
            author: None,
            closed: None,
            heads: BTreeMap::new(),
            done: BTreeSet::new(),
            settled: BTreeMap::new(),
        };
        assert_eq!(pass.others(Some("cd")), ["ab", "ef"]);
        assert_eq!(pass.others(Some(" CD")), ["ab", "ef"], "however it is typed");
        assert_eq!(pass.others(None), ["ab", "cd", "ef"]);
        assert!(pass.others(Some("gj")).is_empty());
        pass.closed = Some(Closing { by: "gj".to_owned(), even_so: None });
        assert!(pass.others(Some("cd")).is_empty() && pass.others(None).is_empty());
    }

    #[test]
    fn who_wrote_a_decision_down_makes_no_difference() {
        let said = |verdict: &str, by: &str, reason: &str| serde_json::json!({ "verdict": verdict, "by": by, "reason": reason, "coding": null, "of": [] });
        let same = |one: &Value, other: &Value| says_the_same("settled:12", one, other);
        assert!(same(&said("agreed", "gj", "a"), &said("keep", "bk", "b")));
        assert!(same(&said("drop", "gj", "a"), &said("drop", "bk", "b")));
        assert!(!same(&said("keep", "gj", "a"), &said("drop", "gj", "a")));
        let closed = |by: &str| serde_json::json!({ "by": by });
        assert!(says_the_same("closed", &closed("gj"), &closed("bk")));
        assert!(
            !says_the_same("closed", &closed("gj"), &Value::Null)
                && !says_the_same("heads", &closed("a"), &closed("b"))
        );
    }
}
