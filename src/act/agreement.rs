//! The team's own codings compared: which coder put which code on which numbered unit.
//!
//! Counted are the documents that two or more coders have coded, each with the coders who put any code on it.
//! Every numbered unit of such a document is a unit, for every code: `yes` where a coding of that coder touches
//! it, else `no`. A document coded by one person says nothing about agreement and is left out. Of a blind pass the
//! codings count as they stood when it was closed, and all its coders for all its documents, also where one of them put
//! no code ([`super::pass::as_closed`]).

use super::resolve;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::document::Document;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::pass::Pass;
use crate::passage::Wholeness;
use crate::project::Project;
use crate::stats::agreement::{Categories, Gathering, Ratings};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// Of what a comparison is asked: everything where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Names or labels of codes.
    pub codes: Vec<String>,
    /// Tags of coders.
    pub coders: Vec<String>,
}

/// What is laid beside each other.
#[derive(Debug, Default)]
pub struct Basis {
    pub codings: Vec<Coding>,
    /// Who counts for a document, whether they put a code on it or not.
    pub coders: BTreeMap<Id, BTreeSet<String>>,
    /// Documents as they were when that was coded; of the others the text in force counts.
    pub documents: BTreeMap<Id, Document>,
    /// The codes compared; none: all.
    pub codes: BTreeSet<Id>,
}

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

/// A coding by the numbered units it touches.
#[derive(Debug, Clone)]
pub struct Put {
    pub coding: Coding,
    pub units: RangeInclusive<usize>,
}

/// Who put what where.
#[derive(Debug)]
pub struct Compared {
    /// The codes asked for that occur in these documents, by name.
    pub codes: Vec<Code>,
    /// Documents that two or more coders have coded, with these coders.
    pub documents: BTreeMap<Id, BTreeSet<String>>,
    /// Numbered units of each.
    units: BTreeMap<Id, usize>,
    put: BTreeMap<(Id, Id), BTreeMap<String, Vec<Put>>>,
    /// As in [`Codings`].
    pub left_out: usize,
    pub unread: usize,
}

/// Ratings code by code, of the codings as they stand.
///
/// Faults: `coded-once`, `unknown-coder`, and those of finding a code.
pub fn codings(project: &Project, wanted: &Wanted) -> Result<Codings> {
    ratings(project, standing(project), wanted)
}

/// The same of codings as they stood once.
pub fn ratings(project: &Project, basis: Basis, wanted: &Wanted) -> Result<Codings> {
    let compared = compare(project, basis, wanted)?;
    compared.refuse_one_coder(project)?;
    let ratings = |code: &Code| Ok((code.name.clone(), compared.ratings(project, code.id)?));
    Ok(Codings {
        codes: compared.codes.iter().map(ratings).collect::<Result<_>>()?,
        documents: compared.documents.len(),
        left_out: compared.left_out,
        unread: compared.unread,
    })
}

/// The codings that are compared: those of everybody, as they stand now. What was settled in a pass is nobody's
/// own judgement.
pub fn standing(project: &Project) -> Basis {
    let own = project.state().all::<Coding>().into_iter().filter(|one| one.pass.is_none());
    Basis { codings: own.collect(), ..Basis::default() }
}

/// Lays codings beside each other. Faults: `unknown-coder`, and those of finding a code.
pub fn compare(project: &Project, basis: Basis, wanted: &Wanted) -> Result<Compared> {
    let only = wanted.codes.iter().map(|typed| resolve::code(project, typed)).collect::<Result<BTreeSet<Id>>>()?;
    refuse_strangers(project, &basis, &wanted.coders)?;
    let lookup = project.lookup();
    let is_wanted = |coder: &String| wanted.coders.is_empty() || wanted.coders.contains(coder);
    let mut documents = basis.coders;
    for coders in documents.values_mut() {
        coders.retain(is_wanted);
    }
    let document_of = |id: Id| basis.documents.get(&id).or_else(|| lookup.document(id));
    let mut put: BTreeMap<(Id, Id), BTreeMap<String, Vec<Put>>> = BTreeMap::new();
    let (mut left_out, mut unread) = (0, 0);
    for coding in basis.codings.into_iter().filter(|coding| is_wanted(&coding.coder)) {
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
        documents.entry(document).or_default().insert(coding.coder.clone());
        let by_coder = put.entry((document, coding.code)).or_default();
        by_coder.entry(coding.coder.clone()).or_default().push(Put { coding, units });
    }
    documents.retain(|_, coders| coders.len() > 1);
    put.retain(|(document, _), _| documents.contains_key(document));
    let used: BTreeSet<Id> = put.keys().map(|(_, code)| *code).collect();
    let is_asked = |asked: &BTreeSet<Id>, code: &Code| asked.is_empty() || asked.contains(&code.id);
    let mut codes = project.state().all::<Code>();
    codes.retain(|code| used.contains(&code.id) && is_asked(&only, code) && is_asked(&basis.codes, code));
    codes.sort_by(|a, b| a.name.cmp(&b.name));
    let units_of = |id: Id| document_of(id).and_then(|one| one.versions.get(&one.version)).map_or(0, |one| one.units);
    let units = documents.keys().map(|id| (*id, units_of(*id))).collect();
    Ok(Compared { codes, documents, units, put, left_out, unread })
}

