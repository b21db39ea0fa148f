//! Every act under every mishap of the disk: what was acknowledged is there, what was not is whole or
//! absent, the next act goes well. Compiled for tests only.

mod acts;
mod meetings;
mod needs;
mod scene;
mod searching;
mod training;
mod trial;

use crate::disk::faulty::{Careless, Mishap};
use acts::{Act, CENTRAL, FURTHER};
use meetings::MEETINGS;
use needs::NEEDS;
use searching::SEARCHING;
use std::io::ErrorKind::{Other, PermissionDenied, StorageFull};
use training::TRAINING;
use trial::Rig;

/// Runs acts under mishaps and says how many trials that were.
#[allow(clippy::print_stderr)] // how much was tried belongs to what a test run says
fn run(acts: &[Act], mishaps: impl Fn(usize) -> Vec<Mishap>) {
    let mut trials = 0;
    for (number, act) in acts.iter().enumerate() {
        let rig = Rig::new(act);
        trials += mishaps(number).into_iter().map(|mishap| rig.every_step(mishap)).sum::<usize>();
    }
    eprintln!("{} acts, {trials} trials", acts.len());
}

#[test]
fn killed_at_any_step() {
    run(CENTRAL, |_| vec![Mishap::Killed]);
    run(FURTHER, |_| vec![Mishap::Killed]);
    run(MEETINGS, |_| vec![Mishap::Killed]);
    run(NEEDS, |_| vec![Mishap::Killed]);
    run(SEARCHING, |_| vec![Mishap::Killed]);
    run(TRAINING, |_| vec![Mishap::Killed]);
}

#[test]
fn killed_twice_at_any_step() {
    for act in CENTRAL {
        let rig = Rig::new(act);
        for at in 1..1000 {
            match rig.twice_killed(at) {
                Ok(true) => {}
                Ok(false) => break,
                Err(broken) => panic!("{} killed twice at step {at}: {broken}", act.name),
            }
        }
    }
}

#[test]
fn an_error_at_any_step() {
    run(CENTRAL, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Once).to_vec());
    run(FURTHER, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Once).to_vec());
    run(MEETINGS, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Once).to_vec());
    run(NEEDS, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Once).to_vec());
    run(SEARCHING, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Once).to_vec());
    run(TRAINING, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Once).to_vec());
}

#[test]
fn errors_from_any_step_on() {
    run(CENTRAL, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Always).to_vec());
    run(FURTHER, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Always).to_vec());
    run(MEETINGS, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Always).to_vec());
    run(NEEDS, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Always).to_vec());
    run(TRAINING, |_| [StorageFull, Other, PermissionDenied].map(Mishap::Always).to_vec());
}

#[test]
fn the_power_goes_at_any_step() {
    run(CENTRAL, |number| [0, 1, 2 + number as u64, 100 + number as u64].map(Mishap::PowerCut).to_vec());
    run(FURTHER, |number| [0, 1 + number as u64].map(Mishap::PowerCut).to_vec());
    run(MEETINGS, |number| [0, 1 + number as u64].map(Mishap::PowerCut).to_vec());
    run(NEEDS, |number| [0, 1 + number as u64].map(Mishap::PowerCut).to_vec());
    run(TRAINING, |number| [0, 1 + number as u64].map(Mishap::PowerCut).to_vec());
}

/// Whether some step of an act under this mishap shows that the store breaks its word.
fn is_noticed(name: &str, careless: Careless, mishap: Mishap) -> bool {
    let act = CENTRAL.iter().chain(FURTHER).find(|act| act.name == name).unwrap();
    let rig = Rig::new(act);
    (1..200).any(|at| rig.trial(mishap, at, careless).is_err())
}

#[test]
fn a_store_that_breaks_its_word_is_noticed() {
    for (name, careless, mishap) in [
        ("code add", Careless::Files, Mishap::PowerCut(0)),
        ("import", Careless::Files, Mishap::PowerCut(1)),
        ("merge", Careless::Files, Mishap::PowerCut(0)),
        ("code add, first act of a device", Careless::Folders, Mishap::PowerCut(0)),
        ("import", Careless::Folders, Mishap::PowerCut(0)),
        ("purge", Careless::Folders, Mishap::PowerCut(0)),
        ("join", Careless::Folders, Mishap::PowerCut(0)),
        ("code add", Careless::Writes, Mishap::None),
        ("import", Careless::Writes, Mishap::None),
        ("purge", Careless::Removals, Mishap::None),
        ("codebook edit", Careless::Renames, Mishap::Killed),
        ("merge, the settings too", Careless::Renames, Mishap::Killed),
    ] {
        assert!(is_noticed(name, careless, mishap), "{name}: {careless:?} went unnoticed under {mishap:?}");
    }
}
