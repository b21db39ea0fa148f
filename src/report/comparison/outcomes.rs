//! What models are reported to have achieved, as it is read.

use super::pages::heads;
use super::tables::{is_silent, model, silent};
use crate::compare::Results;
use crate::compare::matrix::Share;
use crate::model::Direction;
use crate::report::block::{count_of, sentence_case};
use crate::synthesis::Synthesis;
use crate::table::{Cell, Column, Table};

/// Outcomes to be read: under each a row for every result, and one for the models that report none. `for_team`: with labels.
pub fn table(synthesis: &Synthesis, results: &Results, for_team: bool) -> Table {
    let mut table = Table::with(&[
        ("model", "Model"),
        ("direction", "Direction"),
        ("measure", "Measure"),
        ("comparator", "Against"),
        ("result", "Result"),
    ]);
    let heads = heads(synthesis, &results.models);
    for line in &results.lines {
        let kind = line.kind.map(|kind| format!(" ({})", kind.to_lowercase())).unwrap_or_default();
        let silent = silent(&line.results).in_words();
        table.heading(format!("{}{kind}. Not reported: {silent}", line.outcome.name));
        for (one, told) in results.models.iter().zip(&line.results) {
            for result in told {
                table.push(vec![
                    model(synthesis, one).into(),
                    result.held.direction.title().into(),
                    result.held.measure.clone().into(),
                    result.held.comparator.clone().into(),
                    synthesis.label(result.held.id).into(),
                ]);
            }
        }
        let without = heads.iter().zip(&line.results).filter(|(_, told)| told.is_empty());
        let without: Vec<&str> = without.map(|(head, _)| head.as_str()).collect();
        if !without.is_empty() {
            let told: Vec<Cell> = vec![without.join("; ").into(), Direction::NotReported.title().into()];
            table.push(told.into_iter().chain(std::iter::repeat_n(Cell::Empty, 3)).collect());
        }
    }
    if !for_team {
        table.drop_columns(&["result"]);
    }
    table
}

/// How often each direction is reported of each model, in the order of the models, and of how many outcomes nothing is:
/// counts of results, which say nothing of how large or how sure an effect is.
pub fn directions(synthesis: &Synthesis, results: &Results) -> Table {
    let mut columns = vec![Column::new("model", "Model"), Column::new("results", "Results")];
    columns.extend(DIRECTIONS.iter().map(|one| Column::new(one.word(), &sentence_case(one.title()))));
    columns.push(Column::new("not_reported", "Outcomes not reported"));
    let mut table = Table::new(columns);
    for (at, one) in results.models.iter().enumerate() {
        let told = results.lines.iter().flat_map(|line| &line.results[at]);
        let directions: Vec<Direction> = told.map(|result| result.held.direction).collect();
        let of = |wanted: &Direction| directions.iter().filter(|one| *one == wanted).count();
        let silent = results.lines.iter().filter(|line| is_silent(&line.results[at])).count();
        let counts: Vec<usize> = DIRECTIONS.iter().map(of).collect();
        let mut row: Vec<Cell> = vec![model(synthesis, one).into(), count_of(counts.iter().sum(), "result").into()];
        row.extend(counts.into_iter().map(Cell::from));
        row.push(Share { not_reported: silent, of: results.lines.len() }.in_words().into());
        table.push(row);
    }
    table
}

/// Directions that a result may have.
pub const DIRECTIONS: [Direction; 4] = [Direction::Up, Direction::Down, Direction::None, Direction::Mixed];
