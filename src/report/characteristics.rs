//! `report characteristics`: the table of sources as a published review carries it. In papers for others what the team
//! gathered itself stands strand by strand: one interview is one person.

use super::appraisal::RIGOUR_ALONE;
use super::block::{Block, Report, count_of};
use super::described::{COUNTRY, DESIGN, POPULATION, SETTING, kind, said};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::references::Listed;
use super::shelf_marks::source as named;
use super::tally::Quality;
use super::words::Press;
use super::{Brief, NONE_FOUND};
use crate::consensus::{POOLED, Pool};
use crate::evidence::Evidence;
use crate::id::Id;
use crate::source::Source;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Table};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const RULE: &str = "How this table came about: each included study is one source, and so is one interview, one group or \
one household; reports of one study are one row. Contributes: distinct passages linked to statements, and how many \
statements they bear on, passages judged irrelevant left out. Appraisal: the median of each score, 0 none to 3 high, given \
per passage and statement.";

const NOT_RECORDED: &str = "not recorded";
const NO_THEORY: &str = "none";

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let press = Press::new(synthesis, brief.audience);
    let contributions = contributions(synthesis);
    let mut alone: Vec<&Source> =
        synthesis.sources.values().filter(|one| synthesis.counts_as(one.id) == one.id).collect();
    alone.sort_by_key(|one| (place(synthesis, &one.strand), synthesis.labels.get(&one.id), one.id));
    let (one_by_one, gathered): (Vec<&Source>, Vec<&Source>) =
        alone.into_iter().partition(|one| press.is_for_team() || !one.kind.is_own_data());

    let sheet = one_by_one.iter().map(|one| row(&press, one, contributions.get(&one.id))).fold(titles(), pushed);
    let strands = by_strand(&press, &gathered, &contributions);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.push(Block::paragraph(opening(synthesis, one_by_one.len(), gathered.len())));
    if !one_by_one.is_empty() {
        blocks.push(Block::heading(2, "Sources", "sources"));
        blocks.push(Block::table("Characteristics of sources", on_paper(&sheet)));
    }
    if !gathered.is_empty() {
        blocks.push(Block::heading(2, "What the team gathered itself", "own-data"));
        blocks.push(Block::table("Interviews, groups and other material of the team's own", strands.clone()));
        let least = synthesis.settings.thresholds.smallest_group;
        blocks.push(Block::rule(format!(
            "People are told strand by strand, since one interview is one person. A stakeholder group of fewer than {least} \
             people is counted together with others."
        )));
    }
    if let Some(missing) = to_describe(synthesis, &one_by_one) {
        blocks.push(Block::to_write(&missing));
    }
    blocks.push(Block::rule(format!("{RULE} {RIGOUR_ALONE}")));
    blocks.extend(Listed::of(&press, brief, one_by_one.iter().map(|one| one.id)).section(synthesis));
    blocks.extend(closing(&press));
    Report {
        key: "characteristics",
        title: format!("{}: characteristics of sources", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        data: json!({
            "report": "characteristics",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rule": format!("{RULE} {RIGOUR_ALONE}"),
            "sources": sheet.to_json(),
            "own_data": strands.to_json(),
            "withheld": withheld(&press),
        }),
        sheet,
    }
}

fn pushed(mut table: Table, row: Vec<Cell>) -> Table {
    table.push(row);
    table
}

/// Where a strand stands: as declared.
fn place(synthesis: &Synthesis, key: &str) -> (usize, String) {
    let at = synthesis.settings.strands.iter().position(|strand| strand.key == key);
    (at.unwrap_or(usize::MAX), key.to_owned())
}

fn opening(synthesis: &Synthesis, one_by_one: usize, gathered: usize) -> String {
    let reports = synthesis.sources.len() - one_by_one - gathered;
    let further = if reports > 0 {
        format!("; {} of the same studies", count_of(reports, "further report"))
    } else {
        String::new()
    };
    format!("{}{further}.", count_of(one_by_one + gathered, "source"))
}

/// What somebody should still say of published sources.
fn to_describe(synthesis: &Synthesis, sources: &[&Source]) -> Option<String> {
    let bare = |one: &&&Source| {
        [COUNTRY, SETTING, DESIGN, POPULATION].iter().any(|what| said(synthesis, one, *what).is_none())
    };
    let open: Vec<String> = sources.iter().filter(bare).map(|one| synthesis.label(one.id)).collect();
    (!open.is_empty()).then(|| format!("country, setting, design or population of {}", count_of(open.len(), "source")))
}

