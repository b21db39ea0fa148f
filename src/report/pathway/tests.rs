//! The paper of a pathway of few steps, and of many.

use super::make;
use crate::participant::Audience;
use crate::report::large::unfolded;
use crate::report::{Block, Brief, Report};
use crate::stepped::sample::{bare, good};

fn paper(steps: usize) -> Report {
    let mut all = good();
    for n in 4..steps {
        bare(&mut all, n, u32::try_from(n).unwrap() + 1);
    }
    make(&all, &Brief::new(Audience::Publication))
}

fn text(report: &Report) -> String {
    report.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
}

/// Columns of its widest table.
fn widest(report: &Report) -> usize {
    let columns = |block: &Block| match block {
        Block::Table { table, .. } => table.columns.len(),
        Block::Figure(figure) => figure.table.columns.len(),
        _ => 0,
    };
    report.blocks.iter().map(columns).max().unwrap_or(0)
}

#[test]
fn few_steps_stand_beside_each_other_and_many_follow_one_another() {
    let few = paper(4);
    assert_eq!(widest(&few), 5);
    assert!(!text(&few).contains("Step by step"));
    let many = paper(7);
    assert!(widest(&many) <= 5, "no table of all that is known of a step");
    let told = text(&many);
    for said in [
        "3. Shared care",
        "Offers: care partner; talking",
        "Up: Specialist care: no better",
        "7. Step 6",
        "Review: not said",
    ] {
        assert!(told.contains(said), "{said} is not in\n{told}");
    }
    assert_eq!(many.sheet.columns.len(), few.sheet.columns.len(), "for machines a row a step");
}

#[test]
fn in_large_print_steps_follow_one_another_however_few() {
    let large = unfolded(&paper(4));
    assert!(widest(&large) <= 3);
    let told = text(&large);
    let at = |said: &str| told.find(said).unwrap_or_else(|| panic!("{said} is not in\n{told}"));
    assert!(at("1. Self-care and courses\nIntensity: low") < at("2. Talking therapies\nIntensity: low"));
}

#[test]
fn readers_meet_names_and_no_section_about_nothing() {
    let report = paper(4);
    let mut figures = report.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    let figure = figures.next().unwrap();
    assert!(figure.table.rows.iter().flatten().all(|cell| !cell.show(0).contains(".gj")));
    assert_eq!(figure.title, "Pathway of M1.gj Whole system (ours)");
    let told = text(&report);
    assert!(!told.contains("Withheld") && !told.contains("What would mend it"), "{told}");
    assert!(told.contains("step 1: 2 interventions"), "{told}");
}
