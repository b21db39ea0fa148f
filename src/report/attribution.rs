//! How a paper for others says who speaks: stakeholder group, kind of source, then what facesheets say as far as the project
//! asks for it (`[attribution]` in its settings), each only where at least k people share it together with what stands
//! before it ([`Cohort`]). The same of one person in every quotation, so that quotations laid side by side tell no more; and
//! nothing of somebody whose words are withheld.

use crate::id::Id;
use crate::participant::{Audience, Consent, Participant};
use crate::privacy::Cohort;
use crate::privacy::cohort::{Person, Values};
use crate::source::Source;
use crate::strand::SourceKind;
use crate::synthesis::Synthesis;
use crate::text::words::fold;
use std::collections::{BTreeMap, BTreeSet};

/// Places of the keys that every project has; attributes follow.
const GROUP: usize = 0;
const KIND: usize = 1;
const ATTRIBUTES: usize = 2;

/// What may be said of each participant who is not named to this audience.
#[derive(Debug)]
pub struct Attribution {
    cohort: Cohort<Id>,
    /// What facesheets say of each, in the order in which it is said.
    attributes: BTreeMap<Id, Vec<Option<String>>>,
    /// Who may be quoted at all; of the others nothing is said.
    heard: BTreeSet<Id>,
    keys: usize,
}

impl Attribution {
    /// Who agreed to be named hides nobody: every reader knows which words are theirs.
    pub fn of(synthesis: &Synthesis, audience: Audience) -> Self {
        let wanted = &synthesis.settings.attribution.attributes;
        let is_hidden = |one: &&Participant| !is_named(one, audience);
        let kinds = kinds(synthesis);
        let (mut people, mut attributes) = (BTreeMap::new(), BTreeMap::new());
        for one in synthesis.participants.values().filter(is_hidden) {
            let said: Vec<Option<String>> = wanted.iter().map(|name| attribute(synthesis, one.id, name)).collect();
            let group: Values = one.group.iter().cloned().collect();
            let mut values = vec![group, kinds.get(&one.id).cloned().unwrap_or_default()];
            values.extend(said.iter().map(|value| value.iter().map(|value| fold(value)).collect::<Values>()));
            people.insert(one.id, Person { values, is_heard: one.may_be_quoted(audience) });
            attributes.insert(one.id, said);
        }
        let k = synthesis.settings.thresholds.smallest_group;
        let heard = people.iter().filter(|(_, one)| one.is_heard).map(|(id, _)| *id).collect();
        Attribution { cohort: Cohort::of(&people, k), attributes, heard, keys: ATTRIBUTES + wanted.len() }
    }

    fn tells(&self, person: Id, key: usize) -> bool {
        self.heard.contains(&person) && self.cohort.profile(&person).is_some_and(|profile| profile.tells(key))
    }

    /// Whether the stakeholder group may be said; never of who is not of the cohort.
    pub fn tells_group(&self, person: Id) -> bool {
        self.tells(person, GROUP)
    }

    /// Whether the kind of source may be said.
    pub fn tells_kind(&self, person: Id) -> bool {
        self.tells(person, KIND)
    }

    /// What facesheets say of them, as far as it may be said.
    pub fn attributes(&self, person: Id) -> impl Iterator<Item = &str> {
        let all = self.attributes.get(&person).into_iter().flatten().enumerate();
        all.filter(move |(at, _)| self.tells(person, ATTRIBUTES + at)).filter_map(|(_, value)| value.as_deref())
    }

    /// Whether of anybody less is said than is recorded.
    pub fn is_coarse(&self) -> bool {
        self.heard.iter().any(|person| !(0..self.keys).all(|key| self.tells(*person, key)))
    }
}

/// Agreed to be named to this audience, and did not withdraw.
pub fn is_named(person: &Participant, audience: Audience) -> bool {
    !person.withdrawn && person.consent.get(&audience) == Some(&Consent::Named)
}

