//! Codings laid beside each other, unit by unit.
//!
//! What a coder said of a unit for a code is yes, no, or **missing**: the unit's words were destroyed, or the only
//! coding that would say yes also stood on destroyed words, so that what was judged is not there any more.

use super::{Aside, Basis};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::id::Id;
use crate::pass::Pass;
use crate::passage::Wholeness;
use crate::project::{Lookup, Project};
use crate::stats::agreement::{Categories, Gathering, Ratings};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// A coding by the numbered units it touches.
#[derive(Debug, Clone)]
pub struct Put {
    pub coding: Coding,
    pub units: RangeInclusive<usize>,
    /// Some of its words, or all, were destroyed: it says nothing any more.
    pub is_gone: bool,
}

/// What each coder put, by tag.
type ByCoder = BTreeMap<String, Vec<Put>>;

/// Who put what where.
#[derive(Debug)]
pub struct Compared {
    /// The codes asked for that were put on these documents, by name.
    pub codes: Vec<Code>,
    /// Documents that two or more coders have coded, with these coders, and of which anything is left.
    pub documents: BTreeMap<Id, BTreeSet<String>>,
    /// These documents as they were when that was coded.
    as_read: BTreeMap<Id, Document>,
    /// Numbered units of each document that anybody coded.
    units: BTreeMap<Id, usize>,
    /// Units whose words were destroyed.
    gone: BTreeMap<Id, BTreeSet<usize>>,
    put: BTreeMap<(Id, Id), ByCoder>,
    /// As in [`Aside`].
    pub left_out: usize,
    pub unread: usize,
    pub notes: Vec<String>,
}

impl Compared {
    pub(super) fn lay(project: &Project, basis: Basis, coders: &[String], codes: &[Code]) -> Result<Self> {
        let is_wanted = |coder: &String| coders.is_empty() || coders.contains(coder);
        let lookup = project.lookup();
        let mut of_document = basis.coders;
        for coders in of_document.values_mut() {
            coders.retain(is_wanted);
        }
        let document_of = |id: Id| basis.documents.get(&id).or_else(|| lookup.document(id));
        let mut laid = Compared {
            codes: Vec::new(),
            documents: BTreeMap::new(),
            as_read: BTreeMap::new(),
            units: BTreeMap::new(),
            gone: BTreeMap::new(),
            put: BTreeMap::new(),
            left_out: 0,
            unread: 0,
            notes: basis.notes,
        };
        for coding in basis.codings.into_iter().filter(|coding| is_wanted(&coding.coder)) {
            if coding.unread {
                laid.unread += 1;
                continue;
            }
            let document = coding.anchor.document;
            let Some((units, is_gone)) = touched(project, &lookup, document_of(document), &coding)? else {
                laid.left_out += 1;
                continue;
            };
            of_document.entry(document).or_default().insert(coding.coder.clone());
            let by_coder = laid.put.entry((document, coding.code)).or_default();
            by_coder.entry(coding.coder.clone()).or_default().push(Put { coding, units, is_gone });
        }
        for (id, coders) in of_document {
            let Some(document) = document_of(id) else { continue };
            let units = document.versions.get(&document.version).map_or(0, |one| one.units);
            laid.units.insert(id, units);
            if coders.len() > 1 {
                laid.gone.insert(id, project.units_gone(document)?);
                laid.as_read.insert(id, document.clone());
                laid.documents.insert(id, coders);
            }
        }
        let is_left = |id: &Id| laid.gone.get(id).map_or(0, BTreeSet::len) < laid.units[id];
        laid.documents.retain(|id, _| is_left(id));
        let used: BTreeSet<Id> = laid
            .put
            .keys()
            .filter(|(document, _)| laid.documents.contains_key(document))
            .map(|(_, code)| *code)
            .collect();
        let counts =
            |code: &&Code| used.contains(&code.id) && (basis.codes.is_empty() || basis.codes.contains(&code.id));
        laid.codes = codes.iter().filter(counts).cloned().collect();
        laid.codes.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(laid)
    }

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

    /// Units that are left out of documents that two or more coders have coded: their words were destroyed.
    pub fn units_gone(&self) -> usize {
        self.gone.values().map(BTreeSet::len).sum()
    }

