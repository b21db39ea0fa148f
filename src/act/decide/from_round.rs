//! What a decision takes from the round it rests on: figures as they were, dissent of groups and of single members.

use crate::act::panel;
use crate::act::round::results::{Worked, work};
use crate::consensus::{DRAWS, ItemResult};
use crate::decision::{Method, Voiced};
use crate::diagnostic::{Diagnostic, Result, fault};
use crate::id::Id;
use crate::participant::Audience;
use crate::project::{Batch, Project};
use crate::report::round;
use crate::round::{Stage, Way};
use crate::stats::chance::Draws;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a round says on something that is decided.
pub struct Basis {
    pub round: Id,
    pub method: Method,
    pub items: Vec<String>,
    pub snapshot: Value,
    /// Groups that dissent by their votes.
    pub dissenting: BTreeSet<String>,
    /// Members who registered dissent: group, and words they approved.
    registered: Vec<(Id, String, Option<String>)>,
    /// People who were there, by group.
    pub present: BTreeMap<String, u32>,
    pub notes: Vec<Diagnostic>,
}

impl Basis {
    /// Reads a closed round. Without items named, those about what is decided; with an option chosen, those of it.
    ///
    /// Faults: `round-open`, `not-open`, `unknown-item`, `no-item`.
    pub fn of(project: &Project, typed: &str, named: &[String], about: &[Id], option: Option<&str>) -> Result<Self> {
        let held = crate::act::round::find(project, typed)?;
        let label = project.label(held.id);
        if held.terms().way == Way::Discussion && held.stage() == Stage::Open {
            return Err(fault("round-open", format!("{label} is still being discussed"))
                .hint(format!("realist round close {label}")));
        }
        // Who dissents hangs on no shuffling.
        let team = work(project, typed, Audience::Team, Draws { number: 1, ..DRAWS })?;
        let items = items(&team, &label, named, about, option)?;
        let found: Vec<&ItemResult> = items.iter().filter_map(|key| team.results.item(key)).collect();
        let dissenting: BTreeSet<String> =
            found.iter().flat_map(|item| item.dissenting().map(|group| group.group.clone())).collect();
        let members = panel::members(project, held.panel);
        let mut registered = Vec::new();
        for one in found.iter().flat_map(|item| &item.dissents) {
            if let Some(member) = members.iter().find(|member| member.token == one.token) {
                registered.push((member.id, one.group.clone(), one.approved.then(|| one.words.clone())));
            }
        }
        let present =
            team.results.present.iter().map(|(group, n)| (group.clone(), u32::try_from(*n).unwrap_or(u32::MAX)));
        Ok(Basis {
            round: held.id,
            method: method(held.terms().way),
            present: present.collect(),
            notes: notes(&label, &found, team.count.notes.clone()),
            snapshot: snapshot(project, typed, &shown(&team, &items, about))?,
            dissenting,
            registered,
            items,
        })
    }

    /// Groups of members who registered dissent.
    pub fn spoken_for(&self) -> impl Iterator<Item = &String> {
        self.registered.iter().map(|(_, group, _)| group)
    }

    /// The dissent of single members by member and group, their words sealed; the group is the member's, and stands nowhere
    /// else. One member has one voice: words on a later item stand with those before.
    pub fn voices(&self, batch: &mut Batch<'_>) -> Result<Vec<(Id, String, Voiced)>> {
        let mut by_member: BTreeMap<Id, (String, Vec<String>)> = BTreeMap::new();
        for (member, group, words) in &self.registered {
            let voice = by_member.entry(*member).or_insert_with(|| (group.clone(), Vec::new()));
            voice.1.extend(words.clone().filter(|words| !voice.1.contains(words)));
        }
        let mut voices = Vec::new();
        for (member, (group, words)) in by_member {
            let words = if words.is_empty() { None } else { Some(batch.seal(&Value::from(words.join("\n")))?) };
            voices.push((member, group, Voiced { group: String::new(), words }));
        }
        Ok(voices)
    }
}

