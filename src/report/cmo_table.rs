//! `report cmo`: the table of configurations as published reviews carry it, with quotations that support and that
//! refute each. Which quotations: by the printed rule of [`super::voices`].

use super::block::{Block, Report, count_of};
use super::evidence::{closing, groups, subtitle, synthetic_notice, withheld};
use super::references::Listed;
use super::standings::{self, Standings};
use super::voices::{self, Chosen, Voices};
use super::words::{Cited, Press};
use super::{Brief, ELSEWHERE, NONE_FOUND, TO_WRITE, shelf_marks, tally};
use crate::evidence::{Evidence, Stance};
use crate::hypothesis::{Editorial, Hypothesis, PartKind};
use crate::id::Id;
use crate::participant::Audience;
use crate::report::cmo::part_title;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use crate::theory::Component;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;

/// One row.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    component: Option<String>,
    statement: Option<String>,
    status: Editorial,
    /// Whose reasoning it is, where a part says so.
    actor: Vec<String>,
    context: Vec<String>,
    resource: Vec<String>,
    reasoning: Vec<String>,
    mechanism: Vec<String>,
    outcome: Vec<String>,
    sources_for: String,
    sources_against: String,
    standings: Standings,
    voices: Voices,
    /// Passages that refine it, as far as they do not support it too.
    refining: usize,
}

impl Row {
    fn of(press: &mut Press, statement: &Hypothesis, component: Option<&str>) -> Self {
        let synthesis = press.synthesis;
        let texts = |kinds: &[PartKind]| {
            let of = statement.parts.iter().filter(|part| kinds.contains(&part.kind));
            of.map(|part| part.text.clone()).collect::<Vec<_>>()
        };
        let links = tally::relevant(&press.bearings, statement.id);
        let told = |press: &Press, is_against: bool| {
            let of = links.iter().filter(|link| match link.stance {
                Stance::Supports | Stance::Refines => !is_against,
                Stance::Refutes => is_against,
                Stance::Ambiguous => false,
            });
            shelf_marks::sources(press, of.map(|link| link.source))
        };
        Row {
            id: synthesis.label(statement.id),
            component: component.map(str::to_owned),
            statement: statement.statement.clone(),
            status: statement.status,
            actor: texts(&[PartKind::Actor]),
            context: texts(&[PartKind::Context]),
            resource: texts(&[PartKind::Intervention, PartKind::Strategy, PartKind::Resource]),
            reasoning: texts(&[PartKind::Reasoning]),
            mechanism: texts(&[PartKind::Mechanism]),
            outcome: texts(&[PartKind::Outcome]),
            sources_for: told(press, false),
            sources_against: told(press, true),
            standings: Standings::of(&press.bearings, statement),
            voices: Voices::of_statement(press, statement.id),
            refining: refining(&links),
        }
    }

    /// What supports it, and how many passages refine it: their sources stand among those for it.
    fn supporting(&self) -> String {
        let supporting = said(&self.voices.in_favour);
        match self.refining {
            0 => supporting,
            n => format!("{supporting}\n\nRefine it: {}", count_of(n, "passage")),
        }
    }

    /// Resource and reasoning named as such where the mechanism is split, and whose reasoning it is.
    fn mechanism(&self, audience: Audience) -> String {
        let mechanism = [
            named(PartKind::Resource, &self.resource, audience),
            named(PartKind::Reasoning, &self.reasoning, audience),
            self.mechanism.clone(),
        ];
        let mechanism = or_to_write(&mechanism.concat());
        [named(PartKind::Actor, &self.actor, audience), vec![mechanism]].concat().join("\n")
    }

    /// What refutes it; what contradicts it in other circumstances by itself, under its own words.
    fn refuting(&self) -> String {
        let elsewhere = &self.voices.differently_where;
        let against = said(&self.voices.against);
        if elsewhere.found == 0 {
            return against;
        }
        format!("{against}\n\n{ELSEWHERE}:\n{}", said(elsewhere))
    }
}

/// Passages that refine, those that support left out.
fn refining(links: &[&Evidence]) -> usize {
    let of = |stance| links.iter().filter(move |link| link.stance == stance).map(|link| &link.anchor);
    let supporting: BTreeSet<_> = of(Stance::Supports).collect();
    of(Stance::Refines).filter(|anchor| !supporting.contains(anchor)).collect::<BTreeSet<_>>().len()
}

