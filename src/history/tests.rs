//! Laws of the fold, on histories written by several simulated machines that exchange what they have
//! in any order.

use super::*;
use crate::id::{Id, Kind, Label};
use crate::shelf::Shelf;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;

/// One machine: what it has seen, and what it writes next.
#[derive(Clone)]
struct Machine {
    stream: StreamId,
    tag: &'static str,
    known: Vec<Operation>,
}

/// What may happen next: machine `who` does something, or machine `who` takes in all of `from`.
#[derive(Debug, Clone)]
enum Step {
    Create { who: usize, field: u8, value: u8 },
    Change { who: usize, which: usize, field: u8, value: u8 },
    Remove { who: usize, which: usize },
    Undo { who: usize, which: usize },
    Meet { who: usize, from: usize },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = 0..3usize;
    let step = prop_oneof![
        (who.clone(), 0..3u8, 0..9u8).prop_map(|(who, field, value)| Step::Create { who, field, value }),
        (who.clone(), 0..9usize, 0..3u8, 0..9u8).prop_map(|(who, which, field, value)| Step::Change {
            who,
            which,
            field,
            value
        }),
        (who.clone(), 0..9usize).prop_map(|(who, which)| Step::Remove { who, which }),
        (who.clone(), 0..9usize).prop_map(|(who, which)| Step::Undo { who, which }),
        (who.clone(), who).prop_map(|(who, from)| Step::Meet { who, from }),
    ];
    proptest::collection::vec(step, 1..40)
}

impl Machine {
    fn state(&self) -> State {
        State::fold(self.known.clone(), &BTreeMap::new())
    }

    fn write(&mut self, number: usize, record: impl FnOnce(&State) -> Option<Record>) {
        let state = self.state();
        let Some(record) = record(&state) else { return };
        let prev = state.last_of(&self.stream);
        let mut operation = Operation {
            id: Id::derived([self.stream.as_bytes(), number.to_le_bytes().as_slice()]),
            stream: self.stream.clone(),
            lamport: state.lamport() + 1,
            time: "2026-01-01T00:00:00Z".to_owned(),
            by: self.tag.to_owned(),
            act: "test".to_owned(),
            after: state.heads().iter().filter(|hash| Some(**hash) != prev).map(ToString::to_string).collect(),
            prev: prev.map(|hash| hash.to_string()).unwrap_or_default(),
            records: vec![record],
            hash: String::new(),
        };
        let (line, _) = operation.to_line();
        operation = parse_line(line.trim_end().as_bytes()).unwrap();
        self.known.push(operation);
    }
}

fn field(name: u8, value: u8) -> Fields {
    Fields::from_iter([(format!("f{name}"), value.into())])
}

fn play(steps: &[Step]) -> Vec<Machine> {
    let machine = |stream: &str, tag| Machine { stream: stream.to_owned(), tag, known: Vec::new() };
    let mut machines = vec![machine("aaaa0000", "gj"), machine("bbbb0000", "gj"), machine("cccc0000", "mb")];
    for (number, step) in steps.iter().enumerate() {
        match *step {
            Step::Create { who, field: name, value } => {
                let tag = machines[who].tag;
                machines[who].write(number, |state| {
                    let id = Id::derived([b"made".as_slice(), number.to_le_bytes().as_slice()]);
                    let label = Label::new(Kind::Code, state.next_number(Kind::Code, tag), tag);
                    Some(Record::put(Kind::Code, id, Some(label), &field(name, value)))
                });
            }
            Step::Change { who, which, field: name, value } => machines[who].write(number, |state| {
                let id = pick(state, which)?;
                Some(Record::put(Kind::Code, id, None, &field(name, value)))
            }),
            Step::Remove { who, which } => machines[who].write(number, |state| {
                let gone = Fields::from_iter([("gone".to_owned(), "test".into())]);
                Some(Record::put(Kind::Code, pick(state, which)?, None, &gone))
            }),
            Step::Undo { who, which } => machines[who].write(number, |state| {
                let notes = state.notes();
                Some(Record::Undo { undo: notes.get(which % notes.len().max(1))?.id() })
            }),
            Step::Meet { who, from } => {
                let news = machines[from].known.clone();
                machines[who].known.extend(news);
            }
        }
    }
    machines
}

/// The same state, read from a snapshot.
fn reopened(state: &State) -> State {
    let mut bytes = Vec::new();
    state.save(b"a note", &mut bytes).unwrap();
    let never = || panic!("an undamaged snapshot needs no healing");
    let (state, note) = State::open(Shelf::open(Box::new(bytes)).unwrap(), Rc::new(never)).unwrap();
    assert_eq!(note, b"a note");
    state
}

