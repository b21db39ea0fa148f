//! The refinement log, from each version of the theory to the next and to what stands now.

use crate::act::decide::DECIDED;
use crate::act::programme::compare::{Told, compare};
use crate::act::programme::{Moment, versions};
use crate::check::typed::print;
use crate::diagnostic::Result;
use crate::history::Stored;
use crate::hypothesis::{Hypothesis, Tested};
use crate::id::{Id, Kind};
use crate::programme::{TheoryVersion, Thing};
use crate::project::Project;
use crate::report::Outset;
use crate::report::refinement::{Change, Step};
use crate::synthesis::Synthesis;
use crate::theory::Component;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `synthesis` is as its readers may know it: a wording that it holds back is held back here too.
pub(super) fn gather(project: &Project, synthesis: &Synthesis) -> Result<Vec<Step>> {
    let known = Known::of(synthesis);
    let frozen = frozen(project);
    let mut steps = between(project, &frozen, &known);
    if let Some(last) = frozen.last() {
        let since = step(project, last, &Moment::now(project)?, &known);
        // That nothing changed since the last version goes without saying.
        steps.extend((!since.changes.is_empty() || since.further > 0).then_some(since));
    }
    Ok(steps)
}

/// From version to version alone, for papers that tell what rests on decisions.
pub(super) fn between_versions(project: &Project, synthesis: &Synthesis) -> Vec<Step> {
    between(project, &frozen(project), &Known::of(synthesis))
}

fn frozen(project: &Project) -> Vec<Moment> {
    versions(project).into_iter().map(|version| Moment::of(project, version)).collect()
}

fn between(project: &Project, moments: &[Moment], known: &Known) -> Vec<Step> {
    moments.windows(2).map(|pair| step(project, &pair[0], &pair[1], known)).collect()
}

/// The first version of the theory, in numbers.
pub(super) fn outset(project: &Project) -> Option<Outset> {
    let first = Moment::of(project, versions(project).into_iter().next()?);
    let things = || first.programme.things.values();
    Some(Outset {
        statements: things().filter(|one| one.kind == Kind::Hypothesis && one.is_listed()).count(),
        components: things().filter(|one| one.kind == Kind::Component).count(),
        date: first.date.unwrap_or_default(),
        name: first.name,
    })
}

/// What readers may know: sentences that a withdrawal found to repeat somebody's words are held back, and of decisions
/// the sentence is known by their labels.
struct Known {
    withheld: BTreeSet<(Id, String)>,
    decided: BTreeMap<String, String>,
}

impl Known {
    fn of(synthesis: &Synthesis) -> Self {
        let repeated = synthesis.participants.values().flat_map(|one| &one.repeated);
        let decided = synthesis.decisions.iter().filter_map(|one| Some((synthesis.label(one.id), one.text.clone()?)));
        Known { withheld: repeated.map(|one| (one.id, one.print.clone())).collect(), decided: decided.collect() }
    }

    fn sentence(&self, id: Id, text: &str) -> String {
        if self.withheld.contains(&(id, print(text))) { super::WITHHELD.to_owned() } else { text.to_owned() }
    }

    /// Reasons each once; of a decision what it says, where it says something.
    fn why(&self, told: &Told) -> Vec<String> {
        let decided = told.decision.as_ref().and_then(|label| self.decided.get(label));
        let given = told.acts.iter().filter_map(|act| act.why.clone());
        let given = given.filter(|why| decided.is_none() || !why.starts_with(DECIDED));
        let mut all: Vec<String> = Vec::new();
        for reason in decided.cloned().into_iter().chain(given) {
            if !all.contains(&reason) {
                all.push(reason);
            }
        }
        all
    }
}

