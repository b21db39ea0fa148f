//! Disagreements over every passage of the sample of [`crate::report::sample`], for tests.

use super::Disagreements;
use super::found::{
    About, Applied, Configurations, Disputed, Noted, Other, Pair, Passage, Place, ReadApart, StatementPair,
};
use crate::evidence::Evidence;
use crate::hypothesis::PartKind;
use crate::id::{Id, Kind};
use crate::memo::Access;
use crate::report::sample::id;
use crate::stats::configurations::{Compared, Verdict};
use crate::stats::undefined;
use crate::synthesis::Synthesis;

/// Memos on each coding of the sample: private, the team's, and for the supplement.
pub const MEMOS: [&str; 3] = ["PRIVATEMEMO", "TEAMMEMO", "SUPPLEMENTMEMO"];

/// Two coders differ on each passage behind a link.
pub fn of(synthesis: &Synthesis) -> Disagreements {
    let places = synthesis.evidence.values().filter_map(|link| place(synthesis, link)).collect();
    Disagreements {
        of_pass: None,
        notes: Vec::new(),
        documents: 9,
        gone: 0,
        left_out: 0,
        unread: 1,
        codes: vec![disputed(1, places), disputed(2, Vec::new())],
        configurations: configurations(synthesis),
        pairs: vec![Pair { coders: ("gj".to_owned(), "mb".to_owned()), documents: 9, both: 3, differ: 14 }],
    }
}

/// Two statements of the sample, as if read from each passage.
fn configurations(synthesis: &Synthesis) -> Configurations {
    let slot = |slot, verdict| Compared { slot, verdict, similarity: None };
    let pair = || StatementPair {
        statements: (id(Kind::Hypothesis, 1), id(Kind::Hypothesis, 2)),
        similarity: 0.5,
        slots: vec![slot(PartKind::Context, Verdict::Alike), slot(PartKind::Outcome, Verdict::Different)],
    };
    let read = |link: &Evidence| {
        let said = Passage { anchor: link.anchor.clone(), quotation: synthesis.quotations.get(&link.id)?.clone() };
        let unmatched = vec![(id(Kind::Hypothesis, 3), "mb".to_owned())];
        Some(ReadApart { place: synthesis.label(link.anchor.document), said, pairs: vec![pair()], unmatched })
    };
    Configurations { passages: 20, apart: synthesis.evidence.values().filter_map(read).collect(), numbers: None }
}

fn disputed(number: u32, places: Vec<Place>) -> Disputed {
    Disputed {
        code: code(number),
        units: 40,
        differ: places.len(),
        percent: Ok(0.65),
        alpha: undefined("only one category occurs"),
        ac1: Ok(0.4),
        places,
    }
}

fn code(number: u32) -> Id {
    id(Kind::Code, number)
}

fn place(synthesis: &Synthesis, link: &Evidence) -> Option<Place> {
    let said = Passage { anchor: link.anchor.clone(), quotation: synthesis.quotations.get(&link.id)?.clone() };
    let access = [Access::Private, Access::Team, Access::Supplement];
    let memo = |(access, text): (Access, &str)| Noted {
        id: "MO1.gj".to_owned(),
        author: Some("gj".to_owned()),
        access,
        text: text.to_owned(),
    };
    Some(Place {
        document: link.anchor.document,
        units: said.quotation.units,
        about: if said.quotation.units.0.is_multiple_of(2) { About::Whether } else { About::Extent },
        applied: vec![Applied {
            coder: "gj".to_owned(),
            coding: "CD1.gj".to_owned(),
            marked: said.clone(),
            is_all: said.quotation.units.0.is_multiple_of(3),
        }],
        others: vec![Other { coder: "mb".to_owned(), codes: vec!["hope".to_owned()] }],
        before: Some(said.clone()),
        after: Some(said.clone()),
        said: vec![said],
        unsaid: 0,
        since: None,
        memos: access.into_iter().zip(MEMOS).map(memo).collect(),
    })
}

mod tests {
    use super::*;
    use crate::participant::Audience;
    use crate::render::find;
    use crate::report::Brief;
    use crate::report::sample::synthesis;

    fn paper(audience: Audience) -> String {
        let synthesis = synthesis();
        let brief = Brief { disagreements: Some(of(&synthesis)), ..Brief::new(audience) };
        let report = super::super::make(&synthesis, &brief);
        String::from_utf8(find("md").unwrap().render(&report).unwrap()).unwrap()
    }

    #[test]
    fn the_places_come_before_any_coefficient_and_it_is_no_gate() {
        let paper = paper(Audience::Team);
        let first = |what: &str| paper.find(what).unwrap_or_else(|| panic!("{what} is not in {paper}"));
        assert!(first("a prompt for discussion, not a gate") < first("OPENWORDS"));
        assert!(first("keep, take off, or change the definition") < first("Agreement code by code"));
        assert_eq!(paper.matches("TO WRITE: keep").count(), 28, "14 places and 14 passages");
        assert!(!paper[..first("The numbers")].contains("0.65"), "a coefficient stands before the places");
    }

    #[test]
    fn private_memos_are_in_no_paper_and_others_with_whom_they_are_for() {
        let team = paper(Audience::Team);
        assert!(team.contains("TEAMMEMO") && team.contains("SUPPLEMENTMEMO") && !team.contains("PRIVATEMEMO"));
        let others = paper(Audience::Meeting);
        assert!(others.contains("SUPPLEMENTMEMO") && !others.contains("TEAMMEMO") && !others.contains("PRIVATEMEMO"));
        // Of 14 passages the meeting may read 11; where words are withheld, so is what was noted on them.
        assert_eq!(others.matches("SUPPLEMENTMEMO").count(), 11);
    }

    #[test]
    fn a_project_nobody_coded_twice_has_an_empty_agenda() {
        let report = super::super::make(&synthesis(), &Brief::new(Audience::Team));
        assert!(report.sheet.is_empty());
    }
}