    pub fn aside(&self) -> Aside {
        Aside {
            documents: self.documents.len(),
            gone: self.units_gone(),
            left_out: self.left_out,
            unread: self.unread,
            notes: self.notes.clone(),
        }
    }

    /// A document that is compared, as it was when it was coded.
    pub fn as_read(&self, document: Id) -> Option<&Document> {
        self.as_read.get(&document).filter(|_| self.documents.contains_key(&document))
    }

    /// Units of a document of which not every coder's word on the codes compared is known: their own words were
    /// destroyed, or a coding on them also stood on destroyed words.
    pub fn silent_units(&self, document: Id) -> BTreeSet<usize> {
        let put = self.codes.iter().filter_map(|code| self.put(document, code.id)).flat_map(BTreeMap::values).flatten();
        let lost = put.filter(|put| put.is_gone).flat_map(|put| put.units.clone());
        lost.chain(self.gone.get(&document).into_iter().flatten().copied()).collect()
    }

    /// Every document and code that anything was put on, also where one coder alone has coded.
    pub fn pairs(&self) -> impl Iterator<Item = (Id, Id)> {
        self.put.keys().copied()
    }

    /// What each coder put of a code on a document; who put nothing is not there.
    pub fn put(&self, document: Id, code: Id) -> Option<&ByCoder> {
        self.put.get(&(document, code))
    }

    /// Everything a coder put on a document that still says something, whatever the code.
    pub fn by_coder<'c>(&'c self, document: Id, coder: &'c str) -> impl Iterator<Item = &'c Put> {
        let of_document = self.put.iter().filter(move |((place, _), _)| *place == document);
        of_document.filter_map(move |(_, by_coder)| by_coder.get(coder)).flatten().filter(|put| !put.is_gone)
    }

    /// What the coders of a document said of a code, unit by unit.
    pub fn said(&self, document: Id, code: Id) -> Said<'_> {
        let put = self.put(document, code);
        let units = |coder: &String, is_gone: bool| -> BTreeSet<usize> {
            let put = put.and_then(|by_coder| by_coder.get(coder)).map_or(&[][..], Vec::as_slice);
            put.iter().filter(|put| put.is_gone == is_gone).flat_map(|put| put.units.clone()).collect()
        };
        let coders = self.documents.get(&document).into_iter().flatten();
        let own = |coder| Own { yes: units(coder, false), lost: units(coder, true) };
        Said { by: coders.map(|coder| (coder.as_str(), own(coder))).collect(), gone: self.gone.get(&document) }
    }

    /// The codings of a code on a document, whoever made them, as passages: those that touch a unit together,
    /// directly or by way of others, are one. So what the coders said of a unit is said in one passage.
    pub fn passages(&self, document: Id, code: Id) -> Vec<Vec<&Put>> {
        let mut all: Vec<&Put> = self.put(document, code).into_iter().flat_map(BTreeMap::values).flatten().collect();
        all.sort_by_key(|put| (*put.units.start(), *put.units.end(), put.coding.anchor.hull(), put.coding.id));
        let mut passages: Vec<(usize, Vec<&Put>)> = Vec::new();
        for put in all {
            match passages.last_mut().filter(|(end, _)| put.units.start() <= end) {
                Some((end, passage)) => {
                    *end = (*put.units.end()).max(*end);
                    passage.push(put);
                }
                None => passages.push((*put.units.end(), vec![put])),
            }
        }
        passages.into_iter().map(|(_, passage)| passage).collect()
    }

    /// What coders said of a code, unit by unit. Fault `coded-twice`.
    pub fn ratings(&self, project: &Project, code: Id) -> Result<Ratings> {
        let mut gathering = Gathering::default();
        for document in self.documents.keys() {
            let label = project.label(*document);
            self.gather(*document, code, |unit| format!("{label}/{unit}"), &mut gathering);
        }
        finished(gathering)
    }

    /// What coders said of a document, unit by unit and code by code. Fault `coded-twice`.
    pub fn ratings_of(&self, project: &Project, document: Id) -> Result<Ratings> {
        let mut gathering = Gathering::default();
        let label = project.label(document);
        for code in &self.codes {
            self.gather(document, code.id, |unit| format!("{label}/{unit} {}", code.name), &mut gathering);
        }
        finished(gathering)
    }

    fn gather(&self, document: Id, code: Id, name: impl Fn(usize) -> String, gathering: &mut Gathering) {
        let said = self.said(document, code);
        for unit in 1..=self.units.get(&document).copied().unwrap_or_default() {
            let name = name(unit);
            for (coder, yes) in said.coders().filter_map(|coder| Some((coder, said.of(coder, unit)?))) {
                gathering.add(&name, coder, if yes { "yes" } else { "no" });
            }
        }
    }
}