/// A snapshot in which one byte is wrong is folded anew, whatever is asked of it.
#[test]
fn a_damaged_snapshot_is_healed_in_the_middle_of_a_question() {
    let steps: Vec<Step> =
        (0..40).map(|n| Step::Create { who: usize::from(n % 3), field: n % 3, value: n % 9 }).collect();
    let all: Vec<Operation> = play(&steps).iter().flat_map(|machine| machine.known.clone()).collect();
    let whole = State::fold(all.clone(), &BTreeMap::new());
    let mut bytes = Vec::new();
    whole.save(b"", &mut bytes).unwrap();
    let mut healed = 0;
    for at in (0..bytes.len()).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 16;
        let Ok(shelf) = Shelf::open(Box::new(damaged)) else { continue };
        let all = all.clone();
        let heal = move || Some(State::fold(all.clone(), &BTreeMap::new()));
        let (state, _) = State::open(shelf, Rc::new(heal)).unwrap();
        assert_eq!(seen(&state), seen(&whole), "byte {at}");
        healed += 1;
    }
    assert!(healed > 100);
}

/// Where the snapshot is damaged and the journal gives less than it was made of, nothing may be built on
/// what is left.
#[test]
fn a_state_that_cannot_be_healed_says_so() {
    let steps: Vec<Step> = (0..9).map(|n| Step::Create { who: 0, field: 0, value: n }).collect();
    let all = play(&steps).swap_remove(0).known;
    let mut bytes = Vec::new();
    State::fold(all.clone(), &BTreeMap::new()).save(b"", &mut bytes).unwrap();
    // A byte of the first block.
    bytes[40] ^= 1;
    let fold = |number: usize| State::fold(all[..number].to_vec(), &BTreeMap::new());
    for (healed, is_lost) in [(Some(fold(9)), false), (Some(fold(8)), true), (None, true)] {
        let healed = std::cell::RefCell::new(healed);
        let shelf = Shelf::open(Box::new(bytes.clone())).unwrap();
        let (state, _) = State::open(shelf, Rc::new(move || healed.take())).unwrap();
        assert!(!state.is_lost());
        assert_eq!(state.notes().len(), if is_lost { 0 } else { 9 });
        assert_eq!(state.is_lost(), is_lost);
    }
    // What is laid over a damaged snapshot is there all the same.
    let over = Operation { id: Id::derived([b"over".as_slice()]), ..all[8].clone() };
    let heal = move || Some(State::fold(all.clone(), &BTreeMap::new()));
    let (mut state, _) = State::open(Shelf::open(Box::new(bytes)).unwrap(), Rc::new(heal)).unwrap();
    state.lay_over(vec![over]);
    assert_eq!((state.notes().len(), state.is_lost()), (10, false));
}

/// What can be seen of things and operations; who knew of what is another matter.
fn seen_alone(state: &State) -> Vec<String> {
    let things = state.of_kind(Kind::Code).map(|(id, entity)| {
        let listed = state.label_of(id).filter(|label| state.labelled(label) == Some(id));
        format!("{id} {listed:?} {:?}", serde_json::Value::Object(entity.fields()))
    });
    let operations = state.notes().into_iter().map(|note| format!("{} {}", note.id(), note.undone));
    things.chain(operations).collect()
}

fn pick(state: &State, which: usize) -> Option<Id> {
    let ids: Vec<Id> = state.of_kind(Kind::Code).map(|(id, _)| id).collect();
    ids.get(which % ids.len().max(1)).copied()
}