fn step(project: &Project, from: &Moment, to: &Moment, known: &Known) -> Step {
    let compared = compare(project, from, to);
    let kinds = [TheoryVersion::KIND, Hypothesis::KIND, Component::KIND].map(Kind::word);
    let is_told = |one: &&Told| one.is_for_log() && kinds.contains(&one.kind);
    let sides = [from, to].map(|moment| {
        let told = moment.programme.things.iter().filter_map(|(id, thing)| Some((moment.label(*id)?, (*id, thing))));
        told.collect::<Side<'_>>()
    });
    let narrative = |moment: &Moment| Some(known.sentence(moment.frozen?, moment.narrative.as_deref()?));
    let row = |told: &Told| {
        let told_plainly = change(told, &sides, known);
        if told.kind == TheoryVersion::KIND.word() {
            Change { before: narrative(from), after: narrative(to), ..told_plainly }
        } else {
            told_plainly
        }
    };
    let changes: Vec<Change> = compared.changes.iter().filter(is_told).map(row).collect();
    Step {
        from: compared.from.name.clone(),
        to: compared.to.name.clone(),
        to_date: compared.to.date.clone(),
        hash: compared.to.hash.clone(),
        decisions: compared.to.decisions.clone(),
        further: compared.changes.len() - changes.len(),
        changes,
    }
}

/// What a moment holds, by label.
type Side<'m> = BTreeMap<&'m str, (Id, &'m Thing)>;

fn change(told: &Told, [from, to]: &[Side<'_>; 2], known: &Known) -> Change {
    let of = |side: &Side<'_>| {
        let (id, thing) = side.get(told.id.as_str())?;
        Some(known.sentence(*id, &sentence(thing)?))
    };
    Change {
        id: told.id.clone(),
        kind: told.kind.to_owned(),
        moved: told.moved.map(|moved| moved.word().to_owned()).unwrap_or_default(),
        before: of(from),
        after: of(to),
        details: details(told),
        evidence: told.evidence.clone(),
        decision: told.decision.clone(),
        why: known.why(told),
    }
}

/// Of a statement that is no longer part of the theory only what became of it.
fn details(told: &Told) -> Vec<String> {
    let status = told.fields.iter().find(|one| one.field == "status").and_then(|one| one.after.as_ref());
    let is_aside = status.is_some_and(|after| after != "active");
    let fields = told.fields.iter().filter(|one| !is_aside || matches!(one.field.as_str(), "status" | "into"));
    fields.filter_map(|field| detail(&field.field, field.before.as_ref(), field.after.as_ref())).collect()
}

/// A component by its name; a statement by its sentence, else its parts, where it is more than what became of it.
fn sentence(thing: &Thing) -> Option<String> {
    if thing.kind == Kind::Component {
        return thing.text("name").map(str::to_owned);
    }
    let parts = || {
        let parts = thing.fields.iter().filter(|(field, _)| field.starts_with("part:"));
        let texts: Vec<&str> = parts.filter_map(|(_, part)| part["text"].as_str()).collect();
        (!texts.is_empty()).then(|| texts.join("; "))
    };
    thing.text("statement").map(str::to_owned).or_else(parts)
}

/// What differs beside the sentence, in words; counts and marks of the standing are left to the evidence tables.
fn detail(field: &str, before: Option<&Value>, after: Option<&Value>) -> Option<String> {
    let text = |value: Option<&Value>| {
        let text = value.and_then(Value::as_str)?;
        Some(if matches!(field, "consensus" | "evidential") { text.replace('_', " ") } else { text.to_owned() })
    };
    let test = |value: Option<&Value>| Some(serde_json::from_value::<Tested>(value?.clone()).ok()?.in_words());
    let part = |value: Option<&Value>| {
        value.map(|part| {
            format!("{} “{}”", part["kind"].as_str().unwrap_or("part"), part["text"].as_str().unwrap_or_default())
        })
    };
    let (name, before, after) = match field {
        _ if field.starts_with("part:") => ("", part(before), part(after)),
        "tested" => ("test", test(before), test(after)),
        "status" | "component" | "consensus" | "into" | "evidential" | "description" => {
            (field, text(before), text(after))
        }
        _ => return None,
    };
    let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
    match (before, after) {
        (Some(before), Some(after)) => Some(format!("{name}{before}, now {after}")),
        (None, Some(after)) => Some(format!("{name}{after}")),
        (Some(before), None) => Some(format!("{name}{before}, now gone")),
        (None, None) => None,
    }
}
