//! Components: how many statements hang on each, from where, and how they stand.

use super::backing::of_links;
use super::evidence::is_living;
use super::links::{Links, by_label, grouped};
use super::numbers;
use crate::diagnostic::Result;
use crate::evidence::Evidential;
use crate::hypothesis::{Hypothesis, Test};
use crate::id::Id;
use crate::strand::SourceKind;
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};
use std::collections::BTreeMap;

/// Living statements by component (rows) with evidence that counts from each strand (columns): a
/// statement with evidence from two strands is in two columns. One column a strand that holds a
/// source, whether or not it has evidence here.
pub fn components_by_strand(synthesis: &Synthesis) -> Result<Table> {
    let links = Links::of(synthesis)?;
    let title = |key: &String| Column::new(key, &synthesis.settings.strand_title(key));
    cross(synthesis, &links, "strand", links.strands.iter().map(title).enumerate().collect())
}

/// The same by kind of source: one column a kind present.
pub fn components_by_kind(synthesis: &Synthesis) -> Result<Table> {
    let links = Links::of(synthesis)?;
    let present = SourceKind::ALL
        .iter()
        .enumerate()
        .filter(|(_, kind)| synthesis.sources.values().any(|source| source.kind == **kind));
    let columns = present.map(|(n, kind)| (n, Column::new(kind.word(), &sentence_case(&kind.title()))));
    cross(synthesis, &links, "kind", columns.collect())
}

fn cross(synthesis: &Synthesis, links: &Links, by: &str, columns: Vec<(usize, Column)>) -> Result<Table> {
    let groups = grouped(links.counted(), &["hypothesis", by], &[])?;
    let mut cells: BTreeMap<(Option<Id>, usize), usize> = BTreeMap::new();
    let mut told: BTreeMap<Option<Id>, usize> = BTreeMap::new();
    let mut last = None;
    for (n, level) in numbers(&groups, "hypothesis")?.into_iter().zip(numbers(&groups, by)?) {
        let hypothesis = links.hypotheses[n];
        if is_living(hypothesis) {
            *cells.entry((hypothesis.component, level)).or_default() += 1;
            // Sorted by statement: its first row is the only one where it differs from the last.
            *told.entry(hypothesis.component).or_default() += usize::from(last != Some(n));
            last = Some(n);
        }
    }
    let rows = rows(synthesis, &links.hypotheses);
    let mut table = Table::with(&[("component", "Component"), ("name", "Name"), ("hypotheses", "Statements")]);
    let levels: Vec<usize> = columns.iter().map(|(level, _)| *level).collect();
    table.columns.extend(columns.into_iter().map(|(_, column)| column));
    table.columns.push(Column::new("no_evidence", "No evidence"));
    for row in rows {
        let mut line = vec![row.label, row.name.into(), row.statements.into()];
        line.extend(levels.iter().map(|level| Cell::from(cells.get(&(row.id, *level)).copied().unwrap_or(0))));
        line.push((row.statements - told.get(&row.id).copied().unwrap_or(0)).into());
        table.push(line);
    }
    Ok(table)
}

/// Living statements by component and evidential standing, how many of those are provisional or were tested, and
/// the component's own consensus standing.
pub fn standing_by_component(synthesis: &Synthesis) -> Result<Table> {
    let links = Links::of(synthesis)?;
    let backings = of_links(&links)?;
    let mut counts: BTreeMap<(Option<Id>, Evidential), usize> = BTreeMap::new();
    let mut provisional: BTreeMap<Option<Id>, usize> = BTreeMap::new();
    let mut tested: BTreeMap<Option<Id>, usize> = BTreeMap::new();
    for hypothesis in links.hypotheses.iter().filter(|one| is_living(one)) {
        let standing = &backings[&hypothesis.id].standing;
        *counts.entry((hypothesis.component, standing.standing)).or_default() += 1;
        *provisional.entry(hypothesis.component).or_default() += usize::from(standing.provisional);
        *tested.entry(hypothesis.component).or_default() += usize::from(hypothesis.test() != Test::NotTested);
    }
    let mut table = Table::with(&[("component", "Component"), ("name", "Name"), ("hypotheses", "Statements")]);
    let words = Evidential::ALL.iter().map(|one| one.word());
    table.columns.extend(words.map(|word| Column::new(word, &sentence_case(&word.replace('_', " ")))));
    table.columns.push(Column::new("provisional", "Of these provisional"));
    table.columns.push(Column::new("tested", "Of these tested"));
    table.columns.push(Column::new("consensus", "Consensus standing"));
    for row in rows(synthesis, &links.hypotheses) {
        let mut line = vec![row.label, row.name.into(), row.statements.into()];
        line.extend(Evidential::ALL.iter().map(|one| Cell::from(counts.get(&(row.id, *one)).copied().unwrap_or(0))));
        line.push(provisional.get(&row.id).copied().unwrap_or(0).into());
        line.push(tested.get(&row.id).copied().unwrap_or(0).into());
        line.push(row.id.map(|id| synthesis.consensus(id).word()).into());
        table.push(line);
    }
    Ok(table)
}

