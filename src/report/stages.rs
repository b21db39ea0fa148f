//! `report stages`: the analysis stage by stage (method reference 3.7, table 11): what was done, by which process, and where
//! theories of others came in. What the project does not know reads TO WRITE.

use super::block::{Block, Report, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::methods::census;
use super::panels::Panels;
use super::searches::told;
use super::words::Press;
use super::{Brief, TO_WRITE};
use crate::evidence::Stance;
use crate::hypothesis::Origin;
use crate::id::Id;
use crate::link::LinkKind;
use crate::screening::searches;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const RULE: &str = "How this table came about: what was done is counted from the project as it stands. Theories of others are \
told at a stage where a search was made for them, a statement came from them or draws on them; where nobody recorded any, it says none \
recorded. Stages stand in the order of the work; they were gone through more than once.";

const NONE_RECORDED: &str = "none recorded";

/// One stage: its name, what was done, by which process, theories of others.
struct Stage {
    name: &'static str,
    done: Option<String>,
    process: Vec<String>,
    /// What only the authors can say of the process.
    to_write: Option<&'static str>,
    theories: Vec<String>,
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let stages = [
        searching(synthesis),
        coding(synthesis),
        writing(synthesis),
        testing(synthesis),
        consolidating(synthesis),
        refining(synthesis, brief),
        settling(synthesis, brief),
    ];
    let table = table(&stages);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::heading(2, "Stages of the analysis", "stages"));
    blocks.push(Block::table("Stages of the analysis", table.clone()));
    blocks.push(Block::rule(RULE));
    if !press.tally().is_empty() {
        blocks.extend(closing(&press));
    }
    Report {
        key: "stages",
        title: format!("{}: stages of the analysis", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "stages",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "stages": stages.iter().map(|stage| json!({
                "stage": stage.name,
                "done": stage.done,
                "process": stage.process,
                "to_write": stage.to_write,
                "theories": stage.theories,
            })).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
        sheet: table,
    }
}

fn table(stages: &[Stage]) -> Table {
    let mut table = Table::with(&[
        ("stage", "Stage"),
        ("done", "What was done"),
        ("process", "How"),
        ("theories", "Theories of others"),
    ]);
    for stage in stages {
        let to_write = stage.to_write.map(|what| format!("{TO_WRITE}: {what}."));
        let process: Vec<String> = stage.process.iter().cloned().chain(to_write).collect();
        let theories = match stage.theories.as_slice() {
            [] => NONE_RECORDED.to_owned(),
            some => some.join("; "),
        };
        table.push(vec![
            stage.name.into(),
            stage.done.clone().unwrap_or_else(|| "nothing recorded".to_owned()).into(),
            Cell::from(process.join(" ")),
            theories.into(),
        ]);
    }
    table
}

/// `candidacy (2 searches)`, in the order of names.
fn by_theory(synthesis: &Synthesis, uses: impl Iterator<Item = Id>, what: &str) -> Vec<String> {
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for theory in uses.filter_map(|id| synthesis.substantive_theories.get(&id)) {
        *of.entry(&theory.name).or_default() += 1;
    }
    of.into_iter().map(|(name, n)| format!("{name} ({})", count_of(n, what))).collect()
}

fn searching(synthesis: &Synthesis) -> Stage {
    let process = told::screening(synthesis).into_iter();
    let how = told::how_screened(synthesis).into_iter().map(|how| format!("{}.", how.trim_end_matches('.')));
    Stage {
        name: "Searching and screening",
        done: told::in_short(synthesis),
        process: process.chain(how).collect(),
        to_write: Some("how each search followed from the one before"),
        theories: by_theory(
            synthesis,
            searches(synthesis).into_iter().flat_map(|one| one.serves.iter().copied()),
            "search",
        ),
    }
}

fn coding(synthesis: &Synthesis) -> Stage {
    let alone = synthesis.sources.keys().filter(|id| synthesis.counts_as(**id) == **id).count();
    let used: BTreeSet<Id> = synthesis.codings.values().map(|one| one.code).collect();
    let coders: BTreeSet<&str> =
        synthesis.codings.values().map(|one| one.coder.as_str()).filter(|tag| *tag != crate::pass::CONSENSUS).collect();
    let (documents, codings) = (synthesis.documents.len(), synthesis.codings.len());
    let read = format!("{} from {} read", count_of(documents, "document"), count_of(alone, "independent source"));
    Stage {
        name: "Reading and coding",
        done: (documents > 0).then(|| {
            let coded = format!(", {} made with {}", count_of(codings, "coding"), count_of(used.len(), "code"));
            format!("{read}{}.", if codings > 0 { coded.as_str() } else { "" })
        }),
        process: (!coders.is_empty())
            .then(|| format!("{} coded.", count_of(coders.len(), "person")))
            .into_iter()
            .collect(),
        to_write: Some("how codes came about, and how coders compared notes"),
        theories: Vec::new(),
    }
}

fn writing(synthesis: &Synthesis) -> Stage {
    let of = |origin| synthesis.hypotheses.values().filter(|one| one.origin == origin).count();
    let from = [
        (Some(Origin::Extracted), "taken from documents"),
        (Some(Origin::Stakeholder), "from stakeholders"),
        (Some(Origin::Team), "from the team's own thinking"),
        (Some(Origin::SubstantiveTheory), "from theories of others"),
        (None, "whose origin nobody said"),
    ];
    let from: Vec<String> = from
        .into_iter()
        .map(|(origin, said)| (of(origin), said))
        .filter(|(n, _)| *n > 0)
        .map(|(n, said)| format!("{n} {said}"))
        .collect();
    let informed = synthesis.links_of_kind(LinkKind::InformedBy).map(|link| link.to);
    let all = synthesis.hypotheses.len();
    Stage {
        name: "Writing statements",
        done: (all > 0).then(|| format!("{} written: {}.", count_of(all, "statement"), from.join(", "))),
        process: (all > 0)
            .then(|| "Each as a sentence with typed parts: context, resource, reasoning, outcome.".to_owned())
            .into_iter()
            .collect(),
        to_write: Some("who wrote, and who checked"),
        theories: by_theory(synthesis, informed, "statement"),
    }
}

fn testing(synthesis: &Synthesis) -> Stage {
    let links = || synthesis.evidence.values().filter(|link| !synthesis.is_gone(link));
    let of = |stance| links().filter(|link| link.stance == stance).count();
    let (all, appraised) = (links().count(), links().filter(|link| link.is_appraised()).count());
    let against = searches(synthesis).into_iter().filter(|one| !one.against.is_empty()).count();
    let exceptions = (against > 0).then(|| format!("{} made for exceptions.", count_of(against, "search")));
    let scored = (appraised > 0).then(|| {
        format!("{appraised} of {} scored for relevance, richness and rigour, 0 to 3.", count_of(all, "link"))
    });
    Stage {
        name: "Holding statements against evidence",
        done: (all > 0).then(|| {
            format!(
                "{} between passages and statements: {} support, {} refine, {} refute, {} unclear.",
                count_of(all, "link"),
                of(Stance::Supports),
                of(Stance::Refines),
                of(Stance::Refutes),
                of(Stance::Ambiguous)
            )
        }),
        process: scored.into_iter().chain(exceptions).collect(),
        to_write: None,
        theories: Vec::new(),
    }
}

fn consolidating(synthesis: &Synthesis) -> Stage {
    let all = synthesis.hypotheses.len();
    let linked = |kind| synthesis.links_of_kind(kind).count();
    let rivals = linked(LinkKind::RivalOf);
    Stage {
        name: "Consolidating",
        done: (all > 0).then(|| format!("Of {}: {}.", count_of(all, "statement"), census(synthesis))),
        process: (all > 0)
            .then(|| {
                format!(
                    "Each step with its reason; a merged statement stays below the one that speaks for it. {} kept side by side.",
                    count_of(rivals, "rival pair")
                )
            })
            .into_iter()
            .collect(),
        to_write: None,
        theories: Vec::new(),
    }
}

fn refining(synthesis: &Synthesis, brief: &Brief) -> Stage {
    let each = brief.refinements.iter().map(|step| {
        let mut moves: BTreeMap<&str, usize> = BTreeMap::new();
        step.changes.iter().for_each(|change| *moves.entry(&change.moved).or_default() += 1);
        let moves: Vec<String> = moves.into_iter().map(|(name, n)| format!("{name} {n}")).collect();
        let by = if moves.is_empty() { String::new() } else { format!(" ({})", moves.join(", ")) };
        format!("From {} to {}: {}{by}.", step.from, step.to, count_of(step.changes.len(), "change"))
    });
    let components = synthesis.components_in_order().len();
    Stage {
        name: "Building and refining the theory",
        done: (components > 0).then(|| format!("A programme theory of {}.", count_of(components, "component"))),
        process: each.collect(),
        to_write: brief.refinements.is_empty().then_some("how the theory was refined: no version of it was frozen"),
        theories: Vec::new(),
    }
}

fn settling(synthesis: &Synthesis, brief: &Brief) -> Stage {
    let panels = Panels::of(synthesis, brief);
    let (rounds, decisions) = (panels.rounds().len(), synthesis.decisions.len());
    let asked = count_of(synthesis.uncertainties.len(), "uncertainty");
    let members = panels.makeup().map(|makeup| format!("{makeup}."));
    Stage {
        name: "Settling what was uncertain",
        done: (rounds + decisions > 0).then(|| {
            format!("{asked} named, {} held, {} recorded.", count_of(rounds, "round"), count_of(decisions, "decision"))
        }),
        process: members.into_iter().chain(panels.response().map(|response| format!("{response}."))).collect(),
        to_write: (rounds + decisions == 0).then_some("how what was uncertain was settled"),
        theories: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::link::Link;
    use crate::participant::Audience;
    use crate::report::sample;
    use crate::theory::SubstantiveTheory;

    /// Numbers in a text.
    fn numbers(text: &str) -> Vec<usize> {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
    }

    #[test]
    fn every_stage_is_counted_and_a_theory_stands_where_it_came_in() {
        let mut synthesis = sample::synthesis();
        let theory = sample::id(Kind::SubstantiveTheory, 1);
        let candidacy = SubstantiveTheory {
            id: theory,
            name: "candidacy".to_owned(),
            citation: None,
            source: None,
            claim: None,
            author: "gj".to_owned(),
        };
        synthesis.substantive_theories.insert(theory, candidacy);
        let from: Vec<Id> = synthesis.hypotheses.keys().copied().take(2).collect();
        for (n, from) in (900..).zip(from) {
            let id = sample::id(Kind::Link, n);
            let link = Link {
                id,
                from,
                from_part: None,
                to: theory,
                to_part: None,
                kind: LinkKind::InformedBy,
                enters_as: None,
                reason: None,
                author: "gj".to_owned(),
            };
            synthesis.links.insert(id, link);
        }
        let report = make(&synthesis, &Brief::new(Audience::Publication));
        let stages = report.data["stages"].as_array().unwrap();
        assert_eq!(stages.len(), 7);
        assert_eq!(stages[2]["theories"], json!(["candidacy (2 statements)"]));
        let links = synthesis.evidence.values().filter(|link| !synthesis.is_gone(link));
        let supports = links.clone().filter(|link| link.stance == Stance::Supports).count();
        let said = stages[3]["done"].as_str().unwrap();
        assert!(said.starts_with(&format!("{} links ", links.count())), "{said}");
        assert!(said.contains(&format!(": {supports} support, ")), "{said}");
        let written = stages[2]["done"].as_str().unwrap();
        let counts = numbers(written);
        assert_eq!(counts[1..].iter().sum::<usize>(), counts[0], "every origin is told of: {written}");
        synthesis.hypotheses.values_mut().next().unwrap().status = crate::hypothesis::Editorial::Screened;
        let report = make(&synthesis, &Brief::new(Audience::Publication));
        let consolidated = report.data["stages"][4]["done"].as_str().unwrap();
        let counts = numbers(consolidated);
        assert_eq!(counts[1..].iter().sum::<usize>(), counts[0], "every status is told of: {consolidated}");
    }

    #[test]
    fn a_project_of_nothing_claims_nothing() {
        let report = make(&Synthesis::empty(sample::settings()), &Brief::new(Audience::Team));
        let stages = report.data["stages"].as_array().unwrap();
        assert!(
            stages.iter().all(|one| one["done"].is_null() && one["process"].as_array().unwrap().is_empty()),
            "{stages:?}"
        );
    }
}
