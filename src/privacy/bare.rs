//! A text read as if its markup were not there: signs for bold and italics, tags, escapes of addresses, letters spaced
//! out. Only what was typed is read so; finished files are longer than that, and hold what was looked at before.

use super::letters::{Gap, Letter, Meant, escape, letters_of};

/// Bytes of the longest text that is read so.
const LONGEST: usize = 65_536;
/// Bytes of the longest tag.
const LONGEST_TAG: usize = 200;
/// Single letters in a row that make a word spaced out.
const SPACED_OUT: usize = 4;
/// Tags that part nothing.
const WITHIN_WORDS: [&str; 19] = [
    "a", "abbr", "b", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span", "strong", "sub",
    "sup", "u", "wbr",
];

/// The letters without markup; `None` where there is none, and the text is to be read as it stands. `all`: its letters as it
/// stands.
pub fn bare_letters(text: &str, all: &[Letter]) -> Option<Vec<Letter>> {
    let is_dressed = || text.bytes().any(|byte| matches!(byte, b'<' | b'*' | b'~' | b'\\' | b'%'));
    if text.len() > LONGEST || !is_dressed() && spaced_out(text, all).is_empty() {
        return None;
    }
    let mut bare = letters_of(text, |rest| escape(rest).or_else(|| markup(rest)));
    for at in spaced_out(text, &bare) {
        bare[at].gap = Gap::None;
    }
    Some(bare)
}

fn markup(text: &str) -> Meant {
    match text.as_bytes().first()? {
        b'<' => comment(text).or_else(|| tag(text)),
        b'*' | b'~' | b'\\' => Some((1, String::new())),
        b'%' => of_address(text),
        _ => None,
    }
}

/// What a browser leaves out.
fn comment(text: &str) -> Meant {
    let inside = text.strip_prefix("<!--")?;
    let end = inside.as_bytes().windows(3).take(LONGEST).position(|signs| signs == b"-->")?;
    Some(("<!--".len() + end + "-->".len(), String::new()))
}

/// A tag parts words, unless it is one that stands within them.
fn tag(text: &str) -> Meant {
    let end = text.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let inside = text[1..end].trim_start_matches('/');
    let name: String = inside.chars().take_while(char::is_ascii_alphanumeric).collect();
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || inside.contains('<') {
        return None;
    }
    let is_within = WITHIN_WORDS.contains(&name.to_ascii_lowercase().as_str());
    Some((end + 1, if is_within { "" } else { " " }.to_owned()))
}

/// `%20`, `%C3%BC`: bytes as addresses write them.
fn of_address(text: &str) -> Meant {
    let escapes = text.as_bytes().chunks_exact(3).map_while(|chunk| match chunk {
        [b'%', digits @ ..] => u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok(),
        _ => None,
    });
    let bytes: Vec<u8> = escapes.collect();
    let length = 3 * bytes.len();
    (length > 0).then_some((length, String::from_utf8(bytes).ok()?))
}

/// Places of letters that go on a word whose letters are each parted from the next by one sign; of several words in a row,
/// each parted from the next by more spaces.
fn spaced_out(text: &str, all: &[Letter]) -> Vec<usize> {
    let between = |at: usize| all.get(at).filter(|_| at > 0).and_then(|one| text.get(all[at - 1].to..one.from));
    let parted = |at: usize| between(at).is_some_and(|signs| signs.chars().count() == 1);
    let next_word =
        |at: usize| between(at).is_some_and(|signs| signs.len() < 9 && signs.chars().all(char::is_whitespace));
    let is_alone = |at: usize| {
        let ends = all.get(at + 1).is_none_or(|next| next.gap != Gap::None);
        (at == 0 || all[at].gap != Gap::None) && ends
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < all.len() {
        let start = at;
        at += 1;
        if !is_alone(start) {
            continue;
        }
        while at < all.len() && (parted(at) || next_word(at)) && is_alone(at) {
            at += 1;
        }
        if at - start >= SPACED_OUT {
            found.extend((start + 1..at).filter(|at| parted(*at)));
        }
    }
    found
}
