//! The paper over models made by hand: what is printed fits its page, and nothing of it is left out.

use super::*;
use crate::codebook::Code;
use crate::compare::sample::{blank, feature, model, say};
use crate::hypothesis::Hypothesis;
use crate::id::{Kind, Label};
use crate::model::{Because, Direction, Outcome};
use crate::picture::Shape;
use crate::render::{Renderer, docx::Docx};
use crate::report::Brief;
use crate::table::Cell;
use std::io::Read;

const NAME: &str = "A collaborative and multiprofessional model of integrated care, number";

/// So many models and features, all differing; an outcome that the first model reports twice.
fn synthesis(models: usize, features: usize) -> Synthesis {
    let mut all = blank(models, features);
    for one in all.models.models.values_mut() {
        one.name = format!("{NAME} {}", one.name);
    }
    for of in 0..models {
        all.labels.insert(model(of), Label::new(Kind::Model, u32::try_from(of + 1).unwrap(), "gj"));
    }
    for (of, at) in
        (0..models).flat_map(|of| (0..features).map(move |at| (of, at))).filter(|(of, at)| (of + at) % 3 > 0)
    {
        let value = if of % 2 == 0 { Value::Contested } else { Value::Present };
        say(&mut all, of, feature(at), value, &[]);
    }
    all.models.models.get_mut(&model(0)).unwrap().ours = true;
    let outcome = Code { book: "outcomes".to_owned(), ..Code::named(feature(900), "Engagement") };
    all.codes.insert(outcome.id, outcome);
    for (nth, direction) in [Direction::Up, Direction::None].into_iter().enumerate() {
        let held =
            serde_json::json!({ "model": model(0), "outcome": feature(900), "direction": direction, "by": "gj" });
        let held: Outcome = serde_json::from_value(held).unwrap();
        let id = crate::compare::sample::id(7, nth);
        all.models.outcomes.insert(id, Outcome { id, ..held });
    }
    all
}

fn tables(report: &Report) -> Vec<&Table> {
    let tables = report.blocks.iter().filter_map(|block| match block {
        Block::Table { table, .. } => Some(table),
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    });
    tables.collect()
}

#[test]
fn a_large_matrix_is_read_in_parts_and_every_share_is_of_the_whole() {
    let synthesis = synthesis(14, 60);
    let matrix = Matrix::of(&synthesis, &Asked::default());
    let pages = pages::Part::pages(&matrix);
    assert!(pages.iter().all(|part| part.rows.len() <= 25 && part.columns.len() <= 6));
    let mut cells: Vec<(usize, usize)> = Vec::new();
    for part in &pages {
        cells.extend(part.rows.clone().flat_map(|row| part.columns.clone().map(move |column| (row, column))));
    }
    assert_eq!(cells.len(), 14 * 60);
    assert_eq!(cells.into_iter().collect::<BTreeSet<_>>().len(), 14 * 60);
    let table = pages::table(&synthesis, &matrix, &pages[0]);
    assert_eq!(Table::heads(&table.rows[0]), Some("Features"));
    assert!(table.rows[1].last().unwrap().show(0).contains(" of 14"));
    assert!(table.columns[1..].iter().all(|column| column.title.len() < 20), "labels head the columns");
    let report = make(&synthesis, &Brief::new(Audience::Team));
    let text = report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
    for model in &matrix.models {
        assert!(text.contains(&tables::model(&synthesis, model)));
    }
    let figures = figure::models_by_page(&synthesis, &matrix);
    let feet = figures.iter().filter(|one| !one.grid().unwrap().margins.as_ref().unwrap().columns.is_empty());
    assert_eq!(feet.count(), 3, "below the last rows of each set of columns");
}

#[test]
fn no_word_of_the_word_document_is_broken() {
    let report = make(&synthesis(6, 8), &Brief::new(Audience::Publication));
    let bytes = Docx.render(&report).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    // Signs on shaded cells have heads that rise upright, and no words to break.
    let is_of_words = |table: &&str| !table.split("</w:tbl>").next().unwrap().contains("btLr");
    let grids: Vec<Vec<usize>> = xml
        .split("<w:tblGrid>")
        .skip(1)
        .filter(is_of_words)
        .map(|grid| {
            let grid = grid.split("</w:tblGrid>").next().unwrap();
            grid.split("w:w=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
        })
        .collect();
    let all = tables(&report);
    assert_eq!(grids.len(), all.len());
    for (widths, table) in grids.iter().zip(all) {
        for (at, width) in widths.iter().enumerate() {
            let rows = table.rows.iter().filter(|row| Table::heads(row).is_none());
            let texts = rows.map(|row| row[at].show(2)).chain([table.columns[at].title.clone()]);
            let words = texts.flat_map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
            let longest = words.map(|word| crate::picture::measure::width(&word, 180)).max().unwrap_or(0);
            assert!(*width >= usize::try_from(longest).unwrap(), "{}: {width} for {longest}", table.columns[at].title);
        }
    }
}

#[test]
fn outcomes_are_told_result_by_result_and_counted_in_the_order_of_models() {
    let synthesis = synthesis(3, 2);
    let results = Results::of(&synthesis, &[]);
    let table = outcomes::table(&synthesis, &results, false);
    assert!(Table::heads(&table.rows[0]).unwrap().ends_with("Not reported: 2 of 3 (67 %)"), "{table:?}");
    assert_eq!(table.columns.len(), 4, "others are told no labels of results");
    assert_eq!(table.rows[1][1], Cell::from("up"));
    assert_eq!(table.rows[3][1], Cell::from("not reported"));
    assert_eq!(outcomes::table(&synthesis, &results, true).columns.len(), 5);
    let Shape::Bars(bars) = figure::directions(&synthesis, &results).shape else { unreachable!("bars") };
    assert_eq!(bars.counts, [vec![1, 0, 1, 0], vec![0; 4], vec![0; 4]]);
    assert_eq!(bars.told, ["2 results", "0 results", "0 results"]);
}

#[test]
fn what_explains_a_difference_stands_as_every_paper_says_it_and_in_full_once() {
    let mut synthesis = synthesis(2, 2);
    let statement = crate::report::sample::id(Kind::Hypothesis, 77);
    let held: Hypothesis = serde_json::from_value(serde_json::json!({ "statement": "Contact lasts" })).unwrap();
    synthesis.hypotheses.insert(statement, Hypothesis { id: statement, ..held });
    for at in 0..2 {
        let why: Because =
            serde_json::from_value(serde_json::json!({ "why": "it is the resource", "by": "gj" })).unwrap();
        let held =
            crate::model::Feature { id: feature(at), code: feature(at), because: BTreeMap::from([(statement, why)]) };
        synthesis.models.features.insert(feature(at), held);
        say(&mut synthesis, 0, feature(at), Value::Present, &[]);
        say(&mut synthesis, 1, feature(at), Value::Partial, &[]);
    }
    let report = make(&synthesis, &Brief::new(Audience::Publication));
    let text = report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n");
    assert_eq!(text.matches("Contact lasts").count(), 1, "{text}");
    assert!(text.contains("Told in full above. Because: it is the resource."), "{text}");
    assert!(text.contains("Evidence: no evidence. Agreement: nobody decided yet. Test: not tested."), "{text}");
    assert!(!text.contains("consensus untested") && !text.contains("Touch the same words"));
}
