//! Labels that name nobody in particular: several people at once, or somebody the transcriber could not
//! tell. What stands under them is nobody's words: no participant is made of them, and they are never
//! quoted as one person's. Somebody who knows better says so with `--role "Group=participant"`.

/// Words for several people.
const MANY: &[&str] = &[
    "all",
    "everyone",
    "everybody",
    "several",
    "multiple",
    "many",
    "various",
    "some",
    "others",
    "other",
    "both",
    "together",
    "group",
    "groups",
    "audience",
    "chorus",
    "crowd",
    "room",
    "participants",
    "speakers",
    "voices",
    "people",
    "members",
    "attendees",
    "men",
    "women",
    "alle",
    "mehrere",
    "gruppe",
    "tous",
    "toutes",
    "plusieurs",
    "groupe",
    "todos",
    "todas",
    "varios",
    "varias",
    "grupo",
];
/// What may stand beside them.
const BESIDE: &[&str] = &[
    "the",
    "of",
    "them",
    "us",
    "in",
    "at",
    "once",
    "unison",
    "talking",
    "speaking",
    "simultaneously",
    "speaker",
    "participant",
    "member",
    "person",
    "voice",
    "male",
    "female",
    "focus",
    "audience",
    "laughing",
    "laughter",
    "and",
];
/// Words for somebody who was not recognised.
const UNTOLD: &[&str] = &[
    "unknown",
    "unidentified",
    "unclear",
    "inaudible",
    "indistinct",
    "unrecognised",
    "unrecognized",
    "unsure",
    "someone",
    "somebody",
    "unbekannt",
    "inconnu",
    "inconnue",
    "desconocido",
    "desconocida",
];

/// Whether a label, folded, names several people or nobody that could be told: `all`, `group 2`,
/// `several speakers`, `unknown female`, `speaker ?`, `ana?`.
pub fn is_crowd(key: &str) -> bool {
    let bare = key.split(['(', '[']).next().unwrap_or(key).trim();
    if bare.ends_with('?') || bare.chars().all(|letter| !letter.is_alphanumeric()) {
        return true;
    }
    let words: Vec<&str> = bare.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    words.iter().any(|word| UNTOLD.contains(word))
        || (words.iter().any(|word| MANY.contains(word))
            && words.iter().all(|word| MANY.contains(word) || BESIDE.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_name_nobody_in_particular() {
        for label in [
            "all",
            "everyone",
            "unknown female",
            "unknown",
            "speaker ?",
            "??",
            "multiple speakers",
            "group",
            "group 2",
            "several",
            "several participants",
            "all (laughing)",
            "unidentified male 2",
            "all of them",
            "p?",
            "ana?",
            "men and women",
            "focus group",
            "others",
            "tous",
            "mehrere",
        ] {
            assert!(is_crowd(label), "{label}");
        }
        for label in [
            "ana",
            "p3",
            "allan",
            "speaker 1",
            "participant",
            "female participant",
            "group leader",
            "peer worker",
            "gp",
            "several sisters house",
            "mr all",
        ] {
            assert!(!is_crowd(label), "{label}");
        }
    }
}
