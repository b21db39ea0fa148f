//! What coders differ on, gathered for the agenda: the same units as [`super::agreement`] rates, joined into places,
//! with the words there, the codes others gave, and the memos on the codings.

mod configurations;
mod words;

use super::agreement::{Compared, Put, Wanted, compare, standing};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::memo::{Access, Memo};
use crate::project::Project;
use crate::report::disagreements::Disagreements;
use crate::report::disagreements::found::{About, Applied, Configurations, Disputed, Noted, Other, Pair, Place};
use crate::stats::Defined;
use crate::stats::agreement::{Metric, Weights, agreement, splits};
use std::collections::{BTreeMap, BTreeSet};
use words::Reader;

/// Neighbouring units on which the same coders differ.
#[derive(Debug, PartialEq, Eq)]
struct Run<'c> {
    first: usize,
    last: usize,
    /// Who has the code there.
    having: BTreeSet<&'c str>,
}

/// Everything coders differ on, of the codings as they stand now, and of the statements they read from one passage (where
/// no code is asked for). Faults as for [`super::agreement::codings`].
pub fn gather(project: &Project, wanted: &Wanted) -> Result<Disagreements> {
    let configurations = if wanted.codes.is_empty() {
        configurations::gather(project, &wanted.coders)?
    } else {
        Configurations::default()
    };
    let compared = compare(project, standing(project), wanted)?;
    if configurations.passages == 0 {
        compared.refuse_one_coder(project)?;
    }
    let names: BTreeMap<Id, String> =
        project.state().all::<Code>().into_iter().map(|code| (code.id, code.name)).collect();
    let gatherer = Gatherer { project, compared: &compared, names, reader: Reader::of(project) };
    let mut codes = compared.codes.iter().map(|code| gatherer.code(code)).collect::<Result<Vec<_>>>()?;
    // Codes are in the order of their names, and stay so where they are disputed alike.
    codes.sort_by_key(|one| std::cmp::Reverse((one.places.len(), one.differ)));
    Ok(Disagreements {
        documents: compared.documents.len(),
        left_out: compared.left_out,
        unread: compared.unread,
        codes,
        pairs: pairs(&compared),
        configurations,
    })
}

struct Gatherer<'p> {
    project: &'p Project,
    compared: &'p Compared,
    names: BTreeMap<Id, String>,
    reader: Reader<'p>,
}