/// Everything a person could see of a state.
fn seen(state: &State) -> Vec<String> {
    let things = state.entities().map(|(id, entity)| {
        format!(
            "{id} {} {:?} {:?}",
            entity.is_here(),
            state.labels_in(id, &entity),
            serde_json::Value::Object(entity.fields())
        )
    });
    let operations = state.notes().into_iter().map(|note| format!("{} {}", note.id(), note.undone));
    things.chain(operations).chain(state.conflicts().iter().map(|one| format!("{one:?}"))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Union is commutative, associative and idempotent: however the machines meet, they agree.
    #[test]
    fn folding_depends_only_on_the_set(steps in steps(), shuffle in any::<u64>()) {
        let machines = play(&steps);
        let all: Vec<Operation> = machines.iter().flat_map(|machine| machine.known.clone()).collect();
        let once = seen(&State::fold(all.clone(), &BTreeMap::new()));
        let mut other = all.clone();
        other.extend(all.clone());
        let length = other.len().max(1);
        other.rotate_left(usize::try_from(shuffle).unwrap_or(0) % length);
        other.reverse();
        prop_assert_eq!(&once, &seen(&State::fold(other, &BTreeMap::new())));
        // Two meet first, then the third; or the other two.
        let pair = |a: usize, b: usize, c: usize| {
            let mut met = machines[a].known.clone();
            met.extend(machines[b].known.clone());
            met.extend(machines[c].known.clone());
            seen(&State::fold(met, &BTreeMap::new()))
        };
        prop_assert_eq!(pair(0, 1, 2), pair(2, 0, 1));
    }

    /// Adding operations one by one, as a running process does, is the same as folding them at once.
    #[test]
    fn appending_equals_folding(steps in steps()) {
        let alone: Vec<Step> = steps.into_iter().filter(|step| matches!(
            step, Step::Create { who: 0, .. } | Step::Change { who: 0, .. } | Step::Remove { who: 0, .. }
        )).collect();
        let operations = play(&alone).swap_remove(0).known;
        let mut grown = State::default();
        for operation in operations.clone() {
            prop_assert!(grown.take([operation], &BTreeMap::new()));
        }
        prop_assert_eq!(seen(&grown), seen(&State::fold(operations, &BTreeMap::new())));
    }

    /// A snapshot with the rest taken up on top, in whatever order, says what folding all at once says,
    /// and so does a snapshot made of that.
    #[test]
    fn a_snapshot_changes_nothing(steps in steps(), cut in any::<prop::sample::Index>(), shuffle in any::<bool>()) {
        let mut all: Vec<Operation> = play(&steps).iter().flat_map(|machine| machine.known.clone()).collect();
        let whole = seen(&State::fold(all.clone(), &BTreeMap::new()));
        if shuffle {
            all.sort_by(|a, b| a.hash.cmp(&b.hash));
        }
        let rest = all.split_off(cut.index(all.len() + 1));
        let mut below = reopened(&State::fold(all, &BTreeMap::new()));
        prop_assert!(below.take(rest, &BTreeMap::new()));
        prop_assert_eq!(&seen(&below), &whole);
        prop_assert_eq!(&seen(&reopened(&below)), &whole);
    }

    /// As of any prefix of the streams, a state says what a fold of those prefixes alone says.
    #[test]
    fn the_past_is_a_fold_of_prefixes(steps in steps(), cuts in proptest::collection::vec(any::<prop::sample::Index>(), 3)) {
        let machines = play(&steps);
        let all: Vec<Operation> = machines.iter().flat_map(|machine| machine.known.clone()).collect();
        let whole = State::fold(all, &BTreeMap::new());
        let (mut heads, mut then) = (Vec::new(), Vec::new());
        for (machine, cut) in machines.iter().zip(&cuts) {
            let mut own: Vec<&Operation> = machine.known.iter().filter(|one| one.stream == machine.stream).collect();
            own.sort_by_key(|operation| operation.lamport);
            own.dedup_by_key(|operation| operation.id);
            own.truncate(cut.index(own.len() + 1));
            heads.extend(own.last().map(|operation| operation.hash.clone()));
            then.extend(own.into_iter().cloned());
        }
        let said = |things: Vec<(Id, Entity)>| -> Vec<String> {
            things.iter().map(|(id, entity)| format!("{id} {:?}", serde_json::Value::Object(entity.fields()))).collect()
        };
        let folded = State::fold(then, &BTreeMap::new());
        let folded = folded.of_kind(Kind::Code).map(|(id, entity)| (id, Entity::clone(&entity))).collect();
        for state in [&whole, &reopened(&whole)] {
            let past = state.as_of(heads.iter().map(String::as_str));
            prop_assert_eq!(said(past.of_kind(Kind::Code)), said(Vec::clone(&folded)));
            prop_assert_eq!(past.missing, 0);
        }
    }

    /// Under a veil over what one person made, a state says what a fold of the others' operations says.
    #[test]
    fn a_veil_leaves_what_would_be_without_what_it_hides(steps in steps()) {
        let mut all: Vec<Operation> = play(&steps).iter().flat_map(|machine| machine.known.clone()).collect();
        let mut whole = State::fold(all.clone(), &BTreeMap::new());
        let made_by = |entity: &Entity| whole.note(entity.writes[0].op.id).is_some_and(|note| &*note.by == "mb");
        let things: Vec<(Id, Kind, bool)> = whole
            .entities()
            .filter(|(_, entity)| made_by(entity))
            .map(|(id, entity)| (id, entity.kind, entity.is_here()))
            .collect();
        let hidden: std::collections::BTreeSet<Id> = things.iter().map(|(id, ..)| *id).collect();
        let before = seen_alone(&whole);
        whole.lay_veil(Veil::over(things, None));
        all.sort_by_key(|operation| (operation.lamport, operation.stream.clone()));
        let mut left_out = std::collections::BTreeSet::new();
        all.retain(|operation| {
            let is_hidden = match &operation.records[0] {
                Record::Put { id, .. } => hidden.contains(id),
                Record::Undo { undo } => left_out.contains(undo),
                Record::Purge { .. } => false,
            };
            left_out.extend(is_hidden.then_some(operation.id));
            !is_hidden
        });
        let without = State::fold(all, &BTreeMap::new());
        prop_assert_eq!(seen_alone(&whole), seen_alone(&without));
        prop_assert_eq!(whole.count(Kind::Code), without.count(Kind::Code));
        prop_assert_eq!(whole.whole(seen_alone), before.clone());
        whole.lift_veil();
        prop_assert_eq!(seen_alone(&whole), before);
    }

    /// Taking back everything leaves nothing; taking that back leaves what was.
    #[test]
    fn undo_all_is_nothing_and_redo_all_is_everything(count in 1..12usize) {
        let steps: Vec<Step> = (0..count).map(|value| Step::Create { who: 0, field: 0, value: u8::try_from(value).unwrap() }).collect();
        let mut machine = play(&steps).swap_remove(0);
        let before: Vec<String> = machine.state().of_kind(Kind::Code).map(|(id, _)| id.to_string()).collect();
        let undos: Vec<Id> = machine.known.iter().rev().map(|operation| operation.id).collect();
        for (at, undo) in undos.iter().enumerate() {
            machine.write(1000 + at, |_| Some(Record::Undo { undo: *undo }));
        }
        prop_assert_eq!(machine.state().of_kind(Kind::Code).count(), 0);
        let redos: Vec<Id> = machine.known[count..].iter().rev().map(|operation| operation.id).collect();
        for (at, redo) in redos.iter().enumerate() {
            machine.write(2000 + at, |_| Some(Record::Undo { undo: *redo }));
        }
        let after: Vec<String> = machine.state().of_kind(Kind::Code).map(|(id, _)| id.to_string()).collect();
        prop_assert_eq!(before, after);
    }
}

#[test]
fn two_edits_unaware_of_each_other_are_a_conflict_until_one_sets_the_field_again() {
    let meet = |who, from| Step::Meet { who, from };
    let change = |who, value| Step::Change { who, which: 0, field: 0, value };
    let steps = [Step::Create { who: 0, field: 0, value: 1 }, meet(2, 0), change(0, 2), change(2, 3), meet(0, 2)];
    let machine = play(&steps).swap_remove(0);
    let conflicts = machine.state().conflicts();
    assert_eq!(conflicts.len(), 1);
    assert_eq!((conflicts[0].kept.clone(), conflicts[0].other.clone()), (3.into(), 2.into()));
    let mut settled = steps.to_vec();
    settled.push(change(0, 4));
    assert_eq!(play(&settled).swap_remove(0).state().conflicts(), []);
}

#[test]
fn an_edit_that_saw_the_other_is_no_conflict() {
    let steps = [
        Step::Create { who: 0, field: 0, value: 1 },
        Step::Change { who: 0, which: 0, field: 0, value: 2 },
        Step::Meet { who: 2, from: 0 },
        Step::Change { who: 2, which: 0, field: 0, value: 3 },
        Step::Meet { who: 0, from: 2 },
    ];
    assert_eq!(play(&steps).swap_remove(0).state().conflicts(), []);
}

#[test]
fn of_two_that_claim_one_label_the_smaller_stream_keeps_it() {
    let steps = [
        Step::Create { who: 1, field: 0, value: 1 },
        Step::Create { who: 0, field: 0, value: 2 },
        Step::Meet { who: 0, from: 1 },
    ];
    let state = play(&steps).swap_remove(0).state();
    let mut labels: Vec<String> = state.entities().map(|(id, _)| state.label_of(id).unwrap().to_string()).collect();
    labels.sort();
    assert_eq!(labels, ["C1.gj", "C1.gj~bb"]);
    let plain = state.labelled(&"C1.gj".parse().unwrap()).unwrap();
    assert_eq!(state.entity(plain).unwrap().fields()["f0"], 2);
}

#[test]
fn what_rests_on_an_operation_is_found() {
    let steps = [
        Step::Create { who: 0, field: 0, value: 1 },
        Step::Create { who: 0, field: 0, value: 2 },
        Step::Change { who: 0, which: 0, field: 1, value: 2 },
    ];
    let state = play(&steps).swap_remove(0).state();
    let changed = state.notes()[2].wrote[0];
    let notes = state.notes();
    let made = notes.iter().find(|note| *note.wrote == [changed]).unwrap();
    assert_eq!(state.dependants(made), [notes[2].clone()]);
    assert_eq!(state.dependants(&notes[2]), []);
}