/// Links that count, by the source they count for.
fn contributions(synthesis: &Synthesis) -> BTreeMap<Id, Vec<&Evidence>> {
    let mut of: BTreeMap<Id, Vec<&Evidence>> = BTreeMap::new();
    for link in synthesis.evidence.values().filter(|link| !link.is_irrelevant() && !synthesis.is_gone(link)) {
        of.entry(synthesis.counts_as(link.source)).or_default().push(link);
    }
    of
}

/// Passages, statements they bear on, and the appraisal in words.
fn contributes(links: Option<&Vec<&Evidence>>) -> (usize, usize, String) {
    let links = links.map_or(&[][..], Vec::as_slice);
    let passages: BTreeSet<_> = links.iter().map(|link| &link.anchor).collect();
    let statements: BTreeSet<Id> = links.iter().map(|link| link.hypothesis).collect();
    let quality = if links.is_empty() { NONE_FOUND.to_owned() } else { Quality::of(links).show() };
    (passages.len(), statements.len(), quality)
}

fn titles() -> Table {
    Table::with(&[
        ("id", "Id"),
        ("source", "Source"),
        ("kind", "Kind"),
        ("strand", "Strand"),
        ("year", "Year"),
        ("country", "Country"),
        ("setting", "Setting"),
        ("design", "Design"),
        ("population", "Population"),
        ("theories", "Theories it lends"),
        ("passages", "Passages"),
        ("statements", "Statements"),
        ("appraisal", "Appraisal"),
    ])
}

fn row(press: &Press, one: &Source, links: Option<&Vec<&Evidence>>) -> Vec<Cell> {
    let synthesis = press.synthesis;
    let (passages, statements, appraisal) = contributes(links);
    let described = |what| said(synthesis, one, what).unwrap_or_else(|| NOT_RECORDED.to_owned());
    let year = synthesis.source_year(one.id).map_or_else(|| Cell::text(NOT_RECORDED), |year| Cell::Whole(year.into()));
    let strand = synthesis.settings.strands.iter().find(|strand| strand.key == one.strand);
    let theories: Vec<&str> = synthesis
        .substantive_theories
        .values()
        .filter(|theory| theory.source.is_some_and(|source| synthesis.counts_as(source) == one.id))
        .map(|theory| theory.name.as_str())
        .collect();
    vec![
        synthesis.label(one.id).into(),
        named(press, one.id).into(),
        kind(one).into(),
        strand.map_or(one.strand.as_str(), |strand| strand.title.as_str()).into(),
        year,
        described(COUNTRY).into(),
        described(SETTING).into(),
        described(DESIGN).into(),
        described(POPULATION).into(),
        if theories.is_empty() { NO_THEORY.into() } else { theories.join("; ").into() },
        passages.into(),
        statements.into(),
        appraisal.into(),
    ]
}

/// The columns that fit on a page; theories only where a source lends any.
fn on_paper(sheet: &Table) -> Table {
    let mut table = Table::with(&[
        ("source", "Source"),
        ("kind", "Kind, year"),
        ("where", "Country; setting"),
        ("design", "Design"),
        ("population", "Population"),
        ("theories", "Theories it lends"),
        ("contributes", "Contributes"),
        ("appraisal", "Appraisal"),
    ]);
    let text = |row: &[Cell], key: &str| {
        let at = sheet.columns.iter().position(|column| column.key == key);
        at.and_then(|at| row.get(at)).map(|cell| cell.show(0)).unwrap_or_default()
    };
    for row in &sheet.rows {
        let contributes = match text(row, "passages").as_str() {
            "0" => NONE_FOUND.to_owned(),
            _ => {
                let number = |key| text(row, key).parse().unwrap_or_default();
                let (passages, statements) = (number("passages"), number("statements"));
                format!("{} to {}", count_of(passages, "passage"), count_of(statements, "statement"))
            }
        };
        let (country, setting) = (text(row, "country"), text(row, "setting"));
        let place = if country == setting { country } else { format!("{country}; {setting}") };
        table.push(vec![
            format!("{} {}", text(row, "id"), text(row, "source")).into(),
            format!("{}, {}", text(row, "kind"), text(row, "year")).into(),
            place.into(),
            text(row, "design").into(),
            text(row, "population").into(),
            text(row, "theories").into(),
            contributes.into(),
            text(row, "appraisal").into(),
        ]);
    }
    if sheet.rows.iter().all(|row| text(row, "theories") == NO_THEORY) {
        table.drop_columns(&["theories"]);
    }
    table
}

