//! Who is to code what: documents given to coders by hand, or drawn by chance for a second coder; and how far
//! each has come.

use super::{join, resolve};
use crate::coding::Coding;
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::history::Fields;
use crate::id::{Id, Kind};
use crate::project::{Batch, Done, Project};
use crate::source::Source;
use crate::stats::chance::{Draws, draw, shuffle};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// What a sample is drawn evenly from.
    pub enum Stratum "way to divide documents" {
        Strand "strand",
        Kind "kind",
        Source "source",
        /// All documents alike.
        Nothing "nothing",
    }
}

/// What is to be drawn for whom.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Of 100.
    pub percent: f64,
    pub by: Stratum,
    pub seed: u64,
    pub to: String,
}

/// What was drawn of one stratum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Drawn {
    pub stratum: String,
    pub documents: usize,
    /// Labels, in order.
    pub drawn: Vec<String>,
}

/// How far a coder has come with a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Progress {
    pub coder: String,
    pub document: String,
    pub units: usize,
    /// Numbered units that a coding of this coder touches; not told while a blind pass hides them.
    pub coded: Option<usize>,
    pub codings: Option<usize>,
    pub done: bool,
}

fn field(tag: &str) -> String {
    format!("assigned:{tag}")
}

/// A coder's tag as it is written. Fault `bad-tag`.
fn tag(typed: &str) -> Result<String> {
    let tag = typed.trim().to_lowercase();
    join::check(&tag).map(|()| tag)
}

/// Puts a document on a coder's list, unless it stands there.
fn give(batch: &mut Batch<'_>, document: Id, to: &str) -> Result<()> {
    let held: Document = resolve::read(batch.project(), document)?;
    if !held.assigned.contains_key(to) {
        batch.set(Kind::Document, document, &Fields::from_iter([(field(to), json!("open"))]));
    }
    Ok(())
}

/// Gives documents to a coder; gives their labels.
pub fn add(project: &mut Project, documents: &[String], to: &str) -> Result<Done<Vec<String>>> {
    let to = tag(to)?;
    project.write("assign add", true, |batch| {
        let ids = documents.iter().map(|typed| resolve::find(batch.project(), Kind::Document, typed));
        let ids = ids.collect::<Result<Vec<Id>>>()?;
        ids.iter().try_for_each(|id| give(batch, *id, &to))?;
        Ok(ids.into_iter().map(|id| batch.project().label(id)).collect())
    })
}

/// Takes documents away from a coder, or says that they are done, or open again; gives their labels.
pub fn set(project: &mut Project, documents: &[String], to: &str, state: Option<bool>) -> Result<Done<Vec<String>>> {
    let to = tag(to)?;
    let (act, value) = match state {
        None => ("assign remove", Value::Null),
        Some(true) => ("assign done", json!("done")),
        Some(false) => ("assign reopen", json!("open")),
    };
    project.write(act, true, |batch| {
        let mut labels = Vec::new();
        for typed in documents {
            let id = resolve::find(batch.project(), Kind::Document, typed)?;
            let held: Document = resolve::read(batch.project(), id)?;
            let label = batch.project().label(id);
            if !held.assigned.contains_key(&to) {
                return Err(fault("not-assigned", format!("{label} was not given to {to}"))
                    .hint(format!("give it: realist assign add {label} --to {to}")));
            }
            batch.set(Kind::Document, id, &Fields::from_iter([(field(&to), value.clone())]));
            labels.push(label);
        }
        Ok(labels)
    })
}

/// Draws documents by chance, evenly from each stratum, and gives them to a coder. Of n documents of a stratum
/// `percent` are drawn, to the nearest whole number, but at least one. The same seed draws the same documents of
/// the same project everywhere.
pub fn sample(project: &mut Project, sample: &Sample) -> Result<Done<Vec<Drawn>>> {
    let to = tag(&sample.to)?;
    if !(sample.percent > 0.0 && sample.percent <= 100.0) {
        return Err(fault("bad-share", format!("{} is no share", sample.percent)).hint("write it as 20%"));
    }
    project.write("assign sample", true, |batch| {
        let strata = strata(batch.project(), sample.by)?;
        let mixed = draw(Draws { number: 1, seed: sample.seed }, |rng| {
            let mix = |documents: &Vec<Id>| {
                let mut mixed = documents.clone();
                shuffle(&mut mixed, rng);
                mixed
            };
            strata.values().map(mix).collect::<Vec<_>>()
        });
        let mut drawn = Vec::new();
        for ((stratum, documents), mixed) in strata.iter().zip(mixed.into_iter().flatten()) {
            let number = share(documents.len(), sample.percent);
            let mut chosen: Vec<Id> = mixed.into_iter().take(number).collect();
            chosen.sort_by_cached_key(|id| (batch.project().state().label_of(*id), *id));
            chosen.iter().try_for_each(|id| give(batch, *id, &to))?;
            let drawn_here = chosen.into_iter().map(|id| batch.project().label(id)).collect();
            drawn.push(Drawn { stratum: stratum.clone(), documents: documents.len(), drawn: drawn_here });
        }
        Ok(drawn)
    })
}

