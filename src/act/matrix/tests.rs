//! Every cell of the worked example against the query printed beside it.

use super::*;
use crate::act::desk::Desk;
use crate::act::{anchor, code, codebook, participant, resolve};
use crate::coding::Coding;
use crate::id::Kind;
use crate::passage::Anchor;
use crate::project::{Batch, Surroundings};
use crate::strand::SourceKind;
use crate::text::Span;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

/// The example as it lies at the top of the repository, looked at and not touched.
fn example() -> (tempfile::TempDir, Project) {
    let home = tempfile::tempdir().unwrap();
    let surroundings = Surroundings::within(home.path(), Some("gj"));
    let project = Project::look(std::path::Path::new(env!("CARGO_MANIFEST_DIR")), surroundings).unwrap();
    (home, project)
}

/// Cells, and how many of them are not empty.
fn compare(project: &Project, asked: &Asked) -> (usize, usize) {
    let quiet = |_, _| {};
    let index = search::index(project, &quiet).unwrap();
    let retrieval = Retrieval::new(project, &index).unwrap();
    let counting = Counting::new(project, &retrieval, asked).unwrap();
    let total = |text: &Option<String>| {
        let query = Query::parse(text.as_deref()?).unwrap();
        let asked = query::Asked { query, scope: asked.against.scope(), shared: false, limit: 0 };
        Some(query::run_on(project, &retrieval, &asked).unwrap().total.listed())
    };
    let matrix = counting.matrix().unwrap();
    let of = |headings: &[Heading]| {
        for one in headings {
            assert!(total(&one.query).is_none_or(|total| total == one.quotations), "{one:?}");
        }
    };
    of(&matrix.rows);
    of(&matrix.columns);
    let (mut cells, mut filled) = (0, 0);
    for (row, line) in matrix.rows.iter().zip(&matrix.cells) {
        for (column, cell) in matrix.columns.iter().zip(line) {
            cells += 1;
            // Of those that count nothing some will do.
            if cell.quotations == 0 && cell.unread == 0 && cells % 11 != 0 {
                continue;
            }
            match total(&cell.query) {
                Some(total) => assert_eq!(cell.quotations, total, "{:?}", cell.query),
                None => assert!(column.name.starts_with('('), "{} has no query", column.name),
            }
            if let Some(all) = total(&cell.with_unread) {
                assert_eq!(cell.quotations + cell.unread, all, "{:?}", cell.with_unread);
            }
            filled += usize::from(cell.quotations > 0);
            assert!(cell.quotations <= row.quotations);
        }
    }
    (cells, filled)
}

fn asked(against: Against, with_children: bool, only: Option<&str>) -> Asked {
    Asked { against, codes: Vec::new(), with_children, only: only.map(|text| Query::parse(text).unwrap()) }
}

fn compare_codes(against: &Against, with_children: bool) {
    let (_home, project) = example();
    let (cells, filled) = compare(&project, &asked(against.clone(), with_children, None));
    assert!(cells > 500 && filled > 15, "{against:?}: {filled} of {cells}");
}

#[test]
fn cells_of_codes_that_overlap_are_what_their_queries_list() {
    compare_codes(&Against::Overlap, false);
    compare_codes(&Against::Overlap, true);
}

#[test]
fn cells_of_codes_in_one_unit_are_what_their_queries_list() {
    compare_codes(&Against::Place(Scope::Unit), true);
}

#[test]
fn cells_of_codes_in_one_document_are_what_their_queries_list() {
    compare_codes(&Against::Place(Scope::Document), false);
}

#[test]
fn cells_of_codes_in_one_source_are_what_their_queries_list() {
    compare_codes(&Against::Place(Scope::Source), true);
}

#[test]
fn cells_within_bounds_are_what_their_queries_list() {
    let (_home, project) = example();
    for only in ["coder:gj AND kind:interview", "code:Hope OR trust", "kind:focus_group"] {
        assert!(compare(&project, &asked(Against::Overlap, false, Some(only))).1 > 0, "{only}");
    }
    for only in ["code:Hope OR trust", "group:service_users AND NOT coder:gj"] {
        assert!(compare(&project, &asked(Against::Place(Scope::Document), true, Some(only))).1 > 0, "{only}");
    }
}

