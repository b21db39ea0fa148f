//! `report question-frame`: each uncertainty as the frameworks of GRADE from evidence to decision set it out (method reference
//! 6.1): the question; what bears on it, consideration by consideration, with what else was weighed and what people judged; what
//! was concluded. A judgement is always somebody's; none is worked out, and neither is a strength of recommendation.

use super::agenda::briefing::Briefing;
use super::agenda::views::StatementEvidence;
use super::agenda::{order, settled};
use super::block::{Block, Report, Run, count_of, day_in_words, sentence_case};
use super::deciders::Deciders;
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::words::Press;
use super::{Brief, NONE_FOUND, TO_WRITE, glossary, tally};
use crate::cerqual::Worksheet;
use crate::decision::Decision;
use crate::hypothesis::PartKind;
use crate::id::Id;
use crate::synthesis::Synthesis;
use crate::table::Table;
use crate::uncertainty::{Consideration, Uncertainty, Weighed};
use serde::Serialize;
use serde_json::json;

const RULE: &str = "How to read this. Each question stands with what a body weighs before it concludes, after the \
evidence-to-decision frameworks of GRADE. What the project holds is filled in; “none found” says that it holds nothing. A \
judgement is what people put down, with their reason. None is worked out from the evidence or from votes, and no strength of \
recommendation is given.";

/// One question.
#[derive(Debug, Serialize)]
struct Framed {
    id: String,
    question: String,
    plain: Option<String>,
    options: Vec<crate::uncertainty::Choice>,
    considerations: Vec<Considered>,
    concluded: Option<Concluded>,
}

#[derive(Debug, Serialize)]
struct Considered {
    consideration: Consideration,
    /// What the project holds, a line each.
    evidence: Vec<String>,
    weighed: Option<Weighed>,
}

#[derive(Debug, Serialize)]
struct Concluded {
    decision: String,
    outcome: String,
    option: Option<String>,
    text: Option<String>,
    by_whom: String,
    how: String,
    date: Option<String>,
    dissent: Vec<String>,
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let items = order::all(synthesis, brief);
    let briefings = Briefing::all(&mut press, brief, &items);
    let framed: Vec<Framed> =
        items.iter().zip(&briefings).map(|(item, briefing)| framed(&press, item.uncertainty, briefing)).collect();
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::paragraph(format!("{}.", count_of(framed.len(), "question"))));
    for (at, one) in framed.iter().enumerate() {
        blocks.extend((at > 0).then_some(Block::PageBreak));
        blocks.extend(one.blocks());
    }
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.extend([Block::rule(RULE), Block::rule(tally::STANDING_RULE)]);
    blocks.extend(glossary::section(&blocks, brief.audience));
    blocks.extend(closing(&press));
    Report {
        key: "question-frame",
        title: format!("{}: from evidence to decision", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&framed),
        data: json!({
            "report": "question-frame",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "questions": framed,
            "withheld": withheld(&press),
        }),
    }
}

fn framed(press: &Press, one: &Uncertainty, briefing: &Briefing) -> Framed {
    let considered = |consideration: &Consideration| Considered {
        consideration: *consideration,
        evidence: evidence(press, one, briefing, *consideration),
        weighed: one.weighed.get(consideration).cloned(),
    };
    Framed {
        id: briefing.id.clone(),
        question: one.text.clone(),
        plain: one.plain.clone(),
        options: one.options.clone(),
        considerations: Consideration::ALL.iter().map(considered).collect(),
        concluded: press
            .synthesis
            .decisions
            .iter()
            .rev()
            .find(|made| made.uncertainty == Some(one.id))
            .map(|made| Concluded::of(press, made)),
    }
}

