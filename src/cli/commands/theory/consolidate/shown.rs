//! Proposals as people and programs read them.

use crate::act::consolidate::Look;
use crate::act::consolidate::ruling::Settled;
use crate::cli::Context;
use crate::cli::commands::shared::counted;
use crate::cli::ui::Format;
use crate::consolidate::{Because, Near, Pair, Proposal, Relation, WhyNot};
use crate::synthesis::Synthesis;
use crate::table::{Column, Table};
use serde_json::{Value, json};

pub fn list(context: &Context, look: &Look, most: usize) {
    let shown = &look.proposals[..look.proposals.len().min(most)];
    let json = json!({
        "compared": look.compared,
        "language": look.language,
        "least": look.least,
        "settled_pairs": look.settled,
        "total": look.proposals.len(),
        "left_out": look.proposals.len() - shown.len(),
        "proposals": shown.iter().map(|one| proposal_json(&look.synthesis, one)).collect::<Vec<_>>(),
        "nearest": look.nearest.iter().map(|Near { component, pair, why_not }| json!({
            "component": look.synthesis.label(*component), "one": look.synthesis.label(pair.one),
            "other": look.synthesis.label(pair.other), "score": pair.score, "counts": pair.counts, "why_not": why_not,
        })).collect::<Vec<_>>(),
    });
    match context.ui.format() {
        Format::Table => {
            for one in shown {
                print(context, &look.synthesis, one);
            }
            nearest(context, look);
        }
        Format::Json | Format::Jsonl => context.ui.json(&json),
        Format::Csv | Format::Markdown => context.ui.list(&table(&look.synthesis, shown), &json),
    }
    let more = if shown.len() < look.proposals.len() { format!(", {} shown (--all shows every one)", shown.len()) } else { String::new() };
    let kinds = by_relation(&look.proposals);
    context.ui.say(&format!(
        "{}{kinds} among {} at {} or more{more}; {} settled before; words of {}",
        counted(look.proposals.len(), "proposal"),
        counted(look.compared, "statement"),
        look.least,
        counted(look.settled, "pair"),
        look.language,
    ));
    if look.proposals.is_empty() {
        context.ui.say("put your field's synonyms into realist.toml, or print cards and sort them: --to html --out cards.html");
    }
    context.ui.say("likeness of words only: what says the same in other words is not found; nothing is merged by itself");
}

/// ` (3 duplicate, 20 related)`, where there is anything.
pub fn by_relation(proposals: &[Proposal]) -> String {
    let of = |relation: &Relation| proposals.iter().filter(|one| one.relation == *relation).count();
    let counts = Relation::ALL.iter().map(|relation| (of(relation), relation.word().replace('_', " ")));
    let said: Vec<String> = counts.filter(|(n, _)| *n > 0).map(|(n, word)| format!("{n} {word}")).collect();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}

/// What lies nearest within each component without being proposed: for somebody to read, not for the meeting.
fn nearest(context: &Context, look: &Look) {
    if look.nearest.is_empty() {
        return;
    }
    context.ui.heading("Nearest within a component: not proposed, worth a look");
    let mut before = None;
    for Near { component, pair, why_not } in &look.nearest {
        if before != Some(*component) {
            let name = look.synthesis.components.get(component).map_or("", |one| one.name.as_str());
            context.ui.text(&format!("  {} {name}", look.synthesis.label(*component)));
            before = Some(*component);
        }
        let said = |id: crate::id::Id| {
            let sentence = look.synthesis.hypotheses.get(&id).map(crate::hypothesis::Hypothesis::sentence);
            format!("{} {}", look.synthesis.label(id), sentence.unwrap_or_default())
        };
        context.ui.text(&format!("    {:.2}  {}", pair.score, said(pair.one)));
        context.ui.text(&format!("          {}", said(pair.other)));
        if let Some(why) = refused_for(*why_not, pair) {
            context.ui.text(&format!("          {why}"));
        }
    }
}

/// Why a pair is not proposed, where its own number does not say it.
fn refused_for(why_not: WhyNot, pair: &Pair) -> Option<String> {
    match why_not {
        WhyNot::TooLittle => None,
        WhyNot::OtherOutcome => Some(format!("counts {:.2}: the outcomes differ", pair.counts)),
        WhyNot::Contrary => Some("counts 0: one denies the outcome of the other".to_owned()),
        WhyNot::Grouped => Some("grouped with others, where the two together would be too little alike".to_owned()),
    }
}