fn items(worked: &Worked, label: &str, named: &[String], about: &[Id], option: Option<&str>) -> Result<Vec<String>> {
    let terms = worked.count.round.terms();
    let known = || terms.items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
    if let Some(stranger) = named.iter().find(|key| terms.item(key).is_none()) {
        return Err(fault("unknown-item", format!("{label} has no item {stranger}"))
            .hint(format!("its items are: {}", known().join(", "))));
    }
    if !named.is_empty() {
        refuse_other_option(worked, label, named, about, option)?;
        return Ok(named.to_vec());
    }
    let fits = |item: &&crate::round::Item| {
        item.about.is_some_and(|id| about.contains(&id))
            && (item.option.is_none() || option.is_none() || item.option.as_deref() == option)
    };
    let found: Vec<String> = terms.items.iter().filter(fits).map(|item| item.key.clone()).collect();
    if found.is_empty() {
        return Err(fault("no-item", format!("{label} asked nothing about what is decided here"))
            .hint(format!("name the items it rests on: --item {}", known().first().map_or("q1", String::as_str))));
    }
    Ok(found)
}

/// Fault `other-option`: all items named that ask about what is decided ask about options that are not chosen.
fn refuse_other_option(
    worked: &Worked,
    label: &str,
    named: &[String],
    about: &[Id],
    option: Option<&str>,
) -> Result<()> {
    let terms = worked.count.round.terms();
    let items = || named.iter().filter_map(|key| terms.item(key));
    let asks = |item: &&crate::round::Item| item.about.is_some_and(|id| about.contains(&id)) && item.option.is_some();
    let Some(chosen) = option else { return Ok(()) };
    let mut asked = items().filter(asks).peekable();
    let Some(first) = asked.peek().copied() else { return Ok(()) };
    if asked.any(|item| item.option.as_deref() == Some(chosen)) {
        return Ok(());
    }
    let other = first.option.as_deref().unwrap_or_default();
    Err(fault(
        "other-option",
        format!("{label} {} asks about option {other}, and option {chosen} is chosen", first.key),
    )
    .hint(format!("name the item on option {chosen}, or leave --item out: all items on it are taken")))
}

/// The items it rests on, and what else was asked about the same: readers see what the other options came to.
fn shown(worked: &Worked, items: &[String], about: &[Id]) -> Vec<String> {
    let all = worked.count.round.terms().items.iter();
    let fits =
        |item: &&crate::round::Item| items.contains(&item.key) || item.about.is_some_and(|id| about.contains(&id));
    all.filter(fits).map(|item| item.key.clone()).collect()
}

/// Figures as papers for others print them: nobody can be made out by what stays in the journal.
fn snapshot(project: &Project, typed: &str, items: &[String]) -> Result<Value> {
    let worked = work(project, typed, Audience::Meeting, DRAWS)?;
    let sitting = worked.sitting(project);
    let mut data = round::data(&sitting);
    if let Some(all) = data.get_mut("items").and_then(Value::as_array_mut) {
        all.retain(|one| one["item"].as_str().is_some_and(|key| items.iter().any(|item| item == key)));
        for one in all.iter_mut().filter_map(Value::as_object_mut) {
            // Words are people's own: they are kept sealed, beside this.
            one.remove("registered_dissent");
        }
    }
    Ok(data)
}

fn notes(label: &str, items: &[&ItemResult], mut notes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    for item in items {
        if !item.is_quorate() {
            let said = format!("{label} {} was not quorate", item.key);
            notes.push(Diagnostic::warning("not-quorate", said).hint("say in --text on what the decision rests"));
        } else if item.verdict.as_ref().is_ok_and(|verdict| verdict == "none" || verdict == "objection") {
            let said = format!("{label} {}: the rule found no consensus ({})", item.key, item.outcome());
            notes.push(Diagnostic::note("no-consensus", said));
        }
    }
    notes
}

fn method(way: Way) -> Method {
    match way {
        Way::Ram => Method::Ram,
        Way::Delphi => Method::Delphi,
        Way::Ngt => Method::Ngt,
        Way::Rank => Method::Ranking,
        Way::Percent => Method::Percent,
        Way::Consent => Method::ConsentRule,
        Way::Discussion => Method::Discussion,
    }
}
