//! One statement becomes several, or one that says it more closely. The former stays, superseded, with its
//! evidence: which of it holds for the new ones is for somebody to confirm.

use super::{living, reason};
use crate::act::hypothesis::{self, Entry};
use crate::act::parts::Saying;
use crate::act::relate::{self, Net};
use crate::diagnostic::{Result, fault};
use crate::hypothesis::{Editorial, Hypothesis, PartKind};
use crate::id::Kind;
use crate::link::LinkKind;
use crate::project::{Batch, Done, Project};
use serde_json::json;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Succeeded {
    pub former: String,
    pub new: Vec<String>,
    /// Labels of the links made.
    pub links: Vec<String>,
    /// The former goes on standing.
    pub beside: bool,
    /// Links that hang on the former and wait for somebody to move them: `L2.gj: H3.gj leads to H7.gj`.
    pub left: Vec<String>,
    /// The sentence that a refinement took over from the former although it gave other parts.
    pub sentence_stands: Option<String>,
}

/// Splits a statement into two or more sentences; with `keep_parts` each begins with all its parts.
///
/// Faults: `too-few`, `not-living`, `merged`, `reason-needed`.
pub fn split(
    project: &mut Project,
    former: &str,
    sentences: &[String],
    keep_parts: bool,
    why: &str,
) -> Result<Done<Succeeded>> {
    project.write("hypothesis split", true, |batch| {
        if sentences.len() < 2 {
            return Err(fault("too-few", "a split makes two statements or more")
                .hint("realist hypothesis split H3.gj --into \"...\" --into \"...\" --why \"...\""));
        }
        let held = living(batch.project(), former)?;
        let of_sentence = |sentence: &String| {
            let heir = heir(batch.project(), &held);
            let parts = if keep_parts { parts_but(&held, &[]) } else { (Vec::new(), Vec::new()) };
            Entry { statement: Some(sentence.clone()), parts: parts.0, say: parts.1, ..heir }
        };
        let entries: Vec<Entry> = sentences.iter().map(of_sentence).collect();
        succeed(batch, &held, &entries, LinkKind::SplitFrom, false, why)
    })
}

/// Says a statement more closely: what the entry leaves out is as it was. The former is superseded, or
/// with `beside` goes on standing.
///
/// Faults: `not-living`, `merged`, `reason-needed`.
pub fn refine(project: &mut Project, former: &str, entry: &Entry, beside: bool, why: &str) -> Result<Done<Succeeded>> {
    project.write("hypothesis refine", true, |batch| {
        let held = living(batch.project(), former)?;
        let given: Vec<PartKind> = entry.parts.iter().map(|(kind, _)| *kind).collect();
        let (mut parts, mut say) = parts_but(&held, &given);
        parts.extend(entry.parts.iter().cloned());
        say.extend(entry.say.iter().cloned());
        let heir = heir(batch.project(), &held);
        let taken_over = held.statement.clone().filter(|_| entry.statement.is_none() && !entry.parts.is_empty());
        let entry = Entry {
            statement: entry.statement.clone().or_else(|| held.statement.clone()),
            parts,
            say,
            component: entry.component.clone().or(heir.component),
            status: entry.status.or(heir.status),
            origin: entry.origin.or(heir.origin),
            inference: entry.inference.or(heir.inference),
            memo: entry.memo.clone().or(heir.memo),
            ..entry.clone()
        };
        let succeeded = succeed(batch, &held, &[entry], LinkKind::Refines, beside, why)?;
        Ok(Succeeded { sentence_stands: taken_over, ..succeeded })
    })
}

/// What a new statement has from the former one.
fn heir(project: &Project, held: &Hypothesis) -> Entry {
    Entry {
        component: held.component.map(|id| project.label(id)),
        status: Some(held.status),
        origin: held.origin,
        inference: held.inference,
        memo: held.memo.clone(),
        ..Entry::default()
    }
}

/// The parts of a statement but those of some kinds, and what is said of them where a kind has one part.
fn parts_but(held: &Hypothesis, kinds: &[PartKind]) -> (Vec<(PartKind, String)>, Vec<Saying>) {
    let kept = || held.parts.iter().filter(|part| !kinds.contains(&part.kind));
    let alone = |kind: PartKind| held.parts_of(kind).count() == 1;
    let say = kept().filter(|part| alone(part.kind)).flat_map(|part| {
        let said = part.details.said().into_iter();
        said.map(|(detail, text)| Saying { part: part.kind.word().to_owned(), detail, text })
    });
    (kept().map(|part| (part.kind, part.text.clone())).collect(), say.collect())
}

fn succeed(
    batch: &mut Batch<'_>,
    held: &Hypothesis,
    entries: &[Entry],
    kind: LinkKind,
    beside: bool,
    why: &str,
) -> Result<Succeeded> {
    let why = reason(why)?;
    let left = if beside { Vec::new() } else { relate::carry::left_on(batch.project(), held) };
    let mut net = Some(Net::of(batch.project()));
    let (mut new, mut links) = (Vec::new(), Vec::new());
    for entry in entries {
        let made = hypothesis::create(batch, &mut net, entry)?;
        if let Some(net) = &mut net {
            links.push(net.lay(batch, relate::bare(made.statement.id, kind, held.id, Some(why)))?);
        }
        new.push(made.label);
    }
    if !beside {
        let fields = Batch::fields(json!({ "status": Editorial::Superseded, "reason": why }));
        batch.set(Kind::Hypothesis, held.id, &fields);
    }
    Ok(Succeeded { former: batch.project().label(held.id), new, links, beside, left, sentence_stands: None })
}
