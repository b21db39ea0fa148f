//! What decisions and statements say towards a recommendation, in words. For the team it is material to word it with; what
//! speaks against it is told to everybody.

use super::told::titled;
use crate::grounds::{Doubt, Ground, Material, Said};
use crate::id::Id;
use crate::report::block::{Block, count_of};
use crate::report::cerqual::finding;
use crate::report::words::Press;
use crate::uncertainty::UncertaintyStatus;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Towards {
    pub for_whom: Vec<String>,
    pub context: Vec<String>,
    /// Evidence against, rivals, what is open.
    pub against: Vec<String>,
}

impl Towards {
    /// `basis`: what the reader is told anyway; of other statements it is said what they say.
    pub fn of(press: &Press, material: &Material, basis: &[Ground]) -> Self {
        let said = |one: &Said| format!("{} ({})", one.text, press.synthesis.label(one.of));
        Towards {
            for_whom: material.for_whom.iter().map(said).collect(),
            context: material.context.iter().map(said).collect(),
            against: material.doubts.iter().filter_map(|one| doubt(press, one, basis)).collect(),
        }
    }

    /// For the team all of it; others are told what speaks against it alone, lest material pass for a recommendation.
    pub fn blocks(&self, press: &Press) -> Vec<Block> {
        let mut lists = vec![("Speaks against it, or is open", &self.against)];
        if press.is_for_team() {
            lists.push(("Material: for whom", &self.for_whom));
            lists.push(("Material: in what circumstances", &self.context));
        }
        lists.retain(|(_, lines)| !lines.is_empty());
        lists.into_iter().flat_map(|(title, lines)| [titled(title), Block::lines(lines)]).collect()
    }
}

fn doubt(press: &Press, doubt: &Doubt, basis: &[Ground]) -> Option<String> {
    let synthesis = press.synthesis;
    let saying = |id: Id| {
        let is_told = basis.iter().any(|ground| ground.of == id);
        let held = synthesis.hypotheses.get(&id).filter(|_| !is_told);
        held.map(|one| format!(": {}", finding(press, one))).unwrap_or_default()
    };
    match doubt {
        Doubt::Against { statement, links, sources, elsewhere } => {
            let of = synthesis.label(*statement);
            let links = synthesis.labels_of(links.iter().copied()).join(", ");
            let said = match (elsewhere, sources) {
                (true, many) => {
                    format!("{} found it otherwise than {of} in other circumstances", count_of(*many, "source"))
                }
                (false, 1) => format!("1 source contradicts {of}"),
                (false, many) => format!("{many} sources contradict {of}"),
            };
            Some(format!("{said} ({links}){}", saying(*statement)))
        }
        Doubt::Rival { of, rival } => {
            let of = of.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
            let label = synthesis.label(rival.of);
            Some(format!("{label} ({}) explains it otherwise than {of}{}", rival.why, saying(rival.of)))
        }
        Doubt::Open(id) => {
            let one = synthesis.uncertainties.get(id)?;
            let state = match one.status {
                UncertaintyStatus::Deferred => "put off until it is tested",
                _ => "not settled",
            };
            Some(format!("{} is {state}: {}", synthesis.label(*id), one.text))
        }
    }
}
