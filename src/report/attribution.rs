//! How a paper for others says who speaks: stakeholder group, kind of source, then what facesheets say as far as the project
//! asks for it (`[attribution]` in its settings), each only where at least k people share it together with what stands
//! before it ([`Cohort`]). The same of one person in every quotation, so that quotations laid side by side tell no more; and
//! nothing of somebody whose words are withheld.
//!
//! What stands beside a quotation, or in another paper under the same label, is part of what is told: of a source no paper for
//! others says its kind, and counts its strand apart, unless that much is told of everybody quoted from it.

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
    /// Own sources in which somebody is quoted whose kind of source is not told.
    untold: BTreeSet<Id>,
    /// Own strands that are counted as one: counts by strand would tell of somebody what is not told beside their words.
    joined: BTreeSet<String>,
    /// The strand that all own sources of a kind are in.
    strand_of_kind: BTreeMap<SourceKind, Option<String>>,
}

/// What a paper may say of where a passage comes from, beside who speaks in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whence {
    /// Which source it is, and of what year.
    pub is_named: bool,
    pub kind: Option<SourceKind>,
    /// Key of its strand.
    pub strand: Option<String>,
}

/// Key under which own strands are counted together where they may not be told apart.
pub const JOINED: &str = "gathered_by_the_team";

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
        let mut told = Attribution {
            cohort: Cohort::of(&people, k),
            attributes,
            heard,
            keys: ATTRIBUTES + wanted.len(),
            untold: BTreeSet::new(),
            joined: BTreeSet::new(),
            strand_of_kind: strand_of_kind(synthesis),
        };
        let untold: BTreeSet<Id> = told.heard.iter().copied().filter(|one| !told.tells_kind(*one)).collect();
        let is_split = !told.heard.is_empty() && told.strand_of_kind.values().any(Option::is_none);
        if is_split || !untold.is_empty() {
            let own = synthesis.sources.values().filter(|source| source.kind.is_own_data());
            told.joined = own.map(|source| source.strand.clone()).collect();
        }
        told.untold = spoken_in(synthesis, &untold);
        told
    }

    /// Whether papers for others may say of what kind a source of the team's own is.
    pub fn tells_kind_of_source(&self, source: Id) -> bool {
        !self.untold.contains(&source)
    }

    /// Whether a strand is counted with all that the team gathered ([`JOINED`]).
    pub fn joins(&self, strand: &str) -> bool {
        self.joined.contains(strand)
    }

    /// Of a passage from a source of the team's own: its kind, where that may be told, and its strand where that says no more.
    pub fn whence(&self, kind: Option<SourceKind>) -> Whence {
        let strand = kind.and_then(|kind| self.strand_of_kind.get(&kind).cloned().flatten());
        Whence { is_named: false, kind, strand }
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

/// Sources in which some of these people speak, and the ones they count as.
fn spoken_in(synthesis: &Synthesis, people: &BTreeSet<Id>) -> BTreeSet<Id> {
    let speaking = synthesis.participants.values().filter(|one| people.contains(&one.id));
    let documents = speaking.flat_map(|one| &one.speaks).filter_map(|at| synthesis.documents.get(&at.document));
    let quoted = synthesis.quotations.values();
    let quoted = quoted.filter(|one| one.participant.is_some_and(|person| people.contains(&person)));
    let sources = documents.map(|document| document.source).chain(quoted.map(|one| one.source));
    sources.flat_map(|source| [source, synthesis.counts_as(source)]).collect()
}

/// The strand of the team's own sources of each kind; `None` where they are in several.
fn strand_of_kind(synthesis: &Synthesis) -> BTreeMap<SourceKind, Option<String>> {
    let mut strands: BTreeMap<SourceKind, BTreeSet<&String>> = BTreeMap::new();
    for source in synthesis.sources.values().filter(|source| source.kind.is_own_data()) {
        strands.entry(source.kind).or_default().insert(&source.strand);
    }
    let only = |held: BTreeSet<&String>| held.first().filter(|_| held.len() == 1).map(|key| (*key).clone());
    strands.into_iter().map(|(kind, held)| (kind, only(held))).collect()
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
    use crate::report::{Brief, passages, shelf_marks};
    use crate::table::Cell;
    use proptest::prelude::*;

    /// People and the sources they speak in, as they fall.
    fn cohort(groups: &[usize], kinds: &[usize], strands: &[usize], k: usize) -> Synthesis {
        let mut all = sample::synthesis();
        all.settings.thresholds.smallest_group = k;
        all.settings.attribution.attributes = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let held = all.participants.get_mut(&id(Kind::Participant, u32::try_from(at).unwrap() + 1)).unwrap();
            held.group = ["users", "staff", "gps"].get(*group).map(ToString::to_string);
            held.withdrawn = false;
            held.consent.insert(Audience::Publication, Consent::Anonymous);
        }
        for (at, number) in (4..=8).enumerate() {
            let source = all.sources.get_mut(&id(Kind::Source, number)).unwrap();
            source.kind = [SourceKind::Interview, SourceKind::FocusGroup][kinds[at]];
            source.strand = ["north", "south"][if strands[at] < 6 { kinds[at] } else { 1 - kinds[at] }].to_owned();
        }
        all
    }

    /// Of whom all that a row of the passages says of its speaker and their source can be true.
    fn fitting(all: &Synthesis, row: &BTreeMap<&str, String>) -> usize {
        let who = &row["who"];
        let fits_source = |source: &Source| {
            let is_said = |said: &String, is: &str| said.is_empty() || said == is;
            is_said(&row["source"], &all.label(source.id))
                && is_said(&row["kind"], &source.kind.title())
                && is_said(&row["strand"], &all.settings.strand_title(&source.strand))
        };
        let fits = |one: &&Participant| {
            let title = |key: &str| all.settings.group_title(key);
            let groups = ["users", "staff", "gps"].map(title);
            let named = groups.iter().find(|group| who.split(", ").any(|word| word == *group));
            let spoken = all.quotations.values().filter(|quotation| quotation.participant == Some(one.id));
            named.is_none_or(|group| one.group.as_deref().map(title).as_ref() == Some(group))
                && spoken.map(|quotation| &all.sources[&quotation.source]).any(fits_source)
        };
        all.participants.values().filter(fits).count()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        /// What stands beside an attribution, or can be joined to it by a label, narrows it no further.
        #[test]
        fn no_column_says_more_of_a_speaker_than_the_attribution(
            groups in proptest::collection::vec(0usize..3, 7),
            kinds in proptest::collection::vec(0usize..2, 5),
            strands in proptest::collection::vec(0usize..7, 5),
            k in 2usize..4,
        ) {
            let all = cohort(&groups, &kinds, &strands, k);
            let sheet = passages::make(&all, &Brief::new(Audience::Publication)).sheet;
            let press = Press::new(&all, Audience::Publication);
            for row in &sheet.rows {
                let text = |cell: &Cell| if *cell == Cell::Empty { String::new() } else { cell.show(0) };
                let row: BTreeMap<&str, String> =
                    sheet.columns.iter().zip(row).map(|(column, cell)| (column.key.as_str(), text(cell))).collect();
                let link = all.evidence.values().find(|link| all.label(link.id) == row["id"]).unwrap();
                let quotation = &all.quotations[&link.id];
                if quotation.participant.is_none() || !press.is_own_data(quotation.source) {
                    continue;
                }
                let among = fitting(&all, &row);
                prop_assert!(among >= k || (row["kind"].is_empty() && row["who"] == "participant"), "{among}: {row:?}");
                prop_assert!(row["source"].is_empty() && row["year"].is_empty());
                // Where the kind is not told, no list of sources and no count by strand tells it.
                let mark = shelf_marks::source(&press, quotation.source);
                let strand = &all.sources[&quotation.source].strand;
                if row["kind"].is_empty() && !row["passage"].contains("withheld") {
                    prop_assert_eq!(mark, all.label(quotation.source));
                    prop_assert_eq!(press.strand_shown(strand), JOINED);
                }
            }
        }
    }

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
