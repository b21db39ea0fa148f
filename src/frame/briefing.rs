//! Tables of a briefing: evidence by stance and strand, and who sees it differently.

use super::links::{Links, grouped, relevant};
use super::{broken, counted, numbers};
use crate::diagnostic::Result;
use crate::document::Voice;
use crate::evidence::{Evidence, Stance};
use crate::id::Id;
use crate::passage::Quotation;
use crate::stats::order::median;
use crate::synthesis::{Bearings, Synthesis};
use crate::table::{Cell, Column, Table};
use polars::prelude::{Column as Series, DataFrame, DataType, Expr, IntoLazy, col, lit, when};
use std::collections::{BTreeMap, BTreeSet};

const SIDES: [(&str, &str); 3] = [("for", "For"), ("against", "Against"), ("refines_or_unclear", "Refines or unclear")];

/// Place in [`SIDES`].
fn side(stance: Stance) -> u32 {
    match stance {
        Stance::Supports => 0,
        Stance::Refutes => 1,
        Stance::Refines | Stance::Ambiguous => 2,
    }
}

/// Evidence on some statements (method reference 6.2): rows for, against, refines or unclear, then
/// the medians of relevance, richness and rigour; one column a strand that holds a source, then all
/// strands. A cell reads `2 sources (3 passages)` or `none found`; links judged irrelevant are out.
pub fn stance_by_kind(synthesis: &Synthesis, hypotheses: &[Id]) -> Result<Table> {
    let links = Links::among(synthesis, hypotheses)?;
    let mut table = Table::with(&[("row", "Row"), ("title", "Evidence")]);
    let strands = links.strands.iter();
    table.columns.extend(strands.map(|key| Column::new(key, &synthesis.settings.strand_title(key)).decimals(1)));
    table.columns.push(Column::new("all", "All strands").decimals(1));
    let spread = spread(&links)?;
    for (n, (key, title)) in SIDES.iter().enumerate() {
        let cell = |column| Cell::from(spread.get(&(n, column)).map_or("none found", String::as_str));
        let mut line = vec![Cell::from(*key), Cell::from(*title)];
        line.extend((0..=links.strands.len()).map(cell));
        table.push(line);
    }
    for line in quality(&links)? {
        table.push(line);
    }
    Ok(table)
}

/// By side and column (the last is all strands): `2 sources (3 passages)`.
fn spread(links: &Links) -> Result<BTreeMap<(usize, usize), String>> {
    let frame = || links.all().filter(relevant()).with_columns([side_of_stance()]);
    let aggregates = [col("source").n_unique().alias("sources"), col("passage").n_unique().alias("passages")];
    let by_strand = grouped(frame(), &["side", "strand"], &aggregates)?;
    let overall = grouped(frame(), &["side"], &aggregates)?;
    let all = vec![links.strands.len(); overall.height()];
    let mut cells = BTreeMap::new();
    for (groups, columns) in [(&by_strand, numbers(&by_strand, "strand")?), (&overall, all)] {
        let (sources, passages) = (numbers(groups, "sources")?, numbers(groups, "passages")?);
        for (row, side) in numbers(groups, "side")?.into_iter().enumerate() {
            let text = format!("{} ({})", counted(sources[row], "source"), counted(passages[row], "passage"));
            cells.insert((side, columns[row]), text);
        }
    }
    Ok(cells)
}

fn side_of_stance() -> Expr {
    let is = |stance: Stance| col("stance").eq(lit(stance as u32));
    when(is(Stance::Supports))
        .then(lit(side(Stance::Supports)))
        .when(is(Stance::Refutes))
        .then(lit(side(Stance::Refutes)))
        .otherwise(lit(side(Stance::Refines)))
        .cast(DataType::UInt32)
        .alias("side")
}

type Score = fn(&Evidence) -> Option<u8>;

const SCORES: [(&str, &str, Score); 3] = [
    ("relevance", "Relevance (median, 1 to 3)", |link| link.relevance),
    ("richness", "Richness (median, 0 to 3)", |link| link.richness),
    ("rigour", "Rigour (median, 0 to 3)", |link| link.rigour),
];

