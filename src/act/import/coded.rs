//! What was coded in a review tool: the words that codes were put on become a document, its rows those of
//! the references beside it; code sets become codes, reviewers' notes memos.
//!
//! Who coded is not in the export: such codings are signed [`CODER`], never by whoever imports them.

use super::keep::{Said, document, document_id, study_source};
use super::{Wanted, purged};
use crate::codebook::{Code, MAIN_BOOK};
use crate::diagnostic::{Diagnostic, Result};
use crate::id::{Id, Kind};
use crate::import::references::{Coded, Coding, Node};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::passage::{Anchor, QuoteKey};
use crate::project::{Batch, Original};
use crate::source::Source;
use crate::text::Span;
use crate::text::words::{counted, fold};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

/// Stands for the reviewers, whom the export does not name.
pub const CODER: &str = "eppi";

/// What became of it.
#[derive(Debug)]
pub struct TakenIn {
    pub id: Id,
    /// Label of the document.
    pub document: String,
    pub was_there: bool,
    pub rows: usize,
    pub words: usize,
    pub codings: usize,
    pub notes: usize,
    pub warnings: Vec<Diagnostic>,
}

/// Enters document, codes, codings and memos; `sources` are those of the records, by number, `seen` the
/// documents that the same act made before.
///
/// Faults: `purged`, and those of reading and writing.
pub fn take_in(
    batch: &mut Batch<'_>,
    path: &Path,
    wanted: &Wanted,
    coded: &Coded,
    sources: &BTreeMap<usize, Id>,
    seen: &BTreeMap<Id, String>,
) -> Result<TakenIn> {
    let original = Original::look(path)?;
    let id = document_id(batch.project(), &original);
    let header = &coded.draft.header;
    let is_here = batch.project().state().is_here(id);
    let known = seen.get(&id).cloned().or_else(|| is_here.then(|| batch.project().label(id)));
    let mut taken = TakenIn {
        id,
        was_there: known.is_some(),
        document: known.unwrap_or_default(),
        rows: header.units,
        words: header.words,
        codings: coded.codings.len(),
        notes: coded.remarks.len(),
        warnings: Vec::new(),
    };
    if batch.project().state().is_purged(id) {
        return Err(purged(batch.project(), id));
    }
    if taken.was_there {
        return Ok(taken);
    }
    let elsewhere = tie(batch, wanted, id, coded, sources);
    let source = coded.records.first().and_then(|number| sources.get(number)).copied();
    let said = Said { source, kind: wanted.kind, language: Language::ENGLISH, ending: "json" };
    let (label, version) = document(batch, &original, id, &coded.draft, &said)?;
    taken.document = label;
    let (codes, made) = enter_codes(batch, &coded.codes);
    let anchors = anchors(id, &version, coded)?;
    let distinct: BTreeMap<Id, Coding> =
        coded.codings.iter().map(|coding| (coding_id(id, *coding, &codes), *coding)).collect();
    taken.codings = distinct.len();
    for (coding, Coding { row, code }) in distinct {
        let fields = json!({ "code": codes[code], "anchor": anchors[&row], "coder": CODER });
        batch.create_as(Kind::Coding, coding, &Batch::fields(fields));
    }
    for (index, remark) in coded.remarks.iter().enumerate() {
        let coding = coding_id(id, remark.on, &codes);
        let text = batch.seal_with(&Value::from(remark.text.as_str()), &original)?;
        let fields = json!({ "anchor": anchors[&remark.on.row], "about": coding, "text": text });
        let memo = Id::derived([b"coded memo".as_slice(), id.as_bytes(), &(index as u64).to_le_bytes()]);
        batch.create_as(Kind::Memo, memo, &Batch::fields(fields));
    }
    taken.warnings.push(told(&taken, made));
    taken.warnings.extend(elsewhere);
    Ok(taken)
}

fn told(taken: &TakenIn, codes: usize) -> Diagnostic {
    let TakenIn { document, rows, codings, notes, .. } = taken;
    let said = format!(
        "{} in {document}, on {} of highlighted words and titles; {} and {} are new",
        counted(*codings, "coding"),
        counted(*rows, "row"),
        counted(codes, "code"),
        counted(*notes, "memo"),
    );
    Diagnostic::note("coded", said).hint(format!("read them with: realist read {document}"))
}