#[test]
fn cells_of_facets_are_what_their_queries_list() {
    let (_home, project) = example();
    for facet in PlainFacet::ALL.iter().filter(|facet| **facet != PlainFacet::Code) {
        let facet = Facet::Plain(*facet);
        let (_, filled) = compare(&project, &asked(Against::Facet(facet.clone()), false, None));
        assert!(filled > 25, "{facet}: {filled}");
        compare(&project, &asked(Against::Facet(facet), true, Some("coder:gj AND group:service_users")));
    }
}

#[test]
fn a_cell_lists_as_many_quotations_as_it_counts_with_a_query_or_without() {
    let (_home, project) = example();
    let asked = asked(Against::Facet(Facet::Plain(PlainFacet::Group)), false, None);
    let matrix = make(&project, &asked, &|_, _| {}).unwrap().matrix;
    let nameless = matrix.columns.iter().position(|one| one.query.is_none()).unwrap();
    let row = matrix.cells.iter().position(|cells| cells[nameless].quotations > 0).unwrap();
    for column in [0, nameless] {
        let typed = format!("{} , {}", matrix.rows[row].name.to_uppercase(), matrix.columns[column].name);
        let (_, answer) = cell(&project, &asked, &typed, usize::MAX, &|_, _| {}).unwrap();
        assert_eq!(answer.total.confirmed, matrix.cells[row][column].quotations, "{typed}");
        assert_eq!(answer.quotations.len(), answer.total.listed());
    }
    let refused = cell(&project, &asked, "hop,gps", 1, &|_, _| {}).unwrap_err();
    assert_eq!(refused.0.hints, ["did you mean --cell 'Hope,gps'?"]);
}

#[test]
fn the_query_of_a_word_finds_it_as_often_as_it_was_counted() {
    let (_home, project) = example();
    let index = search::index(&project, &|_, _| {}).unwrap();
    let retrieval = Retrieval::new(&project, &index).unwrap();
    let limits = [None, Some("code:Hope"), Some("kind:interview"), Some("hope")];
    for (only, exact) in limits.into_iter().flat_map(|only| [(only, false), (only, true)]) {
        let only = only.map(|text| Query::parse(text).unwrap());
        let words = words(&project, &Sought { only, exact, telling: true }, &|_, _| {}).unwrap();
        let counted: usize = words.frequencies.iter().map(|(one, _)| one.count).sum();
        assert_eq!(counted, words.total);
        for (one, text) in words.frequencies.iter().step_by(words.frequencies.len() / 12) {
            let query = Query::parse(text).unwrap();
            let asked = query::Asked { query, scope: Scope::Unit, shared: false, limit: 0 };
            assert_eq!(query::run_on(&project, &retrieval, &asked).unwrap().total.confirmed, one.count, "{text}");
        }
        assert!(!words.frequencies.iter().any(|(one, _)| ["the", "and", "i"].contains(&one.word())));
    }
}

/// A colleague who has not seen yet that a code was merged away goes on coding with it.
#[test]
fn a_coding_on_a_code_that_was_merged_away_counts_with_its_heir() {
    let mut desk = Desk::with_interview();
    for name in ["Trust", "Hope", "Leaving"] {
        let parent = (name == "Leaving").then(|| "Hope".to_owned());
        let entry = codebook::Entry { name: Some(name.to_owned()), parent, ..codebook::Entry::default() };
        codebook::add(&mut desk.project, &entry).unwrap();
    }
    let coding = |turn: &str, code: &str| {
        let spot = crate::act::anchor::Spot::parse("D1.gj", Some(turn), None).unwrap();
        code::Wish { codes: vec![code.to_owned()], spot, memo: None }
    };
    code::add(&mut desk.project, &[coding("t2", "Hope"), coding("t4", "Trust"), coding("t4", "Leaving")]).unwrap();
    let late = desk.project.state().all::<Coding>().into_iter().find(|one| one.anchor.hull().start() > 60).unwrap();
    let trust = resolve::code(&desk.project, "Trust").unwrap();
    codebook::merge::merge(&mut desk.project, &["Trust".to_owned()], "Hope").unwrap();
    let fields = json!({ "code": trust, "anchor": late.anchor, "coder": "mb" });
    desk.project
        .write("code add", true, |batch| Ok(batch.create(Kind::Coding, &Batch::fields(fields.clone())).1))
        .unwrap();
    for with_children in [false, true] {
        let matrix = asked(Against::Overlap, with_children, None);
        compare(&desk.project, &matrix);
        let made = make(&desk.project, &matrix, &|_, _| {}).unwrap().matrix;
        let rows: Vec<(&str, usize)> = made.rows.iter().map(|one| (one.name.as_str(), one.quotations)).collect();
        assert_eq!(rows, [("Hope", if with_children { 4 } else { 3 }), ("Leaving", 1)]);
    }
}

