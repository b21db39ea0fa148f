//! Asking over codings: quotations that a query means, listed or counted; and queries kept under a name.

mod counts;
pub(super) mod names;
mod saved;

pub use counts::{Counts, Row, counts, passages};
pub use names::{Facet, PlainFacet};
pub use saved::{put_in, read, remove, save};

use super::retrieval::Retrieval;
use super::search;
use crate::coding::Count;
use crate::diagnostic::{Result, fault};
use crate::project::Project;
use crate::query::{Query, Relation};
use crate::retrieve::{Layout, Outcome, Scope, Stretch, evaluate, holds, related, shared, sides};
use crate::text::{Span, chars_before};

/// What is asked, and how it is to be shown.
#[derive(Debug, Clone)]
pub struct Asked {
    pub query: Query,
    pub scope: Scope,
    /// Of a relation, only what both sides share.
    pub shared: bool,
    pub limit: usize,
}

/// Another stretch that a quotation lies to as asked.
#[derive(Debug, Clone)]
pub struct Partner {
    /// Label of its coding; `None` where it is a unit or a word.
    pub coding: Option<String>,
    pub code: Option<String>,
    pub coder: Option<String>,
    pub text: String,
}

/// A quotation that the query means.
#[derive(Debug, Clone)]
pub struct Quoted {
    /// Label of its coding; `None` where it is a unit or a word.
    pub coding: Option<String>,
    pub code: Option<String>,
    pub coder: Option<String>,
    pub document: String,
    /// `D3.gj/12..14`.
    pub passage: String,
    pub speaker: Option<String>,
    pub source: String,
    /// Bytes and code points: in the text layer; in a table, in the row.
    pub span: (usize, usize),
    pub chars: (usize, usize),
    pub text: String,
    /// A search made its coding, and nobody has read it.
    pub is_unread: bool,
    pub with: Vec<Partner>,
}

#[derive(Debug, Clone)]
pub struct Answer {
    /// Of all that is meant, also of what is not shown.
    pub total: Count,
    pub quotations: Vec<Quoted>,
    /// Documents whose text is not on this computer, and codings that stand on no text in force.
    pub missing: usize,
    pub astray: usize,
}

/// Partners shown with a quotation.
const PARTNERS: usize = 5;

/// The stretches a query means on this ground, with those of the right side where it is one relation.
struct Meant {
    stretches: Vec<Stretch>,
    right: Option<(Relation, Vec<Stretch>)>,
}

fn meant(retrieval: &Retrieval<'_>, asked: &Asked) -> Result<Meant> {
    let (found, right) = match &asked.query {
        Query::Related { left, relation, negated: false, right } => {
            let (left, right) = sides(retrieval, (left, right), (*relation, false), asked.scope)?;
            (related(retrieval, &left, *relation, false, &right)?, Some((*relation, right)))
        }
        query => {
            let Outcome { units, stretches } = evaluate(retrieval, query, asked.scope)?;
            let whole = || units.into_iter().map(|unit| retrieval.texts().stretch_of(unit)).collect();
            (stretches.unwrap_or_else(whole), None)
        }
    };
    if !asked.shared {
        return Ok(Meant { stretches: found, right });
    }
    match right {
        Some((relation, right)) => {
            Ok(Meant { stretches: shared(retrieval, &found, relation, &right)?, right: Some((relation, right)) })
        }
        None => Err(fault("nothing-shared", "only two sides of one relation share a part")
            .hint("as in: realist query run --shared 'code:trust OVERLAPS code:access'")),
    }
}

/// The quotations that a query means, in the order of the documents.
pub fn run(project: &Project, asked: &Asked, progress: &dyn Fn(usize, usize)) -> Result<Answer> {
    search::with_index(project, progress, |index| run_on(project, &Retrieval::new(project, index)?, asked))
}

/// The same, where the ground was read already.
pub(super) fn run_on(project: &Project, retrieval: &Retrieval<'_>, asked: &Asked) -> Result<Answer> {
    let Meant { stretches, right } = meant(retrieval, asked)?;
    let mut answer = answer(project, retrieval, &stretches, asked.limit)?;
    if let Some((relation, right)) = right.filter(|_| !asked.shared) {
        for (quoted, stretch) in answer.quotations.iter_mut().zip(&stretches) {
            quoted.with = partners(project, retrieval, stretch, relation, &right)?;
        }
    }
    Ok(answer)
}

/// The first of these stretches as quotations.
pub(super) fn answer(
    project: &Project,
    retrieval: &Retrieval<'_>,
    stretches: &[Stretch],
    limit: usize,
) -> Result<Answer> {
    let quotations = stretches.iter().take(limit).map(|one| quote(project, retrieval, one)).collect::<Result<_>>()?;
    let mut total = Count::default();
    for one in stretches {
        total.add(retrieval.is_unread(one));
    }
    Ok(Answer { total, quotations, missing: retrieval.missing, astray: retrieval.astray })
}

fn quote(project: &Project, retrieval: &Retrieval<'_>, stretch: &Stretch) -> Result<Quoted> {
    let texts = retrieval.texts();
    let touched = texts.touched(stretch);
    let (document, first) = retrieval.place_of(touched.start);
    let last = first + touched.len().saturating_sub(1);
    let label = project.label(document.id);
    let passage = if first == last { format!("{label}/{first}") } else { format!("{label}/{first}..{last}") };
    let span = (stretch.start as usize, stretch.end as usize);
    let (mut text, mut chars, mut speaker) = (String::new(), span, None);
    if let Some((shard, base)) = retrieval.shard_of(stretch.text)? {
        let of_text = Span::new(base + span.0, base + span.1);
        text.push_str(of_text.and_then(|span| span.of(&shard.text)).unwrap_or_default());
        let before = chars_before(&shard.text, base);
        let count = |at: usize| chars_before(&shard.text, base + at) - before;
        chars = (count(span.0), count(span.1));
        let mut speakers = (first..=last).filter_map(|n| shard.unit(n)).map(|unit| unit.speaker);
        let one = speakers.next().filter(|one| speakers.all(|other| other == *one));
        let unit = one.and_then(|_| shard.unit(first));
        speaker = unit.and_then(|unit| Project::speaker_label(&shard.header, unit));
    }
    let source = retrieval.source_of(touched.start).unwrap_or(document.source);
    let Partner { coding, code, coder, .. } = called(project, retrieval, stretch, String::new());
    Ok(Quoted {
        coding,
        code,
        coder,
        document: label,
        passage,
        speaker,
        source: project.label(source),
        span,
        chars,
        text,
        is_unread: retrieval.is_unread(stretch),
        with: Vec::new(),
    })
}

fn called(project: &Project, retrieval: &Retrieval<'_>, stretch: &Stretch, text: String) -> Partner {
    Partner {
        coding: retrieval.coding(stretch).map(|coding| project.label(coding)),
        code: retrieval.code(stretch).map(|code| code.name.clone()),
        coder: retrieval.coder(stretch).map(str::to_owned),
        text,
    }
}

fn partners(
    project: &Project,
    retrieval: &Retrieval<'_>,
    stretch: &Stretch,
    relation: Relation,
    right: &[Stretch],
) -> Result<Vec<Partner>> {
    let from = right.partition_point(|one| one.text < stretch.text);
    let mut found = Vec::new();
    for other in right[from..].iter().take_while(|one| one.text == stretch.text) {
        if found.len() == PARTNERS {
            break;
        }
        if holds(retrieval, relation, stretch, other)? {
            let text = quote(project, retrieval, other)?.text;
            found.push(called(project, retrieval, other, text));
        }
    }
    Ok(found)
}
