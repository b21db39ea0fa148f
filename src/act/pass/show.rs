//! The compared passages of a closed pass as people read them.

use super::items::{Accord, Item};
use super::rivals::Rival;
use crate::act::{anchor, memo, resolve};
use crate::codebook::Code;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::pass::Settled;
use crate::passage::Wholeness;
use crate::project::{Lookup, Project};
use crate::text::Span;
use std::collections::BTreeMap;

/// Code points shown on either side of the words.
const AROUND: usize = 80;

/// One coder's coding at the place.
#[derive(Debug, Clone)]
pub struct Mark {
    pub coding: String,
    pub text: String,
    pub memo: Option<String>,
}

/// An item, written out.
#[derive(Debug, Clone)]
pub struct Shown {
    pub number: usize,
    pub key: String,
    pub code: String,
    pub document: String,
    /// `D1.gj/14..17`; none where the words are no longer all in the text in force.
    pub place: Option<String>,
    pub speaker: Option<String>,
    pub before: String,
    pub text: String,
    pub after: String,
    pub accord: Accord,
    /// It is to be settled.
    pub is_open: bool,
    /// Every coder of the pass, with nothing where they put nothing there.
    pub coders: BTreeMap<String, Vec<Mark>>,
    pub settled: Option<Settled>,
    pub rivals: Vec<Rival>,
    /// Of what was settled: label of the consensus coding, its code, its words.
    pub consensus: Option<(String, String, String)>,
}

/// Writes items out. Faults of the disk.
pub fn show(project: &Project, coders: &[String], items: &[Item]) -> Result<Vec<Shown>> {
    let lookup = project.lookup();
    items.iter().map(|item| one(project, &lookup, coders, item)).collect()
}

fn one(project: &Project, lookup: &Lookup, coders: &[String], item: &Item) -> Result<Shown> {
    let mut marks: BTreeMap<String, Vec<Mark>> = coders.iter().map(|tag| (tag.clone(), Vec::new())).collect();
    for coding in item.codings() {
        let memos: Vec<String> = memo::on_coding(project, coding).into_iter().map(|memo| memo.text).collect();
        let mark = Mark {
            coding: project.label(coding.id),
            text: words(project, lookup, coding)?,
            memo: Some(memos.join("; ")).filter(|memo| !memo.is_empty()),
        };
        marks.entry(coding.coder.clone()).or_default().push(mark);
    }
    let (before, after) = around(project, lookup, item)?;
    let consensus = item.settled.as_ref().and_then(|settled| project.state().get::<Coding>(settled.coding?));
    let consensus = consensus.map(|coding| {
        Ok::<_, crate::diagnostic::Fault>((
            project.label(coding.id),
            code_name(project, coding.code),
            words(project, lookup, &coding)?,
        ))
    });
    Ok(Shown {
        number: item.number,
        key: item.key.clone(),
        code: code_name(project, item.code),
        document: project.label(item.document),
        place: item.place.as_ref().map(|place| place.place(project)),
        speaker: item.place.as_ref().and_then(|place| Some(place.speaker.as_ref()?.0.clone())),
        before,
        text: item.place.as_ref().map(|place| place.text.clone()).unwrap_or_default(),
        after,
        accord: item.accord,
        is_open: item.is_open(),
        rivals: item.rivals.clone(),
        coders: marks,
        settled: item.settled.clone(),
        consensus: consensus.transpose()?,
    })
}

fn code_name(project: &Project, code: crate::id::Id) -> String {
    resolve::read::<Code>(project, code).map_or_else(|_| project.label(code), |code| code.name)
}

/// The words of a coding; why not, where they cannot be read.
fn words(project: &Project, lookup: &Lookup, coding: &Coding) -> Result<String> {
    let quotation = project.quotation(lookup, &coding.anchor)?;
    Ok(match quotation.wholeness {
        Wholeness::Whole => quotation.text,
        Wholeness::Purged => "(purged)".to_owned(),
        Wholeness::Stale => "(the text there has changed)".to_owned(),
        Wholeness::Missing => format!("(not on this computer: {})", anchor::show(project, lookup, &coding.anchor)),
    })
}

/// What stands before and after the words of an item, in the same text or row.
fn around(project: &Project, lookup: &Lookup, item: &Item) -> Result<(String, String)> {
    let nothing = || Ok((String::new(), String::new()));
    let Some(place) = &item.place else { return nothing() };
    let Some(document) = lookup.document(item.document) else { return nothing() };
    let Some(shard) = project.shard_of(document, &place.anchor)? else { return nothing() };
    let row = place.anchor.row.and_then(|row| shard.unit(row));
    let text = match row {
        Some(row) => row.span.of(&shard.text).unwrap_or_default(),
        None => shard.text.as_str(),
    };
    let hull: Span = place.anchor.hull();
    let before = text.get(..hull.start()).unwrap_or_default();
    let after = text.get(hull.end()..).unwrap_or_default();
    let from = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    Ok((before[from..].to_owned(), after[..to].to_owned()))
}
