//! Memos as a person sees them: those of their own, those that came with documents, and the memos that
//! codings and statements carry.

use crate::coding::Coding;
use crate::diagnostic::Result;
use crate::evidence::Evidence;
use crate::hypothesis::Hypothesis;
use crate::id::{Id, Kind};
use crate::memo::{Access, Memo};
use crate::passage::{Anchor, Wholeness};
use crate::project::{Lookup, Project};
use crate::sealed::Sealed;
use crate::text::Span;
use serde::Serialize;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// A memo read back.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// Of the memo, or of the coding or statement that carries it.
    pub id: String,
    /// Label of the thing it is about, where that is no words.
    pub about: Option<String>,
    /// `D3.gj@1:1024-1101`, where it is about words.
    pub passage: Option<String>,
    /// The same by numbered units: `D3.gj/12`.
    pub place: Option<String>,
    /// The words; empty unless they are whole.
    pub words: String,
    /// Tag of who wrote it here; `None`: it came with a document.
    pub author: Option<String>,
    /// The name in the document's margin.
    pub signed: Option<String>,
    pub access: Access,
    pub text: String,
    /// Whether what it says can be read: `whole`, `purged` or `missing`.
    pub state: Wholeness,
    /// Document and last unit it stands at.
    #[serde(skip)]
    pub stands: Option<(Id, usize)>,
    /// Bytes of the words in the text layer (in a table, in the row).
    #[serde(skip)]
    pub span: Option<Span>,
    /// Things it has to do with, for `--about`.
    #[serde(skip)]
    touches: Vec<Id>,
}

/// What is looked for; everything where nothing is said.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub about: Option<Id>,
    /// Tag of a coder, or a name in the margin, whatever its case.
    pub author: Option<String>,
}

impl Wanted {
    fn fits(&self, shown: &Shown) -> bool {
        let is_name = |wanted: &str, name: &Option<String>| {
            name.as_ref().is_some_and(|name| crate::text::words::fold(name) == crate::text::words::fold(wanted.trim()))
        };
        self.about.is_none_or(|id| shown.touches.contains(&id))
            && self.author.as_ref().is_none_or(|name| is_name(name, &shown.author) || is_name(name, &shown.signed))
    }
}

/// All memos this coder may see and that are wanted: by document and place, then those about things.
pub fn list(project: &Project, coder: &str, wanted: &Wanted) -> Result<Vec<Shown>> {
    let state = project.state();
    let reader = Reader::of(project);
    let mut all = Vec::new();
    for memo in state.all::<Memo>().into_iter().filter(|memo| memo.is_seen_by(coder)) {
        all.push(reader.memo(&memo)?);
    }
    for coding in state.all::<Coding>() {
        all.extend(reader.of_coding(&coding)?);
    }
    all.extend(state.all::<Hypothesis>().iter().filter_map(|statement| reader.of_statement(statement)));
    all.retain(|shown| wanted.fits(shown));
    let order = |shown: &Shown| {
        let (document, unit) = shown.stands.unzip();
        (document.is_none(), document.and_then(|id| state.label_of(id)), unit, shown.about.clone(), shown.id.clone())
    };
    all.sort_by_cached_key(order);
    Ok(all)
}

/// Memos about a document or words in it, that this coder may see.
pub fn on_document(project: &Project, coder: &str, document: Id) -> Result<Vec<Shown>> {
    let memos = project.state().about::<Memo>(document);
    if memos.is_empty() {
        return Ok(Vec::new());
    }
    let reader = Reader::of(project);
    memos.iter().filter(|memo| memo.is_seen_by(coder)).map(|memo| reader.memo(memo)).collect()
}

/// One memo.
pub fn show(project: &Project, memo: &Memo) -> Result<Shown> {
    Reader::of(project).memo(memo)
}

struct Reader<'p> {
    project: &'p Project,
    lookup: Lookup,
    /// Files that were to be destroyed, looked up when first asked for.
    doomed: OnceCell<BTreeSet<String>>,
}

/// Words of a document as a memo shows them.
struct Words {
    passage: String,
    place: Option<String>,
    text: String,
    unit: usize,
    span: Span,
}

