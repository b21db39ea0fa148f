//! `report cerqual`: how much confidence the team has in each finding: the summary of findings, then the evidence
//! profile with the four judgements behind it. The levels are those that people gave.

use super::block::{Block, Report, Run, count_of, sentence_case};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::references::Listed;
use super::shelf_marks::sources;
use super::standings::{self, Standings};
use super::tally::{self, Count};
use super::words::Press;
use super::{Brief, TO_WRITE, cmo};
use crate::cerqual::{Aspect, Worksheet};
use crate::evidence::{Evidence, Stance};
use crate::id::Id;
use crate::synthesis::{Bearings, Synthesis};
use crate::table::{Cell, Table};
use serde::Serialize;
use serde_json::json;

/// Printed wherever the levels are.
pub const RULE: &str = "How to read this (GRADE-CERQual). A person judged four things for each finding: methodological \
limitations of the studies behind it, coherence of the finding with the data, adequacy of the data, and their relevance \
to the question. The overall level says how far the finding can be taken to represent what it is about; a person gave it, \
with the explanation. It is not worked out from the four or from any count. Confidence in a finding is no measure of \
its truth, and stands beside the appraisal of single passages, not in its place.";

/// What the evidence shows, for each of the four; counts to look at, and no judgement.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Relevance, richness, rigour: how often each score was given.
    scored: [[usize; 4]; 3],
    not_appraised: usize,
    r#for: Count,
    against: Count,
    unclear: Count,
    strands: usize,
}

impl Feed {
    pub fn of(bearings: &Bearings<'_>, hypothesis: Id) -> Self {
        let synthesis = bearings.synthesis();
        let links = tally::relevant(bearings, hypothesis);
        let on = |stances: &[Stance]| {
            Count::of(synthesis, links.iter().copied().filter(|link| stances.contains(&link.stance)))
        };
        let given = |score: fn(&Evidence) -> Option<u8>| tally::counted(links.iter().filter_map(|link| score(link)));
        Feed {
            scored: [given(|link| link.relevance), given(|link| link.richness), given(|link| link.rigour)],
            not_appraised: links.iter().filter(|link| !link.has_scores()).count(),
            r#for: on(&[Stance::Supports, Stance::Refines]),
            against: on(&[Stance::Refutes]),
            unclear: on(&[Stance::Ambiguous]),
            strands: tally::spread(synthesis, &links).1,
        }
    }

