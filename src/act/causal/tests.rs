//! Made-up claims, and the real ones of an evaluation where they are at hand.

use super::*;
use crate::act::desk::Desk;
use crate::act::import::{self, Wanted};
use crate::chain::weave::{Wishes, weave};
use crate::import::Mapping;
use crate::project::Depth;
use crate::strand::SourceKind;
use crate::testdata::real;

fn row(line: usize, quotation: &str) -> Row {
    Row {
        line,
        cause: format!("cause {line}"),
        effect: "effect".to_owned(),
        quotation: quotation.to_owned(),
        source: None,
    }
}

#[test]
fn claims_become_statements_and_edited_words_are_marked() {
    let mut desk = Desk::with_interview();
    let claims = [
        row(2, "She kept contact all through the crisis"),
        row(3, "[Better because] She kept the contact all through that crisis, every week"),
        row(4, "Nobody ever said anything of the kind to me"),
        row(2, "She kept contact all through the crisis"),
    ];
    let taken = take_in(&mut desk.project, &claims, &["D1".to_owned()]).unwrap().answer;
    let found: Vec<Found> = taken.rows.iter().map(|row| row.found).collect();
    assert_eq!(found, [Found::Exact, Found::Near, Found::Absent, Found::Exact]);
    assert_eq!((taken.statements, taken.links, taken.there), (3, 2, 1));
    let links = desk.project.state().all::<Evidence>();
    let marks: Vec<Option<Carried>> = links.iter().map(|link| link.carried).collect();
    assert_eq!(marks, [None, Some(Carried::Near)]);

    let again = take_in(&mut desk.project, &claims, &[]).unwrap();
    assert_eq!((again.answer.statements, again.answer.links, again.operation), (0, 0, None), "once is enough");
}

#[test]
fn columns_are_told_by_their_headings_or_named() {
    let headings: Vec<String> = ["From", "To", "Quote", "Source"].map(str::to_owned).to_vec();
    let cells = vec![vec!["a".to_owned(), "b".to_owned(), "words".to_owned(), String::new()], vec!["a".to_owned()]];
    let told = rows(&headings, &cells, &Columns::default()).unwrap();
    assert_eq!(
        told,
        [Row { line: 2, cause: "a".to_owned(), effect: "b".to_owned(), quotation: "words".to_owned(), source: None }]
    );
    let named = Columns { cause: Some("Form".to_owned()), ..Columns::default() };
    assert_eq!(rows(&headings, &cells, &named).unwrap_err().0.hints[0], "did you mean From?");
}

/// 50 of the links whose words were edited, looked at one by one: line of the table, and start and end of the right
/// place in its statement, in bytes.
const LOOKED_AT: &[(usize, usize, usize)] = &include!("looked_at.txt");

#[test]
fn edited_quotations_of_an_evaluation_are_found_where_they_stand() {
    let Some(folder) = real("extraction/quip-causal-map") else { return };
    let mut desk = Desk::new();
    let wanted = Wanted {
        mapping: Some(Mapping::parse(&["text=text".to_owned(), "id=source_id".to_owned()]).unwrap()),
        ..Wanted::of(vec![folder.join("statements.csv")], SourceKind::Interview)
    };
    import::import(&mut desk.project, &wanted, &|_, _| {}).unwrap();
    let read = |name: &str| -> (Vec<String>, Vec<Vec<String>>) {
        let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
        let headings = reader.headers().unwrap().iter().map(str::to_owned).collect();
        (headings, reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect())
    };
    let (headings, cells) = read("links.csv");
    let claims = rows(&headings, &cells, &Columns::default()).unwrap();
    assert_eq!(claims.len(), 420);
    let taken = take_in(&mut desk.project, &claims, &[]).unwrap().answer;
    let counts = [Found::Exact, Found::Near, Found::Absent].map(|found| taken.count(found));
    assert_eq!((counts, taken.statements), ([231, 189, 0], 179));

    // The table says which statement each was coded in: no place is in another.
    let (headings, statements) = read("statements.csv");
    let at = |headings: &[String], name: &str| headings.iter().position(|one| one == name).unwrap();
    let text_of: BTreeMap<&str, &str> = statements
        .iter()
        .map(|row| (row[at(&headings, "statement_id")].as_str(), row[at(&headings, "text")].as_str()))
        .collect();
    let (links, _) = read("links.csv");
    let project = &desk.project;
    let lookup = project.lookup();
    let evidence: BTreeMap<String, Evidence> =
        project.state().all::<Evidence>().into_iter().map(|link| (project.label(link.id), link)).collect();
    let mut elsewhere = Vec::new();
    for (taken, cells) in taken.rows.iter().zip(&cells) {
        let Some(link) = taken.evidence.as_ref().and_then(|label| evidence.get(label)) else { continue };
        let words = project.quotation(&lookup, &link.anchor).unwrap().text;
        let coded_in = crate::text::words::on_one_line(text_of[cells[at(&links, "statement_id")].as_str()]);
        if !coded_in.contains(&crate::text::words::on_one_line(&words)) {
            elsewhere.push(taken.row);
        }
    }
    // One quotation is put together from two statements, and most of it stands in the other.
    assert_eq!(elsewhere, [156], "found in another statement than they were coded in");

    for (line, start, end) in LOOKED_AT {
        let one = taken.rows.iter().find(|one| one.row == *line).unwrap();
        assert_eq!((one.found, one.anchor), (Found::Near, Some((*start, *end))), "line {line}");
    }

    let network =
        weave(&project.synthesis(Depth::Facts).unwrap(), &Wishes { opposites: true, ..Wishes::default() }).network;
    assert!(network.factors.len() > 100 && network.links().iter().any(|link| link.sources().len() > 2));
}
