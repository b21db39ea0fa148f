//! What becomes of links and lent evidence when a statement is merged, refined or split.

use super::*;
use crate::act::relate::carry;
use crate::synthesis::Waiting;

fn with_parts(text: &str, parts: &[(PartKind, &str)]) -> Entry {
    Entry { parts: parts.iter().map(|(kind, text)| (*kind, (*text).to_owned())).collect(), ..sentence(text) }
}

/// What leads on to what, as chains see it.
fn steps(project: &Project) -> Vec<String> {
    let network = crate::chain::weave::weave(&all(project), &crate::chain::weave::Wishes::default()).network;
    let name = |node: usize| network.factors[node].name.clone();
    network.links().iter().map(|link| format!("{} > {}", name(link.from), name(link.to))).collect()
}

/// H1 and H2 end in what H3 begins with: H1 is said to lead there, H2 is worded so. H4 leads to H1 at its context.
fn a_chain() -> Desk {
    use PartKind::{Context, Mechanism, Outcome};
    let mut desk = Desk::with_interview();
    for (text, context, outcome) in [
        ("First", "a visit was missed", "people come back"),
        ("Second", "contact was lost", "nobody is lost"),
        ("Third", "nobody is lost", "plans are kept"),
        ("Fourth", "somebody calls", "a call came"),
    ] {
        let parts = [(Context, context), (Mechanism, "remembered"), (Outcome, outcome)];
        hypothesis::add(&mut desk.project, &with_parts(text, &parts)).unwrap();
    }
    let links = [wish("H1.gj:o1", LinkKind::LeadsTo, "H3.gj:c1"), wish("H4.gj:o1", LinkKind::LeadsTo, "H1.gj:c1")];
    relate::add(&mut desk.project, &links).unwrap();
    desk
}

#[test]
fn a_merge_cuts_no_chain() {
    use PartKind::{Context, Mechanism, Outcome};
    let mut desk = a_chain();
    let project = &mut desk.project;
    let parts = [(Context, "contact broke off"), (Mechanism, "remembered"), (Outcome, "they are there again")];
    let into = Into::New(Box::new(with_parts("Both", &parts)));
    let done = merge(project, &labels(&["H1.gj", "H2.gj"]), &into, "alike").unwrap().answer;
    assert_eq!(done.loose, ["L1.gj: H1.gj leads to H3.gj", "L2.gj: H4.gj leads to H1.gj"]);
    // The outcome of the fourth is the parent's context, and the parent's outcome the context of the third.
    assert_eq!(
        steps(project),
        ["nobody is lost > plans are kept", "somebody calls > a call came", "a call came > nobody is lost"]
    );
    assert_eq!(all(project).all_waiting(), []);
    // Moved by one key, it says so itself.
    let moved = carry::shift(project, &labels(&["L1.gj"]), &carry::Ends::default(), None).unwrap().answer;
    assert_eq!((moved[0].former.as_str(), moved[0].link.as_str()), ("L1.gj", "L5.gj"));
    let held: crate::link::Link = project.state().get(id(project, "L5.gj")).unwrap();
    assert_eq!((held.from, held.from_part.as_deref()), (id(project, "H5.gj"), Some("o1.gj")));
    assert_eq!(steps(project).len(), 3);
}

#[test]
fn which_part_of_a_parent_is_meant_somebody_says() {
    use PartKind::{Context, Outcome};
    let mut desk = a_chain();
    let project = &mut desk.project;
    let parts = [(Context, "contact broke off"), (Outcome, "they are there again"), (Outcome, "they stay")];
    let into = Into::New(Box::new(with_parts("Both", &parts)));
    let done = merge(project, &labels(&["H1.gj", "H2.gj"]), &into, "alike").unwrap().answer;
    assert!(done.loose[0].ends_with("nobody said at which part: see realist link list --waiting"), "{:?}", done.loose);
    let synthesis = all(project);
    let waiting = synthesis.all_waiting();
    let parent = id(project, "H5.gj");
    let first = id(project, "H1.gj");
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].1, Waiting::WhichPart { merged: first, part: "o1.gj".to_owned(), parent });
    let (said, hint) = crate::check::waiting::told(&synthesis, waiting[0].0, &waiting[0].1);
    assert_eq!(said, "L1.gj (H1.gj leads to H3.gj): which part of H5.gj is o1.gj of H1.gj?");
    assert_eq!(hint, "realist link move L1.gj --from H5.gj:o1.gj");
    let refused = carry::shift(project, &labels(&["L1.gj"]), &carry::Ends::default(), None).unwrap_err();
    assert_eq!(refused.0.code, "which-outcome");
    let ends = carry::Ends { from: Some("H5.gj:o2".to_owned()), to: None };
    carry::shift(project, &labels(&["L1.gj"]), &ends, None).unwrap();
    assert_eq!(all(project).all_waiting(), []);
    assert!(steps(project).contains(&"contact broke off > they stay".to_owned()) || steps(project).len() == 4);
}