/// What the project holds on a consideration, a line each; nothing where it holds nothing.
fn evidence(press: &Press, one: &Uncertainty, briefing: &Briefing, consideration: Consideration) -> Vec<String> {
    let views = || briefing.statements.iter().filter(|statement| statement.is_view());
    match consideration {
        Consideration::Problem => one.why.iter().map(|why| format!("What waits on it: {why}")).collect(),
        Consideration::Effects => views().map(|view| format!("{}: {}", view.name(), effects(press, view))).collect(),
        Consideration::Certainty
            if views().all(|view| confidence(press.synthesis, view).is_none() && !view.single_source) =>
        {
            let some = views().next().map(|_| "Confidence was judged in none of the views (GRADE-CERQual).".to_owned());
            some.into_iter().collect()
        }
        Consideration::Certainty => {
            views().map(|view| format!("{}: {}", view.name(), certainty(press.synthesis, view))).collect()
        }
        Consideration::Values | Consideration::Acceptability => briefing.who.iter().cloned().collect(),
        Consideration::Equity => {
            let elsewhere = views().filter(|view| view.works_differently() > 0);
            let said = elsewhere.map(|view| {
                let n = count_of(view.works_differently(), "source");
                format!(
                    "{}: {n} {} that it works differently elsewhere",
                    view.name(),
                    if view.works_differently() == 1 { "says" } else { "say" }
                )
            });
            said.collect()
        }
        Consideration::Feasibility => {
            let needs = views().map(|view| (view, parts(press.synthesis, &view.id, PartKind::Context)));
            needs
                .filter(|(_, parts)| !parts.is_empty())
                .map(|(view, parts)| format!("{} supposes: {}", view.name(), parts.join("; ")))
                .collect()
        }
        Consideration::Resources => Vec::new(),
    }
}

/// What is said to come of it, and what the evidence amounts to.
fn effects(press: &Press, view: &StatementEvidence) -> String {
    let outcomes = parts(press.synthesis, &view.id, PartKind::Outcome);
    let outcomes = if outcomes.is_empty() { TO_WRITE.to_owned() } else { outcomes.join("; ") };
    format!("{outcomes} ({})", view.in_short())
}

fn certainty(synthesis: &Synthesis, view: &StatementEvidence) -> String {
    let judged = confidence(synthesis, view);
    let mut said = judged.unwrap_or_else(|| "confidence in the finding was not judged".to_owned());
    if view.single_source {
        said.push_str("; rests on a single source");
    }
    said
}

/// The level people gave.
fn confidence(synthesis: &Synthesis, view: &StatementEvidence) -> Option<String> {
    let sheet = statement(synthesis, &view.id).and_then(|id| synthesis.worksheets.get(&Worksheet::id_of(id)))?;
    Some(format!("{} (GRADE-CERQual)", sheet.confidence()?.level.title()))
}

fn statement(synthesis: &Synthesis, label: &str) -> Option<Id> {
    synthesis.labels.iter().find(|(_, one)| one.to_string() == label).map(|(id, _)| *id)
}

fn parts(synthesis: &Synthesis, label: &str, kind: PartKind) -> Vec<String> {
    let found = statement(synthesis, label).and_then(|id| synthesis.hypotheses.get(&id));
    let parts = found.into_iter().flat_map(|one| &one.parts);
    parts.filter(|part| part.kind == kind).map(|part| part.text.clone()).collect()
}

impl Concluded {
    fn of(press: &Press, made: &Decision) -> Self {
        let deciders = Deciders::of(press, made);
        Concluded {
            decision: press.synthesis.label(made.id),
            outcome: made.outcome.word().replace('_', " "),
            option: made.option.clone(),
            text: made.text.clone(),
            by_whom: deciders.told(),
            how: settled::how(made.method).to_owned(),
            date: made.date.clone(),
            dissent: deciders.dissent(),
        }
    }

    fn pairs(&self) -> Block {
        let pair = |term: &str, said: Run| (term.to_owned(), vec![said]);
        let mut pairs = vec![
            pair("Outcome", Run::Strong(sentence_case(&self.outcome))),
            pair("In a sentence", Run::or_to_write(self.text.as_deref())),
            pair("By whom", Run::plain(format!("{}, {}", self.by_whom, self.how))),
            pair(
                "Dissent",
                Run::plain(if self.dissent.is_empty() { "none recorded".to_owned() } else { self.dissent.join("\n") }),
            ),
        ];
        if let Some(option) = &self.option {
            pairs.insert(1, pair("Option", Run::plain(option.as_str())));
        }
        if let Some(date) = &self.date {
            pairs.push(pair("When", Run::plain(day_in_words(date))));
        }
        Block::Pairs(pairs)
    }
}

impl Considered {
    fn evidence(&self) -> String {
        if self.evidence.is_empty() { NONE_FOUND.to_owned() } else { self.evidence.join("\n\n") }
    }

    fn also(&self) -> String {
        self.weighed.as_ref().and_then(|one| one.also.clone()).unwrap_or_else(|| "none recorded".to_owned())
    }

