//! The cells of every facet over random codings, counted coding by coding from what the project was made of.

use super::*;
use crate::act::retrieval::random::{self, CODERS, CODES, NAMES, Record, STUDIES};
use crate::document::Role;
use crate::retrieve::naive::{Naive, World};

/// A column of the facets that stand at units, as the record has it.
fn column(record: &Record, facet: &Facet, unit: u32) -> String {
    let told = &record.units[unit as usize];
    let voice = record.voice_of(told);
    let or = |said: Option<&str>, nobody: &str| match (told.speaker, said) {
        (None, _) => "(no speaker)".to_owned(),
        (_, Some(said)) => said.to_owned(),
        _ => nobody.to_owned(),
    };
    let number = told.document + 1;
    match facet {
        Facet::Plain(PlainFacet::Document) => format!("D{number}.gj"),
        // Studies are numbered behind the talks, in the order in which the table first names them.
        Facet::Plain(PlainFacet::Source) => match told.study {
            Some(study) => {
                let first = |study| record.units.iter().position(|one| one.study == Some(study));
                let before = STUDIES.iter().filter(|one| first(one).is_some_and(|at| Some(at) < first(study)));
                format!("S{}.gj", told.document as usize + 1 + before.count())
            }
            None => format!("S{number}.gj"),
        },
        Facet::Plain(PlainFacet::Kind) => told.kind.word().to_owned(),
        Facet::Plain(PlainFacet::Strand) => record.desk.project.settings().strand_of(told.kind),
        Facet::Plain(PlainFacet::Speaker) => {
            or(told.speaker.map(|at| format!("{} (D{number}.gj)", NAMES[at])).as_deref(), "")
        }
        Facet::Plain(PlainFacet::Group) => {
            let is_participant = voice.is_some_and(|one| one.role == Some(Role::Participant));
            let nobody = if is_participant { "(no group recorded)" } else { "(no participant)" };
            or(voice.and_then(|one| one.group), nobody)
        }
        Facet::Attribute(name) if name == "age" => {
            or(voice.and_then(|one| one.age).map(|age| age.to_string()).as_deref(), "(not recorded)")
        }
        Facet::Attribute(_) => or(voice.and_then(|one| one.ward), "(not recorded)"),
        Facet::Plain(PlainFacet::Code | PlainFacet::Coder) => unreachable!("{facet} is of codings"),
    }
}

/// Of every row and column of a matrix, quotations read and unread.
type Cells = BTreeMap<(String, String), (usize, usize)>;

/// Coding by coding: what its code counts for, and what the record says of the units that it touches.
fn counted(
    asked: &random::Asked<'_>,
    touched: &[BTreeSet<u32>],
    facet: &Facet,
    with_children: bool,
    only: &[&Query],
) -> Cells {
    let mut cells = Cells::new();
    for (stretch, touched) in asked.codings().iter().zip(touched) {
        let held = asked.codings[stretch.coding as usize];
        let (qualifiers, places): (Vec<&Query>, Vec<&Query>) = only.iter().partition(|one| one.is_qualifier());
        if !qualifiers.iter().all(|one| asked.passes(one, stretch.coding)) {
            continue;
        }
        let is_asked = |unit: &&u32| places.iter().all(|one| asked.meets(one, **unit));
        let units: Vec<u32> = touched.iter().filter(is_asked).copied().collect();
        if units.is_empty() {
            continue;
        }
        let columns: BTreeSet<String> = match facet {
            Facet::Plain(PlainFacet::Coder) => BTreeSet::from([CODERS[held.coder].to_owned()]),
            _ => units.iter().map(|unit| column(asked.record, facet, *unit)).collect(),
        };
        let above = (with_children && held.code == 1).then_some(0);
        for (code, column) in
            [held.code].into_iter().chain(above).flat_map(|code| columns.iter().map(move |one| (code, one)))
        {
            let cell = cells.entry((CODES[code as usize].to_owned(), column.clone())).or_default();
            *(if held.unread { &mut cell.1 } else { &mut cell.0 }) += 1;
        }
    }
    cells
}

/// The cells of every facet, and how many of them are not empty.
fn compare_facets(asked: &random::Asked<'_>) -> usize {
    let plain = PlainFacet::ALL.iter().filter(|one| **one != PlainFacet::Code).map(|one| Facet::Plain(*one));
    let attributes = ["age", "ward"].map(|name| Facet::Attribute(name.to_owned()));
    let bounds = [None, Some("coder:mb"), Some("group:service_users"), Some("attr:age>=30"), Some("kind:interview")];
    let naive = Naive(asked);
    let touched: Vec<BTreeSet<u32>> = asked.codings().iter().map(|one| naive.units(one)).collect();
    let mut filled = 0;
    for (facet, bound) in plain.chain(attributes).flat_map(|facet| bounds.map(|bound| (facet.clone(), bound))) {
        let only = bound.map(|text| Query::parse(text).unwrap());
        let with_children = bound.is_none();
        let wanted =
            Asked { against: Against::Facet(facet.clone()), codes: Vec::new(), with_children, only: only.clone() };
        let counting = Counting::new(&asked.record.desk.project, asked.retrieval, &wanted).unwrap();
        let matrix = counting.matrix().unwrap();
        let mut found = Cells::new();
        for (row, line) in matrix.rows.iter().zip(&matrix.cells) {
            for (column, cell) in matrix.columns.iter().zip(line) {
                if (cell.quotations, cell.unread) != (0, 0) {
                    found.insert((row.name.clone(), column.name.clone()), (cell.quotations, cell.unread));
                }
            }
        }
        let only: Vec<&Query> = only.iter().collect();
        assert_eq!(found, counted(asked, &touched, &facet, with_children, &only), "{facet}, {bound:?}");
        filled += found.len();
    }
    filled
}

#[test]
fn cells_of_every_facet_are_what_the_project_was_made_of_over_10_000_codings() {
    let (mut codings, mut cells) = (0, 0);
    for seed in 10..15 {
        let record = Record::new(seed, 2_100);
        let index = search::index(&record.desk.project, &|_, _| {}).unwrap();
        let retrieval = Retrieval::new(&record.desk.project, &index).unwrap();
        let asked = random::Asked::of(&record, &retrieval);
        codings += asked.codings.len();
        cells += compare_facets(&asked);
    }
    assert!(codings > 10_000, "{codings}");
    assert!(cells > 2_000, "{cells}");
}
