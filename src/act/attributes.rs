//! What facesheets say of who speaks: age, role, years in service. Values of somebody who withdrew are not there.

use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::participant::{Participant, SpeakerRef};
use crate::project::Project;
use crate::query::{Attribute, Extent, Field};
use crate::text::words::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Where somebody speaks, with what is recorded of them by heading.
type Recorded = (Vec<SpeakerRef>, BTreeMap<String, String>);

/// Everybody of whom something is recorded. Empty values are no values.
fn recorded(project: &Project) -> Vec<Recorded> {
    let all = project.state().all::<Participant>().into_iter().filter(|one| !one.withdrawn);
    let known = all.filter_map(|one| {
        let mut values = project.particulars(one.attributes.as_ref()?)?.values;
        values.retain(|_, value| !value.trim().is_empty());
        Some((one.speaks, values))
    });
    known.filter(|(_, values)| !values.is_empty()).collect()
}

/// The attribute of that name, whatever its case, as it is headed and its value: `age` and `Age` are one attribute.
pub fn held<'v>(values: &'v BTreeMap<String, String>, name: &str) -> Option<(&'v String, &'v String)> {
    let wanted = fold(name.trim());
    values.iter().find(|(heading, _)| fold(heading.trim()) == wanted)
}

/// The value of the attribute of that name, whatever its case.
fn value<'v>(values: &'v BTreeMap<String, String>, name: &str) -> Option<&'v str> {
    held(values, name).map(|(_, value)| value.trim())
}

/// The turns of those who have the attribute as asked.
///
/// Faults: `unknown-value` where nobody has the attribute, or one value in words; `no-number` where numbers are compared and
/// nobody has one.
pub fn extent(project: &Project, asked: &Attribute) -> Result<Extent> {
    let all = recorded(project);
    let held: Vec<(&Vec<SpeakerRef>, &str)> =
        all.iter().filter_map(|(speaks, values)| Some((speaks, value(values, &asked.name)?))).collect();
    if held.is_empty() {
        return Err(unknown_name(&asked.name, &all));
    }
    let fits: Vec<&Vec<SpeakerRef>> =
        held.iter().filter(|(_, value)| asked.holds(value)).map(|(speaks, _)| *speaks).collect();
    if fits.is_empty()
        && let Some(typed) = asked.value_in_words()
    {
        let values: BTreeSet<&str> = held.iter().map(|(_, value)| *value).collect();
        let refused = fault("unknown-value", format!("nobody has the attribute {} '{typed}'", asked.name));
        let refused = match did_you_mean(typed, values.iter().copied()).first() {
            Some(near) => refused.hint(format!("did you mean {}:{}?", Field::Attr, Attribute::of(&asked.name, near))),
            None => refused,
        };
        return Err(refused.hint(format!("values: {}", shortened(&values))));
    }
    let mut extent = Extent::default();
    extent.speakers.extend(fits.into_iter().flatten().map(|at| (at.document, at.speaker)));
    Ok(extent)
}

fn unknown_name(name: &str, all: &[Recorded]) -> Fault {
    let spelt = all.iter().flat_map(|(_, values)| values.keys().map(String::as_str));
    let apart: BTreeMap<String, &str> = spelt.map(|name| (fold(name.trim()), name)).collect();
    let names: BTreeSet<&str> = apart.into_values().collect();
    let refused = fault("unknown-value", format!("there is no attribute '{name}'"));
    if names.is_empty() {
        return refused.hint("nothing is recorded of anybody yet: realist import people.csv --as attributes");
    }
    let refused = match did_you_mean(name, names.iter().copied()).first() {
        Some(near) => refused.hint(format!("did you mean {}:\"{near}\"?", Field::Attr)),
        None => refused,
    };
    refused.hint(format!("attributes: {}", shortened(&names)))
}

/// Values that a hint names.
const MOST: usize = 20;

fn shortened(names: &BTreeSet<&str>) -> String {
    let mut shown: Vec<&str> = names.iter().copied().take(MOST).collect();
    if names.len() > MOST {
        shown.push("…");
    }
    shown.join(", ")
}

/// What each speaker is called by one attribute; spellings that differ in case alone are one, the first by its letters.
/// Fault `unknown-value`.
pub fn by_speaker(project: &Project, name: &str) -> Result<BTreeMap<SpeakerRef, String>> {
    let all = recorded(project);
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    let mut named = Vec::new();
    for (speaks, values) in &all {
        let Some(value) = value(values, name) else { continue };
        let spelling = spellings.entry(fold(value)).or_insert_with(|| value.to_owned());
        if value < spelling.as_str() {
            value.clone_into(spelling);
        }
        named.extend(speaks.iter().map(|at| (*at, fold(value))));
    }
    if named.is_empty() {
        return Err(unknown_name(name, &all));
    }
    let called = |(at, key): (SpeakerRef, String)| Some((at, spellings.get(&key)?.clone()));
    Ok(named.into_iter().filter_map(called).collect())
}