/// Six conversations of four people, who have groups and facesheets, and a thousand random codings of three coders; three
/// in ten a search made and nobody has read.
fn random_desk() -> Desk {
    let mut chance = ChaCha8Rng::seed_from_u64(6);
    let mut desk = Desk::new();
    for document in 1..=6 {
        let turn = |at: usize, chance: &mut ChaCha8Rng| {
            let words = ["trust", "hope", "we", "waited", "long", "letter", "came"];
            let said: Vec<&str> = (0..12).map(|_| words[chance.random_range(0..words.len())]).collect();
            format!("{}: {}.\n\n", ["Interviewer", "Ana", "Ben", "Cem"][at % 4], said.join(" "))
        };
        let text: String = (0..16).map(|at| turn(at, &mut chance)).collect();
        let kind = [SourceKind::Interview, SourceKind::FocusGroup][document % 2];
        desk.import(&format!("talk{document}.txt"), &text, kind);
        for (name, group, age) in [("Ana", "gps", "41"), ("Ben", "practitioners", "30"), ("Cem", "", "")] {
            let attributes = if age.is_empty() { Vec::new() } else { vec![("age".to_owned(), age.to_owned())] };
            let group = Some(group.to_owned()).filter(|group| !group.is_empty());
            let changes = participant::Changes { group, attributes, ..participant::Changes::default() };
            if !changes.are_none() {
                participant::set(&mut desk.project, &[format!("D{document}.gj:{name}")], &changes).unwrap();
            }
        }
    }
    let mut codes = Vec::new();
    for (name, parent) in [("Trust", None), ("Hope", None), ("Leaving", Some("Hope")), ("Letters", None)] {
        let parent = parent.map(str::to_owned);
        let entry = codebook::Entry { name: Some(name.to_owned()), parent, ..codebook::Entry::default() };
        codebook::add(&mut desk.project, &entry).unwrap();
        codes.push(resolve::code(&desk.project, name).unwrap());
    }
    let lookup = desk.project.lookup();
    let mut anchored = Vec::new();
    while anchored.len() < 1000 {
        let start = chance.random_range(0..900);
        let span = Span::new(start, start + chance.random_range(1..160)).unwrap();
        let document = format!("D{}.gj", chance.random_range(1..=6));
        let spot = anchor::Spot { document, words: anchor::Words::Bytes(None, span) };
        anchored.extend(anchor::anchor(&desk.project, &lookup, &spot).map(|found| found.anchor));
    }
    let coding = |anchor: &Anchor| {
        let (code, coder) = (codes[chance.random_range(0..codes.len())], ["gj", "mb", "tk"][chance.random_range(0..3)]);
        json!({ "code": code, "anchor": anchor, "coder": coder, "unread": chance.random_bool(0.3) })
    };
    let codings: Vec<serde_json::Value> = anchored.iter().map(coding).collect();
    let all = |batch: &mut Batch<'_>| {
        for one in &codings {
            batch.create(Kind::Coding, &Batch::fields(one.clone()));
        }
        Ok(())
    };
    desk.project.write("code add", true, all).unwrap();
    desk
}

#[test]
fn every_cell_of_random_codings_is_what_its_query_lists_unread_ones_apart() {
    let desk = random_desk();
    let places = Scope::ALL.iter().map(|scope| Against::Place(*scope));
    let facets = PlainFacet::ALL.iter().filter(|one| !matches!(one, PlainFacet::Code | PlainFacet::Strand));
    let facets = facets.map(|one| Facet::Plain(*one)).chain([Facet::Attribute("age".to_owned())]);
    let all = places.chain([Against::Overlap]).chain(facets.map(Against::Facet));
    for against in all {
        let made = make(&desk.project, &asked(against.clone(), false, None), &|_, _| {}).unwrap().matrix;
        assert!(made.unread > 200 && made.total > 500 && made.columns.len() > 1, "{against:?}");
        let (_, filled) = compare(&desk.project, &asked(against.clone(), false, None));
        assert!(filled >= 8, "{against:?}: {filled}");
        let bounds = "text:trust AND coder:mb";
        assert!(compare(&desk.project, &asked(against.clone(), true, Some(bounds))).0 > 0, "{against:?}");
    }
}
