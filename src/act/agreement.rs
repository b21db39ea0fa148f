//! The team's own codings as ratings: which coder put which code on which numbered unit.
//!
//! Counted are the documents that two or more coders have coded, each with the coders who put any code on it.
//! Every numbered unit of such a document is a unit, for every code: `yes` where a coding of that coder touches
//! it, else `no`. A document coded by one person says nothing about agreement and is left out.

use super::resolve;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::id::Id;
use crate::passage::Wholeness;
use crate::project::Project;
use crate::stats::agreement::{Categories, Gathering, Ratings};
use std::collections::{BTreeMap, BTreeSet};

/// What the codings of a project say about agreement.
#[derive(Debug)]
pub struct Codings {
    /// By name of the code.
    pub codes: Vec<(String, Ratings)>,
    /// Documents that two or more coders have coded.
    pub documents: usize,
    /// Codings whose words are no longer where they were, stand on a former text, or are not on this computer.
    pub left_out: usize,
    /// Codings that a search made and nobody has read yet; they are left out too.
    pub unread: usize,
}

/// Document and code to the units each coder put the code on.
type Touched = BTreeMap<(Id, Id), BTreeMap<String, BTreeSet<usize>>>;

/// Ratings code by code; of all codes where `only` names none.
pub fn codings(project: &Project, only: &[String]) -> Result<Codings> {
    let only = only.iter().map(|typed| resolve::code(project, typed)).collect::<Result<BTreeSet<Id>>>()?;
    let lookup = project.lookup();
    let mut coders: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
    let mut touched = Touched::new();
    let (mut left_out, mut unread) = (0, 0);
    for coding in project.state().all::<Coding>() {
        if coding.unread {
            unread += 1;
            continue;
        }
        let quotation = project.quotation(&lookup, &coding.anchor)?;
        if quotation.wholeness != Wholeness::Whole {
            left_out += 1;
            continue;
        }
        let document = coding.anchor.document;
        let held = lookup.document(document);
        let units = held.map(|held| project.units_in_force(held, &coding.anchor)).transpose()?.flatten();
        let Some(units) = units else {
            left_out += 1;
            continue;
        };
        coders.entry(document).or_default().insert(coding.coder.clone());
        let by_coder = touched.entry((document, coding.code)).or_default();
        by_coder.entry(coding.coder).or_default().extend(units);
    }
    coders.retain(|_, coders| coders.len() > 1);
    if coders.is_empty() {
        return Err(fault("coded-once", "no document has been coded by two people")
            .hint("a second coder codes the same document: realist --coder TAG code add D1.gj t14 --code trust")
            .hint("statistics of a table: realist stats agreement FILE.csv"));
    }
    let mut codes = Vec::new();
    for code in project.state().all::<Code>() {
        let is_used = coders.keys().any(|document| touched.contains_key(&(*document, code.id)));
        if !is_used || !(only.is_empty() || only.contains(&code.id)) {
            continue;
        }
        let mut gathering = Gathering::default();
        for (document, coders) in &coders {
            let nobody = BTreeMap::new();
            let by_coder = touched.get(&(*document, code.id)).unwrap_or(&nobody);
            let units =
                lookup.document(*document).and_then(|one| one.versions.get(&one.version)).map_or(0, |one| one.units);
            let label = project.label(*document);
            for unit in 1..=units {
                let name = format!("{label}/{unit}");
                for coder in coders {
                    let yes = by_coder.get(coder).is_some_and(|touched| touched.contains(&unit));
                    gathering.add(&name, coder, if yes { "yes" } else { "no" });
                }
            }
        }
        let ratings = gathering.finish(Categories::given(&["no", "yes"])).map_err(|twice| {
            fault("coded-twice", format!("two documents share the place {}", twice.unit)).hint("run `realist check`")
        })?;
        codes.push((code.name, ratings));
    }
    codes.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(Codings { codes, documents: coders.len(), left_out, unread })
}
