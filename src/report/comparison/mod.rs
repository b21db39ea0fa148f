//! Models of care as papers: `report comparison`, and each of its tables by itself. Words behind a cell are printed by
//! the rules of every paper.

mod differences;
pub mod outcomes;
pub mod pages;
mod passages;
pub mod tables;
#[cfg(test)]
mod tests;

use super::Brief;
use super::block::{Block, Report, Run, count_of};
use super::evidence::{closing, subtitle, synthetic_notice, withheld};
use super::figure;
use super::words::Press;
use crate::compare::{Asked, Matrix, Results, pairs, results};
use crate::model::{Axis, Model, Reach, Value};
use crate::participant::Audience;
use crate::synthesis::Synthesis;
use crate::table::Table;
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

pub use differences::{Told, told};

/// Printed with every matrix.
pub const RULE: &str = "Not reported: the sources read are silent, or nobody has judged them yet. It is not absence: absent \
is said only where a passage says so. A comparison is as good as what is reported, so the share not reported is told of \
every feature and every model.";

/// Two models where nobody named a model of their own: as many pairs as people can read.
const MOST_WITHOUT_OURS: usize = 6;

pub fn make(synthesis: &Synthesis, brief: &Brief) -> Report {
    let mut press = Press::new(synthesis, brief.audience);
    let matrix = Matrix::of(synthesis, &Asked::default());
    let results = Results::of(synthesis, &[]);
    let pairs = pairs_of(&matrix);
    let mut blocks: Vec<Block> = synthetic_notice(synthesis).into_iter().collect();
    blocks.extend(opening(&matrix, &results));
    if !matrix.models.is_empty() {
        blocks.push(Block::heading(2, "The models", "models"));
        blocks.extend(matrix.models.iter().flat_map(|model| described(&press, model)));
    }
    if !matrix.rows.is_empty() && !matrix.models.is_empty() {
        blocks.push(Block::heading(2, "Features", "features"));
        blocks.extend(matrix_blocks(synthesis, &matrix));
        blocks.push(Block::heading(2, "What is not reported", "not-reported"));
        blocks.push(Block::Figure(Box::new(figure::not_reported(synthesis, &matrix))));
    }
    if !results.lines.is_empty() {
        blocks.push(Block::heading(2, "Outcomes", "outcomes"));
        blocks.extend(outcome_blocks(synthesis, &results, press.is_for_team()));
        blocks.push(Block::rule(results::RULE));
    }
    let told: Vec<Told> = pairs.iter().map(|(one, other)| told(&press, &matrix, *one, *other)).collect();
    blocks.extend(differences::section(&press, &matrix, &told));
    blocks.extend(passages::section(&mut press, &matrix, &results));
    blocks.extend(closing(&press));
    Report {
        key: "comparison",
        title: format!("{}: models of care compared", synthesis.settings.title),
        subtitle: subtitle(brief),
        audience: brief.audience,
        blocks,
        sheet: tables::cells(synthesis, &matrix),
        data: json!({
            "report": "comparison",
            "title": synthesis.settings.title,
            "audience": brief.audience,
            "synthetic": synthesis.settings.synthetic,
            "rules": [RULE, pairs::RULE, results::RULE],
            "matrix": tables::matrix_json(synthesis, &matrix),
            "outcomes": tables::outcomes_json(synthesis, &results),
            "pairs": told.iter().map(|one| one.json(synthesis, &matrix)).collect::<Vec<_>>(),
            "withheld": withheld(&press),
        }),
    }
}

fn opening(matrix: &Matrix, results: &Results) -> Vec<Block> {
    if matrix.models.is_empty() {
        return vec![Block::to_write("models of care to compare")];
    }
    let results = results.lines.iter().flat_map(|line| &line.results).map(Vec::len).sum();
    let mut blocks = vec![Block::paragraph(format!(
        "{}, {}, {}. Not reported: {} of all cells.",
        count_of(matrix.models.len(), "model"),
        count_of(matrix.rows.len(), "feature"),
        count_of(results, "reported result"),
        matrix.everything().in_words()
    ))];
    if matrix.rows.is_empty() {
        blocks.push(Block::to_write("what the models' sources say of a feature"));
    }
    blocks
}

/// A model in its own terms: axis and reach stand apart, and so does how its source speaks of them.
fn described(press: &Press, model: &Model) -> Vec<Block> {
    let synthesis = press.synthesis;
    let label = synthesis.label(model.id);
    let said = |word: Option<&str>| {
        vec![Run::plain(word.map_or_else(|| Value::NotReported.title().to_owned(), |word| word.replace('_', " ")))]
    };
    let mut pairs = vec![
        ("Axis of integration".to_owned(), said(model.integration_axis.map(Axis::word))),
        ("Reach".to_owned(), said(model.reach.map(Reach::word))),
    ];
    if let Some(words) = &model.words {
        // A source of the team's own data is people's words; where nobody said whose they are, they may be.
        let is_own = match model.words_source {
            Some(source) => press.is_own_data(source),
            None => model.sources.iter().any(|source| press.is_own_data(*source)),
        };
        let words = if is_own { press.unattributed(words) } else { Ok(words.as_str()) };
        let words = match words {
            Ok(words) => Run::Quotation(format!("“{words}”")),
            Err(why) => Run::Gap(why.placeholder()),
        };
        pairs.push(("In its source's own words".to_owned(), vec![words]));
    }
    pairs.push(("Sources".to_owned(), vec![Run::or_to_write(Some(cited(press, model).as_str()))]));
    let mut blocks = vec![Block::heading(3, tables::model(synthesis, model), format!("model-{label}"))];
    blocks.extend(model.description.as_deref().map(Block::paragraph));
    blocks.push(Block::Pairs(pairs));
    blocks
}

