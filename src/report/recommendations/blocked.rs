//! What was considered and is not recommended on, with the reason.

use crate::grounds::{Blocked, Draft, Grounds, Worth};
use crate::id::{Id, Kind};
use crate::recommendation::Addressee;
use crate::report::block::{Block, count_of};
use crate::report::cerqual::finding;
use crate::report::words::Press;
use crate::table::Table;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that was looked at and no recommendation rests on.
pub(super) struct Considered {
    blocked: Vec<(Blocked, String, String)>,
    /// Labels of what would carry a recommendation, and nobody has made one of it.
    free: Vec<String>,
    statements: BTreeSet<Id>,
}

impl Considered {
    pub(super) fn of(press: &Press, grounds: &Grounds<'_, '_>) -> Self {
        let synthesis = press.synthesis;
        // What is blocked is so for every audience.
        let draft = Draft::of(grounds, Addressee::Practice, None);
        let held = synthesis.recommendations.values().filter(|one| !one.retired);
        let named: BTreeSet<Id> = held.flat_map(|one| one.basis.iter().copied()).collect();
        let free = draft.skeletons.iter().map(|one| one.lead).filter(|lead| !named.contains(lead));
        let blocked = draft.blocked.into_iter().filter(|one| !named.contains(&one.of));
        let told = blocked.map(|one| {
            let (label, text) = (synthesis.label(one.of), text(press, one.of));
            (one, label, text)
        });
        Considered {
            free: free.map(|id| synthesis.label(id)).collect(),
            statements: synthesis.hypotheses.keys().copied().collect(),
            blocked: told.collect(),
        }
    }

    pub(super) fn section(&self, press: &Press) -> Vec<Block> {
        let mut blocks = vec![Block::heading(2, "Considered, and not recommended on", "blocked")];
        let (listed, counted): (Vec<_>, Vec<_>) = self.blocked.iter().partition(|(one, ..)| self.is_listed(one));
        if self.blocked.is_empty() {
            blocks.push(Block::none_found());
        }
        if !listed.is_empty() {
            let rows = listed.into_iter().map(|(one, label, text)| row(press, one, label, text));
            blocks.push(Block::table("What is contested, open or was not agreed on", of_rows(rows)));
        }
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (one, label, _) in counted {
            by_reason.entry(one.why.split([':', ';']).next().unwrap_or_default()).or_default().push(label);
        }
        let line = |(why, labels): (&str, Vec<&str>)| {
            let named = if press.is_for_team() { format!(" ({})", labels.join(", ")) } else { String::new() };
            format!("{}, {why}{named}", count_of(labels.len(), "statement"))
        };
        let rest: Vec<String> = by_reason.into_iter().map(line).collect();
        if !rest.is_empty() {
            blocks.push(Block::paragraph("Statements that rest on too little, or that the evidence speaks against:"));
            blocks.push(Block::lines(&rest));
        }
        if press.is_for_team() && !self.free.is_empty() {
            let labels = self.free.join(", ");
            blocks.push(Block::paragraph(format!(
                "These would carry a recommendation, and none rests on them: {labels}."
            )));
        }
        blocks
    }

    /// Statements without enough evidence are many, and are counted by reason.
    fn is_listed(&self, one: &Blocked) -> bool {
        !self.statements.contains(&one.of) || one.worth == Worth::Contested || !one.open.is_empty()
    }

    pub(super) fn data(&self) -> Vec<Value> {
        let told = self
            .blocked
            .iter()
            .map(|(one, label, text)| json!({ "id": label, "text": text, "worth": one.worth, "why": one.why }));
        told.collect()
    }
}

/// All that is blocked, a row each.
pub fn table(press: &Press, blocked: &[Blocked]) -> Table {
    let rows = blocked.iter().map(|one| row(press, one, &press.synthesis.label(one.of), &text(press, one.of)));
    of_rows(rows)
}

fn row(press: &Press, one: &Blocked, label: &str, text: &str) -> [String; 4] {
    let open: Vec<String> = one.open.iter().map(|id| press.synthesis.label(*id)).collect();
    [label.to_owned(), text.to_owned(), one.why.clone(), open.join(", ")]
}

fn of_rows(rows: impl Iterator<Item = [String; 4]>) -> Table {
    let mut table =
        Table::with(&[("id", "No."), ("text", "What"), ("why", "Why not"), ("open", "Open questions on it")]);
    rows.for_each(|row| table.push(row.map(Into::into).to_vec()));
    table
}

/// What a thing says of itself.
pub fn text(press: &Press, id: Id) -> String {
    let synthesis = press.synthesis;
    let decision = || synthesis.decisions.iter().find(|one| one.id == id);
    match synthesis.labels.get(&id).map(|label| label.kind) {
        Some(Kind::Hypothesis) => synthesis.hypotheses.get(&id).map(|one| finding(press, one)),
        Some(Kind::Uncertainty) => synthesis.uncertainties.get(&id).map(|one| one.text.clone()),
        Some(Kind::Component) => synthesis.components.get(&id).map(|one| one.name.clone()),
        Some(Kind::Decision) => decision().map(|one| super::told::decided(press, one)),
        _ => None,
    }
    .unwrap_or_default()
}
