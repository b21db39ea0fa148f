//! Comparing models: which models and taxonomies are meant, and saying why a feature matters.

use super::{code, resolve};
use crate::codebook::Code;
use crate::compare::Asked;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::model::{Because, Feature};
use crate::project::{Batch, Done, Project};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// What is to be compared, as typed. Fault `unknown-codebook`, and those of finding models.
pub fn asked(project: &Project, taxonomies: &[String], models: &[String]) -> Result<Asked> {
    let books: BTreeSet<String> = project.state().all::<Code>().into_iter().map(|code| code.book).collect();
    let mut wanted = BTreeSet::new();
    for typed in taxonomies {
        let name = typed.trim().to_lowercase().replace([' ', '_'], "-");
        let found = books.iter().find(|book| book.to_lowercase().replace('_', "-") == name);
        wanted.insert(found.cloned().ok_or_else(|| unknown(typed, &name, &books))?);
    }
    let models = models.iter().map(|typed| resolve::model(project, typed)).collect::<Result<Vec<Id>>>()?;
    Ok(Asked { taxonomies: wanted, models })
}

fn unknown(typed: &str, name: &str, books: &BTreeSet<String>) -> crate::diagnostic::Fault {
    let refused = fault("unknown-codebook", format!("there is no codebook '{}'", typed.trim()));
    if crate::codebook::ready::named(name).is_ok() {
        return refused.hint(format!("it comes with realist: realist codebook add --ready {name}"));
    }
    let near = did_you_mean(name, books.iter().map(String::as_str));
    let known: Vec<&str> = books.iter().map(String::as_str).collect();
    resolve::meant(refused, &near).hint(format!("there are: {}", known.join(", ")))
}

/// Ties a statement to a feature as what would explain why it matters, with the reason; gives the feature's name and the
/// statement's label. Faults: `why-needed`, `heading`, and those of finding things.
pub fn explain(project: &mut Project, feature: &str, statement: &str, why: &str) -> Result<Done<(String, String)>> {
    let why = why.trim();
    if why.is_empty() {
        return Err(fault("why-needed", "how does the statement explain the feature?").hint("add --why \"...\""));
    }
    project.write("compare explain", true, |batch| {
        let because = json!(Because { why: why.to_owned(), by: batch.coder().to_owned() });
        tie(batch, feature, statement, because)
    })
}

/// Takes such a tie away.
pub fn untie(project: &mut Project, feature: &str, statement: &str) -> Result<Done<(String, String)>> {
    project.write("compare explain", true, |batch| tie(batch, feature, statement, Json::Null))
}

fn tie(batch: &mut Batch<'_>, feature: &str, statement: &str, because: Json) -> Result<(String, String)> {
    let project = batch.project();
    let code = resolve::code(project, feature)?;
    code::refuse_heading(project, code)?;
    let statement = resolve::find(project, Kind::Hypothesis, statement)?;
    let (id, field) = (Feature::id_of(code), format!("because:{statement}"));
    let held = project.state().get::<Feature>(id);
    if because.is_null() && !held.as_ref().is_some_and(|held| held.because.contains_key(&statement)) {
        let (name, label) = (project.label(code), project.label(statement));
        return Err(fault("not-tied", format!("{label} was never said to explain {name}"))
            .hint("what is tied stands in: realist compare diff"));
    }
    let mut fields = Fields::from_iter([(field, because)]);
    if held.is_some() {
        batch.set(Kind::Feature, id, &fields);
    } else {
        fields.insert("code".to_owned(), json!(code));
        batch.create_as(Kind::Feature, id, &fields);
    }
    let name = project.state().get::<Code>(code).map_or_else(|| project.label(code), |code| code.name);
    Ok((name, project.label(statement)))
}
