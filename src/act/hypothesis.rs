//! Writing micro-hypotheses.

use super::resolve;
use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::hypothesis::{Editorial, Hypothesis, Inference, Origin, PartKind};
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use serde_json::{Value, json};

/// A statement as a person gives it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    pub statement: Option<String>,
    /// Parts, in order. In an edit the one part of such a kind gets these words, or the statement
    /// its first part of that kind.
    pub parts: Vec<(PartKind, String)>,
    /// Parts an edit adds beside those of their kind.
    pub more: Vec<(PartKind, String)>,
    /// Parts to reword, by key.
    pub reword: Vec<(String, String)>,
    /// Keys of parts to take away.
    pub drop: Vec<String>,
    pub component: Option<String>,
    pub status: Option<Editorial>,
    pub origin: Option<Origin>,
    pub inference: Option<Inference>,
    pub memo: Option<String>,
    pub rival_of: Option<String>,
    pub leads_to: Vec<String>,
}

fn plain_fields(project: &Project, entry: &Entry) -> Result<Fields> {
    let component = entry.component.as_deref().map(|typed| resolve::component(project, typed)).transpose()?;
    let other = |typed: &str| resolve::find(project, Kind::Hypothesis, typed);
    let rival = entry.rival_of.as_deref().map(other).transpose()?;
    let mut fields = Batch::fields(json!({
        "statement": entry.statement.as_deref().map(str::trim),
        "component": component,
        "status": entry.status,
        "origin": entry.origin,
        "inference": entry.inference,
        "memo": entry.memo,
        "rival_of": rival,
    }));
    if !entry.leads_to.is_empty() {
        let ids = entry.leads_to.iter().map(|typed| other(typed)).collect::<Result<Vec<Id>>>()?;
        fields.insert("leads_to".to_owned(), json!(ids));
    }
    Ok(fields)
}

/// `c1.gj`, `c2.gj`, …: the next key of a kind that this coder never used in the statement, so that
/// evidence on a part taken away never bears on a new one, and two coders never name two parts alike.
/// Answers the keys.
fn add_parts(fields: &mut Fields, used: &[String], parts: &[(PartKind, String)], coder: &str) -> Vec<String> {
    let mut added = Vec::new();
    let mut used: Vec<String> = used.to_vec();
    for (kind, text) in parts {
        let key = |number: usize| format!("{}{number}.{coder}", kind.letter());
        let mut number = 1;
        while used.contains(&key(number)) {
            number += 1;
        }
        let key = key(number);
        fields.insert(format!("part:{key}"), json!({ "kind": kind, "text": text.trim() }));
        added.push(key.clone());
        used.push(key);
    }
    added
}

/// Every part key a statement ever had.
fn used_keys(project: &Project, id: Id) -> Vec<String> {
    let entity = project.state().entity(id);
    let writes = entity.iter().flat_map(|entity| entity.all_writes());
    writes
        .flat_map(|fields| {
            fields.keys().filter_map(|name| name.strip_prefix("part:").map(str::to_owned)).collect::<Vec<_>>()
        })
        .collect()
}

/// Adds a statement; a sentence alone, or one part alone, is a valid draft. Returns its label.
pub fn add(project: &mut Project, entry: &Entry) -> Result<Done<String>> {
    project.write("hypothesis add", true, |batch| create(batch, entry).map(|made| made.label))
}

/// Adds many statements as one act.
pub fn add_all(project: &mut Project, entries: &[Entry]) -> Result<Done<Vec<String>>> {
    project.write("hypothesis add", true, |batch| {
        entries.iter().map(|entry| create(batch, entry).map(|made| made.label)).collect()
    })
}

/// A statement that the batch will make. The project's state does not hold it yet.
pub(super) struct Made {
    pub label: String,
    pub statement: Hypothesis,
}

pub(super) fn create(batch: &mut Batch<'_>, entry: &Entry) -> Result<Made> {
    let empty = |text: &str| text.trim().is_empty();
    if entry.statement.as_deref().is_none_or(empty) && entry.parts.iter().all(|(_, text)| empty(text)) {
        return Err(fault("empty-statement", "a hypothesis needs a sentence or at least one part")
            .hint("realist hypothesis add --context \"...\" --mechanism \"...\" --outcome \"...\"")
            .hint("or a draft sentence alone: --statement \"If ... then ... because ...\""));
    }
    if matches!(entry.inference, Some(Inference::Abduced | Inference::Retroduced)) && entry.memo.is_none() {
        return Err(fault(
            "memo-needed",
            "an abduced or retroduced statement needs a memo that says how you got there",
        )
        .hint("add --memo \"...\""));
    }
    let mut fields = plain_fields(batch.project(), entry)?;
    fields.insert("author".to_owned(), batch.coder().into());
    add_parts(&mut fields, &[], &entry.parts, batch.coder());
    let (id, label) = batch.create(Kind::Hypothesis, &fields);
    let statement = Hypothesis::of_fields(id, fields).map_err(|what| fault("unreadable-record", what))?;
    Ok(Made { label: label.to_string(), statement })
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    pub id: String,
    /// Keys of parts.
    pub reworded: Vec<String>,
    pub added: Vec<String>,
    pub dropped: Vec<String>,
}