impl Gatherer<'_> {
    fn code(&self, code: &Code) -> Result<Disputed> {
        let ratings = self.compared.ratings(self.project, code.id)?;
        let metrics = [Metric::Percent, Metric::KrippendorffAlphaNominal, Metric::GwetAc1];
        let mut values = agreement(&ratings, &metrics, Weights::Identity, None)
            .into_iter()
            .map(|one| -> Defined { one.coefficient.map(|one| one.value) });
        let mut next = || values.next().unwrap_or_else(|| crate::stats::undefined("not computed"));
        let (percent, alpha, ac1) = (next(), next(), next());
        let mut documents: Vec<Id> = self.compared.documents.keys().copied().collect();
        documents.sort_by_cached_key(|id| (self.project.state().label_of(*id), *id));
        let mut places = Vec::new();
        for document in documents {
            let nobody = BTreeMap::new();
            let put = self.compared.put(document, code.id).unwrap_or(&nobody);
            let touched = self.compared.touched(document, code.id);
            for run in runs(&touched, put) {
                places.push(self.place(document, code.id, &run, &touched)?);
            }
        }
        let (units, differ) = (ratings.units().len(), splits(&ratings).len());
        Ok(Disputed { code: code.id, units, differ, percent, alpha, ac1, places })
    }

    fn place(&self, document: Id, code: Id, run: &Run, touched: &BTreeMap<&str, BTreeSet<usize>>) -> Result<Place> {
        let nobody = BTreeMap::new();
        let put = self.compared.put(document, code).unwrap_or(&nobody);
        let here: Vec<&Put> = put
            .iter()
            .filter(|(coder, _)| run.having.contains(coder.as_str()))
            .flat_map(|(_, put)| put)
            .filter(|put| *put.units.start() <= run.last && run.first <= *put.units.end())
            .collect();
        let without: Vec<&str> = touched.keys().copied().filter(|coder| !run.having.contains(coder)).collect();
        let has_it_nearby =
            |put: &&Put| without.iter().any(|coder| touched[coder].range(put.units.clone()).next().is_some());
        let about = if here.iter().any(has_it_nearby) { About::Extent } else { About::Whether };
        let anchors: Vec<_> = here.iter().map(|put| &put.coding.anchor).collect();
        let text = self.reader.read(document, (run.first, run.last), &anchors)?;
        let applied = here.iter().map(|put| self.applied(put, &text)).collect::<Result<Vec<Applied>>>()?;
        let others = without.iter().map(|coder| self.other(document, coder, run)).collect();
        Ok(Place {
            document,
            units: (run.first, run.last),
            about,
            applied,
            others,
            said: text.said,
            unsaid: text.unsaid,
            before: text.before,
            after: text.after,
            memos: here.iter().flat_map(|put| self.memos(&put.coding)).collect(),
        })
    }

    fn applied(&self, put: &Put, text: &words::Text) -> Result<Applied> {
        let (marked, is_all) = self.reader.mark(&put.coding.anchor, text)?;
        Ok(Applied { coder: put.coding.coder.clone(), coding: self.project.label(put.coding.id), marked, is_all })
    }

    fn other(&self, document: Id, coder: &str, run: &Run) -> Other {
        let here = self.compared.by_coder(document, coder);
        let here = here.filter(|put| *put.units.start() <= run.last && run.first <= *put.units.end());
        let codes: BTreeSet<&String> = here.filter_map(|put| self.names.get(&put.coding.code)).collect();
        Other { coder: coder.to_owned(), codes: codes.into_iter().cloned().collect() }
    }

    fn memos(&self, coding: &Coding) -> Vec<Noted> {
        let own = coding.memo.clone().filter(|text| !text.trim().is_empty()).map(|text| Noted {
            id: self.project.label(coding.id),
            author: Some(coding.coder.clone()),
            access: Access::Team,
            text,
        });
        let about = self.project.state().about::<Memo>(coding.id).into_iter();
        let about = about.filter(|memo| memo.about == Some(coding.id) && memo.access != Access::Private);
        let read = about.filter_map(|memo| {
            let text = self.project.unseal_text(&memo.text)?;
            Some(Noted { id: self.project.label(memo.id), author: memo.author, access: memo.access, text })
        });
        own.into_iter().chain(read).collect()
    }
}

/// Units on which coders differ, joined where one coding runs over them and the same coders have the code.
fn runs<'c>(touched: &BTreeMap<&'c str, BTreeSet<usize>>, put: &BTreeMap<String, Vec<Put>>) -> Vec<Run<'c>> {
    let all: BTreeSet<usize> = touched.values().flatten().copied().collect();
    let mut runs: Vec<Run> = Vec::new();
    for unit in all {
        let having: BTreeSet<&str> =
            touched.iter().filter(|(_, units)| units.contains(&unit)).map(|(coder, _)| *coder).collect();
        if having.len() == touched.len() {
            continue;
        }
        let runs_over = |put: &Put| put.units.contains(&unit) && put.units.contains(&(unit - 1));
        match runs.last_mut() {
            Some(run) if run.last + 1 == unit && run.having == having && put.values().flatten().any(runs_over) => {
                run.last = unit;
            }
            _ => runs.push(Run { first: unit, last: unit, having }),
        }
    }
    runs
}

/// Each pair of coders over the documents both coded.
fn pairs(compared: &Compared) -> Vec<Pair> {
    let mut pairs: BTreeMap<(&str, &str), Pair> = BTreeMap::new();
    for (document, coders) in &compared.documents {
        let touched: Vec<_> = compared.codes.iter().map(|code| compared.touched(*document, code.id)).collect();
        let coders: Vec<&str> = coders.iter().map(String::as_str).collect();
        for (at, one) in coders.iter().enumerate() {
            for other in &coders[at + 1..] {
                let pair = pairs.entry((one, other)).or_insert_with(|| Pair {
                    coders: ((*one).to_owned(), (*other).to_owned()),
                    documents: 0,
                    both: 0,
                    differ: 0,
                });
                pair.documents += 1;
                for touched in &touched {
                    pair.both += touched[one].intersection(&touched[other]).count();
                    pair.differ += touched[one].symmetric_difference(&touched[other]).count();
                }
            }
        }
    }
    pairs.into_values().collect()
}
