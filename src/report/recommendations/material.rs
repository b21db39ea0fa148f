//! What decisions and statements say towards a recommendation, in words. For the team it is material to word it with; what
//! speaks against it is told to everybody.

use crate::grounds::{Doubt, Material, Said};
use crate::report::agenda::settled;
use crate::report::block::{Run, count_of};
use crate::report::cerqual::finding;
use crate::report::words::Press;
use crate::uncertainty::UncertaintyStatus;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Towards {
    pub for_whom: Vec<String>,
    pub context: Vec<String>,
    /// Evidence against, rivals, what is open, dissent.
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
    pub fn pairs(&self, press: &Press) -> Vec<(String, Vec<Run>)> {
        let pair = |term: &'static str| move |text: &String| (term.to_owned(), vec![Run::plain(text.clone())]);
        let mut pairs = Vec::new();
        if press.is_for_team() {
            pairs.extend(self.for_whom.iter().map(pair("Material: for whom")));
            pairs.extend(self.context.iter().map(pair("Material: circumstances")));
        }
        pairs.extend(self.against.iter().map(pair("Speaks against it, or is open")));
        pairs
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
            let sources = count_of(*sources, "source");
            let said = if *elsewhere { "found otherwise in other circumstances, against" } else { "against" };
            vec![format!("{sources} {said} {of} ({})", links.join(", "))]
        }
        Doubt::Rival { of, rival } => vec![format!(
            "{} explains it otherwise than {}: {} ({})",
            synthesis.label(rival.of),
            synthesis.label(*of),
            statement(rival.of),
            rival.why
        )],
        Doubt::Open(id) => {
            let Some(one) = synthesis.uncertainties.get(id) else { return Vec::new() };
            let state = match one.status {
                UncertaintyStatus::Deferred => "put off until it is tested",
                _ => "not settled",
            };
            vec![format!("{} is {state}: {}", synthesis.label(*id), one.text)]
        }
        Doubt::Dissent(id) => {
            let decision = synthesis.decisions.iter().find(|one| one.id == *id);
            let said = decision.map(|one| settled::dissent(press, one)).unwrap_or_default();
            said.into_iter().map(|one| format!("dissent from {}: {one}", synthesis.label(*id))).collect()
        }
        Doubt::Provisional { statement, appraised, links } => vec![format!(
            "of {} on {}, {appraised} appraised: its standing may change",
            count_of(*links, "passage"),
            synthesis.label(*statement)
        )],
    }
}
