//! `realist evidence appraisals` and `realist evidence settle`: what several people made of a link.

use super::appraise::scored;
use crate::act::appraise::settle::{self, Ruling};
use crate::appraisal::{Criterion, Scores};
use crate::cli::Context;
use crate::cli::commands::shared::{confirm, counted, in_lines, read_input, score};
use crate::cli::ui::Exit;
use crate::diagnostic::{Result, fault};
use crate::project::{Depth, Project};
use crate::report::disagreements::NOTE;
use crate::synthesis::{Appraised, Synthesis};
use crate::table::Table;
use serde_json::{Value, json};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only links on which people differ.
    #[arg(long)]
    differ: bool,
    /// Only links of which what counts is still to be settled.
    #[arg(long)]
    open: bool,
}

#[derive(Debug, clap::Args)]
pub struct Settle {
    #[arg(value_name = "E1.gj", required_unless_present_any = ["agreed", "from"])]
    evidence: Option<String>,
    #[arg(long, requires = "evidence", value_parser = |text: &str| score(text).map_err(|fault| in_lines(&fault)))]
    relevance: Option<u8>,
    #[arg(long, requires = "evidence", value_parser = |text: &str| score(text).map_err(|fault| in_lines(&fault)))]
    richness: Option<u8>,
    #[arg(long, requires = "evidence", value_parser = |text: &str| score(text).map_err(|fault| in_lines(&fault)))]
    rigour: Option<u8>,
    /// Why so; needed unless all gave just these scores.
    #[arg(long, requires = "evidence")]
    reason: Option<String>,
    /// Take over what nobody disputes: one step.
    #[arg(long, conflicts_with_all = ["evidence", "from"])]
    agreed: bool,
    /// Many at once, from CSV: evidence, relevance, richness, rigour, reason.
    #[arg(long, value_name = "FILE", conflicts_with = "evidence")]
    from: Option<String>,
}

pub fn list(arguments: &Arguments, context: &Context, project: &Project) -> Result<Exit> {
    let synthesis = project.synthesis(Depth::Facts)?;
    let mut all = synthesis.appraised();
    all.retain(|one| one.is_double() || one.link.settled.is_some() || one.is_open());
    all.retain(|one| (!arguments.differ || !one.differ().is_empty()) && (!arguments.open || one.is_open()));
    let mut table = Table::with(&[
        ("evidence", "Link"),
        ("hypothesis", "Statement"),
        ("given", "Relevance, richness, rigour"),
        ("differ", "They differ on"),
        ("settled", "Settled"),
    ]);
    for one in &all {
        table.push(vec![
            synthesis.label(one.link.id).into(),
            synthesis.label(one.link.hypothesis).into(),
            given(one).into(),
            words(&one.differ()).join(", ").into(),
            settled(one).into(),
        ]);
    }
    let json: Vec<Value> = all.iter().map(|one| told(&synthesis, one)).collect();
    context.ui.list(&table, &Value::Array(json));
    let open = all.iter().filter(|one| one.is_open()).count();
    context.ui.say(&format!("{}, {open} open; this is {NOTE}", counted(all.len(), "link")));
    if open > 0 {
        context.ui.say("settle:  realist evidence settle E1.gj --relevance 2 --richness 2 --rigour 1 --reason \"...\"");
        context.ui.say("what nobody disputes, in one step:  realist evidence settle --agreed");
    }
    Ok(Exit::negative_if(all.is_empty()))
}

fn words(criteria: &[Criterion]) -> Vec<&'static str> {
    criteria.iter().map(|criterion| criterion.word()).collect()
}

/// `bk 3 2 1; gj 2 2 1`.
fn given(one: &Appraised<'_>) -> String {
    let each: Vec<String> = one.by.iter().map(|(coder, given)| format!("{coder} {}", given.scores.show())).collect();
    each.join("; ")
}

fn settled(one: &Appraised<'_>) -> Option<String> {
    let settled = one.link.settled.as_ref()?;
    let scores = one.link.scores()?.show();
    let reason = settled.reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
    Some(format!("{scores} by {}{reason}", settled.by))
}

fn told(synthesis: &Synthesis, one: &Appraised<'_>) -> Value {
    let each = one.by.iter().map(|(coder, given)| {
        json!({ "coder": coder, "relevance": given.scores.relevance, "richness": given.scores.richness,
            "rigour": given.scores.rigour, "reason": given.reason })
    });
    json!({
        "evidence": synthesis.label(one.link.id),
        "hypothesis": synthesis.label(one.link.hypothesis),
        "appraisals": each.collect::<Vec<_>>(),
        "differ": words(&one.differ()),
        "open": one.is_open(),
        "counts": one.link.scores(),
        "settled": one.link.settled,
    })
}

pub fn settle(arguments: &Settle, context: &Context, project: &mut Project) -> Result<Exit> {
    if arguments.agreed {
        let done = settle::take_agreed(project)?;
        let (agreed, alone) = (&done.answer.agreed, &done.answer.alone);
        let said = format!(
            "took over {} on which all agree and {} that one person alone appraised",
            counted(agreed.len(), "link"),
            counted(alone.len(), "link")
        );
        confirm(context, &done, &said, json!({ "agreed": agreed, "alone": alone }));
        return Ok(Exit::Done);
    }
    let rulings = match (&arguments.from, &arguments.evidence) {
        (Some(file), _) => scored(&read_input(file)?, file)?
            .into_iter()
            .map(|row| Ruling { evidence: row.evidence, scores: row.scores, reason: row.reason })
            .collect(),
        (None, Some(evidence)) => vec![one(evidence, arguments)?],
        (None, None) => Vec::new(),
    };
    let done = settle::settle(project, &rulings)?;
    confirm(context, &done, &format!("settled {}", done.answer.join(", ")), json!({ "settled": done.answer }));
    Ok(Exit::Done)
}

fn one(evidence: &str, arguments: &Settle) -> Result<Ruling> {
    let Settle { relevance: Some(relevance), richness: Some(richness), rigour: Some(rigour), .. } = *arguments else {
        return Err(fault("scores-wanted", "what is it settled at? all three scores are wanted")
            .hint(format!("realist evidence settle {evidence} --relevance 2 --richness 2 --rigour 1 --reason \"...\"")));
    };
    let scores = Scores { relevance, richness, rigour };
    Ok(Ruling { evidence: evidence.to_owned(), scores, reason: arguments.reason.clone() })
}
