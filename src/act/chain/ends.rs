//! What a person means by the end of a chain: a part (`H12/o1`), a statement, a component, or words of a factor.

use super::super::{nearest, parts, resolve};
use crate::chain::Place;
use crate::chain::opposites::bare;
use crate::diagnostic::{Result, did_you_mean, fault};
use crate::hypothesis::{Hypothesis, Part, PartKind, wording};
use crate::id::{Id, Kind, Label};
use crate::project::Project;
use crate::synthesis::Synthesis;
use std::collections::{BTreeMap, BTreeSet};

/// Which end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    From,
    To,
}

/// The parts that are meant. Of a statement or component as a whole: what it begins with, or what comes out of it.
///
/// Faults: `no-part`, `ambiguous-factor`, `unknown-factor`, `not-living`, and those of labels.
pub fn places(project: &Project, synthesis: &Synthesis, typed: &str, side: Side) -> Result<BTreeSet<Place>> {
    let typed = typed.trim();
    if let Some((statement, part)) = typed.rsplit_once('/')
        && is_label(statement, Kind::Hypothesis)
    {
        let statement = living(synthesis, project, resolve::find(project, Kind::Hypothesis, statement)?)?;
        let part = parts::part(statement, part)?;
        return if part.kind == PartKind::Actor {
            Err(fault(
                "no-factor",
                "who acts is no factor: chains run over contexts, resources, mechanisms and outcomes",
            )
            .hint("give another part of the statement, as in H12/o1"))
        } else {
            Ok(BTreeSet::from([place(statement.id, part)]))
        };
    }
    if is_label(typed, Kind::Hypothesis) {
        let statement = living(synthesis, project, resolve::find(project, Kind::Hypothesis, typed)?)?;
        return some(ends_of(statement, side).collect(), typed, side);
    }
    if is_label(typed, Kind::Component) {
        let component = resolve::component(project, typed)?;
        let own = synthesis.living_hypotheses().filter(|one| one.component == Some(component));
        return some(own.flat_map(|one| ends_of(one, side)).collect(), typed, side);
    }
    by_words(synthesis, typed)
}

/// `H12` or `H12.gj`.
fn is_label(typed: &str, kind: Kind) -> bool {
    let is_short = || {
        let head = typed.get(..kind.prefix().len()).unwrap_or_default();
        let digits = typed.get(kind.prefix().len()..).unwrap_or_default();
        head.eq_ignore_ascii_case(kind.prefix())
            && !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    typed.parse::<Label>().is_ok_and(|label| label.kind == kind) || is_short()
}

fn living<'s>(synthesis: &'s Synthesis, project: &Project, id: Id) -> Result<&'s Hypothesis> {
    synthesis.living_hypotheses().find(|one| one.id == id).ok_or_else(|| {
        let label = project.label(id);
        fault(
            "not-living",
            format!("{label} no longer stands: chains run through drafts, screened and active statements"),
        )
        .hint(format!("see what became of it: realist hypothesis show {label}"))
    })
}

fn place(hypothesis: Id, part: &Part) -> Place {
    Place { hypothesis, part: part.key.clone() }
}

/// What a statement begins with (its mechanism where it names nothing before), or its outcomes.
fn ends_of(statement: &Hypothesis, side: Side) -> impl Iterator<Item = Place> + '_ {
    let has_entry = statement.parts.iter().any(|part| part.kind.is_entry());
    let is_end = move |part: &&Part| match side {
        Side::From => part.kind.is_entry() || (!has_entry && part.kind.is_mechanism()),
        Side::To => part.kind == PartKind::Outcome,
    };
    statement.parts.iter().filter(is_end).map(|part| place(statement.id, part))
}

fn some(places: BTreeSet<Place>, typed: &str, side: Side) -> Result<BTreeSet<Place>> {
    if places.is_empty() {
        let lacks = if side == Side::From { "context or resource to begin with" } else { "outcome to end at" };
        return Err(fault("no-part", format!("{typed} has no {lacks}"))
            .hint("its statements may be sentences that were not yet split into parts: realist hypothesis edit H1.gj --context ... --outcome ..."));
    }
    Ok(places)
}

/// Parts worded so; else those of the one wording that has these words in it.
fn by_words(synthesis: &Synthesis, typed: &str) -> Result<BTreeSet<Place>> {
    let mut wordings: BTreeMap<String, (String, BTreeSet<Place>)> = BTreeMap::new();
    for statement in synthesis.living_hypotheses() {
        for part in statement.parts.iter().filter(|part| part.kind != PartKind::Actor) {
            let one = wordings.entry(wording(&part.text)).or_insert_with(|| (part.text.clone(), BTreeSet::new()));
            one.1.insert(place(statement.id, part));
        }
    }
    let wanted = wording(typed);
    if let Some((_, places)) = wordings.get(&wanted) {
        return Ok(places.clone());
    }
    let near: Vec<&(String, BTreeSet<Place>)> = wordings
        .iter()
        .filter(|(one, _)| !wanted.is_empty() && bare(one).0.contains(&wanted))
        .map(|(_, one)| one)
        .collect();
    match near.as_slice() {
        [(_, places)] => Ok(places.clone()),
        [] => {
            let texts: Vec<String> = wordings.values().map(|(text, _)| text.clone()).collect();
            let mut meant = did_you_mean(typed, texts.iter().map(String::as_str));
            if meant.is_empty() {
                meant = nearest::nearest(typed, &texts, 3).into_iter().map(|at| texts[at].clone()).collect();
            }
            let quoted: Vec<String> = meant.iter().map(|text| format!("\u{201c}{text}\u{201d}")).collect();
            Err(resolve::meant(fault("unknown-factor", format!("no part of a statement is worded '{typed}'")), &quoted)
                .hint("name a part as H12/o1, a statement as H12.gj, a component as K3.gj; realist theory links lists all"))
        }
        many => Err(fault("ambiguous-factor", format!("'{typed}' may be one of {} parts", many.len()))
            .hints(many.iter().take(5).map(|(text, _)| format!("\u{201c}{text}\u{201d}")))
            .hint("type it whole, or name the part as H12/o1")),
    }
}