#[test]
fn what_hangs_on_a_split_or_refined_statement_waits_to_be_moved() {
    let mut desk = a_chain();
    let project = &mut desk.project;
    relate::add(project, &[wish("H1.gj", LinkKind::RivalOf, "H2.gj")]).unwrap();
    let closer = Entry { parts: vec![(PartKind::Context, "a second visit was missed".to_owned())], ..Entry::default() };
    let done = split::refine(project, "H1.gj", &closer, false, "the second").unwrap().answer;
    assert_eq!(
        done.left,
        ["L1.gj: H1.gj leads to H3.gj", "L2.gj: H4.gj leads to H1.gj", "L3.gj: H1.gj is a rival of H2.gj"]
    );
    let waiting = |project: &Project| -> Vec<String> {
        all(project).all_waiting().into_iter().map(|(link, _)| project.label(link.id)).collect()
    };
    let mut found = waiting(project);
    found.sort();
    assert_eq!(found, ["L1.gj", "L2.gj", "L3.gj"]);
    carry::shift(project, &labels(&["L1.gj", "L2.gj", "L3.gj"]), &carry::Ends::default(), Some("holds")).unwrap();
    assert_eq!(waiting(project), Vec::<String>::new());
    assert!(all(project).are_rivals(id(project, "H5.gj"), id(project, "H2.gj")));
    let again = carry::shift(project, &labels(&["L7.gj"]), &carry::Ends::default(), None).unwrap_err();
    assert_eq!(again.0.code, "nothing-to-move");
    // Of two heirs somebody has to choose.
    split::split(project, "H2.gj", &labels(&["one", "two"]), true, "two claims").unwrap();
    assert_eq!(waiting(project), ["L7.gj"]);
    let which = carry::shift(project, &labels(&["L7.gj"]), &carry::Ends::default(), None).unwrap_err();
    assert_eq!(which.0.code, "which-statement");
    let ends = carry::Ends { from: None, to: Some("H7.gj".to_owned()) };
    carry::shift(project, &labels(&["L7.gj"]), &ends, None).unwrap();
    assert_eq!(waiting(project), Vec::<String>::new());
    let refused = split::refine(project, "H2.gj", &closer, false, "x").unwrap_err();
    assert_eq!(refused.0.hints[0], "said anew by H6.gj and H7.gj: use that");
}

#[test]
fn evidence_that_is_lent_bears_on_the_part_it_is_of() {
    use crate::synthesis::Target;
    use PartKind::{Context, Outcome};
    let mut desk = a_chain();
    let project = &mut desk.project;
    let judgement = Judgement { stance: Some(Stance::Supports), part: Some("o1".to_owned()), ..Judgement::default() };
    let spot = Spot::parse("D1.gj/2", None, None).unwrap();
    evidence::add(project, &[evidence::Wish { hypothesis: "H1.gj".to_owned(), spot, judgement }]).unwrap();
    hypothesis::add(project, &with_parts("Fed", &[(Context, "x"), (Outcome, "y"), (Outcome, "z")])).unwrap();
    hypothesis::add(project, &with_parts("Alike", &[(Context, "x"), (Outcome, "People come back.")])).unwrap();
    hypothesis::add(project, &with_parts("Other", &[(Context, "x"), (Outcome, "w")])).unwrap();
    let links = [
        wish("H1.gj:o1", LinkKind::Feeds, "H5.gj:o2"),
        wish("H1.gj", LinkKind::Feeds, "H6.gj"),
        wish("H1.gj", LinkKind::Feeds, "H7.gj"),
    ];
    relate::add(project, &links).unwrap();
    let target = |project: &Project, label: &str| {
        let synthesis = all(project);
        let on = Bearings::of(&synthesis).on(id(project, label));
        match on[0].target {
            Target::Part(key) => key.to_owned(),
            Target::OfLender(key) => format!("{key} of another"),
            Target::Whole => "whole".to_owned(),
        }
    };
    assert_eq!(target(project, "H5.gj"), "o2.gj", "the link names it");
    assert_eq!(target(project, "H6.gj"), "o1.gj", "worded alike");
    assert_eq!(target(project, "H7.gj"), "o1.gj of another", "nobody said");
    confirm::confirm_all(project, "H7.gj").unwrap();
    assert_eq!(target(project, "H7.gj"), "o1.gj", "it was found to hold, and there is one outcome");
}

#[test]
fn links_of_what_was_merged_are_seen_at_its_parent_and_left_when_that_is_split() {
    let mut desk = a_chain();
    let project = &mut desk.project;
    relate::add(project, &[wish("H1.gj", LinkKind::RivalOf, "H3.gj")]).unwrap();
    let into = Into::New(Box::new(with_parts("Both", &[(PartKind::Context, "x"), (PartKind::Outcome, "y")])));
    merge(project, &labels(&["H1.gj", "H2.gj"]), &into, "alike").unwrap();
    let [parent, child, other] = ["H5.gj", "H1.gj", "H3.gj"].map(|label| id(project, label));
    let whole = all(project);
    // What is gathered for one statement shows the same.
    for (at, to) in [(parent, parent), (other, parent), (child, child)] {
        let near = project.synthesis_of(at, crate::project::Depth::Facts).unwrap();
        for synthesis in [&whole, &near] {
            let seen = synthesis.seen_at(at, &synthesis.speakers());
            let rivalry = seen.iter().find(|one| one.link.kind == LinkKind::RivalOf).unwrap();
            assert_eq!((rivalry.from.statement, rivalry.to.statement), (to, other));
            let leads = seen.iter().find(|one| one.link.kind == LinkKind::LeadsTo && one.to.statement == other);
            assert_eq!(leads.unwrap().from.part.as_deref(), Some("o1.gj"));
        }
    }
    let merges =
        whole.seen_at(parent, &whole.speakers()).iter().filter(|one| one.link.kind == LinkKind::MergedInto).count();
    assert_eq!(merges, 2);
    let done = split::split(project, "H5.gj", &labels(&["one", "two"]), true, "two claims").unwrap().answer;
    assert_eq!(
        done.left,
        ["L1.gj: H1.gj leads to H3.gj", "L2.gj: H4.gj leads to H1.gj", "L3.gj: H1.gj is a rival of H3.gj"]
    );
}
