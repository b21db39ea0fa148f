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
    "unison",
    "crosstalk",
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
    "whole",
    "entire",
    "two",
    "three",
    "four",
    "five",
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
    "unk",
    "unidentified",
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
/// Words for words that were not understood: as a label, nobody's; behind somebody's name, a remark.
const UNHEARD: &[&str] = &["unclear", "inaudible", "indistinct"];
/// Whole labels for somebody of whom no more could be heard. With a number they stand for one person.
const VOICES: &[&str] = &["male", "female", "male voice", "female voice"];
/// Whole labels for nobody that was told: unknown female, unknown male, not applicable.
const NOBODY: &[&str] = &["uf", "um", "n a", "non identified", "not identified", "not known", "cross talk"];

/// Whether a label, folded, names several people or nobody that could be told: `all`, `group 2`,
/// `several speakers`, `unknown female`, `male (unknown)`, `female voice`, `speaker ?`, `ana?`.
pub fn is_crowd(key: &str) -> bool {
    let (bare, remark) = key.split_once(['(', '[']).unwrap_or((key, ""));
    let bare = bare.trim();
    if bare.ends_with('?') || bare.chars().all(|letter| !letter.is_alphanumeric()) {
        return true;
    }
    let (named, remarked) = (words(bare), words(remark));
    let all = named.join(" ");
    named.iter().any(|word| UNTOLD.contains(word) || UNHEARD.contains(word))
        || remarked.iter().any(|word| UNTOLD.contains(word))
        || NOBODY.contains(&all.as_str())
        || NOBODY.contains(&remarked.join(" ").as_str())
        || VOICES.contains(&bare)
        || (named.iter().any(|word| MANY.contains(word))
            && named.iter().all(|word| MANY.contains(word) || BESIDE.contains(word)))
}

fn words(of: &str) -> Vec<&str> {
    of.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect()
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
            "female voice",
            "female",
            "male (unknown)",
            "participant (unidentified)",
            "non-identified",
            "two participants",
            "whole group",
            "in unison",
            "crosstalk",
            "unk",
            "uf",
            "n/a",
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
            "female 2",
            "male voice 1",
            "p3 (inaudible)",
            "una",
            "ana (at home)",
        ] {
            assert!(!is_crowd(label), "{label}");
        }
    }
}