/// Kinds of source in which each speaks.
fn kinds(synthesis: &Synthesis) -> BTreeMap<Id, Values> {
    let mut kinds: BTreeMap<Id, Values> = BTreeMap::new();
    let mut add = |person: Id, kind: SourceKind| {
        kinds.entry(person).or_default().insert(kind.word().to_owned());
    };
    for person in synthesis.participants.values() {
        let documents = person.speaks.iter().filter_map(|at| synthesis.documents.get(&at.document));
        documents.for_each(|document| add(person.id, document.kind));
    }
    for quotation in synthesis.quotations.values() {
        let kind = synthesis.sources.get(&quotation.source).map(|source: &Source| source.kind);
        if let (Some(person), Some(kind)) = (quotation.participant, kind) {
            add(person, kind);
        }
    }
    kinds
}

fn attribute(synthesis: &Synthesis, person: Id, name: &str) -> Option<String> {
    let held = synthesis.attributes.get(&person)?;
    let (_, value) = held.iter().find(|(heading, _)| fold(heading.trim()) == fold(name.trim()))?;
    let value = value.trim();
    // A bare number says nothing without its heading.
    let is_bare = value.starts_with(|first: char| first.is_ascii_digit());
    (!value.is_empty()).then(|| if is_bare { format!("{} {value}", name.trim()) } else { value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Kind;
    use crate::report::sample::{self, id};
    use crate::report::words::Press;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// Whoever reads all attributions of a paper finds at least k people, counted one by one, that each of them fits.
        #[test]
        fn no_quotation_is_attributed_to_fewer_than_k(
            groups in proptest::collection::vec(0usize..4, 7..8),
            towns in proptest::collection::vec(0usize..3, 7..8),
            named in proptest::collection::vec(0u8..4, 7..8),
            k in 1usize..5,
        ) {
            let mut all = sample::synthesis();
            all.settings.thresholds.smallest_group = k;
            all.settings.attribution.attributes = vec!["Town".to_owned()];
            let people: Vec<Id> = (1..=7).map(|number| id(Kind::Participant, number)).collect();
            for (at, person) in people.iter().enumerate() {
                let held = all.participants.get_mut(person).unwrap();
                held.group = ["users", "staff", "gps"].get(groups[at]).map(ToString::to_string);
                held.withdrawn = false;
                let consent = if named[at] == 0 { Consent::Named } else { Consent::Anonymous };
                held.consent.insert(Audience::Publication, consent);
                let town = BTreeMap::from([("Town".to_owned(), ["York", "Hull", "Goole"][towns[at]].to_owned())]);
                all.attributes.insert(*person, town);
            }
            let mut press = Press::new(&all, Audience::Publication);
            let links: Vec<_> = all.evidence.values().cloned().collect();
            let mut printed: BTreeMap<Id, BTreeSet<String>> = BTreeMap::new();
            for link in &links {
                let cited = press.cite(link);
                let Some(person) = all.quotations.get(&link.id).and_then(|one| one.participant) else { continue };
                printed.entry(person).or_default().insert(cited.attribution);
            }
            let hidden: Vec<Id> = people.iter().copied().filter(|one| !is_named(&all.participants[one], Audience::Publication)).collect();
            let kinds = kinds(&all);
            for (person, attributions) in printed.iter().filter(|(person, _)| hidden.contains(person)) {
                // Everything printed of them anywhere, put together.
                let said: Vec<&str> = attributions.iter().flat_map(|one| one.split(", ")).collect();
                let fits = |other: &&Id| said.iter().all(|word| match *word {
                    "participant" => true,
                    "group not recorded" => all.participants[*other].group.is_none(),
                    "York" | "Hull" | "Goole" => all.attributes[*other]["Town"] == *word,
                    _ => {
                        let group = all.participants[*other].group.as_deref();
                        group.is_some_and(|key| all.settings.group_title(key) == *word)
                            || kinds.get(*other).is_some_and(|kinds| kinds.iter().any(|kind| {
                                kind.parse::<SourceKind>().unwrap().title() == *word
                            }))
                    }
                });
                let among = hidden.iter().filter(fits).count();
                prop_assert!(among >= k || said.iter().all(|word| *word == "participant"), "{among} < {k}: {said:?} of {person}");
            }
        }
    }
}
