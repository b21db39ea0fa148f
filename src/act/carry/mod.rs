//! Carrying what rests on a former text of a document over to a later one: codings, evidence links, memos.
//!
//! The rules are those of [`crate::text::carry`]; in a table, `rows` finds the row first. An exact place is
//! taken; a near one too, and marked until somebody confirms it; words that went over to another speaker or
//! study are near, however alike (`whose`). An orphan stays on the former text, whose
//! words stay readable. What does not say what it said, or cannot be read here, is left alone.

pub mod confirm;
mod likeness;
mod rows;
pub mod verify;
mod whose;

use super::resolve;
use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::document::{Document, Header};
use crate::evidence::Evidence;
use crate::id::{Id, Kind};
use crate::memo::Memo;
use crate::passage::{Anchor, Carried};
use crate::project::{Batch, Done, Project, Shard};
use crate::text::Span;
use crate::text::carry::{Carrier, Sureness};
use serde::Serialize;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::collections::BTreeMap;
use whose::Whose;

crate::vocabulary! {
    /// What became, or would become, of a passage.
    pub enum Fate "fate" {
        /// The same words, in the new text.
        Exact "exact",
        /// Words that differ a little: to be confirmed.
        Near "near",
        /// Left on the former text.
        Orphan "orphan",
        /// It did not say what it said before; left alone.
        Stale "stale",
        /// Its text is not on this computer; left alone.
        Missing "missing",
    }
}

/// A thing that rests on words of a document.
#[derive(Debug, Clone)]
pub struct Bearer {
    pub id: Id,
    pub kind: Kind,
    pub anchor: Anchor,
    pub carried: Option<Carried>,
}

/// A bearer, where it went, and the words for people.
#[derive(Debug, Clone)]
pub struct Moved {
    pub bearer: Bearer,
    pub fate: Fate,
    /// Its place in the new text.
    pub to: Option<Anchor>,
    pub was: String,
    pub now: Option<String>,
    /// Whose words they were and are, where that changed.
    pub why: Option<String>,
}

/// How many fared how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    pub exact: usize,
    pub near: usize,
    pub orphan: usize,
    pub stale: usize,
    pub missing: usize,
}

impl Counts {
    pub fn of(all: &[Moved]) -> Self {
        let mut counts = Counts::default();
        for one in all {
            *match one.fate {
                Fate::Exact => &mut counts.exact,
                Fate::Near => &mut counts.near,
                Fate::Orphan => &mut counts.orphan,
                Fate::Stale => &mut counts.stale,
                Fate::Missing => &mut counts.missing,
            } += 1;
        }
        counts
    }

    pub fn total(&self) -> usize {
        self.exact + self.near + self.orphan + self.stale + self.missing
    }
}

/// All that rests on words of a document, text by text and place by place.
pub fn bearers(project: &Project, document: Id) -> Vec<Bearer> {
    let state = project.state();
    let codings = state.about::<Coding>(document).into_iter().map(Bearer::from);
    let links = state.about::<Evidence>(document).into_iter().map(Bearer::from);
    let memos = state.about::<Memo>(document).into_iter().filter_map(of_memo);
    let mut bearers: Vec<Bearer> =
        codings.chain(links).chain(memos).filter(|bearer| bearer.anchor.document == document).collect();
    bearers.sort_by(|a, b| (&a.anchor, a.id).cmp(&(&b.anchor, b.id)));
    bearers
}

/// One coding, link or memo, if it rests on words.
fn bearer(project: &Project, kind: Kind, id: Id) -> Option<Bearer> {
    match kind {
        Kind::Coding => project.state().get::<Coding>(id).map(Bearer::from),
        Kind::Evidence => project.state().get::<Evidence>(id).map(Bearer::from),
        Kind::Memo => project.state().get::<Memo>(id).and_then(of_memo),
        _ => None,
    }
}

impl From<Coding> for Bearer {
    fn from(Coding { id, anchor, carried, .. }: Coding) -> Self {
        Bearer { id, kind: Kind::Coding, anchor, carried }
    }
}

impl From<Evidence> for Bearer {
    fn from(Evidence { id, anchor, carried, .. }: Evidence) -> Self {
        Bearer { id, kind: Kind::Evidence, anchor, carried }
    }
}

fn of_memo(Memo { id, anchor, carried, .. }: Memo) -> Option<Bearer> {
    Some(Bearer { id, kind: Kind::Memo, anchor: anchor?, carried })
}

/// Hands over the shards of a text, as [`crate::manuscript::Manuscript::each_shard`] does.
pub type EachShard<'t> = dyn Fn(&mut crate::manuscript::See) -> Result<()> + 't;

/// The text that passages are carried to.
pub struct Target<'t> {
    pub version: &'t str,
    pub header: &'t Header,
    pub is_table: bool,
    pub each_shard: &'t EachShard<'t>,
}

