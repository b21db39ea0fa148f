//! Asking over codings: quotations that a query means, listed or counted; and queries kept under a name.

mod counts;
pub(super) mod names;
mod saved;
#[cfg(test)]
mod tests;

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
use std::collections::BTreeSet;

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
    /// It counts for nothing yet: a search made its coding, or the one on whose account it is meant, and nobody has read that.
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

/// A stretch that a query means.
pub(super) struct Found {
    pub stretch: Stretch,
    /// It counts for nothing yet: nobody has read its coding, or it is meant only on account of one that nobody has read.
    pub is_unread: bool,
}

/// What a query means on this ground, with the stretches of the right side where it is one relation.
struct Meant {
    found: Vec<Found>,
    right: Option<(Relation, Vec<Stretch>)>,
}

/// What counts is meant where only codings that somebody has read are looked at; what more is meant where all are looked at
/// is unread. A query that asks for `unread:` itself is taken by its word.
fn meant(retrieval: &Retrieval<'_>, asked: &Asked) -> Result<Meant> {
    let (everything, right) = stretches(retrieval, asked, &asked.query)?;
    if asked.query.names_unread() || !asked.query.is_of_codings() || !retrieval.has_unread() {
        let found = |stretch: Stretch| Found { stretch, is_unread: retrieval.is_unread(&stretch) };
        return Ok(Meant { found: everything.into_iter().map(found).collect(), right });
    }
    let read: BTreeSet<Stretch> = stretches(retrieval, asked, &asked.query.of_read())?.0.into_iter().collect();
    let mut all: Vec<Stretch> = everything.into_iter().chain(read.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let found = |stretch: Stretch| Found { stretch, is_unread: !read.contains(&stretch) };
    Ok(Meant { found: all.into_iter().map(found).collect(), right })
}

/// The stretches of a query, and those of the right side where it is one relation.
type Sides = (Vec<Stretch>, Option<(Relation, Vec<Stretch>)>);

fn stretches(retrieval: &Retrieval<'_>, asked: &Asked, query: &Query) -> Result<Sides> {
    let (found, right) = match query {
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
        return Ok((found, right));
    }
    match right {
        Some((relation, right)) => Ok((shared(retrieval, &found, relation, &right)?, Some((relation, right)))),
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
    let Meant { found, right } = meant(retrieval, asked)?;
    let mut answer = answer(project, retrieval, &found, asked.limit)?;
    if let Some((relation, right)) = right.filter(|_| !asked.shared) {
        for (quoted, one) in answer.quotations.iter_mut().zip(&found) {
            quoted.with = partners(project, retrieval, &one.stretch, relation, &right)?;
        }
    }
    Ok(answer)
}

/// The first of these stretches as quotations.
pub(super) fn answer(project: &Project, retrieval: &Retrieval<'_>, found: &[Found], limit: usize) -> Result<Answer> {
    let quoted = |one: &Found| {
        quote(project, retrieval, &one.stretch).map(|quoted| Quoted { is_unread: one.is_unread, ..quoted })
    };
    let quotations = found.iter().take(limit).map(quoted).collect::<Result<_>>()?;
    let mut total = Count::default();
    for one in found {
        total.add(one.is_unread);
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
