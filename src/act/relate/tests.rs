//! Links as they are made: refused where they break a rule, settled where they leave something open.

use super::*;
use crate::act::desk::Desk;
use crate::act::hypothesis::{self, Entry as Statement};
use crate::act::substantive;

/// H1 with one outcome, H2 with a context and a resource, H3 with two outcomes, H4 a bare sentence.
fn four() -> Desk {
    use PartKind::{Context, Outcome, Resource};
    let mut desk = Desk::new();
    for kinds in [&[Outcome][..], &[Context, Resource], &[Outcome, Outcome]] {
        let parts = kinds.iter().map(|kind| (*kind, kind.word().to_owned())).collect();
        hypothesis::add(&mut desk.project, &Statement { parts, ..Statement::default() }).unwrap();
    }
    desk.statement("A bare sentence");
    desk
}

fn wish(from: &str, kind: LinkKind, to: &str) -> Wish {
    Wish { from: from.to_owned(), kind, to: to.to_owned(), enters_as: None, reason: None }
}

fn refused(desk: &mut Desk, wish: Wish) -> &'static str {
    add(&mut desk.project, &[wish]).unwrap_err().0.code
}

fn made(desk: &mut Desk, wish: Wish) -> Link {
    let label = add(&mut desk.project, &[wish]).unwrap().answer.remove(0);
    resolve::read(&desk.project, resolve::find(&desk.project, Kind::Link, &label).unwrap()).unwrap()
}

#[test]
fn a_chain_starts_at_an_outcome_and_enters_as_what_its_end_is() {
    let mut desk = four();
    let link = made(&mut desk, wish("H1.gj", LinkKind::LeadsTo, "H2.gj:r1"));
    assert_eq!((link.from_part.as_deref(), link.to_part.as_deref()), (Some("o1.gj"), Some("r1.gj")));
    assert_eq!(link.enters_as, Some(Entry::Resource));
    let as_context = Wish { enters_as: Some(Entry::Context), ..wish("H3.gj:o2", LinkKind::LeadsTo, "H2.gj") };
    let link = made(&mut desk, as_context);
    assert_eq!((link.from_part.as_deref(), link.to_part.as_deref()), (Some("o2.gj"), Some("c1.gj")));
    assert_eq!(refused(&mut desk, wish("H3.gj", LinkKind::LeadsTo, "H2.gj")), "which-outcome");
    assert_eq!(refused(&mut desk, wish("H4.gj", LinkKind::LeadsTo, "H2.gj")), "no-outcome");
    assert_eq!(refused(&mut desk, wish("H2.gj:c1", LinkKind::LeadsTo, "H1.gj")), "no-outcome");
    assert_eq!(refused(&mut desk, wish("H1.gj", LinkKind::LeadsTo, "H3.gj:o1")), "wrong-entry");
    let odd = Wish { enters_as: Some(Entry::Context), ..wish("H1.gj", LinkKind::Refines, "H2.gj") };
    assert_eq!(refused(&mut desk, odd), "wrong-entry");
    // Feedback is allowed.
    made(&mut desk, wish("H1.gj", LinkKind::LeadsTo, "H1.gj"));
}

#[test]
fn rivals_are_rivals_both_ways_and_never_one() {
    let mut desk = four();
    made(&mut desk, wish("H1.gj", LinkKind::RivalOf, "H2.gj"));
    assert_eq!(refused(&mut desk, wish("H2.gj", LinkKind::RivalOf, "H1.gj")), "link-exists");
    assert_eq!(refused(&mut desk, wish("H1.gj", LinkKind::RivalOf, "H1.gj")), "to-itself");
    let into = crate::act::life::merge::Into::Existing("H2.gj".to_owned());
    let merge = |desk: &mut Desk, child: &str, into: &_| {
        crate::act::life::merge::merge(&mut desk.project, &[child.to_owned()], into, "alike").map_err(|fault| fault.0.code)
    };
    assert_eq!(merge(&mut desk, "H1.gj", &into).unwrap_err(), "rivals");
    // Nor through a third.
    let third = crate::act::life::merge::Into::Existing("H3.gj".to_owned());
    merge(&mut desk, "H1.gj", &third).unwrap();
    assert_eq!(merge(&mut desk, "H2.gj", &third).unwrap_err(), "rivals");
}

#[test]
fn no_kind_that_must_not_runs_in_a_circle() {
    for kind in LinkKind::ALL.iter().filter(|kind| kind.is_acyclic() && **kind != LinkKind::MergedInto) {
        let mut desk = four();
        made(&mut desk, wish("H1.gj", *kind, "H2.gj"));
        made(&mut desk, wish("H2.gj", *kind, "H3.gj"));
        assert_eq!(refused(&mut desk, wish("H3.gj", *kind, "H1.gj")), "circle", "{kind}");
        assert_eq!(refused(&mut desk, wish("H4.gj", *kind, "H4.gj")), "to-itself", "{kind}");
        assert_eq!(refused(&mut desk, wish("H1.gj", *kind, "H2.gj")), "link-exists", "{kind}");
    }
    assert_eq!(refused(&mut four(), wish("H1.gj", LinkKind::MergedInto, "H2.gj")), "merge-instead");
}

#[test]
fn a_statement_draws_on_a_theory_of_others() {
    let mut desk = four();
    let entry = substantive::Entry { name: Some("Candidacy".to_owned()), ..substantive::Entry::default() };
    assert_eq!(substantive::add(&mut desk.project, &entry).unwrap().answer, "ST1.gj");
    assert_eq!(substantive::add(&mut desk.project, &entry).unwrap_err().0.code, "name-taken");
    made(&mut desk, wish("H1.gj", LinkKind::InformedBy, "candidacy"));
    assert_eq!(refused(&mut desk, wish("H1.gj", LinkKind::InformedBy, "ST1.gj")), "link-exists");
    assert_eq!(substantive::remove(&mut desk.project, "ST1.gj", "x").unwrap_err().0.code, "still-in-use");
    remove(&mut desk.project, &["L1.gj".to_owned()], "not so").unwrap();
    substantive::remove(&mut desk.project, "ST1.gj", "not needed").unwrap();
}

#[test]
fn what_an_older_version_wrote_into_a_statement_reads_as_a_link() {
    let mut desk = four();
    let project = &mut desk.project;
    let [one, two] = ["H1.gj", "H2.gj"].map(|label| resolve::find(project, Kind::Hypothesis, label).unwrap());
    project
        .write("hypothesis edit", true, |batch| {
            let fields = Batch::fields(json!({ "rival_of": two, "leads_to": [two] }));
            batch.set(Kind::Hypothesis, one, &fields);
            Ok(())
        })
        .unwrap();
    let synthesis = project.synthesis(crate::project::Depth::Facts).unwrap();
    assert!(synthesis.are_rivals(two, one));
    assert_eq!(synthesis.linked_from(one, LinkKind::LeadsTo).collect::<Vec<_>>(), [two]);
    assert_eq!(refused(&mut desk, wish("H2.gj", LinkKind::RivalOf, "H1.gj")), "link-exists");
    clear(&mut desk.project, "H1.gj", LinkKind::RivalOf, "H2.gj").unwrap();
    made(&mut desk, wish("H2.gj", LinkKind::RivalOf, "H1.gj"));
}
