//! Queries kept under a name.

use crate::act::resolve;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use crate::query::{Field, Query, Value};
use crate::saved::SavedQuery;
use crate::text::words::fold;
use serde_json::json;
use std::collections::BTreeSet;

/// Saved queries within saved queries; more is a circle.
const DEEPEST: usize = 20;

/// Reads a query, saved ones in it put in.
pub fn read(project: &Project, typed: &str) -> Result<Query> {
    put_in(project, Query::parse(typed)?)
}

/// Puts saved queries in the place of `saved:` names. Faults: `unknown-value`, `query-circle`.
pub fn put_in(project: &Project, query: Query) -> Result<Query> {
    expanded(project, query, DEEPEST)
}

fn expanded(project: &Project, query: Query, left: usize) -> Result<Query> {
    let all =
        |parts: Vec<Query>| parts.into_iter().map(|part| expanded(project, part, left)).collect::<Result<Vec<_>>>();
    let one = |inner: Box<Query>| expanded(project, *inner, left).map(Box::new);
    Ok(match query {
        Query::Field(Field::Saved, Value::Text(name)) => {
            let saved = find(project, &name)?;
            if left == 0 {
                return Err(fault("query-circle", format!("the saved query '{}' asks for itself", saved.name))
                    .hint("see `realist query list`; save one of them anew"));
            }
            expanded(project, Query::parse(&saved.query)?, left - 1)?
        }
        Query::Not(inner) => Query::Not(one(inner)?),
        Query::Only(inner) => Query::Only(one(inner)?),
        Query::And(parts) => Query::and(all(parts)?),
        Query::Or(parts) => Query::or(all(parts)?),
        Query::AtLeast(number, parts) => Query::AtLeast(number, all(parts)?),
        Query::Related { left, relation, negated, right } => {
            Query::Related { left: one(left)?, relation, negated, right: one(right)? }
        }
        other => other,
    })
}

fn find(project: &Project, name: &str) -> Result<SavedQuery> {
    let all = project.state().all::<SavedQuery>();
    let names: Vec<String> = all.iter().map(|one| one.name.clone()).collect();
    all.into_iter().find(|one| fold(&one.name) == fold(name) || project.label(one.id) == name).ok_or_else(|| {
        let near = did_you_mean(name, names.iter().map(String::as_str));
        resolve::meant(fault("unknown-value", format!("there is no saved query '{name}'")), &near)
            .hint("`realist query list` shows them; `realist query save NAME QUERY` keeps one")
    })
}

/// Keeps a query under a name; the same name again changes it. Returns its label.
pub fn save(project: &mut Project, name: &str, typed: &str) -> Result<Done<String>> {
    let query = Query::parse(typed)?;
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(fault("no-name", "a saved query needs a name"));
    }
    project.write("query save", true, |batch| {
        let same = batch.project().state().all::<SavedQuery>().into_iter().find(|one| fold(&one.name) == fold(&name));
        put_in_place_of(batch.project(), &query, same.as_ref())?;
        let fields = Batch::fields(json!({ "name": name, "query": query.to_string(), "author": batch.coder() }));
        match same {
            Some(held) => {
                let label = batch.project().label(held.id);
                if held.query != query.to_string() {
                    batch.set(Kind::Query, held.id, &fields);
                }
                Ok(label)
            }
            None => Ok(batch.create(Kind::Query, &fields).1.to_string()),
        }
    })
}

/// What it names is there, and it does not ask for itself.
fn put_in_place_of(project: &Project, query: &Query, held: Option<&SavedQuery>) -> Result<()> {
    let mut asked = BTreeSet::new();
    names(project, query, &mut asked, DEEPEST)?;
    match held.filter(|held| asked.contains(&held.id)) {
        Some(held) => Err(fault("query-circle", format!("the saved query '{}' would ask for itself", held.name))),
        None => Ok(()),
    }
}

/// Ids of the saved queries that a query asks for, whatever is between.
fn names(project: &Project, query: &Query, asked: &mut BTreeSet<Id>, left: usize) -> Result<()> {
    match query {
        Query::Field(Field::Saved, Value::Text(name)) => {
            let saved = find(project, name)?;
            if asked.insert(saved.id) && left > 0 {
                names(project, &Query::parse(&saved.query)?, asked, left - 1)?;
            }
            Ok(())
        }
        Query::Not(inner) | Query::Only(inner) => names(project, inner, asked, left),
        Query::And(parts) | Query::Or(parts) | Query::AtLeast(_, parts) => {
            parts.iter().try_for_each(|part| names(project, part, asked, left))
        }
        Query::Related { left: one, right: other, .. } => {
            names(project, one, asked, left)?;
            names(project, other, asked, left)
        }
        _ => Ok(()),
    }
}

/// Forgets saved queries; returns their names.
pub fn remove(project: &mut Project, typed: &[String]) -> Result<Done<Vec<String>>> {
    project.write("query remove", true, |batch| {
        let saved = typed.iter().map(|one| find(batch.project(), one)).collect::<Result<Vec<_>>>()?;
        Ok(saved.into_iter().map(|one| (batch.remove(Kind::Query, one.id, "removed"), one.name).1).collect())
    })
}