/// Changes a statement. Links judged against the wording before say so from then on.
pub fn edit(project: &mut Project, hypothesis: &str, entry: &Entry, reason: Option<&str>) -> Result<Done<Edited>> {
    project.write("hypothesis edit", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Hypothesis, hypothesis)?;
        let held: Hypothesis = resolve::read(batch.project(), id)?;
        let mut fields = plain_fields(batch.project(), entry)?;
        let mut edited = Edited { id: batch.project().label(id), reworded: vec![], added: vec![], dropped: vec![] };
        let (mut reword, fresh) = place_parts(&held, &entry.parts)?;
        reword.extend(entry.reword.iter().cloned());
        for (key, text) in &reword {
            let part = part(&held, key)?;
            edited.reworded.push(part.key.clone());
            fields.insert(format!("part:{}", part.key), json!({ "kind": part.kind, "text": text.trim() }));
        }
        for key in &entry.drop {
            let part = part(&held, key)?;
            edited.dropped.push(part.key.clone());
            fields.insert(format!("part:{}", part.key), Value::Null);
        }
        let used = used_keys(batch.project(), id);
        edited.added = add_parts(&mut fields, &used, &[fresh, entry.more.clone()].concat(), batch.coder());
        if !fields.is_empty()
            && let Some(reason) = reason
        {
            fields.insert("reason".to_owned(), reason.into());
        }
        batch.set(Kind::Hypothesis, id, &fields);
        Ok(edited)
    })
}

/// Parts given by kind: those that reword the one part of their kind, and those that are the first.
#[expect(clippy::type_complexity, reason = "two lists, named where they are taken apart")]
fn place_parts(
    held: &Hypothesis,
    given: &[(PartKind, String)],
) -> Result<(Vec<(String, String)>, Vec<(PartKind, String)>)> {
    let (mut reword, mut fresh) = (Vec::new(), Vec::new());
    for (kind, text) in given {
        let there: Vec<&str> = held.parts_of(*kind).map(|part| part.key.as_str()).collect();
        let wanted = given.iter().filter(|(other, _)| other == kind).count();
        match there.as_slice() {
            [] => fresh.push((*kind, text.clone())),
            [key] if wanted == 1 => reword.push(((*key).to_owned(), text.clone())),
            keys => {
                return Err(fault("ambiguous-part", format!("which {kind}? there is {}", keys.join(", ")))
                    .hint(format!("reword one: --set {}=\"...\"", keys[0]))
                    .hint(format!("or add one: --add {kind}=\"...\"")));
            }
        }
    }
    Ok((reword, fresh))
}

/// A part by its key, or by its kind where there is one of it.
pub fn part<'h>(hypothesis: &'h Hypothesis, typed: &str) -> Result<&'h crate::hypothesis::Part> {
    if let Some(part) = hypothesis.parts.iter().find(|part| part.key == typed) {
        return Ok(part);
    }
    // `c1` where only one coder has one.
    let short: Vec<_> =
        hypothesis.parts.iter().filter(|part| part.key.split_once('.').is_some_and(|(key, _)| key == typed)).collect();
    if let [one] = short.as_slice() {
        return Ok(one);
    }
    let keys: Vec<String> = hypothesis.parts.iter().map(|part| format!("{} ({})", part.key, part.kind)).collect();
    let list = format!("its parts are: {}", keys.join(", "));
    if let Ok(kind) = typed.parse::<PartKind>() {
        let fits: Vec<_> = hypothesis.parts_of(kind).collect();
        return match fits.as_slice() {
            [one] => Ok(one),
            [] => Err(fault("no-part", format!("the statement has no {kind}")).hint(list)),
            _ => Err(fault("ambiguous-part", format!("the statement has several parts of kind {kind}")).hint(list)),
        };
    }
    Err(fault("no-part", format!("the statement has no part '{typed}'")).hint(list))
}

/// Removes a statement that nothing rests on; else it is rejected, not removed.
pub fn remove(project: &mut Project, hypothesis: &str, reason: &str) -> Result<Done<String>> {
    project.write("hypothesis remove", true, |batch| {
        let id = resolve::find(batch.project(), Kind::Hypothesis, hypothesis)?;
        let links = batch.project().state().all::<crate::evidence::Evidence>();
        let held = links.iter().filter(|link| link.hypothesis == id).count();
        let label = batch.project().label(id);
        if held > 0 {
            return Err(fault("still-in-use", format!("{held} evidence links rest on {label}")).hint(format!(
                "reject it instead, its history stays: realist hypothesis edit {label} --status rejected"
            )));
        }
        batch.remove(Kind::Hypothesis, id, reason);
        Ok(label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hypothesis::Part;

    fn held(keys: &[&str]) -> Hypothesis {
        let mut held: Hypothesis = serde_json::from_value(json!({})).unwrap();
        let part = |key: &&str| Part::new(*key, PartKind::Outcome, "x");
        held.parts = keys.iter().map(part).collect();
        held
    }

    #[test]
    fn a_part_given_by_kind_rewords_the_one_there_is() {
        let given = [(PartKind::Outcome, "y".to_owned())];
        assert_eq!(place_parts(&held(&[]), &given).unwrap(), (vec![], given.to_vec()));
        assert_eq!(place_parts(&held(&["o1"]), &given).unwrap(), (vec![("o1".to_owned(), "y".to_owned())], vec![]));
        let refused = place_parts(&held(&["o1", "o2"]), &given).unwrap_err();
        assert_eq!(refused.0.message, "which outcome? there is o1, o2");
        assert!(refused.0.hints[1].contains("--add outcome="));
    }
}
