//! What coders differ on, gathered for the agenda: the same units as [`super::agreement`] rates, joined into places,
//! with the words there, the codes others gave, and the memos on the codings.

mod configurations;
mod since;
mod words;

use super::agreement::{Compared, Put, Said, Wanted};
use super::{memo, pass};
use crate::codebook::Code;
use crate::diagnostic::Result;
use crate::id::Id;
use crate::project::Project;
use crate::report::disagreements::Disagreements;
use crate::report::disagreements::found::{About, Applied, Configurations, Disputed, OfPass, Other, Pair, Place};
use crate::stats::Defined;
use crate::stats::agreement::{Metric, Weights, agreement, splits};
use since::Outcomes;
use std::collections::{BTreeMap, BTreeSet};
use words::Reader;

/// Neighbouring units on which the same coders differ.
#[derive(Debug, PartialEq, Eq)]
struct Run<'c> {
    first: usize,
    last: usize,
    /// Who has the code there, and who has said that it is not there.
    having: BTreeSet<&'c str>,
    lacking: BTreeSet<&'c str>,
}

/// Everything coders differ on, of the codings as they stand now or as they stood when a pass was closed; and of the
/// statements they read from one passage, where neither a code nor a pass is asked for. Faults as for
/// [`super::agreement::compare`] and [`pass::as_closed`], `coded-once`.
pub fn gather(project: &Project, wanted: &Wanted) -> Result<Disagreements> {
    let configurations = if wanted.codes.is_empty() && wanted.pass.is_none() {
        configurations::gather(project, &wanted.coders)?
    } else {
        Configurations::default()
    };
    let compared = pass::compared(project, wanted)?;
    if configurations.passages == 0 {
        compared.refuse_one_coder(project)?;
    }
    let of_pass = wanted.pass.as_deref().map(|typed| pass::named(project, typed)).transpose()?;
    let names: BTreeMap<Id, String> =
        project.state().all::<Code>().into_iter().map(|code| (code.id, code.name)).collect();
    let outcomes = wanted.pass.as_deref().map(|typed| Outcomes::of(project, typed)).transpose()?;
    let gatherer = Gatherer { project, compared: &compared, names, reader: Reader::of(project), outcomes };
    let mut codes = compared.codes.iter().map(|code| gatherer.code(code)).collect::<Result<Vec<_>>>()?;
    // Codes are in the order of their names, and stay so where they are disputed alike.
    codes.sort_by_key(|one| std::cmp::Reverse((one.open(), one.places.len(), one.differ)));
    Ok(Disagreements {
        of_pass: of_pass.map(|(label, name)| OfPass { label, name }),
        notes: compared.notes.clone(),
        documents: compared.documents.len(),
        gone: compared.units_gone(),
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
    /// Of a pass: what was settled since.
    outcomes: Option<Outcomes>,
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
            let said = self.compared.said(document, code.id);
            for run in runs(&said, put) {
                places.push(self.place(document, code.id, &run, &said)?);
            }
        }
        places.sort_by_key(|place| !place.is_open());
        let (units, differ) = (ratings.units().len(), splits(&ratings).len());
        Ok(Disputed { code: code.id, units, differ, percent, alpha, ac1, places })
    }

    fn place(&self, document: Id, code: Id, run: &Run, of_code: &Said) -> Result<Place> {
        let nobody = BTreeMap::new();
        let put = self.compared.put(document, code).unwrap_or(&nobody);
        let here: Vec<&Put> = put
            .iter()
            .filter(|(coder, _)| run.having.contains(coder.as_str()))
            .flat_map(|(_, put)| put)
            .filter(|put| !put.is_gone && *put.units.start() <= run.last && run.first <= *put.units.end())
            .collect();
        let has_it_nearby = |put: &&Put| run.lacking.iter().any(|coder| of_code.has_any(coder, &put.units));
        let about = if here.iter().any(has_it_nearby) { About::Extent } else { About::Whether };
        let anchors: Vec<_> = here.iter().map(|put| &put.coding.anchor).collect();
        let text = self.reader.read(document, (run.first, run.last), &anchors)?;
        let applied = here.iter().map(|put| self.applied(put, &text)).collect::<Result<Vec<Applied>>>()?;
        let others = run.lacking.iter().map(|coder| self.other(document, coder, run)).collect();
        let since = self.outcomes.as_ref().and_then(|all| Some((all, all.passage(document, code, run.first)?)));
        let since = since.map(|(all, item)| all.since(self.project, &self.reader, item)).transpose()?;
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
            memos: here.iter().flat_map(|put| memo::on_coding(self.project, &put.coding)).collect(),
            since,
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
}

/// Units on which coders differ, joined where one coding runs over them and the same coders have the code.
fn runs<'c>(said: &Said<'c>, put: &BTreeMap<String, Vec<Put>>) -> Vec<Run<'c>> {
    let mut runs: Vec<Run> = Vec::new();
    for unit in said.units() {
        let (having, lacking) = (said.who(unit, true), said.who(unit, false));
        if having.is_empty() || lacking.is_empty() {
            continue;
        }
        let runs_over = |put: &Put| put.units.contains(&unit) && put.units.contains(&(unit - 1));
        let goes_on = |run: &Run| (run.last + 1, &run.having, &run.lacking) == (unit, &having, &lacking);
        match runs.last_mut().filter(|run| goes_on(run)) {
            Some(run) if put.values().flatten().any(runs_over) => run.last = unit,
            _ => runs.push(Run { first: unit, last: unit, having, lacking }),
        }
    }
    runs
}

/// Each pair of coders over the documents both coded.
fn pairs(compared: &Compared) -> Vec<Pair> {
    let mut pairs: BTreeMap<(&str, &str), Pair> = BTreeMap::new();
    for (document, coders) in &compared.documents {
        let said: Vec<Said> = compared.codes.iter().map(|code| compared.said(*document, code.id)).collect();
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
                for (differ, both) in said.iter().map(|said| said.between(one, other)) {
                    pair.both += both;
                    pair.differ += differ;
                }
            }
        }
    }
    pairs.into_values().collect()
}
