//! The team's own codings compared: which coder put which code on which numbered unit.
//!
//! Counted are the documents that two or more coders have coded, each with the coders who put any code on it.
//! Every numbered unit of such a document is a unit, for every code: `yes` where a coding of that coder touches
//! it, else `no`. A document coded by one person says nothing about agreement and is left out. Of a blind pass the
//! codings count as they stood when it was closed, and all its coders for all its documents, also where one of them put
//! no code ([`super::pass::as_closed`]).
//!
//! Units whose words were destroyed are missing, and so is what a coder said of units by a coding that also stood on
//! such words (`compared`).

mod compared;
mod spans;

pub use compared::{Compared, Put, Said};
pub use spans::{Marked, spans};

use super::resolve;
use crate::codebook::{Code, Tree};
use crate::coding::Coding;
use crate::diagnostic::{Fault, Result, did_you_mean, fault};
use crate::document::Document;
use crate::hypothesis::Hypothesis;
use crate::id::Id;
use crate::project::Project;
use crate::stats::agreement::Ratings;
use std::collections::{BTreeMap, BTreeSet};

/// Of what a comparison is asked: everything where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Names or labels of codes.
    pub codes: Vec<String>,
    /// Tags of coders.
    pub coders: Vec<String>,
    /// Label of a closed pass: what was coded in it, as it stood then.
    pub pass: Option<String>,
}

impl Wanted {
    /// Nothing narrows it.
    pub fn is_everything(&self) -> bool {
        self.codes.is_empty() && self.coders.is_empty() && self.pass.is_none()
    }
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
    /// It is of an earlier moment: a code means itself, whatever it was merged into since.
    pub is_past: bool,
    /// What whoever reads the answer has to know of it.
    pub notes: Vec<String>,
}

/// What the codings of a project say about agreement.
#[derive(Debug)]
pub struct Codings {
    /// By name of the code, or label of the document.
    pub groups: Vec<(String, Ratings)>,
    pub aside: Aside,
}

crate::vocabulary! {
    /// What each group of ratings is about.
    pub enum By "way to group" {
        Code "code",
        /// All codes compared: each unit once for every code.
        Document "document",
    }
}

/// What was compared, and what was left out.
#[derive(Debug)]
pub struct Aside {
    /// Documents that two or more coders have coded.
    pub documents: usize,
    /// Units of these that are left out: their words were destroyed.
    pub gone: usize,
    /// Codings that stand on a former text, or whose words are not on this computer.
    pub left_out: usize,
    /// Codings that a search made and nobody has read yet; they are left out too.
    pub unread: usize,
    /// As in [`Basis`], and what became of codes since.
    pub notes: Vec<String>,
}

/// Ratings code by code, or document by document. Fault `coded-twice`.
pub fn ratings(project: &Project, compared: &Compared, by: By) -> Result<Codings> {
    let groups: Vec<(String, Ratings)> = match by {
        By::Code => {
            let of = |code: &Code| Ok((code.name.clone(), compared.ratings(project, code.id)?));
            compared.codes.iter().map(of).collect::<Result<_>>()?
        }
        By::Document => {
            let mut documents: Vec<Id> = compared.documents.keys().copied().collect();
            documents.sort_by_cached_key(|id| (project.state().label_of(*id), *id));
            let of = |id: Id| Ok((project.label(id), compared.ratings_of(project, id)?));
            documents.into_iter().map(of).collect::<Result<_>>()?
        }
    };
    Ok(Codings { groups, aside: compared.aside() })
}

/// The codings of everybody as they stand now. What was settled in a pass is nobody's own judgement.
pub fn standing(project: &Project) -> Basis {
    let own = project.state().all::<Coding>().into_iter().filter(|one| one.pass.is_none());
    Basis { codings: own.collect(), ..Basis::default() }
}

/// Lays codings beside each other. Faults: `unknown-coder`, `not-compared`, and those of finding a code.
pub fn compare(project: &Project, basis: Basis, wanted: &Wanted) -> Result<Compared> {
    refuse_strangers(project, &basis, &wanted.coders)?;
    let asked =
        wanted.codes.iter().map(|typed| resolve::code_entry(project, typed)).collect::<Result<BTreeSet<Id>>>()?;
    let codes = project.state().all::<Code>();
    let tree = Tree::new(&codes);
    let name =
        |id: Id| codes.iter().find(|code| code.id == id).map_or_else(|| project.label(id), |code| code.name.clone());
    let heirs: BTreeMap<Id, Id> = codes.iter().map(|code| (code.id, tree.stands_for(code.id))).collect();
    let heir = |id: &Id| heirs.get(id).copied().filter(|heir| heir != id);
    let (is_past, of_pass) = (basis.is_past, basis.codes.clone());
    let mut compared = Compared::lay(project, basis, &wanted.coders, &codes)?;
    let meant = |id: &Id| heir(id).filter(|_| !is_past).unwrap_or(*id);
    let only: BTreeSet<Id> = asked.iter().map(meant).collect();
    let used: Vec<Id> = compared.codes.iter().map(|code| code.id).collect();
    compared.codes.retain(|code| only.is_empty() || only.contains(&code.id));
    let mut notes = Vec::new();
    for (id, heir) in asked.iter().filter(|_| !is_past).filter_map(|id| Some((*id, heir(id)?))) {
        notes.push(format!("{0} was merged into {1}: counted is what stands on {1}", name(id), name(heir)));
    }
    for (id, heir) in used.iter().filter(|_| is_past).filter_map(|id| Some((*id, heir(id)?))) {
        let (code, heir_name) = (name(id), name(heir));
        if only.is_empty() || only.contains(&id) {
            notes.push(format!("{code} was merged into {heir_name} since: counted is what was coded as {code} then"));
        } else if only.contains(&heir) {
            notes.push(format!("{code}, merged into {heir_name} since, is not among it: --code \"{code}\""));
        }
    }
    // Where nobody coded a document twice, that is what is wrong.
    let absent = only.iter().find(|id| !used.contains(id)).filter(|_| !compared.documents.is_empty());
    if let Some(absent) = absent {
        let is_of_pass = of_pass.is_empty() || of_pass.contains(absent);
        return Err(not_compared(&name(*absent), is_of_pass, used.iter().map(|id| name(*id)), notes));
    }
    compared.notes.extend(notes);
    Ok(compared)
}

/// A code that the answer would say nothing of.
fn not_compared(code: &str, is_of_pass: bool, used: impl Iterator<Item = String>, notes: Vec<String>) -> Fault {
    let why = if is_of_pass {
        "none of the coders compared put it on the documents that are compared"
    } else {
        "the pass is about other codes"
    };
    let used: Vec<String> = used.collect();
    let compared = if used.is_empty() { "none".to_owned() } else { used.join(", ") };
    fault("not-compared", format!("'{code}' is not compared: {why}"))
        .hints(notes)
        .hint(format!("codes compared: {compared}"))
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
