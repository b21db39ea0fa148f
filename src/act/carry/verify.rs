//! Whether every passage still says what it said: each is read in the text version it stands on and held
//! against the hashes kept with it.

use super::whose::Whose;
use super::{Bearer, Fate, about, bearers, mending};
use crate::act::anchor;
use crate::diagnostic::Result;
use crate::document::Document;
use crate::passage::{Anchor, Wholeness};
use crate::project::{Lookup, Open, Project};
use serde::Serialize;

crate::vocabulary! {
    /// How a passage stands.
    pub enum State "state of a passage" {
        /// It says what it said, on the text in force.
        Exact "exact",
        /// Carried over to words that differ a little.
        Near "near",
        Orphan "orphan",
        /// It says what it said on a former text, and was set there after the correction or beside it.
        Behind "behind",
        /// The text there no longer agrees with its hash.
        Stale "stale",
        Missing "missing",
        Purged "purged",
    }
}

/// A passage that somebody should look at.
#[derive(Debug, Clone, Serialize)]
pub struct Item {
    pub id: String,
    /// The code or statement.
    pub about: String,
    pub state: State,
    pub passage: String,
    /// The words before the correction, where they differ from those now.
    pub was: Option<String>,
    pub words: Option<String>,
    /// Whose words they were and are, where that changed: `another speaker: Ben, now Ana`.
    pub why: Option<String>,
    /// What mends it.
    pub command: String,
}

/// What was found of one document.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    pub document: String,
    pub versions: usize,
    pub passages: usize,
    pub exact: usize,
    pub near: usize,
    pub orphan: usize,
    pub behind: usize,
    pub stale: usize,
    pub missing: usize,
    pub purged: usize,
    pub open: Vec<Item>,
}

impl Proof {
    /// Some passage cannot be shown to say what it said.
    pub fn is_broken(&self) -> bool {
        self.stale + self.missing > 0
    }

    fn count(&mut self, state: State) -> &mut usize {
        match state {
            State::Exact => &mut self.exact,
            State::Near => &mut self.near,
            State::Orphan => &mut self.orphan,
            State::Behind => &mut self.behind,
            State::Stale => &mut self.stale,
            State::Missing => &mut self.missing,
            State::Purged => &mut self.purged,
        }
    }
}

/// Reads every passage of the documents named, or of all.
pub fn verify(project: &Project, documents: &[String]) -> Result<Vec<Proof>> {
    let lookup = project.lookup();
    super::documents(project, documents)?.iter().map(|document| prove(project, &lookup, document)).collect()
}

fn prove(project: &Project, lookup: &Lookup, document: &Document) -> Result<Proof> {
    let bearers = bearers(project, document.id);
    let mut proof = Proof {
        document: project.label(document.id),
        versions: document.versions.len(),
        passages: bearers.len(),
        exact: 0,
        near: 0,
        orphan: 0,
        behind: 0,
        stale: 0,
        missing: 0,
        purged: 0,
        open: Vec::new(),
    };
    for bearer in &bearers {
        let (state, words) = state_of(project, document, bearer)?;
        *proof.count(state) += 1;
        if !matches!(state, State::Exact | State::Purged) {
            let item = item(project, lookup, document, bearer, state, words)?;
            proof.open.push(item);
        }
    }
    Ok(proof)
}

/// How a passage stands, with its words where they can be read.
fn state_of(project: &Project, document: &Document, bearer: &Bearer) -> Result<(State, Option<String>)> {
    if document.purged {
        return Ok((State::Purged, None));
    }
    // Words that went with somebody who withdrew; what stood on others has moved with them.
    let Some(anchor) = bearer.anchor.carried(document) else { return Ok((State::Purged, None)) };
    let (wholeness, words) = words(project, document, &anchor)?;
    match wholeness {
        Wholeness::Whole => {}
        Wholeness::Stale => return Ok((State::Stale, None)),
        Wholeness::Missing | Wholeness::Purged => return Ok((State::Missing, None)),
    }
    let state = match project.left_open(document, &bearer.anchor, bearer.carried)? {
        None => State::Exact,
        Some(Open::Near) => State::Near,
        Some(Open::Orphan) => State::Orphan,
        Some(Open::Behind) => State::Behind,
    };
    Ok((state, Some(words)))
}

/// The words of an anchor in its own version, where they are what they were.
fn words(project: &Project, document: &Document, anchor: &Anchor) -> Result<(Wholeness, String)> {
    let Some(shard) = project.shard_of(document, anchor)? else { return Ok((Wholeness::Missing, String::new())) };
    let Some(pieces) = shard.words_at(anchor) else { return Ok((Wholeness::Stale, String::new())) };
    let words: Vec<&str> = pieces.into_iter().map(|(_, words)| words).collect();
    Ok((Wholeness::Whole, words.join(" … ")))
}

fn item(
    project: &Project,
    lookup: &Lookup,
    document: &Document,
    bearer: &Bearer,
    state: State,
    words: Option<String>,
) -> Result<Item> {
    let label = project.label(document.id);
    let before = if state == State::Near { before(project, document, bearer)? } else { None };
    let (was, why) = before.unwrap_or_default();
    let fate = match state {
        State::Near => Fate::Near,
        State::Orphan => Fate::Orphan,
        State::Stale => Fate::Stale,
        _ => Fate::Missing,
    };
    let command = match state {
        State::Behind => format!("realist document carry {label}"),
        _ => mending(project, bearer.id, bearer.kind, fate, &label),
    };
    Ok(Item {
        id: project.label(bearer.id),
        about: about(project, bearer),
        state,
        passage: anchor::show(project, lookup, &bearer.anchor),
        was: Some(was).filter(|was| !was.is_empty() && Some(was) != words.as_ref()),
        words,
        why,
        command,
    })
}

/// The words a person last set it on, and whose they were, where that changed.
fn before(project: &Project, document: &Document, bearer: &Bearer) -> Result<Option<(String, Option<String>)>> {
    let Some(anchor) = project.last_settled(bearer.id) else { return Ok(None) };
    let (_, was) = words(project, document, &anchor)?;
    let why = match (whose(project, document, &anchor)?, whose(project, document, &bearer.anchor)?) {
        (Some(was), Some(now)) => project.header(document)?.and_then(|header| was.changed(&now, &header)),
        _ => None,
    };
    Ok(Some((was, why)))
}

fn whose(project: &Project, document: &Document, anchor: &Anchor) -> Result<Option<Whose>> {
    let Some(anchor) = anchor.carried(document) else { return Ok(None) };
    let Some(shard) = project.shard_of(document, &anchor)? else { return Ok(None) };
    let spans = shard.words_at(&anchor).map(|pieces| pieces.into_iter().map(|(span, _)| span).collect::<Vec<_>>());
    Ok(spans.map(|spans| Whose::at(&shard, &spans)))
}

/// What of a document waits for somebody: to be confirmed, orphaned, set on a former text.
pub fn waiting(project: &Project, document: &Document) -> Result<[usize; 3]> {
    let mut counts = [0; 3];
    for bearer in bearers(project, document.id) {
        if let Some(open) = project.left_open(document, &bearer.anchor, bearer.carried)? {
            counts[open as usize] += 1;
        }
    }
    Ok(counts)
}
