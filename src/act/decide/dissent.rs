//! Who does not go along with a decision: groups by their votes or in words, members who registered it.

use super::Wish;
use super::from_round::Basis;
use crate::act::resolve;
use crate::decision::{Outcome, Voiced};
use crate::diagnostic::{Diagnostic, Result};
use crate::id::Id;
use crate::project::Batch;
use crate::sealed::Sealed;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug)]
pub struct Dissent {
    pub groups: BTreeSet<String>,
    /// Those of them that dissent by their votes.
    pub by_votes: BTreeSet<String>,
    /// Words of groups, sealed.
    pub words: BTreeMap<String, Sealed>,
    /// What single members registered, with the group of each.
    registered: Vec<(Id, String, Voiced)>,
}

impl Dissent {
    /// What was typed, what members registered, and where something is agreed how groups voted on it: where nothing is,
    /// there is nothing to dissent from by a vote. Fault `unknown-group`.
    pub fn of(batch: &mut Batch<'_>, wish: &Wish, basis: Option<&Basis>) -> Result<Self> {
        let is_agreed = matches!(wish.outcome, Outcome::Agreed | Outcome::AgreedWithDissent);
        let by_votes = basis.filter(|_| is_agreed).map(|basis| basis.dissenting.clone()).unwrap_or_default();
        let spoken_for = basis.into_iter().flat_map(Basis::spoken_for);
        let mut groups: BTreeSet<String> = by_votes.iter().chain(spoken_for).cloned().collect();
        let mut words = BTreeMap::new();
        for (group, said) in &wish.dissent {
            let group = resolve::group(batch.project(), group)?;
            groups.insert(group.clone());
            words.insert(group, batch.seal(&Value::from(said.as_str()))?);
        }
        let registered = basis.map(|basis| basis.voices(batch)).transpose()?.unwrap_or_default();
        Ok(Dissent { groups, by_votes, words, registered })
    }

    /// What single members registered, as fields of the decision.
    pub fn fields(&self) -> impl Iterator<Item = (String, Value)> {
        self.registered.iter().map(|(member, _, voice)| (format!("registered:{member}"), json!(voice)))
    }

    /// Agreement that somebody dissents from is agreement with dissent.
    pub fn outcome(&self, wished: Outcome) -> Outcome {
        match wished {
            Outcome::Agreed if !self.groups.is_empty() => Outcome::AgreedWithDissent,
            other => other,
        }
    }

    pub fn notes(&self, wished: Outcome) -> Vec<Diagnostic> {
        let outcome = self.outcome(wished);
        let who: Vec<&str> = self.groups.iter().map(String::as_str).collect();
        let changed = (outcome != wished).then(|| {
            let message = format!("recorded as {outcome}, since there is dissent: {}", who.join(", "));
            Diagnostic::note("with-dissent", message)
        });
        changed.into_iter().chain(wordless(&self.groups, &self.words, &self.registered)).collect()
    }
}

/// Groups that dissent and whose words nobody has written down.
fn wordless(
    dissenting: &BTreeSet<String>,
    dissent: &BTreeMap<String, Sealed>,
    registered: &[(Id, String, Voiced)],
) -> Option<Diagnostic> {
    let spoke = |group: &str| {
        let voiced = |(_, of, voice): &(Id, String, Voiced)| of == group && voice.words.is_some();
        dissent.contains_key(group) || registered.iter().any(voiced)
    };
    let silent: Vec<&str> = dissenting.iter().map(String::as_str).filter(|group| !spoke(group)).collect();
    let first = silent.first()?;
    Some(
        Diagnostic::note("no-words", format!("nobody has written down the dissent of {}", silent.join(", ")))
            .hint(format!("ask them, and decide again with --dissent {first}=\"their words\"")),
    )
}
