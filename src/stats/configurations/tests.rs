//! The worked example, and what the definition says of mechanisms, sentences and several coders.

use super::*;
use crate::stats::chance::Draws;
use crate::stats::close;

fn words(text: &str) -> Words {
    text.split_whitespace().map(str::to_owned).collect()
}

fn reading(place: &str, coder: &str, name: &str, parts: &[(PartKind, &str)]) -> Reading {
    let parts: BTreeMap<PartKind, Words> = parts.iter().map(|(kind, text)| (*kind, words(text))).collect();
    let whole = parts.values().flatten().cloned().collect();
    Reading { place: place.to_owned(), coder: coder.to_owned(), name: name.to_owned(), parts, whole }
}

/// The worked example of docs/statistics.md.
fn worked() -> Vec<Reading> {
    use PartKind::{Actor, Context, Mechanism, Outcome, Resource};
    vec![
        reading("p1", "a", "A1", &[(Context, "peer team"), (Mechanism, "hope"), (Outcome, "stay")]),
        reading("p1", "b", "B1", &[(Context, "peer team clinic"), (Mechanism, "trust"), (Outcome, "stay")]),
        reading("p2", "a", "A2", &[(Context, "rural"), (Resource, "bus"), (Outcome, "attend")]),
        reading(
            "p2",
            "b",
            "B2",
            &[(Context, "rural"), (Mechanism, "bus free"), (Outcome, "attend"), (Actor, "driver")],
        ),
        reading("p2", "b", "B3", &[(Context, "winter"), (Outcome, "absence")]),
        reading("p3", "a", "A3", &[(Context, "alone")]),
    ]
}

#[test]
fn the_worked_example() {
    let readings = worked();
    let found = compare(&readings, Lines::default());
    assert_eq!(found.places, ["p1", "p2"]);
    let pairs: Vec<_> = found.pairs.iter().map(|pair| pair.readings).collect();
    assert_eq!(pairs, [(0, 1), (2, 3)]);
    close(found.pairs[0].similarity, (0.8 + 0.0 + 1.0) / 3.0, 1e-12);
    close(found.pairs[1].similarity, (1.0 + 2.0 / 3.0 + 1.0 + 0.0) / 4.0, 1e-12);
    assert_eq!(found.unmatched, [Unmatched { reading: 4, against: 2 }]);
    assert_eq!(found.alone, [5]);

    let summary = summarise(&found, &readings, Some(Draws { number: 10, seed: 1 }));
    close(summary.similarity.value.unwrap(), 0.633_333, 1e-6);
    // Two places: all four resamples are visited.
    let interval = summary.similarity.interval.unwrap();
    close(interval.low, 0.6, 1e-12);
    close(interval.high, 2.0 / 3.0, 1e-12);
    close(summary.matched.value.unwrap(), 0.8, 1e-12);
    let slots: Vec<PartKind> = summary.slots.iter().map(|one| one.slot).collect();
    assert_eq!(slots, [PartKind::Actor, PartKind::Context, PartKind::Mechanism, PartKind::Outcome]);
    let [actor, context, mechanism, outcome] = &summary.slots[..] else { panic!() };
    assert_eq!((actor.only_one, actor.neither, actor.alike), (1, 1, 0));
    close(actor.percent.clone().unwrap(), 0.5, 1e-12);
    close(actor.ac1.clone().unwrap(), 0.2, 1e-12);
    close(actor.alpha.clone().unwrap(), 0.0, 1e-12);
    assert_eq!(actor.similarity.value.clone().unwrap_err().0, "no pair in which both name it");
    assert_eq!((context.alike, outcome.alike), (2, 2));
    assert!(context.alpha.is_err(), "everybody names it: no chance to correct for");
    assert_eq!((mechanism.alike, mechanism.different), (1, 1));
    close(mechanism.similarity.value.clone().unwrap(), 1.0 / 3.0, 1e-12);
}

#[test]
fn resource_and_reasoning_are_told_apart_where_both_tell_them_apart() {
    use PartKind::{Mechanism, Reasoning, Resource};
    let split = |coder| reading("p", coder, coder, &[(Resource, "time"), (Reasoning, "trust")]);
    let verdicts = |one: &Reading, other: &Reading| -> Vec<(Slot, Verdict)> {
        let found = compare(&[one.clone(), other.clone()], Lines { least: 0.0001, ..Lines::default() });
        let slots = found.pairs[0].slots.iter().filter(|slot| slot.verdict != Verdict::Neither);
        slots.map(|slot| (slot.slot, slot.verdict)).collect()
    };
    assert_eq!(verdicts(&split("a"), &split("b")), [(Resource, Verdict::Alike), (Reasoning, Verdict::Alike)]);
    let unsplit = reading("p", "b", "B", &[(Mechanism, "time trust")]);
    assert_eq!(verdicts(&split("a"), &unsplit), [(Mechanism, Verdict::Alike)]);
}

#[test]
fn statements_without_parts_are_compared_by_all_their_words() {
    let sentence = |coder: &str, text: &str| Reading { whole: words(text), ..reading("p", coder, coder, &[]) };
    let found = compare(&[sentence("a", "trust grows"), sentence("b", "trust wanes")], Lines::default());
    close(found.pairs[0].similarity, 0.5, 1e-12);
    assert!(found.pairs[0].slots.is_empty());
    let apart = compare(&[sentence("a", "trust"), sentence("b", "hope")], Lines::default());
    assert!(apart.pairs.is_empty());
    assert_eq!(apart.unmatched.len(), 2);
    let summary = summarise(&apart, &[sentence("a", "trust"), sentence("b", "hope")], None);
    assert!(summary.similarity.value.is_err());
    close(summary.matched.value.unwrap(), 0.0, 1e-12);
}

#[test]
fn every_two_of_three_coders_are_compared() {
    let one = |coder| reading("p", coder, coder, &[(PartKind::Context, "same")]);
    let found = compare(&[one("c"), one("a"), one("b")], Lines::default());
    assert_eq!(found.coders, ["a", "b", "c"]);
    let pairs: Vec<_> = found.pairs.iter().map(|pair| pair.readings).collect();
    assert_eq!(pairs, [(1, 2), (1, 0), (2, 0)]);
}