impl<'p> Reader<'p> {
    fn of(project: &'p Project) -> Self {
        Reader { project, lookup: project.lookup(), doomed: OnceCell::new() }
    }

    fn is_destroyed(&self, sealed: &Sealed) -> bool {
        self.doomed.get_or_init(|| self.project.doomed_files()).contains(&format!("sealed/{}.json", sealed.sealed))
    }

    fn words(&self, anchor: &Anchor) -> Result<Words> {
        let quotation = self.project.quotation(&self.lookup, anchor)?;
        let last = quotation.units.1;
        let place = (quotation.units.0 > 0)
            .then(|| crate::act::anchor::in_units(self.project, anchor.document, quotation.units));
        Ok(Words {
            passage: crate::act::anchor::show(self.project, &self.lookup, anchor),
            place,
            text: quotation.text,
            unit: last,
            span: quotation.span,
        })
    }

    fn memo(&self, memo: &Memo) -> Result<Shown> {
        let at = memo.anchor.as_ref().map(|anchor| self.words(anchor)).transpose()?;
        let text = self.project.unseal_text(&memo.text);
        let state = match text {
            Some(_) => Wholeness::Whole,
            None if self.project.is_on_purged(memo.id) || self.is_destroyed(&memo.text) => Wholeness::Purged,
            None => Wholeness::Missing,
        };
        let document = memo.anchor.as_ref().map(|anchor| anchor.document);
        let is_document = |id: &Id| self.project.state().entity(*id).is_some_and(|one| one.kind == Kind::Document);
        let document = document.or(memo.about.filter(is_document));
        let mut touches: Vec<Id> = document.into_iter().chain([memo.id]).collect();
        memo.about.into_iter().for_each(|about| self.touch(about, &mut touches));
        let unit = at.as_ref().map_or(0, |at| at.unit);
        Ok(Shown {
            id: self.project.label(memo.id),
            about: memo.about.map(|about| self.project.label(about)),
            passage: at.as_ref().map(|at| at.passage.clone()),
            place: at.as_ref().and_then(|at| at.place.clone()),
            span: at.as_ref().map(|at| at.span),
            words: at.map(|at| at.text).unwrap_or_default(),
            author: memo.author.clone(),
            signed: memo.signed.as_ref().and_then(|sealed| self.project.unseal_text(sealed)),
            access: memo.access,
            text: text.unwrap_or_default(),
            state,
            stands: document.map(|document| (document, unit)),
            touches,
        })
    }

    /// A thing, and what it is about in its turn.
    fn touch(&self, id: Id, touches: &mut Vec<Id>) {
        touches.push(id);
        if let Some(coding) = self.project.state().get::<Coding>(id) {
            touches.extend([coding.code, coding.anchor.document]);
        }
        if let Some(link) = self.project.state().get::<Evidence>(id) {
            touches.extend([link.hypothesis, link.anchor.document]);
        }
    }

    fn of_coding(&self, coding: &Coding) -> Result<Option<Shown>> {
        let Some(text) = super::of_older_journals(self.project, coding) else { return Ok(None) };
        let at = self.words(&coding.anchor)?;
        Ok(Some(Shown {
            id: self.project.label(coding.id),
            about: Some(self.project.label(coding.code)),
            passage: Some(at.passage),
            place: at.place,
            words: at.text,
            author: Some(coding.coder.clone()),
            signed: None,
            access: Access::Team,
            text,
            state: Wholeness::Whole,
            stands: Some((coding.anchor.document, at.unit)),
            span: Some(at.span),
            touches: vec![coding.id, coding.code, coding.anchor.document],
        }))
    }

    fn of_statement(&self, statement: &Hypothesis) -> Option<Shown> {
        let text = statement.memo.clone().filter(|text| !text.trim().is_empty())?;
        let label = self.project.label(statement.id);
        Some(Shown {
            id: label.clone(),
            about: Some(label),
            passage: None,
            place: None,
            words: String::new(),
            author: Some(statement.author.clone()),
            signed: None,
            access: Access::Team,
            text,
            state: Wholeness::Whole,
            stands: None,
            span: None,
            touches: vec![statement.id],
        })
    }
}