/// One row of a table by component.
struct Row {
    id: Option<Id>,
    label: Cell,
    name: String,
    /// Living ones.
    statements: usize,
}

/// Components in print order; then those retired or lost that living statements still hang on; then
/// the statements on none. No statement falls out of a table.
fn rows(synthesis: &Synthesis, hypotheses: &[&Hypothesis]) -> Vec<Row> {
    let mut statements: BTreeMap<Option<Id>, usize> = BTreeMap::new();
    for hypothesis in hypotheses.iter().filter(|one| is_living(one)) {
        *statements.entry(hypothesis.component).or_default() += 1;
    }
    let mut ids: Vec<Id> = synthesis.components_in_order().iter().map(|one| one.id).collect();
    let mut others: Vec<Id> = statements.keys().flatten().copied().filter(|id| !ids.contains(id)).collect();
    others.sort_by_key(|id| by_label(synthesis, *id));
    ids.extend(others);
    let mut rows: Vec<Row> = ids
        .into_iter()
        .map(|id| Row {
            id: Some(id),
            label: synthesis.label(id).into(),
            name: name(synthesis, id),
            statements: statements.get(&Some(id)).copied().unwrap_or(0),
        })
        .collect();
    if let Some(loose) = statements.get(&None) {
        rows.push(Row { id: None, label: Cell::Empty, name: "(no component)".to_owned(), statements: *loose });
    }
    rows
}

fn name(synthesis: &Synthesis, id: Id) -> String {
    match synthesis.components.get(&id) {
        Some(component) if component.retired => format!("{} (retired)", component.name),
        Some(component) => component.name.clone(),
        None => "(not known)".to_owned(),
    }
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;
    use super::*;
    use crate::evidence::Stance;
    use crate::hypothesis::Editorial;
    use crate::strand::{SourceKind, Strand};

    fn rows(table: &Table) -> Vec<Vec<String>> {
        table.rows.iter().map(|row| row.iter().map(|cell| cell.show(0)).collect()).collect()
    }

    /// Two statements on a component, one on a retired one, one on none, one merged.
    fn sample() -> Sample {
        let mut sample = Sample::new();
        let (kept, retired) = (sample.component("Records"), sample.component("Peers"));
        sample.synthesis.components.get_mut(&retired).unwrap().retired = true;
        let hypotheses: Vec<Id> = (0..5).map(|_| sample.hypothesis()).collect();
        for (n, component) in [Some(kept), Some(kept), Some(retired), None, Some(kept)].into_iter().enumerate() {
            sample.edit(hypotheses[n]).component = component;
        }
        sample.edit(hypotheses[4]).status = Editorial::Merged;
        let (interview, group) = (sample.source(SourceKind::Interview), sample.source(SourceKind::FocusGroup));
        for n in [0, 4] {
            sample.link(hypotheses[n], interview, Stance::Supports);
            sample.link(hypotheses[n], group, Stance::Refutes);
        }
        sample.link(hypotheses[1], group, Stance::Ambiguous);
        sample.link(hypotheses[2], group, Stance::Supports).rigour = None;
        sample
    }

    #[test]
    fn statements_are_counted_by_component_and_strand() {
        let mut sample = sample();
        sample.synthesis.settings.strands = vec![Strand {
            key: "interview".to_owned(),
            title: "Leader interviews".to_owned(),
            kinds: vec![SourceKind::Interview],
        }];
        let table = components_by_strand(&sample.synthesis).unwrap();
        let titles: Vec<&str> = table.columns[3..].iter().map(|column| column.title.as_str()).collect();
        assert_eq!(titles, ["Leader interviews", "focus group", "No evidence"]);
        assert_eq!(
            rows(&table),
            [
                ["K1.gj", "Records", "2", "1", "1", "1"],
                ["K2.gj", "Peers (retired)", "1", "0", "1", "0"],
                ["", "(no component)", "1", "0", "0", "1"]
            ]
        );
    }

    #[test]
    fn kinds_present_have_a_column_each() {
        let table = components_by_kind(&sample().synthesis).unwrap();
        let titles: Vec<&str> = table.columns[3..].iter().map(|column| column.title.as_str()).collect();
        assert_eq!(titles, ["Interview", "Focus group", "No evidence"]);
    }

    #[test]
    fn standings_add_up_to_the_statements() {
        let table = standing_by_component(&sample().synthesis).unwrap();
        // none, single_source, supported, contested, refuted_only
        assert_eq!(
            rows(&table),
            [
                ["K1.gj", "Records", "2", "1", "0", "0", "1", "0", "0", "0", "untested"],
                ["K2.gj", "Peers (retired)", "1", "0", "1", "0", "0", "0", "1", "0", "untested"],
                ["", "(no component)", "1", "1", "0", "0", "0", "0", "0", "0", ""]
            ]
        );
    }
}