/// To the nearest whole number, half up; at least one.
fn share(documents: usize, percent: f64) -> usize {
    (1..=documents).take_while(|count| *count as f64 - 0.5 <= documents as f64 * percent / 100.0).count().max(1)
}

/// Documents with words, by stratum; each list in the order of ids, which is the same everywhere.
fn strata(project: &Project, by: Stratum) -> Result<BTreeMap<String, Vec<Id>>> {
    let sources: BTreeMap<Id, Source> = project.state().all::<Source>().into_iter().map(|one| (one.id, one)).collect();
    let mut strata: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for document in project.state().all::<Document>().into_iter().filter(|one| !one.purged) {
        let name = match by {
            Stratum::Kind => document.kind.word().to_owned(),
            Stratum::Source => project.label(document.source),
            Stratum::Strand => {
                let strand = sources.get(&document.source).map(|source| source.strand.clone());
                strand.unwrap_or_else(|| "(no strand)".to_owned())
            }
            Stratum::Nothing => "all".to_owned(),
        };
        strata.entry(name).or_default().push(document.id);
    }
    if strata.is_empty() {
        return Err(fault("nothing-to-draw", "there is no document to draw from")
            .hint("take some in: realist import FILE... --kind interview"));
    }
    for documents in strata.values_mut() {
        documents.sort_unstable();
    }
    Ok(strata)
}

/// Everything that was given to coders, by coder and document; of one coder where `only` names one.
pub fn progress(project: &Project, only: Option<&str>) -> Result<Vec<Progress>> {
    let only = only.map(tag).transpose()?;
    let mut made: BTreeMap<(Id, String), (usize, BTreeSet<usize>)> = BTreeMap::new();
    let documents: BTreeMap<Id, Document> =
        project.state().all::<Document>().into_iter().map(|one| (one.id, one)).collect();
    for coding in project.state().all::<Coding>() {
        let Some(document) = documents.get(&coding.anchor.document) else { continue };
        if coding.unread || !document.assigned.contains_key(&coding.coder) {
            continue;
        }
        let (count, units) = made.entry((document.id, coding.coder.clone())).or_default();
        *count += 1;
        units.extend(project.units_in_force(document, &coding.anchor)?.into_iter().flatten());
    }
    let passes = project.blind_passes();
    let own = project.surroundings().coder.as_deref();
    let is_hidden = |document: Id, coder: &str| {
        passes.iter().any(|pass| pass.documents.contains(&document) && pass.others(own).contains(&coder))
    };
    let mut all = Vec::new();
    for document in documents.values() {
        for (coder, state) in
            document.assigned.iter().filter(|(coder, _)| only.as_ref().is_none_or(|only| only == *coder))
        {
            let (codings, coded) =
                made.get(&(document.id, coder.clone())).map_or((0, 0), |(count, units)| (*count, units.len()));
            all.push(Progress {
                coder: coder.clone(),
                document: project.label(document.id),
                units: document.versions.get(&document.version).map_or(0, |version| version.units),
                coded: (!is_hidden(document.id, coder)).then_some(coded),
                codings: (!is_hidden(document.id, coder)).then_some(codings),
                done: state == "done",
            });
        }
    }
    let order = |one: &Progress| one.document.parse::<crate::id::Label>().ok();
    all.sort_by(|a, b| a.coder.cmp(&b.coder).then_with(|| order(a).cmp(&order(b))));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_and_never_nothing() {
        let shares: Vec<usize> = [1, 2, 5, 7, 8, 10, 40].into_iter().map(|count| share(count, 20.0)).collect();
        assert_eq!(shares, [1, 1, 1, 1, 2, 2, 8]);
        assert_eq!(share(10, 25.0), 3, "half goes up");
        assert_eq!(share(10, 100.0), 10);
    }

    #[test]
    fn tags_are_read() {
        assert_eq!(tag(" GJ ").unwrap(), "gj");
        assert!(tag("x").is_err() && tag("toolong").is_err() && tag("g1").is_err());
    }
}
