//! `report methods`: what was done, as sentences for the methods section, with the numbers and rules behind them. What the
//! project does not know reads TO WRITE.

use super::appraisal::RIGOUR_ALONE;
use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::panels::Panels;
use super::words::Press;
use super::{Brief, TO_WRITE, cerqual, tally, voices};
use crate::decision::{Body, Decision, Outcome};
use crate::evidence::Evidence;
use crate::hypothesis::{Editorial, Hypothesis, PartKind};
use crate::id::Id;
use crate::screening::{Held, by_strand};
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::json;
use std::collections::BTreeSet;

/// A sentence, and whether it is still to be written.
type Sentence = (String, bool);

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let parts = [
        ("Sources", sources(synthesis)),
        ("Analysis", analysis(synthesis)),
        ("Appraisal", appraisal(synthesis)),
        ("Theory", theory(synthesis, brief)),
        ("Consensus", consensus(synthesis, brief)),
    ];
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let mut sheet = Table::with(&[("part", "Part"), ("text", "Text"), ("to_write", "To be written")]);
    for (name, sentences) in &parts {
        blocks.push(Block::heading(2, *name, format!("part-{name}")));
        let runs = sentences.iter().map(|(text, is_open)| match is_open {
            true => Run::Gap(format!("{TO_WRITE}: {text} ")),
            false => Run::plain(format!("{text} ")),
        });
        blocks.push(Block::Paragraph(runs.collect()));
        for (text, is_open) in sentences {
            sheet.push(vec![(*name).into(), text.as_str().into(), if *is_open { "yes" } else { "no" }.into()]);
        }
    }
    blocks.push(Block::heading(2, "Rules", "rules"));
    blocks.push(Block::rule(tally::STANDING_RULE));
    blocks.push(Block::rule(tally::COVERAGE_RULE));
    blocks.push(Block::rule(voices::rule(&press)));
    if synthesis.worksheets.values().any(|sheet| sheet.confidence().is_some()) {
        blocks.push(Block::rule(cerqual::RULE));
    }
    blocks.extend(closing(&press));
    let told = |sentences: &[Sentence]| {
        let each = sentences.iter().map(|(text, is_open)| json!({ "text": text, "to_write": is_open }));
        each.collect::<Vec<_>>()
    };
    Report {
        key: "methods",
        title: format!("{}: methods", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "methods",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "parts": parts.iter().map(|(name, said)| json!({ "part": name, "sentences": told(said) })).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
        sheet,
    }
}

fn said(text: impl Into<String>) -> Sentence {
    (text.into(), false)
}

fn open(text: &str) -> Sentence {
    (text.to_owned(), true)
}

fn sources(synthesis: &Synthesis) -> Vec<Sentence> {
    let mut sentences = super::searches::told::methods(synthesis);
    let [mut published, mut own] = [Held::default(); 2];
    for strand in by_strand(synthesis) {
        if strand.own_data { own.add(&strand.held) } else { published.add(&strand.held) }
    }
    if published.sources + own.sources == 0 {
        sentences.push(open("the sources."));
        return sentences;
    }
    sentences.push(said(format!(
        "We took in {} and {} of our own data; {} and {} of them bear on a statement. The unit of independence is the source: an \
         included study, one interview, one group or one household; reports of one study count once.",
        count_of(published.sources, "published source"),
        count_of(own.sources, "piece"),
        published.with_evidence,
        own.with_evidence,
    )));
    sentences
}

/// It has a context, a mechanism, be it in parts, and an outcome.
fn is_whole(statement: &Hypothesis) -> bool {
    let has = |fits: fn(PartKind) -> bool| statement.parts.iter().any(|part| fits(part.kind));
    has(|kind| kind == PartKind::Context)
        && has(|kind| kind.is_mechanism() || kind == PartKind::Resource)
        && has(|kind| kind == PartKind::Outcome)
}

/// `79 active, 3 still drafts, 12 merged into others`: what became of all statements; numbers that are none are left out.
pub(super) fn census(synthesis: &Synthesis) -> String {
    let said = |(status, what): (Editorial, &str)| {
        let n = synthesis.hypotheses.values().filter(|one| one.status == status).count();
        (n > 0).then(|| format!("{n} {what}"))
    };
    let all = [
        (Editorial::Active, "active"),
        (Editorial::Draft, "still in draft"),
        (Editorial::Screened, "screened and not yet active"),
        (Editorial::Merged, "merged into others"),
        (Editorial::Superseded, "superseded"),
        (Editorial::Parked, "parked"),
        (Editorial::Rejected, "rejected"),
    ];
    all.into_iter().filter_map(said).collect::<Vec<_>>().join(", ")
}

