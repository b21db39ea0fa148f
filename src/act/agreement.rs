//! The team's own codings as ratings: which coder put which code on which numbered unit.
//!
//! Counted are the documents that two or more coders have coded, each with the coders who put any code on it.
//! Every numbered unit of such a document is a unit, for every code: `yes` where a coding of that coder touches
//! it, else `no`. A document coded by one person says nothing about agreement and is left out. Of a blind pass the
//! codings count as they stood when it was closed, and all its coders for all its documents, also where one of them put
//! no code ([`super::pass::as_closed`]).

use super::resolve;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
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

/// What is compared.
#[derive(Debug, Default)]
pub struct Compared {
    pub codings: Vec<Coding>,
    /// Who counts for a document, whether they put a code on it or not.
    pub coders: BTreeMap<Id, BTreeSet<String>>,
    /// Documents as they were when that was coded; of the others the text in force counts.
    pub documents: BTreeMap<Id, Document>,
    /// The codes compared; none: all.
    pub codes: BTreeSet<Id>,
}

/// Ratings code by code; of all codes where `only` names none.
pub fn codings(project: &Project, only: &[String]) -> Result<Codings> {
    // What was settled in a pass is nobody's own judgement.
    let own = project.state().all::<Coding>().into_iter().filter(|one| one.pass.is_none());
    ratings(project, only, Compared { codings: own.collect(), ..Compared::default() })
}

/// The same of codings as they stood once.
pub fn ratings(project: &Project, only: &[String], compared: Compared) -> Result<Codings> {
    let only = only.iter().map(|typed| resolve::code(project, typed)).collect::<Result<BTreeSet<Id>>>()?;
    let Compared { codings, mut coders, documents, codes: compared } = compared;
    let lookup = project.lookup();
    let document_of = |id: Id| documents.get(&id).or_else(|| lookup.document(id));
    let mut touched = Touched::new();
    let (mut left_out, mut unread) = (0, 0);
    for coding in codings {
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
        let held = document_of(document);
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
        let is_asked = |asked: &BTreeSet<Id>| asked.is_empty() || asked.contains(&code.id);
        if !(is_used && is_asked(&only) && is_asked(&compared)) {
            continue;
        }
        let mut gathering = Gathering::default();
        for (document, coders) in &coders {
            let nobody = BTreeMap::new();
            let by_coder = touched.get(&(*document, code.id)).unwrap_or(&nobody);
            let units =
                document_of(*document).and_then(|one| one.versions.get(&one.version)).map_or(0, |one| one.units);
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
