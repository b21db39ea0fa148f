//! `report methods`: what was done, as sentences for the methods section, with the numbers and rules behind them. What the
//! project does not know reads TO WRITE.

use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::panels::Panels;
use super::words::Press;
use super::{Brief, TO_WRITE, cerqual, tally, voices};
use crate::decision::{Body, Decision, Outcome};
use crate::hypothesis::Editorial;
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::json;

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
    let alone = || synthesis.sources.values().filter(|one| synthesis.counts_as(one.id) == one.id);
    let own = alone().filter(|one| one.kind.is_own_data()).count();
    let published = alone().count() - own;
    let mut sentences = super::searches::told::methods(synthesis);
    sentences.push(
        said(format!(
            "We drew on {} and {} of our own data. The unit of independence is the source: an included study, one interview, \
             one group or one household; reports of one study count once.",
            count_of(published, "published source"),
            count_of(own, "piece")
        ))
    );
    sentences
}

fn analysis(synthesis: &Synthesis) -> Vec<Sentence> {
    let of = |status| synthesis.hypotheses.values().filter(|one| one.status == status).count();
    vec![
        said(format!(
            "We wrote {} as configurations of context, mechanism and outcome and tied passages to them, for and against: {} \
             from {}. {} active; {} were merged into others, {} superseded, {} parked and {} rejected, each with its reason.",
            count_of(synthesis.hypotheses.len(), "statement"),
            count_of(synthesis.evidence.len(), "link"),
            count_of(synthesis.documents.len(), "document"),
            match of(Editorial::Active) {
                1 => "1 is".to_owned(),
                n => format!("{n} are"),
            },
            of(Editorial::Merged),
            of(Editorial::Superseded),
            of(Editorial::Parked),
            of(Editorial::Rejected),
        )),
        said(format!("We used the software realist {}.", env!("CARGO_PKG_VERSION"))),
    ]
}

fn appraisal(synthesis: &Synthesis) -> Vec<Sentence> {
    let appraised = synthesis.evidence.values().filter(|link| link.is_appraised()).count();
    let all = synthesis.appraised();
    let double: Vec<_> = all.iter().filter(|one| one.is_double()).collect();
    let apart = double.iter().filter(|one| !one.differ().is_empty()).count();
    let judged = synthesis.worksheets.values().filter(|sheet| sheet.confidence().is_some()).count();
    let mut sentences = vec![said(format!(
        "Relevance, richness and rigour were scored 0 (none) to 3 (high) for each passage and statement ({appraised} of {} \
         appraised); no source was left out for its rigour alone.",
        count_of(synthesis.evidence.len(), "link")
    ))];
    sentences.push(if double.is_empty() {
        open("whether anybody appraised independently of the first.")
    } else {
        said(format!(
            "{} appraised by two or more people, {apart} of them differently at first; differences were talked over.",
            match double.len() {
                1 => "1 passage was".to_owned(),
                n => format!("{n} passages were"),
            }
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
    let dissent = of(&|one| one.outcome == Outcome::AgreedWithDissent);
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
