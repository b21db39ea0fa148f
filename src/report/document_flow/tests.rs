//! The flow of documents on the sample.

use super::*;
use crate::id::Id;
use crate::origin::Way;
use crate::participant::Audience;
use crate::report::sample;
use crate::searching::{Flow, Reason, Stage};

#[test]
fn the_numbers_of_every_strand_add_up() {
    let mut all = sample::synthesis();
    let ids: Vec<Id> = all.sources.keys().copied().collect();
    if let Some(one) = all.sources.get_mut(&ids[0]) {
        one.same_study = Some(ids[1]);
    }
    all.documents.values_mut().last().unwrap().purged = true;
    let strands = by_strand(&all);
    assert!(strands.iter().all(|one| one.held.adds_up()), "{strands:#?}");
    let total = total(&strands, |_| true);
    assert!(total.adds_up());
    assert_eq!((total.taken_in, total.same_study, total.sources, total.without_text), (9, 1, 8, 1));
    assert!(total.with_evidence > 0);
}

fn counted(stream: Way, counts: [u64; 7], reasons: &[(&str, u64)]) -> Flow {
    let stream = stream.into();
    let reasons =
        reasons.iter().map(|(reason, n)| (Flow::id_of_reason(reason), Reason { reason: (*reason).to_owned(), n: *n }));
    Flow {
        id: Flow::id_of(stream),
        stream,
        how: Some("by two people".to_owned()),
        counts: Stage::ALL.iter().copied().zip(counts).collect(),
        skipped: std::collections::BTreeSet::new(),
        reasons: [(Stage::Excluded, reasons.collect())].into(),
        author: None,
    }
}

#[test]
fn records_stand_before_what_was_taken_in_and_a_gap_is_printed() {
    let mut all = sample::synthesis();
    let plain = make(&all, &Brief::new(Audience::Team));
    assert!(plain.blocks.iter().any(|block| block.text().contains("TO WRITE")), "nobody counted");
    let databases =
        counted(Way::Databases, [512, 100, 412, 336, 62, 40, 22], &[("Thin", 30), ("no causal content", 10)]);
    let experts = counted(Way::Experts, [9, 0, 9, 4, 5, 2, 3], &[("thin", 2)]);
    for flow in [databases, experts] {
        all.flows.insert(flow.id, flow);
    }
    let report = make(&all, &Brief::new(Audience::Team));
    let text: Vec<String> = report.blocks.iter().map(Block::text).collect();
    let text = text.join("\n");
    for said in [
        "Records in 2 streams: 521 identified; 421 screened on title and abstract; 67 assessed on full text; 25 included.",
        "412 screened on title and abstract, 398 accounted for",
        "by two people",
    ] {
        assert!(text.contains(said), "{said}:\n{text}");
    }
    assert!(!text.contains("TO WRITE"), "{text}");
    let Some(Block::Figure(figure)) = report.blocks.iter().find(|block| matches!(block, Block::Figure(_))) else {
        panic!("no figure")
    };
    let headings: Vec<&str> = figure.items.iter().map(|item| item.heading.as_str()).collect();
    assert!(headings.contains(&"Left out on full text: 42"), "{headings:?}");
    let left = figure.items.iter().find(|item| item.heading == "Left out on full text: 42").unwrap();
    assert_eq!(left.inside[0].words, "Thin: 32", "reasons are one, however they are written");
    let said = "All streams: 25 included, and 3 published works in the project.";
    assert!(figure.notes.len() > 1 && figure.notes.iter().any(|note| note == said), "{:?}", figure.notes);
    let troubles = |name: &str| {
        let row = report.sheet.rows.iter().find(|row| row[1] == name.into()).unwrap();
        row.last().unwrap().show(0)
    };
    assert_eq!(troubles("All"), said.trim_end_matches('.'), "the arrow joins numbers that differ");
    assert!(troubles("Databases and registers").contains("398 accounted for"));
    assert_eq!(report.data["records"]["totals"]["included"]["n"], 25);
    assert_eq!(report.data["records"]["streams"][0]["gaps"][0]["accounted"], 398);
    assert_eq!(report.sheet.rows.len(), 2 + by_strand(&all).len() + 1);
    assert!(
        Gap::in_words(&crate::screening::gaps(&all.flows[&Flow::id_of(Way::Databases.into())])[0])
            .starts_with("Counts of databases")
    );
}

#[test]
fn a_number_that_one_stream_lacks_is_no_total() {
    let mut all = sample::synthesis();
    let databases = counted(Way::Databases, [512, 100, 412, 350, 62, 40, 22], &[]);
    let mut experts = counted(Way::Experts, [9, 0, 9, 4, 5, 2, 3], &[]);
    experts.counts.remove(&Stage::Screened);
    for flow in [databases, experts] {
        all.flows.insert(flow.id, flow);
    }
    let screening = Screening::of(&all);
    let short = records::in_short(&screening).unwrap();
    assert!(
        short.contains("521 identified; 412 screened on title and abstract, and 1 stream not recorded;"),
        "{short}"
    );
    let table = records::table(&screening);
    let row = table.rows.iter().find(|row| row[0].show(0) == "Screened on title and abstract").unwrap();
    assert_eq!(row.last(), Some(&"412, and 1 stream not recorded".into()), "{row:?}");
}

#[test]
fn a_stream_that_was_only_searched_stands_in_the_figure_and_in_totals() {
    use crate::report::searches::sample::search;
    let mut all = sample::synthesis();
    let databases = counted(Way::Databases, [512, 100, 412, 350, 62, 40, 22], &[("thin", 40)]);
    all.flows.insert(databases.id, databases);
    let grey = search(1, "Websites", Way::Grey);
    all.searches.insert(grey.id, grey);
    let report = make(&all, &Brief::new(Audience::Team));
    let Some(Block::Figure(figure)) = report.blocks.iter().find(|block| matches!(block, Block::Figure(_))) else {
        panic!("no figure")
    };
    let first = &figure.items[0];
    assert_eq!(first.heading, "Identified: 512, and 1 stream not recorded");
    let inside: Vec<&str> = first.inside.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(inside, ["Databases and registers: 512", "Grey literature and policy: not recorded"]);
    let text: Vec<String> = report.blocks.iter().map(Block::text).collect();
    assert!(text.join("\n").contains("Records in 2 streams: 512 identified, and 1 stream not recorded;"));
}