fn analysis(synthesis: &Synthesis) -> Vec<Sentence> {
    let software = said(format!("We used the software realist {}.", env!("CARGO_PKG_VERSION")));
    let all = synthesis.hypotheses.len();
    if all == 0 {
        return vec![open("how the analysis went from data to theory."), software];
    }
    let mut sentences = vec![said(format!(
        "We wrote {}, {} of them with a context, a mechanism and an outcome. Of all of them: {}.",
        count_of(all, "statement"),
        synthesis.hypotheses.values().filter(|one| is_whole(one)).count(),
        census(synthesis),
    ))];
    let documents: BTreeSet<Id> = living(synthesis).map(|link| link.anchor.document).collect();
    sentences.push(match living(synthesis).count() {
        0 => open("which passages were held against the statements."),
        links => said(format!(
            "We tied passages to statements, for and against: {} from {}.",
            count_of(links, "link"),
            count_of(documents.len(), "document")
        )),
    });
    sentences.push(software);
    sentences
}

/// Links whose words are still there.
fn living(synthesis: &Synthesis) -> impl Iterator<Item = &Evidence> {
    synthesis.evidence.values().filter(|link| !synthesis.is_gone(link))
}

fn appraisal(synthesis: &Synthesis) -> Vec<Sentence> {
    let appraised = living(synthesis).filter(|link| link.is_appraised()).count();
    if appraised == 0 {
        return vec![open("how evidence was appraised; none has been yet.")];
    }
    let all = synthesis.appraised();
    let double: Vec<_> = all.iter().filter(|one| one.is_double()).collect();
    let apart: Vec<_> = double.iter().filter(|one| !one.differ().is_empty()).collect();
    let settled = apart.iter().filter(|one| one.link.settled.is_some()).count();
    let judged = synthesis.worksheets.values().filter(|sheet| sheet.confidence().is_some()).count();
    let mut sentences = vec![said(format!(
        "Relevance, richness and rigour were scored 0 (none) to 3 (high) for each passage and statement ({appraised} of {} \
         appraised). {RIGOUR_ALONE}",
        count_of(living(synthesis).count(), "link")
    ))];
    sentences.push(if double.is_empty() {
        open("whether anybody appraised independently of the first.")
    } else {
        said(format!(
            "{} appraised by two or more people, {} of them differently at first; {settled} of these differences were settled.",
            match double.len() {
                1 => "1 link was".to_owned(),
                n => format!("{n} links were"),
            },
            apart.len()
        ))
    });
    if judged > 0 {
        sentences.push(said(format!(
            "Confidence in {} was judged with GRADE-CERQual; no level was worked out from counts.",
            count_of(judged, "finding")
        )));
    }
    sentences
}

fn theory(synthesis: &Synthesis, brief: &Brief) -> Vec<Sentence> {
    let components = count_of(synthesis.components_in_order().len(), "component");
    match brief.refinements.as_slice() {
        [] => vec![
            said(format!("The programme theory has {components}.")),
            open("the version of the theory this paper rests on."),
        ],
        steps => {
            let each: Vec<String> = steps
                .iter()
                .map(|step| {
                    format!(
                        "from {} to {} ({}, hash {})",
                        step.from,
                        step.to,
                        count_of(step.changes.len(), "change"),
                        step.hash
                    )
                })
                .collect();
            vec![said(format!("The programme theory has {components}. It was refined {}.", each.join("; ")))]
        }
    }
}