/// Own data for others: one row a strand.
fn by_strand(press: &Press, gathered: &[&Source], contributions: &BTreeMap<Id, Vec<&Evidence>>) -> Table {
    let synthesis = press.synthesis;
    let mut table = Table::with(&[
        ("strand", "Strand"),
        ("sources", "Sources"),
        ("people", "People"),
        ("contributes", "Contribute"),
        ("appraisal", "Appraisal"),
    ]);
    for strand in gathered.chunk_by(|one, other| one.strand == other.strand) {
        let ids: BTreeSet<Id> = strand.iter().map(|one| one.id).collect();
        let links: Vec<&Evidence> = ids.iter().filter_map(|id| contributions.get(id)).flatten().copied().collect();
        let (passages, statements, appraisal) = contributes(Some(&links));
        let key = strand[0].strand.as_str();
        let title = synthesis.settings.strands.iter().find(|one| one.key == key);
        let kinds: BTreeMap<String, usize> = strand.iter().fold(BTreeMap::new(), |mut kinds, one| {
            *kinds.entry(one.kind.title()).or_default() += 1;
            kinds
        });
        let kinds: Vec<String> = kinds.into_iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        table.push(vec![
            title.map_or(key, |one| one.title.as_str()).into(),
            kinds.join("; ").into(),
            people(press, &ids).into(),
            format!("{} to {}", count_of(passages, "passage"), count_of(statements, "statement")).into(),
            appraisal.into(),
        ]);
    }
    table
}

/// Who took part, by stakeholder group, small groups pooled.
fn people(press: &Press, sources: &BTreeSet<Id>) -> String {
    let synthesis = press.synthesis;
    let is_of = |document: Id| {
        synthesis.documents.get(&document).is_some_and(|one| sources.contains(&synthesis.counts_as(one.source)))
    };
    let mut groups: BTreeMap<String, usize> = BTreeMap::new();
    let mut without = 0;
    for person in synthesis.participants.values().filter(|one| one.speaks.iter().any(|at| is_of(at.document))) {
        match &person.group {
            Some(group) => *groups.entry(synthesis.settings.group_title(group)).or_default() += 1,
            None => without += 1,
        }
    }
    if without > 0 {
        groups.insert("group not recorded".to_owned(), without);
    }
    show_pooled(&groups, synthesis.settings.thresholds.smallest_group)
}

/// Groups with their numbers, the largest first; those too small to be told are counted together.
fn show_pooled(groups: &BTreeMap<String, usize>, least: usize) -> String {
    let all: usize = groups.values().sum();
    if all == 0 {
        return "no people recorded".to_owned();
    }
    if all < least {
        return format!("fewer than {least} people");
    }
    let pool = Pool::of(std::slice::from_ref(groups), least);
    let counts = pool.counts(groups);
    let mut alone: Vec<(&String, &usize)> = counts.iter().filter(|(group, _)| *group != POOLED).collect();
    alone.sort_by(|(one, n), (other, m)| (m, one).cmp(&(n, other)));
    let mut shown: Vec<String> = alone.into_iter().map(|(group, n)| format!("{group} {n}")).collect();
    if let Some(sum) = counts.get(POOLED) {
        let name = if shown.is_empty() { "of several groups" } else { "of other groups" };
        shown.push(format!("{sum} {name}"));
    }
    shown.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::report::sample;

    fn pooled(groups: &[(&str, usize)]) -> String {
        show_pooled(&groups.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect(), 3)
    }

    #[test]
    fn no_small_group_is_told_nor_found_by_subtraction() {
        assert_eq!(pooled(&[("users", 5), ("staff", 4)]), "users 5, staff 4");
        assert_eq!(pooled(&[("users", 5), ("staff", 4), ("gps", 1)]), "users 5, 5 of other groups");
        assert_eq!(pooled(&[("users", 5), ("gps", 2), ("nurses", 1)]), "users 5, 3 of other groups");
        assert_eq!(pooled(&[("users", 5), ("gps", 1), ("nurses", 1)]), "7 of several groups");
        assert_eq!(pooled(&[("gps", 1), ("nurses", 1)]), "fewer than 3 people");
        assert_eq!(pooled(&[]), "no people recorded");
    }

    #[test]
    fn others_read_of_own_data_strand_by_strand() {
        let all = sample::synthesis();
        let team = make(&all, &Brief::new(Audience::Team));
        assert_eq!(team.sheet.rows.len(), 9);
        for audience in [Audience::Meeting, Audience::Publication] {
            let paper = make(&all, &Brief::new(audience));
            assert_eq!(paper.sheet.rows.len(), 3, "studies and the review alone");
            let said = format!("{:?} {}", paper.blocks, paper.data);
            assert!(!said.contains("Northtown") && !said.contains("Jo Leader"), "a title may name a person");
        }
    }
}
