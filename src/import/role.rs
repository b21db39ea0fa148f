//! What a speaker is, guessed from the label, and whose words a unit therefore holds.

use super::crowd::is_crowd;
use super::joint;
use crate::diagnostic::Diagnostic;
use crate::document::{Role, Speaker, Voice};
use crate::strand::SourceKind;
use crate::text::words::{fold, on_one_line};

const INTERVIEWER: &[&str] = &[
    "i",
    "q",
    "int",
    "iv",
    "inter",
    "interviewer",
    "researcher",
    "moderator",
    "mod",
    "facilitator",
    "host",
    "presenter",
    "investigator",
    "question",
    "chair",
    "interviewers",
    "fac",
    "问",
];
const PARTICIPANT: &[&str] = &[
    "p",
    "r",
    "a",
    "s",
    "participant",
    "respondent",
    "interviewee",
    "patient",
    "carer",
    "answer",
    "client",
    "resp",
    "service user",
    "care partner",
    "partner",
    "nurse",
    "doctor",
    "gp",
    "clinician",
    "psychiatrist",
    "practitioner",
    "peer worker",
    "social worker",
    "manager",
    "leader",
    "male participant",
    "female participant",
    "male",
    "female",
    "caregiver",
    "informant",
    "participants",
    "student",
    "teacher",
    "parent",
    "staff",
    "all",
    "id",
    "sp",
    "答",
];
const OBSERVER: &[&str] = &["observer", "note taker", "notetaker", "scribe", "obs"];
/// What transcription machines call everyone.
const ANYONE: &[&str] =
    &["speaker", "spk", "voice", "person", "unknown", "unknown speaker", "audience", "audience member"];

/// A label reduced to what can be compared: case folded, single spaces.
pub fn key(label: &str) -> String {
    fold(&on_one_line(label))
}

/// The key without its number and what stands in brackets: `participant` of `Participant 3 (GP)`.
fn stem(key: &str) -> &str {
    let bare = key.split(['(', '[']).next().unwrap_or(key).trim_end();
    bare.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '#' | '-' | '_')).trim_end()
}

/// What the label alone says.
pub fn of_key(key: &str) -> Role {
    if is_crowd(key) { Role::Unknown } else { of_stem(stem(key)) }
}

fn of_stem(stem: &str) -> Role {
    if INTERVIEWER.contains(&stem) {
        Role::Interviewer
    } else if OBSERVER.contains(&stem) {
        Role::Observer
    } else if PARTICIPANT.contains(&stem) {
        Role::Participant
    } else {
        Role::Unknown
    }
}

/// A word that labels use for a part in a conversation, by itself or among others: `nurse`, `user`.
pub fn is_of_part(word: &str) -> bool {
    let word = key(word);
    let lists = [INTERVIEWER, PARTICIPANT, OBSERVER, ANYONE];
    lists.iter().any(|list| list.iter().any(|label| label.split(' ').any(|part| part == word))) || is_crowd(&word)
}

/// A word for a part in a conversation, or letters and a number: `I`, `P3`, `Speaker 0`.
pub fn is_part(key: &str) -> bool {
    let stem = stem(key);
    let numbered =
        stem.len() < key.len() && !stem.contains(' ') && key.ends_with(|letter: char| letter.is_ascii_digit());
    of_stem(stem) != Role::Unknown || ANYONE.contains(&stem) || (numbered && stem.chars().count() <= 3)
}

/// Roles of all speakers of a document; `given` wins, whatever the case of its labels.
pub fn assign(labels: &[String], kind: SourceKind, given: &[(String, Role)]) -> Vec<Speaker> {
    let keys: Vec<String> = labels.iter().map(|label| key(label)).collect();
    let given: Vec<Option<Role>> = keys
        .iter()
        .map(|wanted| given.iter().find(|(label, _)| key(label) == *wanted).map(|(_, role)| *role))
        .collect();
    let roles: Vec<Role> = keys.iter().zip(&given).map(|(key, given)| given.unwrap_or_else(|| of_key(key))).collect();
    let has_interviewer = roles.contains(&Role::Interviewer);
    let is_talk = matches!(kind, SourceKind::Interview | SourceKind::FocusGroup);
    labels
        .iter()
        .zip(keys.iter().zip(given.iter().zip(roles)))
        .map(|(label, (key, (given, role)))| {
            let is_several = is_crowd(key) || joint::is_several(label, &keys);
            let nameless = (ANYONE.contains(&stem(key)) && !has_interviewer) || is_several;
            let is_guessed = given.is_none() && role == Role::Unknown && is_talk && !nameless;
            Speaker { label: label.clone(), role: if is_guessed { Role::Participant } else { role } }
        })
        .collect()
}