/// One proposal with its statements and the words that made it.
pub fn print(context: &Context, synthesis: &Synthesis, one: &Proposal) {
    let relation = one.relation.word().replace('_', " ");
    context.ui.heading(&format!("{}  {relation}  {}", one.key, score(one)));
    for id in &one.members {
        let sentence = synthesis.hypotheses.get(id).map(crate::hypothesis::Hypothesis::sentence).unwrap_or_default();
        context.ui.text(&format!("  {}  {sentence}", synthesis.label(*id)));
    }
    for because in &one.because {
        context.ui.text(&format!("    {}", told(because)));
    }
    for pair in otherwise(one) {
        context.ui.text(&format!("    {}", pair_told(synthesis, pair)));
    }
}

/// What the proposal was held against the least with; a rival candidate follows from its parts whatever its words.
pub fn score(one: &Proposal) -> String {
    match one.relation {
        Relation::RivalCandidate => format!("{:.2} by words, from its parts whatever that is", one.score),
        Relation::Duplicate | Relation::Related => format!("{:.2}", one.score),
    }
}

/// Pairs within a group that are something else to each other than the group as a whole: two duplicates among related ones.
fn otherwise(one: &Proposal) -> impl Iterator<Item = &Pair> {
    one.pairs.iter().filter(|pair| pair.relation.is_some_and(|relation| relation != one.relation))
}

/// `H3.gj and H7.mb: duplicate 0.83`.
fn pair_told(synthesis: &Synthesis, pair: &Pair) -> String {
    let relation = pair.relation.map(|relation| relation.word().replace('_', " ")).unwrap_or_default();
    format!("{} and {}: {relation} {:.2}", synthesis.label(pair.one), synthesis.label(pair.other), pair.score)
}

/// `outcome 0.83: shared stay, touch; denied by one leave`.
pub fn told(because: &Because) -> String {
    let aspect = because.aspect.map_or("wording", |aspect| aspect.word());
    let mut said = Vec::new();
    if !because.shared.is_empty() {
        said.push(format!("shared {}", because.shared.join(", ")));
    }
    if !because.opposed.is_empty() {
        said.push(format!("said by one and denied by another: {}", because.opposed.join(", ")));
    }
    if because.other_number {
        said.push("another number".to_owned());
    }
    if said.is_empty() {
        said.push("no word shared".to_owned());
    }
    format!("{aspect} {:.2}: {}", because.value, said.join("; "))
}

/// Everything that made a proposal, on one line.
pub fn reasons(synthesis: &Synthesis, one: &Proposal) -> String {
    let pairs = otherwise(one).map(|pair| pair_told(synthesis, pair));
    one.because.iter().map(told).chain(pairs).collect::<Vec<_>>().join(" | ")
}

fn proposal_json(synthesis: &Synthesis, one: &Proposal) -> Value {
    let because: Vec<Value> = one
        .because
        .iter()
        .map(|because| {
            json!({
                "aspect": because.aspect, "likeness": because.value, "shared": because.shared,
                "opposed": because.opposed, "other_number": because.other_number,
            })
        })
        .collect();
    let pairs: Vec<Value> = one
        .pairs
        .iter()
        .map(|pair| {
            json!({
                "one": synthesis.label(pair.one), "other": synthesis.label(pair.other), "score": pair.score,
                "counts": pair.counts, "relation": pair.relation,
            })
        })
        .collect();
    let members: Vec<Value> = one
        .members
        .iter()
        .map(|id| {
            let sentence = synthesis.hypotheses.get(id).map(crate::hypothesis::Hypothesis::sentence);
            json!({ "id": synthesis.label(*id), "sentence": sentence })
        })
        .collect();
    json!({
        "proposal": one.key, "relation": one.relation, "score": one.score, "statements": members,
        "because": because, "pairs": pairs,
    })
}

fn table(synthesis: &Synthesis, proposals: &[Proposal]) -> Table {
    let mut table = Table::new(vec![
        Column::new("proposal", "Proposal"),
        Column::new("relation", "Relation"),
        Column::new("score", "Likeness"),
        Column::new("statements", "Statements"),
        Column::new("because", "Because"),
    ]);
    for one in proposals {
        let members: Vec<String> = one.members.iter().map(|id| synthesis.label(*id)).collect();
        table.push(vec![
            one.key.as_str().into(),
            one.relation.word().replace('_', " ").into(),
            one.score.into(),
            members.join(" ").into(),
            reasons(synthesis, one).into(),
        ]);
    }
    table
}

pub fn settled_json(one: &Settled) -> Value {
    json!({
        "proposal": one.proposal, "accepted": one.accepted, "rejected": one.rejected, "merged": one.merged,
        "feeds": one.feeds, "into": one.parent, "look_at": one.loose,
    })
}