    fn judgement(&self) -> String {
        self.weighed
            .as_ref()
            .map_or_else(|| TO_WRITE.to_owned(), |one| format!("{}\nBecause: {}", one.judgement, one.why))
    }
}

impl Framed {
    fn blocks(&self) -> Vec<Block> {
        let id = |part: &str| format!("frame-{} {part}", self.id);
        let mut blocks = vec![Block::heading(2, format!("{} {}", self.id, self.question), id("question"))];
        blocks.push(Block::Paragraph(vec![Run::or_to_write(self.plain.as_deref())]));
        if !self.options.is_empty() {
            let line = |one: &crate::uncertainty::Choice| vec![Run::plain(format!("{}: {}", one.key, one.text))];
            blocks.push(Block::List { ordered: false, items: self.options.iter().map(line).collect() });
        }
        blocks.push(Block::heading(3, "Assessment", id("assessment")));
        let mut table = Table::with(&[
            ("consideration", "What is weighed"),
            ("evidence", "Research evidence"),
            ("also", "What else was weighed"),
            ("judgement", "Judgement of people"),
        ]);
        for one in &self.considerations {
            let what = format!("{}. {}", one.consideration.title(), one.consideration.asks());
            table.push(vec![what.into(), one.evidence().into(), one.also().into(), one.judgement().into()]);
        }
        blocks.push(Block::table(format!("Assessment of {}", self.id), table));
        let open = self.considerations.iter().filter(|one| one.weighed.is_none()).count();
        if open > 0 {
            blocks.push(Block::to_write(&count_of(open, "judgement")));
        }
        blocks.push(Block::heading(3, "Conclusion", id("conclusion")));
        match &self.concluded {
            Some(concluded) => blocks.push(concluded.pairs()),
            None => blocks.push(Block::to_write("what was concluded, by whom, and how")),
        }
        blocks
    }
}

fn sheet(framed: &[Framed]) -> Table {
    let mut sheet = Table::with(&[
        ("id", "Uncertainty"),
        ("question", "Question"),
        ("consideration", "What is weighed"),
        ("evidence", "Research evidence"),
        ("also", "What else was weighed"),
        ("judgement", "Judgement"),
        ("why", "Why"),
        ("decision", "Decision"),
        ("outcome", "Outcome"),
    ]);
    for one in framed {
        for considered in &one.considerations {
            let weighed = considered.weighed.as_ref();
            sheet.push(vec![
                one.id.as_str().into(),
                one.question.as_str().into(),
                considered.consideration.title().into(),
                considered.evidence().into(),
                weighed.and_then(|weighed| weighed.also.clone()).into(),
                weighed.map(|weighed| weighed.judgement.clone()).into(),
                weighed.map(|weighed| weighed.why.clone()).into(),
                one.concluded.as_ref().map(|made| made.decision.clone()).into(),
                one.concluded.as_ref().map(|made| made.outcome.clone()).into(),
            ]);
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::participant::Audience;
    use crate::report::sample::{self, id};

    #[test]
    fn what_nobody_judged_is_to_be_written_and_nothing_is_worked_out() {
        let mut all = sample::synthesis();
        let weighed = Weighed {
            judgement: "probably fair".to_owned(),
            why: "everybody has a telephone".to_owned(),
            also: Some("the cost of calls".to_owned()),
            by: "gj".to_owned(),
        };
        let question = all.uncertainties.get_mut(&id(Kind::Uncertainty, 1)).unwrap();
        question.weighed.insert(Consideration::Equity, weighed);
        let report = make(&all, &Brief::new(Audience::Meeting));
        assert_eq!(
            report.data["questions"].as_array().unwrap().len(),
            all.uncertainties.len(),
            "the decided ones as well"
        );
        let considered = &report.data["questions"].as_array().unwrap().iter().find(|one| one["id"] == "U1.gj").unwrap()
            ["considerations"];
        let judged: Vec<&str> = considered
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| !one["weighed"].is_null())
            .map(|one| one["consideration"].as_str().unwrap())
            .collect();
        assert_eq!(judged, ["equity"]);
        let resources = considered.as_array().unwrap().iter().find(|one| one["consideration"] == "resources").unwrap();
        assert_eq!(resources["evidence"].as_array().unwrap().len(), 0, "nothing is made up");
        let said: String = report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
        assert!(
            said.contains("probably fair\nBecause: everybody has a telephone") && said.contains("7 judgements"),
            "{said}"
        );
        assert!(!said.contains("strong recommendation"));
    }
}