/// Medians over links not judged irrelevant; empty where there is no link.
fn quality(links: &Links) -> Result<Vec<Vec<Cell>>> {
    let placed: Vec<(&Evidence, usize)> = links.rows.iter().copied().zip(links.column("strand")?).collect();
    let of_column = |column: usize| -> Vec<&Evidence> {
        let all = column == links.strands.len();
        placed.iter().filter(|(one, at)| !one.is_irrelevant() && (all || *at == column)).map(|(one, _)| *one).collect()
    };
    let columns: Vec<Vec<&Evidence>> = (0..=links.strands.len()).map(of_column).collect();
    let line = |(key, title, score): &(&str, &str, Score)| {
        let cells = columns.iter().map(|links| {
            let values: Vec<f64> = links.iter().filter_map(|link| score(link)).map(f64::from).collect();
            match median(&values) {
                Some(median) => Cell::Real(median),
                None if links.is_empty() => Cell::Empty,
                None => Cell::Undefined("not appraised".to_owned()),
            }
        });
        [Cell::from(*key), Cell::from(*title)].into_iter().chain(cells).collect()
    };
    Ok(SCORES.iter().map(line).collect())
}

/// Who sees some statements differently: people by stakeholder group (rows, in the order of
/// `realist.toml`) and side (columns). A person counts once a side however often they speak; one who
/// speaks on two sides is in both, and once in `people`. Only participants' own words count. A
/// speaker no facesheet names is a person of their document, of a group not recorded.
pub fn group_by_stance(synthesis: &Synthesis, hypotheses: &[Id]) -> Result<Table> {
    let wanted: BTreeSet<&Id> = hypotheses.iter().collect();
    let bearings = Bearings::of(synthesis);
    let links = wanted.into_iter().flat_map(|id| bearings.on(*id)).map(|one| one.link);
    let said: Vec<Said> =
        links.filter(|link| !link.is_irrelevant()).filter_map(|link| Said::of(synthesis, link)).collect();
    let groups = groups(synthesis, &said);
    let frame = people(&said, &groups)?;
    let person = [col("person").n_unique().alias("people")];
    let by_side = grouped(frame.clone().lazy(), &["group", "side"], &person)?;
    let overall = grouped(frame.lazy(), &["group"], &person)?;
    let places = numbers(&by_side, "group")?.into_iter().zip(numbers(&by_side, "side")?);
    let cells: BTreeMap<(usize, usize), usize> = places.zip(numbers(&by_side, "people")?).collect();
    let totals: BTreeMap<usize, usize> =
        numbers(&overall, "group")?.into_iter().zip(numbers(&overall, "people")?).collect();
    let mut table = Table::with(&[("group", "Key"), ("title", "Group")]);
    table.columns.extend(SIDES.iter().map(|(key, title)| Column::new(key, title)));
    table.columns.push(Column::new("people", "People"));
    for (n, group) in groups.iter().enumerate() {
        let title = group.map_or_else(|| "Group not recorded".to_owned(), |key| synthesis.settings.group_title(key));
        let mut line = vec![Cell::from(*group), Cell::from(title)];
        line.extend((0..SIDES.len()).map(|side| Cell::from(cells.get(&(n, side)).copied().unwrap_or(0))));
        line.push(totals.get(&n).copied().unwrap_or(0).into());
        table.push(line);
    }
    Ok(table)
}

/// A person: a participant, or a speaker label within its document.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Person<'s> {
    Known(Id),
    Speaker(Id, &'s str),
}

struct Said<'s> {
    person: Person<'s>,
    group: Option<&'s str>,
    side: u32,
}

impl<'s> Said<'s> {
    fn of(synthesis: &'s Synthesis, link: &Evidence) -> Option<Self> {
        let quotation = synthesis.quotations.get(&link.id)?;
        if quotation.voice != Voice::Participant {
            return None;
        }
        let person = match quotation.participant {
            Some(participant) => Person::Known(participant),
            None => Person::Speaker(quotation.document, quotation.speaker.as_deref()?),
        };
        Some(Said { person, group: group_of(synthesis, quotation), side: side(link.stance) })
    }
}

/// Stakeholder group of whoever speaks in a quotation.
pub(super) fn group_of<'s>(synthesis: &'s Synthesis, quotation: &Quotation) -> Option<&'s str> {
    synthesis.participants.get(&quotation.participant?)?.group.as_deref()
}