/// Each row counts as the source of its reference. A source that was coded in another document before
/// gets one beside it that counts as the same; that is said, for its codings may now stand twice.
fn tie(
    batch: &mut Batch<'_>,
    wanted: &Wanted,
    document: Id,
    coded: &Coded,
    sources: &BTreeMap<usize, Id>,
) -> Option<Diagnostic> {
    let mut tied = BTreeMap::new();
    let mut before = None;
    for (index, (number, study)) in coded.records.iter().zip(&coded.draft.header.studies).enumerate() {
        let Some(source) = sources.get(number) else { continue };
        let place = json!({ "document": document, "index": index });
        let held = batch.project().state().get::<Source>(*source);
        let elsewhere = held.as_ref().and_then(|held| held.study).map(|study| study.document);
        before = before.or(elsewhere);
        if elsewhere.is_none() && tied.insert(*source, index).is_none() {
            batch.set(Kind::Source, *source, &Batch::fields(json!({ "study": place })));
            continue;
        }
        let kind = held.as_ref().map_or(wanted.kind, |held| held.kind);
        let strand = held.map_or_else(|| batch.project().settings().strand_of(kind), |held| held.strand);
        let fields = json!({ "kind": kind, "strand": strand, "study": place, "same_study": source });
        batch.create_as(Kind::Source, study_source(document, &study.key), &Batch::fields(fields));
    }
    let before = batch.project().label(before?);
    let said = format!("some of these references were coded before, in {before}: what was coded in both stands twice");
    Some(
        Diagnostic::warning("coded-twice", said)
            .hint("if this is a later export of the same review, undo the earlier import"),
    )
}

/// The code of each node: one that is there under the same name and parent, or a new one. Gives how many are new.
fn enter_codes(batch: &mut Batch<'_>, nodes: &[Node]) -> (Vec<Id>, usize) {
    let held: BTreeMap<(Option<Id>, String), Id> = batch
        .project()
        .state()
        .all::<Code>()
        .into_iter()
        .filter(|code| !code.retired)
        .map(|code| ((code.parent, fold(code.name.trim())), code.id))
        .collect();
    let mut codes: Vec<Id> = Vec::with_capacity(nodes.len());
    let mut fresh: BTreeMap<(Option<Id>, String), Id> = BTreeMap::new();
    for node in nodes {
        let parent = node.parent.and_then(|at| codes.get(at)).copied();
        let key = (parent, fold(node.name.trim()));
        let known = held.get(&key).or_else(|| fresh.get(&key)).copied();
        let code = known.unwrap_or_else(|| {
            let above = parent.unwrap_or(batch.project().settings().project);
            let id = Id::derived([b"coded code".as_slice(), above.as_bytes(), key.1.as_bytes()]);
            let fields =
                json!({ "name": node.name, "book": MAIN_BOOK, "parent": parent, "definition": node.definition });
            batch.create_as(Kind::Code, id, &Batch::fields(fields));
            fresh.insert(key, id);
            id
        });
        codes.push(code);
    }
    (codes, fresh.len())
}

fn coding_id(document: Id, coding: Coding, codes: &[Id]) -> Id {
    let row = (coding.row as u64).to_le_bytes();
    Id::derived([b"coded coding".as_slice(), document.as_bytes(), &row, codes[coding.code].as_bytes()])
}

/// All words of each row.
fn anchors(document: Id, version: &str, coded: &Coded) -> Result<BTreeMap<usize, Anchor>> {
    let mut anchors = BTreeMap::new();
    coded.draft.each_shard(&mut |text, units| {
        let key = QuoteKey::of(text);
        for unit in units {
            let base = unit.span.start();
            let words = unit.speech.iter().filter_map(|one| {
                let span = Span::new(one.span.start() - base, one.span.end() - base)?;
                Some((span, key.hash(one.span.of(text)?)))
            });
            let (spans, hashes) = words.unzip();
            let anchor = Anchor { document, version: version.to_owned(), row: Some(unit.n), spans, hashes };
            anchors.insert(unit.n, anchor);
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(anchors)
}