fn finished(mut gathering: Gathering) -> Result<Ratings> {
    gathering.sort_coders();
    gathering.finish(Categories::given(&["no", "yes"])).map_err(|twice| {
        fault("coded-twice", format!("two documents share the place {}", twice.unit)).hint("run `realist check`")
    })
}

/// The units that a coding touches, and whether its words were destroyed; `None` where it stands on a former text or
/// the text is not on this computer.
fn touched(
    project: &Project,
    lookup: &Lookup,
    document: Option<&Document>,
    coding: &Coding,
) -> Result<Option<(RangeInclusive<usize>, bool)>> {
    let Some(document) = document else { return Ok(None) };
    Ok(match project.quotation(lookup, &coding.anchor)?.wholeness {
        Wholeness::Whole => project.units_in_force(document, &coding.anchor)?.map(|units| (units, false)),
        Wholeness::Purged => project.units_before(document, &coding.anchor)?.map(|units| (units, true)),
        Wholeness::Stale | Wholeness::Missing => None,
    })
}

/// What the coders of one document said of one code.
#[derive(Debug)]
pub struct Said<'c> {
    by: BTreeMap<&'c str, Own>,
    /// Units whose words were destroyed.
    gone: Option<&'c BTreeSet<usize>>,
}

/// Units that one coder's codings touch: those that stand, and those whose words were destroyed.
#[derive(Debug, Default)]
struct Own {
    yes: BTreeSet<usize>,
    lost: BTreeSet<usize>,
}

impl<'c> Said<'c> {
    pub fn coders(&self) -> impl Iterator<Item = &'c str> + '_ {
        self.by.keys().copied()
    }

    /// What a coder said of a unit; `None` where it is missing.
    pub fn of(&self, coder: &str, unit: usize) -> Option<bool> {
        let own = self.by.get(coder)?;
        let is_yes = own.yes.contains(&unit);
        let is_missing = self.gone.is_some_and(|gone| gone.contains(&unit)) || (own.lost.contains(&unit) && !is_yes);
        (!is_missing).then_some(is_yes)
    }

    /// Units of which anybody said yes.
    pub fn units(&self) -> BTreeSet<usize> {
        self.by.values().flat_map(|own| &own.yes).copied().collect()
    }

    /// Who said this of a unit.
    pub fn who(&self, unit: usize, said: bool) -> BTreeSet<&'c str> {
        self.coders().filter(|coder| self.of(coder, unit) == Some(said)).collect()
    }

    /// Of one of these units one coder said yes and another no.
    pub fn differ(&self, units: &RangeInclusive<usize>) -> bool {
        units.clone().any(|unit| !self.who(unit, true).is_empty() && !self.who(unit, false).is_empty())
    }

    /// Two coders or more said something of one of these units.
    pub fn compares(&self, units: &RangeInclusive<usize>) -> bool {
        units.clone().any(|unit| self.who(unit, true).len() + self.who(unit, false).len() > 1)
    }

    /// A coder has the code on one of these units.
    pub fn has_any(&self, coder: &str, units: &RangeInclusive<usize>) -> bool {
        self.by.get(coder).is_some_and(|own| own.yes.range(units.clone()).next().is_some())
    }

    /// How many units one of two coders gave the code and the other said no of, and how many both gave it.
    pub fn between(&self, one: &str, other: &str) -> (usize, usize) {
        let judged = |unit: usize| Some((self.of(one, unit)?, self.of(other, unit)?));
        let all: Vec<(bool, bool)> = self.units().into_iter().filter_map(judged).collect();
        let differ = all.iter().filter(|(a, b)| a != b).count();
        (differ, all.iter().filter(|(a, b)| *a && *b).count())
    }
}
