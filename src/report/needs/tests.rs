//! The paper over needs and drivers made by hand.

use super::*;
use crate::coverage::sample::{blank, drive, meets, need};
use crate::need::Stance;
use crate::report::texts::Texts;

/// Two needs, the first with a figure nobody can trace; a driver that one component conflicts with.
fn synthesis() -> Synthesis {
    let mut all = blank(2, 2, 1);
    all.needs.get_mut(&need(0)).unwrap().value = Some("18 weeks".to_owned());
    meets(&mut all, 0, 0, &[0]);
    meets(&mut all, 0, 1, &[]);
    drive(&mut all, 0, &[(0, Stance::AlignedWith, &[0]), (1, Stance::ConflictsWith, &[])]);
    all
}

fn texts(audience: Audience) -> (Report, Vec<String>) {
    let report = make(&synthesis(), &Brief::new(audience));
    let texts = report.blocks.iter().map(Block::text).collect();
    (report, texts)
}

#[test]
fn every_tie_says_how_and_why_and_every_gap_is_listed() {
    let (report, texts) = texts(Audience::Team);
    let all = texts.join("\n");
    for said in [
        "2 needs, 1 policy driver and 2 components in use. Unmet: 1 need.",
        "by being there.\nExplained by:\nH1.gj Statement 0. Evidence: no evidence. Agreement: nobody decided yet. Test: not tested.",
        "Nothing explains how yet.",
        "Y1.gj and K2.gj Component 1: nothing explains how yet",
        "W1.gj: its figure has no source and no date",
    ] {
        assert!(all.contains(said), "{said} is not in\n{all}");
    }
    let figures = report.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(&figure.table),
        _ => None,
    });
    let rows: Vec<Vec<String>> =
        figures.flat_map(|table| &table.rows).map(|row| row.iter().map(|cell| cell.show(0)).collect()).collect();
    assert_eq!(rows[0], ["W1.gj Need 0", "K1.gj Component 0", "", "K2.gj Component 1", "1 of 2 explained"]);
    assert_eq!(rows[2][1..3], ["K2.gj Component 1", "K1.gj Component 0"], "what conflicts stands first");
    let needs = texts.iter().find(|text| text.starts_with("Needs, as their sources give them")).unwrap();
    assert_eq!(needs.matches(crate::report::TO_WRITE).count(), 2, "source and date of the figure: {needs}");
    assert!(all.find("Conflicts with policy").unwrap() < all.find("Aligned with policy").unwrap());
    assert_eq!(all.matches("Statement 0.").count(), 1, "a statement is told in full once: {all}");
    assert!(all.contains("H1.gj Told in full above."), "{all}");
    let about: Vec<String> = report.sheet.rows.iter().map(|row| row[0].show(0)).collect();
    assert_eq!(about, ["need", "need", "need", "driver", "driver"], "with a need that nothing is tied to");
}

#[test]
fn others_are_told_no_tags_and_no_paper_names_a_command() {
    for audience in [Audience::Team, Audience::Publication] {
        let (mut report, _) = texts(audience);
        let tied = report.data["coverage"]["cells"][0]["by"].as_str() == Some("gj");
        assert_eq!(tied, audience == Audience::Team);
        let by = report.sheet.rows.iter().flatten().any(|cell| cell.show(0) == "gj");
        assert_eq!(by, audience == Audience::Team);
        report.visit(&mut |text, place| {
            assert!(!text.contains("realist ") && !text.contains(" --"), "{}: {text}", place());
        });
    }
}