    /// In one line.
    pub fn shows(&self, aspect: Aspect) -> String {
        let [relevance, richness, rigour] = &self.scored;
        match aspect {
            Aspect::Limitations => self.scores("rigour", rigour),
            Aspect::Coherence => {
                let Feed { r#for, against, unclear, .. } = self;
                format!("for: {}; against: {}; unclear: {}", r#for.in_words(), against.in_words(), unclear.in_words())
            }
            Aspect::Adequacy => {
                format!(
                    "{} in {}; {}",
                    self.r#for.in_words(),
                    count_of(self.strands, "strand"),
                    self.scores("richness", richness)
                )
            }
            Aspect::Relevance => self.scores("relevance", relevance),
        }
    }

    /// `rigour 3: 1, 2: 4, 1: 0; 2 passages not appraised`; a 0 is told where there is one.
    fn scores(&self, name: &str, given: &[usize; 4]) -> String {
        let told = given.iter().enumerate().rev().filter(|(score, n)| *score > 0 || **n > 0);
        let each: Vec<String> = told.map(|(score, n)| format!("{score}: {n}")).collect();
        let open = match self.not_appraised {
            0 => String::new(),
            n => format!("; {} not appraised", count_of(n, "passage")),
        };
        format!("{name} {}{open}", each.join(", "))
    }
}

/// One finding as the tables show it.
#[derive(Debug, Clone, Serialize)]
struct Finding {
    id: String,
    #[serde(rename = "finding")]
    summary: String,
    sources: String,
    limitations: Option<String>,
    coherence: Option<String>,
    adequacy: Option<String>,
    relevance: Option<String>,
    confidence: Option<String>,
    explanation: Option<String>,
    /// What of it was judged for an earlier wording.
    earlier_wording: Vec<&'static str>,
    standings: Standings,
}

impl Finding {
    fn of(press: &Press, sheet: &Worksheet) -> Option<Self> {
        let synthesis = press.synthesis;
        let statement = synthesis.hypotheses.get(&sheet.hypothesis).filter(|one| one.status.is_living())?;
        let judged =
            |aspect| sheet.judged.get(&aspect).map(|one| format!("{}. {}", sentence_case(one.level.title()), one.why));
        let links = tally::relevant(&press.bearings, statement.id);
        let overall = sheet.confidence();
        Some(Finding {
            id: synthesis.label(statement.id),
            summary: finding(press, statement),
            sources: sources(press, links.iter().map(|link| link.source)),
            limitations: judged(Aspect::Limitations),
            coherence: judged(Aspect::Coherence),
            adequacy: judged(Aspect::Adequacy),
            relevance: judged(Aspect::Relevance),
            confidence: overall.map(|one| sentence_case(one.level.title())),
            explanation: overall.map(|one| one.why.clone()),
            earlier_wording: sheet.of_earlier_wording(statement),
            standings: Standings::of(&press.bearings, statement),
        })
    }

    fn level(&self) -> Cell {
        self.confidence.clone().map_or_else(|| TO_WRITE.into(), Cell::Text)
    }
}

/// The team's sentence; machine-made ones are for the team.
pub(super) fn finding(press: &Press, statement: &crate::hypothesis::Hypothesis) -> String {
    if press.is_for_team() {
        statement.sentence()
    } else {
        statement.statement.clone().unwrap_or_else(|| TO_WRITE.to_owned())
    }
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let mut ids: Vec<Id> = synthesis.living_hypotheses().map(|one| one.id).collect();
    cmo::in_label_order(synthesis, &mut ids);
    let of = |id: &Id| synthesis.worksheets.get(&Worksheet::id_of(*id)).and_then(|sheet| Finding::of(&press, sheet));
    let findings: Vec<Finding> = ids.iter().filter_map(of).collect();
    let not_judged = ids.len() - findings.len();

    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.extend(opening(&findings, not_judged));
    if !findings.is_empty() {
        blocks.push(Block::heading(2, "Summary of findings", "summary"));
        blocks.push(Block::table("Summary of findings", summary(&findings)));
        blocks.push(Block::heading(2, "Evidence profile", "profile"));
        blocks.push(Block::table("Evidence profile", profile(&findings, &[])));
        blocks.push(Block::table("The statements of the findings: evidence, agreement and test", stand(&findings)));
    }
    if press.is_for_team() && !findings.is_empty() {
        blocks.push(Block::heading(2, "What the judgements rest on", "rest-on"));
        blocks.push(Block::table("What the evidence shows for each of the four", shows(&press, &ids)));
    }
    blocks.push(Block::rule(RULE));
    let judged = ids.iter().copied().filter(|id| synthesis.worksheets.contains_key(&Worksheet::id_of(*id)));
    blocks.extend(Listed::behind(&press, brief, judged).section(synthesis));
    blocks.extend(closing(&press));
    Report {
        key: "cerqual",
        title: format!("{}: confidence in the findings", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: profile(&findings, &standings::COLUMNS),
        data: json!({
            "report": "cerqual",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": RULE,
            "findings": findings,
            "not_judged": not_judged,
            "withheld": withheld(&press),
        }),
    }
}

fn opening(findings: &[Finding], not_judged: usize) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(format!(
        "{} judged; of {} that stand nothing was judged.",
        count_of(findings.len(), "finding"),
        count_of(not_judged, "further statement"),
    ))];
    if findings.is_empty() {
        blocks.push(Block::heading(2, "Summary of findings", "summary"));
        blocks.push(Block::to_write("the four judgements of each finding, and its overall level"));
    }
    let without: Vec<&str> =
        findings.iter().filter(|one| one.confidence.is_none()).map(|one| one.id.as_str()).collect();
    if !without.is_empty() {
        let which = without.join(", ");
        blocks.push(Block::to_write(&format!("the overall level of {which}, once all four are judged")));
    }
    let earlier: Vec<String> = findings
        .iter()
        .filter(|one| !one.earlier_wording.is_empty())
        .map(|one| format!("{} ({})", one.id, one.earlier_wording.join(", ")))
        .collect();
    if !earlier.is_empty() {
        blocks.push(Block::Paragraph(vec![
            Run::Strong("Judged for an earlier wording, to be looked at again: ".to_owned()),
            Run::plain(format!("{}.", earlier.join(", "))),
        ]));
    }
    blocks
}

fn summary(findings: &[Finding]) -> Table {
    let mut table = Table::with(&[
        ("id", "Finding"),
        ("finding", "Summary of finding"),
        ("confidence", "CERQual assessment"),
        ("explanation", "Explanation"),
        ("sources", "Sources contributing"),
    ]);
    for one in findings {
        table.push(vec![
            one.id.as_str().into(),
            one.summary.as_str().into(),
            one.level(),
            one.explanation.clone().into(),
            one.sources.as_str().into(),
        ]);
    }
    table
}

/// What stands beside the levels and is none of them.
fn stand(findings: &[Finding]) -> Table {
    let mut table = Table::with(&[&[("id", "Finding")], standings::COLUMNS.as_slice()].concat());
    for one in findings {
        table.push([one.id.as_str().into()].into_iter().chain(one.standings.cells()).collect());
    }
    table
}

/// With these of the columns of the standings too: none on paper, where they have a table of their own.
fn profile(findings: &[Finding], more: &[(&str, &str)]) -> Table {
    let columns = [
        ("id", "Finding"),
        ("finding", "Summary of review finding"),
        ("sources", "Sources contributing"),
        ("limitations", "Methodological limitations"),
        ("coherence", "Coherence"),
        ("adequacy", "Adequacy"),
        ("relevance", "Relevance"),
        ("confidence", "CERQual assessment of confidence"),
        ("explanation", "Explanation"),
    ];
    let mut table = Table::with(&[columns.as_slice(), more].concat());
    let or_to_write = |said: &Option<String>| said.clone().map_or_else(|| TO_WRITE.into(), Cell::Text);
    for one in findings {
        let mut row = vec![
            one.id.as_str().into(),
            one.summary.as_str().into(),
            one.sources.as_str().into(),
            or_to_write(&one.limitations),
            or_to_write(&one.coherence),
            or_to_write(&one.adequacy),
            or_to_write(&one.relevance),
            one.level(),
            one.explanation.clone().into(),
        ];
        row.extend(one.standings.cells().into_iter().take(more.len()));
        table.push(row);
    }
    table
}

fn shows(press: &Press, ids: &[Id]) -> Table {
    let synthesis = press.synthesis;
    let titles: Vec<(&str, &str)> = std::iter::once(("id", "Finding"))
        .chain(Aspect::ALL.iter().map(|aspect| (aspect.word(), aspect.title())))
        .collect();
    let mut table = Table::with(&titles);
    for id in ids.iter().filter(|id| synthesis.worksheets.contains_key(&Worksheet::id_of(**id))) {
        let feed = Feed::of(&press.bearings, *id);
        let shown = Aspect::ALL.iter().map(|aspect| Cell::text(feed.shows(*aspect)));
        table.push(std::iter::once(synthesis.label(*id).into()).chain(shown).collect());
    }
    table
}
