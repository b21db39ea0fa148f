//! What is looked for in a file that is about to be written: the list, and in papers for others also the names that speakers
//! have in the transcripts.

use super::all;
use crate::diagnostic::Result;
use crate::document::{Document, Role, Sealed};
use crate::id::Id;
use crate::identifier::Identifier;
use crate::import::role::is_of_part;
use crate::language::Language;
use crate::participant::{Audience, Consent, Participant, SpeakerRef};
use crate::privacy::{Lookout, Wanted};
use crate::project::Project;
use crate::text::words::{fold, words};
use std::collections::{BTreeMap, BTreeSet};

/// Letters of a name that is taken from a label.
const SHORTEST: usize = 3;

/// One identifier that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Of the list, or the participant whose name it is.
    pub id: Id,
    pub label: String,
    /// What it is called by.
    pub name: String,
    pub spellings: Vec<String>,
    pub instead: Option<String>,
    pub only_capital: bool,
    pub is_person: bool,
    /// From a transcript, not from the list.
    pub is_of_speaker: bool,
}

/// Everything that may not stand in a file for this audience.
pub fn known(project: &Project, audience: Audience) -> Result<Vec<Known>> {
    let listed = all(project).into_iter().filter(|(one, _)| one.kept_from.is_from(audience));
    let mut known: Vec<Known> = listed
        .map(|(one, words)| Known {
            id: one.id,
            label: project.label(one.id),
            name: words.spellings[0].clone(),
            is_person: is_person(&one),
            only_capital: one.only_capital,
            spellings: words.spellings,
            instead: words.instead,
            is_of_speaker: false,
        })
        .collect();
    if audience != Audience::Team {
        let is_known = |name: &str| known.iter().any(|one| one.spellings.iter().any(|other| fold(other) == fold(name)));
        let spoken: Vec<Known> =
            of_speakers(project, audience)?.into_iter().filter(|one| !is_known(&one.name)).collect();
        known.extend(spoken);
    }
    Ok(known)
}

fn is_person(identifier: &Identifier) -> bool {
    use crate::identifier::Identifies::{Person, Staff};
    matches!(identifier.kind, Person | Staff)
}

/// Ready to look with; each sighting tells the place in the list.
pub fn lookout(known: &[Known]) -> Lookout {
    let wanted: Vec<Wanted> = known
        .iter()
        .enumerate()
        .flat_map(|(which, one)| {
            one.spellings.iter().map(move |spelling| Wanted {
                which,
                spelling: spelling.clone(),
                only_capital: one.only_capital,
                is_person: one.is_person,
            })
        })
        .collect();
    Lookout::of(&wanted)
}

/// Whether a text holds a spelling.
pub fn stands_in(text: &str, spelling: &str) -> bool {
    let wanted = Wanted { which: 0, spelling: spelling.to_owned(), only_capital: false, is_person: false };
    !Lookout::of(&[wanted]).sightings(text).is_empty()
}

/// Names that participants have in transcripts and by the team, but for those who agreed to be named to this audience.
fn of_speakers(project: &Project, audience: Audience) -> Result<Vec<Known>> {
    let mut called = BTreeMap::new();
    for document in project.state().all::<Document>().iter().filter(|one| !one.purged && one.kind.is_own_data()) {
        let Some(header) = project.header(document)? else { continue };
        for (speaker, held) in header.speakers.iter().enumerate().filter(|(_, one)| one.role != Role::Unknown) {
            called.insert(SpeakerRef { document: document.id, speaker }, held.label.clone());
        }
    }
    let groups: BTreeSet<String> = project.settings().groups.iter().flat_map(|one| words_of(&one.title)).collect();
    let mut known: Vec<Known> = Vec::new();
    for person in project.state().in_order::<Participant>().into_iter().filter(|one| !one.withdrawn) {
        let is_named = person.consent.get(&audience) == Some(&Consent::Named);
        let labels = person.speaks.iter().filter_map(|at| called.remove(at));
        let labels: Vec<String> = labels.chain(pseudonym(project, person.name.as_ref())).collect();
        let names = labels.iter().flat_map(|label| name_words(label)).collect::<BTreeSet<_>>();
        for name in names.into_iter().filter(|name| !is_named && !groups.contains(&fold(name))) {
            if !known.iter().any(|one| fold(&one.name) == fold(&name)) {
                known.push(of_name(name, person.id, project.label(person.id)));
            }
        }
    }
    Ok(known)
}

fn of_name(name: String, id: Id, label: String) -> Known {
    Known {
        id,
        label,
        spellings: vec![name.clone()],
        name,
        instead: None,
        only_capital: true,
        is_person: true,
        is_of_speaker: true,
    }
}

fn pseudonym(project: &Project, sealed: Option<&Sealed>) -> Option<String> {
    project.unseal_text(sealed?)
}

fn words_of(title: &str) -> Vec<String> {
    let folded: Vec<String> = words(title).map(|(_, word)| fold(word)).collect();
    let singular = folded.iter().filter_map(|word| word.strip_suffix('s').map(str::to_owned)).collect::<Vec<_>>();
    folded.into_iter().chain(singular).collect()
}

/// Words of a speaker's label or of a pseudonym that can be a name: no `P1`, no `Speaker 2`, no `Nurse`.
pub fn name_words(label: &str) -> Vec<String> {
    let is_name = |word: &str| {
        let is_long = word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
        let is_set_off = word == label || word.starts_with(char::is_uppercase);
        is_long && is_set_off && !is_of_part(word) && !is_small_word(word)
    };
    words(label).map(|(_, word)| word).filter(|word| is_name(word)).map(str::to_owned).collect()
}

/// `Will`, `May`: words met everywhere.
fn is_small_word(word: &str) -> bool {
    stop_words::lookup(Language::ENGLISH.code()).is_some_and(|all| all.contains(&fold(word).as_str()))
}