/// Where each bearer would stand in the target; those that stand there already are left out.
pub fn plan(project: &Project, document: &Document, target: &Target<'_>) -> Result<Vec<Moved>> {
    let mut bearers = bearers(project, document.id);
    // What went with somebody who withdrew stays gone; what stood beside it has moved.
    bearers.retain_mut(|bearer| {
        let stands = bearer.anchor.carried(document).map(Cow::into_owned);
        stands.is_some_and(|anchor| {
            bearer.anchor = anchor;
            bearer.anchor.version != target.version
        })
    });
    if bearers.is_empty() {
        return Ok(Vec::new());
    }
    if target.is_table {
        rows::plan(project, document, &bearers, target)
    } else {
        in_prose(project, document, &bearers, target)
    }
}

fn in_prose(project: &Project, document: &Document, bearers: &[Bearer], target: &Target<'_>) -> Result<Vec<Moved>> {
    let mut held = None;
    (target.each_shard)(&mut |text, units| {
        held = Some((text.to_owned(), units.to_vec()));
        Ok(std::ops::ControlFlow::Break(()))
    })?;
    let Some((text, units)) = held else { return Ok(Vec::new()) };
    let new = Shard::new(target.header.clone(), text, units);
    let new_voices = voices(&new);
    let mut moved = Vec::with_capacity(bearers.len());
    for group in bearers.chunk_by(|a, b| a.anchor.version == b.anchor.version) {
        let old = project.shard(document, &group[0].anchor.version, 0)?;
        let carrier = old.as_ref().map(|old| Carrier::spoken((&old.text, &voices(old)), (&new.text, &new_voices)));
        for bearer in group {
            moved.push(match old.as_deref().zip(carrier.as_ref()) {
                None => left(bearer, Fate::Missing, String::new()),
                Some((old, carrier)) => one_in_prose(bearer, old, carrier, &new, target.version),
            });
        }
    }
    Ok(moved)
}

/// Who says what of a text, unit by unit.
fn voices(shard: &Shard) -> Vec<(Span, Option<usize>)> {
    shard.units.iter().map(|unit| (unit.span, unit.speaker)).collect()
}

fn one_in_prose(bearer: &Bearer, old: &Shard, carrier: &Carrier<'_>, new: &Shard, version: &str) -> Moved {
    let Some(was) = old.words_at(&bearer.anchor) else { return left(bearer, Fate::Stale, String::new()) };
    let (spans, words): (Vec<Span>, Vec<&str>) = was.into_iter().unzip();
    let was = words.join(" … ");
    let place = carrier.carry_all(&spans).and_then(|(spans, sureness)| Some((placed(new, None, &spans)?, sureness)));
    let Some((place, sureness)) = place else { return left(bearer, Fate::Orphan, was) };
    let why = Whose::at(old, &spans).changed(&Whose::at(new, &place.spans), &new.header);
    went(bearer, place, version, sureness, was, why)
}

/// Spans of a text with their hashes and words, and the row they are counted from.
struct Placed {
    row: Option<usize>,
    spans: Vec<Span>,
    hashes: Vec<String>,
    words: String,
}

/// `None` where the spans leave the text or stand at no unit.
fn placed(shard: &Shard, row: Option<usize>, spans: &[Span]) -> Option<Placed> {
    let base = row.map_or(Some(0), |row| Some(shard.unit(row)?.span.start()))?;
    let absolute: Vec<Span> =
        spans.iter().map(|span| Span::new(base + span.start(), base + span.end())).collect::<Option<_>>()?;
    shard.units_at(absolute.iter().copied().reduce(Span::join)?)?;
    let words = absolute.iter().map(|span| span.of(&shard.text)).collect::<Option<Vec<&str>>>()?;
    let hashes = words.iter().map(|words| shard.key.hash(words)).collect();
    Some(Placed { row, spans: spans.to_vec(), hashes, words: words.join(" … ") })
}

fn left(bearer: &Bearer, fate: Fate, was: String) -> Moved {
    Moved { bearer: bearer.clone(), fate, to: None, was, now: None, why: None }
}

fn went(bearer: &Bearer, place: Placed, version: &str, sureness: Sureness, was: String, why: Option<String>) -> Moved {
    // What was near before, nobody has looked yet at how it differs from what was first meant.
    let is_exact = sureness == Sureness::Exact && bearer.carried != Some(Carried::Near) && why.is_none();
    let fate = if is_exact { Fate::Exact } else { Fate::Near };
    let Placed { row, spans, hashes, words } = place;
    let to = Anchor { document: bearer.anchor.document, version: version.to_owned(), row, spans, hashes };
    Moved { bearer: bearer.clone(), fate, to: Some(to), was, now: Some(words), why }
}

