//! Taking in links that were coded elsewhere: a table with a cause, an effect and the words that say so, a row a claim.
//!
//! Each different pair becomes a statement with the cause as context and the effect as outcome (what works between them
//! is left open), each row a link of evidence on the words it quotes. Words that were edited are found by what comes
//! near, and such links are marked until a person confirms them. A row whose words are nowhere makes no evidence.

mod place;
mod table;

pub use table::{Columns, Row, rows};

use super::anchor::{self, Spot};
use super::{hypothesis, resolve};
use crate::diagnostic::{Result, fault};
use crate::document::Document;
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::{Hypothesis, Origin, PartKind, wording};
use crate::id::{Id, Kind};
use crate::passage::{Anchor, Carried};
use crate::project::{Batch, Done, Project};
use place::Ground;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

crate::vocabulary! {
    /// How the words of a row were found.
    pub enum Found "way of being found" {
        Exact "exact",
        /// Edited, or put together from several places: to be confirmed.
        Near "near",
        Absent "absent",
    }
}

/// What became of a row; no word of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taken {
    /// Line of the file.
    pub row: usize,
    pub found: Found,
    /// `D1.gj/12`, and the bytes of the row or text.
    pub place: Option<String>,
    pub anchor: Option<(usize, usize)>,
    /// Share of the quotation's own words that stand there.
    pub share: Option<f64>,
    /// The same words stand elsewhere too.
    pub elsewhere: usize,
    pub statement: String,
    pub evidence: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TakenIn {
    /// Statements that are new.
    pub statements: usize,
    /// Links that are new, and that were there.
    pub links: usize,
    pub there: usize,
    pub rows: Vec<Taken>,
}

impl TakenIn {
    pub fn count(&self, found: Found) -> usize {
        self.rows.iter().filter(|row| row.found == found).count()
    }
}

/// Takes the rows in, with their words sought in these documents (all of them where none is named).
///
/// Faults: `no-rows`; those of labels and of reading texts.
pub fn take_in(project: &mut Project, rows: &[Row], documents: &[String]) -> Result<Done<TakenIn>> {
    if rows.is_empty() {
        return Err(fault("no-rows", "the table has no row with both a cause and an effect")
            .hint("name the columns: --cause from --effect to --quote quotation"));
    }
    project.write("theory take-in", true, |batch| {
        let lookup = batch.project().lookup();
        let ground = Ground::read(batch.project(), &lookup, &wanted(batch.project(), documents)?)?;
        let mut books = Books::open(batch);
        let mut taken = TakenIn { statements: 0, links: 0, there: 0, rows: Vec::with_capacity(rows.len()) };
        for row in rows {
            let (statement, label, is_new) = books.statement(batch, row)?;
            taken.statements += usize::from(is_new);
            let mut one = Taken {
                row: row.line,
                found: Found::Absent,
                place: None,
                anchor: None,
                share: None,
                elsewhere: 0,
                statement: label,
                evidence: None,
            };
            if let Some(hit) = ground.find(&row.quotation, row.source.as_deref()) {
                let spot = Spot { document: batch.project().label(hit.document), words: hit.words() };
                let anchored = anchor::anchor(batch.project(), &lookup, &spot)?;
                one.found = if hit.is_exact { Found::Exact } else { Found::Near };
                one.place = Some(anchored.place(batch.project()));
                one.anchor = Some((anchored.anchor.hull().start(), anchored.anchor.hull().end()));
                one.share = Some(hit.share);
                one.elsewhere = hit.elsewhere;
                let link = books.link(batch, statement, &anchored, one.found);
                taken.links += usize::from(link.is_some());
                taken.there += usize::from(link.is_none());
                one.evidence = link;
            }
            taken.rows.push(one);
        }
        Ok(taken)
    })
}

fn wanted(project: &Project, typed: &[String]) -> Result<Vec<Document>> {
    let all = project.state().all::<Document>();
    if typed.is_empty() {
        return Ok(all.into_iter().filter(|document| !document.purged).collect());
    }
    let ids = typed.iter().map(|one| resolve::find(project, Kind::Document, one)).collect::<Result<BTreeSet<Id>>>()?;
    Ok(all.into_iter().filter(|document| ids.contains(&document.id)).collect())
}

/// Statements and links that are there, or made by this act.
struct Books {
    /// By the wordings of cause and effect: id, label, wording judged against.
    statements: BTreeMap<(String, String), (Id, String, String)>,
    links: BTreeSet<(Id, Anchor)>,
}

impl Books {
    fn open(batch: &Batch<'_>) -> Self {
        let project = batch.project();
        let mut statements = BTreeMap::new();
        for one in project.state().all::<Hypothesis>().into_iter().filter(|one| one.status.is_living()) {
            if let [first, second] = one.parts.as_slice()
                && (first.kind, second.kind) == (PartKind::Context, PartKind::Outcome)
            {
                let key = (wording(&first.text), wording(&second.text));
                statements.entry(key).or_insert_with(|| (one.id, project.label(one.id), one.revision()));
            }
        }
        let links = project
            .state()
            .all::<Evidence>()
            .into_iter()
            .filter(|link| link.part.is_none() && link.appraiser == batch.coder());
        let links = links.map(|link| (link.hypothesis, project.as_set_today(&link.anchor).unversioned())).collect();
        Books { statements, links }
    }

    /// The statement of a row, made where it is not there; whether it is new.
    fn statement(&mut self, batch: &mut Batch<'_>, row: &Row) -> Result<((Id, String), String, bool)> {
        let key = (wording(&row.cause), wording(&row.effect));
        if let Some((id, label, revision)) = self.statements.get(&key) {
            return Ok(((*id, revision.clone()), label.clone(), false));
        }
        let entry = hypothesis::Entry {
            parts: vec![(PartKind::Context, row.cause.clone()), (PartKind::Outcome, row.effect.clone())],
            origin: Some(Origin::Extracted),
            ..hypothesis::Entry::default()
        };
        let made = hypothesis::create(batch, &mut None, &entry)?;
        let one = (made.statement.id, made.label.clone(), made.statement.revision());
        self.statements.insert(key, one.clone());
        Ok(((one.0, one.2), made.label, true))
    }

    /// A link to these words; `None` where it is there already.
    fn link(
        &mut self,
        batch: &mut Batch<'_>,
        (statement, revision): (Id, String),
        anchored: &anchor::Anchored,
        found: Found,
    ) -> Option<String> {
        if !self.links.insert((statement, anchored.anchor.unversioned())) {
            return None;
        }
        let fields = Batch::fields(json!({
            "hypothesis": statement,
            "anchor": anchored.anchor,
            "source": anchored.source,
            "stance": Stance::Supports,
            "carried": (found == Found::Near).then_some(Carried::Near),
            "appraiser": batch.coder(),
            "revision": revision,
        }));
        Some(batch.create(Kind::Evidence, &fields).1.to_string())
    }
}

#[cfg(test)]
mod tests;