/// A tag under which nobody has coded or written a statement.
fn refuse_strangers(project: &Project, basis: &Basis, wanted: &[String]) -> Result<()> {
    if wanted.is_empty() {
        return Ok(());
    }
    let authors = project.state().all::<Hypothesis>().into_iter().map(|one| one.author);
    let coders = basis.codings.iter().map(|coding| &coding.coder).chain(basis.coders.values().flatten());
    let known: BTreeSet<String> = coders.cloned().chain(authors).collect();
    let Some(stranger) = wanted.iter().find(|tag| !known.contains(*tag)) else { return Ok(()) };
    let near = did_you_mean(stranger, known.iter().map(String::as_str));
    let refused = fault("unknown-coder", format!("'{stranger}' has coded nothing and written no statement"));
    let coders: Vec<String> = known.into_iter().filter(|tag| !tag.is_empty()).collect();
    Err(resolve::meant(refused, &near).hint(format!("coders: {}", coders.join(", "))))
}

impl Compared {
    /// Fault `coded-once`: there is nothing to compare.
    pub fn refuse_one_coder(&self, project: &Project) -> Result<()> {
        if !self.documents.is_empty() {
            return Ok(());
        }
        let refused = fault("coded-once", "no document has been coded by two people");
        let mut open = project.state().all::<Pass>();
        open.retain(Pass::is_open);
        let hidden = open.iter().map(|pass| {
            let label = project.label(pass.id);
            format!("{label} is still open, and hides what others code in it: realist pass show {label}")
        });
        let refused = refused.hints(hidden);
        let refused = if open.is_empty() {
            refused.hint("a second coder codes the same document: realist --coder TAG code add D1.gj t14 --code trust")
        } else {
            refused
        };
        Err(refused.hint("statistics of a table: realist stats agreement FILE.csv"))
    }

    /// What each coder put of a code on a document; who put nothing is not there.
    pub fn put(&self, document: Id, code: Id) -> Option<&BTreeMap<String, Vec<Put>>> {
        self.put.get(&(document, code))
    }

    /// The units each coder's codings of a code touch; every coder of the document is there.
    pub fn touched(&self, document: Id, code: Id) -> BTreeMap<&str, BTreeSet<usize>> {
        let put = self.put(document, code);
        let units = |coder: &String| {
            let put = put.and_then(|by_coder| by_coder.get(coder)).map_or(&[][..], Vec::as_slice);
            put.iter().flat_map(|put| put.units.clone()).collect()
        };
        let coders = self.documents.get(&document).into_iter().flatten();
        coders.map(|coder| (coder.as_str(), units(coder))).collect()
    }

    /// Everything a coder put on a document, whatever the code.
    pub fn by_coder<'c>(&'c self, document: Id, coder: &'c str) -> impl Iterator<Item = &'c Put> {
        let of_document = self.put.iter().filter(move |((place, _), _)| *place == document);
        of_document.filter_map(move |(_, by_coder)| by_coder.get(coder)).flatten()
    }

    /// What coders said of a code, unit by unit. Fault `coded-twice`.
    pub fn ratings(&self, project: &Project, code: Id) -> Result<Ratings> {
        let mut gathering = Gathering::default();
        for document in self.documents.keys() {
            let touched = self.touched(*document, code);
            let label = project.label(*document);
            for unit in 1..=self.units.get(document).copied().unwrap_or_default() {
                let name = format!("{label}/{unit}");
                for (coder, units) in &touched {
                    gathering.add(&name, coder, if units.contains(&unit) { "yes" } else { "no" });
                }
            }
        }
        gathering.finish(Categories::given(&["no", "yes"])).map_err(|twice| {
            fault("coded-twice", format!("two documents share the place {}", twice.unit)).hint("run `realist check`")
        })
    }
}