/// Puts into a batch what a plan says; what is as it was is left out. Gives what may be told of it: all but what a blind
/// pass hides.
pub fn write(batch: &mut Batch<'_>, mut plan: Vec<Moved>) -> Vec<Moved> {
    for Moved { bearer, fate, to, .. } in &plan {
        let mark = match fate {
            Fate::Exact => None,
            Fate::Near => Some(Carried::Near),
            Fate::Orphan => Some(Carried::Orphan),
            Fate::Stale | Fate::Missing => continue,
        };
        let mut fields = Batch::fields(json!({ "anchor": to }));
        if mark != bearer.carried {
            fields.insert("carried".to_owned(), mark.map_or(Value::Null, |mark| json!(mark)));
        }
        batch.set(bearer.kind, bearer.id, &fields);
    }
    plan.retain(|one| !batch.project().state().hides(one.bearer.id));
    plan
}

/// What a carrying came to in one document.
#[derive(Debug)]
pub struct Carryings {
    pub document: String,
    pub moved: Vec<Moved>,
}

/// Carries what still stands on former texts of these documents, or of all, to the version in force: what a
/// colleague coded before they saw the correction, say.
pub fn carry(project: &mut Project, documents: &[String]) -> Result<Done<Vec<Carryings>>> {
    project.write("document carry", true, |batch| {
        let mut done = Vec::new();
        for document in self::documents(batch.project(), documents)?.into_iter().filter(|one| !one.purged) {
            let mut moved = plan_in_force(batch.project(), &document)?;
            moved.retain(|one| one.fate != Fate::Orphan || one.bearer.carried != Some(Carried::Orphan));
            let moved = write(batch, moved);
            let document = batch.project().label(document.id);
            done.extend((!moved.is_empty()).then_some(Carryings { document, moved }));
        }
        Ok(done)
    })
}

fn plan_in_force(project: &Project, document: &Document) -> Result<Vec<Moved>> {
    let version = document.version.as_str();
    let shards = document.versions.get(version).map_or(0, |version| version.shards);
    let each_shard = |see: &mut crate::manuscript::See| {
        for number in 0..shards {
            let shard = super::text::shard(project, document, version, number)?;
            if see(&shard.text, &shard.units)?.is_break() {
                break;
            }
        }
        Ok(())
    };
    let is_table = project.shard(document, version, 0)?.is_some_and(|shard| shard.is_table());
    let header = project.header(document)?.ok_or_else(|| super::text::missing(project, document))?;
    let mut moved = plan(project, document, &Target { version, header: &header, is_table, each_shard: &each_shard })?;
    let mut stay: BTreeMap<Id, bool> = BTreeMap::new();
    for one in &moved {
        // A corrected role makes a version with the same text.
        stay.insert(one.bearer.id, project.in_force(document, &one.bearer.anchor)?.is_some());
    }
    moved.retain(|one| stay.get(&one.bearer.id) != Some(&true));
    Ok(moved)
}

/// The documents named, or all, in label order.
fn documents(project: &Project, typed: &[String]) -> Result<Vec<Document>> {
    if typed.is_empty() {
        let mut all = project.state().all::<Document>();
        all.sort_by_key(|one| (project.state().label_of(one.id), one.id));
        return Ok(all);
    }
    typed.iter().map(|typed| resolve::read(project, resolve::find(project, Kind::Document, typed)?)).collect()
}

/// Sets anchors again that two corrections set differently: what stands in the version that was chosen stands.
pub fn settle_rivals(batch: &mut Batch<'_>, document: Id, version: &str) {
    let standing = bearers(batch.project(), document).into_iter().filter(|bearer| bearer.anchor.version == version);
    for Bearer { id, kind, anchor, .. } in standing {
        if batch.project().state().conflicts_of(id).iter().any(|conflict| conflict.field == "anchor") {
            batch.set(kind, id, &Batch::fields(json!({ "anchor": anchor })));
        }
    }
}

/// The statement that a bearer is evidence on, or the code it puts on its words.
pub fn about(project: &Project, bearer: &Bearer) -> String {
    match bearer.kind {
        Kind::Coding => project
            .state()
            .get::<Coding>(bearer.id)
            .and_then(|one| project.state().get::<crate::codebook::Code>(one.code))
            .map_or_else(String::new, |code| code.name),
        Kind::Evidence => {
            project.state().get::<Evidence>(bearer.id).map_or_else(String::new, |one| project.label(one.hypothesis))
        }
        _ => "memo".to_owned(),
    }
}

/// What a person can do about it.
pub fn mending(project: &Project, id: Id, kind: Kind, fate: Fate, document: &str) -> String {
    let label = project.label(id);
    let remove = match kind {
        Kind::Evidence => format!("realist evidence remove {label} --reason \"not in the corrected text\""),
        Kind::Coding => format!("realist code remove {label}"),
        _ => "remove it".to_owned(),
    };
    match fate {
        Fate::Exact => String::new(),
        Fate::Near => format!("realist document confirm {label}   (or with --quote \"the right words\")"),
        Fate::Orphan => format!("realist document confirm {label} --quote \"the right words\"   (or: {remove})"),
        Fate::Stale => "restore corpus/text from a backup or a colleague's copy".to_owned(),
        Fate::Missing => format!("let the sync client fetch corpus/text, then: realist document carry {document}"),
    }
}
