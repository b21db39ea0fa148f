//! What a filled-in form or a row of a sheet asks for: a new statement or an existing one, and the
//! link from the passage to it. Shared by [`super::write`] and [`super::sheet`].

use super::anchor::Spot;
use super::evidence::{Judgement, Links};
use super::form::{Block, Located, Slot};
use super::hypothesis::{self, Entry, Made};
use super::parts::Saying;
use super::resolve;
use crate::diagnostic::{Fault, Result, fault};
use crate::evidence::Stance;
use crate::hypothesis::{Hypothesis, PartKind};
use crate::id::Kind;
use crate::project::Batch;
use std::str::FromStr;

/// A claim as a person filled it in, its words read into types.
#[derive(Debug, Clone)]
pub struct Claim {
    block: Block,
    entry: Entry,
    /// An existing statement the passage is tied to; else the claim is a new one.
    attach: Option<String>,
    judgement: Judgement,
}

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub hypothesis: String,
    /// The statement was made, not only tied to.
    pub new: bool,
    pub evidence: String,
    pub passage: String,
    pub stance: Stance,
    pub sentence: String,
    /// What the slot scheme still asks for.
    pub missing: Vec<&'static str>,
}

/// Reads a block. All its faults are returned, each at its line.
pub fn read(block: &Block) -> Result<Claim, Vec<Located>> {
    let mut faults = Vec::new();
    let judgement = Judgement {
        stance: typed(block, Slot::Stance, &mut faults).or_else(|| {
            let new = block.entry(Slot::Attach).is_none() && block.entry(Slot::Stance).is_none();
            new.then_some(Stance::Supports)
        }),
        circumstances: typed(block, Slot::Circumstances, &mut faults),
        part: block.text(Slot::Part).map(str::to_owned),
        relevance: score(block, Slot::Relevance, &mut faults),
        richness: score(block, Slot::Richness, &mut faults),
        rigour: score(block, Slot::Rigour, &mut faults),
        inference: None,
        reason: block.text(Slot::Reason).map(str::to_owned),
    };
    let parts: Vec<(PartKind, String)> =
        block.entries.iter().filter_map(|entry| Some((entry.slot.part()?, entry.text.clone()))).collect();
    let say = block.entry(Slot::Details).map_or(Ok(Vec::new()), |entry| {
        Saying::list(&entry.text).map_err(|fault| faults.push(Located { line: entry.line, fault }))
    });
    let entry = Entry {
        say: say.unwrap_or_default(),
        statement: block.text(Slot::Claim).map(str::to_owned),
        parts,
        component: block.text(Slot::Component).map(str::to_owned),
        ..Entry::default()
    };
    let attach = block.text(Slot::Attach).map(str::to_owned);
    faults.extend(either(block, attach.is_some()));
    if faults.is_empty() { Ok(Claim { block: block.clone(), entry, attach, judgement }) } else { Err(faults) }
}

fn typed<T: FromStr<Err = Fault>>(block: &Block, slot: Slot, faults: &mut Vec<Located>) -> Option<T> {
    let entry = block.entry(slot)?;
    entry.text.parse().map_err(|fault| faults.push(Located { line: entry.line, fault })).ok()
}

fn score(block: &Block, slot: Slot, faults: &mut Vec<Located>) -> Option<u8> {
    let entry = block.entry(slot)?;
    let read = entry.text.parse::<u8>().ok().filter(|score| *score <= 3);
    if read.is_none() {
        let fault =
            fault("bad-score", format!("'{}' is no {slot}", entry.text)).hint("0 none, 1 low, 2 moderate, 3 high");
        faults.push(Located { line: entry.line, fault });
    }
    read
}

/// A claim is new, or it ties the passage to a statement that is there: never both, never neither.
fn either(block: &Block, attached: bool) -> Option<Located> {
    let writes = |entry: &&super::form::Entry| {
        matches!(entry.slot, Slot::Claim | Slot::Component | Slot::Details) || entry.slot.part().is_some()
    };
    let written = block.entries.iter().find(writes);
    match (attached, written) {
        (true, Some(entry)) => Some(Located {
            line: entry.line,
            fault: fault("attach-or-claim", format!("{} cannot stand beside an existing statement", entry.slot))
                .hint("empty one of the two; an existing statement is changed with: realist hypothesis edit"),
        }),
        (false, None) => Some(Located {
            line: block.line,
            fault: fault("empty-statement", "a judgement needs a claim, a part, or a statement to attach to"),
        }),
        (false, Some(entry)) if entry.slot == Slot::Component && !block.entries.iter().any(is_claim) => Some(Located {
            line: entry.line,
            fault: fault("empty-statement", "a component alone is no claim; write the claim or one of its parts"),
        }),
        _ => None,
    }
}

fn is_claim(entry: &super::form::Entry) -> bool {
    entry.slot == Slot::Claim || entry.slot.part().is_some()
}

impl Claim {
    /// Makes the statement, if it is new, and the link.
    pub(super) fn write(
        &self,
        batch: &mut Batch<'_>,
        links: &mut Links,
        spot: &Spot,
        sheet: Option<&str>,
    ) -> Result<Written, Located> {
        let Made { label, statement } = self.statement(batch)?;
        let linked = links
            .add(batch, (&label, &statement), spot, &self.judgement, sheet)
            .map_err(|fault| Located { line: self.line_of(&fault), fault: reworded(fault) })?;
        Ok(Written {
            new: self.attach.is_none(),
            hypothesis: label,
            evidence: linked.id,
            passage: linked.passage,
            stance: self.judgement.stance.unwrap_or(Stance::Supports),
            sentence: statement.sentence(),
            missing: statement.missing(batch.project().settings().configuration),
        })
    }

    fn statement(&self, batch: &mut Batch<'_>) -> Result<Made, Located> {
        let at = |slot| move |fault| Located { line: self.block.line_of(slot), fault };
        if let Some(attach) = &self.attach {
            let project = batch.project();
            let id = resolve::find(project, Kind::Hypothesis, attach).map_err(at(Slot::Attach))?;
            let statement: Hypothesis = resolve::read(project, id).map_err(at(Slot::Attach))?;
            return Ok(Made { label: project.label(id), statement });
        }
        hypothesis::create(batch, &mut None, &self.entry).map_err(at(match &self.entry.component {
            Some(typed) if resolve::component(batch.project(), typed).is_err() => Slot::Component,
            _ => Slot::Claim,
        }))
    }

    fn line_of(&self, fault: &Fault) -> usize {
        let extreme = |score: Option<u8>| matches!(score, Some(0 | 3));
        let slot = match fault.0.code {
            "no-part" | "ambiguous-part" => Slot::Part,
            "circumstances-only-against" => Slot::Circumstances,
            "reason-needed" if extreme(self.judgement.relevance) => Slot::Relevance,
            "reason-needed" if extreme(self.judgement.richness) => Slot::Richness,
            "reason-needed" => Slot::Rigour,
            "no-stance" | "link-exists" => Slot::Attach,
            _ => Slot::Claim,
        };
        self.block.line_of(slot)
    }
}

/// Hints that name options are of no use in a form.
fn reworded(mut fault: Fault) -> Fault {
    match fault.0.code {
        "reason-needed" => fault.0.hints = vec!["fill in the field 'reason'".to_owned()],
        "no-stance" => fault.0.hints = vec!["fill in the field 'stance'".to_owned()],
        _ => {}
    }
    fault
}