/// Labels a letter apart, which may be one person's: `Particpant` beside `Participant`.
pub fn nearly_alike(labels: &[String]) -> Vec<Diagnostic> {
    const SHORTEST: usize = 5;
    let figures = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    let keys: Vec<String> = labels.iter().map(|label| key(label)).collect();
    let mut found = Vec::new();
    for (at, one) in keys.iter().enumerate() {
        for (other_at, other) in keys.iter().enumerate().skip(at + 1) {
            let is_long = one.chars().count() >= SHORTEST && other.chars().count() >= SHORTEST;
            if is_long && figures(one) == figures(other) && strsim::osa_distance(one, other) == 1 {
                let message = format!("two speakers are a letter apart: {} and {}", labels[at], labels[other_at]);
                found.push(
                    Diagnostic::warning("labels-alike", message)
                        .hint("where they are one person, mend the original and import it anew"),
                );
            }
        }
    }
    found
}

/// Voice of units that do not say, by kind of source.
pub fn default_voice(kind: SourceKind) -> Voice {
    use SourceKind::{Log, Minutes, Observation};
    match kind {
        Observation | Log | Minutes => Voice::FieldNote,
        kind if kind.is_own_data() => Voice::Unknown,
        _ => Voice::Author,
    }
}

/// Voice of a speaker's turns, where it is not the document's.
pub fn voice(role: Role, document: Voice) -> Option<Voice> {
    let voice = if role == Role::Participant { Voice::Participant } else { Voice::Unknown };
    (voice != document).then_some(voice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(labels: &[&str], kind: SourceKind, given: &[(String, Role)]) -> Vec<Role> {
        let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
        assign(&labels, kind, given).into_iter().map(|speaker| speaker.role).collect()
    }

    #[test]
    fn in_an_interview_who_does_not_ask_takes_part() {
        use Role::{Interviewer, Participant, Unknown};
        assert_eq!(roles(&["Researcher 1", "Ana"], SourceKind::Interview, &[]), [Interviewer, Participant]);
        assert_eq!(roles(&["I", "P1", "INT2"], SourceKind::FocusGroup, &[]), [Interviewer, Participant, Interviewer]);
        assert_eq!(roles(&["Speaker 0", "Speaker 1"], SourceKind::Interview, &[]), [Unknown, Unknown]);
        assert_eq!(roles(&["Ana"], SourceKind::Minutes, &[]), [Unknown]);
    }

    #[test]
    fn nobody_is_made_of_several_or_of_whom_nobody_could_tell() {
        use Role::{Interviewer, Participant, Unknown};
        let labels =
            ["Moderator", "Ana", "All", "Everyone", "Unknown female", "Speaker ?", "Multiple speakers", "Group"];
        let expected = [Interviewer, Participant, Unknown, Unknown, Unknown, Unknown, Unknown, Unknown];
        assert_eq!(roles(&labels, SourceKind::FocusGroup, &[]), expected);
        let labels = ["I", "Ana", "P1/P2", "Ana and Bob", "Ana / All", "P1 & P2", "N/A", "Nurse/midwife"];
        let mut expected = [Unknown; 8];
        (expected[0], expected[1], expected[7]) = (Interviewer, Participant, Participant);
        assert_eq!(roles(&labels, SourceKind::FocusGroup, &[]), expected);
        assert_eq!(roles(&["All"], SourceKind::Interview, &[("all".to_owned(), Participant)]), [Participant]);
    }

    #[test]
    fn given_roles_win_whatever_their_case() {
        let given = [("SPEAKER 0".to_owned(), Role::Interviewer)];
        assert_eq!(
            roles(&["Speaker 0", "Speaker 1"], SourceKind::Interview, &given),
            [Role::Interviewer, Role::Participant]
        );
    }

    #[test]
    fn labels_a_letter_apart_are_pointed_out_and_numbers_are_not() {
        let said = |labels: &[&str]| nearly_alike(&labels.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        let found = said(&["Dan", "Participant", "Ann", "Particpant"]);
        assert_eq!(found[0].message, "two speakers are a letter apart: Participant and Particpant");
        assert_eq!(found.len(), 1);
        assert!(said(&["Speaker 1", "Speaker 2", "Speaker 12", "Dan", "Den", "Ana Lee", "Ann Leigh"]).is_empty());
    }

    #[test]
    fn parts_of_a_conversation() {
        for key in ["i", "q", "p12", "participant 3 (gp)", "speaker 0", "fg2", "researcher 1", "service user 2"] {
            assert!(is_part(key), "{key}");
        }
        for key in ["ana", "for example", "general", "step 1 of 3"] {
            assert!(!is_part(key), "{key}");
        }
    }
}