/// Groups that spoke, declared ones first, the group not recorded last.
fn groups<'s>(synthesis: &'s Synthesis, said: &[Said<'s>]) -> Vec<Option<&'s str>> {
    let spoke: BTreeSet<Option<&str>> = said.iter().map(|one| one.group).collect();
    let declared = synthesis.settings.groups.iter().map(|group| Some(group.key.as_str()));
    let others = spoke.iter().copied().flatten().map(Some).chain([None]);
    let mut groups: Vec<Option<&str>> = Vec::new();
    for group in declared.chain(others) {
        if spoke.contains(&group) && !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

fn people(said: &[Said], groups: &[Option<&str>]) -> Result<DataFrame> {
    let persons: BTreeSet<&Person> = said.iter().map(|one| &one.person).collect();
    let place: BTreeMap<&Person, u32> = persons.into_iter().zip(0..).collect();
    let group = |one: &Said| (0..).zip(groups).find(|(_, group)| **group == one.group).map_or(0, |(n, _)| n);
    let columns = vec![
        Series::new("group".into(), said.iter().map(group).collect::<Vec<u32>>()),
        Series::new("side".into(), said.iter().map(|one| one.side).collect::<Vec<u32>>()),
        Series::new("person".into(), said.iter().map(|one| place[&one.person]).collect::<Vec<u32>>()),
    ];
    DataFrame::new(said.len(), columns).map_err(broken)
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::strand::SourceKind::{FocusGroup, Interview, Policy};

    fn row(table: &Table, n: usize) -> Vec<String> {
        table.rows[n].iter().map(|cell| cell.show(1)).collect()
    }

    #[test]
    fn cells_count_sources_and_passages_and_empty_ones_say_so() {
        let mut sample = Sample::new();
        let (hypothesis, other) = (sample.hypothesis(), sample.hypothesis());
        let (first, second, group) = (sample.source(Interview), sample.source(Interview), sample.source(FocusGroup));
        sample.source(Policy);
        sample.scored(hypothesis, first, Stance::Supports, [3, 3, 2]);
        sample.scored(hypothesis, first, Stance::Supports, [2, 1, 1]);
        sample.scored(hypothesis, second, Stance::Supports, [0, 3, 3]);
        sample.scored(hypothesis, group, Stance::Supports, [1, 2, 1]);
        sample.scored(hypothesis, group, Stance::Ambiguous, [2, 2, 1]);
        sample.scored(other, group, Stance::Refutes, [2, 2, 2]);
        let table = stance_by_kind(&sample.synthesis, &[hypothesis]).unwrap();
        let keys: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
        assert_eq!(keys, ["row", "title", "focus_group", "interview", "policy", "all"]);
        assert_eq!(
            row(&table, 0)[2..],
            ["1 source (1 passage)", "1 source (2 passages)", "none found", "2 sources (3 passages)"]
        );
        assert_eq!(row(&table, 1)[2..], ["none found"; 4]);
        assert_eq!(row(&table, 2)[2..], ["1 source (1 passage)", "none found", "none found", "1 source (1 passage)"]);
        assert_eq!(row(&table, 3)[2..], ["1.5", "2.5", "", "2.0"]);
        assert_eq!(row(&table, 4)[2..], ["2.0", "2.0", "", "2.0"]);
    }

    #[test]
    fn a_median_of_nothing_appraised_is_undefined() {
        let mut sample = Sample::new();
        let (hypothesis, source) = (sample.hypothesis(), sample.source(Interview));
        sample.link(hypothesis, source, Stance::Supports).rigour = None;
        let table = stance_by_kind(&sample.synthesis, &[hypothesis]).unwrap();
        assert_eq!(row(&table, 5)[2], "undefined (not appraised)");
    }

    #[test]
    fn people_count_once_a_side_by_group() {
        let mut sample = Sample::new();
        let (hypothesis, source) = (sample.hypothesis(), sample.source(FocusGroup));
        let (user, gp) = (sample.participant("users"), sample.participant("gps"));
        for (who, stance) in [
            (Some(gp), Stance::Refutes),
            (Some(user), Stance::Supports),
            (Some(user), Stance::Supports),
            (Some(user), Stance::Refines),
            (None, Stance::Supports),
        ] {
            let link = sample.link(hypothesis, source, stance).id;
            sample.said(link, who, Some("P1"));
        }
        let unheard = sample.link(hypothesis, source, Stance::Supports).id;
        sample.said(unheard, Some(gp), None);
        sample.synthesis.quotations.get_mut(&unheard).unwrap().voice = Voice::FieldNote;
        let table = group_by_stance(&sample.synthesis, &[hypothesis]).unwrap();
        assert_eq!(table.rows.len(), 3);
        assert_eq!(row(&table, 0), ["users", "USERS", "1", "0", "1", "1"]);
        assert_eq!(row(&table, 1), ["gps", "GPS", "0", "1", "0", "1"]);
        assert_eq!(row(&table, 2), ["", "Group not recorded", "1", "0", "0", "1"]);
    }

    #[test]
    fn nothing_said_gives_empty_tables() {
        let sample = Sample::new();
        assert!(group_by_stance(&sample.synthesis, &[]).unwrap().is_empty());
        assert_eq!(row(&stance_by_kind(&sample.synthesis, &[]).unwrap(), 0), ["for", "For", "none found"]);
    }
}
