//! Comparisons of models made by hand, and the matrix against one that looks each cell up by itself.

use super::sample::{blank, coded, feature, model, say};
use super::*;
use crate::codebook::Code;
use crate::model::Value;
use proptest::prelude::*;

fn everything(synthesis: &crate::synthesis::Synthesis) -> Matrix<'_> {
    Matrix::of(synthesis, &Asked::default())
}

#[test]
fn silence_is_not_reported_and_its_share_is_told_both_ways() {
    let mut all = blank(2, 3);
    say(&mut all, 0, feature(0), Value::Present, &[]);
    say(&mut all, 0, feature(1), Value::NotReported, &[]);
    say(&mut all, 1, feature(0), Value::Partial, &[]);
    let matrix = everything(&all);
    assert_eq!((matrix.models.len(), matrix.rows.len()), (2, 3), "a codebook in use is shown whole");
    assert_eq!(matrix.of_model(0), Share { not_reported: 2, of: 3 });
    assert_eq!((matrix.of_row(0).not_reported, matrix.of_row(2).in_words().as_str()), (0, "2 of 2 (100 %)"));
    assert!(matrix.cells[1][0].held.is_some() && matrix.cells[2][0].held.is_none(), "judged, and not judged");
    assert_eq!(matrix.everything().in_words(), "4 of 6 (67 %)");
}

#[test]
fn two_models_are_likened_over_what_both_report() {
    let mut all = blank(3, 5);
    for (model, feature_at, value) in [
        (0, 0, Value::Present),
        (1, 0, Value::Present),
        (0, 1, Value::Present),
        (1, 1, Value::Contested),
        (0, 2, Value::Partial),
        (1, 3, Value::Present),
        (2, 4, Value::Present),
    ] {
        say(&mut all, model, feature(feature_at), value, &[]);
    }
    let matrix = everything(&all);
    let alike = likeness(&matrix, 0, 1);
    assert_eq!(alike, Likeness { equal: 1, compared: 2, of: 5, unfounded: 0 });
    assert_eq!(alike.in_words(), "1 of 2 alike (50 %), over 2 of 5 features");
    assert_eq!(likeness(&matrix, 0, 2).share(), None);
    assert!(likeness(&matrix, 0, 2).in_words().starts_with("undefined"));
    let difference = difference(&matrix, 0, 1);
    assert_eq!(difference.differing, [Differing { row: 1, values: [Value::Present, Value::Contested] }]);
    assert_eq!(difference.one_sided.iter().map(|one| one.row).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(difference.silent, 1);
}

#[test]
fn a_feature_merged_into_another_is_seen_as_that_other() {
    let mut all = blank(2, 2);
    let heir = feature(1);
    all.codes.insert(feature(0), Code { merged_into: Some(heir), retired: true, ..all.codes[&feature(0)].clone() });
    let passage = coded(&mut all, 0, heir, (0, 5));
    say(&mut all, 0, feature(0), Value::Absent, &[passage]);
    say(&mut all, 1, feature(0), Value::Present, &[]);
    say(&mut all, 1, heir, Value::Contested, &[]);
    let matrix = everything(&all);
    assert_eq!(matrix.rows.len(), 1);
    let values: Vec<Value> = matrix.cells[0].iter().map(|cell| cell.value).collect();
    assert_eq!(values, [Value::Absent, Value::Contested], "the heir's own word counts");
    assert!(!matrix.cells[0][0].is_unfounded());
}

#[test]
fn absent_says_so_when_its_passage_is_gone() {
    let mut all = blank(1, 2);
    let (kept, other) = (coded(&mut all, 0, feature(0), (0, 5)), coded(&mut all, 1, feature(1), (0, 5)));
    say(&mut all, 0, feature(0), Value::Absent, &[kept, other]);
    assert_eq!(everything(&all).cells[0][0].passages, [kept], "a coding of another feature is no passage for this one");
    all.codings.remove(&kept);
    let matrix = everything(&all);
    assert_eq!(matrix.cells[0][0].title(), "absent (no passage left)");
    let mut all = blank(2, 1);
    say(&mut all, 0, feature(0), Value::Absent, &[]);
    say(&mut all, 1, feature(0), Value::Absent, &[]);
    let alike = likeness(&everything(&all), 0, 1).in_words();
    assert_eq!(alike, "1 of 1 alike (100 %), over 1 of 1 features; 1 of these by an absence with no passage left");
}

#[test]
fn retired_models_stay_away_unless_they_are_named() {
    let mut all = blank(2, 1);
    say(&mut all, 0, feature(0), Value::Present, &[]);
    all.models.models.get_mut(&model(1)).unwrap().retired = true;
    assert_eq!(everything(&all).models.len(), 1);
    let named = Asked { models: vec![model(1), model(0)], ..Asked::default() };
    assert_eq!(Matrix::of(&all, &named).models.iter().map(|one| one.id).collect::<Vec<_>>(), named.models);
    let other = Asked { taxonomies: BTreeSet::from(["other".to_owned()]), ..Asked::default() };
    assert!(Matrix::of(&all, &other).rows.is_empty());
}

fn value() -> impl Strategy<Value = Value> {
    proptest::sample::select(Value::ALL)
}

proptest! {
    /// Every cell, share and likeness is what one finds by going through all records for it.
    #[test]
    fn the_matrix_is_what_a_look_at_every_record_gives(
        said in proptest::collection::vec((0_usize..4, 0_usize..6, value()), 0..30),
        merged in proptest::option::of(0_usize..5),
    ) {
        let mut all = blank(4, 6);
        if let Some(n) = merged {
            all.codes.get_mut(&feature(n)).unwrap().merged_into = Some(feature(5));
        }
        for (model, at, value) in &said {
            say(&mut all, *model, feature(*at), *value, &[]);
        }
        let matrix = everything(&all);
        let naive = |model_at: usize, row: usize| {
            let code = matrix.rows[row].code.id;
            let own = all.models.cells.values().find(|cell| cell.model == model(model_at) && cell.feature == code);
            let heirs = all.models.cells.values().find(|cell| {
                cell.model == model(model_at) && all.codes[&cell.feature].merged_into == Some(code)
            });
            own.or(heirs).map_or(Value::NotReported, |cell| cell.value)
        };
        for row in 0..matrix.rows.len() {
            let silent = (0..4).filter(|model| naive(*model, row) == Value::NotReported).count();
            prop_assert_eq!(matrix.of_row(row).not_reported, silent);
            for model in 0..4 {
                prop_assert_eq!(matrix.cells[row][model].value, naive(model, row));
            }
        }
        for (one, other) in [(0, 1), (2, 3), (1, 1)] {
            let both: Vec<bool> = (0..matrix.rows.len())
                .map(|row| (naive(one, row), naive(other, row)))
                .filter(|(a, b)| *a != Value::NotReported && *b != Value::NotReported)
                .map(|(a, b)| a == b)
                .collect();
            let found = likeness(&matrix, one, other);
            prop_assert_eq!((found.compared, found.equal), (both.len(), both.iter().filter(|same| **same).count()));
            prop_assert_eq!(found, likeness(&matrix, other, one));
            let difference = difference(&matrix, one, other);
            prop_assert_eq!(difference.differing.len(), found.compared - found.equal);
            let all_rows = found.compared + difference.one_sided.len() + difference.silent;
            prop_assert_eq!(all_rows, matrix.rows.len());
        }
    }
}