/// Texts of parts of one kind, each behind the name of the kind.
fn named(kind: PartKind, texts: &[String], audience: Audience) -> Vec<String> {
    let title = part_title(kind, audience);
    texts.iter().map(|text| format!("{title}: {text}")).collect()
}

fn or_to_write(texts: &[String]) -> String {
    if texts.is_empty() { TO_WRITE.to_owned() } else { texts.join("\n") }
}

/// The voices of one side in one cell.
fn said(side: &Chosen) -> String {
    if side.found == 0 {
        return NONE_FOUND.to_owned();
    }
    let mut lines: Vec<String> = side.quotations.iter().map(words).collect();
    if side.withheld > 0 {
        lines.push(format!("[words withheld: {}]", count_of(side.withheld, "quotation")));
    }
    let rest = side.found - side.quotations.len() - side.withheld;
    if rest > 0 {
        lines.push(format!("and {} more", count_of(rest, "passage")));
    }
    lines.join("\n\n")
}

/// Words and who says them; which link it is stands in the evidence report.
fn words(cited: &Cited) -> String {
    let quote = cited.quote();
    format!("{} ({}; {})", quote.text, cited.attribution, cited.evidence)
}

/// Statements under a component, or under none.
type Under<'s> = (Option<&'s Component>, Vec<Id>);

/// The statements of a paper by component, and how many are left out of it. Others read of what is active alone: a draft is
/// no finding. The team reads all that are living, and whoever asks for an uncertainty all that it is between.
fn printed<'s>(synthesis: &'s Synthesis, brief: &Brief) -> (Vec<Under<'s>>, usize) {
    let mut groups = groups(synthesis, brief);
    if brief.audience == Audience::Team || !brief.about.is_empty() {
        return (groups, 0);
    }
    let is_active = |id: &Id| synthesis.hypotheses.get(id).is_some_and(|one| one.status == Editorial::Active);
    let mut waiting = 0;
    for (_, ids) in &mut groups {
        let all = ids.len();
        ids.retain(is_active);
        waiting += all - ids.len();
    }
    (groups, waiting)
}

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let mut parts: Vec<(String, Vec<Row>)> = Vec::new();
    let (groups, waiting) = printed(synthesis, brief);
    let ids: Vec<Id> = groups.iter().flat_map(|(_, ids)| ids).copied().collect();
    for (component, ids) in groups {
        let name = component.map(|one| format!("{} {}", synthesis.label(one.id), one.name));
        let rows: Vec<Row> = ids
            .iter()
            .filter_map(|id: &Id| synthesis.hypotheses.get(id))
            .map(|one| Row::of(&mut press, one, name.as_deref()))
            .collect();
        if !rows.is_empty() {
            parts.push((name.unwrap_or_else(|| "Statements of no component".to_owned()), rows));
        }
    }
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    let number = parts.iter().map(|(_, rows)| rows.len()).sum();
    blocks.push(Block::paragraph(format!("{}.", count_of(number, "configuration"))));
    let tells_status = parts.iter().flat_map(|(_, rows)| rows).any(|row| row.status != Editorial::Active);
    for (at, (name, rows)) in parts.iter().enumerate() {
        blocks.push(Block::heading(2, name.as_str(), format!("part-{}", at + 1)));
        blocks.push(Block::table(format!("Configurations: {name}"), table(rows, brief.audience, tells_status)));
    }
    blocks.push(Block::heading(2, "How to read this", "how-to-read"));
    blocks.push(Block::rule(voices::rule(&press)));
    blocks.push(Block::rule(
        "Sources for have a passage that supports or refines the statement, sources against one that refutes it; passages \
         judged irrelevant are left out, and unclear ones are in the evidence report. Passages that refine a statement are counted \
         beside those that support it; their words are in the evidence report.",
    ));
    if waiting > 0 {
        blocks.push(Block::rule(format!(
            "Printed are statements that are active. Left out: {}, in draft or screened and not yet active.",
            count_of(waiting, "statement")
        )));
    }
    blocks.extend(Listed::behind(&press, brief, ids).section(synthesis));
    blocks.extend(closing(&press));
    let rows: Vec<&Row> = parts.iter().flat_map(|(_, rows)| rows).collect();
    Report {
        key: "cmo",
        title: format!("{}: contexts, mechanisms and outcomes", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: sheet(&rows),
        data: json!({
            "report": "cmo",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "configurations": rows,
            "not_active": waiting,
            "withheld": withheld(&press),
        }),
    }
}