fn consensus(synthesis: &Synthesis, brief: &Brief) -> Vec<Sentence> {
    let panels = Panels::of(synthesis, brief);
    let mut sentences = Vec::new();
    match panels.makeup() {
        Some(makeup) => sentences.push(said(format!(
            "What was uncertain was put to {makeup}. Members stood under tokens; who is who is no part of the data."
        ))),
        None => sentences.push(open("who took part in settling what was uncertain.")),
    }
    match (panels.steps(), panels.rules()) {
        (Some(steps), Some(_)) => {
            sentences.push(said(format!(
                "Rounds: {steps}. Items, scale, rule, quorum and who was asked were fixed when a round opened. N is the valid votes \
                 on an item; abstentions, “cannot judge”, late and absent members are told apart and counted as no vote. An item \
                 without its quorum has no verdict."
            )));
            sentences.extend(panels.response().map(|response| said(format!("{response}."))));
            sentences.extend(panels.changed().map(|changed| said(format!("{changed}."))));
            sentences.push(open("why this method and this definition of agreement."));
        }
        (Some(steps), None) => sentences.push(said(format!("It was talked over, not voted on: {steps}."))),
        (None, _) => {
            let decided = panels.decided().map(|decided| said(format!("Decisions were reached by: {decided}.")));
            sentences.extend(decided);
            sentences.push(open("by which rule it was settled."));
        }
    }
    if synthesis.decisions.is_empty() {
        sentences.push(open("what was decided."));
        return sentences;
    }
    let of = |fits: &dyn Fn(&Decision) -> bool| synthesis.decisions.iter().filter(|one| fits(one)).count();
    let is_voiced = |one: &Decision| synthesis.voiced.get(&one.id).is_some_and(|all| !all.is_empty());
    let dissent = of(&|one| one.outcome == Outcome::AgreedWithDissent || !one.dissenting.is_empty() || is_voiced(one));
    sentences.push(said(format!(
        "{} and {} recorded, {} of them by stakeholders, {} on a round, {dissent} with dissent, which stands beside the decision. \
         Agreement is kept apart from evidence and from tests.",
        count_of(synthesis.uncertainties.len(), "uncertainty"),
        count_of(synthesis.decisions.len(), "decision"),
        of(&|one| one.body == Body::Stakeholders),
        of(&|one| one.round.is_some()),
    )));
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    fn told(all: &Synthesis) -> String {
        let report = make(all, &Brief::new(Audience::Publication));
        report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
    }

    /// Numbers in the sentence that begins so.
    fn numbers(text: &str, begins: &str) -> Vec<usize> {
        let at = text.find(begins).unwrap_or_else(|| panic!("{begins}:\n{text}"));
        let sentence = text[at..].split(['.', ';']).next().unwrap_or_default();
        sentence.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
    }

    #[test]
    fn the_census_of_statements_adds_up_and_only_whole_ones_are_configurations() {
        let mut all = sample::synthesis();
        let states = [Editorial::Draft, Editorial::Screened, Editorial::Rejected, Editorial::Active];
        for (one, status) in all.hypotheses.values_mut().zip(states) {
            one.status = status;
        }
        let text = told(&all);
        assert_eq!(numbers(&text, "Of all of them").iter().sum::<usize>(), all.hypotheses.len(), "{text}");
        let whole = all.hypotheses.values().filter(|one| is_whole(one)).count();
        assert_eq!(numbers(&text, "We wrote"), [all.hypotheses.len(), whole]);
        let one = all.hypotheses.values_mut().find(|one| is_whole(one)).unwrap();
        one.parts.retain(|part| part.kind != PartKind::Context);
        assert_eq!(numbers(&told(&all), "We wrote")[1], whole - 1);
    }

    #[test]
    fn documents_are_those_that_links_come_from_and_sources_those_that_bear_on_a_statement() {
        let mut all = sample::synthesis();
        let documents: BTreeSet<Id> = all.evidence.values().map(|link| link.anchor.document).collect();
        let link = all.evidence[&id(Kind::Evidence, 1)].clone();
        all.evidence.retain(|_, one| one.anchor.document == link.anchor.document);
        assert!(documents.len() > 1);
        let text = told(&all);
        assert_eq!(numbers(&text, "We tied passages"), [all.evidence.len(), 1], "{text}");
        assert!(text.contains(" of them bear on a statement."), "{text}");
    }

    #[test]
    fn what_was_not_appraised_is_to_be_written_and_nothing_is_said_of_sources_left_out() {
        let mut all = sample::synthesis();
        assert!(told(&all).contains("Low rigour alone takes no passage out of any count."));
        for link in all.evidence.values_mut() {
            (link.relevance, link.richness, link.rigour) = (None, None, None);
        }
        let text = told(&all);
        assert!(text.contains("TO WRITE: how evidence was appraised") && !text.contains("(0 of"), "{text}");
        assert!(!text.contains("No source was left out"), "{text}");
    }
}
