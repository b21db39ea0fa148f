//! What decisions and statements say towards a recommendation, in words. For the team it is material to word it with; what
//! speaks against it is told to everybody.

use super::told::titled;
use crate::grounds::{Doubt, Material, Said};
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
    pub fn of(press: &Press, material: &Material) -> Self {
        let said = |one: &Said| format!("{} ({})", one.text, press.synthesis.label(one.of));
        Towards {
            for_whom: material.for_whom.iter().map(said).collect(),
            context: material.context.iter().map(said).collect(),
            against: material.doubts.iter().flat_map(|one| doubt(press, one)).collect(),
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

fn doubt(press: &Press, doubt: &Doubt) -> Vec<String> {
    let synthesis = press.synthesis;
    let statement = |id| synthesis.hypotheses.get(&id).map(|one| finding(press, one)).unwrap_or_default();
    match doubt {
        Doubt::Against { statement, links, sources, elsewhere } => {
            let of = synthesis.label(*statement);
            let mut links: Vec<_> = links.iter().map(|id| (synthesis.labels.get(id), synthesis.label(*id))).collect();
            links.sort();
            let links: Vec<String> = links.into_iter().map(|(_, label)| label).collect();
            let links = links.join(", ");
            vec![match (elsewhere, sources) {
                (true, _) => format!(
                    "{} found it otherwise than {of} in other circumstances ({links})",
                    count_of(*sources, "source")
                ),
                (false, 1) => format!("1 source contradicts {of} ({links})"),
                (false, many) => format!("{many} sources contradict {of} ({links})"),
            }]
        }
        Doubt::Rival { of, rival, named } => {
            let of = of.iter().map(|id| synthesis.label(*id)).collect::<Vec<_>>().join(", ");
            let said = format!("{} explains it otherwise than {of}", synthesis.label(rival.of));
            vec![if *named { said } else { format!("{said}: {} ({})", statement(rival.of), rival.why) }]
        }
        Doubt::Open(id) => {
            let Some(one) = synthesis.uncertainties.get(id) else { return Vec::new() };
            let state = match one.status {
                UncertaintyStatus::Deferred => "put off until it is tested",
                _ => "not settled",
            };
            vec![format!("{} is {state}: {}", synthesis.label(*id), one.text)]
        }
    }
}