/// One table of a paper; each says what is active where some of the paper is not.
fn table(rows: &[Row], audience: Audience, tells_status: bool) -> Table {
    let title = |kind| part_title(kind, audience);
    let mechanism = if audience == Audience::Meeting {
        "What is offered, and what changes in people's thinking"
    } else {
        "Mechanism"
    };
    let mut table = Table::with(&[
        ("id", "Id"),
        ("status", "Status"),
        ("context", title(PartKind::Context)),
        ("mechanism", mechanism),
        ("outcome", title(PartKind::Outcome)),
        ("standings", "Standings"),
        ("supporting", "Quotations that support"),
        ("refuting", "Quotations that refute"),
    ]);
    for row in rows {
        table.push(vec![
            row.id.as_str().into(),
            row.status.word().into(),
            or_to_write(&row.context).into(),
            row.mechanism(audience).into(),
            or_to_write(&row.outcome).into(),
            row.standings.lines().into(),
            row.supporting().into(),
            row.refuting().into(),
        ]);
    }
    if !tells_status {
        table.drop_columns(&["status"]);
    }
    table
}

fn sheet(rows: &[&Row]) -> Table {
    let mut columns = vec![
        ("id", "Id"),
        ("component", "Component"),
        ("statement", "Team's sentence"),
        ("status", "Status"),
        ("actor", "Actor"),
        ("context", "Context"),
        ("resource", "Resource"),
        ("reasoning", "Reasoning"),
        ("mechanism", "Mechanism (not split)"),
        ("outcome", "Outcome"),
        ("sources_for", "Sources for"),
        ("sources_against", "Sources against"),
    ];
    columns.extend(standings::COLUMNS);
    columns.extend([
        ("supporting", "Quotations that support"),
        ("refuting", "Quotations that refute"),
        ("differently_where", ELSEWHERE),
        ("refining", "Passages that refine"),
    ]);
    let mut table = Table::with(&columns);
    let text = |texts: &[String]| if texts.is_empty() { Cell::Empty } else { texts.join("\n").into() };
    for row in rows {
        let mut cells = vec![
            row.id.as_str().into(),
            row.component.clone().into(),
            row.statement.clone().into(),
            row.status.word().into(),
            text(&row.actor),
            text(&row.context),
            text(&row.resource),
            text(&row.reasoning),
            text(&row.mechanism),
            text(&row.outcome),
            row.sources_for.as_str().into(),
            row.sources_against.as_str().into(),
        ];
        cells.extend(row.standings.cells());
        let voices = [&row.voices.in_favour, &row.voices.against, &row.voices.differently_where];
        cells.extend(voices.map(|side| said(side).into()));
        cells.push(row.refining.into());
        table.push(cells);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Circumstances;
    use crate::hypothesis::Part;
    use crate::id::Kind;
    use crate::report::sample::{self, id};

    fn cell(report: &Report, row: &str, column: &str) -> String {
        let at = |key: &str| report.sheet.columns.iter().position(|one| one.key == key).unwrap();
        let row = report.sheet.rows.iter().find(|cells| cells[at("id")].show(0) == row).unwrap();
        row[at(column)].show(0)
    }

    fn on_paper(report: &Report, row: &str, column: &str) -> String {
        let tables = report.blocks.iter().filter_map(|one| match one {
            Block::Table { table, .. } => Some(table),
            _ => None,
        });
        let cells = tables.flat_map(|table| {
            let at = table.columns.iter().position(|one| one.key == column).unwrap();
            table.rows.iter().filter(|cells| cells[0].show(0) == row).map(move |cells| cells[at].show(0))
        });
        cells.collect::<String>()
    }

    #[test]
    fn what_contradicts_in_other_circumstances_is_told_apart_and_never_left_out() {
        let mut all = sample::synthesis();
        let told = make(&all, &Brief::new(Audience::Team));
        let (against, elsewhere) = (cell(&told, "H1.gj", "refuting"), cell(&told, "H1.gj", "differently_where"));
        assert!(against.contains("NAMEDWORDS") && !against.contains("LONEWORDS"), "{against}");
        assert!(elsewhere.contains("LONEWORDS") && !elsewhere.contains("NAMEDWORDS"), "{elsewhere}");
        let paper = on_paper(&told, "H1.gj", "refuting");
        let (here, there) = paper.split_once("Works differently where:").unwrap();
        assert!(here.contains("NAMEDWORDS") && there.contains("LONEWORDS"), "{paper}");
        // Where nothing else refutes it, that is said, and the passage from elsewhere stands there all the same.
        let link = all.evidence.get_mut(&id(Kind::Evidence, 6)).unwrap();
        link.circumstances = Some(Circumstances::Different);
        let told = make(&all, &Brief::new(Audience::Team));
        assert_eq!(cell(&told, "H1.gj", "refuting"), NONE_FOUND);
        let paper = on_paper(&told, "H1.gj", "refuting");
        assert!(paper.starts_with(NONE_FOUND) && paper.contains("Works differently where:"), "{paper}");
        // What is not printed is counted.
        let printed = ["NAMEDWORDS", "LONEWORDS"].iter().filter(|words| paper.contains(**words)).count();
        assert!(printed == 2 || paper.contains("and 1 passage more"), "{paper}");
    }

    #[test]
    fn others_read_of_active_statements_and_how_many_are_left_out() {
        let mut all = sample::synthesis();
        all.hypotheses.get_mut(&id(Kind::Hypothesis, 1)).unwrap().status = Editorial::Draft;
        let others = make(&all, &Brief::new(Audience::Publication));
        assert!(others.sheet.rows.iter().all(|row| row[0].show(0) != "H1.gj"));
        let said = "Left out: 1 statement, in draft or screened and not yet active.";
        assert!(others.blocks.iter().any(|block| block.text().ends_with(said)));
        let team = make(&all, &Brief::new(Audience::Team));
        assert_eq!(
            (cell(&team, "H1.gj", "status"), on_paper(&team, "H1.gj", "status")),
            ("draft".into(), "draft".into())
        );
    }

    #[test]
    fn passages_that_refine_are_counted_beside_those_that_support() {
        let mut all = sample::synthesis();
        let before = make(&all, &Brief::new(Audience::Team));
        let links = all.evidence.values_mut().filter(|link| link.hypothesis == id(Kind::Hypothesis, 1));
        let refined: BTreeSet<_> = links
            .filter(|link| link.stance == Stance::Supports && !link.is_irrelevant())
            .map(|link| {
                link.stance = Stance::Refines;
                link.anchor.clone()
            })
            .collect();
        let after = make(&all, &Brief::new(Audience::Team));
        assert_eq!(cell(&after, "H1.gj", "sources_for"), cell(&before, "H1.gj", "sources_for"));
        let told = on_paper(&after, "H1.gj", "supporting");
        assert!(told.starts_with(NONE_FOUND), "{told}");
        let n: usize = cell(&after, "H1.gj", "refining").parse().unwrap();
        assert!(n >= refined.len() && told.ends_with(&format!("Refine it: {}", count_of(n, "passage"))), "{told}");
    }

    #[test]
    fn an_actor_is_named_as_such_and_is_no_context() {
        let mut all = sample::synthesis();
        let statement = all.hypotheses.get_mut(&id(Kind::Hypothesis, 1)).unwrap();
        let context = statement.parts.iter().find(|part| part.kind == PartKind::Context).unwrap().clone();
        let actor =
            Part { key: "a1".to_owned(), kind: PartKind::Actor, text: "people in crisis".to_owned(), ..context };
        statement.parts.push(actor);
        let told = make(&all, &Brief::new(Audience::Team));
        assert_eq!(cell(&told, "H1.gj", "actor"), "people in crisis");
        assert!(!on_paper(&told, "H1.gj", "context").contains("people in crisis"));
        assert!(on_paper(&told, "H1.gj", "mechanism").starts_with("Actor: people in crisis\n"));
    }
}