/// Where it is described: published works by name, then, to others than the team, own data by kind and number alone.
fn cited(press: &Press, model: &Model) -> String {
    let mut named: Vec<String> = Vec::new();
    let mut unnamed: BTreeMap<String, usize> = BTreeMap::new();
    for id in &model.sources {
        let kind = press.synthesis.sources.get(id).map(|source| source.kind);
        match kind.filter(|kind| kind.is_own_data() && !press.is_for_team()) {
            Some(kind) => *unnamed.entry(kind.title()).or_default() += 1,
            None => named.push(press.synthesis.source_title(*id)),
        }
    }
    named.sort();
    named.extend(unnamed.into_iter().map(|(kind, number)| count_of(number, &kind)));
    named.join("; ")
}

/// Which model each column is where labels head them; the figures stand with their tables.
fn matrix_blocks(synthesis: &Synthesis, matrix: &Matrix) -> Vec<Block> {
    let key = pages::key(synthesis, &matrix.models);
    let mut blocks = Vec::new();
    if !key.is_empty() {
        blocks.push(Block::paragraph("The columns are headed by the labels of the models:"));
        blocks.push(Block::lines(&key));
    }
    let figures = figure::models_by_page(synthesis, matrix).into_iter();
    blocks.extend(figures.map(|one| Block::Figure(Box::new(one))));
    blocks.push(Block::rule(RULE));
    blocks
}

/// How often each direction is reported, then result by result.
fn outcome_blocks(synthesis: &Synthesis, results: &Results, for_team: bool) -> Vec<Block> {
    vec![
        Block::Figure(Box::new(figure::directions(synthesis, results))),
        Block::table("Outcomes as sources report them", outcomes::table(synthesis, results, for_team)),
    ]
}

/// Outcomes by model as a paper for the team.
pub fn of_outcomes(synthesis: &Synthesis, results: &Results) -> Report {
    let mut blocks = if results.lines.is_empty() { Vec::new() } else { outcome_blocks(synthesis, results, true) };
    blocks.push(Block::rule(results::RULE));
    let (sheet, data) = (tables::outcomes(synthesis, results), tables::outcomes_json(synthesis, results));
    report(synthesis, "compare-outcomes", "Outcomes by model", blocks, sheet, data)
}

/// Where two models differ as a paper for the team.
pub fn of_difference(press: &Press, matrix: &Matrix, told: &Told) -> Report {
    let mut blocks = differences::of_pair(press, matrix, told, &mut BTreeSet::new());
    blocks.push(Block::rule(pairs::RULE));
    let (sheet, data) = (told.table(press.synthesis, matrix), told.json(press.synthesis, matrix));
    report(press.synthesis, "compare-diff", "Where two models differ", blocks, sheet, data)
}

/// Which models are set side by side: the team's own against each other one; where none is the team's, all of few.
fn pairs_of(matrix: &Matrix) -> Vec<(usize, usize)> {
    let columns = 0..matrix.models.len();
    let ours = |at: &usize| matrix.models[*at].ours;
    if columns.clone().any(|at| ours(&at)) {
        let own = columns.clone().filter(ours);
        return own.flat_map(|one| columns.clone().filter(|at| !ours(at)).map(move |other| (one, other))).collect();
    }
    if matrix.models.len() > MOST_WITHOUT_OURS {
        return Vec::new();
    }
    columns.clone().flat_map(|one| (one + 1..matrix.models.len()).map(move |other| (one, other))).collect()
}

/// One table of a comparison as a paper for the team.
pub struct Sheet {
    /// Stem of its file.
    pub key: &'static str,
    pub title: &'static str,
    pub rule: &'static str,
    pub table: Table,
    pub data: Json,
}

/// The paper.
pub fn single(synthesis: &Synthesis, sheet: Sheet) -> Report {
    report(
        synthesis,
        sheet.key,
        sheet.title,
        vec![Block::table(sheet.title, sheet.table.clone()), Block::rule(sheet.rule)],
        sheet.table,
        sheet.data,
    )
}

/// The matrix with its figure.
pub fn of_matrix(synthesis: &Synthesis, matrix: &Matrix) -> Report {
    let mut blocks = matrix_blocks(synthesis, matrix);
    blocks.push(Block::Figure(Box::new(figure::not_reported(synthesis, matrix))));
    let (sheet, data) = (tables::matrix(synthesis, matrix), tables::matrix_json(synthesis, matrix));
    report(synthesis, "compare-matrix", "Models of care by feature", blocks, sheet, data)
}

fn report(
    synthesis: &Synthesis,
    key: &'static str,
    title: &str,
    blocks: Vec<Block>,
    sheet: Table,
    data: Json,
) -> Report {
    Report {
        key,
        title: format!("{}: {}", synthesis.settings.title, title.to_lowercase()),
        subtitle: "For the team".to_owned(),
        audience: Audience::Team,
        blocks,
        sheet,
        data,
    }
}
