//! One act under one mishap, and whether everything promised holds afterwards.

use super::acts::Act;
use super::scene::{Place, Scene};
use crate::act::hypothesis;
use crate::diagnostic::{Diagnostic, Fault, Result};
use crate::disk;
use crate::disk::faulty::{Careless, Mishap, Twin, with_store};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

type Corpus = BTreeMap<PathBuf, Vec<u8>>;

/// An act, its room, and what it comes to when nothing goes wrong.
pub(super) struct Rig<'a> {
    act: &'a Act,
    scene: Scene,
    old: Vec<String>,
    new: Vec<String>,
    old_corpus: Corpus,
    new_corpus: Corpus,
}

impl<'a> Rig<'a> {
    pub fn new(act: &'a Act) -> Self {
        with_store(Twin::sound(), || Self::furnished(act))
    }

    fn furnished(act: &'a Act) -> Self {
        let scene = Scene::new(act.furnish);
        let place = scene.place();
        let (old, old_corpus) = (place.view().unwrap(), place.corpus_and_books());
        // A room that was only looked at is the one that acts begin in.
        let place = scene.place();
        let said = (act.run)(&place).unwrap_or_else(|fault| panic!("{}: {fault}", act.name));
        assert!(said.is_empty(), "{}: {said:?}", act.name);
        let (new_corpus, new) = (place.corpus_and_books(), place.view().unwrap());
        assert!(new != old, "{} changes nothing that can be seen", act.name);
        assert_eq!(place.strays(), Vec::<PathBuf>::new(), "{}", act.name);
        Rig { act, scene, old, new, old_corpus, new_corpus }
    }

    /// Lets every step of the act meet the mishap in turn, and says how many trials there were.
    pub fn every_step(&self, mishap: Mishap) -> usize {
        for at in 1..1000 {
            match self.trial(mishap, at, Careless::Not) {
                Ok(true) => {}
                Ok(false) => return at,
                Err(broken) => panic!("{}, {mishap:?} at step {at}: {broken}", self.act.name),
            }
        }
        panic!("{} never ends", self.act.name)
    }

    /// One trial: whether the mishap came about, or which promise was broken.
    pub fn trial(&self, mishap: Mishap, at: usize, careless: Careless) -> Result<bool, String> {
        let place = self.scene.place();
        let twin = Twin::new(mishap, at, careless);
        let said = with_store(twin.clone(), || (self.act.run)(&place));
        let struck = twin.struck();
        // An act that was acknowledged must outlast a power cut that comes right after it.
        twin.cut_power();
        let done = self.says_what_is(&place, mishap, &said)?;
        if matches!(mishap, Mishap::Once(kind) | Mishap::Always(kind) if kind != ErrorKind::Other) {
            // What follows an error does not depend on its kind.
            return Ok(struck);
        }
        with_store(Twin::sound(), || self.goes_on(&place, done))
            .map_err(|broken| format!("{broken}\n(the act had said {said:?})"))?;
        Ok(struck)
    }

    /// One trial in which the person starts again and is cut short at the same step.
    pub fn twice_killed(&self, at: usize) -> Result<bool, String> {
        let place = self.scene.place();
        let kill = || {
            let twin = Twin::new(Mishap::Killed, at, Careless::Not);
            (with_store(twin.clone(), || (self.act.run)(&place)), twin.struck())
        };
        let (_, struck) = kill();
        if struck && place.view()? == self.old {
            let done = self.says_what_is(&place, Mishap::Killed, &kill().0)?;
            with_store(Twin::sound(), || self.goes_on(&place, done))?;
        }
        Ok(struck)
    }

    /// Whether the act is done, if that is what was said.
    fn says_what_is(&self, place: &Place, mishap: Mishap, said: &Result<Vec<Diagnostic>>) -> Result<bool, String> {
        let corpus = place.corpus_and_books();
        let view = place.view()?;
        let (is_old, is_new) = (view == self.old, view == self.new);
        if !is_old && !is_new {
            return Err(format!("neither old nor new: {:?}", difference(&self.old, &view)));
        }
        match said {
            Ok(afterwards) if !is_new => Err(format!("acknowledged with {afterwards:?}, and lost")),
            Ok(afterwards) if afterwards.is_empty() && corpus != self.new_corpus => {
                Err(format!("done, but not all of it: {:?}", names(&self.new_corpus, &corpus)))
            }
            Ok(_) => Ok(is_new),
            Err(fault) => {
                is_clear(fault, mishap)?;
                let erred = matches!(mishap, Mishap::Once(_) | Mishap::Always(_));
                if erred && !is_old && !disk::is_unsure(fault) {
                    return Err(format!("said that it failed, and did it: {fault}"));
                }
                let left = names(&self.old_corpus, &corpus);
                let single = matches!(mishap, Mishap::Once(_)) && is_old && !disk::is_unsure(fault);
                if single && !left.is_empty() { Err(format!("left behind: {left:?}")) } else { Ok(is_new) }
            }
        }
    }

    /// The act can be done again where it is not done, the next one goes well, and leaves nothing behind.
    fn goes_on(&self, place: &Place, done: bool) -> Result<(), String> {
        place.let_time_pass();
        if !done {
            (self.act.run)(place).map_err(|fault| format!("cannot be done again: {fault}"))?;
            let again = place.view()?;
            if again != self.new {
                return Err(format!("done again it comes to something else: {:?}", difference(&self.new, &again)));
            }
        }
        let next = || {
            let entry = hypothesis::Entry { statement: Some("What next?".to_owned()), ..hypothesis::Entry::default() };
            hypothesis::add(&mut place.open()?, &entry)
        };
        next().map_err(|fault| format!("the next act fails: {fault}"))?;
        let corpus = place.corpus_and_books();
        if corpus != self.new_corpus {
            return Err(format!("not what it should come to: {:?}", names(&self.new_corpus, &corpus)));
        }
        let strays = place.strays();
        if strays.is_empty() { Ok(()) } else { Err(format!("strays: {strays:?}")) }
    }
}

/// An error says what could not be done and what to do next.
fn is_clear(fault: &Fault, mishap: Mishap) -> Result<(), String> {
    let Diagnostic { code, message, hints, .. } = &*fault.0;
    let known = ["disk-full", "no-permission", "io", "unsure"].contains(code);
    let of_a_living = matches!(mishap, Mishap::Once(_) | Mishap::Always(_));
    if of_a_living && !(known && message.contains("cannot ") && !hints.is_empty()) {
        return Err(format!("no clear error: {fault:?}"));
    }
    Ok(())
}

fn difference(expected: &[String], found: &[String]) -> Vec<String> {
    let lacking = expected.iter().filter(|line| !found.contains(line)).map(|line| format!("- {line}"));
    let more = found.iter().filter(|line| !expected.contains(line)).map(|line| format!("+ {line}"));
    lacking.chain(more).collect()
}

fn names(expected: &Corpus, found: &Corpus) -> Vec<String> {
    let other = |from: &Corpus, than: &Corpus, mark: &str| -> Vec<String> {
        let lines = from.iter().filter(|(path, bytes)| than.get(*path) != Some(bytes));
        lines.map(|(path, _)| format!("{mark} {}", path.display())).collect()
    };
    [other(expected, found, "-"), other(found, expected, "+")].concat()
}
