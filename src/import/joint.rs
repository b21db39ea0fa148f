//! Labels that several people share: `P1/P2`, `P1, P2`, `Ana & Ben`, `Ana and All`. What stands under such a
//! label is a turn of its own and belongs to none of them, so that one person's consent never stands for
//! another's words.

use super::{crowd, label, role};

/// Parts of a label that are words, not signs.
const ANDS: &[&str] = &["and", "und", "et", "y", "e", "with"];

/// What a label that joins several names is made of; one part where it joins nothing.
pub fn parts(name: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for piece in name.split(['/', ',', '&', '+']) {
        let mut start = 0;
        for word in piece.split_whitespace().filter(|word| ANDS.contains(word)) {
            let at = offset(piece, word);
            if at > start {
                parts.push(piece[start..at].trim());
                start = at + word.len();
            }
        }
        parts.push(piece[start..].trim());
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Where a slice of a text stands in it.
fn offset(text: &str, slice: &str) -> usize {
    slice.as_ptr() as usize - text.as_ptr() as usize
}

/// A sign between names that no single name has.
pub fn is_join(letter: char) -> bool {
    matches!(letter, '/' | ',')
}

/// The name has such a sign.
pub fn is_joined(name: &str) -> bool {
    name.contains(is_join)
}

/// Each part looks like a name or, behind the first, like its number: `P1/2`.
pub fn looks_like_names(name: &str) -> bool {
    let parts = parts(name);
    let is_fit = |part: &&str| {
        label::is_name(part, false) && label::capitalised(part) || role::is_part(&role::key(part)) || is_number(part)
    };
    parts.len() > 1 && !is_number(parts[0]) && parts.iter().all(is_fit)
}

fn is_number(part: &str) -> bool {
    part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// How many of the parts speak in the document, or are words for parts in a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    All,
    Some,
    None,
}

/// `key` is folded; `speaks` tells of the keys of labels.
pub fn known(key: &str, speaks: impl Fn(&str) -> bool) -> Known {
    let parts = parts(key);
    let is_known = |part: &&&str| speaks(part) || role::is_part(part) || crowd::is_crowd(part) || is_number(part);
    match parts.iter().filter(is_known).count() {
        0 => Known::None,
        count if count == parts.len() => Known::All,
        _ => Known::Some,
    }
}

/// Whether a label of a document is several people's, given the keys of all its labels. Names that speak
/// nowhere alone count where all are written like names.
pub fn is_several(name: &str, keys: &[String]) -> bool {
    let parts = parts(name);
    let key = role::key(name);
    let is_like_names = || {
        let is_short = |part: &&str| is_joined(name) || !part.contains(' ');
        parts.iter().all(|part| label::capitalised(part) && is_short(part))
    };
    let speaks_alone = |part: &str| keys.iter().any(|one| *one == role::key(part));
    parts.len() > 1
        && (parts.iter().any(|part| speaks_alone(part)) || known(&key, |_| false) == Known::All || is_like_names())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_parted_where_names_are_joined() {
        assert_eq!(parts("P1/P2"), ["P1", "P2"]);
        assert_eq!(parts("P1, P2 and P3"), ["P1", "P2", "P3"]);
        assert_eq!(parts("Ana & Ben + Tom"), ["Ana", "Ben", "Tom"]);
        assert_eq!(parts("Andrea"), ["Andrea"]);
        assert_eq!(parts("Sandy Anderson"), ["Sandy Anderson"]);
    }

    #[test]
    fn several_are_told_from_one() {
        let keys = ["ana", "i", "p1"].map(str::to_owned);
        for several in [
            "P1/P2",
            "P1, P2",
            "P7 & P8",
            "Ana / All",
            "Ana and Bob",
            "Tom and Bob",
            "Tom/Bob Lee",
            "P1/2",
            "Ana and her son",
        ] {
            assert!(is_several(several, &keys), "{several}");
        }
        for one in ["Ana", "Andy", "Nurse/midwife", "Health and Safety Officer", "P1"] {
            assert!(!is_several(one, &keys), "{one}");
        }
    }

    #[test]
    fn what_looks_like_names() {
        for name in ["P1/P2", "P1, P2", "Ana / All", "N/A", "P1/2", "CDR / CMP", "Jo Lee, Ana"] {
            assert!(looks_like_names(name), "{name}");
        }
        for name in ["and/or", "Well, yes", "He/she", "10/12/2020", "24/7", "1/2"] {
            assert!(!looks_like_names(name), "{name}");
        }
    }
}
