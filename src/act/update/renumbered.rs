//! A corrected manuscript whose speakers and studies keep the places they have in the former versions:
//! participants and sources refer to them by place, whatever version is read.

use crate::diagnostic::Result;
use crate::document::{Header, Unit};
use crate::manuscript::{Manuscript, See};
use crate::text::words::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Reads like the manuscript it is made of, with places of its own for speakers and studies.
pub struct Renumbered<'m> {
    inner: &'m dyn Manuscript,
    header: Header,
    speakers: Vec<usize>,
    studies: Vec<usize>,
}

/// Who came and who is no longer there, by label.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Changed {
    pub new: Vec<String>,
    pub gone: Vec<String>,
}

impl<'m> Renumbered<'m> {
    /// `former`: headers of all versions there ever were, the one in force first.
    pub fn of(inner: &'m dyn Manuscript, former: &[&Header]) -> (Self, Changed) {
        let labels = |header: &Header| header.speakers.iter().map(|one| one.label.clone()).collect::<Vec<_>>();
        let keys = |header: &Header| header.studies.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
        let given = inner.header();
        let known = settled(former, labels);
        let speakers = places(&known, &labels(given));
        let studies = places(&settled(former, keys), &keys(given));
        let mut header = given.clone();
        header.speakers = laid_out(former, |header| &header.speakers, &given.speakers, &speakers);
        header.studies = laid_out(former, |header| &header.studies, &given.studies, &studies);
        let here: BTreeSet<usize> = speakers.iter().copied().collect();
        let before = former.first().map_or(0, |header| header.speakers.len());
        let name = |at: &usize| header.speakers.get(*at).map(|one| one.label.clone());
        let changed = Changed {
            new: here.iter().filter(|at| **at >= before).filter_map(name).collect(),
            gone: (0..before).filter(|at| !here.contains(at)).filter_map(|at| name(&at)).collect(),
        };
        (Renumbered { inner, header, speakers, studies }, changed)
    }
}

/// What stands at each place, where all versions that have the place agree.
fn settled(former: &[&Header], names: impl Fn(&Header) -> Vec<String>) -> Vec<Option<String>> {
    let mut settled: Vec<Option<String>> = Vec::new();
    for (version, header) in former.iter().enumerate() {
        for (at, name) in names(header).into_iter().enumerate() {
            match settled.get_mut(at) {
                Some(held) if version > 0 && held.as_ref() != Some(&name) => *held = None,
                Some(_) => {}
                None => settled.push(Some(name)),
            }
        }
    }
    settled
}

/// How names are compared, and where they stood.
type Round<'r> = (&'r dyn Fn(&str) -> String, &'r BTreeMap<String, Vec<usize>>);

/// The place of each name: its former one, whatever its case where that is not in doubt; else a new one.
fn places(known: &[Option<String>], given: &[String]) -> Vec<usize> {
    let named = |key: &dyn Fn(&str) -> String| {
        let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, name) in known.iter().enumerate().filter_map(|(place, name)| Some((place, name.as_ref()?))) {
            at.entry(key(name)).or_default().push(place);
        }
        at
    };
    let (exact, folded) = (named(&str::to_owned), named(&fold));
    let mut places: Vec<Option<usize>> = vec![None; given.len()];
    let mut taken: BTreeSet<usize> = BTreeSet::new();
    let rounds: [Round<'_>; 2] = [(&str::to_owned, &exact), (&fold, &folded)];
    for (key, named) in rounds {
        for (place, name) in places.iter_mut().zip(given).filter(|(place, _)| place.is_none()) {
            if let Some([only]) = named.get(&key(name)).map(Vec::as_slice)
                && taken.insert(*only)
            {
                *place = Some(*only);
            }
        }
    }
    let new = places.iter_mut().filter(|place| place.is_none());
    new.zip(known.len()..).for_each(|(place, at)| *place = Some(at));
    places.into_iter().flatten().collect()
}

/// The list with everything at its place; a place nobody has now keeps what stood there.
fn laid_out<T: Clone>(former: &[&Header], of: fn(&Header) -> &Vec<T>, given: &[T], places: &[usize]) -> Vec<T> {
    let count = places.iter().map(|place| place + 1).chain(former.iter().map(|header| of(header).len())).max();
    let at = |place: usize| {
        let now = places.iter().position(|one| *one == place).and_then(|index| given.get(index));
        now.or_else(|| former.iter().find_map(|header| of(header).get(place))).cloned()
    };
    (0..count.unwrap_or(0)).filter_map(at).collect()
}

impl Manuscript for Renumbered<'_> {
    fn format(&self) -> &'static str {
        self.inner.format()
    }

    fn header(&self) -> &Header {
        &self.header
    }

    fn each_shard(&self, see: &mut See) -> Result<()> {
        self.inner.each_shard(&mut |text, units| {
            let units: Vec<Unit> = units
                .iter()
                .map(|unit| Unit {
                    speaker: unit.speaker.and_then(|at| self.speakers.get(at).copied()),
                    study: unit.study.and_then(|at| self.studies.get(at).copied()),
                    ..unit.clone()
                })
                .collect();
            see(text, &units)
        })
    }

    fn is_table(&self) -> bool {
        self.inner.is_table()
    }

    fn names_every_study(&self) -> bool {
        self.inner.names_every_study()
    }

    fn notes(&self) -> &[crate::document::Note] {
        self.inner.notes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(names: &[&str]) -> Vec<Option<String>> {
        names.iter().map(|name| (!name.is_empty()).then(|| (*name).to_owned())).collect()
    }

    fn given(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn who_is_called_the_same_keeps_the_place() {
        assert_eq!(places(&known(&["I", "P1", "P2"]), &given(&["P2", "I"])), [2, 0]);
        assert_eq!(places(&known(&["I", "P1"]), &given(&["Maria", "i", "P1", "Tom"])), [2, 0, 1, 3]);
        assert_eq!(places(&known(&["Ana", "ana"]), &given(&["ANA", "ana"])), [2, 1], "which Ana is in doubt");
        assert_eq!(
            places(&known(&["I", "", "P1"]), &given(&["P1", "P3"])),
            [2, 3],
            "a place in doubt is not given away"
        );
    }

    #[test]
    fn a_place_that_two_versions_fill_with_different_people_is_in_doubt() {
        let header = |names: &[&str]| Header {
            format: 1,
            units: 0,
            turns: 0,
            words: 0,
            voice: crate::document::Voice::Participant,
            speakers: names
                .iter()
                .map(|name| crate::document::Speaker {
                    label: (*name).to_owned(),
                    role: crate::document::Role::Participant,
                })
                .collect(),
            studies: Vec::new(),
            particulars: BTreeMap::new(),
        };
        let (mine, theirs) = (header(&["I", "P1", "Maria"]), header(&["I", "P1", "Tom", "Ann"]));
        let labels = |header: &Header| header.speakers.iter().map(|one| one.label.clone()).collect();
        assert_eq!(settled(&[&mine, &theirs], labels), known(&["I", "P1", "", "Ann"]));
    }
}
